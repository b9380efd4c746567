"""A cell's text as the value of its field; pure.

What cannot be understood is a refusal that quotes the cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar, TypeVar

from facility_app.domain.agreements import Capacity, WillConfirmed
from facility_app.domain.dates import parse_date
from facility_app.domain.items import Condition, FaceAuthentication
from facility_app.domain.people import Sex
from facility_app.errors import Refused
from facility_app.services.imports.columns import Target, column_data, header_key

E = TypeVar("E", bound=Enum)

QUOTED = 40
"""Characters of a cell that a refusal quotes."""

_COUNT = re.compile(r"(\d{1,3})(?:枚|冊|点|部|通|個)?")
_RATIO = re.compile(r"([123])(?:割|0%)?(?:負担)?")


@dataclass(eq=False)
class WordNotKnown(Refused):
    """A word that this field does not know; `known` are examples of what it takes."""

    key: ClassVar[str] = "imports.word_not_known"
    given: str
    known: str


@dataclass(eq=False)
class FigureNotUnderstood(Refused):
    """A number was expected (2, 2枚, 2割)."""

    key: ClassVar[str] = "imports.figure_not_understood"
    given: str


def quoted(text: str) -> str:
    """`text` as a refusal quotes it: one line, shortened."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else f"{line[:QUOTED]}…"


def value_of(target: Target, text: str) -> Any:
    """The value of a filled cell.  Raises a `Refused` that quotes the cell."""
    return _CONVERT.get(target, str)(text)


def kind_code(text: str, by_name: dict[str, str]) -> str:
    """The code of the kind that `text` names; `by_name` are the facility's own kinds.

    Raises WordNotKnown.
    """
    key = header_key(text)
    code = by_name.get(key) or column_data().kinds.get(key)
    if code is None or code not in by_name.values():
        raise WordNotKnown(quoted(text), _examples(by_name))
    return code


def _word(name: str, enum: type[E]) -> Callable[[str], E]:
    def convert(text: str) -> E:
        words = column_data().words[name]
        value = words.get(header_key(text))
        if value is None:
            raise WordNotKnown(quoted(text), _examples(words))
        return enum(value)

    return convert


def _yes(text: str) -> bool:
    words = column_data().words["emergency_clause"]
    value = words.get(header_key(text))
    if value is None:
        raise WordNotKnown(quoted(text), _examples(words))
    return value == "yes"


def _examples(words: Iterable[str]) -> str:
    return " / ".join(list(words)[:5])


def _figure(pattern: re.Pattern[str]) -> Callable[[str], int]:
    def convert(text: str) -> int:
        plain = "".join(unicodedata.normalize("NFKC", text).split())
        match = pattern.fullmatch(plain)
        if match is None:
            raise FigureNotUnderstood(quoted(text))
        return int(match.group(1))

    return convert


_DATES = (
    Target.BIRTH_DATE,
    Target.ADMITTED_ON,
    Target.DISCHARGED_ON,
    Target.RESIDENCE_EXPIRES_ON,
    Target.ISSUED_ON,
    Target.CARD_EXPIRES_ON,
    Target.CERTIFICATE_EXPIRES_ON,
    Target.PAPER_EXPIRES_ON,
    Target.RATIO_AS_OF,
    Target.RECEIVED_ON,
    Target.SIGNED_ON,
    Target.REVIEW_ON,
)
_CONVERT: dict[Target, Callable[[str], Any]] = {
    **dict.fromkeys(_DATES, parse_date),
    Target.SEX: _word("sex", Sex),
    Target.FACE_AUTHENTICATION: _word("face_authentication", FaceAuthentication),
    Target.CONDITION: _word("condition", Condition),
    Target.CAPACITY: _word("capacity", Capacity),
    Target.WILL: _word("will", WillConfirmed),
    Target.EMERGENCY_CLAUSE: _yes,
    Target.PIECES: _figure(_COUNT),
    Target.RATIO: _figure(_RATIO),
}
