"""Passwords of staff: long enough, not common, not made from the facility's own words; never
changed by the calendar.  The delay after failures grows (issue #2).  No error carries the password.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import jaconv

from facility_app.errors import Refused

MINIMUM_LENGTH = 13
MAXIMUM_LENGTH = 256
FREE_FAILURES = 2
LONGEST_DELAY = timedelta(minutes=15)

_ESTIMATED = 72
"""The estimator refuses longer texts; what follows can only make a password stronger."""

_WEAKEST_LOG10_GUESSES = 10.0
"""Below 10^10 guesses a long password is a common one in a longer coat (zxcvbn's scores 0 to 3)."""

_SHORTEST_WORD = 3
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fc]{2,}")


@dataclass(eq=False)
class PasswordTooShort(Refused):
    """Fewer than `minimum` characters."""

    key: ClassVar[str] = "passwords.too_short"
    minimum: int


@dataclass(eq=False)
class PasswordTooLong(Refused):
    """More than `maximum` characters."""

    key: ClassVar[str] = "passwords.too_long"
    maximum: int


@dataclass(eq=False)
class PasswordTooCommon(Refused):
    """Known words, rows of keys, repetitions or dates: among the first that anybody tries."""

    key: ClassVar[str] = "passwords.too_common"


@dataclass(eq=False)
class PasswordFromFacility(Refused):
    """Made from the facility's name, a name of staff or a staff number."""

    key: ClassVar[str] = "passwords.from_facility"


def check_password(
    password: str, own_words: Iterable[str], *, minimum: int = MINIMUM_LENGTH
) -> None:
    """Raise the refusal that fits `password`, or do nothing.

    `own_words`: the facility's name, the person's names and readings, the staff number; written in
    any script, their kana and roman spellings are tried too.  Characters count after NFKC.
    """
    plain = unicodedata.normalize("NFKC", password)
    if len(plain) < minimum:
        raise PasswordTooShort(minimum)
    if len(plain) > MAXIMUM_LENGTH:
        raise PasswordTooLong(MAXIMUM_LENGTH)
    derived = derivations(own_words)
    rest = _without(plain, derived)
    if not _strong(rest, derived):
        raise PasswordFromFacility if rest != plain or _strong(plain, []) else PasswordTooCommon


def derivations(words: Iterable[str]) -> list[str]:
    """Every spelling of `words` that somebody would type: as is, hiragana, roman, without blanks;
    and each part of a name, and each run of kana, by itself.  Lower case, longest first, three
    characters or more."""
    found: set[str] = set()
    for word in words:
        plain = unicodedata.normalize("NFKC", word).casefold()
        for part in (*plain.split(), "".join(plain.split()), *_KANA.findall(plain)):
            hiragana = jaconv.kata2hira(part)
            roman = jaconv.kana2alphabet(hiragana).replace("-", "")
            found |= {part, hiragana, roman, jaconv.hira2kata(hiragana)}
    kept = (word for word in found if len(word) >= _SHORTEST_WORD)
    return sorted(kept, key=lambda word: (-len(word), word))


def delay_after(failures: int) -> timedelta:
    """How long to wait after `failures` wrong passwords in a row: 0, 0, 0, 1, 2, 4 … 900
    seconds."""
    if failures <= FREE_FAILURES:
        return timedelta(0)
    doublings = min(failures - FREE_FAILURES - 1, 10)
    return min(timedelta(seconds=2**doublings), LONGEST_DELAY)


def _without(password: str, derived: list[str]) -> str:
    """`password` in lower case, each word of the facility cut out: the rest must carry it alone."""
    rest = password.casefold()
    for word in derived:
        rest = rest.replace(word, "\n")
    return rest.replace("\n", "") if "\n" in rest else password


def _strong(password: str, known: list[str]) -> bool:
    from zxcvbn import zxcvbn  # 30 ms of word lists that the unlock screen does not need

    if not password:
        return False
    result = zxcvbn(password[:_ESTIMATED], user_inputs=known)
    return float(result["guesses_log10"]) >= _WEAKEST_LOG10_GUESSES
