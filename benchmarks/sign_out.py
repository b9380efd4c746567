"""Sign-out, durable, with its entry, against a bare SQLCipher transaction writing the same rows.

Limit (issue #2): at most 3 times.  The two take turns, pouch by pouch, on files beside each other,
so that a drifting machine slows both.  `python -m benchmarks.sign_out`.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import select

from facility_app.audit.checkpoint import Signer
from facility_app.audit.keyed import head_key
from facility_app.audit.work import Tx, Work
from facility_app.db import triggers
from facility_app.db.engine import open_engine
from facility_app.db.models import Base, ItemRow
from facility_app.demo.clock import DemoClock
from facility_app.demo.sample import Sample, build
from facility_app.domain.access import PROGRAM, Permission
from facility_app.domain.clock import JST
from facility_app.domain.items import Condition
from facility_app.secret import Secret
from facility_app.services.custody import LoanId, SignOut, sign_out
from facility_app.services.item_kinds import seed_kinds
from facility_app.services.office import Office
from facility_app.services.purposes import seed_purposes
from facility_app.services.returns import Returned, SignIn, sign_in
from facility_app.services.rule_data import rules

LIMIT = 3.0
ROUNDS = 10
ITEMS = 4
"""Sign-outs measured: ROUNDS times the 60 residents of the sample facility, of four items each."""

_KEY = Secret(bytearray(range(32)))
_SEED = b"checkpoint seed of benchmark 32b"
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "secure_delete = ON",
    "temp_store = MEMORY",
)


def _office(folder: Path) -> tuple[Office, Sample]:
    """The sample facility without its past, in a real encrypted file."""
    engine = open_engine(folder / "facility.db", _KEY)
    with engine.execution_options(writes=True).begin() as connection:
        Base.metadata.create_all(connection)
        for statement in triggers.statements("sqlite"):
            connection.exec_driver_sql(statement)
    clock = DemoClock(datetime(2026, 11, 20, 9, 0, tzinfo=JST))
    work = Work(engine, clock, head_key(_SEED), Signer("benchmark", _SEED))
    office = Office(work, None, None)  # type: ignore[arg-type]  # no folder and no keys are used here
    office.do(PROGRAM, seed_kinds, rules().item_kinds)
    office.do(PROGRAM, seed_purposes, rules().purposes)
    return office, build(office, date(2026, 11, 20), Random(7))


def _pouches(tx: Tx, sample: Sample) -> dict[int, list[int]]:
    tx.require(Permission.VIEW_RESIDENTS)
    items: dict[int, list[int]] = {}
    for resident, item in tx.session.execute(select(ItemRow.resident_id, ItemRow.id)):
        items.setdefault(resident, []).append(item)
    return {resident: found[:ITEMS] for resident, found in items.items()}


class _Bare:
    """The same rows in the same tables, by hand: one durable transaction without any rule."""

    def __init__(self, folder: Path, schema: list[str], items: list[tuple[object, ...]]) -> None:
        self.connection = sqlcipher.connect(str(folder / "bare.db"), isolation_level=None)
        self.connection.execute(f"PRAGMA key = \"x'{bytes(range(32)).hex()}'\"")
        for pragma in _PRAGMAS:
            self.connection.execute(f"PRAGMA {pragma}")
        for statement in schema:
            self.connection.execute(statement)
        marks = ",".join("?" * len(items[0]))
        self.connection.executemany(f"INSERT INTO item VALUES ({marks})", items)  # noqa: S608  # marks only

    def sign_out(self, loan: tuple[object, ...], canonical: str, items: list[int]) -> None:
        """Write a loan, its lines, the items, the entry, one node (the mean) and the head."""
        execute = self.connection.execute
        execute("BEGIN IMMEDIATE")
        marks = ",".join("?" * len(loan))
        made = execute(f"INSERT INTO loan VALUES (NULL, {marks})", loan)  # noqa: S608  # marks only
        self.connection.executemany(
            "INSERT INTO loan_line (loan_id, item_id, pieces_out) VALUES (?, ?, 1)",
            [(made.lastrowid, item) for item in items],
        )
        places = ",".join("?" * len(items))
        execute(
            f"UPDATE item SET state = 'out', version = version + 1 WHERE id IN ({places})",  # noqa: S608  # marks only
            items,
        )
        seq = made.lastrowid
        execute("INSERT INTO audit_entry (seq, canonical) VALUES (?, ?)", (seq, canonical))
        execute("INSERT INTO audit_node VALUES (1, ?, ?)", (seq, b"n" * 32))
        execute(
            "INSERT OR REPLACE INTO audit_head (id, size, root, mac) VALUES (1, ?, ?, ?)",
            (seq, b"r" * 32, b"m" * 32),
        )
        execute("COMMIT")

    def sign_in(self, items: list[int]) -> None:
        """Make the items ready for the next round; not measured."""
        marks = ",".join("?" * len(items))
        self.connection.execute(
            f"UPDATE item SET state = 'in-safe' WHERE id IN ({marks})",  # noqa: S608  # marks only
            items,
        )
        self.connection.execute(
            f"UPDATE loan_line SET returned_at = 'x' WHERE item_id IN ({marks})",  # noqa: S608  # marks only
            items,
        )


def measure() -> tuple[float, float]:
    """(median of ours, median of the bare transaction), in seconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        office, sample = _office(folder)
        pouches = office.do(sample.actors["1001"], _pouches, sample)
        actor = sample.actors["1002"]
        slots = {resident: _slot(office, sample, resident) for resident in pouches}
        bare: _Bare | None = None
        ours_s: list[float] = []
        bare_s: list[float] = []
        for _ in range(ROUNDS):
            for resident, items in pouches.items():
                started = time.perf_counter()
                loan = office.do(actor, sign_out, _command(office, sample, resident, items))
                ours_s.append(time.perf_counter() - started)
                if bare is None:
                    bare = _Bare(folder, *_copied(office))
                row, canonical = _written(office, loan)
                started = time.perf_counter()
                bare.sign_out(row, canonical, items)
                bare_s.append(time.perf_counter() - started)
                bare.sign_in(items)
                back = tuple(Returned(item, 9, Condition.GOOD) for item in items)
                office.do(actor, sign_in, SignIn(loan, back, slots[resident]))
        office.work.engine.dispose()
        warm = len(pouches)
        return statistics.median(ours_s[warm:]), statistics.median(bare_s[warm:])


