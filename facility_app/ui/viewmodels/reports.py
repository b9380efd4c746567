"""報告: which paper, about which days, about whom, and what stands in the way.  Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from facility_app.domain.access import Permission
from facility_app.domain.periods import Period, month_of
from facility_app.errors import Refused
from facility_app.i18n import Words
from facility_app.secret import Secret
from facility_app.services.reporting import (
    Document,
    Format,
    MadeReport,
    PasswordTooShort,
    ReportRequest,
)
from facility_app.ui.viewmodels.months import month_before, month_text, parse_month


class Asked(Enum):
    """The fields of the form; the value is part of the keys of their words."""

    MONTH = "month"
    FIRST = "first"
    LAST = "last"
    RESIDENT = "resident"
    PASSWORD = "password"  # noqa: S105  # the name of a field


FIELDS: Mapping[Document, tuple[Asked, ...]] = {
    Document.MONTHLY: (Asked.MONTH,),
    Document.STATEMENT: (Asked.RESIDENT, Asked.FIRST, Asked.LAST),
    Document.LEDGER: (Asked.FIRST, Asked.LAST),
    Document.BLACKOUT: (),
    Document.RIGHTS: (),
    Document.EXPIRY: (),
    Document.VISITS: (Asked.FIRST, Asked.LAST),
}
"""What each paper asks for; a password can be put on each."""

_DAYS = (Asked.FIRST, Asked.LAST)


@dataclass
class ReportForm:
    """What the person chose so far.

    month: as typed; first, last: None while they are empty or no days; whole: a statement of all
    that was ever recorded; locked: the PDF gets a password.
    """

    document: Document = Document.MONTHLY
    month: str = ""
    first: date | None = None
    last: date | None = None
    whole: bool = True
    resident: int | None = None
    name: str = ""
    locked: bool = False

    def begin(self, words: Words, today: date) -> None:
        """The usual: the month before, and the days of this month for what is about days."""
        self.month = self.month or month_text(words, month_before(today))
        self.first = self.first or today.replace(day=1)
        self.last = self.last or today

    def asks(self, field: Asked) -> bool:
        """Whether the chosen paper needs this field."""
        if self.document is Document.STATEMENT and self.whole and field in _DAYS:
            return False
        return field in FIELDS[self.document]

    def step_month(self, words: Words, months: int, today: date) -> None:
        """So many months later (or earlier, below 0); from the month before where none is read."""
        at = parse_month(self.month)
        self.month = month_text(words, month_before(at or month_before(today), -months))

    def problems(self, words: Words, today: date) -> dict[Asked, str]:
        """What is missing or wrong, by field; the rules are those of `ReportRequest`."""
        found = {
            field: words(f"reports-page-ask-{field.value}")
            for field in Asked
            if self.asks(field) and self._missing(field)
        }
        if not found and self.document.about_period:
            try:
                ReportRequest(self.document, self.period(), self.resident).refuse(today)
            except Refused as exc:
                at = Asked.MONTH if self.asks(Asked.MONTH) else Asked.FIRST
                found[at] = words.error(exc).what
        return found

    def _missing(self, field: Asked) -> bool:
        match field:
            case Asked.MONTH:
                return parse_month(self.month) is None
            case Asked.FIRST:
                return self.first is None
            case Asked.LAST:
                return self.last is None or (self.first is not None and self.last < self.first)
            case Asked.RESIDENT:
                return self.resident is None
        return False

    def period(self) -> Period | None:
        """The days; None for papers about the moment, and for all of a resident's past."""
        if self.asks(Asked.MONTH):
            month = parse_month(self.month)
            return month_of(month) if month is not None else None
        if not self.asks(Asked.FIRST) or self.first is None or self.last is None:
            return None
        return Period(self.first, self.last)

    def request(self, format: Format = Format.PDF, password: Secret | None = None) -> ReportRequest:
        """The report that is wanted; only without `problems`."""
        resident = self.resident if self.asks(Asked.RESIDENT) else None
        return ReportRequest(self.document, self.period(), resident, format, password)


def documents(may: Callable[[Permission], bool]) -> list[Document]:
    """The papers that the person may make, in their order."""
    return [each for each in Document if may(each.permission)]


def password_problem(words: Words, typed: str) -> str:
    """What is wrong with a password of one's own; an empty one is made by the program."""
    if not typed:
        return ""
    try:
        with Secret.from_text(typed) as secret:
            ReportRequest(Document.BLACKOUT, password=secret).refuse(date.min)
    except PasswordTooShort as exc:
        text = words.error(exc)
        return f"{text.what}{text.todo}"
    return ""


def about_text(words: Words, request: ReportRequest, name: str = "") -> str:
    """What a report is about: the month, the days, the person."""
    period = request.period
    days = words("reports-page-all-days")
    if request.document is Document.MONTHLY and period is not None:
        days = month_text(words, period.first)
    elif period is not None:
        days = words("reports-page-days", first=period.first, last=period.last)
    elif not request.document.about_period:
        days = words("reports-page-now")
    return words("reports-page-about-who", name=name, days=days) if name else days


def made_text(words: Words, made: MadeReport) -> str:
    """How many pages, and under which number the record tells of it."""
    return words("reports-page-made-as", pages=made.pages, seq=f"{made.entry:,}")
