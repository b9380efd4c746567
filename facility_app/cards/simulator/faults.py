"""What goes wrong with cards, on demand: pulled away, slow, talking nonsense (issue 3)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from facility_app.cards.simulator.card import Reply, SimulatedCard
from facility_app.cards.simulator.profiles import CardProfile

Answer = Callable[[bytes, Reply], Reply]
"""From a command and the true answer to the one that is given."""


class Pulled(Exception):
    """The card left the reader while it was asked; whoever carries commands tells it on."""


@dataclass(frozen=True)
class Faults:
    """`pulled_at`: this command (1 = first after power-on) is never answered; `answers_after_s`:
    every answer takes so long; `mute`: no answer to reset; `says`: what it says instead;
    `lost_at`: this command is done, a try counted, and its answer never comes."""

    pulled_at: int | None = None
    answers_after_s: float = 0.0
    mute: bool = False
    says: Answer | None = None
    lost_at: int | None = None


@dataclass(frozen=True)
class Pace:
    """How long a contactless reader takes (cards.md §8a): per command, and per 256 bytes back."""

    command_s: float = 0.060
    block_s: float = 0.030

    def of(self, answer: bytes) -> float:
        """Seconds for this answer."""
        return self.command_s + self.block_s * len(answer) / 256


INSTANT = Pace(0.0, 0.0)


class FaultyCard(SimulatedCard):
    """A simulated card with faults, at a pace.  `interrupt` may be called from any thread."""

    def __init__(
        self, profile: CardProfile, faults: Faults | None = None, pace: Pace = INSTANT
    ) -> None:
        self.faults, self.pace = faults or Faults(), pace
        self._asked = 0
        self._gone = threading.Event()
        super().__init__(profile)

    def reset(self) -> None:
        """Power on; what counts commands begins anew."""
        super().reset()
        self._asked = 0
        self._gone.clear()

    def interrupt(self) -> None:
        """It was taken off: no answer is waited for any more, until the next power-on."""
        self._gone.set()

    def transmit(self, command: bytes) -> Reply:
        """As a sound card, but for the faults.  Raises Pulled."""
        self._asked += 1
        if self._asked == self.faults.pulled_at:
            raise Pulled
        answer = super().transmit(command)
        if self._asked == self.faults.lost_at:
            raise Pulled
        if self.faults.says is not None:
            answer = self.faults.says(command, answer)
        wait = self.faults.answers_after_s + self.pace.of(answer[0])
        if wait and self._gone.wait(wait):
            raise Pulled
        return answer


def garbage(_command: bytes, _answer: Reply) -> Reply:
    """Bytes that mean nothing, said with confidence."""
    return bytes(range(200)), 0x9000


def endless_tries(command: bytes, answer: Reply) -> Reply:
    """Every command is answered as if it were a counter that is never empty."""
    return b"", 0x63CF


def too_long(_command: bytes, _answer: Reply) -> Reply:
    """More than any answer can be: a driver that returns its buffer."""
    return bytes(70_000), 0x9000


def exact_length(command: bytes, answer: Reply) -> Reply:
    """6Cxx: whoever asks for more than there is must ask again for just that."""
    data, status = answer
    asked = len(command) == 5 and command[1] in (0xB0, 0xCA)
    if asked and data and len(data) % 256 != command[4]:
        return b"", 0x6C00 | len(data) % 256
    return data, status


def fetched() -> Answer:
    """61xx: whatever a card has to give must be fetched with GET RESPONSE (`00 C0`)."""
    held: list[Reply] = []

    def says(command: bytes, answer: Reply) -> Reply:
        if command[1] == 0xC0:
            return held.pop() if held else (b"", 0x6985)
        held[:] = [answer] if answer[0] else []
        return (b"", 0x6100 | len(answer[0]) % 256) if held else answer

    return says
