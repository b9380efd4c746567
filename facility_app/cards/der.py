"""Just enough DER (X.690) for a certificate's dates and key, from as few bytes as possible.

The whole certificate is never needed and never kept: its dates stand in the first 256 bytes, which
saves six of seven reads (ADR 0005).  Bytes may end anywhere: then more are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from facility_app.domain.clock import local_date

SEQUENCE, INTEGER, BIT_STRING, UTC_TIME, GENERALIZED_TIME = 0x30, 0x02, 0x03, 0x17, 0x18
_VERSION = 0xA0
LARGEST = 8192
"""No certificate of these cards is longer; a length beyond it is damage."""


class Malformed(ValueError):
    """These bytes are not what they should be."""


class MoreNeeded(Exception):
    """What is there is well-formed and ends too early.  Not an error: the reader reads on."""


@dataclass(frozen=True)
class Element:
    """One element: where its contents begin and end in the bytes it was found in."""

    tag: int
    begin: int
    start: int
    end: int


@dataclass(frozen=True)
class Validity:
    """First and last day in Japan on which a certificate holds (its moments are UTC)."""

    first: date
    last: date


def element(data: bytes, at: int, tag: int | None = None) -> Element:
    """The header of the element at `at`, definite lengths of every form up to four bytes.

    Its contents may reach beyond `data`.  Raises Malformed for another tag, a many-byte tag, an
    indefinite or needlessly long length; MoreNeeded where the header itself is cut off.
    """
    if at + 2 > len(data):
        raise MoreNeeded
    if data[at] & 0x1F == 0x1F or (tag is not None and data[at] != tag):
        raise Malformed("another tag")
    first, start = data[at + 1], at + 2
    if first < 0x80:
        return Element(data[at], at, start, start + first)
    count = first & 0x7F
    if not 1 <= count <= 4:
        raise Malformed("length of an unknown form")
    if start + count > len(data):
        raise MoreNeeded
    length = int.from_bytes(data[start : start + count], "big")
    if length < 0x80 or length >> (8 * (count - 1)) == 0 or length > LARGEST:
        raise Malformed("length")
    start += count
    return Element(data[at], at, start, start + length)


def certificate_length(data: bytes) -> int:
    """Length of the whole certificate from its first bytes.  Raises Malformed, MoreNeeded."""
    return element(data, 0, SEQUENCE).end


def validity(data: bytes) -> Validity:
    """The dates of the certificate that begins with `data`.

    Raises Malformed where it is no certificate or its dates are none, MoreNeeded.
    """
    dates = _after_issuer(data)
    first = _moment(data, dates.start)
    last = _moment(data, first[1])
    if last[1] != dates.end or first[0] > last[0]:
        raise Malformed("dates")
    return Validity(local_date(first[0]), local_date(last[0]))


def public_key(data: bytes) -> bytes:
    """SubjectPublicKeyInfo (DER) of the certificate that begins with `data`.

    Raises Malformed, MoreNeeded.
    """
    dates = _after_issuer(data)
    subject = element(data, dates.end, SEQUENCE)
    key = element(data, subject.end, SEQUENCE)
    if key.end > len(data):
        raise MoreNeeded
    algorithm = element(data, key.start, SEQUENCE)
    element(data, algorithm.end, BIT_STRING)
    return data[key.begin : key.end]


def _after_issuer(data: bytes) -> Element:
    """The validity of the TBSCertificate (RFC 5280 §4.1); inner lengths stay within outer ones."""
    outer = element(data, 0, SEQUENCE)
    inner = element(data, outer.start, SEQUENCE)
    if inner.end > outer.end:
        raise Malformed("parts longer than the whole")
    at = inner.start
    part = element(data, at)
    if part.tag == _VERSION:
        at = part.end
    for tag in (INTEGER, SEQUENCE, SEQUENCE):  # serial number, algorithm, issuer: passed over
        at = element(data, at, tag).end
        if at > inner.end:
            raise Malformed("parts longer than the whole")
    return element(data, at, SEQUENCE)


def _moment(data: bytes, at: int) -> tuple[datetime, int]:
    """A UTCTime or GeneralizedTime in the one form that DER allows, and where it ends."""
    found = element(data, at)
    if found.tag not in (UTC_TIME, GENERALIZED_TIME):
        raise Malformed("not a time")
    if found.end > len(data):
        raise MoreNeeded
    text = data[found.start : found.end]
    digits, zulu = text[:-1], text[-1:]
    if zulu != b"Z" or not digits.isdigit() or len(digits) != _DIGITS[found.tag]:
        raise Malformed("time")
    if found.tag == UTC_TIME:
        digits = (b"20" if digits < b"50" else b"19") + digits
    month, day, hour, minute, second = (int(digits[at : at + 2]) for at in range(4, 14, 2))
    try:  # strptime would take half the time of a whole check
        moment = datetime(int(digits[:4]), month, day, hour, minute, second, tzinfo=UTC)
        return moment, found.end
    except ValueError as exc:
        raise Malformed("time") from exc


_DIGITS = {UTC_TIME: 12, GENERALIZED_TIME: 14}
