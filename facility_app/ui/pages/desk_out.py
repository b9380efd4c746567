"""持出し: who, what to mind, what goes, why and until when; the button belongs to the page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from facility_app.domain.clock import local_date
from facility_app.domain.expiry import ExpiryState
from facility_app.domain.items import ItemState
from facility_app.services.card_checks import CheckView
from facility_app.services.desk import DeskResident
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.due_fields import DueFields
from facility_app.ui.layouts import Column, Columns, Row, Sized
from facility_app.ui.pages.desk_parts import InnerScroll, ResidentCard
from facility_app.ui.viewmodels.desk import out_consequence, purpose_choices
from facility_app.ui.viewmodels.desk_card import DeskCheck, card_line, out_warnings
from facility_app.ui.viewmodels.sign_out import OutForm, TickState, Why
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.fields import ComboField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tick_row import TickRow
from facility_app.ui.widgets.warnings import WarningItem, WarningList

_LEVELS = {
    ExpiryState.SOON: Level.WARN,
    ExpiryState.GRACE: Level.WARN,
    ExpiryState.UNUSABLE: Level.DANGER,
}


LOW = 736
"""Design pixels of window height from which the whole form fits."""


class OutView(QWidget):
    """Three columns; `changed` after every change of the form, `hand_back_wanted` from its foot."""

    changed = Signal()
    hand_back_wanted = Signal()
    return_wanted = Signal()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.ctx, self.theme, self.words = ctx, ctx.theme, ctx.words
        self.form: OutForm | None = None
        self.checked = DeskCheck()
        self._filling = False
        box = Column(ctx.theme, self)
        columns = Columns(ctx.theme, (1, 1, 1))
        columns.add(self._build_person())
        columns.add(self._build_items())
        columns.add(self._build_why())
        box.addWidget(columns, 1)

    def _build_person(self) -> QWidget:
        words, theme = self.words, self.theme
        self.left = InnerScroll(theme, spacing=8, margins=0)
        self.person = ResidentCard(theme, words)
        self.left.box.addWidget(self.person)
        self.check = QWidget()
        head = Row(theme, self.check, spacing=8)
        head.addWidget(Text(theme, words("desk-check"), size=20, bold=True, wraps=False))
        self.check_count = Text(theme, tone="text2", wraps=False)
        head.addWidget(self.check_count)
        head.addStretch(1)
        self.left.box.addWidget(self.check)
        self.warnings = WarningList(theme, lambda n: words("widgets-more", count=str(n)))
        self.left.box.addWidget(self.warnings)
        self.nothing = Chip(theme, words("desk-check-none"), Level.OK)
        self.left.box.addWidget(self.nothing)
        self.card_line = Text(theme, size=16, tone="text2")
        self.left.box.addWidget(self.card_line)
        for name, key, icon, signal in (
            ("to_return", "desk-to-return", "arrow_back", self.return_wanted),
            ("hand_back", "desk-hand-back", "assignment_return", self.hand_back_wanted),
        ):
            button = ActionButton(theme, words(key), kind=Kind.TEXT, icon=icon)
            button.clicked.connect(signal)
            setattr(self, name, button)
            self.left.box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.left.box.addStretch(1)
        return self.left

    to_return: ActionButton
    hand_back: ActionButton

    def _build_items(self) -> QWidget:
        words, theme = self.words, self.theme
        self.items = Card(theme, padding=8, spacing=0)
        head = Row(theme, margins=(8, 4, 8, 0), spacing=6)
        head.addWidget(Text(theme, words("desk-items"), size=20, bold=True, wraps=False))
        head.addStretch(1)
        self.count = Text(theme, size=24, bold=True, wraps=False)
        self.of = Text(theme, tone="text2", wraps=False)
        head.addWidget(self.count)
        head.addWidget(self.of)
        self.items.body.addLayout(head)
        self.pieces = InnerScroll(theme)
        self.items.body.addWidget(self.pieces, 1)
        self.rows: dict[int, TickRow] = {}
        return self.items

    def _build_why(self) -> QWidget:
        words, theme = self.words, self.theme
        self.why = Card(theme)
        head = Row(theme, spacing=8)
        head.addWidget(Text(theme, words("desk-purpose"), size=20, bold=True, wraps=False))
        head.addStretch(1)
        self.planned = Chip(theme, words("desk-from-visit"), Level.OK, icon="event_available")
        head.addWidget(self.planned)
        self.why.body.addLayout(head)
        self.purposes = ReasonButtons(theme, words("desk-purpose"), columns=3)
        self.purposes.chosen.connect(self._choose_purpose)
        self.why.body.addWidget(self.purposes)
        self.destination = ComboField(theme, icon="location_on-fill", editable=True)
        self.destination.editTextChanged.connect(self._write_destination)
        self.escort = ComboField(theme, icon="directions_walk")
        self.escort.currentIndexChanged.connect(self._choose_escort)
        self.due = DueFields(theme, words)
        self.due.changed.connect(self._write_due)
        for key, field in (
            ("desk-destination", self.destination),
            ("desk-escort", self.escort),
            ("desk-due", self.due),
        ):
            self.why.body.addLayout(self._labeled(words(key), field))
        self.why.body.addStretch(1)
        self.consequence = Text(theme, size=16, tone="text2")
        self.why.body.addWidget(self.consequence)
        return self.why

    def _labeled(self, label: str, field: QWidget) -> Row:
        row = Row(self.theme, spacing=8)
        text = Text(self.theme, label, tone="text2", wraps=False)
        Sized(self.theme, text, width=48)
        text.setBuddy(field)
        field.setAccessibleName(text.text())
        row.addWidget(text, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(field, 1)
        return row

    # --- showing ---------------------------------------------------------------------------------

    def show_form(self, form: OutForm) -> None:
        """Another resident, or the same one read again."""
        if self.form is None or self.form.resident.id != form.resident.id:
            self.checked = DeskCheck()
        self.form = form
        self._filling = True
        words = self.words
        self.person.show_resident(form.resident)
        self._show_warnings()
        self.check.setVisible(not self.theme.compact)
        self.purposes.set_choices(purpose_choices(words, form.choices.purposes))
        self.purposes.choose(form.purpose_code)
        self.escort.set_choices(list(form.choices.holders))
        self.escort.choose(form.holder_id)
        self.destination.set_choices([(place, place) for place in form.choices.destinations])
        line = self.destination.lineEdit()
        if line is not None:
            line.setPlaceholderText(words("desk-destination-hint"))
            line.setAccessibleName(words("desk-destination"))
        self.to_return.setVisible(form.resident.loan is not None)
        self._fill_rows(sorted(form.rows(), key=lambda row: not row.ticked))
        self._filling = False
        self._fill_fields()

    def _show_warnings(self) -> None:
        """What the register and, where a card was read, the chip say of this resident."""
        if self.form is None:
            return
        words = self.words
        warnings = out_warnings(words, self.form.resident, self.checked)
        self.warnings.show_items(
            [WarningItem(Level(each.level), each.title, each.text) for each in warnings]
        )
        count = words("desk-check-count", count=str(len(warnings)))
        self.check_count.set(count if len(warnings) > 1 else "")
        self.nothing.setVisible(not warnings)
        self.warnings.setVisible(bool(warnings))
        line = card_line(words, self.checked, local_date(self.ctx.now()))
        self.card_line.set(line)
        self.card_line.setVisible(bool(line))

    def show_card(self, view: CheckView) -> None:
        """The card of this form was read, and the check stands in the log."""
        self.checked = DeskCheck(view)
        self._show_warnings()

    def show_card_problem(self, problem: Exception) -> None:
        """Something lies on the reader, and nothing is known of it."""
        self.checked = DeskCheck(problem=problem)
        self._show_warnings()

    def show_card_of(self, former: str) -> None:
        """The card of whoever came before lies there still; an empty name: no longer."""
        self.checked = DeskCheck(former=former)
        self._show_warnings()

    def spoken(self) -> str:
        """What a screen reader says of a card that was read."""
        gravest = self.warnings.gravest
        return " ".join(part for part in (gravest.title if gravest else "",
                                          self.card_line.text()) if part)  # fmt: skip

    @staticmethod
    def anything_in_safe(resident: DeskResident) -> bool:
        """Whether something could still leave."""
        return any(item.state is ItemState.IN_SAFE for item in resident.items)

    def _fill_rows(self, rows: list[TickState]) -> None:
        self.pieces.clear()
        self.rows.clear()
        for state in rows:
            row = TickRow(self.theme, self._title(state), chip=self._chip(state))
            row.toggled.connect(lambda on, id_=state.id: self._tick(id_, on))
            self.rows[state.id] = row
            self.pieces.box.addWidget(row)
        if not rows:
            words = self.words
            empty = EmptyState(
                self.theme,
                icon="inventory_2",
                title=words("desk-items-none"),
                text=words("desk-items-none-how"),
            )
            self.pieces.box.addWidget(empty)
        self.pieces.box.addStretch(1)

    def _title(self, state: TickState) -> str:
        if state.pieces < 2:
            return state.title
        return self.words("desk-item-pieces", item=state.title, count=str(state.pieces))

    def _chip(self, state: TickState) -> tuple[str, Level] | None:
        if state.state is None:
            return None
        return self.words.term(state.state), _LEVELS[state.state]

    def _fill_fields(self) -> None:
        """What the form says now: ticks, destination, due, counts."""
        form = self.form
        if form is None:
            return
        self._filling = True
        for state in form.rows():
            row = self.rows[state.id]
            row.setChecked(state.ticked)
            row.setEnabled(state.possible)
            note = "" if state.why is Why.NONE else self.words(f"desk-why-{state.why.value}")
            row.set_note(note)
        if self.destination.currentText() != form.destination:
            self.destination.setEditText(form.destination)
        self.due.show_due(form.due_day, form.due_time, form.days())
        self._filling = False
        self._tell()

    def _tell(self) -> None:
        form, words = self.form, self.words
        if form is None:
            return
        self.count.set(words("desk-pieces", count=str(form.count())))
        self.of.set(words("desk-pieces-of", count=str(len(form.resident.items))))
        self.planned.setVisible(form.from_visit)
        said = [out_consequence(words, form)]
        if form.needs_second:
            said.append(words("desk-second-after"))
        self.consequence.set("".join(said))
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the button matters more than the sentence above it."""
        super().resizeEvent(event)
        low = self.window().height() < self.theme.px(LOW)
        self.consequence.setVisible(not low or self.theme.compact)

    # --- changes by the person -------------------------------------------------------------------

    def _tick(self, item_id: int, on: bool) -> None:
        if self.form is not None and not self._filling:
            self.form.tick(item_id, on)
            self._fill_fields()

    def _choose_purpose(self, code: str) -> None:
        if self.form is not None and not self._filling:
            self.form.choose_purpose(code)
            self._fill_fields()

    def _choose_escort(self) -> None:
        if self.form is not None and not self._filling:
            self.form.holder_id = self.escort.value()
            self._tell()

    def _write_destination(self, text: str) -> None:
        if self.form is not None and not self._filling:
            self.form.set_destination(text)
            self._tell()

    def _write_due(self) -> None:
        if self.form is not None and not self._filling:
            self.form.set_due(self.due.day, self.due.at)
            self._tell()
