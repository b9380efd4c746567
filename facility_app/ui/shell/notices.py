"""Error dialogs, and the page that blocks everything when the data cannot be trusted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from facility_app.i18n import ErrorText
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Sized
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.dialog import Dialog
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.levels import STYLES, Level
from facility_app.ui.widgets.text import Text


def open_error(ctx: UiContext, host: QWidget, text: ErrorText, level: Level) -> Dialog:
    """A dialog with what happened, what did not, and what to do now."""
    dialog = Dialog(
        ctx.theme, host, title=ctx.words("shell-error-title"), close=ctx.words("widgets-close"),
        icon=STYLES[level].icon, width=720,
    )  # fmt: skip
    dialog.body.addWidget(Text(ctx.theme, text.what, size=20, bold=True))
    for words in (text.undone, text.todo):
        if words:
            dialog.body.addWidget(Text(ctx.theme, words))
    dialog.setAccessibleName(str(text).replace("\n", " "))
    dialog.open()
    return dialog


class BlockedPage(QWidget):
    """Nothing can be written any more; says why and whom to call."""

    def __init__(self, ctx: UiContext, text: ErrorText) -> None:
        super().__init__()
        theme = ctx.theme
        middle = Qt.AlignmentFlag.AlignHCenter
        outer = Column(theme, self, margins=24)
        outer.addStretch(1)
        card = Card(theme, padding=32, spacing=16)
        Sized(theme, card, max_width=896)
        card.body.addWidget(IconLabel(theme, "gpp_bad-fill", size=64, tone="danger"), 0, middle)
        card.body.addWidget(
            Text(theme, text.what, size=28, bold=True, tone="danger_fill", align=middle)
        )
        for words in (text.undone, text.todo):
            card.body.addWidget(Text(theme, words, size=20, align=middle))
        outer.addWidget(card, 0, middle)
        outer.addStretch(2)
        self.setAccessibleName(str(text).replace("\n", " "))
