"""The random code on a pouch (袋タグ): 128 bits that say nothing outside the building.

Written in Crockford's base 32; the short form for people is its first six symbols, ``XXX-XXX``.
Design §8.1 and the ruling "Search": hyphens and case are ignored, O reads as 0, I and L as 1.
"""

from __future__ import annotations

import re
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 26
SHORT_LENGTH = 6
RANDOM_BYTES = 16

_READ_AS = str.maketrans("OIL", "011")
_SYMBOLS = re.compile(f"[{ALPHABET}]+")
_DROPPED = re.compile(r"[\s\-\u2010-\u2015\u2212\u30fc]+")


def new_tag(random_bytes: bytes) -> tuple[str, str]:
    """A tag from 16 random bytes: (code of 26 symbols for the QR, short form ``XXX-XXX``).

    The short form carries 30 bits: the caller draws again when it is already in use.
    """
    if len(random_bytes) != RANDOM_BYTES:
        raise ValueError(f"a tag needs {RANDOM_BYTES} random bytes")
    number = int.from_bytes(random_bytes, "big") << 2
    code = "".join(ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))
    return code, format_short(code)


def parse_code(text: str) -> str | None:
    """The code that a scanner read, in canonical form, or None when `text` is no tag."""
    symbols = _symbols(text)
    return symbols if symbols is not None and len(symbols) == CODE_LENGTH else None


def parse_short(text: str) -> str | None:
    """The short form in `text` as six symbols without the hyphen, or None when it is none."""
    symbols = _symbols(text)
    return symbols if symbols is not None and len(symbols) == SHORT_LENGTH else None


def format_short(code: str) -> str:
    """``XXX-XXX`` of a code, or of six symbols."""
    return f"{code[:3]}-{code[3:SHORT_LENGTH]}"


def _symbols(text: str) -> str | None:
    plain = _DROPPED.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_READ_AS)
    return plain if _SYMBOLS.fullmatch(plain) else None
