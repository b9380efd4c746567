"""What the tests of card checks stand on: chip facts, and a desk where cards are recognised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from facility_app.cards.chip import MOST_TRIES, CardKind, Certificate, ChipFacts
from facility_app.db.models import AgreementRow, ItemRow, SettingRow
from tests.desk_world import DeskWorld

UNTIL = date(2029, 3, 5)
ENDS = date(2034, 3, 5)
GOOD = ChipFacts(
    kind=CardKind.MY_NUMBER_CARD,
    certificate=Certificate.READ,
    certificate_from=date(2024, 3, 1),
    certificate_until=UNTIL,
    signature_certificate=True,
    card_expires_on=ENDS,
    tries=dict(MOST_TRIES),
)
"""A card that is well in every way."""

MARK = bytes(range(32))
OTHER_MARK = bytes(range(1, 33))


def marked(mark: bytes = MARK, **changed: Any) -> ChipFacts:
    """The good card with a mark."""
    return replace(GOOD, mark=mark, **changed)


def card_of(desk: DeskWorld, person: str = "hanako") -> ItemRow:
    """The row of a person's card."""
    return desk.one(ItemRow, ItemRow.id == desk.items[person][0])


def noted(desk: DeskWorld, person: str = "hanako", **changed: Any) -> None:
    """Let the register say the same dates as the good card, and what else is given."""
    values = {"card_expires_on": ENDS, "certificate_expires_on": UNTIL}
    desk.add_change(card_of(desk, person), **(values | changed))


def switched_on(desk: DeskWorld) -> None:
    """Recognition as if the manager had switched it on."""
    desk.add(SettingRow(name="card_recognition", value=True))


def agreed(desk: DeskWorld, person: str = "hanako", clause: bool = True) -> None:
    """Give the person's agreement the clause, or take it away."""
    row = desk.one(AgreementRow, AgreementRow.resident_id == desk.residents[person])
    desk.add_change(row, recognition_clause=clause)
