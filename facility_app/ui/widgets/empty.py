"""An empty state teaches: what this place is for, and the first button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from facility_app.ui.layouts import Column
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.button import ActionButton
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.text import Text


class EmptyState(QWidget):
    """Icon 48, a sentence, what to do, and at most one button."""

    def __init__(
        self,
        theme: Theme,
        *,
        icon: str,
        title: str,
        text: str = "",
        action: ActionButton | None = None,
    ) -> None:
        super().__init__()
        middle = Qt.AlignmentFlag.AlignHCenter
        box = Column(theme, self, margins=24, spacing=8)
        box.addStretch(1)
        box.addWidget(IconLabel(theme, icon, size=48, tone="text2"), 0, middle)
        self.title = Text(theme, title, size=20, bold=True, align=middle)
        box.addWidget(self.title)
        self.text = Text(theme, text, tone="text2", align=middle)
        if not text:  # made visible before it has a parent, it would flash as a window of its own
            self.text.hide()
        box.addWidget(self.text)
        if action is not None:
            box.gap(8)
            box.addWidget(action, 0, middle)
        box.addStretch(2)
