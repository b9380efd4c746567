"""Readers in this process: a card is put on and taken off by a call, from any thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

from facility_app.cards.protocol import (
    TRANSACTION_LASTS_S,
    CardLink,
    CardRemoved,
    CardSilent,
    CardTooSlow,
    CardWasReset,
    NoCard,
    NoReader,
    Place,
    ReaderBusy,
    ReaderView,
    ServiceStopped,
)
from facility_app.cards.simulator.card import Reply
from facility_app.cards.simulator.faults import INSTANT, Faults, FaultyCard, Pace, Pulled
from facility_app.cards.simulator.profiles import CardProfile

NAME = "Simulated Reader 00 00"


@dataclass
class _Slot:
    card: FaultyCard | None = None
    insertion: int = 0
    exclusive: bool = False
    resets: int = 0


class SimulatedReaders:
    """Readers and a service that do what the test or the sample day says.  A `ReaderDriver`."""

    def __init__(self, *names: str, pace: Pace = INSTANT) -> None:
        self.pace = pace
        self._changed = threading.Condition()
        self._slots = {name: _Slot() for name in names or (NAME,)}
        self._running, self._woken = True, False
        self._told: tuple[ReaderView, ...] | None = None
        self._insertions = 0

    def __call__(self) -> SimulatedReaders:
        """The same readers again: what `Supervisor` calls for a driver."""
        self._told = None
        return self

    # --- what happens to them, from any thread ----------------------------------------------------

    def insert(
        self, card: CardProfile | FaultyCard, faults: Faults | None = None, reader: str = ""
    ) -> FaultyCard:
        """Put a card on; whatever lay there is gone."""
        made = card if isinstance(card, FaultyCard) else FaultyCard(card, faults, self.pace)
        made.reset()
        with self._happens():
            self._exchange(self._slot(reader), made)
        return made

    def remove(self, reader: str = "") -> None:
        """Take the card off."""
        with self._happens():
            self._exchange(self._slot(reader), None)

    def plug(self, name: str = NAME) -> None:
        """Plug a reader in; nothing happens where it is plugged in."""
        with self._happens():
            self._slots.setdefault(name, _Slot())

    def unplug(self, name: str = NAME) -> None:
        """Pull a reader out, with whatever lies on it."""
        with self._happens():
            slot = self._slots.pop(name, None)
            if slot is not None and slot.card is not None:
                slot.card.interrupt()

    def stop_service(self) -> None:
        """The smart-card service ends."""
        with self._happens():
            self._running = False
            for card in self._cards():
                card.interrupt()

    def start_service(self) -> None:
        """The smart-card service is back, and powers the cards on."""
        with self._happens():
            self._running = True
            for card in self._cards():
                card.reset()

    def hold_exclusively(self, held: bool, reader: str = "") -> None:
        """Another program takes the card for itself alone, or gives it back."""
        with self._happens():
            self._slot(reader).exclusive = held

    def reset_by_another(self, reader: str = "") -> None:
        """Another program resets the card."""
        with self._happens():
            slot = self._slot(reader)
            slot.resets += 1
            if slot.card is not None:
                slot.card.reset()

    @contextmanager
    def _happens(self) -> Iterator[None]:
        with self._changed:
            yield
            self._changed.notify_all()

    def _slot(self, reader: str) -> _Slot:
        return self._slots[reader or next(iter(self._slots))]

    def _cards(self) -> list[FaultyCard]:
        return [slot.card for slot in self._slots.values() if slot.card is not None]

    def _exchange(self, slot: _Slot, card: FaultyCard | None) -> None:
        if slot.card is not None and slot.card is not card:
            slot.card.interrupt()
        self._insertions += 1
        slot.card, slot.insertion = card, self._insertions

    # --- the driver, on one thread ----------------------------------------------------------------

    def wait(self, timeout_s: float) -> tuple[ReaderView, ...]:
        with self._changed:
            self._changed.wait_for(self._something_to_tell, timeout_s)
            self._woken = False
            self._refuse_when_stopped()
            self._told = self._views()
            return self._told

    def look(self) -> tuple[ReaderView, ...]:
        """The readers now, for somebody beside the one who waits: nothing counts as told."""
        with self._changed:
            self._refuse_when_stopped()
            return self._views()

    def wake(self) -> None:
        with self._changed:
            self._woken = True
            self._changed.notify_all()

    @contextmanager
    def session(self, reader: str) -> Iterator[CardLink]:
        with self._changed:
            self._refuse_when_stopped()
            slot = self._slots.get(reader)
            if slot is None:
                raise NoReader
            if slot.card is None:
                raise NoCard
            if slot.exclusive:
                raise ReaderBusy
            if slot.card.faults.mute:
                raise CardSilent
            link = _Link(self, reader, slot.card, slot.insertion, slot.resets)
        yield link

    def close(self) -> None:
        """Nothing is held."""

    def _something_to_tell(self) -> bool:
        return self._woken or not self._running or self._views() != self._told

    def _refuse_when_stopped(self) -> None:
        if not self._running:
            self._told = None
            raise ServiceStopped

    def _views(self) -> tuple[ReaderView, ...]:
        return tuple(_view(name, slot) for name, slot in self._slots.items())

    def refuse_when_gone(self, link: _Link) -> None:
        """Raise what has happened to the reader since `link` was made."""
        with self._changed:
            self._refuse_when_stopped()
            slot = self._slots.get(link.reader)
            if slot is None:
                raise NoReader
            if slot.card is not link.card or slot.insertion != link.insertion:
                raise CardRemoved
            if slot.resets != link.resets:
                raise CardWasReset

    def lose(self, link: _Link) -> NoReturn:
        """The card does not answer `link`: raise what has happened to it."""
        with self._happens():
            self.refuse_when_gone(link)
            self.remove(link.reader)  # nobody took it off, so its own fault is at work
        raise CardRemoved


def _view(name: str, slot: _Slot) -> ReaderView:
    if slot.card is None:
        return ReaderView(name, Place.EMPTY, insertion=slot.insertion)
    place = Place.BUSY if slot.exclusive else Place.CARD
    if slot.card.faults.mute:
        return ReaderView(name, Place.SILENT, insertion=slot.insertion)
    return ReaderView(name, place, slot.card.atr, slot.insertion)


@dataclass
class _Link:
    """A card inside one transaction."""

    readers: SimulatedReaders
    reader: str
    card: FaultyCard
    insertion: int
    resets: int

    def __post_init__(self) -> None:
        self._until = time.monotonic() + TRANSACTION_LASTS_S
        self._longest_s = 0.0

    @property
    def atr(self) -> bytes:
        """The answer to reset."""
        return self.card.atr

    def transmit(self, apdu: bytes) -> Reply:
        """See `CardLink`."""
        began = time.monotonic()
        if began + self._longest_s > self._until:  # as `cards/pcsc` does
            raise CardTooSlow
        self.readers.refuse_when_gone(self)
        try:
            answer = self.card.transmit(apdu)
        except Pulled:
            self.readers.lose(self)
        self._longest_s = max(self._longest_s, time.monotonic() - began)
        self.readers.refuse_when_gone(self)
        return answer
