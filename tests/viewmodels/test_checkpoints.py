"""What was scanned or typed as a checkpoint: tidied, told from other things, put into words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.audit.checkpoint import Signer
from facility_app.domain.tags import new_tag
from facility_app.errors import Refused
from facility_app.i18n import Words
from facility_app.services.checkpoint_check import PrintedState, PrintedVerdict
from facility_app.ui.viewmodels.checkpoints import (
    Something,
    finished,
    other_thing,
    other_words,
    tidied,
    verdict_words,
)
from tests.conftest import CHECKPOINT_SEED, START, STORE_ID

SIGNER = Signer(STORE_ID, CHECKPOINT_SEED)
WORDS = Words("ja")
ROOTS = st.binary(min_size=32, max_size=32)


def genuine(text: str) -> bool:
    try:
        return SIGNER.verifier.read(tidied(text)).signed
    except Refused:  # another store, or no checkpoint at all
        return False


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@given(st.integers(0, 10**9), ROOTS)
def test_a_checkpoint_stays_what_it_is(size, root):
    note = SIGNER.sign(size, root)
    assert tidied(note) == note
    assert finished(note)
    assert other_thing(note) is None


@given(
    ROOTS,
    st.sampled_from(
        [
            lambda note: note.replace("\u2014 ", ""),
            lambda note: note.replace("\u2014", "-"),
            lambda note: note.replace("\u2014", "ー"),
            lambda note: note.replace("\n\n", "\n"),
            lambda note: note.replace("\n", "\r\n"),
            lambda note: note.replace("\n", "\n\n"),
            lambda note: f"\n  {note}  \n",
            lambda note: note.replace("+", "~").replace("=", "^"),
            full_width,
        ]
    ),
)
def test_what_scanners_and_hands_make_of_it_is_put_right(root, spoil):
    assert genuine(spoil(SIGNER.sign(1204, root)))


@given(ROOTS, st.data())
def test_another_letter_is_never_put_right(root, data):
    note = SIGNER.sign(1204, root)
    letters = [at for at, c in enumerate(note) if re.match("[A-Za-z0-9]", c)]
    at = data.draw(st.sampled_from(letters[:-2]))  # the last letters before = hold unused bits
    other = "B" if note[at] != "B" else "C"
    changed = note[:at] + other + note[at + 1 :]
    assert not genuine(changed)


def test_words_are_left_as_they_are_and_ready_for_enter():
    assert tidied("あいだ あう") == "あいだ あう"
    assert finished("あいだ")
    assert finished("アイダ")
    assert other_thing("あいだ あう") is None


def test_half_a_checkpoint_waits_for_the_next_line():
    lines = SIGNER.sign(12, bytes(32)).split("\n")
    for count in range(1, 4):
        assert not finished("\n".join(lines[:count]))
    assert other_thing("\n".join(lines[:3])) is None


def test_other_things_are_told_by_name():
    code, _short = new_tag(bytes(range(16)))
    assert other_thing(code) is Something.TAG
    assert other_thing("https://example.invalid/") is Something.OTHER
    assert "袋タグ" in other_words(WORDS, Something.TAG).text
    assert other_words(WORDS, Something.OTHER).level == "warn"


@pytest.mark.parametrize("state", list(PrintedState))
def test_every_verdict_says_what_it_means_and_what_to_do(state):
    for words in (WORDS, Words("en")):
        said = verdict_words(words, PrintedVerdict(state, 1300, 1204, "facility-app/x", START))
        assert said.title
        assert said.text
        assert said.todo
        assert said.title in said.spoken()
    assert (said.level == "ok") is (state is PrintedState.CONSISTENT)
