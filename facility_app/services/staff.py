"""Staff: who works here, with which account (issue #2).  Roles are in `grants`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import FacilityRow, StaffRow
from facility_app.domain.access import Permission, Role, Shift, StaffId
from facility_app.domain.clock import local_date
from facility_app.domain.passwords import check_password
from facility_app.domain.people import kana_reading, person_name, staff_number
from facility_app.errors import Refused
from facility_app.services.access import is_active
from facility_app.services.grants import (
    DatesReversed,
    refuse_no_manager,
    refuse_over_manager,
    refuse_own,
)
from facility_app.services.passwords import PasswordCost, hash_password, password_fits
from facility_app.services.settings import load_settings

COLOURS = 6


@dataclass(eq=False)
class NumberTaken(Refused):
    """Another member of staff has this number."""

    key: ClassVar[str] = "staff.number_taken"
    number: str


@dataclass(eq=False)
class OldPasswordWrong(Refused):
    """The present password was typed wrongly, so the own password was not changed."""

    key: ClassVar[str] = "staff.old_password_wrong"
    evidence: ClassVar[bool] = True


@dataclass(frozen=True)
class NewStaff:
    """職員 to add.  Without `password` there is no account (付添職員)."""

    number: str
    name: str
    kana: str = ""
    active_from: date | None = None
    password: str | None = None


@dataclass(frozen=True)
class StaffChange:
    """What may be changed of a member of staff; `active_until` is the last day."""

    staff_id: StaffId
    name: str
    kana: str
    active_until: date | None


@dataclass(frozen=True)
class GrantView:
    """One grant on the staff page."""

    id: int
    role: Role
    shift: Shift
    valid_from: date
    valid_until: date | None
    deputy_for: str | None


@dataclass(frozen=True)
class StaffView:
    """One member of staff with the grants that are not revoked."""

    id: StaffId
    number: str
    name: str
    kana: str
    colour: int
    has_account: bool
    active: bool
    active_from: date
    active_until: date | None
    grants: tuple[GrantView, ...]


def list_staff(reading: Reading) -> list[StaffView]:
    """All staff, those working here first, by number.  Needs VIEW_STAFF."""
    reading.require(Permission.VIEW_STAFF)
    today = local_date(reading.now)
    rows = list(reading.session.scalars(select(StaffRow).order_by(StaffRow.number)))
    names = {row.id: row.name for row in rows}
    views = [_view(row, names, today) for row in rows]
    return sorted(views, key=lambda view: not view.active)


def _view(row: StaffRow, names: dict[int, str], today: date) -> StaffView:
    grants = tuple(
        GrantView(
            g.id,
            g.role,
            g.shift,
            g.valid_from,
            g.valid_until,
            names.get(g.deputy_for) if g.deputy_for is not None else None,
        )
        for g in row.grants
        if g.revoked_at is None
    )
    return StaffView(
        StaffId(row.id),
        row.number,
        row.name,
        row.kana,
        row.colour,
        row.password_hash is not None,
        is_active(row, today),
        row.active_from,
        row.active_until,
        grants,
    )


def possible_holders(reading: Reading) -> list[tuple[StaffId, str]]:
    """Everybody working here today who may carry a pouch (付添), by kana.  Needs VIEW_DESK."""
    reading.require(Permission.VIEW_DESK)
    today = local_date(reading.now)
    rows = reading.session.scalars(select(StaffRow).order_by(StaffRow.kana, StaffRow.number))
    return [(StaffId(row.id), row.name) for row in rows if is_active(row, today)]


def add_staff(tx: Tx, cmd: NewStaff, cost: PasswordCost) -> StaffId:
    """Add a member of staff without any role yet.

    Raises NumberTaken and the password rules' refusals.
    """
    tx.require(Permission.SET_UP if tx.actor.staff_id is None else Permission.MANAGE_STAFF)
    number = staff_number(cmd.number)
    if tx.session.scalar(select(StaffRow.id).where(StaffRow.number == number)) is not None:
        raise NumberTaken(number)
    count = tx.session.scalar(select(func.count(StaffRow.id))) or 0
    row = StaffRow(
        number=number,
        name=person_name("name", cmd.name),
        kana=kana_reading("kana", cmd.kana) if cmd.kana.strip() else "",
        colour=count % COLOURS + 1,
        active_from=cmd.active_from or local_date(tx.now),
        must_change_password=cmd.password is not None and tx.actor.staff_id is not None,
    )
    if cmd.password is not None:
        row.password_hash = new_hash(tx.session, row, cmd.password, cost)
    tx.session.add(row)
    tx.session.flush()
    tx.record("staff.added", f"staff:{row.id}", plain={"number": number, "name": row.name})
    return StaffId(row.id)


def change_staff(tx: Tx, cmd: StaffChange) -> None:
    """Change name or last day.

    Raises OwnRights for one's own last day, LastManager where the last manager would leave, and
    NotPermitted where somebody who is no manager ends a manager's work.
    """
    tx.require(Permission.MANAGE_STAFF)
    row = tx.session.get_one(StaffRow, cmd.staff_id)
    name = person_name("name", cmd.name)
    kana = kana_reading("kana", cmd.kana) if cmd.kana.strip() else ""
    if cmd.active_until is not None:
        if cmd.active_until < row.active_from:
            raise DatesReversed
        refuse_own(tx, cmd.staff_id)
        refuse_over_manager(tx, cmd.staff_id)
    before = {"name": row.name, "until": str(row.active_until)}
    row.name, row.kana, row.active_until = name, kana, cmd.active_until
    refuse_no_manager(tx)
    action = "staff.left" if cmd.active_until is not None else "staff.changed"
    after = {"name": row.name, "until": str(row.active_until)}
    tx.record(action, f"staff:{row.id}", plain={"before": before, "after": after})


def set_password(
    tx: Tx, staff_id: StaffId, new: str, cost: PasswordCost, *, old: str | None = None
) -> None:
    """Set a password: one's own with the old one, somebody else's with MANAGE_STAFF.

    Somebody else's has to be changed at their unlock, and a manager's is set by a manager only.
    Raises OldPasswordWrong, NotPermitted, and the password rules' refusals.
    """
    own = tx.actor.staff_id == staff_id
    tx.require(Permission.CHANGE_OWN_PASSWORD if own else Permission.MANAGE_STAFF)
    if not own:
        refuse_over_manager(tx, staff_id)
    row = tx.session.get_one(StaffRow, staff_id)
    if own and not password_fits(old or "", row.password_hash or ""):
        raise OldPasswordWrong
    row.password_hash = new_hash(tx.session, row, new, cost)
    row.must_change_password = not own
    row.failures, row.next_try_at = 0, None
    tx.record("password.set", f"staff:{staff_id}", plain={"own": own})


def new_hash(session: Session, row: StaffRow, password: str, cost: PasswordCost) -> str:
    """The hash of a password that the facility's rules accept.  Raises the rules' refusals."""
    facility = session.get(FacilityRow, 1)
    words: Sequence[str] = [facility.name if facility else "", row.name, row.kana, row.number]
    minimum = load_settings(session).minimum_password
    check_password(password, [w for w in words if w], minimum=minimum)
    return hash_password(password, cost)
