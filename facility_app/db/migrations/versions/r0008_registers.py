"""Registers of duties, attached papers, and what is kept how long."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"
branch_labels: str | None = None
depends_on: str | None = None

_MOMENT = sa.DateTime(timezone=True)
_WORD = sa.String(length=32)


def upgrade() -> None:
    _entry()
    _mark()
    _attachment()
    _hold()
    _erasure()


def downgrade() -> None:
    for table in ("erasure", "legal_hold", "attachment", "register_mark", "register_entry"):
        op.drop_table(table)


def _must(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _may(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _where(name: str, table: str, column: str, where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(
        name,
        table,
        [column],
        unique=unique,
        sqlite_where=condition,
        postgresql_where=condition,
    )


def _entry() -> None:
    op.create_table(
        "register_entry",
        _must("id", sa.Integer()),
        _must("register", _WORD),
        _must("number", sa.Integer()),
        _may("resident_id", sa.Integer()),
        _may("staff_id", sa.Integer()),
        _must("on", sa.Date()),
        _may("due_on", sa.Date()),
        _may("done_on", sa.Date()),
        _must("facts", sa.JSON()),
        _must("opened_at", _MOMENT),
        _must("opened_by", sa.Integer()),
        _may("voided_at", _MOMENT),
        _must("salt", sa.LargeBinary(length=16)),
        _must("version", sa.Integer()),
        _refers("register_entry", "opened_by", "staff"),
        _refers("register_entry", "resident_id", "resident"),
        _refers("register_entry", "staff_id", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
        sa.UniqueConstraint("register", "number", name=op.f("uq_register_entry_register_number")),
    )
    _index("register_entry", "resident_id", "staff_id")
    _where(
        "ix_register_entry_open",
        "register_entry",
        "due_on",
        "done_on IS NULL AND voided_at IS NULL",
    )


def _mark() -> None:
    op.create_table(
        "register_mark",
        _must("id", sa.Integer()),
        _must("entry_id", sa.Integer()),
        _must("code", _WORD),
        _must("staff_id", sa.Integer()),
        _must("at", _MOMENT),
        _must("by", sa.Integer()),
        _must("note", sa.Text()),
        _refers("register_mark", "by", "staff"),
        _refers("register_mark", "entry_id", "register_entry"),
        _refers("register_mark", "staff_id", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_mark")),
        sa.UniqueConstraint(
            "entry_id", "code", "staff_id", name=op.f("uq_register_mark_entry_id_code_staff_id")
        ),
    )
    _index("register_mark", "staff_id")


def _attachment() -> None:
    op.create_table(
        "attachment",
        _must("id", sa.Integer()),
        _must("subject", sa.String(length=64)),
        _may("resident_id", sa.Integer()),
        _must("name", sa.String(length=200)),
        _must("media", _WORD),
        _must("size", sa.Integer()),
        _must("salt", sa.LargeBinary(length=16)),
        _must("digest", sa.LargeBinary(length=32)),
        _must("content", sa.LargeBinary()),
        _must("added_at", _MOMENT),
        _must("added_by", sa.Integer()),
        _refers("attachment", "added_by", "staff"),
        _refers("attachment", "resident_id", "resident"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    _index("attachment", "subject", "resident_id")


def _hold() -> None:
    op.create_table(
        "legal_hold",
        _must("id", sa.Integer()),
        _must("resident_id", sa.Integer()),
        _must("reason", sa.Text()),
        _must("set_at", _MOMENT),
        _must("set_by", sa.Integer()),
        _may("released_at", _MOMENT),
        _may("released_by", sa.Integer()),
        _refers("legal_hold", "released_by", "staff"),
        _refers("legal_hold", "resident_id", "resident"),
        _refers("legal_hold", "set_by", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    _index("legal_hold", "resident_id")
    _where(
        "uq_legal_hold_standing", "legal_hold", "resident_id", "released_at IS NULL", unique=True
    )


def _erasure() -> None:
    op.create_table(
        "erasure",
        _must("resident_id", sa.Integer()),
        _must("ended_on", sa.Date()),
        _must("at", _MOMENT),
        _must("by", sa.Integer()),
        _must("witness_id", sa.Integer()),
        _must("counts", sa.JSON()),
        _must("seq", sa.BigInteger()),
        _refers("erasure", "by", "staff"),
        _refers("erasure", "resident_id", "resident"),
        _refers("erasure", "witness_id", "staff"),
        sa.PrimaryKeyConstraint("resident_id", name=op.f("pk_erasure")),
    )
