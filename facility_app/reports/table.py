"""Tables on paper: fixed columns, rows as high as their longest cell, a head on every page.

Columns of width 0 stand under the column before them, smaller and fainter.  A cell that is longer
than its column is broken, never cut; a row that is longer than a page goes on on the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm

from facility_app.reports.flow import BOTTOM, TOP, Flow, colour
from facility_app.reports.page import FAINT, HEIGHT, INK, LINE, MARGIN, WIDTH
from facility_app.reports.paper import Blank, Column, Row, Table

_SIZE, _SMALL = 8.0, 7.2
_LEADING = 10.6
_PAD = 2.6
_GAP = 2 * mm
_INK, _FAINT, _LINE = colour(INK), colour(FAINT), colour(LINE)
_BLANK_ROW = 9 * mm
_AT_LEAST = 14 * mm
"""A head without a row under it is not begun at the foot of a page."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a cell."""

    text: str
    under: bool = False


@dataclass(frozen=True)
class _Place:
    """One column on paper: which values it shows, from where, how wide."""

    columns: tuple[int, ...]
    x: float
    width: float
    right: bool
    bold: bool


class TableDrawing:
    """One table while it is drawn."""

    def __init__(self, flow: Flow, columns: Sequence[Column]) -> None:
        self._flow = flow
        self._places = _places(columns)
        self._heading = [flow.wording.heading(each) for each in columns]
        self._by_hand = [
            (number, flow.words(f"reports-hand-{column.key}"))
            for number, column in enumerate(columns)
            if column.hand
        ]

    def head(self) -> None:
        """The headings of the columns."""
        flow = self._flow
        cells = self._lines(self._heading, bold=True)
        levels = max(map(len, cells), default=0)
        flow.need(levels * _LEADING + _AT_LEAST)
        self._draw(cells, 0, levels, bold=True)
        y = HEIGHT - flow.y
        flow.draw(f"{_INK} RG 0.8 w {MARGIN:.2f} {y:.2f} m {WIDTH - MARGIN:.2f} {y:.2f} l S")

    def row(self, values: Row) -> None:
        """One row, on as many pages as it needs."""
        text = self._flow.wording.text
        texts = [text(value) for value in values]
        for number, filled in self._by_hand:
            texts[number] = filled
        cells = self._lines(texts)
        levels = max(map(len, cells), default=1) or 1
        done = 0
        while done < levels:
            fit = self._fitting(levels - done)
            self._draw(cells, done, done + fit)
            done += fit
        self._rule()
        self._flow.row_done()

    def blank(self) -> None:
        """One row to be written by hand."""
        self._flow.need(_BLANK_ROW)
        self._flow.y += _BLANK_ROW
        self._rule()

    def _fitting(self, levels: int) -> int:
        """How many of the lines fit; on a new page where this one cannot take them."""
        flow = self._flow
        room = int((BOTTOM - flow.y - 2 * _PAD) // _LEADING)
        whole = int((BOTTOM - TOP - 2 * _PAD) // _LEADING) - 3  # what a page takes under the head
        if levels <= room:
            return levels
        if levels <= whole or room < 1:
            flow.turn()
            self.head()
            return min(levels, whole)
        return room

    def _lines(self, texts: Sequence[str], bold: bool = False) -> list[list[_Line]]:
        broken = self._flow.setter.lines
        cells = []
        for place in self._places:
            lines: list[_Line] = []
            for number, column in enumerate(place.columns):
                size = _SMALL if number else _SIZE
                heavy = (bold or place.bold) and not number
                for text in broken(texts[column], place.width, size, heavy):
                    lines.append(_Line(text, bool(number)))
            cells.append(lines)
        return cells

    def _draw(self, cells: list[list[_Line]], first: int, end: int, bold: bool = False) -> None:
        flow, setter = self._flow, self._flow.setter
        operators = ["BT"]
        faint = None
        for place, lines in zip(self._places, cells, strict=True):
            for level, line in enumerate(lines[first:end]):
                size = _SMALL if line.under else _SIZE
                heavy = (bold or place.bold) and not line.under
                x = place.x
                if place.right:
                    x += place.width - setter.width(line.text, size, heavy)
                y = HEIGHT - flow.y - _PAD - _SIZE - level * _LEADING
                if line.under is not faint:
                    faint = line.under
                    operators.append(f"{_FAINT if faint else _INK} rg")
                operators.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
                operators.append(setter.show(line.text, size, heavy))
        operators.append("ET")
        flow.draw(" ".join(operators))
        flow.y += 2 * _PAD + (end - first) * _LEADING

    def _rule(self) -> None:
        y = HEIGHT - self._flow.y
        self._flow.draw(f"{_LINE} RG 0.4 w {MARGIN:.2f} {y:.2f} m {WIDTH - MARGIN:.2f} {y:.2f} l S")


def draw_table(flow: Flow, table: Table) -> None:
    """All rows of a table; where there is none, the sentence that says so."""
    drawing = TableDrawing(flow, table.columns)
    some = False
    for row in table.rows():
        if not some:
            drawing.head()
            some = True
        drawing.row(row)
    if not some:
        flow.need(8 * mm)
        flow.sheet.text(MARGIN, flow.y + 4 * mm, flow.words(table.empty), 9.5, ink=FAINT)
        flow.y += 6 * mm
    flow.y += 2 * mm


def draw_blank(flow: Flow, block: Blank) -> None:
    """Ruled rows to be written by hand."""
    drawing = TableDrawing(flow, block.columns)
    drawing.head()
    for _ in range(block.rows):
        drawing.blank()


def _places(columns: Sequence[Column]) -> list[_Place]:
    places: list[_Place] = []
    x = MARGIN
    for number, column in enumerate(columns):
        if not column.width and places:
            last = places[-1]
            places[-1] = _Place((*last.columns, number), last.x, last.width, last.right, last.bold)
            continue
        wide = column.width * mm
        gap = 2 * _GAP if column.right else _GAP  # figures stand apart from the text after them
        places.append(_Place((number,), x, wide - gap, column.right, column.bold))
        x += wide
    return places
