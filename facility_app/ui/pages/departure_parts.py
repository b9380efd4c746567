"""Parts of the departure check: the resident with the visit, the lines, and the fields to leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from facility_app.i18n import Words
from facility_app.services.departure import CheckCode, Departure
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.due_fields import DueFields
from facility_app.ui.layouts import Column, Row
from facility_app.ui.pages.desk_parts import LONG_NAME, InnerScroll
from facility_app.ui.pages.visits_paper import VisitPaper
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.departure import LeaveForm, LineText, Mend, visit_facts
from facility_app.ui.viewmodels.desk import born_text, room_text
from facility_app.ui.widgets.button import ActionButton
from facility_app.ui.widgets.card import Card, Notice
from facility_app.ui.widgets.fields import ComboField, LabeledField
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.levels import STYLES, Level
from facility_app.ui.widgets.resident import RubyName
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tick_buttons import TickButtons

_TOP = Qt.AlignmentFlag.AlignTop
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class WhoCard(Card):
    """Name with furigana, room and birth date; when and where the visit is."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, spacing=4)
        self.words = words
        self.name = RubyName(theme)
        self.long_name = Text(theme, size=28, bold=True)
        self.room = Text(theme, elide=True)
        self._facts = Column(theme, spacing=2)
        for part in (self.name, self.long_name, self.room):
            self.body.addWidget(part)
        self.body.addLayout(self._facts)

    def show_departure(self, found: Departure) -> None:
        """Show who leaves, when and where to."""
        words, plan = self.words, found.plan
        honorific = words("widgets-honorific")
        self.name.set(plan.name, plan.kana, honorific)
        long = self.name.sizeHint().width() > self.theme.px(LONG_NAME)
        self.long_name.set(f"{plan.name} {honorific}" if long else "")
        self.name.setVisible(not long)
        self.long_name.setVisible(long)
        parts = (room_text(words, plan.room), born_text(words, plan.birth_date))
        self.room.set("  ".join(part for part in parts if part))
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for icon, text in visit_facts(words, found):
            line = QWidget()
            row = Row(self.theme, line, spacing=6)
            row.addWidget(IconLabel(self.theme, icon, size=20, tone="text2"), 0, _MIDDLE)
            row.addWidget(Text(self.theme, text, elide=True), 1)
            self._facts.addWidget(line)
        self.setAccessibleName(f"{plan.name} {self.room.text()}")


