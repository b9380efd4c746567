"""The four basic attributes (基本4情報) of a card against the register: tolerant of writing, strict
about persons (domain §3.2 "Comparison of the four attributes", §14a).

Most wrong links in the past were twins or members of one family: a birth date or a sex that differs
is never forgiven, a way of writing always is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, IntEnum

import jaconv

from facility_app.domain.addresses import address_key, without_prefecture
from facility_app.domain.names import Variants
from facility_app.domain.people import Sex

HIDDEN = frozenset("●〓?")
"""Signs that stand for one character that could not be shown (外字)."""


class Comparison(Enum):
    """What comparing a card's four attributes with a resident's gives."""

    MATCH = "match"
    REVIEW = "review"
    """A person has to look: similar characters, another address, a sign that cannot be shown."""
    DIFFERENT = "different"


class Attribute(Enum):
    """One of the four, for saying where card and register differ."""

    NAME = "name"
    BIRTH_DATE = "birth-date"
    SEX = "sex"
    ADDRESS = "address"


@dataclass(frozen=True, repr=False)
class CardAttributes:
    """What the chip says of its owner.  It lives for one comparison and is never stored."""

    name: str
    address: str
    birth: date
    sex: Sex

    def __repr__(self) -> str:
        return "CardAttributes(…)"


@dataclass(frozen=True, repr=False)
class NotedAttributes:
    """What the register says of a resident; `birth` and texts may be missing."""

    name: str
    birth: date | None
    sex: Sex
    address: str = ""
    kana: str = ""

    def __repr__(self) -> str:
        return "NotedAttributes(…)"


@dataclass(frozen=True)
class Compared:
    """The answer, and the attributes that are not plainly the same (empty = a match)."""

    result: Comparison
    differing: tuple[Attribute, ...] = ()


class _Sight(IntEnum):
    """How alike two writings are; the smaller, the more alike."""

    SAME = 0
    HIDDEN = 1
    UNCLEAR = 2
    OTHER = 3


@dataclass(frozen=True)
class Writing:
    """Which characters are forms of one (`variants`), and which others look alike (`similar`)."""

    variants: Variants
    similar: Variants


def compare_attributes(
    card: CardAttributes, noted: NotedAttributes, writing: Writing, *, namesakes: bool = False
) -> Compared:
    """Whether the card is that of the resident.

    `namesakes`: another resident has the same birth date and surname; a character that is hidden is
    then not taken on trust.  A missing address is left out of the judgement, a missing birth date
    asks for a look.
    """
    address = _address(card.address, noted.address, writing)
    sights = {
        Attribute.NAME: _name(card.name, noted, writing),
        Attribute.BIRTH_DATE: _birth(card.birth, noted.birth),
        Attribute.SEX: _sex(card.sex, noted.sex),
        Attribute.ADDRESS: address or _Sight.SAME,
    }
    known_place = address is _Sight.SAME
    if sights[Attribute.NAME] is _Sight.OTHER and known_place and _renamed(card, noted, writing):
        sights[Attribute.NAME] = _Sight.UNCLEAR
    if sights[Attribute.NAME] is _Sight.HIDDEN:
        others_agree = max(s for a, s in sights.items() if a is not Attribute.NAME) is _Sight.SAME
        plain = others_agree and not namesakes
        sights[Attribute.NAME] = _Sight.SAME if plain else _Sight.UNCLEAR
    differing = tuple(each for each, sight in sights.items() if sight is not _Sight.SAME)
    if _Sight.OTHER in sights.values():
        return Compared(Comparison.DIFFERENT, differing)
    return Compared(Comparison.REVIEW if differing else Comparison.MATCH, differing)


def _birth(card: date, noted: date | None) -> _Sight:
    if noted is None:
        return _Sight.UNCLEAR
    return _Sight.SAME if card == noted else _Sight.OTHER


def _sex(card: Sex, noted: Sex) -> _Sight:
    if Sex.NOT_APPLICABLE in (card, noted):
        return _Sight.UNCLEAR
    return _Sight.SAME if card is noted else _Sight.OTHER


def _address(card: str, noted: str, writing: Writing) -> _Sight | None:
    """None where one of the two is missing; an address alone never makes another person."""
    one, other = address_key(card, writing.variants), address_key(noted, writing.variants)
    if not one or not other:
        return None
    if (one == without_prefecture(one)) is not (other == without_prefecture(other)):
        one, other = without_prefecture(one), without_prefecture(other)
    return _Sight.SAME if _letters(one, other, writing) <= _Sight.HIDDEN else _Sight.UNCLEAR


def _name(card: str, noted: NotedAttributes, writing: Writing) -> _Sight:
    """The best of all ways in which both names are written, the reading among them."""
    ours = [_parts(way, writing) for way in _ways(card)]
    theirs = [_parts(way, writing) for way in _ways(noted.name)]
    best = min(_letters("".join(a), "".join(b), writing) for a in ours for b in theirs)
    if best is not _Sight.OTHER:
        return best
    swapped = any(sorted(a) == sorted(b) for a in ours for b in theirs)
    reading = "".join(_parts(noted.kana, writing))
    spoken = any(_letters("".join(a), reading, writing) is not _Sight.OTHER for a in ours)
    latin = {"".join(a).isascii() for a in (*ours, *theirs)} == {True, False}
    return _Sight.UNCLEAR if swapped or spoken or latin else _Sight.OTHER


def _renamed(card: CardAttributes, noted: NotedAttributes, writing: Writing) -> bool:
    """Whether only the surname differs: after a marriage the register may have the former one."""
    one, other = _parts(card.name, writing), _parts(noted.name, writing)
    return len(one) > 1 and len(other) > 1 and one[-1] == other[-1]


_BRACKET = re.compile(r"[\[(【〔]([^\])】〕]*)[\])】〕]")
"""氏［旧氏］ 名 on a card, or a 通称 behind the name."""
_AGAIN = re.compile("(.)々")
_DASH_AS_LONG = re.compile("(?<=[\u30a1-\u30fc])[-‐‑‒–—―−─]")
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")


def _ways(name: str) -> Iterator[str]:
    """A name without what stands in brackets, and with that in its place."""
    text = unicodedata.normalize("NFKC", name)
    yield _BRACKET.sub("", text)
    for found in _BRACKET.finditer(text):
        yield f"{found[1]} {text[found.end() :]}"


def _parts(name: str, writing: Writing) -> list[str]:
    """The parts of a name: letters only, in one width and case, variants as their base."""
    text = _DASH_AS_LONG.sub("ー", unicodedata.normalize("NFKC", name).casefold())
    text = "".join(writing.variants.get(char, char) for char in text if not _selects(char))
    text = _AGAIN.sub(r"\1\1", text)
    parts = ("".join(c for c in part if c.isalnum() or c in HIDDEN) for part in text.split())
    return [part for part in parts if part]


def _selects(char: str) -> bool:
    """Whether a character only chooses a form of the one before it (IVS), or shows nothing."""
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef" or char == "\u200b"


def _letters(one: str, other: str, writing: Writing) -> _Sight:
    """Two writings of equal length letter by letter; HIDDEN where at most half cannot be seen."""
    if not one or len(one) != len(other):
        return _Sight.OTHER
    hidden, worst = 0, _Sight.SAME
    for a, b in zip(one, other, strict=True):
        if a in HIDDEN or b in HIDDEN:
            hidden += 1
        elif a != b:
            alike = _shape(a, writing) == _shape(b, writing)
            worst = max(worst, _Sight.UNCLEAR if alike else _Sight.OTHER)
    if hidden and worst is _Sight.SAME:
        return _Sight.HIDDEN if hidden * 2 <= len(one) else _Sight.UNCLEAR
    return worst


def _shape(char: str, writing: Writing) -> str:
    """What a character is taken for at a glance: a look-alike's base, kana of one sound as one."""
    base = writing.similar.get(char, char)
    return str(jaconv.kata2hira(base)).translate(_SMALL)
