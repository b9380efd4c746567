"""The cases: open ones with one button each, closed ones, and what can be started here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facility_app.domain.access import Permission
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Columns
from facility_app.ui.pages.desk_parts import InnerScroll
from facility_app.ui.viewmodels.lost import CaseRow
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.rows import LoanRow
from facility_app.ui.widgets.text import Text

REPORT_KEY = "F7"
"""Opens the report of a loss from every page; the window owns the shortcut."""


class LostHome(QWidget):
    """`case_wanted` carries a case's id."""

    case_wanted = Signal(int)
    report_wanted = Signal()
    drill_wanted = Signal()
    checklist_wanted = Signal()

    def __init__(self, ctx: UiContext, *, drills: bool = True) -> None:
        super().__init__()
        self.ctx, self.theme, self.words = ctx, ctx.theme, ctx.words
        self.buttons: list[ActionButton] = []
        words, theme = ctx.words, ctx.theme
        box = Column(theme, self)
        columns = Columns(theme, (8, 4))
        self.card = Card(theme, title=words("loss-open"), icon="search_off", padding=0, spacing=0)
        self.rows = InnerScroll(theme, spacing=0, margins=0)
        self.card.body.addWidget(self.rows, 1)
        columns.add(self.card)
        columns.add(self._build_start(drills))
        box.addWidget(columns, 1)

    def _build_start(self, drills: bool) -> Card:
        words, theme = self.words, self.theme
        start = Card(theme, title=words("loss-start"), icon="alarm-fill", spacing=12)
        start.body.addWidget(Text(theme, words("loss-start-how")))
        self.report = ActionButton(
            theme, words("loss-report"), kind=Kind.FILLED, icon="search_off", key=REPORT_KEY,
            height=64, size=20, shortcut=False,
        )  # fmt: skip
        self.report.clicked.connect(self.report_wanted)
        start.body.addWidget(self.report)
        start.body.addWidget(Text(theme, words("loss-report-key"), size=16, tone="text2"))
        start.body.addStretch(1)
        start.body.addWidget(Text(theme, words("loss-before"), bold=True))
        self.checklist = ActionButton(theme, words("loss-blank"), kind=Kind.GREY, icon="print")
        self.checklist.clicked.connect(self.checklist_wanted)
        self.drill = ActionButton(theme, words("loss-drill"), kind=Kind.GREY, icon="timer")
        self.drill.clicked.connect(self.drill_wanted)
        start.body.addWidget(self.checklist)
        start.body.addWidget(self.drill)
        self._drills = drills
        return start

    def show_cases(self, opened: Sequence[CaseRow], closed: Sequence[CaseRow]) -> None:
        """Open ones first; the closed ones under a line of their own."""
        words, session = self.words, self.ctx.session
        self.rows.clear()
        self.buttons = []
        self.card.set_count(
            str(len(opened)) if opened else "", words("widgets-cases") if opened else ""
        )
        for row in opened:
            self.rows.box.addWidget(self._row(row, Kind.OUTLINED, "loss-go"))
        if not opened:
            none = EmptyState(
                self.theme, icon="check_circle-fill", title=words("loss-none"),
                text=words("loss-none-how"),
            )  # fmt: skip
            self.rows.box.addWidget(none, 0 if closed else 1)
        if closed:
            head = QWidget()
            line = Column(self.theme, head, margins=(16, 16, 16, 8))
            line.addWidget(Text(self.theme, words("loss-closed"), size=20, bold=True))
            self.rows.box.addWidget(head)
            for row in closed:
                self.rows.box.addWidget(self._row(row, Kind.GREY, "loss-look"))
        self.rows.box.addStretch(1)
        may = session.may(Permission.REPORT_LOST)
        self.report.block("" if may else words("loss-no-right"))
        self.drill.setVisible(may and self._drills)

    def _row(self, row: CaseRow, kind: Kind, key: str) -> LoanRow:
        words = self.words
        button = ActionButton(self.theme, words(key), kind=kind)
        button.setAccessibleName(f"{words(key)} {row.who} {row.things}")
        button.clicked.connect(lambda: self.case_wanted.emit(row.case_id))
        self.buttons.append(button)
        return LoanRow(
            self.theme,
            head=row.head,
            side=row.side,
            chip=Chip(self.theme, row.left, Level(row.level)),
            name=row.who,
            lines=[("id_card-fill", row.things)],
            action=button,
        )
