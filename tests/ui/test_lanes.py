"""Answers come back on the GUI thread, in order, and no exception is lost."""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from facility_app.errors import Cancelled
from facility_app.ui.lanes import Lane, Progress


class Unhandled(list[Exception]):
    """Collects what nobody else took."""


@pytest.fixture
def unhandled() -> Unhandled:
    return Unhandled()


@pytest.fixture
def lane(qtbot: QtBot, unhandled: Unhandled) -> Any:
    lane = Lane(unhandled.append)
    yield lane
    assert lane.close()


def test_jobs_run_one_at_a_time_off_the_gui_thread_and_answer_on_it(
    qtbot: QtBot, lane: Lane
) -> None:
    here = threading.get_ident()
    answers: list[tuple[int, int, bool]] = []

    def job(number: int) -> tuple[int, int]:
        return number, threading.get_ident()

    for number in range(20):
        lane.run(
            partial(job, number),
            done=lambda value: answers.append((*value, threading.get_ident() == here)),
        )
    qtbot.waitUntil(lambda: len(answers) == 20)
    assert [number for number, *_ in answers] == list(range(20))
    assert len({thread for _, thread, _ in answers}) == 1
    assert here not in {thread for _, thread, _ in answers}
    assert all(on_gui for *_, on_gui in answers)


def test_an_exception_goes_to_failed_or_to_unhandled_never_nowhere(
    qtbot: QtBot, lane: Lane, unhandled: Unhandled
) -> None:
    failed: list[Exception] = []
    lane.run(lambda: 1 // 0, failed=failed.append)
    lane.run(lambda: int("x"))
    lane.run(lambda: 1, done=lambda _value: [][0])  # the callback itself breaks
    qtbot.waitUntil(lambda: lane.working == 0)
    assert [type(exc) for exc in failed] == [ZeroDivisionError]
    assert [type(exc) for exc in unhandled] == [ValueError, IndexError]


class Page(QObject):
    """Something that may go while its question is still open."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Any] = []

    def show(self, value: Any) -> None:
        self.seen.append(value)


def test_an_answer_for_a_page_that_is_gone_is_dropped_but_its_error_is_not(
    qtbot: QtBot, lane: Lane, unhandled: Unhandled
) -> None:
    import shiboken6

    page = Page()
    go = threading.Event()
    lane.run(lambda: go.wait(10), done=page.show)
    lane.run(lambda: 1 // 0, failed=page.show)
    shiboken6.delete(page)
    go.set()
    qtbot.waitUntil(lambda: lane.working == 0)
    assert [type(exc) for exc in unhandled] == [ZeroDivisionError]


def test_busy_is_shown_only_for_work_longer_than_200_ms(qtbot: QtBot, lane: Lane) -> None:
    signs: list[bool] = []
    lane.busy_changed.connect(signs.append)
    lane.run(lambda: 1)
    qtbot.waitUntil(lambda: lane.working == 0)
    assert signs == []
    go = threading.Event()
    with qtbot.waitSignal(lane.busy_changed):
        lane.run(lambda: go.wait(10), what="searching")
    assert (signs, lane.what, lane.can_cancel) == ([True], "searching", False)
    with qtbot.waitSignal(lane.busy_changed):
        go.set()
    assert signs == [True, False]


def test_long_work_tells_how_far_it_is_and_stops_when_asked(
    qtbot: QtBot, lane: Lane, unhandled: Unhandled
) -> None:
    parts: list[tuple[float, str]] = []
    failed: list[Exception] = []
    first = threading.Event()
    lane.progressed.connect(lambda part, what: parts.append((part, what)))

    def job(progress: Progress) -> int:
        progress.report(0.5, "half")
        first.wait(10)
        while True:
            progress.check()

    lane.run_long(job, failed=failed.append)
    qtbot.waitUntil(lambda: parts == [(0.5, "half")])
    lane.cancel()
    first.set()
    qtbot.waitUntil(lambda: lane.working == 0)
    assert [type(exc) for exc in failed] == [Cancelled]
    assert unhandled == []
