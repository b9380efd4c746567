"""The record for somebody outside: exported whole or not at all, and proof slips of entries."""

from __future__ import annotations

import base64
import errno
import os
import shutil
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from facility_app.app import open_office
from facility_app.audit.log import LogTampered
from facility_app.config import DataFolder
from facility_app.db.engine import DiskFull
from facility_app.domain.access import PROGRAM, Actor, Identified, NotPermitted, StaffId
from facility_app.errors import Cancelled, FacilityError
from facility_app.keystore import MemoryKeys
from facility_app.recovery import split_words
from facility_app.services.export_place import (
    ExportPlaceInside,
    ExportPlaceTaken,
    ExportPlaceUnusable,
    drafted,
)
from facility_app.services.log_check import make_checkpoint
from facility_app.services.log_export import (
    RowsContradictHead,
    export_log,
    verifier_file,
)
from facility_app.services.proof_slip import write_slip
from facility_app.services.record import EntryNotFound
from facility_app.services.store_setup import KeyPlace, recover_store
from tests.audit.reference import load_verifier, tile_files
from tests.services.store_world import StoreWorld

VERIFIER = load_verifier()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[StoreWorld]:
    made = StoreWorld(tmp_path / "data")
    for number in range(280):
        made.note(f"n{number}")
    yield made
    made.close()


def entries(world: StoreWorld) -> list[bytes]:
    with world.office.work.engine.connect() as connection:
        rows = connection.execute(text("SELECT canonical FROM audit_entry ORDER BY seq"))
        return [row[0].encode() for row in rows]


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def verified(*words: object) -> bool:
    return VERIFIER.main([str(word) for word in words]) == 0


def change(world: StoreWorld, statement: str) -> None:
    """Change rows as somebody with the database key would, guards and all."""
    with world.office.work.engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS audit_entry_no_update")
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS audit_entry_no_delete")
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("there", [False, True], ids=["new folder", "empty folder"])
def test_what_is_exported_is_the_log_byte_for_byte(
    world: StoreWorld, tmp_path: Path, there: bool
) -> None:
    out = tmp_path / "out"
    if there:
        out.mkdir()
    told: list[tuple[int, int]] = []
    done = export_log(world.office, PROGRAM, out, lambda at, of: told.append((at, of)))
    size = done.checkpoint.size
    assert files(out) == tile_files(entries(world)[:size]) | {
        "checkpoint": done.checkpoint.text.encode(),
        "vkey": f"{done.vkey}\n".encode(),
        "verify_log.py": verifier_file().read_bytes(),
    }
    assert {each.name for each in tmp_path.iterdir()} == {"data", "out"}
    assert told[-1] == (size, size)
    assert verified(out, "--vkey", done.vkey)


def test_an_export_is_announced_covered_and_concluded(world: StoreWorld, tmp_path: Path) -> None:
    done = export_log(world.office, PROGRAM, tmp_path / "out")
    assert world.actions()[-3:] == ["log.exported", "checkpoint.made", "log.exported"]
    assert done.checkpoint.reason == "export"
    assert done.entry == done.checkpoint.size + 2
    assert b'"phase":"intent"' in entries(world)[done.checkpoint.size - 1]
    assert b'"result":"done"' in entries(world)[-1]


def test_a_later_export_contains_the_earlier_one(world: StoreWorld, tmp_path: Path) -> None:
    first = export_log(world.office, PROGRAM, tmp_path / "one")
    world.note("later")
    second = export_log(world.office, PROGRAM, tmp_path / "two")
    paper = tmp_path / "one" / "checkpoint"
    assert verified(tmp_path / "two", "--vkey", first.vkey, "--checkpoint", paper)
    assert first.vkey == second.vkey
    newer = tmp_path / "two" / "checkpoint"
    assert not verified(tmp_path / "one", "--vkey", first.vkey, "--checkpoint", newer)


