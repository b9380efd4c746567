"""Every button of the program: icon, word and key cap, painted; to a screen reader an ordinary
button.

Use::

    ActionButton(theme, words("desk-go"), kind=Kind.FILLED, icon="output", key="Enter", height=64)

`kind`: one FILLED per screen; OUTLINED = next action of a row; GREY = back, cancel, repeat; TEXT
= rare; RED only for F12 (RED_FILLED inside that dialog and for destruction); GREEN only for
"found".  `key` is shown, and unless it is Enter it is also the shortcut while the button is
visible.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy

from facility_app.ui.icons import paint_icon
from facility_app.ui.phrases import plain
from facility_app.ui.theme import Theme
from facility_app.ui.widgets import painting


class Kind(Enum):
    """What the button's look says about its weight."""

    FILLED = auto()
    OUTLINED = auto()
    GREY = auto()
    TEXT = auto()
    RED = auto()
    RED_FILLED = auto()
    GREEN = auto()
    ON_STRIP = auto()


# kind -> (words, outline, its width, fill, fill under the mouse)
_LOOK: dict[Kind, tuple[str, str, int, str, str]] = {
    Kind.FILLED: ("on_primary", "", 0, "primary", "primary_hover"),
    Kind.OUTLINED: ("primary", "primary", 1, "surface", "tint"),
    Kind.GREY: ("text", "border", 1, "surface", "bg"),
    Kind.TEXT: ("primary", "", 0, "", "tint"),
    Kind.RED: ("danger_fill", "danger_fill", 2, "surface", "danger_tint"),
    Kind.RED_FILLED: ("on_fill", "", 0, "danger_fill", "danger_text"),
    Kind.GREEN: ("ok_text", "ok_text", 2, "surface", "ok_tint"),
    Kind.ON_STRIP: ("on_strip", "on_strip", 1, "strip", "strip"),
}


class ActionButton(QPushButton):
    """A button of 48, 64 or 72 design pixels height (never less)."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        kind: Kind = Kind.OUTLINED,
        icon: str = "",
        key: str = "",
        height: int = 48,
        size: int | None = None,
        bold: bool | None = None,
        shortcut: bool = True,
    ) -> None:
        super().__init__(plain(text))
        self.theme, self.kind, self.icon_name, self.key = theme, kind, icon, key
        self._high, self._size = max(48, height), size or (24 if height >= 64 else 18)
        self._bold = kind is not Kind.TEXT if bold is None else bold
        self._reason = ""
        self.quick_key: QShortcut | None = None
        self.setAccessibleName(plain(text))
        if key:
            self.setAccessibleDescription(key)
        if key and shortcut and key not in ("Enter", "Return"):
            # not QPushButton.setShortcut: that waits 100 ms to animate the press
            self.quick_key = QShortcut(QKeySequence(key), self)
            self.quick_key.setAutoRepeat(False)
            self.quick_key.activated.connect(self.click)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def set_text(self, text: str) -> None:
        """Other words; the key stays."""
        self.setText(plain(text))
        self.setAccessibleName(plain(text))
        self.updateGeometry()

    def set_icon(self, name: str) -> None:
        """Another icon."""
        self.icon_name = name
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: Kind) -> None:
        """Another weight."""
        self.kind = kind
        self.update()

    def block(self, reason: str) -> None:
        """Turn the button off and show `reason` on it; an empty reason turns it on again."""
        self._reason = plain(reason)
        self.setEnabled(not reason)
        self.setAccessibleDescription(self._reason or self.key)
        self.updateGeometry()
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    @property
    def _words(self) -> str:
        return self._reason or self.text()

    def _font(self) -> QFont:
        return self.theme.font(self._size, bold=self._bold)

    def _parts(self, font: QFont) -> tuple[float, float, float]:
        """Widths of icon with its gap, words, key cap with its gap."""
        px = self.theme.px
        mark = px(self._size + 6) + px(8) if self.icon_name else 0
        cap = painting.key_cap_width(self.theme, self.key) + px(8) if self.key else 0
        return mark, QFontMetricsF(font).horizontalAdvance(self._words), cap

    def sizeHint(self) -> QSize:
        """Icon, word and key cap with 16 around, rounded up to 8."""
        px = self.theme.px
        mark, words, cap = self._parts(self._font())
        step = px(8)
        wide = mark + words + cap + px(16 if self._high < 64 else 24) * 2
        return QSize(int(-(-wide // step) * step), px(self._high))

    def minimumSizeHint(self) -> QSize:
        """The words alone, a size smaller; the key cap and icon go first when there is no room."""
        px = self.theme.px
        mark, words, _ = self._parts(self.theme.font(min(self._size, 18), bold=self._bold))
        return QSize(max(px(48), round(words + mark) + px(16)), px(self._high))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the focused button, as Space does; a held key presses once."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def _colors(self) -> tuple[QColor, QColor | None, int, QColor]:
        theme = self.theme
        ink, outline, wide, fill, hover = _LOOK[self.kind]
        if not self.isEnabled():
            return (
                theme.qcolor("disabled_text"),
                theme.qcolor("border"),
                1,
                theme.qcolor("disabled"),
            )
        if self.kind is Kind.FILLED and self.isDown():
            fill = "primary_pressed"
        elif self.isDown() or self.underMouse():
            fill = hover
        back = theme.qcolor(fill) if fill else QColor(0, 0, 0, 0)
        return theme.qcolor(ink), theme.qcolor(outline) if outline else None, wide, back

    def paintEvent(self, event: QPaintEvent) -> None:
        """Panel, then icon and word centred, key cap inline or (from 64) at the right edge."""
        painter = QPainter(self)
        ink, outline, wide, fill = self._colors()
        px = self.theme.px
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=fill,
            radius=px(8),
            outline=outline,
            outline_width=max(1, px(wide)),
        )
        self._paint_content(painter, ink)
        painter.end()

    def _fitted(self, room: float) -> tuple[QFont, float, float, float]:
        """Font and widths that fit `room`: drop the key cap first, then go down to 16."""
        size = self._size
        font = self._font()
        mark, words, cap = self._parts(font)
        if mark + words + cap > room:
            cap = 0
        while mark + words > room and size > 16:
            size -= 1
            font = self.theme.font(size, bold=self._bold)
            mark, words, _ = self._parts(font)
        return font, mark, words, cap

    def _paint_content(self, painter: QPainter, ink: QColor) -> None:
        px = self.theme.px
        room = self.width() - px(16)
        font, mark, words, cap = self._fitted(room)
        right_cap = bool(cap) and self._high >= 64
        block = mark + words + (0 if right_cap else cap)
        x = (self.width() - block) / 2
        if right_cap and x + block > self.width() - px(16) - cap:
            x = max(px(8), self.width() - px(16) - cap - block)
        if self.icon_name:
            side = px(self._size + 6)
            token = self._ink_token()
            paint_icon(
                painter, self.theme, self.icon_name, x, (self.height() - side) / 2, side, token
            )
        painter.setFont(font)
        painter.setPen(ink)
        shown = QFontMetricsF(font).elidedText(
            self._words,
            Qt.TextElideMode.ElideRight,
            max(words, 0) if words <= room else room - mark,
        )
        box = QRectF(x + mark, 0, words + 2, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
        if cap:
            left = self.width() - px(16) - (cap - px(8)) if right_cap else x + mark + words + px(8)
            box = QRectF(left, 0, cap - px(8), self.height())
            painting.key_cap(painter, self.theme, box, self.key, ink)

    def _ink_token(self) -> str:
        return _LOOK[self.kind][0] if self.isEnabled() else "disabled_text"
