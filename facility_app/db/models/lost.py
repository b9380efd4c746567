"""Tables of what is lost (紛失事案): the case, the things, the steps, and the leak's assessment."""

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
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from facility_app.db.models.base import Base, EnumText, UtcDateTime
from facility_app.domain.incidents import LostCaseState, LostOutcome, LostWhere, Stolen
from facility_app.domain.leak import LeakAnswer, LeakDecision

_MISSING = text("outcome = 'missing'")
_OPEN = text("done_at IS NULL AND waived_at IS NULL AND dropped_at IS NULL")


class LostCaseRow(Base):
    """紛失事案.  `number` is what people call it by (紛失 第3号).

    `noticed_by`, `last_seen`, `place`: in words, since whoever noticed need not work here.
    `first_review_on` …: set when it is closed, anew where it was opened again.  `salt`: where no
    resident's key could seal what is said, the record holds its hash only (services/lost_log).
    """

    __tablename__ = "lost_case"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    noticed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    noticed_by: Mapped[str] = mapped_column(String(200))
    last_seen: Mapped[str] = mapped_column(Text, default="")
    happened: Mapped[LostWhere] = mapped_column(EnumText(LostWhere))
    place: Mapped[str] = mapped_column(Text, default="")
    stolen: Mapped[Stolen] = mapped_column(EnumText(Stolen))
    state: Mapped[LostCaseState] = mapped_column(EnumText(LostCaseState), index=True)
    cause: Mapped[str] = mapped_column(Text, default="")
    measures: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    first_review_on: Mapped[date | None]
    first_reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_review: Mapped[str] = mapped_column(Text, default="")
    second_review_on: Mapped[date | None]
    second_reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    second_review: Mapped[str] = mapped_column(Text, default="")
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))


class LostItemRow(Base):
    """One lost thing: something in custody (`item_id`), or another thing in words (`label`).

    `loan_line_id`: the line that was closed as lost.  `found_…`: when it turned up, void or not;
    `back_at`: in custody again; `new_item_id`: what was issued in its place.
    """

    __tablename__ = "lost_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("lost_case.id"), index=True)
    thing: Mapped[str] = mapped_column(String(32))
    label: Mapped[str] = mapped_column(String(200), default="")
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    loan_line_id: Mapped[int | None] = mapped_column(ForeignKey("loan_line.id"), unique=True)
    outcome: Mapped[LostOutcome] = mapped_column(EnumText(LostOutcome))
    found_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    found_by: Mapped[str] = mapped_column(String(200), default="")
    found_where: Mapped[str] = mapped_column(Text, default="")
    out_of_hand: Mapped[LeakAnswer | None] = mapped_column(EnumText(LeakAnswer))
    back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    new_item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))

    __table_args__ = (
        Index(
            "uq_lost_item_missing",
            "item_id",
            unique=True,
            sqlite_where=_MISSING,
            postgresql_where=_MISSING,
        ),
    )


class LostStepRow(Base):
    """対応項目: what is to be done, by when, and the evidence that it was.

    `code` names the rule, `title` is what it said when the case was opened; `due_at` or `due_on`.
    `evidence` by `Evidence`.  `seq`: the entry that settled it.
    """

    __tablename__ = "lost_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("lost_case.id"), index=True)
    code: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(String(200))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    lost_item_id: Mapped[int | None] = mapped_column(ForeignKey("lost_item.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    waived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    waived_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    waived_reason: Mapped[str] = mapped_column(Text, default="")
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seq: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (
        Index("ix_lost_step_open", "case_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )


class LeakAssessmentRow(Base):
    """漏えい等の確認: answers, days to keep, who was asked, who decided; never our verdict.

    `answers` by the code of the class; `draft` by the code of the item, as people wrote it.
    """

    __tablename__ = "leak_assessment"
    __table_args__ = (UniqueConstraint("case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("lost_case.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    known_on: Mapped[date]
    first_safe: Mapped[date]
    first_last: Mapped[date]
    final_safe: Mapped[date]
    final_last: Mapped[date]
    decision: Mapped[LeakDecision] = mapped_column(EnumText(LeakDecision))
    consulted: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    draft: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
