"""受診から戻る: the pouch back in its slot and how acceptance went, in one scan and one act."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from facility_app.audit.work import Reading, Tx
from facility_app.domain.access import Permission
from facility_app.services.loans import LineView, LoanView, lines_out, read_open_loans
from facility_app.services.outcomes import (
    OutcomeChoices,
    OutcomeRecorded,
    RecordOutcome,
    outcome_choices,
    record_outcome,
)
from facility_app.services.returns import SignedIn, SignIn, sign_in
from facility_app.services.visit_views import VisitView, visit_of_loan


@dataclass(frozen=True)
class Returning:
    """What a scan at the return shows: the loan, what is still out of it, and the outcome's form
    where it was made for a visit."""

    loan: LoanView
    lines: tuple[LineView, ...]
    visit: VisitView | None
    choices: OutcomeChoices | None


@dataclass(frozen=True)
class ReturnVisit:
    """A return, and the outcome where it was told at once."""

    sign_in: SignIn
    outcome: RecordOutcome | None = None


@dataclass(frozen=True)
class VisitReturned:
    """How both ended."""

    signed_in: SignedIn
    outcome: OutcomeRecorded | None


def returning(reading: Reading, resident_id: int) -> Returning | None:
    """What a resident comes back from; the loan that is due first.  Needs VIEW_DESK and SIGN_IN.

    None where nothing of theirs is out.
    """
    reading.require(Permission.VIEW_DESK)
    loans = read_open_loans(reading.session, reading.now, resident_id)
    if not loans:
        return None
    visit = visit_of_loan(reading.session, loans[0].id)
    return Returning(
        loan=loans[0],
        lines=tuple(lines_out(reading, loans[0].id)),
        visit=visit,
        choices=None if visit is None else outcome_choices(reading, visit.id),
    )


def return_visit(tx: Tx, cmd: ReturnVisit) -> VisitReturned:
    """Take everything back and write down how it went, both or neither.

    Raises what `sign_in` and `record_outcome` raise; ValueError where the outcome is of a visit
    that this loan was not made for.
    """
    tx.require(Permission.SIGN_IN)
    if cmd.outcome is not None:
        _refuse_other_visit(tx.session, cmd)
    signed_in = sign_in(tx, cmd.sign_in)
    outcome = None if cmd.outcome is None else record_outcome(tx, cmd.outcome)
    return VisitReturned(signed_in, outcome)


def _refuse_other_visit(session: Session, cmd: ReturnVisit) -> None:
    visit = visit_of_loan(session, cmd.sign_in.loan_id)
    if visit is None or cmd.outcome is None or visit.id != cmd.outcome.visit_id:
        raise ValueError("the outcome belongs to another visit")
