"""緊急持出し: the pouch leaves first; the reason follows within 24 hours, a second person reviews
(domain §13.3).

Works from the locked screen by staff number alone; needs no agreement, and flags where there is
none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import select

from facility_app.audit.work import Tx
from facility_app.db.models import EmergencyReleaseRow, ItemRow, LoanRow
from facility_app.domain.access import Permission, StaffId
from facility_app.domain.clock import local_date
from facility_app.domain.custody import may_review
from facility_app.domain.individual_number import refuse_individual_number
from facility_app.domain.items import ItemState
from facility_app.errors import Refused
from facility_app.services.agreement_standing import missing_agreement
from facility_app.services.custody import LoanId, NotInSafe, open_loan
from facility_app.services.fields import Field
from facility_app.services.settings import load_settings

EXPECTED_BACK = timedelta(hours=24)
"""When an emergency loan counts as overdue: nobody knows at the door how long a hospital takes."""


@dataclass(eq=False)
class ReasonMissing(Refused):
    """An empty reason explains nothing."""

    key: ClassVar[str] = "emergency.reason_missing"


@dataclass(eq=False)
class NotExplainedYet(Refused):
    """A release is reviewed after its reason was written."""

    key: ClassVar[str] = "emergency.not_explained_yet"


@dataclass(eq=False)
class OwnRelease(Refused):
    """Who released or explained it cannot review it."""

    key: ClassVar[str] = "emergency.own_release"
    evidence: ClassVar[bool] = True


@dataclass(eq=False)
class AlreadyReviewed(Refused):
    """The review is closed; a correction is a new entry."""

    key: ClassVar[str] = "emergency.already_reviewed"


@dataclass(frozen=True)
class Released:
    """A release as it left: loan, number of items, until when the reason is due (aware UTC)."""

    loan_id: LoanId
    items: int
    reason_due_at: datetime
    seq: int


def release_emergency(tx: Tx, resident_id: int, holder_id: StaffId | None = None) -> Released:
    """Sign out all of a resident's items that are in the safe, at once.

    Raises NotInSafe where none is.
    """
    tx.require(Permission.RELEASE_EMERGENCY)
    query = select(ItemRow.id, ItemRow.kind_code, ItemRow.pieces).where(
        ItemRow.resident_id == resident_id, ItemRow.state == ItemState.IN_SAFE
    )
    items = [(id_, kind, pieces) for id_, kind, pieces in tx.session.execute(query)]
    if not items:
        raise NotInSafe(1)
    kinds = {kind for _, kind, _ in items}
    unagreed = missing_agreement(tx.session, resident_id, kinds, local_date(tx.now))
    loan_id = open_loan(
        tx,
        {
            "resident_id": resident_id,
            "holder_id": holder_id or tx.staff_id,
            "due_at": tx.now + EXPECTED_BACK,
            "emergency": True,
            "agreement_missing": unagreed,
        },
        items,
    )
    hours = load_settings(tx.session).emergency_reason_hours
    due = tx.now + timedelta(hours=hours)
    tx.session.add(EmergencyReleaseRow(loan_id=loan_id, reason_due_at=due))
    seq = tx.record(
        "emergency.released",
        f"loan:{loan_id}",
        resident=resident_id,
        items=[id_ for id_, _, _ in items],
        plain={"holder": holder_id or tx.staff_id, "agreement_missing": unagreed},
    )
    return Released(loan_id, len(items), due, seq)


def explain_emergency(tx: Tx, loan_id: LoanId, reason: str, destination: str) -> int:
    """Write the reason and where it went.

    Gives the entry's number. Raises ReasonMissing, AlreadyReviewed.
    """
    tx.require(Permission.EXPLAIN_EMERGENCY)
    for field, text in ((Field.REASON, reason), (Field.DESTINATION, destination)):
        refuse_individual_number(field, text)
    if not reason.strip():
        raise ReasonMissing
    release = tx.session.get_one(EmergencyReleaseRow, loan_id)
    if release.reviewed_at is not None:
        raise AlreadyReviewed
    loan = tx.session.get_one(LoanRow, loan_id)
    release.reason, release.reason_by, release.reason_at = reason.strip(), tx.staff_id, tx.now
    loan.destination = destination.strip()
    return tx.record(
        "emergency.explained",
        f"loan:{loan_id}",
        resident=loan.resident_id,
        plain={"late": tx.now > release.reason_due_at},
        reason=reason.strip(),
        destination=destination.strip(),
    )


def review_emergency(tx: Tx, loan_id: LoanId, note: str) -> int:
    """Close a release as reviewed by a second person; gives the entry's number.

    Raises NotExplainedYet, OwnRelease (not by who took it out or wrote the reason),
    AlreadyReviewed.
    """
    tx.require(Permission.REVIEW_EMERGENCY)
    refuse_individual_number(Field.NOTES, note)
    release = tx.session.get_one(EmergencyReleaseRow, loan_id)
    loan = tx.session.get_one(LoanRow, loan_id)
    if release.reviewed_at is not None:
        raise AlreadyReviewed
    if release.reason_at is None:
        raise NotExplainedYet
    if not may_review(tx.staff_id, loan.out_by, release.reason_by or 0, loan.holder_id):
        raise OwnRelease
    release.reviewed_by, release.reviewed_at, release.review_note = (
        tx.staff_id,
        tx.now,
        note.strip(),
    )
    return tx.record(
        "emergency.reviewed", f"loan:{loan_id}", resident=loan.resident_id, note=note.strip()
    )
