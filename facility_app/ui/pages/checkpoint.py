"""照合値を確かめる: does today's record still contain what a paper says?

The QR code of a report is scanned anywhere on the page, or its six words or its lines are typed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from facility_app.errors import Cancelled
from facility_app.services.checkpoint_check import PrintedVerdict, compare_printed
from facility_app.ui.context import UiContext
from facility_app.ui.lanes import Progress
from facility_app.ui.layouts import Columns, Row, settle
from facility_app.ui.page import Page
from facility_app.ui.pages.checkpoint_field import CheckpointField
from facility_app.ui.viewmodels.checkpoints import (
    VerdictWords,
    other_thing,
    other_words,
    tidied,
    verdict_words,
)
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card, Notice
from facility_app.ui.widgets.fields import LabeledField
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text

_TOP = Qt.AlignmentFlag.AlignTop
_WAYS = (("qr_code_scanner-fill", "scan"), ("call-fill", "words"), ("keyboard-fill", "type"))


class CheckpointPage(Page):
    """On top the verdict, below the field and what it is for."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        theme, words = self.theme, self.words
        self._checking: Progress | None = None
        self.verdict = Notice(theme, Level.NOTICE, words("checkpoints-begin"), size=32)
        self.content.addWidget(self.verdict)
        columns = Columns(theme, (1, 1))
        columns.add(self._build_input())
        columns.add(self._build_ways())
        self.content.addWidget(columns, 1)
        self.log_button = ActionButton(
            theme, words("checkpoints-to-log"), kind=Kind.GREY, icon="history"
        )
        self.log_button.clicked.connect(lambda: ctx.navigate("log"))
        self.check_button = ActionButton(
            theme, words("checkpoints-check"), kind=Kind.FILLED, icon="fact_check-fill",
            key="Enter", height=64,
        )  # fmt: skip
        self.check_button.clicked.connect(self.check)
        self.act_row.addWidget(self.log_button)
        self.act_row.addStretch(1)
        self.act_row.addWidget(self.check_button)
        ctx.session.changed.connect(self.forget)
        self.forget()

    def _build_input(self) -> QWidget:
        words = self.words
        card = Card(self.theme, spacing=12)
        self.field = CheckpointField(self.theme, hint=words("checkpoints-hint"))
        self.field.submitted.connect(self.check)
        self.field.textChanged.connect(self._look)
        card.body.addWidget(LabeledField(self.theme, words("checkpoints-field"), self.field))
        self.clear_button = ActionButton(
            self.theme, words("checkpoints-clear"), kind=Kind.GREY, icon="close"
        )
        self.clear_button.clicked.connect(self.forget)
        card.body.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addStretch(1)
        return card

    def _build_ways(self) -> QWidget:
        card = Card(self.theme, title=self.words("checkpoints-ways"), spacing=12)
        for icon, way in _WAYS:
            line = Row(self.theme, spacing=12)
            line.addWidget(IconLabel(self.theme, icon, size=28, tone="primary"), 0, _TOP)
            line.addWidget(Text(self.theme, self.words(f"checkpoints-way-{way}")), 1)
            card.body.addLayout(line)
        note = Text(self.theme, self.words("checkpoints-what"), size=16, tone="text2")
        card.body.addStretch(1)
        card.body.addWidget(note)
        return card

    # --- Page ------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """The field."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def scan(self, text: str) -> None:
        """The first line of a QR code that was scanned while the focus stood elsewhere."""
        self.field.go_on_with(text)

    def main_button(self) -> QAbstractButton | None:
        """Enter checks."""
        return self.check_button

    def forget(self) -> None:
        """An empty field, and no verdict of somebody else's paper."""
        self.field.clear()
        words = self.words
        self.verdict.set(Level.NOTICE, words("checkpoints-begin"), words("checkpoints-begin-text"))
        self._look()
        if self.isVisible() and self.ctx.session.unlocked:
            self.focus_first()

    # --- checking --------------------------------------------------------------------------------

    def check(self) -> None:
        """Hold what stands in the field against the record."""
        text = self.field.toPlainText()
        if self._checking is not None or not text.strip():
            return
        self.clear_problem()
        thing = other_thing(text)
        if thing is not None:
            self._say(other_words(self.words, thing))
            return
        self._checking = self.ctx.lane.run_long(
            self._job(tidied(text)), done=self._checked, failed=self._not_checked,
            what=self.words("checkpoints-checking"),
        )  # fmt: skip
        self._look()

    def _job(self, text: str) -> Callable[[Progress], PrintedVerdict]:
        office, actor, words = self.ctx.office, self.ctx.session.require(), self.words

        def job(progress: Progress) -> PrintedVerdict:
            def tell(done: int, whole: int) -> None:
                told = words("log-verifying-text", done=f"{done:,}", all=f"{whole:,}")
                progress.report(done / max(whole, 1), told)

            return compare_printed(office, actor, text, tell)

        return job

    def _checked(self, verdict: PrintedVerdict) -> None:
        self._checking = None
        self._look()
        if self.ctx.session.unlocked:
            self._say(verdict_words(self.words, verdict))

    def _not_checked(self, exc: Exception) -> None:
        self._checking = None
        self._look()
        if isinstance(exc, Cancelled):
            words = self.words
            told = words("checkpoints-stopped-text")
            self.verdict.set(Level.NOTICE, words("checkpoints-stopped"), told)
        else:
            self.ctx.show_error(exc, self)

    def _say(self, verdict: VerdictWords) -> None:
        """The verdict in large words; the next scan begins anew."""
        below = "\n".join(part for part in (verdict.text, verdict.made, verdict.todo) if part)
        self.verdict.set(Level(verdict.level), verdict.title, below)
        self.field.selectAll()
        if self.theme.compact:  # what has the focus is kept in view, and the verdict is above it
            self.check_button.setFocus(Qt.FocusReason.OtherFocusReason)
        settle(self.verdict)  # it has grown; the way up is measured after that
        self.area.verticalScrollBar().setValue(0)
        self.ctx.announce(verdict.spoken())

    def _look(self) -> None:
        why = "" if self.field.toPlainText().strip() else self.words("checkpoints-empty")
        if self._checking is not None:
            why = self.words("checkpoints-checking")
        self.check_button.block(why)
