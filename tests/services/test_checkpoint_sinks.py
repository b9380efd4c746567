"""The second place of the checkpoints: filled, caught up with, and heard when it contradicts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from facility_app.audit.checkpoint import Signer
from facility_app.audit.log import LogTampered
from facility_app.audit.tree import EMPTY_ROOT
from facility_app.domain.access import PROGRAM
from facility_app.errors import IntegrityError
from facility_app.i18n import LANGUAGES, Words
from facility_app.services import checkpoint_sinks
from facility_app.services.checkpoint_sinks import (
    GRAVE,
    NEWEST,
    SinkProblem,
    SinkState,
    copy_checkpoints,
    sink_state,
)
from facility_app.services.closing import close_up, keep_up
from facility_app.services.log_check import make_checkpoint
from facility_app.services.settings import Settings, keep_settings
from tests.services.store_world import START, StoreWorld

P = SinkProblem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def world(tmp_path: Path, folder: Path) -> Iterator[StoreWorld]:
    made = StoreWorld(tmp_path / "data")
    use(made, folder)
    yield made
    made.close()


def use(world: StoreWorld, *folders: Path) -> None:
    from facility_app.audit.work import Tx
    from facility_app.domain.access import Permission

    def keep(tx: Tx) -> None:
        tx.require(Permission.SET_UP)
        keep_settings(tx, replace(Settings(), checkpoint_folders=tuple(map(str, folders))))
        tx.record("settings.changed", "settings")

    world.office.do(PROGRAM, keep)


def sign(world: StoreWorld) -> None:
    world.note("an act")
    world.office.do(PROGRAM, make_checkpoint, "lock")


def only(states: tuple[SinkState, ...]) -> SinkState:
    (state,) = states
    return state


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def fake(world: StoreWorld, folder: Path, size: int, signer: Signer | None = None) -> Path:
    """A checkpoint of another past, put where a genuine one would lie."""
    ours = world.office.work.signer
    assert ours is not None
    own = next(folder.iterdir()) / "2026-11"
    path = own / f"{size:012d}-{bytes(32).hex()}.txt"
    path.write_text((signer or ours).sign(size, bytes(32)), "utf-8")
    return path


def test_a_checkpoint_lies_in_the_folder_after_it_was_made(world: StoreWorld, folder: Path) -> None:
    assert only(sink_state(world.office)) == SinkState(folder, 0, 1, P.MISSING)
    for _ in range(3):
        sign(world)
        state = only(copy_checkpoints(world.office))
    assert state == only(sink_state(world.office)) == SinkState(folder, 4)
    assert state.error is None
    newest = files(folder)[-1]
    store = str(world.office.work.signer.verifier.origin).rpartition("/")[2]
    assert newest.parent == folder / f"checkpoints-{store}" / "2026-11"
    size, root = newest.stem.split("-")
    lines = newest.read_text("utf-8").split("\n")
    assert int(lines[1]) == int(size)
    assert len(root) == 64


def test_a_folder_that_was_away_catches_up_with_the_newest(
    world: StoreWorld, folder: Path, tmp_path: Path
) -> None:
    away = tmp_path / "away"
    folder.rename(away)
    for _ in range(NEWEST + 5):
        sign(world)
    state = only(copy_checkpoints(world.office))
    assert (state.problem, state.missing) == (P.FOLDER_MISSING, NEWEST)
    assert not folder.exists(), "the place of a stick that is not there stays empty"
    away.rename(folder)
    assert only(copy_checkpoints(world.office)) == SinkState(folder, NEWEST)
    assert len(files(folder)) == NEWEST


def test_nothing_is_done_where_no_folder_is_named(world: StoreWorld) -> None:
    use(world)
    assert (sink_state(world.office), copy_checkpoints(world.office)) == ((), ())


def test_each_folder_has_its_own_state(world: StoreWorld, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "share"
    use(world, folder, other)
    states = copy_checkpoints(world.office)
    assert [state.problem for state in states] == [None, P.FOLDER_MISSING]
    other.mkdir()
    assert [state.problem for state in copy_checkpoints(world.office)] == [None, None]
    assert [f.name for f in files(folder)] == [f.name for f in files(other)]


def test_missing_and_damaged_files_are_said_and_written_again(
    world: StoreWorld, folder: Path
) -> None:
    sign(world)
    copy_checkpoints(world.office)
    first, second = files(folder)
    good = second.read_bytes()
    first.unlink()
    second.write_bytes(good[:-20])
    state = only(sink_state(world.office))
    assert (state.problem, state.file) == (P.DAMAGED, str(second))
    second.unlink()
    assert only(sink_state(world.office)) == SinkState(folder, 0, 2, P.MISSING)
    assert only(copy_checkpoints(world.office)) == SinkState(folder, 2)
    assert second.read_bytes() == good


def test_a_folder_that_is_a_file_inside_cannot_be_used(world: StoreWorld, folder: Path) -> None:
    copy_checkpoints(world.office)
    own = next(folder.iterdir())
    shutil.rmtree(own)
    own.write_text("in the way")
    state = only(copy_checkpoints(world.office))
    assert (state.problem, state.missing) == (P.UNUSABLE, 1)


def test_a_genuine_checkpoint_of_another_past_is_grave(world: StoreWorld, folder: Path) -> None:
    sign(world)
    copy_checkpoints(world.office)
    path = fake(world, folder, 5)
    for state in (only(sink_state(world.office)), only(copy_checkpoints(world.office))):
        assert (state.problem, state.entries, state.file) == (P.CONTRADICTS, 5, str(path))
        assert isinstance(state.error, IntegrityError)
    path.unlink()
    assert only(sink_state(world.office)).problem is None


def test_the_empty_past_has_one_root(world: StoreWorld, folder: Path) -> None:
    copy_checkpoints(world.office)
    signer = world.office.work.signer
    assert signer is not None
    own = next(folder.iterdir()) / "2026-11"
    empty = own / f"{0:012d}-{EMPTY_ROOT.hex()}.txt"
    empty.write_text(signer.sign(0, EMPTY_ROOT), "utf-8")
    assert only(sink_state(world.office)).problem is None
    fake(world, folder, 0)
    assert only(sink_state(world.office)).problem is P.CONTRADICTS


def test_hashes_that_are_missing_prove_nothing(world: StoreWorld, folder: Path) -> None:
    for _ in range(3):
        sign(world)
    copy_checkpoints(world.office)
    with world.office.work.engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_node_no_delete")
        connection.exec_driver_sql('DELETE FROM audit_node WHERE level = 1 AND "index" = 0')
    state = only(sink_state(world.office))
    assert (state.problem, state.entries) == (P.CONTRADICTS, 3)  # the proof of 3 stands on it


def test_a_checkpoint_that_nobody_here_signed_alarms_nobody(
    world: StoreWorld, folder: Path
) -> None:
    copy_checkpoints(world.office)
    fake(world, folder, 5, Signer("elsewhere", bytes(32)))
    origin = world.office.work.signer.verifier.origin.rpartition("/")[2]
    fake(world, folder, 6, Signer(origin, bytes(32)))
    (folder / "letter.txt").write_text("mine")
    shutil.copytree(next(folder.glob("checkpoints-*")), folder / "checkpoints-other")
    assert only(sink_state(world.office)).problem is None


def test_an_old_copy_of_the_store_put_back_is_seen(
    world: StoreWorld, folder: Path, tmp_path: Path
) -> None:
    world.close()
    shutil.copytree(world.data.path, tmp_path / "old")
    world.reopen()
    sign(world)
    copy_checkpoints(world.office)
    world.close()
    shutil.rmtree(world.data.path)
    (tmp_path / "old").rename(world.data.path)
    world.reopen()
    state = only(sink_state(world.office))
    assert state.problem is P.AHEAD
    assert state.entries > 0
    assert state.error is not None
    sign(world)  # and it stays seen when the log has grown past it
    sign(world)
    assert only(sink_state(world.office)).problem is P.CONTRADICTS


def test_a_past_rewritten_with_all_keys_is_seen(world: StoreWorld, folder: Path) -> None:
    from tests.audit.forger import held

    for _ in range(3):
        sign(world)
    copy_checkpoints(world.office)
    work = world.office.work
    assert work.signer is not None
    with work.engine.execution_options(writes=True).begin() as connection:
        forgery = replace(held(connection, work.signer), keys=True, head_key=work.head_key)
        first = next(seq for seq, said in forgery.rows.items() if "an act" in said)
        forgery.edit(first, "an act", "no act")
        forgery.rewrite()
        forgery.put(connection)
    world.close()
    world.reopen()
    assert only(sink_state(world.office)).problem is P.CONTRADICTS


def test_a_log_that_does_not_end_as_it_should_is_said_first(world: StoreWorld) -> None:
    copy_checkpoints(world.office)
    with world.office.work.engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_entry_no_delete")
        connection.exec_driver_sql("DELETE FROM audit_entry WHERE seq > 3")
    with pytest.raises(LogTampered):
        sink_state(world.office)


def test_a_lock_copies_and_a_shift_does_and_who_waits_is_let_in(
    world: StoreWorld, folder: Path
) -> None:
    closed = close_up(world.office)
    assert closed.sinks == (SinkState(folder, 2),)
    world.clock.now = START.replace(hour=12)  # 21:00 in Japan: the night begins
    kept = keep_up(world.office)
    assert kept.sinks == (SinkState(folder, 3),)
    assert kept.backup is not None
    assert keep_up(world.office).sinks == ()
    state = only(copy_checkpoints(world.office, lambda: True))
    assert state.problem is None
    shutil.rmtree(next(folder.iterdir()))
    state = only(copy_checkpoints(world.office, lambda: True))
    assert (state.problem, state.missing) == (P.MISSING, 3)


def test_copying_is_whole_or_not_at_all(world: StoreWorld, folder: Path) -> None:
    sign(world)
    copy_checkpoints(world.office)
    assert all(path.suffix == ".txt" for path in files(folder))
    assert all(os.access(path, os.R_OK) and path.stat().st_size > 100 for path in files(folder))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("problem", [None, *P])
def test_every_state_says_what_it_means_and_what_to_do(
    problem: SinkProblem | None, language: str
) -> None:
    words = Words(language)
    state = SinkState(Path("/media/stick"), 3, 2, problem, 7, "x.txt")
    for told in (
        words(state.key, **state.facts()),
        words.attribute(state.key, "todo", **state.facts()),
        words.term(problem) if problem else "-",
    ):
        assert told.strip()
    assert (state.error is not None) is (problem in GRAVE)


def test_the_graver_problem_is_told_first() -> None:
    assert list(checkpoint_sinks.SinkProblem)[:2] == [P.CONTRADICTS, P.AHEAD]
