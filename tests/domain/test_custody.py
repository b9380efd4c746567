"""Due times, escalation, emergency release and the return."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.clock import JST
from facility_app.domain.custody import (
    DueKind,
    DueRule,
    EmergencyStanding,
    Escalation,
    due_at,
    emergency_standing,
    escalation,
    may_review,
    minutes_late,
    reason_due,
    reconcile,
    same_slot,
)
from facility_app.rules import Rules

PURPOSES = {purpose.code: purpose for purpose in Rules().purposes}
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=JST)
MOMENTS = st.datetimes(
    datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.sampled_from([JST, UTC])
)
RULES_OF_DUE = st.one_of(
    st.builds(DueRule, st.just(DueKind.RELATIVE), st.integers(0, 5000)),
    st.builds(DueRule, st.just(DueKind.ABSOLUTE), st.just(0), st.times(), st.integers(0, 30)),
)


def at(hour: int, minute: int = 0, day: int = 20) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=JST)


@pytest.mark.parametrize(
    ("purpose", "leaves", "due"),
    [
        ("clinic", NOON, at(16)),
        ("home-visit", NOON, at(14)),
        ("renewal", NOON, at(17)),
        ("renewal", at(16, 59), at(17)),
        ("renewal", at(17), at(17, day=21)),
        ("outing", at(9), at(18)),
        ("hospital", NOON, datetime(2026, 12, 4, 12, 0, tzinfo=JST)),
        ("other", at(23, 30), at(1, 30, day=21)),
    ],
)
def test_due_times_of_the_first_purposes(purpose: str, leaves: datetime, due: datetime):
    assert due_at(PURPOSES[purpose].due, leaves) == due


def test_the_day_s_visit_comes_before_the_rule():
    rule = DueRule(DueKind.RELATIVE, minutes=240, after_visit_minutes=30)
    assert due_at(rule, NOON, at(15)) == at(15, 30)
    assert due_at(rule, NOON, at(11, 45)) == at(12, 15)
    assert due_at(rule, NOON, at(11, 30)) == at(16)  # a visit that is over says nothing
    from_utc = due_at(rule, NOON, datetime(2026, 11, 20, 6, 0, tzinfo=UTC))
    assert from_utc == at(15, 30)
    assert from_utc.tzinfo is JST


@given(RULES_OF_DUE, MOMENTS, st.none() | MOMENTS)
def test_things_are_always_due_later_than_they_leave(
    rule: DueRule, now: datetime, visit: datetime | None
):
    due = due_at(rule, now, visit)
    assert due > now
    assert due.utcoffset() == now.utcoffset()


def test_an_absolute_time_is_seconds_exact():
    rule = DueRule(DueKind.ABSOLUTE, at=time(17, 0))
    assert due_at(rule, NOON.replace(second=31, microsecond=5)) == at(17)


@pytest.mark.parametrize(
    ("late", "step"),
    [
        (timedelta(seconds=-1), Escalation.NONE),
        (timedelta(0), Escalation.LATE),
        (timedelta(minutes=14, seconds=59), Escalation.LATE),
        (timedelta(minutes=15), Escalation.LATE_15),
        (timedelta(minutes=59, seconds=59), Escalation.LATE_15),
        (timedelta(minutes=60), Escalation.LATE_60),
        (timedelta(days=90), Escalation.LATE_60),
    ],
)
def test_escalation_after_0_15_and_60_minutes(late: timedelta, step: Escalation):
    assert escalation(NOON, NOON + late) is step


@given(MOMENTS, st.integers(-100_000, 100_000), st.integers(0, 100_000))
def test_escalation_only_grows(due: datetime, seconds: int, more: int):
    now = due + timedelta(seconds=seconds)
    later = now + timedelta(seconds=more)
    assert escalation(due, later) >= escalation(due, now)
    assert (minutes_late(due, now) >= 0) == (escalation(due, now) > Escalation.NONE)


def test_minutes_late_are_whole():
    assert minutes_late(NOON, at(12, 42)) == 42
    assert minutes_late(NOON, at(11, 59)) == -1
    assert minutes_late(NOON, NOON.astimezone(UTC) + timedelta(seconds=59)) == 0


@pytest.mark.parametrize(
    ("hours", "has_reason", "reviewed", "standing"),
    [
        (24, False, False, EmergencyStanding.REASON_MISSING),
        (24.1, False, False, EmergencyStanding.REASON_LATE),
        (1, True, False, EmergencyStanding.REVIEW_MISSING),
        (48, True, False, EmergencyStanding.REVIEW_MISSING),
        (48, True, True, EmergencyStanding.CLOSED),
        (1, False, True, EmergencyStanding.REASON_MISSING),
    ],
)
def test_an_emergency_is_chased_until_it_has_reason_and_review(
    hours: float, has_reason: bool, reviewed: bool, standing: EmergencyStanding
):
    now = NOON + timedelta(hours=hours)
    assert emergency_standing(NOON, now, has_reason=has_reason, reviewed=reviewed) is standing
    assert reason_due(NOON) == NOON + timedelta(hours=24)


def test_the_reviewer_is_a_second_person():
    assert may_review(4, released_by=1, reason_by=2, holder=3)
    assert may_review(4, released_by=1, reason_by=1, holder=None)
    for involved in (1, 2, 3):
        assert not may_review(involved, released_by=1, reason_by=2, holder=3)


def test_a_return_of_everything_is_whole() -> None:
    outcome = reconcile({1: 1, 2: 2}, {1: 1, 2: 2})
    assert (outcome.came, outcome.whole, outcome.missing) == ({1: 1, 2: 2}, {1, 2}, 0)


@pytest.mark.parametrize(
    ("reported", "came", "whole", "missing", "foreign"),
    [
        ({1: 1, 2: 1}, {1: 1, 2: 1}, {1}, 1, set()),
        ({1: 1, 2: 0}, {1: 1}, {1}, 2, set()),
        ({1: 1}, {1: 1}, {1}, 2, set()),
        ({}, {}, set(), 3, set()),
        ({1: 2, 2: 5}, {1: 1, 2: 2}, {1, 2}, 0, set()),
        ({1: 1, 2: 2, 9: 1}, {1: 1, 2: 2}, {1, 2}, 0, {9}),
        ({9: 0}, {}, set(), 3, set()),
    ],
)
def test_what_did_not_come_back_stays_out(
    reported: dict[int, int], came: dict[int, int], whole: set[int], missing: int, foreign: set[int]
) -> None:
    outcome = reconcile({1: 1, 2: 2}, reported)
    assert (outcome.came, outcome.whole) == (came, whole)
    assert (outcome.missing, outcome.foreign) == (missing, foreign)


PIECES = st.dictionaries(st.integers(1, 6), st.integers(1, 4), min_size=1)


@given(PIECES, st.dictionaries(st.integers(1, 8), st.integers(0, 5)))
def test_no_piece_is_lost_from_sight(expected: dict[int, int], reported: dict[int, int]) -> None:
    outcome = reconcile(expected, reported)
    assert sum(outcome.came.values()) + outcome.missing == sum(expected.values())
    assert outcome.whole <= outcome.came.keys() <= expected.keys()
    assert (outcome.missing == 0) == (outcome.whole == expected.keys())


@pytest.mark.parametrize("given_label", ["A-05", "a5", "Ａ－０５", "A 05", "a-5"])
def test_a_slot_is_known_however_it_is_typed(given_label: str) -> None:
    assert same_slot(given_label, "A-05")
    assert not same_slot(given_label, "A-15")
    assert not same_slot(given_label, "B-05")
