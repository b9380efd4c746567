"""The filter above the record: days, act, resident, thing, person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from facility_app.domain.dates import parse_date
from facility_app.i18n import Words
from facility_app.services.record_choices import Choice, Choices
from facility_app.ui.layouts import Column, Grid, Row
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.log import FilterForm, Period, action_word
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.date_field import DateField
from facility_app.ui.widgets.fields import ComboField, LabeledField


class LogFilterBar(QWidget):
    """Five choices, and two days where days are chosen.  `changed` after every choice."""

    changed = Signal()
    resident_changed = Signal()

    def __init__(self, theme: Theme, words: Words, form: FilterForm) -> None:
        super().__init__()
        self.theme, self.words, self.form = theme, words, form
        outer = Column(theme, self, spacing=8)
        self._grid = Grid(theme, spacing=8)
        outer.addLayout(self._grid)
        self.period = self._combo("log-period")
        self.action = self._combo("log-action")
        self.resident = self._combo("log-resident", typed=True)
        self.item = self._combo("log-item")
        self.actor = self._combo("log-actor")
        self._fields = [
            self._labeled("log-period", self.period),
            self._labeled("log-action", self.action),
            self._labeled("log-resident", self.resident),
            self._labeled("log-item", self.item),
            self._labeled("log-actor", self.actor),
        ]
        self._days = self._build_days()
        outer.addWidget(self._days)
        self.period.set_choices([(each, words(f"log-period-{each}")) for each in Period])
        self.period.choose(form.period)
        self.show_items(())
        self.item.setEnabled(False)
        self._connect()
        theme.changed.connect(self._lay)
        self._lay()

    def show_choices(self, offered: Choices) -> None:
        """What there is to choose from."""
        acts = [(act, action_word(self.words, act)) for act in offered.actions]
        self.action.set_choices(self._all(sorted(acts, key=lambda pair: pair[1])))
        self.resident.set_choices(self._all((each.id, each.name) for each in offered.residents))
        self.actor.set_choices(self._all((each.id, each.name) for each in offered.staff))
        self._show_beginning()

    def show_items(self, items: tuple[Choice, ...]) -> None:
        """The things of the chosen resident."""
        self.item.set_choices(self._all((each.id, each.name) for each in items))
        self.item.setEnabled(bool(items))

    def reset(self) -> None:
        """Show everything again."""
        self.form.clear()
        for combo in (self.action, self.resident, self.item, self.actor):
            combo.blockSignals(True)
            combo.setCurrentIndex(0)
            combo.blockSignals(False)
        self.period.choose(self.form.period)
        self.changed.emit()

    def _show_beginning(self) -> None:
        """A long name is read from its beginning, not from where the cursor stands."""
        line = self.resident.lineEdit()
        if line is not None and not line.hasFocus():
            line.setCursorPosition(0)

    def _all(self, pairs: Any) -> list[tuple[Any, str]]:
        return [(None, self.words("log-all")), *pairs]

    def _combo(self, label: str, *, typed: bool = False) -> ComboField:
        combo = ComboField(self.theme, name=self.words(label), editable=typed)
        completer, line = combo.completer(), combo.lineEdit()
        if completer is not None and line is not None:
            # the field around it has outline and padding already
            line.setStyleSheet("border: none; padding: 0; background: transparent;")
            combo.setInsertPolicy(ComboField.InsertPolicy.NoInsert)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
        return combo

    def _labeled(self, label: str, field: QWidget) -> LabeledField:
        return LabeledField(self.theme, self.words(label), field)

    def _build_days(self) -> QWidget:
        box = QWidget()
        row = Row(self.theme, box, spacing=8)
        self.first, self.last = self._day("log-first-day"), self._day("log-last-day")
        row.addWidget(self._labeled("log-first-day", self.first), 1)
        row.addWidget(self._labeled("log-last-day", self.last), 1)
        self.clear_button = ActionButton(
            self.theme, self.words("log-reset"), kind=Kind.TEXT, icon="close"
        )
        row.addWidget(self.clear_button)
        box.hide()
        return box

    def _day(self, name: str) -> DateField:
        words = self.words
        return DateField(
            self.theme,
            parse=parse_date,
            show=words.day,
            problem=lambda exc: words.error(exc).what,
            name=words(name),
            hint=words("log-day-hint"),
        )

    def _connect(self) -> None:
        self.period.currentIndexChanged.connect(self._chosen(self._take_period))
        self.action.currentIndexChanged.connect(self._chosen(self._take_simple))
        self.item.currentIndexChanged.connect(self._chosen(self._take_simple))
        self.actor.currentIndexChanged.connect(self._chosen(self._take_simple))
        self.resident.currentIndexChanged.connect(self._chosen(self._take_resident))
        self.first.changed.connect(self._chosen(self._take_days))
        self.last.changed.connect(self._chosen(self._take_days))
        self.clear_button.clicked.connect(self.reset)

    def _chosen(self, take: Callable[[], None]) -> Callable[..., None]:
        def call(*_args: object) -> None:
            take()
            self.changed.emit()

        return call

    def _take_period(self) -> None:
        self.form.period = Period(self.period.value() or Period.ALL)
        self._days.setVisible(self.form.period is Period.DAYS)

    def _take_days(self) -> None:
        self.form.first, self.form.last = self.first.date_or_none(), self.last.date_or_none()

    def _take_simple(self) -> None:
        self.form.action, self.form.item = self.action.value(), self.item.value()
        self.form.actor = self.actor.value()

    def _take_resident(self) -> None:
        self.form.choose_resident(self.resident.value())
        self.item.blockSignals(True)
        self.show_items(())
        self.item.blockSignals(False)
        self.resident_changed.emit()

    def _lay(self) -> None:
        """Five in a row; two in a row when enlarged."""
        columns = 2 if self.theme.compact else len(self._fields)
        for index, field in enumerate(self._fields):
            self._grid.removeWidget(field)
            self._grid.addWidget(field, index // columns, index % columns)
        for column in range(len(self._fields)):
            wide = 4 if column == 0 and columns > 2 else 3
            self._grid.setColumnStretch(column, wide if column < columns else 0)
