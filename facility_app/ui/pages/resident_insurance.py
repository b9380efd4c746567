"""Tab 保険・受付 of a resident: what is known of the insurance, and how they are accepted today."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from facility_app.domain.access import Permission
from facility_app.services.insurance_facts import InsuranceView, insurance_of
from facility_app.services.resident_data import ResidentView
from facility_app.services.window_plan import ResidentPlan, plan_for
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.insurance import InsuranceDialog
from facility_app.ui.layouts import Column, Columns, Row, Sized
from facility_app.ui.pages.visits_ways import WaysPanel
from facility_app.ui.viewmodels.insurance import fact_lines
from facility_app.ui.widgets.button import ActionButton
from facility_app.ui.widgets.card import Card, Notice
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text


class InsuranceTab(QWidget):
    """Facts at the left, 受付方法 at the right; read when a resident is shown."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.ctx, self.words = ctx, ctx.words
        self.view: InsuranceView | None = None
        self._resident: ResidentView | None = None
        box = Column(ctx.theme, self, spacing=0)
        columns = Columns(ctx.theme, (1, 1))
        columns.add(self._build_facts())
        self.ways = WaysPanel(ctx, scrolls=False)
        right = QWidget()
        side = Column(ctx.theme, right, spacing=0)
        side.addWidget(self.ways)
        side.addStretch(1)
        columns.add(right)
        box.addWidget(columns)
        box.addStretch(1)

    def _build_facts(self) -> QWidget:
        words, theme = self.words, self.ctx.theme
        left = QWidget()
        column = Column(theme, left, spacing=16)
        card = Card(theme, title=words("insurance-card"), padding=16, spacing=8)
        self.edit = ActionButton(theme, words("residents-edit"), icon="edit")
        self.edit.clicked.connect(self._edit)
        if card.head is not None:
            card.head.addWidget(self.edit)
        self.question = Notice(theme, Level.WARN, " ")
        self.question.hide()
        card.body.addWidget(self.question)
        self._facts = Column(theme, spacing=6)
        card.body.addLayout(self._facts)
        column.addWidget(card)
        column.addStretch(1)
        return left

    def show_view(self, view: ResidentView) -> None:
        """Read what is known of this resident."""
        self._resident = view
        self.edit.setVisible(self.ctx.session.may(Permission.MANAGE_RESIDENTS))
        may = self.ctx.session.may(Permission.VIEW_DESK)
        self.ways.setVisible(may)

        def both(reading: Any) -> tuple[InsuranceView, ResidentPlan | None]:
            plan = plan_for(reading, view.id, view.today) if may else None
            return insurance_of(reading, view.id), plan

        self.ctx.ask(both, done=partial(self._show_for, view.id), failed=self._failed)

    def _show_for(self, resident_id: int, both: tuple[InsuranceView, ResidentPlan | None]) -> None:
        """An answer that came after somebody else was opened is dropped."""
        if self._resident is not None and self._resident.id == resident_id:
            self._show(*both)

    def _show(self, view: InsuranceView, plan: ResidentPlan | None) -> None:
        self.view = view
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        lines, question = fact_lines(self.words, view, plan)
        for label, value, known in lines:
            self._facts.addWidget(self._line(label, value, known))
        self.question.setVisible(bool(question))
        if question:
            self.question.set(Level.WARN, question)
        if plan is not None:
            self.ways.show_plan(plan)

    def _line(self, label: str, value: str, known: bool) -> QWidget:
        theme = self.ctx.theme
        box = QWidget()
        row = Row(theme, box, spacing=12)
        name = Text(theme, label, tone="text2")
        Sized(theme, name, width=200)
        row.addWidget(name)
        row.addWidget(Text(theme, value, bold=known, tone="text" if known else "text2"), 1)
        return box

    def _edit(self) -> None:
        if self.view is None or self._resident is None:
            return
        resident = self._resident
        dialog = InsuranceDialog(self.ctx, self.view, resident.form.name)
        dialog.recorded.connect(lambda _done: self.show_view(resident))
        dialog.start()

    def _failed(self, exc: Exception) -> None:
        self.ctx.show_error(exc, self)
