"""Six words over the telephone: always the same, and understood however they are typed."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facility_app.audit.checkpoint import Signer, signed_text
from facility_app.audit.checkpoints import make_checkpoint
from facility_app.audit.telephone import WORDS, heard, in_kana, telephone_words, word_list
from facility_app.audit.work import Work
from facility_app.domain.access import PROGRAM, Permission

SIGNED = signed_text("facility-app/9f3c", 1204, hashlib.sha256(b"root").digest())
SPOKEN = telephone_words(SIGNED)
TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
lists = st.lists(st.sampled_from(word_list()), min_size=WORDS, max_size=WORDS)


def half_width(text: str) -> str:
    import jaconv

    return str(jaconv.z2h(jaconv.hira2kata(text), kana=True))


def test_the_words_are_the_first_66_bits_of_the_hash() -> None:
    bits = bin(int.from_bytes(hashlib.sha256(SIGNED.encode()).digest(), "big"))[2:].zfill(256)
    numbers = [int(bits[at : at + 11], 2) for at in range(0, 66, 11)]
    assert tuple(word_list()[number] for number in numbers) == SPOKEN


def test_the_words_of_a_known_checkpoint_never_change() -> None:
    """They stand on paper: another version of the program must say the same."""
    assert SPOKEN == ("はかい", "こわれる", "いんげんまめ", "くみたてる", "ねいき", "いわかん")


def test_a_stored_checkpoint_knows_its_words(work: Work, signer: Signer) -> None:
    with work.begin(PROGRAM) as tx:
        tx.require(Permission.MAKE_CHECKPOINT)
        made = make_checkpoint(tx, "asked")
    assert made.words == telephone_words(made.text.partition("\n\n")[0] + "\n")


@given(lists)
@settings(deadline=None)
def test_words_are_heard_as_they_were_said(words: list[str]) -> None:
    assert heard(" ".join(words)).words == tuple(words)


@pytest.mark.parametrize(
    "written",
    [
        lambda text: text,
        lambda text: text.translate(TO_KATAKANA),
        half_width,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: unicodedata.normalize("NFD", text).replace("\u3099", "゛"),
        lambda text: text.replace(" ", "\u3000"),
        lambda text: text.replace(" ", "、"),
        lambda text: "\n".join(f"{n}. {w}" for n, w in enumerate(text.split(), 1)),
        lambda text: f"  {text}\n",
    ],
)
@given(lists)
@settings(deadline=None, max_examples=30)
def test_it_does_not_matter_how_they_are_written(written, words: list[str]) -> None:
    assert heard(written(" ".join(words))).words == tuple(words)


def test_words_without_blanks_are_told_apart_where_that_is_clear() -> None:
    assert heard("".join(SPOKEN)).words == SPOKEN
    assert heard("".join(SPOKEN[:3]) + " " + " ".join(SPOKEN[3:])).words == SPOKEN
    assert heard("あいこくしんあいさつ").words == ("あいこくしん", "あいさつ")


def test_beginnings_are_enough_where_they_are_unique() -> None:
    beginnings = [min((w[:n] for n in (3, 4, 9) if unique(w[:n])), key=len) for w in SPOKEN]
    assert heard(" ".join(beginnings)).words == SPOKEN


def unique(beginning: str) -> bool:
    return sum(word.startswith(beginning) for word in word_list()) == 1


def test_a_missing_voicing_mark_does_not_matter_where_one_word_is_left() -> None:
    assert heard("あんかい").words == heard("あんがい").words != (None,)


@pytest.mark.parametrize(
    ("typed", "unclear"),
    [
        ("", (1, 2, 3, 4, 5, 6)),
        (" ".join(SPOKEN[:4]), (5, 6)),
        (" ".join([*SPOKEN[:2], "ほげほげ", *SPOKEN[3:]]), (3,)),
        (" ".join([*SPOKEN[:2], "あ", *SPOKEN[3:]]), (3,)),
    ],
)
def test_what_was_not_understood_is_named(typed: str, unclear: tuple[int, ...]) -> None:
    assert heard(typed).unclear == unclear
    assert not heard(typed).complete


def test_seven_words_are_not_a_checkpoint() -> None:
    assert not heard(" ".join([*SPOKEN, SPOKEN[0]])).complete


def test_words_are_told_from_the_lines_of_a_checkpoint(signer: Signer) -> None:
    assert in_kana("ｱｲｺｸｼﾝ")
    assert in_kana(" ".join(SPOKEN))
    assert not in_kana(signer.sign(3, bytes(32)))
    assert not in_kana("")


@given(st.text(max_size=60))
@settings(deadline=None)
def test_no_text_breaks_it(text: str) -> None:
    assert all(word is None or word in word_list() for word in heard(text).words)
