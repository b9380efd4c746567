"""Card checks; the clause and the mark of chip recognition."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    _card_check()
    with op.batch_alter_table("item") as item:
        item.add_column(sa.Column("recognition_mark", sa.LargeBinary(length=32), nullable=True))
        item.create_unique_constraint(op.f("uq_item_recognition_mark"), ["recognition_mark"])
        item.create_check_constraint(
            op.f("ck_item_mark_in_custody"),
            "recognition_mark IS NULL OR state IN ('in-safe', 'out', 'lost')",
        )
    op.add_column("agreement", sa.Column("recognition_clause", sa.Boolean(), nullable=True))
    op.execute(sa.text("UPDATE agreement SET recognition_clause = FALSE"))
    with op.batch_alter_table("agreement") as agreement:
        agreement.alter_column("recognition_clause", existing_type=sa.Boolean(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("agreement") as agreement:
        agreement.drop_column("recognition_clause")
    with op.batch_alter_table("item") as item:
        item.drop_constraint(op.f("ck_item_mark_in_custody"), type_="check")
        item.drop_constraint(op.f("uq_item_recognition_mark"), type_="unique")
        item.drop_column("recognition_mark")
    op.drop_table("card_check")


def _card_check() -> None:
    op.create_table(
        "card_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("visit_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("certificate", sa.String(length=32), nullable=False),
        sa.Column("certificate_from", sa.Date(), nullable=True),
        sa.Column("certificate_until", sa.Date(), nullable=True),
        sa.Column("signature_certificate", sa.Boolean(), nullable=True),
        sa.Column("card_expires_on", sa.Date(), nullable=True),
        sa.Column("tries", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("noted_card_expires_on", sa.Date(), nullable=True),
        sa.Column("noted_certificate_expires_on", sa.Date(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name=op.f("fk_card_check_by")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_card_check_item_id")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_card_check_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_check")),
    )
    op.create_index(op.f("ix_card_check_at"), "card_check", ["at"], unique=False)
    op.create_index(
        "ix_card_check_resident_id_at", "card_check", ["resident_id", "at"], unique=False
    )
