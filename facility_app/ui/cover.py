"""The cover: hides the page after a while without input; any key brings it back.

It says who is using the program and when it will lock, and no resident's name.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from facility_app.domain.clock import local_time
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row, Sized
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.countdown import CountdownBar
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.staff_tile import StaffMark
from facility_app.ui.widgets.text import Text

_CENTER = Qt.AlignmentFlag.AlignHCenter
LAST_SECONDS = 20
"""From here the countdown is a warning: it is announced and turns to the colour of lateness."""

_QUIET_KEYS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_F3,
        Qt.Key.Key_F12,
    }
)
"""Begin a shortcut or walk between the three buttons; every other key uncovers."""


class Cover(QWidget):
    """Lies over the whole window."""

    uncovered = Signal()
    lock_wanted = Signal()
    change_wanted = Signal()
    emergency_wanted = Signal()

    def __init__(self, ctx: UiContext, host: QWidget) -> None:
        super().__init__(host)
        self.ctx, self._host = ctx, host
        self.setObjectName("cover")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._before: QWidget | None = None
        self._warned = False
        self._build()
        host.installEventFilter(self)
        ctx.theme.changed.connect(self.update)
        self.hide()

    def _build(self) -> None:
        theme, words = self.ctx.theme, self.ctx.words
        box = Column(theme, self, margins=(16, 8, 16, 8), spacing=16)
        box.addStretch(2)
        head = Row(theme, spacing=12)
        head.addStretch(1)
        head.addWidget(IconLabel(theme, "visibility_off-fill", size=40, tone="text2"))
        head.addWidget(Text(theme, words("cover-hidden"), size=24, bold=True, wraps=False))
        head.addStretch(1)
        box.addLayout(head)
        self.time = Text(theme, size=45, bold=True, tabular=True, align=_CENTER)
        box.addWidget(self.time)
        self.person = StaffMark(theme, circle=56)
        box.addWidget(self.person, 0, _CENTER)
        back = Row(theme, spacing=12)
        back.addStretch(1)
        back.addWidget(IconLabel(theme, "keyboard-fill", size=32, tone="primary"))
        back.addWidget(Text(theme, words("cover-any-key"), size=28, bold=True, elide=True))
        back.addStretch(1)
        box.addLayout(back)
        self.bar = CountdownBar(theme)
        Sized(theme, self.bar, width=480)
        box.addWidget(self.bar, 0, _CENTER)
        self.left = Text(theme, align=_CENTER)
        box.addWidget(self.left)
        box.gap(16)
        box.addLayout(self._build_buttons())
        box.addStretch(3)

    def _build_buttons(self) -> Row:
        theme, words = self.ctx.theme, self.ctx.words
        row = Row(theme, spacing=16)
        row.addStretch(1)
        self.buttons: list[ActionButton] = []
        for key, cap, icon, kind, signal in (
            ("cover-lock", "Ctrl+L", "lock-fill", Kind.GREY, self.lock_wanted),
            ("cover-change", "F3", "swap_horiz", Kind.GREY, self.change_wanted),
            ("shell-emergency", "F12", "e911_emergency-fill", Kind.RED, self.emergency_wanted),
        ):
            button = ActionButton(
                theme,
                words(key),
                kind=kind,
                icon=icon,
                key=cap,
                height=64,
                size=20,
                shortcut=cap == "F3",
            )
            Sized(theme, button, min_width=144, max_width=288)
            button.clicked.connect(signal)
            row.addWidget(button, 2)
            self.buttons.append(button)
        row.addStretch(1)
        return row

    def lay_over(self) -> None:
        """Hide the page."""
        self._before = QApplication.focusWidget()
        self._warned = False
        face = self.ctx.session.face
        if face is not None:
            words = self.ctx.words("cover-in-use", name=face.name)
            self.person.set(words, "", face.colour, words)
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setAccessibleName(self.ctx.words("cover-any-key"))
        self.ctx.announce(self.ctx.words("cover-hidden"))

    def lift(self) -> None:
        """Show the page again, with the focus where it was."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_left(self, seconds: int, whole: int) -> None:
        """`seconds` until the lock, of `whole`."""
        words = self.ctx.words
        self.time.set(local_time(self.ctx.clock()).strftime("%H:%M"))
        minutes, rest = divmod(max(0, seconds), 60)
        key = "cover-left-minutes" if minutes else "cover-left"
        self.left.set(words(key, minutes=str(minutes), seconds=str(rest)))
        soon = seconds <= LAST_SECONDS
        self.time.setVisible(not self.ctx.theme.compact)
        self.left.set_tone("late_text" if soon else "text")
        self.bar.set(seconds / whole if whole else 0.0, soon=soon)
        if soon and not self._warned:
            self._warned = True
            self.ctx.announce(f"{self.left.text()} {words('cover-any-key')}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any key but the beginning of a shortcut."""
        if Qt.Key(event.key()) in _QUIET_KEYS or event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            super().keyPressEvent(event)
            return
        self.uncovered.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the buttons is as good as a key."""
        self.uncovered.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering a window that changes size."""
        if watched is self._host and event.type() is QEvent.Type.Resize:
            self.setGeometry(self._host.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Opaque."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.ctx.theme.qcolor("surface"))
        painter.end()
