"""A PIN to its card, without anybody seeing it (直接照合, design §7; ADR 0008).

One transaction: is it the right card, how many tries are left, the PIN exactly once.  Nothing here
repeats anything; the PIN is taken out of its seal only when all questions are answered, and wiped
with the one command.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from facility_app.cards.apdu import BLOCKED, OK, select_application, send, tries_left
from facility_app.cards.attributes import (
    Presentation,
    TriesUnknown,
    VerifyInterrupted,
    enough_tries,
    present_once,
)
from facility_app.cards.chip import MOST_TRIES, Pin
from facility_app.cards.mynacard import PIN_PLACES, CardIdentity, Marker, identify_card
from facility_app.cards.protocol import (
    CardLink,
    CardSilent,
    NoCard,
    NoReader,
    Place,
    ReaderBusy,
    ReaderDriver,
)
from facility_app.errors import DeviceError
from facility_app.secret import Secret
from facility_app.vault.messages import CardPin, ExpectedCard, PinOutcome, Presented

LONGEST = 16
"""Bytes of the longest PIN that a card takes (cards.md §5)."""


@dataclass(eq=False)
class OtherCardLies(DeviceError):
    """Another card lies on the reader than the one whose PIN this is; nothing was sent."""

    key: ClassVar[str] = "vault.other_card"


@dataclass(eq=False)
class CardNotKnown(DeviceError):
    """The register does not say enough of the card to tell it from another; nothing was sent."""

    key: ClassVar[str] = "vault.card_not_known"


@dataclass(eq=False)
class CounterNotFull(DeviceError):
    """Whether a PIN still fits is tried with all tries only; nothing was sent."""

    key: ClassVar[str] = "vault.counter_not_full"
    tries_left: int


@dataclass(eq=False)
class PinUnfit(DeviceError):
    """What is held here is no PIN that a card takes: empty, or too long; nothing was sent."""

    key: ClassVar[str] = "vault.pin_unfit"


def present(
    driver: ReaderDriver,
    reader: str,
    expected: ExpectedCard,
    pin: CardPin,
    unseal: Callable[[], Secret],
    *,
    check_only_full: bool = False,
) -> Presented:
    """Send the PIN that `unseal` gives to the card on `reader` ("" = the one where a card lies).

    Once and never again, whatever happens.  Raises VerifyInterrupted where it is not known whether
    the card counted a try; every other error says that nothing was sent: CardNotKnown,
    OtherCardLies, CounterNotFull, PinUnfit, TriesTooFew, TriesUnknown, those of `cards/protocol`.
    """
    _refuse_unknown(expected)
    name = reader or _reader_with_card(driver)
    presented = Presentation()
    try:
        with driver.session(name) as link:
            return _in_transaction(link, expected, pin, unseal, check_only_full, presented)
    except VerifyInterrupted:
        raise
    except DeviceError as exc:
        if presented.sent:  # the answer was had and letting go failed: as good as broken off
            raise VerifyInterrupted from exc
        raise


def _in_transaction(
    link: CardLink,
    expected: ExpectedCard,
    pin: CardPin,
    unseal: Callable[[], Secret],
    check_only_full: bool,
    presented: Presentation,
) -> Presented:
    if not _is_expected(identify_card(link, _marker(expected)), expected):
        raise OtherCardLies
    application, short_id = PIN_PLACES[Pin(pin)]
    if pin is not CardPin.USER_AUTH and not send(link, select_application(application)).ok:
        raise TriesUnknown
    left = enough_tries(link, short_id)
    if check_only_full and left < MOST_TRIES[Pin(pin)]:
        raise CounterNotFull(left)
    with unseal() as value:
        if not 1 <= len(value) <= LONGEST:
            raise PinUnfit
        return _told(present_once(link, short_id, value, presented))


def _told(status: int) -> Presented:
    """What the card's answer says.  Raises VerifyInterrupted where it is neither yes nor no."""
    if status == OK:
        return Presented(PinOutcome.ACCEPTED, None)
    left = tries_left(status)
    if status in BLOCKED or left == 0:
        return Presented(PinOutcome.BLOCKED, 0)
    if left is None and status != _WRONG_WITHOUT_LIMIT:
        raise VerifyInterrupted
    return Presented(PinOutcome.WRONG, left)


_WRONG_WITHOUT_LIMIT = 0x6300


def _refuse_unknown(expected: ExpectedCard) -> None:
    """Raises CardNotKnown: also for a mark that cannot be compared, which is never passed over."""
    marked, keyed = expected.mark is not None, expected.mark_key is not None
    dated = expected.card_expires_on is not None and expected.certificate_expires_on is not None
    if marked is not keyed or not (marked or dated):
        raise CardNotKnown


def _marker(expected: ExpectedCard) -> Marker | None:
    """As `services.recognition` makes marks: a keyed HMAC over the public key."""
    key = expected.mark_key
    if expected.mark is None or key is None:
        return None
    return lambda public_key: hmac.digest(key.view(), public_key, "sha256")


def _is_expected(found: CardIdentity | None, expected: ExpectedCard) -> bool:
    """Whether everything that the register says is what the card says."""
    if found is None:
        return False
    days = (
        (expected.card_expires_on, found.card_expires_on),
        (expected.certificate_expires_on, found.certificate_until),
    )
    if any(wanted is not None and wanted != told for wanted, told in days):
        return False
    if expected.mark is None or expected.mark_key is None:
        return True
    return found.mark is not None and hmac.compare_digest(found.mark, expected.mark)


def _reader_with_card(driver: ReaderDriver) -> str:
    """The first reader on which a card lies.  Raises NoReader, NoCard, CardSilent, ReaderBusy."""
    views = driver.wait(0)
    for view in views:
        if view.place is Place.CARD:
            return view.name
    places = {view.place for view in views}
    if Place.BUSY in places:
        raise ReaderBusy
    if Place.SILENT in places:
        raise CardSilent
    raise NoCard if views else NoReader
