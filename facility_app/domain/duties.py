"""Duties (やること): what dates and events of a resident ask for, and from when until when.

A duty is computed, never stored: the same facts give the same `key`, so that nothing appears twice,
and it is gone when the facts say that it was done.  What a person did about one is kept by that key
(services/duties).  Rules: domain facts §3-§4 and the rulings of §3.2; numbers and sources in
``resources/rules/duties.toml``; worked cases in ``tests/domain/data/duty_cases.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from functools import cached_property

from facility_app.domain.coverage import Answer, Coverage
from facility_app.domain.expiry import Lifetimes
from facility_app.domain.items import ItemState, RenewalCycle
from facility_app.domain.ladder_rules import Area, RuleSource
from facility_app.domain.life_events import LifeEventKind


class DutyKind(Enum):
    """What is to be done; its words stand in the catalogues."""

    RENEW_CERTIFICATE = "renew-certificate"
    RENEW_CARD = "renew-card"
    RENEW_PAPER = "renew-paper"
    RESIDENCE_PERIOD = "residence-period"
    NOTICE_MISSING = "notice-missing"
    NOTICE_AT_FAMILY = "notice-at-family"
    ASK_INSURER = "ask-insurer"
    NOTE_DATES = "note-dates"
    NEW_PAPER = "new-paper"
    COLLECT_OLD = "collect-old"
    AREA_CERTIFICATE = "area-certificate"
    RATIO_CHECK = "ratio-check"
    TURNS_70 = "turns-70"
    TURNS_75 = "turns-75"
    ASK_RESIDENCE = "ask-residence"
    MOVE_IN_NOTICE = "move-in-notice"
    CONTINUED_USE = "continued-use"
    LIVELIHOOD_BEGINS = "livelihood-begins"
    LIVELIHOOD_ENDS = "livelihood-ends"
    ASK_CERTIFICATE = "ask-certificate"
    FOLLOW_CERTIFICATE = "follow-certificate"
    FOLLOW_CANCEL = "follow-cancel"
    CANCEL_EFFECT = "cancel-effect"
    FACE_CARD = "face-card"
    HAND_BACK = "hand-back"
    HAND_BACK_DEATH = "hand-back-death"


RENEWALS = frozenset(
    {
        DutyKind.RENEW_CERTIFICATE,
        DutyKind.RENEW_CARD,
        DutyKind.RENEW_PAPER,
        DutyKind.RESIDENCE_PERIOD,
    }
)
"""Duties about a thing that cannot be used after their last day."""

SEASON = frozenset(
    {
        DutyKind.NEW_PAPER,
        DutyKind.AREA_CERTIFICATE,
        DutyKind.COLLECT_OLD,
        DutyKind.RATIO_CHECK,
    }
)
"""The list of July and August: new papers in, old ones collected, ratios looked at."""


class DutyPlace(Enum):
    """Where it is done, or with whom."""

    CITY = "city"
    INSURER = "insurer"
    WELFARE = "welfare"
    FAMILY = "family"
    HOUSE = "house"


class Urgency(Enum):
    """OPEN: there is time; SOON; GRACE: past, but still of some use; OVER: past its last day."""

    OPEN = "open"
    SOON = "soon"
    GRACE = "grace"
    OVER = "over"


@dataclass(frozen=True)
class Held:
    """One thing in custody.  `expires`, `since`: of papers; `ratio_as_of` is set with a ratio;
    `face_noted`: 追記欄「顔認証」."""

    id: int
    kind: str
    received: date
    is_card: bool = False
    card_expires: date | None = None
    certificate_expires: date | None = None
    expires: date | None = None
    since: date | None = None
    face_noted: bool = False
    ratio_as_of: date | None = None
    state: ItemState = ItemState.IN_SAFE


@dataclass(frozen=True)
class Event:
    """What happened, as `LifeEventKind` says."""

    kind: LifeEventKind
    on: date
    until: date | None = None
    item_id: int | None = None


@dataclass(frozen=True)
class Person:
    """All facts about one resident that duties come from.  `held`: everything still in custody, and
    every 資格確認書 that ever was; `visits`: days of planned visits, in order."""

    id: int
    birth: date | None = None
    admitted: date | None = None
    discharged: date | None = None
    deceased: date | None = None
    residence_until: date | None = None
    coverage: Coverage = Coverage.UNKNOWN
    registered: Answer = Answer.UNKNOWN
    held: tuple[Held, ...] = ()
    events: tuple[Event, ...] = ()
    visits: tuple[date, ...] = ()

    @cached_property
    def at_hand(self) -> list[Held]:
        """What is in the cabinet or out for a while, not lost."""
        return [each for each in self.held if each.state in _AT_HAND]

    def latest(self, kind: LifeEventKind) -> Event | None:
        """The newest event of a kind."""
        if not self.events:
            return None
        found = [each for each in self.events if each.kind is kind]
        return max(found, key=lambda each: each.on) if found else None


_AT_HAND = (ItemState.IN_SAFE, ItemState.OUT)


@dataclass(frozen=True)
class DutyRule:
    """What goes with a kind of duty.  bring: ``duty-bring-…`` in the catalogues; proxy: whether
    somebody else may do it with a 委任状; soon_days: 「間近」 from so many days before."""

    place: DutyPlace
    bring: tuple[str, ...]
    proxy: bool
    soon_days: int
    source: RuleSource


@dataclass(frozen=True)
class Lead:
    """When a kind of paper can be applied for: `days` before its end, or the day after `months`."""

    months: int = 0
    days: int = 0


@dataclass(frozen=True)
class DutyNumbers:
    """Days and months of the rules; see the rule file."""

    notice_months: int
    notice_counts_months: int
    move_in_days: int
    move_out_days: int
    continued_use_days: int
    livelihood_days: int
    hand_back_days: int
    follow_days: int
    follow_due_days: int
    collect_days: int
    ratio_days: int
    lapse_months: int


@dataclass(frozen=True)
class DutyRules:
    """The rule data of duties.  `certificate`, `health`: codes of kinds of papers."""

    kinds: Mapping[DutyKind, DutyRule]
    numbers: DutyNumbers
    leads: Mapping[str, Lead]
    certificate: str
    health: frozenset[str]


@dataclass(frozen=True)
class DutyFrame:
    """What the duties of all residents are reckoned with.  cycles: of the kinds as the facility has
    them; many: kinds of which somebody may have several; area: who gets a paper without asking."""

    lifetimes: Lifetimes
    rules: DutyRules
    cycles: Mapping[str, RenewalCycle] = field(default_factory=dict)
    many: frozenset[str] = frozenset()
    area: Area | None = None

    @cached_property
    def reach(self) -> timedelta:
        """Nothing that ends later than this from today can be renewed yet."""
        leads = [max(lead.months * 31, lead.days) for lead in self.rules.leads.values()]
        months = [cycle.apply_months for cycle in self.cycles.values()]
        longest = max(self.lifetimes.renewal_months, *months, 1) * 31
        return timedelta(days=max(longest, self.lifetimes.soon_days, *leads) + 1)

    @property
    def numbers(self) -> DutyNumbers:
        """The days and months of the rules."""
        return self.rules.numbers


@dataclass(frozen=True)
class Duty:
    """One task.  first: the day from which it is shown; due: its last day in time; last: the day
    after which it is not shown any more (None = until it is done).

    period: what tells it from the same task of another time.  grace_until: until then a thing past
    `due` is still of some use.  before_visit: the next visit, where the thing lapses before it.
    """

    kind: DutyKind
    resident_id: int
    first: date
    due: date | None
    period: str
    item_id: int | None = None
    last: date | None = None
    grace_until: date | None = None
    before_visit: date | None = None

    @cached_property
    def key(self) -> str:
        """The same for the same task on every day, and never that of another."""
        return f"{self.kind.value}/{self.resident_id}/{self.item_id or 0}/{self.period}"

    def is_shown(self, today: date) -> bool:
        """Whether there is something to do on `today`."""
        return self.first <= today and (self.last is None or today <= self.last)


def urgency(duty: Duty, today: date, rules: DutyRules) -> Urgency:
    """How pressing it is on `today`; its last day is itself in time."""
    if duty.due is None:
        return Urgency.OPEN
    if today > duty.due:
        in_grace = duty.grace_until is not None and today <= duty.grace_until
        return Urgency.GRACE if in_grace else Urgency.OVER
    near = (duty.due - today).days <= rules.kinds[duty.kind].soon_days
    return Urgency.SOON if near or duty.before_visit is not None else Urgency.OPEN
