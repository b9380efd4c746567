"""A bare PySide6 window with one line to type into, in the program's font; imports nothing of ours.

The peer of `benchmarks.startup`: the least that any PySide6 program needs to its first usable
window.  ``bare_window.py FONT_FOLDER`` prints a line when it was painted.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QLineEdit


class FirstPaint(QObject):
    """Says that the field takes input once it was painted."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        print(f"accepting {self._field.isEnabled()}", flush=True)


def main() -> int:
    """Until it is closed."""
    app = QApplication([])
    for name in ("Regular", "Bold"):
        QFontDatabase.addApplicationFont(f"{sys.argv[1]}/BIZUDPGothic-{name}.ttf")
    app.setFont(QFont("BIZ UDPGothic", 14))
    field = QLineEdit("だれが使いますか")
    FirstPaint(field)
    field.resize(1366, 768)
    field.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
