"""What goes wrong with cards, on demand: pulled away, slow, talking nonsense (issue 3)."""

from __future__ import annotations

import time
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
    every answer takes so long; `mute`: no answer to reset; `says`: what it says instead."""

    pulled_at: int | None = None
    answers_after_s: float = 0.0
    mute: bool = False
    says: Answer | None = None


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
    """A simulated card with faults, at a pace."""

    def __init__(
        self, profile: CardProfile, faults: Faults | None = None, pace: Pace = INSTANT
    ) -> None:
        super().__init__(profile)
        self.faults, self.pace = faults or Faults(), pace
        self._asked = 0

    def reset(self) -> None:
        """Power on; what counts commands begins anew."""
        super().reset()
        self._asked = 0

    def transmit(self, command: bytes) -> Reply:
        """As a sound card, but for the faults.  Raises Pulled."""
        self._asked += 1
        if self._asked == self.faults.pulled_at:
            raise Pulled
        asked = self._asked
        answer = super().transmit(command)
        self._asked = asked  # a SELECT of an application is no power-on
        if self.faults.says is not None:
            answer = self.faults.says(command, answer)
        wait = self.faults.answers_after_s + self.pace.of(answer[0])
        if wait:
            time.sleep(wait)
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
