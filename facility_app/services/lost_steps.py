"""対応項目: a step is done with its evidence, corrected, or waived with a reason.

Nothing is skipped silently: what the rule data ask for must be filled in, and only the manager
waives.  A step that is an act of its own (a reissue, the leak's questions) is settled by that act.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, NewType

from facility_app.audit.work import Tx
from facility_app.db.models import LostCaseRow, LostItemRow, LostStepRow
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.incident_rules import StepRule
from facility_app.domain.incidents import Evidence, LostMove, Opens
from facility_app.errors import Refused
from facility_app.rules.keeper import LostBook
from facility_app.services.fields import Field, line, lines
from facility_app.services.lost_log import record_lost
from facility_app.services.lost_rows import open_one
from facility_app.services.lost_void import make_void

LostStepId = NewType("LostStepId", int)

Proof = datetime | date | str | tuple[str, ...]
"""What a field of evidence holds: an aware moment, a day, a text, or codes of places."""

_OWN_ACTS = (Opens.LEAK, Opens.REISSUE, Opens.PUT_BACK, Opens.MEASURES)


@dataclass(eq=False)
class EvidenceMissing(Refused):
    """These fields must be filled in; the step is not done."""

    key: ClassVar[str] = "lost.evidence_missing"
    fields: tuple[Evidence, ...]


@dataclass(eq=False)
class EvidenceInFuture(Refused):
    """What was done cannot lie in the future."""

    key: ClassVar[str] = "lost.evidence_in_future"
    field: Evidence


@dataclass(eq=False)
class PlaceUnknown(Refused):
    """The rule data have no such place; the list on screen is older than they are."""

    key: ClassVar[str] = "lost.place_unknown"
    place: str


@dataclass(eq=False)
class StepSettled(Refused):
    """The step is done, waived, or not needed any more."""

    key: ClassVar[str] = "lost.step_settled"
    step: str


@dataclass(eq=False)
class StepNotDone(Refused):
    """Only what was done can be corrected."""

    key: ClassVar[str] = "lost.step_not_done"
    step: str


@dataclass(eq=False)
class StepIsAnAct(Refused):
    """The step is settled by an act of its own, not by filling in fields."""

    key: ClassVar[str] = "lost.step_is_an_act"
    step: str


@dataclass(frozen=True)
class DoStep:
    """Evidence of a step by field; a paper filled in during a blackout is typed in the same way."""

    step_id: int
    evidence: Mapping[Evidence, Proof]


def do_step(tx: Tx, book: LostBook, cmd: DoStep) -> int:
    """Record that a step was done; gives the entry's number.  Needs REPORT_LOST.

    Raises StepSettled, StepIsAnAct, EvidenceMissing, EvidenceInFuture, PlaceUnknown, CaseClosed.
    """
    tx.require(Permission.REPORT_LOST)
    step, case = open_step(tx, cmd.step_id)
    rule = book.lost.by_code.get(step.code)
    if rule is not None and rule.opens in _OWN_ACTS:
        raise StepIsAnAct(step.title)
    seq = settle(tx, book, case, step, cmd.evidence)
    if rule is not None and rule.cancels and step.lost_item_id is not None:
        make_void(tx, tx.session.get_one(LostItemRow, step.lost_item_id), LostMove.CANCEL)
    return seq


def correct_step(tx: Tx, book: LostBook, cmd: DoStep) -> int:
    """Correct the evidence of a step by a new entry that names the old one; gives its number.

    Needs REPORT_LOST.  Raises StepNotDone, CaseClosed, and the refusals of `do_step`.
    """
    tx.require(Permission.REPORT_LOST)
    step = tx.session.get_one(LostStepRow, cmd.step_id)
    case = open_one(tx.session, step.case_id)
    if step.done_at is None:
        raise StepNotDone(step.title)
    before, after = step.evidence, _checked(tx, book, step, cmd.evidence)
    step.evidence = after
    step.seq = record_lost(
        tx,
        "lost.step_corrected",
        case,
        {"before": _told(book, before), "after": _told(book, after)},
        own=step.resident_id,
        items=item_of(tx, step),
        plain={**named(step), "corrects": step.seq},
    )
    return step.seq


def waive_step(tx: Tx, step_id: int, reason: str) -> int:
    """Leave a step out, with the reason; gives the entry's number.  Needs MANAGE_LOST.

    Raises StepSettled, FieldMissing, CaseClosed.
    """
    tx.require(Permission.MANAGE_LOST)
    step, case = open_step(tx, step_id)
    step.waived_at, step.waived_by = tx.now, tx.staff_id
    step.waived_reason = lines(Field.REASON, reason, required=True)
    step.seq = record_lost(
        tx,
        "lost.step_waived",
        case,
        {"reason": step.waived_reason},
        own=step.resident_id,
        items=item_of(tx, step),
        plain=named(step),
    )
    return step.seq


def open_step(tx: Tx, step_id: int) -> tuple[LostStepRow, LostCaseRow]:
    """A step that waits, and its case.  Raises StepSettled, CaseClosed."""
    step = tx.session.get_one(LostStepRow, step_id)
    case = open_one(tx.session, step.case_id)
    if is_settled(step):
        raise StepSettled(step.title)
    return step, case


def is_settled(step: LostStepRow) -> bool:
    """Whether nothing waits any more."""
    return not (step.done_at is None and step.waived_at is None and step.dropped_at is None)


def settle(
    tx: Tx,
    book: LostBook,
    case: LostCaseRow,
    step: LostStepRow,
    evidence: Mapping[Evidence, Proof],
) -> int:
    """Write that a step was done and record it; for use cases of this area."""
    step.evidence = _checked(tx, book, step, evidence)
    step.done_at, step.done_by = tx.now, tx.staff_id
    step.seq = record_lost(
        tx,
        "lost.step_done",
        case,
        _told(book, step.evidence),
        own=step.resident_id,
        items=item_of(tx, step),
        plain=named(step),
    )
    return step.seq


def named(step: LostStepRow) -> dict[str, Any]:
    """Which step it is, as an entry says it: by its code, and by what it was called."""
    return {"lost_step": step.code, "task": step.title}


def item_of(tx: Tx, step: LostStepRow) -> list[int]:
    """The thing in the register that a step is about, as a list of at most one."""
    if step.lost_item_id is None:
        return []
    item = tx.session.get_one(LostItemRow, step.lost_item_id).item_id
    return [] if item is None else [item]


def _checked(
    tx: Tx, book: LostBook, step: LostStepRow, given: Mapping[Evidence, Proof]
) -> dict[str, Any]:
    """Evidence as the row keeps it."""
    rule = book.lost.by_code.get(step.code)
    kept = {
        field.value: _kept(tx, book, field, value)
        for field, value in given.items()
        if value not in ("", ())
    }
    missing = [each for each in _asked(rule) if not kept.get(each.value)]
    if missing:
        raise EvidenceMissing(tuple(missing))
    return kept


def _told(book: LostBook, evidence: Mapping[str, Any]) -> dict[str, Any]:
    """Evidence as an entry says it: places by name, since their codes may change."""
    places = evidence.get(Evidence.PLACES.value)
    if places is None:
        return dict(evidence)
    names = [book.lost.places[code].name.ja for code in places if code in book.lost.places]
    others = {name: value for name, value in evidence.items() if name != Evidence.PLACES.value}
    return others | {"searched": names}


def _asked(rule: StepRule | None) -> tuple[Evidence, ...]:
    """What must be filled in; nothing where the rule data no longer have the step."""
    return () if rule is None else rule.evidence


def _kept(tx: Tx, book: LostBook, field: Evidence, value: Proof) -> str | list[str]:
    if isinstance(value, datetime):
        if value > tx.now:
            raise EvidenceInFuture(field)
        return value.isoformat()
    if isinstance(value, date):
        if field is Evidence.ON and value > local_date(tx.now):
            raise EvidenceInFuture(field)
        return value.isoformat()
    if isinstance(value, tuple):
        for place in value:
            if place not in book.lost.places:
                raise PlaceUnknown(place)
        return list(value)
    return lines(Field.EVIDENCE, value) if field is Evidence.NOTE else line(Field.EVIDENCE, value)
