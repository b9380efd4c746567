"""Lifetimes of cards, certificates and papers, and what a date means today.

Rules: domain §3.1 (worked) and the rulings of §3.2.  Every number is data (`Lifetimes`, from
``resources/rules/lifetimes.toml``).  A date that the chip or the paper shows wins over a computed
one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from facility_app.domain.dates import (
    add_months,
    age_on,
    birthday_in,
    end_of_month,
)


@dataclass(frozen=True)
class AgeLine:
    """Cards applied for from this day on: who is younger than `under` at issue gets the shorter
    life."""

    applied_from: date
    under: int


@dataclass(frozen=True)
class Lifetimes:
    """The numbers behind every expiry, counted in birthdays after issue, months or days."""

    card_birthdays: int
    card_birthdays_minor: int
    minor_lines: tuple[AgeLine, ...]
    certificate_birthdays: int
    renewal_months: int
    soon_days: int
    grace_months: int
    kyokai_kenpo_months: int
    residence_extension_months: int
    period_end_month: int
    period_end_day: int


class ExpiryState(Enum):
    """有効 → 更新可 → 期限間近 → 猶予中 (eligibility only) → 利用不可; computed, never stored."""

    VALID = "valid"
    RENEWABLE = "renewable"
    SOON = "soon"
    GRACE = "grace"
    UNUSABLE = "unusable"


class ResidenceStatus(Enum):
    """What decides whether a foreign resident's card follows the residence period (在留期間)."""

    JAPANESE = "japanese"
    PERMANENT = "permanent"
    SPECIAL_PERMANENT = "special-permanent"
    HIGHLY_SKILLED_2 = "highly-skilled-2"
    LIMITED = "limited"


@dataclass(frozen=True)
class Residence:
    """A residence period.  `until` binds LIMITED only; `extended_on`: the day the city entered +2
    months."""

    status: ResidenceStatus = ResidenceStatus.JAPANESE
    until: date | None = None
    extended_on: date | None = None

    @property
    def end(self) -> date | None:
        """The last day of the residence period where it limits a card, else None."""
        return self.until if self.status is ResidenceStatus.LIMITED else None


JAPANESE = Residence()


def renewal_open(expires: date, lifetimes: Lifetimes) -> date:
    """The first day of renewal: (expiry - 3 months, clamped to the month's end) + 1 day."""
    return add_months(expires, -lifetimes.renewal_months) + timedelta(days=1)


def soon_from(expires: date, lifetimes: Lifetimes) -> date:
    """The first day of 期限間近: 30 days or fewer are left."""
    return expires - timedelta(days=lifetimes.soon_days)


def grace_end(certificate_expires: date, lifetimes: Lifetimes) -> date:
    """The last day a card with a lapsed certificate still shows eligibility."""
    return end_of_month(add_months(end_of_month(certificate_expires), lifetimes.grace_months))


def kyokai_kenpo_kakunin(certificate_expires: date, lifetimes: Lifetimes) -> date:
    """協会けんぽ sends the 資格確認書 only after this day; other insurers differ, so plan for a
    gap."""
    return end_of_month(
        add_months(end_of_month(certificate_expires), lifetimes.kyokai_kenpo_months)
    )


def is_early_renewal(issued: date, renewed_from: date | None, lifetimes: Lifetimes) -> bool:
    """Whether the old one (expiry `renewed_from`) had under 3 months left on the day of issue."""
    if renewed_from is None:
        return False
    return renewal_open(renewed_from, lifetimes) <= issued <= renewed_from


def birthday_after(issued: date, birth: date, count: int) -> date:
    """The `count`-th birthday (1 = next) after `issued`; one on the day of issue does not count."""
    first = issued.year + (birthday_in(birth, issued.year) <= issued)
    return birthday_in(birth, first + count - 1)


def minor_age(applied_on: date, lifetimes: Lifetimes) -> int:
    """Under this age at issue a card has the shorter life; the line follows the application day."""
    lines = sorted(lifetimes.minor_lines, key=lambda line: line.applied_from)
    begun = [line for line in lines if line.applied_from <= applied_on]
    return (begun or lines)[-1 if begun else 0].under


def card_expiry(
    issued: date,
    birth: date,
    applied_on: date,
    lifetimes: Lifetimes,
    *,
    renewed_from: date | None = None,
    residence: Residence = JAPANESE,
) -> date:
    """The last valid day of a card: 10th birthday after issue (5th for minors), one more when
    renewed early; never after a foreign resident's 在留期限 (+ 2 months where entered before
    expiry)."""
    minor = age_on(birth, issued) < minor_age(applied_on, lifetimes)
    count = lifetimes.card_birthdays_minor if minor else lifetimes.card_birthdays
    early = is_early_renewal(issued, renewed_from, lifetimes)
    by_birthday = birthday_after(issued, birth, count + early)
    if residence.end is None:
        return by_birthday
    end = min(by_birthday, residence.end)
    if residence.extended_on is None or residence.extended_on > end:
        return end
    return min(by_birthday, add_months(residence.end, lifetimes.residence_extension_months))


