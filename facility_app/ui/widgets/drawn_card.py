"""A My Number card as a drawing: what was read stands in boxes, what is never read is hatched.

Use: ``card = DrawnCard(theme, title=...); card.show_fields([CardField(Level.OK, "..."), ...])``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy

from facility_app.ui.icons import paint_icon
from facility_app.ui.phrases import plain
from facility_app.ui.theme import Theme
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.levels import STYLES, Level

WIDE, HIGH = 264, 176
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class CardField:
    """One thing that the chip told; `level` None = it did not tell."""

    level: Level | None
    words: str


class DrawnCard(QLabel):
    """264×176; to a screen reader the text that `name` gives."""

    def __init__(self, theme: Theme, *, title: str, name: str) -> None:
        super().__init__(plain(name))
        self.theme, self._title = theme, plain(title)
        self.fields: tuple[CardField, ...] = ()
        self.setAccessibleName(plain(name))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def show_fields(self, fields: Sequence[CardField]) -> None:
        """Up to two fields, from top to bottom."""
        self.fields = tuple(fields)
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The shape of a real card, a little lower."""
        return QSize(self.theme.px(WIDE), self.theme.px(HIGH))

    def minimumSizeHint(self) -> QSize:
        """The drawing is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Card, title, chip, hatched name and photo, the fields."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        face = QRectF(self.rect())
        painting.panel(
            painter,
            face,
            fill=theme.qcolor("tint"),
            radius=px(16),
            outline=theme.qcolor("border"),
            outline_width=max(1, px(1)),
        )
        painter.setFont(theme.font(16))
        painter.setPen(theme.qcolor("text"))
        painter.drawText(QRectF(px(16), px(8), face.width(), px(24)), _MIDDLE, self._title)
        self._paint_chip(painter, QRectF(px(16), px(38), px(44), px(36)))
        self._hatch(painter, QRectF(px(84), px(40), px(112), px(16)))
        self._hatch(painter, QRectF(px(84), px(62), px(162), px(16)))
        photo = QRectF(px(16), px(86), px(56), px(74))
        self._hatch(painter, photo)
        side = px(40)
        middle = photo.center()
        paint_icon(
            painter, theme, "person-fill", middle.x() - side / 2, middle.y() - side / 2, side,
            "text2",
        )  # fmt: skip
        for number, each in enumerate(self.fields):
            self._paint_field(painter, QRectF(px(84), px(86 + number * 40), px(170), px(34)), each)
        painter.end()

    def _paint_chip(self, painter: QPainter, box: QRectF) -> None:
        px = self.theme.px
        painter.setPen(QPen(self.theme.qcolor("ok"), px(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, px(6), px(6))
        for part in (1 / 3, 2 / 3):
            x = box.left() + box.width() * part
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        y = box.center().y()
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))

    def _hatch(self, painter: QPainter, box: QRectF) -> None:
        """Lines from lower left to upper right: nothing stands here, and nothing was read."""
        theme, px = self.theme, self.theme.px
        path = QPainterPath()
        path.addRoundedRect(box, px(4), px(4))
        painter.fillPath(path, theme.qcolor("surface"))
        painter.save()
        painter.setClipPath(path)
        painter.setPen(QPen(theme.qcolor("line"), max(1, px(1))))
        x = box.left() - box.height()
        while x < box.right():
            painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
            x += px(6)
        painter.restore()
        painter.setPen(QPen(theme.qcolor("line"), 1))
        painter.drawPath(path)

    def _paint_field(self, painter: QPainter, box: QRectF, each: CardField) -> None:
        theme, px = self.theme, self.theme.px
        style = STYLES[each.level] if each.level is not None else None
        painting.panel(
            painter,
            box,
            fill=theme.qcolor("surface"),
            radius=px(4),
            outline=theme.qcolor(style.color if style else "border"),
            outline_width=px(2 if style else 1),
        )
        side = px(20)
        icon, tone = (style.icon, style.color) if style else ("help", "text2")
        paint_icon(painter, theme, icon, box.left() + px(8), box.center().y() - side / 2, side,
                   tone)  # fmt: skip
        font = theme.font(16)
        painter.setFont(font)
        painter.setPen(theme.qcolor("text"))
        room = box.adjusted(px(34), 0, -px(4), 0)
        words = QFontMetricsF(font).elidedText(
            plain(each.words), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, _MIDDLE, words)
