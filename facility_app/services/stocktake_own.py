"""One's own count, as the counter sees it: places, what one found there, and a pouch in the hand.

Nothing here tells what the register expects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit import log
from facility_app.audit.work import Reading
from facility_app.db.models import (
    ResidentRow,
    SlotRow,
    StocktakeCountRow,
    StocktakeMarkRow,
    StocktakeRow,
)
from facility_app.domain.access import Permission
from facility_app.domain.stocktake import Found
from facility_app.services.search import resident_of_tag
from facility_app.services.stocktake import CountId, StocktakeId, places_of
from facility_app.services.stocktake_count import NotYourCount, counted_kinds, marks_of
from facility_app.services.stocktake_result import places_again


@dataclass(frozen=True)
class OwnMark:
    """What one found in a place: whose things, how many pieces in all; nothing that is expected."""

    found: Found
    resident_id: int | None
    name: str
    pieces: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """All pieces."""
        return sum(count for _kind, count in self.pieces)


@dataclass(frozen=True)
class PlaceLine:
    """A place of the cabinet, and what one marked there.  `again`: it must be looked at once more,
    because the register moved a pouch since."""

    slot_id: int
    label: str
    marks: tuple[OwnMark, ...] = ()
    again: bool = False

    @property
    def done(self) -> bool:
        """Whether nothing is to be done here any more."""
        return bool(self.marks) and not self.again


@dataclass(frozen=True)
class CountView:
    """One's own count.

    kinds: (code, name, English name) of what is counted, the same for every pouch; position: the
    record's size now, from which on a move makes a place be looked at once more.
    """

    id: CountId
    stocktake_id: StocktakeId
    cabinet: str
    number: int
    places: tuple[PlaceLine, ...]
    kinds: tuple[tuple[str, str, str], ...]
    position: int


def count_view(reading: Reading, count_id: int) -> CountView:
    """One's own count as it stands.  Needs COUNT_STOCKTAKE; raises NotYourCount."""
    reading.require(Permission.COUNT_STOCKTAKE)
    session = reading.session
    count = session.get_one(StocktakeCountRow, count_id)
    if count.counter_id != reading.staff_id:
        raise NotYourCount
    cabinet = session.get_one(StocktakeRow, count.stocktake_id).cabinet
    rows = marks_of(session, count_id)
    again = places_again(session, rows)
    return CountView(
        id=CountId(count.id),
        stocktake_id=StocktakeId(count.stocktake_id),
        cabinet=cabinet,
        number=count.number,
        places=_place_lines(session, places_of(session, cabinet), rows, again),
        kinds=tuple(counted_kinds(session)),
        position=log.stored_size(reading.connection),
    )


def _place_lines(
    session: Session,
    places: Sequence[SlotRow],
    rows: Sequence[StocktakeMarkRow],
    again: frozenset[str],
) -> tuple[PlaceLine, ...]:
    people = {row.pouch_of for row in rows} - {None}
    named = select(ResidentRow.id, ResidentRow.name).where(ResidentRow.id.in_(people))
    names = {id_: name for id_, name in session.execute(named)}
    marks: dict[int, list[OwnMark]] = {}
    for row in rows:
        name = names.get(row.pouch_of, "") if row.pouch_of is not None else ""
        mark = OwnMark(row.found, row.pouch_of, name, tuple(row.counted.items()))
        marks.setdefault(row.slot_id, []).append(mark)
    return tuple(
        PlaceLine(place.id, place.label, tuple(marks.get(place.id, ())), place.label in again)
        for place in places
    )


@dataclass(frozen=True)
class OpenedPouch:
    """A pouch in the counter's hand: whose it is, and the record's size when it was taken up.

    Neither its place nor its pieces: the counter tells them.
    """

    resident_id: int
    name: str
    kana: str
    room: str
    position: int


def opened_pouch(reading: Reading, resident_id: int) -> OpenedPouch:
    """Take up a resident's pouch.  Needs COUNT_STOCKTAKE."""
    reading.require(Permission.COUNT_STOCKTAKE)
    row = reading.session.get_one(ResidentRow, resident_id)
    position = log.stored_size(reading.connection)
    return OpenedPouch(row.id, row.name, row.kana, row.room, position)


def pouch_of_tag(reading: Reading, code: str) -> OpenedPouch | None:
    """The pouch with this tag; None where the register has no such tag.

    Needs COUNT_STOCKTAKE; raises TagVoided.
    """
    reading.require(Permission.COUNT_STOCKTAKE)
    resident_id = resident_of_tag(reading.session, code)
    return None if resident_id is None else opened_pouch(reading, resident_id)
