"""Who is let in, how long somebody waits after failures, and which right each role has."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from facility_app.audit.checkpoint import Signer
from facility_app.audit.work import Work
from facility_app.db.models import AuditEntryRow, StaffRow
from facility_app.domain.access import (
    NIGHT_RIGHTS,
    PROGRAM,
    RIGHTS,
    SYSTEM_RIGHTS,
    Actor,
    Identified,
    NightHours,
    NotPermitted,
    Permission,
    Role,
    Shift,
)
from facility_app.domain.passwords import LONGEST_DELAY, delay_after
from facility_app.services.access import (
    MustWait,
    NoRightsNow,
    SamePerson,
    UnknownStaffNumber,
    WrongPassword,
    confirm_second,
    identify_by_number,
    lock_program,
    unlock,
    unlock_tiles,
)
from facility_app.services.grants import NewGrant, grant_role
from tests.conftest import HEAD_KEY, START, ActorWith, FakeClock
from tests.services.accounts import CHEAP, PASSWORD, Enrol, enrol_with

# M manager, C custodian, P PIN officer, E escort, A auditor, S system administrator,
# N what a night shift leaves, # the program itself.  Written by hand from design §1 and issues #2,
# #3, #5 and #7, so that a slip in RIGHTS shows here.
TABLE = """
view-desk            M C P . . . N .
sign-out             M C . . . . . .
sign-in              M C . . . . N .
hand-over            M C . . . . N .
release-emergency    M C . . . . N .
explain-emergency    M C . . . . N .
review-emergency     M . . . . . . .
hand-back            M C . . . . . .
correct-record       M C . . . . . .
witness              M C P . . . . .
view-residents       M C P . A . N .
manage-residents     M C . . . . . .
manage-agreements    M C . . . . . .
plan-visits          M C . . . . . #
override-departure   M C . . . . . .
check-cards          M C . . . . N .
view-stocktake       M C . . A . . .
count-stocktake      M C . . . . . .
approve-stocktake    M . . . . . . .
view-lost            M C P . A . N .
report-lost          M C P . . . N .
manage-lost          M . . . . . . .
view-registers       M C P . A . . .
write-registers      M C . . . . . .
manage-registers     M . . . . . . .
manage-retention     M . . . . . . .
import               M . . . . S . .
print-tags           M C . . . . . .
view-staff           M . . . A S . .
manage-staff         M . . . . S . .
view-log             M C . . A . . .
verify-log           M . . . A S . #
review-record        M . . . A . . .
make-checkpoint      M C . . . S N #
make-reports         M . . . A . . .
manage-settings      M . . . . S . .
manage-cabinets      M . . . . S . .
view-vault           M C P . . . . .
deposit-pin          . C P . . . . .
present-pin          . C P . . . . .
reveal-pin           M . P . . . . .
approve-pin          . . P . . . . .
erase-pin            M . P . . . . .
manage-vault         M . . . . . . .
back-up              M C . . . S N #
restore              . . . . . S . #
change-own-password  M C P . A S N .
identify             . . . . . . . #
set-up               . . . . . . . #
"""
ROLES = tuple(Role)
ROWS = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [
    (Permission(name), role, cell != ".")
    for name, *cells in ROWS
    for role, cell in zip(ROLES, cells[: len(ROLES)], strict=True)
]


@pytest.fixture
def enrol(work: Work) -> Enrol:
    return enrol_with(work)


def actions(work: Work) -> list[tuple[str, dict[str, object]]]:
    with Session(work.engine) as session:
        rows = session.scalars(select(AuditEntryRow.canonical).order_by(AuditEntryRow.seq))
        return [(entry["action"], entry["plain"]) for entry in map(json.loads, rows)]


def row_of(engine: Engine, number: str) -> StaffRow:
    with Session(engine) as session:
        return session.scalars(select(StaffRow).where(StaffRow.number == number)).one()


def fail(work: Work, number: str, times: int, clock: FakeClock) -> None:
    for _ in range(times):
        clock.now += LONGEST_DELAY
        with pytest.raises(WrongPassword):
            unlock(work, number, "not this one", CHEAP)


def test_the_table_names_every_permission_and_role() -> None:
    assert [name for name, *_ in ROWS] == [permission.value for permission in Permission]
    assert len(CELLS) == len(Permission) * len(Role)


@pytest.mark.parametrize(
    ("permission", "role", "given"), CELLS, ids=[f"{r.value}-{p.value}" for p, r, _ in CELLS]
)
def test_every_role_has_the_rights_of_the_table_and_no_other(
    permission: Permission, role: Role, given: bool
) -> None:
    assert (permission in RIGHTS[role]) is given


@pytest.mark.parametrize("role", Role)
def test_work_lets_a_role_do_what_the_table_says_and_records_every_refusal(
    work: Work, actor_with: ActorWith, role: Role
) -> None:
    actor = actor_with(role)
    refused = []
    for permission in Permission:
        try:
            with work.read(actor) as reading:
                reading.require(permission)
        except NotPermitted as refusal:
            refused.append(refusal.permission.value)
    assert refused == [p.value for p, r, given in CELLS if r is role and not given]
    assert [plain["permission"] for action, plain in actions(work)] == refused


def test_a_night_shift_and_the_program_have_what_the_table_says() -> None:
    assert {p.value for p in NIGHT_RIGHTS} == {name for name, *cells in ROWS if cells[6] == "N"}
    assert {p.value for p in SYSTEM_RIGHTS} == {name for name, *cells in ROWS if cells[7] == "#"}


@pytest.mark.parametrize(
    ("hour", "minute", "night"),
    [(20, 59, False), (21, 0, True), (23, 59, True), (0, 0, True), (5, 59, True), (6, 0, False)],
)
def test_shifts_hold_in_their_hours_only(
    work: Work, actor_with: ActorWith, clock: FakeClock, hour: int, minute: int, night: bool
) -> None:
    """Hours are those of Japan; a night shift may release in an emergency and sign nothing out."""
    clock.now = datetime(2026, 11, 20, hour, minute, tzinfo=UTC) - timedelta(hours=9)
    at_night = actor_with(Role.CUSTODIAN, shift=Shift.NIGHT)
    by_day = actor_with(Role.CUSTODIAN, shift=Shift.DAY)
    always = actor_with(Role.CUSTODIAN)
    with work.read(at_night) as reading:
        assert reading.may(Permission.RELEASE_EMERGENCY) is night
        assert not reading.may(Permission.SIGN_OUT)
    with work.read(by_day) as reading:
        assert reading.may(Permission.SIGN_OUT) is not night
        assert reading.may(Permission.RELEASE_EMERGENCY) is not night
    with work.read(always) as reading:
        assert reading.may(Permission.SIGN_OUT)


def test_a_night_within_one_day_ends_where_it_says() -> None:
    short = NightHours(datetime(2026, 1, 1, 1).time(), datetime(2026, 1, 1, 5).time())
    hours = [
        h for h in range(24) if short.covers(datetime(2026, 1, 2, h, tzinfo=UTC) - timedelta(0))
    ]
    assert hours == [16, 17, 18, 19]  # 01:00 to 05:00 in Japan


@pytest.mark.parametrize(
    ("day", "works"), [(19, False), (20, True), (22, True), (23, False)], ids=str
)
def test_a_grant_holds_from_its_first_to_its_last_day_in_japan(
    work: Work, enrol: Enrol, clock: FakeClock, day: int, works: bool
) -> None:
    enrol("1", Role.MANAGER)
    staff_id = enrol("2")
    with work.begin(PROGRAM) as tx:
        first, last = date(2026, 11, 20), date(2026, 11, 22)
        grant_role(tx, NewGrant(staff_id, Role.CUSTODIAN, first, last))
    clock.now = datetime(2026, 11, day, 14, 59, tzinfo=UTC)  # 23:59 in Japan
    if works:
        assert unlock(work, "2", PASSWORD, CHEAP).may(Permission.SIGN_OUT, clock.now)
    else:
        with pytest.raises(NoRightsNow):
            unlock(work, "2", PASSWORD, CHEAP)


def test_unlock_gives_the_person_and_both_ways_of_writing_the_number_work(
    work: Work, enrol: Enrol
) -> None:
    staff_id = enrol("1A", Role.MANAGER, name="見本 恵")
    actor = unlock(work, " １ａ ", PASSWORD, CHEAP)
    assert (actor.staff_id, actor.name, actor.identified) == (
        staff_id,
        "見本 恵",
        Identified.PASSWORD,
    )
    lock_program(work, actor, "person")
    assert [action for action, _ in actions(work)][-2:] == ["unlock.done", "lock.done"]
    lock_program(work, actor, "idle")
    with work.engine.connect() as connection:
        actors = connection.exec_driver_sql("SELECT actor FROM audit_entry ORDER BY seq").all()
    assert [row[0] for row in actors][-3:] == [staff_id, staff_id, None]


@pytest.mark.parametrize("number", ["1", "99", "", "no such number at all", "１２３４５６７８９０"])
def test_a_wrong_password_and_an_unknown_number_are_refused_alike(
    work: Work, enrol: Enrol, number: str
) -> None:
    enrol("1", Role.MANAGER)
    with pytest.raises(WrongPassword) as refused:
        unlock(work, number, "not this one", CHEAP)
    assert refused.value.wait_s == 0
    assert actions(work)[-1] == ("unlock.refused", {"for": "unlock", "waiting": False})


def test_who_has_no_account_or_has_left_is_not_let_in(
    work: Work, enrol: Enrol, engine: Engine
) -> None:
    enrol("1", Role.MANAGER)
    enrol("2", Role.ESCORT, password=None)
    enrol("3", Role.CUSTODIAN)
    with Session(engine.execution_options(writes=True)) as session:
        left = session.scalars(select(StaffRow).where(StaffRow.number == "3")).one()
        left.active_until = date(2026, 11, 19)
        session.commit()
    for number in ("2", "3"):
        with pytest.raises(WrongPassword):
            unlock(work, number, PASSWORD, CHEAP)
    with work.read(PROGRAM) as reading:
        assert [tile.number for tile in unlock_tiles(reading)] == ["1"]


def test_the_delay_doubles_after_the_third_failure_up_to_a_quarter_of_an_hour() -> None:
    seconds = [delay_after(failures).total_seconds() for failures in range(16)]
    assert seconds[:6] == [0, 0, 0, 1, 2, 4]
    assert seconds[-1] == LONGEST_DELAY.total_seconds() == 900
    assert seconds == sorted(seconds)


def test_the_growing_delay_survives_a_restart(
    work: Work, engine: Engine, clock: FakeClock, signer: Signer, enrol: Enrol
) -> None:
    enrol("1", Role.MANAGER)
    fail(work, "1", 6, clock)
    again = Work(engine, clock, HEAD_KEY, signer)  # a new process on the same file
    with pytest.raises(MustWait) as waiting:
        unlock(again, "1", PASSWORD, CHEAP)
    assert 1 <= waiting.value.wait_s <= 9
    clock.forward(seconds=8)
    assert unlock(again, "1", PASSWORD, CHEAP).name
    assert row_of(engine, "1").failures == 0


def test_waiting_is_not_counted_as_a_failure_but_recorded(
    work: Work, engine: Engine, clock: FakeClock, enrol: Enrol
) -> None:
    enrol("1", Role.MANAGER)
    fail(work, "1", 5, clock)
    for _ in range(3):
        with pytest.raises(MustWait):
            unlock(work, "1", PASSWORD, CHEAP)
    assert row_of(engine, "1").failures == 5
    assert actions(work)[-1] == ("unlock.refused", {"for": "unlock", "waiting": True})


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=100)], ids=str)
def test_a_clock_set_back_neither_locks_out_nor_shortens_the_delay(
    work: Work, clock: FakeClock, enrol: Enrol, back: timedelta
) -> None:
    enrol("1", Role.MANAGER)
    fail(work, "1", 8, clock)
    clock.now -= back
    with pytest.raises(MustWait) as waiting:
        unlock(work, "1", PASSWORD, CHEAP)
    assert waiting.value.wait_s <= delay_after(8).total_seconds() + 1
    assert "clock.set_back" in [action for action, _ in actions(work)]


def test_a_second_person_confirms_and_is_recorded_under_the_own_name(
    work: Work, enrol: Enrol
) -> None:
    enrol("1", Role.MANAGER)
    second = enrol("2", Role.PIN_OFFICER, name="見届 人")
    first = unlock(work, "1", PASSWORD, CHEAP)
    witness = confirm_second(work, first, "2", PASSWORD, CHEAP)
    assert (witness.staff_id, witness.name, witness.at) == (second, "見届 人", START)
    assert actions(work)[-1][0] == "witness.confirmed"


def test_nobody_confirms_the_own_act_and_not_everybody_may_confirm(
    work: Work, enrol: Enrol
) -> None:
    enrol("1", Role.MANAGER)
    enrol("2", Role.AUDITOR)
    first = unlock(work, "1", PASSWORD, CHEAP)
    with pytest.raises(SamePerson):
        confirm_second(work, first, "1", PASSWORD, CHEAP)
    with pytest.raises(NotPermitted):
        confirm_second(work, first, "2", PASSWORD, CHEAP)
    with pytest.raises(WrongPassword):
        confirm_second(work, first, "2", "not this one", CHEAP)
    refused = [plain.get("refusal", plain.get("for")) for _, plain in actions(work)[-3:]]
    assert refused == ["access.same_person", "access.not_permitted", "witness"]


def test_a_number_alone_is_enough_for_an_emergency_and_for_nothing_else(
    work: Work, enrol: Enrol
) -> None:
    enrol("1", Role.MANAGER)
    with work.read(PROGRAM) as reading:
        actor = identify_by_number(reading, "1")
    assert actor.rights(START) == {Permission.RELEASE_EMERGENCY}
    with work.read(actor) as reading:
        rights = [permission for permission in Permission if reading.may(permission)]
    assert rights == [Permission.RELEASE_EMERGENCY]


def test_a_number_of_nobody_or_of_an_auditor_releases_nothing(work: Work, enrol: Enrol) -> None:
    enrol("1", Role.AUDITOR)
    with pytest.raises(UnknownStaffNumber), work.read(PROGRAM) as reading:
        identify_by_number(reading, "2")
    with pytest.raises(NotPermitted), work.read(PROGRAM) as reading:
        identify_by_number(reading, "1")


def test_the_unlock_page_shows_who_may_work_now(work: Work, enrol: Enrol, clock: FakeClock) -> None:
    enrol("1", Role.MANAGER, Role.PIN_OFFICER, name="見本 恵")
    enrol("2", Role.CUSTODIAN, shift=Shift.NIGHT)
    with work.read(PROGRAM) as reading:
        first, second = unlock_tiles(reading)
    assert (first.name, first.roles) == ("見本 恵", (Role.MANAGER, Role.PIN_OFFICER))
    assert (second.roles, second.night_only) == ((), True)
    clock.forward(hours=12)  # 22:00 in Japan
    with work.read(PROGRAM) as reading:
        assert unlock_tiles(reading)[1].roles == (Role.CUSTODIAN,)


def test_a_right_taken_away_is_gone_for_who_is_still_unlocked(
    work: Work, actor_with: ActorWith, engine: Engine
) -> None:
    actor = actor_with(Role.CUSTODIAN)
    with Session(engine.execution_options(writes=True)) as session:
        row = session.get_one(StaffRow, actor.staff_id)
        row.grants[0].revoked_at = START
        session.commit()
    assert actor.may(Permission.SIGN_OUT, START)  # what the window still believes
    with work.read(actor) as reading, pytest.raises(NotPermitted):
        reading.require(Permission.SIGN_OUT)


def test_nobody_without_a_grant_is_let_do_anything(work: Work) -> None:
    stranger = Actor(None, "", Identified.PASSWORD)
    with work.read(stranger) as reading:
        assert not any(reading.may(permission) for permission in Permission)
