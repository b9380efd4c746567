"""くり返す受診: a series, and its visits written out for the next 90 days, by the program too.

A day of a series is a row once (`series_on`), whatever becomes of it: moved, cancelled or done, it
is never written again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, NewType

from sqlalchemy import or_, select

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import (
    ClinicRow,
    PurposeRow,
    ResidentRow,
    StaffRow,
    VisitRow,
    VisitSeriesRow,
)
from facility_app.domain.access import Permission
from facility_app.domain.clock import JST, local_date
from facility_app.domain.visits import Recurrence, Transport
from facility_app.errors import Refused
from facility_app.services.booking import read_conflicts
from facility_app.services.fields import Field, in_order, line, lines, within
from facility_app.services.series_days import AHEAD as AHEAD
from facility_app.services.series_days import day_of, recurrence_of, wanted_of, write_out

SeriesId = NewType("SeriesId", int)

LONGEST_MINUTES = 24 * 60


@dataclass(eq=False)
class SeriesEmpty(Refused):
    """No day falls into the series: its end lies before the first one."""

    key: ClassVar[str] = "visit_series.empty"


@dataclass(eq=False)
class SeriesEnded(Refused):
    """The series was ended already."""

    key: ClassVar[str] = "visit_series.ended"


@dataclass(frozen=True)
class SeriesForm:
    """A series.  `starts` is a time of day in Japan; `length_minutes` until they are back."""

    recurrence: Recurrence
    purpose_code: str
    starts: time
    length_minutes: int | None = None
    destination: str = ""
    clinic_id: int | None = None
    escort_id: int | None = None
    transport: Transport = Transport.UNKNOWN
    note: str = ""


@dataclass(frozen=True)
class PlanSeries:
    """A series of one resident."""

    resident_id: int
    form: SeriesForm


@dataclass(frozen=True)
class ChangeSeries:
    """What the series should be from `form.recurrence.first` on; visits before it stay."""

    series_id: int
    form: SeriesForm


@dataclass(frozen=True)
class SeriesPlanned:
    """The days written out now, and those on which something stands in the way."""

    id: SeriesId
    days: tuple[date, ...]
    in_conflict: tuple[date, ...]


@dataclass(frozen=True)
class SeriesView:
    """A series as lists show it; `next_day` None where nothing of it lies ahead."""

    id: SeriesId
    resident_id: int
    form: SeriesForm
    purpose: str
    escort: str
    ended: bool
    next_day: date | None


def plan_series(tx: Tx, cmd: PlanSeries) -> SeriesPlanned:
    """Plan a series and write out its visits of the next 90 days.

    A day on which something stands in the way is planned too and told: a series is not given up for
    one bad day.  Raises SeriesEmpty and the refusals of the fields.
    """
    tx.require(Permission.PLAN_VISITS)
    tx.session.get_one(ResidentRow, cmd.resident_id)
    today = local_date(tx.now)
    row = VisitSeriesRow(
        resident_id=cmd.resident_id,
        planned_through=today - timedelta(days=1),
        **_checked(tx, cmd.form, today),
    )
    tx.session.add(row)
    tx.session.flush()
    visits = write_out(tx, row)
    tx.record(
        "visit.series_planned",
        f"visit_series:{row.id}",
        resident=row.resident_id,
        plain={"visits": len(visits)},
        series=_told(cmd.form),
        days=[day_of(visit).isoformat() for visit in visits],
    )
    bad = [day_of(visit) for visit in visits if read_conflicts(tx.session, wanted_of(visit))]
    return SeriesPlanned(SeriesId(row.id), tuple(map(day_of, visits)), tuple(bad))


def change_series(tx: Tx, cmd: ChangeSeries) -> SeriesPlanned:
    """End a series on the day before the new one begins, and plan that.  Raises SeriesEnded and
    what `plan_series` raises."""
    tx.require(Permission.PLAN_VISITS)
    row = tx.session.get_one(VisitSeriesRow, cmd.series_id)
    _end(tx, row, max(cmd.form.recurrence.first, local_date(tx.now)))
    return plan_series(tx, PlanSeries(row.resident_id, cmd.form))


def end_series(tx: Tx, series_id: int) -> int:
    """End a series now: its visits that lie ahead are cancelled; gives how many.

    Raises SeriesEnded.
    """
    tx.require(Permission.PLAN_VISITS)
    return _end(tx, tx.session.get_one(VisitSeriesRow, series_id), local_date(tx.now))


def extend_series(tx: Tx) -> int:
    """Write out every series up to 90 days ahead; gives how many visits were added.

    For the program, every half hour: where nothing is missing, nothing is written.
    """
    tx.require(Permission.PLAN_VISITS)
    horizon = local_date(tx.now) + AHEAD
    query = (
        select(VisitSeriesRow)
        .join(ResidentRow, ResidentRow.id == VisitSeriesRow.resident_id)
        .where(
            VisitSeriesRow.ended_at.is_(None),
            VisitSeriesRow.planned_through < horizon,
            or_(
                VisitSeriesRow.until.is_(None),
                VisitSeriesRow.until > VisitSeriesRow.planned_through,
            ),
            or_(
                ResidentRow.discharged_on.is_(None),
                ResidentRow.discharged_on > VisitSeriesRow.planned_through,
            ),
        )
        .order_by(VisitSeriesRow.id)
    )
    added = 0
    for row in tx.session.scalars(query).all():
        visits = write_out(tx, row)
        if not visits:
            continue
        added += len(visits)
        tx.record(
            "visit.series_extended",
            f"visit_series:{row.id}",
            resident=row.resident_id,
            plain={"visits": len(visits)},
            days=[day_of(visit).isoformat() for visit in visits],
        )
    return added


def series_of(reading: Reading, resident_id: int) -> list[SeriesView]:
    """A resident's series, the running ones first.  Needs VIEW_DESK."""
    reading.require(Permission.VIEW_DESK)
    query = (
        select(VisitSeriesRow, PurposeRow.name, StaffRow.name)
        .join(PurposeRow, PurposeRow.code == VisitSeriesRow.purpose_code)
        .outerjoin(StaffRow, StaffRow.id == VisitSeriesRow.escort_id)
        .where(VisitSeriesRow.resident_id == resident_id)
        .order_by(VisitSeriesRow.ended_at.is_not(None), VisitSeriesRow.id)
    )
    today = local_date(reading.now)
    return [
        SeriesView(
            SeriesId(row.id),
            row.resident_id,
            form_of(row),
            purpose,
            escort or "",
            row.ended_at is not None,
            None
            if row.ended_at
            else next(iter(recurrence_of(row).days(today, today + AHEAD)), None),
        )
        for row, purpose, escort in reading.session.execute(query)
    ]


