"""The field that a printed checkpoint is scanned, typed or pasted into.

A checkpoint has several lines, so Enter inside a scan is a line's end, while a person who presses
Enter on something whole means "check".  A scan is checked by itself once the keys stop.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor

from facility_app.ui.bursts import GAP_MS, LEAST, monotonic_ms
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.checkpoints import finished
from facility_app.ui.widgets.fields import AreaField

PAUSE_MS = 300
"""So long after its last key a scan is whole; slow scanners pause between lines."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CheckpointField(AreaField):
    """`submitted` when what stands in it is to be checked."""

    submitted = Signal()
    takes_bursts = True

    def __init__(
        self, theme: Theme, *, hint: str, now_ms: Callable[[], float] = monotonic_ms
    ) -> None:
        super().__init__(theme, hint=hint, lines=6)
        self._now = now_ms
        self._last = float("-inf")
        self._fast = 0
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._scan_ended)

    def go_on_with(self, line: str) -> None:
        """A scan began elsewhere: this is its first line, the others arrive here."""
        self.setPlainText(f"{line}\n")
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._last, self._fast = self._now(), LEAST
        self._pause.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter of a person on something whole checks it; in a scan it ends a line."""
        at = self._now()
        fast = at - self._last < GAP_MS
        self._last = at
        self._fast = self._fast + 1 if fast else 0
        if event.key() in _ENTER and not fast and finished(self.toPlainText()):
            self._pause.stop()
            self.submitted.emit()
            return
        super().keyPressEvent(event)
        if self._fast >= LEAST:
            self._pause.start()

    def _scan_ended(self) -> None:
        self._fast = 0
        self.submitted.emit()
