"""Tables of the review queue: what is to be looked at, who did, and how far the log was read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from facility_app.db.models.base import Base, EnumText, UtcDateTime
from facility_app.domain.review import Verdict, Why

_OPEN = text("reviewed_at IS NULL")


class ReviewRow(Base):
    """One entry that somebody else looks at; who took part in it may not.

    `at`: the moment of the act; `holder_id`, `witness_id`: who else took part; `loan_id` for
    emergencies, whose review closes the row; `review_seq`: the entry of the sign-off.  The note is
    sealed in that entry, or committed to with `salt` where it is about no resident.
    """

    __tablename__ = "review"

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"),
        ForeignKey("audit_entry.seq"),
        primary_key=True,
        autoincrement=False,
    )
    why: Mapped[Why] = mapped_column(EnumText(Why))
    rank: Mapped[int] = mapped_column(SmallInteger)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    witness_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loan.id"), index=True)
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    review_seq: Mapped[int | None] = mapped_column(BigInteger)
    verdict: Mapped[Verdict | None] = mapped_column(EnumText(Verdict))
    note: Mapped[str] = mapped_column(Text, default="")
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))

    __table_args__ = (
        Index(
            "ix_review_open",
            "rank",
            "seq",
            "actor_id",
            "holder_id",
            "witness_id",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )


class ReviewMarkRow(Base):
    """How far the log was read: for exceptions, and for the lot.  One row, or none at the start."""

    __tablename__ = "review_mark"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    seen: Mapped[int] = mapped_column(BigInteger)
    drawn: Mapped[int] = mapped_column(BigInteger)
