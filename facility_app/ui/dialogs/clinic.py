"""医療機関: enter one, or change what is known of it."""

from __future__ import annotations

from enum import Enum

from facility_app.domain.coverage import Answer, VisualMode
from facility_app.services.clinics import (
    ChangeClinic,
    ClinicForm,
    ClinicView,
    add_clinic,
    change_clinic,
)
from facility_app.services.fields import Field
from facility_app.ui.context import UiContext
from facility_app.ui.pages.form_dialog import FormDialog
from facility_app.ui.widgets.fields import ComboField, LabeledField
from facility_app.ui.widgets.tick_row import TickRow

_READER: tuple[tuple[str, type[Enum]], ...] = (
    ("visual_mode", VisualMode),
    ("pmh", Answer),
    ("livelihood_ready", Answer),
    ("phone_ready", Answer),
)


class ClinicDialog(FormDialog):
    """Name, telephone, what its reader can do, notes."""

    def __init__(self, ctx: UiContext, view: ClinicView | None = None) -> None:
        words = ctx.words
        super().__init__(
            ctx,
            title=words("clinics-add-title" if view is None else "clinics-change-title"),
            icon="local_hospital",
            save=words("clinics-add-save" if view is None else "residents-save"),
        )
        self.view = view
        form = view.form if view is not None else ClinicForm("")
        self.name = self.line_field(Field.NAME, form.name)
        self.labels[Field.NAME].label.set(words("clinics-name"))
        self.name.setAccessibleName(words("clinics-name"))
        self.phone = self.line_field(Field.PHONE, form.phone)
        self.kana = self.line_field(Field.KANA, form.kana)
        self.comes = TickRow(ctx.theme, words("clinics-house-calls"), checked=form.house_calls)
        self.place(self.comes)
        self.combos: dict[str, ComboField] = {}
        for name, kind in _READER:
            combo = ComboField(ctx.theme)
            combo.set_choices((each, words.term(each)) for each in kind)
            combo.choose(getattr(form, name))
            label = words(f"clinics-{name.replace('_', '-')}")
            self.place(LabeledField(ctx.theme, label, combo))
            self.combos[name] = combo
        self.note = self.area_field(Field.NOTES, form.notes, lines=3)
        self.active = TickRow(
            ctx.theme, words("clinics-active"), note=words("clinics-active-note"),
            checked=form.active,
        )  # fmt: skip
        if view is not None:
            self.place(self.active, 2)
        self.add_note("info", words("clinics-note"))

    def start(self) -> None:
        """Show it."""
        self.open(self.name)

    def form(self) -> ClinicForm:
        """What the fields say."""
        return ClinicForm(
            name=self.name.text(),
            kana=self.kana.text(),
            phone=self.phone.text(),
            house_calls=self.comes.isChecked(),
            notes=self.note.toPlainText(),
            active=self.active.isChecked(),
            **{name: combo.value() for name, combo in self.combos.items()},
        )

    def act(self) -> None:
        """Enter it, or change it."""
        view = self.view
        if view is None:
            self.send_form(add_clinic, self.form)
        else:
            self.send_form(
                change_clinic, lambda: ChangeClinic(int(view.id), view.version, self.form())
            )
