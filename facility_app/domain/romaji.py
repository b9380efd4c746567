"""Kana in roman letters, and any way of typing them folded into one, for the search only.

Hepburn, Kunrei and passport spelling fold together: long vowels and double consonants count once,
``si`` is ``shi``, ``namba`` is ``nanba``.  What comes out is compared, never shown.
"""

from __future__ import annotations

import re
import unicodedata

import jaconv

_FOLDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"[^a-z]|xtsu", ""),
        (r"sy|s(?=i)", "sh"),
        (r"tch|[tc]y|t(?=i)", "ch"),
        (r"t(?=u)", "ts"),
        (r"(?<![sc])h(?=u)", "f"),
        (r"[zj]y|[zd](?=i)", "j"),
        (r"dz?(?=u)", "z"),
        (r"m(?=[bp])", "n"),
        (r"([^aeiou])\1+", r"\1"),
        (r"o(?:u|o|h(?![aeiou]))+", "o"),
        (r"uu+", "u"),
    )
)


def fold(letters: str) -> str:
    """Roman letters as the search compares them: a-z only; empty where there are none."""
    plain = unicodedata.normalize("NFKD", letters).casefold()
    for pattern, replacement in _FOLDS:
        plain = pattern.sub(replacement, plain)
    return plain


def romanised(kana: str) -> str:
    """A reading in kana (of any width) as folded roman letters; empty where it holds none."""
    hiragana = jaconv.kata2hira(unicodedata.normalize("NFKC", kana))
    return fold(jaconv.kana2alphabet(hiragana))
