"""The four attributes of a card against the register: compared and forgotten (domain §3.2).

The card gives them for 照合番号B alone, and comparing that code may cost a try: so it is announced
in the log before it is sent, and its outcome recorded (ADR 0007, 0008).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from facility_app.audit.work import Reading, Tx
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
from facility_app.services.card_checks import recent_check
from facility_app.services.lookalikes import lookalikes
from facility_app.services.rule_data import rules
from facility_app.services.settings import load_settings


@dataclass(eq=False)
class AttributeCheckOff(Refused):
    """Comparing the four attributes is switched off in the settings."""

    key: ClassVar[str] = "card_checks.attributes_off"


@dataclass(eq=False)
class CheckUnassigned(Refused):
    """Nobody has said yet whose card was checked."""

    key: ClassVar[str] = "card_checks.unassigned"


class CodeOutcome(Enum):
    """What became of a code that was announced; the values are those of `Tx.conclude`."""

    DONE = "done"
    FAILED = "failed"
    """The card said no; or, where nothing was sent, something came between."""
    UNKNOWN = "unknown"
    """The card went away while it compared: a try may be gone."""


def announce_code(tx: Tx, check_id: int) -> int:
    """Announce that a code is sent to the card of this check; gives the entry's number.

    Needs CHECK_CARDS.  Raises AttributeCheckOff, CheckTooOld, and CheckUnassigned where nobody's
    card it is: without a resident there is nothing to compare with.
    """
    tx.require(Permission.CHECK_CARDS)
    if not load_settings(tx.session).attribute_check:
        raise AttributeCheckOff
    row = recent_check(tx, check_id)
    if row.resident_id is None:
        raise CheckUnassigned
    items = [] if row.item_id is None else [row.item_id]
    return tx.intend(
        "card.code_presented", f"card_check:{row.id}", resident=row.resident_id, items=items
    )


def conclude_code(tx: Tx, intent: int, outcome: CodeOutcome, *, sent: bool) -> int:
    """Record what became of the announced code; gives the entry's number.

    `sent`: whether it left for the card, so that a try may be gone.  By the program itself: the
    person may have locked meanwhile, or their right have ended with the shift; the entry of the
    intent names them.
    """
    tx.require(Permission.IDENTIFY)
    return tx.conclude(intent, outcome.value, sent=sent)


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
