"""Cause and measures, closing a case, and the reviews after 30 and 90 days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import ClassVar

from facility_app.audit.work import Tx
from facility_app.db.models import LostCaseRow
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.incident_steps import review_days
from facility_app.domain.incidents import Evidence, LostCaseState, Opens
from facility_app.errors import Refused
from facility_app.rules.keeper import LostBook
from facility_app.services.fields import Field, lines
from facility_app.services.lost_log import record_lost
from facility_app.services.lost_rows import lost_items, open_one, steps_of
from facility_app.services.lost_steps import is_settled, settle


class LostReview(Enum):
    """The first and the second look at whether the measures hold."""

    FIRST = "first"
    SECOND = "second"


@dataclass(eq=False)
class StepsLeft(Refused):
    """`count` steps wait; `step` is the first of them.  The case stays open."""

    key: ClassVar[str] = "lost.steps_left"
    count: int
    step: str


@dataclass(eq=False)
class CaseOpen(Refused):
    """Only a closed case is reviewed."""

    key: ClassVar[str] = "lost.case_open"
    number: int


@dataclass(eq=False)
class ReviewTooEarly(Refused):
    """The review is due on `on`: sooner it says nothing about whether the measures hold."""

    key: ClassVar[str] = "lost.review_too_early"
    on: date


@dataclass(eq=False)
class ReviewDone(Refused):
    """This review was made already."""

    key: ClassVar[str] = "lost.review_done"


@dataclass(frozen=True)
class Explain:
    """Why it happened, and what is done so that it does not happen again."""

    case_id: int
    cause: str
    measures: str


def explain_case(tx: Tx, book: LostBook, cmd: Explain) -> int:
    """Write down cause and measures; gives the entry's number.  Needs MANAGE_LOST.

    Raises FieldMissing, CaseClosed.
    """
    tx.require(Permission.MANAGE_LOST)
    case = open_one(tx.session, cmd.case_id)
    case.cause = lines(Field.CAUSE, cmd.cause, required=True)
    case.measures = lines(Field.MEASURES, cmd.measures, required=True)
    seq = record_lost(
        tx,
        "lost.explained",
        case,
        {"cause": case.cause, "measures": case.measures},
    )
    for step in steps_of(tx.session, case.id):
        rule = book.lost.by_code.get(step.code)
        if rule is not None and rule.opens is Opens.MEASURES and not is_settled(step):
            seq = settle(tx, book, case, step, {Evidence.ON: local_date(tx.now)})
    return seq


def close_case(tx: Tx, book: LostBook, case_id: int) -> tuple[date, date]:
    """Close a case whose steps are all settled; gives the days of the reviews.  Needs MANAGE_LOST.

    What is still missing stays LOST and can be found at any time.  Raises StepsLeft, CaseClosed.
    """
    tx.require(Permission.MANAGE_LOST)
    case = open_one(tx.session, case_id)
    left = [step for step in steps_of(tx.session, case.id) if not is_settled(step)]
    if left:
        raise StepsLeft(len(left), left[0].title)
    days = review_days(book.lost, local_date(tx.now))
    case.state, case.closed_at, case.closed_by = LostCaseState.CLOSED, tx.now, tx.staff_id
    case.first_review_on, case.second_review_on = days
    case.first_reviewed_at = case.second_reviewed_at = None
    plain = {"first_review": days[0].isoformat(), "second_review": days[1].isoformat()}
    rows = lost_items(tx.session, case.id)
    for resident in dict.fromkeys(row.resident_id for row in rows):
        items = [r.item_id for r in rows if r.resident_id == resident and r.item_id is not None]
        record_lost(tx, "lost.closed", case, {}, own=resident, items=items, plain=plain)
    return days


def review_case(tx: Tx, case_id: int, which: LostReview, told: str) -> int:
    """Record a review; gives the entry's number.  Needs MANAGE_LOST.

    Raises CaseOpen, ReviewTooEarly, ReviewDone, FieldMissing.
    """
    tx.require(Permission.MANAGE_LOST)
    case = tx.session.get_one(LostCaseRow, case_id)
    first = which is LostReview.FIRST
    on = case.first_review_on if first else case.second_review_on
    if case.state is not LostCaseState.CLOSED or on is None:
        raise CaseOpen(case.number)
    if local_date(tx.now) < on:
        raise ReviewTooEarly(on)
    if (case.first_reviewed_at if first else case.second_reviewed_at) is not None:
        raise ReviewDone
    text = lines(Field.NOTES, told, required=True)
    if first:
        case.first_reviewed_at, case.first_review = tx.now, text
    else:
        case.second_reviewed_at, case.second_review = tx.now, text
    return record_lost(
        tx,
        "lost.reviewed",
        case,
        {"note": text},
        plain={"which": which.value},
    )
