"""The log at a million entries: verification, incremental verification, and the page's filter.

Limits (issue #2): full verification at most twice a loop that only scans the rows and hashes each
once; incremental verification independent of the length; a filter within 100 ms.  Issue #5: a
proof of inclusion or of consistency within 5 ms.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine, insert
from sqlalchemy.engine import Connection

from facility_app.audit import log
from facility_app.audit.checkpoint import Signer
from facility_app.audit.entry import Entry, moment_text, seal, vouch
from facility_app.audit.keyed import head_key
from facility_app.audit.query import LogFilter, count, page
from facility_app.audit.tree import Head, Node, leaf_hash
from facility_app.audit.verify import Base, Trust, verify
from facility_app.audit.walk import raw_rows, rows_as_bytes
from facility_app.db import triggers
from facility_app.db.engine import open_engine
from facility_app.db.models import AuditEntryRow, AuditNodeRow
from facility_app.db.models import Base as Tables
from facility_app.domain.clock import JST, utc_now
from facility_app.secret import Secret

ENTRIES = 1_000_000
SEED = bytes(range(32))
_CHUNK = 20_000
_ACTIONS = ("item.signed_out", "item.signed_in") * 8 + (
    "unlock.done",
    "lock.done",
    "checkpoint.skipped",
    "resident.changed",
)


def build_log(
    engine: Engine,
    entries: int,
    key: bytes,
    *,
    staff: int = 14,
    residents: int = 60,
    until: datetime | None = None,
    keys: Callable[[int], bytes] | None = None,
) -> None:
    """Append so many entries, ending at `until`, as the program would have written them.

    About 60 µs per entry.  The log may hold entries already; those should be older than `until`
    less 40 s per entry.  `keys` gives a resident's key where the details should open; without it
    they are sealed under throw-away keys.  Staff and residents are ids 1 to n.
    """
    moments = _moments(entries, until or utc_now())
    with engine.execution_options(writes=True).begin() as connection:
        head = log.trusted_head(connection, log.kept_head(connection), key)
        end = head.size + entries
        indexes = list(Tables.metadata.tables["audit_entry"].indexes)
        for index in indexes:
            index.drop(connection)
        while head.size < end:
            size = min(_CHUNK, end - head.size)
            head = _chunk(
                connection, head, key, itertools.islice(moments, size), staff, residents, keys
            )
        for index in indexes:
            index.create(connection)
        log.keep_head(connection, head, key)


def _moments(entries: int, until: datetime) -> Iterator[datetime]:
    """Times that end at `until`, 40 seconds apart."""
    return (until - timedelta(seconds=40) * left for left in range(entries - 1, -1, -1))


def _chunk(
    connection: Connection,
    head: Head,
    key: bytes,
    moments: Iterator[datetime],
    staff: int,
    residents: int,
    keys: Callable[[int], bytes] | None,
) -> Head:
    rows, nodes = [], list[Node]()
    for at in moments:
        _, text = vouch(_entry(head.size + 1, at, staff, residents, keys), key)
        head, finished = head.appended(leaf_hash(text.encode()))
        rows.append({"seq": head.size, "canonical": text})
        nodes += finished
    connection.execute(insert(AuditEntryRow), rows)
    connection.execute(
        insert(AuditNodeRow), [{"level": n.level, "index": n.index, "hash": n.hash} for n in nodes]
    )
    return head


def _entry(
    seq: int,
    at: datetime,
    staff: int,
    residents: int,
    keys: Callable[[int], bytes] | None,
) -> Entry:
    action = _ACTIONS[seq * 7 % len(_ACTIONS)]
    about_resident = not action.endswith(("lock.done", "skipped"))
    resident = seq * 31 % residents + 1
    details = {"holder": "例田 みつ子", "purpose": "clinic", "destination": "見本クリニック"}
    secret = keys(resident) if keys else SEED
    return Entry(
        seq=seq,
        at=moment_text(at),
        monotonic_ns=seq * 40_000_000_000,
        actor=seq * 13 % staff + 1,
        identified="password",
        action=action,
        subject=f"loan:{seq // 2}" if about_resident else f"staff:{seq * 13 % staff + 1}",
        resident=resident if about_resident else None,
        items=(resident * 4 - 1, resident * 4) if about_resident else (),
        plain={"pieces": 2} if about_resident else {},
        sealed=seal(details, secret, seq, resident) if about_resident else "",
    )


def open_store(path: Path) -> Engine:
    """A new encrypted database file with all tables."""
    engine = open_engine(path, Secret(bytearray(SEED)))
    with engine.execution_options(writes=True).begin() as connection:
        Tables.metadata.create_all(connection)
        for statement in triggers.statements("sqlite"):
            connection.exec_driver_sql(statement)
    return engine


def seconds(act: Callable[[], object], times: int = 3) -> float:
    """The best of some runs."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begin)
    return min(taken)


def scan(connection: Connection) -> bytes:
    """The peer: read every row once and hash it once, as fast as it goes."""
    rows = rows_as_bytes(connection)
    hashes, at = [b""], 0
    while batch := raw_rows(connection, rows.where(AuditEntryRow.seq > at).limit(1 << 14)):
        hashes = [sha256(row).digest() for (row,) in batch]
        at += len(batch)
    return hashes[-1]


