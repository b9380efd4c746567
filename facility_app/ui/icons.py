"""Icons in any colour: Material Symbols Rounded, the filled ones end in ``-fill``.

Use: ``pixmap("lock-fill", 24, theme.color("text"), ratio)`` or, in a painter, ``paint_icon(...)``.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from facility_app.ui.assets import asset
from facility_app.ui.theme import Theme


class NoSuchIcon(LookupError):
    """The icon is not in ``resources/icons``: a mistake in the code, found by the tests."""


@lru_cache(maxsize=1024)
def pixmap(name: str, size: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """The icon `size` screen pixels square in `colour` (``#rrggbb``); cached.  Raises
    `NoSuchIcon`.
    """
    path = asset("icons", f"{name}.svg")
    if not path.is_file():
        raise NoSuchIcon(name)
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(path)).render(painter, QRectF(picture.rect()))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(picture.rect(), QColor(colour))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def paint_icon(
    painter: QPainter, theme: Theme, name: str, x: float, y: float, size: int, tone: str
) -> None:
    """Paint the icon with its top left corner at (x, y); `size` in screen pixels, `token` a
    colour.
    """
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(round(x), round(y), pixmap(name, size, theme.color(tone), ratio))


def icon(theme: Theme, name: str, tone: str = "text", size: int = 24) -> QIcon:
    """A ``QIcon`` for the few places where Qt paints it; `size` in design pixels."""
    return QIcon(pixmap(name, theme.px(size), theme.color(tone), 2.0))
