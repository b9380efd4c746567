"""見つかった: found again, before it was void or after; back to custody; or another in its place.

A card goes back only with a check on the reader made after it was found: somebody else's card looks
the same from outside, and a void one is dead (domain §6.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import select, update

from facility_app.audit.work import Tx
from facility_app.cards.chip import CardKind
from facility_app.db.models import (
    CardCheckRow,
    ItemKindRow,
    ItemRow,
    LostCaseRow,
    LostItemRow,
    LostStepRow,
)
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.incident_steps import Standing, dropped_by_finding
from facility_app.domain.incidents import (
    Evidence,
    LostCaseState,
    LostMove,
    LostOutcome,
    Opens,
    Phase,
    outcome_after,
)
from facility_app.domain.items import TRANSITIONS, Condition, ItemState, Move
from facility_app.domain.leak import LeakAnswer
from facility_app.errors import Refused
from facility_app.rules.keeper import LostBook
from facility_app.services.card_judging import NOT_THEIRS
from facility_app.services.card_views import findings_of
from facility_app.services.fields import Field, line, lines
from facility_app.services.items import ItemForm, ItemId, ReceiveItem, take_in
from facility_app.services.lost_cases import NoticedInFuture
from facility_app.services.lost_log import record_lost
from facility_app.services.lost_rows import add_steps, lost_items, ones, steps_of
from facility_app.services.lost_steps import StepIsAnAct, is_settled, open_step, settle
from facility_app.services.lost_void import NotMissing, make_void


@dataclass(eq=False)
class FoundAlready(Refused):
    """It was found before; `by` says who found it."""

    key: ClassVar[str] = "lost.found_already"
    by: str


@dataclass(eq=False)
class CardNotChecked(Refused):
    """No check of this card was made on the reader since it was found."""

    key: ClassVar[str] = "lost.card_not_checked"


@dataclass(eq=False)
class FoundCardDiffers(Refused):
    """The card on the reader is another one: another person's, or other dates than the register."""

    key: ClassVar[str] = "lost.found_card_differs"
    evidence: ClassVar[bool] = True


@dataclass(frozen=True)
class ReportFound:
    """One thing turned up.

    out_of_hand: whether strangers had it in between; found_at: aware, None = now.
    """

    lost_id: int
    found_by: str
    found_where: str
    out_of_hand: LeakAnswer
    found_at: datetime | None = None


@dataclass(frozen=True)
class Found:
    """What finding led to.  dead: it is void and never goes back; reopened: the case was closed."""

    seq: int
    dead: bool
    reopened: bool
    dropped: int
    added: int


@dataclass(frozen=True)
class PutBack:
    """Back into its pouch: the step that asks for it, and what the thing looks like."""

    step_id: int
    condition: Condition = Condition.GOOD


@dataclass(frozen=True)
class Reissue:
    """Another was issued in its place and is taken into custody."""

    step_id: int
    form: ItemForm
    received_from: str = ""
    received_on: date | None = None


def report_found(tx: Tx, book: LostBook, cmd: ReportFound) -> Found:
    """Record that a thing was found, at any time, in a closed case too.  Needs REPORT_LOST.

    What nobody needs to do any more is dropped, what finding asks for is added.  Raises
    FoundAlready, NoticedInFuture, FieldMissing.
    """
    tx.require(Permission.REPORT_LOST)
    row = tx.session.get_one(LostItemRow, cmd.lost_id)
    outcome = outcome_after(row.outcome, LostMove.FIND)
    if outcome is None or row.found_at is not None:
        raise FoundAlready(row.found_by)
    found_at = cmd.found_at or tx.now
    if found_at > tx.now:
        raise NoticedInFuture
    case = tx.session.get_one(LostCaseRow, row.case_id)
    row.outcome, row.found_at, row.out_of_hand = outcome, found_at, cmd.out_of_hand
    row.found_by = line(Field.FOUND_BY, cmd.found_by, required=True)
    row.found_where = lines(Field.FOUND_WHERE, cmd.found_where, required=True)
    reopened = _reopen(case)
    dropped = 0 if outcome.void else _drop(tx, book, case)
    phase = Phase.DEAD if outcome.void else Phase.FOUND
    added = add_steps(tx, book, case, phase, [row], found_at)
    seq = record_lost(
        tx,
        "lost.found",
        case,
        {
            "found_by": row.found_by,
            "found_where": row.found_where,
            "labels": [row.label] if row.label else [],
        },
        own=row.resident_id,
        items=[] if row.item_id is None else [row.item_id],
        plain={
            "things": [row.thing],
            "void": outcome.void,
            "out_of_hand": cmd.out_of_hand.value,
            "reopened": reopened,
        },
    )
    return Found(seq, outcome.void, reopened, dropped, len(added))


