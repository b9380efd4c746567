"""Settings of the cabinets: more of them, or more slots in one."""

from __future__ import annotations

from facility_app.ui.cabinet_fields import CabinetFields
from facility_app.ui.context import UiContext
from facility_app.ui.pages.settings_part import SettingsPart


class CabinetsPart(SettingsPart):
    """The same fields as in the set-up; adding is remembered at once."""

    saves = False

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.fields = CabinetFields(ctx, self.failed)
        self.box.addWidget(self.fields)

    def enter(self) -> None:
        self.fields.load()
