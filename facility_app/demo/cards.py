"""The sample residents' cards: simulated ones that say what the register says of them."""

from __future__ import annotations

from sqlalchemy import select

from facility_app.audit.work import Reading
from facility_app.cards.simulator.profiles import CardProfile, Holder
from facility_app.db.models import ItemKindRow, ItemRow, ResidentRow
from facility_app.domain.access import Permission
from facility_app.domain.dates import add_months

_CERTIFICATE_LASTS = 60
"""Months."""


def sample_cards(reading: Reading) -> dict[int, CardProfile]:
    """A simulated card for every My Number card in custody, by its owner's number."""
    reading.require(Permission.IDENTIFY)
    query = (
        select(ResidentRow, ItemRow.card_expires_on, ItemRow.certificate_expires_on)
        .join(ItemRow, ItemRow.resident_id == ResidentRow.id)
        .join(ItemKindRow, ItemKindRow.code == ItemRow.kind_code)
        .where(ItemKindRow.is_card)
        .order_by(ResidentRow.id)
    )
    return {
        row.id: CardProfile(
            holder=Holder(row.name, row.address, row.birth_date, row.sex),
            certificate_from=add_months(until, -_CERTIFICATE_LASTS),
            certificate_until=until,
            card_expires_on=expires,
            number=row.id,
        )
        for row, expires, until in reading.session.execute(query)
        if until is not None and row.birth_date is not None
    }
