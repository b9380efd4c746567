"""What is out now, as the desk and the Today page show it.

Reads open loans only, never history.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading
from facility_app.db.models import (
    EmergencyReleaseRow,
    ItemKindRow,
    ItemRow,
    LoanLineRow,
    LoanRow,
    PouchRow,
    PurposeRow,
    ResidentRow,
    SlotRow,
    StaffRow,
)
from facility_app.domain.access import Permission, StaffId
from facility_app.domain.custody import (
    EmergencyStanding,
    Escalation,
    emergency_standing,
    escalation,
)
from facility_app.services.custody import LoanId


@dataclass(frozen=True)
class LoanView:
    """One open loan.  Times aware UTC; `pieces` still out; `slot` is where the pouch belongs."""

    id: LoanId
    resident_id: int
    name: str
    kana: str
    room: str
    slot: str
    purpose: str
    destination: str
    holder_id: StaffId
    holder: str
    out_at: datetime
    due_at: datetime
    pieces: int
    emergency: bool
    agreement_missing: bool
    escalation: Escalation
    minutes_late: int


@dataclass(frozen=True)
class LineView:
    """One item that is out: how many pieces are still to come back."""

    item_id: int
    kind: str
    label: str
    pieces: int


@dataclass(frozen=True)
class EmergencyView:
    """An emergency release that lacks its reason or its review."""

    loan_id: LoanId
    resident_id: int
    name: str
    room: str
    holder: str
    out_at: datetime
    reason_due_at: datetime
    standing: EmergencyStanding


_OPEN = (
    select(
        LoanRow,
        ResidentRow.name,
        ResidentRow.kana,
        ResidentRow.room,
        SlotRow.label,
        PurposeRow.name.label("purpose"),
        StaffRow.name.label("holder"),
        func.sum(LoanLineRow.pieces_out - func.coalesce(LoanLineRow.pieces_in, 0)).label("pieces"),
    )
    .join(ResidentRow, ResidentRow.id == LoanRow.resident_id)
    .join(StaffRow, StaffRow.id == LoanRow.holder_id)
    .join(LoanLineRow, LoanLineRow.loan_id == LoanRow.id)
    .outerjoin(PurposeRow, PurposeRow.code == LoanRow.purpose_code)
    .outerjoin(PouchRow, PouchRow.resident_id == LoanRow.resident_id)
    .outerjoin(SlotRow, SlotRow.id == PouchRow.slot_id)
    .where(LoanRow.closed_at.is_(None), LoanLineRow.returned_at.is_(None))
    .group_by(
        LoanRow.id,
        ResidentRow.name,
        ResidentRow.kana,
        ResidentRow.room,
        SlotRow.label,
        PurposeRow.name,
        StaffRow.name,
    )
    .order_by(LoanRow.due_at)
)


def read_open_loans(
    session: Session, now: datetime, resident_id: int | None = None
) -> list[LoanView]:
    """The open loans, the latest due first in need: earliest due time first."""
    query = _OPEN if resident_id is None else _OPEN.where(LoanRow.resident_id == resident_id)
    return [_view(row, now) for row in session.execute(query)]


def open_loans(reading: Reading) -> list[LoanView]:
    """All that is out now, earliest due first.  Needs VIEW_DESK."""
    reading.require(Permission.VIEW_DESK)
    return read_open_loans(reading.session, reading.now)


@dataclass(frozen=True)
class OutNow:
    """What the locked screen may say: counts, no names."""

    out: int
    late: int


def count_out(reading: Reading) -> OutNow:
    """How many loans are open and how many of them late; for the locked screen."""
    reading.require(Permission.IDENTIFY)
    due = list(reading.session.scalars(select(LoanRow.due_at).where(LoanRow.closed_at.is_(None))))
    return OutNow(len(due), sum(at <= reading.now for at in due))


def lines_out(reading: Reading, loan_id: LoanId) -> list[LineView]:
    """What is still out of one loan, to be asked for at the return.  Needs SIGN_IN."""
    reading.require(Permission.SIGN_IN)
    query = (
        select(LoanLineRow, ItemKindRow.name, ItemRow.label)
        .join(ItemRow, ItemRow.id == LoanLineRow.item_id)
        .join(ItemKindRow, ItemKindRow.code == ItemRow.kind_code)
        .where(LoanLineRow.loan_id == loan_id, LoanLineRow.returned_at.is_(None))
        .order_by(ItemKindRow.sort, ItemRow.id)
    )
    return [
        LineView(line.item_id, kind, label, line.pieces_out - (line.pieces_in or 0))
        for line, kind, label in reading.session.execute(query)
    ]


def read_open_emergencies(session: Session, now: datetime) -> list[EmergencyView]:
    """Releases without reason or review, the most urgent first."""
    query = (
        select(EmergencyReleaseRow, LoanRow, ResidentRow, StaffRow.name)
        .join(LoanRow, LoanRow.id == EmergencyReleaseRow.loan_id)
        .join(ResidentRow, ResidentRow.id == LoanRow.resident_id)
        .join(StaffRow, StaffRow.id == LoanRow.holder_id)
        .where(EmergencyReleaseRow.reviewed_at.is_(None))
        .order_by(EmergencyReleaseRow.reason_due_at)
    )
    return [
        EmergencyView(
            LoanId(loan.id),
            resident.id,
            resident.name,
            resident.room,
            holder,
            loan.out_at,
            release.reason_due_at,
            _standing(release, now),
        )
        for release, loan, resident, holder in session.execute(query)
    ]


def _standing(release: EmergencyReleaseRow, now: datetime) -> EmergencyStanding:
    if release.reason_at is None and now > release.reason_due_at:
        return EmergencyStanding.REASON_LATE
    return emergency_standing(
        now,
        now,
        has_reason=release.reason_at is not None,
        reviewed=release.reviewed_at is not None,
    )


def _view(row: Any, now: datetime) -> LoanView:
    loan: LoanRow = row[0]
    return LoanView(
        id=LoanId(loan.id),
        resident_id=loan.resident_id,
        name=row.name,
        kana=row.kana,
        room=row.room,
        slot=row.label or "",
        purpose=row.purpose or "",
        destination=loan.destination,
        holder_id=StaffId(loan.holder_id),
        holder=row.holder,
        out_at=loan.out_at,
        due_at=loan.due_at,
        pieces=int(row.pieces),
        emergency=loan.emergency,
        agreement_missing=loan.agreement_missing,
        escalation=escalation(loan.due_at, now),
        minutes_late=max(0, int((now - loan.due_at).total_seconds() // 60)),
    )
