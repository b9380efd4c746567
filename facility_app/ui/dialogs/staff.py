"""Dialogs of the staff page: add, change, give a role, set a password, end a role."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from facility_app.domain.access import Role, Shift, StaffId
from facility_app.domain.clock import local_date
from facility_app.domain.dates import parse_date
from facility_app.services.grants import NewGrant, grant_role, revoke_grant
from facility_app.services.staff import (
    GrantView,
    NewStaff,
    StaffChange,
    StaffView,
    add_staff,
    change_staff,
    set_password,
)
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.layouts import Row
from facility_app.ui.person_fields import NewPassword, PersonFields
from facility_app.ui.viewmodels.staff import StaffBook, may_give, needs_account
from facility_app.ui.viewmodels.start import whole
from facility_app.ui.widgets.button import Kind
from facility_app.ui.widgets.date_field import DateField
from facility_app.ui.widgets.fields import ComboField, LabeledField, TextField
from facility_app.ui.widgets.secret_edit import SecretEdit
from facility_app.ui.widgets.text import Text
from facility_app.ui.widgets.tick_row import TickRow


def day_field(ctx: UiContext, value: date | None) -> DateField:
    """A field for a day in any writing."""
    words = ctx.words
    field = DateField(
        ctx.theme,
        parse=parse_date,
        show=words.day,
        problem=lambda exc: words.error(exc).what,
        hint=words("staff-page-day-hint"),
    )
    field.set_date(value)
    return field


def first_field(dialog: ActDialog) -> QWidget | None:
    """The first field of a dialog, where typing begins; None where there is only the act."""
    fields = dialog.area.findChildren(QLineEdit) + dialog.area.findChildren(QComboBox)
    return next((field for field in fields if field.isVisibleTo(dialog)), dialog.main)


class AddStaffDialog(ActDialog):
    """Somebody new: with an account, or (付添職員) without."""

    def __init__(self, ctx: UiContext, facility: str, minimum: int) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("staff-page-add-title"), icon="person_add")
        self.account = TickRow(
            ctx.theme,
            words("staff-page-account"),
            note=words("staff-page-account-note"),
            checked=True,
        )
        self.person = PersonFields(ctx, lambda: [facility], minimum)
        self.body.addWidget(self.person)
        self.body.addWidget(self.account)
        self.account.toggled.connect(self.person.with_account)
        self.account.toggled.connect(self._look)
        self.person.changed.connect(self._look)
        self.add_note("key", words("staff-page-first-password"))
        self.set_main(words("staff-page-add"), "person_add")
        self._look()

    def _look(self) -> None:
        if self.main is not None:
            self.main.block("" if self.person.good() else self.words("staff-page-fill-in"))

    def act(self) -> None:
        person = self.person.person()
        password = self.person.take_password() if self.account.isChecked() else None
        new = NewStaff(person.number, person.name, person.kana, None, password)
        self.send(add_staff, new, whole(self.ctx.office).cost)


class ChangeStaffDialog(ActDialog):
    """Name, reading, last day."""

    def __init__(self, ctx: UiContext, person: StaffView, own: bool) -> None:
        words = ctx.words
        super().__init__(
            ctx, title=words("staff-page-change-title"), icon="edit", subtitle=person.name
        )
        self.person = person
        self.name, self.kana = TextField(ctx.theme, icon="person"), TextField(ctx.theme)
        self.name.setText(person.name)
        self.kana.setText(person.kana)
        row = Row(ctx.theme, spacing=16)
        row.addWidget(LabeledField(ctx.theme, words("wizard-name"), self.name), 1)
        row.addWidget(LabeledField(ctx.theme, words("wizard-kana"), self.kana), 1)
        self.body.addLayout(row)
        self.until = day_field(ctx, person.active_until)
        note = words("staff-page-last-day-own" if own else "staff-page-last-day-note")
        self.body.addWidget(
            LabeledField(ctx.theme, words("staff-page-last-day"), self.until, note=note)
        )
        self.until.setEnabled(not own)
        self.add_note("history", words("staff-page-recorded"))
        self.set_main(words("staff-page-save"), "check")

    def act(self) -> None:
        if self.until.is_wrong():
            self.until.setFocus()
            return
        until = self.until.date_or_none()
        change = StaffChange(self.person.id, self.name.text(), self.kana.text(), until)
        self.send(change_staff, change)


class GrantDialog(ActDialog):
    """A role, from when until when, in which shift, for whom as a deputy."""

    def __init__(self, ctx: UiContext, book: StaffBook, person: StaffView) -> None:
        words = ctx.words
        super().__init__(
            ctx, title=words("staff-page-grant-title"), icon="badge", subtitle=person.name
        )
        self.person = person
        self._build_choices(book)
        self._build_fields()
        if not person.has_account:
            self.body.addWidget(Text(ctx.theme, words("staff-page-escort-only"), tone="text2"))
        self.add_note("history", words("staff-page-recorded"))
        self.set_main(words("staff-page-grant"), "check")

    def _build_choices(self, book: StaffBook) -> None:
        ctx, words, person = self.ctx, self.words, self.person
        self.role, self.shift = ComboField(ctx.theme, icon="badge"), ComboField(ctx.theme)
        mine = next((row.grants for row in book.rows if row.id == book.me), ())
        given = [grant.role for grant in mine]
        self.role.set_choices(
            (role, words.term(role))
            for role in Role
            if may_give(role, given) and (person.has_account or not needs_account(role))
        )
        self.shift.set_choices((shift, words.term(shift)) for shift in Shift)
        self.deputy = ComboField(ctx.theme, icon="supervisor_account")
        self.deputy.set_choices([(None, words("staff-page-no-deputy")), *book.deputies()])
        self.first = day_field(ctx, local_date(ctx.now()))
        self.last = day_field(ctx, None)

    def _build_fields(self) -> None:
        ctx, words = self.ctx, self.words
        for pair in (
            (("staff-page-role", self.role), ("staff-page-shift", self.shift)),
            (("staff-page-first", self.first), ("staff-page-last", self.last)),
        ):
            row = Row(ctx.theme, spacing=16)
            for key, field in pair:
                row.addWidget(LabeledField(ctx.theme, words(key), field), 1)
            self.body.addLayout(row)
        self.body.addWidget(
            LabeledField(
                ctx.theme,
                words("staff-page-deputy-for"),
                self.deputy,
                note=words("staff-page-deputy-note"),
            )
        )

    def act(self) -> None:
        for field in (self.first, self.last):
            if field.is_wrong():
                field.setFocus()
                return
        deputy = self.deputy.value()
        first = self.first.date_or_none() or local_date(self.ctx.now())
        new = NewGrant(
            self.person.id,
            self.role.value(),
            first,
            self.last.date_or_none(),
            self.shift.value(),
            None if deputy is None else StaffId(deputy),
        )
        self.send(grant_role, new)


class EndGrantDialog(ActDialog):
    """Says what ends and for whom before it ends."""

    def __init__(self, ctx: UiContext, person: StaffView, grant: GrantView) -> None:
        words = ctx.words
        super().__init__(
            ctx, title=words("staff-page-end-title"), icon="person_off", subtitle=person.name
        )
        self.grant = grant
        self.body.addWidget(
            Text(
                ctx.theme,
                words("staff-page-end-text", name=person.name, role=grant.role),
                size=20,
                bold=True,
            )
        )
        self.add_note("schedule", words("staff-page-end-at-once"))
        self.add_note("history", words("staff-page-recorded"))
        self.set_main(words("staff-page-end"), "person_off", Kind.RED_FILLED)

    def act(self) -> None:
        self.send(revoke_grant, self.grant.id)


class PasswordDialog(ActDialog):
    """One's own password with the old one; somebody else's to be changed at the next unlock."""

    def __init__(
        self, ctx: UiContext, staff_id: StaffId, name: str, words_of: list[str], minimum: int
    ) -> None:
        words = ctx.words
        actor = ctx.session.actor
        self.own = actor is not None and actor.staff_id == staff_id
        title = words("staff-page-own-password" if self.own else "staff-page-new-password")
        super().__init__(ctx, title=title, icon="password", subtitle=name)
        self.staff_id = staff_id
        show, hide = words("widgets-show-password"), words("widgets-hide-password")
        self.old = SecretEdit(
            ctx.theme, name=words("staff-page-old"), show=show, hide=hide, height=56
        )
        if self.own:
            self.body.addWidget(LabeledField(ctx.theme, words("staff-page-old"), self.old))
            self.old.edited.connect(self._look)
        self.new = NewPassword(ctx, lambda: words_of, minimum)
        self.body.addWidget(self.new)
        self.new.changed.connect(self._look)
        if not self.own:
            self.add_note("key", words("staff-page-first-password"))
        self.set_main(words("staff-page-set-password"), "check")
        self._look()

    def _look(self) -> None:
        if self.main is None:
            return
        good = self.new.good() and not (self.own and self.old.is_empty())
        self.main.block("" if good else self.words("staff-page-fill-in"))

    def act(self) -> None:
        old = self.old.take() if self.own else None
        cost = whole(self.ctx.office).cost
        self.send(partial(set_password, old=old), self.staff_id, self.new.take(), cost)
