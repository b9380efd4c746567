"""What the page shows while there is no result: a picture, a sentence, what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Row
from facility_app.ui.viewmodels.card_check import Offer, Picture
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.text import Text

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_OFFERS = {
    Offer.TRY_READER: ("check-try-reader", "rule"),
    Offer.READ_AGAIN: ("check-again", "refresh"),
}


class PictureView(Card):
    """Icon 96, title 28, sentences 18, at most one big button."""

    offered = Signal(object)

    def __init__(self, ctx: UiContext) -> None:
        theme = ctx.theme
        super().__init__(theme, padding=24, spacing=8)
        self.words = ctx.words
        self.shown: Picture | None = None
        self.body.addStretch(2)
        self.icon = IconLabel(theme, "contactless", size=96, tone="text2")
        self.body.addWidget(self.icon, 0, _CENTRE)
        self.body.gap(8)
        self.what = Text(theme, size=28, bold=True, align=_CENTRE)
        self.undone = Text(theme, bold=True, align=_CENTRE)
        self.todo = Text(theme, align=_CENTRE)
        for text in (self.what, self.undone, self.todo):
            self.body.addWidget(text)
        self.body.gap(16)
        self.button = ActionButton(theme, " ", kind=Kind.FILLED, key="Enter", height=64)
        self.button.clicked.connect(self._press)
        row = Row(theme)
        row.addStretch(1)
        row.addWidget(self.button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(3)

    def show_picture(self, picture: Picture) -> bool:
        """Show this; True = it was another one before."""
        if picture == self.shown:
            return False
        self.shown = picture
        self.icon.set(picture.icon, "warn" if picture.trouble else "primary")
        self.what.set(picture.title)
        self.undone.set(picture.undone)
        self.undone.setVisible(bool(picture.undone))
        self.todo.set(picture.todo)
        self.button.setVisible(picture.offer is not Offer.NONE)
        if picture.offer is not Offer.NONE:
            key, icon = _OFFERS[picture.offer]
            self.button.set_text(self.words(key))
            self.button.set_icon(icon)
        self.setAccessibleName(self.spoken())
        return True

    def spoken(self) -> str:
        """What a screen reader says when this appears."""
        return " ".join(text.text() for text in (self.what, self.undone, self.todo) if text.text())

    def _press(self) -> None:
        if self.shown is not None:
            self.offered.emit(self.shown.offer)
