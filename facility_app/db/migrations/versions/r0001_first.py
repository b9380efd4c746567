"""The first schema: people, things, the record, and the triggers that guard the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from facility_app.db import triggers

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    for create in _TABLES:
        create()
    for statement in triggers.statements(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for create in reversed(_TABLES):
        op.drop_table(create.__name__.removeprefix("_"))
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION facility_app_append_only()")


def _from_canonical(name: str, number: bool = False) -> sa.Computed:
    """A column generated from the hashed bytes, as each engine reads JSON."""
    if op.get_bind().dialect.name == "postgresql":
        read = f"((canonical::json ->> '{name}'){'::bigint' if number else ''})"
        return sa.Computed(read, persisted=True)
    return sa.Computed(f"json_extract(canonical, '$.{name}')")


def _audit_checkpoint() -> None:
    op.create_table(
        "audit_checkpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_checkpoint")),
    )
    op.create_index(op.f("ix_audit_checkpoint_size"), "audit_checkpoint", ["size"], unique=False)


def _audit_entry() -> None:
    op.create_table(
        "audit_entry",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), _from_canonical("at"), nullable=False),
        sa.Column("action", sa.String(length=64), _from_canonical("action"), nullable=False),
        sa.Column("actor", sa.BigInteger(), _from_canonical("actor", number=True), nullable=True),
        sa.Column(
            "resident", sa.BigInteger(), _from_canonical("resident", number=True), nullable=True
        ),
        sa.Column("items", sa.Text(), _from_canonical("items"), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_action", "audit_entry", ["action"], unique=False)
    op.create_index("ix_audit_entry_action_actor", "audit_entry", ["action", "actor"], unique=False)
    op.create_index("ix_audit_entry_actor", "audit_entry", ["actor"], unique=False)
    op.create_index(
        "ix_audit_entry_resident",
        "audit_entry",
        ["resident", "action", "actor", "items"],
        unique=False,
    )


def _audit_head() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )


def _audit_node() -> None:
    op.create_table(
        "audit_node",
        sa.Column("level", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("level", "index", name=op.f("pk_audit_node")),
        sqlite_with_rowid=False,
    )


def _backup() -> None:
    op.create_table(
        "backup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup")),
    )
    op.create_index(op.f("ix_backup_made_at"), "backup", ["made_at"], unique=False)


def _facility() -> None:
    op.create_table(
        "facility",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("setup_step", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facility")),
    )


def _item_kind() -> None:
    op.create_table(
        "item_kind",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("name_en", sa.String(length=64), nullable=False),
        sa.Column("is_card", sa.Boolean(), nullable=False),
        sa.Column("dates", sa.JSON(), nullable=False),
        sa.Column("has_ratio", sa.Boolean(), nullable=False),
        sa.Column("many", sa.Boolean(), nullable=False),
        sa.Column("usual_for", sa.JSON(), nullable=False),
        sa.Column("cycle", sa.JSON(), nullable=False),
        sa.Column("sort", sa.SmallInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_item_kind")),
    )


def _purpose() -> None:
    op.create_table(
        "purpose",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("name_en", sa.String(length=64), nullable=False),
        sa.Column("due", sa.JSON(), nullable=False),
        sa.Column("in_house", sa.Boolean(), nullable=False),
        sa.Column("destination", sa.String(length=200), nullable=False),
        sa.Column("sort", sa.SmallInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_purpose")),
    )


def _resident() -> None:
    op.create_table(
        "resident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kana", sa.String(length=200), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("sex", sa.String(length=32), nullable=False),
        sa.Column("room", sa.String(length=32), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("admitted_on", sa.Date(), nullable=True),
        sa.Column("discharged_on", sa.Date(), nullable=True),
        sa.Column("deceased_on", sa.Date(), nullable=True),
        sa.Column("residence_expires_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("import_key", sa.String(length=64), nullable=True),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident")),
        sa.UniqueConstraint("import_key", name=op.f("uq_resident_import_key")),
    )
    op.create_index(op.f("ix_resident_discharged_on"), "resident", ["discharged_on"], unique=False)
    op.create_index(op.f("ix_resident_kana"), "resident", ["kana"], unique=False)
    op.create_index(op.f("ix_resident_room"), "resident", ["room"], unique=False)


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )


def _slot() -> None:
    op.create_table(
        "slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cabinet", sa.String(length=32), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
        sa.UniqueConstraint("cabinet", "number", name=op.f("uq_slot_cabinet_number")),
        sa.UniqueConstraint("label", name=op.f("uq_slot_label")),
    )


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kana", sa.String(length=200), nullable=False),
        sa.Column("colour", sa.SmallInteger(), nullable=False),
        sa.Column("active_from", sa.Date(), nullable=False),
        sa.Column("active_until", sa.Date(), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("zoom", sa.SmallInteger(), nullable=False),
        sa.Column("theme", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("number", name=op.f("uq_staff_number")),
    )


def _hand_back() -> None:
    op.create_table(
        "hand_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("witness_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("receiver", sa.String(length=200), nullable=False),
        sa.Column("relation", sa.String(length=64), nullable=False),
        sa.Column("proof_seen", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name=op.f("fk_hand_back_by")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_hand_back_resident_id")
        ),
        sa.ForeignKeyConstraint(["witness_id"], ["staff.id"], name=op.f("fk_hand_back_witness_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_back")),
    )
    op.create_index(op.f("ix_hand_back_resident_id"), "hand_back", ["resident_id"], unique=False)


def _item() -> None:
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("kind_code", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("card_expires_on", sa.Date(), nullable=True),
        sa.Column("certificate_expires_on", sa.Date(), nullable=True),
        sa.Column("paper_expires_on", sa.Date(), nullable=True),
        sa.Column("ratio", sa.SmallInteger(), nullable=True),
        sa.Column("ratio_source", sa.String(length=200), nullable=False),
        sa.Column("ratio_as_of", sa.Date(), nullable=True),
        sa.Column("face_authentication", sa.String(length=32), nullable=False),
        sa.Column("condition", sa.String(length=32), nullable=False),
        sa.Column("pieces", sa.SmallInteger(), nullable=False),
        sa.Column("colour", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_from", sa.String(length=200), nullable=False),
        sa.Column("import_key", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["kind_code"], ["item_kind.code"], name=op.f("fk_item_kind_code")),
        sa.ForeignKeyConstraint(["resident_id"], ["resident.id"], name=op.f("fk_item_resident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("import_key", name=op.f("uq_item_import_key")),
    )
    op.create_index(op.f("ix_item_card_expires_on"), "item", ["card_expires_on"], unique=False)
    op.create_index(
        op.f("ix_item_certificate_expires_on"), "item", ["certificate_expires_on"], unique=False
    )
    op.create_index(op.f("ix_item_paper_expires_on"), "item", ["paper_expires_on"], unique=False)
    op.create_index(op.f("ix_item_resident_id"), "item", ["resident_id"], unique=False)
    op.create_index(op.f("ix_item_state"), "item", ["state"], unique=False)


def _loan() -> None:
    op.create_table(
        "loan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("purpose_code", sa.String(length=32), nullable=True),
        sa.Column("destination", sa.String(length=200), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("out_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("out_by", sa.Integer(), nullable=False),
        sa.Column("witness_id", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("agreement_missing", sa.Boolean(), nullable=False),
        sa.Column("out_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["holder_id"], ["staff.id"], name=op.f("fk_loan_holder_id")),
        sa.ForeignKeyConstraint(["out_by"], ["staff.id"], name=op.f("fk_loan_out_by")),
        sa.ForeignKeyConstraint(
            ["purpose_code"], ["purpose.code"], name=op.f("fk_loan_purpose_code")
        ),
        sa.ForeignKeyConstraint(["resident_id"], ["resident.id"], name=op.f("fk_loan_resident_id")),
        sa.ForeignKeyConstraint(["witness_id"], ["staff.id"], name=op.f("fk_loan_witness_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan")),
    )
    op.create_index(
        "ix_loan_open",
        "loan",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(op.f("ix_loan_out_at"), "loan", ["out_at"], unique=False)
    op.create_index(op.f("ix_loan_resident_id"), "loan", ["resident_id"], unique=False)


def _open_intent() -> None:
    op.create_table(
        "open_intent",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["audit_entry.seq"], name=op.f("fk_open_intent_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_open_intent")),
    )


def _pouch() -> None:
    op.create_table(
        "pouch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_pouch_resident_id")
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_pouch_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pouch")),
        sa.UniqueConstraint("resident_id", name=op.f("uq_pouch_resident_id")),
        sa.UniqueConstraint("slot_id", name=op.f("uq_pouch_slot_id")),
    )


def _proxy() -> None:
    op.create_table(
        "proxy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("proof", sa.String(length=200), nullable=False),
        sa.Column("proof_seen_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_proxy_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proxy")),
    )
    op.create_index(op.f("ix_proxy_resident_id"), "proxy", ["resident_id"], unique=False)


def _resident_key() -> None:
    op.create_table(
        "resident_key",
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_resident_key_resident_id")
        ),
        sa.PrimaryKeyConstraint("resident_id", name=op.f("pk_resident_key")),
    )


def _staff_grant() -> None:
    op.create_table(
        "staff_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("shift", sa.String(length=32), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("deputy_for", sa.Integer(), nullable=True),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["deputy_for"], ["staff.id"], name=op.f("fk_staff_grant_deputy_for")
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["staff.id"], name=op.f("fk_staff_grant_granted_by")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_grant_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_grant")),
    )
    op.create_index(op.f("ix_staff_grant_staff_id"), "staff_grant", ["staff_id"], unique=False)


def _agreement() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("consented_by", sa.String(length=200), nullable=False),
        sa.Column("capacity", sa.String(length=32), nullable=False),
        sa.Column("proxy_id", sa.Integer(), nullable=True),
        sa.Column("will", sa.String(length=32), nullable=False),
        sa.Column("will_note", sa.Text(), nullable=False),
        sa.Column("proofs", sa.JSON(), nullable=False),
        sa.Column("powers_name_card", sa.Boolean(), nullable=False),
        sa.Column("all_kinds", sa.Boolean(), nullable=False),
        sa.Column("witness", sa.String(length=200), nullable=False),
        sa.Column("pin_clause", sa.Boolean(), nullable=False),
        sa.Column("emergency_clause", sa.Boolean(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["proxy_id"], ["proxy.id"], name=op.f("fk_agreement_proxy_id")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_agreement_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_index(op.f("ix_agreement_resident_id"), "agreement", ["resident_id"], unique=False)


def _emergency_release() -> None:
    op.create_table(
        "emergency_release",
        sa.Column("loan_id", sa.Integer(), nullable=False),
        sa.Column("reason_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reason_by", sa.Integer(), nullable=True),
        sa.Column("reason_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["loan_id"], ["loan.id"], name=op.f("fk_emergency_release_loan_id")
        ),
        sa.ForeignKeyConstraint(
            ["reason_by"], ["staff.id"], name=op.f("fk_emergency_release_reason_by")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["staff.id"], name=op.f("fk_emergency_release_reviewed_by")
        ),
        sa.PrimaryKeyConstraint("loan_id", name=op.f("pk_emergency_release")),
    )
    op.create_index(
        "ix_emergency_release_open",
        "emergency_release",
        ["reason_due_at"],
        unique=False,
        sqlite_where=sa.text("reviewed_at IS NULL"),
        postgresql_where=sa.text("reviewed_at IS NULL"),
    )


def _hand_back_item() -> None:
    op.create_table(
        "hand_back_item",
        sa.Column("hand_back_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hand_back_id"], ["hand_back.id"], name=op.f("fk_hand_back_item_hand_back_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_hand_back_item_item_id")),
        sa.PrimaryKeyConstraint("hand_back_id", "item_id", name=op.f("pk_hand_back_item")),
        sa.UniqueConstraint("item_id", name=op.f("uq_hand_back_item_item_id")),
    )


def _handover() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("loan_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name=op.f("fk_handover_by")),
        sa.ForeignKeyConstraint(["from_id"], ["staff.id"], name=op.f("fk_handover_from_id")),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_handover_loan_id")),
        sa.ForeignKeyConstraint(["to_id"], ["staff.id"], name=op.f("fk_handover_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    op.create_index(op.f("ix_handover_loan_id"), "handover", ["loan_id"], unique=False)


def _loan_line() -> None:
    op.create_table(
        "loan_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("loan_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("pieces_out", sa.SmallInteger(), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_by", sa.Integer(), nullable=True),
        sa.Column("pieces_in", sa.SmallInteger(), nullable=True),
        sa.Column("condition_in", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_loan_line_item_id")),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_loan_line_loan_id")),
        sa.ForeignKeyConstraint(
            ["returned_by"], ["staff.id"], name=op.f("fk_loan_line_returned_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan_line")),
    )
    op.create_index(op.f("ix_loan_line_item_id"), "loan_line", ["item_id"], unique=False)
    op.create_index(op.f("ix_loan_line_loan_id"), "loan_line", ["loan_id"], unique=False)
    op.create_index(
        "uq_loan_line_item_out",
        "loan_line",
        ["item_id"],
        unique=True,
        sqlite_where=sa.text("returned_at IS NULL"),
        postgresql_where=sa.text("returned_at IS NULL"),
    )


def _pouch_tag() -> None:
    op.create_table(
        "pouch_tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pouch_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("short", sa.String(length=8), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["pouch_id"], ["pouch.id"], name=op.f("fk_pouch_tag_pouch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pouch_tag")),
        sa.UniqueConstraint("code", name=op.f("uq_pouch_tag_code")),
        sa.UniqueConstraint("short", name=op.f("uq_pouch_tag_short")),
    )
    op.create_index(op.f("ix_pouch_tag_pouch_id"), "pouch_tag", ["pouch_id"], unique=False)


def _visit() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("purpose_code", sa.String(length=32), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("returns_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("destination", sa.String(length=200), nullable=False),
        sa.Column("escort_id", sa.Integer(), nullable=True),
        sa.Column("loan_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["escort_id"], ["staff.id"], name=op.f("fk_visit_escort_id")),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_visit_loan_id")),
        sa.ForeignKeyConstraint(
            ["purpose_code"], ["purpose.code"], name=op.f("fk_visit_purpose_code")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_visit_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(op.f("ix_visit_resident_id"), "visit", ["resident_id"], unique=False)
    op.create_index(op.f("ix_visit_starts_at"), "visit", ["starts_at"], unique=False)


def _agreement_kind() -> None:
    op.create_table(
        "agreement_kind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("kind_code", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_kind_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["kind_code"], ["item_kind.code"], name=op.f("fk_agreement_kind_kind_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_kind")),
        sa.UniqueConstraint(
            "agreement_id", "kind_code", name=op.f("uq_agreement_kind_agreement_id_kind_code")
        ),
    )


_TABLES = (
    _audit_checkpoint,
    _audit_entry,
    _audit_head,
    _audit_node,
    _backup,
    _facility,
    _item_kind,
    _purpose,
    _resident,
    _setting,
    _slot,
    _staff,
    _hand_back,
    _item,
    _loan,
    _open_intent,
    _pouch,
    _proxy,
    _resident_key,
    _staff_grant,
    _agreement,
    _emergency_release,
    _hand_back_item,
    _handover,
    _loan_line,
    _pouch_tag,
    _visit,
    _agreement_kind,
)
