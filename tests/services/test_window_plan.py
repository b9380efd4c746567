"""Rows become the facts that the ladder asks for: five residents, as the register has them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from facility_app.cards.check import Code, Level
from facility_app.cards.chip import Certificate, Pin
from facility_app.db.models import ResidentRow, SettingRow
from facility_app.domain.access import NotPermitted
from facility_app.domain.coverage import (
    Answer,
    Coverage,
    IncomeClass,
    PinKnownBy,
    PortalScreen,
    VisualMode,
)
from facility_app.domain.insurance import RatioState
from facility_app.domain.items import FaceAuthentication, ItemState
from facility_app.domain.ladder import Block, WindowPlan
from facility_app.domain.ladder_facts import Openness, Place, Way, Why
from facility_app.services.day_plan import Lack, day_plan
from facility_app.services.departure import Depart, depart
from facility_app.services.visits import PlanVisit, plan_visit
from facility_app.services.window_plan import ResidentPlan, plan_for, plan_of_visit
from tests.visits_desk import CARD, NOTICE, STARTS, TODAY, VisitWorld, build_visits

GOOD: dict[str, Any] = {
    "card_expires_on": date(2033, 3, 5),
    "certificate_expires_on": date(2028, 3, 5),
}
CONSENTS: dict[str, Any] = {"consents_face": Answer.YES, "consents_visual": Answer.YES}
ORDINARY: dict[str, Any] = {
    "coverage": Coverage.KOUKI,
    "registered": Answer.YES,
    "pin_known_by": PinKnownBy.NOBODY,
    **CONSENTS,
}


@pytest.fixture
def world(engine, work, clock) -> VisitWorld:
    return build_visits(engine, work, clock)


def plan_today(world: VisitWorld, person: str = "hanako", **asked: Any) -> ResidentPlan:
    with world.desk.work.read(world.desk.staff["custodian"]) as reading:
        return plan_for(reading, world.desk.residents[person], TODAY, world.clinic_id, **asked)


def ways(found: ResidentPlan) -> list[Way]:
    return [step.way for step in ladder(found).steps]


def ladder(found: ResidentPlan) -> WindowPlan:
    assert found.plan is not None
    return found.plan


def test_an_ordinary_card(world: VisitWorld) -> None:
    world.item(**GOOD, face_authentication=FaceAuthentication.NOT_NOTED)
    world.insured(**ORDINARY)
    found = plan_today(world, first_visit=Answer.YES)
    assert ways(found)[:2] == [Way.FACE, Way.VISUAL]
    assert ladder(found).step(Way.PIN).why[0].why is Why.PIN_NOT_KNOWN
    assert ladder(found).step(Way.VISUAL).openness is Openness.UNSURE


def test_a_card_without_a_pin(world: VisitWorld) -> None:
    world.item(**GOOD, face_authentication=FaceAuthentication.NOTED)
    world.insured(**(ORDINARY | {"pin_known_by": PinKnownBy.PERSON, "portal": PortalScreen.SAVED}))
    found = ladder(plan_today(world))
    assert found.step(Way.PIN).why[0].why is Why.FACE_CARD
    assert found.step(Way.PORTAL).why[0].why is Why.FACE_CARD


def test_a_certificate_in_grace(world: VisitWorld) -> None:
    world.item(card_expires_on=date(2031, 10, 15), certificate_expires_on=date(2026, 10, 15))
    world.insured(**ORDINARY)
    warned = {reason.why for reason in ladder(plan_today(world)).warnings}
    assert {Why.CERTIFICATE_IN_GRACE, Why.ASK_INSURER_EARLY} <= warned


def test_only_a_certificate_of_eligibility(world: VisitWorld) -> None:
    world.receive(
        "tadashi",
        "eligibility-certificate",
        issued_on=date(2026, 8, 1),
        paper_expires_on=date(2027, 7, 31),
        ratio=1,
        ratio_source="券面",
        ratio_as_of=date(2026, 8, 1),
    )
    world.insured("tadashi", coverage=Coverage.KOUKI, registered=Answer.NO)
    found = plan_today(world, "tadashi")
    assert ways(found)[0] is Way.CERTIFICATE
    assert (found.ratio.state, found.ratio.noted.tenths) == (RatioState.KNOWN, 1)


def test_of_two_certificates_the_one_that_is_valid_that_day(world: VisitWorld) -> None:
    for year in (2025, 2026, 2027):
        world.receive(
            "tadashi",
            "eligibility-certificate",
            issued_on=date(year, 8, 1),
            paper_expires_on=date(year + 1, 7, 31),
        )
    world.insured("tadashi", coverage=Coverage.KOUKI, registered=Answer.NO)
    assert ways(plan_today(world, "tadashi"))[0] is Way.CERTIFICATE


def test_livelihood_protection(world: VisitWorld) -> None:
    world.receive("tadashi", "public-assistance", paper_expires_on=date(2026, 11, 30))
    world.insured("tadashi", coverage=Coverage.LIVELIHOOD, welfare_told_on=date(2026, 11, 18))
    assert ways(plan_today(world, "tadashi"))[0] is Way.LIVELIHOOD


def test_papers_of_public_funds_always_go_along(world: VisitWorld) -> None:
    world.receive("hanako", "specific-disease", paper_expires_on=date(2027, 9, 30))
    (along,) = ladder(plan_today(world)).always_bring
    assert (along.kind, along.until) == ("specific-disease", date(2027, 9, 30))


def test_a_lost_card_is_not_in_hand(world: VisitWorld) -> None:
    world.item(**GOOD, state=ItemState.LOST)
    world.insured(**ORDINARY)
    found = ladder(plan_today(world))
    assert found.step(Way.FACE).why[0].why is Why.CARD_LOST


def test_what_the_chip_said_today_wins_over_the_register(world: VisitWorld) -> None:
    world.item(card_expires_on=date(2025, 3, 5), certificate_expires_on=date(2025, 3, 5))
    world.insured(**ORDINARY)
    assert ladder(plan_today(world)).step(Way.FACE).openness is Openness.CLOSED
    world.checked()
    assert ladder(plan_today(world)).step(Way.FACE).openness is not Openness.CLOSED
    world.checked(tries={Pin.USER_AUTH.value: 0})
    assert ladder(plan_today(world)).step(Way.PIN).openness is Openness.CLOSED
    missing = {"certificate": Certificate.MISSING, "certificate_until": None}
    world.checked("hanako", Level.BLOCK, Code.CERTIFICATE_MISSING, **missing)
    why = ladder(plan_today(world)).step(Way.FACE).why[0].why
    assert why is Why.NO_CERTIFICATE_ON_CARD


def test_a_check_of_yesterday_says_nothing_today(world: VisitWorld) -> None:
    world.checked()
    world.desk.forward(days=1)
    assert plan_today(world).check is None


def test_a_card_that_is_another_ones_opens_nothing(world: VisitWorld) -> None:
    world.item(**GOOD)
    world.insured(**ORDINARY)
    world.checked("hanako", Level.BLOCK, Code.CARD_OF_ANOTHER_RESIDENT)
    found = plan_today(world)
    assert not found.check.theirs
    assert ladder(found).step(Way.FACE).why[0].why is Why.CARD_BLOCKED


def test_the_clinic_and_the_area_are_taken_into_account(world: VisitWorld) -> None:
    world.item(**GOOD)
    world.insured(**ORDINARY)
    other = world.clinic("例示歯科", visual_mode=VisualMode.REFUSED)
    visit = world.plan(clinic_id=other)
    found = world.desk.ask("custodian", plan_of_visit, visit)
    assert ladder(found).step(Way.VISUAL).why[0].why is Why.VISUAL_REFUSED
    world.desk.add(SettingRow(name="insurance_area", value="saitama"))
    row = world.desk.one(ResidentRow, ResidentRow.id == world.desk.residents["hanako"])
    world.desk.add_change(row, birth_date=date(1935, 4, 20))
    warned = {reason.why for reason in ladder(plan_today(world)).warnings}
    assert Why.CERTIFICATE_BY_AGE in warned


def test_a_broken_reader_and_an_emergency_are_asked_for(world: VisitWorld) -> None:
    world.item(**GOOD)
    world.insured(**ORDINARY)
    found = ladder(plan_today(world, reader_broken=True))
    assert found.step(Way.FACE).openness is Openness.CLOSED
    assert Way.AMBULANCE in ways(plan_today(world, place=Place.EMERGENCY))


def test_who_was_there_before_is_no_first_visit(world: VisitWorld) -> None:
    visit = world.ready()
    found = world.desk.ask("custodian", plan_of_visit, visit)
    assert Why.FIRST_VISIT_UNKNOWN in {r.why for r in ladder(found).step(Way.ORAL).why}
    desk = world.desk
    cmd = Depart(visit, world.taken(), desk.id_of("escort"), STARTS, desk.codes["hanako"])
    desk.do("custodian", depart, cmd)
    later = STARTS + timedelta(days=7)
    again = world.plan(starts_at=later, returns_at=later + timedelta(hours=1))
    found = desk.ask("custodian", plan_of_visit, again)
    assert ladder(found).step(Way.ORAL).openness is Openness.OPEN


@pytest.mark.parametrize(
    ("facts", "state", "possible"),
    [
        ({}, RatioState.MISSING, {1, 2, 3}),
        ({"income": IncomeClass.ACTIVE}, RatioState.MISSING, {3}),
        ({"ratio": 2, "ratio_source": "電話", "ratio_as_of": date(2026, 11, 1)},
         RatioState.KNOWN, {1, 2, 3}),
    ],
)  # fmt: skip
def test_a_ratio_is_shown_with_what_is_to_be_thought_of_it(
    world: VisitWorld, facts: dict[str, Any], state: RatioState, possible: set[int]
) -> None:
    world.insured(**(ORDINARY | facts))
    found = plan_today(world)
    assert (found.ratio.state, set(found.ratio.possible)) == (state, possible)


def test_the_ratio_that_was_noted_last_counts(world: VisitWorld) -> None:
    noted: dict[str, Any] = {"ratio_source": "お知らせ", "ratio_as_of": date(2026, 9, 1)}
    world.item(number=NOTICE, ratio=2, **noted)
    world.insured(ratio=1, ratio_source="電話", ratio_as_of=date(2026, 8, 1))
    assert plan_today(world).ratio.noted.tenths == 2


def test_without_a_birth_date_there_is_no_plan(world: VisitWorld) -> None:
    desk = world.desk
    row = desk.one(ResidentRow, ResidentRow.id == desk.residents["hanako"])
    desk.add_change(row, birth_date=None)
    found = plan_today(world)
    assert found.plan is None
    assert found.ratio.possible == frozenset()


# --- a whole day ----------------------------------------------------------------------------------


def test_a_day_says_what_each_visit_lacks(world: VisitWorld) -> None:
    visit = world.ready()
    world.plan("umeko", escort_id=None, returns_at=None)
    twice = world.form(starts_at=STARTS + timedelta(minutes=30), clinic_id=world.clinic())
    tadashi = world.desk.residents["tadashi"]
    world.desk.do("custodian", plan_visit, PlanVisit(tadashi, twice, despite_conflicts=True))
    found = world.desk.ask("custodian", day_plan, TODAY)
    lacks = {each.visit.name: each.lacks for each in found.visits}
    assert lacks["見本 花子"] == (Lack.CONFLICT,)
    assert lacks["例示 梅子"] == (Lack.RATIO, Lack.ESCORT, Lack.RETURN_TIME, Lack.CARD_CHECK)
    assert Lack.CONFLICT in lacks["仮名 正"]

    world.item(state=ItemState.LOST)
    first = next(
        v for v in world.desk.ask("custodian", day_plan, TODAY).visits if v.visit.id == visit
    )
    assert Lack.THINGS_MISSING in first.lacks


def test_where_nothing_will_do_the_day_says_it_first(world: VisitWorld) -> None:
    world.item(
        "umeko", CARD, card_expires_on=date(2026, 1, 1), certificate_expires_on=date(2026, 1, 1)
    )
    world.insured("umeko", **ORDINARY)
    world.plan("umeko")
    (found,) = world.desk.ask("custodian", day_plan, TODAY).visits
    assert found.lacks[0] is Lack.BLOCKED
    assert ladder(found.plan).blocked is Block.CONTACT_INSURER
    assert not found.ready


def test_who_sees_no_desk_sees_no_plan(world: VisitWorld) -> None:
    with pytest.raises(NotPermitted):
        world.desk.ask("auditor", day_plan, TODAY)
