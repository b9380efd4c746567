"""The card thread: watches readers come and go, says what is, and does what is asked of a card.

One thread owns the reader (ADR 0004).  It survives unplugging, a stopped service and a driver that
returns nonsense: after each it begins anew and says in the meantime what is wrong.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from facility_app.cards.protocol import Place, ReaderDriver, ReaderView, ServiceStopped
from facility_app.errors import DeviceError

T = TypeVar("T")

LOOK_EVERY_S = 0.2
"""A wake that comes too early is lost; nothing then waits longer than this."""

PAUSE_S = 0.5
"""Between two tries to reach a service that does not answer."""


class ReaderState(Enum):
    """What the lamp shows; its words are ``shell-reader-<value>`` in the catalogues."""

    SERVICE_STOPPED = "service-stopped"
    NO_READER = "no-reader"
    EMPTY = "empty"
    CARD = "card"
    SILENT = "silent"
    BUSY = "busy"
    FAULT = "fault"


@dataclass(frozen=True)
class ReaderNow:
    """The reader that matters now, and the names of all; `code` as PC/SC names a fault."""

    state: ReaderState
    reader: str = ""
    insertion: int = 0
    readers: tuple[str, ...] = ()
    code: str = ""


Job = Callable[[ReaderDriver, ReaderNow], Any]
_STATES = {
    Place.EMPTY: ReaderState.EMPTY,
    Place.CARD: ReaderState.CARD,
    Place.SILENT: ReaderState.SILENT,
    Place.BUSY: ReaderState.BUSY,
}


@dataclass(frozen=True)
class _Asked:
    job: Job
    done: Callable[[Any], object]
    failed: Callable[[Exception], object]


class Supervisor:
    """The card thread.  `changed` and all answers are called on it; they must return at once."""

    def __init__(
        self,
        driver: Callable[[], ReaderDriver],
        changed: Callable[[ReaderNow], object],
        unexpected: Callable[[Exception], object] = lambda _exc: None,
    ) -> None:
        """`driver` is called on the card thread, so that loading the reader library costs the
        window nothing; `unexpected` is told what can only be a bug.
        """
        self._make, self._changed, self._unexpected = driver, changed, unexpected
        self._driver: ReaderDriver | None = None
        self._asked: deque[_Asked] = deque()
        self._ending, self._woken = threading.Event(), threading.Event()
        self._views: tuple[ReaderView, ...] = ()
        self._now: ReaderNow | None = None
        self._thread = threading.Thread(target=self._run, name="card", daemon=True)
        self._call = threading.Event()
        self._waker = threading.Thread(target=self._pass_on, name="card-waker", daemon=True)

    @property
    def now(self) -> ReaderNow:
        """What was last said; NO_READER before anything was."""
        return self._now or ReaderNow(ReaderState.NO_READER)

    def start(self) -> None:
        """Begin to watch; once."""
        self._thread.start()
        self._waker.start()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """End the thread and let go of the reader; False where a driver hangs beyond the time.

        What was asked for and not begun is never answered.
        """
        self._ending.set()
        self._wake()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def submit(
        self,
        job: Callable[[ReaderDriver, ReaderNow], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Do `job` on the card thread, in turn.  Every error reaches `failed`.  From any thread."""
        self._asked.append(_Asked(job, done, failed))
        self._wake()

    def _wake(self) -> None:
        """Returns at once: waking a wait asks the service, and a service may hang."""
        self._woken.set()
        self._call.set()

    def _pass_on(self) -> None:
        """On the waker's thread.  Left behind where the service hangs; it ends with the program."""
        while not self._ending.is_set():
            self._call.wait()
            self._call.clear()
            driver = self._driver
            if driver is not None:
                driver.wake()

    def _run(self) -> None:
        while not self._ending.is_set():
            self._woken.clear()
            try:
                self._work_off()
                if self._ending.is_set():
                    break
                self._views = choose(self._ready().wait(LOOK_EVERY_S), self._views)
                now = judge(self._views)
            except ServiceStopped:
                now = self._begin_anew(ReaderNow(ReaderState.SERVICE_STOPPED))
            except DeviceError as exc:
                code = str(exc.facts().get("code", ""))
                now = self._begin_anew(ReaderNow(ReaderState.FAULT, code=code))
            except Exception as exc:  # the door of the card thread: it must not end here
                self._unexpected(exc)
                now = self._begin_anew(ReaderNow(ReaderState.FAULT, code=type(exc).__name__))
            self._say(now)
            if now.state in (ReaderState.SERVICE_STOPPED, ReaderState.FAULT):
                self._woken.wait(PAUSE_S)
        self._let_go()

    def _ready(self) -> ReaderDriver:
        if self._driver is None:
            self._driver = self._make()
        return self._driver

    def _work_off(self) -> None:
        while self._asked and not self._ending.is_set():
            asked = self._asked.popleft()
            try:
                value = asked.job(self._ready(), self.now)
            except Exception as exc:  # the door of the card thread: the asker is told
                asked.failed(exc)
            else:
                asked.done(value)

    def _say(self, now: ReaderNow) -> None:
        if now != self._now:
            self._now = now
            self._changed(now)

    def _begin_anew(self, now: ReaderNow) -> ReaderNow:
        self._let_go()
        self._views = ()
        return now

    def _let_go(self) -> None:
        driver, self._driver = self._driver, None
        if driver is not None:
            driver.close()


def choose(views: tuple[ReaderView, ...], before: tuple[ReaderView, ...]) -> tuple[ReaderView, ...]:
    """The readers, the one that matters first: where something was put on since `before`, else
    where it mattered before as long as something lies there, else where anything lies, else the
    first by name."""
    known = {view.name: view.insertion for view in before}
    main = before[0].name if before else ""

    def rank(view: ReaderView) -> tuple[bool, bool, bool, bool, str]:
        lies = view.place is not Place.EMPTY
        fresh = lies and known.get(view.name) != view.insertion
        return (not fresh, not (lies and view.name == main), not lies, view.name != main, view.name)

    return tuple(sorted(views, key=rank))


def judge(views: tuple[ReaderView, ...]) -> ReaderNow:
    """What the lamp says of readers in the order of `choose`."""
    if not views:
        return ReaderNow(ReaderState.NO_READER)
    main = views[0]
    names = tuple(sorted(view.name for view in views))
    return ReaderNow(_STATES[main.place], main.name, main.insertion, names)
