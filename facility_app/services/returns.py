"""返却 and 引継ぎ: taking back what was signed out, and passing it on while it is out (issue #2).

Nothing is lost from sight: a piece that did not come back keeps its line open and its item OUT.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Tx
from facility_app.db.models import HandoverRow, ItemRow, LoanLineRow, LoanRow, PouchRow, SlotRow
from facility_app.domain.access import Permission, StaffId
from facility_app.domain.items import Condition, ItemState
from facility_app.errors import Refused
from facility_app.services.access import SamePerson, Witness
from facility_app.services.custody import (
    LoanId,
    NothingChosen,
    refuse_absent,
    refuse_without_second,
)


@dataclass(eq=False)
class WrongSlot(Refused):
    """The pouch belongs elsewhere; `expected` is the right slot.  Nothing was signed in."""

    key: ClassVar[str] = "custody.wrong_slot"
    evidence: ClassVar[bool] = True
    expected: str
    given: str


@dataclass(eq=False)
class PiecesMissing(Refused):
    """Fewer pieces came back than went out, and nobody confirmed that.  Nothing was signed in."""

    key: ClassVar[str] = "custody.pieces_missing"
    count: int


@dataclass(eq=False)
class LoanClosed(Refused):
    """Everything of this loan is back already."""

    key: ClassVar[str] = "custody.loan_closed"


@dataclass(frozen=True)
class Returned:
    """What came back of one item: number of pieces and condition."""

    item_id: int
    pieces: int
    condition: Condition


@dataclass(frozen=True)
class SignIn:
    """返却.

    `slot` is the label the pouch was put to; `accept_missing` after the person confirmed it.
    """

    loan_id: LoanId
    returned: tuple[Returned, ...]
    slot: str
    accept_missing: bool = False
    witness: Witness | None = None


@dataclass(frozen=True)
class SignedIn:
    """What a return led to: entry number, pieces still out, and whether the loan is closed."""

    seq: int
    missing: int
    closed: bool


def open_lines(session: Session, loan_id: LoanId) -> list[LoanLineRow]:
    """The lines of a loan that are still out."""
    query = select(LoanLineRow).where(
        LoanLineRow.loan_id == loan_id, LoanLineRow.returned_at.is_(None)
    )
    return list(session.scalars(query.order_by(LoanLineRow.id)))


def sign_in(tx: Tx, cmd: SignIn) -> SignedIn:
    """Take back what came, into the right slot; what is missing stays out and in sight.

    Raises LoanClosed, WrongSlot, PiecesMissing (until confirmed), SecondPersonNeeded.
    """
    tx.require(Permission.SIGN_IN)
    refuse_without_second(tx, "sign-in", cmd.witness)
    loan = tx.session.get_one(LoanRow, cmd.loan_id)
    lines = open_lines(tx.session, cmd.loan_id)
    if not lines:
        raise LoanClosed
    _refuse_wrong_slot(tx.session, loan.resident_id, cmd.slot)
    back = {r.item_id: r for r in cmd.returned if r.pieces > 0}
    missing = sum(_still_out(line, back) for line in lines)
    if missing and not cmd.accept_missing:
        raise PiecesMissing(missing)
    if not back:
        raise NothingChosen
    for line in lines:
        if line.item_id in back:
            _take_back(tx, line, back[line.item_id])
    closed = not missing
    if closed:
        loan.closed_at = tx.now
    seq = tx.record(
        "item.signed_in",
        f"loan:{cmd.loan_id}",
        resident=loan.resident_id,
        items=tuple(back),
        plain={"missing": missing, "witness": cmd.witness and cmd.witness.staff_id},
        slot=cmd.slot,
        conditions={str(r.item_id): [r.pieces, r.condition.value] for r in back.values()},
    )
    return SignedIn(seq, missing, closed)


def _still_out(line: LoanLineRow, back: dict[int, Returned]) -> int:
    """Pieces of a line that are out after this return; more than went out counts as all."""
    came = back[line.item_id].pieces if line.item_id in back else 0
    return max(0, line.pieces_out - (line.pieces_in or 0) - came)


def _take_back(tx: Tx, line: LoanLineRow, returned: Returned) -> None:
    item = tx.session.get_one(ItemRow, line.item_id)
    whole = _still_out(line, {line.item_id: returned}) == 0
    line.pieces_in = min(line.pieces_out, (line.pieces_in or 0) + returned.pieces)
    line.condition_in = item.condition = returned.condition
    if whole:
        line.returned_at, line.returned_by = tx.now, tx.staff_id
        item.state = ItemState.IN_SAFE


def _refuse_wrong_slot(session: Session, resident_id: int, given: str) -> None:
    expected = session.scalar(
        select(SlotRow.label)
        .join(PouchRow, PouchRow.slot_id == SlotRow.id)
        .where(PouchRow.resident_id == resident_id)
    )
    if expected is not None and given.strip().upper() != expected.upper():
        raise WrongSlot(expected, given.strip())


@dataclass(frozen=True)
class HandOver:
    """引継ぎ of everything that is still out of a loan to another member of staff."""

    loan_id: LoanId
    to_id: StaffId
    witness: Witness | None = None


def hand_over(tx: Tx, cmd: HandOver) -> int:
    """Record who carries the pouch from now on; gives the entry's number.

    Raises LoanClosed, SamePerson where the person carries it already, HolderUnavailable,
    SecondPersonNeeded.
    """
    tx.require(Permission.HAND_OVER)
    refuse_without_second(tx, "hand-over", cmd.witness)
    loan = tx.session.get_one(LoanRow, cmd.loan_id)
    if loan.closed_at is not None:
        raise LoanClosed
    if loan.holder_id == cmd.to_id:
        raise SamePerson
    refuse_absent(tx, cmd.to_id)
    tx.session.add(
        HandoverRow(
            loan_id=loan.id, from_id=loan.holder_id, to_id=cmd.to_id, at=tx.now, by=tx.staff_id
        )
    )
    plain = {"from": loan.holder_id, "to": cmd.to_id}
    loan.holder_id = cmd.to_id
    items = [line.item_id for line in open_lines(tx.session, cmd.loan_id)]
    return tx.record(
        "loan.handed_over", f"loan:{loan.id}", resident=loan.resident_id, items=items, plain=plain
    )
