"""A date typed in any way people write it: S20.3.5, in 和暦, 1945/3/5 or 19450305.

The parser and the words for a date are handed in, so that the rules stay in ``domain/dates.py``::

    DateField(theme, parse=parse_date, show=format_wareki, problem=lambda e: words.error(e).what)
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facility_app.errors import Refused
from facility_app.ui.layouts import Column
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.fields import TextField
from facility_app.ui.widgets.text import Text


class DateField(QWidget):
    """A field and, under it, how the date was understood or what is wrong with it."""

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        parse: Callable[[str], date],
        show: Callable[[date], str],
        problem: Callable[[Refused], str],
        name: str = "",
        hint: str = "",
    ) -> None:
        super().__init__()
        self._parse, self._show, self._problem = parse, show, problem
        box = Column(theme, self, spacing=0)
        self.field = TextField(theme, hint=hint, icon="calendar_today", name=name, max_length=20)
        self.understood = Text(theme, " ", size=16, tone="text2")
        box.addWidget(self.field)
        box.addWidget(self.understood)
        self.setFocusProxy(self.field)
        self.field.textChanged.connect(self._read)
        self.field.editingFinished.connect(self._complain)

    def set_date(self, value: date | None) -> None:
        """Show a date, or nothing."""
        self.field.setText(self._show(value) if value is not None else "")

    def date_or_none(self) -> date | None:
        """The date, or None while the field is empty or is no date."""
        if not self.field.text().strip():
            return None
        try:
            return self._parse(self.field.text())
        except Refused:
            return None

    def is_wrong(self) -> bool:
        """Whether there is text that is no date."""
        return bool(self.field.text().strip()) and self.date_or_none() is None

    def setAccessibleName(self, name: str) -> None:
        """The name belongs to the field that has the focus."""
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)

    def setAccessibleDescription(self, text: str) -> None:
        """What is wrong, too."""
        super().setAccessibleDescription(text)
        self.field.setAccessibleDescription(text)

    def _read(self) -> None:
        value = self.date_or_none()
        self.understood.set_tone("text2")
        self.understood.set(self._show(value) if value is not None else " ")
        self.changed.emit()

    def _complain(self) -> None:
        if not self.is_wrong():
            return
        try:
            self._parse(self.field.text())
        except Refused as exc:
            self.understood.set_tone("danger_fill")
            self.understood.set(self._problem(exc))
