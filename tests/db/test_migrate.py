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
