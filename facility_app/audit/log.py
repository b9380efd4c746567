"""Appending to the stored tree, and reading its nodes and its head, inside a transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.engine import Connection

from facility_app.audit.keyed import head_code, same
from facility_app.audit.tree import (
    EMPTY_ROOT,
    Head,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    load_head,
)
from facility_app.db.models import AuditEntryRow, AuditHeadRow, AuditNodeRow, table_of
from facility_app.errors import IntegrityError

_ENTRY = table_of(AuditEntryRow)
_NODE = table_of(AuditNodeRow)
_HEAD = table_of(AuditHeadRow)
_ONLY = 1
_SIZE = select(func.max(_ENTRY.c.seq))
_HASH = select(_NODE.c.hash).where(
    _NODE.c.level == bindparam("level"), _NODE.c.index == bindparam("index")
)
_CANONICAL = select(_ENTRY.c.canonical).where(_ENTRY.c.seq == bindparam("seq"))
_KEPT = select(
    _HEAD.c.size, _HEAD.c.root, _HEAD.c.mac, _SIZE.scalar_subquery().label("newest")
).where(_HEAD.c.id == _ONLY)
_KEPT_LOCKED = _KEPT.with_for_update(of=_HEAD)
_INSERT_ENTRY = insert(_ENTRY)
_INSERT_NODE = insert(_NODE)
_INSERT_HEAD = insert(_HEAD)
_UPDATE_HEAD = update(_HEAD).where(_HEAD.c.id == _ONLY)


@dataclass(eq=False)
class LogTampered(IntegrityError):
    """The log does not end as this program left it, so nothing more is written to it.

    entries: how many it holds now; kept: how many it should hold (0: even that was removed).
    """

    key: ClassVar[str] = "audit.tampered"
    entries: int
    kept: int


class MissingNode(Exception):
    """A hash that the tree of this size must have is not stored: the log was tampered with."""


@dataclass(frozen=True)
class KeptHead:
    """The head row as it lies in the database, and the newest entry's number."""

    size: int
    root: bytes
    mac: bytes
    newest: int

    def genuine(self, key: bytes) -> bool:
        """Whether this program wrote it."""
        return same(self.mac, head_code(key, self.size, self.root))


def kept_head(connection: Connection, *, lock: bool = False) -> KeptHead | None:
    """The head row, or None where there is none.  `lock` queues other writers (PostgreSQL)."""
    row = connection.execute(_KEPT_LOCKED if lock else _KEPT).first()
    return None if row is None else KeptHead(row.size, row.root, row.mac, row.newest or 0)


def stored_size(connection: Connection) -> int:
    """The number of the newest entry; 0 for an empty log."""
    return connection.scalar(_SIZE) or 0


def stored_node(connection: Connection, level: int, index: int) -> bytes:
    """The hash of a complete subtree; a leaf's is computed from its row.  Raises MissingNode."""
    if level == 0:
        canonical = canonical_text(connection, index + 1)
        if canonical is None:
            raise MissingNode
        return leaf_hash(canonical.encode())
    found: bytes | None = connection.scalar(_HASH, {"level": level, "index": index})
    if found is None:
        raise MissingNode
    return found


def stored_head(connection: Connection, size: int | None = None) -> Head:
    """The head of the tree of `size` entries (default: all), from O(log size) nodes.

    Raises MissingNode.
    """
    size = stored_size(connection) if size is None else size
    return load_head(size, lambda level, index: stored_node(connection, level, index))


def inclusion(connection: Connection, seq: int, size: int) -> list[bytes]:
    """The path from entry `seq` to the root of the first `size` entries, leaf first.

    Raises ValueError where the entry is not among them, MissingNode.
    """
    return inclusion_proof(seq - 1, size, lambda level, at: stored_node(connection, level, at))


def consistency(connection: Connection, old: int, size: int) -> list[bytes]:
    """The proof that the first `old` entries are the beginning of the first `size`.

    Raises ValueError unless 0 < old <= size, MissingNode.
    """
    return consistency_proof(old, size, lambda level, at: stored_node(connection, level, at))


def trusted_head(connection: Connection, kept: KeptHead | None, key: bytes) -> Head:
    """The head to append to: the stored one, compared with what this program vouched for.

    Raises LogTampered where rows were appended, cut off or replaced at the end, or where the nodes
    that carry the head were changed: going on would make the change look genuine.
    """
    if kept is None:
        newest = stored_size(connection)
        if newest:
            raise LogTampered(newest, 0)
        return Head()
    if kept.newest != kept.size or not kept.genuine(key):
        raise LogTampered(kept.newest, kept.size)
    try:
        head = stored_head(connection, kept.size)
    except MissingNode as exc:
        raise LogTampered(kept.newest, kept.size) from exc
    if head.root() != kept.root:
        raise LogTampered(kept.newest, kept.size)
    return head


def canonical_text(connection: Connection, seq: int) -> str | None:
    """The canonical text of entry `seq`, or None."""
    text: str | None = connection.scalar(_CANONICAL, {"seq": seq})
    return text


def moment_of(connection: Connection, seq: int) -> str:
    """The `at` of entry `seq`, or an empty text where there is none."""
    canonical = canonical_text(connection, seq) if seq else None
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


def keep_head(connection: Connection, head: Head, key: bytes) -> bytes:
    """Store `head` as the newest, with its keyed code; gives its root."""
    root = head.root() if head.size else EMPTY_ROOT
    values = {"size": head.size, "root": root, "mac": head_code(key, head.size, root)}
    if connection.execute(_UPDATE_HEAD, values).rowcount == 0:
        connection.execute(_INSERT_HEAD, {"id": _ONLY, **values})
    return root
