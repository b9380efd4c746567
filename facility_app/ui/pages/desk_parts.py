"""What the desk's views share: an inner scroll, and the card with the resident's name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from facility_app.i18n import Words
from facility_app.services.desk import DeskResident
from facility_app.ui.layouts import Column, Row
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.desk import born_text, room_text
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.resident import RubyName
from facility_app.ui.widgets.text import Text

FOCUS_ROOM = 8
"""Free pixels around targets inside a scroll, for the focus ring."""


class InnerScroll(QScrollArea):
    """A column that scrolls by itself; on the enlarged screen as high as what is in it."""

    def __init__(self, theme: Theme, *, spacing: int = 8, margins: int = FOCUS_ROOM) -> None:
        super().__init__()
        self.theme = theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.inside = QWidget()
        self.inside.setObjectName("inner")
        self.box = Column(theme, self.inside, margins=margins, spacing=spacing)
        self.setWidget(self.inside)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.viewport().setAutoFillBackground(False)
        self.inside.setAutoFillBackground(False)
        self.inside.installEventFilter(self)
        theme.changed.connect(self._fit)
        self._fit()

    def clear(self) -> None:
        """Take everything out."""
        while (item := self.box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the contents' height."""
        if watched is self.inside and event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """On the enlarged screen no higher than what is in it now."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.minimumHeight()) if self.theme.compact else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are never wider than the column, so nothing scrolls sideways."""
        self.inside.setMaximumWidth(self.viewport().width())
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self.theme.compact:
            self.setMinimumHeight(self.theme.px(96))
            return
        wide = max(self.viewport().width(), self.theme.px(160))
        tall = self.box.hasHeightForWidth()
        high = self.box.heightForWidth(wide) if tall else self.box.sizeHint().height()
        self.setMinimumHeight(high)


class ViewStack(QStackedWidget):
    """Views of which only the shown one asks for room."""

    def __init__(self, *views: QWidget) -> None:
        super().__init__()
        self._views = views
        for view in views:
            self.addWidget(view)
        self.currentChanged.connect(self._give_room)
        self._give_room(0)

    def _give_room(self, shown: int) -> None:
        policy = QSizePolicy.Policy
        for index, view in enumerate(self._views):
            tall = policy.Preferred if index == shown else policy.Ignored
            view.setSizePolicy(policy.Preferred, tall)


LONG_NAME = 520
"""Design pixels from which a name stands in lines of 28 instead of one line that shrinks."""


class ResidentCard(Card):
    """Name 36 with furigana, room and birth date, and where the pouch belongs.

    On the enlarged screen the facts stand beside the name, so that the warnings stay in sight.
    """

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, spacing=4)
        self._words = words
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self.body.addLayout(self._box)
        self.name = RubyName(theme)
        self.long_name = Text(theme, size=28, bold=True)
        who = Column(theme, spacing=0)
        who.addWidget(self.name)
        who.addWidget(self.long_name)
        self._box.addLayout(who, 1)
        facts = Column(theme, spacing=4)
        row = Row(theme, spacing=8)
        self.room = Text(theme, size=20, bold=True, wraps=False)
        self.slot = Text(theme, size=20, bold=True, elide=True)
        row.addWidget(self.room)
        row.gap(8)
        row.addWidget(IconLabel(theme, "shelves", size=24, tone="text2"))
        row.addWidget(self.slot, 1)
        facts.addLayout(row)
        self.born = Text(theme, elide=True)
        facts.addWidget(self.born)
        self._box.addLayout(facts, 1)
        theme.changed.connect(self._turn)
        self._turn()

    def _turn(self) -> None:
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(beside if self.theme.compact else below)
        self._box.setSpacing(self.theme.px(16 if self.theme.compact else 4))

    def show_resident(self, resident: DeskResident) -> None:
        """Show another person."""
        words = self._words
        honorific = words("widgets-honorific")
        self.name.set(resident.name, resident.kana, honorific)
        long = self.name.sizeHint().width() > self.theme.px(LONG_NAME)
        self.long_name.set(f"{resident.name} {honorific}".strip() if long else "")
        self.name.setVisible(not long)
        self.long_name.setVisible(long)
        self.room.set(room_text(words, resident.room))
        self.room.setVisible(bool(resident.room))
        self.born.set(born_text(words, resident.birth_date))
        slot = resident.slot
        self.slot.set(slot or words("desk-slot-none"))
        self.slot.setAccessibleName(words("desk-slot", slot=self.slot.text()))
        self.setAccessibleName(f"{resident.name} {self.room.text()} {self.slot.text()}")
