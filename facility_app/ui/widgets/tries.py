"""How many tries of a PIN are left: dots and figures; what a chip does not say stands in words.

Use: ``TriesRow(theme, label)``; ``row.show_tries(left=2, most=3, figures="2/3", spoken="...")`` or
``row.show_words(words)``: a counter that could not be read is never shown as empty dots.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from facility_app.ui.layouts import Row, Sized
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.text import Text

_RIGHT = Qt.AlignmentFlag.AlignRight
_MANY = 6
"""From here on the dots are smaller."""
FIGURES_WIDTH = 88


class TriesDots(QLabel):
    """Filled dots are left, hollow ones used up; `tone` colours both."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme, self.left, self.most, self.tone = theme, 0, 0, "ok"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def set(self, left: int, most: int, tone: str, spoken: str) -> None:
        """Other numbers; `spoken` is what a screen reader says."""
        self.left, self.most, self.tone = left, most, tone
        self.setAccessibleName(spoken)
        self._restyle()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _measures(self) -> tuple[int, int]:
        """Width of a dot, and from one to the next, in screen pixels."""
        dot, step = (14, 24) if self.most < _MANY else (10, 18)
        return self.theme.px(dot), self.theme.px(step)

    def sizeHint(self) -> QSize:
        """All dots in one row."""
        dot, step = self._measures()
        return QSize(max(0, (self.most - 1) * step + dot + 2), self.theme.px(24))

    def minimumSizeHint(self) -> QSize:
        """A dot is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dots, used ones at the right."""
        dot, step = self._measures()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for n in range(self.most):
            full = n < self.left
            tone = self.theme.qcolor(self.tone if full else "border")
            wide = self.theme.px(2)
            inset = 0 if full else wide / 2
            box = QRectF(n * step + 1, (self.height() - dot) / 2, dot, dot)
            painter.setPen(Qt.PenStyle.NoPen if full else QPen(tone, wide))
            painter.setBrush(tone if full else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
        painter.end()


class TriesRow(QWidget):
    """Which PIN, its dots, the figures; or words where there are no figures."""

    def __init__(self, theme: Theme, label: str) -> None:
        super().__init__()
        row = Row(theme, self, spacing=16)
        self.label = Text(theme, label, elide=True)
        row.addWidget(self.label, 1)
        self.dots = TriesDots(theme)
        row.addWidget(self.dots, 0, Qt.AlignmentFlag.AlignVCenter)
        self.figures = Text(theme, bold=True, align=_RIGHT, tabular=True)
        Sized(theme, self.figures, width=FIGURES_WIDTH)
        row.addWidget(self.figures)
        self.words = Text(theme, tone="text2", align=_RIGHT, wraps=False)
        row.addWidget(self.words)
        Sized(theme, self, min_height=28)
        self.show_words("")

    def show_tries(self, left: int, most: int, tone: str, figures: str) -> None:
        """`left` of `most`."""
        self.dots.set(left, most, tone, "")
        self.figures.set(figures)
        self._show(True, f"{self.label.text()} {figures}")

    def show_words(self, words: str) -> None:
        """What the chip did not say as a number."""
        self.words.set(words)
        self._show(False, f"{self.label.text()} {words}")

    def _show(self, counted: bool, spoken: str) -> None:
        self.dots.setVisible(counted)
        self.figures.setVisible(counted)
        self.words.setVisible(not counted)
        self.setAccessibleName(spoken)
