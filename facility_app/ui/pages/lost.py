"""紛失対応: the cases, and one case with its clock, the next call, evidence, steps and deadlines.

`open(case=id)`, `open(item=id)`; `open(report=True, residents=[...], missing=[...], out=True)`
begins a report with things ticked already.  In a drill the same page stands on a store of its own
(pages/lost_drill).
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton

from facility_app.rules.keeper import LostBook
from facility_app.services.lost_page import LostShown, read_lost
from facility_app.services.lost_views import StepView
from facility_app.ui.context import UiContext
from facility_app.ui.page import Page
from facility_app.ui.pages.lost_acts import LostActs
from facility_app.ui.pages.lost_case import CasePane
from facility_app.ui.pages.lost_home import LostHome
from facility_app.ui.pages.shown_part import ShownPart
from facility_app.ui.printing import Paper
from facility_app.ui.viewmodels import lost as screen
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.levels import Level

TICK_MS = 10_000


class LostPage(Page):
    """See the module.  `paper` answers the system's questions; another one in tests."""

    def __init__(self, ctx: UiContext, *, paper: Paper | None = None, drill: bool = False) -> None:
        super().__init__(ctx)
        self.shown: LostShown | None = None
        self.case_id: int | None = None
        self.step_id: int | None = None
        self._item_id: int | None = None
        self.correcting, self._alone, self._focus = False, True, False
        self.acts = LostActs(self, paper)
        self.damaged = Notice(ctx.theme, Level.WARN, " ")
        self.damaged.hide()
        self.content.addWidget(self.damaged)
        self.home, self.case = LostHome(ctx, drills=not drill), CasePane(ctx, self)
        self.parts = ShownPart(ctx.theme)
        self.parts.add(self.home)
        self.parts.add(self.case)
        self.content.addWidget(self.parts, 1)
        self._connect()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _connect(self) -> None:
        home, case, acts = self.home, self.case, self.acts
        home.case_wanted.connect(self.show_case)
        home.report_wanted.connect(lambda: acts.report())
        home.checklist_wanted.connect(acts.blank_checklist)
        home.drill_wanted.connect(lambda: self.ctx.navigate("lost-drill"))
        case.band.back.clicked.connect(self.show_list)
        case.band.found.clicked.connect(acts.found)
        case.step_chosen.connect(self.choose_step)
        case.papers_wanted.connect(acts.papers)
        case.change_wanted.connect(acts.change)
        case.step.act_wanted.connect(self._act)
        case.step.waive_wanted.connect(acts.waive)
        case.step.paper_wanted.connect(acts.step_paper)
        case.end.close_wanted.connect(acts.close)
        case.end.review_wanted.connect(acts.review)

    # --- what the window asks --------------------------------------------------------------------

    def open(self, **args: object) -> None:
        """A case, a report, or (without anything) the only open case."""
        case = args.get("case")
        self.correcting, self.step_id = False, None
        self.case_id = case if isinstance(case, int) else None
        item = args.get("item")
        self._item_id = item if isinstance(item, int) else None
        self._alone, self._focus = True, True
        if args.get("report"):
            self.acts.report(
                _list(args.get("residents")),
                missing=_list(args.get("missing")),
                out=bool(args.get("out")),
            )

    def refresh(self) -> None:
        """Read the rule data, the list and the case."""
        if not self.ctx.session.unlocked:
            return
        office: Any = self.ctx.office
        actor, case_id, alone = self.ctx.session.require(), self.case_id, self._alone
        item_id, self._item_id = self._item_id, None
        self.ctx.lane.run(
            lambda: read_lost(office, actor, case_id, item_id=item_id, alone=alone),
            done=self._show,
            failed=lambda exc: self.ctx.show_error(exc, self),
            what=self.words("desk-busy-reading"),
        )

    def focus_first(self) -> None:
        """The next empty field, the big button, or the first case."""
        if self.shown is None:
            return
        if self.shown.case is None:
            buttons = [*self.home.buttons, self.home.report]
            buttons[0].setFocus()
            return
        pane = self.case.step
        # enlarged, the first field lies below the number: the button keeps the number in sight
        on_step = self.case.big.current is pane and not self.theme.compact
        if on_step and pane.focus_first():
            return
        if self.case.main.isVisibleTo(self):
            self.case.main.setFocus()
        else:
            self.case.band.back.setFocus()

    def scan(self, text: str) -> None:
        """A pouch was scanned here: the desk takes it."""
        self.ctx.navigate("desk", scan=text)

    def main_button(self) -> QAbstractButton | None:
        """What Enter presses."""
        if self.parts.current is self.home:
            return None
        return self.case.main if self.case.main.isVisibleTo(self) else None

    # --- showing ---------------------------------------------------------------------------------

    def book(self) -> LostBook:
        """The rule data that the screen shows.  Raises LookupError before anything was read."""
        if self.shown is None:
            raise LookupError("nothing was read")
        return self.shown.in_force.book

    def step(self) -> StepView | None:
        """The step that is shown big; None at the end of a case."""
        case = None if self.shown is None else self.shown.case
        if case is None:
            return None
        chosen = next((each for each in case.steps if int(each.id) == self.step_id), None)
        return chosen or case.next_step

    def _show(self, shown: LostShown) -> None:
        if not self.ctx.session.unlocked:
            return
        self.shown = shown
        words, now = self.words, self.ctx.now()
        self._tell_problem(shown)
        if shown.case is None:
            self.home.show_cases(
                [screen.case_row(words, line, now) for line in shown.opened],
                [screen.case_row(words, line, now) for line in shown.closed],
            )
            self.parts.show_part(self.home)
            self.bar.hide()
        else:
            self.case_id = int(shown.case.id)
            self.parts.show_part(self.case)
            self._show_step()
        if self._focus:
            self._focus = False
            if self.isVisible():
                self.focus_first()

    def _tell_problem(self, shown: LostShown) -> None:
        problem = shown.in_force.problem
        if problem is not None:
            text = self.words.error(problem)
            kept = self.words("loss-rules-kept")
            self.damaged.set(Level.WARN, text.what, f"{kept}\n{text.todo}")
        self.damaged.setVisible(problem is not None)

    def _show_step(self) -> None:
        if self.shown is not None and self.shown.case is not None:
            self.case.show_case(
                self.shown.facility, self.book(), self.shown.case, self.step(),
                correcting=self.correcting,
            )  # fmt: skip

    def _tick(self) -> None:
        if self.shown is not None and self.shown.case is not None and self.ctx.session.unlocked:
            self.case.tick(self.shown.case)

    def show_case(self, case_id: int) -> None:
        """One case, at its next step."""
        self.case_id, self.step_id, self.correcting, self._focus = case_id, None, False, True
        self.clear_problem()
        self.refresh()

    def show_list(self) -> None:
        """All cases; while correcting, only the correction is given up."""
        self.clear_problem()
        if self.correcting:
            self.correcting = False
            self._show_step()
            return
        self.case_id, self.step_id, self._alone, self._focus = None, None, False, True
        self.refresh()

    def choose_step(self, step_id: int) -> None:
        """Look at this step."""
        self.step_id, self.correcting = step_id, False
        self.clear_problem()
        self._show_step()

    def follow(self, said: str) -> None:
        """Something was recorded: say so, and go on with the next step."""
        self.step_id, self.correcting, self._focus = None, False, True
        self.clear_problem()
        self.banner.show_done(said)
        self.ctx.announce(said)
        self.ctx.session.acted.emit()
        self.refresh()

    def _act(self) -> None:
        step, pane = self.step(), self.case.step
        if step is None or pane.text is None:
            return
        settled = not step.waits
        if pane.text.own_act is not None:
            self.acts.own_act(step, pane.text.own_act)
        elif settled and not self.correcting:
            self.step_id, self.correcting = int(step.id), True
            self._show_step()
            first = next(iter(pane.fields.fields.values()), None)
            if not pane.focus_first() and first is not None:
                first.setFocus()
        else:
            self.acts.do_step(step, pane.values(), correcting=self.correcting)


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []
