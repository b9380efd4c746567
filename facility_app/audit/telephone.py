"""Six Japanese words for a checkpoint, to be read over the telephone.

The words are the first 66 bits of SHA-256 over the signed lines of the checkpoint, 11 bits a word
(BIP-39, Japanese list).  Two different checkpoints share them with a chance of 2**-66; finding one
that shares them with a given one takes as many tries.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from functools import cache

from facility_app import recovery

WORDS = 6
_BITS = 11
_VOICING = str.maketrans({"゛": "\u3099", "゜": "\u309a", "ﾞ": "\u3099", "ﾟ": "\u309a"})
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")


@dataclass(frozen=True)
class Heard:
    """What was typed, understood: a word per position, None where it is not one of the list."""

    words: tuple[str | None, ...]

    @property
    def unclear(self) -> tuple[int, ...]:
        """The positions (from 1) that were not understood, and those after the last typed word."""
        given = [at for at, word in enumerate(self.words, 1) if word is None]
        return (*given, *range(len(self.words) + 1, WORDS + 1))

    @property
    def complete(self) -> bool:
        """Whether there are six words, all understood."""
        return len(self.words) == WORDS and not self.unclear


def telephone_words(signed: str) -> tuple[str, ...]:
    """The six words of a checkpoint, from its signed lines (`checkpoint.signed_text`)."""
    words = word_list()
    return tuple(words[number] for number in _numbers(signed))


def heard(typed: str) -> Heard:
    """The words in what somebody typed.

    Width, katakana, small kana, separate or missing voicing marks and blanks between the words do
    not matter; the beginning of a word is enough where it is unique.
    """
    words: list[str | None] = []
    for part in recovery.split_words(typed.translate(_VOICING)):
        words += _words_in(part)
    return Heard(tuple(words))


def in_kana(typed: str) -> bool:
    """Whether somebody typed words, and not the lines of a checkpoint."""
    return any("ぁ" <= letter <= "ヶ" for letter in unicodedata.normalize("NFKC", typed))


@cache
def word_list() -> tuple[str, ...]:
    """The 2048 words in order, in composed hiragana."""
    from mnemonic import Mnemonic

    return tuple(unicodedata.normalize("NFC", word) for word in Mnemonic("japanese").wordlist)


def _numbers(signed: str) -> list[int]:
    """Six numbers from 0 to 2047."""
    digest = int.from_bytes(hashlib.sha256(signed.encode()).digest(), "big") >> 256 - WORDS * _BITS
    return [digest >> _BITS * (WORDS - 1 - at) & (1 << _BITS) - 1 for at in range(WORDS)]


def _words_in(part: str) -> list[str | None]:
    """The word, or the words typed without blanks, in `part`; one None where there are none."""
    known = recovery.known_word(part) or _unvoiced(part)
    if known is not None:
        return [known]
    cuts = _cuts(_plain(part), WORDS)
    return list(cuts[0]) if len(cuts) == 1 else [None]


def _unvoiced(part: str) -> str | None:
    """The one word of the list that `part` is when nobody looks at voicing marks."""
    folded = _bare(part)
    found = [word for word in word_list() if folded and _bare(word) == folded]
    return found[0] if len(found) == 1 else None


def _cuts(text: str, most: int) -> list[tuple[str, ...]]:
    """The ways (two are enough to know it is not clear) to read `text` as two to `most` words."""
    by_plain = _by_plain()
    lengths = sorted({len(word) for word in by_plain})
    found: list[tuple[str, ...]] = []

    def go_on(at: int, words: tuple[str, ...]) -> None:
        if at == len(text) and len(words) > 1:
            found.append(words)
        if len(found) > 1 or len(words) == most:
            return
        for length in lengths:
            if (word := by_plain.get(text[at : at + length])) and at + length <= len(text):
                go_on(at + length, (*words, word))

    go_on(0, ())
    return found


@cache
def _by_plain() -> dict[str, str]:
    return {_plain(word): word for word in word_list()}


def _plain(text: str) -> str:
    """Composed hiragana with large kana only."""
    folded = unicodedata.normalize("NFKC", text)
    hiragana = (chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in folded)
    return "".join(hiragana).translate(_SMALL)


def _bare(text: str) -> str:
    """`_plain` without voicing marks."""
    apart = unicodedata.normalize("NFD", _plain(text))
    return "".join(c for c in apart if c not in "\u3099\u309a")
