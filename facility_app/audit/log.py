"""Appending to the stored tree, and reading its nodes, inside a transaction."""

from __future__ import annotations

import json

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from facility_app.audit.tree import Head, leaf_hash, load_head
from facility_app.db.models import AuditEntryRow, AuditNodeRow

_ENTRY = AuditEntryRow.__table__
_NODE = AuditNodeRow.__table__
_SIZE = select(func.max(_ENTRY.c.seq))
_HASH = select(_NODE.c.hash)
_CANONICAL = select(_ENTRY.c.canonical)
_INSERT_ENTRY = insert(AuditEntryRow)
_INSERT_NODE = insert(AuditNodeRow)


class MissingNode(Exception):
    """A hash that the tree of this size must have is not stored: the log was tampered with."""


def stored_size(connection: Connection) -> int:
    """The number of the newest entry; 0 for an empty log."""
    return connection.scalar(_SIZE) or 0


def stored_node(connection: Connection, level: int, index: int) -> bytes:
    """The hash of a complete subtree; a leaf's is computed from its row.  Raises MissingNode."""
    if level == 0:
        canonical = connection.scalar(_CANONICAL.where(_ENTRY.c.seq == index + 1))
        if canonical is None:
            raise MissingNode
        return leaf_hash(canonical.encode())
    found: bytes | None = connection.scalar(
        _HASH.where(_NODE.c.level == level, _NODE.c.index == index)
    )
    if found is None:
        raise MissingNode
    return found


def stored_head(connection: Connection, size: int | None = None) -> Head:
    """The head of the tree of `size` entries (default: all); O(log size) reads.  Raises MissingNode."""
    size = stored_size(connection) if size is None else size
    return load_head(size, lambda level, index: stored_node(connection, level, index))


def last_moment(connection: Connection, size: int) -> str:
    """The `at` of entry `size`, or an empty text for an empty log."""
    canonical = connection.scalar(_CANONICAL.where(_ENTRY.c.seq == size)) if size else None
    return str(json.loads(canonical)["at"]) if canonical else ""


def append(connection: Connection, head: Head, canonical: str) -> Head:
    """Store one entry's canonical text and the subtrees it finishes; gives the new head."""
    head, finished = head.appended(leaf_hash(canonical.encode()))
    connection.execute(_INSERT_ENTRY, {"seq": head.size, "canonical": canonical})
    if finished:
        connection.execute(
            _INSERT_NODE, [{"level": n.level, "index": n.index, "hash": n.hash} for n in finished]
        )
    return head
