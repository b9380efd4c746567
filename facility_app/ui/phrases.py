"""Where Japanese text may be broken into lines.  Knows no Qt.

A catalogue may mark phrases itself: U+200B allows a break, U+2060 forbids one.  Text without
marks is broken after hiragana that ends a phrase, after punctuation and at spaces, never between
a number and its counter.
"""

from __future__ import annotations

from functools import lru_cache

ALLOW = "\u200b"
FORBID = "\u2060"

_MARKS = (0x3001, 0x3002, 0x30FB, 0xFF09, 0x300D, 0x300F, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1F, 0x3011)
_CLOSING = frozenset(map(chr, (*_MARKS, 0x3015))) | frozenset(",.)?:;-")
_OPENING = frozenset(map(chr, (0xFF08, 0x300C, 0x300E, 0x3010, 0x3014))) | {"("}
_DAY = chr(0x65E5)  # a date and its day of the week in brackets stay together
_HONORIFIC = frozenset(map(chr, (0x304A, 0x3054)))  # o-, go-: belong to the word that follows
_PARTICLES = frozenset(map(chr, (0x3092, 0x306F, 0x304C, 0x306B, 0x3067, 0x3068, 0x3082, 0x306E)))
_JOINED = frozenset(map(chr, (0x3005, 0x30FC, 0x3063, 0x3083, 0x3085, 0x3087)))
_HIRAGANA = range(0x3041, 0x30A0)


def plain(text: str) -> str:
    """The text without break marks, for screen readers and for comparing."""
    return text.replace(ALLOW, "").replace(FORBID, "")


def _is_hiragana(char: str) -> bool:
    return ord(char) in _HIRAGANA


def _may_break(before: str, at: str, start_of_phrase: bool) -> bool:
    if at in _CLOSING or at in _JOINED or before in _OPENING:
        return False
    if before in _CLOSING:
        return not (before in ",.:-" and at.isdigit())
    if at in _OPENING:
        return not (at == "(" and before == _DAY)
    if not _is_hiragana(before) or _is_hiragana(at):
        return False
    return not (start_of_phrase and before in _HONORIFIC)


def _ends_before(phrase: str, at: str, after: str) -> bool:
    """Whether `phrase` ends before `at`; `after` is the character that follows it."""
    if phrase[-1] == " ":
        return True
    if at in _HONORIFIC and phrase[-1] in _PARTICLES and after and not _is_hiragana(after):
        return True
    return _may_break(phrase[-1], at, len(phrase) == 1)


def split(text: str) -> list[str]:
    """`text` (one line, break marks allowed) as phrases; joined they give the plain text again."""
    if ALLOW in text:
        return [plain(part) for part in text.split(ALLOW) if part]
    phrases: list[str] = []
    current = ""
    glued = False
    for place, char in enumerate(text):
        if char == FORBID:
            glued = True
            continue
        if current and not glued and _ends_before(current, char, text[place + 1 : place + 2]):
            phrases.append(current)
            current = ""
        current += char
        glued = False
    return [*phrases, current] if current else phrases


@lru_cache(maxsize=2048)
def phrases_of(text: str) -> tuple[str, ...]:
    """`split`, remembered: layouts ask again and again."""
    return tuple(split(text))
