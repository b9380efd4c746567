"""What the departure check does: leave, print, choose what goes along, write reasons, mend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from facility_app.i18n import ErrorText
from facility_app.services.access import Witness
from facility_app.services.acts import DeskAct, Recorded, recorded
from facility_app.services.departure import depart
from facility_app.services.desk_choices import desk_choices
from facility_app.services.insurance_facts import InsuranceView, insurance_of
from facility_app.ui.dialogs.departure import PiecesDialog, ReasonsDialog
from facility_app.ui.dialogs.insurance import InsuranceDialog
from facility_app.ui.dialogs.plan_visit import PlanVisitDialog
from facility_app.ui.dialogs.second_person import ask_second
from facility_app.ui.log_state import show_log_state
from facility_app.ui.pages.visits_paper import VisitPapers
from facility_app.ui.viewmodels.departure import LeaveForm, Mend, passed_now
from facility_app.ui.viewmodels.desk import number_text
from facility_app.ui.widgets.levels import Level

if TYPE_CHECKING:
    from facility_app.ui.pages.departure import DeparturePage


class LeaveActs:
    """On behalf of the page.  `sending` while the sign-out is on its way."""

    def __init__(self, page: DeparturePage) -> None:
        self.page, self.ctx, self.words = page, page.ctx, page.words
        self.sending = False
        self.papers = VisitPapers(page.ctx)

    # --- leaving ---------------------------------------------------------------------------------

    def go(self) -> None:
        """Sign out, after a second person where one is asked for; then print."""
        form = self.page.form
        if form is None or self.sending or not self.page.button.isEnabled():
            return
        choices = self.page.choices
        if choices is None or "sign-out" not in choices.two_person:
            self._send(form, None)
            return
        act = self.words.term(DeskAct.SIGNED_OUT)
        ask_second(
            self.ctx, act=act, name=form.found.plan.name, confirmed=lambda w: self._send(form, w)
        )

    def _send(self, form: LeaveForm, witness: Witness | None) -> None:
        self.sending = True
        self.page.tell()
        self.ctx.do(
            recorded(depart),
            form.command(witness),
            done=lambda done: self._left(form, done),
            failed=self._stayed,
            what=self.words("desk-busy-recording"),
        )

    def _left(self, form: LeaveForm, done: Recorded[Any]) -> None:
        """Gone: say so on the calendar, and print there what was asked for."""
        self.sending = False
        words, plan = self.words, form.found.plan
        number = number_text(words, done.seq)
        said = words("leave-done", name=plan.name, number=number)
        wanted = self.page.go.chosen_papers()
        self.ctx.session.acted.emit()
        show_log_state(self.ctx)
        self.page.forget()
        self.ctx.navigate("visits", said=said)
        self.papers.print_for(form.visit_id, plan.resident_id, wanted)

    def _stayed(self, exc: Exception) -> None:
        self.sending = False
        self.ctx.show_error(exc, self.page)
        self.page.read()

    # --- before ----------------------------------------------------------------------------------

    def print_now(self) -> None:
        """The papers alone, for instance the day before."""
        form = self.page.form
        if form is not None:
            self.papers.print_for(
                form.visit_id,
                form.found.plan.resident_id,
                self.page.go.chosen_papers(),
                printed=lambda: self.page.banner.show_done(self.words("leave-printed")),
            )

    def reasons(self) -> None:
        """Write why they may leave with a line open."""
        form = self.page.form
        if form is None:
            return

        def keep(dialog: ReasonsDialog) -> None:
            passed_now(form, dialog.reasons())
            self.page.tell()
            self.page.focus_first()

        dialog = ReasonsDialog(self.ctx, form)
        dialog.written.connect(lambda: keep(dialog))
        dialog.start()

    def mend(self, what: Mend) -> None:
        """Choose what goes along, or enter what is known of the ratio."""
        form = self.page.form
        if form is None:
            return
        if what is Mend.PIECES:
            self._pieces(form)
        elif what is Mend.RATIO:
            resident = form.found.plan.resident_id
            self.page.ask(insurance_of, resident, done=self._insurance)

    def _pieces(self, form: LeaveForm) -> None:
        def keep(dialog: PiecesDialog) -> None:
            form.items = dialog.chosen()
            self.page.read()

        dialog = PiecesDialog(self.ctx, form)
        dialog.chosen_now.connect(lambda: keep(dialog))
        dialog.start()

    def _insurance(self, view: InsuranceView) -> None:
        form = self.page.form
        if form is None:
            return
        dialog = InsuranceDialog(self.ctx, view, form.found.plan.name)
        dialog.recorded.connect(lambda _done: self.page.read())
        dialog.start()

    def change_plan(self) -> None:
        """The plan of the visit itself."""
        form = self.page.form
        if form is None:
            return
        visit = form.found.visit

        def show(choices: Any) -> None:
            dialog = PlanVisitDialog(self.ctx, choices, visit=visit)
            dialog.recorded.connect(lambda _done: self._changed())
            dialog.start()

        self.page.ask(desk_choices, done=show)

    def _changed(self) -> None:
        """Read it anew; a visit that was cancelled there has no check any more."""
        self.ctx.session.acted.emit()
        self.page.read()

    def say_problem(self, what: str, todo: str) -> None:
        """A warning that is no exception."""
        self.page.show_problem(ErrorText(what, "", todo), Level.WARN)
