"""Is a monthly report due: the last month is over and its report was not made yet."""

from __future__ import annotations

from facility_app.audit.work import Reading
from facility_app.domain.access import Permission
from facility_app.domain.periods import Period


def due_monthly(reading: Reading) -> Period | None:
    """The month whose report is due, None for none, or for somebody who makes none.

    Due from the first of the next month until it was made; asked at every unlock.
    """
    reading.require(Permission.CHANGE_OWN_PASSWORD)
    raise NotImplementedError
