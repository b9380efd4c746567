"""Tables of the registers (研修, 任命, 苦情 …), of papers that are attached, and of retention."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from facility_app.db.models.base import Base, UtcDateTime

_OPEN = text("done_on IS NULL AND voided_at IS NULL")
_HELD = text("released_at IS NULL")


class RegisterEntryRow(Base):
    """One entry of a register; `register` names its rules (resources/rules/registers.toml).

    `number` counts in each register.  `facts` by the code of the field.  `on`: the day from which
    its deadline is reckoned; `done_on`: from when it is kept.  `salt`: where no resident's key
    could seal what is said, the record holds its hash only (services/commitments).
    """

    __tablename__ = "register_entry"
    __table_args__ = (
        UniqueConstraint("register", "number"),
        Index("ix_register_entry_open", "due_on", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    register: Mapped[str] = mapped_column(String(32))
    number: Mapped[int]
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    on: Mapped[date]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # so declared by SQLAlchemy


class RegisterMarkRow(Base):
    """What one person did about an entry: attended, passed, read and understood, ticked a step."""

    __tablename__ = "register_mark"
    __table_args__ = (UniqueConstraint("entry_id", "code", "staff_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("register_entry.id"))
    code: Mapped[str] = mapped_column(String(32))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    note: Mapped[str] = mapped_column(Text, default="")


class AttachmentRow(Base):
    """A scanned paper: PDF or picture.

    `subject`: what it belongs to, as in the record (``agreement:3``).  `content` is sealed under
    the resident's key where there is a resident, so that it goes with the key.  `digest`: SHA-256
    of what is sealed, keyed by `salt`; it also stands in the record.
    """

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(64), index=True)
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media: Mapped[str] = mapped_column(String(32))
    size: Mapped[int]
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class LegalHoldRow(Base):
    """保存の停止: as long as it stands nothing of the resident is deleted."""

    __tablename__ = "legal_hold"
    __table_args__ = (
        Index(
            "uq_legal_hold_standing",
            "resident_id",
            unique=True,
            sqlite_where=_HELD,
            postgresql_where=_HELD,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    released_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class ErasureRow(Base):
    """消去: the details of a resident were destroyed; the row of the resident stays, empty.

    `ended_on`: the day the retention was reckoned from; `counts`: rows by table; `seq`: the entry
    that says so, which is the proof.
    """

    __tablename__ = "erasure"

    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), primary_key=True)
    ended_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    witness_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    seq: Mapped[int] = mapped_column(BigInteger)
