"""A field for a PIN or a passphrase whose content can be wiped: key presses, no text.

Qt's own fields keep what is typed in strings that nothing can overwrite.  Here every key goes into
a buffer that is made once, dots are painted, and the content leaves as a `Secret`.  Nothing can be
pasted, dragged or dictated in, and no input method is asked: what such a helper has seen stays
in its own memory.

Use::

    pin = PinEdit(theme, name=words("..."))
    pin.edited.connect(...); pin.submitted.connect(...)
    secret = pin.take()                 # the field is empty and wiped afterwards
    with pin.looked_at() as content: weaknesses = guessable(content, birth)
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakSet

from PySide6.QtCore import QEvent, QMetaMethod, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QContextMenuEvent,
    QFontMetricsF,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from shiboken6 import isValid

from facility_app.secret import Secret
from facility_app.ui.icons import paint_icon
from facility_app.ui.theme import Theme
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.secret_access import tell_secret_fields

MOST = 128
"""Characters of the longest passphrase."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CONTROL = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_EDITING = frozenset(
    {Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Y, Qt.Key.Key_Z}
)
"""With Ctrl they would select, copy, paste or undo elsewhere; here they do nothing."""
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_FULL_WIDTH_OFFSET = 0xFEE0
_PRINTABLE = range(0x20, 0x7F)
_DIGITS = range(0x30, 0x3A)
_DOT, _STEP = 16, 20
"""Design pixels: a dot, and from one to the next."""

_fields: WeakSet[PinEdit] = WeakSet()


