"""A paper as CSV for a spreadsheet: UTF-8 with the mark that Excel looks for, one table after the
other with its name above it.

A text that a spreadsheet would take for a formula is defused with an apostrophe (OWASP, CSV
injection): names and destinations are typed by people.
"""

from __future__ import annotations

import csv
import io
from typing import Any, BinaryIO

from facility_app.domain.chart import Chart
from facility_app.i18n import Words
from facility_app.reports.paper import (
    Blank,
    Block,
    Facts,
    Figures,
    Note,
    Paper,
    Progress,
    Signed,
    Table,
    Value,
)
from facility_app.reports.wording import Wording

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What begins a formula; a Japanese spreadsheet takes the wide forms for one as well."""
_TOLD = 500


def write_csv(out: BinaryIO, words: Words, paper: Paper, progress: Progress) -> None:
    """Write the paper to `out`.  Raises what `progress` raises."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    sheet = _Sheet(csv.writer(text), Wording(words), paper, progress)
    sheet.line(words(f"reports-title-{paper.kind}"), paper.about, paper.facility, paper.made_at)
    for section in paper.sections:
        if section.titled:
            sheet.line()
            sheet.line(words(f"reports-section-{section.key}"))
        for block in section.blocks:
            sheet.block(block)
    text.flush()
    text.detach()
    progress(paper.rows, paper.rows)


class _Sheet:
    """Lines that go to the file at once."""

    def __init__(self, writer: Any, wording: Wording, paper: Paper, progress: Progress) -> None:
        self._writer = writer
        self._wording = wording
        self._words = wording.words
        self._expected = paper.rows
        self._progress = progress
        self._rows = 0

    def line(self, *values: Value) -> None:
        """One line; texts are defused."""
        cells = map(self._wording.cell, values)
        self._writer.writerow([defused(c) if isinstance(c, str) else c for c in cells])

    def block(self, block: Block) -> None:
        """One part of a section."""
        match block:
            case Table():
                self._table(block)
            case Facts() | Figures():
                for key, value in block.pairs:
                    self.line(self._words(f"reports-fact-{key}"), value)
            case Note():
                self.line(block.text)
            case Signed():
                self.line(self._words(block.title), block.size, block.made_at)
                self.line(" ".join(block.words))
                self.line(block.text.rstrip("\n"))
            case Chart():
                self._chart(block)
            case Blank():
                pass  # to be written by hand

    def _table(self, table: Table) -> None:
        if table.title:
            self.line()
            self.line(self._words(table.title))
        self.line(*(self._wording.heading(column) for column in table.columns))
        some = False
        for row in table.rows():
            self.line(*row)
            self._counted()
            some = True
        if not some:
            self.line(self._words(table.empty))

    def _chart(self, chart: Chart) -> None:
        label = self._wording.label
        self.line()
        self.line(chart.title, chart.unit)
        self.line("", *(label(each.label) for each in chart.series))
        for number, category in enumerate(chart.categories):
            figures = (each.values[number] for each in chart.series)
            shown = ("" if v is None else round(v, 1) if v % 1 else int(v) for v in figures)
            self._writer.writerow([defused(label(category)), *shown])

    def _counted(self) -> None:
        self._rows += 1
        if self._rows % _TOLD == 0:
            self._progress(min(self._rows, self._expected), self._expected)


def defused(text: str) -> str:
    """`text` so that no spreadsheet calculates it."""
    return f"'{text}" if text.startswith(_FORMULA) else text
