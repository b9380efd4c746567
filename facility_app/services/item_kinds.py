"""Kinds of things in custody (種類).

Master data that a facility may add to and change (issue #2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from sqlalchemy import func, select

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import ItemKindRow
from facility_app.domain.access import Permission
from facility_app.domain.items import DateRole, ItemKind
from facility_app.errors import Refused
from facility_app.services.fields import Field, line
from facility_app.services.history import changes

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
CODE_LENGTH = 32


@dataclass(eq=False)
class KindExists(Refused):
    """A kind with this name is there already."""

    key: ClassVar[str] = "kinds.exists"
    name: str


@dataclass(frozen=True)
class KindForm:
    """What is kept about a kind.  A card has its own two dates; a paper's are chosen in `dates`."""

    name: str
    name_en: str = ""
    is_card: bool = False
    dates: tuple[DateRole, ...] = ()
    has_ratio: bool = False
    many: bool = False
    usual_for: frozenset[str] = frozenset()
    active: bool = True


@dataclass(frozen=True)
class KindView:
    """A kind as it stands."""

    code: str
    form: KindForm
    sort: int


def item_kinds(reading: Reading, *, all_of_them: bool = False) -> list[KindView]:
    """The kinds on offer in the order of the screen; `all_of_them`: those no longer offered too."""
    reading.require(Permission.VIEW_RESIDENTS)
    query = select(ItemKindRow).order_by(ItemKindRow.sort, ItemKindRow.code)
    if not all_of_them:
        query = query.where(ItemKindRow.active)
    return [KindView(row.code, _form(row), row.sort) for row in reading.session.scalars(query)]


def add_kind(tx: Tx, form: KindForm) -> str:
    """Add a kind at the end of the list; gives its code.  Raises KindExists, FieldMissing."""
    tx.require(Permission.MANAGE_SETTINGS)
    values = _values(form)
    if tx.session.scalar(select(ItemKindRow.code).where(ItemKindRow.name == values["name"])):
        raise KindExists(values["name"])
    taken = set(tx.session.scalars(select(ItemKindRow.code)))
    last = tx.session.scalar(select(func.max(ItemKindRow.sort))) or 0
    row = ItemKindRow(code=_new_code(form, taken), sort=last + 1, cycle={}, **values)
    tx.session.add(row)
    tx.record("kind.added", f"kind:{row.code}", plain=_plain(form))
    return row.code


def change_kind(tx: Tx, code: str, form: KindForm) -> None:
    """Change a kind; `active=False` takes it off the list, what is held of it stays.

    Raises KindExists, FieldMissing.
    """
    tx.require(Permission.MANAGE_SETTINGS)
    row = tx.session.get_one(ItemKindRow, code)
    values = _values(form)
    same_name = select(ItemKindRow.code).where(
        ItemKindRow.name == values["name"], ItemKindRow.code != code
    )
    if tx.session.scalar(same_name):
        raise KindExists(values["name"])
    before, after = changes(row, values)
    if after:
        tx.record("kind.changed", f"kind:{code}", plain={"before": before, "after": after})


def seed_kinds(tx: Tx, kinds: Iterable[ItemKind]) -> int:
    """Enter the kinds of the rule data that are not there yet; gives how many.  For the set-up."""
    tx.require(Permission.SET_UP)
    there = set(tx.session.scalars(select(ItemKindRow.code)))
    rows = [
        ItemKindRow(
            code=kind.code,
            name=kind.ja,
            name_en=kind.en,
            is_card=kind.is_card,
            dates=[date.value for date in kind.dates],
            has_ratio=kind.has_ratio,
            many=kind.many,
            usual_for=sorted(kind.usual_for),
            cycle=asdict(kind.cycle) | {"cycle": kind.cycle.cycle.value},
            sort=number,
        )
        for number, kind in enumerate(kinds, 1)
        if kind.code not in there
    ]
    if rows:
        tx.session.add_all(rows)
        tx.record("kind.seeded", "kinds", plain={"codes": [row.code for row in rows]})
    return len(rows)


def _form(row: ItemKindRow) -> KindForm:
    known = {role.value: role for role in DateRole}
    return KindForm(
        row.name,
        row.name_en,
        row.is_card,
        tuple(known[value] for value in row.dates if value in known),
        row.has_ratio,
        row.many,
        frozenset(row.usual_for),
        row.active,
    )


def _values(form: KindForm) -> dict[str, Any]:
    card = (DateRole.CARD_EXPIRES, DateRole.CERTIFICATE_EXPIRES)
    dates = card if form.is_card else tuple(date for date in form.dates if date not in card)
    return {
        "name": line(Field.KIND, form.name, required=True, limit=64),
        "name_en": line(Field.KIND, form.name_en, limit=64),
        "is_card": form.is_card,
        "dates": [date.value for date in dates],
        "has_ratio": form.has_ratio,
        "many": form.many,
        "usual_for": sorted(form.usual_for),
        "active": form.active,
    }


def _plain(form: KindForm) -> dict[str, Any]:
    return _values(form)


def _new_code(form: KindForm, taken: set[str]) -> str:
    """A code from the English name where it makes one, else ``kind-n``; never one in use."""
    wished = "-".join(re.findall(r"[a-z0-9]+", form.name_en.lower()))[:CODE_LENGTH].strip("-")
    if _CODE.fullmatch(wished) and wished not in taken:
        return wished
    number = len(taken) + 1
    while f"kind-{number}" in taken:
        number += 1
    return f"kind-{number}"
