"""Tabs 同意, 代理人, 受診, 持出履歴, 書類: lists of records with their few acts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from facility_app.domain.access import Permission
from facility_app.domain.agreements import Standing
from facility_app.services.resident_data import AgreementView, ProxyView, ResidentView
from facility_app.services.visits import VisitView
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column, Row
from facility_app.ui.pages.resident_items import Ruled
from facility_app.ui.pages.text_rows import TextRows
from facility_app.ui.viewmodels.residents import (
    Mark,
    agreement_lines,
    agreement_title,
    loan_cells,
    proxy_lines,
    standing_mark,
    visit_detail,
    visit_title,
)
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.table import Table
from facility_app.ui.widgets.text import Text

LOAN_HEADS = ("out", "back", "purpose", "destination", "holder")


class RecordsTab(QWidget):
    """A card with a head, its button, and rows; built anew for each resident."""

    name = ""
    add_icon = "add"
    empty_icon = "description"
    permission: Permission | None = None
    add_wanted = Signal()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self.ctx = ctx
        self.box = Column(ctx.theme, self, spacing=0)
        self._inside: QWidget | None = None

    def show_view(self, view: ResidentView) -> None:
        """Build the tab for this resident."""
        if self._inside is not None:
            self.box.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self.view = view
        self._inside = QWidget()
        outer = Column(self.ctx.theme, self._inside, spacing=0)
        card = Card(self.ctx.theme, title=self.ctx.words(f"residents-tab-{self.name}"), padding=0,
                    spacing=0)  # fmt: skip
        if self.permission is not None and self.ctx.session.may(self.permission):
            add = ActionButton(
                self.ctx.theme, self.ctx.words(f"residents-add-{self.name}"), icon=self.add_icon
            )
            add.clicked.connect(self.add_wanted)
            if card.head is not None:
                card.head.addWidget(add)
        rows = self.rows(view)
        if rows and isinstance(rows[0], Ruled):
            rows[0].ruled = False  # the head has a line already
        for row in rows:
            card.body.addWidget(row)
        if not rows:
            card.body.addWidget(
                EmptyState(
                    self.ctx.theme, icon=self.empty_icon,
                    title=self.ctx.words(f"residents-none-{self.name}"),
                    text=self.ctx.words(f"residents-none-{self.name}-how"),
                )
            )  # fmt: skip
        outer.addWidget(card)
        outer.addStretch(1)
        self.box.addWidget(self._inside)

    def rows(self, view: ResidentView) -> Sequence[QWidget]:
        """The rows of this tab."""
        return ()

    def record(
        self,
        title: str,
        lines: Sequence[str],
        mark: Mark | None = None,
        buttons: Sequence[ActionButton] = (),
    ) -> QWidget:
        """One record: title with a chip, lines, buttons at the right."""
        theme = self.ctx.theme
        box = QWidget()
        words = Column(theme, box, margins=(0, 4, 0, 4), spacing=4)
        head = Row(theme, spacing=12)
        head.addWidget(Text(theme, title, bold=True, size=20), 1)
        if mark is not None:
            head.addWidget(Chip(theme, mark.words, Level(mark.level), mark.icon))
        words.addLayout(head)
        for line in lines:
            words.addWidget(Text(theme, line))
        row = Ruled(theme)
        acts = Row(theme, row, margins=(16, 8, 14, 8), spacing=8)
        acts.addWidget(box, 1)
        for button in buttons:
            acts.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def button(self, key: str, kind: Kind = Kind.GREY, icon: str = "") -> ActionButton:
        """A button of a row."""
        return ActionButton(self.ctx.theme, self.ctx.words(key), kind=kind, icon=icon)


class AgreementsTab(RecordsTab):
    """Signals carry an `AgreementView`."""

    name = "agreements"
    add_icon = "signature"
    empty_icon = "signature"
    permission = Permission.MANAGE_AGREEMENTS
    review_wanted = Signal(object)
    withdraw_wanted = Signal(object)

    def rows(self, view: ResidentView) -> Sequence[QWidget]:
        """The agreements, the latest first."""
        return [self._row(each) for each in view.agreements]

    def _row(self, agreement: AgreementView) -> QWidget:
        words = self.ctx.words
        buttons = []
        open_now = agreement.stands not in (Standing.WITHDRAWN, Standing.NONE)
        if open_now and self.ctx.session.may(Permission.MANAGE_AGREEMENTS):
            due = agreement.stands is Standing.REVIEW_PASSED
            review = self.button("residents-review", Kind.OUTLINED if due else Kind.GREY)
            review.clicked.connect(lambda: self.review_wanted.emit(agreement))
            withdraw = self.button("residents-withdraw")
            withdraw.clicked.connect(lambda: self.withdraw_wanted.emit(agreement))
            buttons = [review, withdraw]
        return self.record(
            agreement_title(words, agreement),
            agreement_lines(words, agreement),
            standing_mark(words, agreement.stands),
            buttons,
        )


class ProxiesTab(RecordsTab):
    """Signals carry a `ProxyView`."""

    name = "proxies"
    add_icon = "person_add"
    empty_icon = "supervisor_account"
    permission = Permission.MANAGE_RESIDENTS
    edit_wanted = Signal(object)
    end_wanted = Signal(object)

    def rows(self, view: ResidentView) -> Sequence[QWidget]:
        """The proxies, those whose power holds first."""
        return [self._row(each) for each in view.proxies]

    def _row(self, proxy: ProxyView) -> QWidget:
        words = self.ctx.words
        buttons = []
        if proxy.ended_on is None and self.ctx.session.may(Permission.MANAGE_RESIDENTS):
            edit, end = self.button("residents-edit"), self.button("residents-proxy-end")
            edit.clicked.connect(lambda: self.edit_wanted.emit(proxy))
            end.clicked.connect(lambda: self.end_wanted.emit(proxy))
            buttons = [edit, end]
        title = words(
            "residents-proxy-title", name=proxy.form.name, kind=words.term(proxy.form.kind)
        )
        mark = Mark(words("residents-proxy-over"), "warn") if proxy.over else None
        return self.record(title, proxy_lines(words, proxy), mark, buttons)


class VisitsTab(RecordsTab):
    """Signals carry a `VisitView`."""

    name = "visits"
    add_icon = "event"
    empty_icon = "stethoscope"
    permission = Permission.PLAN_VISITS
    edit_wanted = Signal(object)
    cancel_wanted = Signal(object)

    def rows(self, view: ResidentView) -> Sequence[QWidget]:
        """The visits, the latest first."""
        return [self._row(each) for each in view.visits]

    def _row(self, visit: VisitView) -> QWidget:
        words = self.ctx.words
        buttons = []
        open_now = visit.loan_id is None and not visit.cancelled
        if open_now and self.ctx.session.may(Permission.PLAN_VISITS):
            edit, cancel = self.button("residents-edit"), self.button("residents-visit-cancel")
            edit.clicked.connect(lambda: self.edit_wanted.emit(visit))
            cancel.clicked.connect(lambda: self.cancel_wanted.emit(visit))
            buttons = [edit, cancel]
        mark = None
        if visit.cancelled:
            mark = Mark(words("residents-visit-cancelled"), "notice", "event_busy")
        elif visit.loan_id is not None:
            mark = Mark(words("residents-visit-gone"), "ok")
        title = visit_title(words, visit, self.view.today)
        return self.record(title, [visit_detail(words, visit)], mark, buttons)


class HistoryTab(RecordsTab):
    """The absences; older ones stand in the log."""

    name = "history"
    empty_icon = "history"

    def rows(self, view: ResidentView) -> Sequence[QWidget]:
        """One table."""
        if not view.loans:
            return []
        words = self.ctx.words
        model = TextRows(
            [words(f"residents-loan-{head}") for head in LOAN_HEADS],
            [loan_cells(words, loan) for loan in view.loans],
        )
        table = Table(self.ctx.theme, words("residents-tab-history"))
        table.setModel(model)
        model.setParent(table)
        table.set_widths((208, 208, 136, 0, 168))
        table.setMinimumHeight(self.ctx.theme.px(40 + 48 * min(8, len(view.loans)) + 2))
        return [table]


class PapersTab(RecordsTab):
    """The tag of the pouch, moving out."""

    name = "papers"
    print_wanted = Signal()
    save_wanted = Signal()
    replace_wanted = Signal()
    discharge_wanted = Signal()
    readmit_wanted = Signal()

    def rows(self, view: ResidentView) -> Sequence[QWidget]:
        """Tag, then moving out."""
        may = self.ctx.session.may
        rows = [self._tag(view)] if may(Permission.PRINT_TAGS) else []
        return [*rows, self._leaving(view)] if may(Permission.MANAGE_RESIDENTS) else rows

    def _tag(self, view: ResidentView) -> QWidget:
        words = self.ctx.words
        buttons = []
        for key, icon, signal in (
            ("residents-tag-print", "print", self.print_wanted),
            ("residents-tag-save", "save", self.save_wanted),
        ):
            button = self.button(key, Kind.OUTLINED if icon == "print" else Kind.GREY, icon)
            button.clicked.connect(signal)
            button.setEnabled(view.tag is not None)
            buttons.append(button)
        replace = self.button("residents-tag-replace", icon="autorenew")
        replace.clicked.connect(self.replace_wanted)
        if view.tag is None:
            title, lines = words("residents-tag-none"), [words("residents-tag-none-how")]
        else:
            title = words("residents-tag", short=view.tag.short)
            lines = [
                words("residents-tag-since", day=words.moment(view.tag.issued_at)),
                words("residents-tag-how"),
            ]
        return self.record(title, lines, None, [*buttons, replace])

    def _leaving(self, view: ResidentView) -> QWidget:
        words = self.ctx.words
        if view.discharged_on is None:
            button = self.button("residents-discharge", icon="logout")
            button.clicked.connect(self.discharge_wanted)
            lines = [words("residents-discharge-how")]
            return self.record(words("residents-living-here"), lines, None, [button])
        button = self.button("residents-readmit", icon="undo")
        button.clicked.connect(self.readmit_wanted)
        day = words.day(view.discharged_on)
        left = len(view.items)
        lines = [words("residents-discharge-items", count=str(left))] if left else []
        return self.record(words("residents-left-on", day=day), lines, None, [button])
