"""棚卸: two blind counts against the register, and what differs (domain §13.20, §3.2).

A count freezes nothing.  Each place is compared with the register *at the log position of its
mark*: what was signed out then is out and not missing, what was signed in then is expected.  The
expectation is read in the same transaction that appends the mark's entry, so no move can come
between them.  A pouch that the register moves to another place after that place was counted is
looked for again (`to_count_again`), so that nothing can hide between two places:

* with no loss, no order of moves and marks gives a difference;
* what the register has in a place while that place is looked at, and is not there, is always found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

Pieces = Mapping[str, int]
"""How many pieces, by the code of a kind; a kind that is not named has none."""

MOST_PIECES = 99
"""Pieces of one kind in one pouch; more is a slip of the finger."""


class StocktakeState(Enum):
    """COUNTING until both counts are finished; then COMPARED until somebody answers for it."""

    COUNTING = "counting"
    COMPARED = "compared"
    APPROVED = "approved"
    GIVEN_UP = "given-up"

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self in (StocktakeState.COUNTING, StocktakeState.COMPARED)


class StopReason(Enum):
    """Why a count is thrown away or a stocktake ended without a result."""

    BY_MISTAKE = "by-mistake"
    CANNOT_GO_ON = "cannot-go-on"
    COUNT_AGAIN = "count-again"
    CABINET_CHANGED = "cabinet-changed"


class Found(Enum):
    """What lies in a place: nothing, a resident's things, or a pouch that nobody can name."""

    NOTHING = "nothing"
    POUCH = "pouch"
    UNKNOWN = "unknown"


class DifferenceKind(Enum):
    """MISSING: in the register, not there.  WRONG_PLACE: there, but it belongs elsewhere."""

    MISSING = "missing"
    WRONG_PLACE = "wrong-place"
    UNKNOWN_POUCH = "unknown-pouch"
    PIECES = "pieces"


@dataclass(frozen=True)
class Mark:
    """What one count found in one place, and what the register said at that log position.

    seq: the position; pouch: whose things (a resident's id) where `found` says so; home: the label
    of the place where that pouch belongs, empty for none; owner: whose pouch the register has here;
    `owner_pieces`, `pouch_pieces`: what of theirs was in the safe.
    """

    seq: int
    slot: str
    found: Found
    pouch: int | None = None
    counted: Pieces = field(default_factory=dict)
    home: str = ""
    pouch_pieces: Pieces = field(default_factory=dict)
    owner: int | None = None
    owner_pieces: Pieces = field(default_factory=dict)


@dataclass(frozen=True)
class Figures:
    """What one count says: `expected` by the register at that moment, `counted` by the person."""

    expected: int
    counted: int

    @property
    def deviation(self) -> int:
        """How many more were counted than expected."""
        return self.counted - self.expected


@dataclass(frozen=True)
class Difference:
    """One thing that does not fit.  `first`, `second` are None where that count cannot tell.

    slot: where it should be (MISSING, PIECES) or where it was found; home: where it belongs;
    kind_code: for PIECES.  Figures count pieces, otherwise pouches.
    """

    kind: DifferenceKind
    slot: str
    resident: int | None = None
    home: str = ""
    kind_code: str = ""
    first: Figures | None = None
    second: Figures | None = None

    @property
    def agreed(self) -> bool:
        """Whether both counts deviate alike; where not, one of the two people erred or something
        changed that nobody recorded."""
        if self.first is None or self.second is None:
            return False
        return self.first.deviation == self.second.deviation


@dataclass(frozen=True)
class _Key:
    kind: DifferenceKind
    resident: int | None
    slot: str = ""
    kind_code: str = ""


