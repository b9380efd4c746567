"""Parts of 訪問診療の回: the residents, and what is done for all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal

from facility_app.domain.access import StaffId
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row
from facility_app.ui.pages.desk_parts import InnerScroll
from facility_app.ui.pages.resident_items import Ruled
from facility_app.ui.viewmodels.house_call import (
    RoundRow,
    RoundState,
    device_text,
    loan_text,
)
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.fields import ComboField, LabeledField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tick_row import TickRow

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class PeopleCard(Card):
    """One row each: who, whether the card is needed, and what else can be said."""

    mark_wanted = Signal(int, bool)
    outcome_wanted = Signal(int)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(
            ctx.theme, title=ctx.words("rounds-who"), icon="groups", padding=0, spacing=0
        )
        self.ctx, self.words = ctx, ctx.words
        self.rows = InnerScroll(ctx.theme, spacing=0, margins=0)
        self.body.addWidget(self.rows, 1)
        self.buttons: dict[int, ActionButton] = {}

    def show_rows(self, rows: Sequence[RoundRow], *, may_mark: bool) -> None:
        """Show these."""
        self.rows.clear()
        self.buttons = {}
        self.set_count(str(len(rows)), self.words("rounds-unit"))
        for number, row in enumerate(rows):
            line = self._row(row, may_mark)
            line.ruled = number > 0
            self.rows.box.addWidget(line)
        self.rows.box.addStretch(1)

    def _row(self, row: RoundRow, may_mark: bool) -> Ruled:
        theme, words = self.theme, self.words
        line = Ruled(theme)
        box = Row(theme, line, margins=(16, 10, 16, 10), spacing=12)
        said = Column(theme, spacing=4)
        who = Row(theme, spacing=6)
        who.addWidget(Text(theme, row.name, size=20, bold=True, elide=True))
        who.addWidget(Text(theme, words("widgets-honorific"), wraps=False))
        who.addWidget(Text(theme, row.room, tone="text2", wraps=False))
        who.addStretch(1)
        said.addLayout(who)
        below = Row(theme, spacing=12)
        below.addWidget(Chip(theme, row.chip, Level(row.level)), 0, _MIDDLE)
        below.addWidget(Text(theme, row.text, size=16, tone="text2"), 1)
        said.addLayout(below)
        box.addLayout(said, 1)
        button = self._button(row, may_mark)
        if button is not None:
            box.addWidget(button, 0, _MIDDLE)
            self.buttons[row.visit_id] = button
        line.setAccessibleName(" ".join((row.name, row.room, row.chip, row.text)))
        return line

    def _button(self, row: RoundRow, may_mark: bool) -> ActionButton | None:
        if not may_mark or not (row.may_mark or row.may_tell):
            return None
        if row.may_mark:
            key = "rounds-mark-new" if row.known else "rounds-mark-known"
            button = ActionButton(self.theme, self.words(key), kind=Kind.GREY, bold=False)
            button.clicked.connect(lambda: self.mark_wanted.emit(row.visit_id, not row.known))
        else:
            button = ActionButton(self.theme, self.words("calendar-step-outcome"))
            button.clicked.connect(lambda: self.outcome_wanted.emit(row.visit_id))
        button.setAccessibleName(f"{button.text()} {row.name}")
        return button


class TogetherCard(Card):
    """Who carries the cards; or, while they are out, a tick for every pouch that is back."""

    changed = Signal()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx.theme, title=ctx.words("rounds-together"), icon="home_health")
        self.ctx, self.words = ctx, ctx.words
        self._filling = False
        self.ticks: dict[int, TickRow] = {}
        self.residents: dict[int, int] = {}
        self.device = Text(ctx.theme, " ")
        self.body.addWidget(self.device)
        self.escort = ComboField(ctx.theme, icon="directions_walk")
        self.escort_place = LabeledField(ctx.theme, ctx.words("rounds-carries"), self.escort)
        self.body.addWidget(self.escort_place)
        self.how = Text(ctx.theme, " ", tone="text2")
        self.body.addWidget(self.how)
        self.pouches = InnerScroll(ctx.theme, spacing=8)
        self.body.addWidget(self.pouches, 1)
        self.escort.activated.connect(lambda _at: self._tell())

    def show_state(
        self, state: RoundState, holders: Sequence[tuple[Any, str]], me: StaffId
    ) -> None:
        """Show what is to be done."""
        words = self.words
        self._filling = True
        self.device.set(device_text(words, state.view))
        self.device.setVisible(not state.returning)
        self.escort.set_choices(holders)
        self.escort.choose(state.holder(me))
        self.escort_place.setVisible(not state.returning)
        self.how.set(words("rounds-how-back" if state.returning else "rounds-how-out"))
        self.pouches.clear()
        self.ticks, self.residents = {}, {}
        for each in state.out:
            loan_id = int(each.loan.id)
            title, note = loan_text(words, each)
            tick = TickRow(self.theme, title, note=note, checked=loan_id in state.back)
            tick.toggled.connect(lambda _on: self._tell())
            self.ticks[loan_id], self.residents[loan_id] = tick, each.loan.resident_id
            self.pouches.box.addWidget(tick)
        self.pouches.box.addStretch(1)
        self._filling = False

    def ticked(self) -> set[int]:
        """Loans whose pouch lies in its place."""
        return {loan_id for loan_id, tick in self.ticks.items() if tick.isChecked()}

    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()
