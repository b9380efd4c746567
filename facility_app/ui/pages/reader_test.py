"""リーダーのためし: a page of its own, and the same panel as a step of the set-up."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from facility_app.cards.chip import Reading
from facility_app.cards.protocol import ReaderDriver
from facility_app.cards.reading import read_card
from facility_app.cards.supervisor import ReaderNow
from facility_app.domain.access import Permission
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row
from facility_app.ui.page import Page
from facility_app.ui.viewmodels.reader_test import ROUNDS, ReaderStep, ReaderTest
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card, Notice
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.steps import StepHeader, StepState
from facility_app.ui.widgets.tries import TriesDots

_LEFT = Qt.AlignmentFlag.AlignLeft


class ReaderTestPanel(QWidget):
    """Five steps with live ticks, and what to do now.  It works while it is shown; `changed` after
    everything that happens."""

    changed = Signal()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.ctx, self.theme, self.words = ctx, ctx.theme, ctx.words
        self.test = ReaderTest()
        self._begun = 0
        """How often the test began; what an earlier one asked of a card is not answered here."""
        box = Column(self.theme, self, spacing=16)
        self.advice = Notice(self.theme, Level.NOTICE, " ", size=20)
        box.addWidget(self.advice)
        title = self.words("nav-reader-test")
        card = Card(self.theme, title=title, icon="rule", padding=0, spacing=0)
        self.steps: dict[ReaderStep, StepHeader] = {}
        for number, each in enumerate(self.test.steps(self.words), 1):
            header = StepHeader(self.theme, str(number), each.text, state=StepState.OPEN)
            self.steps[each.step] = header
            card.body.addWidget(header)
        dots = Row(self.theme, margins=(64, 0, 16, 12), spacing=16)
        self.dots = TriesDots(self.theme)
        dots.addWidget(self.dots)
        dots.addStretch(1)
        card.body.addLayout(dots)
        box.addWidget(card)
        self.again = ActionButton(
            self.theme, self.words("reader-test-again"), kind=Kind.GREY, icon="refresh"
        )
        self.again.clicked.connect(self._start_over)
        box.addWidget(self.again, 0, _LEFT)
        if ctx.cards is not None:
            ctx.cards.state_changed.connect(self._changed)
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        """What the reader says now."""
        super().showEvent(event)
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        """The next time it begins anew."""
        super().hideEvent(event)
        self._begin()

    def _look(self) -> None:
        if self.ctx.cards is not None:
            self._changed(self.ctx.cards.now)

    def _changed(self, now: ReaderNow) -> None:
        if not self.isVisible():
            return
        if self.test.reader_changed(now) and self.ctx.cards is not None:
            done, failed = partial(self._read, self._begun), partial(self._not_read, self._begun)
            self.ctx.cards.run(_read, done=done, failed=failed)
        self._tell()

    def _read(self, begun: int, reading: Reading) -> None:
        if begun == self._begun:
            self.test.read(reading.milliseconds)
            self._tell()

    def _not_read(self, begun: int, problem: Exception) -> None:
        if begun == self._begun:
            self.test.failed(problem)
            self._tell()

    def _begin(self) -> None:
        self._begun += 1
        self.test.start_over()

    def _start_over(self) -> None:
        self._begin()
        self._tell()
        self._look()

    def _tell(self) -> None:
        words = self.words
        for each in self.test.steps(words):
            state = StepState.DONE if each.done else StepState.OPEN
            spoken = words("wizard-state-done" if each.done else "wizard-state-open")
            if each.present:
                state, spoken = StepState.PRESENT, words("wizard-state-present")
            self.steps[each.step].set_state(state, each.side, spoken)
        count = words("reader-test-count", count=str(self.test.rounds), all=str(ROUNDS))
        self.dots.set(self.test.rounds, ROUNDS, "ok", count)
        title, text = self.test.advice(words)
        level = Level.OK if self.test.finished else Level.NOTICE
        if self.test.troubled:
            level = Level.WARN
        if title != self.advice.title.text():
            self.ctx.announce(f"{title} {text}")
        self.advice.set(level, title, text)
        self.changed.emit()


def _read(driver: ReaderDriver, now: ReaderNow) -> Reading:
    """On the card thread; nothing of the card is kept but how long it took."""
    return read_card(driver, now.reader, insertion=now.insertion)


class ReaderTestPage(Page):
    """The panel with a way back."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.panel = ReaderTestPanel(ctx)
        self.content.addWidget(self.panel)
        self.content.addStretch(1)
        self.back = ActionButton(
            self.theme, self.words("reader-test-back"), icon="contactless", height=64
        )
        self.back.clicked.connect(lambda: ctx.navigate("cards"))
        self.panel.changed.connect(self._weigh)
        self.act_row.addStretch(1)
        self.act_row.addWidget(self.back)

    def refresh(self) -> None:
        """The way back leads to a page that not everybody has."""
        self.back.setVisible(self.ctx.session.may(Permission.CHECK_CARDS))

    def focus_first(self) -> None:
        """Nothing is pressed here before the end; hands are at the reader."""
        (self.back if self.back.isVisible() else self.panel.again).setFocus()

    def _weigh(self) -> None:
        """The way on is the next act once the reader may be trusted."""
        self.back.set_kind(Kind.FILLED if self.panel.test.finished else Kind.OUTLINED)
