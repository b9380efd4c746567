"""Roles given and taken: nobody for themselves, the last manager stays, deputies end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from facility_app.audit.work import Tx, Work
from facility_app.domain.access import Actor, NotPermitted, Permission, Role, Shift, StaffId
from facility_app.services.access import NoRightsNow, unlock
from facility_app.services.grants import (
    DatesReversed,
    DeputyNeedsEnd,
    NeedsAccount,
    NewGrant,
    OwnRights,
    grant_role,
    revoke_grant,
)
from facility_app.services.staff import StaffChange, StaffView, change_staff, list_staff
from tests.conftest import FakeClock
from tests.services.accounts import CHEAP, PASSWORD, Enrol, enrol_with
from tests.services.test_access import actions

TODAY = date(2026, 11, 20)


@pytest.fixture
def enrol(work: Work) -> Enrol:
    return enrol_with(work)


@pytest.fixture
def boss(work: Work, enrol: Enrol) -> Actor:
    enrol("1", Role.MANAGER, name="見本 恵")
    return unlock(work, "1", PASSWORD, CHEAP)


@pytest.fixture
def tx(work: Work, boss: Actor) -> Iterator[Tx]:
    with work.begin(boss) as unit:
        yield unit


def person(work: Work, actor: Actor, number: str) -> StaffView:
    with work.read(actor) as reading:
        return next(view for view in list_staff(reading) if view.number == number)


def test_a_role_is_given_with_dates_and_shift_and_recorded(
    work: Work, boss: Actor, enrol: Enrol
) -> None:
    staff_id = enrol("2")
    new = NewGrant(staff_id, Role.CUSTODIAN, TODAY, date(2027, 3, 31), Shift.NIGHT)
    with work.begin(boss) as tx:
        grant_role(tx, new)
    (grant,) = person(work, boss, "2").grants
    assert (grant.role, grant.shift, grant.valid_until) == (
        Role.CUSTODIAN,
        Shift.NIGHT,
        date(2027, 3, 31),
    )
    action, plain = actions(work)[-1]
    assert (action, plain["role"], plain["until"]) == ("grant.given", "custodian", "2027-03-31")


def test_a_deputy_acts_until_the_last_day(
    work: Work, boss: Actor, enrol: Enrol, clock: FakeClock
) -> None:
    deputy = enrol("2")
    assert boss.staff_id is not None
    with work.begin(boss) as tx:
        grant_role(
            tx, NewGrant(deputy, Role.MANAGER, TODAY, TODAY, deputy_for=StaffId(boss.staff_id))
        )
    assert person(work, boss, "2").grants[0].deputy_for == "見本 恵"
    actor = unlock(work, "2", PASSWORD, CHEAP)
    assert actor.may(Permission.MANAGE_STAFF, clock.now)
    clock.forward(days=1)
    with work.read(actor) as reading:
        assert not reading.may(Permission.MANAGE_STAFF)
    with pytest.raises(NoRightsNow):
        unlock(work, "2", PASSWORD, CHEAP)


def test_a_deputy_without_a_last_day_is_refused(tx: Tx, boss: Actor) -> None:
    with pytest.raises(DeputyNeedsEnd):
        grant_role(tx, NewGrant(StaffId(99), Role.CUSTODIAN, TODAY, None, deputy_for=boss.staff_id))


def test_reversed_dates_are_refused(work: Work, boss: Actor, enrol: Enrol) -> None:
    staff_id = enrol("2")
    with work.begin(boss) as tx, pytest.raises(DatesReversed):
        grant_role(tx, NewGrant(staff_id, Role.CUSTODIAN, TODAY, date(2026, 11, 19)))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ESCORT])
def test_only_an_escort_needs_no_account(work: Work, boss: Actor, enrol: Enrol, role: Role) -> None:
    staff_id = enrol("2", password=None)
    with work.begin(boss) as tx:
        with pytest.raises(NeedsAccount):
            grant_role(tx, NewGrant(staff_id, role, TODAY))
        grant_role(tx, NewGrant(staff_id, Role.ESCORT, TODAY))
    assert [grant.role for grant in person(work, boss, "2").grants] == [Role.ESCORT]


def test_nobody_gives_or_takes_their_own_rights_and_the_attempt_is_recorded(
    work: Work, boss: Actor
) -> None:
    assert boss.staff_id is not None
    with pytest.raises(OwnRights), work.begin(boss) as tx:
        grant_role(tx, NewGrant(boss.staff_id, Role.PIN_OFFICER, TODAY))
    with pytest.raises(OwnRights), work.begin(boss) as tx:
        revoke_grant(tx, person(work, boss, "1").grants[0].id)
    refusals = [plain["refusal"] for action, plain in actions(work) if action == "act.refused"]
    assert refusals == ["staff.own_rights"] * 2
    assert [grant.role for grant in person(work, boss, "1").grants] == [Role.MANAGER]


def test_the_last_manager_keeps_the_role_and_stays(work: Work, boss: Actor, enrol: Enrol) -> None:
    """Two managers: the second ends the first's role, and then nobody can end the second's."""
    second = enrol("2")
    with work.begin(boss) as tx:
        grant_role(tx, NewGrant(second, Role.MANAGER, TODAY))
    other = unlock(work, "2", PASSWORD, CHEAP)
    with work.begin(other) as tx:
        revoke_grant(tx, person(work, boss, "1").grants[0].id)
    admin = enrol("3", Role.SYSTEM_ADMIN)
    actor = unlock(work, "3", PASSWORD, CHEAP)
    assert admin == actor.staff_id
    with pytest.raises(NotPermitted), work.begin(actor) as tx:  # no administrator unmakes a manager
        revoke_grant(tx, person(work, other, "2").grants[0].id)
    with pytest.raises(NotPermitted), work.begin(actor) as tx:
        change_staff(tx, StaffChange(second, "試験 2", "", date(2026, 12, 31)))
    assert person(work, other, "2").active_until is None


def test_a_manager_for_a_time_or_a_night_does_not_count_as_the_last_one(
    work: Work, boss: Actor, enrol: Enrol
) -> None:
    for number, until, shift in (
        ("2", date(2027, 1, 1), Shift.ALWAYS),
        ("3", None, Shift.NIGHT),
    ):
        staff_id = enrol(number)
        with work.begin(boss) as tx:
            grant_role(tx, NewGrant(staff_id, Role.MANAGER, TODAY, until, shift))
    for_a_time = unlock(work, "2", PASSWORD, CHEAP)
    with pytest.raises(NotPermitted), work.begin(for_a_time) as tx:
        revoke_grant(tx, person(work, boss, "1").grants[0].id)


def test_an_administrator_makes_no_manager(work: Work, boss: Actor, enrol: Enrol) -> None:
    enrol("2", Role.SYSTEM_ADMIN)
    third = enrol("3")
    admin = unlock(work, "2", PASSWORD, CHEAP)
    with pytest.raises(NotPermitted), work.begin(admin) as tx:
        grant_role(tx, NewGrant(third, Role.MANAGER, TODAY))
    with work.begin(admin) as tx:
        grant_role(tx, NewGrant(third, Role.CUSTODIAN, TODAY))


def test_the_set_up_makes_one_manager_and_no_second(work: Work, boss: Actor, enrol: Enrol) -> None:
    with pytest.raises(NotPermitted):
        enrol("2", Role.MANAGER)


@pytest.mark.parametrize("role", [Role.CUSTODIAN, Role.PIN_OFFICER, Role.AUDITOR, Role.ESCORT])
def test_who_may_not_manage_staff_gives_and_takes_nothing(
    work: Work, boss: Actor, enrol: Enrol, role: Role
) -> None:
    staff_id = enrol("2", role)
    third = enrol("3", Role.CUSTODIAN)
    actor = Actor(staff_id, "試験 2", boss.identified)
    with pytest.raises(NotPermitted), work.begin(actor) as tx:
        grant_role(tx, NewGrant(third, Role.PIN_OFFICER, TODAY))
    with pytest.raises(NotPermitted), work.begin(actor) as tx:
        revoke_grant(tx, person(work, boss, "3").grants[0].id)
    assert [grant.role for grant in person(work, boss, "3").grants] == [Role.CUSTODIAN]


def test_a_revoked_role_ends_at_once(
    work: Work, boss: Actor, enrol: Enrol, clock: FakeClock
) -> None:
    enrol("2", Role.CUSTODIAN)
    actor = unlock(work, "2", PASSWORD, CHEAP)
    with work.begin(boss) as tx:
        revoke_grant(tx, person(work, boss, "2").grants[0].id)
    with work.read(actor) as reading:
        assert not reading.may(Permission.SIGN_OUT)
    assert person(work, boss, "2").grants == ()
    assert actions(work)[-1][0] == "grant.revoked"
