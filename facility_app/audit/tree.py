"""The RFC 6962 Merkle tree over the entries: pure hashing and proofs, no I/O.

SHA-256; a leaf is hashed with prefix 0x00, a node with 0x01 (RFC 6962 §2.1).  A tree of any size is
kept as its *frontier*: the roots of the complete subtrees it consists of, largest first; there is
one per set bit of the size.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""Root of the empty tree (RFC 6962 §2.1)."""

NodeReader = Callable[[int, int], bytes]
"""Gives the 32-byte hash of the complete subtree (level, index); level 0 is a leaf."""


def leaf_hash(entry: bytes) -> bytes:
    """The 32-byte hash of one entry's canonical bytes."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The 32-byte hash over two 32-byte subtree hashes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True)
class Node:
    """One complete subtree: `index` counts the subtrees of 2**`level` leaves from 0."""

    level: int
    index: int
    hash: bytes


@dataclass(frozen=True)
class Head:
    """A tree of `size` leaves, kept as its frontier (see the module)."""

    size: int = 0
    frontier: tuple[bytes, ...] = ()

    def root(self) -> bytes:
        """The Merkle tree hash, 32 bytes."""
        if not self.frontier:
            return EMPTY_ROOT
        root = self.frontier[-1]
        for left in reversed(self.frontier[:-1]):
            root = node_hash(left, root)
        return root

    def appended(self, leaf: bytes) -> tuple[Head, list[Node]]:
        """The tree with one more leaf hash, and the complete subtrees (level >= 1) it finished."""
        return self.joined(0, leaf)

    def joined(self, level: int, subtree: bytes) -> tuple[Head, list[Node]]:
        """The tree with 2**`level` more leaves under one hash; its size must be a multiple of them.

        Gives also the subtrees above that hash which it finished.
        """
        frontier, hash_, size = list(self.frontier), subtree, self.size
        end = size + (1 << level)
        finished: list[Node] = []
        while size >> level & 1:
            hash_ = node_hash(frontier.pop(), hash_)
            level += 1
            finished.append(Node(level, size >> level, hash_))
        frontier.append(hash_)
        return Head(end, tuple(frontier)), finished


def levels_over(leaves: list[bytes]) -> list[list[bytes]]:
    """The complete subtrees over leaf hashes, level by level; [0] is the leaves themselves."""
    sha256, levels = hashlib.sha256, [leaves]
    while len(levels[-1]) > 1:
        below = iter(levels[-1])
        levels.append(
            [sha256(b"\x01" + a + b).digest() for a, b in zip(below, below, strict=False)]
        )
    return levels


def frontier_positions(size: int) -> list[tuple[int, int]]:
    """(level, index) of the complete subtrees that make a tree of `size` leaves, largest first."""
    positions = []
    start = 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            positions.append((level, start >> level))
            start += 1 << level
    return positions


def load_head(size: int, node: NodeReader) -> Head:
    """The head of the stored tree of `size` leaves, reading O(log size) nodes."""
    return Head(size, tuple(node(level, index) for level, index in frontier_positions(size)))


def _subtree(start: int, end: int, node: NodeReader) -> bytes:
    """The hash over leaves [start, end), where the range is one that RFC 6962 splits to."""
    size = end - start
    if size & (size - 1) == 0 and start % size == 0:
        return node(size.bit_length() - 1, start // size)
    split = start + (1 << ((size - 1).bit_length() - 1))
    return node_hash(_subtree(start, split, node), _subtree(split, end, node))


def inclusion_proof(index: int, size: int, node: NodeReader) -> list[bytes]:
    """The path from leaf `index` to the root of the tree of `size` leaves (RFC 6962 §2.1.1), leaf
    first.

    Raises ValueError when `index` is not in the tree.
    """
    if not 0 <= index < size:
        raise ValueError("the leaf is not in the tree")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        split = start + (1 << ((end - start - 1).bit_length() - 1))
        if index < split:
            path.append(_subtree(split, end, node))
            end = split
        else:
            path.append(_subtree(start, split, node))
            start = split
    return path[::-1]


def root_from_inclusion(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The root that `path` proves for a leaf hash, or None where the path has the wrong length."""
    if not 0 <= index < size:
        return None
    node, last = index, size - 1
    hash_, rest = leaf, list(path)
    while last:
        if node & 1 or node < last:
            if not rest:
                return None
            sibling = rest.pop(0)
            hash_ = node_hash(sibling, hash_) if node & 1 else node_hash(hash_, sibling)
        node, last = node >> 1, last >> 1
    return None if rest else hash_


def consistency_proof(old: int, size: int, node: NodeReader) -> list[bytes]:
    """The proof that the tree of `old` leaves is a beginning of that of `size` (RFC 6962 §2.1.2).

    Raises ValueError unless 0 < old <= size.
    """
    if not 0 < old <= size:
        raise ValueError("the older tree is not a part of this one")
    proof: list[bytes] = []
    start, end, whole = 0, size, True
    while end != old:
        split = start + (1 << ((end - start - 1).bit_length() - 1))
        if old <= split:
            proof.append(_subtree(split, end, node))
            end = split
        else:
            proof.append(_subtree(start, split, node))
            start, whole = split, False
    if not whole:
        proof.append(_subtree(start, end, node))
    return proof[::-1]


def consistent(old: int, old_root: bytes, size: int, root: bytes, proof: list[bytes]) -> bool:
    """Whether `proof` shows that the tree (size, root) begins with the tree (old, old_root)."""
    if old == size:
        return old_root == root and not proof
    if not 0 < old < size:
        return old == 0 and not proof
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    node, last = old - 1, size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    from_old = from_new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            from_old, from_new = node_hash(sibling, from_old), node_hash(sibling, from_new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            from_new = node_hash(from_new, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and from_old == old_root and from_new == root
