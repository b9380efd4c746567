"""棚卸: starting one, and who counts (domain §3.2, §13.20).

One per calendar month and cabinet; two people count, neither sees what the register expects nor
what the other found.  What is found is recorded by services/stocktake_count.py, compared and
approved by services/stocktake_result.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NewType

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from facility_app.audit.work import Tx
from facility_app.db.models import (
    PouchRow,
    SlotRow,
    StaffRow,
    StocktakeCountRow,
    StocktakeDifferenceRow,
    StocktakeRow,
)
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.stocktake import StocktakeState, StopReason
from facility_app.errors import Refused

StocktakeId = NewType("StocktakeId", int)
CountId = NewType("CountId", int)

COUNTS = (1, 2)
"""The two counts."""


@dataclass(eq=False)
class StocktakeExists(Refused):
    """This cabinet has one in this month, or one that is not finished yet."""

    key: ClassVar[str] = "stocktake.exists"
    cabinet: str
    month: date


@dataclass(eq=False)
class NoSuchCabinet(Refused):
    """No place of this cabinet is in use."""

    key: ClassVar[str] = "stocktake.no_such_cabinet"
    cabinet: str


@dataclass(eq=False)
class SameCounter(Refused):
    """Who counted once cannot make the second count."""

    key: ClassVar[str] = "stocktake.same_counter"
    evidence: ClassVar[bool] = True


@dataclass(eq=False)
class CountsTaken(Refused):
    """Two people count already."""

    key: ClassVar[str] = "stocktake.counts_taken"


@dataclass(eq=False)
class StocktakeClosed(Refused):
    """It was approved or given up; nothing of it is changed any more."""

    key: ClassVar[str] = "stocktake.closed"


@dataclass(frozen=True)
class GiveUp:
    """End a stocktake, or throw away one count of it, and why."""

    id: int
    reason: StopReason


def start_stocktake(tx: Tx, cabinet: str) -> StocktakeId:
    """Begin this month's stocktake of a cabinet.  Raises StocktakeExists, NoSuchCabinet."""
    tx.require(Permission.COUNT_STOCKTAKE)
    if not places_of(tx.session, cabinet):
        raise NoSuchCabinet(cabinet)
    month = local_date(tx.now).replace(day=1)
    taken = select(StocktakeRow.id).where(
        StocktakeRow.cabinet == cabinet,
        or_(
            StocktakeRow.state.in_([state for state in StocktakeState if state.open]),
            (StocktakeRow.month == month) & (StocktakeRow.state == StocktakeState.APPROVED),
        ),
    )
    if tx.session.scalar(taken) is not None:
        raise StocktakeExists(cabinet, month)
    row = StocktakeRow(
        cabinet=cabinet,
        month=month,
        state=StocktakeState.COUNTING,
        started_at=tx.now,
        started_by=tx.staff_id,
    )
    tx.session.add(row)
    tx.session.flush()
    plain = {"cabinet": cabinet, "month": month.isoformat()}
    tx.record("stocktake.started", f"stocktake:{row.id}", plain=plain)
    return StocktakeId(row.id)


def begin_count(tx: Tx, stocktake_id: int) -> CountId:
    """Take the next free count for oneself; one's own unfinished count is simply gone on with.

    Raises SameCounter, CountsTaken, StocktakeClosed.
    """
    tx.require(Permission.COUNT_STOCKTAKE)
    stocktake = tx.session.get_one(StocktakeRow, stocktake_id)
    kept = counts_of(tx.session, stocktake_id)
    own = next((count for count in kept if count.counter_id == tx.staff_id), None)
    if own is not None and own.finished_at is None:
        return CountId(own.id)
    if stocktake.state is not StocktakeState.COUNTING:
        raise StocktakeClosed
    free = [number for number in COUNTS if number not in {count.number for count in kept}]
    if not free:
        raise CountsTaken
    if own is not None:
        raise SameCounter
    count = StocktakeCountRow(
        stocktake_id=stocktake_id, number=free[0], counter_id=tx.staff_id, begun_at=tx.now
    )
    tx.session.add(count)
    tx.session.flush()
    plain = {"cabinet": stocktake.cabinet, "count": count.number}
    tx.record("stocktake.count_begun", f"stocktake:{stocktake_id}", plain=plain)
    return CountId(count.id)


