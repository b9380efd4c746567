"""持出し・返却: scan, look, Enter.

The field on top has the focus; a scan shows the resident, with a form for taking out or, while
something is out, for bringing back.  After the act the focus is in the field again.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from facility_app.domain.access import Permission
from facility_app.domain.tags import parse_code
from facility_app.errors import Refused
from facility_app.services.desk_choices import DeskHome, DeskView, desk_home, desk_view
from facility_app.services.loans import LoanView
from facility_app.services.search import Findings, ResidentQuery, find_residents
from facility_app.ui.context import UiContext
from facility_app.ui.page import Page
from facility_app.ui.pages.desk_acts import DeskActs
from facility_app.ui.pages.desk_back import BackView
from facility_app.ui.pages.desk_card import DeskCard
from facility_app.ui.pages.desk_found import FoundView
from facility_app.ui.pages.desk_idle import IdleView
from facility_app.ui.pages.desk_main import MainPlace
from facility_app.ui.pages.desk_out import OutView
from facility_app.ui.pages.desk_parts import ViewStack
from facility_app.ui.viewmodels import desk as said
from facility_app.ui.viewmodels.sign_in import BackForm
from facility_app.ui.viewmodels.sign_out import OutForm
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.scan_field import ScanField

FOUND = 8  # hits shown while typing; with more, typing on is quicker than reading


class DeskPage(Page):
    """See the module."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.home: DeskHome | None = None
        self.seen: DeskView | None = None
        self.acts = DeskActs(self)
        self._asked = 0
        self._wanted: int | None = None
        self._scanned_elsewhere = ""
        self._build_head()
        self.idle, self.found = IdleView(ctx), FoundView(ctx)
        self.out, self.back = OutView(ctx), BackView(ctx)
        self.views = ViewStack(self.idle, self.found, self.out, self.back)
        self.content.addWidget(self.views, 1)
        self.place = MainPlace(
            self, {self.out: self.out.why, self.back: self.back.why}, self.cancel
        )
        self.button = self.place.button
        self.button.clicked.connect(self.press)
        self.card = DeskCard(self)
        self._connect()
        self._show(self.idle)

    def _build_head(self) -> None:
        words = self.words
        self.field = ScanField(self.theme, words("desk-scan-hint"))
        self.field.scanned.connect(self._scanned)
        self.field.searched.connect(self._typed)
        self.head.addWidget(self.field, 1)
        self.cancel = ActionButton(
            self.theme, words("desk-cancel"), kind=Kind.GREY, icon="close", key="Esc", height=56
        )
        self.cancel.clicked.connect(self.start_over)
        self.head.addWidget(self.cancel)

    def _connect(self) -> None:
        self.found.picked.connect(self.look_up)
        self.found.results.follow(self.field)
        self.idle.loan_picked.connect(lambda loan: self.look_up(loan.resident_id))
        self.idle.correction_wanted.connect(self.acts.correct)
        self.out.changed.connect(self.tell)
        self.out.hand_back_wanted.connect(self.acts.hand_back)
        self.out.return_wanted.connect(self._to_return)
        self.back.changed.connect(self.tell)
        self.back.submitted.connect(self._slot_scanned)
        self.back.hand_over_wanted.connect(lambda: self.acts.hand_over(self._loan()))
        self.back.correct_wanted.connect(lambda: self.acts.correct(self._loan()))
        self.back.sign_out_wanted.connect(self._to_sign_out)

    # --- what the window asks --------------------------------------------------------------------

    def open(self, **args: object) -> None:
        """`resident`: look this one up at once; `scan`: what was scanned on another page."""
        wanted, scanned = args.get("resident"), args.get("scan")
        self._wanted = wanted if isinstance(wanted, int) else None
        self._scanned_elsewhere = scanned if isinstance(scanned, str) else ""

    def refresh(self) -> None:
        """Read the choices, the last acts and what is out; a form on the screen stays."""
        actor, form = self.ctx.session.actor, self.out.form
        if actor is None or actor.staff_id is None:
            return
        if form is not None and form.me != actor.staff_id:
            form.change_person(actor.staff_id)
            self.out.show_form(form)
        self.ctx.ask(desk_home, done=self._show_home, what=self.words("desk-busy-reading"))
        self.card.prepare()

    def focus_first(self) -> None:
        """The scan field, unless somebody is in the middle of a form."""
        if self.views.currentWidget() in (self.idle, self.found):
            self.field.setFocus()

    def scan(self, text: str) -> None:
        """A burst from anywhere: a tag is looked up, in a return everything else is a slot."""
        if self.views.currentWidget() is self.back and parse_code(text) is None:
            self.back.slot.scan(text)
        else:
            self.field.scan(text)

    def main_button(self) -> QAbstractButton | None:
        """What Enter presses."""
        return self.button if self.button.isVisible() else None

    # --- finding ---------------------------------------------------------------------------------

    def _show_home(self, home: DeskHome) -> None:
        self.home = home
        self.idle.show_home(home)
        if home.recent and self.ctx.shell is not None:
            self.ctx.shell.show_last_act(said.recent_text(self.words, home.recent[0]))
        wanted, self._wanted = self._wanted, None
        scanned, self._scanned_elsewhere = self._scanned_elsewhere, ""
        if wanted is not None:
            self.look_up(wanted)
        elif scanned:
            self.scan(scanned)

    def _typed(self, text: str) -> None:
        if not text:
            if self.views.currentWidget() is self.found:
                self._show(self.idle)
            return
        self._search(text, pick=False)

    def _scanned(self, text: str) -> None:
        shown = self.views.currentWidget() is self.found and self.found.text == text
        if shown and self.found.results.pick_current():
            return
        self._search(text, pick=True)

    def _search(self, text: str, *, pick: bool) -> None:
        if not self.ctx.session.unlocked:
            return  # locked between the key and the pause after it
        self._asked += 1
        asked = self._asked
        self.ctx.ask(
            find_residents,
            ResidentQuery(text, limit=FOUND),
            done=lambda found: self._show_found(asked, text, found, pick),
            failed=lambda exc: self._not_found(asked, exc, loud=pick),
            what=self.words("desk-busy-reading"),
        )

    def _show_found(self, asked: int, text: str, found: Findings, pick: bool) -> None:
        if asked != self._asked or (not pick and self.field.wanted() != text):
            return  # somebody typed or scanned on meanwhile
        if found.exact or (pick and found.total == 1):
            self.look_up(found.rows[0].id)
            return
        self.found.show_found(text, found)
        self._show(self.found)

    def _not_found(self, asked: int, exc: Exception, *, loud: bool) -> None:
        if asked == self._asked and (loud or not isinstance(exc, Refused)):
            self.field.selectAll()
            self.ctx.show_error(exc, self)

    def look_up(self, resident_id: int, *, keep_problem: bool = False) -> None:
        """Show this resident's form; the same one on the screen is only read again."""
        self._asked += 1
        asked = self._asked
        self.field.clear()
        self.ctx.ask(
            desk_view,
            resident_id,
            done=lambda seen: self._show_seen(asked, seen, keep_problem),
            failed=lambda exc: self.ctx.show_error(exc, self),
            what=self.words("desk-busy-reading"),
        )

    def _show_seen(self, asked: int, seen: DeskView, keep_problem: bool) -> None:
        if asked != self._asked or self.home is None or self.acts.sending:
            return
        again = self.seen is not None and self.seen == seen and self._in_form()
        self.seen = seen
        if not keep_problem:
            self.clear_problem()
        if again:
            self.focus_act()  # the same pouch scanned twice: what was filled in stays
        elif seen.resident.loan is not None and seen.lines:
            self._to_return()
        else:
            self._to_sign_out()

    def _in_form(self) -> bool:
        return self.views.currentWidget() in (self.out, self.back)

    # --- the two forms ---------------------------------------------------------------------------

    def _to_sign_out(self) -> None:
        me = self.ctx.session.require().staff_id
        if self.seen is None or self.home is None or me is None:
            return
        form = OutForm(self.seen.resident, self.home.choices, self.ctx.clock, me)
        self._show(self.out)
        self.out.show_form(form)
        may = self.ctx.session.may(Permission.HAND_BACK)
        self.out.hand_back.setVisible(may and self.out.anything_in_safe(form.resident))
        self.focus_act()
        self.ctx.announce(f"{form.resident.name} {self.button.text()}")
        self.card.look()

    def _to_return(self) -> None:
        seen, home = self.seen, self.home
        if seen is None or home is None or seen.resident.loan is None:
            return
        form = BackForm(seen.resident.loan, seen.lines, "sign-in" in home.choices.two_person)
        may = self.ctx.session.may
        more = self.out.anything_in_safe(seen.resident) and may(Permission.SIGN_OUT)
        self._show(self.back)
        self.back.show_form(form, seen.resident, more_in_safe=more)
        self.back.hand_over.setVisible(may(Permission.HAND_OVER))
        self.back.correct.setVisible(may(Permission.CORRECT_RECORD))
        self.focus_act()
        self.ctx.announce(f"{seen.resident.name} {self.words('desk-return')}")

    def _show(self, view: QWidget) -> None:
        self.views.setCurrentWidget(view)
        self.cancel.setVisible(view is not self.idle)
        self.place.follow(view)
        if view in (self.idle, self.found):
            self.seen = None
            self.card.leave()
        self.tell()

    def focus_act(self) -> None:
        """Where the next key belongs: the main button, or what is still missing."""
        other = Qt.FocusReason.OtherFocusReason
        self.area.verticalScrollBar().setValue(0)
        if self.views.currentWidget() is self.back:
            form = self.back.form
            ready = form is not None and form.count() > 0
            (self.back.slot if ready else self.back.all).setFocus(other)
        elif self.button.isEnabled():
            self.button.setFocus(other)
        else:
            self.field.setFocus(other)

    def tell(self) -> None:
        """The main button: its words, or why it is off."""
        view = self.views.currentWidget()
        if view is self.out and self.out.form is not None:
            self.place.tell_out(self.out.form, self.ctx.session.may(Permission.SIGN_OUT))
        elif view is self.back and self.back.form is not None:
            self.place.tell_back(self.back.form)
        if self.acts.sending:
            self.button.setEnabled(False)

    # --- acting ----------------------------------------------------------------------------------

    def press(self) -> None:
        """The main button; a second press while the first is on its way is nothing."""
        self.clear_problem()
        view = self.views.currentWidget()
        if view is self.out and self.out.form is not None:
            self.acts.take_out(self.out.form)
        elif view is self.back and self.back.form is not None:
            self.acts.bring_back(self.back.form)

    def _slot_scanned(self) -> None:
        if self.button.isEnabled():
            self.press()
        elif self.back.form is not None and not self.back.form.count():
            self.back.all.setFocus()

    def read_again(self) -> None:
        """The resident on the screen has changed."""
        if self.seen is not None:
            resident_id = self.seen.resident.id
            self.seen = None
            self.look_up(resident_id, keep_problem=True)

    def start_over(self) -> None:
        """Forget the form and wait for a scan."""
        if self.acts.sending:
            return
        self._asked += 1
        self.clear_problem()
        self.field.clear()
        self._show(self.idle)
        self.field.setFocus()

    def _loan(self) -> LoanView | None:
        return self.seen.resident.loan if self.seen is not None else None