def _command(office: Office, sample: Sample, resident: int, items: list[int]) -> SignOut:
    due = office.work.clock() + timedelta(hours=3)
    return SignOut(resident, tuple(items), "clinic", sample.staff[8], "みほん内科", due)


def _raw(office: Office, sql: str, *values: object) -> list[tuple[object, ...]]:
    with office.work.engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql, values)]


def _slot(office: Office, sample: Sample, resident: int) -> str:
    sql = "SELECT label FROM slot JOIN pouch ON slot_id = slot.id WHERE resident_id = ?"
    return str(_raw(office, sql, resident)[0][0])


def _copied(office: Office) -> tuple[list[str], list[tuple[object, ...]]]:
    sql = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'"
    return [str(row[0]) for row in _raw(office, sql)], _raw(office, "SELECT * FROM item")


def _written(office: Office, loan: LoanId) -> tuple[tuple[object, ...], str]:
    row = _raw(office, "SELECT * FROM loan WHERE id = ?", loan)[0][1:]
    sql = "SELECT canonical FROM audit_entry ORDER BY seq DESC LIMIT 1"
    return row, str(_raw(office, sql)[0][0])


def main() -> bool:
    """Print the figure; gives whether it keeps the limit."""
    ours, bare = measure()
    ratio = ours / bare
    print(
        f"sign-out: {ours * 1e3:.2f} ms, bare transaction {bare * 1e3:.2f} ms,"
        f" ratio {ratio:.2f} (limit {LIMIT})"
    )
    return ratio <= LIMIT


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
