"""Who may let a PIN out today: grants of the night and the day, deputies, and people who left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from facility_app.db.models import GrantRow
from facility_app.domain.access import NotPermitted, Role, Shift
from facility_app.domain.pins import Act, ApprovalsMissing
from facility_app.services import pin_release
from facility_app.services.grants import NewGrant, grant_role, revoke_grant
from facility_app.services.pin_approval import NotAnOfficer
from facility_app.services.pin_views import Release
from tests.services.accounts import PASSWORD, SINCE
from tests.services.pin_world import (
    DAY,
    PEOPLE,
    PinWorld,
    pin_world,
    staff,
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PinWorld]:
    with pin_world(tmp_path) as world:
        world.switch_on()
        yield world


def test_who_lost_the_role_after_approving_carries_nothing(world: PinWorld) -> None:
    release = world.begin("custodian", Act.PRESENT, world.deposit().id)
    release = world.approve(release, "officer", "deputy")
    with world.office.work.engine.connect() as connection:
        query = select(GrantRow.id).where(GrantRow.staff_id == world.ids["deputy"])
        grant = connection.execute(query).scalar_one()
    world.office.do(world.actor("manager"), revoke_grant, grant)
    with pytest.raises(NotAnOfficer):
        world.present(release)
    assert world.outcomes("vault.presented") == []


def regrant(world: PinWorld, who: str, role: Role, **grant: Any) -> None:
    """Another grant instead of the one that they have."""
    with world.office.work.engine.connect() as connection:
        query = select(GrantRow.id).where(GrantRow.staff_id == world.ids[who])
        former = connection.execute(query).scalar_one()
    manager = world.actor("manager")
    world.office.do(manager, revoke_grant, former)
    world.office.do(manager, grant_role, NewGrant(world.ids[who], role, SINCE, **grant))


@pytest.mark.parametrize("hours", [0, 12], ids=["by day", "by night"])
def test_an_officer_of_the_night_approves_nothing(world: PinWorld, hours: int) -> None:
    """A night grant covers emergencies only."""
    view = world.deposit()
    regrant(world, "deputy", Role.PIN_OFFICER, shift=Shift.NIGHT)
    world.clock.now += timedelta(hours=hours)
    release = world.approve(world.begin("custodian", Act.PRESENT, view.id), "officer")
    with pytest.raises(NotAnOfficer):
        world.approve(release, "deputy")


def test_an_officer_of_the_day_approves_by_day_alone(world: PinWorld) -> None:
    view = world.deposit()
    regrant(world, "deputy", Role.PIN_OFFICER, shift=Shift.DAY)
    release = world.approve(world.begin("custodian", Act.PRESENT, view.id), "officer", "deputy")
    assert world.present(release).outcome.value == "accepted"
    world.clock.now += timedelta(hours=12)
    release = world.approve(world.begin("custodian", Act.PRESENT, view.id), "officer")
    with pytest.raises(NotAnOfficer):
        world.approve(release, "deputy")


def test_who_stands_in_for_an_officer_has_no_slot_and_approves_nothing(world: PinWorld) -> None:
    """代行 gives the role, not the passphrase: the slot is given by changing the officers."""
    view = world.deposit()
    regrant(world, "second", Role.PIN_OFFICER, valid_until=DAY, deputy_for=world.ids["deputy"])
    release = world.approve(world.begin("custodian", Act.PRESENT, view.id), "officer")
    with pytest.raises(NotAnOfficer):
        world.approve(release, "second")


def test_who_stands_in_for_the_manager_is_the_second_person_while_it_lasts(
    world: PinWorld,
) -> None:
    view = world.deposit()
    regrant(world, "second", Role.MANAGER, valid_until=DAY, deputy_for=world.ids["manager"])

    def asked() -> Release:
        release = world.begin("officer", Act.REVEAL, view.id, "カードリーダーの故障")
        return world.approve(release, "officer", "deputy", unlocked="officer")

    def approved_by_second() -> Release:
        number = PEOPLE["second"][0]
        return pin_release.approve_as_manager(
            world.office, world.actor("officer"), asked(), number, PASSWORD
        )

    assert world.reveal(approved_by_second()).width > 0
    world.clock.now += timedelta(days=1)
    with pytest.raises(NotPermitted):
        approved_by_second()


def test_the_threshold_stays_when_officers_leave(world: PinWorld) -> None:
    """Two of three are asked for also when one is left; the printed shares help then."""
    view = world.deposit()
    for who in ("deputy", "third"):
        regrant(world, who, Role.AUDITOR)
    people = world.office.ask(world.actor("custodian"), pin_release.approvers, Act.PRESENT, view.id)
    assert [each.staff_id for each in people] == staff(world, "officer")
    release = world.begin("custodian", Act.PRESENT, view.id)
    assert release.need == 2
    with pytest.raises(ApprovalsMissing):
        world.present(world.approve(release, "officer"))
