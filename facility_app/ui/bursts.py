"""Tells a 2D scanner from a person: keys less than 30 ms apart are a scan.

A scanner types the tag and ends with Enter.  Wherever the focus is, such a burst belongs to the
page's scan field, and its Enter never presses the focused button, or a second scan would sign
out.  Installed once::

    watcher = BurstWatcher(app, deliver=page_scan)      # deliver(text) -> None

A field that may itself be scanned into (scan, staff number, password) sets ``takes_bursts =
True`` as an attribute.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

GAP_MS = 30.0
LEAST = 6
"""Shortest text that counts as a scan; the short form of a tag is longer."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def monotonic_ms() -> float:
    """Milliseconds of a clock that never goes back."""
    return time.monotonic() * 1000


class Burst:
    """Collects keys.  Knows no widgets: `key` and `enter` get the time in milliseconds."""

    def __init__(self) -> None:
        self.text = ""
        self._last = float("-inf")

    @property
    def running(self) -> bool:
        """Whether at least two keys came too fast for a person."""
        return len(self.text) >= 2

    def key(self, char: str, at: float) -> bool:
        """Take a character.  True when it continues a burst, False when it may start one."""
        fast = at - self._last < GAP_MS
        self.text = self.text + char if fast else char
        self._last = at
        return fast

    def enter(self, at: float) -> str:
        """End with Enter.  Gives the scan, or an empty string when a person typed."""
        fast = at - self._last < GAP_MS
        text, self.text = self.text, ""
        return text if fast and len(text) >= LEAST else ""


class BurstWatcher(QObject):
    """Watches the keys of the widget with the focus.  Lives as long as its parent."""

    def __init__(
        self,
        app: QApplication,
        deliver: Callable[[str], object],
        *,
        now_ms: Callable[[], float] = monotonic_ms,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent or app)
        self._deliver, self.now_ms = deliver, now_ms
        self._burst = Burst()
        self._before: tuple[QLineEdit, str, int] | None = None
        self._watched: QWidget | None = None
        app.focusChanged.connect(self._focus_changed)
        self._focus_changed(None, app.focusWidget())

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        # only the focused widget is watched: a filter on the application would be asked about every
        # paint and every timer, and a question to Python takes longer than most of the answers
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = new
        if new is not None:
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Looks only at key presses that are about to reach the widget with the focus."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or watched is not QApplication.focusWidget():
            return False
        if getattr(watched, "takes_bursts", False):
            self._burst.text = ""
            return False
        if event.key() in _ENTER:
            return self._end(watched)
        char = event.text()
        if len(char) != 1 or not char.isprintable():
            return False
        return self._char(watched, char)

    def _char(self, widget: QWidget, char: str) -> bool:
        fast = self._burst.key(char, self.now_ms())
        if not fast:
            self._remember(widget)
        return fast and not _is_editor(widget)

    def _remember(self, widget: QWidget) -> None:
        self._before, line = None, _line(widget)
        if line is not None and line.echoMode() is QLineEdit.EchoMode.Normal:
            self._before = (line, line.text(), line.cursorPosition())

    def _end(self, widget: QWidget) -> bool:
        scanned = self._burst.enter(self.now_ms())
        if not scanned:
            return False
        line = _line(widget)
        if self._before is not None and line is not None and self._before[0] is line:
            line.setText(self._before[1])
            line.setCursorPosition(self._before[2])
        elif _is_editor(widget):
            return False  # a text we could not restore: leave what was typed where it is
        self._deliver(scanned)
        return True


def _line(widget: QWidget) -> QLineEdit | None:
    """The line that keys to `widget` are typed into."""
    if isinstance(widget, QComboBox):
        return widget.lineEdit() if widget.isEditable() else None
    return widget if isinstance(widget, QLineEdit) else None


def _is_editor(widget: QWidget) -> bool:
    return isinstance(widget, QLineEdit | QPlainTextEdit)
