"""What chip, dates and register together mean: every rule of the panel, and what always holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.cards.check import (
    Code,
    Custody,
    Finding,
    Level,
    Recognition,
    blocks,
    check,
    differing_dates,
    to_mind,
    worst,
)
from facility_app.cards.chip import MOST_TRIES, NOTHING, CardKind, Certificate, ChipFacts, Pin
from facility_app.domain.attributes import Comparison
from facility_app.domain.items import FaceAuthentication, ItemState
from facility_app.rules import Rules

LIFETIMES = Rules().lifetimes
ON = date(2026, 11, 20)
GOOD = ChipFacts(
    CardKind.MY_NUMBER_CARD,
    Certificate.READ,
    date(2026, 5, 1),
    date(2031, 5, 1),
    signature_certificate=True,
    card_expires_on=date(2036, 5, 1),
    tries=MOST_TRIES,
)
HELD = Custody(ItemState.IN_SAFE, "", date(2036, 5, 1), date(2031, 5, 1))


def codes(facts: ChipFacts, on: date = ON, custody: Custody | None = None) -> dict[Code, Level]:
    return {each.code: each.level for each in to_mind(check(facts, on, LIFETIMES, custody))}


def test_a_good_card_gives_nothing_to_mind_and_says_what_is_well():
    assert codes(GOOD) == {}
    assert codes(GOOD, custody=HELD) == {}
    well = {each.code for each in check(GOOD, ON, LIFETIMES)}
    assert well == {Code.CERTIFICATE_VALID, Code.CARD_VALID}
    assert worst(check(GOOD, ON, LIFETIMES)) is Level.OK


def test_an_empty_reader_and_other_cards_block():
    assert codes(NOTHING) == {Code.NO_CARD: Level.BLOCK}
    for kind in set(CardKind) - {CardKind.NONE, CardKind.MY_NUMBER_CARD}:
        assert codes(ChipFacts(kind), custody=HELD) == {Code.NOT_A_MY_NUMBER_CARD: Level.BLOCK}


@pytest.mark.parametrize(
    ("day", "code", "level"),
    [
        (date(2026, 4, 30), Code.CERTIFICATE_NOT_YET_VALID, Level.BLOCK),
        (date(2026, 5, 1), None, None),
        (date(2031, 3, 31), None, None),  # 31 days left
        (date(2031, 4, 1), Code.CERTIFICATE_EXPIRES_SOON, Level.WARN),  # 30 days left
        (date(2031, 5, 1), Code.CERTIFICATE_EXPIRES_SOON, Level.WARN),  # the last day is valid
        (date(2031, 5, 2), Code.CERTIFICATE_IN_GRACE, Level.WARN),
        (date(2031, 8, 31), Code.CERTIFICATE_IN_GRACE, Level.WARN),  # three months after May's end
        (date(2031, 9, 1), Code.CERTIFICATE_PAST_GRACE, Level.BLOCK),
    ],
)
def test_the_certificate_is_judged_on_the_day_of_the_visit(day, code, level):
    assert codes(GOOD, day) == ({} if code is None else {code: level})


@pytest.mark.parametrize(
    ("day", "code", "level"),
    [
        (date(2030, 4, 30), None, None),
        (date(2030, 5, 1), Code.CARD_EXPIRES_SOON, Level.WARN),
        (date(2030, 5, 31), Code.CARD_EXPIRES_SOON, Level.WARN),
        (date(2030, 6, 1), Code.CARD_EXPIRED, Level.BLOCK),
    ],
)
def test_the_card_itself_ends_without_grace(day, code, level):
    facts = replace(GOOD, card_expires_on=date(2030, 5, 31))
    assert codes(facts, day) == ({} if code is None else {code: level})


def test_the_cards_own_end_cuts_the_grace():
    """Domain §3.2; an extended card of a foreign resident does not extend its certificate."""
    facts = replace(GOOD, certificate_until=date(2026, 10, 10), card_expires_on=date(2026, 12, 10))
    (grace,) = [
        each
        for each in check(facts, date(2026, 11, 5), LIFETIMES)
        if each.code is Code.CERTIFICATE_IN_GRACE
    ]
    assert grace.until == date(2026, 12, 10)
    after = codes(facts, date(2026, 12, 11))
    assert after == {Code.CARD_EXPIRED: Level.BLOCK, Code.CERTIFICATE_PAST_GRACE: Level.BLOCK}


def test_a_card_that_does_not_tell_its_own_end_is_not_blamed():
    assert codes(replace(GOOD, card_expires_on=None)) == {}


def test_missing_and_unreadable_certificates_block():
    none = replace(GOOD, certificate_from=None, certificate_until=None)
    missing = replace(none, certificate=Certificate.MISSING)
    unreadable = replace(none, certificate=Certificate.UNREADABLE)
    assert codes(missing) == {Code.CERTIFICATE_MISSING: Level.BLOCK}
    assert codes(unreadable) == {Code.CERTIFICATE_UNREADABLE: Level.BLOCK}


@pytest.mark.parametrize("pin", Pin)
def test_low_and_empty_counters_are_told_per_pin(pin):
    level = Level.WARN if pin is Pin.USER_AUTH else Level.NOTICE
    low = replace(GOOD, tries={**MOST_TRIES, pin: 1})
    assert Finding(Code.TRIES_LOW, level, pin=pin, tries=1) in check(low, ON, LIFETIMES)
    empty = replace(GOOD, tries={**MOST_TRIES, pin: 0})
    assert Finding(Code.BLOCKED_OR_FACE_CARD, level, pin=pin, tries=0) in check(
        empty, ON, LIFETIMES
    )
    silent = replace(GOOD, tries={**MOST_TRIES, pin: None})
    assert codes(silent) == {}, "what the card did not say is nothing to mind"


def test_a_face_card_seen_by_eye_does_not_warn_of_its_empty_counters():
    facts = replace(GOOD, signature_certificate=False, tries={**MOST_TRIES, Pin.USER_AUTH: 0})
    assert codes(facts)[Code.BLOCKED_OR_FACE_CARD] is Level.WARN
    noted = replace(HELD, face_authentication=FaceAuthentication.NOTED)
    assert codes(facts, custody=noted)[Code.BLOCKED_OR_FACE_CARD] is Level.NOTICE


def test_no_signature_certificate_is_a_notice_and_its_counter_is_no_matter():
    facts = replace(GOOD, signature_certificate=False, tries={**MOST_TRIES, Pin.SIGNATURE: 0})
    assert codes(facts) == {Code.SIGNATURE_CERTIFICATE_MISSING: Level.NOTICE}


@pytest.mark.parametrize(
    ("custody", "code", "level"),
    [
        (replace(HELD, state=ItemState.LOST), Code.REPORTED_LOST, Level.BLOCK),
        (replace(HELD, state=ItemState.RETURNED), Code.NOT_IN_CUSTODY, Level.WARN),
        (Custody(None), Code.NOT_IN_CUSTODY, Level.WARN),
        (replace(HELD, state=ItemState.OUT, holder="例田"), Code.OUT_TO_ANOTHER, Level.WARN),
        (replace(HELD, certificate_expires_on=None), Code.DATES_DIFFER, Level.WARN),
        (replace(HELD, card_expires_on=date(2036, 5, 2)), Code.DATES_DIFFER, Level.WARN),
        (
            replace(HELD, recognition=Recognition.ANOTHER_RESIDENT, other="見本 花"),
            Code.CARD_OF_ANOTHER_RESIDENT,
            Level.BLOCK,
        ),
        (
            replace(HELD, recognition=Recognition.UNKNOWN_CARD),
            Code.CARD_NOT_RECOGNISED,
            Level.WARN,
        ),
        (replace(HELD, attributes=Comparison.DIFFERENT), Code.ATTRIBUTES_DIFFER, Level.BLOCK),
        (replace(HELD, attributes=Comparison.REVIEW), Code.ATTRIBUTES_UNCLEAR, Level.WARN),
    ],
)
def test_the_register_adds_its_findings(custody, code, level):
    assert codes(GOOD, custody=custody) == {code: level}


def test_out_to_the_person_at_the_desk_is_nothing_to_mind():
    assert codes(GOOD, custody=replace(HELD, state=ItemState.OUT)) == {}


def test_what_agrees_is_said_too():
    custody = replace(HELD, recognition=Recognition.SAME, attributes=Comparison.MATCH)
    found = {each.code for each in check(GOOD, ON, LIFETIMES, custody)}
    assert {Code.CARD_RECOGNISED, Code.ATTRIBUTES_MATCH} <= found
    assert codes(GOOD, custody=custody) == {}


DAYS = st.dates(date(2015, 1, 1), date(2050, 1, 1))
TRIES = st.fixed_dictionaries({pin: st.none() | st.integers(0, 15) for pin in Pin})
FACTS = st.builds(
    ChipFacts,
    kind=st.sampled_from(CardKind),
    certificate=st.sampled_from(Certificate),
    certificate_from=st.none() | DAYS,
    certificate_until=st.none() | DAYS,
    signature_certificate=st.none() | st.booleans(),
    card_expires_on=st.none() | DAYS,
    tries=TRIES,
)
CUSTODIES = st.none() | st.builds(
    Custody,
    state=st.none() | st.sampled_from(ItemState),
    holder=st.sampled_from(["", "例田"]),
    card_expires_on=st.none() | DAYS,
    certificate_expires_on=st.none() | DAYS,
    face_authentication=st.sampled_from(FaceAuthentication),
    recognition=st.sampled_from(Recognition),
    attributes=st.none() | st.sampled_from(Comparison),
)


@given(FACTS, DAYS, CUSTODIES)
def test_any_facts_give_ordered_findings_and_a_verdict(facts, on, custody):
    found = check(facts, on, LIFETIMES, custody)
    assert found == check(facts, on, LIFETIMES, custody)
    weights = [each.level.weight for each in found]
    assert weights == sorted(weights, reverse=True)
    assert blocks(found) == (Level.BLOCK in {each.level for each in found})
    if facts.kind is not CardKind.MY_NUMBER_CARD:
        assert blocks(found), "only a My Number card opens anything at a clinic"


@given(DAYS, DAYS, st.integers(0, 4000))
def test_a_later_visit_never_makes_a_certificate_better_once_it_has_begun(last, on, later):
    facts = replace(GOOD, certificate_from=date(2000, 1, 1), certificate_until=last)
    facts = replace(facts, card_expires_on=None)
    now, then = (worst(check(facts, day, LIFETIMES)) for day in (on, on + timedelta(days=later)))
    assert then.weight >= now.weight


@given(FACTS, CUSTODIES.filter(lambda custody: custody is not None))
def test_a_corrected_register_differs_no_more(facts, custody):
    fixed = replace(custody, **differing_dates(facts, custody))
    assert differing_dates(facts, fixed) == {}
