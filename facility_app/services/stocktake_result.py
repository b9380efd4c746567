"""The result of a stocktake: both counts held against the register, explained, and approved.

The second count that is finished compares (domain/stocktake.py).  Every difference is explained in
words; whoever approves did not count.  Each of it is an entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facility_app.audit import log
from facility_app.audit.entry import parse
from facility_app.audit.work import Tx
from facility_app.db.models import (
    PouchRow,
    SlotRow,
    StocktakeCountRow,
    StocktakeDifferenceRow,
    StocktakeMarkRow,
    StocktakeRow,
)
from facility_app.domain.access import Permission
from facility_app.domain.stocktake import (
    Difference,
    Mark,
    StocktakeState,
    compare,
    may_approve,
    to_count_again,
)
from facility_app.errors import IntegrityError, Refused
from facility_app.services.commitments import commitment, holds, new_salt
from facility_app.services.fields import Field, lines
from facility_app.services.stocktake import COUNTS, StocktakeClosed, counts_of, places_of
from facility_app.services.stocktake_count import CountFinished, NotYourCount, facts_of, marks_of


@dataclass(eq=False)
class PlacesLeft(Refused):
    """`count` places were not counted yet; the first of them is `place`."""

    key: ClassVar[str] = "stocktake.places_left"
    count: int
    place: str


@dataclass(eq=False)
class PlacesChanged(Refused):
    """The register moved a pouch after these places were counted: they are looked at once more."""

    key: ClassVar[str] = "stocktake.places_changed"
    places: tuple[str, ...]


@dataclass(eq=False)
class NotCompared(Refused):
    """Both counts are finished first."""

    key: ClassVar[str] = "stocktake.not_compared"


@dataclass(eq=False)
class OwnCount(Refused):
    """Who counted cannot approve."""

    key: ClassVar[str] = "stocktake.own_count"
    evidence: ClassVar[bool] = True


@dataclass(eq=False)
class Unexplained(Refused):
    """`count` differences have no explanation yet."""

    key: ClassVar[str] = "stocktake.unexplained"
    count: int


@dataclass(eq=False)
class CountTampered(IntegrityError):
    """A count is not what was recorded at the time: somebody changed it behind the program."""

    key: ClassVar[str] = "stocktake.count_tampered"
    place: str


@dataclass(frozen=True)
class Explain:
    """Why a difference is there and what was done about it."""

    difference_id: int
    text: str


def finish_count(tx: Tx, count_id: int) -> int:
    """End one's own count; the second one ends with the comparison.

    Gives the entry's number.  Raises NotYourCount, CountFinished, PlacesLeft, PlacesChanged.
    """
    tx.require(Permission.COUNT_STOCKTAKE)
    count = tx.session.get_one(StocktakeCountRow, count_id)
    if count.counter_id != tx.staff_id:
        raise NotYourCount
    if count.finished_at is not None or count.discarded_at is not None:
        raise CountFinished
    stocktake = tx.session.get_one(StocktakeRow, count.stocktake_id)
    places = places_of(tx.session, stocktake.cabinet)
    _refuse_unfinished(tx.session, places, marks_of(tx.session, count_id))
    count.finished_at = tx.now
    plain = {"cabinet": stocktake.cabinet, "count": count.number, "places": len(places)}
    seq = tx.record("stocktake.count_done", f"stocktake:{stocktake.id}", plain=plain)
    counts = counts_of(tx.session, stocktake.id)
    if len(counts) == len(COUNTS) and all(each.finished_at is not None for each in counts):
        seq = _compare(tx, stocktake, counts, len(places))
    return seq


def places_again(session: Session, rows: Sequence[StocktakeMarkRow]) -> frozenset[str]:
    """The places of a count that must be looked at once more, by label.  For this area."""
    labels = _labels(session, {row.slot_id for row in rows})
    owners: dict[str, int | None] = dict.fromkeys(labels.values())
    held = select(PouchRow.slot_id, PouchRow.resident_id).where(PouchRow.slot_id.in_(labels))
    for slot_id, resident in session.execute(held):
        if slot_id is not None:
            owners[labels[slot_id]] = resident
    return to_count_again([_mark(row, labels) for row in rows], owners)


def _refuse_unfinished(
    session: Session, places: Sequence[SlotRow], rows: Sequence[StocktakeMarkRow]
) -> None:
    marked = {row.slot_id for row in rows}
    left = [place.label for place in places if place.id not in marked]
    if left:
        raise PlacesLeft(len(left), left[0])
    again = places_again(session, rows)
    if again:
        raise PlacesChanged(tuple(sorted(again)))


def _labels(session: Session, slots: set[int]) -> dict[int, str]:
    query = select(SlotRow.id, SlotRow.label).where(SlotRow.id.in_(slots))
    return {id_: label for id_, label in session.execute(query)}


def _mark(row: StocktakeMarkRow, labels: dict[int, str]) -> Mark:
    return Mark(
        seq=row.seq,
        slot=labels[row.slot_id],
        found=row.found,
        pouch=row.pouch_of,
        counted=row.counted,
        home=row.home,
        pouch_pieces=row.pouch_pieces,
        owner=row.owner_id,
        owner_pieces=row.owner_pieces,
    )


def _compare(
    tx: Tx, stocktake: StocktakeRow, counts: Sequence[StocktakeCountRow], places: int
) -> int:
    """Write down what differs, one entry for each and one for the whole; gives the last number."""
    rows = [marks_of(tx.session, count.id) for count in counts]
    labels = _labels(tx.session, {row.slot_id for each in rows for row in each})
    first, second = ([_mark(row, labels) for row in each] for each in rows)
    differences = compare(first, second)
    for each in differences:
        row = _difference_row(stocktake.id, each)
        tx.session.add(row)
        tx.session.flush()
        _record_difference(tx, row, each)
    stocktake.state, stocktake.compared_at = StocktakeState.COMPARED, tx.now
    stocktake.places = places
    return tx.record(
        "stocktake.compared",
        f"stocktake:{stocktake.id}",
        plain={
            "cabinet": stocktake.cabinet,
            "month": stocktake.month.isoformat(),
            "places": places,
            "differences": len(differences),
        },
    )


def _difference_row(stocktake_id: int, found: Difference) -> StocktakeDifferenceRow:
    first, second = found.first, found.second
    return StocktakeDifferenceRow(
        stocktake_id=stocktake_id,
        kind=found.kind,
        slot=found.slot,
        home=found.home,
        resident_id=found.resident,
        kind_code=found.kind_code or None,
        expected_1=first.expected if first else None,
        counted_1=first.counted if first else None,
        expected_2=second.expected if second else None,
        counted_2=second.counted if second else None,
    )


def _record_difference(tx: Tx, row: StocktakeDifferenceRow, found: Difference) -> None:
    plain = {"difference": found.kind.value, "slot": found.slot, "agreed": found.agreed}
    sealed: dict[str, Any] = {}
    if found.resident is not None and found.kind_code:
        sealed["kind"] = found.kind_code
        for name, side in (("first_count", found.first), ("second_count", found.second)):
            if side is not None:
                sealed[name] = {"expected": side.expected, "counted": side.counted}
    tx.record(
        "stocktake.difference_found",
        f"difference:{row.id}",
        resident=found.resident,
        plain=plain,
        **sealed,
    )


def explain_difference(tx: Tx, cmd: Explain) -> int:
    """Say in words what a difference comes from; gives the entry's number.

    May be said again until the approval.  Raises StocktakeClosed, FieldMissing, TextTooLong.
    """
    tx.require(Permission.COUNT_STOCKTAKE)
    text = lines(Field.REASON, cmd.text, required=True)
    row = tx.session.get_one(StocktakeDifferenceRow, cmd.difference_id)
    stocktake = tx.session.get_one(StocktakeRow, row.stocktake_id)
    if stocktake.state is not StocktakeState.COMPARED:
        raise StocktakeClosed
    row.explanation, row.explained_by, row.explained_at = text, tx.staff_id, tx.now
    plain: dict[str, Any] = {"difference": row.kind.value, "slot": row.slot}
    if row.resident_id is None:  # nobody's key seals it, so the record only commits to the words
        row.salt = new_salt()
        plain["commitment"] = commitment(row.salt, {"explanation": text})
        sealed: dict[str, Any] = {}
    else:
        sealed = {"reason": text}
    return tx.record(
        "stocktake.explained",
        f"difference:{row.id}",
        resident=row.resident_id,
        plain=plain,
        **sealed,
    )


def approve_stocktake(tx: Tx, stocktake_id: int) -> int:
    """Answer for the result; gives the entry's number.

    Raises NotCompared, StocktakeClosed, OwnCount, Unexplained, and CountTampered where a count is
    not what its entries committed to.
    """
    tx.require(Permission.APPROVE_STOCKTAKE)
    stocktake = tx.session.get_one(StocktakeRow, stocktake_id)
    if not stocktake.state.open:
        raise StocktakeClosed
    if stocktake.state is not StocktakeState.COMPARED:
        raise NotCompared
    counts = counts_of(tx.session, stocktake_id)
    if not may_approve(tx.staff_id, [count.counter_id for count in counts]):
        raise OwnCount
    mine = StocktakeDifferenceRow.stocktake_id == stocktake_id
    open_ = select(func.count()).where(mine, StocktakeDifferenceRow.explanation == "")
    unexplained = tx.session.scalar(open_) or 0
    if unexplained:
        raise Unexplained(unexplained)
    _refuse_tampered(tx, counts)
    stocktake.state = StocktakeState.APPROVED
    stocktake.closed_at, stocktake.closed_by = tx.now, tx.staff_id
    return tx.record(
        "stocktake.approved",
        f"stocktake:{stocktake_id}",
        plain={
            "cabinet": stocktake.cabinet,
            "month": stocktake.month.isoformat(),
            "differences": tx.session.scalar(select(func.count()).where(mine)) or 0,
            "counters": [count.counter_id for count in counts],
        },
    )


def _refuse_tampered(tx: Tx, counts: Sequence[StocktakeCountRow]) -> None:
    connection = tx.connection
    for count in counts:
        for row in marks_of(tx.session, count.id):
            text = log.canonical_text(connection, row.seq)
            recorded = parse(text).plain.get("commitment") if text is not None else None
            if not holds(recorded, row.salt, facts_of(row)):
                raise CountTampered(_labels(tx.session, {row.slot_id}).get(row.slot_id, ""))
