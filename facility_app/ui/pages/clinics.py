"""医療機関: the register of clinics, and what earlier visits taught about their desks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from facility_app.domain.access import Permission
from facility_app.services.clinics import ClinicView, list_clinics
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.clinic import ClinicDialog
from facility_app.ui.layouts import Column, Row
from facility_app.ui.page import Page
from facility_app.ui.pages.desk_parts import InnerScroll
from facility_app.ui.pages.resident_items import Ruled
from facility_app.ui.viewmodels.clinics import ClinicRow, clinic_rows
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.empty import EmptyState
from facility_app.ui.widgets.icon_label import IconLabel
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.scan_field import ScanField
from facility_app.ui.widgets.text import Text

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class ClinicsPage(Page):
    """A list with a search field; each row is changed in a dialog."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        words, theme = self.words, self.theme
        self.clinics: Sequence[ClinicView] = ()
        self.back = ActionButton(
            theme, words("nav-visits"), kind=Kind.GREY, icon="arrow_back", key="Esc", height=56
        )
        self.back.clicked.connect(lambda: ctx.navigate("visits"))
        self.field = ScanField(theme, words("clinics-search"), icon="search")
        self.field.searched.connect(lambda _text: self._show())
        self.field.scanned.connect(lambda _text: self._show())
        self.add = ActionButton(
            theme, words("clinics-add"), kind=Kind.FILLED, icon="add", key="F4", height=56
        )
        self.add.clicked.connect(lambda: self._open(None))
        for widget, stretch in ((self.back, 0), (self.field, 1), (self.add, 0)):
            self.head.addWidget(widget, stretch)
        self.card = Card(
            theme, title=words("clinics-page-title"), icon="local_hospital", padding=0, spacing=0
        )
        self.rows = InnerScroll(theme, spacing=0, margins=0)
        self.card.body.addWidget(self.rows, 1)
        self.content.addWidget(self.card, 1)
        self.buttons: dict[int, ActionButton] = {}
        self._compact = theme.compact
        theme.changed.connect(self._rezoomed)

    def refresh(self) -> None:
        """Read the register."""
        self.add.setVisible(self.ctx.session.may(Permission.PLAN_VISITS))
        if self.ctx.session.unlocked:
            self.ctx.ask(
                partial(list_clinics, all_of_them=True),
                done=self._keep,
                failed=lambda exc: self.ctx.show_error(exc, self),
            )

    def focus_first(self) -> None:
        """The search field."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, clinics: Sequence[ClinicView]) -> None:
        self.clinics = clinics
        self._show()

    def _rezoomed(self) -> None:
        if self._compact != self.theme.compact:
            self._compact = self.theme.compact
            self._show()

    def _show(self) -> None:
        words = self.words
        rows = clinic_rows(words, self.clinics, self.field.wanted())
        self.rows.clear()
        self.buttons = {}
        self.card.set_count(str(len(rows)), words("clinics-unit"))
        for number, row in enumerate(rows):
            line = self._row(row)
            line.ruled = number > 0
            self.rows.box.addWidget(line)
        if not rows:
            key = "clinics-none" if not self.clinics else "clinics-none-found"
            empty = EmptyState(
                self.theme, icon="local_hospital", title=words(key), text=words(f"{key}-how")
            )
            self.rows.box.addWidget(empty, 1)
        self.rows.box.addStretch(1)

    def _row(self, row: ClinicRow) -> Ruled:
        theme, words = self.theme, self.words
        line = Ruled(theme)
        box = Row(theme, line, margins=(16, 10, 16, 10), spacing=12)
        said = Column(theme, spacing=4)
        head = Row(theme, spacing=12)
        head.addWidget(Text(theme, row.name, size=20, bold=True, elide=True))
        if row.phone:
            head.addWidget(IconLabel(theme, "call-fill", size=20, tone="text2"), 0, _MIDDLE)
            head.addWidget(Text(theme, row.phone, tabular=True))
        head.addStretch(1)
        said.addLayout(head)
        said.addWidget(self._chips(row))
        if row.notes:
            said.addWidget(Text(theme, row.notes, size=16, tone="text2"))
        box.addLayout(said, 1)
        if self.ctx.session.may(Permission.PLAN_VISITS):
            button = ActionButton(theme, words("residents-edit"))
            button.setAccessibleName(f"{button.text()} {row.name}")
            button.clicked.connect(partial(self._open, row.view))
            box.addWidget(button, 0, _MIDDLE)
            self.buttons[int(row.view.id)] = button
        told = (row.name, row.phone, *(chip for chip, _ in row.chips), row.notes)
        line.setAccessibleName(" ".join(part for part in told if part))
        return line

    def _chips(self, row: ClinicRow) -> QWidget:
        """Side by side, one below the other when enlarged."""
        holder = QWidget()
        make = Column if self.theme.compact else Row
        box: Column | Row = make(self.theme, holder, spacing=8)
        for text, level in row.chips:
            box.addWidget(Chip(self.theme, text, Level(level)))
        box.addStretch(1)
        return holder

    def _open(self, view: ClinicView | None, _checked: bool = False) -> None:
        dialog = ClinicDialog(self.ctx, view)
        said = "clinics-done-added" if view is None else "clinics-done-changed"
        dialog.recorded.connect(lambda _done: self._done(self.words(said)))
        dialog.start()

    def _done(self, text: str) -> None:
        self.banner.show_done(text)
        self.ctx.announce(text)
        self.refresh()
