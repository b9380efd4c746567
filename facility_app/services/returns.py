"""返却 and 引継ぎ: taking back what was signed out, and passing it on while it is out (issue #2).

Nothing is lost from sight: a piece that did not come back keeps its line open and its item OUT.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from facility_app.audit.work import Tx
from facility_app.db.models import (
    HandoverRow,
    ItemRow,
    LoanLineRow,
    LoanRow,
    PouchRow,
    SlotRow,
    table_of,
)
from facility_app.domain.access import Permission, StaffId
from facility_app.domain.custody import ReturnOutcome, reconcile, same_slot
from facility_app.domain.items import TRANSITIONS, Condition, ItemState, Move
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


@dataclass(frozen=True)
class OpenLine:
    """One line that is still out: `pieces` are those not yet back."""

    id: int
    item_id: int
    pieces: int


_OPEN_LINES = (
    select(
        LoanLineRow.id,
        LoanLineRow.item_id,
        LoanLineRow.pieces_out - func.coalesce(LoanLineRow.pieces_in, 0),
    )
    .where(LoanLineRow.loan_id == bindparam("loan"), LoanLineRow.returned_at.is_(None))
    .order_by(LoanLineRow.id)
)
_BACK = TRANSITIONS[ItemState.OUT, Move.SIGN_IN]
_LINES = table_of(LoanLineRow)
_ITEMS = table_of(ItemRow)
_TAKE_PIECES = (
    update(_LINES)
    .where(_LINES.c.id == bindparam("line"))
    .values(
        pieces_in=func.coalesce(_LINES.c.pieces_in, 0) + bindparam("came"),
        condition_in=bindparam("condition"),
        returned_at=bindparam("at"),
        returned_by=bindparam("by"),
    )
)
_PUT_BACK = (
    update(_ITEMS)
    .where(_ITEMS.c.id == bindparam("item"))
    .values(state=bindparam("state"), condition=bindparam("looks"), version=_ITEMS.c.version + 1)
)


def open_lines(session: Session, loan_id: LoanId) -> list[OpenLine]:
    """The lines of a loan that are still out."""
    return [OpenLine(*row) for row in session.execute(_OPEN_LINES, {"loan": loan_id})]


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
    outcome = reconcile(
        {line.item_id: line.pieces for line in lines}, {r.item_id: r.pieces for r in cmd.returned}
    )
    if not outcome.came:
        raise NothingChosen
    if outcome.missing and not cmd.accept_missing:
        raise PiecesMissing(outcome.missing)
    conditions = {r.item_id: r.condition for r in cmd.returned}
    _take_back(tx, [line for line in lines if line.item_id in outcome.came], outcome, conditions)
    if not outcome.missing:
        loan.closed_at = tx.now
    seq = tx.record(
        "item.signed_in",
        f"loan:{cmd.loan_id}",
        resident=loan.resident_id,
        items=tuple(outcome.came),
        plain={"missing": outcome.missing, "witness": cmd.witness and cmd.witness.staff_id},
        slot=cmd.slot,
        conditions={str(i): [count, conditions[i].value] for i, count in outcome.came.items()},
    )
    return SignedIn(seq, outcome.missing, not outcome.missing)


def _take_back(
    tx: Tx, lines: Sequence[OpenLine], outcome: ReturnOutcome, conditions: Mapping[int, Condition]
) -> None:
    """Write what came back: a line closes, and its item is in the safe, when all its pieces are."""
    pieces, items = [], []
    for line in lines:
        whole = line.item_id in outcome.whole
        condition = conditions[line.item_id]
        pieces.append(
            {
                "line": line.id,
                "came": outcome.came[line.item_id],
                "condition": condition,
                "at": tx.now if whole else None,
                "by": tx.staff_id if whole else None,
            }
        )
        state = _BACK if whole else ItemState.OUT
        items.append({"item": line.item_id, "state": state, "looks": condition})
    tx.connection.execute(_TAKE_PIECES, pieces)
    tx.connection.execute(_PUT_BACK, items)


def _refuse_wrong_slot(session: Session, resident_id: int, given: str) -> None:
    expected = session.scalar(
        select(SlotRow.label)
        .join(PouchRow, PouchRow.slot_id == SlotRow.id)
        .where(PouchRow.resident_id == resident_id)
    )
    if expected is not None and not same_slot(given, expected):
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
