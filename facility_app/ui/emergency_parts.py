"""Parts of the emergency dialog: the line under a field, the panel with the slot, the tiles."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row, Sized
from facility_app.ui.viewmodels.emergency import FamilyCall, Target
from facility_app.ui.viewmodels.unlock import Tile
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.panel import Panel
from facility_app.ui.widgets.resident import RubyName
from facility_app.ui.widgets.staff_tile import StaffTile
from facility_app.ui.widgets.text import Text


class Verdict(Enum):
    """Icon, its colour, colour of the words."""

    GOOD = ("check_circle-fill", "ok", "ok_text")
    HINT = ("info-fill", "primary", "primary")
    PROBLEM = ("warning-fill", "danger", "danger_fill")


class VerdictLine(QWidget):
    """What is known about the field above."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        row = Row(ctx.theme, self, spacing=6)
        self._icon = IconLabel(ctx.theme, "info-fill", size=20)
        Sized(ctx.theme, self._icon, height=28)
        self.text = Text(ctx.theme, bold=True)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        Sized(ctx.theme, self, min_height=28)
        self.say("")

    def say(self, words: str, verdict: Verdict = Verdict.GOOD) -> None:
        """Show it; empty = nothing to say yet."""
        icon, tone, ink = verdict.value
        self.text.set(words)
        self.text.set_tone(ink)
        self._icon.set(icon, tone)
        self._icon.setVisible(bool(words))


class TargetPanel(Panel):
    """Whose pouch, and the slot in 45 px, because that is what the hand needs."""

    def __init__(self, ctx: UiContext) -> None:
        theme, words = ctx.theme, ctx.words
        super().__init__(theme, padding=24, spacing=4)
        self._words = words
        self.name = RubyName(theme)
        self.room = Text(theme, size=20)
        self.slot = Text(theme, size=45, bold=True, tabular=True)
        self.items = Text(theme)
        self.body.addWidget(self.name)
        self.body.addWidget(self.room)
        self.body.gap(8)
        self._label = Text(theme, words("release-slot"), tone="text2")
        self.body.addWidget(self._label)
        self._place = QWidget()
        row = Row(theme, self._place, spacing=12)
        row.addWidget(IconLabel(theme, "shelves", size=45))
        row.addWidget(self.slot, 1)
        self.body.addWidget(self._place)
        self.body.addWidget(self.items)
        self.body.addStretch(1)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        """Enlarged, slot and name come first: they must stand in one view with the button."""
        compact = self.theme.compact
        self._label.setVisible(not compact)
        self.body.removeWidget(self._place)
        at = 0 if compact else self.body.indexOf(self._label) + 1
        self.body.insertWidget(at, self._place)

    def show_target(self, target: Target) -> None:
        """This pouch."""
        words = self._words
        self.name.set(target.name, target.kana, words("widgets-honorific"))
        self.room.set(words("release-room", room=target.room) if target.room else "")
        self.slot.set(target.slot or words("release-no-slot"))
        self.items.set(words("release-items", count=str(target.items)))


class TileColumn(QScrollArea):
    """The staff as a list of tiles; `picked` carries the number."""

    picked = Signal(str)

    def __init__(self, ctx: UiContext, people: Sequence[Tile]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("page")
        column = Column(ctx.theme, inside, margins=8, spacing=8)
        self.tiles: dict[str, StaffTile] = {}
        for person in people:
            tile = StaffTile(ctx.theme, person.name, "", person.colour)
            tile.clicked.connect(lambda _c=False, n=person.number: self.picked.emit(n))
            self.tiles[person.number] = tile
            column.addWidget(tile)
        column.addStretch(1)
        self.setWidget(inside)

    def mark(self, number: str) -> None:
        """Who it is."""
        for key, tile in self.tiles.items():
            tile.setChecked(key == number)


class FamilyPanel(Panel):
    """After the release: the slot once more, and whom to call, each with the number in large."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx.theme, padding=16, spacing=8)
        self._ctx = ctx
        theme, words = ctx.theme, ctx.words
        top = Row(theme, spacing=12)
        top.addWidget(IconLabel(theme, "shelves", size=36))
        self.slot = Text(theme, " ", size=36, bold=True, tabular=True)
        top.addWidget(self.slot)
        self.name = Text(theme, " ", size=20, elide=True)
        top.addWidget(self.name, 1)
        self.body.addLayout(top)
        self.body.addWidget(Text(theme, words("release-family"), tone="text2"))
        self._calls = Column(theme, spacing=4)
        self.body.addLayout(self._calls)
        self.body.addStretch(1)

    def show_calls(self, target: Target, calls: Sequence[FamilyCall]) -> None:
        """Whom to call about this resident."""
        words, theme = self._ctx.words, self._ctx.theme
        self.slot.set(target.slot or words("release-no-slot"))
        self.name.set(f"{target.name}{words('widgets-honorific')}")
        while (item := self._calls.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        reachable = [call for call in calls if call.phone]
        for call in reachable:
            self._calls.addWidget(self._call(call))
        if not reachable:
            self._calls.addWidget(Text(theme, words("release-family-none")))

    def _call(self, call: FamilyCall) -> QWidget:
        theme = self._ctx.theme
        line = QWidget()
        row = Row(theme, line, spacing=8)
        row.addWidget(IconLabel(theme, "call-fill", size=28, tone="primary"))
        who = Column(theme, spacing=0)
        who.addWidget(Text(theme, call.phone, size=24, bold=True, tabular=True))
        who.addWidget(Text(theme, f"{call.name}  {call.relation}", size=16, elide=True))
        row.addLayout(who, 1)
        line.setAccessibleName(f"{call.name} {call.relation} {call.phone}")
        return line
