"""Cards out together for a house call, and back together: one act for all of them, or none.

Within the house, so no departure check of each visit; the rules of a sign-out hold for everyone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from facility_app.audit.work import Reading, Tx
from facility_app.domain.access import Permission, StaffId
from facility_app.domain.items import Condition, ItemState
from facility_app.errors import Refused
from facility_app.services.access import Witness
from facility_app.services.custody import LoanId, NothingChosen, SignOut, sign_out
from facility_app.services.house_calls import RoundClosed, read_round
from facility_app.services.loans import LineView, LoanView, lines_out, read_open_loans
from facility_app.services.returns import PiecesMissing, Returned, SignedIn, SignIn, sign_in
from facility_app.services.visit_views import visits_of_round


@dataclass(eq=False)
class NotOfRound(Refused):
    """A visit was named that does not belong to this round, or has left already."""

    key: ClassVar[str] = "house_calls.not_of_round"


@dataclass(frozen=True)
class DepartRound:
    """Everything of `items` (by visit) leaves the safe with one person; None = what goes along by
    itself.  `due_at` aware."""

    round_id: int
    holder_id: StaffId
    due_at: datetime
    items: Mapping[int, tuple[int, ...]] | None = None
    witness: Witness | None = None


@dataclass(frozen=True)
class RoundLoan:
    """What is out of one resident; `loan.slot` is where it goes back."""

    loan: LoanView
    lines: tuple[LineView, ...]


@dataclass(frozen=True)
class ReturnRound:
    """Everything that is still out comes back, each pouch into the slot named for its loan.

    `missing`: pieces that did not come, by item; those loans stay open.
    """

    round_id: int
    slots: Mapping[int, str]
    missing: Mapping[int, int] = field(default_factory=dict)
    accept_missing: bool = False
    witness: Witness | None = None


def depart_round(tx: Tx, cmd: DepartRound) -> tuple[LoanId, ...]:
    """Sign out the cards of a round, all or none.

    Raises RoundClosed, NothingChosen, NotOfRound, and what `sign_out` raises.
    """
    tx.require(Permission.SIGN_OUT)
    view = read_round(tx.session, cmd.round_id, tx.now)
    if view.cancelled:
        raise RoundClosed
    wanted = view.to_take if cmd.items is None else cmd.items
    visits = {int(each.visit.id): each.visit for each in view.visits}
    if any(id_ not in visits or visits[id_].loan_id is not None for id_ in wanted):
        raise NotOfRound
    if cmd.items is None:
        safe = {
            item.id
            for each in view.visits
            for item in each.items
            if item.state is ItemState.IN_SAFE
        }
        wanted = {id_: tuple(i for i in items if i in safe) for id_, items in wanted.items()}
        wanted = {id_: items for id_, items in wanted.items() if items}
    if not wanted:
        raise NothingChosen
    loans = tuple(
        sign_out(
            tx,
            SignOut(
                resident_id=visits[id_].resident_id,
                item_ids=items,
                purpose_code=visits[id_].purpose_code,
                holder_id=cmd.holder_id,
                destination=visits[id_].destination,
                due_at=cmd.due_at,
                visit_id=id_,
                witness=cmd.witness,
            ),
        )
        for id_, items in wanted.items()
    )
    tx.record(
        "house_call.departed",
        f"house_call:{cmd.round_id}",
        plain={"loans": list(loans), "holder": cmd.holder_id, "visits": len(visits)},
    )
    return loans


def round_out(reading: Reading, round_id: int) -> tuple[RoundLoan, ...]:
    """What is still out of a round, by slot.  Needs SIGN_IN."""
    reading.require(Permission.SIGN_IN)
    ids = _loans(reading, round_id)
    loans = [loan for loan in read_open_loans(reading.session, reading.now) if loan.id in ids]
    return tuple(
        RoundLoan(loan, tuple(lines_out(reading, loan.id)))
        for loan in sorted(loans, key=lambda loan: (loan.slot, loan.id))
    )


def return_round(tx: Tx, cmd: ReturnRound) -> tuple[SignedIn, ...]:
    """Take everything back that is still out, in one act.

    Raises NothingChosen where nothing is out, WrongSlot, PiecesMissing (until confirmed),
    SecondPersonNeeded: nothing is signed in then.
    """
    tx.require(Permission.SIGN_IN)
    out = round_out(tx, cmd.round_id)
    if not out:
        raise NothingChosen
    back = [(each.loan.id, _back(each, cmd.missing)) for each in out]
    if not cmd.accept_missing and any(not came for _, came in back):
        raise PiecesMissing(sum(cmd.missing.values()))
    signed_in = tuple(
        sign_in(
            tx,
            SignIn(loan_id, came, cmd.slots.get(loan_id, ""), cmd.accept_missing, cmd.witness),
        )
        for loan_id, came in back
        if came
    )
    if not signed_in:
        raise NothingChosen
    tx.record(
        "house_call.returned",
        f"house_call:{cmd.round_id}",
        plain={
            "loans": [loan_id for loan_id, came in back if came],
            "missing": sum(cmd.missing.values()),
        },
    )
    return signed_in


def _back(out: RoundLoan, missing: Mapping[int, int]) -> tuple[Returned, ...]:
    came = ((line.item_id, line.pieces - missing.get(line.item_id, 0)) for line in out.lines)
    return tuple(Returned(id_, pieces, Condition.GOOD) for id_, pieces in came if pieces > 0)


def _loans(reading: Reading, round_id: int) -> set[int]:
    return {
        visit.loan_id
        for visit in visits_of_round(reading.session, round_id)
        if visit.loan_id is not None
    }