class CheckRow(QFrame):
    """One line: icon and words of its state; a button where something can be done about it."""

    def __init__(self, theme: Theme, words: Words, line: LineText) -> None:
        super().__init__()
        self.theme, self.line = theme, line
        style, green = STYLES[Level(line.level)], line.level == "ok"
        row = Row(theme, self, margins=(16, 8, 12, 8), spacing=12)
        side = 24 if green else 28
        row.addWidget(IconLabel(theme, style.icon, size=side, tone=style.color), 0, _TOP)
        said = Column(theme, spacing=0)
        head = Row(theme, spacing=12)
        head.addWidget(Text(theme, line.title, bold=True, wraps=False))
        if line.side:
            head.addWidget(Text(theme, line.side, elide=True), 1)
        else:
            head.addStretch(1)
        said.addLayout(head)
        if line.text:
            said.addWidget(Text(theme, line.text, size=16, tone="text2"))
        row.addLayout(said, 1)
        self.action: ActionButton | None = None
        if line.mend is not Mend.NONE:
            text = words(f"leave-mend-{line.mend.value}")
            self.action = ActionButton(theme, text)
            self.action.setAccessibleName(f"{text} {line.title}")
            row.addWidget(self.action, 0, _MIDDLE)
        state = words(f"leave-state-{line.level}")
        told = (line.title, state, line.side, line.text)
        self.setAccessibleName(" ".join(part for part in told if part))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A tint where something is left to do, and the line below."""
        painter = QPainter(self)
        style = STYLES[Level(self.line.level)]
        if self.line.level in ("warn", "block"):
            painter.fillRect(self.rect(), self.theme.qcolor(style.tint))
            painter.fillRect(0, 0, self.theme.px(8), self.height(), self.theme.qcolor(style.color))
        painter.setPen(self.theme.qcolor("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()


class ChecksCard(Card):
    """The verdict, then every line."""

    mend_wanted = Signal(object)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx.theme, padding=0, spacing=0)
        self.words = ctx.words
        self.verdict = Notice(ctx.theme, Level.NOTICE, " ", size=20)
        self.body.addWidget(self.verdict)
        self.rows = InnerScroll(ctx.theme, spacing=0, margins=0)
        self.body.addWidget(self.rows, 1)
        self.lines: dict[CheckCode, CheckRow] = {}

    def show_lines(self, verdict: tuple[str, str, str], lines: Sequence[LineText]) -> None:
        """Show the check as it stands."""
        level, title, text = verdict
        self.verdict.set(Level(level), title, text)
        at = self.rows.verticalScrollBar().value()
        focused = next(
            (
                code
                for code, row in self.lines.items()
                if row.action is not None and row.action.hasFocus()
            ),
            None,
        )
        self.rows.clear()
        self.lines = {}
        for line in lines:
            row = CheckRow(self.theme, self.words, line)
            if row.action is not None:
                row.action.clicked.connect(lambda _on=False, line=line: self._press(line))
            self.lines[line.code] = row
            self.rows.box.addWidget(row)
        self.rows.box.addStretch(1)
        self.rows.verticalScrollBar().setValue(at)
        if focused is not None and (action := self.lines[focused].action) is not None:
            action.setFocus()

    def _press(self, line: LineText) -> None:
        self.mend_wanted.emit(line.mend)


class LeaveCard(Card):
    """Escort, return, papers to print, what it leads to; the big button stands below."""

    changed = Signal()
    reasons_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx.theme, padding=16, spacing=8)
        self.ctx, self.words = ctx, ctx.words
        theme, words = ctx.theme, ctx.words
        self._filling = False
        self.escort = ComboField(theme, icon="directions_walk")
        self.due = DueFields(theme, words)
        for key, field in (("leave-with", self.escort), ("leave-back", self.due)):
            self.body.addWidget(LabeledField(theme, words(key), field, beside=True, label_width=48))
        self.body.gap(4)
        self.body.addWidget(Text(theme, words("leave-papers"), size=16, tone="text2"))
        self.papers = TickButtons(theme, words("leave-papers"), columns=2)
        self.papers.set_choices((each.value, words(f"leave-{each.value}")) for each in VisitPaper)
        self.papers.tick([VisitPaper.SHEET.value])
        self.body.addWidget(self.papers)
        self.print_now = ActionButton(theme, words("leave-print-now"), icon="print")
        self.print_now.clicked.connect(self.print_wanted)
        self.body.addWidget(self.print_now)
        self.body.addStretch(1)
        self.pass_on = ActionButton(theme, words("leave-reasons"), icon="edit_note")
        self.pass_on.clicked.connect(self.reasons_wanted)
        self.body.addWidget(self.pass_on)
        self.consequence = Text(theme, size=16, tone="text2")
        self.body.addWidget(self.consequence)
        self.before_main = self.body.count()
        self.escort.activated.connect(lambda _at: self._tell())
        self.due.changed.connect(self._tell)
        self.papers.changed.connect(self._tell)

    def chosen_papers(self) -> tuple[VisitPaper, ...]:
        """What is printed."""
        return tuple(VisitPaper(key) for key in self.papers.values())

    def show_form(
        self, form: LeaveForm, holders: Sequence[tuple[object, str]], days: Sequence[date]
    ) -> None:
        """Fill the fields without saying that somebody changed them."""
        self._filling = True
        nobody = (None, self.words("plan-escort-none"))
        self.escort.set_choices([nobody, *holders])
        self.escort.choose(form.holder_id or form.found.holder_id)
        day, at = form.due()
        self.due.show_due(day, at, days)
        self._filling = False

    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()
