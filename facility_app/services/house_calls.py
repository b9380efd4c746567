"""訪問診療の回: a doctor comes to the house; the cards go there together and come back together.

Who was read by this clinic before needs no card (再照会, domain facts §10): their visits hang on
the round without anything leaving the safe.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, NewType

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import ClinicRow, HouseCallRow, PurposeRow, StaffRow, VisitRow
from facility_app.domain.access import Permission
from facility_app.domain.coverage import Answer, HouseCallDevice
from facility_app.domain.periods import Period
from facility_app.errors import Refused
from facility_app.services.booking import Wanted, refuse_conflict
from facility_app.services.fields import DatesInWrongOrder, Field, lines
from facility_app.services.history import changes
from facility_app.services.visit_views import VisitView, visits_of_round
from facility_app.services.visits import VisitClosed, VisitInThePast, enter, open_visit
from facility_app.services.window_facts import HeldItem
from facility_app.services.window_plan import ResidentPlan, read_plans

RoundId = NewType("RoundId", int)

IN_HOUSE = "home-visit"
"""The purpose of every visit of a round (resources/rules/purposes.toml)."""


@dataclass(eq=False)
class NoHouseCalls(Refused):
    """The clinic's doctors do not come to the house, by the register."""

    key: ClassVar[str] = "house_calls.clinic_does_not_come"
    name: str


@dataclass(eq=False)
class RoundClosed(Refused):
    """The round was cancelled, or its cards have left the safe already."""

    key: ClassVar[str] = "house_calls.closed"


@dataclass(frozen=True)
class RoundForm:
    """When a clinic's doctor comes, aware both, and what their staff read cards with."""

    clinic_id: int
    starts_at: datetime
    ends_at: datetime
    device: HouseCallDevice = HouseCallDevice.UNKNOWN
    note: str = ""


@dataclass(frozen=True)
class PlanRound:
    """A round with everybody who is seen in it; `escort_id` is who stands by with the cards."""

    form: RoundForm
    resident_ids: tuple[int, ...]
    escort_id: int | None = None
    despite_conflicts: bool = False


@dataclass(frozen=True)
class RoundVisit:
    """One resident of a round.  `needs_card`: False where the clinic has read it before; `items`:
    what goes along then, of it only what lies in the safe can leave."""

    visit: VisitView
    plan: ResidentPlan
    needs_card: bool
    items: tuple[HeldItem, ...]


@dataclass(frozen=True)
class RoundView:
    """A round as the page shows it, its residents by reading."""

    id: RoundId
    clinic: str
    form: RoundForm
    cancelled: bool
    visits: tuple[RoundVisit, ...]

    @property
    def to_take(self) -> Mapping[int, tuple[int, ...]]:
        """Items by visit that go along by themselves."""
        return {
            each.visit.id: tuple(item.id for item in each.items)
            for each in self.visits
            if each.needs_card and each.items and each.visit.loan_id is None
        }


def plan_round(tx: Tx, cmd: PlanRound) -> RoundId:
    """Plan a round with a visit for each resident.

    Raises VisitInThePast, NoHouseCalls, BookingConflict and the refusals of the fields.
    """
    tx.require(Permission.PLAN_VISITS)
    values = _checked(tx, cmd.form)
    row = HouseCallRow(**values)
    tx.session.add(row)
    tx.session.flush()
    clinic = tx.session.get_one(ClinicRow, row.clinic_id).name
    plain = _told(row, clinic, cmd.resident_ids)
    tx.record("house_call.planned", f"house_call:{row.id}", plain=plain)
    for resident_id in dict.fromkeys(cmd.resident_ids):
        _add(tx, row, resident_id, cmd.escort_id, cmd.despite_conflicts)
    return RoundId(row.id)


def add_to_round(
    tx: Tx,
    round_id: int,
    resident_ids: Sequence[int],
    escort_id: int | None = None,
    *,
    despite_conflicts: bool = False,
) -> None:
    """Add residents; who is in it already stays.  Raises RoundClosed and BookingConflict."""
    tx.require(Permission.PLAN_VISITS)
    row = _open_round(tx, round_id)
    there = {visit.resident_id for visit in visits_of_round(tx.session, round_id)}
    for resident_id in dict.fromkeys(resident_ids):
        if resident_id not in there:
            _add(tx, row, resident_id, escort_id, despite_conflicts)


def change_round(tx: Tx, round_id: int, form: RoundForm) -> None:
    """Change when the doctor comes; the visits that nobody has left for move along.

    Raises RoundClosed, VisitInThePast, NoHouseCalls and the refusals of the fields.
    """
    tx.require(Permission.PLAN_VISITS)
    row = _open_round(tx, round_id)
    before, after = changes(row, _checked(tx, form))
    if not after:
        return
    place = tx.session.get_one(ClinicRow, row.clinic_id).name
    for visit in _rows(tx.session, round_id):
        visit.starts_at, visit.returns_at = row.starts_at, row.ends_at
        visit.clinic_id, visit.destination = row.clinic_id, place
    plain = {"fields": sorted(after), "before": before, "after": after}
    tx.record("house_call.changed", f"house_call:{round_id}", plain=plain)


