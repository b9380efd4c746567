"""One page of a PDF at a time, as it will be printed; drawn elsewhere, shown here.

Use::

    view = PageView(theme, name=words("..."))
    view.wanted.connect(...)              # (number from 0, width in device pixels): draw it there
    view.show_pages(sizes)                # of a new document; asks for its first page
    view.show_picture(0, 700, picture, spoken="...", text="...")   # the answer, when it is there
    view.go(1); view.zoom(1)              # next page; one step larger

PageUp and PageDown turn, Home and End go to the ends, the arrows scroll an enlarged page.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy

from facility_app.ui.pdf_pages import PageSize
from facility_app.ui.theme import Theme

ZOOMS = (0.0, 1.0, 1.5, 2.0)
"""0: the whole page; else the page's width in widths of the view."""

_SETTLE_MS = 60
"""A window that is being resized is drawn once, when it rests."""


class _Sheet(QLabel):
    """The paper: white with a thin line, also while its picture is not there yet."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.drawn = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A page is black on white in every theme: so it will be printed."""
        painter = QPainter(self)
        inside = self.rect()
        painter.fillRect(inside, Qt.GlobalColor.white)
        if not self.drawn.isNull():
            if self.drawn.deviceIndependentSize().toSize() == self.size():
                painter.drawPixmap(0, 0, self.drawn)
            else:  # an older picture until the sharp one is there
                whole = QRectF(self.drawn.rect())
                painter.drawPixmap(QRectF(inside), self.drawn, whole)
        painter.setPen(self.theme.qcolor("border"))
        painter.drawRect(inside.adjusted(0, 0, -1, -1))
        painter.end()


class PageView(QScrollArea):
    """Whole page at first.  `turned` after every other page or zoom."""

    wanted = Signal(int, int)
    turned = Signal()

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self.theme, self._name = theme, name
        self.sizes: tuple[PageSize, ...] = ()
        self.number, self._zoom = 0, 0
        self.awaited: tuple[int, int] = (-1, 0)
        """Page and width that were asked for last; read on other threads too."""
        self.sheet = _Sheet(theme)
        self.sheet.hide()
        self.setWidget(self.sheet)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self._soon = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._soon.timeout.connect(self._ask)
        theme.changed.connect(self._fit)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.sizes)

    @property
    def largest(self) -> bool:
        """Whether there is no larger zoom."""
        return self._zoom == len(ZOOMS) - 1

    @property
    def smallest(self) -> bool:
        """Whether the whole page is shown."""
        return self._zoom == 0

    def show_pages(self, sizes: Sequence[PageSize]) -> None:
        """Another document, or none; its first page is asked for."""
        self.sizes, self.number = tuple(sizes), 0
        self.sheet.drawn = QPixmap()
        self.sheet.setVisible(bool(sizes))
        self._turn()

    def show_picture(
        self, number: int, width: int, picture: QImage, *, spoken: str, text: str
    ) -> None:
        """Page `number` was drawn `width` device pixels wide.

        Dropped where another is wanted by now.  spoken: which page; text: what stands on it.
        """
        if (number, width) != self.awaited:
            return
        ready = QPixmap.fromImage(picture)
        ready.setDevicePixelRatio(self.devicePixelRatioF())
        self.sheet.drawn = ready
        self.sheet.setAccessibleName(spoken)
        self.sheet.setAccessibleDescription(text)
        self.setAccessibleName(f"{self._name} {spoken}")
        self.sheet.update()

    def go(self, step: int) -> None:
        """`step` pages on; kept within the document."""
        wanted = max(0, min(self.count - 1, self.number + step))
        if self.sizes and wanted != self.number:
            self.number = wanted
            self.sheet.drawn = QPixmap()
            self._turn()

    def zoom(self, step: int) -> None:
        """`step` sizes larger or smaller."""
        wanted = max(0, min(len(ZOOMS) - 1, self._zoom + step))
        if wanted != self._zoom:
            self._zoom = wanted
            self._turn()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages; all else scrolls or goes on to the page around."""
        steps = {
            Qt.Key.Key_PageUp: -1,
            Qt.Key.Key_PageDown: 1,
            Qt.Key.Key_Home: -self.count,
            Qt.Key.Key_End: self.count,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.go(step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page follows its place."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Room for a small page."""
        return QSize(self.theme.px(320), self.theme.px(452))

    def minimumSizeHint(self) -> QSize:
        """Enough to see what it is."""
        return QSize(self.theme.px(160), self.theme.px(226))

    def _turn(self) -> None:
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)
        self._fit()
        self._soon.stop()
        self._ask()
        self.turned.emit()

    def _fit(self) -> None:
        """The sheet's size at this zoom; the sharp picture is asked for when it rests."""
        if not self.sizes:
            return
        self.sheet.setFixedSize(self._sheet_size())
        self._soon.start()

    def _sheet_size(self) -> QSize:
        size, room = self.sizes[self.number], self.viewport().size()
        factor = ZOOMS[self._zoom]
        bar = self.verticalScrollBar().sizeHint().width()
        width = round((self.width() - bar) * factor)
        if not factor:
            # rounded down: a page that is a dot too high would bring a scroll bar
            width = min(room.width(), int(room.height() * size.width / size.height))
        width = max(1, width)
        return QSize(width, size.height_for(width))

    def _device_width(self) -> int:
        return round(self._sheet_size().width() * self.devicePixelRatioF())

    def _ask(self) -> None:
        if self.sizes:
            self.awaited = (self.number, self._device_width())
            self.wanted.emit(*self.awaited)
