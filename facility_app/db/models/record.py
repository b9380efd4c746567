"""Tables of the audit log (design §6): entries, tree nodes, the head, checkpoints, open intents.

An entry keeps only its number and the bytes that were hashed.  The columns that the log page
filters by are
*generated* from those bytes by the database, so that they can never disagree with what was hashed
(ADR 0010).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Computed,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.expression import ColumnElement

from facility_app.db.models.base import Base, UtcDateTime


class CanonicalField(ColumnElement[Any]):
    """A top-level field of the canonical JSON, as the database itself reads it."""

    inherit_cache = True

    def __init__(self, name: str, number: bool = False) -> None:
        self.name = name
        self.number = number


@compiles(CanonicalField, "sqlite")
def _sqlite(element: CanonicalField, _compiler: object, **_kw: object) -> str:
    return f"json_extract(canonical, '$.{element.name}')"


@compiles(CanonicalField, "postgresql")
def _postgresql(element: CanonicalField, _compiler: object, **_kw: object) -> str:
    cast = "::bigint" if element.number else ""
    return f"((canonical::json ->> '{element.name}'){cast})"


def _generated(name: str, number: bool = False) -> Computed:
    return Computed(CanonicalField(name, number))


class AuditEntryRow(Base):
    """One entry.

    `seq` counts from 1 and is the leaf index + 1. Triggers refuse UPDATE and DELETE.
    """

    __tablename__ = "audit_entry"

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    canonical: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(32), _generated("at"))
    action: Mapped[str] = mapped_column(String(64), _generated("action"))
    actor: Mapped[int | None] = mapped_column(BigInteger, _generated("actor", number=True))
    resident: Mapped[int | None] = mapped_column(BigInteger, _generated("resident", number=True))
    items: Mapped[str] = mapped_column(Text, _generated("items"))

    # Days need no index: `at` rises with `seq` between two clock.set_back entries (audit/query.py).
    __table_args__ = (
        Index("ix_audit_entry_action", "action"),
        Index("ix_audit_entry_action_actor", "action", "actor"),
        Index("ix_audit_entry_actor", "actor"),
        Index("ix_audit_entry_resident", "resident", "action", "actor", "items"),
    )


class AuditNodeRow(Base):
    """The hash of one complete subtree of 2**level entries, level >= 1; `index` counts from 0."""

    __tablename__ = "audit_node"
    __table_args__ = ({"sqlite_with_rowid": False},)

    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    index: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class AuditHeadRow(Base):
    """The newest head; one row.

    `mac` is keyed (audit/seal.py), so that rows appended or cut off by
    somebody who has only the database key are found; a trigger lets `size` only grow."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(BigInteger)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))


class CheckpointRow(Base):
    """A signed checkpoint as it was made (C2SP signed note text)."""

    __tablename__ = "audit_checkpoint"

    id: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger, index=True)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    note: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class IntentRow(Base):
    """An act announced and not yet followed by its outcome.

    Removed when the outcome is recorded.
    """

    __tablename__ = "open_intent"

    seq: Mapped[int] = mapped_column(ForeignKey("audit_entry.seq"), primary_key=True)
    action: Mapped[str] = mapped_column(String(64))
