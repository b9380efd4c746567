"""Is the file sound: authentication of every page, structure, references, the log's triggers."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from facility_app.db import triggers
from facility_app.errors import IntegrityError

UNREADABLE = "database disk image is malformed"
"""What SQLite says of a file that it cannot read to the end, as ``quick_check`` words it."""


@dataclass(frozen=True)
class FileCheck:
    """What a check of the database file found; `sound` when every list is empty.

    pages: what SQLCipher said about pages whose authentication fails; structure: messages of
    ``quick_check``; references: tables with a row that points nowhere; triggers: guards of the log
    that are missing, changed or strange.
    """

    pages: tuple[str, ...] = ()
    structure: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Nothing was found."""
        return not (self.pages or self.structure or self.references or self.triggers)


def check_file(engine: Engine) -> FileCheck:
    """Check the whole file, or on PostgreSQL the triggers only (the server checks its own pages).

    Reads every page; a file that cannot be read to the end is reported, not raised.
    """
    try:
        with engine.connect() as connection:
            if connection.dialect.name != "sqlite":
                return FileCheck(triggers=_guards(connection))
            return FileCheck(
                pages=_rows(connection, "PRAGMA cipher_integrity_check"),
                structure=tuple(
                    text for text in _rows(connection, "PRAGMA quick_check") if text != "ok"
                ),
                references=_rows(connection, "PRAGMA foreign_key_check"),
                triggers=_guards(connection),
            )
    except IntegrityError:
        return FileCheck(structure=(UNREADABLE,))


def _rows(connection: Connection, pragma: str) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in connection.exec_driver_sql(pragma))


def _guards(connection: Connection) -> tuple[str, ...]:
    """Triggers that are missing or changed, and strange ones on the log's tables."""
    missing, strange = triggers.wrong(connection)
    return missing + strange
