"""受診結果: how acceptance at the desk went, and what the clinic's reader showed.

What was seen is written down; a burden ratio that differs from ours becomes a question to the
insurer, and nothing is decided here (domain facts §5).  A correction replaces the outcome and both
stand in the log.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from facility_app.audit.work import Tx
from facility_app.db.models import ClinicRow, VisitOutcomeRow, VisitRow
from facility_app.domain.access import Permission
from facility_app.domain.coverage import VisualMode
from facility_app.domain.ladder_facts import Way
from facility_app.errors import Refused
from facility_app.rules.visits import Choice
from facility_app.services import clinics
from facility_app.services.fields import Field, lines, within
from facility_app.services.outcome_views import OutcomeChoices as OutcomeChoices
from facility_app.services.outcome_views import OutcomeView as OutcomeView
from facility_app.services.outcome_views import RatioQuestion as RatioQuestion
from facility_app.services.outcome_views import outcome_choices as outcome_choices
from facility_app.services.outcome_views import outcome_of as outcome_of
from facility_app.services.outcome_views import ratio_questions as ratio_questions
from facility_app.services.outcome_views import read_ratio_questions as read_ratio_questions
from facility_app.services.rule_data import rules
from facility_app.services.visit_views import VisitView, visit_of
from facility_app.services.window_facts import read_people
from facility_app.services.window_plan import newest_ratio

MOST_MINUTES = 600

RATIO_DIFFERS = "ratio-differs"
VISUAL_REFUSED = "visual-refused"
"""Codes of troubles (resources/rules/visit_choices.toml) that the program itself reacts to."""


@dataclass(eq=False)
class OutcomeThere(Refused):
    """How the visit went was written down already; it can be corrected."""

    key: ClassVar[str] = "outcomes.there"


@dataclass(eq=False)
class OutcomeMissing(Refused):
    """Nothing was written down about the visit yet."""

    key: ClassVar[str] = "outcomes.missing"


@dataclass(eq=False)
class VisitNotBegun(Refused):
    """The visit was cancelled or lies ahead: there is nothing to tell yet."""

    key: ClassVar[str] = "outcomes.not_begun"


@dataclass(eq=False)
class ChoiceNotKnown(Refused):
    """A code of a trouble or paper that the rule data does not have."""

    key: ClassVar[str] = "outcomes.choice_not_known"
    code: str


@dataclass(eq=False)
class NoQuestion(Refused):
    """The burden ratio of this visit is not in question (any more)."""

    key: ClassVar[str] = "outcomes.no_question"


@dataclass(frozen=True)
class RecordOutcome:
    """How it went.  `way` None = no way worked; `minutes` at the desk; `troubles` and `papers`:
    codes of the choices; `ratio_seen` in tenths, as the clinic's reader or desk said."""

    visit_id: int
    way: Way | None = None
    minutes: int | None = None
    troubles: tuple[str, ...] = ()
    ratio_seen: int | None = None
    papers: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class OutcomeRecorded:
    """The number of the entry, and whether the insurer is to be asked about the ratio."""

    seq: int
    question: bool


def record_outcome(tx: Tx, cmd: RecordOutcome) -> OutcomeRecorded:
    """Write down how a visit went.

    Raises VisitNotBegun, OutcomeThere, ChoiceNotKnown and the refusals of the fields.
    """
    tx.require(Permission.PLAN_VISITS)
    visit = visit_of(tx.session, cmd.visit_id)
    if visit.cancelled or (visit.loan_id is None and visit.starts_at > tx.now):
        raise VisitNotBegun
    if tx.session.get(VisitOutcomeRow, visit.id) is not None:
        raise OutcomeThere
    values = _checked(tx, visit, cmd)
    row = VisitOutcomeRow(visit_id=visit.id, by=tx.staff_id, at=tx.now, **values)
    tx.session.add(row)
    tx.session.flush()
    return _record(tx, "visit.outcome_recorded", visit, row)


