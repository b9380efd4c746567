"""One focus ring per window: a 2 px ring in the gap and a 4 px outline outside the focused widget.

A style sheet draws outlines inside the widget, so the ring is an overlay that lets clicks through.
Use once per window: ``FocusRing(theme, window)``.  Targets need 8 px of free space around them.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from facility_app.ui.theme import Theme

RING, OUTLINE = 2, 4
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show)


class FocusRing(QWidget):
    """Follows the focus inside `window`."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.theme, self._over = theme, window
        self._focused: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._follow = QTimer(self, interval=0, singleShot=True)
        self._follow.timeout.connect(self._bring_into_view)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)
        theme.changed.connect(self._theme_changed)
        self.hide()

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        for watched in self._watched:
            if isValid(watched):
                watched.removeEventFilter(self)
        self._watched.clear()
        window = self._over
        inside = new is not None and window.isAncestorOf(new) and _is_target(new)
        self._focused = new if inside else None
        at = self._focused
        while at is not None and at is not window:
            at.installEventFilter(self)
            self._watched.append(at)
            at = at.parentWidget()
        self._place()
        self._follow.start()

    def _bring_into_view(self) -> None:
        """Once more when the layout has settled: the focus itself may have changed it."""
        target = self._focused
        if target is None or not isValid(target):
            return
        at = target.parentWidget()
        while at is not None and at is not self._over:
            if isinstance(at, QScrollArea):
                _show_whole(at, target, self.theme.px(16))
            at = at.parentWidget()

    def _theme_changed(self) -> None:
        self._place()
        self._follow.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go along when the focused widget, or anything around it, moves.

        A layout that pushes the focus out of sight is followed; a person who scrolls is not.
        """
        if event.type() in _MOVES:
            self._place()
            scrolled = isinstance(watched, QWidget) and _is_scrolled(watched)
            if not (scrolled and event.type() is QEvent.Type.Move):
                self._follow.start()
        return False

    def _place(self) -> None:
        target, window = self._focused, self._over
        if target is None or not isValid(target) or not target.isVisibleTo(window):
            self.hide()
            return
        reach = self.theme.px(RING + OUTLINE)
        rect = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
        visible = rect
        around = target.parentWidget()
        while around is not None and around is not window:
            if isinstance(around.parentWidget(), QAbstractScrollArea):
                port = QRect(around.mapTo(window, QPoint(0, 0)), around.size())
                visible = visible.intersected(port)
            around = around.parentWidget()
        if visible.isEmpty() or visible.contains(window.rect()):
            self.hide()
            return
        self.setGeometry(visible.adjusted(-reach, -reach, reach, reach))
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Outline outside, ring inside."""
        px = self.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outer, ring = px(OUTLINE), px(RING)
        rect = QRectF(self.rect())
        for width, inset, token in (
            (outer, outer / 2, "focus_outline"),
            (ring, outer + ring / 2, "focus_ring"),
        ):
            painter.setPen(QPen(self.theme.qcolor(token), width))
            radius = max(px(14) - inset, px(4))
            painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
        painter.end()


def _is_scrolled(widget: QWidget) -> bool:
    """Whether this is what a scroll area moves."""
    around = widget.parentWidget()
    return around is not None and isinstance(around.parentWidget(), QScrollArea)


def _is_target(widget: QWidget) -> bool:
    """A page that only keeps the focus for a moment is none."""
    return widget.focusPolicy() is not Qt.FocusPolicy.NoFocus


def _show_whole(area: QScrollArea, target: QWidget, margin: int) -> None:
    """Scroll so that all of `target` is seen; `ensureWidgetVisible` shows only its cursor."""
    inside = area.widget()
    if inside is None or not inside.isAncestorOf(target):
        return
    rect = QRect(target.mapTo(inside, QPoint(0, 0)), target.size())
    middle, port = rect.center(), area.viewport().size()
    across = min(rect.width() // 2 + margin, port.width() // 2)
    down = min(rect.height() // 2 + margin, port.height() // 2)
    area.ensureVisible(middle.x(), middle.y(), across, down)
