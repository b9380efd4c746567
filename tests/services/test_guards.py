"""Every use case refuses by default: found by looking at the package, not by a list.

A use case is a public function of `facility_app.services` whose first parameter is a `Tx` or a
`Reading`.  What other services call with their own unit is a helper: it need not ask again, but it
must not get at the database where nobody asked.  What takes an office or a `Work` and an actor
opens units of its own and refuses the same way.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, get_type_hints

import pytest

import facility_app.services
from facility_app.audit.work import Reading, Tx, UnguardedUse, Work
from facility_app.domain.access import Actor, Identified, NotPermitted, StaffId
from facility_app.errors import Refused
from facility_app.services.office import Office
from tests.services.store_world import StoreWorld

NOBODY = Actor(StaffId(4711), "", Identified.PASSWORD)
UseCase = Callable[..., object]


class Untouched:
    """An argument that may be handed on but not looked at before the permission was asked for."""


@cache
def modules() -> tuple[ModuleType, ...]:
    found = pkgutil.walk_packages(facility_app.services.__path__, "facility_app.services.")
    return tuple(importlib.import_module(each.name) for each in found)


def functions() -> Iterator[tuple[str, UseCase, type]]:
    """Name, function and kind of unit, for everything public that takes a unit of work first."""
    for module in modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith("_"):
                continue
            first = next(iter(inspect.signature(function).parameters), "")
            kind = _hints(function).get(first)
            if kind in (Tx, Reading):
                yield (
                    f"{module.__name__.removeprefix('facility_app.services.')}.{name}",
                    function,
                    kind,
                )


def openers() -> Iterator[tuple[str, UseCase]]:
    """Everything public that opens units of work itself for somebody who is named `actor`."""
    for module in modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            names = list(inspect.signature(function).parameters)
            own = function.__module__ == module.__name__ and not name.startswith("_")
            if own and "actor" in names[1:]:
                yield f"{module.__name__.removeprefix('facility_app.services.')}.{name}", function


def _hints(function: UseCase) -> dict[str, Any]:
    return get_type_hints(function, vars(inspect.getmodule(function)))


@cache
def called_by_services() -> frozenset[str]:
    """Every name that some function of the package calls, or hands on."""
    names: set[str] = set()
    for module in modules():
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.Name) and node.id != function.name:
                        names.add(node.id)
                    elif isinstance(node, ast.Attribute):
                        names.add(node.attr)
    return frozenset(names)


def call(work: Work, function: UseCase, kind: type) -> tuple[BaseException | None, bool, int]:
    """What the function raised for a person without rights, whether the database was opened to it,
    and how many entries it wrote."""
    needed = [
        parameter
        for parameter in list(inspect.signature(function).parameters.values())[1:]
        if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD
    ]
    args = [Untouched() for p in needed if p.kind is not p.KEYWORD_ONLY]
    named = {p.name: Untouched() for p in needed if p.kind is p.KEYWORD_ONLY}
    raised: BaseException | None = None
    with work.begin(NOBODY) if kind is Tx else work.read(NOBODY) as unit:
        try:
            result = function(unit, *args, **named)
            if inspect.isgenerator(result):
                next(result, None)
        except (Refused, UnguardedUse, AttributeError, TypeError, ValueError) as exc:
            raised = exc
        return raised, unit._permitted, getattr(unit, "recorded", 0)


ALL = list(functions())


def test_there_are_use_cases_to_look_at() -> None:
    assert len(ALL) > 50
    assert {"custody.sign_out", "staff.add_staff", "access.unlock_tiles"} <= {n for n, *_ in ALL}


@pytest.mark.parametrize(("function", "kind"), [e[1:] for e in ALL], ids=[e[0] for e in ALL])
def test_nobody_without_rights_gets_anything_from(
    work: Work, function: UseCase, kind: type
) -> None:
    raised, opened, recorded = call(work, function, kind)
    assert not opened
    assert not recorded
    if function.__name__ not in called_by_services():
        assert isinstance(raised, NotPermitted), f"asks for no permission first: {raised!r}"


OPENERS = dict(openers())


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    world = StoreWorld(tmp_path_factory.mktemp("store") / "data")
    yield world.office
    world.close()


@pytest.mark.parametrize("name", sorted(OPENERS.keys() - {"access.lock_program"}))
def test_nobody_without_rights_gets_anything_from_what_opens_units_itself(
    office: Office, name: str
) -> None:
    function = OPENERS[name]
    first, *rest = inspect.signature(function).parameters.values()
    needed = {p.name: Untouched() for p in rest if p.default is p.empty}
    store = office.work if first.name == "work" else office
    with pytest.raises(NotPermitted):
        function(store, **(needed | {"actor": NOBODY}))


def test_a_function_that_forgets_to_ask_would_be_found(work: Work) -> None:
    def forgetful(tx: Tx, cmd: object) -> object:
        return tx.session

    def late(tx: Tx, cmd: Any) -> object:
        return cmd.resident_id

    assert isinstance(call(work, forgetful, Tx)[0], UnguardedUse)
    assert isinstance(call(work, late, Tx)[0], AttributeError)
