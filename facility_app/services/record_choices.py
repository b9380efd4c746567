"""What the record can be narrowed to, and the names that its details are told in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading
from facility_app.db.models import (
    AuditEntryRow,
    ItemKindRow,
    ItemRow,
    PurposeRow,
    ResidentRow,
    StaffRow,
)
from facility_app.domain.access import Permission


@dataclass(frozen=True)
class Choice:
    """Something to filter by: its id and what it is called."""

    id: int
    name: str


@dataclass(frozen=True)
class Choices:
    """What the filter offers: all staff, all residents, and the actions that occur in the log.

    purposes, kinds: the names of master data by their code, for the details of an entry.
    """

    staff: tuple[Choice, ...]
    residents: tuple[Choice, ...]
    actions: tuple[str, ...]
    purposes: dict[str, str]
    kinds: dict[str, str]


def choices(reading: Reading) -> Choices:
    """What the filter offers.  Needs VIEW_LOG."""
    reading.require(Permission.VIEW_LOG)
    staff = reading.session.execute(select(StaffRow.id, StaffRow.name).order_by(StaffRow.kana))
    residents = select(ResidentRow.id, ResidentRow.name).order_by(ResidentRow.kana)
    return Choices(
        tuple(Choice(*row) for row in staff),
        tuple(Choice(*row) for row in reading.session.execute(residents)),
        tuple(_actions(reading.session)),
        _coded(reading.session, PurposeRow),
        _coded(reading.session, ItemKindRow),
    )


def items_of(reading: Reading, resident: int) -> tuple[Choice, ...]:
    """The items of a resident, to filter by.  Needs VIEW_LOG."""
    reading.require(Permission.VIEW_LOG)
    rows = reading.session.execute(
        select(ItemRow.id, ItemKindRow.name)
        .join(ItemKindRow, ItemKindRow.code == ItemRow.kind_code)
        .where(ItemRow.resident_id == resident)
        .order_by(ItemKindRow.sort, ItemRow.id)
    )
    return tuple(Choice(*row) for row in rows)


def _coded(session: Session, table: type[PurposeRow] | type[ItemKindRow]) -> dict[str, str]:
    return {code: name for code, name in session.execute(select(table.code, table.name))}


def _actions(session: Session) -> Iterable[str]:
    """The actions that occur, from the index one by one: not a scan of the log."""
    last = ""
    while True:
        found = session.scalar(
            select(func.min(AuditEntryRow.action)).where(AuditEntryRow.action > last)
        )
        if found is None:
            return
        yield found
        last = found
