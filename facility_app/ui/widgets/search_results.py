"""The people found while typing; 48 to 56 high rows, keyboard and mouse.

Use::

    results = SearchResults(theme, words("search-results"))
    results.show_hits([Hit(key=7, title="...", detail="...")]); results.picked.connect(...)
    results.follow(scan_field)     # Up, Down and Enter in the field move in the list
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from facility_app.ui.theme import Theme
from facility_app.ui.widgets import painting

_HIT = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Hit:
    """One row: the key is given back when it is picked."""

    key: Any
    title: str
    detail: str = ""
    side: str = ""
    """Right end of the row: room or slot."""


class _HitDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, self._theme.px(56))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme, px = self._theme, self._theme.px
        rect = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painting.panel(
                painter,
                rect,
                fill=theme.qcolor("tint"),
                radius=0,
                bar=theme.qcolor("primary"),
                bar_width=px(6),
            )
        self._paint_words(painter, rect, index.data(_HIT), chosen)
        line = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(line, theme.qcolor("line"))
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRectF, hit: Hit, chosen: bool) -> None:
        """Name, kana after it, room or slot at the right end; the kana is shortened first."""
        theme, px = self._theme, self._theme.px
        left, right = rect.left() + px(16), rect.right() - px(16)
        plain, bold, small = theme.font(18), theme.font(20, bold=True), theme.font(16)
        side = QFontMetricsF(plain).horizontalAdvance(hit.side)
        room = right - side - px(16) - left
        short = Qt.TextElideMode.ElideRight
        title = QFontMetricsF(bold).elidedText(hit.title, short, room)
        used = QFontMetricsF(bold).horizontalAdvance(title) + px(12)
        detail = QFontMetricsF(small).elidedText(hit.detail, short, max(0, room - used))
        for words, font, tone, at, wide in (
            (title, bold, "primary" if chosen else "text", left, room),
            (detail, small, "text2", left + used, room - used),
            (hit.side, plain, "text2", right - side - 2, side + 2),
        ):
            painter.setFont(font)
            painter.setPen(theme.qcolor(tone))
            box = QRectF(at, rect.top(), wide, rect.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)


class SearchResults(QListWidget):
    """A list of hits; `picked` carries the key."""

    picked = Signal(object)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName(name)
        self.setItemDelegate(_HitDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.itemClicked.connect(self._pick)
        self.setMinimumHeight(theme.px(56))
        theme.changed.connect(self.doItemsLayout)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show these rows, the first one chosen."""
        self.clear()
        for hit in hits:
            item = QListWidgetItem(hit.title)
            item.setData(_HIT, hit)
            words = " ".join(part for part in (hit.title, hit.detail, hit.side) if part)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
            self.addItem(item)
        if hits:
            self.setCurrentRow(0)

    def follow(self, field: QWidget) -> None:
        """Let Up, Down and Enter typed in `field` work here."""
        field.installEventFilter(self)

    def pick_current(self) -> bool:
        """Pick the chosen row; False when there is none."""
        item = self.currentItem()
        if not self.count() or not self.isVisible():
            return False
        self._pick(item)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down of the followed field."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.count():
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + step)))
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter picks."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pick_current()
            return
        super().keyPressEvent(event)

    def _pick(self, item: QListWidgetItem) -> None:
        self.picked.emit(item.data(_HIT).key)
