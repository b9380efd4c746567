"""What the page 棚卸 shows: the cabinets of this month, and a result once both counts are finished.

Nothing here tells what the register expects before that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading
from facility_app.db.models import (
    ItemRow,
    PouchRow,
    StocktakeDifferenceRow,
    StocktakeMarkRow,
    StocktakeRow,
)
from facility_app.domain.access import Permission, StaffId
from facility_app.domain.clock import local_date
from facility_app.domain.items import ItemState
from facility_app.domain.stocktake import StocktakeState
from facility_app.services.stocktake import (
    CountId,
    StocktakeId,
    cabinets_with_pouches,
    counts_of,
    name_of,
    places_of,
)
from facility_app.services.stocktake_report import StocktakeSummary, summaries

EARLIER = 12
"""Stocktakes of earlier months on the page; older ones stand in the record and in reports."""


@dataclass(frozen=True)
class CountLine:
    """One of the two counts: by whom, how many places are done, and whether it is finished."""

    id: CountId
    number: int
    counter_id: StaffId
    counter: str
    done: int
    finished: bool


@dataclass(frozen=True)
class CabinetLine:
    """A cabinet this month.  `stocktake_id`, `state` None before it was started; `unexplained`
    counts differences without words, `differences` all of them; `closed_at` aware UTC."""

    cabinet: str
    places: int
    stocktake_id: StocktakeId | None = None
    month: date | None = None
    state: StocktakeState | None = None
    counts: tuple[CountLine, ...] = ()
    differences: int = 0
    unexplained: int = 0
    closed_at: datetime | None = None
    closed_by: str = ""


@dataclass(frozen=True)
class StocktakeHome:
    """The page before a cabinet is chosen.

    month: its first day; homeless: pouches with things in custody that belong to no place, so that
    no stocktake meets them; earlier: those that were closed, newest first.
    """

    month: date
    cabinets: tuple[CabinetLine, ...]
    homeless: int
    earlier: tuple[StocktakeSummary, ...]


def stocktake_home(reading: Reading) -> StocktakeHome:
    """All cabinets with the state of this month's stocktake.  Needs VIEW_STOCKTAKE."""
    reading.require(Permission.VIEW_STOCKTAKE)
    session = reading.session
    month = local_date(reading.now).replace(day=1)
    names = cabinets_with_pouches(session)
    lines = tuple(_cabinet_line(session, name, month) for name in names)
    present = {line.stocktake_id for line in lines}
    closed = (StocktakeState.APPROVED, StocktakeState.GIVEN_UP)
    newest = (
        select(StocktakeRow.id)
        .where(StocktakeRow.state.in_(closed))
        .order_by(StocktakeRow.closed_at.desc())
        .limit(EARLIER)
    )
    ids = [id_ for id_ in session.scalars(newest) if id_ not in present]
    earlier = summaries(session, StocktakeRow.id.in_(ids))
    return StocktakeHome(month, lines, _homeless(session), tuple(reversed(earlier)))


def _cabinet_line(session: Session, cabinet: str, month: date) -> CabinetLine:
    places = len(places_of(session, cabinet))
    row = session.scalars(
        select(StocktakeRow)
        .where(StocktakeRow.cabinet == cabinet, StocktakeRow.state != StocktakeState.GIVEN_UP)
        .order_by(StocktakeRow.month.desc())
        .limit(1)
    ).first()
    if row is None or (row.month != month and not row.state.open):
        return CabinetLine(cabinet, places)
    mine = StocktakeDifferenceRow.stocktake_id == row.id
    words = func.count().filter(StocktakeDifferenceRow.explanation == "")
    differences, unexplained = session.execute(select(func.count(), words).where(mine)).one()
    return CabinetLine(
        cabinet=cabinet,
        places=places,
        stocktake_id=StocktakeId(row.id),
        month=row.month,
        state=row.state,
        counts=count_lines(session, row.id),
        differences=differences,
        unexplained=unexplained,
        closed_at=row.closed_at,
        closed_by=name_of(session, row.closed_by),
    )


def count_lines(session: Session, stocktake_id: int) -> tuple[CountLine, ...]:
    """The counts that hold, first and second.  For use cases of this area."""
    done = func.count(func.distinct(StocktakeMarkRow.slot_id))
    lines = []
    for count in counts_of(session, stocktake_id):
        places = session.scalar(
            select(done).where(
                StocktakeMarkRow.count_id == count.id, StocktakeMarkRow.replaced.is_(False)
            )
        )
        lines.append(
            CountLine(
                id=CountId(count.id),
                number=count.number,
                counter_id=StaffId(count.counter_id),
                counter=name_of(session, count.counter_id),
                done=places or 0,
                finished=count.finished_at is not None,
            )
        )
    return tuple(lines)


def _homeless(session: Session) -> int:
    held = select(ItemRow.id).where(
        ItemRow.resident_id == PouchRow.resident_id,
        ItemRow.state.in_((ItemState.IN_SAFE, ItemState.OUT)),
    )
    query = select(func.count()).where(PouchRow.slot_id.is_(None), held.exists())
    return session.scalar(query) or 0


@dataclass(frozen=True)
class ResultView:
    """A stocktake that was compared; `counters` are the ids of who counted."""

    summary: StocktakeSummary
    counts: tuple[CountLine, ...]


def stocktake_result(reading: Reading, stocktake_id: int) -> ResultView | None:
    """The result, or None before both counts are finished.  Needs VIEW_STOCKTAKE."""
    reading.require(Permission.VIEW_STOCKTAKE)
    (summary,) = summaries(reading.session, StocktakeRow.id == stocktake_id)
    if summary.state is StocktakeState.COUNTING:
        return None
    return ResultView(summary, count_lines(reading.session, stocktake_id))
