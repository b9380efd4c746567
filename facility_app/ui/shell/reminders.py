"""Lines above the page that are said once after an unlock, each with its button.

Use: ``reminders.show_all([...])`` (of `viewmodels/reminders.py`).  They go when the page they
lead to is shown, when they are put off, and at every lock.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row
from facility_app.ui.viewmodels.reminders import Reminder
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.levels import Level


class Reminders(QWidget):
    """Takes no room while there is nothing to say."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.ctx = ctx
        self.rows: list[ReminderRow] = []
        self._box = Column(ctx.theme, self, margins=(24, 16, 22, 0), spacing=8)
        ctx.session.changed.connect(self.clear)
        ctx.theme.changed.connect(self._fit)
        self.hide()

    def add(self, reminders: Sequence[Reminder]) -> None:
        """Say these too; a screen reader hears them."""
        for reminder in reminders:
            row = ReminderRow(self.ctx, reminder)
            row.go.clicked.connect(lambda _c=False, row=row: self._follow(row))
            row.later.clicked.connect(lambda _c=False, row=row: self._remove(row))
            self._box.addWidget(row)
            self.rows.append(row)
            self.ctx.announce(row.notice.accessibleName())
        self._fit()

    def seen(self, key: str) -> None:
        """The page that a line leads to is shown: it has been said."""
        for row in tuple(self.rows):
            if row.reminder.page == key:
                self._remove(row)

    def clear(self) -> None:
        """Somebody else, or nobody."""
        for row in tuple(self.rows):
            self._remove(row)

    def _follow(self, row: ReminderRow) -> None:
        if self.ctx.navigate(row.reminder.page, **row.reminder.args) and row in self.rows:
            self._remove(row)

    def _remove(self, row: ReminderRow) -> None:
        self.rows.remove(row)
        self._box.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._fit()

    def _fit(self) -> None:
        """One at a time on the enlarged screen: the page needs the room."""
        compact = self.ctx.theme.compact
        self._box.set_margins((24, 8 if compact else 16, 22, 0))
        for index, row in enumerate(self.rows):
            row.setVisible(index == 0 or not compact)
        self.setVisible(bool(self.rows))


class ReminderRow(QWidget):
    """What is to be said, the button that leads there, and one that puts it off."""

    def __init__(self, ctx: UiContext, reminder: Reminder) -> None:
        super().__init__()
        theme = ctx.theme
        self.theme, self.reminder = theme, reminder
        acts = QWidget()
        beside = Row(theme, acts, spacing=8)
        self.go = ActionButton(theme, reminder.button or " ", icon="arrow_forward")
        self.later = ActionButton(theme, ctx.words("shell-reminder-later"), kind=Kind.GREY)
        beside.addWidget(self.go)
        beside.addWidget(self.later)
        self.go.setVisible(bool(reminder.page))
        level = Level(reminder.level)
        self.notice = Notice(theme, level, reminder.title, reminder.text, action=acts)
        for button in (self.go, self.later):
            button.setAccessibleName(f"{button.text()} {self.notice.title.text()}")
        Column(theme, self, spacing=0).addWidget(self.notice)
        theme.changed.connect(self._turn)
        self._turn()

    def _turn(self) -> None:
        """Enlarged, the words are short."""
        told, compact = self.reminder, self.theme.compact
        title, text = (told.short, "") if compact else (told.title, told.text)
        self.notice.set(Level(told.level), title, text)
