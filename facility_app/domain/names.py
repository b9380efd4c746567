"""Finding a resident by what people type: tolerant of width, kana, variants of characters, 濁点.

Rules: design §8.2 and the ruling "Search".  How a service uses it:

1. On every write of a resident store ``search_text(...)`` (again when the pouch's tag or slot
   changes); ``services/search_text`` keeps its two parts in one column.
2. On every key stroke take ``query_tokens(text, variants)`` and keep the rows where, **for every
   token, any** of its `Like`s holds (`matches`); no tokens = everybody.  ``services/search_index``
   does so over the texts in memory (ADR 0013).

Patterns need no ESCAPE: neither ``%`` nor ``_`` survives normalisation.  Both sides are lower case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import jaconv

from facility_app.domain.romaji import fold, romanised
from facility_app.domain.tags import format_short, parse_short

Variants = Mapping[str, str]
"""Variant character → the one it is searched as (髙 → 高); from
``resources/rules/variants.toml``."""

Column = Literal["names", "codes"]
Token = tuple["Like", ...]

_LONG = "\u30fc"
_ROOM, _SLOT, _TAG = "#", "@", "="
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_ROWS = (
    ("あかさたなはまやらわ", "あ", "あ"),
    ("いきしちにひみりゐ", "い", "い"),
    ("うくすつぬふむゆる", "う", "う"),
    ("えけせてねへめれゑ", "え", "い"),
    ("おこそとのほもよろを", "お", "う"),
)
_VOWELS = {kana: (own, spoken) for row, own, spoken in _ROWS for kana in row}
_DASH = dict.fromkeys(map(ord, "‐‑‒–—―−─ー"), "-")
_AGAIN = re.compile("(.)々")
_ROOM_WORDS = re.compile("(?:号室|号|室)$")


@dataclass(frozen=True)
class SearchText:
    """What is stored for one resident: all spellings of the names, and all codes."""

    names: str
    codes: str


@dataclass(frozen=True)
class Like:
    """One SQL LIKE: the column it looks at and its pattern."""

    column: Column
    pattern: str

    def holds(self, text: SearchText) -> bool:
        """The same comparison in Python; a pattern here is ``%…%`` and nothing else."""
        value = text.names if self.column == "names" else text.codes
        return self.pattern[1:-1] in value


def search_key(text: str, variants: Variants) -> str:
    """`text` without what people do not type: width, case, katakana, variants, selectors, 濁点,
    small kana, blanks and signs.  Long marks stay.  Only letters and figures are left."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = _AGAIN.sub(r"\1\1", "".join(variants.get(char, char) for char in plain))
    bare = "".join(
        char for char in unicodedata.normalize("NFKD", jaconv.kata2hira(plain)) if char.isalnum()
    )
    return jaconv.kata2hira(bare).translate(_SMALL)


def search_text(
    name: str,
    kana: str,
    variants: Variants,
    *,
    room: str = "",
    slot: str = "",
    tag_short: str = "",
    more_names: Iterable[str] = (),
) -> SearchText:
    """The two columns for one resident.  `more_names`: former surname, Latin spelling, and the
    like."""
    spellings = [search_key(each, variants) for each in (name, kana, *more_names)]
    names = {way for each in spellings for way in _ways(each)} | _roman(kana, *more_names)
    codes = [_ROOM + start for start in _room_starts(room)]
    codes += [_SLOT + _code(slot).replace("-", "")] if _code(slot) else []
    codes += [_TAG + short.lower() for short in [_short(tag_short)] if short]
    return SearchText(_fields(sorted(names - {""})), _fields(codes))


def query_tokens(text: str, variants: Variants) -> tuple[Token, ...]:
    """For every word of `text` the LIKEs of which any must hold.  Signs alone ask for nothing."""
    words = unicodedata.normalize("NFKC", text).split()
    return tuple(token for word in words if (token := _token(word, variants)))


def matches(text: SearchText, query: str, variants: Variants) -> bool:
    """Whether the resident is found by `query`: what the SQL of the module's docstring answers."""
    tokens = query_tokens(query, variants)
    return all(any(like.holds(text) for like in token) for token in tokens)


def same_for_search(one: str, other: str, variants: Variants) -> bool:
    """Whether two names are the same to the search; generous, never proof of identity."""
    return search_key(one, variants) == search_key(other, variants)


def closed_variants(variants: Variants) -> dict[str, str]:
    """`variants` with chains followed to their end (齊 → 斉 → 斎); a circle ends where it began."""
    closed: dict[str, str] = {}
    for variant, base in variants.items():
        seen = {variant}
        while base in variants and base not in seen:
            seen.add(base)
            base = variants[base]
        closed[variant] = base
    return closed


def _token(word: str, variants: Variants) -> Token:
    likes = [Like("names", f"%{way}%") for way in _name_ways(word, variants)]
    room, slot, short = _room(word), _code(word).replace("-", ""), _short(word)
    if room and any(char.isdigit() for char in room):
        likes.append(Like("codes", f"%|{_ROOM}{room}%"))
    if slot and any(char.isdigit() for char in slot):
        likes.append(Like("codes", f"%|{_SLOT}{slot}%"))
    if short:
        likes.append(Like("codes", f"%|{_TAG}{short.lower()}|%"))
    return tuple(dict.fromkeys(likes))


def _name_ways(word: str, variants: Variants) -> list[str]:
    """The spellings to look for among the names: as typed, and roman letters folded.

    Figures alone are a room, a slot or a tag, never a part of a name.
    """
    key = search_key(word, variants)
    if key.isdigit():
        return []
    roman = {fold(key)} if key.isascii() and key.isalpha() else set()
    return sorted((_ways(key) | roman) - {""})


def _roman(*readings: str) -> set[str]:
    """Each reading in roman letters, whole and by its parts."""
    return {romanised(part) for each in readings for part in (each, *each.split())}


def _ways(key: str) -> set[str]:
    """`key` with its long marks left out, as the vowel before, and as it is spoken (こー =
    こう)."""
    if _LONG not in key:
        return {key}
    return {key.replace(_LONG, ""), _lengthened(key, 0), _lengthened(key, 1)}


def _lengthened(key: str, which: int) -> str:
    kana: list[str] = []
    for char in key:
        before = _VOWELS.get(kana[-1]) if kana else None
        kana += [char] if char != _LONG else [before[which]] if before else []
    return "".join(kana)


def _code(text: str) -> str:
    """Letters, figures and hyphens of a room or a slot, half width and lower case."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_DASH)
    return "".join(char for char in plain if char.isalnum() or char == "-").strip("-")


def _room(text: str) -> str:
    return _ROOM_WORDS.sub("", _code(text))


def _room_starts(room: str) -> list[str]:
    """Where a typed room number may begin: the whole, and the figures after a building's name."""
    code = _room(room)
    after_words = [m.start() for m in re.finditer(r"(?<=[^\d-])\d", code)]
    return [code[start:] for start in (0, *after_words)] if code else []


def _short(text: str) -> str | None:
    short = parse_short(text)
    return format_short(short).replace("-", "") if short else None


def _fields(values: Iterable[str]) -> str:
    """``|one|two|``: no value holds a bar, so a pattern never reaches from one into the next."""
    joined = "|".join(values)
    return f"|{joined}|" if joined else ""
