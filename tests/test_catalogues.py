"""The catalogues are complete, agree with each other, and say all that the code asks of them."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import facility_app
from facility_app.config import resources
from facility_app.errors import FacilityError
from facility_app.i18n import (
    LANGUAGES,
    Words,
    _fill,
    _index,
    catalogue_files,
    message_id,
)

FOLDER = resources() / "i18n"
PACKAGE = Path(facility_app.__file__).parent
CJK = re.compile(r"[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]")


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.names.add(node.id.name)


def _variables(node: ftl.BaseNode | None) -> set[str]:
    visitor = _Variables()
    if node is not None:
        visitor.visit(node)
    return visitor.names


@cache
def catalogue(language: str) -> dict[str, ftl.Message | ftl.Term]:
    entries: dict[str, ftl.Message | ftl.Term] = {}
    for path in catalogue_files(FOLDER, language):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{path}: {entry.content}"
            if isinstance(entry, ftl.Message | ftl.Term):
                name = ("-" if isinstance(entry, ftl.Term) else "") + entry.id.name
                assert name not in entries, f"{name} stands twice, again in {path.name}"
                entries[name] = entry
    return entries


@cache
def modules() -> tuple[str, ...]:
    return tuple(
        module.name
        for module in pkgutil.walk_packages(facility_app.__path__, "facility_app.")
        if not module.name.endswith("__main__") and ".migrations." not in module.name
    )


@cache
def error_classes() -> tuple[type[FacilityError], ...]:
    for name in modules():
        importlib.import_module(name)
    found: set[type[FacilityError]] = {FacilityError}
    waiting = [FacilityError]
    while waiting:
        for child in waiting.pop().__subclasses__():
            if child.__module__.startswith("facility_app") and child not in found:
                found.add(child)
                waiting.append(child)
    return tuple(sorted(found, key=lambda each: each.__qualname__))


def attributes(entry: ftl.Message | ftl.Term) -> dict[str, set[str]]:
    return {each.id.name: _variables(each.value) for each in entry.attributes}


def test_every_file_and_key_exists_in_every_language() -> None:
    first, *others = LANGUAGES
    for other in others:
        names = [{path.name for path in catalogue_files(FOLDER, each)} for each in (first, other)]
        assert names[0] == names[1]
        assert catalogue(first).keys() ^ catalogue(other).keys() == set()


def test_variables_and_attributes_are_the_same_in_every_language() -> None:
    first, *others = LANGUAGES
    for other in others:
        for name, entry in catalogue(first).items():
            twin = catalogue(other)[name]
            assert attributes(entry) == attributes(twin), name
            if not name.startswith("date-"):  # each language chooses its own parts of a date
                assert _variables(entry.value) == _variables(twin.value), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_its_three_sentences_from_its_own_facts(language: str) -> None:
    wrong = []
    for error in error_classes():
        entry = catalogue(language).get(message_id(error.key))
        if entry is None or entry.value is None:
            wrong.append(f"{error.__module__}.{error.__qualname__}: no {message_id(error.key)}")
            continue
        wrong += [
            f"{error.key} has no .{name}" for name in {"undone", "todo"} - attributes(entry).keys()
        ]
        facts = set(getattr(error, "__dataclass_fields__", {}))
        wrong += [f"{error.__qualname__} lacks ${name}" for name in _variables(entry) - facts]
    assert wrong == []


def test_every_error_key_belongs_to_one_class() -> None:
    keys: dict[str, type[FacilityError]] = {}
    for error in error_classes():
        assert keys.setdefault(error.key, error) is error or issubclass(error, keys[error.key]), (
            f"{error.__qualname__} and {keys[error.key].__qualname__} share {error.key}"
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fast_way_says_the_same_as_fluent(language: str) -> None:
    checked = 0
    for name, source in _index(FOLDER, language).items():
        entry = catalogue(language)[name]
        bundle = FluentBundle([language], use_isolating=False)
        bundle.add_resource(FluentResource(source))
        for example in ("<{}>", 0, -7, 1204, 31_415_926_535):
            facts: dict[str, object] = {
                each: example.format(each) if isinstance(example, str) else example
                for each in _variables(entry)
            }
            for attribute in [None, *attributes(entry)]:
                fast = _fill(source, attribute, facts)
                if name.startswith("-") or fast is None:
                    continue
                message = bundle.get_message(name)
                pattern = message.attributes[attribute] if attribute else message.value
                assert pattern is not None
                assert (fast, []) == bundle.format_pattern(pattern, facts), name
                checked += 1
    assert checked > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_shown(language: str) -> None:
    words = Words(language)
    for name, entry in catalogue(language).items():
        facts = {each: "x" for each in _variables(entry)}
        if isinstance(entry, ftl.Term):
            continue
        if entry.value is not None:
            assert words(name, **facts).strip() or name == "list-separator", name
        for attribute in attributes(entry):
            assert words.attribute(name, attribute, **facts), f"{name}.{attribute}"


def _asked(source: str) -> Iterator[tuple[str, set[str] | None]]:
    """Every literal `words("key", fact=…)` in a module; None where facts are spread from a dict."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and node.args):
            continue
        name = (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        )
        key = node.args[0]
        if (
            name in ("words", "_words")
            and isinstance(key, ast.Constant)
            and isinstance(key.value, str)
        ):
            spread = any(word.arg is None for word in node.keywords)
            yield (
                key.value,
                None if spread else {str(word.arg) for word in node.keywords},
            )


def test_every_key_that_the_code_asks_for_is_there_with_its_facts() -> None:
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        for key, facts in _asked(path.read_text(encoding="utf-8")):
            for language in LANGUAGES:
                entry = catalogue(language).get(key)
                if entry is None:
                    wrong.append(f"{language}: {path.name} asks for {key}")
                elif facts is not None and not _variables(entry.value) <= facts:
                    wrong.append(f"{path.name} gives {key} too few facts")
    assert wrong == []


def test_no_sentence_stands_in_the_screens() -> None:
    for path in (PACKAGE / "ui").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        remarks = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in remarks
            ):
                assert not CJK.search(node.value), f"{path.name}:{node.lineno} {node.value}"


def test_no_catalogue_shouts_or_says_ok() -> None:
    for path in catalogue_files(FOLDER, "ja"):
        text = path.read_text(encoding="utf-8")
        assert "！" not in text, path.name
        assert not re.search(r"=\s*OK\s*$", text, re.MULTILINE), path.name


def test_every_enum_that_is_asked_for_by_class_has_all_its_words() -> None:
    """A catalogue that names one member of an enum names all of them."""
    import enum

    for name in modules():
        module = importlib.import_module(name)
        for kind, enumeration in inspect.getmembers(module, inspect.isclass):
            if not (issubclass(enumeration, enum.Enum) and enumeration.__module__ == name):
                continue
            from facility_app.i18n import term_id

            ids = {term_id(member) for member in enumeration}
            present = ids & catalogue("ja").keys()
            assert not present or present == ids, f"{kind} lacks {sorted(ids - present)}"
