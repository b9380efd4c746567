"""The ledger of 10 000 sign-outs against a bare ReportLab canvas drawing the same rows.

Limits (issue #5): at most 1.7 times the bare canvas with the same font; at most 200 MB at 100 000
rows, and not growing with them.  The two take turns on the same data, so that a drifting machine
slows both; memory is that of a process of its own (`python -m benchmarks.report`).
"""

from __future__ import annotations

import io
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import insert, select

from facility_app.audit.checkpoint import Signer
from facility_app.audit.keyed import head_key
from facility_app.audit.work import Reading, Work
from facility_app.config import DataFolder
from facility_app.db import triggers
from facility_app.db.engine import open_engine
from facility_app.db.models import Base, ItemRow, LoanLineRow, LoanRow, StaffRow
from facility_app.demo.clock import DemoClock
from facility_app.demo.sample import Sample, build
from facility_app.domain.access import PROGRAM, Actor, Identified, Permission
from facility_app.domain.clock import JST
from facility_app.domain.items import Condition
from facility_app.domain.periods import Period
from facility_app.i18n import Words
from facility_app.reports.fonts import BOLD, REGULAR, letters
from facility_app.reports.wording import Wording
from facility_app.secret import Secret
from facility_app.services.access import actor_of
from facility_app.services.item_kinds import seed_kinds
from facility_app.services.office import Office
from facility_app.services.purposes import seed_purposes
from facility_app.services.reporting import Document, ReportRequest, make_report
from facility_app.services.reporting.register import read_register
from facility_app.services.reporting.sign_outs import COLUMNS, sign_out_rows
from facility_app.services.rule_data import rules

ROWS = 10_000
MANY = 100_000
ROUNDS = 7
SLOWER = 1.7
MEGABYTES = 200
GROWTH = 1.1
TODAY = date(2026, 11, 20)
FIRST = date(2025, 11, 20)
_KEY = Secret(bytearray(range(32)))
_SEED = b"checkpoint seed of benchmark 32b"
_ITEMS = 4


def office_with(folder: Path, rows: int) -> tuple[Office, Actor]:
    """The sample facility in a real encrypted file, with so many sign-outs in the last year."""
    engine = open_engine(folder / "facility.db", _KEY)
    with engine.execution_options(writes=True).begin() as connection:
        Base.metadata.create_all(connection)
        for statement in triggers.statements("sqlite"):
            connection.exec_driver_sql(statement)
    clock = DemoClock(datetime(2026, 11, 20, 9, 0, tzinfo=JST))
    work = Work(engine, clock, head_key(_SEED), Signer("benchmark", _SEED))
    office = Office(work, DataFolder(folder / "data"), None)  # type: ignore[arg-type]  # no keys here
    office.do(PROGRAM, seed_kinds, rules().item_kinds)
    office.do(PROGRAM, seed_purposes, rules().purposes)
    sample = build(office, TODAY, Random(7))
    things = office.ask(sample.actors["1001"], _things)
    with engine.execution_options(writes=True).begin() as connection:
        for first in range(0, rows, 5000):
            upto = range(first, min(first + 5000, rows))
            loans, lines = _loans(sample, things, upto, rows)
            connection.execute(insert(LoanRow), loans)
            connection.execute(insert(LoanLineRow), lines)
    return office, sample.actors["1001"]


def _things(reading: Reading) -> dict[int, list[int]]:
    reading.require(Permission.VIEW_RESIDENTS)
    found: dict[int, list[int]] = {}
    for item in reading.session.scalars(select(ItemRow).order_by(ItemRow.id)):
        found.setdefault(item.resident_id, []).append(item.id)
    return {resident: items[:_ITEMS] for resident, items in found.items()}


