"""How often PINs were shown, month by month, and how to bring that to none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from facility_app.services.pin_views import PinMonth, ResidentWays
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Grid, Row
from facility_app.ui.pages.settings_part import clear
from facility_app.ui.viewmodels.pin_setup import other_ways
from facility_app.ui.viewmodels.pins import month_lines
from facility_app.ui.widgets.button import ActionButton
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.text import Text

_RIGHT, _MIDDLE = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter
SHOWN = 6
"""Months; the rest stands in the reports."""


class MonthsCard(Card):
    """Figures by month, then for each resident whose PIN is held a way without it."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx.theme, title=ctx.words("pin-months-title"), icon="bar_chart")
        self.ctx, self.words = ctx, ctx.words
        self.table = Column(ctx.theme, spacing=0)
        self.body.addLayout(self.table)
        self.body.gap(8)
        self.body.addWidget(Text(ctx.theme, self.words("pin-other-ways-title"), size=20, bold=True))
        self.body.addWidget(Text(ctx.theme, self.words("pin-other-ways-what"), tone="text2"))
        self.people = Column(ctx.theme, spacing=8)
        self.body.addLayout(self.people)
        self.body.addStretch(1)

    def show_months(self, months: Iterable[PinMonth]) -> None:
        """The last six, newest on top."""
        clear(self.table)
        box = QWidget()
        grid = Grid(self.ctx.theme, box, spacing=4)
        heads = ("pin-months-month", "pin-months-presented", "pin-months-revealed")
        for column, key in enumerate(heads):
            head = Text(self.ctx.theme, self.words(key), size=16, tone="text2", wraps=False)
            grid.addWidget(head, 0, column, _RIGHT if column else _MIDDLE)
        for row, line in enumerate(month_lines(self.words, months)[:SHOWN], 1):
            grid.addWidget(Text(self.ctx.theme, line.month, wraps=False), row, 0)
            for column, count in ((1, line.presented), (2, line.revealed)):
                tone = "warn_text" if column == 2 and count else "text"
                figure = Text(
                    self.ctx.theme, str(count), bold=bool(count), tabular=True, tone=tone,
                    align=_RIGHT,
                )  # fmt: skip
                grid.addWidget(figure, row, column)
        grid.setColumnStretch(0, 1)
        for column in (1, 2):
            grid.setColumnMinimumWidth(column, self.ctx.theme.px(88))
        self.table.addWidget(box)

    def show_ways(self, residents: Sequence[ResidentWays]) -> None:
        """What would make each PIN unnecessary."""
        clear(self.people)
        ways = other_ways(self.words, residents)
        for each in ways:
            box = QWidget()
            row = Row(self.ctx.theme, box, spacing=12)
            said = Column(self.ctx.theme, spacing=0)
            honorific = self.words("widgets-honorific")
            said.addWidget(Text(self.ctx.theme, f"{each.name} {honorific}", bold=True))
            said.addWidget(Text(self.ctx.theme, each.text, size=16, tone="text2"))
            row.addLayout(said, 1)
            opened = ActionButton(self.ctx.theme, self.words("pin-other-ways-open"))
            opened.setAccessibleName(f"{self.words('pin-other-ways-open')} {each.name}")
            opened.clicked.connect(
                lambda _c=False, who=each.resident_id: self.ctx.navigate("residents", resident=who)
            )
            row.addWidget(opened)
            self.people.addWidget(box)
        if not ways:
            self.people.addWidget(Text(self.ctx.theme, self.words("pin-none-title"), tone="text2"))
