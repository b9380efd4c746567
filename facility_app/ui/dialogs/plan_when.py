"""When a visit is, with whom, how they get there, and how often: the right half of its plan."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from facility_app.domain.coverage import Answer
from facility_app.domain.dates import format_wareki, parse_date
from facility_app.domain.visits import Transport
from facility_app.services.desk_choices import DeskChoices
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import Box
from facility_app.ui.layouts import Row
from facility_app.ui.viewmodels.visit_plan import Again, PlanForm, again_choices
from facility_app.ui.widgets.date_field import DateField
from facility_app.ui.widgets.fields import ComboField, LabeledField, TimeField

_TOP = Qt.AlignmentFlag.AlignTop


class WhenPart(Box):
    """`changed` after the person changed anything; `read_into` takes it over into the form."""

    changed = Signal()

    def __init__(
        self, ctx: UiContext, choices: DeskChoices, plan: PlanForm, *, repeats: bool
    ) -> None:
        super().__init__(ctx.theme, spacing=8)
        self.theme, self.words, self._plan = ctx.theme, ctx.words, plan
        words, theme = ctx.words, ctx.theme
        self.day = self._date_field()
        self.day.set_date(plan.day)
        self.column.addWidget(LabeledField(theme, words("plan-day"), self.day))
        self.starts, self.returns = TimeField(theme, hint="13:30"), TimeField(theme)
        self._pair(("plan-starts", self.starts), ("plan-returns", self.returns))
        self.escort = ComboField(theme, icon="directions_walk")
        self.escort.set_choices([(None, words("plan-escort-none")), *choices.holders])
        self.column.addWidget(LabeledField(theme, words("plan-escort"), self.escort))
        self.transport = ComboField(theme, icon="directions_car")
        self.transport.set_choices((each, words.term(each)) for each in Transport)
        self.first_visit = ComboField(theme)
        self.first_visit.set_choices(
            (each, words(f"plan-first-visit-{each.value}")) for each in Answer
        )
        self._pair(("plan-transport", self.transport), ("plan-first-visit", self.first_visit))
        self._build_again(repeats)
        self._connect()

    def _pair(self, *fields: tuple[str, QWidget]) -> None:
        row = Row(self.theme, spacing=16)
        for key, field in fields:
            row.addWidget(LabeledField(self.theme, self.words(key), field), 1)
        self.column.addLayout(row)

    def _build_again(self, repeats: bool) -> None:
        words, theme = self.words, self.theme
        box = QWidget()
        row = Row(theme, box, spacing=16)
        self.again = ComboField(theme, icon="event_repeat")
        self.again.set_choices(again_choices(words, self._plan.day))
        row.addWidget(LabeledField(theme, words("plan-again"), self.again), 1, _TOP)
        self.until = self._date_field(words("plan-until-hint"))
        self.until_place = LabeledField(theme, words("plan-until"), self.until)
        self.until_place.hide()
        row.addWidget(self.until_place, 1, _TOP)
        if not repeats:  # hidden only: shown before it has a parent, it would be a window
            box.hide()
        self.column.addWidget(box)

    def _date_field(self, hint: str = "") -> DateField:
        words = self.words
        return DateField(
            self.theme,
            parse=parse_date,
            show=format_wareki,
            problem=lambda exc: words.error(exc).what,
            hint=hint,
        )

    def _connect(self) -> None:
        for field in (self.starts, self.returns):
            field.textChanged.connect(lambda _text: self.changed.emit())
        for combo in (self.escort, self.transport, self.first_visit, self.again):
            combo.currentIndexChanged.connect(lambda _at: self.changed.emit())
        for each in (self.day, self.until):
            each.changed.connect(self.changed)

    def show_plan(self, plan: PlanForm) -> None:
        """Fill the fields."""
        self._plan = plan
        self.day.set_date(plan.day)
        self.starts.set_time(plan.starts)
        self.returns.set_time(plan.returns)
        self.escort.choose(plan.escort_id)
        self.transport.choose(plan.transport)
        self.first_visit.choose(plan.first_visit)

    def read_into(self, plan: PlanForm) -> None:
        """Take over what the fields say; which weekday is meant follows from the day."""
        day = self.day.date_or_none()
        if day is not None and day != plan.day:
            plan.day = day
            self._offer_again(plan)
        plan.starts, plan.returns = self.starts.time_or_none(), self.returns.time_or_none()
        plan.escort_id, plan.transport = self.escort.value(), self.transport.value()
        plan.first_visit = self.first_visit.value()
        plan.again, plan.until = self.again.value(), self.until.date_or_none()
        self.until_place.setVisible(plan.again is not Again.NEVER)

    def is_wrong(self) -> bool:
        """Whether there is text that is no date."""
        return self.day.is_wrong() or self.until.is_wrong()

    def _offer_again(self, plan: PlanForm) -> None:
        chosen = self.again.value()
        self.again.blockSignals(True)
        self.again.set_choices(again_choices(self.words, plan.day))
        self.again.choose(chosen)
        self.again.blockSignals(False)
