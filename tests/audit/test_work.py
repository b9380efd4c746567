"""`Work` is the only door: a change and its entry are one transaction, or neither is."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar

import pytest
from sqlalchemy import delete, func, insert, select, text, update

from facility_app.audit import log
from facility_app.audit.changes import WriteWhileReading
from facility_app.audit.entry import Entry, parse, unseal
from facility_app.audit.verify import Trust, verify
from facility_app.audit.work import UnauditedWrite, UnguardedUse, Work
from facility_app.db.models import (
    AuditEntryRow,
    GrantRow,
    IntentRow,
    ResidentKeyRow,
    ResidentRow,
    SettingRow,
    SlotRow,
    StaffRow,
)
from facility_app.domain.access import PROGRAM, Identified, NotPermitted, Permission, Role
from facility_app.errors import Refused
from tests.conftest import HEAD_KEY, START

P = Permission


def entries(work: Work) -> list[Entry]:
    with work.engine.connect() as connection:
        query = select(AuditEntryRow.canonical).order_by(AuditEntryRow.seq)
        return [parse(canonical) for canonical in connection.scalars(query)]


def actions(work: Work) -> list[str]:
    return [entry.action for entry in entries(work)]


def slot(number: int = 1) -> SlotRow:
    return SlotRow(cabinet="A", number=number, label=f"A-{number}")


def slots(work: Work) -> int:
    with work.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(SlotRow)) or 0


def assert_sound(work: Work) -> None:
    assert work.signer is not None
    with work.engine.connect() as connection:
        assert verify(connection, Trust(HEAD_KEY, work.signer.verifier)).clean


def test_a_change_and_its_entry_are_committed_together(work, manager):
    with work.begin(manager) as tx:
        tx.require(P.MANAGE_CABINETS)
        tx.session.add(slot())
        assert tx.record("slot.added", "slot:1", plain={"label": "A-1"}) == 1
    (entry,) = entries(work)
    assert (entry.seq, entry.action, entry.actor) == (1, "slot.added", manager.staff_id)
    assert (entry.subject, entry.plain) == ("slot:1", {"label": "A-1"})
    assert (entry.at, entry.identified) == ("2026-11-20T01:00:00.000000Z", "password")
    assert slots(work) == 1
    assert_sound(work)


def test_an_error_leaves_neither_the_change_nor_the_entry_and_the_next_unit_goes_on(work, manager):
    for _ in range(2):
        with work.begin(manager) as tx:
            tx.require(P.MANAGE_CABINETS)
            tx.record("slot.added", "slot:1")
        with pytest.raises(ZeroDivisionError), work.begin(manager) as tx:
            tx.require(P.MANAGE_CABINETS)
            tx.session.add(slot())
            tx.record("slot.added", "slot:1")
            raise ZeroDivisionError
    assert [entry.seq for entry in entries(work)] == [1, 2]
    assert slots(work) == 0
    assert_sound(work)


CHANGES = {
    "orm insert": lambda s: s.add(slot(2)),
    "orm update": lambda s: setattr(s.get(StaffRow, 1), "kana", "みほん"),
    "orm delete": lambda s: s.delete(s.get(SlotRow, 1)),
    "core insert": lambda s: s.execute(insert(SettingRow).values(name="a", value=1)),
    "core update": lambda s: s.execute(update(StaffRow).values(kana="x")),
    "core delete": lambda s: s.execute(delete(SlotRow)),
    "bulk insert": lambda s: s.execute(
        insert(SlotRow), [{"cabinet": "B", "number": n, "label": f"B-{n}"} for n in range(9)]
    ),
    "insert returning": lambda s: s.scalars(
        insert(SlotRow).values(cabinet="C", number=1, label="C-1").returning(SlotRow.id)
    ).all(),
    "text": lambda s: s.execute(text("update setting set value = '2'")),
    "text, several lines": lambda s: s.execute(
        text("INSERT\n INTO\n main.setting VALUES ('q', 1)")
    ),
    "text, or replace": lambda s: s.execute(
        text("insert or replace into \"setting\" values ('theme', '1')")
    ),
    "text, commented": lambda s: s.execute(text("/* x */ -- y\n DELETE FROM setting")),
    "text, with": lambda s: s.execute(
        text("WITH x AS (SELECT 1) UPDATE setting SET value = (SELECT * FROM x)")
    ),
    "raw": lambda s: s.connection().exec_driver_sql("UPDATE setting SET value = '7'"),
    "relationship": lambda s: s.add(
        StaffRow(
            number="7",
            name="x",
            active_from=START.date(),
            grants=[GrantRow(role=Role.AUDITOR, valid_from=START.date(), granted_at=START)],
        )
    ),
}


@pytest.fixture
def furnished(work, manager):
    with work.begin(manager) as tx:
        tx.require(P.MANAGE_CABINETS)
        tx.session.add_all([slot(), SettingRow(name="theme", value="x")])
        tx.record("slot.added", "slot:1")
    return work


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_without_an_entry_is_not_committed_whatever_way_it_came(
    furnished, manager, change
):
    def state() -> list[object]:
        with furnished.engine.connect() as connection:
            tables = (SlotRow, SettingRow, StaffRow, GrantRow)
            return [list(connection.execute(select(t.__table__))) for t in tables]

    before = state()
    with pytest.raises(UnauditedWrite), furnished.begin(manager) as tx:
        tx.require(P.MANAGE_CABINETS)
        CHANGES[change](tx.session)
    assert state() == before
    with furnished.begin(manager) as tx:
        tx.require(P.MANAGE_CABINETS)
        CHANGES[change](tx.session)
        tx.record("settings.changed", "setting:x")
    assert state() != before
    assert_sound(furnished)


def test_a_use_case_cannot_commit_on_its_own_to_avoid_the_entry(work, manager):
    with pytest.raises(UnauditedWrite), work.begin(manager) as tx:
        tx.require(P.MANAGE_CABINETS)
        tx.session.add(slot())
        tx.session.commit()
    assert slots(work) == 0


def test_a_statement_that_touched_no_row_needs_no_entry(work, manager):
    with work.begin(manager) as tx:
        tx.require(P.MANAGE_CABINETS)
        tx.session.execute(delete(SlotRow))
        tx.session.execute(update(SlotRow).values(number=1))
    assert entries(work) == []


def test_an_entry_cannot_be_written_where_it_could_be_rolled_back_alone(work, manager):
    with (
        pytest.raises(RuntimeError, match="savepoint"),
        work.begin(manager) as tx,
    ):
        tx.require(P.MANAGE_CABINETS)
        with tx.session.begin_nested():
            tx.record("slot.added", "slot:1")
    with work.begin(manager) as tx:
        tx.require(P.MANAGE_CABINETS)
        with tx.session.begin_nested():
            tx.session.add(slot())
        tx.record("slot.added", "slot:1")
    assert (slots(work), actions(work)) == (1, ["slot.added"])


def test_the_session_stays_shut_until_a_permission_was_asked_for(work, manager):
    with pytest.raises(UnguardedUse), work.begin(manager) as tx:
        tx.session.add(slot())
    with pytest.raises(UnguardedUse), work.begin(manager) as tx:
        tx.record("slot.added", "slot:1")
    with pytest.raises(UnguardedUse), work.read(manager) as reading:
        reading.session.get(StaffRow, 1)
    assert entries(work) == []


def test_a_unit_that_reads_cannot_write(work, manager):
    with pytest.raises(WriteWhileReading), work.read(manager) as reading:
        reading.require(P.VIEW_LOG)
        reading.session.add(slot())
        reading.session.commit()
    assert slots(work) == 0


@pytest.mark.parametrize("role", [None, *Role])
def test_a_refusal_is_recorded_with_who_and_what_and_raised_again(work, actor_with, role):
    actor = actor_with(*([role] if role else []))
    with pytest.raises(NotPermitted) as caught, work.begin(actor) as tx:
        tx.require(P.SET_UP)
    assert caught.value.permission is P.SET_UP
    with pytest.raises(NotPermitted), work.read(actor) as reading:
        reading.require(P.SET_UP)
    first, second = entries(work)
    assert (first.action, first.actor) == ("act.refused", actor.staff_id)
    assert first.plain == {"refusal": "access.not_permitted", "permission": "set-up"}
    assert second.plain == first.plain


@dataclass(eq=False)
class Harmless(Refused):
    key: ClassVar[str] = "test.harmless"


def test_a_refusal_that_is_no_evidence_leaves_no_entry(work, manager):
    with pytest.raises(Harmless), work.begin(manager) as tx:
        tx.require(P.MANAGE_CABINETS)
        tx.session.add(slot())
        tx.record("slot.added", "slot:1")
        raise Harmless
    assert entries(work) == []
    assert slots(work) == 0


def test_a_right_that_was_taken_away_is_gone_at_once(work, manager, custodian):
    with work.read(custodian) as reading:
        reading.require(P.SIGN_OUT)
    with work.begin(manager) as tx:
        tx.require(P.MANAGE_STAFF)
        grant = tx.session.scalars(
            select(GrantRow).where(GrantRow.staff_id == custodian.staff_id)
        ).one()
        grant.revoked_at = tx.now
        tx.record("grant.revoked", "grant:1")
    assert custodian.grants  # what the window still holds in its hands does not count
    with pytest.raises(NotPermitted), work.read(custodian) as reading:
        reading.require(P.SIGN_OUT)


def test_the_program_itself_has_no_staff_id_to_act_under(work):
    with pytest.raises(NotPermitted), work.begin(PROGRAM) as tx:
        _ = tx.staff_id


def test_a_clock_set_back_is_an_entry_of_its_own_and_order_stays(work, clock, manager):
    def act() -> None:
        with work.begin(manager) as tx:
            tx.require(P.MANAGE_CABINETS)
            tx.record("settings.changed", "setting:x")

    act()
    clock.forward(hours=-2)
    act()
    act()
    clock.forward(hours=1)
    act()
    assert actions(work) == ["settings.changed", "clock.set_back"] + ["settings.changed"] * 3
    back = entries(work)[1]
    assert back.plain == {"from": "2026-11-20T01:00:00.000000Z", "to": back.at}
    again = Work(work.engine, clock, HEAD_KEY, work.signer)
    clock.forward(minutes=-1)
    with again.begin(manager) as tx:
        tx.require(P.MANAGE_CABINETS)
        tx.record("settings.changed", "setting:x")
    assert actions(work)[5:] == ["clock.set_back", "settings.changed"]
    assert_sound(work)


def test_an_announced_act_without_outcome_is_closed_as_unknown_at_the_next_start(work, manager):
    with work.begin(manager) as tx:
        tx.require(P.PRINT_TAGS)
        first = tx.intend("tags.printed", "tags", plain={"count": 3})
        second = tx.intend("tags.printed", "tags")
    with work.begin(manager) as tx:
        tx.require(P.PRINT_TAGS)
        tx.conclude(first, "done")
    with pytest.raises(ValueError, match="outcome already"), work.begin(manager) as tx:
        tx.require(P.PRINT_TAGS)
        tx.conclude(first, "failed")
    assert work.close_open_intents() == 1
    assert work.close_open_intents() == 0
    plains = [entry.plain for entry in entries(work)]
    assert plains == [
        {"count": 3, "phase": "intent"},
        {"phase": "intent"},
        {"phase": "outcome", "of": first, "result": "done"},
        {"phase": "outcome", "of": second, "result": "unknown"},
    ]
    with work.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(IntentRow)) == 0


def test_two_windows_append_in_turn_to_one_log(work, clock, manager):
    other = Work(work.engine, clock, HEAD_KEY, work.signer)
    for number in range(9):
        each = (work, other)[number % 2]
        with each.begin(manager) as tx:
            tx.require(P.MANAGE_CABINETS)
            assert tx.record("slot.added", f"slot:{number}") == number + 1
    assert [entry.seq for entry in entries(work)] == list(range(1, 10))
    assert_sound(work)


def test_several_entries_of_one_unit_are_one_step_of_the_head(work, manager):
    with work.begin(manager) as tx:
        tx.require(P.MANAGE_CABINETS)
        for number in range(20):
            tx.record("slot.added", f"slot:{number}")
        head = tx.head
    with work.engine.connect() as connection:
        kept = log.kept_head(connection)
        assert kept is not None
        assert (kept.size, kept.newest, kept.root) == (20, 20, head.root())
        assert log.stored_head(connection) == head


def test_details_are_sealed_to_their_entry_and_resident(work, manager, resident_with):
    one, two = resident_with(), resident_with("控井 恵")
    with work.begin(manager) as tx:
        tx.require(P.SIGN_OUT)
        for resident in (one, two):
            tx.record(
                "item.signed_out", "loan:1", resident=resident, items=[5, 3, 5], holder="架空 誠"
            )
    first, second = entries(work)
    assert first.items == (3, 5)
    assert "架空" not in first.canonical()
    with work.engine.connect() as connection:
        keys = dict(
            connection.execute(select(ResidentKeyRow.resident_id, ResidentKeyRow.key)).all()
        )
    assert unseal(first, keys[one]) == {"holder": "架空 誠"}
    with pytest.raises(ValueError, match="do not belong"):
        unseal(first, keys[two])
    with pytest.raises(ValueError, match="do not belong"):
        unseal(replace(first, seq=2), keys[one])
    with pytest.raises(ValueError, match="do not belong"):
        unseal(replace(second, sealed=first.sealed), keys[two])
    with pytest.raises(ValueError, match="do not belong"):
        unseal(replace(first, sealed="?"), keys[one])


def test_destroying_a_key_erases_details_and_leaves_a_log_that_verifies(
    work, manager, resident_with
):
    resident = resident_with()

    def act(note: str) -> None:
        with work.begin(manager) as tx:
            tx.require(P.MANAGE_RESIDENTS)
            tx.session.execute(
                delete(ResidentKeyRow) if note == "erase" else update(ResidentRow).values(room="9")
            )
            tx.record("resident.changed", f"resident:{resident}", resident=resident, note=note)

    act("before")
    act("erase")
    act("after")
    with work.engine.connect() as connection:
        key = connection.scalar(select(ResidentKeyRow.key)) or b""
    before, *later = entries(work)
    with pytest.raises(ValueError, match="do not belong"):
        unseal(before, key)
    assert [unseal(entry, key)["note"] for entry in later] == ["erase", "after"]
    assert_sound(work)


def test_details_without_a_resident_and_values_without_json_are_refused(work, manager):
    for kwargs in ({"note": "x"}, {"plain": {"x": float("nan")}}):
        with pytest.raises(ValueError), work.begin(manager) as tx:  # noqa: PT011 - two sources
            tx.require(P.MANAGE_CABINETS)
            tx.record("slot.added", "slot:1", **kwargs)
    with pytest.raises(TypeError), work.begin(manager) as tx:
        tx.require(P.MANAGE_CABINETS)
        tx.record("slot.added", "slot:1", plain={"at": START})
    assert entries(work) == []


def test_a_key_of_another_length_is_a_mistake(engine):
    with pytest.raises(ValueError, match="32 bytes"):
        Work(engine, head_key=b"short")


def test_another_programs_key_does_not_go_on_with_the_log(work, clock, manager):
    with work.begin(manager) as tx:
        tx.require(P.MANAGE_CABINETS)
        tx.record("slot.added", "slot:1")
    stranger = Work(work.engine, clock, bytes(32))
    with pytest.raises(log.LogTampered), stranger.begin(manager):
        pass


def test_an_emergency_by_number_gives_only_that_right(work, actor_with):
    known = actor_with(Role.CUSTODIAN, identified=Identified.NUMBER)
    with work.read(known) as reading:
        assert reading.may(P.RELEASE_EMERGENCY)
        assert not reading.may(P.SIGN_OUT)
        assert reading.now == START
    assert START.utcoffset() == timedelta(0)


def test_the_plain_sqlite_of_python_cannot_read_the_file(work, tmp_path):
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(tmp_path / "facility.db").execute("SELECT * FROM sqlite_master")
