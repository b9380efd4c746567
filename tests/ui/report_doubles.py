"""Stand-ins behind the pages of reports: one that makes papers, one that answers for the person."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from facility_app.audit.checkpoints import Made
from facility_app.domain.access import Actor
from facility_app.domain.chart import Chart, ChartKind, Month, Series, Tone, Unit, Word
from facility_app.domain.periods import Period
from facility_app.i18n import Words
from facility_app.reports.page import MARGIN, Draw, Heading, Sheet, render
from facility_app.services.reporting import Format, MadeReport, ReportRequest
from facility_app.ui.context import UiContext
from facility_app.ui.page import Page
from facility_app.ui.registry import PAGES
from tests.ui.stage import NOON

PAGE_COUNT = 4


def paper_pdf(pages: int = PAGE_COUNT) -> bytes:
    """A paper with some text on each of its pages."""
    words = Words("ja")

    def page(number: int) -> Draw:
        def draw(sheet: Sheet) -> None:
            sheet.text(MARGIN, 90, f"預かり品 管理報告 {number}", 22, bold=True)
            for row in range(24):
                sheet.text(
                    MARGIN, 140 + row * 24, f"第{number * 100 + row}号 持出し 見本クリニック"
                )
                sheet.line(MARGIN, 146 + row * 24, 540, 146 + row * 24)

        return draw

    heading = Heading("月次監査報告書", "みほん苑", "令和8年11月20日")
    return render(words, heading, [page(number) for number in range(1, pages + 1)])


@dataclass
class Maker:
    """Makes papers without a record; `asked` is what it was asked for.

    problem: raised instead.  hold: waits for it before the second half, so that a test can stop it.
    """

    pages: int = PAGE_COUNT
    problem: Exception | None = None
    hold: Event | None = None
    asked: list[ReportRequest] = field(default_factory=list)
    passwords: list[str] = field(default_factory=list)

    def __call__(
        self,
        office: Any,
        actor: Actor,
        words: Words,
        request: ReportRequest,
        out: Path | None = None,
        progress: Callable[[int, int], object] = lambda _done, _all: None,
    ) -> MadeReport:
        self.asked.append(request)
        if request.password is not None:
            self.passwords.append(request.password.copy_bytes().decode())
        progress(1, 2)
        if self.hold is not None:
            self.hold.wait(10)
        progress(2, 2)
        if self.problem is not None:
            raise self.problem
        content = paper_pdf(self.pages) if request.format is Format.PDF else b"a,b\r\n"
        checkpoint = Made(3, 1214, bytes(32), "text", "report", NOON)
        name = f"report.{request.format.value}"
        pages = self.pages if request.format is Format.PDF else 0
        return MadeReport(request, content, None, pages, checkpoint, None, 1215, name)


class Answers:
    """What the person says to the dialogs of the system."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = ["Printer"]
        self.change_mind = False
        self.meanwhile: Callable[[], object] = lambda: None
        self.asked: list[str] = []
        self.straight: list[str] = []
        """What was printed without a question."""

    @property
    def printed(self) -> Path:
        """Where the printer puts what it prints."""
        return self.folder / "printed.pdf"

    def printers(self) -> list[str]:
        return self.names

    def usual_printer(self, title: str) -> QPrinter | None:
        self.straight.append(title)
        return self._printer()

    def _printer(self) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.printed))
        return printer

    def choose_printer(
        self, parent: QWidget, title: str, count: int, closes: SignalInstance | None = None
    ) -> QPrinter | None:
        self.asked.append(title)
        self.meanwhile()
        return None if self.change_mind else self._printer()

    def choose_file(
        self,
        parent: QWidget,
        title: str,
        name: str,
        kind: str,
        closes: SignalInstance | None = None,
    ) -> Path | None:
        self.asked.append(name)
        self.meanwhile()
        return None if self.change_mind else self.folder / name


def some_charts(period: Period) -> tuple[Chart, ...]:
    """The four charts with invented numbers, the same every time."""
    chance = random.Random(7)
    count = (period.last - period.first).days + 1
    days = tuple(period.first + timedelta(days=n) for n in range(min(count, 31)))
    out = tuple(float(chance.choice((0, 3, 5, 6, 8, 9, 14))) for _ in days)
    months = tuple(Month(date(2026, month, 1)) for month in range(1, 12))
    late = tuple(None if n == 3 else float(chance.randint(0, 9)) for n in range(len(months)))
    worse = tuple(float(chance.randint(0, 3)) for _ in months)
    names = ("受診", "訪問診療", "更新手続（市区町村の窓口）", "入院", "外出")
    hours = (124.5, 61.0, 18.5, 240.0, 7.0)
    kinds = (("ok", Tone.NOTICE), ("late", Tone.WARN), ("block", Tone.BLOCK))
    found = tuple(
        Series(word, tuple(float(chance.randint(0, 6)) for _ in months), tone)
        for word, tone in zip(
            ("お知らせ", "注意", "使えません"), (t for _, t in kinds), strict=True
        )
    )
    return (
        Chart(Word("log-period"), ChartKind.BAR, Unit.TIMES, days, (Series("持出し", out),)),
        Chart(Word("log-item"), ChartKind.BAR, Unit.HOURS, names, (Series("時間", hours),)),
        Chart(
            Word("log-action"),
            ChartKind.LINE,
            Unit.TIMES,
            months,
            (Series("遅れ", late), Series("1日より長い遅れ", worse)),
        ),
        Chart(Word("log-actor"), ChartKind.STACKED, Unit.CHECKS, months, found),
    )


def page_of(ctx: UiContext, key: str) -> Page:
    """A page of the registry on its own."""
    spec = next(spec for spec in PAGES if spec.key == key)
    return spec.factory(ctx)
