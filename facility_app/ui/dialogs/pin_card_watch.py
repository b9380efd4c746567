"""The card that lies on the reader while a release is open: read without a PIN, recorded nowhere.

The vault's own process looks for itself before it sends anything; this is for people's eyes.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from facility_app.cards.chip import ChipFacts, Reading
from facility_app.cards.protocol import ReaderDriver
from facility_app.cards.reading import read_card
from facility_app.cards.supervisor import ReaderNow, ReaderState
from facility_app.ui.context import UiContext


class CardWatch(QObject):
    """`changed` when the reader or what is known of its card changed; `failed` carries an error."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, ctx: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._cards = ctx.cards
        self._reading: Reading | None = None
        if ctx.cards is not None:
            ctx.cards.state_changed.connect(self._reader_changed)

    @property
    def now(self) -> ReaderNow | None:
        """None in a program without readers."""
        return None if self._cards is None else self._cards.now

    @property
    def reader(self) -> str:
        """The name of the reader with the card, or nothing."""
        return "" if self.now is None else self.now.reader

    @property
    def insertion(self) -> int:
        """Which card lies there, as a number above 0; 0 where none does."""
        now = self.now
        return 0 if now is None or now.state is not ReaderState.CARD else now.insertion + 1

    @property
    def facts(self) -> ChipFacts | None:
        """What the card that lies there said; None while it was not read."""
        reading, now = self._reading, self.now
        if reading is None or now is None or reading.insertion != now.insertion:
            return None
        return reading.facts

    def read(self) -> None:
        """Ask the card that lies there now; nothing happens without one."""
        if self._cards is None or self._cards.now.state is not ReaderState.CARD:
            return

        def job(driver: ReaderDriver, at: ReaderNow) -> Reading:
            return read_card(driver, at.reader, insertion=at.insertion)

        self._cards.run(job, done=self._take, failed=self._tell)

    def _reader_changed(self, _now: ReaderNow) -> None:
        self.read()
        self.changed.emit()

    def _take(self, reading: Reading) -> None:
        self._reading = reading
        self.changed.emit()

    def _tell(self, exc: Exception) -> None:
        self.failed.emit(exc)
