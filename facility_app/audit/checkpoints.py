"""Stored checkpoints: making one, and holding all of them against the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection, Row

from facility_app.audit.checkpoint import (
    Checkpoint,
    CheckpointMalformed,
    CheckpointOfOther,
    Verifier,
    signed_text,
)
from facility_app.audit.entry import Entry, is_vouched, moment_text, parse
from facility_app.audit.findings import Finding, FindingKind
from facility_app.audit.telephone import telephone_words
from facility_app.audit.unit import Tx
from facility_app.db.models import AuditEntryRow, CheckpointRow

MADE = "checkpoint.made"
_ENTRY = AuditEntryRow.__table__
_STORED = CheckpointRow.__table__


@dataclass(frozen=True)
class Made:
    """A checkpoint as it was stored; `text` is what goes on paper, `made_at` aware UTC."""

    id: int
    size: int
    root: bytes
    text: str
    reason: str
    made_at: datetime

    @property
    def words(self) -> tuple[str, ...]:
        """The six words that are read over the telephone."""
        return telephone_words(signed_text(self.text.split("\n")[0], self.size, self.root))


def make_checkpoint(tx: Tx, reason: str) -> Made:
    """Sign the log as it stands before this, store the checkpoint and record it.

    reason: ``lock``, ``shift``, ``report``, ``asked``, ``export``, ``proof`` or ``close``.  Raises
    RuntimeError where the unit has no signer.
    """
    size, root = tx.head.size, tx.head.root()
    text = tx.signer.sign(size, root)
    row = CheckpointRow(size=size, root=root, note=text, reason=reason, made_at=tx.now)
    tx.session.add(row)
    tx.session.flush()
    tx.record(
        MADE,
        f"checkpoint:{row.id}",
        plain={"checkpoint": row.id, "size": size, "root": root.hex(), "reason": reason},
    )
    return _made(row)


def newest(connection: Connection, limit: int = 1) -> list[Made]:
    """The newest stored checkpoints, newest first; as they lie there, genuine or not."""
    query = select(_STORED).order_by(_STORED.c.id.desc()).limit(limit)
    return [_made(row) for row in connection.execute(query)]


def all_named(connection: Connection) -> list[tuple[int, bytes]]:
    """Size and root of every stored checkpoint, oldest first."""
    query = select(_STORED.c.size, _STORED.c.root).order_by(_STORED.c.id)
    return [(size, root) for size, root in connection.execute(query)]


def spoken(connection: Connection, origin: str, words: Sequence[str]) -> Made | None:
    """The stored checkpoint with these six words; all are tried, 2 s per million."""
    wanted = tuple(words)
    query = select(_STORED.c.id, _STORED.c.size, _STORED.c.root).order_by(_STORED.c.id.desc())
    for number, size, root in connection.execute(query):
        if telephone_words(signed_text(origin, size, root)) == wanted:
            return stored(connection, number)
    return None


def stored(connection: Connection, number: int) -> Made:
    """The stored checkpoint with this id, which must be there."""
    return _made(connection.execute(select(_STORED).where(_STORED.c.id == number)).one())


def of_size(connection: Connection, size: int) -> Made | None:
    """The newest stored checkpoint over exactly `size` entries."""
    query = select(_STORED).where(_STORED.c.size == size).order_by(_STORED.c.id.desc()).limit(1)
    row = connection.execute(query).first()
    return None if row is None else _made(row)


def _made(row: Row[Any] | CheckpointRow) -> Made:
    return Made(row.id, row.size, row.root, row.note, row.reason, row.made_at)


def read(verifier: Verifier, text: str) -> Checkpoint | None:
    """The checkpoint in `text` where it is one of this store and its signature is right."""
    try:
        checkpoint = verifier.read(text)
    except (CheckpointMalformed, CheckpointOfOther):
        return None
    return checkpoint if checkpoint.signed else None


class StoredCheckpoints:
    """The checkpoints after `size` entries, with the entries that announced them."""

    def __init__(
        self, connection: Connection, verifier: Verifier, key: bytes, after: int = 0
    ) -> None:
        query = select(CheckpointRow.__table__).where(CheckpointRow.size >= after)
        self._rows = list(connection.execute(query.order_by(CheckpointRow.id)))
        self._good = {row.id: read(verifier, row.note) for row in self._rows}
        self._announced = _announcements(connection, key, after)

    def __len__(self) -> int:
        return len(self._rows)

    def sizes(self) -> list[int]:
        """The sizes that genuine checkpoints speak of."""
        return [each.size for each in self._good.values() if each is not None]

    def proved(self, roots: Mapping[int, bytes]) -> int:
        """The largest size at which a genuine checkpoint and the rebuilt log agree; 0 for none."""
        good = (each for each in self._good.values() if each is not None)
        return max((each.size for each in good if roots.get(each.size) == each.root), default=0)

    def findings(self, roots: Mapping[int, bytes], newest: int) -> list[Finding]:
        """Forged, changed, missing and contradicting checkpoints, and an end that was cut off."""
        found: list[Finding] = []
        for row in self._rows:
            good, entry = self._good[row.id], self._announced.get(row.id)
            if good is None:
                found.append(_at(row.size, FindingKind.CHECKPOINT_FORGED, row.id))
            elif entry is None:  # its entry would stand right after what it covers
                place = good.size + 1
                found.append(_at(place, FindingKind.CHECKPOINT_UNANNOUNCED, row.id))
            elif not _agree(row, good, entry):
                found.append(_at(row.size, FindingKind.CHECKPOINT_CHANGED, row.id))
            if good is not None:
                found += contradictions(good, roots, newest, row.id)
        stored = {row.id for row in self._rows}
        for number, entry in self._announced.items():
            if number not in stored:
                found.append(_at(entry.seq, FindingKind.CHECKPOINT_MISSING, number))
        return found


def contradictions(
    checkpoint: Checkpoint,
    roots: Mapping[int, bytes],
    newest: int,
    number: int = 0,
    kind: FindingKind = FindingKind.CHECKPOINT_CONTRADICTS,
) -> list[Finding]:
    """What a genuine checkpoint says against the log; nothing where its size was not rebuilt."""
    if checkpoint.size > newest:
        return [Finding(newest + 1, checkpoint.size, FindingKind.CUT_OFF, number)]
    root = roots.get(checkpoint.size)
    if root is None or root == checkpoint.root:
        return []
    return [Finding(1, checkpoint.size, kind, number)]


def _announcements(connection: Connection, key: bytes, after: int) -> dict[int, Entry]:
    """The genuine ``checkpoint.made`` entries by the checkpoint's id."""
    query = select(_ENTRY.c.canonical).where(_ENTRY.c.action == MADE, _ENTRY.c.seq > after)
    entries = [parse(text) for text in connection.scalars(query) if is_vouched(text, key)]
    return {int(entry.plain["checkpoint"]): entry for entry in entries}


def _agree(row: Row[Any], good: Checkpoint, entry: Entry) -> bool:
    """Whether a row, the note in it, and the entry about it say the same."""
    stored = (row.size, row.root.hex(), row.reason, moment_text(row.made_at))
    said = (entry.plain["size"], entry.plain["root"], entry.plain["reason"], entry.at)
    return stored == said and (good.size, good.root) == (row.size, row.root)


def _at(seq: int, kind: FindingKind, number: int) -> Finding:
    return Finding(seq, seq, kind, number)
