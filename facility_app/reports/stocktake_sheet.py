"""The count sheet (棚卸表): counting on paper while the power is out.

As blind as the screen: it names the places and the kinds of things, but no pouch, no resident and
no number that is expected.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from reportlab.lib.units import mm

from facility_app.i18n import Words
from facility_app.reports.fonts import letters
from facility_app.reports.page import (
    FAINT,
    HEIGHT,
    INK,
    MARGIN,
    WIDTH,
    Draw,
    Heading,
    Sheet,
    broken,
    render,
)

KINDS = 18
"""Columns for kinds on one sheet; more kinds follow on sheets of their own."""

_ROW = 8.4 * mm
_LINE = 4.6 * mm
_TOP = 26 * mm
_FOOT = 20 * mm
_PLACE = 20 * mm
_TAG = 30 * mm
_RIGHT = WIDTH - MARGIN
_LEGEND_COLUMNS = 3


@dataclass(frozen=True)
class CountSheet:
    """What stands on the sheet; the day as it is shown, kinds in their order."""

    facility: str
    cabinet: str
    day: str
    places: Sequence[str]
    kinds: Sequence[str]


def stocktake_sheet(words: Words, facts: CountSheet) -> bytes:
    """The sheets as an A4 PDF.  Raises GlyphMissing, ValueError where there is no place or kind."""
    if not facts.places or not facts.kinds:
        raise ValueError("nothing to count")
    letters().check(facts.facility, facts.cabinet, *facts.places, *facts.kinds)
    pages: list[Draw] = []
    numbered = [(str(number), name) for number, name in enumerate(facts.kinds, 1)]
    for first in range(0, len(numbered), KINDS):
        kinds = numbered[first : first + KINDS]
        top = _table_top(words, kinds)
        rows = max(1, int((HEIGHT - _FOOT - top - _ROW) // _ROW))
        for start in range(0, len(facts.places), rows):
            places = facts.places[start : start + rows]
            draw = partial(_page, words=words, facts=facts, kinds=kinds, places=places, top=top)
            pages.append(draw)
    heading = Heading(words("papers-stocktake-title"), facts.facility, facts.day)
    return render(words, heading, pages)


def _how(words: Words) -> list[str]:
    return broken(words("papers-stocktake-how"), _RIGHT - MARGIN, 9)


def _boxes_top(words: Words) -> float:
    return float(_TOP + 10 * mm + len(_how(words)) * _LINE)


def _legend_top(words: Words) -> float:
    return float(_boxes_top(words) + 15 * mm)


def _table_top(words: Words, kinds: Sequence[tuple[str, str]]) -> float:
    lines = sum(_lines_in(row) for row in _legend_rows(kinds))
    return float(_legend_top(words) + lines * _LINE)


def _page(
    page: Sheet,
    words: Words,
    facts: CountSheet,
    kinds: Sequence[tuple[str, str]],
    places: Sequence[str],
    top: float,
) -> None:
    _head(page, words, facts)
    _legend(page, kinds, _legend_top(words))
    _grid(page, words, [number for number, _name in kinds], top, len(places))
    for row, place in enumerate(places):
        page.text(MARGIN + 2 * mm, top + _ROW * (row + 1.66), place, 12, bold=True)


def _head(page: Sheet, words: Words, facts: CountSheet) -> None:
    title = words("papers-stocktake-title")
    wide = page.text(MARGIN, _TOP + 4 * mm, title, 18, bold=True)
    what = words("papers-stocktake-what", cabinet=facts.cabinet)
    page.text(MARGIN + wide + 8 * mm, _TOP + 4 * mm, what, 13, bold=True)
    for number, line in enumerate(_how(words)):
        page.text(MARGIN, _TOP + 11 * mm + number * _LINE, line, 9)
    top, left = _boxes_top(words), MARGIN
    for key, width in (("round", 46 * mm), ("by", 72 * mm), ("at", 56 * mm)):
        page.box(left, top, width, 9 * mm, line=INK)
        page.text(left + 2 * mm, top + 6 * mm, words(f"papers-stocktake-{key}"), 9, ink=FAINT)
        left += width


_Cell = tuple[str, list[str]]
"""The number of a kind and its name in lines."""


def _legend_rows(kinds: Sequence[tuple[str, str]]) -> list[list[_Cell]]:
    """Three names beside each other, in reading order; a long one takes several lines."""
    room = (_RIGHT - MARGIN) / _LEGEND_COLUMNS - 9 * mm
    cells = [(number, broken(name, room, 9)) for number, name in kinds]
    return [cells[n : n + _LEGEND_COLUMNS] for n in range(0, len(cells), _LEGEND_COLUMNS)]


def _lines_in(row: Sequence[_Cell]) -> int:
    return max(len(lines) for _number, lines in row)


def _legend(page: Sheet, kinds: Sequence[tuple[str, str]], top: float) -> None:
    """What the numbers over the columns mean."""
    wide = (_RIGHT - MARGIN) / _LEGEND_COLUMNS
    for row in _legend_rows(kinds):
        for column, (number, lines) in enumerate(row):
            left = MARGIN + wide * column
            page.text(left + 5 * mm, top, number, 9, bold=True, anchor="right")
            for index, line in enumerate(lines):
                page.text(left + 7 * mm, top + index * _LINE, line, 9)
        top += _lines_in(row) * _LINE


def _grid(page: Sheet, words: Words, numbers: Sequence[str], top: float, rows: int) -> None:
    """Heads, and an empty field for each place and kind."""
    left = MARGIN + _PLACE + _TAG
    wide = (_RIGHT - left) / len(numbers)
    bottom = top + _ROW * (rows + 1)
    for row in range(rows + 2):
        y = top + _ROW * row
        page.line(MARGIN, y, _RIGHT, y, INK if row < 2 else FAINT)
    edges = [MARGIN, MARGIN + _PLACE, *(left + wide * n for n in range(len(numbers) + 1))]
    for x in edges:
        page.line(x, top, x, bottom, FAINT)
    base = top + _ROW * 0.66
    page.text(MARGIN + 2 * mm, base, words("papers-stocktake-place"), 9, bold=True)
    page.text(MARGIN + _PLACE + 2 * mm, base, words("papers-stocktake-tag"), 9, bold=True)
    for index, number in enumerate(numbers):
        page.text(left + wide * (index + 0.5), base, number, 9, bold=True, anchor="middle")
