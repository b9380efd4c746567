"""Puts the style sheet on a page or a dialog, and renews it when the theme changes.

Use in the constructor of such a root: ``Dress(theme, self)``.  A sheet on the whole application
would be matched anew against every widget of every page at each step of the zoom (measured: 2.5 s
with all pages open); a page that is not shown is dressed when it is shown again.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from facility_app.ui.theme import Theme


class Dress(QObject):
    """Lives as long as its root."""

    def __init__(self, theme: Theme, root: QWidget) -> None:
        super().__init__(root)
        self._theme, self._root = theme, root
        self._worn = ""
        self._put_on()
        root.installEventFilter(self)
        theme.changed.connect(self._theme_changed)

    def _theme_changed(self) -> None:
        if self._root.isVisible():
            self._put_on()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A root that comes into sight wears the present theme."""
        if event.type() is QEvent.Type.Show and watched is self._root:
            self._put_on()
        return False

    def _put_on(self) -> None:
        sheet = self._theme.sheet()
        if sheet != self._worn:
            self._worn = sheet
            self._root.setStyleSheet(sheet)
