"""The act of making a report: announced, signed, drawn from one view, concluded (ADR 0007)."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from facility_app.audit.checkpoints import make_checkpoint
from facility_app.audit.work import Reading, Tx
from facility_app.domain.access import PROGRAM, Actor, Permission
from facility_app.domain.clock import local_date
from facility_app.errors import FacilityError
from facility_app.i18n import Words
from facility_app.reports.paper import Paper
from facility_app.services.office import Office
from facility_app.services.reporting.blackout import blackout
from facility_app.services.reporting.common import Occasion
from facility_app.services.reporting.expiry import expiry
from facility_app.services.reporting.ledger import ledger
from facility_app.services.reporting.made import MADE, previous_checkpoint
from facility_app.services.reporting.monthly import monthly
from facility_app.services.reporting.place import refuse_place, written
from facility_app.services.reporting.request import (
    Document,
    Format,
    MadeReport,
    Progress,
    ReportRequest,
)
from facility_app.services.reporting.rights import rights
from facility_app.services.reporting.statement import refuse_unknown, statement
from facility_app.services.reporting.visits import visits
from facility_app.services.review_collect import collect_reviews


def no_progress(_done: int, _all: int) -> None:
    """Nobody is told."""


def make_report(
    office: Office,
    actor: Actor,
    words: Words,
    request: ReportRequest,
    out: Path | None = None,
    progress: Progress = no_progress,
) -> MadeReport:
    """Make a report; to the file `out`, or into memory where there is none.

    Writes all of the file or nothing.  What is in it is one consistent view of the store, not older
    than its checkpoint.  Raises NotPermitted, PeriodInFuture, PeriodTooLong, PasswordTooShort,
    ResidentUnknown, GlyphMissing, ReportPlaceTaken, ReportPlaceUnusable, ReportPlaceFull,
    ExportPlaceInside, LogTampered, and Cancelled where `progress` did.
    """
    today = office.ask(actor, _checked, request)
    if out is not None:
        refuse_place(office.data, out)
    if request.document is Document.MONTHLY:
        _collect(office, progress)
    intent, occasion = office.do(actor, _announce, request)
    try:
        content, pages = _made(office, actor, words, request, occasion, out, progress)
    except FacilityError:
        office.do(actor, _conclude, request, intent, "failed")
        raise
    entry = office.do(actor, _conclude, request, intent, "done")
    name = file_name(request, today)
    return MadeReport(request, content, out, pages, occasion.made, occasion.previous, entry, name)


def file_name(request: ReportRequest, today: date) -> str:
    """A name to offer for the file, without anybody's name in it: ``monthly-2026-11.pdf``."""
    period = request.period
    if request.document is Document.MONTHLY and period is not None:
        when = f"{period.first:%Y-%m}"
    elif period is not None:
        when = f"{period.first.isoformat()}-{min(period.last, today).isoformat()}"
    else:
        when = today.isoformat()
    return f"{request.document.value}-{when}.{request.format.value}"


def _checked(reading: Reading, request: ReportRequest) -> date:
    """Refuse what cannot be made before anything is recorded; gives today."""
    rights = {each.permission for each in Document}
    reading.require(next(filter(reading.may, rights), Permission.MAKE_REPORTS))
    reading.require(request.document.permission)
    today = local_date(reading.now)
    request.refuse(today)
    if request.resident_id is not None:
        refuse_unknown(reading, request.resident_id)
    return today


def _collect(office: Office, progress: Progress) -> None:
    """Bring the review queue up to the record, so that "not reviewed" leaves nothing out."""
    seen = -1
    while (found := office.do(PROGRAM, collect_reviews).seen) != seen:
        seen = found
        progress(0, 1)


def _announce(tx: Tx, request: ReportRequest) -> tuple[int, Occasion]:
    """The intent, and the checkpoint that covers it."""
    tx.require(request.document.permission)
    previous = previous_checkpoint(tx, request.document)
    intent = tx.intend(MADE, "report", resident=request.resident_id, plain=_plain(request))
    return intent, Occasion(make_checkpoint(tx, "report"), previous)


def _plain(request: ReportRequest) -> Mapping[str, Any]:
    """What the record says about a report: which, about which days, in which form."""
    told: dict[str, Any] = {
        "document": request.document.value,
        "format": request.format.value,
        "protected": request.password is not None,
    }
    if request.period is not None:
        told |= {"first": request.period.first.isoformat(), "last": request.period.last.isoformat()}
    return told


def _conclude(tx: Tx, request: ReportRequest, intent: int, result: str) -> int:
    tx.require(request.document.permission)
    return tx.conclude(intent, result)


def _made(
    office: Office,
    actor: Actor,
    words: Words,
    request: ReportRequest,
    occasion: Occasion,
    out: Path | None,
    progress: Progress,
) -> tuple[bytes | None, int]:
    """The content where it stays in memory, and the number of pages."""
    if out is None:
        memory = io.BytesIO()
        pages = office.ask(actor, _draw, words, request, occasion, memory, progress)
        return memory.getvalue(), pages
    with written(out) as file:
        return None, office.ask(actor, _draw, words, request, occasion, file, progress)


def _draw(
    reading: Reading,
    words: Words,
    request: ReportRequest,
    occasion: Occasion,
    out: BinaryIO,
    progress: Progress,
) -> int:
    """Write the paper to `out` from one view of the store; gives the number of pages."""
    reading.require(request.document.permission)
    paper = _paper(reading, words, request, occasion)
    if request.format is Format.PDF:
        return _pdf(words, paper, request, out, progress)
    if request.format is Format.CSV:
        from facility_app.reports.as_csv import write_csv

        write_csv(out, words, paper, progress)
    else:
        from facility_app.reports.as_json import write_json

        write_json(out, words, paper, progress)
    return 0


def _pdf(
    words: Words, paper: Paper, request: ReportRequest, out: BinaryIO, progress: Progress
) -> int:
    from facility_app.reports.as_pdf import write_pdf  # ReportLab: not before a report is made

    if request.password is None:
        return write_pdf(out, words, paper, progress)
    from facility_app.reports.encryption import encrypt

    plain = io.BytesIO()
    pages = write_pdf(plain, words, paper, progress)
    encrypt(plain.getvalue(), out, request.password)
    return pages


def _paper(reading: Reading, words: Words, request: ReportRequest, occasion: Occasion) -> Paper:
    period = request.period
    match request.document:
        case Document.MONTHLY if period is not None:
            return monthly(reading, occasion, period)
        case Document.LEDGER if period is not None:
            return ledger(reading, occasion, period)
        case Document.VISITS if period is not None:
            return visits(reading, occasion, words.language, period)
        case Document.STATEMENT if request.resident_id is not None:
            return statement(reading, occasion, words, request.resident_id, period)
        case Document.BLACKOUT:
            return blackout(reading, occasion)
        case Document.RIGHTS:
            return rights(reading, occasion)
    return expiry(reading, occasion)