def show(name: str, value: float, limit: float, unit: str = "×", note: str = "") -> bool:
    """One line: figure against limit.  Gives whether it holds."""
    holds = value <= limit
    sign = "ok  " if holds else "OVER"
    print(f"{sign} {name:<52} {value:8.2f} {unit:<2} (limit {limit:g}) {note}")
    return holds


def verification(engine: Engine, trust: Trust) -> bool:
    """Full verification against the bare scan."""
    bare = whole = float("inf")
    with engine.connect() as connection:
        assert verify(connection, trust).clean
        for _ in range(4):  # in turns, so that a drifting machine slows both
            bare = min(bare, seconds(lambda: scan(connection), 1))
            whole = min(whole, seconds(lambda: verify(connection, trust), 1))
    note = f"{whole:.2f} s / {bare:.2f} s"
    return show("full verification / scan and hash each row once", whole / bare, 2.0, note=note)


def incremental(engines: dict[int, Engine], trust: Trust, new: int = 1_000) -> bool:
    """Verifying the newest entries in a short and in a long log."""
    taken = {size: _since(engine, trust, size - new) for size, engine in engines.items()}
    short, long = taken[min(taken)], taken[max(taken)]
    note = f"{long * 1e3:.1f} ms / {short * 1e3:.1f} ms for {new} new entries"
    return show("incremental verification, long / short log", long / short, 1.5, note=note)


def _since(engine: Engine, trust: Trust, size: int) -> float:
    with engine.connect() as connection:
        base = Base(size, log.stored_head(connection, size).root())
        assert verify(connection, trust, base=base).clean
        return seconds(lambda: verify(connection, trust, base=base), 9)


def proofs(engine: Engine) -> bool:
    """The slowest proofs of inclusion and of consistency, from the first entry to the last."""
    places = (1, 2, ENTRIES // 3, ENTRIES // 2, ENTRIES // 2 + 1, ENTRIES - 1, ENTRIES)
    sizes = (ENTRIES, ENTRIES - 1, (1 << ENTRIES.bit_length() - 1) - 1)
    asked = [(place, size) for size in sizes for place in places if place <= size]
    holds = True
    with engine.connect() as connection:
        for name, prove in (("inclusion", log.inclusion), ("consistency", log.consistency)):
            taken = max(seconds(partial(prove, connection, *each), 9) for each in asked)
            holds &= show(f"proof of {name}, slowest of {len(asked)}", taken * 1e3, 5, "ms")
    return holds


FILTERS = {
    "everything": LogFilter(),
    "a month": LogFilter(date(2026, 10, 1), date(2026, 10, 31)),
    "a day long ago": LogFilter(date(2025, 9, 5), date(2025, 9, 5)),
    "a day before all": LogFilter(date(2019, 1, 1), date(2019, 1, 2)),
    "person": LogFilter(actor=3),
    "action": LogFilter(action="item.signed_in"),
    "rare action": LogFilter(action="clock.set_back"),
    "resident": LogFilter(resident=7),
    "person and action": LogFilter(actor=3, action="lock.done"),
    "resident and action": LogFilter(resident=7, action="item.signed_out"),
    "resident, person and action": LogFilter(resident=7, actor=3, action="item.signed_out"),
    "resident and person": LogFilter(resident=7, actor=3),
    "days and person": LogFilter(date(2026, 1, 1), date(2026, 1, 31), actor=3),
    "days and action": LogFilter(date(2026, 1, 1), date(2026, 1, 31), action="lock.done"),
    "days, person and action": LogFilter(
        date(2025, 10, 1), date(2026, 9, 30), actor=3, action="lock.done"
    ),
    "days and resident": LogFilter(date(2026, 1, 1), date(2026, 1, 31), resident=7),
    "old days and resident": LogFilter(date(2025, 9, 1), date(2025, 9, 2), resident=7),
    "nobody": LogFilter(actor=999),
}


def filters(engine: Engine) -> bool:
    """Every filter with its first page and its count; also from the middle of the log."""
    holds = True
    with engine.connect() as connection:
        for name, wanted in FILTERS.items():
            for before in (None, ENTRIES // 2):
                taken = _answer(connection, wanted, before)
                where = name if before is None else f"{name}, older half"
                holds &= show(f"filter: {where}", taken * 1e3, 100, "ms")
    return holds


def _answer(connection: Connection, wanted: LogFilter, before: int | None) -> float:
    return seconds(lambda: (page(connection, wanted, before), count(connection, wanted)))


def main() -> bool:
    """Run all; whether every limit holds."""
    key = head_key(SEED)
    trust = Trust(key, Signer("bench", SEED).verifier)
    until = datetime(2026, 11, 20, 17, 0, tzinfo=JST)
    with tempfile.TemporaryDirectory() as folder:
        engines = {}
        for size in (10_000, ENTRIES):
            engines[size] = open_store(Path(folder) / f"{size}.db")
            build_log(engines[size], size, key, until=until)
        holds = verification(engines[ENTRIES], trust)
        holds &= incremental(engines, trust)
        holds &= proofs(engines[ENTRIES])
        holds &= filters(engines[ENTRIES])
        for engine in engines.values():
            engine.dispose()
    return holds


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
