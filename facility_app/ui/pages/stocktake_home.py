"""The cabinets of this month: how far each is, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from facility_app.domain.access import Permission
from facility_app.services.stocktake_views import StocktakeHome
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Columns, Row
from facility_app.ui.pages.desk_parts import InnerScroll
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels import stocktake as screen
from facility_app.ui.viewmodels.months import month_text
from facility_app.ui.viewmodels.stocktake import CabinetText, Step
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card, Notice
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.rows import ToDoRow
from facility_app.ui.widgets.steps import StepHeader
from facility_app.ui.widgets.text import Text

_FILLED = (Step.CONTINUE, Step.SECOND)


class CabinetRow(QFrame):
    """One cabinet: name and state, what comes next, the two counts; the button at the right."""

    def __init__(self, theme: Theme, cabinet: CabinetText, action: ActionButton | None) -> None:
        super().__init__()
        self.theme, self.action = theme, action
        row = Row(theme, self, margins=(16, 16, 16, 16), spacing=12)
        words = Column(theme, spacing=4)
        top = Row(theme, spacing=12)
        top.addWidget(Text(theme, cabinet.name, size=24, bold=True, wraps=False))
        top.addWidget(Chip(theme, cabinet.chip, Level(cabinet.level)))
        top.addStretch(1)
        words.addLayout(top)
        words.addWidget(Text(theme, cabinet.next))
        for count in cabinet.counts:
            words.addWidget(Text(theme, count, size=16, tone="text2"))
        row.addLayout(words, 1)
        if action is not None:
            row.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
        told = (cabinet.name, cabinet.chip, cabinet.next, *cabinet.counts)
        self.setAccessibleName(" ".join(told))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line below."""
        painter = QPainter(self)
        painter.setPen(self.theme.qcolor("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()


class HomePane(QWidget):
    """Left the cabinets, right how a stocktake goes, the count sheet, and earlier ones."""

    step_wanted = Signal(object)
    residents_wanted = Signal()
    sheet_wanted = Signal()
    stop_wanted = Signal()
    result_wanted = Signal(int)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.ctx, self.theme, self.words = ctx, ctx.theme, ctx.words
        self.buttons: dict[str, ActionButton] = {}
        box = Column(ctx.theme, self, spacing=16)
        self.homeless = self._build_homeless()
        box.addWidget(self.homeless)
        columns = Columns(ctx.theme, (7, 5))
        columns.add(self._build_cabinets())
        columns.add(self._build_side())
        box.addWidget(columns, 1)

    def _build_homeless(self) -> Notice:
        words = self.words
        go = ActionButton(self.theme, words("stocktake-home-homeless-go"), icon="groups")
        go.clicked.connect(self.residents_wanted)
        self.homeless_button = go
        notice = Notice(
            self.theme, Level.WARN, " ", words("stocktake-home-homeless-how"), action=go
        )
        notice.hide()
        return notice

    def _build_cabinets(self) -> Card:
        title = self.words("nav-stocktake")
        self.card = Card(self.theme, title=title, icon="shelves", padding=0, spacing=0)
        self.rows = InnerScroll(self.theme, spacing=0, margins=0)
        self.card.body.addWidget(self.rows, 1)
        return self.card

    def _build_side(self) -> QWidget:
        theme, words = self.theme, self.words
        side = InnerScroll(theme, spacing=16, margins=0)
        how = Card(theme, title=words("stocktake-home-how"), icon="checklist", spacing=8)
        for number in range(1, 5):
            how.body.addWidget(
                StepHeader(theme, str(number), words(f"stocktake-home-how-{number}"))
            )
        how.body.addWidget(Text(theme, words("stocktake-home-how-note"), tone="text2"))
        self.sheet = ActionButton(theme, words("stocktake-home-sheet"), icon="print")
        self.sheet.clicked.connect(self.sheet_wanted)
        how.body.addWidget(self.sheet)
        self.stop = ActionButton(theme, words("stocktake-home-stop"), kind=Kind.TEXT, icon="close")
        self.stop.clicked.connect(self.stop_wanted)
        how.body.addWidget(self.stop)
        side.box.addWidget(how)
        earlier = Card(theme, title=words("stocktake-home-earlier"), icon="history", padding=0)
        self.earlier = Column(theme, spacing=0)
        earlier.body.addLayout(self.earlier)
        side.box.addWidget(earlier)
        side.box.addStretch(1)
        return side

    # --- showing ---------------------------------------------------------------------------------

    def show_home(self, home: StocktakeHome) -> None:
        """Show this state as the unlocked person sees it."""
        words, session = self.words, self.ctx.session
        actor = session.require()
        title = words("stocktake-home-month", month=month_text(words, home.month))
        if self.card.title is not None:
            self.card.title.set(title)
        rights = actor.rights(self.ctx.now())
        self._show_cabinets(screen.cabinet_texts(words, home, actor.staff_id, rights))
        told = words("stocktake-home-homeless", count=str(home.homeless))
        self.homeless.set(Level.WARN, told, words("stocktake-home-homeless-how"))
        self.homeless.setVisible(bool(home.homeless))
        may_count = Permission.COUNT_STOCKTAKE in rights
        self.sheet.setVisible(may_count and bool(home.cabinets))
        self.stop.setVisible(
            Permission.APPROVE_STOCKTAKE in rights and bool(screen.stoppable(words, home))
        )
        self._show_earlier([screen.earlier_text(words, row) for row in home.earlier])

    def all_buttons(self) -> list[ActionButton]:
        """The buttons of the cabinets, from the top."""
        return list(self.buttons.values())

    def _show_cabinets(self, cabinets: Sequence[CabinetText]) -> None:
        self.rows.clear()
        self.buttons = {}
        for cabinet in cabinets:
            self.rows.box.addWidget(self._row(cabinet))
        if not cabinets:
            words = self.words
            empty = EmptyState(
                self.theme,
                icon="shelves",
                title=words("stocktake-home-none"),
                text=words("stocktake-home-none-how"),
            )
            self.rows.box.addWidget(empty, 1)
        self.rows.box.addStretch(1)

    def _row(self, cabinet: CabinetText) -> CabinetRow:
        button = None
        if cabinet.step is not Step.NONE:
            kind = Kind.FILLED if cabinet.step in _FILLED else Kind.OUTLINED
            text = self.words(f"stocktake-step-{cabinet.step.value}")
            button = ActionButton(self.theme, text, kind=kind)
            button.setAccessibleName(f"{text} {cabinet.name}")
            button.clicked.connect(lambda: self.step_wanted.emit(cabinet))
            self.buttons[cabinet.line.cabinet] = button
        return CabinetRow(self.theme, cabinet, button)

    def _show_earlier(self, rows: Sequence[tuple[str, str]]) -> None:
        while (item := self.earlier.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for title, text in rows:
            self.earlier.addWidget(ToDoRow(self.theme, Level.OK, title, text, icon="fact_check"))
        if not rows:
            none = Text(self.theme, self.words("stocktake-home-earlier-none"), tone="text2")
            line = Column(self.theme, margins=16)
            line.addWidget(none)
            holder = QWidget()
            holder.setLayout(line)
            self.earlier.addWidget(holder)
