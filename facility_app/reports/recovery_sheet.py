"""The recovery sheet (復元シート): on paper, the 24 words that open the store anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm

from facility_app.i18n import Words
from facility_app.reports.fonts import letters
from facility_app.reports.page import FAINT, INK, MARGIN, WARNING, WIDTH, Heading, Sheet, render

_COLUMNS, _ROWS = 3, 8
_GAP = 4 * mm
_CELL = 15 * mm


@dataclass(frozen=True)
class RecoverySheet:
    """What is printed.  `store_id` tells sheets of different stores apart; its head is printed."""

    facility: str
    store_id: str
    made_on: date
    recovery: Sequence[str]


def recovery_sheet(words: Words, sheet: RecoverySheet) -> bytes:
    """The sheet as a one-page A4 PDF.

    Raises GlyphMissing where the facility's name cannot be printed.
    """
    letters().check(sheet.facility)
    heading = Heading(words("papers-recovery-title"), sheet.facility, words.day(sheet.made_on))
    return render(words, heading, [lambda page: _draw(page, words, sheet)])


def _draw(page: Sheet, words: Words, sheet: RecoverySheet) -> None:
    width = WIDTH - 2 * MARGIN
    page.text(MARGIN, 32 * mm, words("papers-recovery-title"), 24, bold=True)
    name = words("papers-recovery-store", name=sheet.store_id[:8])
    page.text(WIDTH - MARGIN, 32 * mm, name, 11, ink=FAINT, anchor="right")
    y = page.paragraph(MARGIN, 42 * mm, words("papers-recovery-what"), width, 11.5)
    page.box(MARGIN, y - 1 * mm, width, 19 * mm, line=WARNING, thick=1.2, radius=2 * mm)
    page.paragraph(
        MARGIN + 4 * mm, y + 6 * mm, words("papers-recovery-keep"), width - 8 * mm, 11.5, bold=True
    )
    y = _words(page, sheet.recovery, y + 24 * mm)
    page.text(MARGIN, y + 9 * mm, words("papers-recovery-use-title"), 13, bold=True)
    y += 17 * mm
    for number in range(1, 5):
        page.text(MARGIN, y, f"{number}.", 11, bold=True)
        step = words(f"papers-recovery-use-{number}")
        y = page.paragraph(MARGIN + 7 * mm, y, step, width - 7 * mm, 11) + 1 * mm


def _words(page: Sheet, recovery: Sequence[str], top: float) -> float:
    """The numbered words, column by column; gives where the grid ends."""
    cell = (WIDTH - 2 * MARGIN - _GAP * (_COLUMNS - 1)) / _COLUMNS
    for index, word in enumerate(recovery):
        column, row = divmod(index, _ROWS)
        x, y = MARGIN + column * (cell + _GAP), top + row * _CELL
        page.box(x, y, cell, _CELL - 2.5 * mm, radius=1.5 * mm)
        page.text(x + 9 * mm, y + 8.3 * mm, str(index + 1), 11, ink=FAINT, anchor="right")
        page.text(x + 13 * mm, y + 8.7 * mm, word, 17, bold=True, ink=INK)
    return float(top + _ROWS * _CELL)
