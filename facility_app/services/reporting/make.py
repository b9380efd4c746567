"""The act of making a report: announced, signed, drawn from one view, concluded (ADR 0007)."""

from __future__ import annotations

from pathlib import Path

from facility_app.domain.access import Actor
from facility_app.i18n import Words
from facility_app.services.office import Office
from facility_app.services.reporting.request import MadeReport, Progress, ReportRequest


def no_progress(_done: int, _all: int) -> None:
    """Nobody is told."""


def make_report(
    office: Office,
    actor: Actor,
    words: Words,
    request: ReportRequest,
    out: Path | None = None,
    progress: Progress = no_progress,
) -> MadeReport:
    """Make a report; to the file `out`, or into memory where there is none.

    Writes all of the file or nothing.  Raises NotPermitted, PeriodInFuture, PeriodTooLong,
    PasswordTooShort, GlyphMissing, ReportPlaceTaken, ReportPlaceUnusable, DiskFull,
    ResidentNotFound, LogTampered, and Cancelled where `progress` did.
    """
    raise NotImplementedError
