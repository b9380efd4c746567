"""What happened to a resident and no other table says: noted, listed, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NewType

from sqlalchemy import select

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import ItemRow, LifeEventRow, ResidentRow
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.life_events import LifeEventKind
from facility_app.errors import Refused
from facility_app.services.fields import Field, in_order, lines, not_after

LifeEventId = NewType("LifeEventId", int)

PLANNED = frozenset({LifeEventKind.MOVE_OUT_PLANNED})
"""Kinds whose day may lie ahead."""


@dataclass(eq=False)
class LifeEventGone(Refused):
    """It was taken back already."""

    key: ClassVar[str] = "life_events.gone"


@dataclass(eq=False)
class LifeEventItemWrong(Refused):
    """The thing it is said to be about is not this resident's."""

    key: ClassVar[str] = "life_events.item_wrong"


@dataclass(frozen=True)
class NoteEvent:
    """What happened, on which day (JST).  ended_on: see `LifeEventKind`; item_id: the thing it is
    about, for 有効期限通知書."""

    resident_id: int
    kind: LifeEventKind
    happened_on: date
    ended_on: date | None = None
    item_id: int | None = None
    note: str = ""


@dataclass(frozen=True)
class LifeEventView:
    """One event as the resident's page lists it."""

    id: LifeEventId
    kind: LifeEventKind
    happened_on: date
    ended_on: date | None
    item_id: int | None
    note: str


def note_event(tx: Tx, cmd: NoteEvent) -> LifeEventId:
    """Note what happened; the tasks that follow from it appear by themselves.

    Raises DateInFuture, DatesInWrongOrder, LifeEventItemWrong.  Needs MANAGE_RESIDENTS.
    """
    tx.require(Permission.MANAGE_RESIDENTS)
    tx.session.get_one(ResidentRow, cmd.resident_id)
    if cmd.kind not in PLANNED:
        not_after(Field.STARTS_AT, cmd.happened_on, local_date(tx.now))
    in_order(Field.STARTS_AT, cmd.happened_on, Field.ENDED_ON, cmd.ended_on)
    if cmd.item_id is not None:
        item = tx.session.get(ItemRow, cmd.item_id)
        if item is None or item.resident_id != cmd.resident_id:
            raise LifeEventItemWrong
    row = LifeEventRow(
        resident_id=cmd.resident_id,
        kind=cmd.kind,
        happened_on=cmd.happened_on,
        ended_on=cmd.ended_on,
        item_id=cmd.item_id,
        note=lines(Field.NOTES, cmd.note),
        noted_at=tx.now,
        noted_by=tx.actor.staff_id,
    )
    tx.session.add(row)
    tx.session.flush()
    _record(tx, row, "life_event.noted")
    return LifeEventId(row.id)


def end_event(tx: Tx, event_id: int, on: date) -> None:
    """Note until when it held (転入届 handed in, 生活保護 ends).  Raises LifeEventGone."""
    tx.require(Permission.MANAGE_RESIDENTS)
    row = _standing(tx, event_id)
    in_order(Field.STARTS_AT, row.happened_on, Field.ENDED_ON, on)
    row.ended_on = on
    _record(tx, row, "life_event.ended")


def withdraw_event(tx: Tx, event_id: int) -> None:
    """Take back what was noted by mistake; the row stays.  Raises LifeEventGone."""
    tx.require(Permission.MANAGE_RESIDENTS)
    row = _standing(tx, event_id)
    row.withdrawn_at = tx.now
    _record(tx, row, "life_event.withdrawn")


def events_of(reading: Reading, resident_id: int) -> list[LifeEventView]:
    """What is known to have happened, newest first.  Needs VIEW_RESIDENTS."""
    reading.require(Permission.VIEW_RESIDENTS)
    query = (
        select(LifeEventRow)
        .where(LifeEventRow.resident_id == resident_id, LifeEventRow.withdrawn_at.is_(None))
        .order_by(LifeEventRow.happened_on.desc(), LifeEventRow.id.desc())
    )
    return [
        LifeEventView(
            LifeEventId(row.id), row.kind, row.happened_on, row.ended_on, row.item_id, row.note
        )
        for row in reading.session.scalars(query)
    ]


def _standing(tx: Tx, event_id: int) -> LifeEventRow:
    row = tx.session.get_one(LifeEventRow, event_id)
    if row.withdrawn_at is not None:
        raise LifeEventGone
    return row


def _record(tx: Tx, row: LifeEventRow, action: str) -> None:
    tx.record(
        action,
        f"life_event:{row.id}",
        resident=row.resident_id,
        items=[row.item_id] if row.item_id is not None else (),
        kind=row.kind.value,
        on=row.happened_on.isoformat(),
        ended=row.ended_on.isoformat() if row.ended_on is not None else "",
        note=row.note,
    )
