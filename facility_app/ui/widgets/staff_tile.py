"""A member of staff: circle with letter in their colour, name, role.

Use: ``StaffTile(theme, name, role, colour)`` is checkable (unlock page); ``StaffMark`` only shows;
``StaffButton`` in the header opens the menu of the person.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from facility_app.ui.icons import paint_icon
from facility_app.ui.theme import Theme
from facility_app.ui.widgets import painting


def _paint_person(
    painter: QPainter,
    theme: Theme,
    place: QRectF,
    circle: float,
    person: tuple[str, str, int],
    tone: str,
    size: int,
) -> None:
    name, role, colour = person
    px = theme.px
    spot = QRectF(place.left(), place.center().y() - circle / 2, circle, circle)
    painting.circle_letter(painter, theme, spot, name[:1], theme.staff_color(colour))
    left = spot.right() + px(12)
    room = place.right() - left
    big, small = theme.font(size, bold=True), theme.font(16 if size < 24 else 18)
    first, second = theme.line_height(size), theme.line_height(16)
    top = place.center().y() - (first + second) / 2 if role else place.center().y() - first / 2
    for words, font, high, ink in ((name, big, first, tone), (role, small, second, "text2")):
        if not words:
            continue
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(theme.qcolor(ink))
        painter.drawText(QRectF(left, top, room + 1, high), Qt.AlignmentFlag.AlignVCenter, shown)
        top += high - px(2)


class StaffTile(QPushButton):
    """72 high, checkable; light blue when chosen."""

    def __init__(self, theme: Theme, name: str, role: str, colour: int) -> None:
        super().__init__(name)
        self.theme, self.person = theme, (name, role, colour)
        self.setCheckable(True)
        self.setAccessibleName(f"{name} {role}".strip())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Two tiles fit beside each other in a card of 552."""
        return QSize(self.theme.px(240), self.theme.px(72))

    def minimumSizeHint(self) -> QSize:
        """The name may be shortened."""
        return QSize(self.theme.px(160), self.theme.px(72))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Panel, circle, name and role."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        chosen = self.isChecked()
        painting.panel(
            painter,
            QRectF(self.rect()),
            fill=theme.qcolor("tint" if chosen or self.underMouse() else "surface"),
            radius=px(8),
            outline=theme.qcolor("primary" if chosen else "border"),
            outline_width=px(2) if chosen else 1,
        )
        place = QRectF(self.rect()).adjusted(px(12), 0, -px(8), 0)
        tone = "primary" if chosen else "text"
        _paint_person(painter, theme, place, px(44), self.person, tone, 18)
        painter.end()


class StaffMark(QLabel):
    """Who is unlocked, or who is chosen.  `circle` in design pixels: 40 in the header, 64 on the
    unlock page.
    """

    def __init__(self, theme: Theme, *, circle: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self._circle = theme, circle
        self.person: tuple[str, str, int] = ("", "", 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def set(self, name: str, role: str, colour: int, spoken: str = "") -> None:
        """Show a person; `spoken` replaces name and role for a screen reader."""
        self.person = (name, role, colour)
        self.setText(name)
        self.setAccessibleName(spoken or f"{name} {role}".strip())
        self.updateGeometry()
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _size(self) -> int:
        return 18 if self._circle < 56 else 24

    def sizeHint(self) -> QSize:
        """Circle and the wider of name and role."""
        theme = self.theme
        name, role, _ = self.person
        wide = max(
            QFontMetricsF(theme.font(self._size(), bold=True)).horizontalAdvance(name),
            QFontMetricsF(theme.font(16 if self._size() < 24 else 18)).horizontalAdvance(role),
        )
        return QSize(round(wide) + theme.px(self._circle + 14) + 2, theme.px(max(48, self._circle)))

    def minimumSizeHint(self) -> QSize:
        """The name may be shortened."""
        return QSize(self.theme.px(self._circle + 80), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Circle, name and role."""
        if not self.person[0]:
            return
        painter = QPainter(self)
        place = QRectF(self.rect())
        circle = self.theme.px(self._circle)
        _paint_person(painter, self.theme, place, circle, self.person, "text", self._size())
        painter.end()


class StaffButton(QPushButton):
    """Who is unlocked, 56 high; a press opens what belongs to the person (settings, staff)."""

    def __init__(self, theme: Theme, what: str) -> None:
        """`what`: the words for a screen reader of what a press does."""
        super().__init__()
        self.theme, self.person = theme, ("", "", 0)
        self.setAccessibleDescription(what)
        self.setToolTip(what)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def set(self, name: str, role: str, colour: int, spoken: str) -> None:
        """Show a person; `spoken` is said by a screen reader."""
        self.person = (name, role, colour)
        self.setAccessibleName(spoken)
        self._restyle()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Circle, the wider of name and role, and the arrow."""
        theme, px = self.theme, self.theme.px
        name, role, _ = self.person
        wide = max(
            QFontMetricsF(theme.font(18, bold=True)).horizontalAdvance(name),
            QFontMetricsF(theme.font(16)).horizontalAdvance(role),
        )
        return QSize(round(wide) + px(8 + 40 + 12 + 4 + 24 + 4) + 2, px(48))

    def minimumSizeHint(self) -> QSize:
        """The name may be shortened."""
        return QSize(self.theme.px(40 + 120), self.theme.px(48))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Circle, name, role and an arrow; a tint under the mouse."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        if self.underMouse():
            painting.panel(painter, QRectF(self.rect()), fill=theme.qcolor("tint"), radius=px(8))
        side = px(24)
        place = QRectF(self.rect()).adjusted(px(8), 0, -side - px(4), 0)
        _paint_person(painter, theme, place, px(40), self.person, "text", 18)
        left = self.width() - side - px(4)
        top = (self.height() - side) / 2
        paint_icon(painter, theme, "keyboard_arrow_down", left, top, side, "text2")
        painter.end()
