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
    PieceReport,
    Purpose,
    due_at,
    emergency_standing,
    escalation,
    may_review,
    minutes_late,
    reason_due,
    reconcile,
)
from facility_app.domain.items import Condition
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


def test_a_whole_return_with_the_right_slot_is_complete():
    outcome = reconcile(
        {1: 1, 2: 2}, {1: PieceReport(1), 2: PieceReport(2)}, right_slot=12, given_slot=12
    )
    assert outcome.complete
    assert outcome.returned == {1, 2}


@pytest.mark.parametrize(
    ("reported", "given_slot", "field", "ids", "recorded"),
    [
        ({1: PieceReport(1), 2: PieceReport(1)}, 12, "missing", {2}, True),
        ({1: PieceReport(1), 2: PieceReport(0)}, 12, "missing", {2}, True),
        ({1: PieceReport(1)}, 12, "unanswered", {2}, False),
        (
            {1: PieceReport(1), 2: PieceReport(2), 9: PieceReport(1)},
            12,
            "unexpected",
            {9},
            False,
        ),
        ({1: PieceReport(2), 2: PieceReport(2)}, 12, "unexpected", {1}, False),
        (
            {1: PieceReport(1, Condition.DAMAGED), 2: PieceReport(2, Condition.WORN)},
            12,
            "damaged",
            {1},
            True,
        ),
        ({1: PieceReport(1), 2: PieceReport(2)}, 13, "missing", set(), False),
        ({1: PieceReport(1), 2: PieceReport(2)}, None, "missing", set(), False),
    ],
)
def test_what_a_return_may_show(
    reported: dict[int, PieceReport],
    given_slot: int | None,
    field: str,
    ids: set[int],
    recorded: bool,
):
    outcome = reconcile({1: 1, 2: 2}, reported, right_slot=12, given_slot=given_slot)
    assert getattr(outcome, field) == ids
    assert outcome.may_be_recorded is recorded
    assert outcome.right_slot == 12


def test_a_pouch_without_a_place_takes_any_slot():
    assert reconcile({1: 1}, {1: PieceReport(1)}, right_slot=None, given_slot=None).complete
    assert reconcile({1: 1}, {1: PieceReport(1)}, right_slot=None, given_slot=3).complete


COUNTS = st.dictionaries(st.integers(1, 6), st.integers(1, 3), max_size=6)


@given(COUNTS, st.dictionaries(st.integers(1, 8), st.integers(0, 4), max_size=8))
def test_no_piece_is_lost_sight_of(expected: dict[int, int], counts: dict[int, int]):
    reported = {item: PieceReport(count) for item, count in counts.items()}
    outcome = reconcile(expected, reported, right_slot=1, given_slot=1)
    groups = [outcome.returned, outcome.missing, outcome.unanswered, outcome.unexpected]
    assert set().union(*groups) >= expected.keys()
    assert sum(map(len, groups)) == len(set().union(*groups))
    if outcome.complete:
        assert outcome.returned == expected.keys()
        assert all(counts[item] == pieces for item, pieces in expected.items())


def test_names_of_purposes():
    purpose: Purpose = PURPOSES["clinic"]
    assert (purpose.name("ja"), purpose.name("en")) == ("受診", "Clinic visit")
    assert len(PURPOSES) == 6
    assert PURPOSES["home-visit"].in_house
