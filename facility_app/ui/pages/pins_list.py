"""The list of what is held for whom; while the vault is off, or nothing is held, what this is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from facility_app.domain.access import Permission
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Row
from facility_app.ui.pages.desk_parts import InnerScroll
from facility_app.ui.pages.pins_row import PinRow
from facility_app.ui.viewmodels.pins import PinBook, row_acts
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.text import Text

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
MOST_SHOWN = 30
"""Rows made at once: more are found by the field above, and would keep the window waiting."""


class PinList(Card):
    """Rows, and under them where the vault is and how often it was used."""

    use_wanted = Signal(object)
    more_wanted = Signal(object)
    deposit_wanted = Signal()
    set_up_wanted = Signal()

    def __init__(self, ctx: UiContext) -> None:
        words = ctx.words
        super().__init__(ctx.theme, title=words("pin-list-title"), icon="password", padding=0)
        self.ctx, self.words = ctx, words
        self.rows: list[PinRow] = []
        self.pages = QStackedWidget()
        self.held = InnerScroll(ctx.theme, spacing=0, margins=0)
        self.held.setAccessibleName(words("pin-list-title"))
        self.pages.addWidget(self.held)
        self.off = self._empty("pin-off-title", "pin-off-text")
        self.none = self._empty("pin-none-title", "pin-none-text")
        self.unmatched = self._empty("pin-unmatched-title", "pin-unmatched-text")
        self.body.addWidget(self.pages, 1)
        foot = Row(ctx.theme, margins=(16, 8, 16, 12), spacing=8)
        self.place_icon = IconLabel(ctx.theme, "hard_drive-fill", size=20, tone="text2")
        foot.addWidget(self.place_icon, 0, _MIDDLE)
        self.place = Text(ctx.theme, size=16, tone="text2", elide=True)
        foot.addWidget(self.place, 1)
        self.used = Text(ctx.theme, size=16, tone="text2", wraps=False)
        foot.addWidget(self.used)
        self.body.addLayout(foot)

    def _empty(self, title: str, text: str) -> EmptyState:
        button = None
        words, session = self.words, self.ctx.session
        if title == "pin-off-title" and session.may(Permission.MANAGE_VAULT):
            button = ActionButton(
                self.ctx.theme, words("pin-off-set-up"), kind=Kind.FILLED, icon="rule", height=64
            )
            button.clicked.connect(self.set_up_wanted)
        elif title == "pin-none-title" and session.may(Permission.DEPOSIT_PIN):
            button = ActionButton(
                self.ctx.theme, words("pin-deposit"), kind=Kind.FILLED, icon="add", height=64
            )
            button.clicked.connect(self.deposit_wanted)
        state = EmptyState(
            self.ctx.theme, icon="password", title=words(title), text=words(text), action=button
        )
        state.button = button  # type: ignore[attr-defined]  # for the page and its tests
        self.pages.addWidget(state)
        return state

    def show_book(self, book: PinBook, may: Callable[[Permission], bool]) -> None:
        """Show this state."""
        self.held.clear()
        self.rows = []
        rows = book.rows(self.words) if book.state.on else []
        for row in rows[:MOST_SHOWN]:
            acts = row_acts(self.words, row.pin, book.state, may)
            made = PinRow(
                self.ctx, row, may_use=may(Permission.PRESENT_PIN) or may(Permission.REVEAL_PIN),
                may_more=bool(acts),
            )  # fmt: skip
            made.use_wanted.connect(self.use_wanted)
            made.more_wanted.connect(self.more_wanted)
            self.rows.append(made)
            self.held.box.addWidget(made)
        if len(rows) > MOST_SHOWN:
            self.held.box.addWidget(self._not_shown(len(rows) - MOST_SHOWN))
        self.held.box.addStretch(1)
        count = str(len(book.pins)) if book.state.on else ""
        self.set_count(count, self.words("widgets-cases") if count else "")
        self._turn_to(book, bool(rows))
        self._show_foot(book)

    def _not_shown(self, count: int) -> QWidget:
        box = QWidget()
        line = Row(self.ctx.theme, box, margins=(16, 16, 16, 16))
        line.addWidget(Text(self.ctx.theme, self.words("pin-list-not-shown", count=str(count))))
        return box

    def _turn_to(self, book: PinBook, any_row: bool) -> None:
        if not book.state.on:
            self.pages.setCurrentWidget(self.off)
        elif any_row:
            self.pages.setCurrentWidget(self.held)
        else:
            self.pages.setCurrentWidget(self.unmatched if book.pins else self.none)

    def _show_foot(self, book: PinBook) -> None:
        state, words = book.state, self.words
        self.place_icon.setVisible(state.on)
        self.place.setVisible(state.on)
        self.used.setVisible(state.on)
        key = "pin-list-place" if state.reachable else "pin-list-place-absent"
        self.place.set(words(key, folder=state.folder) if state.on else "")
        self.place_icon.set("hard_drive-fill", "text2" if state.reachable else "warn")

    def show_used(self, presented: int, revealed: int) -> None:
        """How often PINs were used this month."""
        said = self.words("pin-list-used", presented=str(presented), revealed=str(revealed))
        self.used.set(said)

    def choose(self, resident_id: int) -> PinRow | None:
        """Mark the rows of a resident; gives the first."""
        first = None
        for row in self.rows:
            mine = row.row.pin.resident_id == resident_id
            row.choose(mine)
            first = first or (row if mine else None)
        return first
