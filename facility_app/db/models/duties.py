"""Tables of duties (やること): what was done about a computed task, and what happened to people."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from facility_app.db.models.base import Base, EnumText, UtcDateTime
from facility_app.domain.life_events import DutyState, LifeEventKind


class DutyRow(Base):
    """A task that somebody acted on; whatever nobody touched is computed (domain/duties).

    `key` names the task: kind, resident, item and period.  `proof`: what shows that it was done, or
    why it is not needed.  `seq`: the entry of the last act.
    """

    __tablename__ = "duty"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    due_on: Mapped[date | None]
    state: Mapped[DutyState] = mapped_column(EnumText(DutyState))
    put_off_until: Mapped[date | None]
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    proof: Mapped[str] = mapped_column(Text, default="")
    acted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    acted_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    seq: Mapped[int | None] = mapped_column(BigInteger)


class LifeEventRow(Base):
    """What happened to a resident and makes tasks: moved in, 生活保護 began, an application sent.

    `item_id`: the thing it is about, where there is one.  `ended_on`: until when it held;
    `withdrawn_at`: noted by mistake.
    """

    __tablename__ = "life_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    kind: Mapped[LifeEventKind] = mapped_column(EnumText(LifeEventKind))
    happened_on: Mapped[date]
    ended_on: Mapped[date | None]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
