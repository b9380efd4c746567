"""The PIN vault: where its file is, who its officers are, and for whom what is held."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _vault()
    _vault_officer()
    _vault_entry()


def downgrade() -> None:
    for table in ("vault_entry", "vault_officer", "vault"):
        op.drop_table(table)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"))


def _index(name: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(
        name,
        "vault_entry",
        columns,
        unique=unique,
        sqlite_where=condition,
        postgresql_where=condition,
    )


def _vault() -> None:
    op.create_table(
        "vault",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("vault_id", sa.String(length=32), nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("threshold", sa.SmallInteger(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("recovery_checked_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vault")),
    )


def _vault_officer() -> None:
    op.create_table(
        "vault_officer",
        sa.Column("staff_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_try_at", _MOMENT, nullable=True),
        _refers("vault_officer", "staff_id", "staff.id"),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_vault_officer")),
    )


def _vault_entry() -> None:
    op.create_table(
        "vault_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.String(length=32), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("deposited_at", _MOMENT, nullable=False),
        sa.Column("deposited_by", sa.Integer(), nullable=False),
        sa.Column("doubt", sa.String(length=32), nullable=True),
        sa.Column("doubt_at", _MOMENT, nullable=True),
        sa.Column("erase_reason", sa.String(length=32), nullable=True),
        sa.Column("erase_due_at", _MOMENT, nullable=True),
        sa.Column("erased_at", _MOMENT, nullable=True),
        sa.Column("erased_seq", sa.Integer(), nullable=True),
        _refers("vault_entry", "deposited_by", "staff.id"),
        _refers("vault_entry", "item_id", "item.id"),
        _refers("vault_entry", "resident_id", "resident.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vault_entry")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_vault_entry_entry_id")),
    )
    for column in ("item_id", "resident_id"):
        op.create_index(op.f(f"ix_vault_entry_{column}"), "vault_entry", [column], unique=False)
    _index("ix_vault_entry_erase_due", ["state"], "state IN ('depositing', 'erase-due')")
    held = "state IN ('depositing', 'held')"
    _index("uq_vault_entry_held", ["resident_id", "kind"], held, unique=True)
