"""Months as they are typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.i18n import Words
from facility_app.ui.viewmodels.months import month_before, month_text, parse_month

MONTHS = st.dates(date(1912, 8, 1), date(2199, 12, 31)).map(lambda day: day.replace(day=1))


@pytest.mark.parametrize(
    "typed",
    [
        "R8.11",
        "令和8年11月",
        "2026/11",
        "2026-11",
        "202611",
        "２０２６年 １１月",
        "令和8年11月20日",
    ],
)
def test_a_month_is_understood_as_people_write_it(typed):
    assert parse_month(typed) == date(2026, 11, 1)


@pytest.mark.parametrize("typed", ["", "来月", "11", "令和8年", "2026/13", "H31.5", "11/2026"])
def test_what_is_no_month_is_none(typed):
    assert parse_month(typed) is None


@given(MONTHS)
def test_what_is_shown_is_understood(first):
    assert parse_month(month_text(Words("ja"), first)) == first


def test_the_first_year_of_an_era_has_its_name():
    assert month_text(Words("ja"), date(2019, 5, 1)) == "令和元年5月"
    assert month_text(Words("en"), date(2026, 11, 1)) == "November 2026"


@given(MONTHS, st.integers(-200, 200))
def test_months_before_and_after_are_each_other_undone(first, months):
    assert month_before(month_before(first, months), -months) == first
