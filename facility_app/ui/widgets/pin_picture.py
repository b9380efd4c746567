"""A PIN as the agent's grey picture: for seconds, and only while somebody is looking at it.

No text of it exists here.  The picture is covered while the pointer is elsewhere or the window is
not the active one (without a mouse: Space held down uncovers it), the window stays out of screen
captures where the system can do that, and the pixels are overwritten at the end.

Use::

    picture = PinPicture(theme, PictureWords(...)); picture.ended.connect(dialog.dismiss)
    picture.show_picture(width, height, grey)      # 8-bit grey, one byte per pixel, row by row
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from facility_app.ui.capture import exclude_from_capture, is_excluded
from facility_app.ui.icons import paint_icon
from facility_app.ui.layouts import Column
from facility_app.ui.theme import Theme
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.countdown import CountdownBar
from facility_app.ui.widgets.text import Text

SHOWN_S = 20.0
SOON_S = 5
_TICK_MS = 200


@dataclass(frozen=True)
class PictureWords:
    """`name` is all that a screen reader hears; `left` makes words of the seconds that are left."""

    name: str
    covered: str
    left: Callable[[int], str]


class PinSheet(QLabel):
    """The place of the picture, 160 high.  It owns the pixels."""

    def __init__(self, theme: Theme, words: PictureWords) -> None:
        super().__init__()
        self.theme, self._words = theme, words
        self._pixels = bytearray()
        self._image: QImage | None = None
        self._held = False
        self.setAccessibleName(words.name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def take(self, width: int, height: int, grey: bytes) -> None:
        """These pixels.  Raises ValueError where they are not as many as the size says."""
        self.wipe()
        if len(grey) != width * height or not grey:
            raise ValueError("a picture of another size")
        self._pixels = bytearray(grey)
        self._image = QImage(self._pixels, width, height, width, QImage.Format.Format_Grayscale8)
        self.update()

    def wipe(self) -> None:
        """Overwrite the pixels."""
        self._pixels[:] = bytes(len(self._pixels))
        self._image = None
        self._held = False
        self.update()

    @property
    def covered(self) -> bool:
        """Whether nothing of the picture is on the screen."""
        seen = (self.underMouse() or self._held) and self.isActiveWindow()
        return self._image is None or not seen

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the picture."""
        return QSize(self.theme.px(480), self.theme.px(160))

    def minimumSizeHint(self) -> QSize:
        """Never lower."""
        return QSize(self.theme.px(240), self.theme.px(160))

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer came."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer went."""
        self.update()
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another window came to the front."""
        if event.type() is QEvent.Type.ActivationChange:
            self._held = False
            self.update()
        super().changeEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The held key is no longer ours."""
        self._held = False
        self.update()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space held down is as good as the pointer."""
        if event.key() == Qt.Key.Key_Space:
            self._held = True
            self.update()
            return
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._held = False
            self.update()
            return
        event.ignore()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight, out of memory."""
        self.wipe()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture in the middle, or what to do to see it."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=theme.qcolor("surface"),
            radius=px(8),
            outline=theme.qcolor("border"),
            outline_width=1,
        )
        if self._image is not None and not self.covered:
            self._paint_picture(painter, self._image)
        else:
            self._paint_cover(painter)
        painter.end()

    def _paint_picture(self, painter: QPainter, image: QImage) -> None:
        room = QRectF(self.rect()).adjusted(8, 8, -8, -8)
        scale = min(1.0, room.width() / image.width(), room.height() / image.height())
        wide, high = image.width() * scale, image.height() * scale
        middle = room.center()
        painter.drawImage(QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high), image)

    def _paint_cover(self, painter: QPainter) -> None:
        theme, px = self.theme, self.theme.px
        side = px(36)
        middle = self.height() / 2
        left = (self.width() - side) / 2
        paint_icon(painter, theme, "visibility_off", left, middle - side, side, "text2")
        painter.setFont(theme.font(18))
        painter.setPen(theme.qcolor("text"))
        box = QRectF(px(8), middle + px(4), self.width() - px(16), px(56))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(box, flags | Qt.TextFlag.TextWordWrap, self._words.covered)


class PinPicture(QWidget):
    """Sheet, bar and seconds; `ended` when the time is over, and never twice."""

    ended = Signal()

    def __init__(self, theme: Theme, words: PictureWords, *, seconds: float = SHOWN_S) -> None:
        super().__init__()
        self._words, self._whole = words, seconds
        self._until = 0.0
        self._window: QWidget | None = None
        self._was_excluded = False
        box = Column(theme, self, spacing=8)
        self.sheet = PinSheet(theme, words)
        box.addWidget(self.sheet)
        self.bar = CountdownBar(theme)
        self.bar.setAccessibleName(words.name)
        box.addWidget(self.bar)
        self.left = Text(theme, align=Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self.left)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def show_picture(self, width: int, height: int, grey: bytes) -> None:
        """From now on, for the whole time."""
        self._window = self.window()
        self._was_excluded = is_excluded(self._window)
        exclude_from_capture(self._window, True)
        self.sheet.take(width, height, grey)
        self._until = time.monotonic() + self._whole
        self._tick()
        self._timer.start()
        self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def wipe(self) -> None:
        """Before the time is over, or at its end: the pixels are gone."""
        self._timer.stop()
        self.sheet.wipe()
        if self._window is not None:
            exclude_from_capture(self._window, self._was_excluded)
            self._window = None

    def _tick(self) -> None:
        left = self._until - time.monotonic()
        if left <= 0:
            self.wipe()
            self.ended.emit()
            return
        self.bar.set(left / self._whole, soon=left <= SOON_S)
        self.left.set(self._words.left(int(left) + 1))

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever hides it has ended it."""
        self.wipe()
        super().hideEvent(event)
