"""Layouts and sizes in design pixels that follow the zoom.

Use::

    body = Column(theme, margins=16, spacing=8)   # or Row, Grid; margins: a number or (l, t, r, b)
    body.addWidget(...); body.gap(16)
    Sized(theme, widget, width=184, min_height=48)   # fixed or least sizes of any widget
    three = Columns(theme, stretches=(1, 1, 1))      # side by side, one below the other when zoomed
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from facility_app.ui.theme import Theme

Margins = int | tuple[int, int, int, int]


def _four(margins: Margins) -> tuple[int, int, int, int]:
    return (margins,) * 4 if isinstance(margins, int) else margins


class Column(QVBoxLayout):
    """Widgets one below the other.  All numbers are design pixels."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        margins: Margins = 0,
        spacing: int = 8,
    ) -> None:
        super().__init__(parent) if parent is not None else super().__init__()
        self._theme, self._margins, self._spacing = theme, _four(margins), spacing
        self._gaps: list[tuple[QSpacerItem, int]] = []
        theme.changed.connect(self._rescale)
        self._rescale()

    def gap(self, size: int) -> None:
        """A fixed empty space of `size` design pixels."""
        item = QSpacerItem(0, self._theme.px(size), _MIN, QSizePolicy.Policy.Fixed)
        self._gaps.append((item, size))
        self.addSpacerItem(item)

    def set_margins(self, margins: Margins) -> None:
        """Other margins, in design pixels."""
        self._margins = _four(margins)
        self._rescale()

    def _rescale(self) -> None:
        px = self._theme.px
        self.setContentsMargins(*(px(side) for side in self._margins))
        self.setSpacing(px(self._spacing))
        for item, size in self._gaps:
            item.changeSize(0, px(size), _MIN, QSizePolicy.Policy.Fixed)
        self.invalidate()


class Row(QHBoxLayout):
    """Widgets side by side.  All numbers are design pixels."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        margins: Margins = 0,
        spacing: int = 8,
    ) -> None:
        super().__init__(parent) if parent is not None else super().__init__()
        self._theme, self._margins, self._spacing = theme, _four(margins), spacing
        self._gaps: list[tuple[QSpacerItem, int]] = []
        theme.changed.connect(self._rescale)
        self._rescale()

    def gap(self, size: int) -> None:
        """A fixed empty space of `size` design pixels."""
        item = QSpacerItem(self._theme.px(size), 0, QSizePolicy.Policy.Fixed, _MIN)
        self._gaps.append((item, size))
        self.addSpacerItem(item)

    def _rescale(self) -> None:
        px = self._theme.px
        self.setContentsMargins(*(px(side) for side in self._margins))
        self.setSpacing(px(self._spacing))
        for item, size in self._gaps:
            item.changeSize(px(size), 0, QSizePolicy.Policy.Fixed, _MIN)
        self.invalidate()


class Grid(QGridLayout):
    """A grid; `spacing` between columns and rows.  All numbers are design pixels."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        margins: Margins = 0,
        spacing: int = 8,
    ) -> None:
        super().__init__(parent) if parent is not None else super().__init__()
        self._theme, self._margins, self._spacing = theme, _four(margins), spacing
        theme.changed.connect(self._rescale)
        self._rescale()

    def _rescale(self) -> None:
        px = self._theme.px
        self.setContentsMargins(*(px(side) for side in self._margins))
        self.setSpacing(px(self._spacing))


class Sized(QObject):
    """Keeps fixed or least sizes of `widget` in step with the zoom, as long as it lives."""

    def __init__(
        self,
        theme: Theme,
        widget: QWidget,
        *,
        width: int | None = None,
        height: int | None = None,
        min_width: int | None = None,
        min_height: int | None = None,
        max_width: int | None = None,
    ) -> None:
        super().__init__(widget)
        self._theme, self._widget = theme, widget
        self._sizes = (width, height, min_width, min_height, max_width)
        theme.changed.connect(self._rescale)
        self._rescale()

    def _rescale(self) -> None:
        px, widget = self._theme.px, self._widget
        width, height, min_width, min_height, max_width = self._sizes
        if width is not None:
            widget.setFixedWidth(px(width))
        if height is not None:
            widget.setFixedHeight(px(height))
        if min_width is not None:
            widget.setMinimumWidth(px(min_width))
        if min_height is not None:
            widget.setMinimumHeight(px(min_height))
        if max_width is not None:
            widget.setMaximumWidth(px(max_width))


class Columns(QWidget):
    """Cards side by side, with 16 between; one below the other from 150 % zoom.

    `stretches`: the widths' ratio, one number per column.  `upwards`: the last column is then on
    top, where it matters more than the first.
    """

    def __init__(
        self, theme: Theme, stretches: Iterable[int], *, spacing: int = 16, upwards: bool = False
    ) -> None:
        super().__init__()
        self._theme, self._stretches, self._spacing = theme, tuple(stretches), spacing
        direction = QBoxLayout.Direction
        self._down = direction.BottomToTop if upwards else direction.TopToBottom
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        theme.changed.connect(self._rescale)
        self._rescale()

    def add(self, widget: QWidget) -> QWidget:
        """Append the next column and give it back."""
        self._box.addWidget(widget)
        self._rescale()
        return widget

    def _rescale(self) -> None:
        compact = self._theme.compact
        across = QBoxLayout.Direction.LeftToRight
        self._box.setDirection(self._down if compact else across)
        self._box.setSpacing(self._theme.px(self._spacing))
        for index in range(self._box.count()):
            stretch = self._stretches[index] if index < len(self._stretches) else 1
            self._box.setStretch(index, 0 if compact else stretch)
            item = self._box.itemAt(index)
            widget = item.widget() if item is not None else None
            if widget is not None and not compact:
                policy = widget.sizePolicy()
                policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
                policy.setHorizontalStretch(stretch)
                widget.setSizePolicy(policy)
                widget.setMinimumWidth(self._theme.px(1))
            elif widget is not None:
                policy = widget.sizePolicy()
                policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
                widget.setSizePolicy(policy)


def settle(widget: QWidget) -> None:
    """Lay out everything around `widget` now.

    Qt passes a changed size upwards by one level per round of events; a widget that has grown would
    meanwhile be painted over its neighbours.
    """
    at: QWidget | None = widget
    while at is not None:
        layout = at.layout()
        if layout is not None:
            layout.activate()
        around = at.parentWidget()
        if around is not None and isinstance(around.parentWidget(), QScrollArea):
            QCoreApplication.sendEvent(at, QEvent(QEvent.Type.LayoutRequest))
        at = around


_MIN = QSizePolicy.Policy.Minimum
