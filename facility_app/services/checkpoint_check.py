"""A printed checkpoint, or its six words, held against the log: does it still contain that past?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from sqlalchemy.engine import Connection

from facility_app.audit import checkpoints, log
from facility_app.audit.checkpoint import CheckpointMalformed, CheckpointOfOther
from facility_app.audit.log import LogTampered
from facility_app.audit.telephone import heard, in_kana
from facility_app.audit.tree import Head
from facility_app.audit.walk import Progress, Walk
from facility_app.audit.work import Reading, Tx
from facility_app.domain.access import Actor, Permission
from facility_app.services.log_check import Units, never, no_progress

COMPARED = "checkpoint.compared"


class PrintedState(Enum):
    """What a checkpoint says about the log of today.

    Each has a word (``term-printed-state-…``), what it means (``printed-…``) and what to do
    (``printed-….todo``).
    """

    CONSISTENT = "consistent"
    NOT_CONSISTENT = "not-consistent"
    OTHER_STORE = "other-store"
    DAMAGED = "damaged"
    NOT_SIGNED = "not-signed"
    FUTURE = "future"
    UNKNOWN_WORDS = "unknown-words"
    UNCLEAR_WORDS = "unclear-words"


_COMPARED = (PrintedState.CONSISTENT, PrintedState.NOT_CONSISTENT, PrintedState.FUTURE)


@dataclass(frozen=True)
class PrintedVerdict:
    """The outcome for one printed checkpoint.

    size: entries that it covers, 0 where it could not be read; entries: in the log now; origin: the
    name in a checkpoint of another store; made_at: when this log made it, aware UTC, None where the
    log has no such checkpoint; unclear: positions (1-6) of words that were not understood.
    """

    state: PrintedState
    entries: int
    size: int = 0
    origin: str = ""
    made_at: datetime | None = None
    unclear: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """The message that says what it means; its attribute ``todo`` says what to do now."""
        return f"printed-{self.state.value}"

    def facts(self) -> dict[str, object]:
        """The variables of the message."""
        return {
            "size": self.size,
            "entries": self.entries,
            "origin": self.origin,
            "unclear": [str(position) for position in self.unclear],
        }


def check_printed(
    reading: Reading,
    text: str,
    progress: Progress = no_progress,
    cancelled: Callable[[], bool] = never,
) -> PrintedVerdict:
    """Hold a checkpoint against the log: `text` as scanned or typed, or its six words.

    The entries up to its size are read and hashed anew, about 3 s per million.  Needs VERIFY_LOG.
    Raises Cancelled.
    """
    reading.require(Permission.VERIFY_LOG)
    now = PrintedVerdict(PrintedState.DAMAGED, log.stored_size(reading.connection))
    if not in_kana(text):
        return _compared(reading, now, text, progress, cancelled)
    spoken = heard(text)
    if not spoken.complete:
        return replace(now, state=PrintedState.UNCLEAR_WORDS, unclear=spoken.unclear)
    words = [word or "" for word in spoken.words]
    made = checkpoints.spoken(reading.connection, reading.trust.verifier.origin, words)
    if made is None:
        return replace(now, state=PrintedState.UNKNOWN_WORDS)
    return _compared(reading, now, made.text, progress, cancelled)


def _compared(
    reading: Reading,
    now: PrintedVerdict,
    text: str,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> PrintedVerdict:
    try:
        paper = reading.trust.verifier.read(text)
    except CheckpointMalformed:
        return now
    except CheckpointOfOther as exc:
        return replace(now, state=PrintedState.OTHER_STORE, origin=exc.origin)
    if not paper.signed:
        return replace(now, state=PrintedState.NOT_SIGNED, size=paper.size)
    made = checkpoints.of_size(reading.connection, paper.size)
    known = made.made_at if made is not None and made.root == paper.root else None
    now = replace(now, size=paper.size, made_at=known)
    if paper.size > now.entries:
        return replace(now, state=PrintedState.FUTURE)
    same = _root(reading.connection, paper.size, progress, cancelled) == paper.root
    return replace(now, state=PrintedState.CONSISTENT if same else PrintedState.NOT_CONSISTENT)


def record_printed(tx: Tx, verdict: PrintedVerdict) -> int:
    """Record that a checkpoint was held against the log; gives the entry's number."""
    tx.require(Permission.VERIFY_LOG)
    return tx.record(COMPARED, "log", plain={"compared": verdict.state.value, "size": verdict.size})


def compare_printed(
    units: Units,
    actor: Actor,
    text: str,
    progress: Progress = no_progress,
    cancelled: Callable[[], bool] = never,
) -> PrintedVerdict:
    """`check_printed`, with the outcome recorded where a genuine checkpoint was compared.

    Where the log does not end as it should, nothing can be recorded any more.
    """
    verdict: PrintedVerdict = units.ask(actor, check_printed, text, progress, cancelled)
    if verdict.state in _COMPARED:
        with suppress(LogTampered):  # said at every act that writes, and by a full verification
            units.do(actor, record_printed, verdict)
    return verdict


def _root(
    connection: Connection, size: int, progress: Progress, cancelled: Callable[[], bool]
) -> bytes:
    """The root of the first `size` entries as their rows make it; empty where rows are missing."""
    walk = Walk(connection, Head())
    walk.run(size, progress=progress, cancelled=cancelled)
    return walk.roots.get(size, b"")
