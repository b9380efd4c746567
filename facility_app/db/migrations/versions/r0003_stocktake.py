"""Stocktakes, and the queue of what is reviewed.

Reviews begin with what is recorded from now on: an old log would make a queue that nobody works
off.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for create in _TABLES:
        create()
    op.execute(
        sa.text(
            "INSERT INTO review_mark (id, seen, drawn)"
            " SELECT 1, MAX(seq), MAX(seq) FROM audit_entry HAVING MAX(seq) > 0"
        )
    )


def downgrade() -> None:
    for create in reversed(_TABLES):
        op.drop_table(create.__name__.removeprefix("_"))


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"))


def _index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition
    )


def _review_mark() -> None:
    op.create_table(
        "review_mark",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("drawn", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_mark")),
    )


def _review() -> None:
    op.create_table(
        "review",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("why", sa.String(length=32), nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("witness_id", sa.Integer(), nullable=True),
        sa.Column("loan_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", _MOMENT, nullable=True),
        sa.Column("review_seq", sa.BigInteger(), nullable=True),
        sa.Column("verdict", sa.String(length=32), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=True),
        _refers("review", "actor_id", "staff.id"),
        _refers("review", "holder_id", "staff.id"),
        _refers("review", "loan_id", "loan.id"),
        _refers("review", "reviewed_by", "staff.id"),
        _refers("review", "seq", "audit_entry.seq"),
        _refers("review", "witness_id", "staff.id"),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_review")),
    )
    for column in ("at", "loan_id", "reviewed_at"):
        op.create_index(op.f(f"ix_review_{column}"), "review", [column], unique=False)
    columns = ["rank", "seq", "actor_id", "holder_id", "witness_id"]
    _index("ix_review_open", "review", columns, "reviewed_at IS NULL")


def _stocktake() -> None:
    op.create_table(
        "stocktake",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cabinet", sa.String(length=32), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=False),
        sa.Column("compared_at", _MOMENT, nullable=True),
        sa.Column("places", sa.SmallInteger(), nullable=False),
        sa.Column("closed_at", _MOMENT, nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=32), nullable=True),
        _refers("stocktake", "closed_by", "staff.id"),
        _refers("stocktake", "started_by", "staff.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stocktake")),
    )
    op.create_index(op.f("ix_stocktake_month"), "stocktake", ["month"], unique=False)
    _index(
        "uq_stocktake_cabinet_month",
        "stocktake",
        ["cabinet", "month"],
        "state <> 'given-up'",
        unique=True,
    )
    _index(
        "uq_stocktake_cabinet_open",
        "stocktake",
        ["cabinet"],
        "state IN ('counting', 'compared')",
        unique=True,
    )


def _stocktake_count() -> None:
    op.create_table(
        "stocktake_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stocktake_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", _MOMENT, nullable=False),
        sa.Column("finished_at", _MOMENT, nullable=True),
        sa.Column("discarded_at", _MOMENT, nullable=True),
        _refers("stocktake_count", "counter_id", "staff.id"),
        _refers("stocktake_count", "stocktake_id", "stocktake.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stocktake_count")),
    )
    _index(
        "uq_stocktake_count_stocktake_id_number",
        "stocktake_count",
        ["stocktake_id", "number"],
        "discarded_at IS NULL",
        unique=True,
    )


def _stocktake_mark() -> None:
    op.create_table(
        "stocktake_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("count_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("found", sa.String(length=32), nullable=False),
        sa.Column("pouch_of", sa.Integer(), nullable=True),
        sa.Column("counted", sa.JSON(), nullable=False),
        sa.Column("home", sa.String(length=40), nullable=False),
        sa.Column("pouch_pieces", sa.JSON(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("owner_pieces", sa.JSON(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("replaced", sa.Boolean(), nullable=False),
        _refers("stocktake_mark", "count_id", "stocktake_count.id"),
        _refers("stocktake_mark", "owner_id", "resident.id"),
        _refers("stocktake_mark", "pouch_of", "resident.id"),
        _refers("stocktake_mark", "slot_id", "slot.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stocktake_mark")),
    )
    _index(
        "ix_stocktake_mark_count_id_slot_id",
        "stocktake_mark",
        ["count_id", "slot_id"],
        "replaced = false",
    )


def _stocktake_difference() -> None:
    op.create_table(
        "stocktake_difference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stocktake_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("slot", sa.String(length=40), nullable=False),
        sa.Column("home", sa.String(length=40), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("kind_code", sa.String(length=32), nullable=True),
        sa.Column("expected_1", sa.SmallInteger(), nullable=True),
        sa.Column("counted_1", sa.SmallInteger(), nullable=True),
        sa.Column("expected_2", sa.SmallInteger(), nullable=True),
        sa.Column("counted_2", sa.SmallInteger(), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=True),
        sa.Column("explained_by", sa.Integer(), nullable=True),
        sa.Column("explained_at", _MOMENT, nullable=True),
        _refers("stocktake_difference", "explained_by", "staff.id"),
        _refers("stocktake_difference", "kind_code", "item_kind.code"),
        _refers("stocktake_difference", "resident_id", "resident.id"),
        _refers("stocktake_difference", "stocktake_id", "stocktake.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stocktake_difference")),
    )
    op.create_index(
        op.f("ix_stocktake_difference_stocktake_id"),
        "stocktake_difference",
        ["stocktake_id"],
        unique=False,
    )


_TABLES = (
    _review_mark,
    _review,
    _stocktake,
    _stocktake_count,
    _stocktake_mark,
    _stocktake_difference,
)
