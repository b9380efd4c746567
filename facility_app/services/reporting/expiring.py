"""Things in custody whose end is near or has passed, soonest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select

from facility_app.audit.work import Reading
from facility_app.db.models import ItemKindRow, ItemRow, ResidentRow
from facility_app.domain.clock import local_date
from facility_app.domain.expiry import ExpiryState
from facility_app.domain.items import DateRole, ItemState
from facility_app.reports.paper import Column, Row, Table
from facility_app.services.desk import expiry_of
from facility_app.services.rule_data import rules

_DATES = {
    DateRole.CARD_EXPIRES: ItemRow.card_expires_on,
    DateRole.CERTIFICATE_EXPIRES: ItemRow.certificate_expires_on,
    DateRole.PAPER_EXPIRES: ItemRow.paper_expires_on,
}
_COLUMNS = (
    Column("expires-on", 20, bold=True),
    Column("days-left", 20, right=True),
    Column("resident", 38, bold=True),
    Column("room"),
    Column("item", 40),
    Column("label"),
    Column("date-role", 36),
    Column("expiry-state", 20),
)


@dataclass(frozen=True)
class Expiring:
    """One date: `days` from today, negative where it has passed; `state` of the thing."""

    on: date
    days: int
    resident: str
    room: str
    kind: str
    label: str
    role: DateRole
    state: ExpiryState | None

    def row(self) -> Row:
        """As a row of the table."""
        return (
            self.on,
            self.days,
            self.resident,
            self.room,
            self.kind,
            self.label,
            self.role,
            self.state,
        )


def expiring_table(found: list[Expiring], empty: str = "reports-none-expiring") -> Table:
    """The table of what expires."""
    return Table("expiring", _COLUMNS, lambda: (each.row() for each in found), empty)


def expiring(reading: Reading, days: int) -> list[Expiring]:
    """Every noted date of things in custody that has passed or comes within so many days.

    The register knows today only, so this is always as of today, whatever a report is about.
    """
    today = local_date(reading.now)
    return sorted(
        _found(reading, today, today + timedelta(days=days)),
        key=lambda each: (each.on, each.room, each.resident, each.kind, each.role.value),
    )


def _found(reading: Reading, today: date, horizon: date) -> Iterator[Expiring]:
    in_custody = [state for state in ItemState if state.in_custody]
    query = (
        select(ItemRow, ItemKindRow, ResidentRow.name, ResidentRow.room)
        .join(ItemKindRow, ItemKindRow.code == ItemRow.kind_code)
        .join(ResidentRow, ResidentRow.id == ItemRow.resident_id)
        .where(or_(*(column <= horizon for column in _DATES.values())))
        .where(ItemRow.state.in_(in_custody))
    )
    lifetimes = rules().lifetimes
    for item, kind, name, room in reading.session.execute(query):
        state, _until = expiry_of(item, kind, today, lifetimes)
        for role, column in _DATES.items():
            on = getattr(item, column.key)
            if on is not None and on <= horizon:
                days = (on - today).days
                yield Expiring(on, days, name, room, kind.name, item.label, role, state)