class PinEdit(QWidget):
    """64 high.  `refused` says why a key was not taken: "paste", "character" or "full"."""

    edited = Signal()
    submitted = Signal()
    """Enter.  Where nobody listens, Enter goes on to the dialog's main button."""
    refused = Signal(str)
    secret_field = True
    takes_bursts = True
    """Fast keys are somebody who knows their PIN, and must not be collected by the scan watcher."""

    def __init__(
        self,
        theme: Theme,
        *,
        name: str = "",
        hint: str = "",
        icon: str = "key-fill",
        height: int = 64,
        most: int = MOST,
        digits: bool = False,
    ) -> None:
        """`digits`: nothing else is taken; otherwise printable ASCII."""
        super().__init__()
        tell_secret_fields()
        self.theme, self._hint, self._icon, self._high = theme, hint, icon, height
        self._held = bytearray(most)
        self._count = 0
        self._allowed = _DIGITS if digits else _PRINTABLE
        self._most = most
        self.setAccessibleName(name or hint)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        _fields.add(self)
        theme.changed.connect(self._restyle)

    # --- content ---------------------------------------------------------------------------------

    def take(self) -> Secret:
        """What was typed; the field is empty and wiped afterwards."""
        secret = Secret(self._held[: self._count])
        self.clear()
        return secret

    @contextmanager
    def looked_at(self) -> Iterator[memoryview]:
        """The bytes in place, for a rule that judges them; the view is gone afterwards."""
        view = memoryview(self._held).toreadonly()[: self._count]
        try:
            yield view
        finally:
            view.release()

    def same_as(self, other: PinEdit) -> bool:
        """Whether both hold the same."""
        with self.looked_at() as mine, other.looked_at() as theirs:
            return hmac.compare_digest(mine, theirs)

    def clear(self) -> None:
        """Overwrite everything."""
        if self._overwrite():
            self._changed()

    def wipe(self) -> None:
        """As `clear`, also where Qt has destroyed the widget and only Python still knows it."""
        if self._overwrite() and isValid(self):
            self._changed()

    def _overwrite(self) -> bool:
        """Whether there was anything."""
        had, self._count = self._count, 0
        self._held[:] = bytes(len(self._held))
        return bool(had)

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return self._count == 0

    def __len__(self) -> int:
        """How many characters were typed."""
        return self._count

    def __bool__(self) -> bool:
        """A field is there, also when it is empty."""
        return True

    def set_rule(self, most: int, *, digits: bool) -> None:
        """Another kind of content: the longest, and whether only digits are taken.  Empties it."""
        self.clear()
        self._most = min(most, len(self._held))
        self._allowed = _DIGITS if digits else _PRINTABLE

    def _changed(self) -> None:
        self.update()
        self.edited.emit()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.TextUpdated))

    # --- keys ------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Plain characters belong here and to no shortcut."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & _CONTROL
            if plain and len(event.text()) == 1 and event.text().isprintable():
                event.accept()
                return True
        if event.type() is QEvent.Type.DynamicPropertyChange:
            self.update()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A character, Backspace, Enter; everything else belongs to somebody else."""
        key = event.key()
        if key in _ENTER:
            self._enter(event)
        elif key == Qt.Key.Key_Backspace:
            self._back()
        elif (event.modifiers() & _CONTROL and key in _EDITING) or _is_paste(event, key):
            self.refused.emit("paste")
        elif event.modifiers() & _CONTROL or len(event.text()) != 1:
            event.ignore()
        else:
            self._type(ord(event.text()), event)

    def _enter(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        if self.isSignalConnected(QMetaMethod.fromSignal(self.submitted)):
            self.submitted.emit()
        else:
            event.ignore()

    def _type(self, code: int, event: QKeyEvent) -> None:
        if code in _FULL_WIDTH:
            code -= _FULL_WIDTH_OFFSET
        if code < _PRINTABLE.start or code == _PRINTABLE.stop:
            event.ignore()  # Esc, Tab and Delete arrive as text, too
        elif code not in self._allowed:
            self.refused.emit("character")
        elif self._count >= self._most:
            self.refused.emit("full")
        else:
            self._held[self._count] = code
            self._count += 1
            self._changed()

    def _back(self) -> None:
        if self._count:
            self._count -= 1
            self._held[self._count] = 0
            self._changed()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """No menu: it would offer to paste."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click brings the focus; the middle button pastes nothing."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight, out of memory."""
        self.clear()
        super().hideEvent(event)

    # --- looks -----------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Room for ten dots."""
        return QSize(self.theme.px(288), self.theme.px(self._high))

    def minimumSizeHint(self) -> QSize:
        """Room for four dots and the icon."""
        return QSize(self.theme.px(160), self.theme.px(self._high))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Outline, icon, dots, caret; the last dots where not all fit."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        wrong = self.property("level") == "block"
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=theme.qcolor("surface" if self.isEnabled() else "disabled"),
            radius=px(8),
            outline=theme.qcolor("danger" if wrong else "border"),
            outline_width=px(2) if wrong else 1,
        )
        left = float(px(12))
        if self._icon:
            side = px(28)
            paint_icon(painter, theme, self._icon, left, (self.height() - side) / 2, side, "text2")
            left += side + px(8)
        if self._count or not self._hint:
            self._paint_dots(painter, left)
        else:
            self._paint_hint(painter, left)
        painter.end()

    def _paint_dots(self, painter: QPainter, left: float) -> None:
        px = self.theme.px
        right = self.width() - px(16)
        shown = min(self._count, int((right - left) // px(_STEP)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ink())
        top = (self.height() - px(_DOT)) / 2
        for n in range(shown):
            painter.drawEllipse(QRectF(left + n * px(_STEP), top, px(_DOT), px(_DOT)))
        self._paint_caret(painter, left + shown * px(_STEP))

    def _paint_hint(self, painter: QPainter, left: float) -> None:
        theme = self.theme
        font = theme.font(18)
        painter.setFont(font)
        painter.setPen(theme.qcolor("text2" if self.isEnabled() else "disabled_text"))
        room = self.width() - left - theme.px(24)
        short = QFontMetricsF(font).elidedText(self._hint, Qt.TextElideMode.ElideRight, room)
        box = QRectF(left + theme.px(8), 0, room, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, short)
        self._paint_caret(painter, left)

    def _paint_caret(self, painter: QPainter, x: float) -> None:
        if self.hasFocus():
            high = self.theme.px(28)
            box = QRectF(x + 1, (self.height() - high) / 2, max(2, self.theme.px(2)), high)
            painter.fillRect(box, self._ink())

    def _ink(self) -> QColor:
        return self.theme.qcolor("text" if self.isEnabled() else "disabled_text")


def wipe_all() -> None:
    """Empty every such field of the program: at cover, lock and change of person."""
    for field in list(_fields):
        field.wipe()


def _is_paste(event: QKeyEvent, key: int) -> bool:
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return key == Qt.Key.Key_Paste or (shift and key == Qt.Key.Key_Insert)
