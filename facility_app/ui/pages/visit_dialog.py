"""Plan a visit, or change one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from facility_app.domain.clock import JST, local_time
from facility_app.services.desk_choices import DeskChoices
from facility_app.services.fields import Field, FieldMissing
from facility_app.services.resident_data import ResidentView
from facility_app.services.visits import (
    ChangeVisit,
    PlanVisit,
    VisitForm,
    VisitView,
    change_visit,
    plan_visit,
)
from facility_app.ui.context import UiContext
from facility_app.ui.pages.form_dialog import FormDialog
from facility_app.ui.widgets.fields import LabeledField, TimeField

USUAL_START = time(9, 30)
USUAL_LENGTH = timedelta(hours=3)


def at(day: date, hour: time) -> datetime:
    """A time of day in Japan as aware UTC."""
    return datetime.combine(day, hour, JST).astimezone(UTC)


class VisitDialog(FormDialog):
    """Day, times, place, purpose, escort; it fills in the desk on that day."""

    def __init__(
        self,
        ctx: UiContext,
        choices: DeskChoices,
        view: ResidentView,
        visit: VisitView | None = None,
        purpose: str = "",
    ) -> None:
        words = ctx.words
        super().__init__(
            ctx,
            title=words("residents-dialog-visit-change" if visit else "residents-dialog-visit"),
            subtitle=words("residents-who", name=view.form.name),
            icon="event",
            save=words("residents-save" if visit else "residents-visit-save"),
        )
        self.view, self.visit = view, visit
        begins = local_time(visit.starts_at) if visit else None
        self.day = self.date_field(
            Field.STARTS_AT, begins.date() if begins else view.today + timedelta(days=1)
        )
        self.begins, self.ends = TimeField(ctx.theme), TimeField(ctx.theme)
        self.begins.set_time(begins.time() if begins else USUAL_START)
        if visit and visit.returns_at:
            self.ends.set_time(local_time(visit.returns_at).time())
        self.row(
            LabeledField(ctx.theme, words("residents-visit-at"), self.begins),
            LabeledField(ctx.theme, words("residents-visit-until"), self.ends),
            columns=1,
        )
        self._build_rest(choices, visit, purpose)

    def _build_rest(self, choices: DeskChoices, visit: VisitView | None, purpose: str) -> None:
        words = self.words
        english = words.language == "en"
        self.purpose = self.choice_field(
            Field.REASON,
            [(p.code, p.name_en if english and p.name_en else p.name) for p in choices.purposes],
            visit.purpose_code if visit else purpose or None,
        )
        self.escort = self.choice_field(
            Field.WITNESS,
            [(None, words("residents-visit-nobody")), *choices.holders],
            visit.escort_id if visit else None,
        )
        self.labels[Field.REASON].label.set(words("residents-visit-purpose"))
        self.labels[Field.WITNESS].label.set(words("residents-visit-who"))
        self.purpose.setAccessibleName(words("residents-visit-purpose"))
        self.escort.setAccessibleName(words("residents-visit-who"))
        self.place_field = self.line_field(
            Field.DESTINATION, visit.destination if visit else "", columns=2
        )
        self.add_note("info", words("residents-visit-note"))

    def form(self) -> VisitForm:
        """What the fields say.  Without a time of return three hours are taken."""
        day = self.day.date_or_none() or self.view.today
        begins = at(day, self.begins.time_or_none() or USUAL_START)
        end = self.ends.time_or_none()
        return VisitForm(
            purpose_code=self.purpose.value(),
            starts_at=begins,
            destination=self.place_field.text(),
            returns_at=at(day, end) if end is not None else begins + USUAL_LENGTH,
            escort_id=self.escort.value(),
        )

    def act(self) -> None:
        """Plan or change."""
        if self.begins.time_or_none() is None:
            self._failed(FieldMissing(Field.STARTS_AT))
            return
        visit = self.visit
        if visit is None:
            self.send_form(
                plan_visit,
                lambda: PlanVisit(self.view.id, self.form()),
                required=(Field.STARTS_AT,),
            )
        else:
            self.send_form(
                change_visit,
                lambda: ChangeVisit(visit.id, self.form()),
                required=(Field.STARTS_AT,),
            )
