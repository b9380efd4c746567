"""Reports and papers about the record (報告書): what is in them, and the act of making one.

Making a report is an act that cannot be taken back (design §6): announced, signed with a checkpoint
that covers the announcement, drawn from one consistent view, concluded.  The papers are described
once (`reports/paper.py`), so that PDF, CSV and JSON cannot say different things.
"""

from __future__ import annotations

from facility_app.services.reporting.charts import charts as charts
from facility_app.services.reporting.due import due_monthly as due_monthly
from facility_app.services.reporting.make import make_report as make_report
from facility_app.services.reporting.passwords import generated_password as generated_password
from facility_app.services.reporting.request import Document as Document
from facility_app.services.reporting.request import Format as Format
from facility_app.services.reporting.request import MadeReport as MadeReport
from facility_app.services.reporting.request import PasswordTooShort as PasswordTooShort
from facility_app.services.reporting.request import PeriodInFuture as PeriodInFuture
from facility_app.services.reporting.request import PeriodTooLong as PeriodTooLong
from facility_app.services.reporting.request import ReportRequest as ReportRequest
