"""A stocktake freezes nothing: moves recorded meanwhile are no difference, a loss always is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.stocktake import (
    Difference,
    DifferenceKind,
    Figures,
    Found,
    Mark,
    compare,
    may_approve,
    to_count_again,
)

SLOTS = ("A-01", "A-02", "A-03", "A-04")
PEOPLE = (1, 2, 3)
KINDS = ("card", "book")
HAS = 2
"""Pieces of each kind that everybody has in custody."""


@dataclass
class World:
    """The register and the cabinet beside it; they agree as long as nobody loses anything."""

    home: dict[int, str | None] = field(
        default_factory=lambda: dict(zip(PEOPLE, SLOTS, strict=False))
    )
    lies: dict[int, str | None] = field(
        default_factory=lambda: dict(zip(PEOPLE, SLOTS, strict=False))
    )
    safe: dict[int, dict[str, int]] = field(
        default_factory=lambda: {p: dict.fromkeys(KINDS, HAS) for p in PEOPLE}
    )
    lost: dict[int, dict[str, int]] = field(default_factory=lambda: {p: {} for p in PEOPLE})
    gone: set[int] = field(default_factory=set)
    seq: int = 0
    marks: tuple[dict[str, list[Mark]], ...] = field(default_factory=lambda: ({}, {}))

    def move(self, what: str, person: int, kind: str, slot: str) -> None:
        """One act at the desk, recorded as it is done."""
        self.seq += 1
        if what == "out" and self.safe[person][kind]:
            self.safe[person][kind] -= 1
        elif what == "in" and self.safe[person][kind] < HAS:
            self.safe[person][kind] += 1
        elif what == "place" and slot not in self.home.values():
            self.home[person] = slot
            if person not in self.gone:
                self.lies[person] = slot

    def count(self, number: int, slot: str) -> None:
        """Somebody looks into a place and says what is there."""
        self.seq += 1
        owner = next((p for p, place in self.home.items() if place == slot), None)
        seen = [p for p in PEOPLE if self.lies[p] == slot and p not in self.gone]
        base = Mark(self.seq, slot, Found.NOTHING, owner=owner)
        if owner is not None:
            base = replace(base, owner_pieces=dict(self.safe[owner]))
        marks = [
            replace(
                base,
                found=Found.POUCH,
                pouch=p,
                home=self.home[p] or "",
                pouch_pieces=dict(self.safe[p]),
                counted={k: n - self.lost[p].get(k, 0) for k, n in self.safe[p].items()},
            )
            for p in seen
            if any(self.safe[p].values())
        ]
        self.marks[number][slot] = marks or [base]

    def finish(self, number: int) -> list[Mark]:
        """Count what is left, and again what was moved, until nothing is due."""
        for slot in SLOTS:
            if slot not in self.marks[number]:
                self.count(number, slot)
        owners = {
            slot: next((p for p, at in self.home.items() if at == slot), None) for slot in SLOTS
        }
        while again := to_count_again(self.all_of(number), owners):
            for slot in again:
                self.count(number, slot)
        return self.all_of(number)

    def all_of(self, number: int) -> list[Mark]:
        return [mark for marks in self.marks[number].values() for mark in marks]


MOVES = st.tuples(
    st.sampled_from(("out", "in", "place")),
    st.sampled_from(PEOPLE),
    st.sampled_from(KINDS),
    st.sampled_from(SLOTS),
)
LOOKS = st.tuples(st.just("count"), st.sampled_from((0, 1)), st.just(""), st.sampled_from(SLOTS))
STEPS = st.lists(st.one_of(MOVES, LOOKS), max_size=60)


def play(world: World, steps: list[tuple[str, int, str, str]]) -> None:
    for what, who, kind, slot in steps:
        if what == "count":
            world.count(who, slot)
        else:
            world.move(what, who, kind, slot)


@given(STEPS)
def test_no_order_of_moves_and_looks_makes_a_difference(steps):
    world = World()
    play(world, steps)
    assert compare(world.finish(0), world.finish(1)) == []


@given(STEPS, STEPS, STEPS, st.sampled_from(PEOPLE))
def test_a_missing_pouch_is_always_found(before, between, after, person):
    """Gone before either count looks; moves of the register go on as if it were there."""
    world = World()
    play(world, [step for step in before if step[0] != "count"])
    world.gone.add(person)
    play(world, between)
    world.move("in", person, "card", "")  # at the end it is in the safe, says the register
    first = world.finish(0)
    play(world, [s for s in after if s[0] == "count" or s[1] != person])
    second = world.finish(1)
    if not any(m.owner == person and any(m.owner_pieces.values()) for m in (*first, *second)):
        return  # everything was out at each look: "out" is not missing
    found = [d for d in compare(first, second) if d.resident == person]
    assert [d.kind for d in found] == [DifferenceKind.MISSING]


@given(STEPS, STEPS, st.sampled_from(PEOPLE), st.sampled_from(KINDS))
def test_a_missing_piece_is_found_by_every_count_that_looks_at_its_pouch(
    before, after, person, kind
):
    world = World()
    play(world, [step for step in before if step[0] != "count"])
    if not world.safe[person][kind]:
        world.move("in", person, kind, "")
    world.lost[person] = {kind: 1}
    play(world, [s for s in after if s[0] in ("count", "place")])
    (found,) = compare(world.finish(0), world.finish(1))
    assert (found.kind, found.resident, found.kind_code) == (DifferenceKind.PIECES, person, kind)
    assert found.agreed
    assert found.first is not None
    assert found.first.deviation == -1


@given(STEPS, st.sampled_from(PEOPLE), st.sampled_from(SLOTS))
def test_a_pouch_in_another_place_is_found_there_and_not_missing(steps, person, slot):
    world = World()
    play(world, [step for step in steps if step[0] == "out"])
    if not any(world.safe[person].values()) or world.home[person] == slot:
        return
    world.lies[person] = slot
    (found,) = compare(world.finish(0), world.finish(1))
    assert (found.kind, found.resident) == (DifferenceKind.WRONG_PLACE, person)
    assert (found.slot, found.home) == (slot, world.home[person])
    assert found.agreed


PLACE = Mark(1, "A-01", Found.NOTHING, owner=7, owner_pieces={"card": 1})
POUCH = replace(PLACE, found=Found.POUCH, pouch=7, home="A-01", pouch_pieces={"card": 1})


def test_what_one_counter_saw_and_the_other_did_not_is_a_difference_that_is_not_agreed():
    right = replace(POUCH, counted={"card": 1})
    (found,) = compare([PLACE], [right])
    assert found == Difference(
        DifferenceKind.MISSING, "A-01", 7, "A-01", first=Figures(1, 0), second=Figures(1, 1)
    )
    assert not found.agreed
    (more,) = compare([right], [replace(POUCH, counted={"card": 2})])
    assert (more.kind, more.agreed) == (DifferenceKind.PIECES, False)
    assert (more.first, more.second) == (Figures(1, 1), Figures(1, 2))


def test_counts_agree_by_what_deviates_since_something_may_have_gone_out_between_them():
    two = replace(POUCH, pouch_pieces={"card": 2}, counted={"card": 1})
    one = replace(POUCH, pouch_pieces={"card": 1}, counted={})
    (found,) = compare([two], [one])
    assert found.agreed
    (found,) = compare([two], [replace(one, counted={"card": 1})])
    assert not found.agreed


def test_a_piece_that_nobody_registered_and_a_pouch_without_a_name_are_differences():
    stranger = replace(POUCH, counted={"card": 1, "book": 1})
    (found,) = compare([stranger], [stranger])
    assert (found.kind_code, found.first, found.agreed) == ("book", Figures(0, 1), True)
    unknown = Mark(2, "A-02", Found.UNKNOWN)
    (found,) = compare([unknown], [replace(unknown, found=Found.NOTHING)])
    assert (found.kind, found.first, found.second) == (
        DifferenceKind.UNKNOWN_POUCH,
        Figures(0, 1),
        Figures(0, 0),
    )


def test_an_empty_pouch_of_which_everything_is_out_is_no_difference_wherever_it_is():
    out = replace(PLACE, owner_pieces={"card": 0})
    there = replace(POUCH, owner_pieces={}, pouch_pieces={"card": 0}, counted={})
    assert compare([out], [there]) == []


def test_the_things_of_one_pouch_in_two_places_are_counted_together():
    at_home = replace(POUCH, pouch_pieces={"card": 1, "book": 1}, counted={"book": 1})
    astray = replace(at_home, seq=2, slot="A-09", owner=None, owner_pieces={}, counted={"card": 1})
    (found,) = compare([at_home, astray], [at_home, astray])
    assert (found.kind, found.slot) == (DifferenceKind.WRONG_PLACE, "A-09")


def test_a_place_is_due_again_when_another_pouch_belongs_there_now():
    assert to_count_again([PLACE], {"A-01": 7}) == frozenset()
    assert to_count_again([PLACE], {"A-01": None}) == {"A-01"}
    assert to_count_again([replace(PLACE, owner=None)], {"A-01": 7}) == {"A-01"}


def test_a_place_is_due_again_when_things_moved_between_two_looks_at_one_pouch():
    astray = replace(POUCH, seq=2, slot="A-09", owner=None, pouch_pieces={"card": 0})
    owners = {"A-01": 7, "A-09": None}
    assert to_count_again([POUCH, astray], owners) == {"A-01"}
    same = replace(astray, pouch_pieces={"card": 1, "book": 0})
    assert to_count_again([POUCH, same], owners) == frozenset()


def test_who_counted_does_not_approve():
    assert may_approve(3, (1, 2))
    assert not may_approve(2, (1, 2))