def test_places_that_will_not_do_are_refused_before_anything_is_recorded(
    world: StoreWorld, tmp_path: Path
) -> None:
    full, file = tmp_path / "full", tmp_path / "file"
    full.mkdir()
    (full / "letter.txt").write_text("mine")
    file.write_text("mine")
    link = tmp_path / "link"
    link.symlink_to(world.data.path)
    before = world.actions()
    for place, refusal in (
        (full, ExportPlaceTaken),
        (file, ExportPlaceTaken),
        (world.data.path, ExportPlaceInside),
        (world.data.path / "out", ExportPlaceInside),
        (link / "out", ExportPlaceInside),
        (tmp_path / "no" / "such" / "out", ExportPlaceUnusable),
        (file / "out", ExportPlaceUnusable),
    ):
        with pytest.raises(refusal):
            export_log(world.office, PROGRAM, place)
    assert world.actions() == before
    assert (file.read_text(), [each.name for each in full.iterdir()]) == ("mine", ["letter.txt"])


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind root")
def test_a_folder_that_cannot_be_written_is_refused(world: StoreWorld, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(0o500)
    for place in (locked, locked / "out"):
        with pytest.raises(ExportPlaceUnusable):
            export_log(world.office, PROGRAM, place)
    assert not list(locked.iterdir())


@pytest.mark.parametrize("there", [False, True], ids=["new folder", "empty folder"])
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (OSError(errno.ENOSPC, "full"), DiskFull),
        (OSError(errno.EIO, "gone"), ExportPlaceUnusable),
        (Cancelled(), Cancelled),
        (ZeroDivisionError(), ZeroDivisionError),
    ],
    ids=["full", "gone", "cancelled", "bug"],
)
def test_what_breaks_off_leaves_nothing(
    tmp_path: Path, fault: Exception, told: type[Exception], there: bool
) -> None:
    out = tmp_path / "out"
    if there:
        out.mkdir()
    with pytest.raises(told), drafted(out, "last") as draft:
        draft.put("tile/0/000", b"x")
        raise fault
    assert list(tmp_path.rglob("*")) == ([out] if there else [])


