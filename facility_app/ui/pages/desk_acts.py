"""What the desk does when its button is pressed: send it once, say it, and be ready again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from facility_app.domain.access import Permission
from facility_app.services.access import Witness
from facility_app.services.acts import DeskAct, Recorded, recorded
from facility_app.services.custody import LoanId, NotInSafe, sign_out
from facility_app.services.loans import LoanView
from facility_app.services.returns import LoanClosed, SignedIn, WrongSlot, sign_in
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.dialogs.correct import CorrectDialog
from facility_app.ui.dialogs.hand_back import HandBackDialog
from facility_app.ui.dialogs.hand_over import HandOverDialog
from facility_app.ui.dialogs.missing import MissingDialog
from facility_app.ui.dialogs.second_person import ask_second
from facility_app.ui.pages.visits_outcome import ask_after_return
from facility_app.ui.viewmodels import desk as said
from facility_app.ui.viewmodels.sign_in import BackForm
from facility_app.ui.viewmodels.sign_out import OutForm

if TYPE_CHECKING:
    from facility_app.ui.pages.desk import DeskPage


class DeskActs:
    """Acts of one page.  `sending` is true while one is on its way: nothing else is sent then."""

    def __init__(self, page: DeskPage) -> None:
        self.page, self.ctx, self.words = page, page.ctx, page.words
        self.sending = False

    def take_out(self, form: OutForm) -> None:
        """Sign out what the form says, after a second person where one is asked for."""
        if self.sending or form.problem() is not None:
            return

        def go(witness: Witness | None) -> None:
            self._send(sign_out, form.command(witness), lambda done: self._is_out(form, done))

        self._witnessed(DeskAct.SIGNED_OUT, form.needs_second, form.resident.name, go)

    def bring_back(self, form: BackForm) -> None:
        """Take back what the form says; something missing is asked about first."""
        if self.sending or form.problem() is not None:
            return
        missing = form.missing()
        if missing:
            MissingDialog(self.ctx, missing, lambda: self._accepted(form, True)).start()
        else:
            self._accepted(form, False)

    def _accepted(self, form: BackForm, accept_missing: bool) -> None:
        def go(witness: Witness | None) -> None:
            cmd = form.command(accept_missing=accept_missing, witness=witness)
            self._send(sign_in, cmd, lambda done: self._is_back(form, done))

        self._witnessed(DeskAct.SIGNED_IN, form.needs_second, form.loan.name, go)

    def _witnessed(
        self, act: DeskAct, needed: bool, name: str, go: Callable[[Witness | None], object]
    ) -> None:
        if needed:
            ask_second(self.ctx, act=self.words.term(act), name=name, confirmed=go)
        else:
            go(None)

    def _send(
        self, use_case: Callable[..., Any], cmd: object, done: Callable[[Recorded[Any]], object]
    ) -> None:
        if self.sending:
            return
        self.sending = True
        self.page.tell()
        what = self.words("desk-busy-recording")
        self.ctx.do(recorded(use_case), cmd, done=done, failed=self._failed, what=what)

    def _failed(self, exc: Exception) -> None:
        self.sending = False
        self.page.tell()
        if isinstance(exc, WrongSlot):
            text = self.words.error(exc)
            back = self.page.back
            back.show_wrong(text.undone)
            QTimer.singleShot(0, back, lambda: self.page.area.ensureWidgetVisible(back.wrong))
            self.ctx.announce(str(text))
            return
        if isinstance(exc, NotInSafe | LoanClosed):
            self.page.read_again()
        else:
            self.page.focus_act()
        self.ctx.show_error(exc, self.page)

    def _is_out(self, form: OutForm, done: Recorded[LoanId]) -> None:
        words, name = self.words, form.resident.name
        due = form.due_at()
        text = words(
            "desk-done-out",
            number=said.number_text(words, done.seq),
            name=name,
            until=said.due_text(words, due, done.at) if due is not None else "",
        )
        self._done(text, said.act_text(words, DeskAct.SIGNED_OUT, name, done.seq, done.at))

    def _is_back(self, form: BackForm, done: Recorded[SignedIn]) -> None:
        words, name = self.words, form.loan.name
        number, missing = said.number_text(words, done.seq), done.value.missing
        if missing:
            text = words("desk-done-back-missing", number=number, count=str(missing))
        else:
            text = words("desk-done-back", number=number, name=name, count=str(form.count()))
        self._done(text, said.act_text(words, DeskAct.SIGNED_IN, name, done.seq, done.at))
        may = self.ctx.session.may
        if not missing and may(Permission.PLAN_VISITS) and may(Permission.VIEW_RESIDENTS):
            loan = form.loan
            ask_after_return(
                self.ctx, loan.resident_id, int(loan.id), said=self._say, failed=self._failed
            )

    def _done(self, text: str, last_act: str) -> None:
        self.sending = False
        self.page.start_over()
        self._say(text)
        if self.ctx.shell is not None:
            self.ctx.shell.show_last_act(last_act)
        self.page.refresh()

    def _say(self, text: str) -> None:
        self.ctx.session.acted.emit()
        self.page.banner.show_done(text)
        self.ctx.announce(text)

    # --- dialogs ---------------------------------------------------------------------------------

    def hand_over(self, loan: LoanView | None) -> None:
        """Ask who carries it from now on."""
        home = self.page.home
        if loan is not None and home is not None:
            dialog = HandOverDialog(self.ctx, loan, home.choices)
            self._run(dialog, lambda n: self.words("handover-done", number=n, holder=dialog.chosen))
            dialog.start()

    def correct(self, loan: LoanView | None) -> None:
        """Correct the record of a sign-out."""
        home = self.page.home
        if loan is not None and home is not None:
            dialog = CorrectDialog(self.ctx, loan, home.choices)
            self._run(dialog, lambda n: self.words("correct-done", number=n))
            dialog.start()

    def hand_back(self) -> None:
        """Give things out of custody for good."""
        seen, home = self.page.seen, self.page.home
        if seen is None or home is None:
            return
        resident = seen.resident
        dialog = HandBackDialog(self.ctx, resident, home.choices)
        ticked = dialog.form.ticked
        self._run(
            dialog,
            lambda n: self.words(
                "handback-done", number=n, name=resident.name, count=str(len(ticked))
            ),
        )
        dialog.start()

    def _run(self, dialog: ActDialog, text: Callable[[str], str]) -> None:
        """What follows a recorded act of a dialog: the banner, and the page read again."""

        def done(act: Recorded[Any]) -> None:
            self._say(text(said.number_text(self.words, act.seq)))
            self.page.read_again()
            self.page.refresh()

        dialog.recorded.connect(done)
