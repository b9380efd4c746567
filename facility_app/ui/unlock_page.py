"""The unlock page: who uses the program, and their password.  Says no resident's name.

Use: ``window.set_lock_page(UnlockPage(ctx, OfficeUnlock(office)))``; `unlocked` carries nobody's
password, only tells that ``ctx.session`` is open.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from facility_app.domain.access import Actor
from facility_app.errors import Refused
from facility_app.ui.context import Face, UiContext
from facility_app.ui.layouts import Column, Columns, Row, Sized, settle
from facility_app.ui.page import Page
from facility_app.ui.unlock_people import UnlockPeople, role_words
from facility_app.ui.viewmodels.unlock import OutCount, Tile, UnlockCalls, UnlockForm
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.secret_edit import SecretEdit
from facility_app.ui.widgets.staff_tile import StaffMark, StaffTile
from facility_app.ui.widgets.text import Text

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_AROUND_TILES = 326
"""Design pixels of the page that are not tiles."""


class UnlockPage(Page):
    """Left: tiles and staff number.  Right: the chosen person and the password."""

    unlocked = Signal()
    tried = Signal()
    """Somebody waits for the answer: what can wait should step aside."""
    emergency_wanted = Signal(str)
    """Carries the staff number that is chosen, or an empty string."""

    def __init__(
        self,
        ctx: UiContext,
        calls: UnlockCalls,
        *,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(ctx)
        self._calls = calls
        self.form = UnlockForm(clock_s)
        self.people = UnlockPeople(self.theme, self.words)
        self.number = self.people.number
        self.people.picked.connect(self._choose)
        self.number.textEdited.connect(self._number_typed)
        self.number.scanned.connect(self._number_entered)
        self.theme.changed.connect(self._restyle)
        frame = QWidget()
        Sized(self.theme, frame, max_width=1008)
        inner = Column(self.theme, frame, spacing=24)
        columns = Columns(self.theme, (55, 44))
        columns.add(self.people)
        columns.add(self._build_password())
        inner.addWidget(columns)
        inner.addLayout(self._build_foot())
        center = Row(self.theme, spacing=0)
        center.addStretch(1)
        center.addWidget(frame, 1000)
        center.addStretch(1)
        self.content.addStretch(2)
        self.content.addLayout(center)
        self.content.addStretch(3)
        self._restyle()
        self._countdown = QTimer(self, interval=250)
        self._countdown.timeout.connect(self._show_state)
        self._show_state()

    def _build_password(self) -> Card:
        words, theme = self.words, self.theme
        card = Card(theme, padding=24, spacing=8)
        self.mark = StaffMark(theme, circle=64)
        self.nobody = Text(theme, words("unlock-choose-first"), size=20, tone="text2")
        Sized(theme, self.nobody, min_height=64)
        card.body.addWidget(self.mark)
        card.body.addWidget(self.nobody)
        card.body.gap(8)
        label = Text(theme, words("unlock-password"), bold=True)
        card.body.addWidget(label)
        self.password = SecretEdit(
            theme,
            name=words("unlock-password"),
            show=words("widgets-show-password"),
            hide=words("widgets-hide-password"),
        )
        label.setBuddy(self.password.field)
        self.password.edited.connect(self._show_state)
        self.password.submitted.connect(self._try)
        card.body.addWidget(self.password)
        self.refusal = Text(theme, tone="danger_fill", bold=True)
        card.body.addWidget(self.refusal)
        self.refusal.hide()
        card.body.addStretch(1)
        self.button = ActionButton(
            theme,
            words("unlock-enter"),
            kind=Kind.FILLED,
            icon="lock_open-fill",
            key="Enter",
            height=64,
        )
        self.button.clicked.connect(self._try)
        card.body.addWidget(self.button)
        return card

    def _build_foot(self) -> Row:
        words, theme = self.words, self.theme
        row = Row(theme, spacing=16)
        self.emergency = ActionButton(
            theme,
            words("shell-emergency"),
            kind=Kind.RED,
            icon="e911_emergency-fill",
            key="F12",
            height=64,
            shortcut=False,
        )
        Sized(theme, self.emergency, min_width=320)
        self.emergency.clicked.connect(lambda: self.emergency_wanted.emit(self.form.number))
        row.addWidget(self.emergency)
        how = f"{words('unlock-emergency-how')}\n{words('unlock-emergency-number')}"
        row.addWidget(Text(theme, how), 1)
        self.late = Chip(theme, "", Level.LATE)
        self.late.hide()
        row.addWidget(self.late, 0, _MIDDLE)
        self.out = Text(theme, bold=True, wraps=False)
        row.addWidget(self.out, 0, _MIDDLE)
        return row

    # --- Page ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Load the tiles and the counts."""
        self.clear_problem()
        self.ctx.lane.run(self._calls.tiles, done=self._show_tiles)
        self.ctx.lane.run(self._calls.out_count, done=self._show_counts)

    def focus_first(self) -> None:
        """Nobody is chosen: the number field; a badge may be scanned at once."""
        (self.password.field if self.form.number else self.number).setFocus()

    def scan(self, text: str) -> None:
        """A badge with the staff number."""
        self.number.setText(text)
        self._number_entered(text)

    def clear_secrets(self) -> None:
        """The password, and who was about to enter."""
        self.password.clear()
        self.number.clear()
        self._refuse("")
        self.form.number = ""
        self._mark_tile()
        self._show_state()

    def main_button(self) -> QAbstractButton | None:
        """Enter with a password goes in."""
        return self.button

    @property
    def tiles(self) -> dict[str, StaffTile]:
        """The tiles by staff number."""
        return self.people.tiles

    # --- people ----------------------------------------------------------------------------------

    def _show_tiles(self, tiles: Sequence[Tile]) -> None:
        if tuple(tiles) != self.form.tiles or not self.people.tiles:
            self.form.tiles = tuple(tiles)
            self.people.show_people(self.form.tiles)
        self._mark_tile()
        self._show_state()
        self._fit_tiles()
        settle(self.people.area)

    def _fit_tiles(self) -> None:
        self.people.fit(self.height() - self.theme.px(_AROUND_TILES))

    def _restyle(self) -> None:
        self.emergency.setVisible(not self.theme.compact)  # then it stands in the header
        self._fit_tiles()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room, more tiles."""
        super().resizeEvent(event)
        self._fit_tiles()

    def _choose(self, number: str) -> None:
        self.form.choose(number)
        self.number.clear()
        self._refuse("")
        self._mark_tile()
        self._show_state()
        self.password.field.setFocus()

    def _number_typed(self, text: str) -> None:
        self.form.choose(text)
        self._refuse("")
        self._mark_tile()
        self._show_state()

    def _number_entered(self, text: str) -> None:
        self._number_typed(text)
        self.password.field.setFocus()

    def _mark_tile(self) -> None:
        self.people.mark(self.form.number)

    # --- going in --------------------------------------------------------------------------------

    def _try(self) -> None:
        if not self.form.number:
            self._refuse(self.words("unlock-choose-first"))
            self.number.setFocus()
            return
        if not self.form.can_try(not self.password.is_empty()):
            return
        self.form.working = True
        self._refuse("")
        number, password = self.form.number, self.password.take()
        self._show_state()
        self.tried.emit()
        self.ctx.lane.run(
            lambda: self._calls.unlock(number, password), done=self._let_in, failed=self._kept_out
        )

    def _let_in(self, actor: Actor) -> None:
        person = self.form.person()
        role = role_words(self.words, person) if person is not None else ""
        face = Face(actor.name, role, person.colour if person is not None else 0, self.form.number)
        self.form.unlocked()
        self.clear_secrets()
        self.ctx.session.open(actor, face)
        self.unlocked.emit()

    def _kept_out(self, exc: Exception) -> None:
        self.form.failed(exc)
        if not isinstance(exc, Refused):
            self.ctx.show_error(exc, self)
        else:
            text = self.words.error(exc)
            self._refuse(f"{text.what}\n{text.todo}")
            self.ctx.announce(str(text))
        self._show_state()
        self.password.field.setFocus()

    def _refuse(self, words: str) -> None:
        self.refusal.set(words)
        self.refusal.setVisible(bool(words))

    def _show_state(self) -> None:
        person = self.form.person()
        self.mark.setVisible(person is not None)
        self.nobody.setVisible(person is None)
        if person is not None:
            self.mark.set(person.name, role_words(self.words, person), person.colour)
        left = self.form.seconds_left()
        typed = not self.password.is_empty()
        if left:
            self.button.block(self.words("unlock-wait", seconds=str(left)))
            self._countdown.start()
        else:
            self._countdown.stop()
            self.button.block("")
            self.button.setEnabled(self.form.can_try(typed))
        busy = self.words("unlock-checking" if self.form.working else "unlock-enter")
        if self.button.text() != busy:
            self.button.set_text(busy)

    def _show_counts(self, counts: OutCount) -> None:
        self.out.set(self.words("unlock-out", count=str(counts.out)) if counts.out else "")
        self.late.setVisible(counts.late > 0)
        if counts.late:
            words = self.words("unlock-late", count=str(counts.late))
            self.late.set(words, Level.LATE)
