"""One address, written in many ways: 例田一丁目２番３号 and 例田1-2-3 are the same place.

For comparing only (domain §3.2); what is stored and shown stays as it was written.
"""

from __future__ import annotations

import re
import unicodedata

from facility_app.domain.names import Variants

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−─", "-"))
_DIGITS = "〇一二三四五六七八九"
_UNITS = {"十": 10, "百": 100, "千": 1000}
_KANJI_NUMBER = re.compile(f"[{_DIGITS}{''.join(_UNITS)}]+")
_KE = re.compile("(?<=[\u4e00-\u9fff])[がヶ](?=[\u4e00-\u9fff])")
_COUNTERS = re.compile(r"(?<=\d)(?:丁目|番地[のノ]?|番|号室|号|室|[のノ之](?=\d)|ー(?=\d))")
_LOOSE_HYPHEN = re.compile(r"(?<!\d)-|-(?!\d)")
_PREFECTURE = re.compile("(?:東京都|北海道|京都府|大阪府|[\u4e00-\u9fff]{2,3}県)")


def address_key(text: str, variants: Variants) -> str:
    """`text` without what is only notation: width, blanks, 丁目・番地・号, kanji figures, variants
    of one character, 大字 and 字, ヶ and が.  Empty for an empty address."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_DASHES)
    plain = "".join(variants.get(char, char) for char in plain if _counts(char))
    plain = _KE.sub("ケ", plain).replace("大字", "").replace("字", "")
    plain = _KANJI_NUMBER.sub(lambda found: str(_number(found[0])), plain)
    plain = _COUNTERS.sub("-", plain)
    return _LOOSE_HYPHEN.sub("", re.sub("-+", "-", plain))


def without_prefecture(key: str) -> str:
    """The part of an `address_key` behind 都道府県; the whole where none is named."""
    found = _PREFECTURE.match(key)
    return key[found.end() :] if found else key


def _counts(char: str) -> bool:
    """Whether a character says something: letters, figures, hyphens, signs for what is missing."""
    return unicodedata.category(char)[0] in "LNS" or char in "-?"


def _number(text: str) -> int:
    """The value of kanji figures, by place (一〇二) or with units (百二)."""
    if not set(text) & _UNITS.keys():
        return int("".join(str(_DIGITS.index(char)) for char in text))
    total = digit = 0
    for char in text:
        if char in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[char], 0
        else:
            digit = digit * 10 + _DIGITS.index(char)
    return total + digit
