"""見直し: acts that somebody else looks at afterwards, and their sign-off (domain/review.py).

The queue is a table that services/review_collect.py fills; nothing here reads the length of the
record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from facility_app.audit import log
from facility_app.audit.entry import parse
from facility_app.audit.work import Reading, Tx
from facility_app.db.models import ReviewRow
from facility_app.domain.access import Permission
from facility_app.domain.review import Verdict, Why, may_sign_off
from facility_app.errors import Refused
from facility_app.services.commitments import commitment, new_salt
from facility_app.services.custody import LoanId
from facility_app.services.fields import Field, lines
from facility_app.services.record import LogLine, described
from facility_app.services.review_report import QuarterTarget, quarter_target
from facility_app.services.settings import change_settings, load_settings

SHOWN = 50
COUNT_TO = 1_000
"""Waiting acts are counted up to here; beyond it the page says "more than"."""


@dataclass(eq=False)
class NotDue(Refused):
    """This act is not in the queue."""

    key: ClassVar[str] = "review.not_due"
    seq: int


@dataclass(eq=False)
class SignedOffAlready(Refused):
    """Somebody has signed it off."""

    key: ClassVar[str] = "review.signed_off_already"
    seq: int


@dataclass(eq=False)
class OwnAct(Refused):
    """Who took part in an act cannot sign it off."""

    key: ClassVar[str] = "review.own_act"
    evidence: ClassVar[bool] = True


@dataclass(eq=False)
class EmergencyApart(Refused):
    """An emergency release has a review of its own, with its reason beside it."""

    key: ClassVar[str] = "review.emergency_apart"


@dataclass(eq=False)
class NoteMissing(Refused):
    """What is not in order is said in words."""

    key: ClassVar[str] = "review.note_missing"


@dataclass(frozen=True)
class SignOff:
    """What a reviewer found about entry `seq`."""

    seq: int
    verdict: Verdict
    note: str = ""


@dataclass(frozen=True)
class ReviewLine:
    """One act that waits; `loan_id` for emergencies, which are reviewed by their own use case."""

    why: Why
    line: LogLine
    loan_id: LoanId | None = None


@dataclass(frozen=True)
class ReviewQueue:
    """What waits, exceptions first, the gravest and oldest on top.

    lines: at most 50 that the person may sign off; waiting: how many those are in all, own: how
    many wait in which the person took part; both count no further than 1 000.
    """

    lines: tuple[ReviewLine, ...]
    waiting: int
    own: int
    target: QuarterTarget


def review_queue(reading: Reading) -> ReviewQueue:
    """The queue as it stands for the person who asks.  Needs REVIEW_RECORD and VIEW_LOG."""
    reading.require(Permission.REVIEW_RECORD)
    session, mine = reading.session, _took_part(reading.staff_id)
    query = (
        select(ReviewRow.seq, ReviewRow.why, ReviewRow.loan_id)
        .where(ReviewRow.reviewed_at.is_(None), ~mine)
        .order_by(ReviewRow.rank, ReviewRow.seq)
        .limit(SHOWN)
    )
    rows = session.execute(query).all()
    texts = {row.seq: log.canonical_text(reading.connection, row.seq) for row in rows}
    told = described(session, [parse(text) for text in texts.values() if text is not None])
    by_seq = {line.seq: line for line in told}
    return ReviewQueue(
        lines=tuple(
            ReviewLine(why, by_seq[seq], None if loan is None else LoanId(loan))
            for seq, why, loan in rows
            if seq in by_seq
        ),
        waiting=_count(session, ~mine),
        own=_count(session, mine),
        target=quarter_target(reading),
    )


def waiting_reviews(session: Session, staff_id: int) -> int:
    """How many acts wait that this person may sign off, counted to 1 000.  For きょう."""
    return _count(session, ~_took_part(staff_id))


def _took_part(staff_id: int) -> ColumnElement[bool]:
    columns = (ReviewRow.actor_id, ReviewRow.holder_id, ReviewRow.witness_id)
    return or_(*(and_(column.is_not(None), column == staff_id) for column in columns))


def _count(session: Session, where: ColumnElement[bool]) -> int:
    some = select(literal(1)).where(ReviewRow.reviewed_at.is_(None), where).limit(COUNT_TO)
    return session.scalar(select(func.count()).select_from(some.subquery())) or 0


def sign_off(tx: Tx, cmd: SignOff) -> int:
    """Record that an act was looked at, and what was found; gives the entry's number.

    Raises NotDue, SignedOffAlready, OwnAct, EmergencyApart, NoteMissing, TextTooLong.
    """
    tx.require(Permission.REVIEW_RECORD)
    note = lines(Field.NOTES, cmd.note)
    if cmd.verdict is Verdict.NOT_IN_ORDER and not note:
        raise NoteMissing
    row = tx.session.get(ReviewRow, cmd.seq)
    text = log.canonical_text(tx.connection, cmd.seq)
    if row is None or text is None:
        raise NotDue(cmd.seq)
    if row.reviewed_at is not None:
        raise SignedOffAlready(cmd.seq)
    if not may_sign_off(tx.staff_id, (row.actor_id, row.holder_id, row.witness_id)):
        raise OwnAct
    if row.why is Why.EMERGENCY:
        raise EmergencyApart
    seq = _record(tx, row, cmd, note, parse(text).resident)
    row.reviewed_by, row.reviewed_at, row.review_seq = tx.staff_id, tx.now, seq
    row.verdict, row.note = cmd.verdict, note
    return seq


def _record(tx: Tx, row: ReviewRow, cmd: SignOff, note: str, resident: int | None) -> int:
    plain: dict[str, Any] = {"of": cmd.seq, "why": row.why.value, "verdict": cmd.verdict.value}
    sealed: dict[str, Any] = {}
    if note and resident is not None:
        sealed["note"] = note
    elif note:  # nobody's key seals it, so the record only commits to the words
        row.salt = new_salt()
        plain["commitment"] = commitment(row.salt, {"note": note})
    return tx.record(
        "review.signed_off", f"entry:{cmd.seq}", resident=resident, plain=plain, **sealed
    )


def set_target(tx: Tx, target: int) -> int:
    """How many acts are reviewed in a quarter; gives the newest entry's number.

    Raises SettingOutOfRange.
    """
    tx.require(Permission.MANAGE_SETTINGS)
    change_settings(tx, replace(load_settings(tx.session), review_target=target))
    return tx.head.size
