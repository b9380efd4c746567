"""Register a resident, change one, note that one has left."""

from __future__ import annotations

from facility_app.domain.people import Sex
from facility_app.services.cabinets import PlacePouch, SlotLine
from facility_app.services.fields import Field
from facility_app.services.resident_data import ResidentView
from facility_app.services.residents import (
    ChangeResident,
    Discharge,
    PossibleTwin,
    RegisterResident,
    ResidentForm,
    change_and_place,
    change_resident,
    discharge_resident,
    register_resident,
)
from facility_app.ui.context import UiContext
from facility_app.ui.pages.form_dialog import FormDialog
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.fields import AreaField
from facility_app.ui.widgets.tick_row import TickRow

EMPTY = ResidentForm("", "")


class ResidentDialog(FormDialog):
    """One form for a new resident (`view` None) and for an old one."""

    def __init__(self, ctx: UiContext, slots: list[SlotLine], view: ResidentView | None) -> None:
        words = ctx.words
        super().__init__(
            ctx,
            title=words("residents-dialog-change" if view else "residents-dialog-register"),
            icon="edit" if view else "person_add",
            save=words("residents-save" if view else "residents-register"),
        )
        self.view = view
        form = view.form if view else EMPTY
        self.name = self.line_field(Field.NAME, form.name)
        self.kana = self.line_field(Field.KANA, form.kana)
        self.birth = self.date_field(Field.BIRTH_DATE, form.birth_date)
        self.sex = self.choice_field(
            Field.SEX, [(each, words.term(each)) for each in Sex], form.sex
        )
        self.room = self.line_field(Field.ROOM, form.room)
        own = view.id if view else None
        free = [(slot.slot_id, slot.label) for slot in slots if slot.resident_id in (None, own)]
        self.slot = self.choice_field(
            Field.SLOT,
            [(None, words("residents-slot-none")), *free],
            view.slot_id if view else None,
        )
        self.admitted = self.date_field(Field.ADMITTED_ON, form.admitted_on)
        self.residence = self.date_field(Field.RESIDENCE_EXPIRES_ON, form.residence_expires_on)
        self.address: AreaField = self.area_field(Field.ADDRESS, form.address)
        self.remarks: AreaField = self.area_field(Field.NOTES, form.notes)
        self.twin = ActionButton(
            ctx.theme, words("residents-register-twin"), kind=Kind.OUTLINED, icon="group"
        )
        self.twin.clicked.connect(self._register_twin)
        self.twin.hide()
        self.body.addWidget(self.twin)
        self._same_name = False
        self.add_note("verified_user", words("residents-dialog-note"))

    def form(self) -> ResidentForm:
        """What the fields say."""
        return ResidentForm(
            name=self.name.text(),
            kana=self.kana.text(),
            birth_date=self.birth.date_or_none(),
            sex=self.sex.value() or Sex.NOT_APPLICABLE,
            room=self.room.text(),
            address=self.address.toPlainText(),
            admitted_on=self.admitted.date_or_none(),
            residence_expires_on=self.residence.date_or_none(),
            notes=self.remarks.toPlainText(),
        )

    def act(self) -> None:
        """Register or change; a change of place is an act of its own."""
        view = self.view
        if view is None:
            self.send_form(
                register_resident,
                lambda: RegisterResident(self.form(), self.slot.value(), self._same_name),
            )
            return
        if self.slot.value() != view.slot_id:
            self.send_form(change_and_place, lambda: (self._change(view), self._move(view)))
        else:
            self.send_form(change_resident, lambda: self._change(view))

    def _change(self, view: ResidentView) -> ChangeResident:
        return ChangeResident(view.id, view.version, self.form())

    def _move(self, view: ResidentView) -> PlacePouch:
        return PlacePouch(view.id, self.slot.value())

    def _register_twin(self) -> None:
        self._same_name = True
        self.press()

    def _failed(self, exc: Exception) -> None:
        self.twin.setVisible(isinstance(exc, PossibleTwin))
        super()._failed(exc)


class DischargeDialog(FormDialog):
    """退所: the day, whether the person died, and what must be handed back."""

    def __init__(self, ctx: UiContext, view: ResidentView) -> None:
        words = ctx.words
        super().__init__(
            ctx,
            title=words("residents-dialog-discharge"),
            subtitle=words("residents-who", name=view.form.name),
            icon="logout",
            save=words("residents-discharge"),
        )
        self.view = view
        self.on = self.date_field(Field.DISCHARGED_ON, view.today)
        self.deceased = TickRow(ctx.theme, words("residents-deceased"))
        self.place(self.deceased)
        if view.items:
            self.add_note(
                "inventory_2", words("residents-discharge-items", count=str(len(view.items)))
            )
        self.add_note("undo", words("residents-discharge-undo"))

    def act(self) -> None:
        """Note it."""
        self.send_form(discharge_resident, self._command)

    def _command(self) -> Discharge:
        on = self.on.date_or_none() or self.view.today
        return Discharge(self.view.id, self.view.version, on, self.deceased.isChecked())
