"""The review queue in words, without a screen."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from facility_app.domain.access import Identified
from facility_app.domain.periods import quarter_of
from facility_app.domain.review import Why
from facility_app.i18n import LANGUAGES, Words
from facility_app.services.record import LogLine
from facility_app.services.review import COUNT_TO, ReviewLine, ReviewQueue
from facility_app.services.review_report import QuarterTarget
from facility_app.ui.assets import asset
from facility_app.ui.viewmodels import review as screen

WORDS = Words("ja")
TARGET = QuarterTarget(quarter_of(date(2026, 11, 20)), 30, 12)


def line(seq: int = 7, why: Why = Why.CORRECTION, **changes: object) -> ReviewLine:
    facts: dict[str, object] = {
        "seq": seq,
        "at": datetime(2026, 11, 20, 5, 5, tzinfo=UTC),
        "action": "loan.corrected",
        "actor": "例田 みつ子",
        "identified": Identified.PASSWORD,
        "resident": "見本 花子",
    }
    return ReviewLine(why, LogLine(**(facts | changes)))  # type: ignore[arg-type]  # fields by name


def test_a_row_says_why_when_what_and_who() -> None:
    assert screen.row_of(WORDS, line()) == (
        "訂正",
        "11月20日 14:05",
        "訂正 見本 花子さん",
        "例田 みつ子",
    )
    program = line(why=Why.CLOCK, action="clock.set_back", actor="", resident="")
    assert screen.row_of(WORDS, program)[2:] == ("時計の戻り", "プログラム")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_word_an_icon_and_a_colour(language: str) -> None:
    said = {Words(language).term(why) for why in Why}
    assert len(said) == len(Why)
    for why in Why:
        assert asset("icons", f"{screen.why_look(why)[0]}.svg").is_file()


def test_counts_say_when_there_are_more_and_who_else_is_needed() -> None:
    def queue(waiting: int, own: int) -> ReviewQueue:
        return ReviewQueue((), waiting, own, TARGET)

    assert screen.count_text(WORDS, queue(3, 0)) == "3件が待っています"
    assert screen.count_text(WORDS, queue(COUNT_TO, 0)) == "1000件より多く待っています"
    assert screen.own_text(WORDS, queue(3, 0)) == ""
    assert "2件" in screen.own_text(WORDS, queue(3, 2))


def test_the_target_of_the_quarter() -> None:
    told = screen.target_text(WORDS, TARGET)
    assert (told.text, told.done, told.target) == ("10月から12月　12 / 30件", 12, 30)


def test_after_a_review_the_next_one_stands_in_its_place() -> None:
    lines = [line(4), line(7), line(9)]
    assert screen.next_seq(lines, 7, 1) == 7
    assert screen.next_seq(lines, 5, 1) == 7
    assert screen.next_seq(lines, 5, 8) == 9
    assert screen.next_seq(lines, None, -1) == 4
    assert screen.next_seq([], 7, 0) is None
