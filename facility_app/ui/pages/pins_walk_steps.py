"""The steps of turning the vault on; each tells what it lacks through the `SetUp` of the walk."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from facility_app.domain.access import StaffId
from facility_app.secret import Secret
from facility_app.services.pin_views import OfficerView, WithoutPin
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.pin_passphrase import NewPassphrase
from facility_app.ui.layouts import Column, Row, Sized
from facility_app.ui.pages.settings_part import clear
from facility_app.ui.viewmodels.pin_setup import (
    RECOMMENDED,
    SetUp,
    WayText,
    candidates,
    officer_names,
    threshold_choices,
    way_texts,
)
from facility_app.ui.widgets.button import ActionButton
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.folder_field import FolderField
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.steps import StepHeader, StepState
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tick_row import TickRow

_TOP = Qt.AlignmentFlag.AlignTop
DOES, DOES_NOT = "does", "does-not"


class WalkStep(QWidget):
    """One step.  `changed` when its `SetUp` changed."""

    changed = Signal()

    def __init__(self, ctx: UiContext, form: SetUp, *, spacing: int = 16) -> None:
        super().__init__()
        self.ctx, self.theme, self.words, self.form = ctx, ctx.theme, ctx.words, form
        self.box = Column(self.theme, self, spacing=spacing)

    def enter(self) -> None:
        """It is shown now."""

    def first_field(self) -> QWidget | None:
        """Where the focus goes."""
        return None


class WaysStep(WalkStep):
    """Three ways without a PIN, each with its papers, and: would this do?"""

    def __init__(self, ctx: UiContext, form: SetUp) -> None:
        super().__init__(ctx, form, spacing=0)
        self.questions: dict[WithoutPin, ReasonButtons] = {}
        self.not_needed = Notice(
            self.theme, Level.OK, self.words("pin-walk-do-without"),
            self.words("pin-walk-do-without-text"),
        )  # fmt: skip
        self.not_needed.hide()
        self.box.addWidget(self.not_needed)
        self._boxes: list[QBoxLayout] = []
        for text in way_texts(self.words):
            self.box.addWidget(self._question(text))
        self.theme.changed.connect(self._turn)
        self._turn()

    def _question(self, text: WayText) -> QWidget:
        box = QWidget()
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, box)
        self._boxes.append(row)
        said = Column(self.theme, spacing=0)
        said.addWidget(Text(self.theme, text.name, size=20, bold=True))
        said.addWidget(Text(self.theme, text.what))
        papers = Row(self.theme, spacing=6)
        papers.addWidget(IconLabel(self.theme, "description", size=20, tone="text2"), 0, _TOP)
        papers.addWidget(Text(self.theme, text.papers, size=16, tone="text2"), 1)
        said.addLayout(papers)
        row.addLayout(said, 1)
        name = f"{text.name} {self.words('pin-walk-would-it-do')}"
        question = ReasonButtons(self.theme, name, columns=2)
        question.set_choices(
            [(DOES, self.words("pin-walk-does")), (DOES_NOT, self.words("pin-walk-does-not"))]
        )
        for key in (DOES, DOES_NOT):
            button = question.button(key)
            if button is not None:
                button.setAccessibleName(f"{text.name} {button.text()}")
        question.chosen.connect(lambda key: self._answer(text.way, key == DOES))
        Sized(self.theme, question, width=272)
        row.addWidget(question, 0, _TOP)
        self.questions[text.way] = question
        return box

    def _turn(self) -> None:
        """The answers beside the words; below them on the enlarged screen."""
        px, across = self.theme.px, QBoxLayout.Direction.LeftToRight
        down = QBoxLayout.Direction.TopToBottom
        for row in self._boxes:
            row.setDirection(down if self.theme.compact else across)
            row.setContentsMargins(0, px(6), 0, px(6))
            row.setSpacing(px(8 if self.theme.compact else 24))

    def _answer(self, way: WithoutPin, does: bool) -> None:
        self.form.answers[way] = does
        self.not_needed.setVisible(bool(self.form.enough))
        self.changed.emit()

    def first_field(self) -> QWidget | None:
        return next(iter(self.questions.values())).button(DOES)


class PlaceStep(WalkStep):
    """A folder apart from the register, best on a drive that is locked away."""

    def __init__(self, ctx: UiContext, form: SetUp) -> None:
        super().__init__(ctx, form)
        self.box.addWidget(Text(self.theme, self.words("pin-walk-place-what")))
        self.folder = FolderField(
            self.theme, self.words("pin-walk-place"), choose=self.words("pin-walk-choose-folder")
        )
        self.folder.changed.connect(self._changed)
        self.box.addWidget(self.folder)
        self.box.addWidget(
            Notice(
                self.theme, Level.NOTICE, self.words("pin-walk-place-drive"),
                self.words("pin-walk-place-drive-text"),
            )
        )  # fmt: skip

    def _changed(self) -> None:
        self.form.folder = self.folder.edit.text()
        self.changed.emit()

    def first_field(self) -> QWidget | None:
        return self.folder.edit


class OfficersStep(WalkStep):
    """Who approves, and how many of them it takes."""

    def __init__(self, ctx: UiContext, form: SetUp) -> None:
        super().__init__(ctx, form)
        self.box.addWidget(Text(self.theme, self.words("pin-walk-officers-what")))
        self.rows = Column(self.theme, spacing=4)
        self.box.addLayout(self.rows)
        self.ticks: dict[StaffId, TickRow] = {}
        self._shown: list[OfficerView] = []
        self.nobody = Notice(
            self.theme, Level.WARN, self.words("pin-walk-nobody"),
            self.words("pin-walk-nobody-text"),
        )  # fmt: skip
        self.nobody.hide()
        self.box.addWidget(self.nobody)
        self.to_staff = ActionButton(
            self.theme, self.words("pin-walk-to-staff"), icon="badge", height=48
        )
        self.to_staff.clicked.connect(lambda: ctx.navigate("staff"))
        self.box.addWidget(self.to_staff, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addWidget(Text(self.theme, self.words("pin-walk-threshold"), bold=True))
        self.threshold = ReasonButtons(self.theme, self.words("pin-walk-threshold"), columns=3)
        self.threshold.chosen.connect(self._threshold_chosen)
        self.box.addWidget(self.threshold)
        self.alone = Text(self.theme, self.words("pin-walk-alone"), tone="danger_fill")
        self.alone.hide()
        self.box.addWidget(self.alone)

    def show_candidates(self, officers: Sequence[OfficerView]) -> None:
        """Everybody whose role approves; ticks that stand there are not taken from under a hand."""
        me = self.ctx.session.require().staff_id
        able = candidates(officers, me)
        if able == self._shown:
            return
        clear(self.rows)
        self.ticks, self._shown = {}, able
        for each in able:
            note = self.words("pin-walk-yourself") if each.staff_id == me else ""
            name = self.words("pin-walk-candidate", name=each.name, number=each.number)
            row = TickRow(self.theme, name, note=note)
            row.setChecked(each.staff_id in self.form.chosen)
            row.toggled.connect(lambda on, who=each.staff_id: self._ticked(who, on))
            self.ticks[each.staff_id] = row
            self.rows.addWidget(row)
        few = len(able) < RECOMMENDED
        self.nobody.setVisible(few)
        self.to_staff.setVisible(few)
        self._show_thresholds()

    def _ticked(self, who: StaffId, on: bool) -> None:
        self.form.choose(who, on)
        self._show_thresholds()
        self.changed.emit()

    def _show_thresholds(self) -> None:
        wanted = self.form.threshold
        choices = threshold_choices(max(len(self.form.chosen), RECOMMENDED))
        self.threshold.set_choices(
            (str(n), self.words("pin-walk-of", count=str(n))) for n in choices
        )
        self.threshold.choose(str(wanted))

    def _threshold_chosen(self, key: str) -> None:
        self.form.threshold = int(key)
        self.alone.setVisible(self.form.threshold < RECOMMENDED)
        self.changed.emit()

    def first_field(self) -> QWidget | None:
        return next(iter(self.ticks.values()), None)


class PassphrasesStep(WalkStep):
    """Each officer types their own, alone at the keyboard; nobody else sees it.

    The passphrases wait here until the vault is made; cover and lock wipe them, and who has typed
    types again.
    """

    def __init__(self, ctx: UiContext, form: SetUp) -> None:
        super().__init__(ctx, form)
        self.secrets: dict[StaffId, Secret] = {}
        self.names: dict[StaffId, str] = {}
        self.box.addWidget(Text(self.theme, self.words("pin-walk-passphrases-what")))
        self.list = Column(self.theme, spacing=0)
        self.box.addLayout(self.list)
        self.whose = Text(self.theme, size=20, bold=True)
        self.box.addWidget(self.whose)
        self.new = NewPassphrase(ctx)
        self.new.changed.connect(self._look)
        self.new.submitted.connect(self.keep)
        self.box.addWidget(self.new)
        self.keep_button = ActionButton(
            self.theme, self.words("pin-walk-keep"), icon="check", height=64
        )
        self.keep_button.clicked.connect(self.keep)
        self.new.beside.addWidget(self.keep_button, 0, _TOP)

    def show_names(self, officers: Sequence[OfficerView]) -> None:
        """How the officers are called."""
        self.names = dict(officer_names(officers))

    def enter(self) -> None:
        clear(self.list)
        for number, each in enumerate(self.form.chosen, 1):
            done = each in self.form.given
            state = StepState.DONE if done else StepState.OPEN
            if each == self.form.next_officer:
                state = StepState.PRESENT
            side = self.words("pin-walk-typed") if done else ""
            name = self.names.get(each, "")
            header = StepHeader(self.theme, str(number), name, state=state, side=side)
            self.list.addWidget(header)
        who = self.form.next_officer
        for part in (self.whose, self.new, self.keep_button):
            part.setVisible(who is not None)
        if who is not None:
            self.whose.set(self.words("pin-walk-your-turn", name=self.names.get(who, "")))
        self._look()

    def _look(self) -> None:
        good = self.new.good()
        self.keep_button.block("" if good else self.words("pin-walk-type-yours"))

    def keep(self) -> None:
        """This officer is done; the next one's turn."""
        who = self.form.next_officer
        if who is None or not self.new.good():
            return
        self._drop(who)
        self.secrets[who] = self.new.first.take()
        self.new.clear()
        self.form.given.add(who)
        self.enter()
        self.changed.emit()
        field = self.first_field()
        if field is not None:
            field.setFocus()

    def take(self) -> dict[StaffId, Secret]:
        """All passphrases; they are not held here any more."""
        held, self.secrets = self.secrets, {}
        self.form.given.clear()
        return held

    def clear_secrets(self) -> None:
        """Cover, lock, or another way: everything is typed anew."""
        for who in list(self.secrets):
            self._drop(who)
        self.form.given.clear()
        self.new.clear()

    def _drop(self, who: StaffId) -> None:
        held = self.secrets.pop(who, None)
        if held is not None:
            held.wipe()

    def first_field(self) -> QWidget | None:
        return self.new.first if self.form.next_officer is not None else None
