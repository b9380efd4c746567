"""The sample day's visits: five residents who are accepted in five ways, and what lies ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from facility_app.demo.clinics import FACE_CARD, IN_GRACE, LIVELIHOOD, ORDINARY, PAPER_ONLY
from facility_app.demo.people import PASSWORD
from facility_app.demo.pouches import pouches
from facility_app.demo.store import OPENS_AT, make_sample_store
from facility_app.domain.access import PROGRAM, Actor
from facility_app.domain.ladder_facts import Openness, Way, Why
from facility_app.services.day_plan import DayVisit, Lack, day_plan
from facility_app.services.departure import CheckCode, departure
from facility_app.services.house_calls import rounds_on
from facility_app.services.office import Office
from facility_app.services.outcome_statistics import clinic_statistics
from facility_app.services.visit_series import series_of
from facility_app.services.visits import calendar

TODAY = OPENS_AT.date()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("visits") / "store"
    opened = make_sample_store(folder, history_days=8).open()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def custodian(office: Office) -> Actor:
    return office.unlock("1002", PASSWORD)


@pytest.fixture(scope="module")
def today(office: Office, custodian: Actor) -> dict[int, DayVisit]:
    """The visits of the sample day by the resident's place in demo/people."""
    residents = [pouch.resident_id for pouch in office.ask(PROGRAM, pouches)]
    found = office.ask(custodian, day_plan, TODAY)
    return {residents.index(each.visit.resident_id): each for each in found.visits}


@pytest.mark.parametrize(
    ("index", "first"),
    [
        (ORDINARY, Way.FACE),
        (FACE_CARD, Way.FACE),
        (IN_GRACE, Way.FACE),
        (PAPER_ONLY, Way.CERTIFICATE),
        (LIVELIHOOD, Way.LIVELIHOOD),
    ],
)
def test_each_of_the_five_has_a_way_of_their_own(
    today: dict[int, DayVisit], index: int, first: Way
) -> None:
    plan = today[index].plan.plan
    assert plan is not None
    assert plan.first is not None
    assert (plan.first.way, plan.first.openness, plan.blocked) == (first, Openness.OPEN, None)


def test_what_tells_the_cards_apart(today: dict[int, DayVisit]) -> None:
    plans = {index: each.plan.plan for index, each in today.items()}
    assert all(plans.values())
    assert plans[ORDINARY].step(Way.PIN).openness is Openness.OPEN
    assert plans[FACE_CARD].step(Way.PIN).why[0].why is Why.FACE_CARD
    assert Why.CERTIFICATE_IN_GRACE in {reason.why for reason in plans[IN_GRACE].warnings}
    assert plans[LIVELIHOOD].step(Way.FACE).openness is Openness.CLOSED


def test_only_the_card_check_of_the_day_is_left_to_do(today: dict[int, DayVisit]) -> None:
    assert {index: each.lacks for index, each in today.items() if each.lacks} == {
        index: (Lack.CARD_CHECK,) for index in today if index != PAPER_ONLY
    }


def test_who_has_only_a_paper_can_leave_at_once(
    office: Office, custodian: Actor, today: dict[int, DayVisit]
) -> None:
    (tag,) = [p.code for p in office.ask(PROGRAM, pouches)[PAPER_ONLY : PAPER_ONLY + 1]]
    found = office.ask(custodian, departure, today[PAPER_ONLY].visit.id, tag)
    assert found.green, [line for line in found.lines if not line.green]
    assert len(found.lines) == len(CheckCode)


def test_the_past_says_what_works_where_and_the_calendar_goes_on(
    office: Office, custodian: Actor
) -> None:
    auditor = office.unlock("1006", PASSWORD)
    told = office.ask(auditor, clinic_statistics, TODAY - timedelta(days=8), TODAY)
    assert told.total.told == told.total.visits > 5
    assert len(told.total.ways) > 1
    week = office.ask(custodian, calendar, TODAY, TODAY + timedelta(days=9))
    assert len([day for day in week if day.visits]) >= 3
    (round_,) = office.ask(custodian, rounds_on, TODAY + timedelta(days=3))
    assert len(round_.visits) == 4
    series = office.ask(custodian, series_of, round_.visits[0].visit.resident_id)
    assert all(not each.ended for each in series)
