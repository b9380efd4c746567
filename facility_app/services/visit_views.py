"""Visits as lists and the calendar show them; read by day or by resident, never by history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any, NewType

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session, aliased

from facility_app.audit.work import Reading
from facility_app.db.models import (
    ClinicRow,
    LoanRow,
    PurposeRow,
    ResidentRow,
    StaffRow,
    VisitOutcomeRow,
    VisitRow,
    table_of,
)
from facility_app.domain.access import Permission
from facility_app.domain.clock import JST, local_date
from facility_app.domain.coverage import Answer
from facility_app.domain.periods import Period
from facility_app.domain.visits import Transport

VisitId = NewType("VisitId", int)


class VisitState(Enum):
    """How far a visit has come; BACK waits for its outcome (受診結果)."""

    PLANNED = "planned"
    OUT = "out"
    BACK = "back"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class VisitView:
    """A visit as lists show it.  Times aware UTC; `loan_id` once its things have left; `round_id`
    where it is part of a house call."""

    id: VisitId
    resident_id: int
    name: str
    room: str
    purpose_code: str
    purpose: str
    starts_at: datetime
    returns_at: datetime | None
    destination: str
    escort_id: int | None
    escort: str
    loan_id: int | None
    cancelled: bool
    kana: str = ""
    clinic_id: int | None = None
    clinic_phone: str = ""
    transport: Transport = Transport.UNKNOWN
    first_visit: Answer = Answer.UNKNOWN
    booked: bool = False
    note: str = ""
    series_id: int | None = None
    round_id: int | None = None
    in_house: bool = False
    state: VisitState = VisitState.PLANNED


@dataclass(frozen=True)
class CalendarDay:
    """One day of the calendar, its visits by time."""

    day: date
    visits: tuple[VisitView, ...]


def visits_on(reading: Reading, day: date) -> list[VisitView]:
    """The visits of a day in Japan that were not cancelled, by time.  Needs VIEW_DESK."""
    reading.require(Permission.VIEW_DESK)
    return read_visits_of_day(reading.session, day)


def read_visits_of_day(session: Session, day: date) -> list[VisitView]:
    """As `visits_on`, for a query that has asked for its own permission."""
    return _between(session, day, day)


def calendar(reading: Reading, first: date, last: date) -> tuple[CalendarDay, ...]:
    """Every day from `first` through `last` with its visits that were not cancelled.

    Needs VIEW_DESK; ValueError where the days are in the wrong order.
    """
    reading.require(Permission.VIEW_DESK)
    period = Period(first, last)
    days: dict[date, list[VisitView]] = {
        first + timedelta(days=n): [] for n in range((last - first).days + 1)
    }
    for visit in _between(reading.session, period.first, period.last):
        days[local_date(visit.starts_at)].append(visit)
    return tuple(CalendarDay(day, tuple(visits)) for day, visits in days.items())


def visits_of(reading: Reading, resident_id: int, limit: int = 50) -> list[VisitView]:
    """A resident's visits, the latest first, cancelled ones too.  Needs VIEW_RESIDENTS."""
    reading.require(Permission.VIEW_RESIDENTS)
    query = _VIEW.where(_V.resident_id == resident_id).order_by(None)
    return _views(reading.session, query.order_by(_V.starts_at.desc()).limit(limit))


def visit_of(session: Session, visit_id: int) -> VisitView:
    """One visit.  Raises NoResultFound where there is none."""
    return visit_view(session.connection().execute(_VIEW.where(_V.id == visit_id)).one())


def visits_of_round(session: Session, round_id: int) -> list[VisitView]:
    """The visits of a house call that were not cancelled, by reading of the name."""
    query = _VIEW.where(_V.round_id == round_id, _V.cancelled_at.is_(None)).order_by(None)
    return _views(session, query.order_by(_R.kana, _V.id))


def visit_of_loan(session: Session, loan_id: int) -> VisitView | None:
    """The visit that a loan was made for."""
    row = session.connection().execute(_VIEW.where(_V.loan_id == loan_id)).first()
    return None if row is None else visit_view(row)