class _Count:
    """Everything that one count says, by what it is about."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self.marks = sorted(marks, key=lambda mark: mark.seq)
        self.seen = {mark.pouch for mark in self.marks if mark.found is Found.POUCH}
        self.figures: dict[_Key, Figures] = {}
        self.places: dict[_Key, tuple[str, str]] = {}
        for mark in self.marks:
            self._misplaced(mark)
            self._missing(mark)
        for resident in self.seen:
            self._pieces(resident)

    def _put(self, key: _Key, figures: Figures, slot: str, home: str) -> None:
        self.figures[key], self.places[key] = figures, (slot, home)

    def _misplaced(self, mark: Mark) -> None:
        if mark.found is Found.UNKNOWN:
            key = _Key(DifferenceKind.UNKNOWN_POUCH, None, mark.slot)
            self._put(key, Figures(0, 1), mark.slot, "")
        elif mark.found is Found.POUCH and mark.pouch != mark.owner:
            key = _Key(DifferenceKind.WRONG_PLACE, mark.pouch, mark.slot)
            self._put(key, Figures(0, 1), mark.slot, mark.home)

    def _missing(self, mark: Mark) -> None:
        if mark.owner is None or not any(mark.owner_pieces.values()):
            return
        key = _Key(DifferenceKind.MISSING, mark.owner)
        there = int(mark.owner in self.seen)
        self._put(key, Figures(1, there), mark.slot, mark.slot)

    def _pieces(self, resident: int | None) -> None:
        """One pouch's things may lie in two places; together they are what was counted."""
        marks = [m for m in self.marks if m.found is Found.POUCH and m.pouch == resident]
        expected, last = marks[-1].pouch_pieces, marks[-1]
        for code in {*expected, *(code for mark in marks for code in mark.counted)}:
            counted = sum(mark.counted.get(code, 0) for mark in marks)
            key = _Key(DifferenceKind.PIECES, resident, kind_code=code)
            figures = Figures(expected.get(code, 0), counted)
            self._put(key, figures, last.home or last.slot, last.home)

    def says(self, key: _Key) -> Figures | None:
        """Its figures; None where it cannot tell, since it did not see the pouch."""
        if key in self.figures:
            return self.figures[key]
        if key.kind in (DifferenceKind.WRONG_PLACE, DifferenceKind.UNKNOWN_POUCH):
            return Figures(0, 0)
        if key.kind is DifferenceKind.PIECES and key.resident in self.seen:
            return Figures(0, 0)
        return None


def compare(first: Iterable[Mark], second: Iterable[Mark]) -> list[Difference]:
    """What differs between the two counts and the register, gravest kind first, then by place."""
    one, two = _Count(first), _Count(second)
    differences = []
    for key in {**one.places, **two.places}:
        sides = one.says(key), two.says(key)
        if not any(side is not None and side.deviation for side in sides):
            continue
        slot, home = (one if key in one.places else two).places[key]
        differences.append(
            Difference(key.kind, slot, key.resident, home, key.kind_code, *sides),
        )
    order = list(DifferenceKind)
    return sorted(
        differences,
        key=lambda d: (order.index(d.kind), d.slot, d.resident or 0, d.kind_code),
    )


def to_count_again(marks: Sequence[Mark], owners: Mapping[str, int | None]) -> frozenset[str]:
    """Places that must be looked at once more before the count is finished.

    owners: whose pouch the register has in each place now.  A place is due again when another pouch
    belongs there since it was counted, or when one resident's things were found in two places and
    something of theirs was moved between the two marks.
    """
    again = {mark.slot for mark in marks if owners.get(mark.slot) != mark.owner}
    by_pouch: dict[int | None, list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: mark.seq):
        if mark.found is Found.POUCH:
            by_pouch.setdefault(mark.pouch, []).append(mark)
    for found in by_pouch.values():
        again |= {m.slot for m in found if _differ(m.pouch_pieces, found[-1].pouch_pieces)}
    return frozenset(again)


def _differ(one: Pieces, other: Pieces) -> bool:
    return any(one.get(code, 0) != other.get(code, 0) for code in {*one, *other})


def may_approve(person: int, counters: Iterable[int]) -> bool:
    """Whether `person` (a staff id) did not count themselves."""
    return person not in counters
