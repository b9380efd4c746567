"""返却: who, what should come back, and where it belongs; the button belongs to the page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facility_app.services.desk import DeskResident
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Columns, Row
from facility_app.ui.pages.desk_back_row import BackLine
from facility_app.ui.pages.desk_parts import InnerScroll, ResidentCard
from facility_app.ui.viewmodels.desk import due_text, is_late, late_text
from facility_app.ui.viewmodels.sign_in import BackForm
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card, Notice
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.panel import Panel
from facility_app.ui.widgets.scan_field import ScanField
from facility_app.ui.widgets.text import Text


class BackView(QWidget):
    """Three columns; `changed` after every change, `submitted` when the slot was scanned."""

    changed = Signal()
    submitted = Signal()
    hand_over_wanted = Signal()
    correct_wanted = Signal()
    sign_out_wanted = Signal()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.ctx, self.theme, self.words = ctx, ctx.theme, ctx.words
        self.form: BackForm | None = None
        box = Column(ctx.theme, self)
        columns = Columns(ctx.theme, (4, 6, 4))
        columns.add(self._build_person())
        columns.add(self._build_items())
        columns.add(self._build_slot())
        box.addWidget(columns, 1)

    def _build_person(self) -> QWidget:
        words, theme = self.words, self.theme
        self.left = InnerScroll(theme, spacing=12, margins=0)
        self.person = ResidentCard(theme, words)
        self.left.box.addWidget(self.person)
        loan = Card(theme)
        self.due = Text(theme, size=20, bold=True)
        self.chip = Chip(theme, "", Level.LATE)
        self.out = Text(theme)
        self.to = Text(theme)
        for widget in (self.chip, self.due, self.out, self.to):
            loan.body.addWidget(widget)
        self.left.box.addWidget(loan)
        for name, key, icon, signal in (
            ("hand_over", "desk-handover", "handshake", self.hand_over_wanted),
            ("correct", "desk-extend", "edit", self.correct_wanted),
            ("sign_out", "desk-to-sign-out", "output", self.sign_out_wanted),
        ):
            button = ActionButton(theme, words(key), kind=Kind.GREY, icon=icon, bold=False)
            button.clicked.connect(signal)
            setattr(self, name, button)
            self.left.box.addWidget(button)
        self.left.box.addStretch(1)
        return self.left

    hand_over: ActionButton
    correct: ActionButton
    sign_out: ActionButton

    def _build_items(self) -> QWidget:
        words, theme = self.words, self.theme
        card = Card(theme, padding=8)
        head = Row(theme, margins=(8, 8, 8, 0), spacing=6)
        head.addWidget(Text(theme, words("desk-back-items"), size=20, bold=True, wraps=False))
        head.addStretch(1)
        self.count = Text(theme, size=24, bold=True, wraps=False)
        self.of = Text(theme, tone="text2", wraps=False)
        head.addWidget(self.count)
        head.addWidget(self.of)
        card.body.addLayout(head)
        self.all = ActionButton(theme, words("desk-back-all"), icon="done_all", key="F4")
        self.all.clicked.connect(self.tick_all)
        foot = Row(theme, margins=(8, 0, 8, 8))
        foot.addWidget(self.all, 1)
        card.body.addLayout(foot)
        self.lines = InnerScroll(theme)
        card.body.addWidget(self.lines, 1)
        self.rows: dict[int, BackLine] = {}
        return card

    def _build_slot(self) -> QWidget:
        words, theme = self.words, self.theme
        card = Card(theme)
        card.body.addWidget(Text(theme, words("desk-back-slot"), size=20, bold=True))
        self.slot = ScanField(theme, words("desk-back-slot-hint"), icon="shelves", height=64)
        self.slot.textChanged.connect(self._write_slot)
        self.slot.scanned.connect(lambda _text: self.submitted.emit())
        self.wrong = Notice(theme, Level.BLOCK, words("desk-back-slot-wrong"))
        self.wrong.hide()
        card.body.addWidget(self.wrong)
        card.body.addWidget(self.slot)
        self.right = Panel(theme, padding=16, spacing=4)
        self.right.body.addWidget(Text(theme, words("desk-back-slot-right"), tone="text2"))
        row = Row(theme, spacing=12)
        row.addWidget(IconLabel(theme, "shelves", size=45))
        self.right_slot = Text(theme, size=45, bold=True, tabular=True)
        row.addWidget(self.right_slot, 1)
        self.right.body.addLayout(row)
        card.body.addWidget(self.right)
        self.go = Text(theme, words("desk-back-slot-go"), bold=True)
        self.go.hide()
        card.body.addWidget(self.go)
        card.body.addStretch(1)
        self.why = card
        return card

    # --- showing ---------------------------------------------------------------------------------

    def show_form(self, form: BackForm, resident: DeskResident, *, more_in_safe: bool) -> None:
        """Another loan."""
        self.form = form
        words, loan = self.words, form.loan
        now = self.ctx.now()
        self.person.show_resident(resident)
        late = is_late(loan)
        self.chip.set(late_text(words, loan) if late else "", Level.LATE)
        self.chip.setVisible(late)
        self.due.set(words("desk-back-due", until=due_text(words, loan.due_at, now)))
        out = due_text(words, loan.out_at, now)
        self.out.set(words("desk-back-loan", holder=loan.holder, time=out))
        where = loan.destination or loan.purpose
        self.to.set(words("desk-back-to", destination=where) if where else "")
        self.to.setVisible(bool(where))
        self.sign_out.setVisible(more_in_safe)
        self.slot.clear()
        self.slot.setVisible(form.asks_slot)
        self.right_slot.set(loan.slot)
        self.right.setVisible(form.asks_slot)
        self.show_wrong("")
        self._fill_lines(form)
        self._tell()

    def _fill_lines(self, form: BackForm) -> None:
        self.lines.clear()
        self.rows.clear()
        for row in form.rows:
            line = BackLine(self.theme, self.words, row)
            line.counted.connect(lambda n, id_=row.item_id: self._count(id_, n))
            line.looks.connect(lambda looks, id_=row.item_id: self._looks(id_, looks))
            self.rows[row.item_id] = line
            self.lines.box.addWidget(line)
        self.lines.box.addStretch(1)

    def show_wrong(self, undone: str) -> None:
        """The scanned slot is not the pouch's: say so beside the right one, which stands in 45.

        `undone`: what was not recorded; empty = nothing is wrong.
        """
        self.wrong.set(Level.BLOCK, self.words("desk-back-slot-wrong"), undone)
        self.wrong.setVisible(bool(undone))
        self.go.setVisible(bool(undone))
        if undone:
            self.slot.selectAll()
            self.slot.setFocus()

    def _tell(self) -> None:
        form, words = self.form, self.words
        if form is None:
            return
        for row in form.rows:
            self.rows[row.item_id].show_row(row)
        self.count.set(words("desk-pieces", count=str(form.count())))
        self.of.set(words("desk-back-of", count=str(len(form.rows))))
        self.changed.emit()

    # --- changes by the person -------------------------------------------------------------------

    def tick_all(self) -> None:
        """Everything is there; next comes the slot."""
        if self.form is not None:
            self.form.tick_all()
            self._tell()
            if self.form.asks_slot:
                self.slot.setFocus()

    def _count(self, item_id: int, count: int) -> None:
        if self.form is not None:
            self.form.set_count(item_id, count)
            self._tell()

    def _looks(self, item_id: int, looks: object) -> None:
        if self.form is not None and looks is not None:
            self.form.set_condition(item_id, looks)  # type: ignore[arg-type]  # a signal carries object
            self.changed.emit()

    def _write_slot(self, text: str) -> None:
        if self.form is not None:
            self.form.slot = text
            self.wrong.hide()
            self.go.hide()
            self.changed.emit()
