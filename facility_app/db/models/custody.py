"""Tables of things: kinds, slots, pouches and tags, items, loans and what follows them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facility_app.db.models.base import Base, EnumText, UtcDateTime
from facility_app.domain.items import Condition, FaceAuthentication, ItemState


class ItemKindRow(Base):
    """種類: master data, seeded from resources/rules/item_kinds.toml and editable.

    The values are those of domain/items.ItemKind.
    """

    __tablename__ = "item_kind"

    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    name_en: Mapped[str] = mapped_column(String(64), default="")
    is_card: Mapped[bool] = mapped_column(default=False)
    dates: Mapped[list[str]] = mapped_column(JSON, default=list)
    has_ratio: Mapped[bool] = mapped_column(default=False)
    many: Mapped[bool] = mapped_column(default=False)
    usual_for: Mapped[list[str]] = mapped_column(JSON, default=list)
    cycle: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    sort: Mapped[int] = mapped_column(SmallInteger, default=100)
    active: Mapped[bool] = mapped_column(default=True)


class PurposeRow(Base):
    """用件: why something is taken out; `due` holds the fields of domain/custody.DueRule."""

    __tablename__ = "purpose"

    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    name_en: Mapped[str] = mapped_column(String(64), default="")
    due: Mapped[dict[str, Any]] = mapped_column(JSON)
    in_house: Mapped[bool] = mapped_column(default=False)
    destination: Mapped[str] = mapped_column(String(200), default="")
    sort: Mapped[int] = mapped_column(SmallInteger, default=100)
    active: Mapped[bool] = mapped_column(default=True)


class SlotRow(Base):
    """保管場所: cabinet and number; `label` is what stands on it (A-12)."""

    __tablename__ = "slot"
    __table_args__ = (UniqueConstraint("cabinet", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cabinet: Mapped[str] = mapped_column(String(32))
    number: Mapped[int] = mapped_column(SmallInteger)
    label: Mapped[str] = mapped_column(String(40), unique=True)
    active: Mapped[bool] = mapped_column(default=True)


class PouchRow(Base):
    """預かり袋: one per resident, in one slot; a slot holds one pouch."""

    __tablename__ = "pouch"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), unique=True)
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slot.id"), unique=True)


class PouchTagRow(Base):
    """袋タグ: a random code printed as QR; says nothing outside the building."""

    __tablename__ = "pouch_tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    pouch_id: Mapped[int] = mapped_column(ForeignKey("pouch.id"), index=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    short: Mapped[str] = mapped_column(String(8), unique=True)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ItemRow(Base):
    """預かり品: a physical thing in custody.  "Expired" is computed from dates, never stored.

    `recognition_mark`: keyed mark of a card's chip (services/recognition), only while in custody:
    what takes a thing out of it deletes the mark first.
    """

    __tablename__ = "item"
    __table_args__ = (
        CheckConstraint(
            "recognition_mark IS NULL OR state IN ('in-safe', 'out', 'lost')", "mark_in_custody"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    kind_code: Mapped[str] = mapped_column(ForeignKey("item_kind.code"))
    label: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[ItemState] = mapped_column(EnumText(ItemState), index=True)
    issued_on: Mapped[date | None]
    valid_from: Mapped[date | None]
    card_expires_on: Mapped[date | None] = mapped_column(index=True)
    certificate_expires_on: Mapped[date | None] = mapped_column(index=True)
    paper_expires_on: Mapped[date | None] = mapped_column(index=True)
    ratio: Mapped[int | None] = mapped_column(SmallInteger)
    ratio_source: Mapped[str] = mapped_column(String(200), default="")
    ratio_as_of: Mapped[date | None]
    face_authentication: Mapped[FaceAuthentication] = mapped_column(EnumText(FaceAuthentication))
    condition: Mapped[Condition] = mapped_column(EnumText(Condition))
    pieces: Mapped[int] = mapped_column(SmallInteger, default=1)
    colour: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    received_on: Mapped[date]
    received_from: Mapped[str] = mapped_column(String(200), default="")
    import_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    recognition_mark: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # so declared by SQLAlchemy


class LoanRow(Base):
    """持出記録: one absence of a pouch.  Open while `closed_at` is empty."""

    __tablename__ = "loan"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    purpose_code: Mapped[str | None] = mapped_column(ForeignKey("purpose.code"))
    destination: Mapped[str] = mapped_column(String(200), default="")
    holder_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    out_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    out_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    witness_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    emergency: Mapped[bool] = mapped_column(default=False)
    agreement_missing: Mapped[bool] = mapped_column(default=False)
    out_seq: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        Index(
            "ix_loan_open",
            "due_at",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )


class LoanLineRow(Base):
    """明細: one item of a loan.  The partial unique index makes a second sign-out impossible."""

    __tablename__ = "loan_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    pieces_out: Mapped[int] = mapped_column(SmallInteger, default=1)
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    returned_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    pieces_in: Mapped[int | None] = mapped_column(SmallInteger)
    condition_in: Mapped[Condition | None] = mapped_column(EnumText(Condition))

    __table_args__ = (
        Index(
            "uq_loan_line_item_out",
            "item_id",
            unique=True,
            sqlite_where=text("returned_at IS NULL"),
            postgresql_where=text("returned_at IS NULL"),
        ),
    )


class HandoverRow(Base):
    """引継ぎ: from one member of staff to another while something is out."""

    __tablename__ = "handover"

    id: Mapped[int] = mapped_column(primary_key=True)
    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"), index=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class EmergencyReleaseRow(Base):
    """緊急持出し: leaves first; reason within 24 h; a second person reviews."""

    __tablename__ = "emergency_release"

    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"), primary_key=True)
    reason_due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")
    reason_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    reason_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    review_note: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        Index(
            "ix_emergency_release_open",
            "reason_due_at",
            sqlite_where=text("reviewed_at IS NULL"),
            postgresql_where=text("reviewed_at IS NULL"),
        ),
    )


class HandBackRow(Base):
    """返還: out of custody for good, with the data of the receipt."""

    __tablename__ = "hand_back"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    witness_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[str] = mapped_column(String(32))
    receiver: Mapped[str] = mapped_column(String(200))
    relation: Mapped[str] = mapped_column(String(64))
    proof_seen: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text, default="")
    items: Mapped[list[HandBackItemRow]] = relationship()


class HandBackItemRow(Base):
    """One item of a hand-back; an item is handed back once."""

    __tablename__ = "hand_back_item"

    hand_back_id: Mapped[int] = mapped_column(ForeignKey("hand_back.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True, unique=True)


class BackupRow(Base):
    """A backup that was opened, checked and compared; `places` lists the files."""

    __tablename__ = "backup"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    size: Mapped[int]
    root: Mapped[str] = mapped_column(String(64))
    places: Mapped[list[Any]] = mapped_column(JSON)
