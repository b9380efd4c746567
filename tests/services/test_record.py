"""The record as people read it: filtered, in full with its proof, verified and signed."""
# ruff: noqa: S608 - the statements are the attacker's

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from facility_app.audit import log, query
from facility_app.audit.checkpoint import CheckpointMalformed, CheckpointOfOther, Signer
from facility_app.audit.entry import moment
from facility_app.audit.work import Work
from facility_app.db import triggers
from facility_app.db.models import ItemKindRow, ItemRow, ResidentKeyRow
from facility_app.domain.access import PROGRAM, Identified, NotPermitted, Permission, Role
from facility_app.domain.clock import local_date
from facility_app.domain.items import Condition, FaceAuthentication, ItemState
from facility_app.services import log_check, record, record_choices
from facility_app.services.log_check import FindingKind
from facility_app.services.record import LogFilter
from tests.conftest import CHECKPOINT_SEED, HEAD_KEY, START

P = Permission


class Units:
    """Units of work without the rest of an office."""

    def __init__(self, work):
        self.work = work

    def do(self, actor, use_case, *args, **kwargs):
        with self.work.begin(actor) as tx:
            return use_case(tx, *args, **kwargs)

    def ask(self, actor, query, *args, **kwargs):
        with self.work.read(actor) as reading:
            return query(reading, *args, **kwargs)


