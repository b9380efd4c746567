"""Panels of the step that is shown big: a tint, and whom to call."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame

from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.lost_step import PhoneText
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.text import Text

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Tinted(QFrame):
    """A rounded panel in a colour of the table."""

    def __init__(self, theme: Theme, token: str) -> None:
        super().__init__()
        self.theme, self._token = theme, token
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The panel."""
        theme = self.theme
        painter = QPainter(self)
        painting.panel(
            painter, QRectF(self.rect()), fill=theme.qcolor(self._token), radius=theme.px(8)
        )
        painter.end()


class PhoneBox(Tinted):
    """Icon, number in 36, what to press; without a number whom to call and where it stands."""

    def __init__(self, ctx: UiContext, phone: PhoneText) -> None:
        theme, words = ctx.theme, ctx.words
        super().__init__(theme, "tint")
        box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        if theme.compact:
            box.setDirection(QBoxLayout.Direction.TopToBottom)
        px = theme.px
        box.setContentsMargins(px(20), px(6), px(16), px(6))
        box.setSpacing(px(24 if phone.number else 16))
        first = Row(theme, spacing=20)
        icon = "description-fill" if phone.is_fax else "call-fill"
        first.addWidget(IconLabel(theme, icon, size=32, tone="primary"), 0, _MIDDLE)
        if phone.number:
            first.addWidget(Text(theme, phone.number, size=36, bold=True, tabular=True))
            first.addStretch(1)
        box.addLayout(first, 1 if theme.compact else 0)
        told = Column(theme, spacing=0)
        if phone.number and phone.keys:
            told.addWidget(Text(theme, words("loss-press-1")))
            told.addWidget(Text(theme, words("loss-press-2", keys=phone.keys), size=20, bold=True))
        else:
            told.addWidget(Text(theme, phone.name, size=20, bold=not phone.number))
        if not phone.number:
            told.addWidget(Text(theme, words("loss-find", place=phone.find)))
        box.addLayout(told, 1)
        self.setAccessibleName(f"{phone.name} {phone.number or phone.find}")