_V = table_of(VisitRow).c
_R = table_of(ResidentRow).c
_EARLIER = aliased(VisitRow)
_BEEN = (
    exists()
    .where(
        _EARLIER.resident_id == _V.resident_id,
        _EARLIER.clinic_id == _V.clinic_id,
        _EARLIER.starts_at < _V.starts_at,
        _EARLIER.cancelled_at.is_(None),
        or_(
            _EARLIER.loan_id.is_not(None),
            exists().where(VisitOutcomeRow.visit_id == _EARLIER.id).correlate(_EARLIER),
        ),
    )
    .correlate(VisitRow)
)
"""Whether the resident was at this clinic before: one look into an index, however long ago."""

_VIEW: Select[Any] = (
    select(
        *(column for column in _V if column.name != "series_on"),
        _R.name.label("resident_name"),
        _R.kana,
        _R.room,
        PurposeRow.name.label("purpose"),
        PurposeRow.in_house,
        StaffRow.name.label("escort"),
        ClinicRow.phone.label("clinic_phone"),
        LoanRow.closed_at,
        VisitOutcomeRow.at.label("outcome_at"),
        _BEEN.label("been"),
    )
    .select_from(table_of(VisitRow))
    .join(ResidentRow, _R.id == _V.resident_id)
    .join(PurposeRow, PurposeRow.code == _V.purpose_code)
    .outerjoin(StaffRow, StaffRow.id == _V.escort_id)
    .outerjoin(ClinicRow, ClinicRow.id == _V.clinic_id)
    .outerjoin(LoanRow, LoanRow.id == _V.loan_id)
    .outerjoin(VisitOutcomeRow, VisitOutcomeRow.visit_id == _V.id)
    .order_by(_V.starts_at, _V.id)
)


def _between(session: Session, first: date, last: date) -> list[VisitView]:
    begins = datetime.combine(first, time(), JST)
    ends = datetime.combine(last, time(), JST) + timedelta(days=1)
    return _views(
        session,
        _VIEW.where(_V.starts_at >= begins, _V.starts_at < ends, _V.cancelled_at.is_(None)),
    )


def _views(session: Session, query: Select[Any]) -> list[VisitView]:
    return [visit_view(row) for row in session.connection().execute(query).all()]


def visit_view(row: Any) -> VisitView:
    """A row of the query above as a list shows it."""
    return VisitView(
        id=VisitId(row.id),
        resident_id=row.resident_id,
        name=row.resident_name,
        room=row.room,
        purpose_code=row.purpose_code,
        purpose=row.purpose,
        starts_at=row.starts_at,
        returns_at=row.returns_at,
        destination=row.destination,
        escort_id=row.escort_id,
        escort=row.escort or "",
        loan_id=row.loan_id,
        cancelled=row.cancelled_at is not None,
        kana=row.kana,
        clinic_id=row.clinic_id,
        clinic_phone=row.clinic_phone or "",
        transport=row.transport,
        first_visit=_first_visit(row),
        booked=row.booked,
        note=row.note,
        series_id=row.series_id,
        round_id=row.round_id,
        in_house=row.in_house,
        state=_state(row),
    )


def _first_visit(row: Any) -> Answer:
    """What somebody said, else NO where they were there before."""
    said: Answer = row.first_visit
    return Answer.NO if said is Answer.UNKNOWN and row.been else said


def _state(row: Any) -> VisitState:
    if row.cancelled_at is not None:
        return VisitState.CANCELLED
    if row.loan_id is not None and row.closed_at is None:
        return VisitState.OUT
    if row.outcome_at is not None:
        return VisitState.DONE
    return VisitState.PLANNED if row.loan_id is None else VisitState.BACK


def of_residents(visits: Iterable[VisitView]) -> list[int]:
    """Whose visits these are, each once."""
    return sorted({visit.resident_id for visit in visits})
