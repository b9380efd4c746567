"""Ends of insurance papers and burden ratios; the worked dates stand in ``data/insurance.toml``."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.insurance import (
    EndReason,
    Insurance,
    PaperEnd,
    end_at_70,
    end_at_75,
    notice_end,
    paper_end,
    paper_ends,
    papers_expected_at_75,
    period_end,
    possible_ratios,
    ratio_age,
    ratio_changes_at_70,
)
from facility_app.rules import Rules

RULES = Rules()
LIFE = RULES.lifetimes
DATA = tomllib.loads((Path(__file__).parent / "data" / "insurance.toml").read_text("utf-8"))
BIRTHS = st.dates(date(1900, 1, 1), date(2026, 1, 1))
DAYS = st.dates(date(2016, 1, 1), date(2060, 12, 31))
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("row", DATA["turns_70"], ids=lambda row: str(row["birth"]))
def test_turning_70(row: dict[str, date]):
    assert end_at_70(row["birth"]) == row["ends"]
    assert ratio_changes_at_70(row["birth"]) == row["ratio_from"]


@pytest.mark.parametrize("row", DATA["turns_75"], ids=lambda row: str(row["birth"]))
def test_turning_75(row: dict[str, date]):
    assert end_at_75(row["birth"]) == row["ends"]
    assert papers_expected_at_75(row["birth"]) == row["papers"]


@pytest.mark.parametrize("row", DATA["end"], ids=lambda row: f"{row['insurance']}-{row['reason']}")
def test_of_several_ends_the_earliest_holds(row: dict[str, Any]):
    end = paper_end(
        Insurance(row["insurance"]),
        row["birth"],
        row["starts"],
        LIFE,
        printed=row.get("printed"),
        residence_until=row.get("residence_until"),
    )
    assert end == PaperEnd(row["ends"], EndReason(row["reason"]))


def test_a_paper_may_have_no_known_end():
    kouki_member_still_in_a_society = paper_end(Insurance.SHAHO, date(1940, 1, 1), TODAY, LIFE)
    assert kouki_member_still_in_a_society is None


@given(st.sampled_from(Insurance), BIRTHS, DAYS, st.none() | DAYS, st.none() | DAYS)
def test_ends_come_in_order_and_only_stay_within_a_year_for_yearly_papers(
    insurance: Insurance, birth: date, starts: date, printed: date | None, until: date | None
):
    ends = paper_ends(insurance, birth, starts, LIFE, printed=printed, residence_until=until)
    days = [end.day for end in ends]
    assert days == sorted(days)
    assert paper_end(
        insurance, birth, starts, LIFE, printed=printed, residence_until=until
    ) == next(iter(ends), None)
    if insurance is not Insurance.SHAHO:
        assert days[0] <= period_end(starts, LIFE)


@given(DAYS)
def test_the_yearly_period_ends_on_a_31_july_within_a_year(starts: date):
    end = period_end(starts, LIFE)
    assert (end.month, end.day) == (7, 31)
    assert 0 <= (end - starts).days <= 365


def test_notice_is_as_printed_from_75_on_and_ends_before_until_then():
    assert notice_end(date(1951, 11, 20), TODAY, date(2027, 7, 31)) == date(2027, 7, 31)
    assert notice_end(date(1951, 11, 20), TODAY, None) is None
    assert notice_end(date(1951, 11, 21), TODAY, date(2027, 7, 31)) == date(2026, 11, 20)
    assert notice_end(date(1951, 11, 21), TODAY, date(2026, 11, 1)) == date(2026, 11, 1)
    assert notice_end(date(1960, 1, 1), TODAY, None) == date(2034, 12, 31)


@pytest.mark.parametrize(
    ("age", "disabled", "ratios"),
    [
        (0, False, {2}),
        (5, False, {2}),
        (6, False, {3}),
        (69, False, {3}),
        (70, False, {2, 3}),
        (74, False, {2, 3}),
        (75, False, {1, 2, 3}),
        (101, False, {1, 2, 3}),
        (64, True, {3}),
        (65, True, {1, 2, 3}),
        (74, True, {1, 2, 3}),
    ],
)
def test_ratios_by_age(age: int, disabled: bool, ratios: set[int]):
    found = possible_ratios(age, TODAY, RULES.burden, disability_certified=disabled)
    assert found == ratios


def test_the_second_tenth_of_75_began_in_october_2022():
    assert possible_ratios(80, date(2022, 9, 30), RULES.burden) == {1, 3}
    assert possible_ratios(80, date(2022, 10, 1), RULES.burden) == {1, 2, 3}


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        (date(2020, 11, 1), TODAY, 5),
        (date(2020, 11, 1), date(2027, 4, 1), 6),
        (date(2020, 4, 1), date(2026, 4, 1), 6),
        (date(2020, 4, 2), date(2027, 3, 31), 5),
        (date(2020, 4, 2), date(2027, 4, 1), 6),
        (date(1956, 11, 20), date(2026, 11, 30), 69),
        (date(1956, 11, 20), date(2026, 12, 1), 70),
        (date(1956, 12, 1), date(2026, 12, 1), 70),
        (date(1945, 3, 5), TODAY, 81),
    ],
)
def test_the_age_the_burden_table_looks_at(birth: date, on: date, age: int):
    assert ratio_age(birth, on) == age


@given(BIRTHS, DAYS)
def test_everybody_has_a_ratio(birth: date, on: date):
    if birth <= on:
        assert possible_ratios(ratio_age(birth, on), on, RULES.burden)
