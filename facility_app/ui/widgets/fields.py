"""Fields for text, choices and times, and the label that belongs to them.

Use::

    name = TextField(theme, hint="...", icon="person")
    kind = ComboField(theme, icon="label"); kind.set_choices([(1, "..."), ...]); kind.value()
    due = TimeField(theme); due.set_time(time(15, 30)); due.time_or_none()
    form.addWidget(LabeledField(theme, words("..."), name))  # buddy and name
    labeled.show_problem("...")                                 # what is wrong, under the field
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import time
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from facility_app.ui.icons import paint_icon
from facility_app.ui.layouts import Column, Row, Sized
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.text import Text


class TextField(QLineEdit):
    """One line of text, 48 high, 56-64 for scanning and unlocking; an icon in front if wanted."""

    def __init__(
        self,
        theme: Theme,
        *,
        hint: str = "",
        icon: str = "",
        name: str = "",
        height: int = 48,
        max_length: int = 200,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme, self._icon, self._high = theme, icon, height
        self.setPlaceholderText(hint)
        self.setAccessibleName(name or hint)
        self.setMaxLength(max_length)
        self.setProperty("tall", "true" if height > 48 else "false")
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        px = self.theme.px
        self.setFixedHeight(px(self._high))
        self.setTextMargins(px(self._high // 2) if self._icon else 0, 0, 0, 0)

    def sizeHint(self) -> QSize:
        """Room for ten characters."""
        return QSize(self.theme.px(224), self.theme.px(self._high))

    def minimumSizeHint(self) -> QSize:
        """Room for a time."""
        return QSize(self.theme.px(96), self.theme.px(self._high))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, then the icon over its left end."""
        super().paintEvent(event)
        if not self._icon:
            return
        painter = QPainter(self)
        side = self.theme.px(24 if self._high < 64 else 28)
        top = (self.height() - side) / 2
        paint_icon(painter, self.theme, self._icon, self.theme.px(12), top, side, "text2")
        painter.end()


class AreaField(QPlainTextEdit):
    """Several lines of text; Tab leaves it."""

    def __init__(self, theme: Theme, *, hint: str = "", name: str = "", lines: int = 3) -> None:
        super().__init__()
        self.theme, self._lines = theme, lines
        self.setPlaceholderText(hint)
        self.setAccessibleName(name or hint)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedHeight(self._lines * self.theme.line_height(18) + self.theme.px(24))


class ComboField(QComboBox):
    """One of several things, each with a key of any kind; 48 high."""

    def __init__(
        self, theme: Theme, *, icon: str = "", name: str = "", editable: bool = False
    ) -> None:
        super().__init__()
        self.theme, self._icon = theme, icon
        self.setEditable(editable)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_choices(self, choices: Iterable[tuple[Any, str]]) -> None:
        """Pairs of key and words.  Keeps the chosen key when it is still there."""
        before = self.value()
        self.blockSignals(True)
        self.clear()
        for key, words in choices:
            self.addItem(words, key)
        self.blockSignals(False)
        self.choose(before)

    def value(self) -> Any:
        """Key of the chosen one, or None."""
        return self.currentData()

    def choose(self, key: object) -> None:
        """Choose by key; an unknown key changes nothing."""
        for index in range(self.count()):
            if self.itemData(index) == key:
                self.setCurrentIndex(index)
                return

    def _restyle(self) -> None:
        px = self.theme.px
        self.setFixedHeight(px(48))
        pad = f"padding-left: {px(44)}px;" if self._icon else ""
        self.setStyleSheet(f"QComboBox {{ {pad} }}" if pad else "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the choice: nobody notices a destination that has changed."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, then the icon."""
        super().paintEvent(event)
        if self._icon:
            painter = QPainter(self)
            side = self.theme.px(24)
            top = (self.height() - side) / 2
            paint_icon(painter, self.theme, self._icon, self.theme.px(12), top, side, "text2")
            painter.end()


def parse_time(text: str) -> time | None:
    """``1530``, ``15:30``, ``930`` or full-width as a time of day; None when it is none."""
    digits = unicodedata.normalize("NFKC", text).replace(":", "").strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) not in (3, 4):
        return None
    hour, minute = int(digits[:-2]), int(digits[-2:])
    return time(hour, minute) if hour < 24 and minute < 60 else None


class TimeField(TextField):
    """A time of day typed as 1530 or 15:30; shown as 15:30 when left."""

    def __init__(self, theme: Theme, *, name: str = "", hint: str = "15:30") -> None:
        super().__init__(theme, hint=hint, icon="schedule-fill", name=name, max_length=5)
        self.editingFinished.connect(self._tidy)

    def set_time(self, value: time | None) -> None:
        """Show a time, or nothing."""
        self.setText(value.strftime("%H:%M") if value is not None else "")

    def time_or_none(self) -> time | None:
        """The time, or None while it is empty or no time."""
        return parse_time(self.text())

    def _tidy(self) -> None:
        value = self.time_or_none()
        if value is not None:
            self.set_time(value)


class LabeledField(QWidget):
    """Label above (or, ``beside=True``, before) a field, and room for what is wrong with it.

    `label_width` in design pixels lets the fields of a form begin at one line.
    """

    def __init__(
        self,
        theme: Theme,
        label: str,
        field: QWidget,
        *,
        beside: bool = False,
        note: str = "",
        label_width: int = 0,
    ) -> None:
        super().__init__()
        self.theme, self.field = theme, field
        outer = Column(theme, self, spacing=4)
        self.label = Text(theme, label, size=18 if beside else 16, tone="text2", wraps=not beside)
        self.label.setBuddy(field)
        field.setAccessibleName(self.label.text())
        if label_width:
            Sized(theme, self.label, width=label_width)
        if beside:
            row = Row(theme, spacing=12)
            row.addWidget(self.label)
            row.addWidget(field, 1)
            outer.addLayout(row)
        else:
            outer.addWidget(self.label)
            outer.addWidget(field)
        if note:
            outer.addWidget(Text(theme, note, size=16, tone="text2"))
        self._problem_box = QWidget()
        line = Row(theme, self._problem_box, spacing=6)
        line.addWidget(IconLabel(theme, "warning-fill", size=20, tone="danger"))
        self._problem = Text(theme, size=16, tone="danger_fill")
        line.addWidget(self._problem, 1)
        outer.addWidget(self._problem_box)
        self._problem_box.hide()

    def show_problem(self, words: str) -> None:
        """What is wrong and what to type instead; an empty string clears it."""
        self._problem.set(words)
        self._problem_box.setVisible(bool(words))
        self.field.setAccessibleDescription(self._problem.text())
        self.field.setProperty("level", "block" if words else "")
        self.field.style().polish(self.field)

    @property
    def problem(self) -> str:
        """The words shown now."""
        return self._problem.text()
