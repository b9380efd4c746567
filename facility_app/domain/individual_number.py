"""The one check for 12-digit individual numbers (個人番号): a facility may not collect or keep
them.

Law: 番号法20条.  Check digit: 番号法施行令8条 and 総務省令 (平成26年85号) 5条.  Ruling: domain
rules "個人番号 check".  No number is ever put into an error, a log or a test: only the field's
name is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from facility_app.errors import Refused

LENGTH = 12
_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
"""Q_n of the ordinance, leftmost digit first (n = 11 … 1): n + 1 for n 1–6, n - 5 for n 7–11."""

_EXTRA_SEPARATORS = frozenset("\u034f\u2043\u2212\u2500\u2501\u2800\u3164\u30fc")
_CHAIN = re.compile(r"[0-9](?:[0-9 ]*[0-9])?")


@dataclass(eq=False)
class IndividualNumberRefused(Refused):
    """A field holds what may be somebody's individual number.  `field` is the name of the field."""

    key: ClassVar[str] = "numbers.individual_number"
    field: str


def check_digit(eleven: str) -> int:
    """The check digit, 0-9, for the first eleven digits of an individual number."""
    return check_digit_of(map(int, eleven))


def check_digit_of(eleven: Iterable[int]) -> int:
    """As `check_digit`, for figures that must not become a text (domain/pins)."""
    total = sum(digit * weight for digit, weight in zip(eleven, _WEIGHTS, strict=True))
    remainder = total % 11
    return 0 if remainder <= 1 else 11 - remainder


def contains_individual_number(text: str) -> bool:
    """Whether `text` holds 12 digits with the right check digit, in one run or one chain of groups.

    After NFKC.  A chain is digits joined by nothing but blanks of any kind, tabs, line breaks,
    hyphens, dashes and characters of no width.  A run or chain of 13 or more is never one.
    """
    chains: list[str] = _CHAIN.findall(_digits_and_gaps(text))
    return any(_is_number(group) for chain in chains for group in _candidates(chain))


def refuse_individual_number(field: str, text: str) -> None:
    """Raise `IndividualNumberRefused` when `text` may hold an individual number; else do
    nothing."""
    if contains_individual_number(text):
        raise IndividualNumberRefused(field)


def _digits_and_gaps(text: str) -> str:
    """`text` with every digit as 0-9, every separator as a blank, and all else as ``x``."""
    return unicodedata.normalize("NFKC", text).translate(_SIGNS)


class _Signs(dict[int, str]):
    """The sign for each character, worked out once: a file of ten megabytes is checked too."""

    def __missing__(self, code: int) -> str:
        digit = unicodedata.decimal(chr(code), None)
        sign = str(digit) if digit is not None else " " if _separates(chr(code)) else "x"
        self[code] = sign
        return sign


_SIGNS = _Signs()


def _separates(char: str) -> bool:
    """Blanks, tabs and line breaks; dashes; zero-width and variation-selecting characters."""
    return (
        char.isspace()
        or char in _EXTRA_SEPARATORS
        or unicodedata.category(char) in ("Pd", "Cf", "Zs", "Zl", "Zp")
        or 0xFE00 <= ord(char) <= 0xFE0F
        or 0xE0100 <= ord(char) <= 0xE01EF
    )


def _candidates(chain: str) -> list[str]:
    """The groups of a chain, and the chain as a whole."""
    groups = chain.split()
    return [*groups, "".join(groups)]


def _is_number(digits: str) -> bool:
    return len(digits) == LENGTH and int(digits[-1]) == check_digit(digits[:-1])
