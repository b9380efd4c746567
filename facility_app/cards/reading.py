"""One reading from connecting to letting go, on the card thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from facility_app.cards.attributes import Presentation, read_chip_attributes
from facility_app.cards.chip import ChipFacts, Reading
from facility_app.cards.mynacard import Marker, read_chip
from facility_app.cards.protocol import (
    CardLink,
    CardRemoved,
    CardWasReset,
    Place,
    ReaderDriver,
    ReaderView,
)
from facility_app.cards.supervisor import ReaderNow
from facility_app.domain.attributes import CardAttributes
from facility_app.secret import Secret

T = TypeVar("T")

BACK_WITHIN_S = 5.0
"""How long a command waits for a card that was taken away while it was read."""


class _Counting:
    """A card that counts what it is sent."""

    def __init__(self, link: CardLink) -> None:
        self._link, self.sent = link, 0

    @property
    def atr(self) -> bytes:
        return self._link.atr

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        self.sent += 1
        return self._link.transmit(apdu)


def read_card(
    driver: ReaderDriver, reader: str, *, marker: Marker | None = None, insertion: int = 0
) -> Reading:
    """Check the card on `reader`: no PIN, nothing changed on the card, one transaction.

    A reset by another program in between is met by one fresh start: no command of a check costs a
    try, so repeating it is safe.  Raises the device errors of `cards/protocol`.
    """
    began = time.perf_counter()

    def whole() -> Reading:
        with driver.session(reader) as card:
            link = _Counting(card)
            facts = read_chip(link, marker)
            took = round((time.perf_counter() - began) * 1000)
        return Reading(reader, facts, insertion, link.sent, took)

    return _begun_anew(whole)


def read_when_back(
    driver: ReaderDriver,
    reader: str,
    *,
    marker: Marker | None = None,
    patience_s: float = BACK_WITHIN_S,
) -> Reading:
    """As `read_card`; a card pulled too early is waited for and read from the beginning.

    Raises CardRemoved where it is not back within `patience_s` in all.
    """
    until = time.monotonic() + patience_s
    while True:
        seen = _insertion(driver.wait(0), reader)
        try:
            return read_card(driver, reader, marker=marker)
        except CardRemoved:
            while _insertion(driver.wait(until - time.monotonic()), reader) in (None, seen):
                if time.monotonic() >= until:
                    raise


def _insertion(views: Iterable[ReaderView], reader: str) -> int | None:
    """The number of the card that lies on the reader; None where none does."""
    for view in views:
        if view.name == reader and view.place is Place.CARD:
            return view.insertion
    return None


def read_attributes(
    driver: ReaderDriver,
    now: ReaderNow,
    code_b: Secret,
    before: Callable[[ChipFacts], object],
    presentation: Presentation,
    *,
    marker: Marker | None = None,
) -> tuple[Reading, CardAttributes]:
    """A check, and after it the four attributes with one VERIFY, both in one transaction, so that
    no other card gets the code (cards.md §8b.6).

    `before` is called between the two with what the chip said and raises where it is not the card
    that was meant, or the person left.  Never repeated, whatever happens.  Raises what `before` and
    `read_chip_attributes` raise; `presentation` tells afterwards whether the code was sent.
    """
    began = time.perf_counter()
    with driver.session(now.reader) as card:
        link = _Counting(card)
        facts = read_chip(link, marker)
        took = round((time.perf_counter() - began) * 1000)
        reading = Reading(now.reader, facts, now.insertion, link.sent, took)
        before(facts)
        return reading, read_chip_attributes(link, code_b, presentation)


def _begun_anew(reading: Callable[[], T]) -> T:
    try:
        return reading()
    except CardWasReset:
        return reading()
