"""A report of a loss: what is ticked, and what the log saw last.  Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from facility_app.domain.items import ItemState
from facility_app.i18n import Words
from facility_app.services.lost_cases import LostThing
from facility_app.services.lost_read import LosableThing


@dataclass(frozen=True)
class ThingRow:
    """One thing that can be ticked: `note` says where the log saw it last."""

    item_id: int
    title: str
    note: str


def thing_row(words: Words, thing: LosableThing, *, named: bool) -> ThingRow:
    """`named`: with whose it is, where several people's things are listed."""
    what = f"{thing.kind} {thing.label}".strip()
    return ThingRow(
        item_id=thing.item_id,
        title=words("loss-of", name=thing.resident.name, item=what) if named else what,
        note=f"{words.term(thing.state)} {seen_text(words, thing)}".strip(),
    )


def preset(
    things: Iterable[LosableThing], missing: Iterable[tuple[int, str]], *, out: bool
) -> set[int]:
    """Ids to tick at first: what a stocktake missed (an empty kind is all), or all that is out."""
    wanted = set(missing)
    return {
        each.item_id
        for each in things
        if (each.resident.id, each.kind) in wanted
        or (each.resident.id, "") in wanted
        or (out and each.state is ItemState.OUT)
    }


def seen_text(words: Words, thing: LosableThing) -> str:
    """The newest act in the log about it."""
    seen = thing.last_seen
    if seen is None:
        return words("loss-never-seen")
    act = words(f"action-{seen.action.replace('.', '-').replace('_', '-')}")
    return words("loss-seen", at=words.moment(seen.at), act=act, name=seen.actor)


def last_seen_text(words: Words, things: Iterable[LosableThing], ticked: Sequence[int]) -> str:
    """Where the log saw what is ticked, each sentence once; the person may add to it."""
    said = dict.fromkeys(seen_text(words, each) for each in things if each.item_id in ticked)
    return "\n".join(said)


def lost_things(
    ticked: Iterable[int], others: Iterable[str], label: str, resident_id: int | None
) -> tuple[LostThing, ...]:
    """What the use case is given; `label` belongs to things that are not in the register."""
    items = [LostThing(item_id=each) for each in ticked]
    rest = [
        LostThing(thing=each, label=label, resident_id=resident_id if each == COPIES else None)
        for each in others
    ]
    return (*items, *rest)


COPIES = "copies"
"""The thing that belongs to a resident though it is not in the register."""
