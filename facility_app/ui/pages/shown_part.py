"""One of several parts in one place; only the shown one takes room.

A `QStackedWidget` is as high as its highest page, which makes short ones scroll.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from facility_app.ui.layouts import Column
from facility_app.ui.theme import Theme


class ShownPart(QWidget):
    """Parts in a column, of which exactly one is visible."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._box = Column(theme, self, spacing=0)
        self.parts: list[QWidget] = []
        self.current: QWidget | None = None

    def add(self, part: QWidget) -> None:
        """Append a part; the first one is shown."""
        self.parts.append(part)
        self._box.addWidget(part, 1)
        part.setVisible(self.current is None)
        self.current = self.current or part

    def show_part(self, part: QWidget) -> None:
        """Show this one and hide the others."""
        self.current = part
        for each in self.parts:
            each.setVisible(each is part)

    def show_index(self, index: int) -> None:
        """Show the part of this number."""
        self.show_part(self.parts[index])
