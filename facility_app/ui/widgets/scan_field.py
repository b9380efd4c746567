"""The field for the pouch tag: scanned or typed, name or room.

Use::

    scan = ScanField(theme, words("desk-scan-hint"))
    scan.scanned.connect(...)    # Enter: a tag, or what was typed
    scan.searched.connect(...)   # while typing, 80 ms after the last key
"""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from facility_app.ui.theme import Theme
from facility_app.ui.widgets.fields import TextField

PAUSE_MS = 80


class ScanField(TextField):
    """56-64 high, with an icon.  Keeps the Enter of a scanner to itself."""

    scanned = Signal(str)
    searched = Signal(str)
    takes_bursts = True

    def __init__(
        self,
        theme: Theme,
        hint: str,
        *,
        icon: str = "qr_code_scanner",
        height: int = 56,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, hint=hint, icon=icon, height=height, parent=parent)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._search)
        self.textEdited.connect(self._pause.start)
        self.returnPressed.connect(self._submit)

    def wanted(self) -> str:
        """What was typed, with full-width letters and figures made half-width and no space
        around.
        """
        return unicodedata.normalize("NFKC", self.text()).strip()

    def scan(self, text: str) -> None:
        """A burst that arrived elsewhere."""
        self.setText(text)
        self._submit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An Enter with text ends here; an empty field lets it go on to the page's main button."""
        had_text = bool(self.wanted())
        super().keyPressEvent(event)
        if had_text and event.text() in ("\r", "\n"):
            event.accept()

    def _search(self) -> None:
        self.searched.emit(self.wanted())

    def _submit(self) -> None:
        self._pause.stop()
        if self.wanted():
            self.scanned.emit(self.wanted())
