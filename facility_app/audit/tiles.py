"""The files of an exported log (C2SP tlog-tiles): hash tiles and entry bundles, 256 wide.

Only the layout: bytes in, names and bytes out; nothing is read or written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from facility_app.audit.entry import LONGEST_BYTES, EntryTooLong
from facility_app.audit.tree import Head, leaf_hash, levels_over

WIDTH = 256
_HEIGHT = 8  # a full tile is the leaves of a complete subtree of 2**8
_ENTRIES = "entries"

Put = Callable[[str, bytes], object]
"""Takes a file: its path with ``/`` under the export, and its content."""


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """Where a tile lies: ``tile/<level>/<index>``, with ``.p/<width>`` where it is not full.

    The index is written in groups of three digits, all but the last with an ``x``: 1234067 is
    ``x001/x234/067``.  For entry bundles `level` is ``entries``.
    """
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    place = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{place}{partial}"


class Tiles:
    """Cuts a growing log into tiles and bundles, handing each to `put` as soon as it is full.

    Keeps at most 255 entries, and 255 hashes per level of tiles, whatever the length.
    """

    def __init__(self, put: Put) -> None:
        self._put = put
        self._bundle: list[bytes] = []
        self._hashes: list[list[bytes]] = [[]]
        self._done: list[int] = [0]

    @property
    def size(self) -> int:
        """How many entries there are."""
        return self._done[0] * WIDTH + len(self._hashes[0])

    def add(self, entries: Iterable[bytes]) -> None:
        """Append entries in order.  Raises EntryTooLong."""
        for entry in entries:
            if len(entry) > LONGEST_BYTES:
                raise EntryTooLong(len(entry))
            self._bundle.append(entry)
            self._hashes[0].append(leaf_hash(entry))
            if len(self._bundle) == WIDTH:
                self._put_bundle()
                self._put_tile(0)

    def finish(self) -> None:
        """Hand over the partial tiles of this size; nothing is added afterwards."""
        if self._bundle:
            self._put_bundle()
        for level, hashes in enumerate(self._hashes):
            if hashes:
                self._put(tile_path(level, self._done[level], len(hashes)), b"".join(hashes))

    def root(self) -> bytes:
        """The Merkle tree hash of the entries so far, 32 bytes."""
        head = Head()
        for level in reversed(range(len(self._hashes))):
            for hash_ in self._hashes[level]:
                head, _ = head.joined(level * _HEIGHT, hash_)
        return head.root()

    def _put_bundle(self) -> None:
        content = b"".join(len(entry).to_bytes(2, "big") + entry for entry in self._bundle)
        index = self._done[0]
        self._put(tile_path(_ENTRIES, index, len(self._bundle)), content)
        self._bundle = []

    def _put_tile(self, level: int) -> None:
        """A full tile, and the hash over it in the tile above."""
        hashes = self._hashes[level]
        self._put(tile_path(level, self._done[level]), b"".join(hashes))
        self._done[level] += 1
        self._hashes[level] = []
        if level + 1 == len(self._hashes):
            self._hashes.append([])
            self._done.append(0)
        self._hashes[level + 1].append(levels_over(hashes)[_HEIGHT][0])
        if len(self._hashes[level + 1]) == WIDTH:
            self._put_tile(level + 1)
