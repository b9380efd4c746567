"""Bottom of the window: last recorded act, state of the log, age of the backup, help and search."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame

from facility_app.i18n import Words
from facility_app.ui.layouts import Row, Sized
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.levels import STYLES, Level
from facility_app.ui.widgets.text import Text

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class StatusBar(QFrame):
    """48 high; hidden when enlarged (the menu has help and search)."""

    help_wanted = Signal()
    search_wanted = Signal()

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self.theme = theme
        Sized(theme, self, height=48)
        row = Row(theme, self, margins=(18, 0, 22, 0), spacing=8)
        row.addWidget(IconLabel(theme, "history", size=22, tone="text2"), 0, _MIDDLE)
        row.addWidget(Text(theme, words("shell-last-act"), size=16, tone="text2", wraps=False))
        self.act = Text(theme, words("shell-no-act"), size=16, bold=True, elide=True)
        row.addWidget(self.act)
        row.gap(20)
        self._log_icon = IconLabel(theme, "verified-fill", size=24, tone="text2")
        self.log = Text(theme, words("shell-log-unknown"), size=16, wraps=False)
        row.addWidget(self._log_icon, 0, _MIDDLE)
        row.addWidget(self.log)
        row.gap(20)
        self._backup_icon = IconLabel(theme, "hard_drive-fill", size=24, tone="text2")
        self.backup = Text(theme, words("shell-backup-unknown"), size=16, wraps=False)
        row.addWidget(self._backup_icon, 0, _MIDDLE)
        row.addWidget(self.backup)
        row.addStretch(1)
        self.help = ActionButton(
            theme, words("shell-help"), kind=Kind.TEXT, icon="help", key="F1", size=16
        )
        self.search = ActionButton(
            theme, words("shell-search"), kind=Kind.TEXT, icon="search", key="F2", size=16
        )
        self.help.clicked.connect(self.help_wanted)
        self.search.clicked.connect(self.search_wanted)
        row.addWidget(self.help)
        row.addWidget(self.search)
        theme.changed.connect(self._restyle)

    def show_act(self, text: str) -> None:
        """Number, time and words of the last recorded act."""
        self.act.set(text)

    def show_log(self, text: str, level: Level) -> None:
        """Whether the log was verified."""
        self.log.set(text)
        icon = "verified-fill" if level is Level.OK else STYLES[level].icon
        self._log_icon.set(icon, STYLES[level].color)

    def show_backup(self, text: str, level: Level) -> None:
        """When the last good backup was made."""
        self.backup.set(text)
        icon = "hard_drive-fill" if level is Level.OK else STYLES[level].icon
        self._backup_icon.set(icon, STYLES[level].color)

    def _restyle(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Surface with a line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.qcolor("surface"))
        painter.setPen(self.theme.qcolor("line"))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()
