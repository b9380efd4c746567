"""One count of a stocktake: what lies in each place, on disk at once, unseen by anybody else.

A mark's entry says only that the place was counted; what was found stands in the row, and the entry
commits to it (services/commitments.py).  What the register expects is read in the same transaction
(domain/stocktake.py) and shown to nobody before both counts are finished.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from facility_app.audit.work import Tx
from facility_app.db.models import (
    AuditEntryRow,
    ItemKindRow,
    ItemRow,
    LoanLineRow,
    PouchRow,
    SlotRow,
    StocktakeCountRow,
    StocktakeMarkRow,
    StocktakeRow,
)
from facility_app.domain.access import Permission
from facility_app.domain.items import ItemState
from facility_app.domain.stocktake import MOST_PIECES, Found, Pieces
from facility_app.errors import Refused
from facility_app.services.commitments import commitment, new_salt
from facility_app.services.fields import Field, within
from facility_app.services.stocktake import places_of

COUNTED = "stocktake.counted"
_MOVES = ("item.", "emergency.released", "pouch.")
"""Acts that change what lies in a place."""


@dataclass(eq=False)
class NotYourCount(Refused):
    """Somebody else makes this count."""

    key: ClassVar[str] = "stocktake.not_your_count"
    evidence: ClassVar[bool] = True


@dataclass(eq=False)
class CountFinished(Refused):
    """The count was finished or thrown away; nothing is added to it."""

    key: ClassVar[str] = "stocktake.count_finished"


@dataclass(eq=False)
class PlaceElsewhere(Refused):
    """The place belongs to another cabinet."""

    key: ClassVar[str] = "stocktake.place_elsewhere"
    place: str


@dataclass(eq=False)
class MovedMeanwhile(Refused):
    """Something of what lies here was taken out or brought back while it was being counted."""

    key: ClassVar[str] = "stocktake.moved_meanwhile"
    place: str


@dataclass(eq=False)
class CountedElsewhere(Refused):
    """This count has the same pouch in another place already; a second time is confirmed first."""

    key: ClassVar[str] = "stocktake.counted_elsewhere"
    place: str


@dataclass(frozen=True)
class PlaceCounted:
    """What a place holds: nothing, a resident's things (pieces by kind), or a pouch without a name.

    opened: the record's size when the counter began to look; beside: it lies there besides what was
    marked before, otherwise the place is counted anew; twice: the person knows that the pouch was
    counted in another place.
    """

    count_id: int
    slot_id: int
    found: Found
    opened: int
    resident_id: int | None = None
    pieces: tuple[tuple[str, int], ...] = ()
    beside: bool = False
    twice: bool = False


def count_place(tx: Tx, cmd: PlaceCounted) -> int:
    """Keep what was found in one place; gives the entry's number, which is the log position.

    Raises NotYourCount, CountFinished, PlaceElsewhere, MovedMeanwhile, CountedElsewhere,
    NumberOutOfRange.
    """
    tx.require(Permission.COUNT_STOCKTAKE)
    count, slot = _own_count(tx, cmd.count_id), tx.session.get_one(SlotRow, cmd.slot_id)
    if slot.cabinet != tx.session.get_one(StocktakeRow, count.stocktake_id).cabinet:
        raise PlaceElsewhere(slot.label)
    for _kind, pieces in cmd.pieces:
        within(Field.PIECES, pieces, 0, MOST_PIECES)
    owner = tx.session.scalar(select(PouchRow.resident_id).where(PouchRow.slot_id == slot.id))
    people = {person for person in (owner, cmd.resident_id) if person is not None}
    if _moved(tx.session, people, cmd.opened):
        raise MovedMeanwhile(slot.label)
    if cmd.found is Found.POUCH and not cmd.twice:
        _refuse_twice(tx.session, cmd)
    _replace(tx.session, cmd)
    return _mark(tx, count, slot, cmd, owner)


def rest_empty(tx: Tx, count_id: int, opened: int) -> int:
    """Mark every place that is not counted yet as empty; gives how many.

    Raises NotYourCount, CountFinished, MovedMeanwhile; then none is marked.
    """
    tx.require(Permission.COUNT_STOCKTAKE)
    count = _own_count(tx, count_id)
    cabinet = tx.session.get_one(StocktakeRow, count.stocktake_id).cabinet
    counted = {row.slot_id for row in marks_of(tx.session, count_id)}
    left = [slot for slot in places_of(tx.session, cabinet) if slot.id not in counted]
    for slot in left:
        count_place(tx, PlaceCounted(count_id, slot.id, Found.NOTHING, opened))
        opened = tx.head.size
    return len(left)


def _own_count(tx: Tx, count_id: int) -> StocktakeCountRow:
    count = tx.session.get_one(StocktakeCountRow, count_id)
    if count.counter_id != tx.staff_id:
        raise NotYourCount
    if count.finished_at is not None or count.discarded_at is not None:
        raise CountFinished
    return count


def _moved(session: Session, people: Iterable[int], opened: int) -> bool:
    """Whether things of these people were moved after entry `opened`.

    Reads the few entries since then, by number: nothing that grows with the log.
    """
    wanted = set(people)
    query = select(AuditEntryRow.resident, AuditEntryRow.action).where(AuditEntryRow.seq > opened)
    return any(
        resident in wanted and action.startswith(_MOVES)
        for resident, action in session.execute(query)
    )


def _refuse_twice(session: Session, cmd: PlaceCounted) -> None:
    """Ask first, unless the register moved the pouch here since: then that place is due again."""
    elsewhere = session.scalar(
        select(SlotRow.label)
        .join(StocktakeMarkRow, StocktakeMarkRow.slot_id == SlotRow.id)
        .where(
            StocktakeMarkRow.count_id == cmd.count_id,
            StocktakeMarkRow.replaced.is_(False),
            StocktakeMarkRow.pouch_of == cmd.resident_id,
            StocktakeMarkRow.slot_id != cmd.slot_id,
            StocktakeMarkRow.home == _home(session, cmd.resident_id),
        )
        .limit(1)
    )
    if elsewhere is not None:
        raise CountedElsewhere(elsewhere)


def _replace(session: Session, cmd: PlaceCounted) -> None:
    """Take back what this count had here: all of it, or with `beside` what it contradicts."""
    old = [StocktakeMarkRow.count_id == cmd.count_id, StocktakeMarkRow.slot_id == cmd.slot_id]
    if cmd.beside:
        same = StocktakeMarkRow.found == Found.NOTHING
        if cmd.found is Found.POUCH:
            same |= StocktakeMarkRow.pouch_of == cmd.resident_id
        old.append(same)
    session.execute(update(StocktakeMarkRow).where(*old).values(replaced=True))


def _mark(
    tx: Tx, count: StocktakeCountRow, slot: SlotRow, cmd: PlaceCounted, owner: int | None
) -> int:
    pouch = cmd.resident_id if cmd.found is Found.POUCH else None
    safe = pieces_in_safe(tx.session, [each for each in (owner, pouch) if each is not None])
    row = StocktakeMarkRow(
        count_id=count.id,
        slot_id=slot.id,
        found=cmd.found,
        pouch_of=pouch,
        counted={kind: pieces for kind, pieces in cmd.pieces if pieces},
        home=_home(tx.session, pouch),
        pouch_pieces=dict(safe.get(pouch, {})) if pouch is not None else {},
        owner_id=owner,
        owner_pieces=dict(safe.get(owner, {})) if owner is not None else {},
        salt=new_salt(),
        seq=tx.head.size + 1,
        at=tx.now,
        replaced=False,
    )
    plain = {
        "cabinet": slot.cabinet,
        "count": count.number,
        "slot": slot.label,
        "commitment": commitment(row.salt, facts_of(row)),
    }
    tx.session.add(row)
    row.seq = tx.record(COUNTED, f"stocktake:{count.stocktake_id}", plain=plain)
    return row.seq


def facts_of(row: StocktakeMarkRow) -> dict[str, Any]:
    """What the entry of a mark commits to.  For use cases of this area."""
    return {
        "count": row.count_id,
        "place": row.slot_id,
        "found": row.found.value,
        "pouch": row.pouch_of,
        "counted": row.counted,
        "home": row.home,
        "pouch_pieces": row.pouch_pieces,
        "owner": row.owner_id,
        "owner_pieces": row.owner_pieces,
    }


def _home(session: Session, resident_id: int | None) -> str:
    label = session.scalar(
        select(SlotRow.label)
        .join(PouchRow, PouchRow.slot_id == SlotRow.id)
        .where(PouchRow.resident_id == resident_id)
    )
    return label or ""


def marks_of(session: Session, count_id: int) -> list[StocktakeMarkRow]:
    """The marks of a count that hold, in their order.  For use cases of this area."""
    query = select(StocktakeMarkRow).where(
        StocktakeMarkRow.count_id == count_id, StocktakeMarkRow.replaced.is_(False)
    )
    return list(session.scalars(query.order_by(StocktakeMarkRow.seq, StocktakeMarkRow.id)))


def pieces_in_safe(session: Session, residents: Sequence[int]) -> dict[int, Pieces]:
    """How many pieces of each kind the register has in the safe now, by resident.

    Of a thing that is out, those pieces that came back already.  For use cases of this area.
    """
    back = func.coalesce(LoanLineRow.pieces_in, 0)
    query = (
        select(ItemRow.resident_id, ItemRow.kind_code, ItemRow.state, ItemRow.pieces, back)
        .outerjoin(
            LoanLineRow,
            (LoanLineRow.item_id == ItemRow.id) & LoanLineRow.returned_at.is_(None),
        )
        .where(
            ItemRow.resident_id.in_(residents),
            ItemRow.state.in_((ItemState.IN_SAFE, ItemState.OUT)),
        )
    )
    found: dict[int, dict[str, int]] = {}
    for resident, kind, state, pieces, came_back in session.execute(query):
        there = pieces if state is ItemState.IN_SAFE else came_back
        kinds = found.setdefault(resident, {})
        kinds[kind] = kinds.get(kind, 0) + there
    return {resident: kinds for resident, kinds in found.items()}


def counted_kinds(session: Session) -> list[tuple[str, str, str]]:
    """(code, name, English name) of the kinds that are counted: all on offer, and any other of
    which something is in custody somewhere.  The same for every pouch, so it tells nothing.
    """
    held = select(ItemRow.kind_code).where(ItemRow.state.in_((ItemState.IN_SAFE, ItemState.OUT)))
    query = (
        select(ItemKindRow.code, ItemKindRow.name, ItemKindRow.name_en)
        .where(ItemKindRow.active | ItemKindRow.code.in_(held.distinct()))
        .order_by(ItemKindRow.sort, ItemKindRow.code)
    )
    return [(code, name, english) for code, name, english in session.execute(query)]
