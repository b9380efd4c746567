"""What works where: how visits of a stretch of days went, by clinic, way and trouble; for the
manager's page and paper, and for the register of clinics."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from facility_app.audit.work import Reading
from facility_app.db.models import ClinicRow, LoanRow, VisitOutcomeRow, VisitRow, table_of
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.coverage import VisualMode
from facility_app.domain.ladder_facts import Way
from facility_app.domain.periods import Period


@dataclass(frozen=True)
class ClinicStatistics:
    """How visits to one place went.

    `visits` were made, `told` of them have an outcome; `ways` counts what worked, None = none did;
    `minutes` at the desk in all, `minutes_lost` of those with trouble; `median` of those told.
    """

    clinic_id: int | None
    name: str
    visual_mode: VisualMode
    visits: int
    told: int
    ways: Mapping[Way | None, int]
    troubles: Mapping[str, int]
    with_trouble: int
    minutes: int
    minutes_lost: int
    median: float | None


@dataclass(frozen=True)
class MonthCount:
    """One calendar month: visits made, outcomes told, with trouble, minutes lost."""

    month: date
    visits: int
    told: int
    with_trouble: int
    minutes_lost: int


@dataclass(frozen=True)
class VisitStatistics:
    """All of a stretch of days.  `clinics` by visits, most first; `questions` asked of insurers and
    `open_questions` of them without an answer."""

    period: Period
    total: ClinicStatistics
    clinics: tuple[ClinicStatistics, ...]
    months: tuple[MonthCount, ...]
    questions: int
    open_questions: int


@dataclass
class _Counted:
    """One place while it is counted."""

    clinic_id: int | None = None
    name: str = ""
    visual_mode: VisualMode = VisualMode.UNKNOWN
    visits: int = 0
    told: int = 0
    ways: Counter[Way | None] = field(default_factory=Counter)
    troubles: Counter[str] = field(default_factory=Counter)
    with_trouble: int = 0
    minutes: list[int] = field(default_factory=list)
    minutes_lost: int = 0

    def add(self, row: Any) -> None:
        """Count one visit."""
        self.visits += 1
        if row.way is None:
            return
        self.told += 1
        self.ways[Way(row.way) if row.way else None] += 1
        self.troubles.update(row.troubles)
        self.with_trouble += _had_trouble(row)
        if row.minutes is not None:
            self.minutes.append(row.minutes)
            self.minutes_lost += row.minutes if _had_trouble(row) else 0

    def told_of(self) -> ClinicStatistics:
        """As the page shows it."""
        return ClinicStatistics(
            self.clinic_id,
            self.name,
            self.visual_mode,
            self.visits,
            self.told,
            dict(self.ways),
            dict(self.troubles.most_common()),
            self.with_trouble,
            sum(self.minutes),
            self.minutes_lost,
            statistics.median(self.minutes) if self.minutes else None,
        )


def clinic_statistics(reading: Reading, first: date, last: date) -> VisitStatistics:
    """How the visits from `first` through `last` went.

    Visits that were made: their things left, or an outcome was written down.  Needs MAKE_REPORTS.
    """
    reading.require(Permission.MAKE_REPORTS)
    period = Period(first, last)
    rows = reading.session.connection().execute(
        _VISITS.where(_V.starts_at >= period.begins_at, _V.starts_at < period.ends_before)
    )
    return _count(period, rows.all())


_V = table_of(VisitRow).c
_O = table_of(VisitOutcomeRow).c
_VISITS = (
    select(
        _V.clinic_id,
        _V.destination,
        _V.starts_at,
        ClinicRow.name,
        ClinicRow.visual_mode,
        _O.way,
        _O.minutes,
        _O.troubles,
        _O.question,
        _O.settled_at,
    )
    .select_from(table_of(VisitRow))
    .outerjoin(VisitOutcomeRow, _O.visit_id == _V.id)
    .outerjoin(ClinicRow, ClinicRow.id == _V.clinic_id)
    .outerjoin(LoanRow, LoanRow.id == _V.loan_id)
    .where(_V.cancelled_at.is_(None), _V.loan_id.is_not(None) | _O.visit_id.is_not(None))
)


def _count(period: Period, rows: Iterable[Any]) -> VisitStatistics:
    total = _Counted()
    places: dict[int | str, _Counted] = {}
    months = {month: _Counted() for month in period.months()}
    questions, still_open = 0, 0
    for row in rows:
        key = row.destination if row.clinic_id is None else row.clinic_id
        place = places.setdefault(
            key,
            _Counted(
                row.clinic_id,
                row.name or row.destination,
                row.visual_mode or VisualMode.UNKNOWN,
            ),
        )
        for counted in (total, place, months[local_date(row.starts_at).replace(day=1)]):
            counted.add(row)
        questions += bool(row.question)
        still_open += bool(row.question) and row.settled_at is None
    return VisitStatistics(
        period,
        total.told_of(),
        tuple(
            place.told_of()
            for place in sorted(places.values(), key=lambda each: (-each.visits, each.name))
        ),
        tuple(
            MonthCount(month, each.visits, each.told, each.with_trouble, each.minutes_lost)
            for month, each in months.items()
        ),
        questions,
        still_open,
    )


def _had_trouble(row: Any) -> bool:
    return bool(row.troubles) or not row.way
