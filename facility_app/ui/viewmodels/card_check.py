"""カード点検: what the page shows while cards and readers come and go.  Knows no Qt.

The page tells what happened (`reader_changed`, `read`, `failed`, `stored`) and asks what to show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from facility_app.cards.chip import Reading
from facility_app.cards.protocol import (
    CardRemoved,
    CardSilent,
    CardTooSlow,
    CardWasReset,
    NoCard,
    NoReader,
    ReaderBusy,
    ReaderFault,
    ServiceStopped,
)
from facility_app.cards.supervisor import ReaderNow, ReaderState
from facility_app.domain.attributes import Attribute
from facility_app.errors import DeviceError
from facility_app.i18n import Words
from facility_app.services.card_checks import CheckedResident, CheckView
from facility_app.services.search import FoundResident


class Offer(Enum):
    """The one button of a picture."""

    NONE = "none"
    TRY_READER = "try-reader"
    READ_AGAIN = "read-again"


@dataclass(frozen=True)
class Picture:
    """What stands in place of a result: what is, what was not done, what to do now."""

    icon: str
    title: str
    undone: str
    todo: str
    offer: Offer = Offer.NONE
    trouble: bool = True
    """Whether something is wrong; a reader that waits for a card is no trouble."""


_ICONS: Mapping[type[DeviceError], tuple[str, Offer]] = {
    NoReader: ("smart_card_reader_off", Offer.TRY_READER),
    ServiceStopped: ("power_off", Offer.TRY_READER),
    ReaderBusy: ("hourglass_top", Offer.READ_AGAIN),
    ReaderFault: ("warning", Offer.TRY_READER),
    CardSilent: ("screen_rotation_alt", Offer.READ_AGAIN),
    CardRemoved: ("front_hand", Offer.NONE),
    NoCard: ("front_hand", Offer.NONE),
    CardTooSlow: ("timer", Offer.READ_AGAIN),
    CardWasReset: ("hourglass_top", Offer.READ_AGAIN),
}
_STATES: Mapping[ReaderState, type[DeviceError]] = {
    ReaderState.NO_READER: NoReader,
    ReaderState.SERVICE_STOPPED: ServiceStopped,
    ReaderState.SILENT: CardSilent,
    ReaderState.BUSY: ReaderBusy,
}
_STOP = chr(0x3002)
"""A title has no full stop."""

Whose = CheckedResident | FoundResident
NO_READER = ReaderNow(ReaderState.NO_READER)


@dataclass
class CheckScreen:
    """The page's state.  `day` None = today, or the next visit of who was chosen."""

    now: ReaderNow = NO_READER
    reading: Reading | None = None
    view: CheckView | None = None
    problem: Exception | None = None
    busy: bool = False
    slow: bool = False
    day: date | None = None
    unrecorded: bool = False
    """Whether the check on the screen could not be stored."""
    differing: tuple[Attribute, ...] = ()
    """What the comparison by the code on the face just saw; shown, never stored."""
    owner: Whose | None = None
    """Whose the card is that is being read or stored."""
    former: Whose | None = None
    """Whose card still lies there while somebody else's is awaited; it is not read."""
    _begun: tuple[str, int] | None = None

    def reader_changed(self, now: ReaderNow) -> bool:
        """The reader says something else; True = a card is there that nobody has read yet."""
        before, self.now = self.now, now
        if now.state is ReaderState.SILENT and not self.busy:
            former = self.former
            self.forget()
            self.former = former
        if now.state is not before.state:
            self._outdate(now.state)
        if now.state is ReaderState.EMPTY or (now.state is ReaderState.CARD and not self._lies()):
            self.former = None
        back = before.state is not ReaderState.CARD and self.former is None
        if back and not self.busy and self.reading is None:
            self._begun = None  # what failed before is tried again when the card is there again
        return self.unread()

    def _outdate(self, state: ReaderState) -> None:
        """What went wrong is told until something else is true; a card that left too early, until
        it is back."""
        told = isinstance(self.problem, CardRemoved | NoCard) and state is ReaderState.EMPTY
        if state is not ReaderState.CARD and not told:
            self.problem = None

    def unread(self) -> bool:
        """Whether a card lies there that was not read and is not being read."""
        return self.now.state is ReaderState.CARD and not self.busy and not self._lies()

    def begin(self) -> None:
        """A reading begins: what the card before said goes away.  Whose it is, and for which day,
        is still known of a card that was not lifted since."""
        same = self.now.state is ReaderState.CARD and self._lies()
        known = (self.whose, self.day, self.differing) if same else (None, None, ())
        self.forget()
        self.owner, self.day, self.differing = known
        self._begun, self.busy = self._here(), True

    def read(self, reading: Reading) -> None:
        """The card answered."""
        at = reading.reader, reading.insertion
        if at != self._begun:  # exchanged before the reading began
            self.owner, self.day, self.differing = None, None, ()
        self.busy = self.slow = False
        self.reading, self._begun = reading, at

    def wait_for(self, resident_id: int) -> None:
        """The card of this resident is to come; somebody else's that lies there is not read."""
        whose = self.whose
        lies = self._lies() and self.now.state is not ReaderState.EMPTY
        self.forget()
        if lies and whose is not None and whose.id != resident_id:
            self.former = whose

    def laid_again(self, reading: Reading) -> None:
        """The card of the result lies there again; what was shown of it stays."""
        if self.reading is not None:
            self.reading = replace(self.reading, reader=reading.reader, insertion=reading.insertion)
            self._begun = reading.reader, reading.insertion

    def failed(self, problem: Exception) -> None:
        """It did not."""
        self.busy = self.slow = False
        self.problem = problem

    def stored(self, view: CheckView) -> None:
        """The check stands in the log.  The day of a visit that is planned follows the plan."""
        self.view = view
        if view.on != self.day:
            self.day = None

    def forget(self) -> None:
        """Show nothing of any card; the day is that of today again."""
        self.reading = self.view = self.problem = self.day = None
        self.busy = self.slow = self.unrecorded = False
        self.differing = ()
        self.owner = self.former = None

    def leave(self) -> None:
        """Locked: whoever unlocks next begins with the card that lies there then."""
        self.forget()
        self._begun = None

    @property
    def lifted(self) -> bool:
        """Whether the card of the result is no longer on the reader."""
        at = self._here() if self.now.state is ReaderState.CARD else None
        return self.reading is not None and at != (self.reading.reader, self.reading.insertion)

    @property
    def exchanged(self) -> bool:
        """Whether another card lies there than that of the result."""
        return self.lifted and self.now.state is ReaderState.CARD

    @property
    def storing(self) -> bool:
        """Whether the check on the screen is on its way into the log."""
        return self.reading is not None and self.view is None and not self.unrecorded

    @property
    def whose(self) -> Whose | None:
        """Whose card was read last, as far as is known."""
        return self.view.resident if self.view is not None else self.former or self.owner

    def _lies(self) -> bool:
        """Whether what was read last is where the reader saw something last."""
        return self._begun == self._here()

    def picture(self, words: Words) -> Picture | None:
        """What to show while there is no result; None = show the result."""
        if self.busy:
            key = "check-slow" if self.slow else "check-reading"
            return _plain(words, key, "hourglass_top" if self.slow else "contactless-fill")
        if self.reading is not None:
            return None
        if self.now.state is ReaderState.FAULT:
            return trouble(words, ReaderFault(self.now.code))
        known = _STATES.get(self.now.state)
        if known is not None:  # what the reader is now outweighs what a card said before
            return trouble(words, known())
        if self.problem is not None:
            return trouble(words, self.problem)
        return _plain(words, "check-ready", "contactless")

    def _here(self) -> tuple[str, int]:
        return self.now.reader, self.now.insertion


def trouble(words: Words, problem: Exception) -> Picture:
    """A device error as a picture; anything else as a driver that fails."""
    icon, offer = _ICONS.get(_kind(problem), ("warning", Offer.READ_AGAIN))
    text = words.error(problem)
    return Picture(icon, text.what.removesuffix(_STOP), text.undone, text.todo, offer)


def _kind(problem: Exception) -> type[DeviceError]:
    return next((kind for kind in _ICONS if isinstance(problem, kind)), DeviceError)


def _plain(words: Words, key: str, icon: str) -> Picture:
    return Picture(icon, words(key), "", words(f"{key}-todo"), trouble=False)
