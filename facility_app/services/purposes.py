"""用件: the reason buttons of the desk, at most six, with what each fills into the form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, ClassVar

from sqlalchemy import select

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import PurposeRow
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_time
from facility_app.domain.custody import MAX_PURPOSES, DueKind, DueRule, Purpose, due_at
from facility_app.domain.individual_number import refuse_individual_number
from facility_app.errors import Refused
from facility_app.services.fields import Field


@dataclass(eq=False)
class TooManyPurposes(Refused):
    """More reason buttons than fit under the eye; `limit` may be active at a time."""

    key: ClassVar[str] = "purposes.too_many"
    limit: int


@dataclass(eq=False)
class PurposeNameMissing(Refused):
    """A reason button needs a word."""

    key: ClassVar[str] = "purposes.name_missing"


@dataclass(frozen=True)
class PurposeView:
    """One reason button; `due` says when things are due back."""

    code: str
    name: str
    name_en: str
    due: DueRule
    destination: str
    in_house: bool
    active: bool

    def due_from(self, now: datetime, visit_return: datetime | None = None) -> datetime:
        """When things leaving at `now` (aware) are due back (aware)."""
        return due_at(self.due, local_time(now), visit_return)


def list_purposes(reading: Reading, *, all_of_them: bool = False) -> list[PurposeView]:
    """The reason buttons in their order.

    The resting ones too where `all_of_them`. Needs VIEW_DESK.
    """
    reading.require(Permission.VIEW_DESK)
    query = select(PurposeRow).order_by(PurposeRow.sort, PurposeRow.code)
    if not all_of_them:
        query = query.where(PurposeRow.active)
    return [_view(row) for row in reading.session.scalars(query)]


def change_purposes(tx: Tx, purposes: Iterable[PurposeView]) -> None:
    """Make these the reasons, in this order; what is not named any more rests and is not deleted.

    Raises TooManyPurposes or PurposeNameMissing; nothing is changed then.
    """
    tx.require(Permission.MANAGE_SETTINGS)
    wanted = list(purposes)
    if sum(each.active for each in wanted) > MAX_PURPOSES:
        raise TooManyPurposes(MAX_PURPOSES)
    rows = {row.code: row for row in tx.session.scalars(select(PurposeRow))}
    before = [_told(_view(row)) for row in rows.values()]
    for row in rows.values():
        row.active = False
    for number, each in enumerate(wanted):
        for field, text in ((Field.NAME, each.name), (Field.DESTINATION, each.destination)):
            refuse_individual_number(field, text)
        if not each.name.strip():
            raise PurposeNameMissing
        row = rows.get(each.code) or PurposeRow(code=each.code)
        row.name, row.name_en = each.name.strip(), each.name_en.strip()
        row.due, row.destination = due_values(each.due), each.destination.strip()
        row.in_house, row.active, row.sort = each.in_house, each.active, number
        tx.session.add(row)
    after = [_told(each) for each in wanted]
    tx.record("purposes.changed", "purposes", plain={"before": before, "after": after})


def seed_purposes(tx: Tx, purposes: Iterable[Purpose]) -> int:
    """Enter the reasons of the rule data that are not there yet.

    Gives how many. For the set-up.
    """
    tx.require(Permission.SET_UP)
    there = set(tx.session.scalars(select(PurposeRow.code)))
    rows = [
        PurposeRow(
            code=each.code,
            name=each.ja,
            name_en=each.en,
            due=due_values(each.due),
            in_house=each.in_house,
            sort=number,
        )
        for number, each in enumerate(purposes)
        if each.code not in there
    ]
    if rows:
        tx.session.add_all(rows)
        tx.record("purposes.seeded", "purposes", plain={"codes": [row.code for row in rows]})
    return len(rows)


def due_values(rule: DueRule) -> dict[str, Any]:
    """A due rule as the column keeps it."""
    return {
        "kind": rule.kind.value,
        "minutes": rule.minutes,
        "at": rule.at.isoformat("minutes"),
        "days": rule.days,
        "after_visit_minutes": rule.after_visit_minutes,
    }


def due_rule(values: dict[str, Any]) -> DueRule:
    """The due rule in a column."""
    return DueRule(
        DueKind(values["kind"]),
        values["minutes"],
        time.fromisoformat(values["at"]),
        values["days"],
        values["after_visit_minutes"],
    )


def _view(row: PurposeRow) -> PurposeView:
    return PurposeView(
        row.code,
        row.name,
        row.name_en,
        due_rule(row.due),
        row.destination,
        row.in_house,
        row.active,
    )


def _told(view: PurposeView) -> dict[str, Any]:
    return {"code": view.code, "name": view.name, "active": view.active}
