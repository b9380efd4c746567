"""A field for passwords: dots, a button to look at it, and empty whenever it goes out of sight.

Use: ``edit = SecretEdit(theme, name=..., show=..., hide=...)``; ``edit.take()`` gives the text
and clears the field. Qt keeps copies that nothing can wipe; only what stands on the screen is
under control here.  No undo, no copy.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from facility_app.ui.layouts import Column
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.fields import TextField


class _SecretLine(TextField):
    """The line itself: nothing can be copied out of it."""

    takes_bursts = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        standard = QKeySequence.StandardKey
        if any(event.matches(key) for key in (standard.Copy, standard.Cut, standard.Undo)):
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """No menu: it would offer undo."""

    def hideEvent(self, event: QHideEvent) -> None:
        self.clear()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        super().hideEvent(event)


class SecretEdit(QWidget):
    """Password field 64 high and, under it, the button that shows what was typed."""

    submitted = Signal()
    edited = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        name: str,
        show: str,
        hide: str,
        height: int = 64,
        icon: str = "key-fill",
    ) -> None:
        super().__init__()
        self._show, self._hide = show, hide
        box = Column(theme, self, spacing=4)
        self.field = _SecretLine(theme, icon=icon, name=name, height=height)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.look = ActionButton(theme, show, kind=Kind.TEXT, icon="visibility")
        self.look.setCheckable(True)
        self.look.toggled.connect(self._toggle)
        box.addWidget(self.field)
        box.addWidget(self.look, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.field)
        self.field.returnPressed.connect(self.submitted)
        self.field.textEdited.connect(lambda _text: self.edited.emit())

    def take(self) -> str:
        """The text; the field is empty afterwards."""
        text = self.field.text()
        self.clear()
        return text

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.field.text()

    def clear(self) -> None:
        """Forget what was typed, and dots again."""
        self.field.clear()
        self.look.setChecked(False)

    def setAccessibleName(self, name: str) -> None:
        """The name belongs to the field that has the focus."""
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)

    def setAccessibleDescription(self, text: str) -> None:
        """What is wrong, too."""
        super().setAccessibleDescription(text)
        self.field.setAccessibleDescription(text)

    def _toggle(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.field.setEchoMode(mode)
        self.look.set_text(self._hide if shown else self._show)
        self.look.set_icon("visibility_off" if shown else "visibility")
