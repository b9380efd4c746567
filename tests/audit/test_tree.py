"""The tree keeps what RFC 6962 promises, for every size and position."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.audit import tree

sizes = st.integers(min_value=1, max_value=300)


def reference_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1, written as the definition reads."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = reference_root(leaves[:split]), reference_root(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


class Stored:
    """A tree as the database keeps it: leaves and finished nodes."""

    def __init__(self, size: int) -> None:
        self.leaves = [f"entry {n}".encode() for n in range(size)]
        self.nodes: dict[tuple[int, int], bytes] = {}
        self.head = tree.Head()
        for index, leaf in enumerate(self.leaves):
            self.nodes[0, index] = tree.leaf_hash(leaf)
            self.head, finished = self.head.appended(tree.leaf_hash(leaf))
            self.nodes.update({(n.level, n.index): n.hash for n in finished})

    def node(self, level: int, index: int) -> bytes:
        return self.nodes[level, index]


@given(st.integers(min_value=0, max_value=300))
def test_the_head_has_the_root_that_the_standard_defines_and_can_be_loaded_again(size):
    stored = Stored(size)
    assert stored.head.root() == reference_root(stored.leaves)
    assert tree.load_head(size, stored.node) == stored.head


@given(sizes, st.data())
def test_every_entry_can_be_proved_and_no_other_passes(size, data):
    stored = Stored(size)
    index = data.draw(st.integers(0, size - 1))
    path = tree.inclusion_proof(index, size, stored.node)
    leaf = stored.node(0, index)
    assert tree.root_from_inclusion(leaf, index, size, path) == stored.head.root()
    assert tree.root_from_inclusion(tree.leaf_hash(b"x"), index, size, path) != stored.head.root()
    assert tree.root_from_inclusion(leaf, index, size, [*path, leaf]) is None
    if path:
        assert tree.root_from_inclusion(leaf, index, size, path[:-1]) is None


@given(sizes, st.data())
def test_every_past_is_proved_and_a_changed_past_is_not(size, data):
    stored = Stored(size)
    old = data.draw(st.integers(1, size))
    past = Stored(old).head.root()
    proof = tree.consistency_proof(old, size, stored.node)
    now = stored.head.root()
    assert tree.consistent(old, past, size, now, proof)
    assert not tree.consistent(old, tree.leaf_hash(b"x"), size, now, proof)
    assert not tree.consistent(old, past, size, tree.leaf_hash(b"x"), proof)
    if old < size:
        assert not tree.consistent(old, past, size, now, proof[:-1])
        assert not tree.consistent(old, past, size, now, [*proof, now])


@pytest.mark.parametrize(("index", "size"), [(-1, 4), (4, 4), (0, 0)])
def test_what_is_not_in_the_tree_cannot_be_proved(index, size):
    with pytest.raises(ValueError, match="not in the tree"):
        tree.inclusion_proof(index, size, Stored(size).node)
    assert tree.root_from_inclusion(b"", index, size, []) is None


@pytest.mark.parametrize(("old", "size"), [(0, 4), (5, 4)])
def test_only_a_part_of_the_tree_has_a_consistency_proof(old, size):
    with pytest.raises(ValueError, match="not a part"):
        tree.consistency_proof(old, size, Stored(size).node)


def test_the_empty_past_is_consistent_with_everything():
    assert tree.consistent(0, tree.EMPTY_ROOT, 3, b"x", [])
    assert not tree.consistent(5, b"x", 3, b"x", [])
