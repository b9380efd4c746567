"""Clinics, series of visits, house calls, how visits went, and what is known of an insurance."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

_MOMENT = sa.DateTime(timezone=True)
_WORD = sa.String(length=32)
_NEW_COLUMNS = (
    ("clinic_id", sa.Integer(), None),
    ("transport", _WORD, "unknown"),
    ("first_visit", _WORD, "unknown"),
    ("booked", sa.Boolean(), False),
    ("note", sa.Text(), ""),
    ("series_id", sa.Integer(), None),
    ("series_on", sa.Date(), None),
    ("round_id", sa.Integer(), None),
)
_NEW_REFERENCES = (
    ("clinic_id", "clinic"),
    ("series_id", "visit_series"),
    ("round_id", "house_call"),
)
_NEW_INDEXES = (
    "uq_visit_series_id_series_on",
    "ix_visit_resident_id_clinic_id_starts_at",
    "ix_visit_round_id",
    "ix_visit_loan_id",
)


def upgrade() -> None:
    for create in _TABLES:
        create()
    with op.batch_alter_table("visit") as visit:
        for name, kind, _ in _NEW_COLUMNS:
            visit.add_column(sa.Column(name, kind, nullable=True))
        for column, table in _NEW_REFERENCES:
            visit.create_foreign_key(op.f(f"fk_visit_{column}"), table, [column], ["id"])
    rows = sa.table("visit", *(sa.column(name, kind) for name, kind, _ in _NEW_COLUMNS))
    filled = {name: first for name, _, first in _NEW_COLUMNS if first is not None}
    op.execute(rows.update().values(filled))
    with op.batch_alter_table("visit") as visit:
        for name, kind, first in _NEW_COLUMNS:
            if first is not None:
                visit.alter_column(name, existing_type=kind, nullable=False)
    op.create_index(op.f("ix_visit_loan_id"), "visit", ["loan_id"], unique=False)
    _index("ix_visit_round_id", "visit", ["round_id"], "round_id IS NOT NULL")
    been = ["resident_id", "clinic_id", "starts_at"]
    op.create_index("ix_visit_resident_id_clinic_id_starts_at", "visit", been, unique=False)
    columns = ["series_id", "series_on"]
    _index("uq_visit_series_id_series_on", "visit", columns, "series_id IS NOT NULL", unique=True)


def downgrade() -> None:
    for name in _NEW_INDEXES:
        op.drop_index(name, table_name="visit")
    with op.batch_alter_table("visit") as visit:
        for column, _ in _NEW_REFERENCES:
            visit.drop_constraint(op.f(f"fk_visit_{column}"), type_="foreignkey")
        for name, _, _ in _NEW_COLUMNS:
            visit.drop_column(name)
    for create in reversed(_TABLES):
        op.drop_table(create.__name__.removeprefix("_"))


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"))


def _index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition
    )


def _clinic() -> None:
    op.create_table(
        "clinic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kana", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("visual_mode", _WORD, nullable=False),
        sa.Column("pmh", _WORD, nullable=False),
        sa.Column("livelihood_ready", _WORD, nullable=False),
        sa.Column("phone_ready", _WORD, nullable=False),
        sa.Column("house_calls", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic")),
    )
    op.create_index(op.f("ix_clinic_name"), "clinic", ["name"], unique=False)


def _visit_series() -> None:
    op.create_table(
        "visit_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("purpose_code", _WORD, nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=True),
        sa.Column("destination", sa.String(length=200), nullable=False),
        sa.Column("escort_id", sa.Integer(), nullable=True),
        sa.Column("transport", _WORD, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("repeat", _WORD, nullable=False),
        sa.Column("every", sa.SmallInteger(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("nth", sa.SmallInteger(), nullable=False),
        sa.Column("day", sa.SmallInteger(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("starts_minute", sa.SmallInteger(), nullable=False),
        sa.Column("length_minutes", sa.SmallInteger(), nullable=True),
        sa.Column("planned_through", sa.Date(), nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        _refers("visit_series", "clinic_id", "clinic.id"),
        _refers("visit_series", "escort_id", "staff.id"),
        _refers("visit_series", "purpose_code", "purpose.code"),
        _refers("visit_series", "resident_id", "resident.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_series")),
    )
    for column in ("planned_through", "resident_id"):
        op.create_index(op.f(f"ix_visit_series_{column}"), "visit_series", [column], unique=False)


def _house_call() -> None:
    op.create_table(
        "house_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", _MOMENT, nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=False),
        sa.Column("device", _WORD, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("cancelled_at", _MOMENT, nullable=True),
        _refers("house_call", "clinic_id", "clinic.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_call")),
    )
    for column in ("clinic_id", "starts_at"):
        op.create_index(op.f(f"ix_house_call_{column}"), "house_call", [column], unique=False)


def _visit_outcome() -> None:
    op.create_table(
        "visit_outcome",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("way", _WORD, nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=True),
        sa.Column("troubles", sa.JSON(), nullable=False),
        sa.Column("ratio_seen", sa.SmallInteger(), nullable=True),
        sa.Column("ratio_noted", sa.SmallInteger(), nullable=True),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("question", sa.Boolean(), nullable=False),
        sa.Column("settled_at", _MOMENT, nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_note", sa.Text(), nullable=False),
        _refers("visit_outcome", "by", "staff.id"),
        _refers("visit_outcome", "settled_by", "staff.id"),
        _refers("visit_outcome", "visit_id", "visit.id"),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_visit_outcome")),
    )
    open_question = "question AND settled_at IS NULL"
    _index("ix_visit_outcome_question", "visit_outcome", ["at"], open_question)


def _resident_insurance() -> None:
    op.create_table(
        "resident_insurance",
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("coverage", _WORD, nullable=False),
        sa.Column("insurer", sa.String(length=200), nullable=False),
        sa.Column("registered", _WORD, nullable=False),
        sa.Column("wishes_registration", _WORD, nullable=False),
        sa.Column("pin_known_by", _WORD, nullable=False),
        sa.Column("income", _WORD, nullable=False),
        sa.Column("disability_certified", _WORD, nullable=False),
        sa.Column("card_has_photo", _WORD, nullable=False),
        sa.Column("phone_certificates", _WORD, nullable=False),
        sa.Column("phone_needs_pin", _WORD, nullable=False),
        sa.Column("portal", _WORD, nullable=False),
        sa.Column("consents_face", _WORD, nullable=False),
        sa.Column("consents_visual", _WORD, nullable=False),
        sa.Column("ratio", sa.SmallInteger(), nullable=True),
        sa.Column("ratio_source", sa.String(length=200), nullable=False),
        sa.Column("ratio_as_of", sa.Date(), nullable=True),
        sa.Column("welfare_office", sa.String(length=200), nullable=False),
        sa.Column("welfare_phone", sa.String(length=40), nullable=False),
        sa.Column("welfare_told_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _refers("resident_insurance", "resident_id", "resident.id"),
        sa.PrimaryKeyConstraint("resident_id", name=op.f("pk_resident_insurance")),
    )


_TABLES = (_clinic, _visit_series, _house_call, _visit_outcome, _resident_insurance)
