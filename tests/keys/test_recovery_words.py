"""The recovery words: exact in print, tolerant when typed back, strict about the checksum."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.recovery import (
    RecoveryWordCount,
    RecoveryWordsWrong,
    RecoveryWordUnknown,
    known_word,
    pick_positions,
    root_of,
    split_words,
    words_of,
    wrong_positions,
)
from facility_app.secret import Secret

ROOT = Secret(bytes(range(32)))
KATAKANA = str.maketrans({chr(code): chr(code + 0x60) for code in range(0x3041, 0x3097)})


@given(st.binary(min_size=32, max_size=32))
def test_words_and_back(root: bytes) -> None:
    words = words_of(Secret(root))
    assert len(words) == 24
    assert root_of(words).copy_bytes() == root


def test_the_list_is_the_one_of_bip_39() -> None:
    """Vector of the standard: 32 zero bytes are 23 times the first word and a checksum word."""
    assert words_of(Secret(bytes(32))) == ("あいこくしん",) * 23 + ("いってい",)


@pytest.mark.parametrize(
    "change",
    [
        lambda word: word.translate(KATAKANA),
        lambda word: unicodedata.normalize("NFD", word),
        lambda word: f" {word}　",
        lambda word: word[:3],
        lambda word: (
            word.replace("っ", "つ").replace("ょ", "よ").replace("ゃ", "や").replace("ゅ", "ゆ")
        ),
        lambda word: (
            unicodedata.normalize("NFD", word).replace("\u3099", "゛").replace("\u309a", "゜")
        ),
    ],
)
def test_typing_back_is_tolerant(change) -> None:
    for root in (ROOT, Secret(bytes(range(100, 132))), Secret(b"\xa5" * 32)):
        typed = [change(word) for word in words_of(root)]
        assert root_of(typed) == root


def test_half_width_katakana_is_read() -> None:
    assert known_word("ﾊﾞｯｼﾞ") == known_word("ばっじ")
    assert known_word("ｱｲｺｸｼﾝ") == "あいこくしん"


def test_a_pasted_sheet_with_numbers_is_split() -> None:
    words = words_of(ROOT)
    sheet = "\n".join(f"{n}. {word}" for n, word in enumerate(words, 1))
    assert split_words(sheet) == words
    assert split_words("、".join(words)) == words


def test_what_is_wrong_is_said() -> None:
    words = list(words_of(ROOT))
    with pytest.raises(RecoveryWordCount) as count:
        root_of(words[:23])
    assert count.value.count == 23
    with pytest.raises(RecoveryWordUnknown) as unknown:
        root_of([*words[:4], "ぬるぽがっ", *words[5:]])
    assert unknown.value.position == 5
    with pytest.raises(RecoveryWordsWrong):
        root_of([words[1], words[0], *words[2:]])
    assert known_word("") is None
    assert known_word("あ") is None


def test_three_words_are_typed_back() -> None:
    for _ in range(50):
        positions = pick_positions()
        assert len(set(positions)) == 3
        assert list(positions) == sorted(positions)
        assert set(positions) <= set(range(1, 25))
    words = words_of(ROOT)
    assert wrong_positions(ROOT, {1: words[0], 7: words[6].translate(KATAKANA)}) == ()
    assert wrong_positions(ROOT, {1: words[0], 7: words[7]}) == (7,)
