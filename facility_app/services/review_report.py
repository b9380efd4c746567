"""What was looked at by a second person and what was not, over a period (domain §13.21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from facility_app.audit.work import Reading
from facility_app.db.models import ReviewMarkRow, ReviewRow
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.periods import Period, quarter_of
from facility_app.domain.review import Verdict, Why
from facility_app.services.settings import load_settings

LISTED = 200
"""Entries that a report names by number; beyond it counts are enough."""


@dataclass(frozen=True)
class ReviewCount:
    """Acts of one kind in the period: how many were due, how many of them are reviewed, and in how
    many the reviewer found something not in order."""

    why: Why
    due: int
    reviewed: int
    not_in_order: int

    @property
    def unreviewed(self) -> int:
        """How many nobody has looked at."""
        return self.due - self.reviewed


@dataclass(frozen=True)
class Unreviewed:
    """What of a period's acts waits for its review.

    counts: one per kind that occurred, gravest first; entries: (number, moment aware UTC, kind) of
    those still open, oldest first, at most `LISTED`; seen, drawn: up to which number the record was
    read for exceptions and for the sample; later acts are not counted yet.
    """

    period: Period
    counts: tuple[ReviewCount, ...]
    entries: tuple[tuple[int, datetime, Why], ...]
    seen: int
    drawn: int

    @property
    def due(self) -> int:
        """All acts of the period that are to be reviewed."""
        return sum(each.due for each in self.counts)

    @property
    def open(self) -> int:
        """How many of them are not reviewed."""
        return sum(each.unreviewed for each in self.counts)


@dataclass(frozen=True)
class QuarterTarget:
    """How far the reviews of this quarter have come: `done` of `target`."""

    quarter: Period
    target: int
    done: int


def unreviewed(reading: Reading, period: Period) -> Unreviewed:
    """What was reviewed of the acts of a period, and what was not.  Needs VIEW_LOG.

    Costs what the period holds, not what the log holds.
    """
    reading.require(Permission.VIEW_LOG)
    session = reading.session
    in_period = (ReviewRow.at >= period.begins_at, ReviewRow.at < period.ends_before)
    query = (
        select(ReviewRow.why, func.count(), func.count(ReviewRow.reviewed_at))
        .add_columns(func.count().filter(ReviewRow.verdict == Verdict.NOT_IN_ORDER))
        .where(*in_period)
        .group_by(ReviewRow.why, ReviewRow.rank)
        .order_by(ReviewRow.rank)
    )
    counts = tuple(ReviewCount(*row) for row in session.execute(query))
    waiting = (
        select(ReviewRow.seq, ReviewRow.at, ReviewRow.why)
        .where(*in_period, ReviewRow.reviewed_at.is_(None))
        .order_by(ReviewRow.at, ReviewRow.seq)
        .limit(LISTED)
    )
    entries = tuple((seq, at, why) for seq, at, why in session.execute(waiting))
    mark = session.get(ReviewMarkRow, 1)
    seen, drawn = (mark.seen, mark.drawn) if mark is not None else (0, 0)
    return Unreviewed(period, counts, entries, seen, drawn)


def quarter_target(reading: Reading) -> QuarterTarget:
    """This quarter's target and how many reviews were made in it.  Needs VIEW_LOG."""
    reading.require(Permission.VIEW_LOG)
    quarter = quarter_of(local_date(reading.now))
    done = reading.session.scalar(
        select(func.count()).where(
            ReviewRow.reviewed_at >= quarter.begins_at, ReviewRow.reviewed_at < quarter.ends_before
        )
    )
    return QuarterTarget(quarter, load_settings(reading.session).review_target, done or 0)
