"""A check of the file names what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from facility_app.db.check import check_file
from facility_app.db.engine import open_engine
from facility_app.db.migrate import migrate
from facility_app.secret import Secret

KEY = Secret(bytes(32))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(tmp_path / "facility.db", KEY)
    migrate(engine)
    yield engine
    engine.dispose()


def test_a_sound_file_is_sound(engine: Engine) -> None:
    assert check_file(engine).sound


def test_a_row_that_points_nowhere_is_found(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(text("INSERT INTO resident_key(resident_id, key) VALUES (9, 'k')"))
        connection.commit()
    found = check_file(engine)
    assert found.references == ("resident_key",)
    assert not found.sound


def test_a_missing_and_a_changed_trigger_are_found(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entry_no_delete"))
        connection.execute(text("DROP TRIGGER audit_node_no_update"))
        connection.execute(
            text(
                "CREATE TRIGGER audit_node_no_update BEFORE UPDATE ON audit_node"
                " BEGIN SELECT 1; END"
            )
        )
    assert set(check_file(engine).triggers) == {"audit_entry_no_delete", "audit_node_no_update"}


@pytest.mark.parametrize("page", [1, 7, 30])
def test_a_flipped_bit_is_found_wherever_it_is(engine: Engine, tmp_path: Path, page: int) -> None:
    engine.dispose()
    path = tmp_path / "facility.db"
    content = bytearray(path.read_bytes())
    content[4096 * page + 5] ^= 0x10
    path.write_bytes(content)
    damaged = open_engine(path, KEY, read_only=True)
    found = check_file(damaged)
    assert any(str(page + 1) in text for text in found.pages) or found.structure
    assert not found.sound
    damaged.dispose()


def test_rows_of_the_log_are_guarded_against_every_verb(engine: Engine) -> None:
    from sqlalchemy.exc import DatabaseError

    row = {"h": b"h" * 32}
    with engine.begin() as connection:
        connection.execute(
            text('INSERT INTO audit_node(level, "index", hash) VALUES (1, 0, :h)'), row
        )
    for statement in (
        "UPDATE audit_node SET hash = :h",
        "DELETE FROM audit_node WHERE hash = :h",
        'INSERT OR REPLACE INTO audit_node(level, "index", hash) VALUES (1, 0, :h)',
    ):
        with pytest.raises(DatabaseError, match="append-only"), engine.begin() as connection:
            connection.execute(text(statement), row)
