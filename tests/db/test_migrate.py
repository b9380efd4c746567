"""Migrations: they give exactly the models' schema, go up and down, and fail whole."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from facility_app.db import migrate as migrations
from facility_app.db import triggers
from facility_app.db.engine import open_engine
from facility_app.db.migrate import (
    HEAD,
    MigrationBroke,
    SchemaOutdated,
    SchemaTooNew,
    downgrade,
    migrate,
    require_head,
    revision_of,
    upgrade,
)
from facility_app.db.models import Base
from facility_app.secret import Secret

SCRIPTS = ScriptDirectory(str(Path(migrations.__file__).with_name("migrations")))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(tmp_path / "facility.db", Secret(bytes(32)))
    yield engine
    engine.dispose()


@pytest.fixture
def modelled(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(tmp_path / "models.db", Secret(bytes(32)))
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        for statement in triggers.statements("sqlite"):
            connection.execute(text(statement))
    yield engine
    engine.dispose()


def schema(engine: Engine) -> dict[str, list[str]]:
    """Every object's DDL, its lines in a fixed order (the order of constraints says nothing).

    SQLite puts the name of a rebuilt table in quotes.
    """
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%' AND sql IS NOT NULL"
        ).all()
    plain = {
        name: sql.replace(f'CREATE TABLE "{name}"', f"CREATE TABLE {name}") for name, sql in rows
    }
    return {
        name: sorted(line.strip(" \t,") for line in sql.split("\n")) for name, sql in plain.items()
    }


def test_the_migrations_give_the_schema_of_the_models(engine: Engine, modelled: Engine) -> None:
    assert migrate(engine)
    ours, theirs = schema(engine), schema(modelled)
    assert ours.keys() == theirs.keys()
    for name in ours:
        assert ours[name] == theirs[name], name


def test_the_constant_is_the_newest_revision() -> None:
    assert SCRIPTS.get_heads() == [HEAD]


@pytest.mark.parametrize("revision", [each.revision for each in SCRIPTS.walk_revisions()])
def test_every_step_goes_up_down_and_up_again(engine: Engine, revision: str) -> None:
    upgrade(engine, revision)
    there = schema(engine)
    before = SCRIPTS.get_revision(revision).down_revision or "base"
    downgrade(engine, str(before))
    upgrade(engine, revision)
    assert schema(engine) == there
    downgrade(engine, "base")
    assert schema(engine) == {}


def test_rows_of_the_first_schema_are_kept_by_the_second(engine: Engine) -> None:
    """The tables of items and agreements are rebuilt; nothing that points at them is lost."""
    upgrade(engine, "0001")
    with engine.execution_options(writes=True).begin() as connection:
        for statement in _FIRST_ROWS:
            connection.exec_driver_sql(statement)
    upgrade(engine, "0002")
    with engine.connect() as connection:
        agreement = connection.exec_driver_sql("SELECT recognition_clause FROM agreement").all()
        item = connection.exec_driver_sql("SELECT recognition_mark, note FROM item").all()
        lines = connection.exec_driver_sql(
            "SELECT count(*) FROM hand_back_item JOIN item ON item.id = item_id"
        ).scalar()
    assert (agreement, item, lines) == ([(0,)], [(None, "見本")], 1)
    downgrade(engine, "0001")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT note FROM item").scalar() == "見本"
        assert connection.exec_driver_sql("SELECT count(*) FROM agreement").scalar() == 1


_FIRST_ROWS = (
    "INSERT INTO staff VALUES (1, '1', '例田', '', 1, '2026-04-01', NULL, NULL, 0, 0, NULL,"
    " 100, 'x')",
    "INSERT INTO resident (id, name, kana, sex, room, address, notes, search_text, version,"
    " created_at) VALUES (1, '見本', 'みほん', 'female', '', '', '', '', 1, '2026-04-01')",
    "INSERT INTO agreement (id, resident_id, signed_on, consented_by, capacity, will, will_note,"
    " proofs, powers_name_card, all_kinds, witness, pin_clause, emergency_clause,"
    " withdrawn_reason, note) VALUES (1, 1, '2026-04-01', '見本', 'self', 'written', '', '[]', 0,"
    " 1, '', 0, 1, '', '')",
    "INSERT INTO item_kind VALUES ('card', 'カード', '', 1, '[]', 0, 0, '[]', '{}', 1, 1)",
    "INSERT INTO item (id, resident_id, kind_code, label, state, ratio_source,"
    " face_authentication, condition, pieces, colour, note, received_on, received_from, version)"
    " VALUES (1, 1, 'card', '', 'returned', '', 'unknown', 'good', 1, '', '見本', '2026-04-01',"
    " '', 1)",
    "INSERT INTO hand_back VALUES (1, 1, '2026-11-01', 1, NULL, 'request', '見本', '本人', '-',"
    " '')",
    "INSERT INTO hand_back_item VALUES (1, 1)",
)


def test_at_head_nothing_happens_and_alembic_stays_unloaded(engine: Engine, tmp_path: Path) -> None:
    migrate(engine)
    assert not migrate(engine, before=lambda: pytest.fail("no backup is needed"))
    require_head(engine)
    engine.dispose()
    code = (
        "import sys; from pathlib import Path; from facility_app.db.engine import open_engine;"
        "from facility_app.db.migrate import migrate; from facility_app.secret import Secret;"
        f"print(migrate(open_engine(Path({str(tmp_path / 'facility.db')!r}), Secret(bytes(32)))),"
        " 'alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def set_revision(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})


def test_a_newer_database_is_refused(engine: Engine) -> None:
    migrate(engine)
    set_revision(engine, "9999")
    for attempt in (migrate, require_head):
        with pytest.raises(SchemaTooNew) as refused:
            attempt(engine)
        assert refused.value.revision == "9999"


def test_an_older_database_is_backed_up_first_or_not_touched(engine: Engine) -> None:
    migrate(engine)
    set_revision(engine, "0000")
    with pytest.raises(SchemaOutdated):
        require_head(engine)

    def no_room() -> None:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - exactly the one raised above
        migrate(engine, before=no_room)
    assert revision_of(engine) == "0000"


def test_a_step_that_breaks_a_reference_is_rolled_back(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE a(id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE b(a INTEGER REFERENCES a(id))"))
        connection.execute(text("INSERT INTO a VALUES (1)"))
        connection.execute(text("INSERT INTO b VALUES (1)"))
    with pytest.raises(MigrationBroke) as broke, migrations._rebuilding(engine) as connection:
        connection.execute(text("DELETE FROM a"))
    assert broke.value.table == "b"
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM a")).scalar() == 1
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
