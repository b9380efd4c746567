"""Dates as people type and read them; the worked examples stand in ``data/dates.toml``."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain import dates
from facility_app.domain.dates import (
    ERAS,
    add_months,
    age_on,
    birthday_in,
    day_before,
    end_of_month,
    era_of,
    format_month_day,
    format_wareki,
    format_wareki_short,
    nth_birthday,
    parse_date,
    parse_date_noting,
)
from facility_app.errors import Refused

DATA = tomllib.loads((Path(__file__).parent / "data" / "dates.toml").read_text(encoding="utf-8"))
DAYS = st.dates(min_value=dates.EARLIEST, max_value=dates.LATEST)
REFUSED = [(name, text) for name, texts in DATA["refused"].items() for text in texts]


@pytest.mark.parametrize(("text", "day"), DATA["accepted"].items())
def test_what_people_type_is_understood(text: str, day: date):
    assert parse_date(text) == day
    assert parse_date_noting(text).note_key is None


@pytest.mark.parametrize(("text", "day"), DATA["noted"].items())
def test_the_last_day_of_an_old_era_is_taken_with_a_note(text: str, day: date):
    assert parse_date_noting(text) == dates.ParsedDate(day, "dates.two_eras")


@pytest.mark.parametrize(("text", "day"), DATA["offered"].items())
def test_a_day_the_era_never_had_is_refused_and_the_right_one_offered(text: str, day: date):
    with pytest.raises(dates.EraDateNeverExisted) as refused:
        parse_date(text)
    assert refused.value.offered == day
    assert parse_date(format_wareki(refused.value.offered)) == day


@pytest.mark.parametrize(("name", "text"), REFUSED)
def test_what_leaves_a_doubt_is_refused(name: str, text: str):
    with pytest.raises(Refused) as refused:
        parse_date(text)
    assert type(refused.value).__name__ == name
    assert refused.value.facts()["given"] == text.strip()


@given(DAYS, st.booleans(), st.booleans())
def test_every_printed_date_is_read_back(day: date, weekday: bool, gregorian: bool):
    assert parse_date(format_wareki(day, weekday=weekday, gregorian=gregorian)) == day
    assert parse_date(format_wareki_short(day, weekday=weekday)) == day
    assert parse_date(day.isoformat()) == parse_date(f"{day:%Y%m%d}") == day


@given(DAYS)
def test_full_width_reads_like_half_width(day: date):
    wide = str.maketrans("0123456789/.", "０１２３４５６７８９／．")
    for text in (format_wareki(day), format_wareki_short(day), f"{day.year}/{day.month}/{day.day}"):
        assert parse_date(text.translate(wide)) == day


@given(st.text(max_size=30) | st.from_regex(r"[明大昭平令MTSHR]?\d{1,4}[年/.]\d{1,3}[月/.]\d{1,3}"))
def test_any_text_gives_a_day_or_a_refusal(text: str):
    try:
        parsed = parse_date_noting(text)
    except Refused:
        return
    assert dates.EARLIEST <= parsed.day <= dates.LATEST


@given(st.sampled_from(ERAS), st.integers(1, 120), st.integers(1, 12), st.integers(1, 31))
def test_an_era_year_is_taken_as_it_stands_or_offered_elsewhere(
    era: dates.Era, year: int, month: int, day: int
):
    text = f"{era.name}{year}年{month}月{day}日"
    parsed, offered = _answer(text)
    assert offered is None or era_of(offered) is not era
    if parsed is not None:
        assert era.first <= parsed <= (era.last or dates.LATEST)
        assert parsed.year - era.first.year + 1 == year


def _answer(text: str) -> tuple[date | None, date | None]:
    """The day `text` is, and the day offered in its place."""
    try:
        return parse_date(text), None
    except dates.EraDateNeverExisted as refused:
        return None, refused.offered
    except Refused:
        return None, None


def test_eras_follow_each_other():
    for older, newer in pairwise(ERAS):
        assert older.last is not None
        assert timedelta(0) <= newer.first - older.last <= timedelta(days=1)
    assert era_of(date(1868, 10, 22)) is None
    assert era_of(date(1926, 12, 25)) is ERAS[2]


def test_forms_for_people():
    day = date(2026, 11, 20)
    assert format_wareki(day) == "令和8年11月20日"
    assert format_wareki(day, weekday=True) == "令和8年11月20日(金)"
    assert format_wareki(day, gregorian=True) == "令和8年(2026年)11月20日"
    assert format_wareki(date(2019, 5, 1)) == "令和元年5月1日"
    assert format_wareki(date(1872, 3, 5), gregorian=True) == "1872年3月5日"
    assert format_wareki_short(day) == "R8.11.20"
    assert format_wareki_short(day, weekday=True) == "R8.11.20(金)"
    assert format_wareki_short(date(2019, 5, 1)) == "R1.5.1"
    assert format_wareki_short(date(1860, 3, 5)) == "1860.3.5"
    assert format_month_day(day) == "11月20日"
    assert format_month_day(day, weekday=True) == "11月20日(金)"


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 5, 31), -3, date(2027, 2, 28)),
        (date(2028, 5, 31), -3, date(2028, 2, 29)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_clamp_to_the_end(day: date, months: int, expected: date):
    assert add_months(day, months) == expected


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-600, 600))
def test_months_never_skip_a_month(day: date, months: int):
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == min(day.day, end_of_month(moved).day)
    assert (end_of_month(moved) + timedelta(days=1)).day == 1


@given(st.dates(date(1900, 1, 1), date(2020, 12, 31)), st.integers(0, 110))
def test_age_grows_on_the_birthday_and_only_then(birth: date, age: int):
    birthday = nth_birthday(birth, age)
    assert age_on(birth, birthday) == age
    assert age_on(birth, day_before(birthday)) == age - 1
    assert (birthday.month, birthday.day) != (3, 1) or (birth.month, birth.day) == (3, 1)


def test_born_on_29_february():
    birth = date(1944, 2, 29)
    assert birthday_in(birth, 2027) == date(2027, 2, 28)
    assert birthday_in(birth, 2028) == date(2028, 2, 29)
    assert age_on(birth, date(2027, 2, 27)) == 82
    assert age_on(birth, date(2027, 2, 28)) == 83
