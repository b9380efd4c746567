"""職員: who works here, with which roles; own rights are never changed by oneself (issue #2)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QWidget

from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.services.closing import read_opened
from facility_app.services.staff import GrantView, StaffView, list_staff
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.dialogs.staff import (
    AddStaffDialog,
    ChangeStaffDialog,
    EndGrantDialog,
    GrantDialog,
    PasswordDialog,
    first_field,
)
from facility_app.ui.layouts import Column, Columns, Row, Sized
from facility_app.ui.page import Page
from facility_app.ui.viewmodels.staff import StaffBook, grant_in_words, roles_in_words
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Card, Notice
from facility_app.ui.widgets.chip import Chip
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.staff_tile import StaffMark, StaffTile
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tick_row import TickRow

MINIMUM_PASSWORD = 13
_LEFT = Qt.AlignmentFlag.AlignLeft


class StaffPage(Page):
    """Left everybody, right the one chosen with roles and acts."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.book = StaffBook()
        self._facility, self._minimum = "", MINIMUM_PASSWORD
        self.tiles: dict[int, StaffTile] = {}
        self._wants_focus = False
        columns = Columns(self.theme, (5, 7))
        columns.add(self._build_list())
        columns.add(self._build_person())
        self.content.addWidget(columns, 1)
        self.add_button = ActionButton(
            self.theme,
            self.words("staff-page-add-title"),
            kind=Kind.FILLED,
            icon="person_add",
            key="Ctrl+N",
            height=64,
        )
        self.add_button.clicked.connect(self._add)
        self.act_row.addStretch(1)
        self.act_row.addWidget(self.add_button)

    def _build_list(self) -> Card:
        card = Card(self.theme, title=self.words("nav-staff"), icon="badge")
        self.list_card = card
        self.tile_area = QScrollArea()
        self.tile_area.setWidgetResizable(True)
        self.tile_area.setFrameShape(QFrame.Shape.NoFrame)
        self.tile_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tile_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        Sized(self.theme, self.tile_area, min_height=264)
        inside = QWidget()
        inside.setObjectName("page")
        self._list = Column(self.theme, inside, margins=(4, 4, 12, 4), spacing=8)
        self._list.addStretch(1)
        self.tile_area.setWidget(inside)
        card.body.addWidget(self.tile_area, 1)
        self.former = TickRow(self.theme, self.words("staff-page-former"))
        self.former.toggled.connect(self._show_former)
        card.body.addWidget(self.former)
        return card

    def _build_person(self) -> Card:
        theme, words = self.theme, self.words
        self.card = card = Card(theme, padding=24, spacing=16)
        self.mark = StaffMark(theme, circle=64)
        self.facts = Text(theme, tone="text2")
        card.body.addWidget(self.mark)
        card.body.addWidget(self.facts)
        card.body.addWidget(Text(theme, words("staff-page-roles"), size=20, bold=True))
        self._grants = Column(theme, spacing=8)
        card.body.addLayout(self._grants)
        self.own_note = Notice(
            theme, Level.NOTICE, words("staff-page-own"), words("staff-page-own-text")
        )
        card.body.addWidget(self.own_note)
        card.body.addLayout(self._build_buttons())
        card.body.addStretch(1)
        return card

    def _build_buttons(self) -> Column:
        theme, words = self.theme, self.words
        row = Row(theme, spacing=8)
        self.grant_button = ActionButton(theme, words("staff-page-grant-title"), icon="add")
        self.change_button = ActionButton(
            theme, words("staff-page-change-title"), kind=Kind.GREY, icon="edit"
        )
        self.password_button = ActionButton(theme, "", kind=Kind.GREY, icon="password")
        for button, act in (
            (self.grant_button, self._give),
            (self.change_button, self._change),
            (self.password_button, self._password),
        ):
            button.clicked.connect(act)
        buttons = Column(theme, spacing=8)
        row.addWidget(self.grant_button)
        row.addWidget(self.change_button)
        row.addStretch(1)
        buttons.addLayout(row)
        buttons.addWidget(self.password_button, 0, _LEFT)
        return buttons

    # --- Page ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        actor = self.ctx.session.actor
        self.book.me = None if actor is None else actor.staff_id
        self.book.manages = self.ctx.session.may(Permission.MANAGE_STAFF)
        self.add_button.setVisible(self.book.manages)
        self.ctx.ask(list_staff, done=self._show)
        if self.book.manages:
            office = self.ctx.office
            from facility_app.domain.access import PROGRAM

            self.ctx.lane.run(lambda: office.ask(PROGRAM, read_opened), done=self._know)

    def focus_first(self) -> None:
        chosen = self.tiles.get(self.book.chosen or 0)
        self._wants_focus = chosen is None
        if chosen is not None:
            chosen.setFocus()
            self.tile_area.ensureWidgetVisible(chosen)

    def main_button(self) -> QAbstractButton | None:
        return self.add_button if self.book.manages else None

    def _know(self, known: Any) -> None:
        self._facility = known.facility.name
        self._minimum = known.settings.minimum_password

    # --- the list --------------------------------------------------------------------------------

    def _show(self, rows: list[StaffView]) -> None:
        self.book.take(rows)
        for old in self.tiles.values():
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.tiles = {}
        for person in self.book.shown():
            roles = roles_in_words(self.words, person.grants)
            if not person.active:
                roles = self.words("staff-page-left")
            words = roles or self.words("staff-page-no-role")
            tile = StaffTile(self.theme, f"{person.name}  {person.number}", words, person.colour)
            tile.clicked.connect(lambda _c=False, id_=person.id: self.choose(id_))
            self.tiles[person.id] = tile
            self._list.insertWidget(self._list.count() - 1, tile)
        count = sum(person.active for person in self.book.rows)
        self.list_card.set_count(str(count), self.words("widgets-people"))
        self._show_person()
        if self._wants_focus:
            self.focus_first()

    def _show_former(self, wanted: bool) -> None:
        self.book.with_former = wanted
        self._show(list(self.book.rows))

    def choose(self, staff_id: int) -> None:
        """Show this person at the right."""
        self.book.chosen = staff_id
        self._show_person()
        if self.theme.compact:  # one column: the person stands below the list
            QTimer.singleShot(0, self._scroll_to_person)

    def _scroll_to_person(self) -> None:
        self.area.verticalScrollBar().setValue(self.card.y())

    # --- the person ------------------------------------------------------------------------------

    def _show_person(self) -> None:
        for staff_id, tile in self.tiles.items():
            tile.setChecked(staff_id == self.book.chosen)
        person, acts = self.book.person(), self.book.acts()
        self._clear_grants()
        self.own_note.setVisible(acts.own)
        self.grant_button.setVisible(acts.give_role)
        self.change_button.setVisible(acts.change)
        self.password_button.setVisible(acts.new_password)
        key = "staff-page-own-password" if acts.own else "staff-page-new-password"
        self.password_button.set_text(self.words(key))
        if person is None:
            return
        self.mark.set(person.name, person.kana, person.colour)
        self.facts.set(self._facts(person))
        for grant in person.grants:
            self._grants.addWidget(self._grant_row(person, grant, acts.end_role))
        if not person.grants:
            self._grants.addWidget(Text(self.theme, self.words("staff-page-no-role")))

    def _facts(self, person: StaffView) -> str:
        words = self.words
        parts = [words("staff-page-number", number=person.number)]
        if not person.has_account:
            parts.append(words("staff-page-without-account"))
        if person.active_until is not None:
            parts.append(words("staff-page-until", last=words.day(person.active_until)))
        return "  ".join(parts)

    def _clear_grants(self) -> None:
        while (item := self._grants.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _grant_row(self, person: StaffView, grant: GrantView, may_end: bool) -> QWidget:
        today = local_date(self.ctx.now())
        role, when, in_force = grant_in_words(self.words, grant, today)
        box = QWidget()
        row = Row(self.theme, box, spacing=12)
        level = Level.OK if in_force else Level.NOTICE
        state = self.words("staff-page-in-force" if in_force else "staff-page-not-in-force")
        text = Column(self.theme, spacing=0)
        text.addWidget(Text(self.theme, role, bold=True))
        text.addWidget(Text(self.theme, when, size=16, tone="text2"))
        row.addLayout(text, 1)
        row.addWidget(Chip(self.theme, state, level))
        if may_end:
            end = ActionButton(
                self.theme, self.words("staff-page-end"), kind=Kind.GREY, icon="person_off"
            )
            end.setAccessibleName(f"{role} {self.words('staff-page-end')}")
            end.clicked.connect(lambda: self._open(EndGrantDialog(self.ctx, person, grant)))
            row.addWidget(end)
        return box

    # --- acts ------------------------------------------------------------------------------------

    def _open(self, dialog: ActDialog) -> None:
        dialog.recorded.connect(self._recorded)
        dialog.open(first_field(dialog))

    def _recorded(self, _done: object) -> None:
        self.banner.show_done(self.words("staff-page-saved"))
        self.refresh()

    def _add(self) -> None:
        self._open(AddStaffDialog(self.ctx, self._facility, self._minimum))

    def _give(self) -> None:
        person = self.book.person()
        if person is not None:
            self._open(GrantDialog(self.ctx, self.book, person))

    def _change(self) -> None:
        person = self.book.person()
        if person is not None:
            self._open(ChangeStaffDialog(self.ctx, person, self.book.acts().own))

    def _password(self) -> None:
        person = self.book.person()
        if person is not None:
            own = [self._facility, person.name, person.kana, person.number]
            self._open(PasswordDialog(self.ctx, person.id, person.name, own, self._minimum))
