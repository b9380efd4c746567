"""Top of the window: facility, date and time, the reader's lamp, who is unlocked, the lock
button.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from facility_app.domain.clock import Clock, local_time
from facility_app.i18n import Words
from facility_app.ui.context import Face
from facility_app.ui.layouts import Row, Sized
from facility_app.ui.shell.lamp import ReaderLamp
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.staff_tile import StaffButton
from facility_app.ui.widgets.text import Text


class Header(QFrame):
    """64 high; 56 when enlarged, then with a menu and the emergency button instead of date and
    facility.
    """

    lock_wanted = Signal()
    menu_wanted = Signal()
    emergency_wanted = Signal()
    reader_wanted = Signal()
    person_wanted = Signal()

    def __init__(self, theme: Theme, words: Words, facility: str) -> None:
        super().__init__()
        self.theme, self._words = theme, words
        self._sized = Sized(theme, self, height=64)
        self._build(facility)
        self._unlocked = False
        self._clock: Clock | None = None
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._tick)
        self.show_person(None)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _build(self, facility: str) -> None:
        theme, words = self.theme, self._words
        self.menu = ActionButton(theme, words("shell-menu"), kind=Kind.GREY, icon="menu")
        self.emergency = ActionButton(
            theme, words("shell-emergency-short"), kind=Kind.RED, icon="e911_emergency", key="F12",
            shortcut=False,
        )  # fmt: skip
        self._mark = IconLabel(theme, "home_health-fill", tone="primary", size=28)
        self.facility = Text(theme, facility, size=20, bold=True, elide=True)
        self.date = Text(theme, wraps=False)
        self.time = Text(theme, size=28, bold=True, tabular=True)
        self.lamp = ReaderLamp(theme, words)
        self.person = StaffButton(theme, words("shell-person-menu"))
        Sized(theme, self.person, max_width=300)
        self.locked = QWidget()
        locked = Row(theme, self.locked, spacing=8)
        locked.addWidget(IconLabel(theme, "lock-fill", size=24))
        locked.addWidget(Text(theme, words("shell-locked-now"), bold=True, wraps=False))
        self.lock = ActionButton(
            theme, words("shell-lock"), kind=Kind.GREY, icon="lock-fill", key="Ctrl+L",
            shortcut=False,
        )  # fmt: skip
        self._lay_out()

    def _lay_out(self) -> None:
        row = Row(self.theme, self, margins=(20, 4, 22, 4), spacing=12)
        for widget in (self.menu, self.emergency, self._mark, self.facility):
            row.addWidget(widget)
        row.gap(28)
        row.addWidget(self.date)
        row.addWidget(self.time)
        row.addStretch(1)
        row.addWidget(self.lamp)
        row.gap(12)
        row.addWidget(self.person)
        row.addWidget(self.locked)
        row.gap(4)
        row.addWidget(self.lock)
        self.lock.clicked.connect(self.lock_wanted)
        self.menu.clicked.connect(self.menu_wanted)
        self.emergency.clicked.connect(self.emergency_wanted)
        self.lamp.clicked.connect(self.reader_wanted)
        self.person.clicked.connect(self.person_wanted)

    def show_person(self, face: Face | None) -> None:
        """Who is unlocked; None = locked."""
        self._unlocked = face is not None
        if face is not None:
            spoken = self._words("shell-unlocked-by", name=face.name, role=face.role)
            compact = self.theme.compact
            name, role = (face.name.split()[0], "") if compact else (face.name, face.role)
            self.person.set(name, role, face.colour, spoken)
        self._restyle()

    def follow(self, clock: Clock) -> None:
        """Show day and time of this clock from now on."""
        self._clock = clock
        self._timer.start()
        self._tick()

    def _tick(self) -> None:
        if self._clock is None:
            return
        now = local_time(self._clock())
        weekday = self._words(f"date-weekday-{now.isoweekday()}")
        day = self._words("shell-date", day=self._words.day(now.date()), weekday=weekday)
        if day != self.date.text():
            self.date.set(day)
        time = now.strftime("%H:%M")
        if time != self.time.text():
            self.time.set(time)

    def _restyle(self) -> None:
        compact = self.theme.compact
        self.setFixedHeight(self.theme.px(56 if compact else 64))
        for widget in (self._mark, self.facility, self.date, self.time):
            widget.setVisible(not compact)
        self.menu.setVisible(compact and self._unlocked)
        self.emergency.setVisible(compact)
        self.person.setVisible(self._unlocked)
        self.lock.setVisible(self._unlocked)
        self.lamp.setEnabled(self._unlocked)
        self.locked.setVisible(not self._unlocked)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Surface with a line under it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.qcolor("surface"))
        painter.setPen(self.theme.qcolor("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()
