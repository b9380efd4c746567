"""The review queue at a million entries: answered from its own table, filled from what is new.

Limits (issue #5): the queue, the report's count and the line on きょう within 100 ms at a million
entries and no slower than at ten thousand with the same queue; filling costs what is new.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from benchmarks.log import SEED, build_log, open_store, seconds, show
from facility_app.audit.checkpoint import Signer
from facility_app.audit.keyed import head_key
from facility_app.audit.work import Work
from facility_app.db.models import GrantRow, ResidentRow, ReviewMarkRow, ReviewRow, StaffRow
from facility_app.domain.access import PROGRAM, Actor, Grant, Identified, Role, StaffId
from facility_app.domain.people import Sex
from facility_app.domain.periods import month_of
from facility_app.domain.review import Why
from facility_app.services.closing import sign_log
from facility_app.services.review import review_queue, waiting_reviews
from facility_app.services.review_collect import collect_reviews
from facility_app.services.review_report import unreviewed

SIZES = (10_000, 1_000_000)
NEW = 1_000
STAFF, RESIDENTS = 14, 60
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
SINCE = date(2026, 1, 1)


class Store:
    """A store with so many entries, of which one in twenty waits for its review."""

    def __init__(self, folder: Path, size: int) -> None:
        self.size = size
        self.engine = open_store(folder / f"{size}.db")
        key = head_key(SEED)
        self.work = Work(self.engine, lambda: NOW, key, Signer("bench", SEED))
        self.manager = _people(self.engine)
        until = NOW - timedelta(seconds=40) * NEW
        build_log(self.engine, size, key, staff=STAFF, residents=RESIDENTS, until=until)
        _queue(self.engine, size, until)
        with self.work.begin(PROGRAM) as tx:
            sign_log(tx, "lock")
        self._collect()
        build_log(self.engine, NEW, key, staff=STAFF, residents=RESIDENTS, until=NOW)
        with self.work.begin(PROGRAM) as tx:
            sign_log(tx, "lock")
        self.collecting = seconds(self._collect, 1)

    def _collect(self) -> None:
        with self.work.begin(PROGRAM) as tx:
            collect_reviews(tx)

    def answer(self, query: Callable[..., Any], *args: Any) -> float:
        """How long a query takes, in seconds."""

        def ask() -> None:
            with self.work.read(self.manager) as reading:
                query(reading, *args)

        return seconds(ask, 5)


def _people(engine: Engine) -> Actor:
    """Staff and residents as the log names them, and a manager who did nothing."""
    with Session(engine.execution_options(writes=True)) as session:
        people = [
            StaffRow(id=n, number=str(n), name=f"職員 {n}", active_from=SINCE)
            for n in range(1, STAFF + 2)
        ]
        people[-1].grants = [GrantRow(role=Role.MANAGER, valid_from=SINCE, granted_at=NOW)]
        session.add_all(people)
        session.add_all(
            ResidentRow(id=n, name=f"見本 {n}", kana="", sex=Sex.NOT_APPLICABLE, created_at=NOW)
            for n in range(1, RESIDENTS + 1)
        )
        session.commit()
    grants = (Grant(Role.MANAGER, SINCE),)
    return Actor(StaffId(STAFF + 1), "", Identified.PASSWORD, grants)


def _queue(engine: Engine, size: int, until: datetime) -> None:
    """One act in twenty, and an exception in a hundred; nothing of it is reviewed."""
    rows = [
        {
            "seq": seq,
            "why": (why := Why.CORRECTION if seq % 100 == 0 else Why.SAMPLE),
            "rank": why.rank,
            "at": until - timedelta(seconds=40) * (size - seq),
            "actor_id": seq % STAFF + 1,
            "note": "",
        }
        for seq in range(20, size + 1, 20)
    ]
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(insert(ReviewRow), rows)
        connection.execute(insert(ReviewMarkRow), {"id": 1, "seen": size, "drawn": size})


def main() -> bool:
    """Run all; whether every limit holds."""
    holds = True
    with tempfile.TemporaryDirectory() as folder:
        short, long = (Store(Path(folder), size) for size in SIZES)
        month = month_of(date(2026, 10, 1))
        for name, query, args in (
            ("queue, first screen", review_queue, ()),
            ("unreviewed of a month", unreviewed, (month,)),
            ("line on Today", _line, (long.manager.staff_id,)),
        ):
            taken, before = long.answer(query, *args), short.answer(query, *args)
            note = f"{before * 1e3:.1f} ms with {SIZES[0]:,}"
            holds &= show(f"{name}, {SIZES[1]:,} entries", taken * 1e3, 100, "ms", note)
        ratio = long.collecting / short.collecting
        note = f"{long.collecting * 1e3:.0f} ms / {short.collecting * 1e3:.0f} ms"
        holds &= show(f"filling from {NEW} new entries, long / short log", ratio, 1.5, note=note)
        for store in (short, long):
            store.engine.dispose()
    return holds


def _line(reading: Any, staff_id: int) -> None:
    reading.may(next(iter(reading.actor.rights(NOW))))
    reading.require(next(iter(reading.actor.rights(NOW))))
    waiting_reviews(reading.session, staff_id)


if __name__ == "__main__":
    raise SystemExit(not main())
