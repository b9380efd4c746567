"""Stored checkpoints: making one, and holding all of them against the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection, Row

from facility_app.audit.checkpoint import (
    Checkpoint,
    CheckpointMalformed,
    CheckpointOfOther,
    Verifier,
)
from facility_app.audit.entry import Entry, is_vouched, moment_text, parse
from facility_app.audit.findings import Finding, FindingKind
from facility_app.audit.unit import Tx
from facility_app.db.models import AuditEntryRow, CheckpointRow

MADE = "checkpoint.made"
_ENTRY = AuditEntryRow.__table__


@dataclass(frozen=True)
class Made:
    """A checkpoint as it was stored; `text` is what goes on paper."""

    id: int
    size: int
    root: bytes
    text: str


def make_checkpoint(tx: Tx, reason: str) -> Made:
    """Sign the log as it stands before this, store the checkpoint and record it.

    reason: ``lock``, ``shift``, ``report``, ``asked`` or ``close``.  Raises RuntimeError where the
    unit has no signer.
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
    return Made(row.id, size, root, text)


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
