"""事故報告書: what happened, what was done, why, and the timeline as the log has it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import select

from facility_app.audit.entry import Entry, moment, parse
from facility_app.audit.query import LogFilter, page
from facility_app.audit.work import Reading
from facility_app.db.models import AuditEntryRow, ResidentKeyRow, table_of
from facility_app.domain.chart import Word
from facility_app.domain.clock import local_date
from facility_app.i18n import Words
from facility_app.reports.paper import (
    Block,
    Column,
    Facts,
    Named,
    Note,
    Paper,
    Row,
    Section,
    Table,
    Text,
    Value,
)
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_paper_checklist import due_text, proof_text
from facility_app.services.lost_views import LostCaseView, LostStepState, StepView
from facility_app.services.lost_words import name_of
from facility_app.services.record_words import DetailWords
from facility_app.services.reporting.common import Occasion, checkpoint_blocks, paper
from facility_app.services.reporting.log_entries import told_details
from facility_app.services.reporting.register import read_register

BEFORE = timedelta(days=14)
"""How far before it was noticed the timeline begins: where the thing was seen last."""

MOST_ENTRIES = 200
"""Of each thing; a case has dozens, and a thing that moves daily has some thirty in two weeks."""

_E = table_of(AuditEntryRow).c
_THINGS = (
    Column("lost-thing", 52, bold=True),
    Column("resident", 44),
    Column("room"),
    Column("lost-outcome", 30),
    Column("lost-found", 48),
)
_STEPS = (
    Column("lost-step", 56, bold=True),
    Column("lost-step-about"),
    Column("lost-due", 28),
    Column("lost-state", 34),
    Column("lost-state-by"),
    Column("lost-evidence", 56),
)
_TIMELINE = (
    Column("entry", 14, right=True),
    Column("at", 28),
    Column("act", 30, bold=True),
    Column("person", 26),
    Column("details", 76),
)


def incident_report(
    reading: Reading, words: Words, book: LostBook, occasion: Occasion, case: LostCaseView
) -> Paper:
    """The report of a case as it stands now."""
    sections = (
        Section("lost-case", (_facts(case),), titled=False),
        Section("lost-things", (Table("things", _THINGS, lambda: _things(words, case)),)),
        Section("lost-steps", (Table("steps", _STEPS, lambda: _steps(words, book, case)),)),
        Section("lost-leak", _leak(case)),
        Section("lost-cause", (_cause(case),)),
        Section(
            "lost-timeline",
            (
                Note(Text("lost-note-timeline")),
                Table("timeline", _TIMELINE, lambda: timeline(reading, words, case)),
            ),
        ),
        Section("checkpoint", _signed(occasion)),
    )
    return paper(
        reading,
        occasion,
        "lost-report",
        Text("lost-about-case", {"number": case.number}),
        sections,
        seals=("manager", "custodian"),
    )


def _signed(occasion: Occasion) -> tuple[Block, ...]:
    """The paper's own checkpoint, and what it is good for."""
    blocks = checkpoint_blocks(occasion)
    return blocks[0], blocks[-1]


def _facts(case: LostCaseView) -> Facts:
    return Facts(
        (
            ("lost-noticed-at", case.noticed_at),
            ("lost-noticed-by", case.noticed_by),
            ("lost-reported", (case.opened_at, case.opened_by)),
            ("lost-last-seen", case.last_seen),
            ("lost-happened", (case.happened, case.place)),
            ("lost-stolen", case.stolen),
            ("lost-state", (case.state, case.closed_at, case.closed_by)),
        )
    )


def _things(words: Words, case: LostCaseView) -> Iterator[Row]:
    for item in case.items:
        person = item.resident
        found: tuple[Value, ...] = ()
        if item.found_at is not None:
            found = (item.found_at, item.found_by, item.found_where)
        yield (
            name_of(words, item),
            "" if person is None else person.name,
            "" if person is None else person.room,
            item.outcome,
            found,
        )


def _steps(words: Words, book: LostBook, case: LostCaseView) -> Iterator[Row]:
    for step in case.steps:
        at, by = _settled(step)
        told = [
            f"{words.term(field)} {proof_text(words, book, value)}"
            for field, value in step.evidence.items()
        ]
        yield (
            step.title(words.language),
            case.beside(step),
            due_text(words, step.due),
            step.state,
            (at, by),
            "\n".join([*told, step.waived_reason]).strip(),
        )


def _settled(step: StepView) -> tuple[datetime | None, str]:
    if step.state is LostStepState.WAIVED:
        return step.waived_at, step.waived_by
    return step.done_at, step.done_by


def _leak(case: LostCaseView) -> tuple[Block, ...]:
    check = Note(Text("lost-note-leak"))
    leak = case.leak
    if leak is None:
        return (check, Note(Text("lost-note-leak-open", {"day": case.deadlines.first_safe})))
    return (
        check,
        Facts(
            (
                ("lost-known-on", leak.known_on),
                ("lost-first-safe", leak.deadlines.first_safe),
                ("lost-final-safe", leak.deadlines.final_safe),
                ("lost-decision", leak.decision),
                ("lost-decided-by", leak.decided_by),
                ("lost-consulted", leak.consulted),
            )
        ),
    )


def _cause(case: LostCaseView) -> Facts:
    def reviewed(on: date | None, at: datetime | None, text: str) -> Value:
        return (on, at, text) if at is not None else on

    return Facts(
        (
            ("lost-cause", case.cause or Word("lost-not-yet")),
            ("lost-measures", case.measures or Word("lost-not-yet")),
            (
                "lost-first-review",
                reviewed(case.first_review_on, case.first_reviewed_at, case.first_review),
            ),
            (
                "lost-second-review",
                reviewed(case.second_review_on, case.second_reviewed_at, case.second_review),
            ),
        )
    )


def timeline(reading: Reading, words: Words, case: LostCaseView) -> Iterator[Row]:
    """What the log says of the case, and of the things in the two weeks before, oldest first."""
    register = read_register(reading.session)
    told = DetailWords(words, register.staff, register.purposes, register.kinds)
    keys = _keys(reading, case)
    for entry in _entries(reading, case):
        person: Value = register.person(entry.actor) or Word("log-program")
        yield (
            entry.seq,
            moment(entry.at),
            Named("action", entry.action),
            person,
            told_details(told, words, entry, keys.get(entry.resident or 0)),
        )


def _entries(reading: Reading, case: LostCaseView) -> list[Entry]:
    since = local_date(case.noticed_at) - BEFORE
    found: dict[int, Entry] = {}
    for item in case.items:
        if item.item_id is None:
            continue
        wanted = LogFilter(first_day=since, item=item.item_id)
        for entry in page(reading.connection, wanted, limit=MOST_ENTRIES).entries:
            found[entry.seq] = entry
    query = select(_E.canonical).where(_E.action.startswith("lost."))
    for canonical in reading.connection.scalars(query.order_by(_E.seq)):
        entry = parse(canonical)
        if entry.subject == f"lost:{case.id}" and entry.action != "lost.paper_printed":
            found[entry.seq] = entry
    return [found[seq] for seq in sorted(found)]


def _keys(reading: Reading, case: LostCaseView) -> dict[int, bytes]:
    people = [person.id for person in case.residents]
    query = select(ResidentKeyRow.resident_id, ResidentKeyRow.key)
    rows = reading.session.execute(query.where(ResidentKeyRow.resident_id.in_(people)))
    return {resident: key for resident, key in rows}
