"""Unlock and lock: who is there, checked by staff number and password (issue #2).

A password is checked outside any transaction (Argon2id takes a while); success and failure are both
entries.
The delay after failures is stored with the person, so that a restart does not shorten it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import ClassVar, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading, Work
from facility_app.db.models import GrantRow, StaffRow
from facility_app.domain.access import (
    PROGRAM,
    Actor,
    Grant,
    Identified,
    NotPermitted,
    Permission,
    Role,
    StaffId,
    roles_at,
)
from facility_app.domain.clock import local_date
from facility_app.domain.passwords import delay_after
from facility_app.domain.people import StaffNumberMalformed, staff_number
from facility_app.errors import Refused
from facility_app.services.passwords import PasswordCost, hash_password, password_fits
from facility_app.services.settings import load_settings

_OWN = Permission.CHANGE_OWN_PASSWORD
"""What everybody with an account may do: enough to be recorded as who unlocked or locked."""

WITNESS_LASTS = timedelta(minutes=5)
"""How long the confirmation of a second person may be used."""


@dataclass(eq=False)
class WrongPassword(Refused):
    """Number and password do not belong together; which of the two is not said."""

    key: ClassVar[str] = "access.wrong_password"
    wait_s: int


@dataclass(eq=False)
class MustWait(Refused):
    """Too many failures: the next try is possible in `wait_s` seconds."""

    key: ClassVar[str] = "access.must_wait"
    wait_s: int


@dataclass(eq=False)
class NoRightsNow(Refused):
    """The person is known, but no role of theirs is in force now (shift, dates, left)."""

    key: ClassVar[str] = "access.no_rights_now"
    name: str


@dataclass(eq=False)
class UnknownStaffNumber(Refused):
    """No member of staff who works here now has this number."""

    key: ClassVar[str] = "access.unknown_number"


@dataclass(eq=False)
class SamePerson(Refused):
    """The second person must be somebody else (二人確認)."""

    key: ClassVar[str] = "access.same_person"
    evidence: ClassVar[bool] = True


@dataclass(frozen=True)
class Witness:
    """A second person who has just identified by password.  Made only by `confirm_second`."""

    staff_id: StaffId
    name: str
    at: datetime


@dataclass(frozen=True)
class UnlockTile:
    """One person on the unlock page; `roles` are those in force now."""

    number: str
    name: str
    colour: int
    roles: tuple[Role, ...]
    night_only: bool


def is_active(row: StaffRow, today: date) -> bool:
    """Whether the person works here on `today` (both ends included)."""
    return row.active_from <= today and (row.active_until is None or today <= row.active_until)


def actor_of(session: Session, row: StaffRow, identified: Identified) -> Actor:
    """The actor that a member of staff is, with all grants that are not revoked."""
    rows = session.scalars(
        select(GrantRow).where(GrantRow.staff_id == row.id, GrantRow.revoked_at.is_(None))
    )
    grants = tuple(
        Grant(
            g.role,
            g.valid_from,
            g.valid_until,
            g.shift,
            None if g.deputy_for is None else StaffId(g.deputy_for),
        )
        for g in rows
    )
    return Actor(StaffId(row.id), row.name, identified, grants, load_settings(session).night())


def _find(session: Session, number: str, today: date) -> StaffRow | None:
    row = session.scalar(select(StaffRow).where(StaffRow.number == _number(number)))
    return row if row is not None and is_active(row, today) else None


def _number(text: str) -> str:
    """A number as it is stored; what can be no staff number matches nobody."""
    try:
        return staff_number(text)
    except StaffNumberMalformed:
        return ""


@lru_cache(maxsize=4)
def _decoy(cost: PasswordCost) -> str:
    """A hash to check against for unknown numbers, so that the time taken tells nothing."""
    return hash_password("no one has this password", cost)


def unlock_tiles(reading: Reading) -> list[UnlockTile]:
    """Everybody with an account who works here today, by number; for the unlock page."""
    reading.require(Permission.IDENTIFY)
    session, today = reading.session, local_date(reading.now)
    night = load_settings(session).night()
    tiles = []
    query = select(StaffRow).where(StaffRow.password_hash.is_not(None)).order_by(StaffRow.number)
    for row in session.scalars(query):
        if not is_active(row, today):
            continue
        actor = actor_of(session, row, Identified.PASSWORD)
        roles = roles_at(actor.grants, reading.now, night)
        night_only = bool(actor.grants) and all(g.shift.value == "night" for g in actor.grants)
        tiles.append(
            UnlockTile(
                row.number, row.name, row.colour, tuple(r for r in Role if r in roles), night_only
            )
        )
    return tiles


def check_password(
    work: Work, number: str, password: str, cost: PasswordCost, action: str
) -> Actor:
    """The actor behind number and password; records the failure otherwise.  See `unlock`.

    action: what it is for, in the entry of a failure.  Success is not recorded here.
    """
    with work.read(PROGRAM) as reading:
        reading.require(Permission.IDENTIFY)
        row = _find(reading.session, number, local_date(reading.now))
        wait = wait_of(row, reading.now)
        stored = row.password_hash if row is not None else None
    if row is not None and wait:
        _record_failure(work, row.id, action, counted=False)
        raise MustWait(wait)
    fits = password_fits(password, stored or _decoy(cost))
    if row is None or stored is None or not fits:
        raise WrongPassword(_record_failure(work, row.id if row else None, action, counted=True))
    with work.read(PROGRAM) as reading:
        reading.require(Permission.IDENTIFY)
        return actor_of(reading.session, row, Identified.PASSWORD)


class Tries(Protocol):
    """What counts somebody's failures: a row of staff, or of the vault's officers."""

    failures: int
    next_try_at: datetime | None


def wait_of(row: Tries | None, now: datetime) -> int:
    """Seconds until the next try; a clock set back cannot make it longer than the delay itself."""
    if row is None or row.next_try_at is None or now >= row.next_try_at:
        return 0
    left = min(row.next_try_at - now, delay_after(row.failures))
    return max(1, round(left.total_seconds() + 0.5))


def count_failure(row: Tries, now: datetime) -> int:
    """Count a failed try; gives the seconds until the next one."""
    row.failures += 1
    row.next_try_at = now + delay_after(row.failures)
    return wait_of(row, now)


def forget_failures(row: Tries) -> None:
    """It was right: the next failure is the first again."""
    row.failures, row.next_try_at = 0, None


def _record_failure(work: Work, staff_id: int | None, action: str, *, counted: bool) -> int:
    """Count and record a failed try; gives the seconds until the next one."""
    with work.begin(PROGRAM) as tx:
        tx.require(Permission.IDENTIFY)
        wait = 0
        row = tx.session.get(StaffRow, staff_id) if staff_id is not None else None
        if row is not None and counted:
            wait = count_failure(row, tx.now)
        subject = "staff" if staff_id is None else f"staff:{staff_id}"
        tx.record("unlock.refused", subject, plain={"for": action, "waiting": not counted})
    return wait


def unlock(work: Work, number: str, password: str, cost: PasswordCost) -> Actor:
    """The person behind number and password, recorded as unlocked.

    Raises MustWait, WrongPassword (both recorded, the delay grows) or NoRightsNow.  Nothing is
    unlocked then.
    """
    actor = check_password(work, number, password, cost, "unlock")
    if not actor.rights(work.clock()):
        raise NoRightsNow(actor.name)
    with work.begin(actor) as tx:
        tx.require(_OWN)
        row = tx.session.get_one(StaffRow, actor.staff_id)
        forget_failures(row)
        tx.record("unlock.done", f"staff:{actor.staff_id}")
    return actor


def lock_program(work: Work, actor: Actor, reason: str) -> None:
    """Record that the program was locked, and why.

    reason: ``person``, ``idle``, ``system`` or ``change``. Never refused: where the person's rights
    have ended meanwhile, and where nobody pressed anything, the program is who locks.
    """
    with work.read(actor) as reading:
        own = reason in ("person", "change") and reading.may(_OWN)
    with work.begin(actor if own else PROGRAM) as tx:
        tx.require(_OWN if own else Permission.IDENTIFY)
        tx.record("lock.done", f"staff:{actor.staff_id}", plain={"reason": reason})


def confirm_second(
    work: Work, first: Actor, number: str, password: str, cost: PasswordCost
) -> Witness:
    """The second person of a two-person act, identified by password just now.

    Raises what `unlock` raises, SamePerson, or NotPermitted where the role may not witness.
    """
    second = check_password(work, number, password, cost, "witness")
    with work.begin(second) as tx:
        if second.staff_id == first.staff_id:
            raise SamePerson
        tx.require(Permission.WITNESS)
        row = tx.session.get_one(StaffRow, second.staff_id)
        forget_failures(row)
        tx.record("witness.confirmed", f"staff:{first.staff_id}")
        return Witness(tx.staff_id, second.name, tx.now)


def identify_by_number(reading: Reading, number: str) -> Actor:
    """The person who names only a staff number: enough for an emergency release, for nothing else.

    Raises UnknownStaffNumber, or NotPermitted where no role of theirs may release.
    """
    reading.require(Permission.IDENTIFY)
    row = _find(reading.session, number, local_date(reading.now))
    if row is None:
        raise UnknownStaffNumber
    actor = actor_of(reading.session, row, Identified.NUMBER)
    if not actor.may(Permission.RELEASE_EMERGENCY, reading.now):
        raise NotPermitted(Permission.RELEASE_EMERGENCY)
    return actor