def correct_outcome(tx: Tx, cmd: RecordOutcome) -> OutcomeRecorded:
    """Replace what was written down; the log keeps both.  Raises OutcomeMissing and as above."""
    tx.require(Permission.CORRECT_RECORD)
    row = tx.session.get(VisitOutcomeRow, cmd.visit_id)
    if row is None:
        raise OutcomeMissing
    visit = visit_of(tx.session, cmd.visit_id)
    for name, value in _checked(tx, visit, cmd).items():
        setattr(row, name, value)
    row.settled_at, row.settled_by, row.settled_note = None, None, ""
    tx.session.flush()
    return _record(tx, "visit.outcome_corrected", visit, row)


def settle_question(tx: Tx, visit_id: int, answer: str) -> int:
    """Write down what the insurer said; gives the entry's number.

    The ratio itself is changed where it is noted, by the person.  Raises NoQuestion, FieldMissing.
    """
    tx.require(Permission.MANAGE_RESIDENTS)
    row = tx.session.get(VisitOutcomeRow, visit_id)
    if row is None or not row.question or row.settled_at is not None:
        raise NoQuestion
    note = lines(Field.NOTES, answer, required=True)
    row.settled_at, row.settled_by, row.settled_note = tx.now, tx.staff_id, note
    visit = tx.session.get_one(VisitRow, visit_id)
    return tx.record(
        "visit.question_settled", f"visit:{visit_id}", resident=visit.resident_id, answer=note
    )


def _checked(tx: Tx, visit: VisitView, cmd: RecordOutcome) -> dict[str, Any]:
    choices = rules().visit_choices
    troubles = _known(cmd.troubles, choices.troubles)
    seen = None if cmd.ratio_seen is None else within(Field.RATIO, cmd.ratio_seen, 1, 3)
    person = read_people(tx.session, [visit.resident_id], tx.now)[visit.resident_id]
    noted = newest_ratio(person)
    ours = None if noted is None else noted.tenths
    differs = seen is not None and ours is not None and seen != ours
    if differs and RATIO_DIFFERS not in troubles:
        troubles = (*troubles, RATIO_DIFFERS)
    minutes = cmd.minutes
    return {
        "way": cmd.way.value if cmd.way else "",
        "minutes": None if minutes is None else within(Field.MINUTES, minutes, 0, MOST_MINUTES),
        "troubles": list(troubles),
        "ratio_seen": seen,
        "ratio_noted": ours,
        "papers": list(_known(cmd.papers, choices.papers)),
        "note": lines(Field.NOTES, cmd.note),
        "question": differs,
    }


def _known(codes: Iterable[str], choices: Iterable[Choice]) -> tuple[str, ...]:
    known = {choice.code for choice in choices}
    for code in codes:
        if code not in known:
            raise ChoiceNotKnown(code)
    return tuple(dict.fromkeys(codes))


def _record(tx: Tx, action: str, visit: VisitView, row: VisitOutcomeRow) -> OutcomeRecorded:
    seq = tx.record(
        action,
        f"visit:{visit.id}",
        resident=visit.resident_id,
        plain={"question": row.question},
        destination=visit.destination,
        accepted=row.way,
        minutes=row.minutes,
        troubles=row.troubles,
        ratio_seen=row.ratio_seen,
        ratio_noted=row.ratio_noted,
        papers=row.papers,
        note=row.note,
    )
    if visit.clinic_id is not None:
        _teach(tx, tx.session.get_one(ClinicRow, visit.clinic_id), visit, row)
    return OutcomeRecorded(seq, row.question)


def _teach(tx: Tx, clinic: ClinicRow, visit: VisitView, row: VisitOutcomeRow) -> None:
    """What an outcome says about the clinic's reader goes into the register: what was seen last."""
    learned = clinic.visual_mode
    if row.way == Way.VISUAL.value:
        learned = VisualMode.WORKS
    elif VISUAL_REFUSED in row.troubles:
        learned = VisualMode.REFUSED
    clinics.rewrite(tx, clinic, {"visual_mode": learned}, learned_from=int(visit.id))
