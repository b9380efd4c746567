"""棚卸: the cabinets of this month, one's own blind count, and a result with its approval."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from facility_app.domain.stocktake import Found
from facility_app.services.stocktake import CountId, begin_count, start_stocktake
from facility_app.services.stocktake_own import CountView, count_view
from facility_app.services.stocktake_views import (
    ResultView,
    StocktakeHome,
    stocktake_home,
    stocktake_result,
)
from facility_app.ui.context import UiContext
from facility_app.ui.page import Page
from facility_app.ui.pages.desk_parts import ViewStack
from facility_app.ui.pages.stocktake_acts import CountActs
from facility_app.ui.pages.stocktake_button import MainButton
from facility_app.ui.pages.stocktake_count import CountPane
from facility_app.ui.pages.stocktake_decisions import Decisions
from facility_app.ui.pages.stocktake_home import HomePane
from facility_app.ui.pages.stocktake_result import ResultPane
from facility_app.ui.viewmodels.stocktake import CabinetText, Step
from facility_app.ui.viewmodels.stocktake_count import Counting
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.scan_field import ScanField
from facility_app.ui.widgets.text import Text


class StocktakePage(Page):
    """See the module."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.overview: StocktakeHome | None = None
        self.counting: Counting | None = None
        self.result: ResultView | None = None
        self.acts, self.decisions = CountActs(self), Decisions(self)
        self._wants_focus = False
        actor = ctx.session.actor
        self._whose = None if actor is None else actor.staff_id
        self._build_head()
        self.home, self.count, self.outcome = HomePane(ctx), CountPane(ctx), ResultPane(ctx)
        self.views = ViewStack(self.home, self.count, self.outcome)
        self.content.addWidget(self.views, 1)
        self.main = MainButton(self)
        self.button = self.main.button
        self.button.clicked.connect(self.press)
        self._connect()
        self._show(self.home)

    def _build_head(self) -> None:
        words = self.words
        self.field = ScanField(self.theme, words("stocktake-count-field"))
        self.field.scanned.connect(self.acts.scanned)
        self.field.searched.connect(lambda text: self.acts.search(text, pick=False))
        self.head.addWidget(self.field, 1)
        self.title = Text(self.theme, " ", size=28, bold=True)
        self.head.addWidget(self.title, 1)
        self.back = ActionButton(
            self.theme,
            words("stocktake-home-back"),
            kind=Kind.GREY,
            icon="arrow_back",
            key="Esc",
            height=56,
        )
        self.back.clicked.connect(self.leave)
        self.head.addWidget(self.back)

    def _connect(self) -> None:
        home, count, acts = self.home, self.count, self.acts
        home.step_wanted.connect(self._step)
        home.residents_wanted.connect(lambda: self.ctx.navigate("residents"))
        home.sheet_wanted.connect(self.decisions.sheet)
        home.stop_wanted.connect(self.decisions.stop)
        count.results.follow(self.field)
        count.resident_picked.connect(acts.pick)
        count.empty_wanted.connect(lambda: acts.keep(Found.NOTHING))
        count.unknown_wanted.connect(lambda: acts.keep(Found.UNKNOWN))
        count.more_wanted.connect(lambda: acts.keep(Found.POUCH, stay=True))
        count.put_down_wanted.connect(self._put_down)
        count.rest_wanted.connect(acts.rest)
        count.throw_wanted.connect(self.decisions.throw)
        count.place_wanted.connect(self.go_to)
        count.piece_changed.connect(self._piece)
        self.outcome.explain_wanted.connect(self.decisions.explain)
        self.outcome.stop_wanted.connect(self.decisions.recount)
        self.outcome.lost_wanted.connect(self.decisions.report_lost)
        self.ctx.session.changed.connect(self._person_changed)

    # --- what the window asks --------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the month; a count or a result on the screen is read again."""
        if not self.ctx.session.unlocked:
            return
        self._read_home()
        if self.counting is not None and self.counting.pouch is None:
            self.acts.read()
        elif self.result is not None:
            self._read_result(self.result.summary.id)

    def focus_first(self) -> None:
        """The field while counting, the first cabinet's button, or what is to be explained."""
        view = self.views.currentWidget()
        if view is self.count:
            self.focus_count()
            return
        buttons = self.home.all_buttons()
        if view is self.outcome:
            buttons = [self.button] if self.button.isEnabled() else self.outcome.buttons
        self._wants_focus = not buttons and view is self.home and self.overview is None
        if buttons:
            buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._wants_focus:
            super().focus_first()

    def scan(self, text: str) -> None:
        """A burst from anywhere; while no count is open, the desk takes it."""
        if self.counting is None:
            self.ctx.navigate("desk", scan=text)
        else:
            self.acts.scanned(text)

    def main_button(self) -> QAbstractButton | None:
        """What Enter presses."""
        return self.button if self.button.isVisible() else None

    def _person_changed(self) -> None:
        """A count belongs to one person: the screen forgets it when somebody else comes."""
        actor = self.ctx.session.actor
        if actor is not None and actor.staff_id != self._whose:
            self._whose, self.counting, self.result = actor.staff_id, None, None
            self.banner.dismiss()  # what the one before recorded is not theirs
            self._show(self.home)

    # --- showing ---------------------------------------------------------------------------------

    def _show(self, view: QWidget) -> None:
        self.views.setCurrentWidget(view)
        counting = view is self.count
        self.field.setVisible(counting)
        self.title.setVisible(not counting)
        self._head_box.setVisible(view is not self.home)
        self.content.set_margins((24, 16 if view is self.home else 8, 22, 16))
        if view is self.home:
            self.main.stand(None)
        elif counting:
            self.main.stand(self.count.where.body, self.count.before_main)
        else:
            self.main.stand(self.outcome.about.body, self.outcome.before_main)
        self.tell()

    def _read_home(self) -> None:
        self.ctx.ask(
            stocktake_home, done=self._show_home, failed=self._failed, what=self._reading()
        )

    def _show_home(self, home: StocktakeHome) -> None:
        self.overview = home
        if self.ctx.session.unlocked:
            self.home.show_home(home)
            if self._wants_focus:
                self.focus_first()

    def show_count(self) -> None:
        """The count as it stands."""
        if self.counting is not None:
            self.count.show_counting(self.counting)
            self._show(self.count)

    def focus_count(self) -> None:
        """Where the next key belongs: the field, or the button that ends the count."""
        finished = self.counting is not None and self.counting.complete
        (self.button if finished else self.field).setFocus()

    def _show_result(self, result: ResultView | None) -> None:
        self.result = result
        if result is None:
            self._show(self.home)
            return
        cabinet = result.summary.cabinet
        self.title.set(self.words("stocktake-result-title", cabinet=cabinet))
        self.outcome.show_result(result)
        self._show(self.outcome)
        self.focus_first()

    def tell(self) -> None:
        """The main button: its words, or why it is off."""
        view = self.views.currentWidget()
        if view is self.count and self.counting is not None:
            self.main.tell_count(self.counting, sending=self.acts.sending)
        elif view is self.outcome and self.result is not None:
            self.main.tell_result(self.result)
        else:
            self.main.tell_nothing()
        self.count.empty.setEnabled(not self.acts.sending)

    # --- the list --------------------------------------------------------------------------------

    def _step(self, cabinet: CabinetText) -> None:
        self.clear_problem()
        line = cabinet.line
        if cabinet.step is Step.START and line.stocktake_id is None:
            self.ctx.do(start_stocktake, line.cabinet, done=self._begin, failed=self._failed)
        elif cabinet.step in (Step.START, Step.CONTINUE, Step.SECOND):
            self._begin(line.stocktake_id)
        elif line.stocktake_id is not None:
            self._read_result(line.stocktake_id)

    def _begin(self, stocktake_id: Any) -> None:
        self.ctx.do(begin_count, stocktake_id, done=self._open_count, failed=self._failed)

    def _open_count(self, count_id: CountId) -> None:
        self.ctx.ask(
            count_view, count_id, done=self._counted, failed=self._failed, what=self._reading()
        )

    def _counted(self, view: CountView) -> None:
        self.counting = Counting(view)
        self.field.clear()
        self.show_count()
        self.focus_count()

    def _read_result(self, stocktake_id: int) -> None:
        self.ctx.ask(
            stocktake_result,
            stocktake_id,
            done=self._show_result,
            failed=self._failed,
            what=self._reading(),
        )

    def leave(self) -> None:
        """Back to the list; what was counted is on disk."""
        if self.acts.sending:
            return
        self.counting = self.result = None
        self.clear_problem()
        self._show(self.home)
        self._read_home()
        self.focus_first()

    def leave_count(self, said: str) -> None:
        """The count is finished: back to the list, and say so."""
        self.counting = None
        self._show(self.home)
        self.say(said)
        self._read_home()

    # --- counting --------------------------------------------------------------------------------

    def press(self) -> None:
        """The main button."""
        self.clear_problem()
        view = self.views.currentWidget()
        if view is self.outcome and self.result is not None:
            self.decisions.approve(self.result)
        elif self.counting is not None and self.counting.complete:
            self.acts.finish()
        elif self.counting is not None and self.counting.pouch is not None:
            self.acts.keep(Found.POUCH)

    def go_to(self, slot_id: int) -> None:
        """Look at this place next."""
        if self.counting is not None and not self.acts.sending:
            self.counting.go(slot_id)
            self.show_count()
            self.field.setFocus()

    def _put_down(self) -> None:
        if self.counting is not None:
            self.counting.put_down()
            self.show_count()
            self.field.setFocus()

    def _piece(self, kind: str, by: int) -> None:
        if self.counting is not None and self.counting.pouch is not None:
            self.counting.change(kind, by)
            self.count.show_pieces(self.counting)
            self.tell()

    # --- saying ----------------------------------------------------------------------------------

    def decided(self, said: str, *, ended: bool) -> None:
        """A dialog did something; `ended`: what was on the screen is no more."""
        self.say(said)
        if ended:
            self.counting = self.result = None
            self._show(self.home)
        self.refresh()

    def say(self, text: str) -> None:
        """What was just done."""
        self.banner.show_done(text)
        self.ctx.announce(text)

    def _failed(self, exc: Exception) -> None:
        self.ctx.show_error(exc, self)

    def _reading(self) -> str:
        return self.words("stocktake-busy")
