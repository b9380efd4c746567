"""The desk while it waits for a scan: what to do, the last five acts, what is out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from facility_app.domain.access import Permission
from facility_app.services.acts import DeskAct, RecentAct
from facility_app.services.desk_choices import DeskHome
from facility_app.services.loans import LoanView
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Columns
from facility_app.ui.pages.desk_parts import InnerScroll
from facility_app.ui.viewmodels.desk import (
    head_text,
    is_late,
    late_text,
    number_text,
    room_text,
)
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.rows import LoanRow, ToDoRow

_ICONS = {
    DeskAct.SIGNED_OUT: "output",
    DeskAct.SIGNED_IN: "input",
    DeskAct.HANDED_OVER: "handshake",
    DeskAct.RELEASED: "e911_emergency",
    DeskAct.HANDED_BACK: "assignment_return",
    DeskAct.CORRECTED: "edit",
}


class IdleView(QWidget):
    """Two cards: what is out, the last acts."""

    loan_picked = Signal(object)
    correction_wanted = Signal(object)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.ctx, self.theme, self.words = ctx, ctx.theme, ctx.words
        words = ctx.words
        box = Column(ctx.theme, self)
        columns = Columns(ctx.theme, (1, 1))
        self.out = Card(ctx.theme, title=words("desk-open-loans"), icon="output", padding=0)
        self.loans = InnerScroll(ctx.theme, spacing=0, margins=0)
        self.out.body.addWidget(self.loans, 1)
        self.acts = Card(ctx.theme, title=words("desk-recent"), icon="history", padding=0)
        self.recent = InnerScroll(ctx.theme, spacing=0, margins=0)
        self.acts.body.addWidget(self.recent, 1)
        columns.add(self.out)
        columns.add(self.acts)
        box.addWidget(columns, 1)

    def show_home(self, home: DeskHome) -> None:
        """Show this state."""
        self._show_loans(home.loans)
        self._show_recent(home.recent, {int(loan.id): loan for loan in home.loans})

    def _show_loans(self, loans: Sequence[LoanView]) -> None:
        words = self.words
        self.loans.clear()
        self.out.set_count(str(len(loans)), words("widgets-cases"))
        for loan in loans:
            self.loans.box.addWidget(self._loan_row(loan))
        if not loans:
            empty = EmptyState(
                self.theme,
                icon="inventory_2",
                title=words("desk-ready-title"),
                text=words("desk-ready-text"),
            )
            self.loans.box.addWidget(empty, 1)
        self.loans.box.addStretch(1)

    def _loan_row(self, loan: LoanView) -> LoanRow:
        words = self.words
        chip = None
        if is_late(loan):
            chip = Chip(self.theme, late_text(words, loan), Level.LATE)
        elif loan.emergency:
            chip = Chip(self.theme, words("desk-emergency"), Level.DANGER)
        button = ActionButton(self.theme, words("desk-return"))
        button.setAccessibleName(f"{words('desk-return')} {loan.name}")
        button.clicked.connect(lambda: self.loan_picked.emit(loan))
        return LoanRow(
            self.theme,
            head=head_text(words, loan.due_at, self.ctx.now()),
            side=words("today-until") if chip is None else "",
            chip=chip,
            name=loan.name,
            honorific=words("widgets-honorific"),
            room=room_text(words, loan.room),
            lines=[("location_on-fill", loan.destination or loan.purpose)]
            if loan.destination or loan.purpose
            else [],
            action=button,
        )

    def _show_recent(self, acts: Sequence[RecentAct], loans: dict[int, LoanView]) -> None:
        words = self.words
        self.recent.clear()
        for act in acts:
            loan = loans.get(int(act.loan_id)) if act.loan_id is not None else None
            self.recent.box.addWidget(self._act_row(act, loan))
        if not acts:
            empty = EmptyState(
                self.theme,
                icon="history",
                title=words("desk-recent-none"),
                text=words("desk-recent-none-how"),
            )
            self.recent.box.addWidget(empty, 1)
        self.recent.box.addStretch(1)

    def _act_row(self, act: RecentAct, loan: LoanView | None) -> ToDoRow:
        words = self.words
        honorific = words("widgets-honorific")
        button = None
        if loan is not None and self.ctx.session.may(Permission.CORRECT_RECORD):
            button = ActionButton(self.theme, words("desk-correct"), kind=Kind.GREY, icon="edit")
            button.setAccessibleName(f"{words('desk-correct')} {act.name}")
            button.clicked.connect(lambda: self.correction_wanted.emit(loan))
        level = Level.DANGER if act.act is DeskAct.RELEASED else Level.NOTICE
        row = ToDoRow(
            self.theme,
            level,
            f"{words.term(act.act)}  {act.name}{honorific}",
            f"{number_text(words, act.seq)}  "
            + words("desk-recent-by", time=words.clock(act.at), actor=act.actor),
            button,
            icon=_ICONS[act.act],
        )
        row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return row
