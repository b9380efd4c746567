"""What every text that people type must pass before it is stored.

Trimmed, short enough, no individual number.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from facility_app.domain.individual_number import refuse_individual_number
from facility_app.errors import Refused

NAME_LENGTH = 200
"""Characters of a name or another one-line text, variation selectors counted; the column's width.
"""

TEXT_LENGTH = 4000
"""Characters of an address, a note or a reason."""


class Field(StrEnum):
    """The name of a field in an error.

    A `str`, so that rules of the domain take it, with a word of its own.
    """

    NAME = "name"
    KANA = "kana"
    BIRTH_DATE = "birth-date"
    SEX = "sex"
    ROOM = "room"
    ADDRESS = "address"
    ADMITTED_ON = "admitted-on"
    DISCHARGED_ON = "discharged-on"
    RESIDENCE_EXPIRES_ON = "residence-expires-on"
    NOTES = "notes"
    PHONE = "phone"
    PROOF = "proof"
    PROOF_SEEN_ON = "proof-seen-on"
    VALID_UNTIL = "valid-until"
    ENDED_ON = "ended-on"
    SIGNED_ON = "signed-on"
    CONSENTED_BY = "consented-by"
    CAPACITY = "capacity"
    WILL_CONFIRMED = "will-confirmed"
    WITNESS = "witness"
    REVIEW_ON = "review-on"
    WITHDRAWN_ON = "withdrawn-on"
    REASON = "reason"
    KIND = "kind"
    LABEL = "label"
    ISSUED_ON = "issued-on"
    CARD_EXPIRES_ON = "card-expires-on"
    CERTIFICATE_EXPIRES_ON = "certificate-expires-on"
    PAPER_EXPIRES_ON = "paper-expires-on"
    RATIO = "ratio"
    RATIO_SOURCE = "ratio-source"
    RATIO_AS_OF = "ratio-as-of"
    FACE_AUTHENTICATION = "face-authentication"
    CONDITION = "condition"
    PIECES = "pieces"
    COLOUR = "colour"
    RECEIVED_FROM = "received-from"
    RECEIVED_ON = "received-on"
    RECEIVER = "receiver"
    RELATION = "relation"
    DESTINATION = "destination"
    STARTS_AT = "starts-at"
    RETURNS_AT = "returns-at"
    INSURER = "insurer"
    WELFARE_OFFICE = "welfare-office"
    WELFARE_TOLD_ON = "welfare-told-on"
    CLINIC = "clinic"
    MINUTES = "minutes"
    UNTIL = "until"
    EVERY = "every"
    CABINET = "cabinet"
    SLOT = "slot"
    NUMBER = "number"
    SEARCH = "search"
    NOTICED_BY = "noticed-by"
    LAST_SEEN = "last-seen"
    LOST_PLACE = "lost-place"
    EVIDENCE = "evidence"
    CAUSE = "cause"
    MEASURES = "measures"
    FOUND_BY = "found-by"
    FOUND_WHERE = "found-where"
    CONSULTED = "consulted"
    DECIDED_BY = "decided-by"
    DRAFT = "draft"
    KNOWN_ON = "known-on"


@dataclass(eq=False)
class FieldMissing(Refused):
    """A field that must not be empty is empty."""

    key: ClassVar[str] = "fields.missing"
    field: Field


@dataclass(eq=False)
class TextTooLong(Refused):
    """A text has more than `limit` characters."""

    key: ClassVar[str] = "fields.too_long"
    field: Field
    limit: int


@dataclass(eq=False)
class DatesInWrongOrder(Refused):
    """`later` may not lie before `earlier`."""

    key: ClassVar[str] = "fields.wrong_order"
    earlier: Field
    later: Field


@dataclass(eq=False)
class DateInFuture(Refused):
    """A day that must have come already lies in the future."""

    key: ClassVar[str] = "fields.in_future"
    field: Field
    on: date


@dataclass(eq=False)
class NumberOutOfRange(Refused):
    """A number lies outside `lowest` … `highest`, both included."""

    key: ClassVar[str] = "fields.out_of_range"
    field: Field
    lowest: int
    highest: int


@dataclass(eq=False)
class ChangedMeanwhile(Refused):
    """Somebody else changed the same thing after it was read.

    `by` is their name.
    """

    key: ClassVar[str] = "fields.changed_meanwhile"
    by: str


def line(field: Field, text: str, *, required: bool = False, limit: int = NAME_LENGTH) -> str:
    """`text` as one line: NFC, blanks at the ends removed, line breaks and tabs as blanks.

    Raises IndividualNumberRefused, TextTooLong, and FieldMissing where it is required and empty.
    """
    return lines(field, " ".join(text.split()) if _broken(text) else text, required, limit)


def lines(field: Field, text: str, required: bool = False, limit: int = TEXT_LENGTH) -> str:
    """As `line`, for a text that may have several lines."""
    plain = _printable(unicodedata.normalize("NFC", text)).strip()
    refuse_individual_number(field, plain)
    if required and not plain:
        raise FieldMissing(field)
    if len(plain) > limit:
        raise TextTooLong(field, limit)
    return plain


def in_order(first: Field, first_day: date | None, second: Field, second_day: date | None) -> None:
    """Raise DatesInWrongOrder when both days are known and the second lies before the first."""
    if first_day is not None and second_day is not None and second_day < first_day:
        raise DatesInWrongOrder(first, second)


def not_after(field: Field, on: date | None, today: date) -> None:
    """Raise DateInFuture when `on` is known and lies after `today`."""
    if on is not None and on > today:
        raise DateInFuture(field, on)


def within(field: Field, number: int, lowest: int, highest: int) -> int:
    """`number`, or NumberOutOfRange."""
    if not lowest <= number <= highest:
        raise NumberOutOfRange(field, lowest, highest)
    return number


def _broken(text: str) -> bool:
    return any(char in text for char in "\r\n\t\v\f\u2028\u2029\u0085")


def _printable(text: str) -> str:
    """`text` without control characters but the line break; CRLF as LF."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc")
