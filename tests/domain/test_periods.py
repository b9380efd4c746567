"""Months and quarters, with both ends and in Japanese days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.clock import local_date
from facility_app.domain.periods import Period, month_of, quarter_of

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def test_a_month_has_its_last_day_and_a_quarter_its_three_months() -> None:
    assert month_of(date(2028, 2, 3)) == Period(date(2028, 2, 1), date(2028, 2, 29))
    assert quarter_of(date(2026, 11, 20)) == Period(date(2026, 10, 1), date(2026, 12, 31))
    assert quarter_of(date(2026, 4, 1)) == Period(date(2026, 4, 1), date(2026, 6, 30))


@given(DAYS)
def test_every_day_lies_in_its_month_and_the_month_in_its_quarter(day: date) -> None:
    month, quarter = month_of(day), quarter_of(day)
    assert month.first <= day <= month.last
    assert quarter.first <= month.first
    assert month.last <= quarter.last
    assert list(month.months()) == [month.first]
    assert month.first in list(quarter.months())
    assert len(list(quarter.months())) == 3


@given(DAYS, st.integers(0, 4000))
def test_the_moments_of_a_period_are_those_of_its_days(first: date, days: int) -> None:
    period = Period(first, first + timedelta(days=days))
    assert local_date(period.begins_at) == period.first
    assert local_date(period.ends_before) == period.last + timedelta(days=1)
    assert local_date(period.ends_before - timedelta(microseconds=1)) == period.last


def test_days_are_japanese_days() -> None:
    november = month_of(date(2026, 11, 1))
    assert november.begins_at == datetime(2026, 10, 31, 15, tzinfo=UTC)
    assert november.ends_before == datetime(2026, 11, 30, 15, tzinfo=UTC)


def test_a_period_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="period"):
        Period(date(2026, 11, 2), date(2026, 11, 1))
