"""Cards: the white panels of a page, and the panels that say how grave something is.

Use::

    card = Card(theme, title=words("today-out"), icon="output")   # card.body is a Column
    card.set_count("3", words("unit-cases"))
    Notice(theme, Level.WARN, title, text, action=button)         # bar, tint and outline by level
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from facility_app.ui.icons import paint_icon
from facility_app.ui.layouts import Column, Row
from facility_app.ui.theme import Theme
from facility_app.ui.tokens import Mode
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.levels import STYLES, Level
from facility_app.ui.widgets.text import Text


class Card(QFrame):
    """Surface with a thin line, radius 8.  Rows that touch both edges go in with ``padding=0``."""

    def __init__(
        self, theme: Theme, *, title: str = "", icon: str = "", padding: int = 16, spacing: int = 8
    ) -> None:
        super().__init__()
        self.theme = theme
        self._outer = Column(theme, self, margins=1, spacing=0)
        self._head: QWidget | None = None
        self.title: Text | None = None
        self.head: Row | None = None
        if title:
            self._build_head(title, icon)
        inside = QWidget()
        self.body = Column(theme, inside, margins=padding, spacing=spacing)
        self._outer.addWidget(inside, 1)
        theme.changed.connect(self.update)

    def _build_head(self, title: str, icon: str) -> None:
        head = QWidget()
        row = Row(self.theme, head, margins=(16, 8, 16, 8), spacing=8)
        if icon:
            row.addWidget(IconLabel(self.theme, icon, tone="text2"))
        self.title = Text(self.theme, title, size=24 if icon else 20, bold=True, wraps=False)
        row.addWidget(self.title)
        row.addStretch(1)
        self._count = Text(self.theme, size=24, bold=True, tabular=True)
        self._unit = Text(self.theme, tone="text2", wraps=False)
        self._count.hide()
        self._unit.hide()
        row.addWidget(self._count)
        row.addWidget(self._unit)
        self.head, self._head = row, head
        self.setAccessibleName(self.title.text())
        self._outer.addWidget(head)

    def set_count(self, count: str, unit: str = "") -> None:
        """The figure at the right end of the head; only for a card with a title."""
        self._count.set(count)
        self._unit.set(unit)
        self._count.setVisible(bool(count))
        self._unit.setVisible(bool(unit))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Surface, outline, and a line under the head."""
        theme = self.theme
        painter = QPainter(self)
        wide = 2 if theme.mode is Mode.HIGH_CONTRAST else 1
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=theme.qcolor("surface"),
            radius=theme.px(8),
            outline=theme.qcolor("line"),
            outline_width=wide,
        )
        if self._head is not None:
            painter.setPen(QPen(theme.qcolor("line"), 1))
            y = self._head.geometry().bottom() + 0.5
            painter.drawLine(0, int(y), self.width(), int(y))
        painter.end()


class Notice(QFrame):
    """One warning or verdict: bar, tint, outline and icon fall with the level."""

    def __init__(
        self,
        theme: Theme,
        level: Level,
        title: str,
        text: str = "",
        *,
        action: QWidget | None = None,
        size: int = 18,
    ) -> None:
        super().__init__()
        self.theme, self.level = theme, level
        box = Row(theme, self, margins=(64 if size <= 20 else 96, 12, 16, 12), spacing=16)
        words = Column(theme, spacing=0)
        self.title = Text(theme, title, size=size, bold=True, tone=self._tone())
        self.text = Text(theme, text)
        if not text:  # made visible before it has a parent, it would flash as a window of its own
            self.text.hide()
        words.addWidget(self.title)
        words.addWidget(self.text)
        box.addLayout(words, 1)
        if action is not None:
            box.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._name()
        theme.changed.connect(self.update)

    def set(self, level: Level, title: str, text: str = "") -> None:
        """Say something else in the same place."""
        self.level = level
        self.title.set(title)
        self.title.set_tone(self._tone())
        self.text.set(text)
        self.text.setVisible(bool(text))
        self._name()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"{self.title.text()} {self.text.text()}".strip())

    def _tone(self) -> str:
        return "text" if self.level is Level.NOTICE else STYLES[self.level].text

    def paintEvent(self, event: QPaintEvent) -> None:
        """Panel by level and the icon beside the title."""
        theme, px, style = self.theme, self.theme.px, STYLES[self.level]
        painter = QPainter(self)
        contrast = theme.mode is Mode.HIGH_CONTRAST
        notice = self.level is Level.NOTICE
        outline = style.color if style.outline and not notice else ("line" if notice else "")
        if contrast and not outline:
            outline = "line"
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=theme.qcolor(style.tint),
            radius=px(8),
            outline=theme.qcolor(outline) if outline else None,
            outline_width=max(style.outline, 2 if contrast else 1),
            bar=theme.qcolor(style.color),
            bar_width=px(style.bar),
        )
        side = px(28 if self.title.size_ <= 20 else 48)
        middle = self.title.geometry().center().y()
        paint_icon(painter, theme, style.icon, px(24), middle - side / 2, side, style.color)
        painter.end()
