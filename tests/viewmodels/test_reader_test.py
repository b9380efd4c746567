"""リーダーのためし without a display: ticks, rounds in a row, and advice for every step."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from facility_app.cards.protocol import CardRemoved
from facility_app.cards.supervisor import ReaderNow, ReaderState
from facility_app.i18n import Words
from facility_app.ui.viewmodels.reader_test import ROUNDS, ReaderStep, ReaderTest

WORDS = Words("ja")


class Hands:
    """Somebody who plugs a reader in and lays cards on it."""

    def __init__(self) -> None:
        self.test, self.insertion = ReaderTest(), 0

    def see(self, state: ReaderState) -> bool:
        self.insertion += state in (ReaderState.CARD, ReaderState.EMPTY)
        name = "" if state in (ReaderState.NO_READER, ReaderState.SERVICE_STOPPED) else "a"
        return self.test.reader_changed(ReaderNow(state, name, self.insertion))

    def round(self, milliseconds: int = 40) -> None:
        assert self.see(ReaderState.CARD)
        self.test.read(milliseconds)
        self.see(ReaderState.EMPTY)


def ticked(test: ReaderTest) -> list[str]:
    return [each.step.value for each in test.steps(WORDS) if each.done]


def test_the_steps_are_ticked_one_after_the_other() -> None:
    hands = Hands()
    assert hands.test.present is ReaderStep.PLUGGED
    hands.see(ReaderState.EMPTY)
    assert ticked(hands.test) == ["plugged", "seen"]
    assert hands.test.advice(WORDS)[0] == "カードを1枚、リーダーの中央に置いてください"
    assert hands.see(ReaderState.CARD)
    assert not hands.test.reader_changed(hands.test.now)
    hands.test.read(41)
    assert ticked(hands.test)[-1] == "on"
    assert hands.test.steps(WORDS)[2].side == "0.04秒"
    hands.see(ReaderState.EMPTY)
    assert ticked(hands.test)[-1] == "off"
    for number in range(ROUNDS - 1):
        assert not hands.test.finished
        hands.round(30 + number)
    assert hands.test.finished
    assert hands.test.present is None
    title, text = hands.test.advice(WORDS)
    assert title == "このリーダーは使えます"
    assert "平均0.03秒、いちばん遅いときで0.04秒" in text


def test_a_miss_begins_the_count_anew_and_says_so() -> None:
    hands = Hands()
    hands.see(ReaderState.EMPTY)
    for _ in range(4):
        hands.round()
    hands.see(ReaderState.SILENT)
    assert (hands.test.rounds, hands.test.troubled) == (0, True)
    hands.see(ReaderState.EMPTY)
    assert hands.test.advice(WORDS)[0] == "読めないことがありました"
    for _ in range(3):
        hands.round()
    assert hands.test.rounds == 3
    assert hands.see(ReaderState.CARD)
    hands.test.failed(CardRemoved())
    hands.see(ReaderState.EMPTY)
    assert hands.test.rounds == 0


def test_a_reader_that_goes_takes_its_ticks_along_and_the_service_is_named() -> None:
    hands = Hands()
    hands.see(ReaderState.EMPTY)
    hands.round()
    hands.see(ReaderState.NO_READER)
    assert ticked(hands.test) == ["on", "off"]
    assert hands.test.advice(WORDS)[0] == "カードリーダーがつながっていません。"
    hands.see(ReaderState.SERVICE_STOPPED)
    assert hands.test.present is ReaderStep.SEEN
    assert "止まっています" in hands.test.advice(WORDS)[0]


def test_the_same_number_on_another_reader_is_another_card() -> None:
    test = ReaderTest()
    assert test.reader_changed(ReaderNow(ReaderState.CARD, "a", 1))
    assert test.reader_changed(ReaderNow(ReaderState.CARD, "b", 1))


def test_whoever_begins_anew_reads_the_card_that_lies_there() -> None:
    hands = Hands()
    assert hands.see(ReaderState.CARD)
    hands.test.read(41)
    hands.test.start_over()
    assert hands.test.reader_changed(hands.test.now)


@given(st.lists(st.sampled_from(ReaderState), max_size=40), st.integers(0, 3))
def test_whatever_happens_there_is_advice_and_never_more_rounds_than_cards(
    states: list[ReaderState], fails_every: int
) -> None:
    hands, cards = Hands(), 0
    for number, state in enumerate(states):
        if hands.see(state):
            cards += 1
            if fails_every and number % (fails_every + 1) == 0:
                hands.test.failed(CardRemoved())
            else:
                hands.test.read(number)
        assert hands.test.rounds <= min(cards, ROUNDS)
        assert all(hands.test.advice(WORDS))
        assert len(hands.test.steps(WORDS)) == len(ReaderStep)
