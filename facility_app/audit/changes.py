"""Noticing that a statement changed rows, whatever way it came: ORM, Core, bulk or plain text."""

from __future__ import annotations

import re
from functools import lru_cache

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPICursor

_LOG_TABLES = ("audit_entry", "audit_node", "audit_head", "audit_checkpoint", "open_intent")
_COMMENT = re.compile(r"/\*.*?\*/|--[^\n]*", re.DOTALL)
_CHANGE = re.compile(
    r"\b(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM"
    r"|MERGE\s+INTO)\s+(?:ONLY\s+)?([\w.\"`\[\]]+)",
    re.IGNORECASE,
)
_COUNT = "rows_changed"


class WriteWhileReading(RuntimeError):
    """A unit that only reads tried to change rows: a bug; nothing was kept."""


def watch(engine: Engine) -> None:
    """Count changes on every connection of `engine`; calling it again does nothing."""
    if not event.contains(engine, "after_cursor_execute", _count_change):
        event.listen(engine, "after_cursor_execute", _count_change)


def forget(connection: Connection) -> None:
    """Begin to count from nothing."""
    connection.info[_COUNT] = 0


def changed(connection: Connection) -> bool:
    """Whether rows outside the log were changed since `forget`."""
    return bool(connection.info[_COUNT])


@lru_cache(maxsize=512)
def _changed_tables(statement: str) -> frozenset[str]:
    """The tables that a statement writes to, whatever its form."""
    text = _COMMENT.sub(" ", statement)
    return frozenset(found.split(".")[-1].strip('"`[]').lower() for found in _CHANGE.findall(text))


def _count_change(
    connection: Connection,
    cursor: DBAPICursor,
    statement: str,
    _parameters: object,
    _context: object,
    _executemany: bool,
) -> None:
    """Count statements that changed rows outside the log, whatever way they came."""
    if statement.startswith("SELECT"):
        return
    tables = _changed_tables(statement)
    if cursor.rowcount == 0 and "RETURNING" not in statement:  # there it counts what was fetched
        return
    if tables and connection.get_execution_options().get("reads_only"):
        raise WriteWhileReading
    if tables - set(_LOG_TABLES):
        connection.info[_COUNT] = connection.info.get(_COUNT, 0) + 1
