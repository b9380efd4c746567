"""Whom to call after an emergency release, and who may see that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from facility_app.db.models import ProxyRow
from facility_app.domain.access import Identified, NotPermitted
from facility_app.domain.people import ProxyKind
from facility_app.i18n import Words
from facility_app.services.emergency import release_emergency
from facility_app.services.emergency_calls import NotTheirRelease, family_calls
from facility_app.services.office import Office
from facility_app.services.visit_papers import announce_emergency_sheet
from facility_app.ui.viewmodels.emergency import OfficeEmergency
from tests.visits_desk import VisitWorld, build_visits


@pytest.fixture
def world(engine, work, clock) -> VisitWorld:
    made = build_visits(engine, work, clock)
    hanako = made.desk.residents["hanako"]
    made.desk.add(
        ProxyRow(resident_id=hanako, kind=ProxyKind.FAMILY, name="見本 次女"),
        ProxyRow(resident_id=hanako, kind=ProxyKind.FAMILY, name="見本 長女", phone="000-1"),
        ProxyRow(resident_id=hanako, kind=ProxyKind.ADULT_GUARDIAN, name="後見 薫", phone="000-2"),
    )
    for who in ("custodian", "second"):
        by_number = replace(made.desk.staff[who], identified=Identified.NUMBER)
        made.desk.staff[f"{who} by number"] = by_number
    return made


def released(world: VisitWorld) -> int:
    resident = world.desk.residents["hanako"]
    return world.desk.do("custodian by number", release_emergency, resident).loan_id


def test_who_released_sees_whom_to_call_from_the_locked_screen(world: VisitWorld) -> None:
    found = world.desk.ask("custodian by number", family_calls, released(world))
    assert [call.name for call in found] == ["後見 薫", "見本 長女", "見本 次女"]


def test_who_sees_the_desk_sees_it_too(world: VisitWorld) -> None:
    assert len(world.desk.ask("second", family_calls, released(world))) == 3


def test_the_window_asks_for_it_in_words(world: VisitWorld) -> None:
    office = Office(world.desk.work, None, None)  # type: ignore[arg-type]  # neither is used here
    loan = released(world)
    actor = world.desk.staff["custodian by number"]
    first, *_ = OfficeEmergency(office).family(actor, Words("ja"), loan)
    assert (first.name, first.relation, first.phone) == ("後見 薫", "成年後見人", "000-2")


@pytest.mark.parametrize("act", [family_calls, announce_emergency_sheet])
def test_a_number_alone_opens_no_other_release_and_no_loan(world: VisitWorld, act) -> None:
    loan = released(world)
    ordinary = world.desk.signed_out("tadashi")
    for who, wanted in (("second by number", loan), ("custodian by number", ordinary)):
        with pytest.raises(NotTheirRelease):
            world.desk.do(who, act, wanted)
    assert world.desk.actions()[-1] == "act.refused"


def test_an_auditor_releases_nothing(world: VisitWorld) -> None:
    with pytest.raises(NotPermitted):
        world.desk.ask("auditor", family_calls, released(world))
