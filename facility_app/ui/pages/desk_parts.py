"""What the desk's views share: an inner scroll, and the card with the resident's name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

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

    def _fit(self) -> None:
        if not self.theme.compact:
            self.setMinimumHeight(self.theme.px(96))
            return
        wide = max(self.viewport().width(), self.theme.px(160))
        high = self.box.heightForWidth(wide) if self.box.hasHeightForWidth() else -1
        self.setMinimumHeight(max(high, self.box.sizeHint().height()))


class ResidentCard(Card):
    """Name 36 with furigana, room and birth date, and where the pouch belongs."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, spacing=4)
        self._words = words
        self.name = RubyName(theme)
        self.body.addWidget(self.name)
        row = Row(theme, spacing=16)
        self.room = Text(theme, size=20, bold=True, wraps=False)
        self.born = Text(theme, elide=True)
        row.addWidget(self.room)
        row.addWidget(self.born, 1)
        self.body.addLayout(row)
        place = Row(theme, spacing=8)
        place.addWidget(IconLabel(theme, "shelves", size=24, tone="text2"))
        self.slot = Text(theme, size=20, bold=True, elide=True)
        place.addWidget(self.slot, 1)
        self.body.addLayout(place)

    def show_resident(self, resident: DeskResident) -> None:
        """Show another person."""
        words = self._words
        self.name.set(resident.name, resident.kana, words("widgets-honorific"))
        self.room.set(room_text(words, resident.room))
        self.room.setVisible(bool(resident.room))
        self.born.set(born_text(words, resident.birth_date))
        slot = resident.slot
        self.slot.set(words("desk-slot", slot=slot) if slot else words("desk-slot-none"))
        self.setAccessibleName(f"{resident.name} {self.room.text()} {self.slot.text()}")
