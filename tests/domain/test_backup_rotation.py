"""Which backups stay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.backup_rotation import DAILY, MONTHLY, WEEKLY, keep

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC))
BACKUPS = st.lists(MOMENTS, max_size=120)


@given(BACKUPS)
def test_thinning_keeps_the_newest_and_invents_nothing(backups: list[datetime]):
    kept = keep(backups, NOW)
    assert kept <= set(backups)
    assert not backups or max(backups) in kept
    old = [each for each in kept if each <= NOW - timedelta(days=2)]
    assert len(old) <= DAILY + WEEKLY + MONTHLY + 1
    assert {each for each in backups if each > NOW - timedelta(days=2)} <= kept


@given(BACKUPS, st.integers(0, 200))
def test_thinning_twice_is_thinning_once(backups: list[datetime], shuffle: int):
    kept = keep(backups, NOW)
    assert keep(sorted(kept, key=lambda each: hash((each, shuffle))), NOW) == kept


def test_no_backups_keep_nothing():
    assert keep([], NOW) == set()


def test_a_year_of_every_half_hour_leaves_all_days_weeks_and_months():
    backups = {NOW - timedelta(minutes=30 * n) for n in range(365 * 48)}
    kept = keep(backups, NOW)
    assert len([each for each in kept if each > NOW - timedelta(days=2)]) == 96
    assert len(kept) == 96 + DAILY + WEEKLY + MONTHLY
    gaps = sorted(kept)
    assert NOW - gaps[0] > timedelta(days=300)


def test_day_by_day_the_months_fill_up():
    stored: set[datetime] = set()
    day = NOW - timedelta(days=600)
    while day <= NOW:
        stored = keep(stored | {day, day + timedelta(hours=4)}, day + timedelta(hours=4))
        day += timedelta(days=1)
    oldest = min(stored)
    assert timedelta(days=300) < NOW - oldest < timedelta(days=420)
    ordered = sorted(stored)
    assert max(b - a for a, b in pairwise(ordered)) < timedelta(days=40)


def test_one_last_old_backup_is_never_thinned_away():
    old = NOW - timedelta(days=5000)
    assert keep([old], NOW) == {old}


def test_days_are_those_of_japan():
    evening = datetime(2026, 11, 10, 14, 59, tzinfo=UTC)
    midnight = datetime(2026, 11, 10, 15, 0, tzinfo=UTC)
    assert keep([evening, midnight], NOW) == {evening, midnight}
    assert keep([evening, evening - timedelta(hours=1)], NOW) == {evening}
