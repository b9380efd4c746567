"""The card thread as the window sees it: what the reader says and what was asked of a card, both
told on the GUI thread.

Use::

    ctx.cards.state_changed.connect(self._reader_changed)      # carries `ReaderNow`, the newest one
    ctx.cards.run(lambda driver, now: read_card(driver, now.reader), done=..., failed=...)

`job` runs on the card thread and must not touch widgets.  `done` and `failed` run on the GUI
thread; when they are methods of a QObject that has gone meanwhile, the answer is dropped, but an
exception never is: it goes to `unhandled`.  The thread may hang in a driver for as long as it
likes: nothing here waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from facility_app.cards.protocol import ReaderDriver
from facility_app.cards.supervisor import Job, ReaderNow, ReaderState, Supervisor
from facility_app.ui.lanes import Failed, alive

T = TypeVar("T")

CardCase = tuple[int, str, int]
"""A resident, a reader, and which card was put on it."""

CLOSES_WITHIN_S = 1.0
"""A driver that hangs longer is left behind; its thread ends with the program."""


@dataclass
class _Job:
    call: Job
    done: Callable[[Any], object] | None
    failed: Failed | None


class CardThread(QObject):
    """One reader thread.  Lives on the GUI thread as long as the app does."""

    state_changed = Signal(object)
    _reported = Signal()
    _answered = Signal(int, bool, object)

    def __init__(self, driver: Callable[[], ReaderDriver], unhandled: Failed) -> None:
        """`driver` is called on the card thread: the reader library is loaded there, once the
        thread was started.  `unhandled` gets every exception that nobody else took.
        """
        super().__init__()
        self.unhandled = unhandled
        self.now = ReaderNow(ReaderState.NO_READER)
        self.stored: tuple[CardCase, str] | None = None
        """The card that was checked last beside a form, and the name it was checked for."""
        self._jobs: dict[int, _Job] = {}
        self._number = 0
        self._begun = self._closing = False
        self._logged: set[type[Exception]] = set()
        self._reported.connect(self._deliver_state, Qt.ConnectionType.QueuedConnection)
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._supervisor = Supervisor(driver, self._report, self._report_unexpected)

    @property
    def working(self) -> int:
        """How many jobs are waiting or running."""
        return len(self._jobs)

    def start(self) -> None:
        """Begin to watch the readers; the second time nothing happens."""
        if not self._begun and not self._closing:
            self._begun = True
            self._supervisor.start()

    def run(
        self,
        job: Callable[[ReaderDriver, ReaderNow], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Queue a job.  Without `failed` an exception goes to `unhandled`."""
        self._number += 1
        number = self._number
        self._jobs[number] = _Job(job, done, failed)
        # Only the number crosses over: the callables, and the widgets they hold, die on the GUI
        # thread.
        self._supervisor.submit(
            lambda driver, now: self._jobs[number].call(driver, now),
            lambda value: self._answer(number, True, value),
            lambda exc: self._answer(number, False, exc),
        )

    def close(self, timeout_s: float = CLOSES_WITHIN_S) -> bool:
        """Before the program ends: let go of the reader.  False where a driver still hangs."""
        self._closing = True
        return self._supervisor.stop(timeout_s)

    # --- on the card thread ----------------------------------------------------------------------

    def _report(self, _now: ReaderNow) -> None:
        if not self._closing:
            self._reported.emit()

    def _report_unexpected(self, exc: Exception) -> None:
        """A bug in watching: the lamp says that the reader fails, the technical log has the rest,
        once for each kind, because the thread tries again twice a second."""
        if type(exc) in self._logged:
            return
        from facility_app.log import incident  # late: logging.handlers delays the first page

        self._logged.add(type(exc))
        incident(exc)

    def _answer(self, number: int, good: bool, value: object) -> None:
        if not self._closing:
            self._answered.emit(number, good, value)

    # --- on the GUI thread -----------------------------------------------------------------------

    def _deliver_state(self) -> None:
        """Several changes in one round of events are one: only the newest is true."""
        now = self._supervisor.now
        if now != self.now:
            self.now = now
            self.state_changed.emit(now)

    def _deliver(self, number: int, good: bool, value: object) -> None:
        job = self._jobs.pop(number)
        try:
            if not good:
                self._deliver_failure(job, value)
            elif job.done is not None and alive(job.done):
                job.done(value)
        except Exception as exc:  # the same door as the lane's: a broken callback is a bug to show
            self.unhandled(exc)

    def _deliver_failure(self, job: _Job, value: object) -> None:
        if not isinstance(value, Exception):
            raise TypeError(type(value).__name__)
        if job.failed is not None and alive(job.failed):
            job.failed(value)
        else:
            self.unhandled(value)
