"""Everything that a card, a reader or a comparison can say has its words in every language."""

from __future__ import annotations

from datetime import date
from enum import Enum
from pathlib import Path

import pytest

from facility_app.cards.check import Code, Finding, Level
from facility_app.cards.chip import CardKind, Pin
from facility_app.cards.protocol import Place
from facility_app.cards.sentences import finding_text
from facility_app.cards.supervisor import ReaderState
from facility_app.domain.attributes import Attribute
from facility_app.i18n import LANGUAGES, Words
from facility_app.services.recognition import RecognitionState

ENUMS: list[type[Enum]] = [CardKind, Pin, Level, Place, Code, Attribute, RecognitionState]
DAY = date(2027, 1, 31)


def finding(code: Code, pin: Pin | None = None, other: str = "") -> Finding:
    return Finding(code, Level.WARN, DAY, 12, pin, None if pin is None else 2, other)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ENUMS)
def test_every_member_has_a_word_of_its_own(kind: type[Enum], language: str):
    words = [Words(language).term(member) for member in kind]
    assert len(set(words)) == len(words)
    assert all(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_says_what_is_and_what_to_do(language: str):
    words = Words(language)
    titles = [finding_text(words, finding(code, Pin.USER_AUTH))[0] for code in Code]
    assert len(set(titles)) == len(Code)
    for code in Code:
        for pin in (None, *Pin):
            for other in ("", "例田 みつ子"):
                title, todo = finding_text(words, finding(code, pin, other))
                assert title
                assert not title.endswith(("。", "."))
                assert todo.endswith(("。", "."))
                assert "{" not in title + todo


def test_a_finding_names_its_day_its_counter_and_who_has_the_card():
    words = Words("ja")
    assert "令和9年1月31日" in finding_text(words, finding(Code.CERTIFICATE_IN_GRACE))[1]
    title, todo = finding_text(words, finding(Code.TRIES_LOW, Pin.USER_AUTH))
    assert title == "利用者証明用の暗証番号の残りは2回です"
    assert todo.startswith("受付では顔認証を使ってください。")
    assert "例田さん" in finding_text(words, finding(Code.OUT_TO_ANOTHER, other="例田"))[1]
    assert "さんが" not in finding_text(words, finding(Code.OUT_TO_ANOTHER))[1]


@pytest.mark.parametrize("pin", Pin)
def test_zero_tries_are_never_plainly_called_locked(pin: Pin):
    title, _ = finding_text(Words("ja"), finding(Code.BLOCKED_OR_FACE_CARD, pin))
    assert "顔認証マイナンバーカード、またはロック中です" in title
    title, _ = finding_text(Words("en"), finding(Code.BLOCKED_OR_FACE_CARD, pin))
    assert "face-authentication card, or blocked" in title


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_of_the_reader_has_its_own_word_on_the_lamp(language: str):
    words = Words(language)
    assert len({words(f"shell-reader-{state.value}") for state in ReaderState}) == len(ReaderState)


MANUAL = Path(__file__).parents[2] / "docs" / "manual" / "13-card-check.md"


def test_the_manual_says_what_the_screen_says():
    """Every finding by its title and its code, every word of the lamp (design §11)."""
    words, text = Words("ja"), MANUAL.read_text(encoding="utf-8")
    well = {Code.CERTIFICATE_VALID, Code.CARD_VALID, Code.CARD_RECOGNISED, Code.ATTRIBUTES_MATCH}
    for code in Code:
        assert f"`{code.value}`" in text, code
    for code in set(Code) - well:
        title, _todo = finding_text(words, finding(code, Pin.USER_AUTH))
        assert title.replace("2回", "…回") in text, title
    for state in ReaderState:
        assert f"| {words(f'shell-reader-{state.value}')} |" in text, state


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_known_is_said(language: str):
    assert Words(language)("card-unknowable")


def test_no_word_promises_that_a_certificate_is_valid():
    """Revocation cannot be known here (domain §7.3): within its dates is all that may be said."""
    words = Words("ja")
    for code in (Code.CERTIFICATE_VALID, Code.CARD_VALID):
        title, todo = finding_text(words, finding(code))
        assert "期限内" in title
        assert "使えます" not in title + todo
        assert not title.endswith("有効です")
