"""Papers of the set-up and the desk: the recovery sheet and the labels of pouch tags, as PDF.

What is printed is recorded before it is drawn: a paper cannot be taken back (design §6).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import PouchRow, ResidentRow
from facility_app.domain.access import Actor, Permission
from facility_app.domain.clock import local_date
from facility_app.errors import FacilityError
from facility_app.i18n import Words
from facility_app.services.cabinets import TagOwner, tag_owners
from facility_app.services.office import Office
from facility_app.services.settings import load_facility


def recovery_paper(
    words: Words, facility: str, store_id: str, made_on: date, recovery: Sequence[str]
) -> bytes:
    """The recovery sheet.  Raises GlyphMissing for a facility's name that cannot be printed."""
    from facility_app.reports.recovery_sheet import RecoverySheet, recovery_sheet

    return recovery_sheet(words, RecoverySheet(facility, store_id, made_on, recovery))


def all_tagged(reading: Reading) -> list[int]:
    """Residents who live here and have a pouch, for labels of all of them."""
    reading.require(Permission.PRINT_TAGS)
    today = local_date(reading.now)
    query = select(PouchRow.resident_id).join(ResidentRow, ResidentRow.id == PouchRow.resident_id)
    here = ResidentRow.discharged_on.is_(None) | (ResidentRow.discharged_on >= today)
    return list(reading.session.scalars(query.where(here).order_by(ResidentRow.kana)))


def announce_tags(tx: Tx, resident_ids: Sequence[int]) -> tuple[str, list[TagOwner], int]:
    """Announce that labels are printed (ADR 0007).

    Gives the facility's name, what stands on the labels, and the entry that awaits its outcome.
    """
    tx.require(Permission.PRINT_TAGS)
    owners = tag_owners(tx.session, list(resident_ids))
    intent = tx.intend("tags.printed", "tags", plain={"count": len(owners)})
    return load_facility(tx.session).name, owners, intent


def conclude_tags(tx: Tx, intent: int, result: str) -> int:
    """Record whether the labels were drawn (``done``) or not (``failed``); gives the number."""
    tx.require(Permission.PRINT_TAGS)
    return tx.conclude(intent, result)


def tag_paper(
    office: Office, actor: Actor, words: Words, resident_ids: Sequence[int], skip: int = 0
) -> tuple[bytes, int]:
    """The sheet of tag labels and how many there are; recorded before it is drawn.

    skip: labels of the first sheet that were used before.  Raises NotPermitted, GlyphMissing.
    """
    from facility_app.reports.tag_labels import TagLabel, tag_labels

    facility, owners, intent = office.do(actor, announce_tags, resident_ids)
    labels = [TagLabel(owner.code, owner.short, owner.slot) for owner in owners]
    try:
        paper = tag_labels(words, facility, labels, skip=skip)
    except FacilityError:
        office.do(actor, conclude_tags, intent, "failed")
        raise
    office.do(actor, conclude_tags, intent, "done")
    return paper, len(labels)
