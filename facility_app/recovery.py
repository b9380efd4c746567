"""The recovery sheet's words: the 32-byte root secret as 24 Japanese words, and back.

BIP-39 with the Japanese list: 256 bits and 8 bits of checksum, 11 bits a word. Typing back is
tolerant: width, katakana, small kana, composed or separate voicing marks; the first letters of a
word are enough where they are unique (three are, for every word of the list).
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from facility_app.errors import Refused
from facility_app.secret import Secret

WORDS = 24
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")
_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_BETWEEN = re.compile(r"[\s、,.。・:：)）0-9]+")


@dataclass(eq=False)
class RecoveryWordUnknown(Refused):
    """The word at `position` (1-24) is not, or not uniquely, one of the list."""

    key: ClassVar[str] = "recovery.word_unknown"
    position: int


@dataclass(eq=False)
class RecoveryWordCount(Refused):
    """There are not exactly 24 words; `count` were typed."""

    key: ClassVar[str] = "recovery.word_count"
    count: int


@dataclass(eq=False)
class RecoveryWordsWrong(Refused):
    """All words are known but do not belong together: one was misread, or two are swapped."""

    key: ClassVar[str] = "recovery.words_wrong"


def words_of(root: Secret) -> tuple[str, ...]:
    """The 24 words of a 32-byte root secret, as they are printed."""
    from mnemonic import Mnemonic

    text = Mnemonic("japanese").to_mnemonic(root.copy_bytes())
    return tuple(unicodedata.normalize("NFC", word) for word in text.split("\u3000"))


def split_words(text: str) -> tuple[str, ...]:
    """The words in what was typed or pasted; blanks, commas and the sheet's numbers part them."""
    return tuple(word for word in _BETWEEN.split(unicodedata.normalize("NFKC", text)) if word)


def root_of(typed: Sequence[str]) -> Secret:
    """The root secret of 24 typed words.

    Raises RecoveryWordCount, RecoveryWordUnknown, RecoveryWordsWrong (checksum).
    """
    from mnemonic import Mnemonic

    if len(typed) != WORDS:
        raise RecoveryWordCount(len(typed))
    exact = []
    for position, word in enumerate(typed, start=1):
        found = known_word(word)
        if found is None:
            raise RecoveryWordUnknown(position)
        exact.append(unicodedata.normalize("NFKD", found))
    try:
        return Secret(Mnemonic("japanese").to_entropy(exact))
    except ValueError as exc:
        raise RecoveryWordsWrong from exc


def known_word(typed: str) -> str | None:
    """The word of the list that `typed` means: written tolerantly, or its unique beginning."""
    wanted = _plain(typed)
    exact = {word for word in _list() if word == wanted}
    if exact or not wanted:
        return next(iter(exact), None)
    folded = wanted.translate(_SMALL)
    for rule in (str.__eq__, str.startswith):
        matches = {word for word in _list() if rule(word.translate(_SMALL), folded)}
        if len(matches) == 1:
            return matches.pop()
    return None


def pick_positions(count: int = 3) -> tuple[int, ...]:
    """`count` different positions (1-24), in order, that the person types back from the sheet."""
    return tuple(sorted(secrets.SystemRandom().sample(range(1, WORDS + 1), count)))


def wrong_positions(root: Secret, typed: Mapping[int, str]) -> tuple[int, ...]:
    """The positions at which `typed` is not the word of the sheet; empty when all are right."""
    words = words_of(root)
    return tuple(at for at, text in sorted(typed.items()) if known_word(text) != words[at - 1])


def _plain(typed: str) -> str:
    """Hiragana in composed form, whatever the keyboard or the input method made of it."""
    joined = typed.replace("゛", "\u3099").replace("゜", "\u309a")
    joined = joined.replace("ﾞ", "\u3099").replace("ﾟ", "\u309a")
    return unicodedata.normalize("NFKC", joined).strip().translate(_KATAKANA)


@cache
def _list() -> tuple[str, ...]:
    from mnemonic import Mnemonic

    return tuple(unicodedata.normalize("NFC", word) for word in Mnemonic("japanese").wordlist)
