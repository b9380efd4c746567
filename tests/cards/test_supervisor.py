"""The card thread: readers and a service that come and go, jobs in turn, no hang, no lost card."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue

import pytest

from facility_app.cards.protocol import (
    CardLink,
    NoCard,
    Place,
    ReaderFault,
    ReaderView,
    ServiceStopped,
)
from facility_app.cards.supervisor import ReaderNow, ReaderState, Supervisor, choose, judge

EMPTY = ReaderView("a", Place.EMPTY)


class Readers:
    """A driver whose answers are set by the test."""

    def __init__(self) -> None:
        self.condition = threading.Condition()
        self.answer: tuple[ReaderView, ...] | Exception = ()
        self.changed = True
        self.made = self.closed = 0
        self.hangs = threading.Event()
        self.hangs.set()

    def set(self, answer: tuple[ReaderView, ...] | Exception) -> None:
        with self.condition:
            self.answer, self.changed = answer, True
            self.condition.notify_all()

    def __call__(self) -> Readers:
        self.made += 1
        self.changed = True
        return self

    def wait(self, timeout_s: float) -> tuple[ReaderView, ...]:
        with self.condition:
            self.condition.wait_for(lambda: self.changed, timeout_s)
            self.changed = False
            if isinstance(self.answer, Exception):
                raise self.answer
            return self.answer

    def wake(self) -> None:
        self.hangs.wait()
        with self.condition:
            self.changed = True
            self.condition.notify_all()

    @contextmanager
    def session(self, reader: str) -> Iterator[CardLink]:
        raise NoCard
        yield

    def close(self) -> None:
        self.closed += 1


class Watched(Queue[ReaderNow]):
    """What a running supervisor says, and what it takes for bugs."""

    def __init__(self, readers: Readers) -> None:
        super().__init__()
        self.bugs: list[Exception] = []
        self.supervisor = Supervisor(readers, self.put, self.bugs.append)


@pytest.fixture
def readers() -> Readers:
    return Readers()


@pytest.fixture
def said(readers) -> Iterator[Watched]:
    told = Watched(readers)
    told.supervisor.start()
    yield told
    assert told.supervisor.stop()
    assert readers.closed == readers.made, "every driver was given back"


def test_it_says_what_is_and_only_when_it_changes(readers, said):
    assert said.get(timeout=5).state is ReaderState.NO_READER
    for views, state in (
        ((EMPTY,), ReaderState.EMPTY),
        ((ReaderView("a", Place.CARD, b"", 1),), ReaderState.CARD),
        ((ReaderView("a", Place.SILENT, b"", 2),), ReaderState.SILENT),
        ((ReaderView("a", Place.BUSY, b"", 3),), ReaderState.BUSY),
        ((), ReaderState.NO_READER),
    ):
        readers.set(views)
        readers.wake()
        now = said.get(timeout=5)
        assert now.state is state
        assert said.empty()


def test_a_stopped_service_is_said_and_met_again_with_a_new_driver(readers, said):
    said.get(timeout=5)
    readers.set(ServiceStopped())
    assert said.get(timeout=5).state is ReaderState.SERVICE_STOPPED
    readers.set((EMPTY,))
    assert said.get(timeout=5).state is ReaderState.EMPTY
    assert readers.made >= 2, "an old context stays dead (cards.md §8)"


def test_nonsense_from_a_driver_is_a_fault_and_not_the_end(readers, said):
    said.get(timeout=5)
    readers.set(ReaderFault("8010ABCD"))
    fault = said.get(timeout=5)
    assert (fault.state, fault.code) == (ReaderState.FAULT, "8010ABCD")
    readers.set(RuntimeError("a bug"))
    assert said.get(timeout=5).code == "RuntimeError"
    assert isinstance(said.bugs[0], RuntimeError)
    readers.set((EMPTY,))
    assert said.get(timeout=5).state is ReaderState.EMPTY


def test_jobs_run_in_turn_and_every_error_reaches_the_asker(readers, said):
    answers: Queue[object] = Queue()
    said.supervisor.submit(lambda driver, now: now.state, answers.put, answers.put)
    assert answers.get(timeout=5) is ReaderState.NO_READER
    said.supervisor.submit(lambda driver, now: driver.session("a").__enter__(), print, answers.put)
    assert isinstance(answers.get(timeout=5), NoCard)
    said.supervisor.submit(lambda driver, now: 1 // 0, print, answers.put)
    assert isinstance(answers.get(timeout=5), ZeroDivisionError)
    said.supervisor.submit(lambda driver, now: 7, answers.put, print)
    assert answers.get(timeout=5) == 7


def test_a_driver_that_hangs_does_not_keep_the_program_from_ending(readers):
    let_go = threading.Event()
    supervisor = Supervisor(readers, lambda _now: None)
    supervisor.start()
    begun = threading.Event()

    def hang(_driver: object, _now: object) -> None:
        begun.set()
        let_go.wait(30)

    supervisor.submit(hang, print, print)
    assert begun.wait(5)
    assert not supervisor.stop(0.05)
    let_go.set()
    assert supervisor.stop(5)


def test_the_reader_that_matters_is_where_something_was_just_put_on():
    before = (EMPTY, ReaderView("b", Place.EMPTY))
    on_b = choose((EMPTY, ReaderView("b", Place.CARD, b"", 1)), before)
    assert judge(on_b).reader == "b"
    both = choose((ReaderView("a", Place.CARD, b"", 1), on_b[0]), on_b)
    assert judge(both).reader == "a"
    still = choose(both, both)
    assert judge(still).reader == "a"
    assert judge(still).readers == ("a", "b")
    left = choose((EMPTY, on_b[0]), still)
    assert judge(left).reader == "b"


def test_a_service_that_hangs_holds_up_nobody_who_asks(readers, said):
    """Waking a wait asks the service itself; whoever asks is the window (design §4)."""
    said.get(timeout=5)
    readers.hangs.clear()
    answers: Queue[object] = Queue()
    asking = threading.Thread(
        target=lambda: said.supervisor.submit(lambda driver, now: 7, answers.put, print)
    )
    asking.start()
    asking.join(1)
    assert not asking.is_alive()
    assert answers.get(timeout=5) == 7, "the next look does it anyway"
    readers.hangs.set()
