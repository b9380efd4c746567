"""The table of card checks: what a chip said, and what that meant; nothing that names a person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from facility_app.cards.check import Level
from facility_app.cards.chip import CardKind, Certificate
from facility_app.db.models.base import Base, EnumText, UtcDateTime


class CardCheckRow(Base):
    """カード点検: one reading of a card, for a visit on `visit_on`.

    `tries` by `Pin`, `findings` as dictionaries of code, level, until, days, pin and tries; whose
    name a finding tells is never among them.  `noted_…`: what the register said at the time, so
    that a correction notices what changed since.  `seq`: the newest entry about this check.
    """

    __tablename__ = "card_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    visit_on: Mapped[date]
    kind: Mapped[CardKind] = mapped_column(EnumText(CardKind))
    certificate: Mapped[Certificate] = mapped_column(EnumText(Certificate))
    certificate_from: Mapped[date | None]
    certificate_until: Mapped[date | None]
    signature_certificate: Mapped[bool | None]
    card_expires_on: Mapped[date | None]
    tries: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    findings: Mapped[list[Any]] = mapped_column(JSON, default=list)
    level: Mapped[Level] = mapped_column(EnumText(Level))
    noted_card_expires_on: Mapped[date | None]
    noted_certificate_expires_on: Mapped[date | None]
    seq: Mapped[int] = mapped_column(default=0)

    __table_args__ = (Index("ix_card_check_resident_id_at", "resident_id", "at"),)
