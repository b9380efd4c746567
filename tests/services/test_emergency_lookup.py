"""Whose pouch it is, for somebody known by staff number only."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.domain.access import Actor, Identified, NotPermitted
from facility_app.domain.individual_number import IndividualNumberRefused, check_digit
from facility_app.services.emergency import release_emergency
from facility_app.services.emergency_lookup import EmergencyTargets, emergency_targets
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


def by_number(desk: DeskWorld, who: str = "custodian") -> Actor:
    """The person as the locked screen knows them."""
    return replace(desk.staff[who], identified=Identified.NUMBER)


def find(desk: DeskWorld, text: str, actor: Actor | None = None) -> EmergencyTargets:
    """What the dialog would show."""
    with desk.work.read(actor or by_number(desk)) as reading:
        return emergency_targets(reading, text)


def test_a_tag_and_a_name_name_one_person_with_slot_and_count(desk: DeskWorld) -> None:
    by_tag = find(desk, desk.codes["hanako"])
    assert by_tag.total == 1
    (target,) = by_tag.rows
    assert target.resident_id == desk.residents["hanako"]
    assert target.slot
    assert target.items == 4
    assert find(desk, target.name).rows == by_tag.rows


def test_what_is_out_already_counts_as_nothing_to_take(desk: DeskWorld) -> None:
    desk.do("custodian", release_emergency, desk.residents["hanako"])
    assert find(desk, desk.codes["hanako"]).rows[0].items == 0


def test_an_unknown_tag_and_a_single_letter_find_nobody(desk: DeskWorld) -> None:
    assert find(desk, "0" * 26).total == 0
    assert find(desk, "み").total == 0
    assert find(desk, "").total == 0


def test_it_needs_the_right_to_release_and_refuses_individual_numbers(desk: DeskWorld) -> None:
    with pytest.raises(NotPermitted):
        find(desk, "みほん", by_number(desk, "auditor"))
    number = "11122233344"
    with pytest.raises(IndividualNumberRefused):
        find(desk, number + str(check_digit(number)))
