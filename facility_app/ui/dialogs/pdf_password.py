"""The password of a PDF, shown once: to be written down and sent by another way.

Never the clipboard; the text cannot be selected.  It is gone when the dialog is, at a lock too.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent

from facility_app.secret import Secret
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.widgets.panel import Panel
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tick_row import TickRow


class PdfPasswordDialog(ActDialog):
    """Takes the secret over and wipes it."""

    def __init__(self, ctx: UiContext, password: Secret) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("reports-page-password-title"), icon="key", width=720)
        self._password = password
        panel = Panel(ctx.theme, padding=16)
        self.shown = Text(ctx.theme, password.copy_bytes().decode(), size=28, bold=True)
        panel.body.addWidget(self.shown)
        self.body.addWidget(Text(ctx.theme, words("reports-page-password-text")))
        self.body.addWidget(panel)
        self.add_note("call-fill", words("reports-page-password-other-way"))
        self.add_note("visibility_off-fill", words("reports-page-password-once"))
        self.noted = TickRow(ctx.theme, words("reports-page-password-noted"))
        self.body.addWidget(self.noted)
        self.set_main(words("reports-page-password-close"), "check")
        self.close_button.hide()
        self.noted.toggled.connect(self._look)
        self._look()

    def start(self) -> None:
        """The focus is on the tick: an Enter or Esc too many must not take the password away."""
        self.open(self.noted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves once the password was written down."""
        if event.key() != Qt.Key.Key_Escape or self.noted.isChecked():
            super().keyPressEvent(event)

    def _look(self) -> None:
        if self.main is not None:
            self.main.setEnabled(self.noted.isChecked())

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing of it stays on the screen."""
        super().hideEvent(event)
        self.shown.set(" ")
        self._password.wipe()
