"""Papers for the tests: every kind of block, and how a finished PDF is read again."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pypdfium2

from facility_app.audit.checkpoint import Signer
from facility_app.domain.chart import Chart, ChartKind, Month, Series, Tone, Unit, Word
from facility_app.domain.items import ItemState
from facility_app.i18n import Words
from facility_app.reports.as_csv import write_csv
from facility_app.reports.as_json import write_json
from facility_app.reports.as_pdf import write_pdf
from facility_app.reports.paper import (
    Blank,
    Block,
    Column,
    Facts,
    Figures,
    Named,
    Note,
    Paper,
    Row,
    Section,
    Signed,
    Span,
    Table,
    Text,
)

JA = Words("ja")
AT = datetime(2026, 11, 20, 5, 4, tzinfo=UTC)
SIGNED_WORDS = ("あいこくしん", "あいさつ", "あいだ", "あおぞら", "あかちゃん", "あきる")
CHECKPOINT = Signer("見本 store", bytes(range(32))).sign(1_214, bytes(range(32)))
COLUMNS = (
    Column("entry", 20, right=True),
    Column("resident", 50, bold=True),
    Column("room"),
    Column("out-at", 40),
    Column("details", 64),
)


def row(number: int, name: str = "見本 花子", details: str = "受診") -> Row:
    """One row of `COLUMNS`."""
    return (number, name, "203", AT + timedelta(minutes=number), details)


def table(rows: Iterable[Row], **more: Any) -> Table:
    """A table of these rows."""
    held = list(rows)
    return Table("lines", COLUMNS, lambda: held, **more)


def paper(*blocks: Block, rows: int = 0, **more: Any) -> Paper:
    """A paper of one section."""
    values: dict[str, Any] = {
        "kind": "ledger",
        "facility": "見本苑",
        "about": Text(
            "reports-about-days", {"first": date(2026, 11, 1), "last": date(2026, 11, 20)}
        ),
        "made_by": "架空 誠",
        "made_at": AT,
        "sections": (Section("sign-outs", blocks),),
        "rows": rows,
    }
    return Paper(**(values | more))


def every_block() -> Paper:
    """A paper with everything that can stand on one."""
    return paper(
        Figures((("sign-outs", 214), ("back", 212))),
        Facts((("kana", "みほん はなこ"), ("birth-date", date(1945, 3, 5)), ("room", None))),
        Note(Text("reports-note-expiring", {"days": 90})),
        bars(),
        Chart(
            Word("reports-chart-findings"),
            ChartKind.STACKED,
            Unit.CHECKS,
            (Word("term-code-card-expired"), Word("term-code-tries-low")),
            (
                Series(Word("term-level-warn"), (0, 2), Tone.WARN),
                Series(Word("term-level-block"), (3, 1), Tone.BLOCK),
            ),
        ),
        table([row(1), row(2, details="")]),
        Table("states", (Column("item-state", 60), Column("late", 40), Column("act", 74)), _values),
        table([], title="reports-table-checks"),
        Blank((Column("resident", 100), Column("purpose", 74)), 2),
        Signed("reports-signed-this", "this", CHECKPOINT, 1_214, AT, SIGNED_WORDS),
        seals=("head", "manager"),
        rows=3,
    )


def bars(kind: ChartKind = ChartKind.BAR) -> Chart:
    """Two months, two series."""
    months = (Month(date(2026, 10, 1)), Month(date(2026, 11, 1)))
    series = (Series("受診", (4.0, 1.0)), Series("訪問診療", (2.0, None)))
    return Chart(Word("reports-chart-out"), kind, Unit.TIMES, months, series)


def _values() -> Iterable[Row]:
    yield (ItemState.OUT, Span(1505), Named("action", "item.signed_out"))
    yield ((ItemState.OUT, ItemState.LOST), Span(59), Named("action", "future.act"))


def silent(_done: int, _of: int) -> None:
    """Nobody is told."""


def pdf(of: Paper, words: Words = JA) -> bytes:
    """The paper as PDF."""
    out = io.BytesIO()
    write_pdf(out, words, of, silent)
    return out.getvalue()


def csv_text(of: Paper, words: Words = JA) -> str:
    """The paper as CSV, without the mark at its beginning."""
    out = io.BytesIO()
    write_csv(out, words, of, silent)
    return out.getvalue().decode("utf-8-sig")


def json_text(of: Paper, words: Words = JA) -> str:
    """The paper as JSON."""
    out = io.BytesIO()
    write_json(out, words, of, silent)
    return out.getvalue().decode()


def pages(content: bytes, password: str | None = None) -> list[str]:
    """The text of each page, as another program reads it."""
    document = pypdfium2.PdfDocument(content, password=password)
    return [page.get_textpage().get_text_bounded() for page in document]
