"""緊急持出し: who, whose pouch, out.  Works on the locked screen by staff number alone.

Use: ``EmergencyDialog(ctx, calls, tiles=..., number=...).start()``; `released` carries the `Done`.
From the locked screen: F12, a tile or a badge, a tag, Enter.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from facility_app.domain.access import Actor, Permission
from facility_app.i18n import ErrorText
from facility_app.ui.context import UiContext
from facility_app.ui.emergency_after import AfterRelease
from facility_app.ui.emergency_parts import (
    FamilyPanel,
    TargetPanel,
    TileColumn,
    Verdict,
    VerdictLine,
)
from facility_app.ui.layouts import Column, Columns, Sized
from facility_app.ui.viewmodels.emergency import Done, EmergencyCalls, EmergencyForm, Found
from facility_app.ui.viewmodels.unlock import Tile
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.dialog import Dialog
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.scan_field import ScanField
from facility_app.ui.widgets.search_results import Hit, SearchResults
from facility_app.ui.widgets.steps import StepHeader


class EmergencyDialog(Dialog):
    """Two steps at the left, what will leave at the right, one red button."""

    released = Signal(object)

    def __init__(
        self,
        ctx: UiContext,
        calls: EmergencyCalls,
        *,
        tiles: Sequence[Tile] = (),
        number: str = "",
        reason_hours: int = 24,
    ) -> None:
        words = ctx.words
        super().__init__(
            ctx.theme,
            ctx.host(),
            title=words("shell-emergency"),
            subtitle=words("release-later"),
            close=words("widgets-cancel"),
            icon="e911_emergency-fill",
            red=True,
        )
        self.ctx, self._calls, self._hours = ctx, calls, reason_hours
        self.form = EmergencyForm()
        self.after = AfterRelease(self, calls)
        self._start_number = number
        columns = Columns(ctx.theme, (1, 1), spacing=32)
        columns.add(self._build_steps())
        columns.add(self._build_right(tiles))
        self.body.addWidget(columns)
        self._build_act()
        self._show_state()

    def _build_steps(self) -> QWidget:
        ctx, theme, words = self.ctx, self.theme, self.ctx.words
        box = QWidget()
        column = Column(theme, box, spacing=8)
        column.addWidget(StepHeader(theme, "1", words("release-your-number")))
        self.number = ScanField(theme, words("unlock-number"), icon="badge-fill", height=64)
        self.number.setMaxLength(20)
        self.number.scanned.connect(lambda text: self._identify(text, move_on=True))
        self.number.searched.connect(lambda text: self._identify(text, move_on=False))
        column.addWidget(self.number)
        self.who = VerdictLine(ctx)
        column.addWidget(self.who)
        column.addWidget(StepHeader(theme, "2", words("release-whose")))
        self.search = ScanField(theme, words("release-whose"), height=64)
        self.search.scanned.connect(self._find)
        self.search.searched.connect(self._find)
        column.addWidget(self.search)
        self.whose = VerdictLine(ctx)
        column.addWidget(self.whose)
        column.addStretch(1)
        return box

    def _build_right(self, tiles: Sequence[Tile]) -> QWidget:
        self.pages = QStackedWidget()
        self.people = TileColumn(self.ctx, tiles)
        self.people.picked.connect(lambda number: self._identify(number, move_on=True))
        self.results = SearchResults(self.theme, self.ctx.words("release-found"))
        self.results.picked.connect(self._pick)
        self.results.follow(self.search)
        self.target = TargetPanel(self.ctx)
        hint = self.ctx.words("release-scan")
        self.waiting = EmptyState(self.theme, icon="qr_code_scanner", title=hint)
        self.family = FamilyPanel(self.ctx)
        for part in (self.people, self.results, self.target, self.waiting, self.family):
            self.pages.addWidget(part)
        self.pages.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        Sized(self.theme, self.pages, min_height=296)
        return self.pages

    def _build_act(self) -> None:
        words = self.ctx.words
        self.add_note("notifications_active-fill", words("release-who-learns"))
        by = words("release-reason-by", hours=str(self._hours))
        self.deadline = self.add_note("schedule-fill", by)
        self.button = ActionButton(
            self.theme,
            words("release-go"),
            kind=Kind.RED_FILLED,
            icon="output",
            key="Enter",
            height=72,
            size=28,
        )
        self.button.clicked.connect(self._go)
        self.acts.addWidget(self.button)

    # --- opening ---------------------------------------------------------------------------------

    def start(self) -> None:
        """Show it; the unlocked person is already filled in."""
        session = self.ctx.session
        if session.actor is not None and session.may(Permission.RELEASE_EMERGENCY):
            if session.face is not None:
                self.number.setText(session.face.number)
            self._identified(session.actor, move_on=True)
            self.open(self.search)
            return
        self.open(self.number)
        if self._start_number:
            self._identify(self._start_number, move_on=True)

    def scan(self, text: str) -> None:
        """A burst that arrived on a button: a badge first, then a tag."""
        if self.form.actor is None:
            self._identify(text, move_on=True)
        else:
            self.search.scan(text)

    def show_problem(self, text: ErrorText, level: Level = Level.WARN) -> None:
        """An error in words, under the field it belongs to."""
        line = self.who if self.form.actor is None else self.whose
        line.say(f"{text.what}\n{text.todo}", Verdict.PROBLEM)

    # --- who -------------------------------------------------------------------------------------

    def _identify(self, number: str, *, move_on: bool) -> None:
        if self.form.done is not None or not number:
            return
        if move_on:
            self.number.setText(number)
        calls = self._calls
        self.ctx.lane.run(
            lambda: calls.identify(number),
            done=lambda actor: self._identified(actor, move_on=move_on, number=number),
            failed=lambda exc: self._not_identified(exc, loud=move_on, number=number),
        )

    def _identified(self, actor: Actor, *, move_on: bool, number: str | None = None) -> None:
        if number is not None and number != self.number.wanted():
            return  # somebody typed on meanwhile
        self.form.identified(actor)
        self.who.say(self.ctx.words("release-you-are", name=actor.name))
        self.people.mark(self.number.wanted())
        if move_on and self.search.isVisible():
            self.search.setFocus()
        if self.search.wanted() and self.form.target is None:
            self._find(self.search.wanted())
        self._show_state()

    def _not_identified(self, exc: Exception, *, loud: bool, number: str) -> None:
        if number != self.number.wanted():
            return
        self.form.identified(None)
        if loud or (not isinstance(exc, LookupError) and not hasattr(exc, "key")):
            self.ctx.show_error(exc, self)
        else:
            self.who.say("")
        self._show_state()

    # --- whose -----------------------------------------------------------------------------------

    def _find(self, text: str) -> None:
        actor = self.form.actor
        if self.form.done is not None:
            return
        if actor is None:
            self.who.say(self.ctx.words("release-number-first"), Verdict.PROBLEM)
            self.number.setFocus()
            return
        asked = self.form.ask()
        calls = self._calls
        self.ctx.lane.run(
            lambda: calls.find(actor, text),
            done=lambda found: self._show_found(asked, found),
            failed=lambda exc: self.ctx.show_error(exc, self),
        )

    def _show_found(self, asked: int, found: Found) -> None:
        if not self.form.answer(asked, found):
            return
        words = self.ctx.words
        if found.total == 1:
            self._target_chosen()
            return
        key = "release-nobody" if not found.total else "release-several"
        verdict = Verdict.HINT if found.total else Verdict.PROBLEM
        self.whose.say(words(key, count=str(found.total)), verdict)
        honorific = words("widgets-honorific")
        self.results.show_hits(
            [
                Hit(
                    row.resident_id,
                    f"{row.name}{honorific}",
                    "",
                    words("release-room", room=row.room),
                )
                for row in found.rows
            ]
        )
        self._show_state()

    def _pick(self, resident_id: int) -> None:
        self.form.choose(resident_id)
        self._target_chosen()

    def _target_chosen(self) -> None:
        target, words = self.form.target, self.ctx.words
        if target is None:
            return
        self.target.show_target(target)
        if target.items:
            self.whose.say(words("release-one"))
        else:
            self.whose.say(words("release-nothing-there"), Verdict.PROBLEM)
        self._show_state()
        if self.form.ready():
            self.button.setFocus()
            self.show_part(self.pages)
            self.ctx.announce(f"{target.name} {target.room} {target.slot}")

    # --- out -------------------------------------------------------------------------------------

    def _go(self) -> None:
        if self.form.done is not None:
            self.after.press()
            return
        actor, target = self.form.actor, self.form.target
        if not self.form.ready() or actor is None or target is None:
            return
        self.form.working = True
        self._show_state()
        calls, resident_id = self._calls, target.resident_id
        self.ctx.lane.run(
            lambda: calls.release(actor, resident_id), done=self._left, failed=self._stays
        )

    def _left(self, done: Done) -> None:
        words = self.ctx.words
        self.form.working, self.form.done = False, done
        self.whose.say(words("release-recorded", number=f"{done.seq:,}"))
        self.deadline.set(words("release-reason-due", due=done.reason_due_at))
        self.close_button.set_text(words("widgets-close"))
        self.after.begin(done)
        for field in (self.number, self.search):
            field.setEnabled(False)
        self._show_state()
        self.button.setFocus()
        self.ctx.announce(self.whose.text.text())
        self.released.emit(done)

    def _stays(self, exc: Exception) -> None:
        self.form.working = False
        self.ctx.show_error(exc, self)
        self._show_state()

    def _show_state(self) -> None:
        if self.form.actor is None and self.people.tiles:
            page = 0
        elif self.form.target is not None:
            page = 2 if not self.after.calls_known else 4
        else:
            page = 1 if self.form.found.rows else 3
        self.pages.setCurrentIndex(page)
        self.button.setEnabled(self.form.ready() or self.form.done is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on an empty field goes on: pick the chosen row, or press the red button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            if self.button.isEnabled():
                self._go()
            elif self.pages.currentIndex() == 1:
                self.results.pick_current()
            return
        super().keyPressEvent(event)
