"""Settings of the kinds of things: which are on offer, their names, and own ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.layouts import Column, Row
from facility_app.ui.pages.settings_part import SettingsPart, clear
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.fields import LabeledField, TextField
from facility_app.ui.widgets.tick_row import TickRow


class KindDialog(ActDialog):
    """A kind's name and dates; `code` None for a new one."""

    def __init__(self, ctx: UiContext, code: str | None, form: Any) -> None:
        words = ctx.words
        title = words("settings-page-kind-change" if code else "settings-page-kind-add")
        super().__init__(ctx, title=title, icon="label")
        self.code, self.form = code, form
        self.name, self.english = (TextField(ctx.theme, max_length=64) for _ in range(2))
        self.name.setText(form.name)
        self.english.setText(form.name_en)
        for key, edit in (
            ("settings-page-kind-name", self.name),
            ("settings-page-kind-english", self.english),
        ):
            self.body.addWidget(LabeledField(ctx.theme, words(key), edit))
        self.dated = TickRow(
            ctx.theme,
            words("settings-page-kind-dated"),
            checked=bool(form.dates) and not form.is_card,
        )
        self.dated.setVisible(not form.is_card)
        self.ratio = TickRow(ctx.theme, words("settings-page-kind-ratio"), checked=form.has_ratio)
        self.many = TickRow(ctx.theme, words("settings-page-kind-many"), checked=form.many)
        for row in (self.dated, self.ratio, self.many):
            self.body.addWidget(row)
        self.set_main(words("staff-page-save"), "check")

    def act(self) -> None:
        from facility_app.domain.items import DateRole
        from facility_app.services.item_kinds import add_kind, change_kind

        paper = (DateRole.VALID_FROM, DateRole.PAPER_EXPIRES)
        dates = self.form.dates if self.form.is_card else paper if self.dated.isChecked() else ()
        form = replace(
            self.form,
            name=self.name.text(),
            name_en=self.english.text(),
            dates=dates,
            has_ratio=self.ratio.isChecked(),
            many=self.many.isChecked(),
        )
        if self.code is None:
            self.send(add_kind, form)
        else:
            self.send(change_kind, self.code, form)


class KindsPart(SettingsPart):
    """A tick offers a kind; it is remembered at once."""

    saves = False

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.column = Column(self.theme, spacing=4)
        self.box.addLayout(self.column)
        self.add_button = ActionButton(self.theme, self.words("settings-page-kind-add"), icon="add")
        self.add_button.clicked.connect(self._add)
        self.box.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.ticks: dict[str, TickRow] = {}

    def enter(self) -> None:
        from facility_app.services.item_kinds import item_kinds

        office, actor = self.ctx.office, self.ctx.session.require()
        self.ctx.lane.run(
            lambda: office.ask(actor, item_kinds, all_of_them=True),
            done=self._show,
            failed=self.failed,
        )

    def _show(self, views: list[Any]) -> None:
        clear(self.column)
        self.ticks = {}
        for view in views:
            tick = TickRow(self.theme, view.form.name, checked=view.form.active)
            tick.clicked.connect(lambda on, each=view: self._offer(each, on))
            change = ActionButton(
                self.theme, self.words("settings-page-kind-edit"), kind=Kind.GREY, icon="edit"
            )
            change.setAccessibleName(f"{view.form.name} {self.words('settings-page-kind-edit')}")
            change.clicked.connect(
                lambda _c=False, each=view: self._open(KindDialog(self.ctx, each.code, each.form))
            )
            self.ticks[view.code] = tick
            self.column.addWidget(_pair(self.ctx, tick, change))

    def _offer(self, view: Any, on: bool) -> None:
        from facility_app.services.item_kinds import change_kind

        form = replace(view.form, active=on)
        self.ctx.do(change_kind, view.code, form, done=self.finish, failed=self._back)

    def _back(self, exc: Exception) -> None:
        self.enter()
        self.failed(exc)

    def _add(self) -> None:
        from facility_app.services.item_kinds import KindForm

        self._open(KindDialog(self.ctx, None, KindForm("")))

    def _open(self, dialog: KindDialog) -> None:
        dialog.recorded.connect(self.finish)
        dialog.open(dialog.name)


def _pair(ctx: UiContext, tick: TickRow, change: ActionButton) -> QWidget:
    box = QWidget()
    row = Row(ctx.theme, box, spacing=8)
    row.addWidget(tick, 1)
    row.addWidget(change)
    return box
