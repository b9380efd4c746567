"""リーダーのためし: is a new reader plugged in, seen, and does it read ten cards without a miss?
Knows no Qt.

The panel tells what happened; `steps` says what to tick.  Nothing of the card is shown or stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from facility_app.cards.protocol import (
    CardSilent,
    NoReader,
    ReaderBusy,
    ReaderFault,
    ServiceStopped,
)
from facility_app.cards.supervisor import ReaderNow, ReaderState
from facility_app.i18n import Words

ROUNDS = 10
"""A reader that misses nothing so often may be trusted."""


class ReaderStep(Enum):
    """The steps in order."""

    PLUGGED = "plugged"
    SEEN = "seen"
    ON = "on"
    OFF = "off"
    ROUNDS = "rounds"


@dataclass(frozen=True)
class StepText:
    """One step: its words, whether it is done or the next one, what stands at its right end."""

    step: ReaderStep
    text: str
    done: bool
    present: bool
    side: str = ""


_READY = (ReaderState.EMPTY, ReaderState.CARD, ReaderState.SILENT, ReaderState.BUSY)
_TROUBLES = {
    ReaderState.NO_READER: NoReader,
    ReaderState.SERVICE_STOPPED: ServiceStopped,
    ReaderState.SILENT: CardSilent,
    ReaderState.BUSY: ReaderBusy,
}


@dataclass
class ReaderTest:
    """`times_ms`: how long each card took in the present run of rounds without a miss."""

    now: ReaderNow = field(default_factory=lambda: ReaderNow(ReaderState.NO_READER))
    times_ms: list[int] = field(default_factory=list)
    rounds: int = 0
    missed: bool = False
    problem: Exception | None = None
    _on: int | None = None
    _off: bool = False
    _asked: tuple[str, int] | None = None
    _lying: bool = False

    def reader_changed(self, now: ReaderNow) -> bool:
        """The reader says something else; True = a card lies there that is to be read."""
        before, self.now = self.now, now
        if before.reader != now.reader and before.reader:
            self._miss()
        if now.state is ReaderState.EMPTY:
            self._lifted()
        elif now.state is ReaderState.SILENT:
            self._miss()
        elif now.state not in _READY:
            self._miss()
            self._asked = None
        here = now.reader, now.insertion
        fresh = now.state is ReaderState.CARD and here != self._asked
        if fresh:
            self._asked, self.problem = here, None
        return fresh

    def read(self, milliseconds: int) -> None:
        """The card answered."""
        self._on, self._lying, self.problem = milliseconds, True, None
        self.times_ms.append(milliseconds)

    def failed(self, problem: Exception) -> None:
        """It did not: the run of rounds begins anew."""
        self.problem = problem
        self._miss()

    def start_over(self) -> None:
        """Forget everything but the reader; a card that lies there is asked again."""
        self.times_ms, self.rounds, self.missed, self.problem = [], 0, False, None
        self._on, self._off, self._lying, self._asked = None, False, False, None

    @property
    def finished(self) -> bool:
        """Whether the reader may be trusted."""
        return self.rounds >= ROUNDS

    def _lifted(self) -> None:
        if self._lying:
            self._off, self._lying = True, False
            self.rounds = min(self.rounds + 1, ROUNDS)
            self.missed = False

    def _miss(self) -> None:
        self.missed = self.missed or self.rounds > 0
        self.rounds, self._lying = 0, False
        self.times_ms = []

    def done(self, step: ReaderStep) -> bool:
        """Whether a step is ticked now; the first two are un-ticked when the reader goes."""
        seen = self.now.state in _READY
        return {
            ReaderStep.PLUGGED: self.now.state is not ReaderState.NO_READER,
            ReaderStep.SEEN: seen,
            ReaderStep.ON: self._on is not None,
            ReaderStep.OFF: self._off,
            ReaderStep.ROUNDS: self.finished,
        }[step]

    @property
    def present(self) -> ReaderStep | None:
        """The first step that is not done; None = all are."""
        return next((step for step in ReaderStep if not self.done(step)), None)

    def steps(self, words: Words) -> list[StepText]:
        """All steps in words."""
        return [
            StepText(
                step,
                words(f"reader-test-{step.value}"),
                self.done(step),
                step is self.present,
                self._side(words, step),
            )
            for step in ReaderStep
        ]

    def _side(self, words: Words, step: ReaderStep) -> str:
        if step is ReaderStep.SEEN and self.done(step):
            return self.now.reader
        if step is ReaderStep.ON and self._on is not None:
            return words("reader-test-took", seconds=_seconds(self._on))
        if step is ReaderStep.ROUNDS:
            return words("reader-test-count", count=str(self.rounds), all=str(ROUNDS))
        return ""

    def advice(self, words: Words) -> tuple[str, str]:
        """What to do now: a title and a sentence."""
        problem = self._problem()
        if problem is not None:
            text = words.error(problem)
            return text.what, text.todo
        present = self.present
        if present is None:
            slowest, mean = max(self.times_ms), sum(self.times_ms) // len(self.times_ms)
            facts = {"mean": _seconds(mean), "slowest": _seconds(slowest)}
            return words("reader-test-good"), words("reader-test-good-text", **facts)
        if present is ReaderStep.ROUNDS and self.missed:
            return words("reader-test-missed"), words("reader-test-missed-text")
        key = f"reader-test-{present.value}-now"
        return words(key), words(f"{key}-text")

    @property
    def troubled(self) -> bool:
        """Whether something is wrong with the reader, or the last round failed."""
        return self._problem() is not None or (self.missed and not self.finished)

    def _problem(self) -> Exception | None:
        if self.now.state is ReaderState.FAULT:
            return ReaderFault(self.now.code)
        kind = _TROUBLES.get(self.now.state)
        return kind() if kind is not None else self.problem


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:.2f}"
