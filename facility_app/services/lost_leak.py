"""漏えい等の確認: four questions, the days to keep, whom was asked, and what people decided.

The program decides nothing: there is no field that says whether a report is due, only what somebody
decided after asking (domain §7.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Tx
from facility_app.db.models import LeakAssessmentRow, LostCaseRow, LostStepRow
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.incident_steps import Known
from facility_app.domain.incidents import DueBy, Evidence, Opens, Phase
from facility_app.domain.leak import LeakAnswer, LeakDeadlines, LeakDecision
from facility_app.errors import Refused
from facility_app.rules.keeper import LostBook
from facility_app.services.fields import Field, line, lines, not_after
from facility_app.services.lost_log import record_lost
from facility_app.services.lost_rows import add_steps, lost_items, open_one, steps_of
from facility_app.services.lost_steps import is_settled, settle


@dataclass(eq=False)
class NobodyAsked(Refused):
    """A decision names who was asked and who decided."""

    key: ClassVar[str] = "lost.nobody_asked"


@dataclass(frozen=True)
class AssessLeak:
    """What is known and decided by now; may be said again whenever more is known.

    answers: by code of the class, a missing one is UNKNOWN; known_on: the day on which the first
    person of the facility knew; draft: texts of the nine items, by code.
    """

    case_id: int
    answers: Mapping[str, LeakAnswer]
    known_on: date
    decision: LeakDecision = LeakDecision.ASKING
    consulted: str = ""
    decided_by: str = ""
    draft: Mapping[str, str] | None = None


def assess_leak(tx: Tx, book: LostBook, cmd: AssessLeak) -> LeakDeadlines:
    """Keep the answers and reckon the days; gives them.

    Needs REPORT_LOST, and MANAGE_LOST for a decision.  Deciding to report adds the steps of the
    report.  Raises NobodyAsked, DateInFuture, CaseClosed.
    """
    tx.require(Permission.REPORT_LOST)
    if cmd.decision is not LeakDecision.ASKING:
        tx.require(Permission.MANAGE_LOST)
        if not (cmd.consulted.strip() and cmd.decided_by.strip()):
            raise NobodyAsked
    case = open_one(tx.session, cmd.case_id)
    not_after(Field.KNOWN_ON, cmd.known_on, local_date(tx.now))
    answers = {
        each.code: cmd.answers.get(each.code, LeakAnswer.UNKNOWN) for each in book.leak.classes
    }
    deadlines = leak_deadlines(book, answers, cmd.known_on)
    row = _write(tx, book, cmd, answers, deadlines)
    record_lost(
        tx,
        "lost.leak_assessed",
        case,
        {
            "consulted": row.consulted,
            "decided_by": row.decided_by,
            "draft": {
                item.name.ja: row.draft[item.code]
                for item in book.leak.items
                if item.code in row.draft
            },
        },
        plain={
            **_answered(book, answers),
            "known_on": cmd.known_on.isoformat(),
            "decision": cmd.decision.value,
            "first_safe": deadlines.first_safe.isoformat(),
            "final_safe": deadlines.final_safe.isoformat(),
        },
    )
    _follow(tx, book, case, row, deadlines)
    return deadlines


def _answered(book: LostBook, answers: Mapping[str, LeakAnswer]) -> dict[str, list[str]]:
    """The questions by what was answered, as an entry says it."""
    said = {
        f"answered_{answer.value}": [
            each.question.ja for each in book.leak.classes if answers[each.code] is answer
        ]
        for answer in LeakAnswer
    }
    return {name: questions for name, questions in said.items() if questions}


def leak_deadlines(
    book: LostBook, answers: Mapping[str, LeakAnswer], known_on: date
) -> LeakDeadlines:
    """The days to keep by these answers."""
    wrongful = book.leak.wrongful(answers)
    return book.leak.clock.deadlines(known_on, wrongful=wrongful, days=book.days)


def assessment_of(session: Session, case_id: int) -> LeakAssessmentRow | None:
    """The assessment of a case, if anybody began one."""
    return session.scalar(select(LeakAssessmentRow).where(LeakAssessmentRow.case_id == case_id))


def _write(
    tx: Tx,
    book: LostBook,
    cmd: AssessLeak,
    answers: Mapping[str, LeakAnswer],
    deadlines: LeakDeadlines,
) -> LeakAssessmentRow:
    row = assessment_of(tx.session, cmd.case_id)
    if row is None:
        row = LeakAssessmentRow(case_id=cmd.case_id, draft={})
        tx.session.add(row)
    row.at, row.by = tx.now, tx.staff_id
    row.answers = {code: answer.value for code, answer in answers.items()}
    row.known_on, row.decision = cmd.known_on, cmd.decision
    row.first_safe, row.first_last = deadlines.first_safe, deadlines.first_last
    row.final_safe, row.final_last = deadlines.final_safe, deadlines.final_last
    row.consulted = lines(Field.CONSULTED, cmd.consulted)
    row.decided_by = line(Field.DECIDED_BY, cmd.decided_by)
    if cmd.draft is not None:
        row.draft = {
            item.code: lines(Field.DRAFT, cmd.draft[item.code])
            for item in book.leak.items
            if cmd.draft.get(item.code, "").strip()
        }
    return row


def _follow(
    tx: Tx, book: LostBook, case: LostCaseRow, row: LeakAssessmentRow, days: LeakDeadlines
) -> None:
    """Settle the step that asked, add those of a report, and move their days."""
    tx.session.flush()
    steps = steps_of(tx.session, case.id)
    if row.decision is not LeakDecision.ASKING:
        for step in steps:
            rule = book.lost.by_code.get(step.code)
            if rule is not None and rule.opens is Opens.LEAK and not is_settled(step):
                settle(tx, book, case, step, {Evidence.NOTE: row.consulted})
    if row.decision is LeakDecision.REPORT:
        done = frozenset(step.code for step in steps if step.done_at is not None)
        known = Known(case.happened, case.stolen, case.noticed_at, done, days)
        rows = lost_items(tx.session, case.id)
        add_steps(tx, book, case, Phase.LEAK, rows, tx.now, known)
    for step in steps_of(tx.session, case.id):
        if not is_settled(step):
            _move(book, step, days)


def _move(book: LostBook, step: LostStepRow, days: LeakDeadlines) -> None:
    rule = book.lost.by_code.get(step.code)
    if rule is not None and rule.due.by is DueBy.LEAK_FIRST:
        step.due_on = days.first_safe
    elif rule is not None and rule.due.by is DueBy.LEAK_FINAL:
        step.due_on = days.final_safe