def form_of(row: VisitSeriesRow) -> SeriesForm:
    """A row as the form shows it."""
    return SeriesForm(
        recurrence=recurrence_of(row),
        purpose_code=row.purpose_code,
        starts=time(*divmod(row.starts_minute, 60)),
        length_minutes=row.length_minutes,
        destination=row.destination,
        clinic_id=row.clinic_id,
        escort_id=row.escort_id,
        transport=row.transport,
        note=row.note,
    )


def _end(tx: Tx, row: VisitSeriesRow, begin: date) -> int:
    if row.ended_at is not None:
        raise SeriesEnded
    row.ended_at = tx.now
    query = select(VisitRow).where(
        VisitRow.series_id == row.id,
        VisitRow.starts_at >= max(tx.now, datetime.combine(begin, time(), JST)),
        VisitRow.cancelled_at.is_(None),
        VisitRow.loan_id.is_(None),
    )
    visits = tx.session.scalars(query).all()
    for visit in visits:
        visit.cancelled_at = tx.now
    tx.record(
        "visit.series_ended",
        f"visit_series:{row.id}",
        resident=row.resident_id,
        plain={"visits": len(visits)},
        days=[day_of(visit).isoformat() for visit in visits],
    )
    return len(visits)


def _checked(tx: Tx, form: SeriesForm, today: date) -> dict[str, Any]:
    when = form.recurrence
    in_order(Field.STARTS_AT, when.first, Field.UNTIL, when.until)
    horizon = max(when.first, today) + timedelta(days=366 * 3)
    if not when.days(max(when.first, today), when.until or horizon):
        raise SeriesEmpty
    tx.session.get_one(PurposeRow, form.purpose_code)
    if form.escort_id is not None:
        tx.session.get_one(StaffRow, form.escort_id)
    place = form.destination
    if form.clinic_id is not None:
        place = place.strip() or tx.session.get_one(ClinicRow, form.clinic_id).name
    length = form.length_minutes
    return {
        "purpose_code": form.purpose_code,
        "clinic_id": form.clinic_id,
        "destination": line(Field.DESTINATION, place, required=True),
        "escort_id": form.escort_id,
        "transport": form.transport,
        "note": lines(Field.NOTES, form.note),
        "repeat": when.repeat,
        "every": within(Field.EVERY, when.every, 1, 52),
        "weekday": when.weekday,
        "nth": when.nth,
        "day": when.day,
        "first": when.first,
        "until": when.until,
        "starts_minute": form.starts.hour * 60 + form.starts.minute,
        "length_minutes": None
        if length is None
        else within(Field.RETURNS_AT, length, 1, LONGEST_MINUTES),
    }


def _told(form: SeriesForm) -> dict[str, Any]:
    when = form.recurrence
    return {
        "repeat": when.repeat.value,
        "every": when.every,
        "weekday": when.weekday,
        "nth": when.nth,
        "day": when.day,
        "first": when.first.isoformat(),
        "until": when.until.isoformat() if when.until else "",
        "starts": form.starts.isoformat("minutes"),
        "purpose": form.purpose_code,
        "destination": form.destination,
        "escort": form.escort_id,
    }
