"""The red band over a case: the clock since it was noticed, whose and what, and 見つかった (F9)."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row
from facility_app.ui.tokens import Mode
from facility_app.ui.viewmodels.lost import Band
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.resident import RubyName
from facility_app.ui.widgets.text import Text

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class LostBand(QFrame):
    """96 high; quiet (no red) once nothing is left to do."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        theme, words = ctx.theme, ctx.words
        self.ctx, self.theme, self._quiet = ctx, theme, False
        self._outer = outer = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        told = QWidget()
        row = Row(theme, told, spacing=24)
        clock = Column(theme, spacing=0)
        self.label = Text(theme, words("loss-since"), size=16, wraps=False)
        self.clock = Text(theme, " ", size=36, bold=True, tone="danger_text", wraps=False)
        clock.addWidget(self.label)
        clock.addWidget(self.clock)
        row.addLayout(clock)
        self._who = who = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.name = RubyName(theme, size=28)
        self.what = Text(theme, " ", size=20, elide=True)
        who.addWidget(self.name)
        self._under = Column(theme, spacing=0)  # beside the name, not beside its reading
        self._under.addWidget(self.what)
        who.addLayout(self._under, 1)
        row.addLayout(who, 1)
        outer.addWidget(told, 1)
        acts = QWidget()
        self.acts = buttons = Row(theme, acts, spacing=16)
        self.back = ActionButton(
            theme, words("loss-list"), kind=Kind.GREY, icon="arrow_back", key="Esc", height=64,
            size=18,
        )  # fmt: skip
        self.found = ActionButton(
            theme, words("loss-found"), kind=Kind.GREEN, icon="check_circle-fill", key="F9",
            height=64, size=20,
        )  # fmt: skip
        buttons.addWidget(self.back, 0, _MIDDLE)
        buttons.addWidget(self.found, 0, _MIDDLE)
        self.back_at = Chip(theme, words("loss-found"), Level.OK)
        buttons.addWidget(self.back_at, 0, _MIDDLE)
        outer.addWidget(acts, 0)
        theme.changed.connect(self._turn)
        self._turn()

    def show_band(self, band: Band) -> None:
        """Another case, or the same a minute later."""
        words = self.ctx.words
        self._quiet = band.quiet
        self.label.set(band.label)
        self.clock.set(band.since)
        self.clock.set_tone("text" if band.quiet else "danger_text")
        self.clock.setAccessibleName(f"{band.label} {band.since}")
        honorific = words("widgets-honorific")
        self.name.setVisible(bool(band.name))
        if band.name:
            self.name.set(band.name, band.kana, honorific)
        self.what.set(band.things)
        self.found.setVisible(band.finds)
        self.back_at.setVisible(not band.finds)
        self.setAccessibleName(f"{band.since} {band.name} {band.things}")
        self.update()

    def _turn(self) -> None:
        compact = self.theme.compact
        way = QBoxLayout.Direction
        self._who.setDirection(way.TopToBottom if compact else way.LeftToRight)
        self._under.set_margins((0, 0, 0, 0) if compact else (0, 24, 0, 0))
        self._who.setSpacing(self.theme.px(0 if compact else 12))
        px = self.theme.px
        self._outer.setContentsMargins(px(24), px(8), px(16), px(8))
        self._outer.setSpacing(px(8))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint and bar."""
        theme = self.theme
        painter = QPainter(self)
        contrast = theme.mode is Mode.HIGH_CONTRAST
        outline = "line" if self._quiet or contrast else "danger_tint"
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=theme.qcolor("surface" if self._quiet else "danger_tint"),
            radius=theme.px(8),
            outline=theme.qcolor(outline),
            outline_width=2 if contrast else 1,
            bar=theme.qcolor("ok" if self._quiet else "danger"),
            bar_width=theme.px(8),
        )
        painter.end()
