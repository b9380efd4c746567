"""記録の見直し: what waits, one entry in full beside it, and the sign-off.

Reached from 記録と報告 and from きょう.  The queue is brought up to date when the page is opened.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from facility_app.domain.access import PROGRAM, Permission
from facility_app.domain.review import Verdict, Why
from facility_app.services import record, record_choices
from facility_app.services.acts import Recorded, recorded
from facility_app.services.emergency_detail import EmergencyDetail, emergency_detail
from facility_app.services.record import FullEntry
from facility_app.services.record_choices import Choices
from facility_app.services.review import ReviewLine, ReviewQueue, SignOff, review_queue, sign_off
from facility_app.services.review_collect import collect_reviews
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.emergency import ReviewDialog
from facility_app.ui.layouts import Column, Columns
from facility_app.ui.page import Page
from facility_app.ui.pages.log_entry import EntryCard
from facility_app.ui.pages.review_dialogs import NoteDialog, TargetDialog
from facility_app.ui.pages.stocktake_parts import CellRows, HowFar
from facility_app.ui.viewmodels import review as screen
from facility_app.ui.viewmodels.desk import number_text
from facility_app.ui.viewmodels.log_entry import EntryWords
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.table import Table
from facility_app.ui.widgets.text import Text

_WIDTHS = (208, 184, 0, 112)


class ReviewPage(Page):
    """See the module."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.queue: ReviewQueue | None = None
        self.seq: int | None = None
        self.sending = False
        self._entry_words = EntryWords(self.words, {})
        self._build_head()
        columns = Columns(self.theme, (7, 5))
        columns.add(self._build_list())
        self.card = EntryCard(self.theme, self.words)
        self.card.entry_wanted.connect(lambda seq: self.ctx.navigate("log", seq=seq))
        columns.add(self.card)
        self.content.addWidget(columns, 1)
        self._build_acts()

    def _build_head(self) -> None:
        theme, words = self.theme, self.words
        self.head.addWidget(
            Text(theme, words("review-page-title"), size=28, bold=True, wraps=False)
        )
        self.head.addStretch(1)
        told = QWidget()
        column = Column(theme, told, spacing=4)
        self.target_text = Text(theme, " ", bold=True, wraps=False)
        column.addWidget(self.target_text)
        self.target_bar = HowFar(theme, words("review-page-target-name"))
        column.addWidget(self.target_bar)
        self.head.addWidget(told)
        self.change = ActionButton(theme, words("review-page-change"), kind=Kind.TEXT, icon="edit")
        self.change.clicked.connect(self._change_target)
        self.head.addWidget(self.change)

    def _build_list(self) -> QWidget:
        theme, words = self.theme, self.words
        box = QWidget()
        column = Column(theme, box, spacing=8)
        heads = [words(f"review-page-{key}") for key in ("why", "at", "what", "who")]
        self.model = CellRows(heads)
        self.table = Table(theme, words("review-page-list"))
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.table.keep_whole(2)
        self.table.opened.connect(self._choose)
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        theme.changed.connect(self._fit_table)
        self._fit_table()
        column.addWidget(self.table, 1)
        self.none = EmptyState(
            theme,
            icon="fact_check",
            title=words("review-page-none"),
            text=words("review-page-none-how"),
        )
        self.none.hide()
        column.addWidget(self.none, 1)
        self.count = Text(theme, " ", bold=True)
        self.own = Text(theme, " ", size=16, tone="text2")
        column.addWidget(self.count)
        column.addWidget(self.own)
        return box

    def _build_acts(self) -> None:
        theme, words = self.theme, self.words
        self.emergency = ActionButton(
            theme, words("review-page-emergency"), icon="emergency_home-fill", height=64
        )
        self.emergency.clicked.connect(self._emergency)
        self.bad = ActionButton(
            theme, words("review-page-not-in-order"), icon="edit_note", key="F8", height=64
        )
        self.bad.clicked.connect(self._not_in_order)
        self.good = ActionButton(
            theme,
            words("review-page-in-order"),
            kind=Kind.FILLED,
            icon="check",
            key="F4",
            height=64,
        )
        self.good.clicked.connect(self._in_order)
        self.act_row.addStretch(1)
        for button in (self.emergency, self.bad, self.good):
            self.act_row.addWidget(button)

    def _fit_table(self) -> None:
        """All columns fit beside the card; enlarged, the list may be moved sideways."""
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self.theme.compact:
            policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.table.setHorizontalScrollBarPolicy(policy)

    # --- what the window asks --------------------------------------------------------------------

    def refresh(self) -> None:
        """Bring the queue up to the record, as the program, and read it."""
        if not self.ctx.session.unlocked:
            return
        self.change.setVisible(self.ctx.session.may(Permission.MANAGE_SETTINGS))
        office = self.ctx.office
        self.ctx.ask(record_choices.choices, done=self._keep_names, failed=self._failed)
        self.ctx.lane.run(
            lambda: office.do(PROGRAM, collect_reviews),
            done=lambda _collected: self._read(),
            failed=self._failed,
            what=self.words("review-page-busy"),
        )

    def focus_first(self) -> None:
        """The list."""
        self.table.setFocus()

    # --- showing ---------------------------------------------------------------------------------

    def _keep_names(self, names: Choices) -> None:
        people = {each.id: each.name for each in names.staff}
        self._entry_words = EntryWords(self.words, people, names.purposes, names.kinds)

    def _read(self) -> None:
        if self.ctx.session.unlocked:
            self.ctx.ask(review_queue, done=self._show, failed=self._failed)

    def _show(self, queue: ReviewQueue) -> None:
        place = self.table.currentIndex().row()
        self.queue, words = queue, self.words
        rows = [screen.row_of(words, line) for line in queue.lines]
        wanted = screen.next_seq(queue.lines, self.seq, place)
        self.seq = None  # what the model tells while it is filled is no choice
        self.model.show_rows(rows, [screen.why_look(line.why) for line in queue.lines])
        self.count.set(screen.count_text(words, queue) if rows else "")
        self.own.set(screen.own_text(words, queue))
        self.own.setVisible(bool(queue.own))
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)
        target = screen.target_text(words, queue.target)
        self.target_text.set(target.text)
        self.target_bar.show_part(target.done, target.target, target.text)
        if wanted is None:
            self.card.show_nothing()
        else:
            numbers = [line.line.seq for line in queue.lines]
            self.table.selectRow(numbers.index(wanted))
        self._tell()

    def _line(self) -> ReviewLine | None:
        lines = self.queue.lines if self.queue is not None else ()
        return next((line for line in lines if line.line.seq == self.seq), None)

    def _row_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self._choose(current.row())

    def _choose(self, row: int) -> None:
        if self.queue is None or row >= len(self.queue.lines):
            return
        seq = self.queue.lines[row].line.seq
        if seq != self.seq:
            self.seq = seq
            self.clear_problem()
            self.ctx.ask(record.entry_in_full, seq, done=self._show_entry, failed=self._failed)
        self._tell()

    def _show_entry(self, entry: FullEntry) -> None:
        if entry.line.seq == self.seq:
            self.card.show_entry(self._entry_words.text(entry))

    def _tell(self) -> None:
        """The buttons of what is chosen; an emergency has a review of its own."""
        line = self._line()
        emergency = line is not None and line.why is Why.EMERGENCY
        for button in (self.good, self.bad):
            button.setVisible(line is not None and not emergency)
            button.setEnabled(line is not None and not self.sending)
        self.emergency.setVisible(emergency)
        may = self.ctx.session.may
        allowed = may(Permission.REVIEW_EMERGENCY) and may(Permission.VIEW_DESK)
        self.emergency.block("" if allowed else self.words("review-page-emergency-manager"))

    # --- acting ----------------------------------------------------------------------------------

    def _in_order(self) -> None:
        line = self._line()
        if line is None or self.sending:
            return
        self.sending = True
        self._tell()
        self.ctx.do(
            recorded(sign_off),
            SignOff(line.line.seq, Verdict.IN_ORDER),
            done=self._recorded,
            failed=self._failed,
            what=self.words("desk-busy-recording"),
        )

    def _not_in_order(self) -> None:
        line = self._line()
        if line is not None:
            what = " ".join(screen.row_of(self.words, line)[1:])
            dialog = NoteDialog(self.ctx, line.line.seq, what)
            dialog.recorded.connect(self._recorded)
            dialog.start()

    def _emergency(self) -> None:
        line = self._line()
        if line is not None and line.loan_id is not None:
            self.ctx.ask(
                emergency_detail, line.loan_id, done=self._review_emergency, failed=self._failed
            )

    def _review_emergency(self, detail: EmergencyDetail) -> None:
        dialog = ReviewDialog(self.ctx, detail)
        dialog.recorded.connect(self._recorded)
        dialog.start()

    def _change_target(self) -> None:
        if self.queue is not None:
            dialog = TargetDialog(self.ctx, self.queue.target.target)
            dialog.recorded.connect(lambda _done: self._said("review-target-done"))
            dialog.start()

    def _recorded(self, done: Recorded[Any]) -> None:
        self._said("review-page-done", number=number_text(self.words, done.seq))

    def _said(self, key: str, **facts: object) -> None:
        self.sending = False
        text = self.words(key, **facts)
        self.banner.show_done(text)
        self.ctx.announce(text)
        self.refresh()
        self.table.setFocus()

    def _failed(self, exc: Exception) -> None:
        self.sending = False
        self._tell()
        self.ctx.show_error(exc, self)