def discard_count(tx: Tx, cmd: GiveUp) -> int:
    """Throw a count away, so that somebody else can count; gives the entry's number.

    The counter may do so before the comparison, and whoever approves at any time until the
    approval; what was compared is undone.  Raises StocktakeClosed.
    """
    tx.require(Permission.COUNT_STOCKTAKE)
    count = tx.session.get_one(StocktakeCountRow, cmd.id)
    stocktake = tx.session.get_one(StocktakeRow, count.stocktake_id)
    own = count.counter_id == tx.staff_id and stocktake.state is StocktakeState.COUNTING
    if not own:
        tx.require(Permission.APPROVE_STOCKTAKE)
    if not stocktake.state.open or count.discarded_at is not None:
        raise StocktakeClosed
    count.discarded_at = tx.now
    stocktake.state, stocktake.compared_at = StocktakeState.COUNTING, None
    tx.session.execute(
        delete(StocktakeDifferenceRow).where(StocktakeDifferenceRow.stocktake_id == stocktake.id)
    )
    plain = {"cabinet": stocktake.cabinet, "count": count.number, "counter": count.counter_id}
    return tx.record(
        "stocktake.count_discarded",
        f"stocktake:{stocktake.id}",
        plain={**plain, "reason": cmd.reason.value},
    )


def give_up_stocktake(tx: Tx, cmd: GiveUp) -> int:
    """End a stocktake without a result, so that it can be started anew; gives the entry's number.

    Raises StocktakeClosed.
    """
    tx.require(Permission.APPROVE_STOCKTAKE)
    stocktake = tx.session.get_one(StocktakeRow, cmd.id)
    if not stocktake.state.open:
        raise StocktakeClosed
    stocktake.state, stocktake.reason = StocktakeState.GIVEN_UP, cmd.reason
    stocktake.closed_at, stocktake.closed_by = tx.now, tx.staff_id
    plain = {"cabinet": stocktake.cabinet, "month": stocktake.month.isoformat()}
    plain["reason"] = cmd.reason.value
    return tx.record("stocktake.given_up", f"stocktake:{stocktake.id}", plain=plain)


def places_of(session: Session, cabinet: str) -> list[SlotRow]:
    """The places of a cabinet that are counted: all in use, and any other where a pouch lies."""
    holds = select(PouchRow.id).where(PouchRow.slot_id == SlotRow.id).exists()
    query = (
        select(SlotRow)
        .where(SlotRow.cabinet == cabinet, or_(SlotRow.active, holds))
        .order_by(SlotRow.number)
    )
    return list(session.scalars(query))


def counts_of(session: Session, stocktake_id: int) -> list[StocktakeCountRow]:
    """The counts that were not discarded, first and second."""
    query = select(StocktakeCountRow).where(
        StocktakeCountRow.stocktake_id == stocktake_id, StocktakeCountRow.discarded_at.is_(None)
    )
    return list(session.scalars(query.order_by(StocktakeCountRow.number)))


def cabinets_with_pouches(session: Session) -> list[str]:
    """The cabinets that are counted, by name.

    From the index one by one, so that きょう may ask: it costs what cabinets there are, not what
    lies in them.
    """
    found: list[str] = []
    last = ""
    while True:
        name = session.scalar(select(func.min(SlotRow.cabinet)).where(SlotRow.cabinet > last))
        if name is None:
            return found
        some = select(PouchRow.id).join(SlotRow, SlotRow.id == PouchRow.slot_id).limit(1)
        if session.scalar(some.where(SlotRow.cabinet == name)) is not None:
            found.append(name)
        last = name


def name_of(session: Session, staff_id: int | None) -> str:
    """A member of staff's name; empty for nobody."""
    if staff_id is None:
        return ""
    return session.scalar(select(StaffRow.name).where(StaffRow.id == staff_id)) or ""
