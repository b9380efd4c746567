"""受付方法: the ordered ways in which a resident can be accepted at the clinic's desk that day.

Pure: dated documents and facts in, ways out.  It never decides about burden ratios and it promises
nothing: an open way is one that no rule closes.  Order, area settings, what to bring, what to say
and where each rule comes from are data (``resources/rules/ladder.toml``, domain facts §4.2, §3.2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from facility_app.domain import ladder_card, ladder_papers
from facility_app.domain.coverage import Coverage
from facility_app.domain.dates import age_on, nth_birthday
from facility_app.domain.expiry import ExpiryState
from facility_app.domain.insurance import papers_expected_at_75
from facility_app.domain.items import FaceAuthentication
from facility_app.domain.ladder_card import Asked, Limits, Said, worst
from facility_app.domain.ladder_facts import (
    NOT_HERE,
    Card,
    Documents,
    Openness,
    Paper,
    Place,
    Portal,
    PublicFunds,
    Reason,
    Situation,
    Way,
    Why,
)
from facility_app.domain.ladder_rules import Area, Certainty, LadderRules, RuleSource, WayRule

__all__ = [
    "Area",
    "Block",
    "Bring",
    "Card",
    "Certainty",
    "Documents",
    "LadderRules",
    "Limits",
    "Openness",
    "Paper",
    "Place",
    "Portal",
    "PublicFunds",
    "Reason",
    "RuleSource",
    "Situation",
    "Step",
    "Way",
    "WayRule",
    "Why",
    "WindowPlan",
    "window_plan",
]


@dataclass(frozen=True)
class Step:
    """A way, whether it is left and why; its rule says what goes with it."""

    way: Way
    openness: Openness
    why: tuple[Reason, ...]
    rule: WayRule
    in_grace: bool = False

    @property
    def bring(self) -> tuple[str, ...]:
        """What it needs."""
        return self.rule.bring

    @property
    def say(self) -> str:
        """The sentence to say at the desk."""
        return self.rule.say

    @property
    def cannot(self) -> tuple[str, ...]:
        """What it cannot do; less during the grace."""
        return self.rule.cannot + (self.rule.cannot_in_grace if self.in_grace else ())

    @property
    def source(self) -> RuleSource:
        """Where its rule comes from."""
        return self.rule.source

    @property
    def out_of_place(self) -> bool:
        """Whether it belongs to another place altogether (an ambulance, at a desk)."""
        return any(reason.why in NOT_HERE for reason in self.why)


@dataclass(frozen=True)
class Bring:
    """What goes along whatever the way: ``ladder-along-<code>``; `kind`: the code of its kind."""

    code: str
    kind: str = ""
    until: date | None = None


class Block(Enum):
    """Why nobody should leave like this: whom to ask first."""

    CONTACT_INSURER = "contact-insurer"
    CONTACT_WELFARE_OFFICE = "contact-welfare-office"
    CONTACT_CLINIC = "contact-clinic"


@dataclass(frozen=True)
class WindowPlan:
    """The ladder of one resident for one visit.

    steps: what is left, in order, open and unsure; closed: every other way; grounds: where each
    reason's rule comes from.
    """

    steps: tuple[Step, ...]
    closed: tuple[Step, ...]
    always_bring: tuple[Bring, ...]
    warnings: tuple[Reason, ...]
    blocked: Block | None
    grounds: Mapping[Why, RuleSource] = field(repr=False, compare=False)

    @property
    def first(self) -> Step | None:
        """The way to try first."""
        return self.steps[0] if self.steps else None

    @property
    def bring(self) -> tuple[str, ...]:
        """All that the ways that are left need, each once, in their order."""
        return tuple(dict.fromkeys(code for step in self.steps for code in step.bring))

    @property
    def explained(self) -> tuple[Step, ...]:
        """The closed ways that somebody may wonder about."""
        return tuple(step for step in self.closed if not step.out_of_place)

    def step(self, way: Way) -> Step:
        """The step of a way, left or closed."""
        return next(step for step in (*self.steps, *self.closed) if step.way is way)


_WAYS: Mapping[Way, Callable[[Asked], Iterator[Said]]] = {
    Way.FACE: ladder_card.by_face,
    Way.PIN: ladder_card.by_pin,
    Way.VISUAL: ladder_card.by_eye,
    Way.CERTIFICATE: ladder_papers.certificate,
    Way.PORTAL: ladder_papers.portal,
    Way.NOTICE: ladder_papers.notice,
    Way.PHONE: ladder_papers.phone,
    Way.ORAL: ladder_papers.oral,
    Way.DECLARATION: ladder_papers.declaration,
    Way.LIVELIHOOD: ladder_papers.livelihood,
    Way.RECHECK: ladder_papers.recheck,
    Way.PHARMACY: ladder_papers.pharmacy,
    Way.AMBULANCE: ladder_papers.ambulance,
}


def window_plan(documents: Documents, situation: Situation, rules: LadderRules) -> WindowPlan:
    """The ladder for `documents` in `situation`.  Same input, same plan."""
    asked = Asked(documents, situation, rules.limits)
    steps = [_step(way, rule, asked) for way, rule in rules.ordered(documents, situation)]
    left = tuple(step for step in steps if step.openness is not Openness.CLOSED)
    no_certificate = all(step.way is not Way.CERTIFICATE for step in left)
    return WindowPlan(
        steps=left,
        closed=tuple(step for step in steps if step.openness is Openness.CLOSED),
        always_bring=tuple(_along(documents)),
        warnings=tuple(_warnings(asked, rules, no_certificate)),
        blocked=_blocked(asked, left),
        grounds=rules.grounds,
    )


def _step(way: Way, rule: WayRule, asked: Asked) -> Step:
    openness, why = worst(tuple(_WAYS[way](asked)))
    return Step(way, openness, why, rule, asked.in_grace)


def _along(documents: Documents) -> Iterator[Bring]:
    if documents.ticket is not None and documents.coverage is not Coverage.LIVELIHOOD:
        yield Bring("ticket", until=documents.ticket.expires_on)
    for each in documents.public_funds:
        yield Bring("public-funds", each.kind, each.expires_on)


def _blocked(asked: Asked, left: tuple[Step, ...]) -> Block | None:
    """An expired card or paper promises nothing (§3.2); an emergency is never held up."""
    if asked.situation.place is Place.EMERGENCY:
        return None
    fallbacks = (Way.ORAL, Way.DECLARATION)
    if any(step.way not in fallbacks or step.openness is Openness.OPEN for step in left):
        return None
    if asked.situation.place is Place.PHARMACY:
        return Block.CONTACT_CLINIC
    if asked.documents.coverage is Coverage.LIVELIHOOD:
        return Block.CONTACT_WELFARE_OFFICE
    return Block.CONTACT_INSURER if asked.usable is Openness.CLOSED else None


def _warnings(asked: Asked, rules: LadderRules, no_certificate: bool) -> Iterator[Reason]:
    documents, on = asked.documents, asked.situation.on
    if asked.situation.card_lost:
        if no_certificate:
            yield Reason(Why.CALL_FIRST)
    elif documents.card is not None:
        yield from _of_card(asked, documents.card, no_certificate)
    if no_certificate:
        yield from _due(asked, rules)
    else:
        end = ladder_papers.certificate_end(asked)
        if end is not None and on >= end - timedelta(days=rules.limits.lifetimes.soon_days):
            yield Reason(Why.PAPER_ENDS_SOON, end)
    birthday = nth_birthday(documents.birth, 75)
    if papers_expected_at_75(documents.birth) <= on < birthday and documents.coverage not in (
        Coverage.KOUKI,
        Coverage.LIVELIHOOD,
    ):
        yield Reason(Why.TURNING_75, birthday)
    for each in documents.public_funds:
        if each.expires_on is not None and on > each.expires_on:
            yield Reason(Why.PUBLIC_FUNDS_EXPIRED, each.expires_on, each.kind)


def _of_card(asked: Asked, card: Card, no_certificate: bool) -> Iterator[Reason]:
    if asked.in_grace:
        yield Reason(Why.CERTIFICATE_IN_GRACE, asked.grace_ends)
        if no_certificate and asked.documents.coverage is not Coverage.LIVELIHOOD:
            yield Reason(Why.ASK_INSURER_EARLY, asked.grace_ends)
    ends = [day for day in (card.certificate_expires_on, card.expires_on) if day is not None]
    if asked.state is ExpiryState.SOON:
        yield Reason(Why.CARD_ENDS_SOON, min(ends))
    elif asked.state is ExpiryState.RENEWABLE:
        yield Reason(Why.RENEWAL_OPEN, min(ends))
    if card.face is FaceAuthentication.UNKNOWN:
        yield Reason(Why.LOOK_AT_FACE_NOTE)


def _due(asked: Asked, rules: LadderRules) -> Iterator[Reason]:
    """A 資格確認書 that ought to be there: without a マイナ保険証 that works, or by age (§4.1)."""
    if asked.documents.coverage is Coverage.LIVELIHOOD:
        return
    if asked.usable is Openness.CLOSED:
        yield Reason(Why.CERTIFICATE_DUE)
    elif asked.documents.coverage is Coverage.KOUKI and _by_age(asked, rules):
        yield Reason(Why.CERTIFICATE_BY_AGE)


def _by_age(asked: Asked, rules: LadderRules) -> bool:
    birth, on = asked.documents.birth, asked.situation.on
    if on <= rules.everyone_until:
        return age_on(birth, on) >= rules.everyone_age
    area = rules.areas.get(asked.documents.area)
    if area is None or area.age is None or on < area.effective_from:
        return False
    counted = date(on.year, area.month, area.day)
    counted = counted if counted <= on else counted.replace(year=on.year - 1)
    return age_on(birth, counted) >= area.age
