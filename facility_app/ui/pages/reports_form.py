"""The form of a report: which paper, which days, whom; and whether a password opens it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from facility_app.domain.clock import local_date
from facility_app.domain.dates import parse_date
from facility_app.services.reporting import Document
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Row
from facility_app.ui.viewmodels.reports import Asked, ReportForm, documents
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.date_field import DateField
from facility_app.ui.widgets.fields import LabeledField, TextField
from facility_app.ui.widgets.secret_edit import SecretEdit
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tick_row import TickRow

_TOP = Qt.AlignmentFlag.AlignTop


class ReportFormCard(Card):
    """`changed` after every choice; `resident_wanted` when somebody is to be chosen."""

    changed = Signal()
    resident_wanted = Signal()

    def __init__(self, ctx: UiContext, form: ReportForm) -> None:
        super().__init__(ctx.theme, spacing=12)
        self.ctx, self.words, self.form = ctx, ctx.words, form
        self.body.addWidget(Text(ctx.theme, self.words("reports-page-which"), size=20, bold=True))
        self.papers = ReasonButtons(ctx.theme, self.words("reports-page-which"), columns=2)
        self.papers.chosen.connect(self._paper_chosen)
        self.body.addWidget(self.papers)
        self.fields: dict[Asked, LabeledField] = {}
        self._showing = False
        self._offered: list[Document] = []
        self._build_resident()
        self._build_month()
        self._build_days()
        self.body.addStretch(1)

    def show_form(self) -> None:
        """What the form holds, and the papers that the person may make."""
        may = documents(self.ctx.session.may)
        if self.form.document not in may and may:
            self.form.document = may[0]
        if may != self._offered:
            self._offered = may
            self._offer(may)
        self.papers.choose(self.form.document.value)
        self.month.setText(self.form.month)
        self._showing = True  # a day that is set tells of both, and the other is not there yet
        self.first.set_date(self.form.first)
        self.last.set_date(self.form.last)
        self._showing = False
        self.whole.setChecked(self.form.whole)
        self._show_fields()

    def _offer(self, may: list[Document]) -> None:
        names = [(each.value, self.words(f"reports-page-paper-{each.value}")) for each in may]
        self.papers.set_choices(names)
        for each in may:  # a layout shows what is new later, and what is not seen gets no focus
            if button := self.papers.button(each.value):
                button.show()

    def show_problems(self, problems: dict[Asked, str]) -> None:
        """Beside each field what is missing; the first one gets the focus."""
        for asked, field in self.fields.items():
            field.show_problem(problems.get(asked, ""))
        first = next((each for each in self.fields if problems.get(each)), None)
        if first is not None:
            self.target(first).setFocus(Qt.FocusReason.OtherFocusReason)

    def target(self, asked: Asked) -> QWidget:
        """What is typed into or pressed for a field."""
        targets: dict[Asked, QWidget] = {
            Asked.MONTH: self.month,
            Asked.FIRST: self.first.field,
            Asked.LAST: self.last.field,
            Asked.RESIDENT: self.choose,
        }
        return targets[asked]

    def _labeled(self, asked: Asked, field: QWidget, note: str = "") -> LabeledField:
        label = self.words(f"reports-page-field-{asked.value}")
        labeled = LabeledField(self.theme, label, field, note=note)
        self.fields[asked] = labeled
        return labeled

    def _build_resident(self) -> None:
        self.choose = ActionButton(
            self.theme, self.words("reports-page-choose"), icon="person_search"
        )
        self.choose.clicked.connect(self.resident_wanted)
        self.body.addWidget(self._labeled(Asked.RESIDENT, self.choose))
        self.whole = TickRow(self.theme, self.words("reports-page-whole"))
        self.whole.clicked.connect(self._whole_chosen)
        self.body.addWidget(self.whole)

    def _build_month(self) -> None:
        words = self.words
        self._months = QWidget()
        row = Row(self.theme, self._months, spacing=8)
        self.month = TextField(self.theme, icon="event", max_length=20)
        self.month.textEdited.connect(self._month_typed)
        self.earlier = ActionButton(
            self.theme, words("reports-page-earlier"), kind=Kind.GREY, icon="arrow_back"
        )
        self.later = ActionButton(
            self.theme, words("reports-page-later"), kind=Kind.GREY, icon="arrow_forward"
        )
        self.earlier.clicked.connect(lambda: self._step(-1))
        self.later.clicked.connect(lambda: self._step(1))
        row.addWidget(self._labeled(Asked.MONTH, self.month, words("reports-page-month-note")), 1)
        for button in (self.earlier, self.later):
            place = QWidget()
            inner = Row(self.theme, place, margins=(0, 28, 0, 0), spacing=0)
            inner.addWidget(button)
            row.addWidget(place, 0, _TOP)
        self.body.addWidget(self._months)

    def _build_days(self) -> None:
        self._days = QWidget()
        row = Row(self.theme, self._days, spacing=16)
        self.first, self.last = self._day(), self._day()
        row.addWidget(self._labeled(Asked.FIRST, self.first), 1, _TOP)
        row.addWidget(self._labeled(Asked.LAST, self.last), 1, _TOP)
        self.body.addWidget(self._days)

    def _day(self) -> DateField:
        words = self.words
        field = DateField(
            self.theme,
            parse=parse_date,
            show=words.day,
            problem=lambda exc: words.error(exc).what,
            hint=words("log-day-hint"),
        )
        field.changed.connect(self._days_typed)
        return field

    def _show_fields(self) -> None:
        form = self.form
        self.fields[Asked.RESIDENT].setVisible(form.asks(Asked.RESIDENT))
        self.choose.set_text(form.name or self.words("reports-page-choose"))
        label = self.fields[Asked.RESIDENT].label.text()
        self.choose.setAccessibleName(f"{label} {self.choose.text()}")
        self.whole.setVisible(form.asks(Asked.RESIDENT))
        self._months.setVisible(form.asks(Asked.MONTH))
        self._days.setVisible(form.asks(Asked.FIRST))

    def show_resident(self, resident: int, name: str) -> None:
        """Whose statement it is."""
        self.form.resident, self.form.name = resident, name
        self._edited()

    def _paper_chosen(self, key: str) -> None:
        self.form.document = Document(key)
        self._edited()

    def _whole_chosen(self) -> None:
        self.form.whole = self.whole.isChecked()
        self._edited()

    def _month_typed(self) -> None:
        self.form.month = self.month.text()
        self._edited()

    def _step(self, months: int) -> None:
        self.form.step_month(self.words, months, self._today())
        self.month.setText(self.form.month)
        self.ctx.announce(self.form.month)
        self._edited()

    def _days_typed(self) -> None:
        if self._showing:
            return
        self.form.first, self.form.last = self.first.date_or_none(), self.last.date_or_none()
        self._edited()

    def _edited(self) -> None:
        for field in self.fields.values():
            field.show_problem("")
        self._show_fields()
        self.changed.emit()

    def _today(self) -> date:
        return local_date(self.ctx.now())


class LockCard(Card):
    """Whether the PDF gets a password; one of the person's own, or one that the program makes."""

    def __init__(self, ctx: UiContext, form: ReportForm) -> None:
        super().__init__(ctx.theme, spacing=4)
        words, self.form = ctx.words, form
        self.locked = TickRow(
            ctx.theme, words("reports-page-lock"), note=words("reports-page-lock-note")
        )
        self.locked.clicked.connect(self._chosen)
        self.body.addWidget(self.locked)
        self.password = SecretEdit(
            ctx.theme,
            name=words("reports-page-field-password"),
            show=words("widgets-show-password"),
            hide=words("widgets-hide-password"),
            height=48,
        )
        self.field = LabeledField(
            ctx.theme,
            words("reports-page-field-password"),
            self.password,
            note=words("reports-page-password-note"),
        )
        self.password.edited.connect(lambda: self.show_problem(""))
        self.body.addWidget(self.field)
        self.show_form()

    def show_form(self) -> None:
        """As the form says."""
        self.locked.setChecked(self.form.locked)
        self.field.setVisible(self.form.locked)
        self.show_problem("")

    def show_problem(self, problem: str) -> None:
        """What is wrong with the password; the focus goes there."""
        self.field.show_problem(problem)
        if problem:
            self.password.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> None:
        self.form.locked = self.locked.isChecked()
        self.show_form()
        if self.form.locked:
            self.password.field.setFocus(Qt.FocusReason.OtherFocusReason)