def certificate_expiry(
    issued: date,
    birth: date,
    card_expires: date,
    lifetimes: Lifetimes,
    *,
    renewed_from: date | None = None,
    residence: Residence = JAPANESE,
) -> date:
    """The last valid day of a certificate: 5th birthday after issue (6th when renewed early), never
    after the card, never after the 在留期限: an extended card does not extend its certificate."""
    early = is_early_renewal(issued, renewed_from, lifetimes)
    by_birthday = birthday_after(issued, birth, lifetimes.certificate_birthdays + early)
    return min(end for end in (by_birthday, card_expires, residence.end) if end is not None)


def card_state(
    card_expires: date, certificate_expires: date | None, today: date, lifetimes: Lifetimes
) -> ExpiryState:
    """What a card is good for on `today`; `certificate_expires` None = it carries no certificate.

    An expiry day is itself valid.  The earlier of the two dates drives 更新可 and 期限間近; the
    card's own end cuts the grace.
    """
    if certificate_expires is None or today > card_expires:
        return ExpiryState.UNUSABLE
    if today > certificate_expires:
        in_grace = today <= grace_end(certificate_expires, lifetimes)
        return ExpiryState.GRACE if in_grace else ExpiryState.UNUSABLE
    first = min(card_expires, certificate_expires)
    if today >= soon_from(first, lifetimes):
        return ExpiryState.SOON
    return ExpiryState.RENEWABLE if today >= renewal_open(first, lifetimes) else ExpiryState.VALID


def paper_state(expires: date | None, today: date, lifetimes: Lifetimes) -> ExpiryState:
    """What a paper is good for on `today`: 有効, 期限間近, 利用不可.  `expires` None = it has no
    end."""
    if expires is None or today < soon_from(expires, lifetimes):
        return ExpiryState.VALID
    return ExpiryState.SOON if today <= expires else ExpiryState.UNUSABLE


def noted_card_state(
    card_expires: date | None, certificate_expires: date | None, today: date, lifetimes: Lifetimes
) -> ExpiryState | None:
    """As `card_state` where the register may lack a date (None = not noted, not "has none").

    Judges by the date that is there; None where nothing bad is known and not everything is known.
    """
    if card_expires is not None and certificate_expires is not None:
        return card_state(card_expires, certificate_expires, today, lifetimes)
    known = card_expires or certificate_expires
    if known is None:
        return None
    state = card_state(date.max if card_expires is None else known, known, today, lifetimes)
    return None if state is ExpiryState.VALID else state


@dataclass(frozen=True)
class Stage:
    """One stage of a timeline; both days belong to it; None = open to that side."""

    state: ExpiryState
    first: date | None
    last: date | None


def card_stages(
    card_expires: date, certificate_expires: date | None, lifetimes: Lifetimes
) -> tuple[Stage, ...]:
    """The stages of a whole card in order; on every day the one that `card_state` says."""
    if certificate_expires is None:
        return (Stage(ExpiryState.UNUSABLE, None, None),)
    expires = min(card_expires, certificate_expires)
    return _stages(
        (ExpiryState.RENEWABLE, renewal_open(expires, lifetimes)),
        (ExpiryState.SOON, soon_from(expires, lifetimes)),
        (ExpiryState.GRACE, _next(expires)),
        (ExpiryState.UNUSABLE, _next(min(card_expires, grace_end(certificate_expires, lifetimes)))),
    )


def certificate_stages(
    certificate_expires: date, card_expires: date | None, lifetimes: Lifetimes
) -> tuple[Stage, ...]:
    """The row 電子証明書 of the timeline: with 猶予中, cut by the card's end where that is
    known."""
    return card_stages(card_expires or date.max, certificate_expires, lifetimes)


def card_body_stages(card_expires: date, lifetimes: Lifetimes) -> tuple[Stage, ...]:
    """The row カード本体 of the timeline: no 猶予中, the card's end is the end of everything."""
    return card_stages(card_expires, card_expires, lifetimes)


def paper_stages(expires: date | None, lifetimes: Lifetimes) -> tuple[Stage, ...]:
    """The stages of a paper: 有効, 期限間近, 利用不可; one open stage where it has no end."""
    if expires is None:
        return (Stage(ExpiryState.VALID, None, None),)
    return _stages(
        (ExpiryState.SOON, soon_from(expires, lifetimes)), (ExpiryState.UNUSABLE, _next(expires))
    )


def stage_on(stages: tuple[Stage, ...], day: date) -> Stage:
    """The stage that holds `day`; `stages` must come from one of the functions above."""
    return next(stage for stage in stages if stage.last is None or day <= stage.last)


def _stages(*starts: tuple[ExpiryState, date]) -> tuple[Stage, ...]:
    """Stages from their first days, VALID before them; an empty one is left out, the later one
    wins."""
    stages: list[Stage] = []
    last: date | None = None
    for state, start in reversed(starts):
        if last is None or start <= last:
            stages.insert(0, Stage(state, start, last))
            last = start - timedelta(days=1)
    return (Stage(ExpiryState.VALID, None, last), *stages)


def _next(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def noted_or_computed(shown: date | None, computed: date) -> tuple[date, bool]:
    """The date that counts, and whether the shown one differs (a finding).  The shown one wins."""
    return (computed, False) if shown is None else (shown, shown != computed)
