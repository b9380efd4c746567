"""Expiry stages of a paper as equal columns; further right is worse, only the present stage is
solid.

Use::

    line = Timeline(theme)
    line.show_stages([Stage(Phase.VALID, words, span=2), ...], present=0, at=0.4,
                     borders=[Border(2, "...", strong=True)], spoken="...")
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QSizePolicy

from facility_app.ui.icons import paint_icon
from facility_app.ui.theme import Theme
from facility_app.ui.widgets import painting

COLUMNS = 5


class Phase(StrEnum):
    """The five stages in order."""

    VALID = "valid"
    RENEWABLE = "renewable"
    SOON = "soon"
    GRACE = "grace"
    UNUSABLE = "unusable"


# phase -> (icon, solid fill, words on it, outline, icon when outlined, pattern for grey print)
PHASES: dict[Phase, tuple[str, str, str, str, Qt.BrushStyle]] = {
    Phase.VALID: ("check_circle-fill", "ok_text", "on_fill", "ok", Qt.BrushStyle.NoBrush),
    Phase.RENEWABLE: ("autorenew", "primary", "on_primary", "primary", Qt.BrushStyle.NoBrush),
    Phase.SOON: ("warning-fill", "warn_fill", "on_warn", "warn", Qt.BrushStyle.BDiagPattern),
    Phase.GRACE: ("hourglass-fill", "late_text", "on_fill", "late", Qt.BrushStyle.FDiagPattern),
    Phase.UNUSABLE: (
        "block-fill",
        "danger_fill",
        "on_fill",
        "danger",
        Qt.BrushStyle.DiagCrossPattern,
    ),
}


@dataclass(frozen=True)
class Stage:
    """One stage of this paper; `span` columns, so that missing stages leave no gap."""

    phase: Phase
    words: str
    span: int = 1


@dataclass(frozen=True)
class Border:
    """Words under the border after column `after` (1-4); `strong` for the one that matters now."""

    after: int
    words: str
    strong: bool = False


class Timeline(QLabel):
    """64 high; to a screen reader a sentence (`spoken`)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._stages: tuple[Stage, ...] = ()
        self._borders: tuple[Border, ...] = ()
        self._present, self._at = 0, 0.5
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def show_stages(
        self,
        stages: Sequence[Stage],
        *,
        present: int,
        at: float = 0.5,
        borders: Sequence[Border] = (),
        spoken: str = "",
    ) -> None:
        """`present`: index of today's stage; `at`: where in it today lies, 0.0-1.0."""
        self._stages, self._borders = tuple(stages), tuple(borders)
        self._present, self._at = present, max(0.05, min(0.95, at))
        self.setText(spoken)
        self.setAccessibleName(spoken)
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Five columns of 136."""
        return QSize(self.theme.px(COLUMNS * 136), self.theme.px(72))

    def minimumSizeHint(self) -> QSize:
        """Five columns of 72."""
        return QSize(self.theme.px(COLUMNS * 72), self.theme.px(72))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars, today's mark, words at the borders."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        column = self.width() / COLUMNS
        x = 0.0
        for index, stage in enumerate(self._stages):
            wide = column * stage.span
            self._paint_stage(painter, index, stage, QRectF(x, 0, wide - self.theme.px(4), 0))
            if index == self._present:
                self._paint_today(painter, x + wide * self._at)
            x += wide
        self._paint_borders(painter, column)
        painter.end()

    def _paint_borders(self, painter: QPainter, column: float) -> None:
        fonts = [self.theme.font(16, bold=border.strong) for border in self._borders]
        widths = [
            QFontMetricsF(font).horizontalAdvance(border.words) + 2
            for font, border in zip(fonts, self._borders, strict=True)
        ]
        places = [column * border.after - self.theme.px(2) for border in self._borders]
        lefts = spread(places, widths, self.width(), self.theme.px(8))
        for border, font, place, left, wide in zip(
            self._borders, fonts, places, lefts, widths, strict=True
        ):
            self._paint_border(painter, border, font, place, QRectF(left, 0, wide, 0))

    def _paint_stage(self, painter: QPainter, index: int, stage: Stage, place: QRectF) -> None:
        theme, px = self.theme, self.theme.px
        icon, fill, ink, outline, pattern = PHASES[stage.phase]
        thin = QRectF(place.left(), px(10), place.width(), px(12))
        if index < self._present:
            painting.panel(painter, thin, fill=theme.qcolor("muted"), radius=px(4))
            return
        if index > self._present:
            painting.panel(
                painter,
                thin,
                fill=theme.qcolor("surface"),
                radius=px(4),
                outline=theme.qcolor(outline),
                outline_width=px(2),
            )
            if pattern is not Qt.BrushStyle.NoBrush:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QBrush(theme.qcolor(outline), pattern))
                painter.drawRoundedRect(thin.adjusted(3, 3, -3, -3), 2, 2)
            return
        solid = QRectF(place.left(), 0, place.width(), px(32))
        painting.panel(painter, solid, fill=theme.qcolor(fill), radius=px(4))
        font = theme.font(18, bold=True)
        wide = QFontMetricsF(font).horizontalAdvance(stage.words)
        side = px(20)
        left = max(solid.left() + px(4), solid.center().x() - (wide + side + px(6)) / 2)
        paint_icon(painter, theme, icon, left, px(6), side, ink)
        painter.setFont(font)
        painter.setPen(theme.qcolor(ink))
        room = solid.right() - left - side - px(6)
        shown = QFontMetricsF(font).elidedText(stage.words, Qt.TextElideMode.ElideRight, room + 1)
        box = QRectF(left + side + px(6), 0, room + 2, px(32))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_today(self, painter: QPainter, x: float) -> None:
        px = self.theme.px
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.qcolor("text"))
        y = px(34)
        painter.drawPolygon(
            QPolygonF([QPointF(x, y), QPointF(x - px(6), y + px(8)), QPointF(x + px(6), y + px(8))])
        )

    def _paint_border(
        self, painter: QPainter, border: Border, font: QFont, x: float, place: QRectF
    ) -> None:
        theme, px = self.theme, self.theme.px
        painter.setPen(QPen(theme.qcolor("border"), 1))
        painter.drawLine(QPointF(x, px(36)), QPointF(x, px(42)))
        painter.setFont(font)
        painter.setPen(theme.qcolor("text" if border.strong else "text2"))
        box = QRectF(place.left(), px(44), place.width() + 1, px(24))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, border.words)


def spread(
    places: Sequence[float], widths: Sequence[float], whole: float, gap: float
) -> list[float]:
    """Left ends of words centred at `places` (ascending) that neither overlap nor stick out.

    Where there is too little room for all, it is the first that sticks out.
    """
    lefts: list[float] = []
    edge = 0.0
    for place, wide in zip(places, widths, strict=True):
        lefts.append(max(edge, place - wide / 2))
        edge = lefts[-1] + wide + gap
    edge = whole
    for index in range(len(lefts) - 1, -1, -1):
        lefts[index] = min(lefts[index], edge - widths[index])
        edge = lefts[index] - gap
    return lefts
