"""What the reader says of the card that a PIN is for: in words, and whether it may be sent.

Knows no Qt.  The vault's own process looks again before it sends anything; this is for the eyes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from facility_app.cards.chip import MOST_TRIES, CardKind, ChipFacts, Pin
from facility_app.cards.supervisor import ReaderNow, ReaderState
from facility_app.domain.pins import Act, CardPin
from facility_app.i18n import Words

LEAST_TRIES = 2
"""With one left nothing is sent: the last one is the resident's (ADR 0008)."""

_CHIP_PINS: Mapping[CardPin, Pin] = {
    CardPin.USER_AUTH: Pin.USER_AUTH,
    CardPin.CARD_INFO: Pin.CARD_INFO,
    CardPin.RESIDENT_REGISTER: Pin.RESIDENT_REGISTER,
}


@dataclass(frozen=True)
class ExpectedDates:
    """What the register knows of the card; None = nothing was noted."""

    card: date | None = None
    certificate: date | None = None

    @property
    def known(self) -> bool:
        """Whether a card can be told by them: it takes both."""
        return self.card is not None and self.certificate is not None


@dataclass(frozen=True)
class CardSaid:
    """`left` None = no dots.  `blocks`: the key of why nothing may be sent now, or empty."""

    text: str
    icon: str
    tone: str
    blocks: str = ""
    left: int | None = None
    most: int = 0
    dots_tone: str = "ok"
    figures: str = ""


@dataclass(frozen=True)
class CardQuestion:
    """Which card is expected, for which PIN and which act.  `marked`: its chip is recognised."""

    pin: CardPin | None
    dates: ExpectedDates
    marked: bool
    act: Act


def card_said(
    words: Words, now: ReaderNow | None, facts: ChipFacts | None, asked: CardQuestion
) -> CardSaid:
    """The words for this state; `now` None = a program without readers, `facts` None = not read."""
    if now is None or now.state is not ReaderState.CARD:
        return _no_card(words, now)
    if facts is None:
        text = words("pin-card-reading")
        return CardSaid(text, "contactless", "text2", "pin-card-reading")
    if facts.kind is not CardKind.MY_NUMBER_CARD:
        text = words("pin-card-other-kind")
        return CardSaid(text, "cancel-fill", "danger_text", "pin-card-other-kind")
    return _with_tries(words, _compared(words, facts, asked), facts, asked)


def _no_card(words: Words, now: ReaderNow | None) -> CardSaid:
    if now is not None and now.state is ReaderState.EMPTY:
        return CardSaid(words("pin-card-put"), "contactless", "text", "pin-card-put")
    return CardSaid(
        words("pin-card-no-reader"), "contactless_off", "warn_text", "pin-card-no-reader"
    )


def _compared(words: Words, facts: ChipFacts, asked: CardQuestion) -> CardSaid:
    if asked.dates.known:
        seen = ExpectedDates(facts.card_expires_on, facts.certificate_until)
        if seen != asked.dates:
            text = words("pin-card-differs")
            return CardSaid(text, "cancel-fill", "danger_text", "pin-card-differs")
        return CardSaid(words("pin-card-same"), "contactless-fill", "ok_text")
    if asked.marked:
        return CardSaid(words("pin-card-by-chip"), "contactless-fill", "text")
    return CardSaid(words("pin-card-unknown"), "warning-fill", "warn_text", "pin-card-unknown")


def _with_tries(words: Words, said: CardSaid, facts: ChipFacts, asked: CardQuestion) -> CardSaid:
    """The dots; what the counter forbids comes after what the card is."""
    if asked.pin is None:
        return said
    pin = _CHIP_PINS[asked.pin]
    left = facts.tries.get(pin)
    if left is None:
        return _blocked(said, "pin-card-tries-unread")
    most = max(MOST_TRIES[pin], left)
    tone = "ok" if left == most else "warn" if left >= LEAST_TRIES else "danger"
    figures = words("check-tries-figures", left=str(left), most=str(most))
    with_dots = CardSaid(said.text, said.icon, said.tone, said.blocks, left, most, tone, figures)
    if left == 0:
        return _blocked(with_dots, "pin-card-blocked")
    if left < LEAST_TRIES:
        return _blocked(with_dots, "pin-card-last-try")
    if asked.act is Act.CHECK and left < most:
        return _blocked(with_dots, "pin-card-not-full")
    return with_dots


def _blocked(said: CardSaid, key: str) -> CardSaid:
    if said.blocks:
        return said
    return CardSaid(
        said.text, said.icon, said.tone, key, said.left, said.most, said.dots_tone, said.figures
    )
