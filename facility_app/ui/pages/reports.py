"""報告: choose a paper, have it made, look at its real pages, print or save it.

Making one is recorded and signed by the service; nothing is made before the button is pressed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget

from facility_app.domain.access import Actor
from facility_app.domain.clock import local_date
from facility_app.errors import Cancelled
from facility_app.secret import Secret
from facility_app.services.reporting import (
    Document,
    MadeReport,
    ReportRequest,
    generated_password,
    make_report,
)
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.pdf_password import PdfPasswordDialog
from facility_app.ui.lanes import Progress
from facility_app.ui.layouts import Column, Columns, Row, settle
from facility_app.ui.page import Page
from facility_app.ui.pages.reports_form import LockCard, ReportFormCard
from facility_app.ui.pages.reports_made import MadeView
from facility_app.ui.pages.reports_out import ReportOut
from facility_app.ui.viewmodels.months import month_text
from facility_app.ui.viewmodels.reports import (
    Asked,
    ReportForm,
    about_text,
    made_text,
    password_problem,
)
from facility_app.ui.viewmodels.start import whole
from facility_app.ui.widgets.busy import BusyBar
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.text import Text

_TOP = Qt.AlignmentFlag.AlignTop


class ReportsPage(Page):
    """Two states: choosing, and a report that was made."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.form = ReportForm()
        self.made: MadeReport | None = None
        self.make_report: Callable[..., MadeReport] = make_report
        """What makes it; another one in tests."""
        self._maker: Actor | None = None
        self._making: Progress | None = None
        self._password: Secret | None = None
        self._shown_once = False
        self.stack = QStackedWidget()
        self.choosing = self._build_choosing()
        self.view = MadeView(ctx, self)
        self.stack.addWidget(self.choosing)
        self.stack.addWidget(self.view)
        self.content.addWidget(self.stack, 1)
        self.busy = BusyBar(
            self.theme, words=self.words("widgets-busy"), stop=self.words("widgets-stop")
        )
        self.busy.follow(ctx.paper_lane())
        self.content.addWidget(self.busy)
        self.go = ActionButton(
            self.theme, self.words("reports-page-go"), kind=Kind.FILLED, icon="description",
            key="Enter", height=64,
        )  # fmt: skip
        self.act_row.addStretch(1)
        self.act_row.addWidget(self.go)
        self.out = ReportOut(self)
        self._connect()
        self._show_state()

    def _build_choosing(self) -> QWidget:
        theme, words = self.theme, self.words
        columns = Columns(theme, (3, 2))
        self.card = ReportFormCard(self.ctx, self.form)
        columns.add(self.card)
        right = QWidget()
        column = Column(theme, right, spacing=16)
        told = Card(theme, spacing=12)
        self.what_title = Text(theme, size=24, bold=True)
        self.what = Text(theme)
        told.body.addWidget(self.what_title)
        told.body.addWidget(self.what)
        told.body.addStretch(1)
        for icon, key in (("signature-fill", "signed"), ("history", "recorded")):
            line = Row(theme, spacing=8)
            line.addWidget(IconLabel(theme, icon, size=24, tone="text2"), 0, _TOP)
            line.addWidget(Text(theme, words(f"reports-page-{key}"), tone="text2"), 1)
            told.body.addLayout(line)
        column.addWidget(told, 1)
        self.lock = LockCard(self.ctx, self.form)
        column.addWidget(self.lock)
        columns.add(right)
        return columns

    def _connect(self) -> None:
        self.card.changed.connect(self._tell)
        self.card.resident_wanted.connect(lambda: self._choose_resident())
        self.lock.locked.clicked.connect(self._see_lock)
        self.go.clicked.connect(self.make)
        self.view.other.clicked.connect(self.choose_again)
        self.view.failed.connect(lambda exc: self.ctx.show_error(exc, self))
        self.ctx.session.changed.connect(self._session_changed)
        self.theme.changed.connect(self._show_state)

    # --- Page ------------------------------------------------------------------------------------

    def open(self, **args: object) -> None:
        """``document="monthly", month=date``; ``resident=7, name="..."`` for a statement;
        ``first=date, last=date`` for what is about days."""
        wanted, month, resident = args.get("document"), args.get("month"), args.get("resident")
        if not args or self._making is not None:
            return
        self.choose_again()
        if isinstance(wanted, str):
            self.form.document = Document(wanted)
        if isinstance(month, date):
            self.form.month = month_text(self.words, month)
        first, last = args.get("first"), args.get("last")
        if isinstance(first, date) and isinstance(last, date):
            self.form.first, self.form.last = first, last
        if isinstance(resident, int):
            self.form.document = Document.STATEMENT
            self.form.resident, self.form.name = resident, str(args.get("name", ""))

    def refresh(self) -> None:
        """The form as it stands; a report that was made stays."""
        self.form.begin(self.words, self.today())
        if self.made is None:
            self._show_form()

    def focus_first(self) -> None:
        """The paper that is chosen, or the button that prints."""
        chosen = self.card.papers.button(self.form.document.value)
        target = self.view.print if self.made is not None else chosen
        (target or self.go).setFocus(Qt.FocusReason.OtherFocusReason)

    def scan(self, text: str) -> None:
        """A pouch tag: the statement is about that resident."""
        if self.made is None and self.form.asks(Asked.RESIDENT):
            self._choose_resident(text)

    def clear_secrets(self) -> None:
        """A half-typed password."""
        self.lock.password.clear()

    def main_button(self) -> QAbstractButton | None:
        """Enter makes the report; printing wants a key of its own."""
        return self.go if self.made is None else None

    def today(self) -> date:
        """The present day in Japan."""
        return local_date(self.ctx.now())

    # --- choosing --------------------------------------------------------------------------------

    def _tell(self) -> None:
        """What the chosen paper is for."""
        key = self.form.document.value
        self.what_title.set(self.words(f"reports-page-paper-{key}"))
        self.what.set(self.words(f"reports-page-what-{key}"))

    def _see_lock(self) -> None:
        """What has opened below the edge is scrolled to."""
        settle(self.lock)
        self.area.ensureWidgetVisible(self.lock.field)

    def _choose_resident(self, scanned: str = "") -> None:
        from facility_app.ui.dialogs.choose_resident import ChooseResidentDialog

        dialog = ChooseResidentDialog(self.ctx, title=self.words("reports-page-choose"))
        dialog.chosen.connect(lambda found: self.card.show_resident(found.id, found.name))
        dialog.start(scanned)

    def choose_again(self) -> None:
        """Back to the form; the report that was made is gone from the screen."""
        self.made = None
        self.view.forget()
        self._show_state()
        self._show_form()
        if self.isVisible():
            self.focus_first()

    def _show_form(self) -> None:
        self.card.show_form()
        self.lock.show_form()
        self._tell()

    # --- making ----------------------------------------------------------------------------------

    def make(self) -> None:
        """Have the report made, where nothing is missing."""
        if self._making is not None:
            return
        self.clear_problem()
        problems = self.form.problems(self.words, self.today())
        typed = self.lock.password.field.text() if self.form.locked else ""
        if problem := password_problem(self.words, typed):
            problems[Asked.PASSWORD] = problem
        self.card.show_problems(problems)
        self.lock.show_problem(problems.get(Asked.PASSWORD, ""))
        if problems:
            self.ctx.announce(next(iter(problems.values())))
            return
        self._start(typed)

    def _start(self, typed: str) -> None:
        """`typed`: a password of the person's own."""
        if self.form.locked:
            self.lock.password.clear()
            self._password = Secret.from_text(typed) if typed else generated_password()
            self._shown_once = not typed
        kept = self._password.copy() if self._password is not None else None
        job = self.job_for(self.form.request(password=kept))
        self._maker = self.ctx.session.actor
        self._making = self.ctx.lane.run_long(
            job, done=self._made, failed=self._not_made, what=self.words("reports-page-making")
        )
        self.go.block(self.words("reports-page-making"))

    def job_for(self, request: ReportRequest) -> Callable[[Progress], MadeReport]:
        """Makes `request`, for the lane, and tells how far it is."""
        office, actor, words = whole(self.ctx.office), self.ctx.session.require(), self.words
        make = self.make_report

        def job(progress: Progress) -> MadeReport:
            def tell(done: int, all_of_it: int) -> None:
                part = done / max(all_of_it, 1)
                progress.report(part, words("reports-page-part", percent=round(part * 100)))

            return make(office, actor, words, request, None, tell)

        return job

    def _made(self, made: MadeReport) -> None:
        password = self._end()
        if self.ctx.session.actor is not self._maker or made.content is None:
            return  # somebody locked meanwhile: the record tells of it, the screen does not
        self.made = made
        kept = password.copy() if password is not None else None
        self.view.show_pdf(
            made.content,
            kept,
            title=self.what_title.text(),
            about=about_text(self.words, made.request, self._about_whom(made.request)),
            made=made_text(self.words, made),
        )
        self._show_state()
        self.focus_first()
        self.ctx.announce(self.view.made.text())
        if password is not None and self._shown_once:
            PdfPasswordDialog(self.ctx, password).start()

    def _about_whom(self, request: ReportRequest) -> str:
        return self.form.name if request.resident_id is not None else ""

    def _not_made(self, exc: Exception) -> None:
        self._end()
        if isinstance(exc, Cancelled):
            self.banner.show_done(self.words("reports-page-stopped"))
        else:
            self.ctx.show_error(exc, self)

    def _end(self) -> Secret | None:
        """The lane has answered; gives the password, which the page keeps no longer."""
        password, self._password, self._making = self._password, None, None
        self.go.block("")
        return password

    # --- showing ---------------------------------------------------------------------------------

    def _show_state(self) -> None:
        made = self.made is not None
        self.stack.setCurrentWidget(self.view if made else self.choosing)
        self.view.place_main(made)
        self.go.setVisible(not made)
        self.bar.setVisible(not made or self.theme.compact)
        QTimer.singleShot(0, lambda: self.area.verticalScrollBar().setValue(0))

    def _session_changed(self) -> None:
        """Another person finds the form, not what somebody else had made."""
        actor = self.ctx.session.actor
        if actor is not None and self.made is not None and self._maker is not None:
            if actor.staff_id != self._maker.staff_id:
                self.choose_again()
            else:
                self._maker = actor
