"""Backups count when they were opened and compared; a restore never touches the damaged file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from facility_app.app import open_office, restore_office
from facility_app.db.copies import PlaceUnreachable, place_copy
from facility_app.db.engine import DatabaseDamaged, DiskFull
from facility_app.db.models import SettingRow
from facility_app.db.place import AlreadyRunning
from facility_app.domain.access import PROGRAM, Actor, Identified, NotPermitted
from facility_app.errors import Cancelled
from facility_app.keystore import DerivedKeys
from facility_app.services.backup import (
    BackupDamaged,
    BackupDiffers,
    BackupMissing,
    automatic_backup,
    backup_files,
    file_name,
    make_backup,
    newest_backup,
    read_backup,
    thin,
    verify_backup,
)
from tests.services.store_world import StoreWorld


@pytest.fixture
def world(tmp_path: Path) -> Iterator[StoreWorld]:
    world = StoreWorld(tmp_path / "data")
    yield world
    world.close()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_backup_opens_with_the_same_key_and_holds_the_same_log(world: StoreWorld) -> None:
    for number in range(20):
        world.note(str(number))
    made = make_backup(world.office, PROGRAM)
    assert made.files == (world.data.backups / "facility-20261120T010000Z.backup",)
    facts = read_backup(made.files[0], world.office.keys)
    assert (facts.size, facts.root) == (made.size, made.root)
    assert facts.size >= 20
    assert b"SQLite" not in made.files[0].read_bytes()[:100]
    assert world.actions()[-1] == "backup.made"
    assert world.office.ask(PROGRAM, newest_backup) == made.made_at
    assert not list(world.data.path.glob(".backup-*"))
    if os.name != "nt":
        assert made.files[0].stat().st_mode & 0o077 == 0


def test_a_backup_is_made_while_others_write_and_verified_later(world: StoreWorld) -> None:
    made = make_backup(world.office, PROGRAM, world.data.path / "b.backup")
    for number in range(7):
        world.note(str(number))
    facts = verify_backup(world.office, PROGRAM, made.files[0])
    assert facts.size == made.size
    assert world.actions()[-1] == "backup.verified"


def test_a_damaged_backup_does_not_verify(world: StoreWorld) -> None:
    good = make_backup(world.office, PROGRAM).files[0].read_bytes()
    bad = world.data.path / "bad.backup"
    for change in (
        good[: len(good) // 2 + 100],
        good[:5000] + bytes([good[5000] ^ 1]) + good[5001:],
        bytes(len(good)),
        b"",
    ):
        bad.write_bytes(change)
        with pytest.raises(BackupDamaged):
            verify_backup(world.office, PROGRAM, bad)
    assert "backup.verified" not in world.actions()
    with pytest.raises(BackupMissing):
        verify_backup(world.office, PROGRAM, world.data.path / "nowhere")


def test_a_backup_of_another_store_is_refused(world: StoreWorld, tmp_path: Path) -> None:
    other = StoreWorld(tmp_path / "other", fresh=True)
    theirs = make_backup(other.office, PROGRAM).files[0]
    other.close()
    with pytest.raises(BackupDamaged):
        verify_backup(world.office, PROGRAM, theirs)


def test_a_backup_from_a_future_this_store_did_not_have_differs(world: StoreWorld) -> None:
    early = make_backup(world.office, PROGRAM, world.data.path / "early").files[0]
    world.note("one way")
    late = make_backup(world.office, PROGRAM, world.data.path / "late").files[0]
    world.close()
    restore_office(world.data, early, world.keys, clock=world.clock)
    world.reopen()
    with pytest.raises(BackupDiffers):
        verify_backup(world.office, PROGRAM, late)
    for _ in range(5):
        world.note("another way")
    with pytest.raises(BackupDiffers):
        verify_backup(world.office, PROGRAM, late)


def test_two_places_and_one_of_them_missing(world: StoreWorld, tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    _set_folders(world, (str(first), str(second)))
    assert len(make_backup(world.office, PROGRAM).files) == 2
    assert names(first) == names(second)
    _set_folders(world, (str(first), str(blocked / "x")))
    world.clock.now += timedelta(minutes=1)
    made = make_backup(world.office, PROGRAM)
    assert [file.parent for file in made.files] == [first]
    assert [place for place, _why in made.failed] == [blocked / "x"]
    _set_folders(world, (str(blocked / "x"),))
    with pytest.raises(PlaceUnreachable):
        make_backup(world.office, PROGRAM)
    assert not list(world.data.path.glob(".backup-*"))


def _set_folders(world: StoreWorld, folders: tuple[str, ...]) -> None:
    engine = world.office.work.engine.execution_options(writes=True)
    with Session(engine) as session, session.begin():
        session.merge(SettingRow(name="backup_folders", value=list(folders)))


def test_the_automatic_backup_waits_half_an_hour(world: StoreWorld) -> None:
    assert automatic_backup(world.office) is not None
    world.clock.now += timedelta(minutes=29)
    assert automatic_backup(world.office) is None
    world.clock.now += timedelta(minutes=1)
    assert automatic_backup(world.office) is not None
    world.clock.now -= timedelta(days=3)
    assert automatic_backup(world.office) is not None, "a clock set back must not stop backups"


def test_who_may_not_back_up_gets_no_file(world: StoreWorld) -> None:
    nobody = Actor(None, "x", Identified.NUMBER)
    with pytest.raises(NotPermitted):
        make_backup(world.office, nobody)
    assert not world.data.backups.exists()


@pytest.mark.parametrize("questions", [0, 1, 3])
def test_a_cancelled_backup_leaves_nothing(world: StoreWorld, questions: int) -> None:
    answers = iter([False] * questions)
    for number in range(100):
        world.note("x" * 500 + str(number))
    with pytest.raises(Cancelled):
        make_backup(world.office, PROGRAM, cancelled=lambda: next(answers, True))
    assert not world.data.backups.exists()
    assert not list(world.data.path.glob(".backup-*"))
    world.note("the store goes on")


def test_thinning_keeps_what_the_rotation_keeps_and_foreign_files(tmp_path: Path) -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    for hours in range(0, 24 * 40, 6):
        (tmp_path / file_name(now - timedelta(hours=hours))).write_bytes(b"x")
    (tmp_path / "facility-old.backup").write_bytes(b"someone's own copy")
    gone = thin(tmp_path, now)
    left = backup_files(tmp_path)
    assert gone
    assert max(left) == now
    assert len([at for at in left if at > now - timedelta(days=2)]) == 8
    assert (tmp_path / "facility-old.backup").exists()
    assert thin(tmp_path, now) == []


def test_restore_keeps_the_damaged_file_untouched_aside(world: StoreWorld) -> None:
    world.note("kept")
    made = make_backup(world.office, PROGRAM)
    world.note("lost with the damage")
    world.close()
    damaged = bytearray(world.data.database.read_bytes())
    damaged[0:200] = bytes(200)
    world.data.database.write_bytes(damaged)
    with pytest.raises(DatabaseDamaged):
        open_office(world.data, world.keys)
    restored = restore_office(world.data, made.files[0], world.keys, clock=world.clock)
    assert restored.aside is not None
    assert restored.aside.read_bytes() == bytes(damaged)
    world.reopen()
    assert world.actions()[-1] == "store.restored"
    assert world.actions().count("test.noted") == 1
    world.note("and on")


def test_restore_moves_the_old_write_ahead_log_aside_too(world: StoreWorld) -> None:
    made = make_backup(world.office, PROGRAM)
    world.close()
    wal = world.data.database.with_name("facility.db-wal")
    wal.write_bytes(b"left by a crash")
    restored = restore_office(world.data, made.files[0], world.keys, clock=world.clock)
    assert restored.aside is not None
    assert restored.aside.with_name(restored.aside.name + "-wal").read_bytes() == b"left by a crash"
    world.reopen()


def test_a_restore_that_cannot_be_done_changes_nothing(world: StoreWorld) -> None:
    made = make_backup(world.office, PROGRAM)
    with pytest.raises(AlreadyRunning):
        restore_office(world.data, made.files[0], world.keys)
    world.close()
    before = world.data.database.read_bytes()
    bad = world.data.path / "bad"
    bad.write_bytes(made.files[0].read_bytes()[:9000])
    with pytest.raises(BackupDamaged):
        restore_office(world.data, bad, world.keys)
    assert world.data.database.read_bytes() == before
    assert not list(world.data.path.glob("*aside*"))
    world.reopen()


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of `size` at `folder`; skips the test where it cannot be mounted."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if sys.platform != "linux" or os.geteuid() or subprocess.run(command, check=False).returncode:
        pytest.skip("mounting a small disk needs root on Linux")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "tiny", "64k") as folder:
        yield folder


def test_a_full_data_disk_leaves_the_store_and_no_draft(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "4m") as disk:
        world = StoreWorld(disk / "data")
        try:
            room = shutil.disk_usage(disk).free
            (disk / "fill").write_bytes(bytes(room - 128 * 1024))
            with pytest.raises(DiskFull):
                make_backup(world.office, PROGRAM)
            assert names(world.data.path) <= {
                "facility.db", "facility.db-wal", "facility.db-shm", "lock", "store.json"
            }  # fmt: skip
            (disk / "fill").unlink()
            assert make_backup(world.office, PROGRAM).size > 0
        finally:
            world.close()


def test_a_full_backup_disk_leaves_no_half_file(world: StoreWorld, tiny_disk: Path) -> None:
    with pytest.raises(DiskFull):
        make_backup(world.office, PROGRAM, tiny_disk / "b.backup")
    assert names(tiny_disk) == set()
    assert "backup.made" not in world.actions()
    with pytest.raises(DiskFull):
        place_copy(world.data.database, _filled(tiny_disk) / "copy")
    assert names(tiny_disk) == {"fill"}


def _filled(folder: Path) -> Path:
    """The folder with a file in it that takes all the room."""
    with (folder / "fill").open("wb", 0) as file:
        while file.write(bytes(4096)) == 4096 and file.tell() < 60 * 1024:
            pass
    return folder


def test_the_draft_of_a_crash_is_swept_away_after_a_while(world: StoreWorld) -> None:
    world.data.backups.mkdir()
    left = [world.data.path / ".backup-dead.draft", world.data.backups / ".copy-dead"]
    long_ago = (world.clock.now - timedelta(days=1)).timestamp()
    for old in left:
        old.write_bytes(b"x")
        os.utime(old, (long_ago, long_ago))
    young = world.data.backups / ".copy-now"
    young.write_bytes(b"x")
    os.utime(young, (world.clock.now.timestamp(),) * 2)
    make_backup(world.office, PROGRAM)
    assert [old for old in left if old.exists()] == []
    assert young.exists(), "it may be another program's copy in the making"


def test_an_older_schema_is_copied_before_it_is_moved(world: StoreWorld) -> None:
    engine = world.office.work.engine
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('0000')"))
    world.close()
    with pytest.raises(Exception, match="0000"):  # there is no such step; the copy was made first
        world.reopen()
    (copy,) = world.data.backups.iterdir()
    assert read_backup(copy, DerivedKeys(world.root)).revision == "0000"
