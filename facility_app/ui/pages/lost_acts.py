"""What the page of losses does with the services: steps, dialogs, papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from facility_app.domain.incidents import Evidence, LostPaper, Opens
from facility_app.services.acts import Recorded, recorded
from facility_app.services.lost_page import read_losable
from facility_app.services.lost_steps import (
    DoStep,
    EvidenceMissing,
    Proof,
    correct_step,
    do_step,
)
from facility_app.services.lost_views import LostCaseView, StepView
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.dialogs.lost_change import ChangeDialog
from facility_app.ui.dialogs.lost_draft import DraftDialog
from facility_app.ui.dialogs.lost_end import (
    CloseDialog,
    MeasuresDialog,
    ReviewDialog,
    WaiveDialog,
)
from facility_app.ui.dialogs.lost_found import FoundDialog, PutBackDialog
from facility_app.ui.dialogs.lost_leak import LeakDialog
from facility_app.ui.dialogs.lost_papers import BlankDialog, PapersDialog
from facility_app.ui.dialogs.lost_reissue import open_reissue
from facility_app.ui.dialogs.lost_report import ReportDialog
from facility_app.ui.printing import Paper
from facility_app.ui.viewmodels.desk import number_text
from facility_app.ui.viewmodels.lost import due_review
from facility_app.ui.viewmodels.lost_report import preset


class LostActs:
    """On behalf of the page; a second press while one is on its way is nothing."""

    def __init__(self, page: Any, paper: Paper | None) -> None:
        """`page` is the LostPage."""
        self.page, self.ctx, self.words, self.paper = page, page.ctx, page.words, paper
        self.sending = False

    def _case(self) -> LostCaseView | None:
        shown = self.page.shown
        return None if shown is None else shown.case

    # --- steps -----------------------------------------------------------------------------------

    def do_step(
        self, step: StepView, evidence: Mapping[Evidence, Proof], *, correcting: bool
    ) -> None:
        """Record a step with its evidence, or a correction."""
        if self.sending:
            return
        self.sending = True
        self.page.case.step.main.setEnabled(False)
        self.ctx.do(
            recorded(correct_step if correcting else do_step),
            self.page.book(),
            DoStep(int(step.id), evidence),
            done=self._done,
            failed=self._failed,
            what=self.words("desk-busy-recording"),
        )

    def _done(self, done: Recorded[Any]) -> None:
        self.sending = False
        self.page.follow(self.words("desk-done", number=number_text(self.words, done.seq)))

    def _failed(self, exc: Exception) -> None:
        self.sending = False
        pane = self.page.case.step
        pane.main.setEnabled(True)
        if isinstance(exc, EvidenceMissing):
            self.page.clear_problem()
            pane.mark(exc.fields)
        else:
            self.ctx.show_error(exc, self.page)

    def own_act(self, step: StepView, act: Opens) -> None:
        """A step that is settled by an act of its own."""
        case = self._case()
        if case is None:
            return
        book = self.page.book()
        if act is Opens.LEAK:
            self._run(LeakDialog(self.ctx, book, case))
        elif act is Opens.MEASURES:
            self._run(MeasuresDialog(self.ctx, book, case))
        elif act is Opens.PUT_BACK:
            dialog = PutBackDialog(self.ctx, book, step)
            dialog.check_wanted.connect(lambda: self.ctx.navigate("cards"))
            self._run(dialog)
        elif act is Opens.REISSUE:
            open_reissue(self.ctx, book, step, self._run, self._refused)

    # --- dialogs ---------------------------------------------------------------------------------

    def report(
        self,
        residents: Sequence[int] = (),
        *,
        missing: Sequence[tuple[int, str]] = (),
        out: bool = False,
    ) -> None:
        """Ask what is lost.  Ticked already: what is out, or the (resident, kind's name) of
        `missing`."""
        office: Any = self.ctx.office
        actor = self.ctx.session.require()
        self.ctx.lane.run(
            lambda: read_losable(office, actor, residents),
            done=lambda read: self._open_report(read, missing, out),
            failed=self._refused,
            what=self.words("desk-busy-reading"),
        )

    def _open_report(self, read: Any, missing: Sequence[tuple[int, str]], out: bool) -> None:
        if not self.ctx.session.unlocked:
            return
        force, things = read
        dialog = ReportDialog(self.ctx, force.book, things, ticked=preset(things, missing, out=out))
        dialog.recorded.connect(self._opened)
        dialog.start()

    def _opened(self, done: Recorded[int]) -> None:
        self.page.show_case(int(done.value))
        number = number_text(self.words, done.seq)
        said = self.words("loss-opened", number=number)
        self.page.banner.show_done(said)
        self.ctx.announce(said)
        self.ctx.session.acted.emit()

    def found(self) -> None:
        """見つかった."""
        case = self._case()
        if case is not None and any(item.may_be_found for item in case.items):
            self._run(FoundDialog(self.ctx, self.page.book(), case))

    def waive(self) -> None:
        """Leave the step out, with a reason."""
        step = self.page.step()
        if step is not None:
            self._run(WaiveDialog(self.ctx, step))

    def change(self) -> None:
        """What is known by now."""
        case = self._case()
        if case is not None:
            self._run(ChangeDialog(self.ctx, self.page.book(), case))

    def close(self) -> None:
        """End the case."""
        case = self._case()
        if case is not None:
            self._run(CloseDialog(self.ctx, self.page.book(), case))

    def review(self) -> None:
        """The review that is due."""
        case = self._case()
        which = None if case is None else due_review(case, self.ctx.now())
        if case is not None and which is not None:
            self._run(ReviewDialog(self.ctx, case, which))

    def papers(self) -> None:
        """Choose a paper of the case."""
        case = self._case()
        if case is not None:
            self._papers(PapersDialog(self.ctx, self.page.book(), case, paper=self.paper), case)

    def step_paper(self, paper: LostPaper) -> None:
        """The paper of the step that is shown, chosen already."""
        case, step = self._case(), self.page.step()
        if case is not None and step is not None:
            dialog = PapersDialog(
                self.ctx, self.page.book(), case, paper=self.paper, chosen=paper, step=step
            )
            self._papers(dialog, case)

    def _papers(self, dialog: PapersDialog, case: LostCaseView) -> None:
        dialog.made.connect(self._printed)
        dialog.draft_wanted.connect(
            lambda: self._run(DraftDialog(self.ctx, self.page.book(), case))
        )
        dialog.start()

    def blank_checklist(self) -> None:
        """The checklist that lies beside the telephone before anything has happened."""
        if self.page.shown is not None:
            dialog = BlankDialog(self.ctx, self.page.book(), paper=self.paper)
            dialog.made.connect(self._printed)
            dialog.start()

    def _printed(self) -> None:
        said = self.words("loss-printed")
        self.page.banner.show_done(said)
        self.ctx.announce(said)
        self.page.refresh()

    def _run(self, dialog: ActDialog) -> None:
        dialog.recorded.connect(self._done)
        dialog.start()

    def _refused(self, exc: Exception) -> None:
        self.ctx.show_error(exc, self.page)
