"""Verification of the log: is it still what this program wrote, and if not, which entries are not.

Three things hold the log: the tree over the rows, the keyed head that ends it, and the signed
checkpoints.  The rows are read once; only where something does not fit, each one's keyed code says
which.  What cannot be seen here: a whole older file put back together with its own head.  A printed
checkpoint, or the next backup's root, shows that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from facility_app.audit import log
from facility_app.audit.checkpoint import Checkpoint
from facility_app.audit.checkpoint import Trust as Trust
from facility_app.audit.checkpoints import StoredCheckpoints, contradictions
from facility_app.audit.diagnose import Diagnosis
from facility_app.audit.findings import Finding, FindingKind, Verdict, in_order
from facility_app.audit.log import KeptHead, MissingNode
from facility_app.audit.tree import Head
from facility_app.audit.walk import Progress, Walk
from facility_app.db import triggers
from facility_app.db.models import AuditEntryRow

_ROW_FINDINGS = frozenset(
    {
        FindingKind.ENTRY_MISSING,
        FindingKind.ENTRY_CHANGED,
        FindingKind.ENTRY_MOVED,
        FindingKind.ENTRY_ADDED,
        FindingKind.CUT_OFF,
    }
)


@dataclass(frozen=True)
class Base:
    """An earlier state that was verified: where an incremental verification begins."""

    size: int
    root: bytes


def _silent(_done: int, _all: int) -> None:
    """No progress is shown."""


def _never() -> bool:
    return False


def verify(
    connection: Connection,
    trust: Trust,
    *,
    base: Base | None = None,
    printed: Checkpoint | None = None,
    progress: Progress = _silent,
    cancelled: Callable[[], bool] = _never,
) -> Verdict:
    """Verify the whole log, or with `base` only what came after it.

    The cost with `base` depends on the new entries only.  `printed`: a checkpoint from paper, its
    signature already tried; it is held against a full verification.  Raises Cancelled.
    """
    return _Verification(connection, trust, progress, cancelled).run(base, printed)


class _Verification:
    def __init__(
        self,
        connection: Connection,
        trust: Trust,
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> None:
        self._connection = connection
        self._trust = trust
        self._progress = progress
        self._cancelled = cancelled
        self._newest = log.stored_size(connection)
        self._kept = log.kept_head(connection)

    def run(self, base: Base | None, printed: Checkpoint | None) -> Verdict:
        findings = self._guards() + self._head()
        start = self._start(base)
        if start is None:  # the past itself was touched; only a full verification says where
            return self._verdict(0, b"", 0, [*findings, self._past(base)])
        checkpoints = StoredCheckpoints(
            self._connection, self._trust.verifier, self._trust.head_key, start.size
        )
        walk = Walk(self._connection, start)
        wanted = [*checkpoints.sizes(), printed.size if printed else 0]
        walk.run(max(self._end(), start.size), wanted, self._progress, self._cancelled)
        rows = self._rows(walk, max(start.size, checkpoints.proved(walk.roots)))
        findings += rows + _nodes(walk, rows)
        said = checkpoints.findings(walk.roots, self._newest)
        if printed is not None:
            said += _paper(printed, walk.roots, self._newest)
        findings += _not_said_already(said, rows)
        root = b"" if walk.broken else walk.head.root()
        return self._verdict(start.size, root, len(checkpoints), findings)

    def _verdict(self, start: int, root: bytes, count: int, findings: list[Finding]) -> Verdict:
        return Verdict(start + 1, self._newest, root, count, in_order(set(findings)))

    def _genuine(self) -> KeptHead | None:
        kept = self._kept
        return kept if kept is not None and kept.genuine(self._trust.head_key) else None

    def _end(self) -> int:
        """How far the rows should be rebuilt."""
        kept = self._genuine()
        return min(kept.size, self._newest) if kept else self._newest

    def _start(self, base: Base | None) -> Head | None:
        """The head to begin from; None where the stored one is not the verified one any more."""
        if base is None or base.size == 0:
            return Head()
        try:
            head = log.stored_head(self._connection, base.size)
        except MissingNode:
            return None
        return head if head.root() == base.root else None

    def _past(self, base: Base | None) -> Finding:
        return Finding(1, base.size if base else 0, FindingKind.PAST_CHANGED)

    def _head(self) -> list[Finding]:
        if self._kept is None:
            return [Finding(0, 0, FindingKind.HEAD_MISSING)] if self._newest else []
        if self._genuine() is None:
            return [Finding(self._kept.size, self._kept.size, FindingKind.HEAD_CHANGED)]
        return []

    def _rows(self, walk: Walk, proved: int) -> list[Finding]:
        """Which entries are wrong; nothing is read again where the rebuilt root is the kept one."""
        kept = self._genuine()
        whole = not walk.broken and kept is not None and walk.head.root() == kept.root
        if whole and kept is not None and kept.size == self._newest and not self._before_first():
            return []
        after = kept.size if whole and kept is not None else proved
        diagnosis = Diagnosis(
            self._connection, self._trust.head_key, after, kept.size if kept else None
        )
        return diagnosis.run(self._newest, self._progress, self._cancelled)

    def _before_first(self) -> bool:
        entry = AuditEntryRow.__table__
        query = entry.select().with_only_columns(entry.c.seq).where(entry.c.seq < 1).limit(1)
        return self._connection.scalar(query) is not None

    def _guards(self) -> list[Finding]:
        missing, strange = triggers.wrong(self._connection)
        found = [Finding(0, 0, FindingKind.GUARD_MISSING, name=name) for name in missing]
        found += [Finding(0, 0, FindingKind.GUARD_ADDED, name=name) for name in strange]
        if self._connection.dialect.name == "sqlite":
            found += _columns(self._connection)
        return found


def _columns(connection: Connection) -> list[Finding]:
    """Columns of the entries that are no longer computed from what was hashed."""
    table = AuditEntryRow.__table__
    text = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'audit_entry'"
    ).scalar()
    computed = [column.name for column in table.columns if column.computed is not None]
    return [
        Finding(0, 0, FindingKind.COLUMN_CHANGED, name=name)
        for name in computed
        if f"json_extract(canonical, '$.{name}')" not in str(text)
    ]


def _nodes(walk: Walk, rows: list[Finding]) -> list[Finding]:
    """Wrong nodes over entries that are themselves sound."""
    found = []
    for level, index in walk.wrong_nodes:
        first, last = (index << level) + 1, (index + 1) << level
        if not any(each.first <= last and first <= each.last for each in rows):
            found.append(Finding(first, last, FindingKind.NODE_CHANGED))
    return found


def _paper(printed: Checkpoint, roots: dict[int, bytes], newest: int) -> list[Finding]:
    if not printed.signed:
        return [Finding(printed.size, printed.size, FindingKind.PAPER_FORGED)]
    return contradictions(printed, roots, newest, kind=FindingKind.PAPER_CONTRADICTS)


def _not_said_already(said: list[Finding], rows: list[Finding]) -> list[Finding]:
    """Without what follows only from an entry that is named anyway."""
    kinds = {each.kind for each in rows}
    first = min((each.first for each in rows if each.kind in _ROW_FINDINGS), default=None)

    def follows(finding: Finding) -> bool:
        if finding.kind is FindingKind.CHECKPOINT_CONTRADICTS:
            return first is not None and first <= finding.last
        if finding.kind is FindingKind.CHECKPOINT_UNANNOUNCED:
            return any(each.first <= finding.first <= each.last for each in rows)
        return finding.kind is FindingKind.CUT_OFF and FindingKind.CUT_OFF in kinds

    return [each for each in said if not follows(each)]
