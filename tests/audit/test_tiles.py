"""Tiles and bundles are byte for byte what C2SP tlog-tiles says, whatever the size."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facility_app.audit.entry import LONGEST_BYTES, EntryTooLong
from facility_app.audit.tiles import Tiles, tile_path
from facility_app.audit.work import Work
from facility_app.domain.access import PROGRAM, Permission
from tests.audit.reference import tile_files, tree_hash


def cut(entries: list[bytes]) -> tuple[dict[str, bytes], Tiles]:
    files: dict[str, bytes] = {}
    tiles = Tiles(files.__setitem__)
    tiles.add(entries)
    tiles.finish()
    return files, tiles


def made(size: int) -> list[bytes]:
    return [b"e%d" % number * (number % 3) for number in range(size)]


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 511, 512, 700])
def test_every_file_is_what_the_formulas_give(size: int) -> None:
    files, tiles = cut(made(size))
    assert files == tile_files(made(size))
    assert (tiles.size, tiles.root()) == (size, tree_hash(made(size)))


@given(st.lists(st.binary(max_size=40), max_size=600), st.integers(1, 300))
@settings(deadline=None)
def test_it_does_not_matter_in_which_portions_entries_come(
    entries: list[bytes], portion: int
) -> None:
    files: dict[str, bytes] = {}
    tiles = Tiles(files.__setitem__)
    for start in range(0, len(entries), portion):
        tiles.add(entries[start : start + portion])
        assert tiles.root() == cut(entries[: start + portion])[1].root()
    tiles.finish()
    assert files == cut(entries)[0]


def test_the_example_of_the_specification_has_its_tiles() -> None:
    """tlog-tiles, Partial Tiles: a tree of size 70 000; and Merkle Tree: the path of 1234067."""
    files, _ = cut([b"%d" % number for number in range(70_000)])
    widths: dict[str, list[int]] = {"0": [], "1": [], "2": []}
    for name, content in files.items():
        _, level, *_rest = name.split("/")
        if level != "entries":
            widths[level].append(len(content) // 32)
    assert widths == {"0": [256] * 273 + [112], "1": [256, 17], "2": [1]}
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert {"tile/0/272", "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"} <= files.keys()
    assert {"tile/entries/272", "tile/entries/273.p/112"} <= files.keys()


@pytest.mark.parametrize(
    ("index", "place"),
    [(0, "000"), (7, "007"), (999, "999"), (1000, "x001/000"), (10**6, "x001/x000/000")],
)
def test_the_index_is_written_in_threes(index: int, place: str) -> None:
    assert tile_path(1, index, 3) == f"tile/1/{place}.p/3"
    assert tile_path("entries", index) == f"tile/entries/{place}"


def test_an_entry_that_no_bundle_can_hold_is_refused_before_it_is_written(work: Work) -> None:
    with pytest.raises(EntryTooLong):
        cut([bytes(LONGEST_BYTES + 1)])
    assert cut([bytes(LONGEST_BYTES)])[0]["tile/entries/000.p/1"][:2] == b"\xff\xff"

    def record(text: str) -> None:
        with work.begin(PROGRAM) as tx:
            tx.require(Permission.MAKE_CHECKPOINT)
            tx.record("test.noted", "test", plain={"text": text})

    record("例" * 21_000)
    for text in ("例" * 22_000, "e" * LONGEST_BYTES):
        with pytest.raises(EntryTooLong) as caught:
            record(text)
        assert caught.value.length > LONGEST_BYTES
    record("")
