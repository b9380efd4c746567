"""After an emergency release: whom to call, and who may see that (domain §13.3).

Somebody known by staff number only sees it of their own release, never by asking for any loan.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from facility_app.audit.work import Reading
from facility_app.db.models import LoanRow
from facility_app.domain.access import Permission
from facility_app.errors import Refused
from facility_app.services.visit_paper_facts import Call, emergency_facts


@dataclass(eq=False)
class NotTheirRelease(Refused):
    """The loan is no emergency release of the person who asks, and they do not see the desk."""

    key: ClassVar[str] = "emergency.not_their_release"
    evidence: ClassVar[bool] = True


def family_calls(reading: Reading, loan_id: int) -> tuple[Call, ...]:
    """Whom to call after a release, in that order; who has no telephone comes last.

    Needs RELEASE_EMERGENCY.  Raises NotTheirRelease.
    """
    require_release(reading, loan_id)
    return emergency_facts(reading, loan_id).calls


def require_release(unit: Reading, loan_id: int) -> None:
    """Open the unit to who may see what an emergency release tells.  Raises NotTheirRelease."""
    unit.require(Permission.RELEASE_EMERGENCY)
    loan = unit.session.get_one(LoanRow, loan_id)
    theirs = loan.out_by == unit.actor.staff_id
    if not loan.emergency or not (theirs or unit.may(Permission.VIEW_DESK)):
        raise NotTheirRelease
