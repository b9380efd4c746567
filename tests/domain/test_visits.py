"""Series of visits and what cannot be booked together."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.visits import (
    ASSUMED_LENGTH,
    LAST,
    Booking,
    ConflictKind,
    Recurrence,
    Repeat,
    all_clashes,
    clash,
    clashes,
    is_last_weekday,
    nth_weekday,
)

DAY = st.dates(date(2000, 1, 1), date(2060, 12, 31))
NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def monthly(first: date, **rule: Any) -> Recurrence:
    repeat = Repeat.MONTHLY_DAY if "day" in rule else Repeat.MONTHLY_WEEKDAY
    return Recurrence(repeat, first, **rule)


def test_the_31st_falls_on_the_last_day_of_shorter_months() -> None:
    found = monthly(date(2027, 11, 1), day=31).days(date(2027, 11, 1), date(2028, 4, 30))
    assert [(day.month, day.day) for day in found] == [
        (11, 30),
        (12, 31),
        (1, 31),
        (2, 29),
        (3, 31),
        (4, 30),
    ]


@pytest.mark.parametrize(("year", "last"), [(2027, 28), (2028, 29), (2100, 28)])
def test_the_29th_in_february(year: int, last: int) -> None:
    (day,) = monthly(date(year, 1, 1), day=29).days(date(year, 2, 1), date(year, 2, last))
    assert day == date(year, 2, last)


def test_a_fifth_friday_comes_only_in_the_months_that_have_one() -> None:
    found = monthly(date(2026, 1, 1), weekday=4, nth=5).days(date(2026, 1, 1), date(2026, 12, 31))
    assert [day.isoformat() for day in found] == [
        "2026-01-30",
        "2026-05-29",
        "2026-07-31",
        "2026-10-30",
    ]


def test_the_last_friday_comes_every_month() -> None:
    found = monthly(date(2026, 1, 1), weekday=4, nth=LAST).days(
        date(2026, 1, 1), date(2026, 12, 31)
    )
    assert len(found) == 12
    assert all(is_last_weekday(day) for day in found)


def test_every_second_week_counts_from_the_first_day_of_the_series() -> None:
    rule = Recurrence(Repeat.WEEKLY, date(2026, 11, 18), every=2, weekday=4)
    assert rule.days(date(2026, 12, 1), date(2026, 12, 31)) == [
        date(2026, 12, 4),
        date(2026, 12, 18),
    ]


def test_an_end_before_the_beginning_has_no_days() -> None:
    rule = Recurrence(Repeat.WEEKLY, date(2026, 11, 18), until=date(2026, 11, 1))
    assert rule.days(date(2026, 1, 1), date(2027, 1, 1)) == []


@pytest.mark.parametrize(
    "wrong", [{"every": 0}, {"weekday": 7}, {"nth": 0}, {"nth": 6}, {"day": 0}, {"day": 32}]
)
def test_numbers_outside_their_range_are_no_recurrence(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="range"):
        Recurrence(Repeat.WEEKLY, date(2026, 11, 20), **wrong)


RECURRENCES = st.builds(
    Recurrence,
    repeat=st.sampled_from(Repeat),
    first=DAY,
    until=st.none() | DAY,
    every=st.integers(1, 6),
    weekday=st.integers(0, 6),
    nth=st.sampled_from([1, 2, 3, 4, 5, LAST]),
    day=st.integers(1, 31),
)


@given(RECURRENCES, DAY, st.integers(0, 800))
def test_days_are_in_order_within_both_ends_and_as_the_rule_says(
    rule: Recurrence, begin: date, length: int
) -> None:
    end = begin + timedelta(days=length)
    found = rule.days(begin, end)
    assert found == sorted(set(found))
    for day in found:
        assert begin <= day <= end
        assert rule.first <= day
        assert rule.until is None or day <= rule.until
        last = calendar.monthrange(day.year, day.month)[1]
        if rule.repeat is Repeat.MONTHLY_DAY:
            assert day.day == min(rule.day, last)
        else:
            assert day.weekday() == rule.weekday
        if rule.repeat is Repeat.MONTHLY_WEEKDAY:
            assert is_last_weekday(day) if rule.nth == LAST else nth_weekday(day)[0] == rule.nth


@given(RECURRENCES, DAY, st.integers(0, 400), st.integers(0, 400))
def test_days_of_two_stretches_are_those_of_the_whole(
    rule: Recurrence, begin: date, first: int, second: int
) -> None:
    middle = begin + timedelta(days=first)
    end = middle + timedelta(days=1 + second)
    halves = rule.days(begin, middle) + rule.days(middle + timedelta(days=1), end)
    assert halves == rule.days(begin, end)


@given(RECURRENCES, DAY)
def test_a_monthly_series_is_never_twice_in_a_month(rule: Recurrence, begin: date) -> None:
    found = rule.days(begin, begin + timedelta(days=1200))
    months = [(day.year, day.month) for day in found]
    if rule.repeat is not Repeat.WEEKLY:
        assert len(set(months)) == len(months)
        steps = {(y - rule.first.year) * 12 + m - rule.first.month for y, m in months}
        assert all(step % rule.every == 0 for step in steps)


# --- conflicts ---------------------------------------------------------------------------------


def booking(id_: int = 1, **changed: Any) -> Booking:
    values: dict[str, Any] = {
        "resident_id": 1,
        "escort_id": None,
        "starts_at": NOON,
        "returns_at": NOON + timedelta(hours=1),
        "place": "見本内科",
    }
    return Booking(id_, **(values | changed))


def later(**by: float) -> dict[str, Any]:
    starts = NOON + timedelta(**by)
    return {"starts_at": starts, "returns_at": starts + timedelta(hours=1)}


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (booking(2), ConflictKind.RESIDENT),
        (booking(2, **later(minutes=59)), ConflictKind.RESIDENT),
        (booking(2, **later(hours=1)), None),
        (booking(1), None),
        (booking(2, resident_id=2), None),
        (booking(2, resident_id=2, escort_id=7, place="見本歯科"), ConflictKind.ESCORT),
        (booking(2, resident_id=2, escort_id=7), None),
        (booking(2, resident_id=2, escort_id=8, place="見本歯科"), None),
        (booking(2, resident_id=2, escort_id=7, place="見本歯科", round_id=3), None),
    ],
)
def test_who_cannot_be_in_two_places(other: Booking, kind: ConflictKind | None) -> None:
    assert clash(booking(escort_id=7, round_id=3), other) is kind
    assert clash(other, booking(escort_id=7, round_id=3)) is kind


def test_a_visit_without_a_return_takes_its_assumed_length() -> None:
    openly = booking(1, returns_at=None)
    assert openly.ends_at == NOON + ASSUMED_LENGTH
    others = [booking(3, **later(hours=1.5)), booking(2, **later(hours=1))]
    assert [each.other.id for each in clashes(openly, others)] == [2, 3]
    assert not clashes(openly, [booking(2, **later(hours=2))])


BOOKINGS = st.lists(
    st.builds(
        Booking,
        id=st.integers(1, 10**6),
        resident_id=st.integers(1, 4),
        escort_id=st.none() | st.integers(1, 3),
        starts_at=st.integers(0, 40).map(lambda n: NOON + timedelta(minutes=15 * n)),
        returns_at=st.none(),
        place=st.sampled_from(["a", "b"]),
        round_id=st.none() | st.just(1),
    ),
    max_size=25,
    unique_by=lambda each: each.id,
)


@given(BOOKINGS)
def test_the_quick_way_finds_the_pairs_of_the_slow_one(bookings: list[Booking]) -> None:
    quick = {frozenset((each.one.id, each.other.id)): each.kind for each in all_clashes(bookings)}
    slow = {
        frozenset((one.id, other.id)): kind
        for one in bookings
        for other in bookings
        if (kind := clash(one, other))
    }
    assert quick == slow
    assert len(all_clashes(bookings)) == len(quick)
