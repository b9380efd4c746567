"""A code for a card, without the check that the program makes before it."""

from __future__ import annotations

from facility_app.cards.attributes import read_chip_attributes
from facility_app.cards.protocol import ReaderDriver
from facility_app.domain.attributes import CardAttributes
from facility_app.secret import Secret


def attributes_of(driver: ReaderDriver, reader: str, code: Secret) -> CardAttributes:
    """The attributes after one VERIFY, in a session of their own."""
    with driver.session(reader) as link:
        return read_chip_attributes(link, code)
