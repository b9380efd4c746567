"""紛失: what can be lost, how it went, and the steps that a kind of loss asks for (domain §6).

The steps themselves are rule data (``incident_rules``); here are the words that they are made of.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class LostWhere(Enum):
    """Where it went missing, as far as anybody knows."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class Stolen(Enum):
    """Whether it was stolen, as far as anybody knows."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class LostCaseState(Enum):
    """対応中, 終了."""

    OPEN = "open"
    CLOSED = "closed"


class LostOutcome(Enum):
    """What became of one lost thing.

    FOUND: before it was void.  CANCELLED: reported to the city (廃止), void for good.  REISSUED: a
    new one is in custody.  A void one that turns up stays what it is.
    """

    MISSING = "missing"
    FOUND = "found"
    CANCELLED = "cancelled"
    REISSUED = "reissued"

    @property
    def void(self) -> bool:
        """Whether it can never be used again, found or not."""
        return self in (LostOutcome.CANCELLED, LostOutcome.REISSUED)


class LostMove(Enum):
    """What may happen to a lost thing."""

    FIND = "find"
    CANCEL = "cancel"
    REISSUE = "reissue"


OUTCOMES: Mapping[tuple[LostOutcome, LostMove], LostOutcome] = {
    (LostOutcome.MISSING, LostMove.FIND): LostOutcome.FOUND,
    (LostOutcome.MISSING, LostMove.CANCEL): LostOutcome.CANCELLED,
    (LostOutcome.MISSING, LostMove.REISSUE): LostOutcome.REISSUED,
    (LostOutcome.CANCELLED, LostMove.REISSUE): LostOutcome.REISSUED,
    (LostOutcome.CANCELLED, LostMove.FIND): LostOutcome.CANCELLED,
    (LostOutcome.REISSUED, LostMove.FIND): LostOutcome.REISSUED,
}


def outcome_after(outcome: LostOutcome, move: LostMove) -> LostOutcome | None:
    """What `move` makes of it, or None where it cannot happen."""
    return OUTCOMES.get((outcome, move))


class Phase(Enum):
    """Which part of a case a step belongs to."""

    LOST = "lost"
    FOUND = "found"
    DEAD = "dead"
    LEAK = "leak"


class Per(Enum):
    """What there is one step for."""

    CASE = "case"
    RESIDENT = "resident"
    ITEM = "item"


class Who(Enum):
    """Who should do a step.  Nobody is stopped: at night whoever is there does it."""

    ANYONE = "anyone"
    CUSTODIAN = "custodian"
    MANAGER = "manager"
    PIN_OFFICER = "pin-officer"


class Evidence(Enum):
    """A field of a step; what it holds in `lost_step.evidence` is text, PLACES a list of codes."""

    AT = "at"
    """When: an aware moment in ISO 8601."""
    ON = "on"
    """On which day: ISO 8601."""
    DUE_ON = "due-on"
    """For which day it was promised: ISO 8601."""
    SPOKE_TO = "spoke-to"
    OFFICE = "office"
    RECEIPT = "receipt"
    """受理番号; 「なし」 where none was given."""
    COUNT = "count"
    WAY = "issue-way"
    """Ordinary or express."""
    PLACES = "places"
    NOTE = "note"

    @property
    def is_day(self) -> bool:
        """Whether it holds a day."""
        return self in (Evidence.ON, Evidence.DUE_ON)


class Opens(Enum):
    """A step that is done by an act of its own, not by filling in fields."""

    SEARCH = "search"
    LEAK = "leak"
    REISSUE = "reissue"
    PUT_BACK = "put-back"
    MEASURES = "measures"


class LostPaper(Enum):
    """A paper that goes with a case or a step."""

    CHECKLIST = "checklist"
    REPORT = "report"
    LEAK_REPORT = "leak-report"
    NOTICE = "notice"
    AUTHORITY = "authority"


class DueBy(Enum):
    """How the time for a step is reckoned."""

    NOW = "now"
    DAYS = "days"
    OPEN_DAYS = "open-days"
    LEAK_FIRST = "leak-first"
    LEAK_FINAL = "leak-final"


class Cost(Enum):
    """What a call costs."""

    FREE = "free"
    PAID = "paid"
    UNKNOWN = "unknown"
