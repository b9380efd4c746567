"""カード点検 without a display: when a card is read, what is shown instead, and the words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.cards.check import Level, check
from facility_app.cards.chip import MOST_TRIES, NO_TRIES, CardKind, Certificate, Pin, Reading
from facility_app.cards.protocol import (
    CardRemoved,
    CardTooSlow,
    ReaderBusy,
    ReaderFault,
    ServiceStopped,
)
from facility_app.cards.supervisor import ReaderNow, ReaderState
from facility_app.i18n import Words
from facility_app.services.rule_data import rules
from facility_app.ui.viewmodels.card_check import CheckScreen, Offer, trouble
from facility_app.ui.viewmodels.card_findings import (
    Act,
    card_dates,
    finding_rows,
    tries_rows,
    verdict,
)
from facility_app.ui.viewmodels.card_result import result_of
from tests.services.cards import GOOD

TODAY = date(2026, 11, 20)
WORDS = Words("ja")
EMPTY = ReaderNow(ReaderState.EMPTY, "a", 1)


def lies(insertion: int) -> ReaderNow:
    return ReaderNow(ReaderState.CARD, "a", insertion)


def reading(insertion: int) -> Reading:
    return Reading("a", GOOD, insertion, 12, 41)


def shown(screen: CheckScreen) -> str:
    picture = screen.picture(WORDS)
    return picture.title if picture is not None else "result"


# --- when a card is read --------------------------------------------------------------------------


def test_a_card_is_read_once_and_its_result_stays_when_it_is_taken_away() -> None:
    screen = CheckScreen()
    assert not screen.reader_changed(EMPTY)
    assert shown(screen) == "カードをリーダーに置いてください"
    assert screen.reader_changed(lies(2))
    screen.begin()
    assert not screen.reader_changed(lies(2))
    assert shown(screen) == "カードを読み取っています"
    screen.read(reading(2))
    assert (shown(screen), screen.lifted) == ("result", False)
    assert not screen.reader_changed(replace(EMPTY, insertion=3))
    assert (shown(screen), screen.lifted) == ("result", True)
    assert screen.reader_changed(lies(4))


def test_a_card_pulled_too_early_is_read_when_it_is_back() -> None:
    screen = CheckScreen()
    screen.reader_changed(lies(2))
    screen.begin()
    screen.reader_changed(replace(EMPTY, insertion=3))
    screen.failed(CardRemoved())
    assert shown(screen) == "読み終わる前に、カードが離れました"
    assert screen.reader_changed(lies(4))


def test_a_card_that_could_not_be_read_is_not_tried_again_by_itself() -> None:
    screen = CheckScreen()
    screen.reader_changed(lies(2))
    screen.begin()
    screen.failed(CardTooSlow())
    assert not screen.reader_changed(lies(2))
    assert screen.reader_changed(lies(3))


def test_what_went_wrong_is_told_until_something_else_is_true() -> None:
    screen = CheckScreen()
    screen.reader_changed(lies(2))
    screen.begin()
    screen.failed(CardTooSlow())
    assert shown(screen) == "カードの答えが遅すぎます"
    screen.reader_changed(replace(EMPTY, insertion=3))
    assert shown(screen) == "カードをリーダーに置いてください"


def test_the_same_card_is_tried_again_after_the_service_came_back() -> None:
    screen = CheckScreen()
    screen.reader_changed(lies(2))
    screen.begin()
    screen.reader_changed(ReaderNow(ReaderState.SERVICE_STOPPED))
    screen.failed(ServiceStopped())
    assert screen.reader_changed(lies(2))


def test_a_swap_while_reading_reads_the_new_card_too() -> None:
    screen = CheckScreen()
    screen.reader_changed(lies(2))
    screen.begin()
    screen.reader_changed(lies(3))
    screen.failed(CardRemoved())
    assert screen.unread()
    screen.begin()
    screen.read(reading(3))
    assert not screen.unread()


def test_a_reading_that_began_after_a_swap_is_not_made_twice() -> None:
    screen = CheckScreen()
    screen.reader_changed(lies(2))
    screen.begin()
    screen.reader_changed(lies(3))
    screen.read(reading(3))
    assert not screen.unread()


def test_what_does_not_answer_takes_the_place_of_the_card_before() -> None:
    screen = CheckScreen()
    screen.reader_changed(lies(2))
    screen.begin()
    screen.read(reading(2))
    screen.reader_changed(ReaderNow(ReaderState.SILENT, "a", 3))
    assert shown(screen) == "置いたものが応答しません"


@pytest.mark.parametrize(
    "state", [s for s in ReaderState if s not in (ReaderState.CARD, ReaderState.SILENT)]
)
def test_a_result_outlives_everything_that_happens_to_the_reader(state: ReaderState) -> None:
    screen = CheckScreen()
    screen.reader_changed(lies(2))
    screen.begin()
    screen.read(reading(2))
    screen.reader_changed(ReaderNow(state, "a", 2))
    assert (shown(screen), screen.lifted) == ("result", True)


@given(st.lists(st.sampled_from(ReaderState), max_size=20))
def test_whatever_readers_do_there_is_something_to_show_and_one_reading_at_a_time(
    states: list[ReaderState],
) -> None:
    screen, reading_now = CheckScreen(), False
    for number, state in enumerate(states):
        if screen.reader_changed(ReaderNow(state, "a", number)):
            assert state is ReaderState.CARD
            assert not reading_now
            screen.begin()
            reading_now = True
        elif reading_now and number % 2:
            screen.failed(CardRemoved())
            reading_now = False
        picture = screen.picture(WORDS)
        assert picture is not None
        assert picture.title
        assert picture.todo


def test_locking_forgets_the_card_and_who_comes_next_reads_it_anew() -> None:
    screen = CheckScreen()
    screen.reader_changed(lies(2))
    screen.begin()
    screen.read(reading(2))
    screen.leave()
    assert result_of(WORDS, screen, TODAY) is None
    assert screen.unread()


# --- what is shown instead ------------------------------------------------------------------------


def test_a_reader_that_stops_is_said_instead_of_what_a_card_said_before() -> None:
    screen = CheckScreen(now=lies(2))
    screen.begin()
    screen.failed(CardTooSlow())
    assert shown(screen) == "カードの答えが遅すぎます"
    screen.reader_changed(ReaderNow(ReaderState.SERVICE_STOPPED))
    assert "止まっています" in shown(screen)
    screen.reader_changed(EMPTY)
    assert shown(screen) == "カードをリーダーに置いてください"


@pytest.mark.parametrize(
    ("problem", "offer"),
    [
        (ServiceStopped(), Offer.TRY_READER),
        (ReaderBusy(), Offer.READ_AGAIN),
        (ReaderFault("0x1"), Offer.TRY_READER),
        (CardRemoved(), Offer.NONE),
        (ValueError(), Offer.READ_AGAIN),
    ],
)
def test_a_picture_says_what_was_not_done_and_what_to_do(problem: Exception, offer: Offer) -> None:
    for words in (WORDS, Words("en")):
        picture = trouble(words, problem)
        assert picture.offer is offer
        assert picture.undone
        assert picture.todo
        assert not picture.title.endswith("。")


# --- the words of a result ------------------------------------------------------------------------

LIFETIMES = rules().lifetimes
SOON = replace(GOOD, certificate_until=date(2026, 12, 8))
GRACE = replace(GOOD, certificate_until=date(2026, 10, 15))


def said(facts: object = GOOD, on: date = TODAY) -> tuple[Level, str, str]:
    found = verdict(WORDS, check(facts, on, LIFETIMES), on, TODAY)  # type: ignore[arg-type]  # a ChipFacts made by replace
    return found.level, found.title, found.chip


def test_the_verdict_promises_dates_and_nothing_else() -> None:
    assert said() == (Level.OK, "きょうは期限内です", "")
    assert said(SOON) == (Level.OK, "きょうは期限内です", "注意 1件")
    assert said(SOON, date(2026, 12, 8))[1] == "12月8日(火)は期限内です"
    assert said(GRACE) == (Level.WARN, "きょうは猶予の期間です", "")
    assert said(replace(GOOD, card_expires_on=None))[1] == "きょうは電子証明書の期限内です"
    assert said(replace(GOOD, certificate_until=date(2026, 5, 8)))[0] is Level.BLOCK
    lost = replace(GOOD, kind=CardKind.DRIVING_LICENCE)
    assert said(lost) == (Level.BLOCK, "マイナンバーカードではありません", "")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_word_of_a_result_says_that_a_card_can_be_used(language: str) -> None:
    words = Words(language)
    for facts in (GOOD, SOON, replace(GOOD, card_expires_on=None)):
        found = verdict(words, check(facts, TODAY, LIFETIMES), TODAY, TODAY)
        assert "使えます" not in found.title
        assert "usable" not in found.title


def test_dates_stand_with_their_state_and_what_was_not_read_stands_as_words() -> None:
    card, certificate = card_dates(WORDS, SOON, TODAY, LIFETIMES)
    assert (card.day, card.state, card.level) == ("令和16年3月5日", "有効", Level.OK)
    assert (certificate.state, certificate.level) == ("期限間近 あと18日", Level.WARN)
    last = card_dates(WORDS, SOON, date(2026, 12, 8), LIFETIMES)[1]
    assert last.state == "期限間近 この日まで"
    missing = replace(GOOD, certificate=Certificate.MISSING, certificate_until=None)
    assert card_dates(WORDS, missing, TODAY, LIFETIMES)[1].day == "証明書がありません"
    unread = replace(GOOD, certificate=Certificate.UNREADABLE, card_expires_on=None)
    assert [each.level for each in card_dates(WORDS, unread, TODAY, LIFETIMES)] == [None, None]


def test_a_certificate_that_has_not_begun_is_not_called_valid() -> None:
    early = replace(GOOD, certificate_from=date(2026, 11, 21))
    assert card_dates(WORDS, early, TODAY, LIFETIMES)[1].level is Level.BLOCK


def test_zero_and_unread_counters_are_words_never_dots() -> None:
    tries = {**MOST_TRIES, Pin.USER_AUTH: 0, Pin.CARD_INFO: None, Pin.CODE_B: 12}
    facts = replace(GOOD, tries=tries, signature_certificate=False)
    rows = tries_rows(WORDS, facts)
    assert [(row.left, row.words) for row in rows] == [
        (None, "顔認証またはロック中"),
        (None, "証明書がありません"),
        (None, "読み取れませんでした"),
        (12, "12/12回"),
        (3, "3/3回"),
    ]
    assert all("ロック中" not in row.words or "顔認証" in row.words for row in rows)


@given(st.dictionaries(st.sampled_from(Pin), st.none() | st.integers(0, 15)))
def test_any_counter_fits_its_dots(tries: dict[Pin, int | None]) -> None:
    for row in tries_rows(WORDS, replace(GOOD, tries={**NO_TRIES, **tries})):
        assert row.words
        assert row.left is None or 0 < row.left <= row.most <= 15


def test_a_finding_offers_an_act_only_where_it_would_be_granted() -> None:
    rows = finding_rows(WORDS, check(SOON, TODAY, LIFETIMES), None)
    assert [(row.level, row.act) for row in rows] == [
        (Level.WARN, Act.PLAN),
        (Level.OK, Act.NONE),
    ]


def test_before_the_check_is_stored_the_chip_alone_is_shown() -> None:
    screen = CheckScreen()
    screen.reader_changed(lies(2))
    screen.begin()
    screen.read(reading(2))
    result = result_of(WORDS, screen, TODAY)
    assert result is not None
    assert (result.verdict.title, result.number, result.name) == ("きょうは期限内です", "", "")
    assert result.main == "利用者を選んで記録する"
    screen.unrecorded = True
    result = result_of(WORDS, screen, TODAY)
    assert result is not None
    assert result.number == "記録されていません"
