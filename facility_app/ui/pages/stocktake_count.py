"""One's own count: where to look, the pouch in the hand, and pressing once for each piece.

Nothing here tells what should be there.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from facility_app.services.search import FoundResident
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Columns, Row
from facility_app.ui.pages.desk_parts import InnerScroll, ViewStack
from facility_app.ui.pages.stocktake_parts import CellRows, HowFar
from facility_app.ui.pages.stocktake_pieces import PieceRows
from facility_app.ui.viewmodels import stocktake_count as screen
from facility_app.ui.viewmodels.desk import room_text
from facility_app.ui.viewmodels.stocktake_count import Counting
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card, Notice
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.resident import RubyName
from facility_app.ui.widgets.search_results import Hit, SearchResults
from facility_app.ui.widgets.table import Table
from facility_app.ui.widgets.text import Text

_WIDTHS = (104, 0, 120)


class CountPane(QWidget):
    """Left where to look and whose pouch it is; right the places, the pieces, or who was found."""

    empty_wanted = Signal()
    unknown_wanted = Signal()
    more_wanted = Signal()
    put_down_wanted = Signal()
    rest_wanted = Signal()
    throw_wanted = Signal()
    place_wanted = Signal(int)
    piece_changed = Signal(str, int)
    resident_picked = Signal(object)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.ctx, self.theme, self.words = ctx, ctx.theme, ctx.words
        self.found_text = ""
        self._slots: list[int] = []
        box = Column(ctx.theme, self)
        columns = Columns(ctx.theme, (4, 8))
        columns.add(self._build_where())
        self.places_card, self.pieces_card = self._build_places(), self._build_pieces()
        self.found_card = self._build_found()
        self.right = ViewStack(self.places_card, self.pieces_card, self.found_card)
        columns.add(self.right)
        box.addWidget(columns, 1)

    # --- building --------------------------------------------------------------------------------

    def _build_where(self) -> Card:
        theme, words = self.theme, self.words
        card = Card(theme, spacing=8)
        self.where = card
        head = Row(theme, spacing=8)
        self.title = Text(theme, " ", size=20, bold=True)
        head.addWidget(self.title, 1)
        self.progress = Text(theme, " ", tone="text2", tabular=True)
        head.addWidget(self.progress)
        card.body.addLayout(head)
        self.bar = HowFar(theme, words("stocktake-count-places"))
        card.body.addWidget(self.bar)
        self.here = Text(theme, words("stocktake-count-here"), tone="text2")
        card.body.addWidget(self.here)
        row = Row(theme, spacing=12)
        self.mark = IconLabel(theme, "shelves", size=45)
        row.addWidget(self.mark)
        self.slot = Text(theme, " ", size=45, bold=True, tabular=True)
        row.addWidget(self.slot, 1)
        card.body.addLayout(row)
        self.name = RubyName(theme)
        self.room = Text(theme, " ", size=20, bold=True)
        self.what = Text(theme, " ")
        self.hint = Notice(theme, Level.WARN, " ")
        for widget in (self.name, self.room, self.what, self.hint):
            card.body.addWidget(widget)
        self._add_buttons(card)
        card.body.addStretch(1)
        for waiting in (self.name, self.room, self.hint, self.more, self.put_down):
            waiting.hide()  # what is not shown yet asks for no room
        return card

    def _add_buttons(self, card: Card) -> None:
        self.empty = self._button(
            card, "stocktake-count-empty", "inventory_2", Kind.OUTLINED, self.empty_wanted, "F4"
        )
        self.unknown = self._button(
            card, "stocktake-count-unknown", "help", Kind.TEXT, self.unknown_wanted
        )
        self.before_main = card.body.count()
        self.more = self._button(card, "stocktake-count-more", "add", Kind.GREY, self.more_wanted)
        self.put_down = self._button(
            card, "stocktake-count-put-down", "undo", Kind.GREY, self.put_down_wanted
        )

    def _button(
        self,
        card: Card,
        key: str,
        icon: str,
        kind: Kind,
        signal: SignalInstance,
        shortcut: str = "",
    ) -> ActionButton:
        button = ActionButton(self.theme, self.words(key), kind=kind, icon=icon, key=shortcut)
        button.clicked.connect(signal)
        card.body.addWidget(button)
        return button

    def _build_places(self) -> QWidget:
        theme, words = self.theme, self.words
        part = QWidget()
        column = Column(theme, part, spacing=8)
        heads = [words(f"stocktake-count-{key}") for key in ("place", "found", "state")]
        self.model = CellRows(heads)
        self.table = Table(theme, words("stocktake-count-places"))
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.table.opened.connect(lambda row: self.place_wanted.emit(self._slots[row]))
        column.addWidget(self.table, 1)
        foot = Row(theme, margins=(8, 0, 8, 8), spacing=8)
        self.rest = ActionButton(
            theme, words("stocktake-count-rest"), kind=Kind.TEXT, icon="done_all"
        )
        self.rest.clicked.connect(self.rest_wanted)
        self.throw = ActionButton(
            theme, words("stocktake-count-throw"), kind=Kind.TEXT, icon="delete"
        )
        self.throw.clicked.connect(self.throw_wanted)
        foot.addWidget(self.rest)
        foot.addStretch(1)
        foot.addWidget(self.throw)
        column.addLayout(foot)
        return part

    def _build_pieces(self) -> Card:
        card = Card(self.theme, padding=0, spacing=0)
        card.setAccessibleName(self.words("stocktake-count-pieces"))
        inner = InnerScroll(self.theme, spacing=0)
        self.pieces = PieceRows(self.theme, self.words)
        self.pieces.changed.connect(self.piece_changed)
        inner.box.addWidget(self.pieces)
        inner.box.addStretch(1)
        card.body.addWidget(inner, 1)
        return card

    def _build_found(self) -> Card:
        theme, words = self.theme, self.words
        card = Card(theme, title=words("stocktake-count-hits"), icon="person_search", padding=0)
        self.results = SearchResults(theme, words("stocktake-count-hits"))
        self.results.picked.connect(self.resident_picked)
        self.nobody = EmptyState(
            theme, icon="person_search", title=" ", text=words("stocktake-count-nobody-how")
        )
        self.hits = ViewStack(self.results, self.nobody)
        card.body.addWidget(self.hits, 1)
        return card

    # --- showing ---------------------------------------------------------------------------------

    def show_counting(self, counting: Counting) -> None:
        """The count as it stands."""
        words, view = self.words, counting.view
        self.title.set(
            words("stocktake-count-title", cabinet=view.cabinet, number=str(view.number))
        )
        told = screen.progress_text(words, counting)
        self.progress.set(told)
        self.bar.show_part(counting.done, len(view.places), told)
        self._show_where(counting)
        self._show_places(counting)
        self.pieces.show_kinds(screen.kind_names(words, view))
        self.show_pieces(counting)
        card = self.places_card if counting.pouch is None else self.pieces_card
        self.right.setCurrentWidget(card)

    def _show_where(self, counting: Counting) -> None:
        words, pouch, place = self.words, counting.pouch, counting.place
        open_ = place is not None and not counting.complete
        looking = open_ and pouch is None
        self.slot.set(place.label if place is not None and open_ else "")
        place_parts: tuple[QWidget, ...] = (self.slot, self.mark)
        pouch_parts: tuple[QWidget, ...] = (self.name, self.room, self.more, self.put_down)
        for widget in place_parts:
            widget.setVisible(open_)
        for widget in pouch_parts:
            widget.setVisible(pouch is not None)
        self.here.setVisible(looking)
        self.empty.setVisible(looking and not counting.beside)
        self.unknown.setVisible(looking)
        self.hint.hide()
        if pouch is not None:
            self.name.set(pouch.name, pouch.kana, words("widgets-honorific"))
            self.room.set(room_text(words, pouch.room))
            self.room.setVisible(bool(pouch.room))
            self.what.set(words("stocktake-count-pieces"))
        elif not open_:
            done = words("stocktake-count-all"), words("stocktake-count-all-how")
            self.what.set("\n".join(done))
        else:
            key = "stocktake-count-beside" if counting.beside else "stocktake-count-scan"
            self.what.set(words(key))

    def _show_places(self, counting: Counting) -> None:
        places = counting.view.places
        rows = [screen.place_row(self.words, place) for place in places]
        looks = [
            ("warning-fill", "warn")
            if place.again
            else ("check_circle-fill", "ok")
            if place.marks
            else ("shelves", "text2")
            for place in places
        ]
        self._slots = [place.slot_id for place in places]
        self.model.show_rows(rows, looks)
        if counting.at in self._slots:
            row = self._slots.index(counting.at)
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, 0))
        self.rest.setVisible(any(not place.marks for place in places))

    def show_pieces(self, counting: Counting) -> None:
        """How many pieces of each kind; what was to be minded is past."""
        self.pieces.show_counts(counting.pieces)
        self.hint.hide()
        self.what.show()
        self.more.setVisible(counting.pouch is not None)

    def show_hint(self, title: str, text: str) -> None:
        """Something to mind, under the pouch; gone with the next change."""
        self.hint.set(Level.WARN, title, text)
        self.hint.show()
        self.what.hide()
        self.more.hide()
        self.ctx.announce(f"{title} {text}")

    def show_found(self, text: str, rows: Sequence[FoundResident]) -> None:
        """Whom the typed text may mean: name, kana and room, never the place."""
        words = self.words
        honorific = words("widgets-honorific")
        self.found_text = text
        self.results.show_hits(
            [
                Hit(row.id, f"{row.name}{honorific}", row.kana, room_text(words, row.room))
                for row in rows
            ]
        )
        self.nobody.title.set(words("stocktake-count-nobody", text=text))
        self.hits.setCurrentWidget(self.results if rows else self.nobody)
        self.right.setCurrentWidget(self.found_card)

    def leave_found(self) -> None:
        """Nothing is being searched any more."""
        if self.right.currentWidget() is self.found_card:
            self.right.setCurrentWidget(self.places_card)
