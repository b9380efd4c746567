"""Papers of a loss: announced, drawn from one view, concluded (ADR 0007).

Papers with a checkpoint carry one that covers their announcement, as reports do.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from facility_app.audit.checkpoints import Made, make_checkpoint
from facility_app.audit.work import Reading, Tx
from facility_app.db.models import LostCaseRow
from facility_app.domain.access import Actor, Permission
from facility_app.domain.clock import local_date
from facility_app.domain.incidents import LostPaper
from facility_app.errors import FacilityError
from facility_app.i18n import Words
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_read import NoSuchCase, lost_case
from facility_app.services.lost_views import LostCaseView, PersonView
from facility_app.services.office import Office
from facility_app.services.reporting.common import Occasion
from facility_app.services.settings import load_facility

_SIGNED = (LostPaper.REPORT, LostPaper.LEAK_REPORT)
_FOR_A_PERSON = (LostPaper.NOTICE, LostPaper.AUTHORITY)


@dataclass(frozen=True)
class LostPaperRequest:
    """One paper.

    case_id: None for a checklist of a `thing` before anything has happened; resident_id: of NOTICE
    and AUTHORITY, None = the only resident of the case; step_code: what AUTHORITY is needed for.
    Raises ValueError where a needed part is missing.
    """

    paper: LostPaper
    case_id: int | None = None
    thing: str = ""
    resident_id: int | None = None
    step_code: str = ""

    def __post_init__(self) -> None:
        if self.case_id is None and (self.paper is not LostPaper.CHECKLIST or not self.thing):
            raise ValueError("which case is it about?")


@dataclass(frozen=True)
class LostPaperMade:
    """A paper that was made: the PDF, a name to offer for its file, and the entry that says so."""

    content: bytes
    name: str
    entry: int


def make_lost_paper(
    office: Office, actor: Actor, words: Words, book: LostBook, request: LostPaperRequest
) -> LostPaperMade:
    """Make a paper as a PDF.  Needs VIEW_LOST, REPORT_LOST for all but a blank checklist.

    Raises NoSuchCase, GlyphMissing, LogTampered.
    """
    intent, number, made = office.do(actor, _announce, request)
    try:
        content = office.ask(actor, _draw, words, book, request, made)
    except FacilityError:
        office.do(actor, _conclude, intent, "failed")
        raise
    entry = office.do(actor, _conclude, intent, "done")
    name = f"{request.paper.value}-{request.thing or number}.pdf"
    return LostPaperMade(content, name, entry)


def _announce(tx: Tx, request: LostPaperRequest) -> tuple[int, int, Made | None]:
    """The intent, the number of the case, and the checkpoint where the paper carries one."""
    tx.require(Permission.VIEW_LOST)
    number = 0
    plain: dict[str, object] = {"lost_paper": request.paper.value}
    subject = f"thing:{request.thing}"
    if request.case_id is not None:
        tx.require(Permission.REPORT_LOST)
        row = tx.session.get(LostCaseRow, request.case_id)
        if row is None:
            raise NoSuchCase
        number, subject = row.number, f"lost:{row.id}"
        plain["case"] = number
    intent = tx.intend("lost.paper_printed", subject, resident=request.resident_id, plain=plain)
    made = make_checkpoint(tx, "report") if request.paper in _SIGNED else None
    return intent, number, made


def _conclude(tx: Tx, intent: int, result: str) -> int:
    tx.require(Permission.VIEW_LOST)
    return tx.conclude(intent, result)


def _draw(
    reading: Reading, words: Words, book: LostBook, request: LostPaperRequest, made: Made | None
) -> bytes:
    reading.require(Permission.VIEW_LOST)
    if request.case_id is None:
        return _blank(reading, words, book, request)
    case = lost_case(reading, book, request.case_id)
    if request.paper in _FOR_A_PERSON:
        return _letter(reading, words, book, request, case)
    if made is not None:
        return _report(reading, words, book, request.paper, case, Occasion(made, None))
    from facility_app.reports.lost_checklist import checklist_pdf
    from facility_app.services.lost_paper_checklist import case_checklist

    facility = load_facility(reading.session)
    return checklist_pdf(words, case_checklist(words, facility, book, case))


def _blank(reading: Reading, words: Words, book: LostBook, request: LostPaperRequest) -> bytes:
    from facility_app.reports.lost_checklist import checklist_pdf
    from facility_app.services.lost_paper_checklist import blank_checklist

    facility = load_facility(reading.session)
    thing = book.lost.things[request.thing]
    today = local_date(reading.now)
    return checklist_pdf(words, blank_checklist(words, facility, book, thing, today))


def _report(
    reading: Reading,
    words: Words,
    book: LostBook,
    kind: LostPaper,
    case: LostCaseView,
    occasion: Occasion,
) -> bytes:
    from facility_app.reports.as_pdf import write_pdf
    from facility_app.services.lost_paper_leak import leak_report
    from facility_app.services.lost_paper_report import incident_report

    make = incident_report if kind is LostPaper.REPORT else leak_report
    memory = io.BytesIO()
    write_pdf(memory, words, make(reading, words, book, occasion, case), _nobody)
    return memory.getvalue()


def _letter(
    reading: Reading, words: Words, book: LostBook, request: LostPaperRequest, case: LostCaseView
) -> bytes:
    from facility_app.reports.letter import letter_pdf
    from facility_app.services.lost_paper_letters import authority_letter, notice_letter

    facility = load_facility(reading.session)
    person = _person(case, request.resident_id)
    if request.paper is LostPaper.NOTICE:
        return letter_pdf(words, notice_letter(words, facility, book, case, person))
    chosen = frozenset({request.step_code} - {""})
    return letter_pdf(words, authority_letter(words, facility, book, case, person, chosen))


def _person(case: LostCaseView, resident_id: int | None) -> PersonView:
    """The resident that a letter is about.  Raises NoSuchCase where the case concerns nobody."""
    people = [each for each in case.residents if resident_id in (None, each.id)]
    if not people:
        raise NoSuchCase
    return people[0]


def _nobody(_done: int, _all: int) -> None:
    """Nobody is told how far it is."""
