"""Readers in this process behave as the service does: same errors, same moments."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date
from queue import Queue

import pytest

from facility_app.cards.apdu import get_data
from facility_app.cards.protocol import (
    TRANSACTION_LASTS_S,
    CardRemoved,
    CardSilent,
    CardTooSlow,
    NoCard,
    NoReader,
    Place,
    ReaderBusy,
    ServiceStopped,
)
from facility_app.cards.reading import read_card
from facility_app.cards.simulator import Faults, SimulatedReaders
from facility_app.cards.simulator.faults import Answer, exact_length, fetched
from facility_app.cards.simulator.profiles import good
from facility_app.cards.simulator.reader import NAME
from facility_app.errors import DeviceError

GOOD = good(date(2026, 11, 20))
EXPIRY = get_data(0x00F2)
LONG_S = 30.0
"""Nothing in these tests waits so long unless it hangs."""


@pytest.fixture
def readers() -> SimulatedReaders:
    return SimulatedReaders()


def on_the_card_thread(work: Callable[[], object]) -> Queue[object]:
    """What it gives or raises comes out of the queue."""
    answers: Queue[object] = Queue()

    def run() -> None:
        try:
            answers.put(work())
        except DeviceError as exc:
            answers.put(exc)

    threading.Thread(target=run, daemon=True).start()
    return answers


def slow(asked: threading.Event) -> Faults:
    """A card that thinks for longer than any test; `asked` is set when it begins to."""

    def says(_command, answer):
        asked.set()
        return answer

    return Faults(answers_after_s=LONG_S, says=says)


def test_what_stands_in_the_way_of_a_session(readers):
    def refused(error: type[DeviceError], name: str = NAME) -> None:
        with pytest.raises(error), readers.session(name):
            pass

    refused(NoCard)
    refused(NoReader, "another reader")
    readers.insert(GOOD)
    readers.hold_exclusively(True)
    refused(ReaderBusy)
    readers.hold_exclusively(False)
    readers.insert(GOOD, Faults(mute=True))
    refused(CardSilent)
    readers.unplug()
    refused(NoReader)
    readers.stop_service()
    refused(ServiceStopped)


@pytest.mark.parametrize(
    ("happens", "seen"),
    [
        (lambda readers: readers.insert(GOOD), [Place.CARD]),
        (lambda readers: readers.insert(GOOD, Faults(mute=True)), [Place.SILENT]),
        (lambda readers: readers.unplug(), []),
        (lambda readers: readers.plug("second"), [Place.EMPTY, Place.EMPTY]),
        (lambda readers: readers.wake(), [Place.EMPTY]),
    ],
)
def test_a_change_ends_the_wait_at_once(readers, happens, seen):
    assert [view.place for view in readers.wait(LONG_S)] == [Place.EMPTY], "the first time at once"
    began = time.monotonic()
    answers = on_the_card_thread(lambda: readers.wait(LONG_S))
    happens(readers)
    views = answers.get(timeout=5)
    assert isinstance(views, tuple)
    assert [view.place for view in views] == seen
    assert time.monotonic() - began < LONG_S / 2


def test_a_stopped_service_ends_the_wait_and_says_all_anew_when_it_is_back(readers):
    readers.wait(LONG_S)
    answers = on_the_card_thread(lambda: readers.wait(LONG_S))
    readers.stop_service()
    assert isinstance(answers.get(timeout=5), ServiceStopped)
    readers.start_service()
    assert [view.place for view in readers.wait(LONG_S)] == [Place.EMPTY]


def test_an_equal_card_in_exchange_is_another_insertion(readers):
    readers.insert(GOOD)
    first = readers.wait(LONG_S)[0]
    readers.insert(GOOD)
    second = readers.wait(LONG_S)[0]
    assert first.atr == second.atr
    assert first.insertion != second.insertion


@pytest.mark.parametrize(
    ("happens", "error"),
    [
        (lambda readers: readers.remove(), CardRemoved),
        (lambda readers: readers.insert(GOOD), CardRemoved),
        (lambda readers: readers.unplug(), NoReader),
        (lambda readers: readers.stop_service(), ServiceStopped),
    ],
)
def test_what_happens_while_a_slow_card_thinks_is_said_at_once(readers, happens, error):
    asked = threading.Event()
    readers.insert(GOOD, slow(asked))

    def talk() -> object:
        with readers.session(NAME) as link:
            return link.transmit(EXPIRY)

    answers = on_the_card_thread(talk)
    assert asked.wait(5)
    happens(readers)
    assert isinstance(answers.get(timeout=5), error)


def test_a_card_laid_on_meanwhile_is_not_taken_off_with_the_one_before(readers):
    asked = threading.Event()
    readers.insert(GOOD, slow(asked))
    with readers.session(NAME) as link:
        answers = on_the_card_thread(lambda: link.transmit(EXPIRY))
        assert asked.wait(5)
        readers.insert(GOOD)
        assert isinstance(answers.get(timeout=5), CardRemoved)
    assert [view.place for view in readers.wait(0)] == [Place.CARD]
    assert read_card(readers, NAME).facts.card_expires_on == GOOD.card_expires_on


def test_a_session_ends_before_a_transaction_lasts_too_long(readers):
    readers.insert(GOOD, Faults(answers_after_s=TRANSACTION_LASTS_S * 0.45))
    began = time.monotonic()
    with pytest.raises(CardTooSlow), readers.session(NAME) as link:
        while True:
            link.transmit(EXPIRY)
    assert time.monotonic() - began <= TRANSACTION_LASTS_S


def test_what_the_service_did_not_keep_is_gone_after_a_restart(readers):
    card = readers.insert(GOOD)
    readers.stop_service()
    readers.start_service()
    with readers.session(NAME) as link:
        assert link.transmit(EXPIRY)[1] == 0x9000, "nothing is selected"
    assert len(card.sent) == 1


@pytest.mark.parametrize("says", [exact_length, fetched()])
def test_cards_that_answer_in_two_steps_say_the_same(readers, says: Answer):
    readers.insert(GOOD)
    clean = read_card(readers, NAME)
    readers.insert(GOOD, Faults(says=says))
    reading = read_card(readers, NAME)
    assert reading.facts == clean.facts
    assert reading.apdus > clean.apdus
