"""One check on the screen: verdict, what the chip said, findings, the next act."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Columns, Row
from facility_app.ui.page import Page
from facility_app.ui.pages.card_check_chip import ChipCard
from facility_app.ui.pages.card_check_finding import FindingRow
from facility_app.ui.pages.card_check_parts import VerdictBand, WhoRow
from facility_app.ui.pages.desk_parts import InnerScroll
from facility_app.ui.viewmodels.card_findings import FindingText
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.text import Text

_TOP = Qt.AlignmentFlag.AlignTop
WITHOUT_NAME, WITH_NAME = 608, 656
"""Design pixels of the page's height from which everything fits under each other."""


class ResultView(QWidget):
    """`acted` carries the `Act` of a finding; the buttons belong to the page."""

    acted = Signal(object)

    def __init__(self, ctx: UiContext, page: Page) -> None:
        super().__init__()
        self.ctx, self.theme, self.words = ctx, ctx.theme, ctx.words
        self._page = page
        box = Column(ctx.theme, self, spacing=16)
        self.who, self.band = WhoRow(ctx), VerdictBand(ctx)
        top = Column(ctx.theme, spacing=8)
        top.addWidget(self.who)
        top.addWidget(self.band)
        box.addLayout(top)
        columns = Columns(ctx.theme, (13, 15), upwards=True)
        self.chip = ChipCard(ctx)
        columns.add(self.chip)
        columns.add(self._build_right())
        box.addWidget(columns, 1)
        self._in_bar: bool | None = None
        self.rows: list[FindingRow] = []
        self.findings_shown: Sequence[FindingText] = ()
        self.facts_shown: tuple[object, object] = ((), ())
        ctx.theme.changed.connect(self.place_main)

    def _build_right(self) -> QWidget:
        theme, words = self.theme, self.words
        right = QWidget()
        self._right = Column(theme, right, spacing=16)
        card = Card(theme, padding=0, spacing=0)
        self.list = InnerScroll(theme, spacing=0, margins=0)
        self.list.setAccessibleName(words("check-findings"))
        card.body.addWidget(self.list, 1)
        card.body.addWidget(self._build_unknowable())
        self._right.addWidget(card, 1)
        self.main = ActionButton(
            theme, words("check-choose"), kind=Kind.FILLED, icon="person_check-fill",
            key="Enter", height=64,
        )  # fmt: skip
        self.main.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return right

    def _build_unknowable(self) -> QWidget:
        """What no reader at hand can tell, always in the same place."""
        theme, words = self.theme, self.words
        box = QWidget()
        column = Column(theme, box, margins=(16, 8, 16, 12), spacing=0)
        head = Row(theme, spacing=6)
        head.addWidget(IconLabel(theme, "help", size=20, tone="text2"), 0, _TOP)
        head.addWidget(Text(theme, words("check-unknowable"), size=16, bold=True, tone="text2"), 1)
        column.addLayout(head)
        column.addWidget(Text(theme, words("check-unknowable-text"), size=16, tone="text2"))
        return box

    def place_main(self) -> None:
        """Below the findings; in the bar where it would be scrolled away there."""
        focused = self.main.hasFocus()
        least = WITH_NAME if self.who.isVisibleTo(self) else WITHOUT_NAME
        low = self._page.height() < self.theme.px(least)
        in_bar = self.theme.compact or low
        if in_bar is not self._in_bar:
            self._in_bar = in_bar
            if in_bar:
                self._page.bar.row.addWidget(self.main, 1)
            else:
                self._right.addWidget(self.main)
        self._page.bar.setVisible(in_bar and self.isVisibleTo(self._page))
        self.main.show()
        if focused:
            self.main.setFocus()

    def spoken(self) -> str:
        """Whose card, and what came out, for a screen reader."""
        who = self.who.accessibleName() if self.who.isVisibleTo(self) else ""
        return " ".join(part for part in (who, self.band.accessibleName()) if part)

    def show_findings(self, findings: Sequence[FindingText]) -> None:
        """Other findings, gravest first."""
        self.list.clear()
        self.rows = []
        for each in findings:
            row = FindingRow(self.ctx, each)
            row.acted.connect(self.acted)
            self.rows.append(row)
            self.list.box.addWidget(row)
        self.list.box.addStretch(1)
        self.list.verticalScrollBar().setValue(0)
