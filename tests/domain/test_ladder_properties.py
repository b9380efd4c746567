"""What holds for every resident in every situation, not only for those of the table."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from facility_app.domain.coverage import Answer, Coverage, HouseCallDevice, PinKnownBy, VisualMode
from facility_app.domain.items import FaceAuthentication
from facility_app.domain.ladder import (
    Block,
    Card,
    Documents,
    Openness,
    Paper,
    Place,
    Portal,
    PublicFunds,
    Situation,
    Way,
    Why,
    WindowPlan,
    window_plan,
)
from facility_app.rules import Rules

RULES = Rules().ladder
TODAY = date(2026, 11, 20)
KNOWERS = (PinKnownBy.PERSON, PinKnownBy.LEGAL_REPRESENTATIVE)
OPEN, UNSURE, CLOSED = Openness.OPEN, Openness.UNSURE, Openness.CLOSED

near = st.integers(-500, 900).map(lambda days: TODAY + timedelta(days=days))
births = st.sampled_from(
    [
        TODAY.replace(year=TODAY.year - age) + timedelta(days=shift)
        for age in (1, 5, 30, 68, 70, 75, 85, 91)
        for shift in (-40, -1, 0, 1, 40)
    ]
)
answers = st.sampled_from(Answer)


@st.composite
def cards(draw: st.DrawFn, birth: date) -> Card:
    """A card whose dates agree: its certificate never outlives it; only infants lack a photo."""
    certificate = draw(st.none() | near)
    none = draw(st.booleans()) and draw(st.booleans())
    later = st.integers(0, 1900).map(lambda days: (certificate or TODAY) + timedelta(days=days))
    infant = birth > date(2023, 12, 2)
    return Card(
        expires_on=draw(st.none() | (later if certificate else near)),
        certificate_expires_on=None if none else certificate,
        face=draw(st.sampled_from(FaceAuthentication)),
        photo=draw(answers) if infant else draw(st.sampled_from([Answer.YES, Answer.UNKNOWN])),
        no_certificate=none,
        unreadable=draw(st.sampled_from([False, False, False, True])),
        pin_blocked=draw(st.sampled_from([False, False, False, True])),
    )


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    begins = draw(st.none() | near)
    ends = st.integers(0, 1800).map(lambda days: (begins or TODAY) + timedelta(days=days))
    return Paper(begins, draw(st.none() | ends))


@st.composite
def residents(draw: st.DrawFn) -> Documents:
    birth = draw(births)
    return Documents(
        birth=birth,
        coverage=draw(st.sampled_from(Coverage)),
        card=draw(st.none() | cards(birth)),
        registered=draw(answers),
        wishes_registration=draw(st.booleans()),
        pin_known_by=draw(st.sampled_from(PinKnownBy)),
        consents_face=draw(answers),
        consents_visual=draw(answers),
        certificate=draw(st.none() | papers()),
        notice=draw(st.none() | papers()),
        ticket=draw(st.none() | papers()),
        portal=draw(st.sampled_from(Portal)),
        phone=draw(answers),
        phone_needs_pin=draw(answers),
        welfare_told_on=draw(st.none() | near),
        public_funds=draw(
            st.lists(
                st.builds(PublicFunds, st.just("severe-disability"), st.none() | near), max_size=3
            ).map(tuple)
        ),
        area=draw(st.sampled_from(["", "saitama", "registered-none", "elsewhere"])),
    )


situations = st.builds(
    Situation,
    on=st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days)),
    place=st.sampled_from(Place),
    first_visit=answers,
    visual_mode=st.sampled_from(VisualMode),
    pmh=answers,
    livelihood_ready=answers,
    phone_ready=answers,
    device=st.sampled_from(HouseCallDevice),
    reader_broken=st.booleans(),
    card_lost=st.booleans(),
    prescribed_on=st.none() | near,
)


def openness(plan: WindowPlan) -> dict[Way, Openness]:
    return {step.way: step.openness for step in (*plan.steps, *plan.closed)}


@given(residents(), situations)
def test_every_way_appears_exactly_once_and_says_why_and_whence(
    who: Documents, situation: Situation
):
    plan = window_plan(who, situation, RULES)
    every = [*plan.steps, *plan.closed]
    assert sorted(step.way.value for step in every) == sorted(way.value for way in Way)
    assert all(step.openness is not CLOSED for step in plan.steps)
    assert all(step.openness is CLOSED for step in plan.closed)
    for step in every:
        assert step.why or step.openness is OPEN
        assert step.source.source
        assert step.source.checked_on >= date(2026, 11, 1)
        for reason in step.why:
            assert plan.grounds[reason.why].source
    order = RULES.order(who, situation)
    places = [order.index(step.way) for step in plan.steps]
    assert places == sorted(places)
    assert window_plan(who, situation, RULES) == plan


@given(residents(), situations)
def test_nothing_that_needs_a_pin_is_open_unless_somebody_may_say_it(
    who: Documents, situation: Situation
):
    found = openness(window_plan(who, situation, RULES))
    if who.pin_known_by not in KNOWERS:
        assert found[Way.PIN] is not OPEN
        assert who.portal is not Portal.LOG_IN or found[Way.PORTAL] is not OPEN
        assert who.phone_needs_pin.no or found[Way.PHONE] is not OPEN
    if who.card is not None and who.card.face is FaceAuthentication.NOTED:
        closed = {way for way, each in found.items() if each is CLOSED}
        assert closed >= {Way.PIN, Way.PORTAL, Way.PHONE}
    if situation.device is HouseCallDevice.WEB and situation.place is Place.HOUSE_CALL:
        assert found[Way.VISUAL] is CLOSED


@given(residents(), situations)
def test_a_broken_reader_closes_face_pin_and_eye_and_opens_nothing(
    who: Documents, situation: Situation
):
    works = openness(window_plan(who, dataclasses.replace(situation, reader_broken=False), RULES))
    broken = openness(window_plan(who, dataclasses.replace(situation, reader_broken=True), RULES))
    ways = {Way.FACE, Way.PIN, Way.VISUAL}
    assert {broken[way] for way in ways} == {CLOSED}
    assert {way: broken[way] for way in Way if way not in ways} == {
        way: works[way] for way in Way if way not in ways
    }


@given(residents(), situations)
def test_a_lost_card_leaves_no_way_that_needs_it(who: Documents, situation: Situation):
    plan = window_plan(who, dataclasses.replace(situation, card_lost=True), RULES)
    found = openness(plan)
    gone = (Way.FACE, Way.PIN, Way.VISUAL, Way.PORTAL, Way.NOTICE, Way.PHONE, Way.AMBULANCE)
    assert {found[way] for way in gone} == {CLOSED}


def forgotten(who: Documents, situation: Situation) -> Iterator[tuple[Documents, Situation, str]]:
    """The same question with one fact removed: unknown in its place, or the thing not there."""
    for name, value in _unknown(who):
        yield dataclasses.replace(who, **{name: value}), situation, name
    of_the_visit: tuple[tuple[str, Any], ...] = (
        ("first_visit", Answer.UNKNOWN),
        ("visual_mode", VisualMode.UNKNOWN),
        ("pmh", Answer.UNKNOWN),
        ("livelihood_ready", Answer.UNKNOWN),
        ("phone_ready", Answer.UNKNOWN),
        ("device", HouseCallDevice.UNKNOWN),
        ("prescribed_on", None),
    )
    for name, value in of_the_visit:
        yield who, dataclasses.replace(situation, **{name: value}), name


def _unknown(who: Documents) -> Iterator[tuple[str, Any]]:
    yield from (
        (name, Answer.UNKNOWN)
        for name in ("registered", "consents_face", "consents_visual", "phone", "phone_needs_pin")
    )
    yield from ((name, None) for name in ("card", "certificate", "ticket", "welfare_told_on"))
    yield from (("coverage", Coverage.UNKNOWN), ("pin_known_by", PinKnownBy.UNKNOWN))
    yield from (("portal", Portal.NONE), ("notice", None), ("public_funds", ()), ("area", ""))
    if who.card is not None:
        changes: tuple[dict[str, Any], ...] = (
            {"expires_on": None},
            {"certificate_expires_on": None},
            {"face": FaceAuthentication.UNKNOWN},
            {"photo": Answer.UNKNOWN},
        )
        for change in changes:
            yield "card", dataclasses.replace(who.card, **change)
    for name in ("certificate", "ticket"):
        paper = getattr(who, name)
        if paper is not None:
            yield name, dataclasses.replace(paper, valid_from=None)
            yield name, dataclasses.replace(paper, expires_on=None)


@settings(max_examples=150, deadline=None)  # 33 plans each
@given(residents(), situations)
def test_a_removed_fact_never_opens_a_way_that_the_rules_close(
    who: Documents, situation: Situation
):
    before = openness(window_plan(who, situation, RULES))
    for less, then, name in forgotten(who, situation):
        after = openness(window_plan(less, then, RULES))
        for way in Way:
            assert before[way] is not CLOSED or after[way] is not OPEN, (name, way)


@given(residents(), situations)
def test_a_block_means_that_nothing_is_left_but_what_nobody_promised(
    who: Documents, situation: Situation
):
    plan = window_plan(who, situation, RULES)
    if plan.blocked is not None:
        event(plan.blocked.value)
        assert situation.place is not Place.EMERGENCY
        assert {step.way for step in plan.steps} <= {Way.ORAL, Way.DECLARATION}
        assert all(step.openness is UNSURE for step in plan.steps)
    if plan.blocked is Block.CONTACT_WELFARE_OFFICE:
        assert who.coverage is Coverage.LIVELIHOOD


@given(residents(), situations)
def test_papers_of_public_funds_always_go_along(who: Documents, situation: Situation):
    plan = window_plan(who, situation, RULES)
    assert [each.until for each in plan.always_bring if each.code == "public-funds"] == [
        each.expires_on for each in who.public_funds
    ]
    ended = [each for each in plan.warnings if each.why is Why.PUBLIC_FUNDS_EXPIRED]
    assert len(ended) == sum(
        each.expires_on is not None and each.expires_on < situation.on for each in who.public_funds
    )
