"""Naming the entries that were tampered with, by the keyed code that each one carries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from facility_app.audit.entry import is_vouched, parse
from facility_app.audit.findings import Finding, FindingKind, in_order, over
from facility_app.audit.walk import Progress, raw_rows
from facility_app.db.models import AuditEntryRow
from facility_app.errors import Cancelled

_CHUNK = 4096
_ENTRY = AuditEntryRow.__table__


class Diagnosis:
    """Looks at every row after number `after`; the log should end at `size` (None: unknown)."""

    def __init__(self, connection: Connection, key: bytes, after: int, size: int | None) -> None:
        self._connection = connection
        self._key = key
        self._after = after
        self._size = size
        self._changed: list[int] = []
        self._added: list[int] = []
        self._gaps: set[int] = set()
        self._moved: dict[int, int] = {}
        self._newer: list[int] = []
        self._next = after + 1
        self._last = after

    def run(self, newest: int, progress: Progress, cancelled: Callable[[], bool]) -> list[Finding]:
        """What is wrong with the entries, in order.  Raises Cancelled."""
        self._before_the_first()
        at = self._after
        while rows := self._rows(at):
            if cancelled():
                raise Cancelled
            for seq, canonical in rows:
                self._judge(seq, canonical)
            at = rows[-1][0]
            progress(at, newest)
        end = self._size if self._size is not None else self._next - 1
        lost = {*self._gaps, *range(self._next, end + 1), *(s for s in self._moved if s <= end)}
        lost -= {*self._moved.values(), *self._changed}
        cut_off = {number for number in lost if number > self._last}
        return list(
            in_order(
                over(FindingKind.ENTRY_CHANGED, self._changed)
                + over(FindingKind.ENTRY_ADDED, self._added)
                + over(FindingKind.ENTRY_MISSING, lost - cut_off)
                + over(FindingKind.CUT_OFF, cut_off)
                + over(FindingKind.HEAD_CHANGED, self._newer)
                + self._moves()
            )
        )

    def _rows(self, after: int) -> list[Any]:
        query = select(_ENTRY.c.seq, _ENTRY.c.canonical).where(_ENTRY.c.seq > after)
        return raw_rows(self._connection, query.order_by(_ENTRY.c.seq).limit(_CHUNK))

    def _before_the_first(self) -> None:
        query = select(_ENTRY.c.seq).where(_ENTRY.c.seq < 1)
        self._added += list(self._connection.scalars(query))

    def _judge(self, seq: int, canonical: object) -> None:
        beyond = self._size is not None and seq > self._size
        self._last = self._last if beyond else seq
        if not (isinstance(canonical, str) and is_vouched(canonical, self._key)):
            (self._added if beyond else self._changed).append(seq)
        elif (number := parse(canonical).seq) != seq:
            self._moved[seq] = number
        else:  # only a genuine entry proves that all numbers before it were once given
            self._gaps.update(range(self._next, seq))
            self._next = seq + 1
            if beyond:  # genuine, and yet after the end: an older head was put back
                self._newer.append(seq)

    def _moves(self) -> list[Finding]:
        """Rows that stand at another number than theirs; neighbours moved alike are one finding."""
        found: list[Finding] = []
        for seq, number in sorted(self._moved.items()):
            last = found[-1] if found else None
            if last and last.last == seq - 1 and last.number - last.first == number - seq:
                found[-1] = Finding(last.first, seq, last.kind, last.number)
            else:
                found.append(Finding(seq, seq, FindingKind.ENTRY_MOVED, number))
        return found
