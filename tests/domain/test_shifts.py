"""The last change of shift lies behind every moment, and never further than it can."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.access import NightHours
from facility_app.domain.clock import JST
from facility_app.domain.shifts import last_change

NIGHT = NightHours(time(21), time(6))
moments = st.datetimes(datetime(2000, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC))


def jst(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=JST)


@pytest.mark.parametrize(
    ("at", "changed"),
    [
        (jst(20, 21), jst(20, 21)),
        (jst(20, 20, 59), jst(20, 6)),
        (jst(20, 6), jst(20, 6)),
        (jst(20, 5, 59), jst(19, 21)),
        (jst(20, 0), jst(19, 21)),
        (jst(20, 23, 59), jst(20, 21)),
    ],
)
def test_shifts_change_where_the_night_begins_and_ends(at: datetime, changed: datetime) -> None:
    assert last_change(NIGHT, at.astimezone(UTC)) == changed


@given(moments, st.times(), st.times())
def test_the_night_is_the_same_from_the_change_on(at: datetime, begins: time, ends: time) -> None:
    night = NightHours(begins, ends)
    changed = last_change(night, at)
    assert timedelta(0) <= at - changed <= timedelta(days=1)
    assert night.covers(changed) == night.covers(at)
    assert last_change(night, changed) == changed
