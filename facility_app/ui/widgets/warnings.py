"""Warnings in order of gravity, three at most, the rest behind one button.

Use: ``warnings.show_items([Warning_(Level.WARN, title, text), ...])``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from facility_app.ui.layouts import Column
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.levels import ORDER, Level

SHOWN = 3


@dataclass(frozen=True)
class WarningItem:
    """Title says what is, text says until when or what to do."""

    level: Level
    title: str
    text: str = ""


def ranked(items: Iterable[WarningItem]) -> list[WarningItem]:
    """Gravest first; equal levels keep their order."""
    return sorted(items, key=lambda item: ORDER.index(item.level))


class WarningList(QWidget):
    """A column of notices.  `more`: words for the button from the number of hidden warnings."""

    def __init__(self, theme: Theme, more: Callable[[int], str]) -> None:
        super().__init__()
        self.theme, self._more_words = theme, more
        self._box = Column(theme, self, spacing=8)
        self._items: list[WarningItem] = []
        self._notices: list[Notice] = []
        self._more = ActionButton(theme, more(1), kind=Kind.TEXT, icon="keyboard_arrow_down")
        self._more.clicked.connect(self._show_all)
        self._box.addWidget(self._more)
        self._more.hide()

    def show_items(self, items: Iterable[WarningItem]) -> None:
        """Show these warnings and forget the earlier ones."""
        self._items = ranked(items)
        self._fill(SHOWN)

    @property
    def gravest(self) -> WarningItem | None:
        """The first warning, for the fixed bar of the enlarged screen."""
        return self._items[0] if self._items else None

    def _fill(self, count: int) -> None:
        for notice in self._notices:
            self._box.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
        shown = self._items[:count]
        self._notices = [Notice(self.theme, i.level, i.title, i.text) for i in shown]
        for index, notice in enumerate(self._notices):
            self._box.insertWidget(index, notice)
        hidden = len(self._items) - len(shown)
        self._more.setVisible(hidden > 0)
        if hidden > 0:
            self._more.set_text(self._more_words(hidden))

    def _show_all(self) -> None:
        self._fill(len(self._items))
        if self._notices:
            self._notices[-1].setFocus()
