"""Burden ratios are compared and questioned, never decided (domain §5)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.coverage import IncomeClass
from facility_app.domain.insurance import (
    NotedRatio,
    RatioState,
    last_change,
    possible_ratios,
    ratio_state,
)
from facility_app.rules import Rules

RULES = Rules()
TODAY = date(2026, 11, 20)
I = IncomeClass  # noqa: E741  # a table reads better


@pytest.mark.parametrize(
    ("age", "income", "ratios"),
    [
        (5, I.UNKNOWN, {2}),
        (30, I.UNKNOWN, {3}),
        (30, I.ACTIVE, {3}),
        (72, I.UNKNOWN, {2, 3}),
        (72, I.GENERAL, {2}),
        (72, I.ABOVE, {2}),
        (72, I.ACTIVE, {3}),
        (80, I.UNKNOWN, {1, 2, 3}),
        (80, I.GENERAL, {1}),
        (80, I.ABOVE, {2}),
        (80, I.ACTIVE, {3}),
    ],
)
def test_the_table_by_age_and_income(age: int, income: IncomeClass, ratios: set[int]) -> None:
    assert possible_ratios(age, TODAY, RULES.burden, income=income) == ratios


@pytest.mark.parametrize(
    ("on", "change"),
    [
        (date(2026, 7, 31), date(2025, 8, 1)),
        (date(2026, 8, 1), date(2026, 8, 1)),
        (date(2026, 12, 31), date(2026, 8, 1)),
        (date(2027, 1, 1), date(2026, 8, 1)),
    ],
)
def test_ratios_change_on_the_first_of_august(on: date, change: date) -> None:
    assert last_change(on, RULES.lifetimes) == change


def noted(tenths: int, as_of: date = date(2026, 8, 1)) -> NotedRatio:
    return NotedRatio(tenths, "券面", as_of)


@pytest.mark.parametrize(
    ("ratio", "possible", "state"),
    [
        (None, {1, 2, 3}, RatioState.MISSING),
        (noted(1), {1, 2, 3}, RatioState.KNOWN),
        (noted(1, date(2026, 7, 31)), {1, 2, 3}, RatioState.TO_CONFIRM),
        (noted(3), {1}, RatioState.IMPOSSIBLE),
        (noted(3, date(2024, 4, 1)), {1, 2}, RatioState.IMPOSSIBLE),
        (noted(3, date(2024, 4, 1)), {3}, RatioState.KNOWN),
        (noted(3), set(), RatioState.KNOWN),
        (noted(3, date(2024, 4, 1)), set(), RatioState.TO_CONFIRM),
    ],
)
def test_what_is_to_be_thought_of_a_ratio(
    ratio: NotedRatio | None, possible: set[int], state: RatioState
) -> None:
    assert ratio_state(ratio, frozenset(possible), TODAY, RULES.lifetimes) is state


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_the_last_change_is_the_nearest_first_of_august_behind(on: date) -> None:
    change = last_change(on, RULES.lifetimes)
    assert (change.month, change.day) == (8, 1)
    assert timedelta(0) <= on - change < timedelta(days=366)
