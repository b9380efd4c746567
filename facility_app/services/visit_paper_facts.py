"""What the papers of a visit say, read in one unit; nothing here is words yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading
from facility_app.db.models import LoanLineRow, LoanRow, ProxyRow, ResidentRow, StaffRow
from facility_app.domain.clock import local_date
from facility_app.domain.ladder import Place
from facility_app.domain.people import ProxyKind, Sex
from facility_app.services.cabinets import TagOwner, tag_owners
from facility_app.services.settings import Facility, load_facility
from facility_app.services.visit_views import VisitView, visit_of
from facility_app.services.window_plan import ResidentPlan, read_plan, read_plan_for

_CALLING = (
    ProxyKind.ADULT_GUARDIAN,
    ProxyKind.PARENT,
    ProxyKind.MINOR_GUARDIAN,
    ProxyKind.CURATOR,
    ProxyKind.ASSISTANT,
    ProxyKind.VOLUNTARY_GUARDIAN,
    ProxyKind.FAMILY,
    ProxyKind.GUARANTOR,
    ProxyKind.MANDATARY,
)
"""In this order they are called; who has a telephone comes before who has none."""


@dataclass(frozen=True)
class Resident:
    """What stands on papers about somebody and not in a plan."""

    sex: Sex
    address: str
    pouch: TagOwner | None


@dataclass(frozen=True)
class VisitFacts:
    """One visit and its resident, today."""

    facility: Facility
    today: date
    visit: VisitView
    plan: ResidentPlan
    resident: Resident


@dataclass(frozen=True)
class Call:
    """Somebody to call."""

    name: str
    kind: ProxyKind
    phone: str


@dataclass(frozen=True)
class EmergencyFacts:
    """What left in an emergency and who is to be told.  `left_at` aware UTC; `taken`: ids of the
    things that left."""

    facility: Facility
    today: date
    plan: ResidentPlan
    resident: Resident
    left_at: datetime
    holder: str
    taken: frozenset[int]
    calls: tuple[Call, ...]


@dataclass(frozen=True)
class DeclarationFacts:
    """One resident on the day of a visit."""

    facility: Facility
    plan: ResidentPlan
    resident: Resident


def visit_facts(unit: Reading, visit_id: int) -> VisitFacts:
    """The facts of one visit.  Raises NoResultFound where there is none."""
    visit = visit_of(unit.session, visit_id)
    return VisitFacts(
        facility=load_facility(unit.session),
        today=local_date(unit.now),
        visit=visit,
        plan=read_plan(unit.session, visit, unit.now),
        resident=_resident(unit.session, visit.resident_id),
    )


def declaration_facts(unit: Reading, resident_id: int, on: date) -> DeclarationFacts:
    """The facts of one resident for a day."""
    return DeclarationFacts(
        load_facility(unit.session),
        read_plan_for(unit.session, resident_id, on, unit.now),
        _resident(unit.session, resident_id),
    )


def emergency_facts(unit: Reading, loan_id: int) -> EmergencyFacts:
    """The facts of an emergency release.  Raises NoResultFound where there is no such loan."""
    session = unit.session
    loan = session.get_one(LoanRow, loan_id)
    today = local_date(unit.now)
    taken = select(LoanLineRow.item_id).where(LoanLineRow.loan_id == loan_id)
    return EmergencyFacts(
        facility=load_facility(session),
        today=today,
        plan=read_plan_for(session, loan.resident_id, today, unit.now, place=Place.EMERGENCY),
        resident=_resident(session, loan.resident_id),
        left_at=loan.out_at,
        holder=session.get_one(StaffRow, loan.holder_id).name,
        taken=frozenset(session.scalars(taken)),
        calls=tuple(_calls(session, loan.resident_id, today)),
    )


def _resident(session: Session, resident_id: int) -> Resident:
    row = session.get_one(ResidentRow, resident_id)
    pouches = tag_owners(session, [resident_id])
    return Resident(row.sex, row.address, pouches[0] if pouches else None)


def _calls(session: Session, resident_id: int, today: date) -> Sequence[Call]:
    """The proxies whose power holds, in the order of calling."""
    query = select(ProxyRow).where(ProxyRow.resident_id == resident_id, ProxyRow.ended_on.is_(None))
    rows = [
        row
        for row in session.scalars(query.order_by(ProxyRow.id))
        if row.valid_until is None or today <= row.valid_until
    ]
    rows.sort(key=lambda row: (not row.phone, _CALLING.index(row.kind)))
    return [Call(row.name, row.kind, row.phone) for row in rows]
