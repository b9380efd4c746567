"""The ways from the record to its reports, reviews and charts, and a paper held against it."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from facility_app.domain.access import Permission
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row
from facility_app.ui.widgets.button import ActionButton, Kind


class LogWays(QWidget):
    """The report is what most people come for; the rarer ways stand below it."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        theme, words = ctx.theme, ctx.words
        self.ctx = ctx
        self.reports = ActionButton(theme, words("log-reports"), icon="description-fill")
        self.charts = ActionButton(theme, words("log-charts"), kind=Kind.GREY, icon="bar_chart")
        self.checkpoint = ActionButton(
            theme, words("log-checkpoint"), kind=Kind.GREY, icon="qr_code_scanner"
        )
        self.review = ActionButton(theme, words("nav-review"), kind=Kind.GREY, icon="fact_check")
        column = Column(theme, self, spacing=8)
        column.addWidget(self.reports)
        column.addWidget(self.review)
        row = Row(theme, spacing=8)
        row.addWidget(self.charts, 2)
        row.addWidget(self.checkpoint, 3)
        column.addLayout(row)
        for button, key in (
            (self.reports, "reports"),
            (self.review, "review"),
            (self.charts, "charts"),
            (self.checkpoint, "checkpoint"),
        ):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _c=False, key=key: ctx.navigate(key))

    def look(self) -> None:
        """Buttons stand only where they may be pressed."""
        self.checkpoint.setVisible(self.ctx.session.may(Permission.VERIFY_LOG))
        self.review.setVisible(self.ctx.session.may(Permission.REVIEW_RECORD))
