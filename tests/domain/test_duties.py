"""Duties against the worked cases of ``data/duty_cases.toml``, written before the code."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.coverage import Answer, Coverage
from facility_app.domain.duties import (
    Duty,
    DutyFrame,
    DutyKind,
    Event,
    Held,
    Person,
    Urgency,
    urgency,
)
from facility_app.domain.duty_life import cancelled_until, duties_of
from facility_app.domain.items import ItemState
from facility_app.domain.life_events import LifeEventKind
from facility_app.rules import Rules

RULES = Rules()
KINDS = {kind.code: kind for kind in RULES.item_kinds}
FRAME = DutyFrame(
    RULES.lifetimes,
    RULES.duties,
    {code: kind.cycle for code, kind in KINDS.items()},
    frozenset(code for code, kind in KINDS.items() if kind.many),
)
DATA = tomllib.loads(
    (Path(__file__).parent / "data" / "duty_cases.toml").read_text(encoding="utf-8")
)
CASES: list[dict[str, Any]] = DATA["case"]
ONE = timedelta(days=1)


def person_of(case: dict[str, Any]) -> Person:
    return Person(
        id=7,
        birth=case.get("birth", date(1946, 3, 5)),
        admitted=case.get("admitted", date(2020, 4, 1)),
        discharged=case.get("discharged"),
        deceased=case.get("deceased"),
        residence_until=case.get("residence"),
        coverage=Coverage(case.get("coverage", "kouki")),
        registered=Answer(case.get("registered", "unknown")),
        held=tuple(_held(n, item) for n, item in enumerate(case.get("items", []), 1)),
        events=tuple(
            Event(LifeEventKind(each["kind"]), each["on"], each.get("until"), each.get("item"))
            for each in case.get("events", [])
        ),
        visits=tuple(case.get("visits", [])),
    )


def _held(number: int, item: dict[str, Any]) -> Held:
    return Held(
        id=number,
        kind=item["kind"],
        state=ItemState(item.get("state", "in-safe")),
        received=item.get("received", date(2024, 4, 1)),
        is_card=KINDS[item["kind"]].is_card,
        card_expires=item.get("card"),
        certificate_expires=item.get("certificate"),
        expires=item.get("until"),
        since=item.get("since"),
        face_noted=item.get("face") == "noted",
        ratio_as_of=item.get("as_of"),
    )


def frame_of(case: dict[str, Any]) -> DutyFrame:
    return replace(FRAME, area=RULES.ladder.areas[case["area"]]) if "area" in case else FRAME


def found(case: dict[str, Any], day: date) -> list[Duty]:
    kind = DutyKind(case["duty"])
    return [each for each in duties_of(person_of(case), day, frame_of(case)) if each.kind is kind]


def name_of(case: dict[str, Any]) -> str:
    return f"{case['duty']}: {case['why']}"


def of(*parts: str) -> list[dict[str, Any]]:
    return [case for case in CASES if any(part in case for part in parts)]


def test_there_are_at_least_eighty_cases():
    assert len(CASES) >= 80
    assert {case["duty"] for case in CASES} == {kind.value for kind in DutyKind}


@pytest.mark.parametrize("case", of("shows"), ids=name_of)
def test_a_duty_is_shown_from_its_day_until_its_last(case: dict[str, Any]):
    assert found(case, case["shows"] - ONE) == []
    (first,) = found(case, case["shows"])
    assert (first.due, first.key) == (case.get("due"), found(case, case["shows"] + ONE)[0].key)
    if "go_by" in case:
        assert RULES.open_days.last_open(case["due"]) == case["go_by"]
    if "due" in case and case["due"] <= case.get("until", date.max):
        assert [each.key for each in found(case, case["due"])] == [first.key]
    if "until" in case:
        assert [each.key for each in found(case, case["until"])] == [first.key]
        assert found(case, case["until"] + ONE) == []


@pytest.mark.parametrize("case", of("never"), ids=name_of)
def test_a_duty_that_there_is_not_is_never_shown(case: dict[str, Any]):
    day, to = DATA["defaults"]["from"], DATA["defaults"]["to"]
    while day <= to:
        assert found(case, day) == [], day
        day += ONE


@pytest.mark.parametrize("case", of("urgency"), ids=name_of)
def test_how_pressing_a_duty_is(case: dict[str, Any]):
    (duty,) = found(case, case["on"])
    assert urgency(duty, case["on"], RULES.duties) is Urgency(case["urgency"])
    assert duty.before_visit == case.get("before_visit")


def test_a_replaced_card_goes_back_and_is_not_renewed():
    old = _held(1, {"kind": "my-number-card", "card": date(2026, 12, 1)})
    new = _held(2, {"kind": "my-number-card", "card": date(2036, 12, 1)})
    new = replace(new, received=date(2026, 11, 10), certificate_expires=date(2031, 12, 1))
    person = replace(person_of({}), held=(old, new))
    (duty,) = duties_of(person, date(2026, 11, 10), FRAME)
    assert (duty.kind, duty.item_id, duty.due) == (DutyKind.COLLECT_OLD, 1, date(2026, 12, 11))


def test_who_may_have_several_has_no_follower():
    papers = [
        {"kind": "self-reliance-medical", "until": date(2026, 12, 31)},
        {"kind": "self-reliance-medical", "until": date(2027, 12, 31)},
    ]
    duties = duties_of(person_of({"items": papers}), date(2027, 1, 5), FRAME)
    assert [(each.kind, each.item_id) for each in duties] == [(DutyKind.RENEW_PAPER, 1)]


def test_the_end_of_a_yearly_paper_without_a_printed_one_is_computed():
    paper = {"kind": "eligibility-certificate", "since": date(2026, 8, 1)}
    (duty,) = duties_of(person_of({"items": [paper]}), date(2027, 7, 1), FRAME)
    assert (duty.kind, duty.due) == (DutyKind.NEW_PAPER, date(2027, 7, 31))


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_a_cancelled_registration_works_into_the_month_after(entered: date):
    until = cancelled_until(entered)
    assert (until + ONE + ONE).day == 1
    months = (until.year - entered.year) * 12 + until.month - entered.month
    assert months == 1


DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
MAYBE = st.none() | DAYS
THINGS = st.builds(
    lambda number, kind, card, certificate, until, since, state: _held(
        number,
        {
            "kind": kind,
            "state": state.value,
            **({"card": card, "certificate": certificate} if KINDS[kind].is_card else {}),
            **({} if KINDS[kind].is_card else {"until": until, "since": since}),
        },
    ),
    st.integers(1, 5),
    st.sampled_from(sorted(KINDS)),
    MAYBE,
    MAYBE,
    MAYBE,
    MAYBE,
    st.sampled_from(ItemState),
)
PEOPLE = st.builds(
    Person,
    id=st.just(1),
    birth=st.none() | st.dates(date(1930, 1, 1), date(1965, 12, 31)),
    admitted=MAYBE,
    discharged=MAYBE,
    residence_until=MAYBE,
    coverage=st.sampled_from(Coverage),
    registered=st.sampled_from(Answer),
    held=st.lists(THINGS, max_size=4, unique_by=lambda each: each.id).map(tuple),
    events=st.lists(
        st.builds(Event, st.sampled_from(LifeEventKind), DAYS, MAYBE, st.none()), max_size=4
    ).map(tuple),
    visits=st.lists(DAYS, max_size=2).map(lambda days: tuple(sorted(days))),
)


@given(PEOPLE, DAYS)
def test_nothing_is_asked_twice_and_nothing_before_its_day(person: Person, today: date):
    duties = duties_of(person, today, FRAME)
    keys = [each.key for each in duties]
    assert len(keys) == len(set(keys))
    for duty in duties:
        assert duty.first <= today
        assert duty.last is None or today <= duty.last
        assert len(duty.key) <= 120
        assert urgency(duty, today, RULES.duties) in Urgency


@given(PEOPLE, DAYS)
def test_who_has_left_is_asked_for_nothing_but_their_things(person: Person, left: date):
    gone = replace(person, discharged=left)
    kinds = {each.kind for each in duties_of(gone, left, FRAME)}
    assert kinds <= {DutyKind.HAND_BACK, DutyKind.HAND_BACK_DEATH}
