"""One resident at the desk: what is in the pouch, what to mind, and what the form is filled with.

Everything the page 持出し・返却 shows after a scan comes from `look_up`, in one consistent read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, IntEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading
from facility_app.db.models import ItemKindRow, ItemRow, PouchRow, ResidentRow, SlotRow, VisitRow
from facility_app.domain.access import Permission, StaffId
from facility_app.domain.agreements import Standing
from facility_app.domain.clock import local_date
from facility_app.domain.expiry import (
    ExpiryState,
    Lifetimes,
    grace_end,
    noted_card_state,
    paper_state,
)
from facility_app.domain.items import FaceAuthentication, ItemState
from facility_app.domain.periods import Period
from facility_app.services.agreement_standing import standing
from facility_app.services.loans import LoanView, read_open_loans
from facility_app.services.lookalikes import lookalikes
from facility_app.services.rule_data import rules


class Level(IntEnum):
    """How grave a warning is.

    The gravest is shown first (mock README, "How warnings are ranked").
    """

    NOTICE = 1
    WARN = 2
    LATE = 3
    DANGER = 4
    BLOCK = 5


class WarningKind(Enum):
    """What a warning at the desk is about; the sentence stands in the catalogue."""

    AGREEMENT_MISSING = "agreement-missing"
    AGREEMENT_WITHDRAWN = "agreement-withdrawn"
    AGREEMENT_REVIEW_PASSED = "agreement-review-passed"
    AGREEMENT_KIND = "agreement-kind-not-covered"
    AGREEMENT_POWER = "agreement-power-missing"
    CERTIFICATE_GRACE = "certificate-in-grace"
    CERTIFICATE_SOON = "certificate-soon"
    CARD_UNUSABLE = "card-unusable"
    PAPER_SOON = "paper-soon"
    PAPER_EXPIRED = "paper-expired"
    DATES_UNKNOWN = "dates-unknown"
    ITEM_OUT = "item-out"
    ITEM_LOST = "item-lost"
    FACE_CARD = "face-card"
    LOOKALIKE = "lookalike-resident"
    DISCHARGED = "discharged"


@dataclass(frozen=True)
class DeskWarning:
    """One warning.

    `item` names the item, `until` the date it turns on, `other` another resident.
    """

    kind: WarningKind
    level: Level
    item: str = ""
    until: date | None = None
    other: str = ""


@dataclass(frozen=True)
class DeskItem:
    """One item in custody of the resident; `expiry` None where no date is noted or needed."""

    id: int
    kind_code: str
    kind: str
    label: str
    pieces: int
    state: ItemState
    expiry: ExpiryState | None
    until: date | None
    usual_for: frozenset[str]
    agreed: Standing


@dataclass(frozen=True)
class PlannedVisit:
    """Today's visit that fills in the form."""

    id: int
    purpose_code: str
    destination: str
    starts_at: datetime
    returns_at: datetime | None
    escort_id: StaffId | None


@dataclass(frozen=True)
class DeskResident:
    """What the desk shows of one resident after a scan.  `loan` is set while something is out."""

    id: int
    name: str
    kana: str
    room: str
    birth_date: date | None
    slot: str
    items: tuple[DeskItem, ...]
    warnings: tuple[DeskWarning, ...]
    loan: LoanView | None
    visit: PlannedVisit | None


def look_up(reading: Reading, resident_id: int) -> DeskResident:
    """The resident with everything in custody, warnings gravest first.  Needs VIEW_DESK."""
    reading.require(Permission.VIEW_DESK)
    session, today = reading.session, local_date(reading.now)
    resident = session.get_one(ResidentRow, resident_id)
    items = _items(session, resident_id, today)
    loans = read_open_loans(session, reading.now, resident_id)
    warnings = [
        *_item_warnings(items),
        *_agreement_warnings(items),
        *_resident_warnings(session, resident, today),
    ]
    return DeskResident(
        id=resident.id,
        name=resident.name,
        kana=resident.kana,
        room=resident.room,
        birth_date=resident.birth_date,
        slot=_slot(session, resident_id),
        items=tuple(item for item, _ in items),
        warnings=tuple(sorted(warnings, key=lambda w: -w.level)),
        loan=loans[0] if loans else None,
        visit=_visit(session, resident_id, today),
    )


def _slot(session: Session, resident_id: int) -> str:
    label = session.scalar(
        select(SlotRow.label)
        .join(PouchRow, PouchRow.slot_id == SlotRow.id)
        .where(PouchRow.resident_id == resident_id)
    )
    return label or ""


_Held = Sequence[tuple[DeskItem, ItemRow]]


def _items(session: Session, resident_id: int, today: date) -> _Held:
    in_custody = [state for state in ItemState if state.in_custody]
    query = (
        select(ItemRow, ItemKindRow)
        .join(ItemKindRow, ItemKindRow.code == ItemRow.kind_code)
        .where(ItemRow.resident_id == resident_id, ItemRow.state.in_(in_custody))
        .order_by(ItemKindRow.sort, ItemRow.id)
    )
    rows = session.execute(query).all()
    agreed = standing(session, resident_id, {kind.code for _, kind in rows}, today)
    lifetimes = rules().lifetimes
    return [(_desk_item(row, kind, agreed[kind.code], today, lifetimes), row) for row, kind in rows]


