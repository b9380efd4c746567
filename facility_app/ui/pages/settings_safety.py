"""Settings of safety: second person, night, cover and lock, passwords, alarm, screen capture."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from facility_app.ui.capture import can_exclude
from facility_app.ui.context import UiContext
from facility_app.ui.layouts import Column
from facility_app.ui.pages.settings_part import SettingsPart
from facility_app.ui.viewmodels.settings import number
from facility_app.ui.widgets.fields import TextField, TimeField
from facility_app.ui.widgets.tick_row import TickRow

TWO_PERSON = ("sign-out", "sign-in", "hand-over", "hand-back")


class SafetyPart(SettingsPart):
    """Everything that changes at once for everybody here."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        theme = self.theme
        self.heading("settings-page-two-person")
        close = Column(theme, spacing=0)
        self.box.addLayout(close)
        self.two: dict[str, TickRow] = {
            action: self.tick(f"settings-page-two-{action}", into=close) for action in TWO_PERSON
        }
        self.heading("settings-page-night")
        self.begins, self.ends = TimeField(theme, hint="21:00"), TimeField(theme, hint="6:00")
        self.side_by_side(
            ("settings-page-night-begins", self.begins), ("settings-page-night-ends", self.ends)
        )
        self.heading("settings-page-lock")
        self.cover, self.lock = (TextField(theme, max_length=5) for _ in range(2))
        self.side_by_side(
            ("settings-page-cover", self.cover), ("settings-page-lock-after", self.lock)
        )
        self.minimum, self.hours = (TextField(theme, max_length=5) for _ in range(2))
        self.side_by_side(
            ("settings-page-minimum", self.minimum), ("settings-page-hours", self.hours)
        )
        self.alarm = self.tick("settings-page-alarm")
        note = "settings-page-capture-note" if can_exclude() else "settings-page-capture-cannot"
        self.capture = self.tick("settings-page-capture", note)
        for edit in (self.begins, self.ends, self.cover, self.lock, self.minimum, self.hours):
            edit.textEdited.connect(lambda _text: self.changed.emit())
        self._known: Any = None

    def enter(self) -> None:
        self.read_opened(self._show)

    def _show(self, known: Any) -> None:
        self._known, settings = known, known.settings
        for action, row in self.two.items():
            row.setChecked(action in settings.two_person)
        night = settings.night()
        self.begins.set_time(night.begins)
        self.ends.set_time(night.ends)
        self.cover.setText(str(settings.cover_after_s))
        self.lock.setText(str(settings.lock_after_s))
        self.minimum.setText(str(settings.minimum_password))
        self.hours.setText(str(settings.emergency_reason_hours))
        self.alarm.setChecked(settings.alarm_sound)
        self.capture.setChecked(settings.hide_from_capture)

    def save(self) -> None:
        from facility_app.services.settings import change_settings

        if self._known is not None:
            wanted = self._wanted()
            self.ctx.do(change_settings, wanted, done=self.finish, failed=self.failed)

    def _wanted(self) -> Any:
        """The settings as typed; what is no number or time becomes one that is refused."""
        begins, ends = self.begins.time_or_none(), self.ends.time_or_none()
        return replace(
            self._known.settings,
            two_person=tuple(action for action, row in self.two.items() if row.isChecked()),
            night_begins=begins.strftime("%H:%M") if begins else self.begins.text(),
            night_ends=ends.strftime("%H:%M") if ends else self.ends.text(),
            cover_after_s=number(self.cover.text()) or 0,
            lock_after_s=number(self.lock.text()) or 0,
            minimum_password=number(self.minimum.text()) or 0,
            emergency_reason_hours=number(self.hours.text()) or 0,
            alarm_sound=self.alarm.isChecked(),
            hide_from_capture=self.capture.isChecked(),
        )