def cancel_round(tx: Tx, round_id: int) -> int:
    """Cancel a round with the visits that nobody has left for; gives how many.

    Raises RoundClosed.
    """
    tx.require(Permission.PLAN_VISITS)
    row = _open_round(tx, round_id)
    row.cancelled_at = tx.now
    visits = _rows(tx.session, round_id)
    for visit in visits:
        visit.cancelled_at = tx.now
        tx.record("visit.cancelled", f"visit:{visit.id}", resident=visit.resident_id)
    tx.record("house_call.cancelled", f"house_call:{round_id}", plain={"visits": len(visits)})
    return len(visits)


def mark_read_before(tx: Tx, visit_id: int, read_before: Answer) -> None:
    """Say whether the clinic has read this resident's card before.  Raises VisitClosed."""
    tx.require(Permission.PLAN_VISITS)
    row = open_visit(tx, visit_id)
    if row.round_id is None:
        raise VisitClosed
    first = {Answer.YES: Answer.NO, Answer.NO: Answer.YES}.get(read_before, Answer.UNKNOWN)
    before, after = changes(row, {"first_visit": first})
    if after:
        tx.record(
            "visit.changed",
            f"visit:{row.id}",
            resident=row.resident_id,
            plain={"fields": sorted(after)},
            before=before,
            after=after,
        )


def round_view(reading: Reading, round_id: int) -> RoundView:
    """One round.  Needs VIEW_DESK."""
    reading.require(Permission.VIEW_DESK)
    return read_round(reading.session, round_id, reading.now)


def rounds_on(reading: Reading, day: date) -> list[RoundView]:
    """The rounds of a day in Japan that were not cancelled, by time.  Needs VIEW_DESK."""
    reading.require(Permission.VIEW_DESK)
    period = Period(day, day)
    query = (
        select(HouseCallRow.id)
        .where(
            HouseCallRow.starts_at >= period.begins_at,
            HouseCallRow.starts_at < period.ends_before,
            HouseCallRow.cancelled_at.is_(None),
        )
        .order_by(HouseCallRow.starts_at, HouseCallRow.id)
    )
    return [read_round(reading.session, id_, reading.now) for id_ in reading.session.scalars(query)]


def read_round(session: Session, round_id: int, now: datetime) -> RoundView:
    """As `round_view`, for a use case that has asked for its own permission."""
    row = session.get_one(HouseCallRow, round_id)
    visits = visits_of_round(session, round_id)
    return RoundView(
        RoundId(row.id),
        session.get_one(ClinicRow, row.clinic_id).name,
        RoundForm(row.clinic_id, row.starts_at, row.ends_at, row.device, row.note),
        row.cancelled_at is not None,
        tuple(
            RoundVisit(
                visit,
                plan,
                not visit.first_visit.no,
                tuple(item for item in plan.items if visit.purpose_code in item.usual_for),
            )
            for visit, plan in zip(visits, read_plans(session, visits, now), strict=True)
        ),
    )


def _add(
    tx: Tx, row: HouseCallRow, resident_id: int, escort_id: int | None, despite_conflicts: bool
) -> None:
    if escort_id is not None:
        tx.session.get_one(StaffRow, escort_id)
    place = tx.session.get_one(ClinicRow, row.clinic_id).name
    if not despite_conflicts:
        wanted = Wanted(resident_id, escort_id, row.starts_at, row.ends_at, place, round_id=row.id)
        refuse_conflict(tx.session, wanted)
    enter(
        tx,
        resident_id,
        {
            "purpose_code": IN_HOUSE,
            "starts_at": row.starts_at,
            "returns_at": row.ends_at,
            "destination": place,
            "escort_id": escort_id,
            "clinic_id": row.clinic_id,
            "round_id": row.id,
        },
    )


def _open_round(tx: Tx, round_id: int) -> HouseCallRow:
    row = tx.session.get_one(HouseCallRow, round_id)
    gone = select(VisitRow.id).where(VisitRow.round_id == round_id, VisitRow.loan_id.is_not(None))
    if row.cancelled_at is not None or tx.session.scalar(gone.limit(1)) is not None:
        raise RoundClosed
    return row


def _rows(session: Session, round_id: int) -> Sequence[VisitRow]:
    query = select(VisitRow).where(VisitRow.round_id == round_id, VisitRow.cancelled_at.is_(None))
    return session.scalars(query.order_by(VisitRow.id)).all()


def _checked(tx: Tx, form: RoundForm) -> dict[str, Any]:
    if form.starts_at <= tx.now:
        raise VisitInThePast
    if form.ends_at <= form.starts_at:
        raise DatesInWrongOrder(Field.STARTS_AT, Field.RETURNS_AT)
    clinic = tx.session.get_one(ClinicRow, form.clinic_id)
    if not clinic.house_calls:
        raise NoHouseCalls(clinic.name)
    tx.session.get_one(PurposeRow, IN_HOUSE)
    return {
        "clinic_id": form.clinic_id,
        "starts_at": form.starts_at,
        "ends_at": form.ends_at,
        "device": form.device,
        "note": lines(Field.NOTES, form.note),
    }


def _told(row: HouseCallRow, clinic: str, resident_ids: Sequence[int]) -> dict[str, Any]:
    return {
        "clinic": clinic,
        "starts_at": row.starts_at.isoformat(),
        "ends_at": row.ends_at.isoformat(),
        "device": row.device.value,
        "visits": len(resident_ids),
    }
