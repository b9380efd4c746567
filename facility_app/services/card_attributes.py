"""The four attributes of a card against the register: compared and forgotten (domain §3.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from facility_app.audit.work import Reading
from facility_app.db.models import ResidentRow
from facility_app.domain.access import Permission
from facility_app.domain.attributes import (
    CardAttributes,
    Compared,
    NotedAttributes,
    Writing,
    compare_attributes,
)
from facility_app.errors import Refused
from facility_app.services.lookalikes import lookalikes
from facility_app.services.rule_data import rules
from facility_app.services.settings import load_settings


@dataclass(eq=False)
class AttributeCheckOff(Refused):
    """Comparing the four attributes is switched off in the settings."""

    key: ClassVar[str] = "card_checks.attributes_off"


def compare_card(reading: Reading, resident_id: int, card: CardAttributes) -> Compared:
    """Whether the card is the resident's; only the answer goes into a check.

    Needs CHECK_CARDS.  Raises AttributeCheckOff.
    """
    reading.require(Permission.CHECK_CARDS)
    if not load_settings(reading.session).attribute_check:
        raise AttributeCheckOff
    row = reading.session.get_one(ResidentRow, resident_id)
    noted = NotedAttributes(row.name, row.birth_date, row.sex, row.address, row.kana)
    writing = Writing(rules().true_variants, rules().variants)
    namesakes = bool(lookalikes(reading.session, row))
    return compare_attributes(card, noted, writing, namesakes=namesakes)
