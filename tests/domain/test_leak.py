"""The clock of a leak report: the safe day is never after the last one, and nothing is decided."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.leak import LeakAnswer
from facility_app.rules import Rules

RULES = Rules()
LEAK, OPEN = RULES.leak, RULES.open_days
DAYS = st.dates(date(2022, 4, 1), date(2099, 6, 30))
ANSWERS = st.dictionaries(
    st.sampled_from([each.code for each in LEAK.classes]), st.sampled_from(LeakAnswer)
)


@pytest.mark.parametrize(
    ("known", "wrongful", "safe", "last"),
    [
        # day 1 is the day of knowing: the 30th day is 29 days later
        (date(2026, 11, 20), False, date(2026, 12, 18), date(2026, 12, 21)),  # a Saturday
        (date(2026, 12, 3), False, date(2026, 12, 28), date(2027, 1, 4)),  # 1 January
        (date(2026, 12, 1), False, date(2026, 12, 28), date(2027, 1, 4)),  # 30 December
        (date(2028, 1, 31), False, date(2028, 2, 29), date(2028, 2, 29)),  # a leap day
        (date(2027, 1, 31), False, date(2027, 3, 1), date(2027, 3, 1)),  # none that year
        (date(2026, 11, 20), True, date(2027, 1, 18), date(2027, 1, 18)),
        (date(2026, 11, 4), True, date(2026, 12, 28), date(2027, 1, 4)),  # 2 January, a Saturday
        (date(2026, 4, 7), False, date(2026, 5, 1), date(2026, 5, 7)),  # 6 May, a substitute
    ],
)
def test_the_final_report_over_month_ends_leap_days_and_the_turn_of_the_year(
    known: date, wrongful: bool, safe: date, last: date
):
    days = LEAK.clock.deadlines(known, wrongful=wrongful, days=OPEN)
    assert (days.final_safe, days.final_last) == (safe, last)


def test_the_first_report_counts_weekends_and_does_not_move():
    days = LEAK.clock.deadlines(date(2026, 12, 30), wrongful=False, days=OPEN)
    assert (days.first_safe, days.first_last) == (date(2027, 1, 1), date(2027, 1, 3))


@given(DAYS, st.booleans())
def test_the_safe_day_is_never_after_the_last_and_both_are_near_the_counted_one(
    known: date, wrongful: bool
):
    clock = LEAK.clock
    days = clock.deadlines(known, wrongful=wrongful, days=OPEN)
    counted = known + timedelta(
        days=(clock.final_days_wrongful if wrongful else clock.final_days) - 1
    )
    assert known <= days.first_safe <= days.first_last <= days.final_safe
    assert days.final_safe <= counted <= days.final_last
    assert OPEN.is_open(days.final_safe)
    assert OPEN.is_open(days.final_last)
    if OPEN.is_open(counted):
        assert days.final_safe == days.final_last == counted


@given(DAYS, st.integers(1, 30))
def test_knowing_later_never_gives_an_earlier_day(known: date, later: int):
    one = LEAK.clock.deadlines(known, wrongful=False, days=OPEN)
    other = LEAK.clock.deadlines(known + timedelta(days=later), wrongful=False, days=OPEN)
    assert one.first_safe < other.first_safe
    assert one.final_safe <= other.final_safe
    assert one.final_last <= other.final_last


@given(ANSWERS)
def test_only_a_clear_yes_to_wrongful_intent_gives_more_time(answers: dict[str, LeakAnswer]):
    assert LEAK.wrongful(answers) == (answers.get("wrongful") is LeakAnswer.YES)


@given(ANSWERS)
def test_what_nobody_answered_is_named_when_asking(answers: dict[str, LeakAnswer]):
    concerned = {each.code for each in LEAK.concerned(answers)}
    assert concerned == {
        each.code for each in LEAK.classes if answers.get(each.code) is not LeakAnswer.NO
    }


def test_four_classes_nine_items_and_somebody_to_ask():
    assert len(LEAK.classes) == 4
    assert len(LEAK.items) == 9
    assert LEAK.ask
    every = frozenset(RULES.lost.things) - {"cabinet-key"}
    for thing in every:
        assert LEAK.protections_of(frozenset({thing})), thing
        assert LEAK.data_of(frozenset({thing})), thing
