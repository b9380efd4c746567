"""The work lane: one worker thread, one job at a time; answers come back on the GUI thread.

Use::

    lane.run(lambda: office.ask(actor, query), done=self._show, failed=self._refused, what="...")
    lane.run_long(lambda progress: verify(progress), done=..., what=...)

`job` runs on the worker and must not touch widgets.  `done` and `failed` run on the GUI thread;
when they are methods of a QObject that has gone meanwhile, the answer is dropped, but an
exception never is: it goes to `unhandled`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal
from shiboken6 import isValid

from facility_app.errors import Cancelled

T = TypeVar("T")
Failed = Callable[[Exception], object]

BUSY_AFTER_MS = 200
"""Shorter work shows no sign: a flicker would only disturb."""


class Progress:
    """Handed to long jobs, on the worker thread."""

    def __init__(self, report: Callable[[float, str], object]) -> None:
        self._report = report
        self._stopped = threading.Event()

    def report(self, part: float, what: str = "") -> None:
        """How far (0.0-1.0) and what is being done.  Raises Cancelled when it was stopped."""
        self.check()
        self._report(max(0.0, min(1.0, part)), what)

    def check(self) -> None:
        """Raises Cancelled when the person stopped it."""
        if self._stopped.is_set():
            raise Cancelled

    def stop(self) -> None:
        """Ask the job to end at its next `report` or `check`."""
        self._stopped.set()


@dataclass
class _Job:
    call: Callable[[], Any]
    done: Callable[[Any], object] | None
    failed: Failed | None
    what: str
    progress: Progress | None


class Lane(QObject):
    """One worker thread.  Lives on the GUI thread as long as the app does."""

    busy_changed = Signal(bool)
    progressed = Signal(float, str)
    idle = Signal()
    _answered = Signal(int, bool, object)

    def __init__(self, unhandled: Failed) -> None:
        """`unhandled` gets every exception that nobody else took; it runs on the GUI thread."""
        super().__init__()
        self.unhandled = unhandled
        self.what = ""
        self.busy = False
        self._jobs: dict[int, _Job] = {}
        self._number = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(-1)
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._sign = QTimer(self, interval=BUSY_AFTER_MS, singleShot=True)
        self._sign.timeout.connect(self._show_busy)

    @property
    def working(self) -> int:
        """How many jobs are waiting or running."""
        return len(self._jobs)

    @property
    def can_cancel(self) -> bool:
        """Whether the oldest job can be stopped."""
        oldest = next(iter(self._jobs.values()), None)
        return oldest is not None and oldest.progress is not None

    def run(
        self,
        job: Callable[[], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
        what: str = "",
    ) -> None:
        """Queue a job.  Without `failed` an exception goes to `unhandled`."""
        self._start(_Job(job, done, failed, what, None))

    def run_long(
        self,
        job: Callable[[Progress], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
        what: str = "",
    ) -> Progress:
        """Queue a job that tells how far it is and can be stopped (`failed` gets Cancelled)."""
        progress = Progress(self.progressed.emit)
        self._start(_Job(lambda: job(progress), done, failed, what, progress))
        return progress

    def cancel(self) -> None:
        """Stop every job that can be stopped."""
        for job in self._jobs.values():
            if job.progress is not None:
                job.progress.stop()

    def close(self, wait_ms: int = 10_000) -> bool:
        """Before the program ends: stop what can be stopped, wait for the rest.  False when it
        still runs.
        """
        self.cancel()
        return self._pool.waitForDone(wait_ms)

    def _start(self, job: _Job) -> None:
        self._number += 1
        number = self._number
        self._jobs[number] = job
        if not self._sign.isActive() and not self.busy:
            self._sign.start()
        self._pool.start(lambda: self._work(number))

    def _work(self, number: int) -> None:
        # Only the number crosses over: the callables, and the widgets they hold, die on the GUI
        # thread.
        try:
            value = self._jobs[number].call()
        except Exception as exc:  # one of the three doors: what a job raises is answered, not lost
            self._answered.emit(number, False, exc)
        else:
            self._answered.emit(number, True, value)

    def _deliver(self, number: int, good: bool, value: object) -> None:
        job = self._jobs.pop(number)
        if not self._jobs:
            self._sign.stop()
            if self.busy:
                self.busy = False
                self.busy_changed.emit(False)
        try:
            self._answer(job, good, value)
        except Exception as exc:  # the same door: a callback that breaks is a bug to be shown
            self.unhandled(exc)
        if not self._jobs:
            self.idle.emit()

    def _answer(self, job: _Job, good: bool, value: object) -> None:
        if good:
            if job.done is not None and alive(job.done):
                job.done(value)
            return
        if not isinstance(value, Exception):
            raise TypeError(type(value).__name__)
        if job.failed is not None and alive(job.failed):
            job.failed(value)
        else:
            self.unhandled(value)

    def _show_busy(self) -> None:
        oldest = next(iter(self._jobs.values()), None)
        if oldest is not None:
            self.busy, self.what = True, oldest.what
            self.busy_changed.emit(True)


def alive(callback: Callable[..., object]) -> bool:
    """Whether the object that an answer is for still exists."""
    while isinstance(callback, partial):
        callback = callback.func
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
