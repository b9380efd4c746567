"""The small facility of the desk with some acts in its record, and an office to make reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from facility_app.audit.entry import Entry, parse
from facility_app.audit.work import Work
from facility_app.config import DataFolder
from facility_app.db.models import AuditEntryRow, ItemRow
from facility_app.domain.items import Condition
from facility_app.domain.periods import Period, month_of
from facility_app.i18n import Words
from facility_app.services.custody import LoanId
from facility_app.services.emergency import explain_emergency, release_emergency, review_emergency
from facility_app.services.office import Office
from facility_app.services.reporting import Document, Format, MadeReport, ReportRequest, make_report
from facility_app.services.returns import Returned, SignIn, sign_in
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build

NOVEMBER = month_of(date(2026, 11, 20))
WORDS = Words("ja")


@dataclass
class ReportWorld:
    """`desk` with its people; `office` makes the reports."""

    desk: DeskWorld
    office: Office
    clock: FakeClock

    def request(self, document: Document, **more: Any) -> ReportRequest:
        """A request with what that document needs, November or Hanako."""
        if document in (Document.MONTHLY, Document.LEDGER, Document.VISITS):
            more = {"period": NOVEMBER} | more
        if document is Document.STATEMENT:
            more = {"resident_id": self.desk.residents["hanako"]} | more
        return ReportRequest(document, **more)

    def make(
        self, document: Document, who: str = "manager", out: Path | None = None, **more: Any
    ) -> MadeReport:
        """Make a report as one of the staff."""
        request = self.request(document, **more)
        return make_report(self.office, self.desk.staff[who], WORDS, request, out)

    def text(self, document: Document, **more: Any) -> str:
        """All of a report as CSV: every value it has, without the breaks of a page."""
        content = self.make(document, format=Format.CSV, **more).content
        assert content is not None
        return content.decode("utf-8-sig")

    def returned(self, loan: LoanId, person: str = "hanako") -> None:
        """Everything of a loan comes back whole."""
        slot = {"hanako": "A-12", "tadashi": "A-05"}[person]
        ids = self.desk.items[person]
        back = tuple(
            Returned(row.id, row.pieces, Condition.GOOD)
            for row in self.desk.rows(ItemRow, ItemRow.id.in_(ids))
        )
        self.desk.do("custodian", sign_in, SignIn(loan, back, slot))

    def some_acts(self) -> None:
        """A loan that came back in time, one that is late and still out, and an emergency."""
        loan = self.desk.signed_out("hanako")
        self.clock.forward(hours=1)
        self.returned(loan)
        released = self.desk.do("custodian", release_emergency, self.desk.residents["tadashi"])
        self.clock.forward(minutes=30)
        self.desk.do("custodian", explain_emergency, released.loan_id, "救急搬送", "みほん病院")
        self.desk.do("manager", review_emergency, released.loan_id, "")
        self.desk.signed_out("hanako", destination="さくら見本歯科")
        self.clock.forward(hours=3)

    def entries(self, action: str) -> list[Entry]:
        """The entries of an action, in order."""
        rows = self.desk.rows(AuditEntryRow, AuditEntryRow.action == action)
        return [parse(row.canonical) for row in sorted(rows, key=lambda row: row.seq)]


def report_world(engine: Engine, work: Work, clock: FakeClock, folder: Path) -> ReportWorld:
    """A facility without a past."""
    desk = build(engine, work, clock)
    office = Office(work, DataFolder(folder / "data"), None)  # type: ignore[arg-type]  # no keys here
    return ReportWorld(desk, office, clock)


def days(first: date, last: date) -> Period:
    """A stretch of days."""
    return Period(first, last)
