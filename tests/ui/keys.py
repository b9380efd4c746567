"""Keys as a person presses them, one event each; text of more than one character is never made."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


def press(widget: QWidget, keys: str) -> None:
    """Key by key, straight to the widget."""
    for key in keys:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            code = ord(key.upper()) if key.isascii() else Qt.Key.Key_unknown
            event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, key)
            QApplication.sendEvent(widget, event)
