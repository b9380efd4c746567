"""Python's cyclic garbage is collected on the GUI thread alone.

Left to itself, Python collects on whatever thread makes objects, the work lane for example.  A
widget that ended in a cycle would be destroyed there, which Qt forbids ("a QObject lives and dies
on the GUI thread", design §4) and which can end in a deadlock.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOKS_EVERY_MS = 1000


class Collector(QObject):
    """Takes the collection over from Python until `end`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=LOOKS_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation whose threshold was passed, as Python would have."""
        counts, limits = gc.get_count(), gc.get_threshold()
        passed = [at for at in range(len(counts)) if counts[at] > limits[at] > 0]
        if passed:
            gc.collect(max(passed))

    def end(self) -> None:
        """Give it back to Python."""
        self._timer.stop()
        gc.enable()
