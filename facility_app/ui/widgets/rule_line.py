"""A rule of what is being typed, with a mark: kept, broken, or not known yet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from facility_app.i18n import Words
from facility_app.ui.layouts import Row
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.text import Text

_MARKS = {
    True: ("check_circle-fill", "ok", "pin-rule-kept"),
    False: ("error-fill", "danger", "pin-rule-broken"),
    None: ("radio_button_unchecked", "text2", "pin-rule-open"),
}


class RuleLine(QWidget):
    """A screen reader hears the rule and how it stands."""

    def __init__(self, theme: Theme, words: Words, text: str = "") -> None:
        super().__init__()
        self.words = words
        row = Row(theme, self, spacing=6)
        self.mark = IconLabel(theme, "radio_button_unchecked", size=20, tone="text2")
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        self.text = Text(theme, size=16, tone="text2")
        row.addWidget(self.text, 1)
        self.show_kept(None, text)

    def show_kept(self, kept: bool | None, text: str) -> None:
        """Kept, broken, or not yet known (None)."""
        icon, tone, spoken = _MARKS[kept]
        self.mark.set(icon, tone)
        self.text.set(text)
        self.text.set_tone("danger_fill" if kept is False else "text2")
        self.setAccessibleName(f"{self.text.text()} {self.words(spoken)}")
