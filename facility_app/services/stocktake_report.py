"""Stocktakes over a period: their differences, and where none was done (domain §13.21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from facility_app.audit.entry import moment
from facility_app.audit.work import Reading
from facility_app.db.models import (
    AuditEntryRow,
    ItemKindRow,
    ResidentRow,
    SlotRow,
    StaffRow,
    StocktakeCountRow,
    StocktakeDifferenceRow,
    StocktakeRow,
)
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.periods import Period
from facility_app.domain.stocktake import Difference, Figures, StocktakeState, StopReason


@dataclass(frozen=True)
class DifferenceView:
    """One thing that does not fit, in names; `id` is its row.

    `difference.resident`, `kind_code` as ids; `name`, `room`, `item` their words, empty for none.
    `explanation` is empty until somebody wrote it; `explained_at` aware UTC.
    """

    id: int
    difference: Difference
    name: str = ""
    room: str = ""
    item: str = ""
    explanation: str = ""
    explained_by: str = ""
    explained_at: datetime | None = None


@dataclass(frozen=True)
class StocktakeSummary:
    """One stocktake as a report tells it.  Times aware UTC; names of staff, empty for none.

    month: its first day; counters: who counted, first and second; places: how many were looked at;
    closed_by: who approved it, or gave it up and why (`reason`).
    """

    id: int
    cabinet: str
    month: date
    state: StocktakeState
    started_at: datetime
    counters: tuple[str, ...] = ()
    places: int = 0
    closed_at: datetime | None = None
    closed_by: str = ""
    reason: StopReason | None = None
    differences: tuple[DifferenceView, ...] = ()


@dataclass(frozen=True)
class StocktakeReport:
    """All stocktakes of the months that `period` touches, by month and cabinet.

    not_done: (first day of the month, cabinet) of those that lack an approved one, months that have
    not ended yet included.
    """

    period: Period
    rows: tuple[StocktakeSummary, ...]
    not_done: tuple[tuple[date, str], ...]


def stocktakes(reading: Reading, period: Period) -> StocktakeReport:
    """The stocktakes of a period, and the cabinets and months without.  Needs VIEW_LOG."""
    reading.require(Permission.VIEW_LOG)
    session = reading.session
    months = list(period.months())
    rows = summaries(session, StocktakeRow.month.between(months[0], months[-1]))
    done = {(row.month, row.cabinet) for row in rows if row.state is StocktakeState.APPROVED}
    first = _first_month(session)
    begun = [m for m in months if first is not None and first <= m <= local_date(reading.now)]
    wanted = [(month, cabinet) for month in begun for cabinet in _cabinets(session)]
    return StocktakeReport(period, rows, tuple(each for each in wanted if each not in done))


def summaries(session: Session, *where: object) -> tuple[StocktakeSummary, ...]:
    """The stocktakes for which `where` holds, by month and cabinet.  For use cases of this area."""
    closer = aliased(StaffRow)
    query = (
        select(StocktakeRow, closer.name)
        .outerjoin(closer, closer.id == StocktakeRow.closed_by)
        .where(*where)  # type: ignore[arg-type]  # conditions on columns
        .order_by(StocktakeRow.month, StocktakeRow.cabinet, StocktakeRow.id)
    )
    return tuple(
        StocktakeSummary(
            id=row.id,
            cabinet=row.cabinet,
            month=row.month,
            state=row.state,
            started_at=row.started_at,
            counters=_counters(session, row.id),
            places=row.places,
            closed_at=row.closed_at,
            closed_by=closed_by or "",
            reason=row.reason,
            differences=differences_of(session, row.id),
        )
        for row, closed_by in session.execute(query)
    )


def differences_of(session: Session, stocktake_id: int) -> tuple[DifferenceView, ...]:
    """The differences of one stocktake in their order.  For use cases of this area."""
    query = (
        select(
            StocktakeDifferenceRow,
            ResidentRow.name,
            ResidentRow.room,
            ItemKindRow.name.label("item"),
            StaffRow.name.label("by"),
        )
        .outerjoin(ResidentRow, ResidentRow.id == StocktakeDifferenceRow.resident_id)
        .outerjoin(ItemKindRow, ItemKindRow.code == StocktakeDifferenceRow.kind_code)
        .outerjoin(StaffRow, StaffRow.id == StocktakeDifferenceRow.explained_by)
        .where(StocktakeDifferenceRow.stocktake_id == stocktake_id)
        .order_by(StocktakeDifferenceRow.id)
    )
    return tuple(
        DifferenceView(
            id=row.id,
            difference=_difference(row),
            name=name or "",
            room=room or "",
            item=item or "",
            explanation=row.explanation,
            explained_by=by or "",
            explained_at=row.explained_at,
        )
        for row, name, room, item, by in session.execute(query)
    )


def _difference(row: StocktakeDifferenceRow) -> Difference:
    return Difference(
        kind=row.kind,
        slot=row.slot,
        resident=row.resident_id,
        home=row.home,
        kind_code=row.kind_code or "",
        first=_figures(row.expected_1, row.counted_1),
        second=_figures(row.expected_2, row.counted_2),
    )


def _figures(expected: int | None, counted: int | None) -> Figures | None:
    if expected is None or counted is None:
        return None
    return Figures(expected, counted)


def _counters(session: Session, stocktake_id: int) -> tuple[str, ...]:
    query = (
        select(StaffRow.name)
        .join(StocktakeCountRow, StocktakeCountRow.counter_id == StaffRow.id)
        .where(
            StocktakeCountRow.stocktake_id == stocktake_id,
            StocktakeCountRow.discarded_at.is_(None),
        )
        .order_by(StocktakeCountRow.number)
    )
    return tuple(session.scalars(query))


def _cabinets(session: Session) -> list[str]:
    query = select(SlotRow.cabinet).where(SlotRow.active).distinct().order_by(SlotRow.cabinet)
    return list(session.scalars(query))


def _first_month(session: Session) -> date | None:
    """The month in which the record begins: before it, nothing could be counted."""
    at = session.scalar(select(AuditEntryRow.at).where(AuditEntryRow.seq == 1))
    return None if at is None else local_date(moment(at)).replace(day=1)
