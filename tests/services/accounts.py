"""People with real accounts, whose passwords cost little.

Use: ``enrol = enrol_with(work)`` and then ``enrol("7", Role.CUSTODIAN)``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from facility_app.audit.work import Work
from facility_app.domain.access import PROGRAM, Role, Shift, StaffId
from facility_app.services.grants import NewGrant, grant_role
from facility_app.services.passwords import PasswordCost
from facility_app.services.staff import NewStaff, add_staff

CHEAP = PasswordCost(memory_kib=64, passes=1, lanes=1)
PASSWORD = "kumo-no-ue-de-hirune-41"
SINCE = date(2026, 1, 1)

Enrol = Callable[..., StaffId]


def enrol_with(work: Work) -> Enrol:
    """Adds people through the use cases of the set-up; the first manager has to come first.

    Keywords: name, password, shift, until, deputy_for.
    """

    def make(
        number: str,
        *roles: Role,
        name: str = "",
        password: str | None = PASSWORD,
        shift: Shift = Shift.ALWAYS,
        until: date | None = None,
        deputy_for: StaffId | None = None,
    ) -> StaffId:
        with work.begin(PROGRAM) as tx:
            new = NewStaff(number, name or f"試験 {number}", "", SINCE, password)
            staff_id = add_staff(tx, new, CHEAP)
        for role in roles:
            with work.begin(PROGRAM) as tx:
                grant_role(tx, NewGrant(staff_id, role, SINCE, until, shift, deputy_for))
        return staff_id

    return make
