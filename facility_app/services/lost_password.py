"""The way back for a manager who forgot the password: the recovery sheet, which opens everything.

Nobody but a manager sets a manager's password (`staff.set_password`), so a facility with one
manager would be shut out for good without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from facility_app.audit.work import Tx
from facility_app.config import read_settings
from facility_app.db.engine import WrongDatabaseKey
from facility_app.db.models import StaffRow
from facility_app.domain.access import PROGRAM, Permission, StaffId
from facility_app.domain.clock import local_date
from facility_app.domain.people import staff_number
from facility_app.errors import Refused
from facility_app.keystore import DerivedKeys
from facility_app.recovery import root_of
from facility_app.services.access import UnknownStaffNumber, is_active
from facility_app.services.grants import is_manager
from facility_app.services.office import Office
from facility_app.services.passwords import PasswordCost
from facility_app.services.staff import new_hash


@dataclass(eq=False)
class ManagersOnly(Refused):
    """The recovery sheet sets the password of a manager only; a manager sets everybody else's."""

    key: ClassVar[str] = "staff.managers_only"
    evidence: ClassVar[bool] = True


def set_by_recovery_sheet(office: Office, words: Sequence[str], number: str, new: str) -> StaffId:
    """Set the password of the manager with `number`, proved by the 24 words of this store's sheet.

    Raises the errors of `recovery.root_of`, WrongDatabaseKey for the sheet of another store,
    UnknownStaffNumber, ManagersOnly (recorded) and the password rules' refusals; nothing is changed
    then.
    """
    with root_of(words) as root:
        keys = DerivedKeys(root)
        try:
            if keys.store_id != read_settings(office.data).store_id:
                raise WrongDatabaseKey
        finally:
            keys.wipe()
    return office.do(PROGRAM, set_managers_password, staff_number(number), new, office.cost)


def set_managers_password(tx: Tx, number: str, new: str, cost: PasswordCost) -> StaffId:
    """The use case behind `set_by_recovery_sheet`: by the program, after the words were right."""
    tx.require(Permission.SET_UP)
    row = tx.session.scalar(select(StaffRow).where(StaffRow.number == number))
    if row is None or not is_active(row, local_date(tx.now)):
        raise UnknownStaffNumber
    if not is_manager(tx.session, row.id, local_date(tx.now)):
        raise ManagersOnly
    row.password_hash = new_hash(tx.session, row, new, cost)
    row.must_change_password = False
    row.failures, row.next_try_at = 0, None
    tx.record("password.set", f"staff:{row.id}", plain={"own": False, "by": "recovery-sheet"})
    return StaffId(row.id)
