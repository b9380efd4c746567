"""Rebuilding the tree from the rows in batches, fast, and holding every stored node against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from sqlalchemy import LargeBinary, Select, bindparam, cast, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.engine import Connection

from facility_app.audit.tree import Head, Node, frontier_positions, leaf_hash, levels_over
from facility_app.db.models import AuditEntryRow, AuditNodeRow
from facility_app.errors import Cancelled

BATCH_LEVEL = 14
"""2**14 entries per batch: about 8 MB of rows, `cancelled` is asked every 40 ms."""

Progress = Callable[[int, int], object]
"""Is told how many entries are done, and how many there are."""

_ENTRY = AuditEntryRow.__table__
_NODE = AuditNodeRow.__table__
_NODES_BETWEEN = (
    select(_NODE.c.index, _NODE.c.hash)
    .where(_NODE.c.level == bindparam("level"), _NODE.c.index >= bindparam("first"))
    .where(_NODE.c.index < bindparam("end"))
    .order_by(_NODE.c.index)
)


def rows_as_bytes(connection: Connection) -> Select[Any]:
    """Canonical bytes by number, as the driver gives them without decoding first."""
    if connection.dialect.name == "postgresql":
        return select(func.convert_to(_ENTRY.c.canonical, "UTF8")).order_by(_ENTRY.c.seq)
    return select(cast(_ENTRY.c.canonical, LargeBinary)).order_by(_ENTRY.c.seq)


def _joined_nodes(connection: Connection) -> Select[Any]:
    """The hashes of some nodes of a level as one value: a third of the time that rows take."""
    nodes = _NODES_BETWEEN.subquery()
    if connection.dialect.name == "postgresql":
        nothing = aggregate_order_by(literal(b"", LargeBinary), nodes.c.index)
        return select(func.string_agg(nodes.c.hash, nothing))
    return select(cast(func.group_concat(nodes.c.hash, ""), LargeBinary))


def raw_rows(connection: Connection, query: Select[Any]) -> list[Any]:
    """All rows of `query` as the driver's own tuples: a third of the time that row objects take."""
    result = connection.execute(query)
    cursor: Any = result.cursor  # the driver's, open until the result is closed
    rows: list[Any] = cursor.fetchall()
    result.close()
    return rows


class Walk:
    """Goes from a trusted head to a later size.

    head: how far the rows were rebuilt; wrong_nodes: (level, index) of nodes that are not what the
    rows make of them, are missing, or should not be there; broken: whether rows were missing at
    `head.size`, where it stopped; roots: by size, of the sizes asked for.
    """

    def __init__(self, connection: Connection, start: Head, level: int = BATCH_LEVEL) -> None:
        """A batch has 2**`level` entries."""
        self._level = level
        self.head = start
        self.wrong_nodes: list[tuple[int, int]] = []
        self.broken = False
        self.roots: dict[int, bytes] = {start.size: start.root()}
        self._connection = connection
        self._rows = rows_as_bytes(connection)
        self._joined = _joined_nodes(connection)

    def run(
        self,
        size: int,
        wanted: Iterable[int] = (),
        progress: Progress = lambda _done, _all: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        """Rebuild up to `size` entries, noting roots at the `wanted` sizes.  Raises Cancelled."""
        asked = sorted({*wanted, size})
        while self.head.size < size and not self.broken:
            if cancelled():
                raise Cancelled
            start = self.head.size
            batch = 1 << self._level
            end = min((start // batch + 1) * batch, size)
            rows = self._fetch(start, end)
            inside = [at for at in asked if start < at <= end]
            if len(rows) != end - start:
                self.broken = True
            elif start % batch:
                self._one_by_one(rows, inside)
            else:
                self._batch(rows, inside)
            progress(self.head.size, size)
        if not self.broken:
            self._beyond()

    def _fetch(self, start: int, end: int) -> list[Any]:
        within = self._rows.where(_ENTRY.c.seq > start, _ENTRY.c.seq <= end)
        return raw_rows(self._connection, within)

    def _one_by_one(self, rows: list[Any], wanted: list[int]) -> None:
        """From the middle of a batch: append as the program does."""
        made: dict[int, list[Node]] = {}
        for (row,) in rows:
            self.head, finished = self.head.appended(leaf_hash(row))
            for node in finished:
                made.setdefault(node.level, []).append(node)
            if self.head.size in wanted:
                self.roots[self.head.size] = self.head.root()
        for level, nodes in made.items():
            self._compare(level, nodes[0].index, [node.hash for node in nodes])

    def _batch(self, rows: list[Any], wanted: list[int]) -> None:
        """From the beginning of a batch: level by level."""
        start = self.head
        levels = levels_over([sha256(b"\x00" + row).digest() for (row,) in rows])
        for level, hashes in enumerate(levels[1:], 1):
            self._compare(level, start.size >> level, hashes)
        for size in wanted:
            self.roots[size] = _inside(start, levels, size - start.size).root()
        if len(rows) < 1 << self._level:
            self.head = _inside(start, levels, len(rows))
            return
        self.head, above = start.joined(self._level, levels[self._level][0])
        for node in above:
            self._compare(node.level, node.index, [node.hash])
        if self.head.size in wanted:
            self.roots[self.head.size] = self.head.root()

    def _compare(self, level: int, first: int, hashes: list[bytes]) -> None:
        values = {"level": level, "first": first, "end": first + len(hashes)}
        if not hashes or self._connection.scalar(self._joined, values) == b"".join(hashes):
            return
        pairs = self._connection.execute(_NODES_BETWEEN, values)
        stored = {index: hash_ for index, hash_ in pairs}
        self.wrong_nodes += [
            (level, first + place)
            for place, hash_ in enumerate(hashes)
            if stored.get(first + place) != hash_
        ]

    def _beyond(self) -> None:
        """Nodes that a tree of this size does not have."""
        size = self.head.size
        outside = [_NODE.c.level < 1, _NODE.c.level > size.bit_length()]
        for level in range(1, size.bit_length() + 1):
            here = _NODE.c.level == level  # two questions: an OR would read the whole level
            outside += [here & (_NODE.c.index >= size >> level), here & (_NODE.c.index < 0)]
        for condition in outside:
            query = select(_NODE.c.level, _NODE.c.index).where(condition).limit(100)
            self.wrong_nodes += [(level, index) for level, index in self._connection.execute(query)]


def _inside(start: Head, levels: list[list[bytes]], more: int) -> Head:
    """The head `more` entries into a batch whose levels are known."""
    places = frontier_positions(more)
    return Head(start.size + more, start.frontier + tuple(levels[lv][at] for lv, at in places))
