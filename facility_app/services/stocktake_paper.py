"""The count sheet of a cabinet, for counting on paper (reports/stocktake_sheet.py)."""

from __future__ import annotations

from datetime import date

from facility_app.audit.work import Tx
from facility_app.domain.access import Actor, Permission
from facility_app.domain.clock import local_date
from facility_app.errors import FacilityError
from facility_app.i18n import Words
from facility_app.services.office import Office
from facility_app.services.settings import load_facility
from facility_app.services.stocktake import NoSuchCabinet, places_of
from facility_app.services.stocktake_count import counted_kinds

Facts = tuple[str, tuple[str, ...], tuple[tuple[str, str, str], ...], date]
"""Name of the facility, places, kinds (code, name, English name), today."""


def announce_sheet(tx: Tx, cabinet: str) -> tuple[Facts, int]:
    """Announce that a count sheet is printed (ADR 0007).

    Gives what stands on it, and the entry that awaits its outcome.  Raises NoSuchCabinet.
    """
    tx.require(Permission.COUNT_STOCKTAKE)
    places = tuple(place.label for place in places_of(tx.session, cabinet))
    if not places:
        raise NoSuchCabinet(cabinet)
    kinds = tuple(counted_kinds(tx.session))
    plain = {"cabinet": cabinet, "places": len(places)}
    intent = tx.intend("stocktake.sheet_printed", f"cabinet:{cabinet}", plain=plain)
    return (load_facility(tx.session).name, places, kinds, local_date(tx.now)), intent


def conclude_sheet(tx: Tx, intent: int, result: str) -> int:
    """Record whether it was drawn (``done``) or not (``failed``); gives the number."""
    tx.require(Permission.COUNT_STOCKTAKE)
    return tx.conclude(intent, result)


def sheet_paper(office: Office, actor: Actor, words: Words, cabinet: str) -> bytes:
    """The count sheet as a PDF; recorded before it is drawn.

    Raises NotPermitted, NoSuchCabinet, GlyphMissing.
    """
    from facility_app.reports.stocktake_sheet import CountSheet, stocktake_sheet

    (facility, places, kinds, today), intent = office.do(actor, announce_sheet, cabinet)
    facts = CountSheet(
        facility=facility,
        cabinet=cabinet,
        day=words.day(today),
        places=places,
        kinds=[
            english if words.language == "en" and english else name for _, name, english in kinds
        ],
    )
    try:
        paper = stocktake_sheet(words, facts)
    except FacilityError:
        office.do(actor, conclude_sheet, intent, "failed")
        raise
    office.do(actor, conclude_sheet, intent, "done")
    return paper
