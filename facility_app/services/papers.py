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


def print_tags(tx: Tx, resident_ids: Sequence[int]) -> tuple[str, list[TagOwner]]:
    """Record that labels are printed; gives the facility's name and what stands on them."""
    tx.require(Permission.PRINT_TAGS)
    owners = tag_owners(tx.session, list(resident_ids))
    if owners:
        tx.record("tags.printed", "tags", plain={"count": len(owners)})
    return load_facility(tx.session).name, owners


def tag_paper(
    office: Office, actor: Actor, words: Words, resident_ids: Sequence[int], skip: int = 0
) -> tuple[bytes, int]:
    """The sheet of tag labels and how many there are; recorded before it is drawn.

    skip: labels of the first sheet that were used before.  Raises NotPermitted, GlyphMissing.
    """
    from facility_app.reports.tag_labels import TagLabel, tag_labels

    facility, owners = office.do(actor, print_tags, resident_ids)
    labels = [TagLabel(owner.code, owner.short, owner.slot) for owner in owners]
    return tag_labels(words, facility, labels, skip=skip), len(labels)
