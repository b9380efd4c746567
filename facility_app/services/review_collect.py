"""Filling the review queue from the record: every exception, and the lot of each checkpoint.

Runs after a lock and when the queue is opened, and reads only what was recorded since it ran last.
What it finds depends on the record alone: the same entries give the same queue, whenever it runs
(domain/review.py, ADR 0015).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from facility_app.audit import log
from facility_app.audit.checkpoints import MADE
from facility_app.audit.entry import Entry, moment, parse
from facility_app.audit.tree import leaf_hash
from facility_app.audit.work import Tx
from facility_app.db.models import AuditEntryRow, LoanRow, ReviewMarkRow, ReviewRow
from facility_app.domain.access import Permission
from facility_app.domain.review import (
    LONG_OVERDUE,
    Verdict,
    Why,
    drawn,
    exception_of,
    in_the_lot,
    long_overdue,
)

MOST = 20_000
"""Entries read in one unit of work; what is left is read the next time."""

IDLE = 500
"""So many entries without anything to review still move the mark, so that they are not read again
and again."""


@dataclass(frozen=True)
class Collected:
    """What came into the queue: exceptions, acts drawn by lot; up to which entry the log was read
    for either."""

    exceptions: int
    by_lot: int
    seen: int
    drawn: int


def collect_reviews(tx: Tx, most: int = MOST) -> Collected:
    """Bring the queue up to the record, at most `most` entries.  Records it where anything came.

    Needs MAKE_CHECKPOINT: the program does it by itself, at each checkpoint.
    """
    tx.require(Permission.MAKE_CHECKPOINT)
    mark = tx.session.get(ReviewMarkRow, 1)
    before = (mark.seen, mark.drawn) if mark is not None else (0, 0)
    reading = _Reading(tx.session, *before, most)
    reading.run()
    reading.overdue(tx.now)
    result = Collected(reading.exceptions, reading.by_lot, reading.seen, reading.drawn)
    if not reading.changed and reading.seen - before[0] < IDLE:
        return Collected(0, 0, *before)
    tx.session.merge(ReviewMarkRow(id=1, seen=reading.seen, drawn=reading.drawn))
    tx.record(
        "review.collected",
        "review",
        plain={
            "first": before[0] + 1,
            "size": reading.seen,
            "exceptions": reading.exceptions,
            "by_lot": reading.by_lot,
        },
    )
    return result


class _Reading:
    """One pass over the entries after the marks."""

    def __init__(self, session: Session, seen: int, drawn_to: int, most: int) -> None:
        self.session, self._most = session, most
        self.seen, self.drawn = seen, drawn_to
        self.exceptions = self.by_lot = 0
        self.changed = False

    def run(self) -> None:
        """Exceptions among what was not read yet, and the lots of the checkpoints made since."""
        for text in self._texts(self.seen, self.seen + self._most):
            entry = parse(text)
            self._look(entry)
            self.seen = entry.seq
        checkpoints = self._checkpoints()
        if not checkpoints:
            return
        upto = min(checkpoints[-1][0], self.drawn + self._most)
        for text in self._texts(self.drawn, upto):
            entry = parse(text)
            while checkpoints[0][0] < entry.seq:  # the first that covers it decides
                del checkpoints[0]
            self._draw(entry, leaf_hash(text.encode()), checkpoints[0][1])
        self.drawn = max(self.drawn, upto)

    def _texts(self, after: int, upto: int) -> list[str]:
        query = (
            select(AuditEntryRow.canonical)
            .where(AuditEntryRow.seq > after, AuditEntryRow.seq <= upto)
            .order_by(AuditEntryRow.seq)
        )
        return list(self.session.scalars(query))

    def _checkpoints(self) -> list[tuple[int, bytes]]:
        """(size, root) of those that cover something not drawn yet, as the record announces them.

        A checkpoint's own entry comes after what it covers.
        """
        query = (
            select(AuditEntryRow.canonical)
            .where(AuditEntryRow.action == MADE, AuditEntryRow.seq > self.drawn)
            .order_by(AuditEntryRow.seq)
        )
        made = [parse(text).plain for text in self.session.scalars(query)]
        found = [(int(plain["size"]), bytes.fromhex(str(plain["root"]))) for plain in made]
        return [(size, root) for size, root in found if size > self.drawn]

    def _look(self, entry: Entry) -> None:
        if entry.action == "emergency.reviewed":
            self._close_emergency(entry)
        if entry.action == "item.signed_in":
            loan = self.session.get(LoanRow, _loan_of(entry) or 0)
            if loan is not None and long_overdue(loan.due_at, moment(entry.at)):
                self._late(loan)
        why = exception_of(entry.action, entry.plain)
        if why is not None and self._put(entry, why):
            self.exceptions += 1

    def _draw(self, entry: Entry, leaf: bytes, root: bytes) -> None:
        """Put an act into the queue where the lot falls on it and it is no exception anyway."""
        if not drawn(leaf, root) or exception_of(entry.action, entry.plain) is not None:
            return
        if in_the_lot(entry.action, entry.plain, entry.actor) and self._put(entry, Why.SAMPLE):
            self.by_lot += 1

    def overdue(self, now: datetime) -> None:
        """What is out for more than a day beyond its time, as it is now."""
        query = select(LoanRow).where(
            LoanRow.closed_at.is_(None), LoanRow.due_at < now - LONG_OVERDUE
        )
        for loan in list(self.session.scalars(query)):
            self._late(loan)

    def _late(self, loan: LoanRow) -> None:
        entry = sign_out_of(self.session, loan)
        if entry is not None and self._put(entry, Why.OVERDUE):
            self.exceptions += 1

    def _put(self, entry: Entry, why: Why) -> bool:
        """Put an act into the queue; gives whether it is new there, or graver than it was."""
        row = self.session.get(ReviewRow, entry.seq)
        if row is not None and row.rank <= why.rank:
            return False
        if row is None:
            holder, witness = _others(entry)
            row = ReviewRow(
                seq=entry.seq,
                at=moment(entry.at),
                actor_id=entry.actor,
                holder_id=holder,
                witness_id=witness,
                loan_id=_loan_of(entry) if why is Why.EMERGENCY else None,
            )
            self.session.add(row)
        row.why, row.rank = why, why.rank
        row.reviewed_by = row.reviewed_at = row.review_seq = row.verdict = None
        self.changed = True
        return True

    def _close_emergency(self, entry: Entry) -> None:
        """An emergency has a review of its own; it closes the row."""
        self.session.flush()
        done = self.session.execute(
            update(ReviewRow)
            .where(ReviewRow.loan_id == _loan_of(entry), ReviewRow.reviewed_at.is_(None))
            .values(
                reviewed_by=entry.actor,
                reviewed_at=moment(entry.at),
                review_seq=entry.seq,
                verdict=Verdict.IN_ORDER,
            )
            .returning(ReviewRow.seq)
        )
        self.changed |= done.first() is not None


def sign_out_of(session: Session, loan: LoanRow) -> Entry | None:
    """The entry with which a loan began.  For use cases of this area.

    A clock set back between the two puts an entry of its own before it.
    """
    for seq in (loan.out_seq, loan.out_seq + 1):
        text = log.canonical_text(session.connection(), seq)
        entry = parse(text) if text is not None else None
        if entry is not None and _loan_of(entry) == loan.id:
            return entry
    return None


def _loan_of(entry: Entry) -> int | None:
    return _subject(entry, "loan")


def _subject(entry: Entry, wanted: str) -> int | None:
    kind, _, number = entry.subject.partition(":")
    return int(number) if kind == wanted and number.isdigit() else None


def _others(entry: Entry) -> tuple[int | None, int | None]:
    """Who else took part: who carries the things (after a hand-over the one who took them), and the
    second person.  Nobody is unlocked yet who tries passwords, so the entry names them otherwise.
    """
    if entry.action in ("unlock.refused", "vault.refused"):
        return _subject(entry, "staff"), None
    holder, witness = entry.plain.get("holder"), entry.plain.get("witness")
    if entry.action == "loan.handed_over":
        holder, witness = entry.plain.get("to"), entry.plain.get("from")
    return (
        holder if isinstance(holder, int) else None,
        witness if isinstance(witness, int) else None,
    )
