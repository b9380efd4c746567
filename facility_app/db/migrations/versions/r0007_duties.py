"""Duties: what was done about a task, and what happened to residents."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"
branch_labels: str | None = None
depends_on: str | None = None

_MOMENT = sa.DateTime(timezone=True)
_WORD = sa.String(length=32)


def upgrade() -> None:
    _duty()
    _life_event()


def downgrade() -> None:
    for table in ("life_event", "duty"):
        op.drop_table(table)


def _must(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _may(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _duty() -> None:
    op.create_table(
        "duty",
        _must("id", sa.Integer()),
        _must("key", sa.String(length=120)),
        _must("kind", sa.String(length=40)),
        _may("resident_id", sa.Integer()),
        _may("item_id", sa.Integer()),
        _may("due_on", sa.Date()),
        _must("state", _WORD),
        _may("put_off_until", sa.Date()),
        _may("assigned_to", sa.Integer()),
        _must("proof", sa.Text()),
        _must("acted_at", _MOMENT),
        _may("acted_by", sa.Integer()),
        _may("seq", sa.BigInteger()),
        _refers("duty", "acted_by", "staff"),
        _refers("duty", "assigned_to", "staff"),
        _refers("duty", "item_id", "item"),
        _refers("duty", "resident_id", "resident"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
        sa.UniqueConstraint("key", name=op.f("uq_duty_key")),
    )
    op.create_index(op.f("ix_duty_resident_id"), "duty", ["resident_id"], unique=False)


def _life_event() -> None:
    op.create_table(
        "life_event",
        _must("id", sa.Integer()),
        _must("resident_id", sa.Integer()),
        _must("kind", _WORD),
        _must("happened_on", sa.Date()),
        _may("ended_on", sa.Date()),
        _may("item_id", sa.Integer()),
        _must("note", sa.Text()),
        _must("noted_at", _MOMENT),
        _may("noted_by", sa.Integer()),
        _may("withdrawn_at", _MOMENT),
        _refers("life_event", "item_id", "item"),
        _refers("life_event", "noted_by", "staff"),
        _refers("life_event", "resident_id", "resident"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_event")),
    )
    op.create_index(op.f("ix_life_event_resident_id"), "life_event", ["resident_id"], unique=False)
