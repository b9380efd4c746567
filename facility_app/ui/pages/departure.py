"""出発前の確認: who, how they are accepted, what is green and what is open, and 出発する.

The pouch is scanned, a card on the reader is checked by itself; the button signs out, and the
sheet for the desk is printed in the same step.  `open(visit=id, scan=tag)`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.services.card_checks import CheckView
from facility_app.services.departure import Departure, departure
from facility_app.services.desk_choices import DeskChoices, desk_choices
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import Box
from facility_app.ui.layouts import Columns
from facility_app.ui.page import Page
from facility_app.ui.pages.departure_acts import LeaveActs
from facility_app.ui.pages.departure_parts import ChecksCard, LeaveCard, WhoCard
from facility_app.ui.pages.visits_ways import WaysPanel
from facility_app.ui.person_card import PersonCard
from facility_app.ui.viewmodels.departure import (
    LeaveForm,
    Mend,
    consequence,
    line_texts,
    off_reason,
    verdict,
)
from facility_app.ui.viewmodels.sign_out import DAYS_OFFERED
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.scan_field import ScanField
from facility_app.ui.widgets.text import Text


class DeparturePage(Page):
    """See the module."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.visit_id = 0
        self.form: LeaveForm | None = None
        self.choices: DeskChoices | None = None
        self._asked = 0
        self.acts = LeaveActs(self)
        self._build_head()
        self._build_body()
        self.card = PersonCard(ctx, self, self)
        ctx.session.changed.connect(self._person_changed)
        self.theme.changed.connect(self._place)
        self._place()

    def _build_head(self) -> None:
        words = self.words
        self.field = ScanField(self.theme, words("leave-scan"))
        self.field.scanned.connect(self.scan)
        self.head.addWidget(self.field, 1)
        self.change = ActionButton(
            self.theme, words("leave-change"), kind=Kind.GREY, icon="edit", height=56
        )
        self.change.clicked.connect(self.acts.change_plan)
        self.head.addWidget(self.change)
        self.back = ActionButton(
            self.theme, words("desk-cancel"), kind=Kind.GREY, icon="close", key="Esc", height=56
        )
        self.back.clicked.connect(self.leave)
        self.head.addWidget(self.back)

    def _build_body(self) -> None:
        theme = self.theme
        self.left = Box(theme, spacing=16)
        self.who = WhoCard(theme, self.words)
        self.ways = WaysPanel(self.ctx)
        self.left.column.addWidget(self.who)
        self.checks, self.go = ChecksCard(self.ctx), LeaveCard(self.ctx)
        self.columns = Columns(theme, (1, 1, 1))
        for column in (self.left, self.checks, self.go):
            self.columns.add(column)
        self.content.addWidget(self.columns, 1)
        self.button = ActionButton(
            theme, self.words("leave-go"), kind=Kind.FILLED, icon="door_open", key="Enter",
            height=64,
        )  # fmt: skip
        self.button.clicked.connect(self.press)
        self.summary = Text(theme, " ", bold=True)
        self.bar.row.addWidget(self.summary, 1)
        self.checks.mend_wanted.connect(self.mend)
        self.go.changed.connect(self._fields_changed)
        self.go.reasons_wanted.connect(self.acts.reasons)
        self.go.print_wanted.connect(self.acts.print_now)

    def _place(self) -> None:
        """Enlarged, the button stands in the fixed bar, and the ways come after what is open."""
        compact = self.theme.compact
        if compact:
            self.content.addWidget(self.ways)
        else:
            self.left.column.addWidget(self.ways, 1)
        if compact:
            self.bar.row.addWidget(self.button, 1)
        elif self.go.body.indexOf(self.button) < 0:
            self.go.body.insertWidget(self.go.before_main, self.button)
        self.bar.setVisible(compact)

    # --- what the window asks --------------------------------------------------------------------

    def open(self, **args: object) -> None:
        """Another visit; what was filled in for the same one stays."""
        visit, scanned = args.get("visit"), args.get("scan")
        if isinstance(visit, int) and visit != self.visit_id:
            self.visit_id, self.form = visit, None
            self.card.leave()
            self.clear_problem()
        if isinstance(scanned, str):
            self._scanned = scanned

    _scanned = ""

    def refresh(self) -> None:
        """Read the check and what the fields offer; then the card, if it lies there."""
        if not self.ctx.session.unlocked or not self.visit_id:
            return
        self.change.setVisible(self.ctx.session.may(Permission.PLAN_VISITS))
        self.ctx.ask(desk_choices, done=self._keep_choices, failed=self._failed)
        self.read()
        self.card.prepare()

    def focus_first(self) -> None:
        """The scan field until the pouch was scanned, then the button."""
        ready = self.form is not None and self.button.isEnabled()
        (self.button if ready else self.field).setFocus(Qt.FocusReason.OtherFocusReason)

    def scan(self, text: str) -> None:
        """The pouch."""
        self.field.clear()
        self._scanned = text
        self.read()

    def main_button(self) -> QAbstractButton | None:
        """What Enter presses."""
        return self.button if self.button.isVisible() else None

    def leave(self) -> None:
        """Back to the calendar."""
        self.forget()
        self.ctx.navigate("visits")

    def forget(self) -> None:
        """The visit is over for this page."""
        self.visit_id, self.form, self._scanned = 0, None, ""
        self.card.leave()
        self.clear_problem()

    def _person_changed(self) -> None:
        """Reasons were written by one person; another one writes their own."""
        if self.form is not None:
            self.form.reasons.clear()

    # --- reading and showing ---------------------------------------------------------------------

    def _keep_choices(self, choices: DeskChoices) -> None:
        self.choices = choices
        self._fill()

    def read(self) -> None:
        """The check as it stands, with what the person has said."""
        if not self.visit_id or not self.ctx.session.unlocked:
            return
        self._asked += 1
        form, asked = self.form, self._asked
        scanned = self._scanned or (form.scanned if form is not None else None) or None
        proposed = None if form is None else form.proposed()
        self.ctx.ask(
            departure,
            self.visit_id,
            scanned,
            proposed,
            done=partial(self._show, asked, scanned),
            failed=self._not_read,
            what=self.words("desk-busy-reading"),
        )

    def _show(self, asked: int, scanned: str | None, found: Departure) -> None:
        if asked != self._asked or self.acts.sending or not self.ctx.session.unlocked:
            return
        first = self.form is None
        if self.form is None:
            self.form = LeaveForm(found)
        self.form.found, self.form.scanned = found, scanned
        self._scanned = ""
        self.who.show_departure(found)
        self.ways.show_plan(found.plan)
        self._fill()
        self.tell()
        if first:
            self.card.look()
        if self.button.isEnabled() and self.field.hasFocus():
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        if self.form is not None and self.choices is not None:
            self.go.show_form(self.form, self.choices.holders, self._days())

    def _days(self) -> list[date]:
        today = local_date(self.ctx.now())
        offered = {date.fromordinal(today.toordinal() + days) for days in DAYS_OFFERED}
        extra = {self.form.due()[0]} if self.form is not None else set()
        return sorted(offered | extra)

    def tell(self) -> None:
        """Lines, verdict, and the button: its words, or why it is off."""
        form, words, now = self.form, self.words, self.ctx.now()
        if form is None:
            return
        said = verdict(words, form, now)
        self.checks.show_lines(said, line_texts(words, form))
        may = self.ctx.session.may(Permission.SIGN_OUT)
        reason = off_reason(words, form, now, may=may)
        self.button.block(reason)
        self.button.set_icon("block" if reason else "door_open")
        if self.acts.sending:
            self.button.setEnabled(False)
        passable = bool(form.passable) and form.found.may_override and form.today(now)
        self.go.pass_on.setVisible(passable and not form.blocked)
        printed = len(self.go.chosen_papers())
        self.go.consequence.set("" if reason else consequence(words, form, now, printed))
        self.go.print_now.setVisible(bool(printed) and bool(reason))
        self.summary.set(f"{form.found.plan.name} {said[1]}")

    def _fields_changed(self) -> None:
        form, go = self.form, self.go
        if form is None:
            return
        before = form.proposed()
        holder = go.escort.value()
        if holder != (form.holder_id or form.found.holder_id):
            form.holder_id = holder
        if (go.due.day, go.due.at) != form.due():
            form.set_due(go.due.day, go.due.at)
        if form.proposed() != before:
            self.read()
        else:
            self.tell()

    def mend(self, what: Mend) -> None:
        """What can be done about an open line."""
        if what is Mend.ESCORT:
            self.go.escort.setFocus()
            self.go.escort.showPopup()
        elif what is Mend.RETURN_TIME:
            self.go.due.setFocus()
        elif what is Mend.CARD:
            self.ctx.navigate("cards")
        else:
            self.acts.mend(what)

    def press(self) -> None:
        """Leave; a second press while the first is on its way is nothing."""
        self.clear_problem()
        self.acts.go()

    def _not_read(self, exc: Exception) -> None:
        """Gone already, or cancelled: the calendar says what became of it."""
        self.ctx.show_error(exc, self)
        self.button.setEnabled(False)

    def _failed(self, exc: Exception) -> None:
        self.ctx.show_error(exc, self)

    # --- the card on the reader ------------------------------------------------------------------

    def card_of(self) -> tuple[int, str] | None:
        """Whose card is waited for."""
        form = self.form
        hidden = not self.isVisible() or self.acts.sending or not self.ctx.session.unlocked
        if form is None or hidden:
            return None
        return form.found.plan.resident_id, form.found.plan.name

    def card_day(self) -> date:
        """The day of the visit."""
        if self.form is None:
            return local_date(self.ctx.now())
        return local_date(self.form.found.visit.starts_at)

    def show_card(self, view: CheckView) -> None:
        """It stands in the log: the line reads it from there."""
        del view
        self.problem.hide()
        self.ctx.announce(self.words("leave-card-read"))
        self.read()

    def show_card_problem(self, problem: Exception) -> None:
        """Nothing is known of what lies there."""
        self.ctx.show_error(problem, self)

    def show_card_of(self, former: str) -> None:
        """Whose card lies there still."""
        if former:
            title = self.words("desk-card-former", name=former)
            self.acts.say_problem(title, self.words("desk-card-former-text"))
        else:
            self.clear_problem()

    def ask(self, query: Callable[..., Any], *args: Any, done: Callable[[Any], object]) -> None:
        """A query whose failure is said on the page."""
        self.ctx.ask(query, *args, done=done, failed=self._failed)