@pytest.fixture
def day(work, clock, manager, custodian, resident_with):
    """Three days of entries: two residents, two people, a card of each resident."""
    one, two = resident_with(), resident_with("控井 恵", "ひかえい めぐみ")
    with work.begin(manager) as tx:
        tx.require(P.MANAGE_RESIDENTS)
        tx.session.add(ItemKindRow(code="card", name="マイナンバーカード"))
        for resident in (one, two):
            tx.session.add(
                ItemRow(
                    id=resident * 10,
                    resident_id=resident,
                    kind_code="card",
                    state=ItemState.IN_SAFE,
                    face_authentication=FaceAuthentication.UNKNOWN,
                    condition=Condition.GOOD,
                    received_on=date(2026, 11, 1),
                )
            )
        tx.record("item.received", "item:10", resident=one, items=[one * 10])
    for number in range(12):
        clock.forward(hours=5)
        resident = (one, two)[number % 2]
        with work.begin((manager, custodian)[number % 3 == 0]) as tx:
            tx.require(P.SIGN_OUT)
            tx.record(
                ("item.signed_out", "item.signed_in")[number % 4 // 2],
                f"loan:{number // 2}",
                resident=resident,
                items=[resident * 10],
                plain={"pieces": 1},
                destination="見本クリニック",
            )
    return one, two


def numbers(work, who, **wanted):
    with work.read(who) as reading:
        return [line.seq for line in record.list_entries(reading, LogFilter(**wanted)).lines]


def test_the_newest_entries_come_first_with_the_names_of_today(work, manager, custodian, day):
    with work.read(manager) as reading:
        page = record.list_entries(reading, LogFilter())
    assert [line.seq for line in page.lines] == list(range(13, 0, -1))
    assert (page.more, page.count) == (False, query.Count(13, False))
    newest = page.lines[0]
    assert (newest.action, newest.resident, newest.item) == (
        "item.signed_in",
        "控井 恵",
        "マイナンバーカード",
    )
    assert (newest.actor, newest.items) == ("見本 恵", 1)
    assert newest.at == START + timedelta(hours=60)
    assert page.lines[2].actor == "例田 みつ子"


def test_filters_narrow_and_combine(work, manager, custodian, day):
    one, two = day
    everything = range(13, 0, -1)
    lines = {}
    with work.read(manager) as reading:
        for line in record.list_entries(reading, LogFilter()).lines:
            lines[line.seq] = line
    of_two = [n for n in everything if lines[n].resident == "控井 恵"]
    assert numbers(work, manager, resident=two) == of_two
    assert numbers(work, manager, item=two * 10) == of_two
    assert numbers(work, manager, item=two * 10, resident=one) == []
    assert numbers(work, manager, item=999) == []
    by = [n for n in everything if lines[n].actor == "例田 みつ子"]
    assert numbers(work, manager, actor=custodian.staff_id) == by
    both = [n for n in by if n in of_two and lines[n].action == "item.signed_in"]
    assert both
    wanted = {"actor": custodian.staff_id, "resident": two, "action": "item.signed_in"}
    assert numbers(work, manager, **wanted) == both
    assert numbers(work, manager, action="item.received") == [1]
    middle = date(2026, 11, 21)
    that_day = [n for n in everything if local_date(lines[n].at) == middle]
    assert that_day
    assert numbers(work, manager, first_day=middle, last_day=middle) == that_day
    assert numbers(work, manager, first_day=date(2026, 11, 25)) == []
    assert numbers(work, manager, last_day=date(2026, 11, 1)) == []


def test_an_item_is_not_taken_for_another_whose_number_contains_its_own(work, manager, day):
    one, _ = day
    with work.begin(manager) as tx:
        tx.require(P.SIGN_OUT)
        for items in ([110], [1, 101], [one * 10, 210], [3, one * 10], [2, one * 10, 99]):
            tx.record("item.signed_out", "loan:1", resident=one, items=items)
    assert numbers(work, manager, item=one * 10)[:4] == [18, 17, 16, 12]


def test_pages_follow_each_other_without_gap_or_repeat(work, day):
    with work.engine.connect() as connection:
        seen, before, more = [], None, True
        while more:
            page = query.page(connection, LogFilter(first_day=date(2026, 11, 20)), before, limit=5)
            seen += [entry.seq for entry in page.entries]
            before, more = seen[-1], page.more
    assert seen == list(range(13, 0, -1))


def test_more_than_can_be_counted_quickly_is_said_to_be_more(work, manager, day):
    one, _ = day
    with work.engine.connect() as connection:
        for wanted in (LogFilter(), LogFilter(resident=one), LogFilter(date(2026, 11, 20))):
            assert query.count(connection, wanted, upto=5) == query.Count(5, True)
            assert query.count(connection, wanted, upto=13).more is False


@given(st.lists(st.integers(-40, 60), min_size=1, max_size=12), st.integers(-3, 8))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_days_are_found_also_where_the_clock_was_set_back(work, clock, hours, offset):
    for step in hours:
        clock.forward(hours=step)
        with work.begin(PROGRAM) as tx:
            tx.require(P.MAKE_CHECKPOINT)
            tx.record("settings.changed", "settings")
    wanted = date(2026, 11, 20) + timedelta(days=offset)
    with work.engine.connect() as connection:
        spans = query.day_spans(connection, LogFilter(wanted, wanted))
        found = {seq for low, high in spans for seq in range(low, high + 1)}
        size = log.stored_size(connection)
        true = {
            seq
            for seq in range(1, size + 1)
            if local_date(moment(log.moment_of(connection, seq))) == wanted
        }
    assert found == true


def test_an_entry_in_full_opens_its_details_and_proves_that_it_is_in_the_log(work, manager, day):
    with work.read(manager) as reading:
        full = record.entry_in_full(reading, 7)
    assert full.sealed == {"destination": "見本クリニック"}
    assert (full.plain, full.subject, full.erased) == ({"pieces": 1}, "loan:2", False)
    assert full.items == ("マイナンバーカード",)
    assert full.line.identified is Identified.PASSWORD
    assert full.proof.holds
    assert (full.proof.size, len(full.proof.path)) == (13, 4)


def test_a_correction_stands_beside_what_it_corrects(work, manager, day):
    one, _ = day
    with work.begin(manager) as tx:
        tx.require(P.CORRECT_RECORD)
        seq = tx.record(
            "loan.corrected",
            "loan:0",
            resident=one,
            plain={"corrects": 2},
            before={"destination": "見本クリニック"},
            after={"destination": "例の病院"},
            reason="書きまちがい",
        )
    with work.read(manager) as reading:
        correction, first = record.entry_in_full(reading, seq), record.entry_in_full(reading, 2)
        line = record.list_entries(reading, LogFilter()).lines[0]
    assert (line.seq, line.corrects) == (14, 2)
    assert correction.corrected is not None
    assert correction.corrected.line == first.line
    assert correction.corrected.sealed == {"destination": "見本クリニック"}
    assert first.corrections == (14,)


def test_details_whose_key_was_destroyed_are_said_to_be_erased(work, manager, day):
    one, _ = day
    with work.begin(manager) as tx:
        tx.require(P.MANAGE_RESIDENTS)
        tx.session.execute(delete(ResidentKeyRow).where(ResidentKeyRow.resident_id == one))
        tx.record("resident.changed", f"resident:{one}")
    with work.read(manager) as reading:
        gone = record.entry_in_full(reading, 2)
        other = record.entry_in_full(reading, 3)
    assert (gone.sealed, gone.erased, gone.proof.holds) == ({}, True, True)
    assert (other.erased, other.proof.holds) == (False, True)
    with work.begin(manager) as tx:
        tx.require(P.MANAGE_RESIDENTS)
        tx.record("resident.changed", f"resident:{one}", resident=one, note="neu")
    with work.read(manager) as reading:
        assert record.entry_in_full(reading, 2).erased


def test_an_entry_that_is_not_there_is_refused(work, manager, day):
    for seq in (0, -1, 14):
        with pytest.raises(record.EntryNotFound), work.read(manager) as reading:
            record.entry_in_full(reading, seq)


UNREADABLE = '{"at":"x","action":"x","items":[]}'


def tamper(work, *statements):
    with work.engine.execution_options(writes=True).begin() as connection:
        for name in triggers.by_name("sqlite"):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.exec_driver_sql(statement)
        for statement in triggers.statements("sqlite"):
            connection.exec_driver_sql(statement)


def test_a_changed_entry_has_no_proof_and_an_unreadable_one_says_so(work, manager, day):
    tamper(
        work,
        "UPDATE audit_entry SET canonical = replace(canonical, 'loan', 'Loan') WHERE seq = 5",
        f"UPDATE audit_entry SET canonical = '{UNREADABLE}' WHERE seq = 6",
        "DELETE FROM audit_node WHERE level = 2",
    )
    with work.read(manager) as reading:
        assert not record.entry_in_full(reading, 5).proof.holds
        assert not record.entry_in_full(reading, 13).proof.holds
    with pytest.raises(record.EntryUnreadable), work.read(manager) as reading:
        record.entry_in_full(reading, 6)


def test_the_filter_offers_what_there_is(work, manager, day):
    one, _ = day
    with work.read(manager) as reading:
        offered = record_choices.choices(reading)
        items = record_choices.items_of(reading, one)
    assert {each.name for each in offered.residents} == {"仮名 正", "控井 恵"}
    assert {each.name for each in offered.staff} == {"見本 恵", "例田 みつ子"}
    assert offered.actions == ("item.received", "item.signed_in", "item.signed_out")
    assert items == (record_choices.Choice(one * 10, "マイナンバーカード"),)


@pytest.mark.parametrize("role", Role)
def test_only_those_who_may_see_the_log_see_it(work, actor_with, role):
    actor = actor_with(role)
    allowed = role in (Role.MANAGER, Role.CUSTODIAN, Role.AUDITOR)
    for use in (
        lambda reading: record.list_entries(reading, LogFilter()),
        record_choices.choices,
        lambda reading: record_choices.items_of(reading, 1),
        lambda reading: record.entry_in_full(reading, 1),
    ):
        if not allowed:
            with pytest.raises(NotPermitted), work.read(actor) as reading:
                use(reading)
    if allowed:
        with work.read(actor) as reading:
            assert record.list_entries(reading, LogFilter()).lines == ()


@pytest.mark.parametrize("role", Role)
def test_only_those_who_may_verify_do(work, actor_with, role):
    actor = actor_with(role)
    if role in (Role.MANAGER, Role.AUDITOR, Role.SYSTEM_ADMIN):
        assert log_check.check_log(Units(work), actor).clean
        return
    for use in (log_check.verify, log_check.verify_new):
        with pytest.raises(NotPermitted), work.read(actor) as reading:
            use(reading)
    clean = log_check.check_log(Units(work), PROGRAM)
    with pytest.raises(NotPermitted), work.begin(actor) as tx:
        log_check.record_verdict(tx, clean)


def test_a_verification_is_recorded_and_the_next_one_begins_there(work, manager, day):
    with work.read(manager) as reading:
        assert log_check.last_state(reading).verified is None
    whole = log_check.check_log(Units(work), manager)
    assert (whole.clean, whole.first, whole.size) == (True, 1, 13)
    newer = log_check.check_new(Units(work), manager)
    assert (newer.clean, newer.first, newer.size) == (True, 14, 14)
    with work.read(manager) as reading:
        state = log_check.last_state(reading)
    assert state.sound
    assert state.verified is not None
    assert (state.verified.size, state.verified.clean, state.size) == (14, True, 15)
    assert state.last is not None
    assert (state.last.seq, state.last.action) == (15, "log.verified")


def test_a_verification_that_found_something_is_recorded_too(work, manager, day):
    log_check.check_log(Units(work), manager)
    tamper(work, "UPDATE audit_entry SET canonical = canonical || ' ' WHERE seq = 3")
    verdict = log_check.check_log(Units(work), manager)
    assert [f.kind for f in verdict.findings] == [FindingKind.ENTRY_CHANGED]
    with work.read(manager) as reading:
        state = log_check.last_state(reading)
        assert state.verified is not None
        assert (state.verified.clean, state.sound) == (False, True)
    assert not log_check.check_new(Units(work), manager).clean


def test_a_log_that_was_cut_off_is_told_without_writing_to_it(work, clock, manager, day, signer):
    tamper(work, "DELETE FROM audit_entry WHERE seq = 13")
    fresh = Work(work.engine, clock, HEAD_KEY, signer)
    verdict = log_check.check_log(Units(fresh), manager)
    assert [f.kind for f in verdict.findings] == [FindingKind.CUT_OFF]
    with fresh.read(manager) as reading:
        state = log_check.last_state(reading)
    assert not state.sound
    assert state.size == 12


def test_a_printed_checkpoint_is_tried_against_the_log(work, manager, day, signer):
    with work.begin(manager) as tx:
        made = log_check.make_checkpoint(tx, "asked")
    assert log_check.check_log(Units(work), manager, printed=made.text).clean
    forged = signer.sign(5, bytes(32))
    found = log_check.check_log(Units(work), manager, printed=forged).findings
    assert [f.kind for f in found] == [FindingKind.PAPER_CONTRADICTS]
    with pytest.raises(CheckpointMalformed):
        log_check.check_log(Units(work), manager, printed="x")
    with pytest.raises(CheckpointOfOther):
        log_check.check_log(
            Units(work), manager, printed=Signer("other", CHECKPOINT_SEED).sign(1, bytes(32))
        )


def test_the_bottom_bar_names_nobody_to_those_who_see_no_residents(work, actor_with, day):
    with work.read(actor_with(Role.SYSTEM_ADMIN)) as reading:
        assert log_check.last_state(reading).last is None
    with work.read(actor_with(Role.PIN_OFFICER)) as reading:
        last = log_check.last_state(reading).last
        assert last is not None
        assert last.resident == "控井 恵"
    with pytest.raises(NotPermitted), work.read(actor_with(Role.ESCORT)) as reading:
        log_check.last_state(reading)


def test_an_unreadable_last_entry_leaves_the_bottom_bar_standing(work, manager, day):
    tamper(work, f"UPDATE audit_entry SET canonical = '{UNREADABLE}' WHERE seq = 13")
    with work.read(manager) as reading:
        state = log_check.last_state(reading)
    assert (state.size, state.last, state.sound) == (13, None, False)
