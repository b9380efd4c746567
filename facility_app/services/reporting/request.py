"""What report is asked for, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path
from typing import ClassVar

from facility_app.audit.checkpoints import Made
from facility_app.domain.access import Permission
from facility_app.domain.dates import add_months
from facility_app.domain.periods import Period
from facility_app.errors import Refused
from facility_app.secret import Secret

LONGEST_YEARS = 10
SHORTEST_PASSWORD = 12

Progress = Callable[[int, int], object]
"""Is told how much is done, of how much; may raise Cancelled."""


class Document(Enum):
    """The papers about the record."""

    MONTHLY = "monthly"
    STATEMENT = "statement"
    BLACKOUT = "blackout"
    RIGHTS = "rights"
    LEDGER = "ledger"
    EXPIRY = "expiry"
    VISITS = "visits"

    @property
    def permission(self) -> Permission:
        """The right that making it needs."""
        return _PERMISSIONS[self]

    @property
    def about_period(self) -> bool:
        """Whether it is about a stretch of days; the others are about the moment."""
        return self in (Document.MONTHLY, Document.LEDGER, Document.STATEMENT, Document.VISITS)


_PERMISSIONS = {
    Document.MONTHLY: Permission.MAKE_REPORTS,
    Document.STATEMENT: Permission.MAKE_REPORTS,
    Document.RIGHTS: Permission.MAKE_REPORTS,
    Document.LEDGER: Permission.VIEW_LOG,
    Document.BLACKOUT: Permission.VIEW_DESK,
    Document.EXPIRY: Permission.VIEW_RESIDENTS,
    Document.VISITS: Permission.MAKE_REPORTS,
}


class Format(Enum):
    """How it is handed out; the same data in each."""

    PDF = "pdf"
    CSV = "csv"
    JSON = "json"


@dataclass(eq=False)
class PeriodInFuture(Refused):
    """The days that were asked for have not begun yet."""

    key: ClassVar[str] = "reports.period_in_future"
    first: date


@dataclass(eq=False)
class PeriodTooLong(Refused):
    """More years than a report covers; mostly a slip in the year."""

    key: ClassVar[str] = "reports.period_too_long"
    first: date
    last: date
    years: int = LONGEST_YEARS


@dataclass(eq=False)
class PasswordTooShort(Refused):
    """A password of one's own for a PDF is at least 12 characters long."""

    key: ClassVar[str] = "reports.password_too_short"
    shortest: int = SHORTEST_PASSWORD


@dataclass(frozen=True)
class ReportRequest:
    """One report.

    period: of MONTHLY (a calendar month), LEDGER, VISITS and STATEMENT (None: from the beginning);
    it may reach into the future and ends today then.  resident_id: of STATEMENT.  password: PDF
    only; it opens the file (AES-256).  Raises ValueError where a needed part is missing.
    """

    document: Document
    period: Period | None = None
    resident_id: int | None = None
    format: Format = Format.PDF
    password: Secret | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        of_days = (Document.MONTHLY, Document.LEDGER, Document.VISITS)
        if self.document in of_days and self.period is None:
            raise ValueError("which days is it about?")
        if self.document is Document.STATEMENT and self.resident_id is None:
            raise ValueError("whom is it about?")
        if self.password is not None and self.format is not Format.PDF:
            raise ValueError("only a PDF has a password")

    def refuse(self, today: date) -> None:
        """Raise PeriodInFuture, PeriodTooLong or PasswordTooShort."""
        if self.period is not None:
            if self.period.first > today:
                raise PeriodInFuture(self.period.first)
            if self.period.last > add_months(self.period.first, 12 * LONGEST_YEARS):
                raise PeriodTooLong(self.period.first, self.period.last)
        if self.password is not None:
            length = len(self.password.copy_bytes().decode())
            if length < SHORTEST_PASSWORD:
                raise PasswordTooShort


@dataclass(frozen=True)
class MadeReport:
    """A report that was made.

    content: the file, None where it was written to `path`; pages: 0 for CSV and JSON; checkpoint:
    made for this report; previous: the one of the last report of this kind that came to its end,
    None for the first; entry: the number of the entry that says it was made; name: a file name to
    offer, with its ending.
    """

    request: ReportRequest
    content: bytes | None = field(repr=False)
    path: Path | None
    pages: int
    checkpoint: Made
    previous: Made | None
    entry: int
    name: str
