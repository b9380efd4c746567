"""The engine: encrypted, its pragmas in force, faults told apart, one writer after the other."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from facility_app.db import engine as engines
from facility_app.db.engine import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseReadOnly,
    DatabaseUnreachable,
    DiskFull,
    WrongDatabaseKey,
    open_engine,
)
from facility_app.secret import Secret

KEY = Secret(bytes(range(32)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "facility.db"


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    engine = open_engine(path, KEY)
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("CREATE TABLE parent(id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE child(p INTEGER REFERENCES parent(id), t TEXT)"))
    yield engine
    engine.dispose()


def fill(engine: Engine, rows: int = 400) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(
            text("INSERT INTO child(t) VALUES (:t)"), [{"t": "紀" * 500} for _ in range(rows)]
        )


def read_all(path: Path, key: Secret = KEY) -> int:
    engine = open_engine(path, key, pooled=False)
    try:
        with engine.connect() as connection:
            return connection.execute(text("SELECT count(t), max(t) FROM child")).one()[0]
    finally:
        engine.dispose()


def test_nothing_of_the_content_or_the_format_is_readable(engine: Engine, path: Path) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("INSERT INTO child(t) VALUES ('canary-4711')"))
    written = b"".join(each.read_bytes() for each in path.parent.iterdir())
    assert b"canary" not in written
    assert b"SQLite format" not in written
    assert b"CREATE TABLE" not in written


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("recursive_triggers", 1),
    ],
)
def test_the_pragmas_are_in_force_on_every_connection(engine: Engine, pragma: str, value) -> None:
    with engine.connect() as one, engine.connect() as two:
        for connection in (one, two):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_pragma_that_does_not_take_is_refused(path: Path, monkeypatch) -> None:
    monkeypatch.setattr(engines, "_PRAGMAS", (("foreign_keys", "OFF", 1),))
    with pytest.raises(engines.PragmaRefused) as refused:
        engines.connect(path, KEY)
    assert refused.value.pragma == "foreign_keys"


def test_references_are_enforced(engine: Engine) -> None:
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("INSERT INTO child(p) VALUES (99)"))


def test_the_key_stands_in_no_url_repr_or_error(engine: Engine) -> None:
    hexed = KEY.copy_bytes().hex()
    assert hexed not in f"{engine!r} {engine.url} {engine.pool!r}"
    with pytest.raises(Exception, match="no such table") as failed, engine.connect() as connection:
        connection.execute(text("SELECT * FROM nowhere WHERE t = :t"), {"t": "佐藤"})
    assert hexed not in str(failed.value)
    assert "佐藤" not in str(failed.value)


def test_a_wrong_key_is_told(engine: Engine, path: Path) -> None:
    engine.dispose()
    with pytest.raises(WrongDatabaseKey):
        read_all(path, Secret(bytes(32)))


def test_a_disposed_engine_has_wiped_its_key_and_is_over(engine: Engine) -> None:
    engine.dispose()
    with pytest.raises(ValueError, match="wiped"):
        engine.connect()


def test_a_flipped_bit_in_a_page_is_damage(engine: Engine, path: Path) -> None:
    fill(engine)
    engine.dispose()
    content = bytearray(path.read_bytes())
    content[4096 * 20 + 100] ^= 1
    path.write_bytes(content)
    with pytest.raises(DatabaseDamaged):
        read_all(path)


def test_a_file_cut_off_is_damage(engine: Engine, path: Path) -> None:
    fill(engine)
    engine.dispose()
    with path.open("r+b") as file:
        file.truncate(4096 * 9)
    with pytest.raises(DatabaseDamaged):
        read_all(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows forbids these names")
def test_a_path_may_have_any_character(tmp_path: Path) -> None:
    folder = tmp_path / "デー タ#1?mode=ro&%20'\""
    folder.mkdir()
    engine = open_engine(folder / "施設.db", KEY)
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("CREATE TABLE child(t TEXT)"))
    engine.dispose()
    assert [path.name for path in folder.iterdir()] == ["施設.db"]
    assert read_all(folder / "施設.db") == 0


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachable):
        engines.connect(tmp_path / "nowhere" / "facility.db", KEY)


def test_a_read_only_file_is_said(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(DatabaseReadOnly):
            connection.execute(text("INSERT INTO child(t) VALUES ('x')"))


def test_a_read_only_engine_writes_nothing_anywhere(engine: Engine, path: Path) -> None:
    fill(engine, 5)
    engine.dispose()
    before = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    reading = open_engine(path, KEY, read_only=True)
    with reading.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM child")).scalar() == 5
    with pytest.raises(DatabaseReadOnly), reading.begin() as connection:
        connection.execute(text("INSERT INTO child(t) VALUES ('x')"))
    reading.dispose()
    assert {each.name: each.read_bytes() for each in path.parent.iterdir()} == before


def test_writers_queue_and_a_late_one_is_told(engine: Engine, path: Path, monkeypatch) -> None:
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_S", 0.05)
    impatient = open_engine(path, KEY, pooled=False).execution_options(writes=True)
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("INSERT INTO child(t) VALUES ('first')"))
        with pytest.raises(DatabaseBusy):
            impatient.connect().execute(text("SELECT 1"))
    impatient.dispose()


def test_two_threads_write_one_after_the_other(engine: Engine) -> None:
    writer = engine.execution_options(writes=True)

    def add() -> None:
        for _ in range(25):
            with writer.begin() as connection:
                seen = connection.execute(text("SELECT count(*) FROM child")).scalar()
                connection.execute(text("INSERT INTO child(t) VALUES (:t)"), {"t": seen})

    threads = [threading.Thread(target=add) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT t FROM child ORDER BY rowid")).scalars().all()
    assert rows == [str(number) for number in range(75)]


def test_a_reader_keeps_its_view_while_another_writes(engine: Engine) -> None:
    count = text("SELECT count(*) FROM child")
    with engine.connect() as reader:
        assert reader.execute(count).scalar() == 0
        fill(engine, 3)
        assert reader.execute(count).scalar() == 0
    with engine.connect() as reader:
        assert reader.execute(count).scalar() == 3


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "tiny"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)]
    if (
        sys.platform != "linux"
        or os.geteuid() != 0
        or subprocess.run(command, check=False).returncode
    ):
        pytest.skip("mounting a small disk needs root on Linux")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_said_and_what_was_committed_stays(tiny_disk: Path) -> None:
    engine = open_engine(tiny_disk / "facility.db", KEY)
    writer = engine.execution_options(writes=True)
    with writer.begin() as connection:
        connection.execute(text("CREATE TABLE child(t TEXT)"))
    kept = 0

    def fill_up() -> None:
        nonlocal kept
        for _ in range(500):
            with writer.begin() as connection:
                connection.execute(text("INSERT INTO child(t) VALUES (:t)"), {"t": "x" * 2000})
            kept += 1

    with pytest.raises(DiskFull):
        fill_up()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM child")).scalar() == kept
        assert connection.exec_driver_sql("PRAGMA quick_check").scalar() == "ok"
    engine.dispose()


def test_a_write_protected_disk_is_said(tiny_disk: Path) -> None:
    engine = open_engine(tiny_disk / "facility.db", KEY)
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("CREATE TABLE child(t TEXT)"))
    engine.dispose()
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    again = open_engine(tiny_disk / "facility.db", KEY)
    with pytest.raises((DatabaseReadOnly, DatabaseUnreachable)):
        again.connect()
    again.dispose()
