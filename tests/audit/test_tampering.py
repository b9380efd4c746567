"""Whoever has the database key and edits the file is found, and every touched entry is named."""
# ruff: noqa: S608 - the statements are the attacker's, made of numbers in this file

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from facility_app.audit import log, tree
from facility_app.audit.checkpoint import Signer
from facility_app.audit.checkpoints import make_checkpoint
from facility_app.audit.findings import Finding, FindingKind, Verdict, spans
from facility_app.audit.log import LogTampered
from facility_app.audit.verify import Base, Trust, verify
from facility_app.audit.work import Work
from facility_app.db import triggers
from facility_app.db.engine import open_engine
from facility_app.db.models import ResidentRow
from facility_app.domain.access import PROGRAM, Permission
from facility_app.domain.people import Sex
from facility_app.errors import Cancelled
from facility_app.secret import Secret
from tests.conftest import (
    CHECKPOINT_SEED,
    HEAD_KEY,
    START,
    STORE_ID,
    FakeClock,
    create_schema,
)

ENTRIES = 41
K = FindingKind


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """41 entries, checkpoints over 0, 10, 20 and 30 of them among these.  Never changed."""
    opened = open_engine(
        tmp_path_factory.mktemp("store") / "facility.db", Secret(bytearray(range(32)))
    )
    create_schema(opened)
    clock = FakeClock()
    fill(Work(opened, clock, HEAD_KEY, Signer(STORE_ID, CHECKPOINT_SEED)), clock)
    yield opened
    opened.dispose()


def fill(work: Work, clock: FakeClock) -> None:
    with Session(work.engine.execution_options(writes=True)) as session:
        session.add(ResidentRow(id=1, name="仮名 正", kana="", sex=Sex.MALE, created_at=START))
        session.commit()
    for number in range(ENTRIES):
        clock.forward(seconds=7)
        with work.begin(PROGRAM) as tx:
            tx.require(Permission.MAKE_CHECKPOINT)
            if number % 10 == 0 and number < ENTRIES - 1:
                make_checkpoint(tx, "lock")
            else:
                tx.record("item.changed", f"item:{number}", resident=1, note=f"n{number}")


@pytest.fixture
def filled(work: Work, clock: FakeClock) -> Work:
    """The same log in a file of this test's own, to go on with after an attack."""
    fill(work, clock)
    return work


Act = str | Callable[[Connection], object]