def _desk_item(
    row: ItemRow, kind: ItemKindRow, agreed: Standing, today: date, lifetimes: Lifetimes
) -> DeskItem:
    expiry, until = expiry_of(row, kind, today, lifetimes)
    return DeskItem(
        id=row.id,
        kind_code=kind.code,
        kind=kind.name,
        label=row.label,
        pieces=row.pieces,
        state=row.state,
        expiry=expiry,
        until=until,
        usual_for=frozenset(kind.usual_for),
        agreed=agreed,
    )


def expiry_of(
    row: ItemRow, kind: ItemKindRow, today: date, lifetimes: Lifetimes
) -> tuple[ExpiryState | None, date | None]:
    """The item's state on `today` and the date that state turns on.

    (None, None) where none is noted.
    """
    if not kind.is_card:
        if not kind.dates:
            return None, None
        state = paper_state(row.paper_expires_on, today, lifetimes)
        return (state, row.paper_expires_on) if row.paper_expires_on else (None, None)
    state_or_none = noted_card_state(
        row.card_expires_on, row.certificate_expires_on, today, lifetimes
    )
    dates = [d for d in (row.card_expires_on, row.certificate_expires_on) if d is not None]
    if state_or_none is ExpiryState.GRACE and row.certificate_expires_on is not None:
        end = grace_end(row.certificate_expires_on, lifetimes)
        return state_or_none, min(end, row.card_expires_on or end)
    return state_or_none, min(dates) if dates else None


_EXPIRY_WARNINGS: dict[tuple[bool, ExpiryState], tuple[WarningKind, Level]] = {
    (True, ExpiryState.SOON): (WarningKind.CERTIFICATE_SOON, Level.WARN),
    (True, ExpiryState.GRACE): (WarningKind.CERTIFICATE_GRACE, Level.WARN),
    (True, ExpiryState.UNUSABLE): (WarningKind.CARD_UNUSABLE, Level.DANGER),
    (False, ExpiryState.SOON): (WarningKind.PAPER_SOON, Level.WARN),
    (False, ExpiryState.UNUSABLE): (WarningKind.PAPER_EXPIRED, Level.DANGER),
}
_STATE_WARNINGS = {
    ItemState.OUT: (WarningKind.ITEM_OUT, Level.NOTICE),
    ItemState.LOST: (WarningKind.ITEM_LOST, Level.DANGER),
}
_STANDING_WARNINGS = {
    Standing.NONE: WarningKind.AGREEMENT_MISSING,
    Standing.NOT_YET: WarningKind.AGREEMENT_MISSING,
    Standing.WITHDRAWN: WarningKind.AGREEMENT_WITHDRAWN,
    Standing.REVIEW_PASSED: WarningKind.AGREEMENT_REVIEW_PASSED,
    Standing.KIND_NOT_COVERED: WarningKind.AGREEMENT_KIND,
    Standing.POWER_MISSING: WarningKind.AGREEMENT_POWER,
    Standing.PROOF_MISSING: WarningKind.AGREEMENT_POWER,
}


def _item_warnings(items: _Held) -> list[DeskWarning]:
    found = []
    for item, row in items:
        is_card = row.card_expires_on is not None or row.certificate_expires_on is not None
        if item.expiry is not None and (is_card, item.expiry) in _EXPIRY_WARNINGS:
            kind, level = _EXPIRY_WARNINGS[is_card, item.expiry]
            found.append(DeskWarning(kind, level, item.kind, item.until))
        if item.state in _STATE_WARNINGS:
            kind, level = _STATE_WARNINGS[item.state]
            found.append(DeskWarning(kind, level, item.kind))
        if row.face_authentication is FaceAuthentication.NOTED:
            found.append(DeskWarning(WarningKind.FACE_CARD, Level.NOTICE, item.kind))
    return found


def _agreement_warnings(items: _Held) -> list[DeskWarning]:
    """One warning per way an agreement falls short, naming the first kind it falls short for."""
    found: dict[WarningKind, DeskWarning] = {}
    for item, _ in items:
        kind = _STANDING_WARNINGS.get(item.agreed)
        if kind is not None and kind not in found:
            found[kind] = DeskWarning(kind, Level.BLOCK, item.kind)
    return list(found.values())


def _resident_warnings(session: Session, resident: ResidentRow, today: date) -> list[DeskWarning]:
    """Discharged, and twins or namesakes with the same birthday (domain §14a: wrong links)."""
    found = []
    if resident.discharged_on is not None and resident.discharged_on < today:
        found.append(DeskWarning(WarningKind.DISCHARGED, Level.WARN, until=resident.discharged_on))
    others = lookalikes(session, resident)
    found += [DeskWarning(WarningKind.LOOKALIKE, Level.WARN, other=name) for name in others]
    return found


def _visit(session: Session, resident_id: int, today: date) -> PlannedVisit | None:
    """The next visit of today that nobody has left for yet."""
    day = Period(today, today)
    query = (
        select(VisitRow)
        .where(VisitRow.resident_id == resident_id, VisitRow.loan_id.is_(None))
        .where(VisitRow.cancelled_at.is_(None))
        .where(VisitRow.starts_at >= day.begins_at, VisitRow.starts_at < day.ends_before)
        .order_by(VisitRow.starts_at)
    )
    row = session.scalars(query).first()
    if row is None:
        return None
    escort = None if row.escort_id is None else StaffId(row.escort_id)
    return PlannedVisit(
        row.id, row.purpose_code, row.destination, row.starts_at, row.returns_at, escort
    )
