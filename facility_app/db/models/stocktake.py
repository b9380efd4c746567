"""Tables of the stocktake (棚卸): counts, what each found in each place, and what differs.

What the register expected lies beside what was counted, as it was at the mark's log position
(domain/stocktake.py); nobody sees it before both counts are finished.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from facility_app.db.models.base import Base, EnumText, UtcDateTime
from facility_app.domain.stocktake import DifferenceKind, Found, StocktakeState, StopReason

_OPEN = text("state IN ('counting', 'compared')")
_COUNTS = text("state <> 'given-up'")
_KEPT = text("discarded_at IS NULL")
_HOLDS = text("replaced = false")


class StocktakeRow(Base):
    """One cabinet in one calendar month; `month` is its first day.

    `closed_…`: when and by whom it was approved or given up, `reason` why it was given up; `places`
    is known once compared.
    """

    __tablename__ = "stocktake"

    id: Mapped[int] = mapped_column(primary_key=True)
    cabinet: Mapped[str] = mapped_column(String(32))
    month: Mapped[date] = mapped_column(index=True)
    state: Mapped[StocktakeState] = mapped_column(EnumText(StocktakeState))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    compared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    places: Mapped[int] = mapped_column(SmallInteger, default=0)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[StopReason | None] = mapped_column(EnumText(StopReason))

    __table_args__ = (
        Index(
            "uq_stocktake_cabinet_month",
            "cabinet",
            "month",
            unique=True,
            sqlite_where=_COUNTS,
            postgresql_where=_COUNTS,
        ),
        Index(
            "uq_stocktake_cabinet_open",
            "cabinet",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )


class StocktakeCountRow(Base):
    """One of the two counts; a discarded one makes room for another person."""

    __tablename__ = "stocktake_count"

    id: Mapped[int] = mapped_column(primary_key=True)
    stocktake_id: Mapped[int] = mapped_column(ForeignKey("stocktake.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    counter_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    discarded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index(
            "uq_stocktake_count_stocktake_id_number",
            "stocktake_id",
            "number",
            unique=True,
            sqlite_where=_KEPT,
            postgresql_where=_KEPT,
        ),
    )


class StocktakeMarkRow(Base):
    """What one count found in one place; a place that is counted again replaces what it had.

    `seq` is the entry's number; its ``commitment`` covers this row with `salt`
    (services/commitments.py), so the record proves the count without giving it away.
    """

    __tablename__ = "stocktake_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    count_id: Mapped[int] = mapped_column(ForeignKey("stocktake_count.id"))
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id"))
    found: Mapped[Found] = mapped_column(EnumText(Found))
    pouch_of: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    counted: Mapped[dict[str, Any]] = mapped_column(JSON)
    home: Mapped[str] = mapped_column(String(40), default="")
    pouch_pieces: Mapped[dict[str, Any]] = mapped_column(JSON)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    owner_pieces: Mapped[dict[str, Any]] = mapped_column(JSON)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    seq: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    replaced: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index(
            "ix_stocktake_mark_count_id_slot_id",
            "count_id",
            "slot_id",
            sqlite_where=_HOLDS,
            postgresql_where=_HOLDS,
        ),
    )


class StocktakeDifferenceRow(Base):
    """One thing that does not fit, with both counts' figures, and its explanation."""

    __tablename__ = "stocktake_difference"

    id: Mapped[int] = mapped_column(primary_key=True)
    stocktake_id: Mapped[int] = mapped_column(ForeignKey("stocktake.id"), index=True)
    kind: Mapped[DifferenceKind] = mapped_column(EnumText(DifferenceKind))
    slot: Mapped[str] = mapped_column(String(40))
    home: Mapped[str] = mapped_column(String(40), default="")
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    kind_code: Mapped[str | None] = mapped_column(ForeignKey("item_kind.code"))
    expected_1: Mapped[int | None] = mapped_column(SmallInteger)
    counted_1: Mapped[int | None] = mapped_column(SmallInteger)
    expected_2: Mapped[int | None] = mapped_column(SmallInteger)
    counted_2: Mapped[int | None] = mapped_column(SmallInteger)
    explanation: Mapped[str] = mapped_column(Text, default="")
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    explained_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    explained_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
