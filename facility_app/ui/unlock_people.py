"""Left half of the unlock page: a tile per person, and the staff number to type or scan."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from facility_app.domain.access import Role
from facility_app.i18n import Words
from facility_app.ui.layouts import Grid
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.unlock import Tile
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.scan_field import ScanField
from facility_app.ui.widgets.staff_tile import StaffTile
from facility_app.ui.widgets.text import Text

TILE = 80
"""Design pixels of a tile with the space under it."""


def role_words(words: Words, person: Tile) -> str:
    """The first role in words; night staff, and people without a right today, say so."""
    if person.night_only:
        return words("unlock-night-only")
    if not person.roles:
        return words("unlock-no-right-now")
    return words.term(min(person.roles, key=list(Role).index))


class UnlockPeople(Card):
    """Two columns of tiles; more than fit scroll, and the cut row shows that there are more."""

    picked = Signal(str)

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, padding=24, spacing=8)
        self._words = words
        self.tiles: dict[str, StaffTile] = {}
        self.body.addWidget(Text(theme, words("unlock-who"), size=28, bold=True))
        self.body.addWidget(Text(theme, words("unlock-who-how"), tone="text2"))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        inside = QWidget()
        inside.setObjectName("page")
        self._grid = Grid(theme, inside, spacing=8)
        self.area.setWidget(inside)
        self.body.addWidget(self.area)
        self.body.gap(8)
        self.number = ScanField(theme, words("unlock-number"), icon="badge-fill")
        self.number.setMaxLength(20)
        self.body.addWidget(self.number)

    def show_people(self, people: Sequence[Tile]) -> None:
        """A tile for each, in this order."""
        for old in self.tiles.values():
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.tiles = {}
        for index, person in enumerate(people):
            role = role_words(self._words, person)
            tile = StaffTile(self.theme, person.name, role, person.colour)
            tile.clicked.connect(lambda _c=False, n=person.number: self.picked.emit(n))
            self.tiles[person.number] = tile
            self._grid.addWidget(tile, index // 2, index % 2)

    def mark(self, number: str) -> None:
        """Who is chosen."""
        for key, tile in self.tiles.items():
            tile.setChecked(key == number)
            if key == number:
                self.area.ensureWidgetVisible(tile)

    def fit(self, room: int) -> None:
        """Take the height for the tiles from `room` screen pixels: all rows, or two and a half."""
        px = self.theme.px
        rows = max(1, (len(self.tiles) + 1) // 2)
        fits = rows <= max(3, (room + px(8)) // px(TILE))
        cut = max(2, (room - px(56)) // px(TILE)) * TILE + 56
        self.area.setFixedHeight(px(rows * TILE - 4 if fits else cut))
        self._grid.setContentsMargins(px(2), px(2), px(2 if fits else 12), px(2))
