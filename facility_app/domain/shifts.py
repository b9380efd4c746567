"""When one shift hands over to the next (勤務交替): where the night begins, and where it ends."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from facility_app.domain.access import NightHours
from facility_app.domain.clock import JST, local_time


def last_change(night: NightHours, at: datetime) -> datetime:
    """The newest change of shift at or before `at` (aware); JST."""
    now = local_time(at)
    moments = (
        datetime.combine(now.date() - timedelta(days=back), change, JST)
        for back in (0, 1)
        for change in _changes(night)
    )
    return max(moment for moment in moments if moment <= now)


def _changes(night: NightHours) -> tuple[time, time]:
    return night.begins, night.ends
