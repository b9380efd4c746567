"""Who may do what: roles, permissions, and when a grant of a role is in force (design §1, issue
#2).

One table, `RIGHTS`, is the whole of it; everything that is not in it is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum
from typing import ClassVar, NewType

from facility_app.domain.clock import local_time
from facility_app.errors import Refused

StaffId = NewType("StaffId", int)


class Role(Enum):
    """役割.  An escort (付添職員) holds cards but needs no account."""

    MANAGER = "manager"
    CUSTODIAN = "custodian"
    PIN_OFFICER = "pin-officer"
    ESCORT = "escort"
    AUDITOR = "auditor"
    SYSTEM_ADMIN = "system-admin"


class Permission(Enum):
    """権限: one right that a use case asks for."""

    VIEW_DESK = "view-desk"
    SIGN_OUT = "sign-out"
    SIGN_IN = "sign-in"
    HAND_OVER = "hand-over"
    RELEASE_EMERGENCY = "release-emergency"
    EXPLAIN_EMERGENCY = "explain-emergency"
    REVIEW_EMERGENCY = "review-emergency"
    HAND_BACK = "hand-back"
    CORRECT_RECORD = "correct-record"
    WITNESS = "witness"
    VIEW_RESIDENTS = "view-residents"
    MANAGE_RESIDENTS = "manage-residents"
    MANAGE_AGREEMENTS = "manage-agreements"
    PLAN_VISITS = "plan-visits"
    OVERRIDE_DEPARTURE = "override-departure"
    CHECK_CARDS = "check-cards"
    VIEW_STOCKTAKE = "view-stocktake"
    COUNT_STOCKTAKE = "count-stocktake"
    APPROVE_STOCKTAKE = "approve-stocktake"
    VIEW_LOST = "view-lost"
    REPORT_LOST = "report-lost"
    MANAGE_LOST = "manage-lost"
    VIEW_REGISTERS = "view-registers"
    WRITE_REGISTERS = "write-registers"
    MANAGE_REGISTERS = "manage-registers"
    MANAGE_RETENTION = "manage-retention"
    IMPORT = "import"
    PRINT_TAGS = "print-tags"
    VIEW_STAFF = "view-staff"
    MANAGE_STAFF = "manage-staff"
    VIEW_LOG = "view-log"
    VERIFY_LOG = "verify-log"
    REVIEW_RECORD = "review-record"
    MAKE_CHECKPOINT = "make-checkpoint"
    MAKE_REPORTS = "make-reports"
    MANAGE_SETTINGS = "manage-settings"
    MANAGE_CABINETS = "manage-cabinets"
    VIEW_VAULT = "view-vault"
    DEPOSIT_PIN = "deposit-pin"
    PRESENT_PIN = "present-pin"
    REVEAL_PIN = "reveal-pin"
    APPROVE_PIN = "approve-pin"
    ERASE_PIN = "erase-pin"
    MANAGE_VAULT = "manage-vault"
    BACK_UP = "back-up"
    RESTORE = "restore"
    CHANGE_OWN_PASSWORD = "change-own-password"  # noqa: S105  # the name of a right
    IDENTIFY = "identify"
    SET_UP = "set-up"


_P = Permission
_DESK = frozenset(
    {
        _P.CHANGE_OWN_PASSWORD,
        _P.VIEW_DESK,
        _P.SIGN_OUT,
        _P.SIGN_IN,
        _P.HAND_OVER,
        _P.RELEASE_EMERGENCY,
        _P.EXPLAIN_EMERGENCY,
        _P.HAND_BACK,
        _P.CORRECT_RECORD,
        _P.WITNESS,
        _P.VIEW_RESIDENTS,
        _P.PLAN_VISITS,
        _P.OVERRIDE_DEPARTURE,
        _P.CHECK_CARDS,
        _P.VIEW_STOCKTAKE,
        _P.COUNT_STOCKTAKE,
        _P.VIEW_LOST,
        _P.REPORT_LOST,
        _P.VIEW_REGISTERS,
        _P.WRITE_REGISTERS,
        _P.PRINT_TAGS,
        _P.BACK_UP,
        _P.MAKE_CHECKPOINT,
    }
)

RIGHTS: dict[Role, frozenset[Permission]] = {
    Role.MANAGER: _DESK
    | {
        _P.REVIEW_EMERGENCY,
        _P.REVIEW_RECORD,
        _P.APPROVE_STOCKTAKE,
        _P.MANAGE_LOST,
        _P.MANAGE_REGISTERS,
        _P.MANAGE_RETENTION,
        _P.MANAGE_RESIDENTS,
        _P.MANAGE_AGREEMENTS,
        _P.IMPORT,
        _P.VIEW_STAFF,
        _P.MANAGE_STAFF,
        _P.VIEW_LOG,
        _P.VERIFY_LOG,
        _P.MAKE_REPORTS,
        _P.MANAGE_SETTINGS,
        _P.MANAGE_CABINETS,
        _P.VIEW_VAULT,
        _P.REVEAL_PIN,
        _P.ERASE_PIN,
        _P.MANAGE_VAULT,
    },
    Role.CUSTODIAN: _DESK
    | {
        _P.MANAGE_RESIDENTS,
        _P.MANAGE_AGREEMENTS,
        _P.VIEW_LOG,
        _P.VIEW_VAULT,
        _P.DEPOSIT_PIN,
        _P.PRESENT_PIN,
    },
    Role.PIN_OFFICER: frozenset(
        {
            _P.CHANGE_OWN_PASSWORD,
            _P.VIEW_DESK,
            _P.VIEW_RESIDENTS,
            _P.WITNESS,
            _P.VIEW_LOST,
            _P.REPORT_LOST,
            _P.VIEW_REGISTERS,
            _P.VIEW_VAULT,
            _P.DEPOSIT_PIN,
            _P.PRESENT_PIN,
            _P.REVEAL_PIN,
            _P.APPROVE_PIN,
            _P.ERASE_PIN,
        }
    ),
    Role.ESCORT: frozenset(),
    Role.AUDITOR: frozenset(
        {
            _P.CHANGE_OWN_PASSWORD,
            _P.VIEW_LOG,
            _P.VERIFY_LOG,
            _P.MAKE_REPORTS,
            _P.REVIEW_RECORD,
            _P.VIEW_STOCKTAKE,
            _P.VIEW_LOST,
            _P.VIEW_REGISTERS,
            _P.VIEW_STAFF,
            _P.VIEW_RESIDENTS,
        }
    ),
    Role.SYSTEM_ADMIN: frozenset(
        {
            _P.CHANGE_OWN_PASSWORD,
            _P.VIEW_STAFF,
            _P.MANAGE_STAFF,
            _P.MANAGE_SETTINGS,
            _P.MANAGE_CABINETS,
            _P.BACK_UP,
            _P.RESTORE,
            _P.VERIFY_LOG,
            _P.MAKE_CHECKPOINT,
            _P.IMPORT,
        }
    ),
}
"""The rights of each role.  A system administrator sees no resident and signs nothing out.

