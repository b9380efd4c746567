"""カード点検: what the chip said, the dates and the custody record together mean, as findings.

Pure.  What cannot be known here, revocation and suspension (失効・一時停止), is never a finding;
the page and the command say so instead (domain §7.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum

from facility_app.cards.chip import MOST_TRIES, CardKind, Certificate, ChipFacts, Pin
from facility_app.domain.attributes import Comparison
from facility_app.domain.expiry import ExpiryState, Lifetimes, card_state, grace_end
from facility_app.domain.items import FaceAuthentication, ItemState


class Level(StrEnum):
    """How grave a finding is; a block means: this card will not do at the clinic that day."""

    OK = "ok"
    NOTICE = "notice"
    WARN = "warn"
    BLOCK = "block"

    @property
    def weight(self) -> int:
        """Greater is graver."""
        return tuple(Level).index(self)


class Code(StrEnum):
    """What a finding says; the sentences are ``card-finding-<code>`` in the catalogues."""

    NO_CARD = "no_card"
    NOT_A_MY_NUMBER_CARD = "not_a_my_number_card"
    CERTIFICATE_MISSING = "certificate_missing"
    CERTIFICATE_UNREADABLE = "certificate_unreadable"
    CERTIFICATE_NOT_YET_VALID = "certificate_not_yet_valid"
    CERTIFICATE_EXPIRES_SOON = "certificate_expires_soon"
    CERTIFICATE_IN_GRACE = "certificate_in_grace"
    CERTIFICATE_PAST_GRACE = "certificate_past_grace"
    CARD_EXPIRES_SOON = "card_expires_soon"
    CARD_EXPIRED = "card_expired"
    BLOCKED_OR_FACE_CARD = "blocked_or_face_card"
    TRIES_LOW = "tries_low"
    SIGNATURE_CERTIFICATE_MISSING = "signature_certificate_missing"
    # these need the register
    DATES_DIFFER = "dates_differ"
    CARD_OF_ANOTHER_RESIDENT = "card_of_another_resident"
    CARD_NOT_RECOGNISED = "card_not_recognised"
    ATTRIBUTES_DIFFER = "attributes_differ"
    ATTRIBUTES_UNCLEAR = "attributes_unclear"
    NOT_IN_CUSTODY = "not_in_custody"
    REPORTED_LOST = "reported_lost"
    OUT_TO_ANOTHER = "out_to_another"
    # what is well; shown, never counted among the findings of a command
    CERTIFICATE_VALID = "certificate_valid"
    CARD_VALID = "card_valid"
    CARD_RECOGNISED = "card_recognised"
    ATTRIBUTES_MATCH = "attributes_match"


@dataclass(frozen=True)
class Finding:
    """One finding.  `until` is the day it turns on, `days` how many are left from the day asked
    for; `pin` and `tries` belong to the counters, `other` names a person (never logged).
    """

    code: Code
    level: Level
    until: date | None = None
    days: int | None = None
    pin: Pin | None = None
    tries: int | None = None
    other: str = ""


class Recognition(Enum):
    """What chip recognition (design §8.3) says; OFF where it is off, or nothing is known yet."""

    OFF = "off"
    SAME = "same"
    UNKNOWN_CARD = "unknown-card"
    """The resident's card has a mark and this card has another that nobody has: renewed, or not
    theirs."""
    ANOTHER_RESIDENT = "another-resident"


@dataclass(frozen=True)
class Custody:
    """What the register knows about the card of the resident who was chosen.

    `state` None = no My Number card of theirs is in custody; `holder` is who has it while it is
    out to somebody else than the person at the desk, else empty; `other` whose card this is.
    """

    state: ItemState | None
    holder: str = ""
    card_expires_on: date | None = None
    certificate_expires_on: date | None = None
    face_authentication: FaceAuthentication = FaceAuthentication.UNKNOWN
    recognition: Recognition = Recognition.OFF
    other: str = ""
    attributes: Comparison | None = None


def check(
    facts: ChipFacts, on: date, lifetimes: Lifetimes, custody: Custody | None = None
) -> tuple[Finding, ...]:
    """All findings for a visit on `on`, gravest first; those of level OK stand at the end.

    The same facts, day and record always give the same findings in the same order.
    """
    found: list[Finding] = []
    if facts.kind is CardKind.NONE:
        found.append(Finding(Code.NO_CARD, Level.BLOCK))
    elif facts.kind is not CardKind.MY_NUMBER_CARD:
        found.append(Finding(Code.NOT_A_MY_NUMBER_CARD, Level.BLOCK))
    else:
        found += _certificate(facts, on, lifetimes)
        found += _card(facts, on, lifetimes)
        found += _counters(facts, custody)
    if custody is not None and facts.kind in (CardKind.MY_NUMBER_CARD, CardKind.NONE):
        found += _register(facts, custody)
    return tuple(sorted(found, key=lambda each: -each.level.weight))


def worst(findings: Iterable[Finding]) -> Level:
    """The gravest level; OK where there is none."""
    return max((each.level for each in findings), key=lambda level: level.weight, default=Level.OK)


def blocks(findings: Iterable[Finding]) -> bool:
    """Whether anything says that the card will not do."""
    return worst(findings) is Level.BLOCK


def to_mind(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that ask for something; what is well is left out."""
    return tuple(each for each in findings if each.level is not Level.OK)