def _reopen(case: LostCaseRow) -> bool:
    if case.state is LostCaseState.OPEN:
        return False
    case.state, case.closed_at, case.closed_by = LostCaseState.OPEN, None, None
    case.first_review_on = case.second_review_on = None
    return True


def _drop(tx: Tx, book: LostBook, case: LostCaseRow) -> int:
    """Drop what finding made needless; gives how many steps."""
    tx.session.flush()
    things = lost_items(tx.session, case.id)
    steps = {(s.code, s.resident_id, s.lost_item_id): s for s in steps_of(tx.session, case.id)}
    standing = [Standing(*key, settled=is_settled(step)) for key, step in steps.items()]
    found = frozenset(row.id for row in things if row.outcome is LostOutcome.FOUND)
    gone = dropped_by_finding(book.lost, standing, ones(things), found)
    for each in gone:
        steps[each.code, each.resident_id, each.lost_id].dropped_at = tx.now
    return len(gone)


def put_back(tx: Tx, book: LostBook, cmd: PutBack) -> int:
    """Put what was found back into custody; gives the entry's number.  Needs REPORT_LOST.

    Raises CardNotChecked, FoundCardDiffers, StepSettled, StepIsAnAct, NotMissing, CaseClosed.
    """
    tx.require(Permission.REPORT_LOST)
    step, case, row = _step_about(tx, book, cmd.step_id, Opens.PUT_BACK)
    if row.outcome is not LostOutcome.FOUND or row.found_at is None or row.item_id is None:
        raise NotMissing(row.outcome)
    item = tx.session.get_one(ItemRow, row.item_id)
    check = None
    if tx.session.get_one(ItemKindRow, item.kind_code).is_card:
        check = _check_since(tx, item, row.found_at)
    changed = tx.session.execute(
        update(ItemRow)
        .where(ItemRow.id == item.id, ItemRow.state == ItemState.LOST)
        .values(
            state=TRANSITIONS[ItemState.LOST, Move.FIND],
            condition=cmd.condition,
            version=ItemRow.version + 1,
        )
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # a DML result has it
        raise NotMissing(row.outcome)
    row.back_at = tx.now
    settle(tx, book, case, step, {Evidence.AT: tx.now})
    return record_lost(
        tx,
        "lost.put_back",
        case,
        {},
        own=row.resident_id,
        items=[item.id],
        plain={"condition": cmd.condition.value, "check": None if check is None else check.seq},
    )


def _check_since(tx: Tx, item: ItemRow, found_at: datetime) -> CardCheckRow:
    """The newest check of this card since it was found.

    Raises CardNotChecked, and FoundCardDiffers where it says that it is another card.
    """
    check = tx.session.scalars(
        select(CardCheckRow)
        .where(CardCheckRow.item_id == item.id, CardCheckRow.at >= found_at)
        .order_by(CardCheckRow.at.desc(), CardCheckRow.id.desc())
    ).first()
    if check is None or check.kind is not CardKind.MY_NUMBER_CARD:
        raise CardNotChecked
    pairs = (
        (check.card_expires_on, item.card_expires_on),
        (check.certificate_until, item.certificate_expires_on),
    )
    differs = any(one is not None and other is not None and one != other for one, other in pairs)
    if differs or NOT_THEIRS & {each.code for each in findings_of(check)}:
        raise FoundCardDiffers
    return check


def reissue(tx: Tx, book: LostBook, cmd: Reissue) -> ItemId:
    """Take the new one into custody in place of the lost one.

    Needs REPORT_LOST and MANAGE_RESIDENTS.  Raises the refusals of receiving a thing, NotMissing,
    StepSettled, StepIsAnAct, CaseClosed.
    """
    tx.require(Permission.REPORT_LOST)
    tx.require(Permission.MANAGE_RESIDENTS)
    step, case, row = _step_about(tx, book, cmd.step_id, Opens.REISSUE)
    if row.resident_id is None:
        raise NotMissing(row.outcome)
    new = take_in(tx, ReceiveItem(row.resident_id, cmd.form, cmd.received_from, cmd.received_on))
    make_void(tx, row, LostMove.REISSUE)
    row.new_item_id = new
    settle(tx, book, case, step, {Evidence.ON: cmd.received_on or local_date(tx.now)})
    record_lost(
        tx,
        "lost.reissued",
        case,
        {},
        own=row.resident_id,
        items=[new] if row.item_id is None else [row.item_id, new],
        plain={"things": [row.thing]},
    )
    return new


def _step_about(
    tx: Tx, book: LostBook, step_id: int, opens: Opens
) -> tuple[LostStepRow, LostCaseRow, LostItemRow]:
    """A waiting step that is this act, with its case and its thing."""
    step, case = open_step(tx, step_id)
    rule = book.lost.by_code.get(step.code)
    if rule is None or rule.opens is not opens or step.lost_item_id is None:
        raise StepIsAnAct(step.title)
    return step, case, tx.session.get_one(LostItemRow, step.lost_item_id)
