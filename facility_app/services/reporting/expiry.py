"""期限の一覧: everything in custody that has expired or does so within half a year."""

from __future__ import annotations

from facility_app.audit.work import Reading
from facility_app.domain.clock import local_date
from facility_app.reports.paper import Figures, Note, Paper, Section, Text
from facility_app.services.reporting.common import Occasion, checkpoint_section, paper
from facility_app.services.reporting.expiring import expiring, expiring_table

AHEAD_DAYS = 180
_SOON_DAYS = 30
_QUARTER_DAYS = 90


def expiry(reading: Reading, occasion: Occasion) -> Paper:
    """The list as of today."""
    found = expiring(reading, AHEAD_DAYS)
    figures = Figures(
        (
            ("expired", sum(each.days < 0 for each in found)),
            ("within-30", sum(0 <= each.days <= _SOON_DAYS for each in found)),
            ("within-90", sum(_SOON_DAYS < each.days <= _QUARTER_DAYS for each in found)),
            ("later", sum(each.days > _QUARTER_DAYS for each in found)),
        )
    )
    note = Note(Text("reports-note-expiring", {"days": AHEAD_DAYS}))
    return paper(
        reading,
        occasion,
        "expiry",
        Text("reports-about-day", {"day": local_date(reading.now)}),
        (
            Section("overview", (figures,), titled=False),
            Section("expiring", (note, expiring_table(found))),
            checkpoint_section(occasion),
        ),
        rows=len(found),
    )
