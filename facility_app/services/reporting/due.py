"""Is a monthly report due: the last month is over and its report was not made yet."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from facility_app.audit.entry import moment
from facility_app.audit.work import Reading
from facility_app.db.models import AuditEntryRow, table_of
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.periods import Period, month_of
from facility_app.services.reporting.made import made_reports
from facility_app.services.reporting.request import Document

_E = table_of(AuditEntryRow).c


def due_monthly(reading: Reading) -> Period | None:
    """The month whose report is due; None for none, and for somebody who makes none.

    Due from the first of the next month until it was made after its last day; asked at every
    unlock.  A month before the record begins is never due.
    """
    reading.require(Permission.CHANGE_OWN_PASSWORD)  # everybody who unlocks asks; no refusal then
    if not reading.may(Permission.MAKE_REPORTS):
        return None
    first_of_month = local_date(reading.now).replace(day=1)
    month = month_of(first_of_month - timedelta(days=1))
    began = reading.connection.scalar(select(_E.at).where(_E.seq == 1))
    if began is None or local_date(moment(began)) > month.last:
        return None
    for announced in made_reports(reading, Document.MONTHLY):
        if local_date(moment(announced.at)) < first_of_month:
            break  # made before the month was over, and so are all before it
        if announced.plain.get("first") == month.first.isoformat():
            return None
    return month
