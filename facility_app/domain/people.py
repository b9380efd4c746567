"""Residents, their proxies and the staff: the values and the checks on what is typed about them.

Names are never "corrected": what is kept is what was typed, without control characters and outer
blanks.  Proxies and proofs: domain §9.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import pairwise
from typing import ClassVar

import jaconv

from facility_app.domain.individual_number import refuse_individual_number
from facility_app.errors import Refused

NAME_LENGTH = 200
STAFF_NUMBER_LENGTH = 8
_STAFF_NUMBER = re.compile(rf"[0-9A-Z]{{1,{STAFF_NUMBER_LENGTH}}}")


class Sex(Enum):
    """As the papers say; NOT_APPLICABLE where they say nothing (次期カード shows none)."""

    MALE = "male"
    FEMALE = "female"
    NOT_APPLICABLE = "not-applicable"


class ProxyKind(Enum):
    """Who acts for a resident (代理人), from the strongest power to none."""

    PARENT = "parent"
    MINOR_GUARDIAN = "minor-guardian"
    ADULT_GUARDIAN = "adult-guardian"
    CURATOR = "curator"
    ASSISTANT = "assistant"
    VOLUNTARY_GUARDIAN = "voluntary-guardian"
    MANDATARY = "mandatary"
    FAMILY = "family"
    GUARANTOR = "guarantor"


class ProofKind(Enum):
    """A paper that shows somebody's power: 登記事項証明書, 代理行為目録, 戸籍, 審判書, 委任状 …"""

    REGISTRATION_CERTIFICATE = "registration-certificate"
    POWERS_LIST = "powers-list"
    FAMILY_REGISTER = "family-register"
    COURT_DECISION = "court-decision"
    MANDATE = "mandate"
    PHOTO_ID = "photo-id"


@dataclass(eq=False)
class NameMissing(Refused):
    """A name is needed.  `field` is the field's name."""

    key: ClassVar[str] = "people.name_missing"
    field: str


@dataclass(eq=False)
class NameTooLong(Refused):
    """A name longer than `limit` characters."""

    key: ClassVar[str] = "people.name_too_long"
    field: str
    limit: int


@dataclass(eq=False)
class StaffNumberMalformed(Refused):
    """A staff number is 1 to `limit` letters or figures."""

    key: ClassVar[str] = "people.staff_number_malformed"
    limit: int


@dataclass(eq=False)
class BirthInFuture(Refused):
    """The date of birth lies after today."""

    key: ClassVar[str] = "people.birth_in_future"
    birth: date


@dataclass(eq=False)
class DatesOutOfOrder(Refused):
    """Born, moved in, moved out must follow each other; `second` lies before `first`."""

    key: ClassVar[str] = "people.dates_out_of_order"
    first: date
    second: date


def person_name(field: str, text: str) -> str:
    """`text` as a name to keep: every character and variation selector as typed, blanks single.

    Raises `NameMissing`, `NameTooLong` or `IndividualNumberRefused`; `field` names the field.
    """
    name = _one_line(text)
    if not name:
        raise NameMissing(field)
    if len(name) > NAME_LENGTH:
        raise NameTooLong(field, NAME_LENGTH)
    refuse_individual_number(field, name)
    return name


def kana_reading(field: str, text: str) -> str:
    """A reading to keep: hiragana from any kana; other letters (foreign names) stay as typed."""
    name = person_name(field, text)
    half_to_full = jaconv.h2z(unicodedata.normalize("NFC", name), kana=True)
    return " ".join(jaconv.kata2hira(half_to_full).split())


def staff_number(text: str) -> str:
    """A staff number to compare and to keep: half width, upper case.  Raises
    `StaffNumberMalformed`."""
    number = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if not _STAFF_NUMBER.fullmatch(number):
        raise StaffNumberMalformed(STAFF_NUMBER_LENGTH)
    return number


def check_resident_dates(
    birth: date, admitted: date | None, left: date | None, today: date
) -> None:
    """Raise `BirthInFuture` or `DatesOutOfOrder` where 生年月日 ≤ 入所日 ≤ 退所日 does not hold."""
    if birth > today:
        raise BirthInFuture(birth)
    days = [day for day in (birth, admitted, left) if day is not None]
    for first, second in pairwise(days):
        if first > second:
            raise DatesOutOfOrder(first, second)


def _one_line(text: str) -> str:
    """Control characters out, every blank (also full width) one blank, none outside."""
    kept = (" " if char.isspace() else char for char in text)
    return " ".join("".join(c for c in kept if unicodedata.category(c) not in ("Cc", "Cs")).split())
