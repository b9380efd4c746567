"""受診予定: planned, changed, cancelled; the plan fills in the sign-out of the day (design §2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, NewType

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import PurposeRow, ResidentRow, StaffRow, VisitRow
from facility_app.domain.access import Permission
from facility_app.domain.clock import JST
from facility_app.errors import Refused
from facility_app.services.fields import DatesInWrongOrder, Field, line
from facility_app.services.history import changes

VisitId = NewType("VisitId", int)


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
    """One visit.  Times aware; `returns_at` when they expect to be back; `escort_id` a staff id."""

    purpose_code: str
    starts_at: datetime
    destination: str
    returns_at: datetime | None = None
    escort_id: int | None = None


@dataclass(frozen=True)
class PlanVisit:
    """A visit of one resident."""

    resident_id: int
    form: VisitForm


@dataclass(frozen=True)
class ChangeVisit:
    """What the plan should say."""

    visit_id: int
    form: VisitForm


@dataclass(frozen=True)
class VisitView:
    """A visit as lists show it.  Times aware UTC; `loan_id` once its things have left."""

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


def plan_visit(tx: Tx, cmd: PlanVisit) -> VisitId:
    """Plan a visit.  Raises VisitInThePast and the refusals of the fields."""
    tx.require(Permission.PLAN_VISITS)
    tx.session.get_one(ResidentRow, cmd.resident_id)
    values = _values(tx, cmd.form)
    row = VisitRow(resident_id=cmd.resident_id, **values)
    tx.session.add(row)
    tx.session.flush()
    tx.record("visit.planned", f"visit:{row.id}", resident=cmd.resident_id, **_told(cmd.form))
    return VisitId(row.id)


def change_visit(tx: Tx, cmd: ChangeVisit) -> None:
    """Change a plan.  Raises VisitClosed once it was cancelled or its things have left."""
    tx.require(Permission.PLAN_VISITS)
    row = _open(tx, cmd.visit_id)
    before, after = changes(row, _values(tx, cmd.form))
    if after:
        tx.record(
            "visit.changed",
            f"visit:{row.id}",
            resident=row.resident_id,
            plain={"fields": sorted(after)},
            before=before,
            after=after,
        )


def cancel_visit(tx: Tx, visit_id: int) -> None:
    """Cancel a plan.  Raises VisitClosed once it was cancelled or its things have left."""
    tx.require(Permission.PLAN_VISITS)
    row = _open(tx, visit_id)
    row.cancelled_at = tx.now
    tx.record("visit.cancelled", f"visit:{row.id}", resident=row.resident_id)


def visits_on(reading: Reading, day: date) -> list[VisitView]:
    """The visits of a day in Japan that were not cancelled, by time."""
    reading.require(Permission.VIEW_DESK)
    return read_visits_of_day(reading.session, day)


def read_visits_of_day(session: Session, day: date) -> list[VisitView]:
    """As `visits_on`, for a query that has asked for its own permission."""
    begins = datetime.combine(day, time(), JST)
    query = _VIEW.where(
        VisitRow.starts_at >= begins,
        VisitRow.starts_at < begins + timedelta(days=1),
        VisitRow.cancelled_at.is_(None),
    )
    return [visit_view(row) for row in session.execute(query)]


def visits_of(reading: Reading, resident_id: int, limit: int = 50) -> list[VisitView]:
    """A resident's visits, the latest first, cancelled ones too."""
    reading.require(Permission.VIEW_RESIDENTS)
    query = _VIEW.where(VisitRow.resident_id == resident_id).order_by(None)
    query = query.order_by(VisitRow.starts_at.desc()).limit(limit)
    return [visit_view(row) for row in reading.session.execute(query)]


_VIEW = (
    select(
        VisitRow,
        ResidentRow.name.label("name"),
        ResidentRow.room.label("room"),
        PurposeRow.name.label("purpose"),
        StaffRow.name.label("escort"),
    )
    .join(ResidentRow, ResidentRow.id == VisitRow.resident_id)
    .join(PurposeRow, PurposeRow.code == VisitRow.purpose_code)
    .outerjoin(StaffRow, StaffRow.id == VisitRow.escort_id)
    .order_by(VisitRow.starts_at, VisitRow.id)
)


def visit_view(row: Any) -> VisitView:
    """A row of the query above as a list shows it."""
    visit: VisitRow = row[0]
    return VisitView(
        id=VisitId(visit.id),
        resident_id=visit.resident_id,
        name=row.name,
        room=row.room,
        purpose_code=visit.purpose_code,
        purpose=row.purpose,
        starts_at=visit.starts_at,
        returns_at=visit.returns_at,
        destination=visit.destination,
        escort_id=visit.escort_id,
        escort=row.escort or "",
        loan_id=visit.loan_id,
        cancelled=visit.cancelled_at is not None,
    )


def _open(tx: Tx, visit_id: int) -> VisitRow:
    row = tx.session.get_one(VisitRow, visit_id)
    if row.cancelled_at is not None or row.loan_id is not None:
        raise VisitClosed
    return row


def _values(tx: Tx, form: VisitForm) -> dict[str, Any]:
    if form.starts_at <= tx.now:
        raise VisitInThePast
    if form.returns_at is not None and form.returns_at <= form.starts_at:
        raise DatesInWrongOrder(Field.STARTS_AT, Field.RETURNS_AT)
    tx.session.get_one(PurposeRow, form.purpose_code)
    if form.escort_id is not None:
        tx.session.get_one(StaffRow, form.escort_id)
    return {
        "purpose_code": form.purpose_code,
        "starts_at": form.starts_at,
        "returns_at": form.returns_at,
        "destination": line(Field.DESTINATION, form.destination, required=True),
        "escort_id": form.escort_id,
    }


def _told(form: VisitForm) -> dict[str, Any]:
    return {
        "purpose": form.purpose_code,
        "starts_at": form.starts_at.isoformat(),
        "returns_at": form.returns_at.isoformat() if form.returns_at else "",
        "destination": form.destination.strip(),
        "escort": form.escort_id,
    }