PINs (domain §9): only officers approve and thereby open the vault; who has cards in hand asks for a
PIN to be sent and deposits one, but neither reveals nor erases; a manager, who runs the vault,
opens nothing with it."""

NIGHT_RIGHTS = frozenset(
    {
        _P.CHANGE_OWN_PASSWORD,
        _P.VIEW_DESK,
        _P.SIGN_IN,
        _P.HAND_OVER,
        _P.RELEASE_EMERGENCY,
        _P.EXPLAIN_EMERGENCY,
        _P.VIEW_RESIDENTS,
        _P.CHECK_CARDS,
        _P.VIEW_LOST,
        _P.REPORT_LOST,
        _P.BACK_UP,
        _P.MAKE_CHECKPOINT,
    }
)
"""What a night grant leaves of a role: emergencies, a card check before one, taking back what
returns, and what is lost: its first call cannot wait (issues #2, #3, #7)."""


class Shift(Enum):
    """勤務帯: when a grant is in force.  A night grant covers emergencies only."""

    ALWAYS = "always"
    DAY = "day"
    NIGHT = "night"


@dataclass(frozen=True)
class NightHours:
    """The night of this facility, JST; it may pass midnight (21:00 to 06:00)."""

    begins: time = time(21, 0)
    ends: time = time(6, 0)

    def covers(self, at: datetime) -> bool:
        """Whether `at` (aware) lies in the night; the end is no longer night."""
        now = local_time(at).time()
        if self.begins <= self.ends:
            return self.begins <= now < self.ends
        return now >= self.begins or now < self.ends


@dataclass(frozen=True)
class Grant:
    """A role given to a member of staff, from one day through another (both included, JST).

    `deputy_for` names the person stood in for (代行); such a grant always has a last day.
    """

    role: Role
    valid_from: date
    valid_until: date | None = None
    shift: Shift = Shift.ALWAYS
    deputy_for: StaffId | None = None

    def rights(self, at: datetime, night: NightHours) -> frozenset[Permission]:
        """The rights this grant gives at `at` (aware)."""
        today = local_time(at).date()
        if today < self.valid_from or (self.valid_until is not None and today > self.valid_until):
            return frozenset()
        is_night = night.covers(at)
        if self.shift is Shift.DAY and is_night:
            return frozenset()
        if self.shift is Shift.NIGHT:
            return RIGHTS[self.role] & NIGHT_RIGHTS if is_night else frozenset()
        return RIGHTS[self.role]


class Identified(Enum):
    """How the person acting was identified; it stands in every audit entry."""

    PASSWORD = "password"  # noqa: S105  # a way to identify, not a secret
    NUMBER = "number"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """操作者: who acts.  `staff_id` is None only for the program itself."""

    staff_id: StaffId | None
    name: str
    identified: Identified
    grants: tuple[Grant, ...] = ()
    night: NightHours = field(default_factory=NightHours)

    def rights(self, at: datetime) -> frozenset[Permission]:
        """All rights at `at` (aware).  Somebody known by number only may release an emergency."""
        given = frozenset[Permission]().union(*(g.rights(at, self.night) for g in self.grants))
        if self.identified is Identified.SYSTEM:
            return SYSTEM_RIGHTS
        if self.identified is Identified.NUMBER:
            return given & {Permission.RELEASE_EMERGENCY}
        return given

    def may(self, permission: Permission, at: datetime) -> bool:
        """Whether `permission` is among the rights at `at` (aware)."""
        return permission in self.rights(at)


SYSTEM_RIGHTS = frozenset(
    {
        _P.MAKE_CHECKPOINT,
        _P.BACK_UP,
        _P.VERIFY_LOG,
        _P.RESTORE,
        _P.PLAN_VISITS,
        _P.IDENTIFY,
        _P.SET_UP,
    }
)
"""What the program does by itself, among it asking who is there; no role has the last two."""

PROGRAM = Actor(None, "", Identified.SYSTEM)
"""The program acting by itself."""


@dataclass(eq=False)
class NotPermitted(Refused):
    """The actor's roles do not give the permission now; the attempt is recorded."""

    key: ClassVar[str] = "access.not_permitted"
    evidence: ClassVar[bool] = True
    permission: Permission


def roles_at(grants: Iterable[Grant], at: datetime, night: NightHours) -> frozenset[Role]:
    """The roles that give at least one right at `at` (aware)."""
    return frozenset(g.role for g in grants if g.rights(at, night))
