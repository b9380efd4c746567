"""The four basic attributes through 照合番号B, the code that stands on the card's face.

Exactly one VERIFY with data per human act, never with fewer than two tries left (ADR 0008).  What
is read lives for one comparison; the individual number is in another file, which this code does
not open (cards.md §4.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from facility_app.cards.apdu import (
    BLOCKED,
    OK,
    SHORT_MOST,
    count_tries,
    read_file,
    read_on,
    select_application,
    send,
    tries_left,
    verify,
)
from facility_app.cards.mynacard import CARD_INFO
from facility_app.cards.protocol import CardLink, CardTooSlow
from facility_app.domain.attributes import CardAttributes
from facility_app.domain.people import Sex
from facility_app.errors import DeviceError
from facility_app.secret import Secret

CODE_B_DIGITS = 14
FEWEST_TRIES = 2
"""The last try is never used: a blocked code can only be reset at the city office."""

_CODE_B, _ATTRIBUTES = 0x15, 0x02
_LARGEST = 4096
_TEMPLATE = b"\xff\x20"
_SEXES = {b"1": Sex.MALE, b"2": Sex.FEMALE, b"9": Sex.NOT_APPLICABLE}
_NAME, _ADDRESS, _BIRTH, _SEX = 0xDF22, 0xDF23, 0xDF24, 0xDF25


@dataclass(eq=False)
class WrongCode(DeviceError):
    """The card compared the code and said no.  `tries_left`: 0-15."""

    key: ClassVar[str] = "card.wrong_code"
    tries_left: int


@dataclass(eq=False)
class CodeBlocked(DeviceError):
    """The card compares this code no more; only the city office can reset it."""

    key: ClassVar[str] = "card.code_blocked"


@dataclass(eq=False)
class TriesTooFew(DeviceError):
    """Fewer than two tries are left; the code was not sent."""

    key: ClassVar[str] = "card.tries_too_few"
    tries_left: int


@dataclass(eq=False)
class TriesUnknown(DeviceError):
    """The card does not say how many tries are left; the code was not sent."""

    key: ClassVar[str] = "card.tries_unknown"


@dataclass
class Presentation:
    """Whether the code was sent: true from the moment before, so that a crash errs that way."""

    sent: bool = False


@dataclass(eq=False)
class VerifyInterrupted(DeviceError):
    """The card went away while it compared: whether a try was used is unknown."""

    key: ClassVar[str] = "card.verify_interrupted"


@dataclass(eq=False)
class AttributesUnreadable(DeviceError):
    """The card cannot give the attributes, or what it gave is not what they should be."""

    key: ClassVar[str] = "card.attributes_unreadable"


def read_chip_attributes(
    link: CardLink, code_b: Secret, presentation: Presentation | None = None
) -> CardAttributes:
    """The attributes after one VERIFY with `code_b` (14 ASCII digits as on the card's face).

    Raises TriesTooFew and TriesUnknown (nothing was sent), WrongCode, CodeBlocked,
    VerifyInterrupted, AttributesUnreadable, and what `CardLink.transmit` raises before and after
    the code.  `presentation` tells which, also after an error.  The caller wipes `code_b`.
    """
    presented = presentation or Presentation()
    if not send(link, select_application(CARD_INFO)).ok:
        raise AttributesUnreadable
    enough_tries(link, _CODE_B)
    status = present_once(link, _CODE_B, code_b, presented)
    if status in BLOCKED:
        raise CodeBlocked
    if status != OK:
        wrong = tries_left(status)
        raise AttributesUnreadable if wrong is None else WrongCode(wrong)
    return parse_attributes(_whole_file(link))


def enough_tries(link: CardLink, short_id: int) -> int:
    """The tries left of a PIN or a code of the selected application: two or more.

    Raises TriesUnknown, TriesTooFew.
    """
    left = tries_left(send(link, count_tries(short_id)).status)
    if left is None:
        raise TriesUnknown
    if left < FEWEST_TRIES:
        raise TriesTooFew(left)
    return left


def present_once(link: CardLink, short_id: int, value: Secret, presented: Presentation) -> int:
    """Send a PIN or a code to the selected application, once; gives the status word.

    Whatever stops it on its way, a pulled card, an unplugged reader, a service that ends or a line
    that breaks, leaves unknown whether the card counted; only a transaction that is over by then
    (CardTooSlow) keeps it from being sent.
    """
    presented.sent = True
    try:
        return send(link, verify(short_id, value)).status
    except CardTooSlow:
        presented.sent = False
        raise
    except DeviceError as exc:
        raise VerifyInterrupted from exc


def _whole_file(link: CardLink) -> bytes:
    """EF 0002 to the length in its header; a long address makes it longer than one read."""
    answer = send(link, read_file(_ATTRIBUTES, SHORT_MOST))
    data = answer.data if answer.ok else b""
    start, length = _header(data, 0, _TEMPLATE)
    while len(data) < start + length:
        wanted = min(start + length - len(data), SHORT_MOST)
        answer = send(link, read_on(len(data), wanted))
        if not answer.ok or not answer.data:
            raise AttributesUnreadable
        data += answer.data
    return data[: start + length]


def parse_attributes(data: bytes) -> CardAttributes:
    """The attributes in the contents of EF 0002, both forms of its length (cards.md §4.2).

    Text is decoded strictly: an odd file is an error, never an empty or a shortened name.
    Raises AttributesUnreadable.
    """
    start, length = _header(data, 0, _TEMPLATE)
    end = start + length
    parts: dict[int, bytes] = {}
    while start < end:
        tag = int.from_bytes(data[start : start + 2], "big")
        start, length = _header(data, start, data[start : start + 2])
        if start + length > min(end, len(data)) or tag in parts:
            raise AttributesUnreadable
        parts[tag] = data[start : start + length]
        start += length
    try:
        birth = parts[_BIRTH]
        if len(birth) != 8 or not birth.isdigit():
            raise AttributesUnreadable
        return CardAttributes(
            name=_text(parts[_NAME]),
            address=_text(parts[_ADDRESS]),
            birth=datetime.strptime(birth.decode(), "%Y%m%d").date(),
            sex=_SEXES.get(parts[_SEX], Sex.NOT_APPLICABLE),
        )
    except (KeyError, ValueError) as exc:
        raise AttributesUnreadable from exc


def _text(value: bytes) -> str:
    text = value.decode("utf-8").strip("\x00")
    if not text.strip():
        raise AttributesUnreadable
    return text


def _header(data: bytes, at: int, tag: bytes) -> tuple[int, int]:
    """Start and length of the contents behind a two-byte tag.  Raises AttributesUnreadable."""
    head = data[at : at + 6]
    if len(tag) != 2 or head[:2] != tag or len(head) < 3:
        raise AttributesUnreadable
    first = head[2]
    if first < 0x80:
        return at + 3, first
    count = first & 0x7F
    if count not in (1, 2) or len(head) < 3 + count:
        raise AttributesUnreadable
    length = int.from_bytes(head[3 : 3 + count], "big")
    if length > _LARGEST:
        raise AttributesUnreadable
    return at + 3 + count, length
