"""Verifying the record (照合), signing it (照合値), and its state for the bottom bar."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.engine import Connection

from facility_app.audit import checkpoints, log
from facility_app.audit import verify as verification
from facility_app.audit.checkpoints import Made
from facility_app.audit.entry import Entry, is_vouched, moment, parse
from facility_app.audit.findings import Finding as Finding
from facility_app.audit.findings import FindingKind as FindingKind
from facility_app.audit.findings import Verdict as Verdict
from facility_app.audit.log import LogTampered
from facility_app.audit.verify import Base, Trust
from facility_app.audit.walk import Progress
from facility_app.audit.work import Reading, Tx
from facility_app.db.models import AuditEntryRow
from facility_app.domain.access import Actor, Permission
from facility_app.services.record import LogLine, described

VERIFIED = "log.verified"


@dataclass(frozen=True)
class Verified:
    """The last verification: entries `first` to `size`, when, and whether nothing was found."""

    first: int
    size: int
    root: bytes
    at: datetime
    clean: bool


@dataclass(frozen=True)
class LogState:
    """The record at a glance.

    last: the newest entry; verified: the last verification, None before the first; sound: the log
    ends as this program left it (the end only: O(log n)).
    """

    size: int
    last: LogLine | None
    verified: Verified | None
    sound: bool


def no_progress(_done: int, _all: int) -> None:
    """Nobody is told."""


def never() -> bool:
    """Nobody changes their mind."""
    return False


def verify(
    reading: Reading,
    progress: Progress = no_progress,
    cancelled: Callable[[], bool] = never,
    *,
    printed: str = "",
) -> Verdict:
    """Verify the whole log, and the text of a printed checkpoint against it.  Needs VERIFY_LOG.

    About 3 s per million entries; `progress(done, all)` and `cancelled()` are called every 40 ms.
    Raises Cancelled, CheckpointMalformed, CheckpointOfOther.
    """
    reading.require(Permission.VERIFY_LOG)
    trust = reading.trust
    paper = trust.verifier.read(printed) if printed.strip() else None
    return verification.verify(
        reading.session.connection(), trust, printed=paper, progress=progress, cancelled=cancelled
    )


def verify_new(reading: Reading) -> Verdict:
    """Verify what came after the last clean verification; the whole log before the first.

    Needs VERIFY_LOG.  The cost does not depend on the length of the log.
    """
    reading.require(Permission.VERIFY_LOG)
    connection = reading.session.connection()
    last = last_verified(connection, reading.trust)
    base = Base(last.size, last.root) if last is not None and last.clean else None
    return verification.verify(connection, reading.trust, base=base)


def record_verdict(tx: Tx, verdict: Verdict) -> int:
    """Record a verification and its outcome; gives the entry's number.  Needs VERIFY_LOG."""
    tx.require(Permission.VERIFY_LOG)
    return tx.record(
        VERIFIED,
        "log",
        plain={
            "first": verdict.first,
            "size": verdict.size,
            "root": verdict.root.hex(),
            "clean": verdict.clean,
            "found": sorted({finding.kind.value for finding in verdict.findings}),
        },
    )


class Units(Protocol):
    """What runs a use case or a query in a unit of work of its own; `Office` does."""

    def do(self, actor: Actor, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """One use case."""

    def ask(self, actor: Actor, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """One query."""


def check_log(
    units: Units,
    actor: Actor,
    progress: Progress = no_progress,
    cancelled: Callable[[], bool] = never,
    *,
    printed: str = "",
) -> Verdict:
    """`verify`, with the outcome recorded.

    Where the log does not end as it should, nothing can be recorded any more; the verdict says so.
    """
    verdict: Verdict = units.ask(actor, verify, progress, cancelled, printed=printed)
    _keep(units, actor, verdict)
    return verdict


def check_new(units: Units, actor: Actor) -> Verdict:
    """`verify_new`, with the outcome recorded where there was something new."""
    verdict: Verdict = units.ask(actor, verify_new)
    if verdict.first <= verdict.size or not verdict.clean:
        _keep(units, actor, verdict)
    return verdict


def _keep(units: Units, actor: Actor, verdict: Verdict) -> None:
    with suppress(LogTampered):  # the verdict itself says it already
        units.do(actor, record_verdict, verdict)


def make_checkpoint(tx: Tx, reason: str) -> Made:
    """Sign the log as it stands; `text` goes on paper.  Needs MAKE_CHECKPOINT."""
    tx.require(Permission.MAKE_CHECKPOINT)
    return checkpoints.make_checkpoint(tx, reason)


def last_state(reading: Reading) -> LogState:
    """The record at a glance, from O(log n) reads.

    Needs one of VIEW_DESK, VIEW_LOG, VERIFY_LOG; with the last alone no resident is named.
    """
    seen = [p for p in (Permission.VIEW_DESK, Permission.VIEW_LOG) if reading.may(p)]
    reading.require(seen[0] if seen else Permission.VERIFY_LOG)
    connection = reading.session.connection()
    size = log.stored_size(connection)
    newest = _entry(connection, size)
    line = described(reading.session, [newest])[0] if newest and seen else None
    return LogState(size, line, last_verified(connection, reading.trust), _sound(reading))


def last_verified(connection: Connection, trust: Trust) -> Verified | None:
    """The newest genuine record of a verification."""
    query = (
        select(AuditEntryRow.canonical)
        .where(AuditEntryRow.action == VERIFIED)
        .order_by(AuditEntryRow.seq.desc())
        .limit(1)
    )
    text = connection.scalar(query)
    if text is None or not is_vouched(text, trust.head_key):
        return None
    entry = parse(text)
    said = entry.plain
    root = bytes.fromhex(said["root"])
    return Verified(said["first"], said["size"], root, moment(entry.at), said["clean"])


def _entry(connection: Connection, seq: int) -> Entry | None:
    text = log.canonical_text(connection, seq)
    try:
        return parse(text) if text else None
    except ValueError:
        return None


def _sound(reading: Reading) -> bool:
    connection = reading.session.connection()
    try:
        log.trusted_head(connection, log.kept_head(connection), reading.trust.head_key)
    except LogTampered:
        return False
    return True
