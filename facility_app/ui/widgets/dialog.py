"""Dialogs inside the window: a black veil and a card, at most 896 wide.  For decisions only.

Use::

    dialog = Dialog(theme, ctx.host(), title="...", icon="delete", close=words("widgets-cancel"))
    dialog.body.addWidget(...); dialog.notes.addWidget(...); dialog.acts.addWidget(button)
    dialog.closed.connect(...); dialog.open(); dialog.dismiss()

Everything under the veil is switched off meanwhile, so neither Tab nor a shortcut reaches it; Esc
always leaves.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget
from shiboken6 import isValid

from facility_app.ui.dress import Dress
from facility_app.ui.layouts import Column, Row, Sized
from facility_app.ui.theme import Theme
from facility_app.ui.tokens import Mode
from facility_app.ui.widgets import painting
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.text import Text


class _Head(QWidget):
    """Title line; red for emergencies and destruction."""

    def __init__(self, theme: Theme, red: bool) -> None:
        super().__init__()
        self.theme, self.red = theme, red

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.red:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self.theme.px(12)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()).adjusted(0, 0, 0, radius), radius, radius)
        painter.setClipRect(self.rect())
        painter.fillPath(path, self.theme.qcolor("strip"))
        painter.end()


class Dialog(QWidget):
    """The veil with its card.  A child of the window's `host`; it deletes itself when dismissed."""

    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        host: QWidget,
        *,
        title: str,
        close: str,
        icon: str = "",
        subtitle: str = "",
        red: bool = False,
        width: int = 896,
    ) -> None:
        super().__init__(host)
        self.theme, self._host, self._width = theme, host, width
        self._before: QWidget | None = None
        self._switched_off: list[QWidget] = []
        self.setAccessibleName(title)
        Dress(theme, self)
        self.card = QFrame(self)
        outer = Column(theme, self.card, spacing=0)
        outer.addWidget(self._build_head(title, subtitle, icon, close, red))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setObjectName("page")
        self.body = Column(theme, inside, margins=(24, 16, 24, 16), spacing=16)
        self.area.setWidget(inside)
        self._inside = inside
        outer.addWidget(self.area, 1)
        outer.addWidget(self._build_foot())
        theme.changed.connect(self._place)
        self.hide()

    def _build_head(self, title: str, subtitle: str, icon: str, close: str, red: bool) -> QWidget:
        theme = self.theme
        head = _Head(theme, red)
        ink = "on_strip" if red else "text"
        row = Row(theme, head, margins=(24, 16, 16, 16), spacing=12)
        if icon:
            row.addWidget(IconLabel(theme, icon, size=36, tone=ink if red else "primary"))
        self.title = Text(theme, title, size=28, bold=True, tone=ink, elide=True)
        row.addWidget(self.title, 1 if not subtitle else 0)
        if subtitle:
            row.addWidget(Text(theme, subtitle, tone=ink, elide=True), 1)
        self.close_button = ActionButton(
            theme, close, kind=Kind.ON_STRIP if red else Kind.GREY, icon="close", key="Esc"
        )
        self.close_button.clicked.connect(self.dismiss)
        row.addWidget(self.close_button)
        self._head = head
        return head

    def _build_foot(self) -> QWidget:
        self._foot = QWidget()
        row = Row(self.theme, self._foot, margins=(24, 0, 24, 24), spacing=16)
        self.notes = Column(self.theme, spacing=8)
        self.acts = Column(self.theme, spacing=8)
        self._notes_box = QWidget()
        self._notes_box.setLayout(self.notes)
        row.addWidget(self._notes_box, 1)
        row.addLayout(self.acts, 1)
        return self._foot

    def add_note(self, icon: str, words: str) -> Text:
        """A consequence, lower left."""
        line = Row(self.theme, spacing=8)
        mark = IconLabel(self.theme, icon, size=24, tone="text2")
        Sized(self.theme, mark, height=28)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        text = Text(self.theme, words)
        line.addWidget(text, 1)
        self.notes.addLayout(line)
        return text

    def open(self, first: QWidget | None = None) -> None:
        """Show it; `first` gets the focus."""
        self._before = QApplication.focusWidget()
        for sibling in self._host.children():
            if sibling is self or not isinstance(sibling, QWidget) or sibling.isWindow():
                continue
            if sibling.isEnabled() and sibling.objectName() != "overlay":
                sibling.setEnabled(False)
                self._switched_off.append(sibling)
        for watched in (self._host, self._inside, self._foot):
            watched.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        (first or self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_part(self, part: QWidget) -> None:
        """Scroll so that `part` begins at the top."""
        top = part.mapTo(self._inside, QPoint(0, 0)).y()
        self.area.verticalScrollBar().setValue(top)

    def scan(self, text: str) -> None:
        """A scanner burst while the dialog is open; the base swallows it."""

    def clear_secrets(self) -> None:
        """Cover, lock; a dialog with something secret in it forgets it, and may go."""

    def dismiss(self) -> None:
        """Go away; the focus returns to where it was."""
        if not self.isVisible() and not self._switched_off:
            return
        self._host.removeEventFilter(self)
        for widget in self._switched_off:
            if isValid(widget):  # a dialog that was on its way out when this one came
                widget.setEnabled(True)
        self._switched_off.clear()
        self.hide()
        before = self._before
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering the window; contents that grow make the card grow."""
        grown = watched is not self._host and event.type() is QEvent.Type.LayoutRequest
        if grown or (watched is self._host and event.type() is QEvent.Type.Resize):
            self._place()
        return False

    def _place(self) -> None:
        self.setGeometry(self._host.rect())
        px, margin = self.theme.px, self.theme.px(16)
        wide = min(px(self._width), self.width() - 2 * margin)
        # enlarged, the act must stay in sight beside what it is about
        self._notes_box.setVisible(self.notes.count() > 0 and not self.theme.compact)
        self._foot.setVisible(self.notes.count() + self.acts.count() > 0)
        inner = self._inside.layout()
        body = self._inside.sizeHint().height()
        if inner is not None and inner.hasHeightForWidth():
            body = max(inner.heightForWidth(wide), inner.minimumHeightForWidth(wide))
        foot_box = self._foot.layout()
        foot = self._foot.sizeHint().height()
        if foot_box is not None and foot_box.hasHeightForWidth():
            foot = foot_box.heightForWidth(wide)
        foot = foot if self._foot.isVisibleTo(self) else 0
        high = min(self._head.sizeHint().height() + body + foot + 2, self.height() - 2 * margin)
        step = px(8)
        left = (self.width() - wide) // 2 // step * step
        top = (self.height() - high) // 2 // step * step
        self.card.setGeometry(left, top, wide, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Veil, soft shadow, card."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 166))
        card = QRectF(self.card.geometry())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for reach in range(12, 0, -1):
            painter.setBrush(QColor(0, 0, 0, 10))
            painter.drawRoundedRect(
                card.adjusted(-reach, -reach, reach, reach), px(12) + reach, px(12) + reach
            )
        contrast = theme.mode is Mode.HIGH_CONTRAST
        painting.panel(
            painter,
            card,
            fill=theme.qcolor("surface"),
            radius=px(12),
            outline=theme.qcolor("line") if theme.mode is not Mode.LIGHT else None,
            outline_width=2 if contrast else 1,
        )
        painter.end()
