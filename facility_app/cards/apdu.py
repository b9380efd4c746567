"""Command APDUs for these cards (ISO/IEC 7816-4, forms of cards.md §2, §3) and sending them.

VERIFY is never repeated by anything here, not after an error and not for a 61xx or 6Cxx answer: one
wrong PIN must cost one try (cards.md §8b.1).
"""

from __future__ import annotations

from typing import NamedTuple

from facility_app.cards.protocol import CardLink, ReaderFault
from facility_app.secret import Secret

OK = 0x9000
NOT_FOUND = (0x6A82, 0x6A83, 0x6A88)
BLOCKED = (0x6983, 0x6984)
"""Both are "no tries left" (cards.md §3): one is documented, the other seen on real cards."""

SHORT_MOST = 256
"""Most bytes that a short response carries; a driver that gives more talks nonsense."""

VERIFY = 0x20


class Answer(NamedTuple):
    """Data and status word of one answer."""

    data: bytes
    status: int

    @property
    def ok(self) -> bool:
        """Whether the command was done; a read that ran over the end of a file counts (6282)."""
        return self.status in (OK, 0x6282)


def select_application(identifier: bytes) -> bytes:
    """SELECT by its full AID, asking for no answer; a shorter one may reach another application."""
    return bytes((0x00, 0xA4, 0x04, 0x0C, len(identifier))) + identifier


def read_file(short_id: int, length: int) -> bytes:
    """READ BINARY of the file with this short id (1-30) from its start, `length` 1-256 bytes.

    The file is the current one afterwards.
    """
    return bytes((0x00, 0xB0, 0x80 | short_id, 0x00, length % SHORT_MOST))


def read_on(offset: int, length: int) -> bytes:
    """READ BINARY of the current file from `offset` (0-32767), `length` 1-256 bytes."""
    return bytes((0x00, 0xB0, offset >> 8, offset & 0xFF, length % SHORT_MOST))


def get_data(tag: int) -> bytes:
    """GET DATA of a data object that the card has at its power-on level."""
    return bytes((0x00, 0xCA, tag >> 8, tag & 0xFF, 0x00))


def count_tries(short_id: int) -> bytes:
    """VERIFY with nothing: asks for the tries left and costs none.

    Exactly four bytes: with a fifth nobody knows what a real card does (cards.md §5, §8b.2).
    """
    return bytes((0x00, VERIFY, 0x00, 0x80 | short_id))


def verify(short_id: int, value: Secret) -> bytes:
    """VERIFY with a PIN or a code of 1-16 bytes.  Every call of this is one human act."""
    return bytes((0x00, VERIFY, 0x00, 0x80 | short_id, len(value))) + value.copy_bytes()


def send(link: CardLink, command: bytes) -> Answer:
    """Send one command; follow one 61xx or one 6Cxx, which some cards answer a read with.

    Raises ReaderFault for an answer longer than a short one may be, and what `transmit` raises.
    """
    data, status = link.transmit(command)
    if command[1] != VERIFY:
        if status >> 8 == 0x6C and len(command) == 5:
            data, status = link.transmit(command[:4] + bytes((status & 0xFF,)))
        elif status >> 8 == 0x61:
            more, status = link.transmit(bytes((0x00, 0xC0, 0x00, 0x00, status & 0xFF)))
            data += more
    if len(data) > 2 * SHORT_MOST:
        raise ReaderFault("too long")
    return Answer(data, status)


def tries_left(status: int) -> int | None:
    """What `count_tries` was answered: 0-15 tries, 0 also for "blocked", None = it did not say.

    9000 means "verified in this session" and 6300 "no limit"; neither is a number (cards.md §3).
    """
    if status & 0xFFF0 == 0x63C0:
        return status & 0x0F
    return 0 if status in BLOCKED else None
