"""初期設定: the acts of the set-up wizard, and how far it has come (0-9)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sqlalchemy import func, select

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import (
    BackupRow,
    FacilityRow,
    GrantRow,
    ResidentRow,
    SlotRow,
    StaffRow,
)
from facility_app.domain.access import Permission, Role, StaffId
from facility_app.domain.clock import local_date
from facility_app.services.grants import NewGrant, grant_role
from facility_app.services.passwords import PasswordCost
from facility_app.services.settings import Facility, load_facility, name_facility
from facility_app.services.staff import NewStaff, add_staff

STEPS = 9


@dataclass(frozen=True)
class FirstManager:
    """The first 管理責任者, with the password just chosen."""

    number: str
    name: str
    kana: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Progress:
    """What the wizard shows of what is there already."""

    facility: Facility
    custodians: int
    slots: dict[str, int]
    residents: int
    backups: int


def found_facility(
    tx: Tx, facility: Facility, manager: FirstManager, cost: PasswordCost
) -> StaffId:
    """Name the facility and make its first manager, in one unit.

    Raises the refusals of names, numbers and passwords; then the store is as it was.
    """
    tx.require(Permission.SET_UP)
    name_facility(tx, facility)
    new = NewStaff(manager.number, manager.name, manager.kana, None, manager.password)
    staff_id = add_staff(tx, new, cost)
    grant_role(tx, NewGrant(staff_id, Role.MANAGER, local_date(tx.now)))
    return staff_id


def add_custodian(tx: Tx, new: NewStaff, cost: PasswordCost) -> StaffId:
    """A second person with the role カード管理担当者, from today."""
    tx.require(Permission.MANAGE_STAFF)
    staff_id = add_staff(tx, new, cost)
    grant_role(tx, NewGrant(staff_id, Role.CUSTODIAN, local_date(tx.now)))
    return staff_id


def reach_step(tx: Tx, step: int) -> None:
    """Note that `step` (1-9) is done; an earlier step than the one reached changes nothing."""
    tx.require(Permission.MANAGE_SETTINGS)
    facility = load_facility(tx.session)
    if step > facility.setup_step:
        name_facility(tx, replace(facility, setup_step=min(step, STEPS)))


def read_progress(reading: Reading) -> Progress:
    """Counts for the steps that were left and are taken up again.  Needs MANAGE_SETTINGS."""
    reading.require(Permission.MANAGE_SETTINGS)
    session = reading.session
    custodians = select(func.count(func.distinct(GrantRow.staff_id))).where(
        GrantRow.role == Role.CUSTODIAN, GrantRow.revoked_at.is_(None)
    )
    slots = select(SlotRow.cabinet, func.count()).where(SlotRow.active).group_by(SlotRow.cabinet)
    return Progress(
        load_facility(session),
        session.scalar(custodians) or 0,
        {cabinet: count for cabinet, count in session.execute(slots)},
        session.scalar(select(func.count(ResidentRow.id))) or 0,
        session.scalar(select(func.count(BackupRow.id))) or 0,
    )


def is_new(reading: Reading) -> bool:
    """Whether nobody has an account yet: a store that was made and left before its manager."""
    reading.require(Permission.IDENTIFY)
    session = reading.session
    accounts = select(func.count(StaffRow.id)).where(StaffRow.password_hash.is_not(None))
    return session.get(FacilityRow, 1) is None or not session.scalar(accounts)
