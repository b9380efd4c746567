"""The step that is shown big: the call with its number, what to say, evidence, one big button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.incidents import Evidence, LostPaper
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_steps import Proof
from facility_app.services.lost_views import LostCaseView, LostStepState, StepView
from facility_app.services.settings import Facility
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row
from facility_app.ui.pages.desk_parts import InnerScroll
from facility_app.ui.pages.lost_evidence import EvidenceFields
from facility_app.ui.pages.lost_parts import PhoneBox, Tinted
from facility_app.ui.viewmodels.lost_step import (
    StepText,
    days_back,
    proofs,
    settled_text,
    step_text,
)
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card, Notice
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.spoken import SpokenText
from facility_app.ui.widgets.text import Text

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_BOTTOM = Qt.AlignmentFlag.AlignBottom


class StepPane(Card):
    """Signals: `done_wanted` carries nothing (ask `fields`), the others are presses of buttons."""

    act_wanted = Signal()
    waive_wanted = Signal()
    correct_wanted = Signal()
    paper_wanted = Signal(object)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx.theme, padding=0, spacing=0)
        self.ctx, self.words = ctx, ctx.words
        self.step: StepView | None = None
        self.text: StepText | None = None
        self.correcting = False
        self.inner = InnerScroll(ctx.theme, spacing=4)
        self.inner.verticalScrollBar().rangeChanged.connect(self._inset)
        self._inset(0, 0)
        self.body.addWidget(self.inner, 1)
        self._under = QWidget()
        self._foot = Column(ctx.theme, self._under, margins=(16, 4, 16, 16), spacing=12)
        self.fields = EvidenceFields(ctx)
        self.more: EvidenceFields | None = None
        self._foot.addWidget(self.fields)
        self.lacking = Text(ctx.theme, ctx.words("loss-lacking"), size=16, tone="danger_fill")
        self.lacking.hide()
        self._foot.addWidget(self.lacking)
        self.place = QWidget()
        self.acts = Row(ctx.theme, self.place, spacing=16)
        self.waive = ActionButton(ctx.theme, ctx.words("loss-waive"), kind=Kind.TEXT)
        self.waive.clicked.connect(self.waive_wanted)
        self.acts.addWidget(self.waive)
        self._foot.addWidget(self.place)
        self.body.addWidget(self._under)
        self.main = ActionButton(
            ctx.theme, " ", kind=Kind.FILLED, icon="check", key="Enter", height=64
        )
        self.main.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.main.clicked.connect(self.act_wanted)
        self.acts.insertWidget(0, self.main, 1)

    def show_step(
        self, facility: Facility, book: LostBook, case: LostCaseView, step: StepView,
        *, correcting: bool = False,
    ) -> None:  # fmt: skip
        """Show a step: to be done, or how it was settled."""
        self.step, self.correcting, self.more = step, correcting, None
        self.lacking.hide()
        text = self.text = step_text(self.words, facility, book, case, step)
        self.inner.clear()
        self._title(text)
        settled = not step.waits and not correcting
        if settled:
            self._settled(book, step, text)
        else:
            self._how(text)
        written = not settled and text.own_act is None
        self._show_fields(book, case, step, text if written else None)
        self._how_else(text if not settled else None)
        self.inner.box.addStretch(1)
        self._tell_main(step, text, settled)
        self.inner.verticalScrollBar().setValue(0)

    def _inset(self, _least: int, most: int) -> None:
        """The scroll bar stands in the margin, so that nothing moves when it comes."""
        self.inner.box.set_margins((16, 12, 0 if most else 16, 4))

    def _show_fields(
        self, book: LostBook, case: LostCaseView, step: StepView, text: StepText | None
    ) -> None:
        """What must be written stands over the button; ticks and what may be written scroll."""
        asked = () if text is None else text.asked
        over = tuple(each for each in asked if each is not Evidence.PLACES)
        ticks = tuple(each for each in asked if each is Evidence.PLACES)
        more = () if text is None else text.optional
        days = days_back(case, local_date(self.ctx.now()))
        filled = step.evidence if self.correcting else None
        self.fields.show_fields(book, over, (), days, filled)
        self.fields.setVisible(bool(over))
        if ticks or more:
            self.more = EvidenceFields(self.ctx)
            self.more.show_fields(book, ticks, more, days, filled)
            self.inner.box.addWidget(self.more)

    def values(self) -> dict[Evidence, Proof]:
        """What was filled in."""
        return self.fields.values() | (self.more.values() if self.more is not None else {})

    def mark(self, missing: Sequence[Evidence]) -> None:
        """Say under these fields, and over the button, that something must be written."""
        self.lacking.setVisible(bool(missing))
        if missing:
            self.ctx.announce(self.lacking.text())
        for fields in (self.more, self.fields):
            if fields is not None:
                fields.mark(missing)

    def focus_first(self) -> bool:
        """The focus on the first field that must be filled in and is empty."""
        return self.fields.isVisibleTo(self) and self.fields.focus_first()

    def _tell_main(self, step: StepView, text: StepText, settled: bool) -> None:
        words, session = self.words, self.ctx.session
        may = session.may(Permission.REPORT_LOST)
        again = settled and step.state is LostStepState.DONE
        if again and text.own_act is None:
            said, icon = words("loss-correct"), "edit"
        elif again and text.own_act is not None:
            said, icon = words(f"loss-again-{text.own_act.value}"), text.icon
        else:
            said = words("loss-correct-go") if self.correcting else text.main
            icon = text.icon
        changed_once = again and text.own_act is not None and text.own_act.value in _ONCE
        self.main.set_text(said)
        self.main.set_icon(icon)
        self.main.set_kind(Kind.GREY if settled else Kind.FILLED)
        self.main.block("" if may else words("loss-no-right"))
        self.main.setVisible(not changed_once and (not settled or again))
        self.waive.setVisible(
            step.waits and not self.correcting and session.may(Permission.MANAGE_LOST)
        )
        self.place.setVisible(self.main.isVisibleTo(self) or self.waive.isVisibleTo(self))

    def _title(self, text: StepText) -> None:
        theme, box = self.theme, self.inner.box
        top = QWidget()
        column = Column(theme, top, spacing=0)
        head = QWidget()
        line = Row(theme, head, spacing=8)
        line.addWidget(Text(theme, text.head, size=18, bold=True, tone="primary"))
        if text.side and not theme.compact:  # enlarged, the title must be in sight: it stands below
            right = Qt.AlignmentFlag.AlignRight
            line.addWidget(Text(theme, text.side, size=18, align=right), 1)
        column.addWidget(head)
        column.addWidget(Text(theme, text.title, size=28, bold=True))
        if text.beside:
            column.addWidget(Text(theme, text.beside, size=20, bold=True, tone="text2"))
        box.addWidget(top)

    def _how(self, text: StepText) -> None:
        theme, words, box = self.theme, self.words, self.inner.box
        if text.phone is not None:
            box.addWidget(PhoneBox(self.ctx, text.phone))
            if theme.compact and text.side:
                box.addWidget(Text(theme, text.side, bold=True))
            self._beside(text.phone.otherwise, text.phone.checked)
        if text.say:
            self._say(text.say)
        if text.note:
            box.addWidget(self._with_icon("info", [text.note]))
        if text.bring:
            box.addWidget(Text(theme, words("loss-bring"), bold=True))
            box.addWidget(self._with_icon("luggage", list(text.bring)))
        if text.paper is not None and self.ctx.session.may(Permission.REPORT_LOST):
            box.addWidget(self._paper_line(text.paper), 0, Qt.AlignmentFlag.AlignLeft)

    def _how_else(self, text: StepText | None) -> None:
        """Fees, further numbers, and where everything comes from."""
        for line in () if text is None else text.details:
            self.inner.box.addWidget(Text(self.theme, line, size=16, tone="text2"))

    def _beside(self, left: str, right: str) -> None:
        if not left and not right:
            return
        theme = self.theme
        line = QWidget()
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, line)
        if theme.compact:
            row.setDirection(QBoxLayout.Direction.TopToBottom)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Text(theme, left or " ", size=16, tone="text2"), 1)
        if right:
            row.addWidget(Text(theme, right, size=16, tone="text2", wraps=False))
        self.inner.box.addWidget(line)

    def _say(self, say: str) -> None:
        theme = self.theme
        panel = Tinted(theme, "bg")
        box = Column(theme, panel, margins=(16, 6, 16, 8), spacing=0)
        box.addWidget(Text(theme, self.words("loss-say"), size=16, bold=True, tone="text2"))
        spoken = SpokenText(theme)
        spoken.set(say)
        box.addWidget(spoken)
        panel.setAccessibleName(f"{self.words('loss-say')} {spoken.text()}")
        self.inner.box.addWidget(panel)

    def _with_icon(self, icon: str, lines: Sequence[str]) -> QWidget:
        theme = self.theme
        place = QWidget()
        row = Row(theme, place, spacing=8)
        row.addWidget(IconLabel(theme, icon, size=24, tone="text2"), 0, Qt.AlignmentFlag.AlignTop)
        column = Column(theme, spacing=4)
        for line in lines:
            column.addWidget(Text(theme, line))
        row.addLayout(column, 1)
        return place

    def _paper_line(self, paper: LostPaper) -> ActionButton:
        button = ActionButton(
            self.theme, self.words("loss-print-this", paper=paper), kind=Kind.TEXT, icon="print"
        )
        button.clicked.connect(lambda: self.paper_wanted.emit(paper))
        return button

    def _settled(self, book: LostBook, step: StepView, text: StepText) -> None:
        theme, box = self.theme, self.inner.box
        level = Level.OK if step.state is LostStepState.DONE else Level.NOTICE
        why = step.waived_reason
        box.addWidget(Notice(theme, level, settled_text(self.words, step), why))
        for label, value in proofs(self.words, book, step):
            line = QWidget()
            row = Row(theme, line, spacing=16)
            name = Text(theme, label, tone="text2")
            row.addWidget(name, 1)
            row.addWidget(Text(theme, value, size=20, bold=True), 2)
            box.addWidget(line)
        if text.paper is not None and self.ctx.session.may(Permission.REPORT_LOST):
            box.addWidget(self._paper_line(text.paper), 0, Qt.AlignmentFlag.AlignLeft)


_ONCE = ("reissue", "put-back")
"""Acts that cannot be done a second time."""