def _certificate(facts: ChipFacts, on: date, lifetimes: Lifetimes) -> Iterator[Finding]:
    first, last = facts.certificate_from, facts.certificate_until
    if facts.certificate is Certificate.MISSING:
        yield Finding(Code.CERTIFICATE_MISSING, Level.BLOCK)
    elif facts.certificate is not Certificate.READ or first is None or last is None:
        yield Finding(Code.CERTIFICATE_UNREADABLE, Level.BLOCK)
    elif on < first:
        yield Finding(Code.CERTIFICATE_NOT_YET_VALID, Level.BLOCK, first, (first - on).days)
    else:
        yield _certificate_end(last, facts.card_expires_on or date.max, on, lifetimes)


def _certificate_end(last: date, card: date, on: date, lifetimes: Lifetimes) -> Finding:
    """Rules of domain §3.1 and §3.2 for a certificate that has begun: the card's own end, `card`,
    cuts the grace; what else that end means is judged apart."""
    days = (last - on).days
    state = card_state(max(card, last), last, on, lifetimes)
    end = min(grace_end(last, lifetimes), card)
    if state is ExpiryState.UNUSABLE:
        return Finding(Code.CERTIFICATE_PAST_GRACE, Level.BLOCK, end, days)
    if state is ExpiryState.GRACE:
        return Finding(Code.CERTIFICATE_IN_GRACE, Level.WARN, end, (end - on).days)
    if state is ExpiryState.SOON:
        return Finding(Code.CERTIFICATE_EXPIRES_SOON, Level.WARN, last, days)
    return Finding(Code.CERTIFICATE_VALID, Level.OK, last, days)


def _card(facts: ChipFacts, on: date, lifetimes: Lifetimes) -> Iterator[Finding]:
    last = facts.card_expires_on
    if last is None:
        return
    state, days = card_state(last, last, on, lifetimes), (last - on).days
    if on > last:
        yield Finding(Code.CARD_EXPIRED, Level.BLOCK, last, days)
    elif state is ExpiryState.SOON:
        yield Finding(Code.CARD_EXPIRES_SOON, Level.WARN, last, days)
    else:
        yield Finding(Code.CARD_VALID, Level.OK, last, days)


def _counters(facts: ChipFacts, custody: Custody | None) -> Iterator[Finding]:
    """Zero is never called "locked": a face-authentication card may look the same (domain §2).

    Only the PIN that a clinic's reader asks for warns; the others are worth a notice.  Where the
    eye saw 「顔認証」 on the card, zero is as it should be.
    """
    noted = custody is not None and custody.face_authentication is FaceAuthentication.NOTED
    for pin in Pin:
        tries = facts.tries.get(pin)
        if pin is Pin.SIGNATURE and facts.signature_certificate is False:
            continue
        asked_for = Level.WARN if pin is Pin.USER_AUTH and not noted else Level.NOTICE
        if tries == 0:
            yield Finding(Code.BLOCKED_OR_FACE_CARD, asked_for, pin=pin, tries=0)
        elif tries is not None and tries < MOST_TRIES[pin]:
            yield Finding(Code.TRIES_LOW, asked_for, pin=pin, tries=tries)
    if facts.signature_certificate is False:
        yield Finding(Code.SIGNATURE_CERTIFICATE_MISSING, Level.NOTICE)


_STATES = {
    ItemState.LOST: (Code.REPORTED_LOST, Level.BLOCK),
    ItemState.RETURNED: (Code.NOT_IN_CUSTODY, Level.WARN),
    ItemState.DISPOSED: (Code.NOT_IN_CUSTODY, Level.WARN),
}
_RECOGNISED = {
    Recognition.SAME: (Code.CARD_RECOGNISED, Level.OK),
    Recognition.UNKNOWN_CARD: (Code.CARD_NOT_RECOGNISED, Level.WARN),
    Recognition.ANOTHER_RESIDENT: (Code.CARD_OF_ANOTHER_RESIDENT, Level.BLOCK),
}
_COMPARED = {
    Comparison.MATCH: (Code.ATTRIBUTES_MATCH, Level.OK),
    Comparison.REVIEW: (Code.ATTRIBUTES_UNCLEAR, Level.WARN),
    Comparison.DIFFERENT: (Code.ATTRIBUTES_DIFFER, Level.BLOCK),
}


def _register(facts: ChipFacts, custody: Custody) -> Iterator[Finding]:
    if custody.state is None:
        yield Finding(Code.NOT_IN_CUSTODY, Level.WARN)
    elif custody.state in _STATES:
        yield Finding(*_STATES[custody.state])
    elif custody.state is ItemState.OUT and custody.holder:
        yield Finding(Code.OUT_TO_ANOTHER, Level.WARN, other=custody.holder)
    if custody.recognition in _RECOGNISED:
        yield Finding(*_RECOGNISED[custody.recognition], other=custody.other)
    if custody.attributes is not None:
        yield Finding(*_COMPARED[custody.attributes])
    if differing_dates(facts, custody):
        yield Finding(Code.DATES_DIFFER, Level.WARN)


def differing_dates(facts: ChipFacts, custody: Custody) -> dict[str, date]:
    """The chip's dates that the register has otherwise or not at all, by the item's column."""
    if custody.state is None:
        return {}
    pairs = (
        ("card_expires_on", facts.card_expires_on, custody.card_expires_on),
        ("certificate_expires_on", facts.certificate_until, custody.certificate_expires_on),
    )
    return {name: chip for name, chip, noted in pairs if chip is not None and chip != noted}
