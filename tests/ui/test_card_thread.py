"""The card thread in the window: the newest state, answers on the GUI thread, an end in time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from facility_app.cards.protocol import NoCard, ReaderDriver
from facility_app.cards.reading import read_card
from facility_app.cards.simulator import SimulatedReaders
from facility_app.cards.simulator.profiles import good
from facility_app.cards.supervisor import ReaderNow, ReaderState
from facility_app.ui.card_thread import CardThread
from tests.ui.whole import TODAY


@pytest.fixture
def unhandled() -> list[Exception]:
    return []


@pytest.fixture
def readers() -> SimulatedReaders:
    return SimulatedReaders()


@pytest.fixture
def cards(
    qtbot: QtBot, readers: SimulatedReaders, unhandled: list[Exception]
) -> Iterator[CardThread]:
    cards = CardThread(readers, unhandled.append)
    cards.start()
    qtbot.waitUntil(lambda: cards.now.state is ReaderState.EMPTY)
    yield cards
    assert cards.close()


def test_states_arrive_on_the_gui_thread_and_the_newest_wins(
    qtbot: QtBot, cards: CardThread, readers: SimulatedReaders
) -> None:
    here, told = threading.get_ident(), list[tuple[ReaderState, int]]()
    cards.state_changed.connect(lambda now: told.append((now.state, threading.get_ident())))
    readers.insert(good(TODAY))
    qtbot.waitUntil(lambda: cards.now.state is ReaderState.CARD)
    readers.stop_service()
    qtbot.waitUntil(lambda: cards.now.state is ReaderState.SERVICE_STOPPED)
    assert [state for state, _ in told] == [ReaderState.CARD, ReaderState.SERVICE_STOPPED]
    assert {thread for _, thread in told} == {here}


def test_a_job_runs_beside_the_window_and_is_answered_on_it(
    qtbot: QtBot, cards: CardThread, readers: SimulatedReaders
) -> None:
    here, answers = threading.get_ident(), list[tuple[int, int, int]]()

    def job(driver: ReaderDriver, now: ReaderNow) -> tuple[int, int]:
        return threading.get_ident(), read_card(driver, now.reader).apdus

    readers.insert(good(TODAY))
    cards.run(job, done=lambda got: answers.append((*got, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(answers))
    ((there, sent, back),) = answers
    assert there != here
    assert back == here
    assert sent > 0


def test_an_error_reaches_failed_or_unhandled_and_a_broken_callback_is_told(
    qtbot: QtBot, cards: CardThread, unhandled: list[Exception]
) -> None:
    failed: list[Exception] = []
    cards.run(lambda driver, now: read_card(driver, now.reader), failed=failed.append)
    cards.run(lambda _driver, _now: 1 // 0)
    cards.run(lambda _driver, _now: 1, done=lambda _value: [][0])
    qtbot.waitUntil(lambda: len(failed) == 1 and len(unhandled) == 2)
    assert isinstance(failed[0], NoCard)
    assert [type(exc) for exc in unhandled] == [ZeroDivisionError, IndexError]


class Asker(QObject):
    """A page that goes away before it is answered."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []

    def take(self, value: object) -> None:
        self.answers.append(value)


def test_an_answer_for_a_page_that_has_gone_is_dropped(
    qtbot: QtBot, cards: CardThread, unhandled: list[Exception]
) -> None:
    asker, answers = Asker(), list[object]()
    cards.run(lambda _driver, _now: 1, done=asker.take)
    kept = asker.answers
    asker.deleteLater()
    cards.run(lambda _driver, _now: 2, done=answers.append)
    qtbot.waitUntil(lambda: answers == [2])
    assert (kept, unhandled, cards.working) == ([], [], 0)


class Hangs(SimulatedReaders):
    """A service that takes a call and does not come back."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()
        self.entered = threading.Event()

    def wait(self, timeout_s: float) -> tuple[()]:
        self.entered.set()
        self.free.wait()
        return ()


def test_a_driver_that_hangs_keeps_nobody_from_closing(qtbot: QtBot) -> None:
    readers = Hangs()
    cards = CardThread(readers, lambda _exc: None)
    cards.start()
    qtbot.waitUntil(readers.entered.is_set)
    began = time.monotonic()
    assert not cards.close(timeout_s=0.1)
    assert time.monotonic() - began < 1
    readers.free.set()


class Breaks:
    """A reader library that cannot be loaded."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> ReaderDriver:
        self.asked += 1
        raise ImportError("no such library")


def test_a_library_that_does_not_load_is_a_fault_on_the_lamp_and_no_storm_of_errors(
    qtbot: QtBot, unhandled: list[Exception]
) -> None:
    library = Breaks()
    cards = CardThread(library, unhandled.append)
    cards.start()
    qtbot.waitUntil(lambda: library.asked > 1)
    assert cards.now == ReaderNow(ReaderState.FAULT, code="ImportError")
    assert unhandled == []
    assert cards.close()
