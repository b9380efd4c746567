"""What is lost is frozen: LOST from now on, its line closed, its loan where nothing else is out.

PINs of a lost card are let out no more as long as its state says so (services/pin_approval); there
is nothing to thaw when it is back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from facility_app.audit.work import Tx
from facility_app.db.models import (
    ItemRow,
    LoanLineRow,
    LoanRow,
    LostCaseRow,
    LostItemRow,
    ResidentRow,
    VaultEntryRow,
)
from facility_app.domain.incidents import LostOutcome
from facility_app.domain.items import TRANSITIONS, Move
from facility_app.domain.pins import EntryState
from facility_app.errors import Refused
from facility_app.rules.keeper import LostBook
from facility_app.services.fields import Field, line

LOSABLE = tuple(state for state, move in TRANSITIONS if move is Move.REPORT_LOST)


@dataclass(eq=False)
class NotLosable(Refused):
    """`count` of the things cannot be lost: out of custody, reported already, or unknown."""

    key: ClassVar[str] = "lost.not_losable"
    evidence: ClassVar[bool] = True
    count: int


@dataclass(eq=False)
class ThingUnknown(Refused):
    """The rule data have no such thing, or it is one that is reported from the register."""

    key: ClassVar[str] = "lost.thing_unknown"
    thing: str


@dataclass(frozen=True)
class LostThing:
    """One lost thing: something in custody (`item_id`), or a `thing` of the rule data in words.

    resident_id: whose, for copies of papers; label: which key, which drive, which file.
    """

    item_id: int | None = None
    thing: str = ""
    label: str = ""
    resident_id: int | None = None


def lost_rows(session: Session, book: LostBook, things: Sequence[LostThing]) -> list[LostItemRow]:
    """The things as rows without a case.  Raises NotLosable, ThingUnknown."""
    ids = [thing.item_id for thing in things if thing.item_id is not None]
    query = select(ItemRow).where(ItemRow.id.in_(ids), ItemRow.state.in_(LOSABLE))
    items = {row.id: row for row in session.scalars(query)}
    if len(items) != len(ids):
        raise NotLosable(len(ids) - len(items))
    found = []
    for thing in things:
        item = items.get(thing.item_id or 0)
        label = line(Field.LABEL, thing.label)
        if item is not None:
            code = book.lost.thing_of(item.kind_code).code
            row = LostItemRow(thing=code, item_id=item.id, resident_id=item.resident_id)
        else:
            row = _other(session, book, thing)
        row.label, row.outcome = label, LostOutcome.MISSING
        found.append(row)
    return found


def _other(session: Session, book: LostBook, thing: LostThing) -> LostItemRow:
    rule = book.lost.things.get(thing.thing)
    if rule is None or rule.registered:
        raise ThingUnknown(thing.thing)
    if thing.resident_id is not None:
        session.get_one(ResidentRow, thing.resident_id)
    return LostItemRow(thing=rule.code, resident_id=thing.resident_id)


def freeze(tx: Tx, case: LostCaseRow, rows: list[LostItemRow]) -> list[LostItemRow]:
    """Put the things into the case: LOST, their lines closed, their loans where nothing is left."""
    items = [row.item_id for row in rows if row.item_id is not None]
    for state in LOSABLE:
        tx.session.execute(
            update(ItemRow)
            .where(ItemRow.id.in_(items), ItemRow.state == state)
            .values(state=TRANSITIONS[state, Move.REPORT_LOST], version=ItemRow.version + 1)
        )
    query = select(LoanLineRow).where(
        LoanLineRow.item_id.in_(items), LoanLineRow.returned_at.is_(None)
    )
    out = {out_line.item_id: out_line for out_line in tx.session.scalars(query)}
    for row in rows:
        row.case_id = case.id
        out_line = out.get(row.item_id or 0)
        if out_line is not None:
            row.loan_line_id, out_line.returned_at = out_line.id, tx.now
    tx.session.add_all(rows)
    tx.session.flush()
    _close_loans(tx, {out_line.loan_id for out_line in out.values()})
    return rows


def _close_loans(tx: Tx, loans: set[int]) -> None:
    """Close the loans that have nothing out any more."""
    still = select(LoanLineRow.loan_id).where(LoanLineRow.returned_at.is_(None))
    tx.session.execute(
        update(LoanRow)
        .where(LoanRow.id.in_(loans), LoanRow.closed_at.is_(None), LoanRow.id.not_in(still))
        .values(closed_at=tx.now)
    )


def frozen_pins(session: Session, items: Sequence[int]) -> int:
    """How many PINs are let out no more because their card is lost."""
    query = select(func.count(VaultEntryRow.id)).where(
        VaultEntryRow.item_id.in_(items), VaultEntryRow.state == EntryState.HELD
    )
    return session.scalar(query) or 0
