"""受診予定: planned, changed, cancelled; the plan fills in the sign-out of the day (design §2).

What lists show of visits: services/visit_views; what stands in the way of one: services/booking.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import select

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import ClinicRow, PurposeRow, ResidentRow, StaffRow, VisitRow
from facility_app.domain.access import Permission
from facility_app.domain.clock import JST, local_date, local_time
from facility_app.domain.coverage import Answer
from facility_app.domain.visits import Transport
from facility_app.errors import Refused
from facility_app.services.booking import Wanted, refuse_conflict
from facility_app.services.fields import DatesInWrongOrder, Field, line, lines
from facility_app.services.history import changes
from facility_app.services.visit_views import VisitId as VisitId
from facility_app.services.visit_views import VisitView as VisitView
from facility_app.services.visit_views import calendar as calendar
from facility_app.services.visit_views import read_visits_of_day as read_visits_of_day
from facility_app.services.visit_views import visits_of as visits_of
from facility_app.services.visit_views import visits_on as visits_on


@dataclass(eq=False)
class VisitInThePast(Refused):
    """A visit is planned for a time that is still to come."""

    key: ClassVar[str] = "visits.in_the_past"


@dataclass(eq=False)
class VisitClosed(Refused):
    """The visit was cancelled, or its things have left already."""

    key: ClassVar[str] = "visits.closed"


@dataclass(frozen=True)
class VisitForm:
    """One visit.  Times aware; `returns_at` when they expect to be back; `escort_id` a staff id.

    Without a `destination` the clinic's name stands for it.
    """

    purpose_code: str
    starts_at: datetime
    destination: str = ""
    returns_at: datetime | None = None
    escort_id: int | None = None
    clinic_id: int | None = None
    transport: Transport = Transport.UNKNOWN
    first_visit: Answer = Answer.UNKNOWN
    booked: bool = False
    note: str = ""


@dataclass(frozen=True)
class PlanVisit:
    """A visit of one resident; `despite_conflicts` after the person saw what stands in the way."""

    resident_id: int
    form: VisitForm
    despite_conflicts: bool = False


@dataclass(frozen=True)
class ChangeVisit:
    """What the plan should say."""

    visit_id: int
    form: VisitForm
    despite_conflicts: bool = False


def plan_visit(tx: Tx, cmd: PlanVisit) -> VisitId:
    """Plan a visit.  Raises VisitInThePast, BookingConflict and the refusals of the fields."""
    tx.require(Permission.PLAN_VISITS)
    tx.session.get_one(ResidentRow, cmd.resident_id)
    values = checked(tx, cmd.form)
    if not cmd.despite_conflicts:
        refuse_conflict(tx.session, wanted(cmd.resident_id, values))
    return enter(tx, cmd.resident_id, values)


def enter(tx: Tx, resident_id: int, values: dict[str, Any]) -> VisitId:
    """Write a visit with checked `values` and record it; for other ways to plan one."""
    row = VisitRow(resident_id=resident_id, **values)
    tx.session.add(row)
    tx.session.flush()
    tx.record("visit.planned", f"visit:{row.id}", resident=resident_id, **_told(values))
    return VisitId(row.id)


def change_visit(tx: Tx, cmd: ChangeVisit) -> None:
    """Change a plan.  Raises VisitClosed once it was cancelled or its things have left, and
    BookingConflict where it moves into the way of something."""
    tx.require(Permission.PLAN_VISITS)
    row = open_visit(tx, cmd.visit_id)
    values = checked(tx, cmd.form)
    moved = any(getattr(row, name) != values[name] for name in _PLACED)
    if moved and not cmd.despite_conflicts:
        refuse_conflict(tx.session, wanted(row.resident_id, values, row.id, row.round_id))
    rewrite(tx, row, values)


def rewrite(tx: Tx, row: VisitRow, values: dict[str, Any]) -> bool:
    """Write checked `values` over a visit and record what differs; gives whether anything did."""
    before, after = changes(row, values)
    if after:
        tx.record(
            "visit.changed",
            f"visit:{row.id}",
            resident=row.resident_id,
            plain={"fields": sorted(after)},
            before=before,
            after=after,
        )
    return bool(after)


def cancel_visit(tx: Tx, visit_id: int) -> None:
    """Cancel a plan.  Raises VisitClosed once it was cancelled or its things have left."""
    tx.require(Permission.PLAN_VISITS)
    row = open_visit(tx, visit_id)
    row.cancelled_at = tx.now
    tx.record("visit.cancelled", f"visit:{row.id}", resident=row.resident_id)


def last_visit_again(reading: Reading, resident_id: int) -> VisitForm | None:
    """The resident's last visit as the form of the next one, a week later at the same time or,
    where that has passed, tomorrow; None where there was none.  Needs VIEW_DESK."""
    reading.require(Permission.VIEW_DESK)
    query = (
        select(VisitRow)
        .where(VisitRow.resident_id == resident_id, VisitRow.cancelled_at.is_(None))
        .order_by(VisitRow.starts_at.desc())
        .limit(1)
    )
    row = reading.session.scalars(query).first()
    if row is None:
        return None
    starts = row.starts_at + timedelta(weeks=1)
    if starts <= reading.now:
        tomorrow = local_date(reading.now) + timedelta(days=1)
        starts = datetime.combine(tomorrow, local_time(row.starts_at).time(), JST)
    ends = None if row.returns_at is None else starts + (row.returns_at - row.starts_at)
    form = form_of(row)
    return replace(form, starts_at=starts, returns_at=ends, booked=False, first_visit=Answer.NO)


def form_of(row: VisitRow) -> VisitForm:
    """A row as the form shows it."""
    return VisitForm(**{name: getattr(row, name) for name in VisitForm.__dataclass_fields__})


def open_visit(tx: Tx, visit_id: int) -> VisitRow:
    """The row of a visit that nobody has left for.  Raises VisitClosed."""
    row = tx.session.get_one(VisitRow, visit_id)
    if row.cancelled_at is not None or row.loan_id is not None:
        raise VisitClosed
    return row


def checked(tx: Reading, form: VisitForm) -> dict[str, Any]:
    """The column values of a form.  Raises VisitInThePast and the refusals of the fields."""
    if form.starts_at <= tx.now:
        raise VisitInThePast
    if form.returns_at is not None and form.returns_at <= form.starts_at:
        raise DatesInWrongOrder(Field.STARTS_AT, Field.RETURNS_AT)
    tx.session.get_one(PurposeRow, form.purpose_code)
    if form.escort_id is not None:
        tx.session.get_one(StaffRow, form.escort_id)
    place = form.destination
    if form.clinic_id is not None:
        place = place.strip() or tx.session.get_one(ClinicRow, form.clinic_id).name
    return {
        "purpose_code": form.purpose_code,
        "starts_at": form.starts_at,
        "returns_at": form.returns_at,
        "destination": line(Field.DESTINATION, place, required=True),
        "escort_id": form.escort_id,
        "clinic_id": form.clinic_id,
        "transport": form.transport,
        "first_visit": form.first_visit,
        "booked": form.booked,
        "note": lines(Field.NOTES, form.note),
    }


def wanted(
    resident_id: int, values: dict[str, Any], visit_id: int = 0, round_id: int | None = None
) -> Wanted:
    """Checked values as the search for conflicts sees them."""
    return Wanted(
        resident_id,
        values["escort_id"],
        values["starts_at"],
        values["returns_at"],
        values["destination"],
        visit_id,
        round_id,
    )


_PLACED = ("starts_at", "returns_at", "escort_id", "destination")
"""What a conflict turns on."""


def _told(values: dict[str, Any]) -> dict[str, Any]:
    returns = values["returns_at"]
    said = {
        "purpose": values["purpose_code"],
        "starts_at": values["starts_at"].isoformat(),
        "returns_at": returns.isoformat() if returns else "",
        "destination": values["destination"],
        "escort": values["escort_id"],
    }
    if values.get("note"):
        said["note"] = values["note"]
    return said
