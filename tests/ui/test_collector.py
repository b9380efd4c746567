"""What ends in a cycle is destroyed on the GUI thread, whoever makes the garbage (design §4)."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from facility_app.ui.collector import Collector


class Knot:
    """Refers to itself, and says on which thread it went."""

    def __init__(self, went: list[int]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: went.append(threading.get_ident()))


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    owner = QObject()
    made = Collector(owner)
    yield made
    made.end()


def test_another_thread_collects_nothing(qtbot: QtBot, collector: Collector) -> None:
    went: list[int] = []
    Knot(went)
    kept: list[list[int]] = []

    def work() -> None:
        kept.extend([number] for number in range(200_000))

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert went == []
    qtbot.waitUntil(lambda: len(went) == 1, timeout=10_000)
    assert went == [threading.get_ident()]


def test_python_has_it_back_at_the_end(qtbot: QtBot) -> None:
    owner = QObject()
    collector = Collector(owner)
    assert not gc.isenabled()
    collector.end()
    assert gc.isenabled()
