"""Loans: purposes and due times, lateness and its escalation, emergency release, the return.

Rules: issue #2 "The desk"; purposes are data (``resources/rules/purposes.toml``), set by the
manager.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum, IntEnum

MAX_PURPOSES = 6
ESCALATION_MINUTES = (0, 15, 60)
REASON_WITHIN = timedelta(hours=24)


class DueKind(Enum):
    """RELATIVE: minutes after leaving.  ABSOLUTE: a time of day, `days` later."""

    RELATIVE = "relative"
    ABSOLUTE = "absolute"


@dataclass(frozen=True)
class DueRule:
    """When things are due back.  `after_visit_minutes`: added to the visit's planned return."""

    kind: DueKind
    minutes: int = 0
    at: time = time(17, 0)
    days: int = 0
    after_visit_minutes: int = 0


@dataclass(frozen=True)
class Purpose:
    """A reason button of the desk; which kinds usually go along stands with the kinds."""

    code: str
    ja: str
    en: str
    due: DueRule
    in_house: bool = False

    def name(self, language: str) -> str:
        """The purpose's name in a language of the program."""
        return self.en if language == "en" else self.ja


def due_at(rule: DueRule, now: datetime, visit_return: datetime | None = None) -> datetime:
    """When things leaving at `now` (aware, local) are due back; always after `now`.

    A visit's planned return (aware), where it is still to come, comes before the rule.  An absolute
    time that has passed means the next day.
    """
    if visit_return is not None:
        planned = visit_return + timedelta(minutes=rule.after_visit_minutes)
        if planned > now:
            return planned.astimezone(now.tzinfo)
    if rule.kind is DueKind.RELATIVE:
        return now + timedelta(minutes=max(rule.minutes, 1))
    due = now.replace(hour=rule.at.hour, minute=rule.at.minute, second=0, microsecond=0)
    due += timedelta(days=rule.days)
    return due if due > now else due + timedelta(days=1)


class Escalation(IntEnum):
    """How loud an overdue loan is: not, strip, sound, banner; ordered."""

    NONE = 0
    LATE = 1
    LATE_15 = 2
    LATE_60 = 3


def minutes_late(due: datetime, now: datetime) -> int:
    """Whole minutes since `due`; negative while there is time left."""
    return (now - due) // timedelta(minutes=1)


def escalation(
    due: datetime, now: datetime, minutes: tuple[int, int, int] = ESCALATION_MINUTES
) -> Escalation:
    """The step reached at `now`; `minutes` after `due` each step begins (the very minute
    counts)."""
    late = now - due
    return Escalation(sum(late >= timedelta(minutes=each) for each in sorted(minutes)))


class EmergencyStanding(Enum):
    """What an emergency release still lacks; LATE = no reason after 24 hours."""

    REASON_MISSING = "reason-missing"
    REASON_LATE = "reason-late"
    REVIEW_MISSING = "review-missing"
    CLOSED = "closed"


def reason_due(released_at: datetime) -> datetime:
    """Until when the reason of an emergency release must be written down."""
    return released_at + REASON_WITHIN


def emergency_standing(
    released_at: datetime, now: datetime, *, has_reason: bool, reviewed: bool
) -> EmergencyStanding:
    """What is still to be done about an emergency release; a review counts only with a reason."""
    if not has_reason:
        late = now > reason_due(released_at)
        return EmergencyStanding.REASON_LATE if late else EmergencyStanding.REASON_MISSING
    return EmergencyStanding.CLOSED if reviewed else EmergencyStanding.REVIEW_MISSING


def may_review(reviewer: int, released_by: int, reason_by: int, holder: int | None) -> bool:
    """Whether the member of staff `reviewer` is a second person: not the one who released, gave the
    reason or carried the things (staff ids)."""
    return reviewer not in (released_by, reason_by, holder)


@dataclass(frozen=True)
class ReturnOutcome:
    """What a return leads to.

    came: item id → pieces taken back; whole: items of which every piece is back; missing: pieces
    that stay out; foreign: reported items that never left with this loan.
    """

    came: Mapping[int, int]
    whole: frozenset[int]
    missing: int
    foreign: frozenset[int]


def reconcile(expected: Mapping[int, int], reported: Mapping[int, int]) -> ReturnOutcome:
    """Compare a return with what is out: both map an item's id to pieces.

    An item that is not reported, or with fewer pieces, stays out with the rest of its pieces; more
    pieces than left count as all of them.
    """
    came = {
        item: min(expected[item], count)
        for item, count in reported.items()
        if count > 0 and item in expected
    }
    return ReturnOutcome(
        came=came,
        whole=frozenset(item for item, count in came.items() if count == expected[item]),
        missing=sum(expected.values()) - sum(came.values()),
        foreign=frozenset(item for item, count in reported.items() if count > 0) - expected.keys(),
    )


_PARTS = re.compile(r"\d+|[^\W\d_]+")
"""The letters and the figures of a slot's label."""


def same_slot(given: str, expected: str) -> bool:
    """Whether two labels name one place as people type them: ``a5``, ``Ａ－０５`` and ``A-05``."""
    return _slot_parts(given) == _slot_parts(expected)


def _slot_parts(label: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", label).upper()
    return [part.lstrip("0") or part for part in _PARTS.findall(plain)]