def attack(connection: Connection, acts: Sequence[Act]) -> None:
    """What somebody with the database key does: drop the triggers, edit, put them back."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for name in triggers.by_name("sqlite"):
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    for act in acts:
        _ = connection.exec_driver_sql(act) if isinstance(act, str) else act(connection)
    for statement in triggers.statements("sqlite"):
        connection.exec_driver_sql(statement)


def edit(work: Work, *acts: Act) -> None:
    """Attack for good."""
    with work.engine.execution_options(writes=True).begin() as connection:
        attack(connection, acts)


Look = Callable[..., Verdict]


@pytest.fixture
def look(store: Engine, signer: Signer) -> Look:
    """Attack the common store, verify it, and undo the attack."""

    def run(*acts: Act, afterwards: Sequence[str] = (), **options: Any) -> Verdict:
        with store.execution_options(writes=True).connect() as connection:
            attack(connection, acts)
            for act in afterwards:
                connection.exec_driver_sql(act)
            verdict = verify(connection, Trust(HEAD_KEY, signer.verifier), **options)
            connection.rollback()
        return verdict

    return run


def rebuild_nodes(connection: Connection) -> None:
    """Make all nodes agree with the rows, as a careful attacker would."""
    connection.execute(text("DELETE FROM audit_node"))
    head = tree.Head()
    for (canonical,) in connection.execute(text("SELECT canonical FROM audit_entry ORDER BY seq")):
        head, finished = head.appended(tree.leaf_hash(canonical.encode()))
        for node in finished:
            connection.execute(
                text('INSERT INTO audit_node (level, "index", hash) VALUES (:l, :i, :h)'),
                {"l": node.level, "i": node.index, "h": node.hash},
            )


def found(verdict: Verdict) -> set[tuple[FindingKind, int, int]]:
    return {(f.kind, f.first, f.last) for f in verdict.findings}


BOTH = pytest.mark.parametrize("careful", [[], [rebuild_nodes]], ids=["rows", "rows and nodes"])
EVERY = pytest.mark.parametrize("seq", range(1, ENTRIES + 1))


def test_an_untouched_log_is_clean_as_a_whole_and_from_every_earlier_state(look, store):
    whole = look()
    assert whole.clean
    assert (whole.first, whole.size, whole.checkpoints) == (1, ENTRIES, 4)
    with store.connect() as connection:
        heads = [log.stored_head(connection, size) for size in range(ENTRIES + 1)]
    for head in heads:
        verdict = look(base=Base(head.size, head.root()))
        assert verdict.clean
        assert (verdict.first, verdict.root) == (head.size + 1, whole.root)


@BOTH
@EVERY
def test_every_changed_entry_is_named(look, seq, careful):
    change = "UPDATE audit_entry SET canonical = replace(canonical, '\"v\":1', '\"v\": 1')"
    assert found(look(f"{change} WHERE seq = {seq}", *careful)) == {(K.ENTRY_CHANGED, seq, seq)}


@BOTH
@EVERY
def test_every_deleted_entry_is_named(look, seq, careful):
    verdict = look(f"DELETE FROM audit_entry WHERE seq = {seq}", *careful)
    assert found(verdict) == {(K.CUT_OFF if seq == ENTRIES else K.ENTRY_MISSING, seq, seq)}


@BOTH
@EVERY
def test_a_deleted_entry_is_named_also_when_the_rest_moves_up(look, seq, careful):
    verdict = look(
        f"DELETE FROM audit_entry WHERE seq = {seq}",
        f"UPDATE audit_entry SET seq = -seq WHERE seq > {seq}",
        "UPDATE audit_entry SET seq = -seq - 1 WHERE seq < 0",
        *careful,
    )
    moved = [f for f in verdict.findings if f.kind is K.ENTRY_MOVED]
    if seq < ENTRIES:
        assert (K.ENTRY_MISSING, seq, seq) in found(verdict)
        assert moved == [Finding(seq, ENTRIES - 1, K.ENTRY_MOVED, seq + 1)]
    else:
        assert found(verdict) == {(K.CUT_OFF, seq, seq)}


@given(one=st.integers(1, ENTRIES), two=st.integers(1, ENTRIES), careful=st.booleans())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_two_swapped_entries_are_named(look, one, two, careful):
    verdict = look(
        f"UPDATE audit_entry SET seq = -1 WHERE seq = {one}",
        f"UPDATE audit_entry SET seq = {one} WHERE seq = {two}",
        f"UPDATE audit_entry SET seq = {two} WHERE seq = -1",
        *([rebuild_nodes] if careful else []),
    )
    numbers: dict[int, int] = {}
    for f in verdict.findings:
        if f.kind is K.ENTRY_MOVED:
            numbers |= {at: f.number + at - f.first for at in range(f.first, f.last + 1)}
    assert numbers == ({one: two, two: one} if one != two else {})
    assert {f.kind for f in verdict.findings} == ({K.ENTRY_MOVED} if one != two else set())


def genuine_looking(seq: int) -> str:
    return (
        f'{{"action":"item.changed","actor":null,"as":"system","at":"2026-11-20T01:00:00.000000Z",'
        f'"items":[],"mono":1,"plain":{{}},"resident":null,"sealed":"","seq":{seq},'
        f'"subject":"x","v":1,"vouched":"AAAAAAAAAAAAAAAAAAAAAA=="}}'
    )


def add(seq: int, canonical: str | None = None) -> Callable[[Connection], object]:
    values = {"seq": seq, "canonical": canonical or genuine_looking(seq)}
    query = text("INSERT INTO audit_entry (seq, canonical) VALUES (:seq, :canonical)")
    return lambda connection: connection.execute(query, values)


@BOTH
def test_entries_added_behind_the_programs_back_are_named(look, careful):
    verdict = look(add(ENTRIES + 1), add(ENTRIES + 2), add(0), add(-5), *careful)
    assert {
        (K.ENTRY_ADDED, -5, -5),
        (K.ENTRY_ADDED, 0, 0),
        (K.ENTRY_ADDED, ENTRIES + 1, ENTRIES + 2),
    } <= found(verdict)


def test_an_entry_with_an_absurd_number_is_named_without_counting_up_to_it(look):
    assert (K.ENTRY_ADDED, 2**62, 2**62) in found(look(add(2**62)))
    without_head = look(add(2**62), "DELETE FROM audit_head")
    assert {K.HEAD_MISSING, K.ENTRY_CHANGED} <= {f.kind for f in without_head.findings}


def test_nothing_is_written_after_an_entry_that_was_added(filled):
    edit(filled, add(ENTRIES + 1), rebuild_nodes)
    with pytest.raises(LogTampered) as caught, filled.begin(PROGRAM):
        pass
    assert (caught.value.entries, caught.value.kept) == (ENTRIES + 1, ENTRIES)


def test_an_old_entry_copied_to_the_end_or_over_another_is_named(look, store):
    with store.connect() as connection:
        fifth = log.canonical_text(connection, 5)
    verdict = look(add(ENTRIES + 1, fifth))
    assert Finding(ENTRIES + 1, ENTRIES + 1, K.ENTRY_MOVED, 5) in verdict.findings
    verdict = look("DELETE FROM audit_entry WHERE seq = 7", add(7, fifth))
    assert Finding(7, 7, K.ENTRY_MOVED, 5) in verdict.findings
    assert (K.ENTRY_MISSING, 7, 7) in found(verdict)


@pytest.mark.parametrize("last", range(ENTRIES))
@BOTH
def test_a_cut_off_end_is_named(look, last, careful):
    verdict = look(f"DELETE FROM audit_entry WHERE seq > {last}", *careful)
    assert (K.CUT_OFF, last + 1, ENTRIES) in found(verdict)


@pytest.mark.parametrize("last", [0, 1, 8, 40])
def test_nothing_is_written_after_a_cut_off_end(filled, last):
    edit(filled, f"DELETE FROM audit_entry WHERE seq > {last}", rebuild_nodes)
    again = Work(filled.engine, filled.clock, HEAD_KEY)
    for work in (filled, again):
        with pytest.raises(LogTampered) as caught, work.begin(PROGRAM):
            pass
        assert (caught.value.entries, caught.value.kept) == (last, ENTRIES)


def test_a_cut_off_end_cannot_be_hidden_by_a_new_head(look, filled):
    acts = (
        "DELETE FROM audit_entry WHERE seq > 25",
        rebuild_nodes,
        "UPDATE audit_head SET size = 25, root = zeroblob(32)",
    )
    assert {(K.HEAD_CHANGED, 25, 25), (K.CUT_OFF, 26, 30)} <= found(look(*acts))
    edit(filled, *acts)
    with pytest.raises(LogTampered), filled.begin(PROGRAM):
        pass


def test_a_removed_head_is_found_and_no_new_one_is_made(look, filled):
    assert found(look("DELETE FROM audit_head")) == {(K.HEAD_MISSING, 0, 0)}
    edit(filled, "DELETE FROM audit_head")
    with pytest.raises(LogTampered), filled.begin(PROGRAM):
        pass


def test_an_older_genuine_head_put_back_is_found(filled, signer):
    with filled.engine.connect() as connection:
        old = connection.execute(text("SELECT size, root, mac FROM audit_head")).one()
    with filled.begin(PROGRAM) as tx:
        tx.require(Permission.MAKE_CHECKPOINT)
        tx.record("item.changed", "item:1")
    put_back = text("UPDATE audit_head SET size = :size, root = :root, mac = :mac")
    edit(filled, lambda connection: connection.execute(put_back, old._asdict()))
    with filled.engine.connect() as connection:
        verdict = verify(connection, Trust(HEAD_KEY, signer.verifier))
    assert (K.HEAD_CHANGED, ENTRIES + 1, ENTRIES + 1) in found(verdict)


def test_nodes_that_carry_the_head_are_checked_before_anything_is_appended(filled):
    edit(filled, 'UPDATE audit_node SET hash = zeroblob(32) WHERE level = 5 AND "index" = 0')
    again = Work(filled.engine, filled.clock, HEAD_KEY)
    with pytest.raises(LogTampered), again.begin(PROGRAM):
        pass
    edit(filled, "DELETE FROM audit_node")
    with pytest.raises(LogTampered), again.begin(PROGRAM):
        pass


@BOTH
def test_edited_sealed_details_are_named(look, careful):
    change = 'canonical = replace(canonical, \'"sealed":"\', \'"sealed":"AAAA\')'
    verdict = look(f"UPDATE audit_entry SET {change} WHERE seq = 13", *careful)
    assert found(verdict) == {(K.ENTRY_CHANGED, 13, 13)}


def test_every_changed_node_is_named_by_the_entries_under_it(look, store):
    with store.connect() as connection:
        nodes = connection.execute(text('SELECT level, "index" FROM audit_node')).all()
    assert len(nodes) == ENTRIES - ENTRIES.bit_count()
    for level, index in nodes:
        where = f'WHERE level = {level} AND "index" = {index}'
        span = (K.NODE_CHANGED, (index << level) + 1, (index + 1) << level)
        for act in ("UPDATE audit_node SET hash = zeroblob(32)", "DELETE FROM audit_node"):
            assert found(look(f"{act} {where}")) == {span}


@pytest.mark.parametrize(("level", "index"), [(0, 3), (1, 20), (2, -1), (9, 0), (63, 0)])
def test_a_node_that_no_entries_have_is_found(look, level, index):
    verdict = look(f"INSERT INTO audit_node VALUES ({level}, {index}, zeroblob(32))")
    assert {f.kind for f in verdict.findings} == {K.NODE_CHANGED}


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ("SET note = lower(note)", {K.CHECKPOINT_FORGED}),
        ("SET note = 'x'", {K.CHECKPOINT_FORGED}),
        ("SET note = replace(note, 'test', 'best')", {K.CHECKPOINT_FORGED}),
        ("SET size = size + 1", {K.CHECKPOINT_CHANGED}),
        ("SET root = zeroblob(32)", {K.CHECKPOINT_CHANGED}),
        ("SET reason = 'shift'", {K.CHECKPOINT_CHANGED}),
        ("SET made_at = '2026-11-20 00:00:00.000000'", {K.CHECKPOINT_CHANGED}),
        ("SET id = 99", {K.CHECKPOINT_UNANNOUNCED, K.CHECKPOINT_MISSING}),
    ],
)
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_every_edited_checkpoint_is_named(look, change, kinds, number):
    verdict = look(f"UPDATE audit_checkpoint {change} WHERE id = {number}")
    assert {f.kind for f in verdict.findings} == kinds
    assert {f.number for f in verdict.findings} <= {number, 99}


def test_a_deleted_checkpoint_is_named_by_its_entry(look):
    verdict = look("DELETE FROM audit_checkpoint WHERE id = 3")
    assert verdict.findings == (Finding(21, 21, K.CHECKPOINT_MISSING, 3),)


def test_a_checkpoint_over_a_longer_log_shows_that_the_end_was_cut_off(look, signer):
    note = {"note": signer.sign(60, bytes(32))}
    put = text("UPDATE audit_checkpoint SET note = :note WHERE id = 4")
    verdict = look(lambda connection: connection.execute(put, note))
    assert (K.CUT_OFF, ENTRIES + 1, 60) in found(verdict)


def test_a_checkpoint_that_contradicts_sound_entries_is_named(look, signer):
    note = {"note": signer.sign(20, bytes(32))}
    put = text("UPDATE audit_checkpoint SET note = :note WHERE id = 3")
    verdict = look(lambda connection: connection.execute(put, note))
    assert (K.CHECKPOINT_CONTRADICTS, 1, 20) in found(verdict)


def test_a_printed_checkpoint_is_held_against_the_log(look, store, signer):
    with store.connect() as connection:
        root = log.stored_head(connection, 17).root()
    genuine = signer.verifier.read(signer.sign(17, root))
    assert look(printed=genuine).clean
    other = signer.verifier.read(signer.sign(17, bytes(32)))
    assert found(look(printed=other)) == {(K.PAPER_CONTRADICTS, 1, 17)}
    longer = signer.verifier.read(signer.sign(ENTRIES + 5, root))
    assert found(look(printed=longer)) == {(K.CUT_OFF, ENTRIES + 1, ENTRIES + 5)}
    assert found(look(printed=replace(genuine, signed=False))) == {(K.PAPER_FORGED, 17, 17)}


@pytest.mark.parametrize("name", triggers.by_name("sqlite"))
def test_a_missing_or_weakened_guard_is_named(look, name):
    gone = f"DROP TRIGGER {name}"
    weak = f"CREATE TRIGGER {name} AFTER INSERT ON audit_node BEGIN SELECT 1; END"
    for acts in ((gone,), (gone, weak)):
        verdict = look(afterwards=acts)
        assert verdict.findings == (Finding(0, 0, K.GUARD_MISSING, name=name),)


def test_a_strange_trigger_on_the_log_is_named(look):
    strange = "CREATE TRIGGER quiet AFTER INSERT ON audit_entry BEGIN SELECT 1; END"
    assert look(strange).findings == (Finding(0, 0, K.GUARD_ADDED, name="quiet"),)


def test_a_filter_column_that_is_no_longer_computed_is_named(look):
    rename = "UPDATE sqlite_master SET sql = replace(sql, '$.actor', '$.items') WHERE name = "
    verdict = look(
        "PRAGMA writable_schema = ON", f"{rename} 'audit_entry'", "PRAGMA writable_schema = OFF"
    )
    assert verdict.findings == (Finding(0, 0, K.COLUMN_CHANGED, name="actor"),)


def test_an_incremental_verification_names_what_was_done_after_its_base(look, store):
    with store.connect() as connection:
        base = Base(30, log.stored_head(connection, 30).root())
    change = "UPDATE audit_entry SET canonical = canonical || ' ' WHERE seq ="
    assert found(look(f"{change} 36", base=base)) == {(K.ENTRY_CHANGED, 36, 36)}
    assert look(f"{change} 3", base=base).clean  # said to be verified before; a full one finds it
    past = {(K.PAST_CHANGED, 1, 30)}
    assert past <= found(look(f"{change} 3", rebuild_nodes, base=base))
    assert past <= found(look("DELETE FROM audit_node", base=base))
    assert found(look("DELETE FROM audit_entry", base=base)) == {(K.CUT_OFF, 31, ENTRIES)}


numbers_of_entries = st.sets(st.integers(1, ENTRIES), max_size=6)


@given(changed=numbers_of_entries, deleted=numbers_of_entries, careful=st.booleans())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_set_of_changes_and_deletions_is_named_exactly(look, changed, deleted, careful):
    def of(numbers: set[int]) -> str:
        return ", ".join(map(str, numbers)) or "NULL"

    verdict = look(
        f"UPDATE audit_entry SET canonical = canonical || ' ' WHERE seq IN ({of(changed)})",
        f"DELETE FROM audit_entry WHERE seq IN ({of(deleted)})",
        *([rebuild_nodes] if careful else []),
    )
    said: dict[FindingKind, set[int]] = {}
    for f in verdict.findings:
        said.setdefault(f.kind, set()).update(range(f.first, f.last + 1))
    assert said.pop(K.ENTRY_CHANGED, set()) == changed - deleted
    assert said.pop(K.ENTRY_MISSING, set()) | said.pop(K.CUT_OFF, set()) == deleted
    assert not said


def test_progress_is_told_and_the_person_may_change_their_mind(look):
    told: list[tuple[int, int]] = []
    look(progress=lambda done, whole: told.append((done, whole)))
    assert told == [(ENTRIES, ENTRIES)]
    with pytest.raises(Cancelled):
        look(cancelled=lambda: True)
    asked = iter([False, True])
    with pytest.raises(Cancelled):
        look("DELETE FROM audit_entry WHERE seq = 3", cancelled=lambda: next(asked))


def test_neighbours_become_ranges():
    assert spans([]) == []
    assert spans([5, 1, 2, 3, 9]) == [(1, 3), (5, 5), (9, 9)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET seq = seq + 100",
        "DELETE FROM audit_entry",
        "UPDATE audit_node SET level = 1",
        "DELETE FROM audit_node",
        "UPDATE audit_checkpoint SET size = 1",
        "DELETE FROM audit_checkpoint",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET size = size",
        "UPDATE audit_head SET size = 3",
    ],
)
def test_the_triggers_refuse_every_change_and_removal(store: Engine, statement):
    with store.connect() as connection, pytest.raises(DBAPIError, match="the log is append-only"):
        connection.exec_driver_sql(statement)
