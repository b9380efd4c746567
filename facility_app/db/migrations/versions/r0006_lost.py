"""What is lost: cases, the things, the steps with their evidence, and the leak's assessment."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None

_MOMENT = sa.DateTime(timezone=True)
_WORD = sa.String(length=32)
_LINE = sa.String(length=200)


def upgrade() -> None:
    _case()
    _item()
    _step()
    _leak()


def downgrade() -> None:
    for table in ("leak_assessment", "lost_step", "lost_item", "lost_case"):
        op.drop_table(table)


def _must(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _may(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _index(name: str, table: str, column: str, where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(
        name,
        table,
        [column],
        unique=unique,
        sqlite_where=condition,
        postgresql_where=condition,
    )


def _case() -> None:
    op.create_table(
        "lost_case",
        _must("id", sa.Integer()),
        _must("number", sa.Integer()),
        _must("opened_at", _MOMENT),
        _must("opened_by", sa.Integer()),
        _must("noticed_at", _MOMENT),
        _must("noticed_by", _LINE),
        _must("last_seen", sa.Text()),
        _must("happened", _WORD),
        _must("place", sa.Text()),
        _must("stolen", _WORD),
        _must("state", _WORD),
        _must("cause", sa.Text()),
        _must("measures", sa.Text()),
        _may("closed_at", _MOMENT),
        _may("closed_by", sa.Integer()),
        _may("first_review_on", sa.Date()),
        _may("first_reviewed_at", _MOMENT),
        _must("first_review", sa.Text()),
        _may("second_review_on", sa.Date()),
        _may("second_reviewed_at", _MOMENT),
        _must("second_review", sa.Text()),
        _must("salt", sa.LargeBinary(length=16)),
        _refers("lost_case", "closed_by", "staff"),
        _refers("lost_case", "opened_by", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lost_case")),
        sa.UniqueConstraint("number", name=op.f("uq_lost_case_number")),
    )
    op.create_index(op.f("ix_lost_case_state"), "lost_case", ["state"], unique=False)


def _item() -> None:
    op.create_table(
        "lost_item",
        _must("id", sa.Integer()),
        _must("case_id", sa.Integer()),
        _must("thing", _WORD),
        _must("label", _LINE),
        _may("resident_id", sa.Integer()),
        _may("item_id", sa.Integer()),
        _may("loan_line_id", sa.Integer()),
        _must("outcome", _WORD),
        _may("found_at", _MOMENT),
        _must("found_by", _LINE),
        _must("found_where", sa.Text()),
        _may("out_of_hand", _WORD),
        _may("back_at", _MOMENT),
        _may("new_item_id", sa.Integer()),
        _refers("lost_item", "case_id", "lost_case"),
        _refers("lost_item", "item_id", "item"),
        _refers("lost_item", "loan_line_id", "loan_line"),
        _refers("lost_item", "new_item_id", "item"),
        _refers("lost_item", "resident_id", "resident"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lost_item")),
        sa.UniqueConstraint("loan_line_id", name=op.f("uq_lost_item_loan_line_id")),
    )
    for column in ("case_id", "resident_id"):
        op.create_index(op.f(f"ix_lost_item_{column}"), "lost_item", [column], unique=False)
    _index("uq_lost_item_missing", "lost_item", "item_id", "outcome = 'missing'", unique=True)


def _step() -> None:
    op.create_table(
        "lost_step",
        _must("id", sa.Integer()),
        _must("case_id", sa.Integer()),
        _must("code", _WORD),
        _must("title", _LINE),
        _may("resident_id", sa.Integer()),
        _may("lost_item_id", sa.Integer()),
        _must("position", sa.SmallInteger()),
        _may("due_at", _MOMENT),
        _may("due_on", sa.Date()),
        _may("done_at", _MOMENT),
        _may("done_by", sa.Integer()),
        _must("evidence", sa.JSON()),
        _may("waived_at", _MOMENT),
        _may("waived_by", sa.Integer()),
        _must("waived_reason", sa.Text()),
        _may("dropped_at", _MOMENT),
        _may("seq", sa.BigInteger()),
        _refers("lost_step", "case_id", "lost_case"),
        _refers("lost_step", "done_by", "staff"),
        _refers("lost_step", "lost_item_id", "lost_item"),
        _refers("lost_step", "resident_id", "resident"),
        _refers("lost_step", "waived_by", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lost_step")),
    )
    op.create_index(op.f("ix_lost_step_case_id"), "lost_step", ["case_id"], unique=False)
    settled = "done_at IS NULL AND waived_at IS NULL AND dropped_at IS NULL"
    _index("ix_lost_step_open", "lost_step", "case_id", settled)


def _leak() -> None:
    op.create_table(
        "leak_assessment",
        _must("id", sa.Integer()),
        _must("case_id", sa.Integer()),
        _must("at", _MOMENT),
        _must("by", sa.Integer()),
        _must("answers", sa.JSON()),
        _must("known_on", sa.Date()),
        _must("first_safe", sa.Date()),
        _must("first_last", sa.Date()),
        _must("final_safe", sa.Date()),
        _must("final_last", sa.Date()),
        _must("decision", _WORD),
        _must("consulted", sa.Text()),
        _must("decided_by", _LINE),
        _must("draft", sa.JSON()),
        _refers("leak_assessment", "by", "staff"),
        _refers("leak_assessment", "case_id", "lost_case"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leak_assessment")),
        sa.UniqueConstraint("case_id", name=op.f("uq_leak_assessment_case_id")),
    )