def _loans(
    sample: Sample, things: dict[int, list[int]], numbers: range, rows: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Loans spread over the year, each closed; every tenth late, places by a few dozen names."""
    chance = Random(numbers.start)
    residents = sorted(things)
    loans, lines = [], []
    begin = datetime(2025, 11, 20, 9, 0, tzinfo=JST)
    for number in numbers:
        resident = residents[number % len(residents)]
        out_at = begin + timedelta(minutes=number * 500_000 // rows)
        due_at = out_at + timedelta(hours=3)
        back_at = due_at + timedelta(minutes=chance.randrange(-100, 12))
        by = sample.staff[number % 2 + 1]
        loans.append(
            {
                "id": number + 1, "resident_id": resident, "purpose_code": "clinic",
                "destination": f"みほん内科医院 第{number % 40}分院", "holder_id": sample.staff[8],
                "out_at": out_at, "out_by": by, "witness_id": None, "due_at": due_at,
                "closed_at": back_at, "emergency": False, "agreement_missing": False,
                "out_seq": number + 1,
            }
        )  # fmt: skip
        lines += [
            {
                "loan_id": number + 1, "item_id": item, "pieces_out": 1, "returned_at": back_at,
                "returned_by": by, "pieces_in": 1, "condition_in": Condition.GOOD,
            }
            for item in things[resident]
        ]  # fmt: skip
    return loans, lines


def ours(office: Office, actor: Actor, out: Path | None = None) -> int:
    """The ledger of the whole year, as the program makes it; gives the number of pages."""
    request = ReportRequest(Document.LEDGER, Period(FIRST, TODAY))
    return make_report(office, actor, Words("ja"), request, out).pages


def cells(office: Office, actor: Actor) -> list[list[str]]:
    """The same rows as texts, for the peer; not measured."""

    def read(reading: Reading) -> list[list[str]]:
        reading.require(Permission.VIEW_LOG)
        register = read_register(reading.session)
        wording = Wording(Words("ja"))
        rows = sign_out_rows(reading, Period(FIRST, TODAY), register)
        return [[wording.text(value) for value in row] for row in rows]

    return office.ask(actor, read)


def bare(rows: list[list[str]], per_page: int) -> int:
    """The peer: every cell with `drawString`, every row with its line; gives the bytes.

    Without base 85 on top of the compression, which we do not write either: it is slow.
    """
    letters()
    rl_config.useA85 = 0
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=1, invariant=1)
    places = list(_places())
    for start in range(0, len(rows), per_page):
        for line, row in enumerate(rows[start : start + per_page]):
            top = A4[1] - 25 * mm - line * 8 * mm
            for text, (x, down, font, size) in zip(row, places, strict=True):
                if text:
                    canvas.setFont(font, size)
                    canvas.drawString(x, top - down, text)
            canvas.line(18 * mm, top - 5 * mm, A4[0] - 18 * mm, top - 5 * mm)
        canvas.showPage()
    canvas.save()
    return len(out.getvalue())


def _places() -> Iterator[tuple[float, float, str, float]]:
    """Where each column's text stands, as on our paper."""
    x, down = 18 * mm, 0.0
    following = x
    for column in COLUMNS:
        if column.width:
            x, down = following, 0.0
            following += column.width * mm
        else:
            down += 10.6
        yield x, down, BOLD if column.bold else REGULAR, 8.0 if not down else 7.2


def measure(rows: int = ROWS, rounds: int = ROUNDS) -> tuple[float, float, float]:
    """(median of ours, of the peer, of their ratios), in seconds."""
    with tempfile.TemporaryDirectory() as name:
        office, actor = office_with(Path(name), rows)
        texts = cells(office, actor)
        per_page = -(-rows // ours(office, actor))
        bare(texts, per_page)
        ours_s, bare_s = [], []
        for _ in range(rounds):
            started = time.perf_counter()
            ours(office, actor)
            ours_s.append(time.perf_counter() - started)
            started = time.perf_counter()
            bare(texts, per_page)
            bare_s.append(time.perf_counter() - started)
        office.work.engine.dispose()
    ratios = [mine / peer for mine, peer in zip(ours_s, bare_s, strict=True)]
    return statistics.median(ours_s), statistics.median(bare_s), statistics.median(ratios)


def memory(rows: int) -> float:
    """The most memory that a process had that made the ledger of so many rows, in megabytes.

    Two processes: filling the store takes memory too, and the peak of a process never falls.
    """
    with tempfile.TemporaryDirectory() as name:
        for step in ("fill", "draw"):
            call = [sys.executable, "-m", "benchmarks.report", step, name, str(rows)]
            done = subprocess.run(call, check=True, capture_output=True, text=True)
    return float(done.stdout)


def _step(step: str, folder: Path, rows: int) -> None:
    if step == "fill":
        office, _actor = office_with(folder, rows)
        office.work.engine.dispose()
        return
    engine = open_engine(folder / "facility.db", _KEY)
    clock = DemoClock(datetime(2026, 11, 20, 9, 0, tzinfo=JST))
    work = Work(engine, clock, head_key(_SEED), Signer("benchmark", _SEED))
    office = Office(work, DataFolder(folder / "data"), None)  # type: ignore[arg-type]  # no keys here
    actor = office.ask(PROGRAM, _manager)
    ours(office, actor, folder / "ledger.pdf")
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _manager(reading: Reading) -> Actor:
    reading.require(Permission.IDENTIFY)
    row = reading.session.scalars(select(StaffRow).where(StaffRow.number == "1001")).one()
    return actor_of(reading.session, row, Identified.PASSWORD)


def main() -> bool:
    """Print the figures; gives whether they keep the limits."""
    mine, peer, ratio = measure()
    print(
        f"report of {ROWS:,} sign-outs: {mine:.2f} s, bare canvas {peer:.2f} s,"
        f" ratio {ratio:.2f} (limit {SLOWER})"
    )
    few, many = memory(ROWS), memory(MANY)
    growth = many / few
    print(
        f"memory: {many:.0f} MB at {MANY:,} rows (limit {MEGABYTES}),"
        f" {few:.0f} MB at {ROWS:,}, growth {growth:.2f} (limit {GROWTH})"
    )
    return ratio <= SLOWER and many <= MEGABYTES and growth <= GROWTH


if __name__ == "__main__":
    if len(sys.argv) == 4:
        _step(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
    else:
        raise SystemExit(0 if main() else 1)
