"""Every way, sentence and reason of the ladder has its words in every language."""

from __future__ import annotations

from datetime import date

import pytest

from facility_app.domain.ladder import Block, Bring, Openness, Reason, Step, Way, Why
from facility_app.i18n import LANGUAGES, Words
from facility_app.rules import Rules
from facility_app.services import ladder_words

RULES = Rules().ladder
DAY = date(2027, 1, 31)
KINDS = {"severe-disability": "重度障害者医療費受給者証"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_its_words(language: str):
    words = Words(language)
    for way in Way:
        rule = RULES.ways[way]
        step = Step(way, Openness.OPEN, (), rule)
        grace = rule.cannot_in_grace
        for text in (
            ladder_words.way_text(words, way),
            ladder_words.first_text(words, way),
            ladder_words.say_text(words, step),
            ladder_words.source_text(words, step.source),
            *ladder_words.bring_texts(words, step),
            *ladder_words.cannot_texts(words, step),
            *(words(f"ladder-cannot-{code}") for code in grace),
        ):
            assert text.strip()
    for why in Why:
        assert ladder_words.why_text(words, Reason(why, DAY, "severe-disability"), KINDS)
    for block in Block:
        assert ladder_words.block_text(words, block)


def test_a_reason_says_its_day_and_the_paper_by_its_name():
    words = Words("ja")
    ended = Reason(Why.PUBLIC_FUNDS_EXPIRED, DAY, "severe-disability")
    said = ladder_words.why_text(words, ended, KINDS)
    assert "令和9年1月31日" in said
    assert "重度障害者医療費受給者証" in said
    along = Bring("public-funds", "severe-disability", DAY)
    assert ladder_words.along_text(words, along, KINDS) == "重度障害者医療費受給者証（紙）"


def test_the_sentence_for_the_check_by_eye_asks_for_it():
    rule = RULES.ways[Way.VISUAL]
    step = Step(Way.VISUAL, Openness.OPEN, (), rule)
    assert "目視確認をお願いします" in ladder_words.say_text(Words("ja"), step)
