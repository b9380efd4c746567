"""Day and time of a return: a few days to choose from, a time to type."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facility_app.i18n import Words
from facility_app.ui.layouts import Row, Sized
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.fields import ComboField, TimeField


class DueFields(QWidget):
    """`changed` after the person changed either; `at` is None while what was typed is no time."""

    changed = Signal()

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._words = words
        row = Row(theme, self, spacing=8)
        self.time = TimeField(theme, name=words("desk-due"))
        self.days = ComboField(theme, name=words("desk-due-day"))
        Sized(theme, self.time, width=116)
        self.days.setMinimumContentsLength(2)
        row.addWidget(self.time)
        row.addWidget(self.days, 1)
        self.setFocusProxy(self.time)
        self.time.textEdited.connect(lambda _text: self.changed.emit())
        self.days.activated.connect(lambda _index: self.changed.emit())

    def show_due(self, day: date | None, at: time | None, days: Sequence[date]) -> None:
        """Show a day and a time without saying that somebody changed them."""
        today = days[0] if days else day
        self.days.set_choices([(each, self._name(each, today)) for each in days])
        self.days.choose(day)
        self.time.set_time(at)

    def setAccessibleName(self, name: str) -> None:
        """The name belongs to the field that has the focus."""
        super().setAccessibleName(name)
        self.time.setAccessibleName(name)

    @property
    def day(self) -> date | None:
        """The chosen day."""
        value = self.days.value()
        return value if isinstance(value, date) else None

    @property
    def at(self) -> time | None:
        """The typed time."""
        return self.time.time_or_none()

    def _name(self, day: date, today: date | None) -> str:
        if today is not None and day == today:
            return self._words("desk-today")
        if today is not None and day == today + timedelta(days=1):
            return self._words("desk-tomorrow")
        return self._words.short_day(day)
