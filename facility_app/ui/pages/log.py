"""記録と報告: the list with its filter, one entry in full, the verification; the way to reports,
charts and printed checkpoints.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.errors import Cancelled
from facility_app.i18n import ErrorText
from facility_app.services import log_check, record, record_choices
from facility_app.services.log_check import LogState, Verdict
from facility_app.services.record import FullEntry, Listed
from facility_app.services.record_choices import Choice, Choices
from facility_app.services.search import Findings, ResidentQuery, find_residents
from facility_app.ui.context import UiContext
from facility_app.ui.lanes import Progress
from facility_app.ui.layouts import Column, Columns, Row
from facility_app.ui.page import Page
from facility_app.ui.pages.log_entry import EntryCard
from facility_app.ui.pages.log_filter import LogFilterBar
from facility_app.ui.pages.log_table import LogModel, widths
from facility_app.ui.pages.log_ways import LogWays
from facility_app.ui.viewmodels import log as screen
from facility_app.ui.viewmodels.log import FilterForm, VerdictText
from facility_app.ui.viewmodels.log_entry import EntryWords
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.table import Table
from facility_app.ui.widgets.text import Text

_TYPING_MS = 150


class LogPage(Page):
    """The record."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.form = FilterForm()
        self._entry_words = EntryWords(self.words, {})
        self._last_day: date | None = None
        self._asked = 0
        self._running: Progress | None = None
        columns = Columns(self.theme, (752, 368))
        self.content.addWidget(columns, 1)
        columns.add(self._build_list())
        self.card = EntryCard(self.theme, self.words)
        self.card.entry_wanted.connect(self.show_entry)
        columns.add(self._build_right())
        self._soon = QTimer(self, interval=_TYPING_MS, singleShot=True)
        self._soon.timeout.connect(self.load)

    def _build_right(self) -> QWidget:
        """The ways on, and below them what was chosen from the list."""
        right = QWidget()
        column = Column(self.theme, right, spacing=16)
        self.ways = LogWays(self.ctx)
        column.addWidget(self.ways)
        column.addWidget(self.card, 1)
        return right

    def _build_list(self) -> QWidget:
        theme, words = self.theme, self.words
        box = QWidget()
        column = Column(theme, box, spacing=8)
        self.filter = LogFilterBar(theme, words, self.form)
        self.filter.changed.connect(lambda: self._soon.start())
        self.filter.resident_changed.connect(self._load_items)
        column.addWidget(self.filter)
        self.verify_button = ActionButton(theme, words("log-verify"), icon="fact_check")
        self.verify_button.clicked.connect(self._verify_or_stop)
        self.verdict = Notice(
            theme, Level.NOTICE, words("log-never-verified"), action=self.verify_button, size=20
        )
        column.addWidget(self.verdict)
        column.gap(8)
        self.model = LogModel(words)
        self.model.older_wanted.connect(self._load_older)
        self.table = Table(theme, words("log-table"))
        self.table.setModel(self.model)
        self.table.set_widths(widths(0))
        self.table.opened.connect(self._open_row)
        theme.changed.connect(self._fit_table)
        self._fit_table()
        column.addWidget(self.table, 1)
        self.none = self._build_none()
        column.addWidget(self.none, 1)
        column.addLayout(self._build_foot())
        return box

    def _fit_table(self) -> None:
        """All columns fit beside the card; enlarged, the list may be moved sideways."""
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self.theme.compact:
            policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.table.setHorizontalScrollBarPolicy(policy)

    def _build_none(self) -> EmptyState:
        words = self.words
        self.reset_button = ActionButton(
            self.theme, words("log-reset"), kind=Kind.GREY, icon="filter_list"
        )
        self.reset_button.clicked.connect(self.filter.reset)
        none = EmptyState(
            self.theme,
            icon="search_off",
            title=words("log-none"),
            text=words("log-none-how"),
            action=self.reset_button,
        )
        none.hide()
        return none

    def _build_foot(self) -> Row:
        foot = Row(self.theme, spacing=8)
        self.count = Text(self.theme, " ", bold=True, wraps=False)
        foot.addWidget(self.count)
        foot.addStretch(1)
        foot.addWidget(
            Text(self.theme, self.words("log-newest-first"), size=16, tone="text2", wraps=False)
        )
        return foot

    def showEvent(self, event: QShowEvent) -> None:
        """The button stands only where it may be pressed."""
        super().showEvent(event)
        may = self.ctx.session.may(Permission.VERIFY_LOG)
        self.verify_button.setVisible(may)
        self.ways.look()

    def open(self, **args: object) -> None:
        """``resident=7`` narrows to a resident, ``seq=12`` shows an entry."""
        seq, resident = args.get("seq"), args.get("resident")
        if isinstance(resident, int):
            self.form.choose_resident(resident)
        if isinstance(seq, int):
            self.show_entry(seq)

    def refresh(self) -> None:
        """Read choices, state and the newest entries."""
        self.ctx.ask(record_choices.choices, done=self._show_choices)
        if self._running is None:
            self.ctx.ask(log_check.last_state, done=self._show_state)
        self.load()

    def focus_first(self) -> None:
        """The list."""
        self.table.setFocus()

    def main_button(self) -> QAbstractButton | None:
        """Enter in the list opens; nothing else wants it."""
        return None

    def scan(self, text: str) -> None:
        """A pouch tag: the record is narrowed to its resident."""
        self.clear_problem()
        query = ResidentQuery(text, limit=1, discharged=True)
        self.ctx.ask(
            find_residents,
            query,
            done=lambda found: self._scanned(text, found),
            failed=lambda exc: self.ctx.show_error(exc, self),
        )

    def _scanned(self, text: str, found: Findings) -> None:
        if found.total == 1:
            self.filter.resident.choose(found.rows[0].id)
            return
        words = self.words
        nobody = ErrorText(words("desk-nobody", text=text), "", words("log-scan-how"))
        self.show_problem(nobody)

    def load(self) -> None:
        """Read the newest entries that match."""
        self._asked += 1
        number = self._asked
        wanted = self.form.wanted(local_date(self.ctx.now()))
        self.ctx.ask(record.list_entries, wanted, done=lambda page: self._show_page(page, number))

    def _load_older(self) -> None:
        number = self._asked
        wanted = self.form.wanted(local_date(self.ctx.now()))
        before = self.model.rows[-1].seq
        self.ctx.ask(
            record.list_entries, wanted, before, done=lambda page: self._add_page(page, number)
        )

    def _load_items(self) -> None:
        if self.form.resident is not None:
            self.ctx.ask(record_choices.items_of, self.form.resident, done=self._show_items)

    def _show_items(self, items: tuple[Choice, ...]) -> None:
        self.filter.show_items(items)

    def _show_choices(self, offered: Choices) -> None:
        people = {each.id: each.name for each in offered.staff}
        self._entry_words = EntryWords(self.words, people, offered.purposes, offered.kinds)
        self.filter.show_choices(offered)
        if self.form.resident is not None:
            self.filter.resident.choose(self.form.resident)

    def _show_page(self, page: Listed, number: int) -> None:
        if number != self._asked:  # an answer to a question that was changed meanwhile
            return
        self.model.show_rows(screen.rows_of(self.words, page.lines), page.more)
        self._last_day = local_date(page.lines[-1].at) if page.lines else None
        self.table.setVisible(bool(page.lines))
        self.table.set_widths(widths(page.lines[0].seq if page.lines else 0))
        self.none.setVisible(not page.lines)
        told = screen.count_text(self.words, page)
        self.count.set(told)
        self.ctx.announce(told)

    def _add_page(self, page: Listed, number: int) -> None:
        if number != self._asked:
            return
        self.model.add_rows(screen.rows_of(self.words, page.lines, self._last_day), page.more)
        if page.lines:
            self._last_day = local_date(page.lines[-1].at)

    def _open_row(self, row: int) -> None:
        self.show_entry(self.model.rows[row].seq)

    def show_entry(self, seq: int) -> None:
        """Show entry `seq` in full at the right."""
        self.ctx.ask(record.entry_in_full, seq, done=self._show_full, failed=self._failed)

    def _failed(self, exc: Exception) -> None:
        self.ctx.show_error(exc, self)

    def _show_full(self, entry: FullEntry) -> None:
        self.card.show_entry(self._entry_words.text(entry))

    def _show_state(self, state: LogState) -> None:
        self._say(screen.state_text(self.words, state))
        act, told, level = screen.bar_texts(self.words, state)
        if self.ctx.shell is not None:
            self.ctx.shell.show_log_state(told, level)
            if act:
                self.ctx.shell.show_last_act(act)

    def _say(self, text: VerdictText) -> None:
        self.verdict.set(Level(text.level), text.title, text.text)

    def _verify_or_stop(self) -> None:
        if self._running is not None:
            self._running.stop()
            return
        actor, office = self.ctx.session.require(), self.ctx.office
        lane, words = self.ctx.lane, self.words

        def job(progress: Progress) -> Verdict:
            def tell(done: int, whole: int) -> None:
                told = words("log-verifying-text", done=f"{done:,}", all=f"{whole:,}")
                progress.report(done / max(whole, 1), told)

            return log_check.check_log(office, actor, tell)

        lane.progressed.connect(self._show_progress)
        self._running = lane.run_long(
            job, done=self._verified, failed=self._not_verified, what=words("log-verifying")
        )
        self._say(VerdictText("notice", words("log-verifying")))
        self._button(words("log-stop"), "close", Kind.GREY)

    def _show_progress(self, _part: float, told: str) -> None:
        if told:
            self._say(VerdictText("notice", self.words("log-verifying"), told))

    def _end(self) -> None:
        self.ctx.lane.progressed.disconnect(self._show_progress)
        self._running = None
        self._button(self.words("log-verify"), "fact_check", Kind.OUTLINED)

    def _button(self, text: str, icon: str, kind: Kind) -> None:
        self.verify_button.set_text(text)
        self.verify_button.set_icon(icon)
        self.verify_button.set_kind(kind)

    def _verified(self, verdict: Verdict) -> None:
        self._end()
        text = screen.verdict_text(self.words, verdict, self.words.clock(self.ctx.now()))
        self._say(text)
        self.ctx.announce(f"{text.title} {text.text}")
        if not verdict.clean:
            self.card.show_findings(screen.finding_lines(self.words, verdict.findings))
        level = "ok" if verdict.clean else "block"
        told = self.words("log-state-clean" if verdict.clean else "log-state-bad")
        if self.ctx.shell is not None:
            self.ctx.shell.show_log_state(told, level)
        self.load()

    def _not_verified(self, exc: Exception) -> None:
        self._end()
        words = self.words
        self._say(VerdictText("notice", words("log-stopped"), words("log-stopped-text")))
        if not isinstance(exc, Cancelled):
            self.ctx.show_error(exc, self)
