"""Triggers that keep the log append-only, per engine.  Corrections are new entries (design §6)."""

from __future__ import annotations

APPEND_ONLY = ("audit_entry", "audit_node", "audit_checkpoint")
"""Tables whose rows are never changed or removed."""

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION facility_app_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the log is append-only'; END $$
"""


def statements(dialect: str) -> list[str]:
    """The DDL that creates the triggers on ``sqlite`` or ``postgresql``."""
    made = [_POSTGRESQL_FUNCTION] if dialect == "postgresql" else []
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            name = f"{table}_no_{verb.lower()}"
            if dialect == "postgresql":
                made.append(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH STATEMENT"
                    " EXECUTE FUNCTION facility_app_append_only()"
                )
            else:
                made.append(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table}"
                    " BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
                )
    return made
