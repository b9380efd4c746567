"""Which steps a loss asks for: per kind of thing and situation, in order, with their days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.clock import JST, local_date
from facility_app.domain.incident_steps import (
    Due,
    Known,
    LostOne,
    Standing,
    dropped_by_finding,
    plan,
    review_days,
)
from facility_app.domain.incidents import (
    OUTCOMES,
    DueBy,
    LostMove,
    LostOutcome,
    LostWhere,
    Phase,
    Stolen,
    outcome_after,
)
from facility_app.rules.keeper import read_book

BOOK = read_book()
RULES, CALENDAR = BOOK.lost, BOOK.calendar
FRIDAY = datetime(2026, 11, 20, 15, 5, tzinfo=JST)
CARD = LostOne(1, "card", 7)
MOMENTS = st.datetimes(datetime(2022, 4, 1), datetime(2098, 12, 31), timezones=st.just(UTC))
THINGS = st.sampled_from(sorted(RULES.things))


def known(where=LostWhere.OUTSIDE, stolen=Stolen.NO, at=FRIDAY, **more) -> Known:
    return Known(where, stolen, at, **more)


def codes(ones: list[LostOne], about: Known, phase: Phase = Phase.LOST) -> list[str]:
    return [each.rule.code for each in plan(RULES, CALENDAR, phase, ones, about)]


def test_a_card_lost_outside_on_a_friday_before_a_holiday():
    steps = plan(RULES, CALENDAR, Phase.LOST, [CARD], known())
    assert [each.rule.code for each in steps] == [
        "card-stop",
        "search",
        "manager",
        "police",
        "tell-person",
        "insurer",
        "clinic-meanwhile",
        "leak",
        "authority-report",
        "card-cancel",
        "card-reissue",
        "receive-new",
        "cause",
    ]
    due = {each.rule.code: each.due for each in steps}
    assert due["card-stop"].at == FRIDAY + timedelta(minutes=30)
    assert due["police"].on == date(2026, 11, 20)
    assert due["insurer"].on == date(2026, 11, 24)  # Monday is a holiday
    assert due["leak"].on == date(2026, 11, 22)  # day 3, a Sunday: the clock does not wait
    assert due["card-cancel"].on == date(2026, 11, 27)


def test_inside_and_not_stolen_asks_the_city_instead_of_the_police():
    inside = codes([CARD], known(LostWhere.INSIDE))
    assert "police-needed" in inside
    assert "police" not in inside
    for about in (known(LostWhere.INSIDE, Stolen.YES), known(LostWhere.INSIDE, Stolen.UNKNOWN)):
        assert "police" in codes([CARD], about)
        assert "police-needed" not in codes([CARD], about)


def test_three_residents_in_one_case_have_a_step_each_where_it_is_about_them():
    ones = [LostOne(1, "card", 7), LostOne(2, "card", 8), LostOne(3, "certificate", 9)]
    steps = plan(RULES, CALENDAR, Phase.LOST, ones, known())
    by_code: dict[str, list[tuple[int | None, int | None]]] = {}
    for each in steps:
        by_code.setdefault(each.rule.code, []).append((each.resident_id, each.lost_id))
    assert by_code["card-stop"] == [(7, 1), (8, 2)]
    assert by_code["tell-person"] == [(7, None), (8, None), (9, None)]
    assert by_code["insurer"] == [(7, None), (8, None)]
    assert by_code["search"] == by_code["leak"] == [(None, None)]
    assert by_code["certificate-again"] == [(9, 3)]


def test_two_things_of_one_person_are_one_call_to_the_family():
    ones = [LostOne(1, "card", 7), LostOne(2, "eligibility-certificate", 7)]
    assert codes(ones, known()).count("tell-person") == 1
    assert codes(ones, known()).count("receive-new") == 2


def test_after_finding_only_what_was_begun_is_undone():
    found = codes([CARD], known(done=frozenset({"card-stop", "police"})), Phase.FOUND)
    assert found == ["put-back", "card-resume", "police-found", "person-found"]
    assert codes([CARD], known(), Phase.FOUND) == ["put-back", "person-found"]
    assert codes([CARD], known(), Phase.DEAD) == ["dead-return", "dead-person"]


@pytest.mark.parametrize(
    ("noticed", "insurer"),
    [
        (datetime(2026, 12, 28, 23, 59, tzinfo=JST), date(2027, 1, 4)),
        (datetime(2026, 12, 28, 14, 59, tzinfo=UTC), date(2027, 1, 4)),
        (datetime(2026, 12, 31, 12, 0, tzinfo=JST), date(2027, 1, 4)),
        (datetime(2028, 2, 28, 9, 0, tzinfo=JST), date(2028, 2, 29)),
        (datetime(2027, 1, 29, 9, 0, tzinfo=JST), date(2027, 2, 1)),
    ],
)
def test_days_over_the_turn_of_the_year_leap_days_and_month_ends(noticed: datetime, insurer: date):
    steps = plan(RULES, CALENDAR, Phase.LOST, [CARD], known(at=noticed))
    (found,) = [each.due.on for each in steps if each.rule.code == "insurer"]
    assert found == insurer


@given(
    st.lists(THINGS, min_size=1, max_size=5),
    st.sampled_from(LostWhere),
    st.sampled_from(Stolen),
    MOMENTS,
    st.sampled_from(Phase),
)
def test_every_plan_has_each_step_once_with_one_time_that_is_not_before_noticing(
    things: list[str], where: LostWhere, stolen: Stolen, at: datetime, phase: Phase
):
    ones = [LostOne(n, thing, n % 3 or None) for n, thing in enumerate(things, 1)]
    done = frozenset(RULES.by_code)
    steps = plan(RULES, CALENDAR, phase, ones, known(where, stolen, at, done=done))
    keys = [each.key for each in steps]
    assert len(keys) == len(set(keys))
    for each in steps:
        assert (each.due.at is None) != (each.due.on is None)
        assert each.due.day >= local_date(at)
        assert not each.due.is_past(at)
        if each.rule.due.by is DueBy.OPEN_DAYS:
            assert BOOK.days.is_open(each.due.day)
    if phase is Phase.LOST:
        assert {"search", "manager", "cause"} <= {code for code, _, _ in keys}


@given(MOMENTS)
def test_a_day_is_over_at_midnight_in_japan(at: datetime):
    due = Due(on=local_date(at))
    midnight = datetime.combine(due.day + timedelta(days=1), datetime.min.time(), JST)
    assert not due.is_past(midnight - timedelta(seconds=1))
    assert due.is_past(midnight)


def test_a_due_without_time_is_a_bug():
    with pytest.raises(ValueError, match="time"):
        _ = Due().day


def standing(steps, settled=frozenset()) -> list[Standing]:
    return [
        Standing(each.rule.code, each.resident_id, each.lost_id, each.rule.code in settled)
        for each in steps
    ]


def test_finding_one_of_two_leaves_what_is_still_about_the_other():
    ones = [LostOne(1, "card", 7), LostOne(2, "card", 8)]
    steps = standing(plan(RULES, CALENDAR, Phase.LOST, ones, known()), frozenset({"manager"}))
    gone = dropped_by_finding(RULES, steps, ones, frozenset({1}))
    assert {(each.code, each.resident_id) for each in gone} == {
        ("card-stop", 7),
        ("tell-person", 7),
        ("insurer", 7),
        ("clinic-meanwhile", 7),
        ("card-cancel", 7),
        ("card-reissue", 7),
        ("receive-new", 7),
    }
    whole = dropped_by_finding(RULES, steps, ones, frozenset({1, 2}))
    assert {"search", "police"} <= {each.code for each in whole}
    assert not {"leak", "cause"} & {each.code for each in whole}


def test_a_step_that_is_done_or_unknown_is_never_dropped():
    steps = [Standing("card-stop", 7, 1, True), Standing("of-an-older-file", 7, 1, False)]
    assert dropped_by_finding(RULES, steps, [CARD], frozenset({1})) == []


@given(st.lists(st.sampled_from(LostMove), max_size=12))
def test_what_is_void_stays_void_whatever_happens(moves: list[LostMove]):
    outcome, was_void = LostOutcome.MISSING, False
    for move in moves:
        outcome = outcome_after(outcome, move) or outcome
        assert outcome.void or not was_void
        was_void = outcome.void
    assert set(OUTCOMES.values()) | {LostOutcome.MISSING} == set(LostOutcome)


@given(st.dates(date(2022, 1, 1), date(2099, 1, 1)))
def test_reviews_are_thirty_and_ninety_days_after_closing(closed: date):
    first, second = review_days(RULES, closed)
    assert ((first - closed).days, (second - closed).days) == (30, 90)
