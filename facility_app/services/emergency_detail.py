"""One emergency release as its reviewer sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from facility_app.audit.work import Reading
from facility_app.db.models import EmergencyReleaseRow, LoanRow, ResidentRow, StaffRow
from facility_app.domain.access import Permission
from facility_app.services.custody import LoanId


@dataclass(frozen=True)
class EmergencyDetail:
    """Who took what out when, why, and who wrote that.  Times aware UTC; texts empty until written.

    `agreement_missing`: no valid agreement with an emergency clause stood behind it.
    """

    loan_id: LoanId
    name: str
    out_at: datetime
    out_by: str
    holder: str
    destination: str
    reason: str
    reason_by: str
    agreement_missing: bool


def emergency_detail(reading: Reading, loan_id: LoanId) -> EmergencyDetail:
    """The release of a loan.  Needs VIEW_DESK; raises NoResultFound where it is no release."""
    reading.require(Permission.VIEW_DESK)
    session = reading.session
    release = session.get_one(EmergencyReleaseRow, loan_id)
    loan = session.get_one(LoanRow, loan_id)
    resident = session.get_one(ResidentRow, loan.resident_id)

    def name_of(staff_id: int | None) -> str:
        return "" if staff_id is None else session.get_one(StaffRow, staff_id).name

    return EmergencyDetail(
        loan_id=loan_id,
        name=resident.name,
        out_at=loan.out_at,
        out_by=name_of(loan.out_by),
        holder=name_of(loan.holder_id),
        destination=loan.destination,
        reason=release.reason,
        reason_by=name_of(release.reason_by),
        agreement_missing=loan.agreement_missing,
    )
