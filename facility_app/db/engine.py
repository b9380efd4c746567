"""The database engine: SQLCipher with a raw key, pragmas that are read back, faults as our errors.

Contract with audit/work.py: an engine (or connection) with the execution option ``writes=True``
begins with BEGIN IMMEDIATE, so two writers queue instead of failing half-way; without it BEGIN
opens one consistent view. The only module that imports sqlcipher3.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection, ExceptionContext
from sqlalchemy.pool import NullPool, QueuePool

from facility_app.errors import FacilityError, IntegrityError, Refused
from facility_app.secret import Secret

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection

BUSY_TIMEOUT_S = 5.0
"""How long a writer waits for another one (another window, a backup) before it is told."""

# cipher_memory_security stays off, SQLCipher's own default: on, every statement took 10 to 20
# times as long (measured), and memory of a running process is outside the attack model
# (docs/security.md).
_PRAGMAS = (
    ("foreign_keys", "ON", 1),
    ("secure_delete", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("synchronous", "FULL", 2),
    ("cell_size_check", "ON", 1),
    ("recursive_triggers", "ON", 1),  # so that INSERT OR REPLACE fires the guards of the log
)


@dataclass(eq=False)
class WrongDatabaseKey(Refused):
    """The key does not open the file (or its first page is damaged; db/store tells which)."""

    key: ClassVar[str] = "store.wrong_key"


@dataclass(eq=False)
class DatabaseDamaged(IntegrityError):
    """A page fails its authentication, the file is cut off, or its structure is broken."""

    key: ClassVar[str] = "store.damaged"


@dataclass(eq=False)
class DatabaseReadOnly(Refused):
    """The file or its medium cannot be written."""

    key: ClassVar[str] = "store.read_only"


@dataclass(eq=False)
class DiskFull(Refused):
    """No room left on the disk; the transaction was rolled back."""

    key: ClassVar[str] = "store.disk_full"


@dataclass(eq=False)
class DatabaseBusy(Refused):
    """Another writer held the database longer than `BUSY_TIMEOUT_S`."""

    key: ClassVar[str] = "store.busy"


@dataclass(eq=False)
class DatabaseUnreachable(Refused):
    """The file cannot be opened, or the disk or the server does not answer."""

    key: ClassVar[str] = "store.unreachable"


@dataclass(eq=False)
class PragmaRefused(IntegrityError):
    """A safety setting did not take, so the database is not used; `pragma` names it."""

    key: ClassVar[str] = "store.pragma_refused"
    pragma: str


_FAULTS: dict[str, type[FacilityError]] = {
    "SQLITE_NOTADB": WrongDatabaseKey,
    "SQLITE_CORRUPT": DatabaseDamaged,
    "SQLITE_FULL": DiskFull,
    "SQLITE_READONLY": DatabaseReadOnly,
    "SQLITE_BUSY": DatabaseBusy,
    "SQLITE_LOCKED": DatabaseBusy,
    "SQLITE_IOERR": DatabaseUnreachable,
    "SQLITE_CANTOPEN": DatabaseUnreachable,
}


def open_engine(path: Path, key: Secret, *, read_only: bool = False, pooled: bool = True) -> Engine:
    """An engine over the encrypted file at `path`; nothing is opened before the first connection.

    key: 32 bytes; a copy is kept until `engine.dispose()`, which wipes it and ends the engine. The
    first connection raises WrongDatabaseKey, DatabaseDamaged, DatabaseReadOnly, DatabaseUnreachable
    or PragmaRefused. `read_only` is for files that nobody has open (backups, a damaged store): it
    writes nothing to the file or beside it and does not read a log left by a crash.
    """
    held = key.copy()
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: connect(path, held, read_only=read_only),
        poolclass=QueuePool if pooled else NullPool,
        hide_parameters=True,
        json_serializer=_json,
        **({"pool_size": 4, "max_overflow": 4} if pooled else {}),
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _translate)
    event.listen(engine, "engine_disposed", lambda _engine: held.wipe())
    return engine


def open_server(url: str, password: Secret | None) -> Engine:
    """An engine for PostgreSQL, for many PCs; `url` carries no password.

    Times are read and written as aware UTC; connections are tried before use.
    """
    parts = make_url(url).set(drivername="postgresql+psycopg")
    if password is not None:
        parts = parts.set(password=password.copy_bytes().decode())
    return create_engine(
        parts,
        hide_parameters=True,
        pool_pre_ping=True,
        json_serializer=_json,
        connect_args={"options": "-c timezone=UTC"},
    )


def connect(path: Path, key: Secret, *, read_only: bool = False) -> Any:
    """One DB-API connection, keyed and with its pragmas read back.  Errors as in `open_engine`."""
    mode = "ro&immutable=1" if read_only else "rwc"
    if not read_only and not path.exists():
        _make_private(path)
    try:
        connection = sqlcipher.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=BUSY_TIMEOUT_S,
            isolation_level=None,
            check_same_thread=False,
        )
    except sqlcipher.Error as exc:
        raise fault(exc) or DatabaseUnreachable() from exc
    try:
        # Faults reach the person as our errors; SQLCipher's own lines on stderr say nothing more.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.view().hex()}'\"")
        _prepare(connection, read_only)
    except sqlcipher.Error as exc:
        connection.close()
        raise fault(exc) or DatabaseUnreachable() from exc
    except FacilityError:
        connection.close()
        raise
    return connection


def _make_private(path: Path) -> None:
    """An empty file that only its owner can read; SQLite gives its log files the same rights."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError as exc:
        raise DatabaseUnreachable from exc


def _prepare(connection: Any, read_only: bool) -> None:
    for name, value, expected in _PRAGMAS:
        connection.execute(f"PRAGMA {name} = {value}")
        _expect(connection, name, expected)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # decrypts the first page
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        _expect(connection, "journal_mode", "wal")


def _expect(connection: Any, pragma: str, expected: object) -> None:
    row = connection.execute(f"PRAGMA {pragma}").fetchone()
    if row is None or row[0] != expected:
        raise PragmaRefused(pragma)


def fault(exc: BaseException | None) -> FacilityError | None:
    """Our error for one of SQLite's, or None where it is not a fault of the store."""
    name = getattr(exc, "sqlite_errorname", None)
    if not isinstance(name, str):
        return None
    for prefix, kind in _FAULTS.items():
        if name.startswith(prefix):
            return kind()
    return None


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _translate(context: ExceptionContext) -> None:
    found = fault(context.original_exception)
    if found is not None:
        raise found from context.original_exception


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def raw(engine: Engine, use: Callable[[DBAPIConnection], Any]) -> Any:
    """`use` with the driver's own connection, for what SQLAlchemy cannot say; faults as ours."""
    connection = engine.raw_connection()
    try:
        driver = connection.driver_connection
        assert driver is not None  # noqa: S101 - a connection from the pool has one
        return use(driver)
    except sqlcipher.Error as exc:
        raise fault(exc) or DatabaseUnreachable() from exc
    finally:
        connection.close()
