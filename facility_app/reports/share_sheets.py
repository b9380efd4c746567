"""The recovery sheets of the PIN vault (復元の紙): one sheet of paper for each printed share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from reportlab.lib.units import mm

from facility_app.i18n import Words
from facility_app.reports.fonts import letters
from facility_app.reports.page import FAINT, INK, MARGIN, WARNING, WIDTH, Heading, Sheet, render

_COLUMNS = 3
_GAP = 4 * mm
_CELL = 11.5 * mm
_STEPS = 4


@dataclass(frozen=True)
class ShareSheets:
    """What is printed: the words of each share, of which `need` open the vault.

    `vault`: tells sheets of different vaults, and of different officers, apart.
    """

    facility: str
    vault: str
    made_on: date
    need: int
    shares: Sequence[Sequence[str]]


def share_sheets(words: Words, sheets: ShareSheets) -> bytes:
    """One A4 page for each share, as one PDF.

    Raises GlyphMissing where the facility's name cannot be printed.
    """
    letters().check(sheets.facility)
    heading = Heading(words("pins-share-title"), sheets.facility, words.day(sheets.made_on))
    pages = [
        partial(_draw, words=words, sheets=sheets, number=number)
        for number in range(1, len(sheets.shares) + 1)
    ]
    return render(words, heading, pages)


def _draw(page: Sheet, words: Words, sheets: ShareSheets, number: int) -> None:
    width, count = WIDTH - 2 * MARGIN, len(sheets.shares)
    page.text(MARGIN, 32 * mm, words("pins-share-title"), 24, bold=True)
    name = words("pins-share-vault", name=sheets.vault)
    page.text(WIDTH - MARGIN, 42 * mm, name, 11, ink=FAINT, anchor="right")
    which = words("pins-share-number", number=number, count=count)
    page.text(MARGIN, 42 * mm, which, 16, bold=True)
    what = words("pins-share-what", need=sheets.need)
    y = page.paragraph(MARGIN, 51 * mm, what, width, 11)
    keep = words("pins-share-keep", count=count)
    below = page.paragraph(MARGIN + 4 * mm, y + 5.5 * mm, keep, width - 8 * mm, 11, bold=True)
    page.box(MARGIN, y - 1 * mm, width, below - y, line=WARNING, thick=1.2, radius=2 * mm)
    y = _words(page, sheets.shares[number - 1], below + 3 * mm)
    page.text(MARGIN, y + 7 * mm, words("pins-share-use-title"), 13, bold=True)
    y += 14 * mm
    for step in range(1, _STEPS + 1):
        page.text(MARGIN, y, f"{step}.", 10.5, bold=True)
        text = words(f"pins-share-use-{step}")
        y = page.paragraph(MARGIN + 7 * mm, y, text, width - 7 * mm, 10.5) + 0.5 * mm


def _words(page: Sheet, share: Sequence[str], top: float) -> float:
    """The numbered words, column by column; gives where the grid ends."""
    rows = -(-len(share) // _COLUMNS)
    cell = (WIDTH - 2 * MARGIN - _GAP * (_COLUMNS - 1)) / _COLUMNS
    for index, word in enumerate(share):
        column, row = divmod(index, rows)
        x, y = MARGIN + column * (cell + _GAP), top + row * _CELL
        page.box(x, y, cell, _CELL - 2 * mm, radius=1.5 * mm)
        page.text(x + 9 * mm, y + 6.4 * mm, str(index + 1), 10, ink=FAINT, anchor="right")
        page.text(x + 13 * mm, y + 6.8 * mm, word, 15, bold=True, ink=INK)
    return float(top + rows * _CELL)
