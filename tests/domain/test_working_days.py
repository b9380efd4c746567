"""Open days: national holidays by their rules, the turn of the year, and dates around them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.working_days import Closed, Holidays, OpenDays, holidays_in
from facility_app.rules import Rules

OPEN = Rules().open_days
DAYS = st.dates(date(2022, 1, 1), date(2099, 12, 31))

# 内閣府「国民の祝日について」: the lists that the Cabinet Office published.
PUBLISHED = {
    2022: "0101 0110 0211 0223 0321 0429 0503 0504 0505 0718 0811 0919 0923 1010 1103 1123",
    2023: "0101 0102 0109 0211 0223 0321 0429 0503 0504 0505 0717 0811 0918 0923 1009 1103 1123",
    2024: "0101 0108 0211 0212 0223 0320 0429 0503 0504 0505 0506 0715 0811 0812 0916 0922 0923 "
    "1014 1103 1104 1123",
    2025: "0101 0113 0211 0223 0224 0320 0429 0503 0504 0505 0506 0721 0811 0915 0923 1013 1103 "
    "1123 1124",
    2026: "0101 0112 0211 0223 0320 0429 0503 0504 0505 0506 0720 0811 0921 0922 0923 1012 1103 "
    "1123",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_rules_give_the_published_holidays(year: int):
    published = {date(year, int(day[:2]), int(day[2:])) for day in PUBLISHED[year].split()}
    assert holidays_in(OPEN.holidays, year) == published


def test_a_day_between_two_holidays_and_a_substitute_of_three_days_later():
    assert date(2026, 9, 22) in holidays_in(OPEN.holidays, 2026)
    assert date(2026, 5, 6) in holidays_in(OPEN.holidays, 2026)  # 3 May is a Sunday


def test_a_single_year_may_differ():
    moved = Holidays(
        fixed=OPEN.holidays.fixed,
        added=frozenset({date(2027, 7, 22)}),
        removed=frozenset({date(2027, 8, 11)}),
    )
    found = holidays_in(moved, 2027)
    assert date(2027, 7, 22) in found
    assert date(2027, 8, 11) not in found


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 24)),  # a Friday before a Monday that is a holiday
        (date(2026, 11, 20), 4, date(2026, 11, 27)),
        (date(2026, 11, 21), 0, date(2026, 11, 24)),
        (date(2026, 12, 28), 1, date(2027, 1, 4)),  # over 年末年始
        (date(2026, 12, 29), 0, date(2027, 1, 4)),
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
        (date(2027, 2, 26), 1, date(2027, 3, 1)),
        (date(2024, 12, 27), 1, date(2025, 1, 6)),  # nine days closed
        (date(2026, 5, 1), 1, date(2026, 5, 7)),
    ],
)
def test_open_days_are_counted_over_month_ends_leap_days_and_the_turn_of_the_year(
    day: date, count: int, then: date
):
    assert OPEN.after(day, count) == then


@given(DAYS)
def test_the_next_and_the_last_open_day_are_the_nearest(day: date):
    after, before = OPEN.next_open(day), OPEN.last_open(day)
    assert before <= day <= after
    assert OPEN.is_open(after)
    assert OPEN.is_open(before)
    between = (before + timedelta(days=n) for n in range(1, (after - before).days))
    assert not any(OPEN.is_open(each) for each in between)
    assert (after - before).days <= 11


@given(DAYS, st.integers(1, 40))
def test_counting_open_days_passes_exactly_that_many(day: date, count: int):
    then = OPEN.after(day, count)
    passed = (day + timedelta(days=n) for n in range(1, (then - day).days + 1))
    assert sum(OPEN.is_open(each) for each in passed) == count
    assert OPEN.is_open(then)


@given(DAYS)
def test_weekends_and_the_turn_of_the_year_are_closed(day: date):
    if day.weekday() >= 5 or (day.month, day.day) in [(12, 29), (12, 31), (1, 1), (1, 3)]:
        assert not OPEN.is_open(day)


@given(st.integers(2022, 2099))
def test_no_holiday_on_a_sunday_is_lost(year: int):
    days = holidays_in(OPEN.holidays, year)
    assert 16 <= len(days) <= 22
    for day in days:
        if day.weekday() == 6:
            run = day
            while run in days:
                run += timedelta(days=1)
            assert (run - day).days >= 2


@given(DAYS, st.integers(1, 12), st.integers(1, 28), st.integers(1, 12), st.integers(1, 28))
def test_a_closed_season_covers_its_ends(day: date, m1: int, d1: int, m2: int, d2: int):
    closed = Closed(m1, d1, m2, d2)
    assert closed.covers(day.replace(month=m1, day=d1))
    assert closed.covers(day.replace(month=m2, day=d2))


def test_without_holidays_only_weekends_and_the_season_are_closed():
    plain = OpenDays(Holidays(), Closed(12, 29, 1, 3))
    assert plain.is_open(date(2026, 11, 23))
    assert not plain.is_open(date(2026, 12, 30))
