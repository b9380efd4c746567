"""Bringing a database to the schema of this program; Alembic is imported only when there is need.

A step that changes tables runs with references unchecked (SQLite rebuilds tables) and the whole
move is one transaction, which is committed only when no reference points nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import Engine, inspect, text
from sqlalchemy.engine import Connection

from facility_app.errors import IntegrityError, Refused

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0008"
"""The newest revision in migrations/versions; a test compares."""


@dataclass(eq=False)
class SchemaTooNew(Refused):
    """The database was written by a newer version of the program."""

    key: ClassVar[str] = "store.schema_too_new"
    revision: str


@dataclass(eq=False)
class SchemaOutdated(Refused):
    """The database is of an older version; it is migrated after a backup, not silently."""

    key: ClassVar[str] = "store.schema_outdated"
    revision: str


@dataclass(eq=False)
class MigrationBroke(IntegrityError):
    """A migration would have left rows that point nowhere; it was rolled back."""

    key: ClassVar[str] = "store.migration_broke"
    table: str


def revision_of(engine: Engine) -> str:
    """The revision of the database; empty for a new one.  Two cheap statements, no Alembic."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(found or "")


def require_head(engine: Engine) -> None:
    """Raise SchemaOutdated or SchemaTooNew unless the database has this program's schema."""
    revision = revision_of(engine)
    if revision != HEAD:
        raise SchemaOutdated(revision) if revision < HEAD else SchemaTooNew(revision)


def migrate(engine: Engine, before: Callable[[], object] | None = None) -> bool:
    """Bring the schema to HEAD; gives whether anything was done.

    `before` is called first where there is data to lose: it makes and verifies the backup, and when
    it raises, nothing is migrated. Raises SchemaTooNew, MigrationBroke; the schema is then
    as it was.
    """
    revision = revision_of(engine)
    if revision == HEAD:
        return False
    if revision > HEAD:
        raise SchemaTooNew(revision)
    if revision and before is not None:
        before()
    upgrade(engine)
    return True


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run the steps up to `revision` in one transaction."""
    from alembic import command

    with _rebuilding(engine) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Run the steps down to `revision` (``base`` for none): for tests and for support by hand."""
    from alembic import command

    with _rebuilding(engine) as connection:
        command.downgrade(_config(connection), revision)


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _rebuilding(engine: Engine) -> Iterator[Connection]:
    """A writing transaction with references unchecked until just before the commit."""
    with engine.execution_options(writes=True).connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            _set_references(connection, "OFF")
        try:
            with connection.begin():
                yield connection
                if sqlite:
                    _refuse_dangling(connection)
        finally:
            if sqlite:
                _set_references(connection, "ON")


def _set_references(connection: Connection, state: str) -> None:
    """On the driver itself: inside a transaction, which SQLAlchemy begins, SQLite ignores it."""
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - a live connection has one
    driver.execute(f"PRAGMA foreign_keys = {state}")


def _refuse_dangling(connection: Connection) -> None:
    row = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if row is not None:
        raise MigrationBroke(str(row[0]))
