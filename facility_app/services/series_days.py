"""The visits of a series as rows: the days that lie ahead, each written once (`series_on`)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from facility_app.audit.work import Tx
from facility_app.db.models import ResidentRow, StaffRow, VisitRow, VisitSeriesRow
from facility_app.domain.clock import JST, local_date
from facility_app.domain.visits import Recurrence
from facility_app.services.booking import Wanted

AHEAD = timedelta(days=90)
"""How far ahead visits of a series are written out."""


def recurrence_of(row: VisitSeriesRow) -> Recurrence:
    """When a series falls due."""
    return Recurrence(row.repeat, row.first, row.until, row.every, row.weekday, row.nth, row.day)


def write_out(tx: Tx, row: VisitSeriesRow) -> list[VisitRow]:
    """The visits of the days after `planned_through` that still lie ahead, as new rows."""
    horizon = local_date(tx.now) + AHEAD
    begin = max(row.planned_through + timedelta(days=1), local_date(tx.now))
    left = tx.session.get_one(ResidentRow, row.resident_id).discharged_on
    days = [
        day
        for day in recurrence_of(row).days(begin, horizon)
        if _at(row, day) > tx.now and (left is None or day <= left)
    ]
    gone = _gone(tx.session, row.escort_id)
    visits = [_visit(row, day, gone) for day in days]
    tx.session.add_all(visits)
    if visits:
        row.planned_through = horizon
        tx.session.flush()
    return visits


def _visit(row: VisitSeriesRow, day: date, escort_gone: date | None) -> VisitRow:
    starts = _at(row, day)
    length = row.length_minutes
    return VisitRow(
        resident_id=row.resident_id,
        purpose_code=row.purpose_code,
        starts_at=starts,
        returns_at=None if length is None else starts + timedelta(minutes=length),
        destination=row.destination,
        escort_id=None if escort_gone is not None and day > escort_gone else row.escort_id,
        clinic_id=row.clinic_id,
        transport=row.transport,
        note=row.note,
        series_id=row.id,
        series_on=day,
    )


def _at(row: VisitSeriesRow, day: date) -> datetime:
    return datetime.combine(day, time(*divmod(row.starts_minute, 60)), JST)


def day_of(visit: VisitRow) -> date:
    return local_date(visit.starts_at)


def wanted_of(visit: VisitRow) -> Wanted:
    return Wanted(
        visit.resident_id,
        visit.escort_id,
        visit.starts_at,
        visit.returns_at,
        visit.destination,
        visit.id,
    )


def _gone(session: Session, escort_id: int | None) -> date | None:
    """The last day on which the escort works here, where it is known."""
    return None if escort_id is None else session.get_one(StaffRow, escort_id).active_until
