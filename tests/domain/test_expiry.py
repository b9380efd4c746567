"""Lifetimes and states; the worked dates stand in ``data/expiry.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.dates import birthday_in
from facility_app.domain.expiry import (
    ExpiryState,
    Residence,
    ResidenceStatus,
    Stage,
    card_body_stages,
    card_expiry,
    card_stages,
    card_state,
    certificate_expiry,
    certificate_stages,
    grace_end,
    kyokai_kenpo_kakunin,
    minor_age,
    noted_card_state,
    noted_or_computed,
    paper_stages,
    paper_state,
    renewal_open,
    soon_from,
    stage_on,
)
from facility_app.rules import Rules

LIFE = Rules().lifetimes
DATA = tomllib.loads((Path(__file__).parent / "data" / "expiry.toml").read_text(encoding="utf-8"))
DAYS = st.dates(date(2016, 1, 1), date(2060, 12, 31))
ONE = timedelta(days=1)
STATES = list(ExpiryState)


@pytest.mark.parametrize("row", DATA["renewal_open"], ids=lambda row: str(row["expires"]))
def test_renewal_opens_the_day_after_three_months_before(row: dict[str, date]):
    assert renewal_open(row["expires"], LIFE) == row["opens"]


@pytest.mark.parametrize("row", DATA["grace_end"], ids=lambda row: str(row["certificate"]))
def test_grace_runs_from_the_end_of_the_month(row: dict[str, date]):
    assert grace_end(row["certificate"], LIFE) == row["ends"]
    assert kyokai_kenpo_kakunin(row["certificate"], LIFE) == row["kyokai_after"]


@pytest.mark.parametrize("row", DATA["card"], ids=lambda row: f"{row['birth']}-{row['issued']}")
def test_a_card_ends_on_the_birthday_the_law_names(row: dict[str, Any]):
    limited = ResidenceStatus.LIMITED if "until" in row else ResidenceStatus.JAPANESE
    residence = Residence(limited, row.get("until"), row.get("extended_on"))
    renewed_from = row.get("renewed_from")
    card = card_expiry(
        row["issued"],
        row["birth"],
        row["applied"],
        LIFE,
        renewed_from=renewed_from,
        residence=residence,
    )
    certificate = certificate_expiry(
        row["issued"], row["birth"], card, LIFE, renewed_from=renewed_from, residence=residence
    )
    assert (card, certificate) == (row["expires"], row["certificate"])


@pytest.mark.parametrize(
    "status", [status for status in ResidenceStatus if status is not ResidenceStatus.LIMITED]
)
def test_permanent_residents_are_as_japanese(status: ResidenceStatus):
    arguments = (date(2025, 4, 1), date(1990, 6, 10), date(2025, 3, 1), LIFE)
    residence = Residence(status, date(2026, 1, 1))
    assert card_expiry(*arguments, residence=residence) == card_expiry(*arguments)


def test_the_age_line_before_the_first_one_is_the_first_one():
    assert minor_age(date(2015, 10, 5), LIFE) == 20
    assert minor_age(date(2022, 3, 31), LIFE) == 20
    assert minor_age(date(2022, 4, 1), LIFE) == 18


@pytest.mark.parametrize("row", DATA["state"], ids=lambda row: f"{row['card']}")
def test_each_state_begins_on_its_day(row: dict[str, date]):
    seen = ExpiryState.VALID
    starts = {row[state.value]: state for state in ExpiryState if state.value in row}
    day = min(starts) - timedelta(days=400)
    while day <= max(starts) + timedelta(days=400):
        seen = starts.get(day, seen)
        assert card_state(row["card"], row["certificate"], day, LIFE) is seen, day
        day += ONE


@pytest.mark.parametrize("row", DATA["paper"], ids=lambda row: str(row["expires"]))
def test_papers_know_no_renewal_and_no_grace(row: dict[str, date]):
    expires = row["expires"]
    assert paper_state(expires, row["soon"] - ONE, LIFE) is ExpiryState.VALID
    assert paper_state(expires, row["soon"], LIFE) is ExpiryState.SOON
    assert paper_state(expires, expires, LIFE) is ExpiryState.SOON
    assert paper_state(expires, row["unusable"], LIFE) is ExpiryState.UNUSABLE
    assert [stage.state.value for stage in paper_stages(expires, LIFE)] == [
        "valid",
        "soon",
        "unusable",
    ]


def test_no_certificate_is_unusable_and_a_paper_without_an_end_is_valid():
    today = date(2026, 11, 20)
    assert card_state(date(2036, 1, 1), None, today, LIFE) is ExpiryState.UNUSABLE
    assert card_stages(date(2036, 1, 1), None, LIFE) == (Stage(ExpiryState.UNUSABLE, None, None),)
    assert paper_state(None, today, LIFE) is ExpiryState.VALID
    assert paper_stages(None, LIFE) == (Stage(ExpiryState.VALID, None, None),)


@pytest.mark.parametrize(
    ("card", "certificate", "expected"),
    [
        (None, None, None),
        (date(2036, 1, 1), None, None),
        (None, date(2031, 1, 1), None),
        (date(2026, 12, 1), None, ExpiryState.SOON),
        (date(2026, 11, 19), None, ExpiryState.UNUSABLE),
        (None, date(2027, 1, 31), ExpiryState.RENEWABLE),
        (None, date(2026, 11, 19), ExpiryState.GRACE),
        (None, date(2026, 7, 31), ExpiryState.UNUSABLE),
        (date(2036, 1, 1), date(2031, 1, 1), ExpiryState.VALID),
    ],
)
def test_a_date_nobody_noted_is_never_taken_for_good(
    card: date | None, certificate: date | None, expected: ExpiryState | None
):
    assert noted_card_state(card, certificate, date(2026, 11, 20), LIFE) is expected


def test_the_shown_date_wins_over_the_computed_one():
    computed = date(2030, 3, 5)
    assert noted_or_computed(None, computed) == (computed, False)
    assert noted_or_computed(computed, computed) == (computed, False)
    assert noted_or_computed(date(2030, 3, 6), computed) == (date(2030, 3, 6), True)


@given(DAYS, DAYS, DAYS)
def test_the_timeline_and_the_state_say_the_same(card: date, certificate: date, today: date):
    stages = card_stages(card, certificate, LIFE)
    assert stage_on(stages, today).state is card_state(card, certificate, today, LIFE)
    assert [stage.state for stage in stages] == sorted(
        (stage.state for stage in stages), key=STATES.index
    )
    assert stages[0].first is None
    assert stages[-1].last is None
    for earlier, later in pairwise(stages):
        assert earlier.last is not None
        assert later.first == earlier.last + ONE


@given(DAYS, DAYS)
def test_the_paper_timeline_and_the_state_say_the_same(expires: date, today: date):
    assert stage_on(paper_stages(expires, LIFE), today).state is paper_state(expires, today, LIFE)


@given(DAYS, DAYS, DAYS)
def test_a_card_never_gets_better_by_waiting(card: date, certificate: date, today: date):
    now = STATES.index(card_state(card, certificate, today, LIFE))
    assert STATES.index(card_state(card, certificate, today + ONE, LIFE)) >= now


def test_rows_of_the_timeline_as_drawn():
    certificate = certificate_stages(date(2026, 12, 8), None, LIFE)
    assert [stage.first for stage in certificate[1:]] == [
        date(2026, 9, 9),
        date(2026, 11, 8),
        date(2026, 12, 9),
        date(2027, 4, 1),
    ]
    body = card_body_stages(date(2031, 12, 8), LIFE)
    assert [stage.state for stage in body] == [
        ExpiryState.VALID,
        ExpiryState.RENEWABLE,
        ExpiryState.SOON,
        ExpiryState.UNUSABLE,
    ]


def test_a_longer_warning_than_renewal_leaves_renewal_out():
    early = replace(LIFE, soon_days=365)
    states = [stage.state for stage in card_body_stages(date(2031, 12, 8), early)]
    assert states == [ExpiryState.VALID, ExpiryState.SOON, ExpiryState.UNUSABLE]


@given(
    st.dates(date(1910, 1, 1), date(2026, 1, 1)), DAYS, st.one_of(st.none(), DAYS), st.booleans()
)
def test_a_card_ends_on_a_birthday_and_its_certificate_never_after_it(
    birth: date, issued: date, renewed_from: date | None, limited: bool
):
    if birth > issued:
        birth, issued = issued, max(birth, issued)
    card = card_expiry(issued, birth, issued, LIFE, renewed_from=renewed_from)
    certificate = certificate_expiry(issued, birth, card, LIFE, renewed_from=renewed_from)
    assert card == birthday_in(birth, card.year)
    assert issued < certificate <= card
    assert 4 <= (card - issued).days / 365.25 <= 11.01
    until = Residence(ResidenceStatus.LIMITED, issued + timedelta(days=500))
    assert card_expiry(issued, birth, issued, LIFE, residence=until) <= issued + timedelta(days=500)


@given(DAYS)
def test_soon_is_thirty_days_and_inside_the_renewal_period(expires: date):
    assert (expires - soon_from(expires, LIFE)).days == 30
    assert renewal_open(expires, LIFE) < soon_from(expires, LIFE)