def test_what_appears_meanwhile_in_the_place_is_not_touched(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(ExportPlaceUnusable), drafted(out, "last") as draft:
        for name in ("a", "last", "tile/0/000", "tiles/0"):
            draft.put(name, b"ours")
        (out / "tile").mkdir()
        (out / "tile" / "letter.txt").write_text("mine")
    assert list(files(out)) == ["tile/letter.txt"]


def test_who_changes_their_mind_gets_nothing_and_that_is_recorded(
    world: StoreWorld, tmp_path: Path
) -> None:
    with pytest.raises(Cancelled):
        export_log(world.office, PROGRAM, tmp_path / "out", cancelled=lambda: True)
    assert not (tmp_path / "out").exists()
    assert b'"result":"failed"' in entries(world)[-1]


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE audit_entry SET canonical = replace(canonical, 'n77', 'n78') WHERE seq = 82",
        "DELETE FROM audit_entry WHERE seq BETWEEN 100 AND 102",
        "DELETE FROM audit_entry WHERE seq > 100",
        "UPDATE audit_entry SET canonical = replace(canonical, '\"v\":1', '\"v\": 1')",
    ],
)
def test_a_log_that_was_tampered_with_is_not_exported(
    world: StoreWorld, tmp_path: Path, act: str
) -> None:
    change(world, act)
    with pytest.raises((RowsContradictHead, LogTampered)):
        export_log(world.office, PROGRAM, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_memory_does_not_grow_with_the_log(world: StoreWorld, tmp_path: Path) -> None:
    """A peak of one batch, whatever the length; benchmarks measure the million."""
    from benchmarks.log import build_log

    def peak(out: Path) -> int:
        tracemalloc.start()
        export_log(world.office, PROGRAM, out)
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    work = world.office.work
    build_log(work.engine, 17_000, work.head_key, until=work.clock())
    first = peak(tmp_path / "one")
    build_log(work.engine, 25_000, work.head_key, until=work.clock())
    assert peak(tmp_path / "two") < first * 1.2


NOBODY = Actor(StaffId(4711), "", Identified.PASSWORD)


@pytest.mark.parametrize(
    "act",
    [
        lambda world, place: export_log(world.office, NOBODY, place),
        lambda world, place: write_slip(world.office, NOBODY, 3, place),
    ],
)
def test_nobody_without_the_right_gets_a_copy(
    world: StoreWorld, tmp_path: Path, act: Callable[[StoreWorld, Path], object]
) -> None:
    with pytest.raises(NotPermitted):
        act(world, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_resident_is_not_named_in_what_leaves(world: StoreWorld, tmp_path: Path) -> None:
    from facility_app.audit.work import Tx
    from facility_app.db.models import ResidentRow
    from facility_app.domain.access import Permission
    from facility_app.domain.people import Sex

    def register(tx: Tx) -> None:
        tx.require(Permission.SET_UP)
        row = ResidentRow(name="仮名 正", kana="", sex=Sex.MALE, created_at=tx.now)
        tx.session.add(row)
        tx.session.flush()
        tx.record("resident.registered", "resident:1", resident=row.id, name="仮名 正")

    world.office.do(PROGRAM, register)
    out, slip = tmp_path / "out", tmp_path / "slip"
    export_log(world.office, PROGRAM, out)
    number = next(n for n, each in enumerate(entries(world), 1) if b"resident.registered" in each)
    write_slip(world.office, PROGRAM, number, slip)
    extra = slip.read_text("utf-8").split("\n")[1].removeprefix("extra ")
    for content in [*files(out).values(), base64.b64decode(extra)]:
        assert "仮名".encode() not in content


# --- proof slips ---------------------------------------------------------------------------------


def test_a_slip_proves_an_entry_under_the_newest_checkpoint(
    world: StoreWorld, tmp_path: Path
) -> None:
    made = world.office.do(PROGRAM, make_checkpoint, "asked")
    for seq in (1, 77, made.size):
        slip = write_slip(world.office, PROGRAM, seq, tmp_path / "slip.tlog-proof")
        assert slip.checkpoint == made
        assert verified("--slip", slip.file, "--vkey", slip.vkey)
    lines = slip.file.read_text("utf-8").split("\n")
    assert (lines[0], lines[2]) == ("c2sp.org/tlog-proof@v1", f"index {made.size - 1}")
    assert base64.b64decode(lines[1].removeprefix("extra ")) == entries(world)[made.size - 1]
    assert slip.file.read_text("utf-8").endswith("\n\n" + made.text)
    assert world.actions()[-2:] == ["entry.proved", "entry.proved"]


def test_a_slip_of_a_newer_entry_makes_a_checkpoint(world: StoreWorld, tmp_path: Path) -> None:
    seq = world.note("new")
    slip = write_slip(world.office, PROGRAM, seq, tmp_path / "slip")
    assert slip.checkpoint.reason == "proof"
    assert world.actions()[-3:] == ["entry.proved", "checkpoint.made", "entry.proved"]
    assert verified("--slip", slip.file, "--vkey", slip.vkey)


@pytest.mark.parametrize("seq", [0, -1, 10_000])
def test_an_entry_that_is_not_there_has_no_slip(
    world: StoreWorld, tmp_path: Path, seq: int
) -> None:
    before = world.actions()
    with pytest.raises(EntryNotFound):
        write_slip(world.office, PROGRAM, seq, tmp_path / "slip")
    assert world.actions() == before


def test_a_slip_is_not_written_over_the_store_or_where_there_is_no_place(
    world: StoreWorld, tmp_path: Path
) -> None:
    database = world.data.database
    for place, refusal in (
        (database, ExportPlaceInside),
        (tmp_path / "none" / "slip", ExportPlaceUnusable),
        (tmp_path, ExportPlaceUnusable),
    ):
        with pytest.raises(refusal):
            write_slip(world.office, PROGRAM, 7, place)
    assert [each.name for each in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE audit_entry SET canonical = replace(canonical, 'n7', 'n8') WHERE seq = 12",
        "UPDATE audit_node SET hash = zeroblob(32) WHERE level = 1",
        "DELETE FROM audit_node WHERE level = 1",
        "UPDATE audit_checkpoint SET size = size + 1",
        "UPDATE audit_checkpoint SET note = replace(note, '1', '2')",
    ],
)
def test_no_slip_is_handed_out_that_would_not_be_verified(
    world: StoreWorld, tmp_path: Path, act: str
) -> None:
    world.office.do(PROGRAM, make_checkpoint, "asked")
    with world.office.work.engine.execution_options(writes=True).begin() as connection:
        for name in ("audit_node_no_update", "audit_node_no_delete", "audit_checkpoint_no_update"):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
    change(world, act)
    with pytest.raises(FacilityError) as caught:
        write_slip(world.office, PROGRAM, 12, tmp_path / "slip")
    assert isinstance(caught.value, RowsContradictHead | LogTampered)
    assert not (tmp_path / "slip").exists()


GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize(
    "release", sorted(GOLDEN.glob("*/facility.db")), ids=lambda p: p.parent.name
)
def test_a_store_of_an_earlier_release_is_exported(release: Path, tmp_path: Path) -> None:
    """Everything that release ever wrote keeps the rules of the other program."""
    data, keys = DataFolder(tmp_path / "data"), MemoryKeys()
    data.make()
    shutil.copy(release, data.database)
    words = split_words((release.parent / "words.txt").read_text("utf-8"))
    recover_store(data, KeyPlace(keys), words)
    office = open_office(data, keys)
    try:
        done = export_log(office, PROGRAM, tmp_path / "out")
    finally:
        office.close()
    assert done.checkpoint.size > 100
    assert verified(tmp_path / "out", "--vkey", done.vkey)
