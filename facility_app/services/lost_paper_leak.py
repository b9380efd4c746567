"""漏えい等報告書の下書き: the four questions, the days, the nine items, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterator

from facility_app.audit.work import Reading
from facility_app.domain.leak import LeakAnswer
from facility_app.i18n import Words
from facility_app.reports.paper import Column, Facts, Note, Paper, Row, Section, Table, Text
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_draft import leak_draft
from facility_app.services.lost_views import LostCaseView
from facility_app.services.reporting.common import Occasion, checkpoint_blocks, paper
from facility_app.services.settings import load_facility

_QUESTIONS = (
    Column("leak-question", 110, bold=True),
    Column("leak-help"),
    Column("leak-answer", 64),
)
_ITEMS = (Column("leak-item", 40, bold=True), Column("leak-text", 134))
_ASK = (Column("leak-ask", 96, bold=True), Column("leak-phone", 78), Column("leak-hours"))


def leak_report(
    reading: Reading, words: Words, book: LostBook, occasion: Occasion, case: LostCaseView
) -> Paper:
    """The draft as it stands now; it ends with whom to ask, never with a verdict."""
    facility = load_facility(reading.session)
    known = case.leak.known_on if case.leak is not None else None
    days = case.deadlines
    sections = (
        Section(
            "leak-case",
            (
                Note(Text("lost-note-leak")),
                Facts(
                    (
                        ("lost-facility", (facility.name, facility.address, facility.phone)),
                        ("lost-noticed-at", case.noticed_at),
                        ("lost-known-on", known),
                        ("lost-first-safe", days.first_safe),
                        ("lost-first-last", days.first_last),
                        ("lost-final-safe", days.final_safe),
                        ("lost-final-last", days.final_last),
                    )
                ),
                Note(_origin(book)),
            ),
            titled=False,
        ),
        Section(
            "leak-questions",
            (Table("questions", _QUESTIONS, lambda: _questions(words, book, case)),),
        ),
        Section("leak-items", (Table("items", _ITEMS, lambda: _items(words, book, case)),)),
        Section("leak-ask", (Table("ask", _ASK, lambda: _ask(words, book)),)),
        Section("checkpoint", (checkpoint_blocks(occasion)[0],)),
    )
    about = Text("lost-about-case", {"number": case.number})
    return paper(reading, occasion, "leak-report", about, sections, seals=("manager",))


def _origin(book: LostBook) -> Text:
    origin = book.origins["leak"]
    return Text("lost-note-origin", {"source": origin.source, "day": origin.checked_on})


def _questions(words: Words, book: LostBook, case: LostCaseView) -> Iterator[Row]:
    answers = {} if case.leak is None else case.leak.answers
    for each in book.leak.classes:
        yield (
            each.question.of(words.language),
            each.help.of(words.language),
            answers.get(each.code, LeakAnswer.UNKNOWN),
        )


def _items(words: Words, book: LostBook, case: LostCaseView) -> Iterator[Row]:
    draft = leak_draft(words, book, case)
    for item in book.leak.items:
        yield item.name.of(words.language), draft[item.code]


def _ask(words: Words, book: LostBook) -> Iterator[Row]:
    for each in book.leak.ask:
        phone = book.lost.contacts[each.contact]
        yield (
            each.about.of(words.language),
            phone.number or phone.find.of(words.language),
            phone.hours.of(words.language),
        )
