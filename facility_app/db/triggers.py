"""Triggers that keep the log append-only, per engine.  Corrections are new entries (design §6)."""

from __future__ import annotations

from sqlalchemy.engine import Connection

APPEND_ONLY = ("audit_entry", "audit_node", "audit_checkpoint")
"""Tables whose rows are never changed or removed."""

ONLY_GROWS = "audit_head"
"""The table whose one row is replaced by a longer one at each commit, and never removed."""

_MESSAGE = "the log is append-only"
_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION facility_app_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$
"""


def _rules() -> list[tuple[str, str, str, str]]:
    """(name, verb, table, condition) of every trigger."""
    rules = [
        (f"{table}_no_{verb.lower()}", verb, table, "")
        for table in APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    ]
    rules.append((f"{ONLY_GROWS}_no_delete", "DELETE", ONLY_GROWS, ""))
    rules.append((f"{ONLY_GROWS}_grows", "UPDATE", ONLY_GROWS, "NEW.size <= OLD.size"))
    return rules


def _sqlite(name: str, verb: str, table: str, condition: str) -> str:
    when = f" WHEN {condition}" if condition else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table}{when}"
        f" BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
    )


def _postgresql(name: str, verb: str, table: str, condition: str) -> str:
    each = f"ROW WHEN ({condition})" if condition else "STATEMENT"
    return (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH {each}"
        " EXECUTE FUNCTION facility_app_append_only()"
    )


def by_name(dialect: str) -> dict[str, str]:
    """The DDL of each trigger on ``sqlite`` or ``postgresql``, by the trigger's name."""
    make = _postgresql if dialect == "postgresql" else _sqlite
    return {rule[0]: make(*rule) for rule in _rules()}


def statements(dialect: str) -> list[str]:
    """The DDL that creates the triggers on ``sqlite`` or ``postgresql``, in order."""
    function = [_POSTGRESQL_FUNCTION] if dialect == "postgresql" else []
    return function + list(by_name(dialect).values())


_STORED = {
    "sqlite": "SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, NULL, tgrelid::regclass::text FROM pg_trigger"
    " WHERE NOT tgisinternal AND tgenabled <> 'D'",
}


def wrong(connection: Connection) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Triggers that are missing or not as they belong, and strange ones on the log's tables."""
    wanted = by_name(connection.dialect.name)
    rows = connection.exec_driver_sql(_STORED[connection.dialect.name])
    stored = {row[0]: row[1] for row in rows if row[2] in (*APPEND_ONLY, ONLY_GROWS)}
    missing = [n for n, text in wanted.items() if n not in stored or stored[n] not in (None, text)]
    return tuple(missing), tuple(name for name in stored if name not in wanted)
