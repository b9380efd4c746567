"""The narrow seam to a reader: bytes go to a card, data and a status word come back.

Two things stand behind it: `cards/pcsc` (the system's PC/SC service) and `cards/simulator` (a card
and a reader in this process).  Nothing above knows which.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, Protocol

from facility_app.errors import DeviceError

TRANSACTION_LASTS_S = 2.0
"""Longest time a card is kept from the other programs of this computer (design §4)."""


class CardLink(Protocol):
    """One powered card.  Only the card thread may hold one (pyscard is not thread-safe)."""

    @property
    def atr(self) -> bytes:
        """The answer to reset: a hint at best, never proof of a card's type (cards.md §1)."""

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        """Send one command APDU, exactly once; gives data and status word (0x0000-0xFFFF).

        Raises CardRemoved, CardWasReset, CardTooSlow, ReaderFault.
        """


class Place(Enum):
    """What lies on a reader, as far as the reader itself can tell."""

    EMPTY = "empty"
    CARD = "card"
    SILENT = "silent"
    """Something lies there and does not answer: upside down, off the centre, damaged."""
    BUSY = "busy"
    """Another program holds the card for itself alone."""


@dataclass(frozen=True)
class ReaderView:
    """One reader now.  `insertion` is another number after every change of card."""

    name: str
    place: Place
    atr: bytes = b""
    insertion: int = 0


class ReaderDriver(Protocol):
    """The readers of this computer.  Made, used and closed on one thread, `wake` excepted."""

    def wait(self, timeout_s: float) -> tuple[ReaderView, ...]:
        """All readers, as soon as something differs from the last answer; else after the time.

        The first call answers at once.  No readers: an empty tuple.  Raises ServiceStopped,
        ReaderFault; the next call begins anew.
        """

    def wake(self) -> None:
        """Let `wait` answer now.  From any thread; may come too early and be lost."""

    def session(self, reader: str) -> AbstractContextManager[CardLink]:
        """The card on `reader`, shared with other programs, inside one transaction.

        The card is left as it is.  Raises NoReader, NoCard, CardSilent, ReaderBusy, CardRemoved,
        ServiceStopped, ReaderFault.
        """

    def close(self) -> None:
        """Give everything back; may be called twice."""


@dataclass(eq=False)
class NoReader(DeviceError):
    """No reader is plugged in, or the one that was asked for is not."""

    key: ClassVar[str] = "card.no_reader"


@dataclass(eq=False)
class ServiceStopped(DeviceError):
    """The system's smart-card service (pcscd, SCardSvr) does not run."""

    key: ClassVar[str] = "card.service_stopped"


@dataclass(eq=False)
class ReaderBusy(DeviceError):
    """Another program uses the reader for itself alone."""

    key: ClassVar[str] = "card.reader_busy"


@dataclass(eq=False)
class ReaderFault(DeviceError):
    """The reader or its driver said something that makes no sense.  `code`: as PC/SC names it."""

    key: ClassVar[str] = "card.reader_fault"
    code: str = ""


@dataclass(eq=False)
class NoCard(DeviceError):
    """Nothing lies on the reader."""

    key: ClassVar[str] = "card.no_card"


@dataclass(eq=False)
class CardSilent(DeviceError):
    """Something lies on the reader and does not answer: upside down, off the centre, damaged."""

    key: ClassVar[str] = "card.silent"


@dataclass(eq=False)
class CardUnreadable(DeviceError):
    """The card answers and does not say what it is; laid on again it may."""

    key: ClassVar[str] = "card.unreadable"


@dataclass(eq=False)
class CardRemoved(DeviceError):
    """The card was taken away before everything was read."""

    key: ClassVar[str] = "card.removed"


@dataclass(eq=False)
class CardWasReset(DeviceError):
    """Another program reset the card in between: whatever was selected is gone; begin anew."""

    key: ClassVar[str] = "card.was_reset"


@dataclass(eq=False)
class CardTooSlow(DeviceError):
    """The card took longer than one transaction may last; it was given free."""

    key: ClassVar[str] = "card.too_slow"
