"""Reports as the record knows them: announced, made or failed; and the checkpoint of each.

A report is announced by an entry and its checkpoint covers everything up to that entry, so the
checkpoint of a report is the one whose size is the number of the announcement.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from facility_app.audit import checkpoints
from facility_app.audit.checkpoints import Made
from facility_app.audit.entry import Entry, is_vouched, parse
from facility_app.audit.log import canonical_text
from facility_app.audit.work import Reading
from facility_app.db.models import AuditEntryRow, table_of
from facility_app.services.reporting.request import Document

MADE = "report.made"
_E = table_of(AuditEntryRow).c


def previous_checkpoint(reading: Reading, document: Document) -> Made | None:
    """The checkpoint of the last report of this kind that was made; None before the first."""
    for announced in made_reports(reading, document):
        made = checkpoints.of_size(reading.connection, announced.seq)
        if made is not None and checkpoints.read(reading.trust.verifier, made.text) is not None:
            return made
    return None


def made_reports(reading: Reading, document: Document) -> Iterator[Entry]:
    """The announcements of the reports of this kind that were made, newest first."""
    query = select(_E.canonical).where(_E.action == MADE).order_by(_E.seq.desc())
    for canonical in reading.connection.scalars(query, execution_options={"yield_per": 50}):
        outcome = _genuine(reading, canonical)
        if outcome is None or outcome.plain.get("result") != "done":
            continue
        announced = _announced(reading, outcome.plain.get("of"))
        if announced is not None and announced.plain.get("document") == document.value:
            yield announced


def _announced(reading: Reading, seq: object) -> Entry | None:
    canonical = canonical_text(reading.connection, seq) if isinstance(seq, int) else None
    return _genuine(reading, canonical) if canonical else None


def _genuine(reading: Reading, canonical: str) -> Entry | None:
    """The entry, where this program wrote it."""
    return parse(canonical) if is_vouched(canonical, reading.trust.head_key) else None
