"""漏えい等の確認: four questions, both days of each report, and whom to ask.

It always ends in 要確認: the program never says whether a report is due.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.dates import parse_date
from facility_app.domain.leak import LeakAnswer, LeakClass, LeakDecision
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_leak import AssessLeak, assess_leak, leak_deadlines
from facility_app.services.lost_views import LostCaseView
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog, Box
from facility_app.ui.layouts import Column, Columns, Row
from facility_app.ui.viewmodels.lost_leak import ask_lines, deadline_lines
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.date_field import DateField
from facility_app.ui.widgets.fields import AreaField, LabeledField, TextField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text


class LeakDialog(ActDialog):
    """Answers at the left, the clock and what people decided at the right."""

    def __init__(self, ctx: UiContext, book: LostBook, case: LostCaseView) -> None:
        words, theme = ctx.words, ctx.theme
        super().__init__(ctx, title=words("loss-leak-title"), icon="rule")
        self.book, self.case = book, case
        self.answers: dict[str, ReasonButtons] = {}
        columns = Columns(theme, (1, 1), spacing=24)
        columns.add(self._build_questions())
        columns.add(self._build_clock())
        self.body.addWidget(columns)
        self.set_main(words("loss-leak-go"), "check")
        self.add_note("history_edu", words("loss-leak-note"))
        for buttons in self.answers.values():
            buttons.chosen.connect(self._show)
        self.known.changed.connect(self._show)
        self.decision.chosen.connect(self._show)
        self._show()

    def _build_questions(self) -> Box:
        box = Box(self.theme, spacing=12)
        kept = self.case.leak.answers if self.case.leak is not None else {}
        for number, each in enumerate(self.book.leak.classes, 1):
            box.column.addWidget(self._question(number, each, kept.get(each.code)))
        box.column.addStretch(1)
        return box

    def _question(self, number: int, each: LeakClass, kept: LeakAnswer | None) -> QWidget:
        words, theme = self.words, self.theme
        place = QWidget()
        column = Column(theme, place, spacing=4)
        question = words(
            "loss-leak-question", number=str(number), question=each.question.of(words.language)
        )
        column.addWidget(Text(theme, question, bold=True))
        column.addWidget(Text(theme, each.help.of(words.language), size=16, tone="text2"))
        buttons = ReasonButtons(theme, question, columns=3)
        buttons.set_choices([(answer.value, words.term(answer)) for answer in LeakAnswer])
        buttons.choose((kept or LeakAnswer.UNKNOWN).value)
        self.answers[each.code] = buttons
        column.addWidget(buttons)
        return place

    def _build_clock(self) -> Box:
        words, theme = self.words, self.theme
        box, leak = Box(theme, spacing=12), self.case.leak
        self.known = DateField(
            theme,
            parse=parse_date,
            show=words.day,
            problem=lambda exc: str(words.error(exc).what),
            hint=words("residents-date-hint"),
        )
        self.known.set_date(leak.known_on if leak else local_date(self.case.noticed_at))
        box.column.addWidget(LabeledField(theme, words("loss-known-on"), self.known))
        self.days = QWidget()
        self._days = Column(theme, self.days, spacing=4)
        box.column.addWidget(self.days)
        self.verdict = Notice(theme, Level.WARN, words("loss-leak-ask"), " ")
        box.column.addWidget(self.verdict)
        self.source = Text(theme, " ", size=16, tone="text2")
        box.column.addWidget(Text(theme, words("loss-decision"), bold=True))
        self.decision = ReasonButtons(theme, words("loss-decision"), columns=3)
        self.decision.set_choices([(each.value, words.term(each)) for each in LeakDecision])
        self.decision.choose((leak.decision if leak else LeakDecision.ASKING).value)
        box.column.addWidget(self.decision)
        self.consulted = AreaField(theme, hint=words("loss-consulted-hint"), lines=2)
        self.consulted.setPlainText(leak.consulted if leak else "")
        box.column.addWidget(LabeledField(theme, words("term-field-consulted"), self.consulted))
        self.decided = TextField(theme, icon="person")
        self.decided.setText(leak.decided_by if leak else "")
        box.column.addWidget(LabeledField(theme, words("term-field-decided-by"), self.decided))
        if not self.ctx.session.may(Permission.MANAGE_LOST):
            self.decision.setEnabled(False)
            box.column.addWidget(Text(theme, words("loss-decision-manager"), size=16, tone="text2"))
        box.column.addWidget(self.source)
        box.column.addStretch(1)
        return box

    def start(self) -> None:
        """Show it, on the first question."""
        first = next(iter(self.answers.values()))
        self.open(first.button(first.value()))

    def given(self) -> dict[str, LeakAnswer]:
        """The answers by code."""
        return {code: LeakAnswer(buttons.value()) for code, buttons in self.answers.items()}

    def _show(self, _value: object = None) -> None:
        words, known = self.words, self.known.date_or_none()
        while (item := self._days.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if known is not None:
            self._show_days(known)
        asks = ask_lines(words, self.book, self.given())
        self.verdict.set(Level.WARN, words("loss-leak-ask"), "\n".join(asks[:2]))
        self.source.set("\n".join(asks[2:]))
        if self.main is not None and not self.sending:
            self.main.block("" if known is not None else words("loss-known-missing"))

    def _show_days(self, known: date) -> None:
        theme = self.theme
        days = leak_deadlines(self.book, self.given(), known)
        for label, value, note in deadline_lines(self.words, self.book, days):
            line = QWidget()
            row = Row(theme, line, spacing=12)
            row.addWidget(Text(theme, label, wraps=False))
            told = Column(theme, spacing=0)
            told.addWidget(Text(theme, value, size=20, bold=True))
            told.addWidget(Text(theme, note, size=16, tone="text2"))
            row.addLayout(told, 1)
            self._days.addWidget(line)

    def act(self) -> None:
        """Keep the answers, and the decision where one was made."""
        known = self.known.date_or_none()
        if known is None:
            return
        self.send(
            assess_leak,
            self.book,
            AssessLeak(
                self.case.id,
                self.given(),
                known,
                LeakDecision(self.decision.value()),
                self.consulted.toPlainText(),
                self.decided.text(),
            ),
        )
