"""訓練: the page of losses on sample data, in an orange frame with a stopwatch.

Everything is the same but the store: it lies in a temporary file and is gone afterwards
(services/lost_drill).  A lock or another person ends the drill without a record.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QWidget

from facility_app.services.lost_book import lost_book
from facility_app.services.lost_drill import (
    Drill,
    DrillHeld,
    DrillScenario,
    begin_drill,
    end_drill,
)
from facility_app.ui.context import Face, Session, UiContext
from facility_app.ui.layouts import Column, Row
from facility_app.ui.page import Page
from facility_app.ui.pages.lost import LostPage
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.desk import number_text
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.dialog import Dialog
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.text import Text

FRAME = 8
"""Width of the orange frame, in design pixels."""


class DrillShell:
    """The window as a drill sees it: it leads nowhere else, and dialogs stay inside the frame."""

    def __init__(self, page: DrillPage) -> None:
        self._page = page

    def host(self) -> QWidget:
        """Dialogs lie over the frame's inside only."""
        return self._page.frame.inside

    def navigate(self, key: str, **args: object) -> bool:
        """Nowhere but the cases of the drill."""
        if key == "lost" and self._page.inner is not None:
            self._page.inner.open(**args)
            self._page.inner.refresh()
            return True
        self._page.say(self._page.words("loss-drill-not-here"))
        return False

    def announce(self, text: str) -> None:
        """As everywhere."""
        self._page.ctx.announce(text)

    def show_error(self, exc: BaseException, where: QWidget | None = None) -> None:
        """As everywhere."""
        self._page.ctx.show_error(exc, where)

    def show_last_act(self, text: str) -> None:
        """The bottom line tells of the real record only."""

    def show_log_state(self, text: str, level: str = "ok") -> None:
        """The same."""

    def show_backup(self, text: str, level: str = "ok") -> None:
        """The same."""

    def show_strip(self, text: str, page: str = "", **args: object) -> None:
        """The same."""

    def switch_on(self, key: str, on: bool) -> None:
        """The same."""


class DrillFrame(QFrame):
    """Orange all around; on top what this is, the stopwatch, and the way out."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        theme, words = ctx.theme, ctx.words
        self.theme: Theme = theme
        box = Column(theme, self, margins=FRAME, spacing=0)
        head = QWidget()
        row = Row(theme, head, margins=(16, 4, 8, 8), spacing=12)
        row.addWidget(IconLabel(theme, "timer", size=28, tone="late_text"))
        self.clock = Text(theme, "00:00", size=28, bold=True, tone="late_text", tabular=True)
        row.addWidget(self.clock)
        self._words = words
        self.told = Text(theme, " ", size=18, bold=True, tone="late_text")
        row.addWidget(self.told, 1)
        self.end = ActionButton(theme, words("loss-drill-end"), kind=Kind.GREY, icon="stop")
        row.addWidget(self.end)
        box.addWidget(head)
        self.inside = QWidget()
        self.inside_box = Column(theme, self.inside, spacing=0)
        box.addWidget(self.inside, 1)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        """Enlarged, a few words, so that the page keeps its room."""
        key = "loss-drill-short" if self.theme.compact else "loss-drill-frame"
        self.told.set(self._words(key))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint under the head, frame around, page colour inside."""
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.qcolor("late"))
        wide = px(FRAME)
        inner = self.rect().adjusted(wide, wide, -wide, -wide)
        painter.fillRect(inner, theme.qcolor("late_tint"))
        painter.fillRect(self.inside.geometry(), theme.qcolor("bg"))
        painter.end()


