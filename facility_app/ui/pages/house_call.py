"""訪問診療の回: who is seen, the cards out in one act, and back in one act.  `open(round=id)`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from facility_app.domain.access import Permission, StaffId
from facility_app.domain.clock import local_date
from facility_app.domain.coverage import Answer
from facility_app.services.access import Witness
from facility_app.services.acts import DeskAct, Recorded, recorded
from facility_app.services.desk_choices import DeskChoices, desk_choices
from facility_app.services.house_call_acts import (
    RoundLoan,
    depart_round,
    return_round,
    round_out,
)
from facility_app.services.house_calls import RoundView, mark_read_before, round_view
from facility_app.services.search import Findings, ResidentQuery, find_residents
from facility_app.services.visit_views import VisitState
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.house_call import RoundDialog
from facility_app.ui.dialogs.second_person import ask_second
from facility_app.ui.layouts import Columns
from facility_app.ui.log_state import show_log_state
from facility_app.ui.page import Page
from facility_app.ui.pages.house_call_parts import PeopleCard, TogetherCard
from facility_app.ui.viewmodels.desk import number_text
from facility_app.ui.viewmodels.house_call import (
    RoundState,
    main_text,
    off_reason,
    rows,
    title_text,
)
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.text import Text


class HouseCallPage(Page):
    """See the module."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.round_id = 0
        self.state: RoundState | None = None
        self.choices: DeskChoices | None = None
        self.sending = self._wants_focus = False
        self._build_head()
        columns = Columns(self.theme, (7, 5))
        self.people, self.together = PeopleCard(ctx), TogetherCard(ctx)
        columns.add(self.people)
        columns.add(self.together)
        self.content.addWidget(columns, 1)
        self.button = ActionButton(
            self.theme, " ", kind=Kind.FILLED, icon="output", key="Enter", height=64
        )
        self.button.clicked.connect(self.press)
        self.people.mark_wanted.connect(self._mark)
        self.people.outcome_wanted.connect(self._outcome)
        self.together.changed.connect(self._changed)
        self.theme.changed.connect(self._place)
        self._place()

    def _build_head(self) -> None:
        words = self.words
        self.title = Text(self.theme, " ", size=28, bold=True)
        self.head.addWidget(self.title, 1)
        self.change = ActionButton(
            self.theme, words("leave-change"), kind=Kind.GREY, icon="edit", height=56
        )
        self.change.clicked.connect(self._change)
        self.head.addWidget(self.change)
        self.back = ActionButton(
            self.theme, words("desk-cancel"), kind=Kind.GREY, icon="close", key="Esc", height=56
        )
        self.back.clicked.connect(self.leave)
        self.head.addWidget(self.back)

    def _place(self) -> None:
        compact = self.theme.compact
        if compact:
            self.bar.row.addWidget(self.button, 1)
        elif self.together.body.indexOf(self.button) < 0:
            self.together.body.addWidget(self.button)
        self.bar.setVisible(compact)

    # --- what the window asks --------------------------------------------------------------------

    def open(self, **args: object) -> None:
        """Another round forgets what was ticked."""
        wanted = args.get("round")
        if isinstance(wanted, int) and wanted != self.round_id:
            self.round_id, self.state = wanted, None
            self.clear_problem()

    def refresh(self) -> None:
        """Read the round and what is out of it."""
        if not self.ctx.session.unlocked or not self.round_id:
            return
        self.change.setVisible(self.ctx.session.may(Permission.PLAN_VISITS))
        self.ctx.ask(desk_choices, done=self._keep_choices, failed=self._failed)
        self._read()

    def _read(self) -> None:
        may = self.ctx.session.may(Permission.SIGN_IN)

        def both(reading: Any, round_id: int) -> tuple[RoundView, tuple[RoundLoan, ...]]:
            view = round_view(reading, round_id)
            return view, round_out(reading, round_id) if may else ()

        self.ctx.ask(
            both, self.round_id, done=self._show, failed=self._failed,
            what=self.words("desk-busy-reading"),
        )  # fmt: skip

    def focus_first(self) -> None:
        """The big button, or the first pouch that is to be put back."""
        self._wants_focus = self.state is None
        ticks = list(self.together.ticks.values())
        target: QWidget = self.button
        if ticks and not self.button.isEnabled():
            target = ticks[0]
        elif not self.button.isEnabled():
            target = self.back
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def scan(self, text: str) -> None:
        """A pouch that is put back."""
        self.ctx.ask(
            find_residents, ResidentQuery(text, limit=2), done=self._found, failed=self._failed
        )

    def main_button(self) -> QAbstractButton | None:
        """What Enter presses."""
        return self.button if self.button.isVisible() else None

    def leave(self) -> None:
        """Back to the calendar."""
        self.round_id, self.state = 0, None
        self.ctx.navigate("visits")

    # --- showing ---------------------------------------------------------------------------------

    def _keep_choices(self, choices: DeskChoices) -> None:
        self.choices = choices
        self._fill()

    def _show(self, both: tuple[RoundView, tuple[RoundLoan, ...]]) -> None:
        view, out = both
        if view.id != self.round_id or not self.ctx.session.unlocked:
            return
        kept = self.state
        self.state = RoundState(view, out)
        if kept is not None:
            self.state.holder_id, self.state.back = kept.holder_id, kept.back
        self.title.set(title_text(self.words, view))
        may = self.ctx.session.may(Permission.PLAN_VISITS)
        self.people.show_rows(rows(self.words, self.state, self.ctx.now()), may_mark=may)
        self._fill()

    def _fill(self) -> None:
        state, choices = self.state, self.choices
        if state is not None and choices is not None:
            self.together.show_state(state, choices.holders, self._me())
            self.tell()
            if self._wants_focus:
                self.focus_first()

    def _me(self) -> StaffId:
        me = self.ctx.session.require().staff_id
        if me is None:
            raise LookupError("nobody of the staff is unlocked")
        return me

    def tell(self) -> None:
        """The big button: its words, or why it is off."""
        state, may = self.state, self.ctx.session.may
        if state is None:
            return
        right = Permission.SIGN_IN if state.returning else Permission.SIGN_OUT
        today = local_date(state.view.form.starts_at) == local_date(self.ctx.now())
        self.button.set_text(main_text(self.words, state))
        self.button.set_icon("input" if state.returning else "output")
        self.button.block(off_reason(self.words, state, may=may(right), today=today))
        done = all(
            each.visit.state in (VisitState.BACK, VisitState.DONE) for each in state.view.visits
        )
        self.button.setVisible(not done)
        if self.sending:
            self.button.setEnabled(False)

    def _changed(self) -> None:
        if self.state is not None:
            self.state.holder_id = self.together.escort.value()
            self.state.back = self.together.ticked()
            self.tell()

    def _found(self, found: Findings) -> None:
        """The scanned pouch is in its slot."""
        if len(found.rows) == 1:
            for loan_id, tick in self.together.ticks.items():
                if self.together.residents[loan_id] == found.rows[0].id:
                    tick.setChecked(True)
        if self.button.isEnabled():
            self.button.setFocus()

    # --- acting ----------------------------------------------------------------------------------

    def press(self) -> None:
        """Everything out, or everything back."""
        state, choices = self.state, self.choices
        if state is None or choices is None or self.sending or not self.button.isEnabled():
            return
        self.clear_problem()
        act = DeskAct.SIGNED_IN if state.returning else DeskAct.SIGNED_OUT
        needs = "sign-in" if state.returning else "sign-out"
        go = partial(self._send, state)
        if needs in choices.two_person:
            ask_second(self.ctx, act=self.words.term(act), name=state.view.clinic, confirmed=go)
        else:
            go(None)

    def _send(self, state: RoundState, witness: Witness | None) -> None:
        self.sending = True
        self.tell()
        use_case: Callable[..., Any] = return_round if state.returning else depart_round
        command: Any = state.give_back(witness)
        if not state.returning:
            command = state.depart(self._me(), self.ctx.now(), witness)
        said = "rounds-done-back" if state.returning else "rounds-done-out"
        self.ctx.do(
            recorded(use_case),
            command,
            done=partial(self._done, said),
            failed=self._stayed,
            what=self.words("desk-busy-recording"),
        )

    def _done(self, said: str, done: Recorded[Any]) -> None:
        self.sending = False
        text = self.words(said, number=number_text(self.words, done.seq))
        self.banner.show_done(text)
        self.ctx.announce(text)
        self.ctx.session.acted.emit()
        show_log_state(self.ctx)
        self._read()

    def _stayed(self, exc: Exception) -> None:
        self.sending = False
        self.ctx.show_error(exc, self)
        self._read()

    def _mark(self, visit_id: int, known: bool) -> None:
        answer = Answer.YES if known else Answer.NO
        self.ctx.do(
            mark_read_before, visit_id, answer, done=lambda _n: self._read(), failed=self._failed
        )

    def _outcome(self, visit_id: int) -> None:
        from facility_app.ui.pages.visits_outcome import ask_outcome

        ask_outcome(self.ctx, visit_id, said=self._said, failed=self._failed)

    def _said(self, text: str) -> None:
        self.banner.show_done(text)
        self.ctx.announce(text)
        self._read()

    def _change(self) -> None:
        state, choices = self.state, self.choices
        if state is None or choices is None:
            return
        dialog = RoundDialog(self.ctx, choices, view=state.view)
        dialog.recorded.connect(lambda _done: self._said(self.words("plan-changed")))
        dialog.cancelled.connect(self.leave)
        dialog.start()

    def _failed(self, exc: Exception) -> None:
        self.ctx.show_error(exc, self)
