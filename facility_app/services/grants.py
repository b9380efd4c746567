"""Roles given and taken: who holds which right, from when until when (issue #2).

Nobody changes their own rights; the last manager stays; a deputy's role always ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Tx
from facility_app.db.models import GrantRow, StaffRow
from facility_app.domain.access import NotPermitted, Permission, Role, Shift, StaffId
from facility_app.domain.clock import local_date
from facility_app.errors import Refused


@dataclass(eq=False)
class DatesReversed(Refused):
    """The last day lies before the first."""

    key: ClassVar[str] = "staff.dates_reversed"


@dataclass(eq=False)
class OwnRights(Refused):
    """Somebody tried to change their own rights; nothing was changed."""

    key: ClassVar[str] = "staff.own_rights"
    evidence: ClassVar[bool] = True


@dataclass(eq=False)
class LastManager(Refused):
    """Without this person or grant nobody would be 管理責任者; nothing was changed."""

    key: ClassVar[str] = "staff.last_manager"


@dataclass(eq=False)
class DeputyNeedsEnd(Refused):
    """A deputy's role needs a last day and the person stood in for."""

    key: ClassVar[str] = "staff.deputy_needs_end"


@dataclass(eq=False)
class NeedsAccount(Refused):
    """This role unlocks the program and so needs a password first."""

    key: ClassVar[str] = "staff.needs_account"
    role: Role


@dataclass(frozen=True)
class NewGrant:
    """A role to give, both days included (JST)."""

    staff_id: StaffId
    role: Role
    valid_from: date
    valid_until: date | None = None
    shift: Shift = Shift.ALWAYS
    deputy_for: StaffId | None = None


def grant_role(tx: Tx, cmd: NewGrant) -> int:
    """Give a role.

    Raises OwnRights, DeputyNeedsEnd, DatesReversed, NeedsAccount; a manager is made by a manager.
    """
    setting_up = tx.actor.staff_id is None
    tx.require(Permission.SET_UP if setting_up else Permission.MANAGE_STAFF)
    if not setting_up:
        refuse_own(tx, cmd.staff_id)
        if cmd.role is Role.MANAGER:
            _require_manager(tx)
    elif _managers(tx.session, local_date(tx.now)) and cmd.role is Role.MANAGER:
        raise NotPermitted(Permission.SET_UP)
    if cmd.deputy_for is not None and cmd.valid_until is None:
        raise DeputyNeedsEnd
    if cmd.valid_until is not None and cmd.valid_until < cmd.valid_from:
        raise DatesReversed
    staff = tx.session.get_one(StaffRow, cmd.staff_id)
    if cmd.role is not Role.ESCORT and staff.password_hash is None:
        raise NeedsAccount(cmd.role)
    row = GrantRow(
        staff_id=cmd.staff_id,
        role=cmd.role,
        shift=cmd.shift,
        valid_from=cmd.valid_from,
        valid_until=cmd.valid_until,
        deputy_for=cmd.deputy_for,
        granted_by=tx.actor.staff_id,
        granted_at=tx.now,
    )
    tx.session.add(row)
    tx.session.flush()
    tx.record("grant.given", f"staff:{cmd.staff_id}", plain=_grant_facts(row))
    return row.id


def revoke_grant(tx: Tx, grant_id: int) -> None:
    """End a role now.  Raises OwnRights or LastManager."""
    tx.require(Permission.MANAGE_STAFF)
    row = tx.session.get_one(GrantRow, grant_id)
    refuse_own(tx, StaffId(row.staff_id))
    if row.role is Role.MANAGER:
        _require_manager(tx)
    row.revoked_at = tx.now
    refuse_no_manager(tx)
    tx.record("grant.revoked", f"staff:{row.staff_id}", plain=_grant_facts(row))


def _grant_facts(row: GrantRow) -> dict[str, str | int | None]:
    return {
        "grant": row.id,
        "role": row.role.value,
        "shift": row.shift.value,
        "from": row.valid_from.isoformat(),
        "until": row.valid_until.isoformat() if row.valid_until else None,
        "deputy_for": row.deputy_for,
    }


def refuse_own(tx: Tx, staff_id: StaffId) -> None:
    if tx.actor.staff_id == staff_id:
        raise OwnRights


def refuse_over_manager(tx: Tx, staff_id: StaffId) -> None:
    """Raise NotPermitted where a manager's account is touched by somebody who is none.

    Else an administrator could set a manager's password, enter as the manager and grant themself
    every right.
    """
    query = select(GrantRow.id).where(
        GrantRow.staff_id == staff_id, GrantRow.role == Role.MANAGER, GrantRow.revoked_at.is_(None)
    )
    if tx.session.scalars(query).first() is not None:
        _require_manager(tx)


def is_manager(session: Session, staff_id: int, today: date) -> bool:
    """Whether somebody is 管理責任者 in their own right on `today`."""
    return staff_id in _managers(session, today)


def _require_manager(tx: Tx) -> None:
    """Only a manager in force may make or unmake a manager (an administrator may not)."""
    if tx.actor.staff_id not in _managers(tx.session, local_date(tx.now)):
        raise NotPermitted(Permission.MANAGE_STAFF)


def _managers(session: Session, today: date) -> set[int]:
    """Staff who are 管理責任者 in their own right today, with an account."""
    query = (
        select(GrantRow, StaffRow)
        .join(StaffRow, StaffRow.id == GrantRow.staff_id)
        .where(GrantRow.role == Role.MANAGER, GrantRow.revoked_at.is_(None))
        .where(GrantRow.deputy_for.is_(None), StaffRow.password_hash.is_not(None))
    )
    return {
        staff.id
        for grant, staff in session.execute(query)
        if grant.shift is Shift.ALWAYS
        and grant.valid_from <= today
        and grant.valid_until is None
        and staff.active_from <= today
        and staff.active_until is None
    }


def refuse_no_manager(tx: Tx) -> None:
    tx.session.flush()
    if not _managers(tx.session, local_date(tx.now)):
        raise LastManager