class DrillPage(Page):
    """Choose what is rehearsed; then the frame."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.drill: Drill | None = None
        self.inner: LostPage | None = None
        self._beginning = False
        self.content.addWidget(self._build_choice(), 1)
        self.frame = DrillFrame(ctx)
        self.frame.end.clicked.connect(self.end)
        outer = self.layout()
        if isinstance(outer, Column):  # beside the scrolling middle: the frame never scrolls away
            outer.insertWidget(outer.indexOf(self.area), self.frame, 1)
        self.frame.hide()
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._tick)
        ctx.session.changed.connect(self._person_changed)

    def _build_choice(self) -> QWidget:
        words, theme = self.words, self.theme
        self.choice = Card(theme, title=words("loss-drill"), icon="timer", spacing=16)
        body = self.choice.body
        for key in ("loss-drill-how-1", "loss-drill-how-2", "loss-drill-how-3"):
            body.addWidget(Text(theme, words(key)))
        body.addWidget(Text(theme, words("loss-drill-which"), size=20, bold=True))
        self.which = ReasonButtons(theme, words("loss-drill-which"), columns=2)
        self.which.set_choices([(each.value, words.term(each)) for each in DrillScenario])
        self.which.choose(DrillScenario.CARD_OUTSIDE.value)
        body.addWidget(self.which)
        row = Row(theme, spacing=16)
        self.go = ActionButton(
            theme, words("loss-drill-go"), kind=Kind.FILLED, icon="timer", key="Enter", height=64
        )
        self.go.clicked.connect(self.begin)
        self.back = ActionButton(
            theme, words("loss-list"), kind=Kind.GREY, icon="arrow_back", key="Esc", height=64,
            size=18,
        )  # fmt: skip
        self.back.clicked.connect(lambda: self.ctx.navigate("lost"))
        row.addWidget(self.go, 1)
        row.addWidget(self.back)
        body.addLayout(row)
        body.addStretch(1)
        return self.choice

    # --- what the window asks --------------------------------------------------------------------

    def refresh(self) -> None:
        """The cases of the drill, where one is under way."""
        if self.inner is not None:
            self.inner.refresh()

    def focus_first(self) -> None:
        """The next field of the drill, or the button that begins one."""
        if self.inner is not None:
            self.inner.focus_first()
        else:
            self.go.setFocus()

    def main_button(self) -> QAbstractButton | None:
        """What Enter presses."""
        return self.go if self.inner is None else self.inner.main_button()

    # --- a drill ---------------------------------------------------------------------------------

    def begin(self) -> None:
        """Make the sample store and show its case."""
        if self._beginning or self.drill is not None:
            return
        self._beginning = True
        self.go.setEnabled(False)
        office: Any = self.ctx.office
        actor, words = self.ctx.session.require(), self.words
        scenario = DrillScenario(self.which.value())
        self.ctx.lane.run(
            lambda: begin_drill(office, actor, words, lost_book(office).book, scenario),
            done=self._begun,
            failed=self._not_begun,
            what=words("loss-drill-making"),
        )

    def _not_begun(self, exc: Exception) -> None:
        self._beginning = False
        self.go.setEnabled(True)
        self.ctx.show_error(exc, self)

    def _begun(self, drill: Drill) -> None:
        self._beginning = False
        self.go.setEnabled(True)
        if not self.ctx.session.unlocked:
            self.ctx.lane.run(drill.discard)
            return
        self.drill = drill
        self.banner.dismiss()
        self.inner = LostPage(self._context(drill), drill=True)
        self.inner.content.set_margins((16, 8, 16, 8))  # the frame takes room of its own
        self.frame.inside_box.addWidget(self.inner)
        self.inner.open(case=int(drill.case_id))
        self.inner.refresh()
        self.area.hide()
        self.frame.show()
        self._tick()
        self._timer.start()
        self.ctx.announce(self.words("loss-drill-frame"))

    def _context(self, drill: Drill) -> UiContext:
        """What the inner page is given: the drill's office, person and window."""
        ctx = self.ctx
        session = Session(ctx.clock)
        face = ctx.session.face or Face(drill.actor.name, "", 0)
        session.open(drill.actor, face)
        return UiContext(
            ctx.words, ctx.theme, ctx.lane, ctx.clock, drill.office, session, DrillShell(self)
        )

    def end(self) -> None:
        """End it: the real record says that it was held, by whom and how long."""
        drill = self.drill
        if drill is None:
            return
        self._leave()
        office: Any = self.ctx.office
        actor = self.ctx.session.require()
        self.ctx.lane.run(
            lambda: end_drill(office, actor, drill),
            done=self._held,
            failed=lambda exc: self.ctx.show_error(exc, self),
            what=self.words("desk-busy-recording"),
        )

    def _held(self, held: DrillHeld) -> None:
        number = number_text(self.words, held.seq)
        self.say(
            self.words(
                "loss-drill-held", number=number, minutes=str(held.minutes), steps=str(held.steps)
            )
        )
        self.ctx.session.acted.emit()

    def _leave(self) -> None:
        """Take the frame away; the store is discarded by who calls this."""
        self._timer.stop()
        for dialog in self.frame.inside.findChildren(Dialog):
            dialog.dismiss()
        if self.inner is not None:
            self.frame.inside_box.removeWidget(self.inner)
            self.inner.hide()
            self.inner.deleteLater()
        self.inner = self.drill = None
        self.frame.hide()
        self.area.show()
        self.focus_first()

    def _person_changed(self) -> None:
        """Locked, or somebody else came: what was rehearsed is nobody's."""
        drill = self.drill
        if drill is not None:
            self._leave()
            self.ctx.lane.run(drill.discard)

    def _tick(self) -> None:
        if self.drill is not None:
            seconds = int((self.ctx.now() - self.drill.began_at).total_seconds())
            self.frame.clock.set(f"{seconds // 60:02}:{seconds % 60:02}")

    def say(self, text: str) -> None:
        """What was just done, or cannot be done here."""
        self.banner.show_done(text)
        self.ctx.announce(text)
