"""Staff: added with or without an account, changed, their last day, their passwords."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from facility_app.audit.work import Work
from facility_app.db.models import AuditEntryRow, StaffRow
from facility_app.domain.access import PROGRAM, Actor, NotPermitted, Role, StaffId
from facility_app.domain.individual_number import IndividualNumberRefused
from facility_app.domain.passwords import (
    PasswordFromFacility,
    PasswordTooCommon,
    PasswordTooLong,
    PasswordTooShort,
)
from facility_app.domain.people import NameMissing, NameTooLong, StaffNumberMalformed
from facility_app.errors import Refused
from facility_app.services.access import MustWait, WrongPassword, unlock
from facility_app.services.grants import DatesReversed, NewGrant, OwnRights, grant_role
from facility_app.services.settings import Facility, Settings, change_settings, name_facility
from facility_app.services.staff import (
    NewStaff,
    NumberTaken,
    OldPasswordWrong,
    StaffChange,
    add_staff,
    change_staff,
    list_staff,
    possible_holders,
    set_password,
)
from tests.conftest import FakeClock
from tests.numbers import individual_number
from tests.services.accounts import CHEAP, PASSWORD, Enrol, enrol_with
from tests.services.test_access import actions, fail

OTHER = "aoi-tsukue-to-roku-pen"
INDIVIDUAL_NUMBER = individual_number()


@pytest.fixture
def enrol(work: Work) -> Enrol:
    return enrol_with(work)


@pytest.fixture
def boss(work: Work, enrol: Enrol) -> Actor:
    enrol("1", Role.MANAGER, name="見本 恵")
    return unlock(work, "1", PASSWORD, CHEAP)


def staff_row(engine: Engine, staff_id: int) -> StaffRow:
    with Session(engine) as session:
        return session.get_one(StaffRow, staff_id)


def test_somebody_is_added_with_the_name_as_written_and_a_colour_of_their_own(
    work: Work, boss: Actor
) -> None:
    with work.begin(boss) as tx:
        add_staff(tx, NewStaff("２a", "  邉󠄂  﨑子 ", "ナベ　さきこ"), CHEAP)
    with work.read(boss) as reading:
        first, second = list_staff(reading)
    assert (second.number, second.name, second.kana) == ("2A", "邉󠄂 﨑子", "なべ さきこ")
    assert (second.has_account, second.active_from) == (False, date(2026, 11, 20))
    assert first.colour != second.colour
    assert actions(work)[-1] == ("staff.added", {"number": "2A", "name": "邉󠄂 﨑子"})


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (NewStaff("1", "別 人"), NumberTaken),
        (NewStaff("１", "別 人"), NumberTaken),
        (NewStaff("", "別 人"), StaffNumberMalformed),
        (NewStaff("123456789", "別 人"), StaffNumberMalformed),
        (NewStaff("2", " "), NameMissing),
        (NewStaff("2", "長" * 201), NameTooLong),
        (NewStaff("2", INDIVIDUAL_NUMBER), IndividualNumberRefused),
        (NewStaff("2", "別 人", password="short"), PasswordTooShort),
        (NewStaff("2", "別 人", password="x" * 300), PasswordTooLong),
        (NewStaff("2", "別 人", password="password12345"), PasswordTooCommon),
        (NewStaff("2", "別 人", password="1qaz2wsx3edc4"), PasswordTooCommon),
        (
            NewStaff("2", "鬼束 るみ", "おにつか るみ", password="onitsukarumi2026"),
            PasswordFromFacility,
        ),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_what_cannot_be_added_is_refused_and_leaves_nothing(
    work: Work, boss: Actor, new: NewStaff, refusal: type[Refused]
) -> None:
    before = len(actions(work))
    with pytest.raises(refusal), work.begin(boss) as tx:
        add_staff(tx, new, CHEAP)
    with work.read(boss) as reading:
        assert [view.number for view in list_staff(reading)] == ["1"]
    assert len(actions(work)) == before


def test_a_password_from_the_name_of_the_facility_is_refused(work: Work, boss: Actor) -> None:
    with work.begin(boss) as tx:
        name_facility(tx, Facility("みほんの里ひだまり"))
    with pytest.raises(PasswordFromFacility), work.begin(boss) as tx:
        add_staff(tx, NewStaff("2", "別 人", password="mihonnosatohidamari"), CHEAP)


def test_the_least_length_is_the_facilitys(work: Work, boss: Actor) -> None:
    with work.begin(boss) as tx:
        change_settings(tx, Settings(minimum_password=24))
    with pytest.raises(PasswordTooShort) as refused, work.begin(boss) as tx:
        add_staff(tx, NewStaff("2", "別 人", password=PASSWORD), CHEAP)
    assert refused.value.minimum == 24


def test_a_changed_name_and_a_last_day_are_recorded_with_what_stood_before(
    work: Work, boss: Actor, enrol: Enrol, clock: FakeClock
) -> None:
    staff_id = enrol("2", Role.CUSTODIAN, name="旧姓 花子")
    with work.begin(boss) as tx:
        change_staff(tx, StaffChange(staff_id, "新姓 花子", "しんせい はなこ", date(2026, 11, 20)))
    action, plain = actions(work)[-1]
    assert action == "staff.left"
    assert plain["before"] == {"name": "旧姓 花子", "until": "None"}
    unlock(work, "2", PASSWORD, CHEAP)  # the last day still counts
    clock.forward(days=1)
    with pytest.raises(WrongPassword):
        unlock(work, "2", PASSWORD, CHEAP)
    with work.read(boss) as reading:
        assert [view.active for view in list_staff(reading)] == [True, False]
        assert [name for _, name in possible_holders(reading)] == ["見本 恵"]


def test_who_leaves_before_beginning_or_ends_the_own_account_is_refused(
    work: Work, boss: Actor, enrol: Enrol
) -> None:
    staff_id = enrol("2", Role.CUSTODIAN)
    assert boss.staff_id is not None
    with pytest.raises(DatesReversed), work.begin(boss) as tx:
        change_staff(tx, StaffChange(staff_id, "試験 2", "", date(2025, 12, 31)))
    with pytest.raises(OwnRights), work.begin(boss) as tx:
        change_staff(tx, StaffChange(boss.staff_id, "見本 恵", "", date(2026, 12, 31)))


def test_a_password_is_changed_with_the_old_one_only(
    work: Work, engine: Engine, boss: Actor
) -> None:
    assert boss.staff_id is not None
    for wrong in (None, "", "not this one"):
        with pytest.raises(OldPasswordWrong), work.begin(boss) as tx:
            set_password(tx, boss.staff_id, OTHER, CHEAP, old=wrong)
    assert actions(work)[-1][1]["refusal"] == "staff.old_password_wrong"
    with work.begin(boss) as tx:
        set_password(tx, boss.staff_id, OTHER, CHEAP, old=PASSWORD)
    with pytest.raises(WrongPassword):
        unlock(work, "1", PASSWORD, CHEAP)
    assert unlock(work, "1", OTHER, CHEAP).staff_id == boss.staff_id
    assert not staff_row(engine, boss.staff_id).must_change_password


def test_a_password_set_for_somebody_ends_the_wait_and_must_be_changed(
    work: Work, engine: Engine, boss: Actor, enrol: Enrol, clock: FakeClock
) -> None:
    staff_id = enrol("2", Role.CUSTODIAN)
    fail(work, "2", 7, clock)
    with pytest.raises(MustWait):
        unlock(work, "2", PASSWORD, CHEAP)
    with work.begin(boss) as tx:
        set_password(tx, staff_id, OTHER, CHEAP)
    unlock(work, "2", OTHER, CHEAP)
    assert staff_row(engine, staff_id).must_change_password


@pytest.mark.parametrize("role", [Role.CUSTODIAN, Role.PIN_OFFICER, Role.AUDITOR])
def test_who_may_not_manage_staff_changes_nobody(
    work: Work, boss: Actor, enrol: Enrol, role: Role
) -> None:
    staff_id, other = enrol("2", role), enrol("3", Role.CUSTODIAN)
    actor = unlock(work, "2", PASSWORD, CHEAP)
    with pytest.raises(NotPermitted), work.begin(actor) as tx:
        add_staff(tx, NewStaff("4", "別 人"), CHEAP)
    with pytest.raises(NotPermitted), work.begin(actor) as tx:
        change_staff(tx, StaffChange(other, "別 人", "", None))
    with pytest.raises(NotPermitted), work.begin(actor) as tx:
        set_password(tx, other, OTHER, CHEAP)
    with work.begin(actor) as tx:
        set_password(tx, staff_id, OTHER, CHEAP, old=PASSWORD)


def test_an_administrator_has_no_way_into_a_managers_account(
    work: Work, boss: Actor, enrol: Enrol
) -> None:
    enrol("2", Role.SYSTEM_ADMIN)
    second, other = enrol("3"), enrol("4", Role.CUSTODIAN)
    with work.begin(boss) as tx:
        grant_role(tx, NewGrant(second, Role.MANAGER, date(2026, 11, 20)))
    admin = unlock(work, "2", PASSWORD, CHEAP)
    with pytest.raises(NotPermitted), work.begin(admin) as tx:
        set_password(tx, second, OTHER, CHEAP)
    with pytest.raises(NotPermitted), work.begin(admin) as tx:
        change_staff(tx, StaffChange(second, "別 人", "", date(2026, 11, 20)))
    with work.begin(admin) as tx:
        set_password(tx, other, OTHER, CHEAP)
    with work.begin(boss) as tx:
        set_password(tx, second, OTHER, CHEAP)
    assert unlock(work, "3", OTHER, CHEAP).staff_id == second


def test_no_password_stands_in_the_log(work: Work, engine: Engine, boss: Actor) -> None:
    assert boss.staff_id is not None
    with work.begin(boss) as tx:
        set_password(tx, StaffId(boss.staff_id), OTHER, CHEAP, old=PASSWORD)
    with pytest.raises(WrongPassword):
        unlock(work, "1", "tried-but-wrong-one", CHEAP)
    with Session(engine) as session:
        log = "\n".join(row.canonical for row in session.query(AuditEntryRow))
    assert not [secret for secret in (OTHER, PASSWORD, "tried-but-wrong-one") if secret in log]


def test_the_program_itself_adds_staff_only_as_the_set_up_does(work: Work) -> None:
    with work.begin(PROGRAM) as tx:
        staff_id = add_staff(tx, NewStaff("1", "見本 恵", password=PASSWORD), CHEAP)
    with pytest.raises(NotPermitted), work.begin(PROGRAM) as tx:
        change_staff(tx, StaffChange(staff_id, "別 人", "", None))
