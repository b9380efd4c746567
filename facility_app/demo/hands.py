"""A person's hands at the window: real keys, clicks and scans, counted, each answer timed.

Events go through the window system's door to the window that has the focus, so shortcuts, focus,
the scanner's filter and what lies under the mouse pointer take part as for a person. Nothing here
sleeps: the event loop runs until what is waited for can be seen.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from facility_app.errors import FacilityError
from facility_app.ui.bursts import monotonic_ms

PATIENCE_S = 20.0
TYPING_PAUSE_S = 0.04
"""Longer than the gap inside a scanner's burst, so that a typed Enter is a person's Enter."""


@dataclass(eq=False)
class Stuck(FacilityError):
    """What a story waits for did not come, or cannot be reached by a hand."""

    key: ClassVar[str] = "demo.stuck"
    what: str


@dataclass
class Story:
    """What one story cost: key presses, clicks, scans, and how long every answer took."""

    name: str
    keys: int = 0
    clicks: int = 0
    scans: int = 0
    scan_characters: int = 0
    answers_ms: list[float] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)
    """Presses at moments that have a limit of their own (issue #2, Figures)."""

    def mark(self, name: str, since: int = 0) -> None:
        """Note the presses made after the first `since`."""
        self.marks[name] = self.presses - since

    @property
    def presses(self) -> int:
        """Key presses and clicks; a scan and its Enter count nothing."""
        return self.keys + self.clicks

    def percentile(self, part: float) -> float | None:
        """The nearest-rank percentile of the answers in ms; None where nothing was waited for."""
        ranked = sorted(self.answers_ms)
        if not ranked:
            return None
        rank = max(1, -(-len(ranked) * round(part * 100) // 100))
        return round(ranked[rank - 1], 1)


class Hands:
    """Counts into `story`, which the player changes from story to story."""

    def __init__(self, app: QApplication, window: QWidget) -> None:
        self._app, self._window = app, window
        self.story = Story("")
        self.broken: list[str] = []
        """What broke inside the window, as one line each; nothing may."""
        self._last = time.perf_counter()
        self._scans_at: float | None = None

    # --- waiting ---------------------------------------------------------------------------------

    def wait(self, seen: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
        """Run the event loop until `seen()` is true and painted.  Raises Stuck."""
        end = time.monotonic() + patience_s
        wake = QTimer()
        wake.start(4)
        while not seen():
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if self.broken or time.monotonic() > end:
                raise Stuck(f"{what}: {self.broken.pop()}" if self.broken else what)
        wake.stop()
        self._app.processEvents()

    def pause(self, seconds: float = TYPING_PAUSE_S) -> None:
        """Let the event loop run for as long as a finger needs to the next key."""
        over: list[bool] = []
        QTimer.singleShot(round(seconds * 1000), lambda: over.append(True))
        self.wait(lambda: over, "the next key")

    def answer(self, act: Callable[[], object], seen: Callable[[], object], what: str) -> None:
        """Do `act`; the time from its last event until `seen()` is painted is an answer."""
        act()
        began = self._last
        self.wait(seen, what)
        self.story.answers_ms.append((time.perf_counter() - began) * 1000)

    # --- keys ------------------------------------------------------------------------------------

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press and release one key; with a modifier it is still one press."""
        self.pause()
        self._key(key, modifier)
        self.story.keys += 1

    def enter(self) -> None:
        """The key Enter."""
        self.key(Qt.Key.Key_Return)

    def escape(self) -> None:
        """The key Esc."""
        self.key(Qt.Key.Key_Escape)

    def type(self, text: str) -> None:
        """Type `text`: Latin letters key by key, the rest as an input method hands it over.

        What an input method converts counts one press per character and one for the conversion.
        """
        self.pause()
        if text.isascii():
            for char in text:
                self._char(char)
            self.story.keys += len(text)
            return
        self._last = time.perf_counter()
        event = QInputMethodEvent()
        event.setCommitString(text)
        target = QApplication.focusWidget()
        if target is None:
            raise Stuck("a field with the focus")
        QApplication.sendEvent(target, event)
        self.story.keys += len(text) + 1

    def clear(self) -> None:
        """Empty the field with the focus: select all, delete."""
        self.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.key(Qt.Key.Key_Delete)

    def scan(self, code: str) -> None:
        """What a scanner does: the code and Enter as one burst of keys."""
        self.pause()
        self._scans_at = monotonic_ms()
        for char in code:
            self._char(char)
        self._key(Qt.Key.Key_Return, None)
        self._scans_at = None
        self.story.scans += 1
        self.story.scan_characters += len(code) + 1

    def now_ms(self) -> float:
        """When a key is pressed: a scanner sends its own at once, however busy the machine is."""
        return monotonic_ms() if self._scans_at is None else self._scans_at

    def _char(self, char: str) -> None:
        self._last = time.perf_counter()
        QTest.keyClick(self._target(), ord(char), Qt.KeyboardModifier.NoModifier)

    def _key(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None) -> None:
        self._last = time.perf_counter()
        QTest.keyClick(self._target(), key, modifier or Qt.KeyboardModifier.NoModifier)

    def _target(self) -> QWindow:
        window: QWindow | None = QApplication.focusWindow()
        if window is None:
            raise Stuck("a window with the focus")
        return window

    # --- mouse -----------------------------------------------------------------------------------

    def click(self, widget: QWidget) -> None:
        """Click the middle of `widget`, after turning the wheel to it.  Raises Stuck where it is
        hidden, switched off or lies under something else.
        """
        name = _name(widget)
        self.wait(lambda: widget.isVisible() and widget.isEnabled(), f"{name}, visible and on", 5.0)
        self.bring_into_view(widget)
        point = self._reachable(widget)
        handle = widget.window().windowHandle()
        if point is None:
            raise Stuck(f"{_name(widget)}, which lies under something else")
        self._last = time.perf_counter()
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
        self.story.clicks += 1

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll every area around `widget` to it."""
        area = widget.parentWidget()
        while area is not None:
            if isinstance(area, QScrollArea):
                area.ensureWidgetVisible(widget, 16, 16)
            area = area.parentWidget()
        self._app.processEvents()

    def _reachable(self, widget: QWidget) -> QPoint | None:
        """A point of the widget, in its window, that a click would really give to it."""
        window = widget.window()
        for part in ((2, 2), (4, 2), (4, 3), (8, 2)):
            inside = QPoint(widget.width() // part[0], widget.height() // part[1])
            point = widget.mapTo(window, inside)
            under = window.childAt(point)
            while under is not None and under is not widget:
                under = under.parentWidget()
            if under is widget:
                return point
        return None


def _name(widget: QWidget) -> str:
    return widget.accessibleName() or widget.objectName() or type(widget).__name__
