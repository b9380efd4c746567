"""What the dialogs of the desk share: room for an error, one main button, and sending it once.

Use::

    class HandOverDialog(ActDialog):
        def __init__(self, ctx, ...): super().__init__(ctx, title=..., icon=...); self.set_main(...)
        def act(self): self.send(hand_over, HandOver(...))
    dialog.recorded.connect(...)      # carries `Recorded`; the dialog is gone by then
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from facility_app.i18n import ErrorText
from facility_app.services.acts import Recorded, recorded
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row, Sized
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.dialog import Dialog
from facility_app.ui.widgets.error_panel import ErrorPanel
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text


class Box(QWidget):
    """A plain column of widgets: one half of a dialog."""

    def __init__(self, theme: Theme, *, spacing: int = 8) -> None:
        super().__init__()
        self.column = Column(theme, self, spacing=spacing)


class ActDialog(Dialog):
    """A dialog that leads to one recorded act."""

    recorded = Signal(object)

    def __init__(
        self, ctx: UiContext, *, title: str, icon: str, subtitle: str = "", width: int = 896
    ) -> None:
        super().__init__(
            ctx.theme,
            ctx.host(),
            title=title,
            subtitle=subtitle,
            icon=icon,
            close=ctx.words("widgets-cancel"),
            width=width,
        )
        self.ctx, self.words = ctx, ctx.words
        self.sending = False
        self.main: ActionButton | None = None
        self.problem = ErrorPanel(ctx.theme, ctx.words("widgets-close"))
        self.body.addWidget(self.problem)

    def set_main(self, text: str, icon: str, kind: Kind = Kind.FILLED) -> ActionButton:
        """The one big button; Enter presses it wherever nothing else wants Enter."""
        self.main = ActionButton(
            self.theme, text, kind=kind, icon=icon, key="Enter", height=64, size=24
        )
        self.main.clicked.connect(self.press)
        self.acts.addStretch(1)
        self.acts.addWidget(self.main)
        return self.main

    def show_problem(self, text: ErrorText, level: Level = Level.WARN) -> None:
        """An error in words, on top of the body."""
        self.problem.show_text(text, level)

    def start(self) -> None:
        """Show it, with the focus where the next key belongs."""
        self.open(self.main)

    def act(self) -> None:
        """What the main button does; by default it leaves."""
        self.dismiss()

    def press(self) -> None:
        """The main button was pressed; a second press while the first is on its way is nothing."""
        if not self.sending:
            self.problem.hide()
            self.act()

    def send(self, use_case: Callable[..., Any], *args: Any) -> None:
        """Do it on the lane; on success the dialog goes away and `recorded` is emitted."""
        self.set_sending(True)
        self.ctx.do(
            recorded(use_case),
            *args,
            done=self._done,
            failed=self._failed,
            what=self.words("desk-busy-recording"),
        )

    def set_sending(self, sending: bool) -> None:
        """Switch the main button off while the act is on its way."""
        self.sending = sending
        if self.main is not None:
            self.main.setEnabled(not sending)

    def _done(self, done: Recorded[Any]) -> None:
        self.sending = False
        self.dismiss()
        self.recorded.emit(done)

    def _failed(self, exc: Exception) -> None:
        self.set_sending(False)
        self.ctx.show_error(exc, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An Enter that no field wanted presses the main button."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.isAutoRepeat() and self.main is not None:
            if self.main.isEnabled():
                self.main.click()
            return
        super().keyPressEvent(event)

    def fact(self, label: str, value: str, *, bold: bool = True) -> QWidget:
        """A line of the body: a grey label of 120 and what stands there."""
        box = QWidget()
        row = Row(self.theme, box, spacing=12)
        name = Text(self.theme, label, tone="text2")
        Sized(self.theme, name, width=144)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(self.theme, value, bold=bold), 1)
        return box
