"""Labels with pouch tags (袋タグ): 24 on a sheet of A4, each a QR code and the short form.

The measures are those of the common label sheets of 24 (3 by 8 labels of 70.0 by 33.9 mm); on plain
paper the marks show where to cut. A label says nothing outside the building: no name, no facility.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from reportlab.lib.units import mm

from facility_app.i18n import Words
from facility_app.reports.fonts import letters
from facility_app.reports.page import FAINT, HEIGHT, WIDTH, Draw, Heading, Sheet, broken, render
from facility_app.reports.qr import QUIET, draw_modules, modules_of

COLUMNS, ROWS = 3, 8
PER_SHEET = COLUMNS * ROWS
_LABEL_WIDTH, _LABEL_HEIGHT = 70.0 * mm, 33.9 * mm
_LEFT = (WIDTH - COLUMNS * _LABEL_WIDTH) / 2
_TOP = (HEIGHT - ROWS * _LABEL_HEIGHT) / 2
_MODULE = 0.85 * mm


@dataclass(frozen=True)
class TagLabel:
    """One label: the code for the QR, the short form for people, the slot; a name only if asked."""

    code: str
    short: str
    slot: str = ""
    name: str = ""


def tag_labels(words: Words, facility: str, labels: Sequence[TagLabel], *, skip: int = 0) -> bytes:
    """The sheets of labels as an A4 PDF.

    skip: labels of the first sheet that were used before (0-23). Raises GlyphMissing where a name
    cannot be printed, ValueError for no labels or another `skip`.
    """
    if not labels or skip not in range(PER_SHEET):
        raise ValueError("no labels, or no room for them")
    letters().check(*(text for label in labels for text in (label.slot, label.name)))
    places: list[TagLabel | None] = [*([None] * skip), *labels]
    sheets = [places[first : first + PER_SHEET] for first in range(0, len(places), PER_SHEET)]
    pages: list[Draw] = [partial(_sheet, words=words, labels=sheet) for sheet in sheets]
    heading = Heading(words("papers-tags-title"), facility, "")
    return render(words, heading, pages, framed=False)


def _sheet(page: Sheet, words: Words, labels: Sequence[TagLabel | None]) -> None:
    _cut_marks(page)
    for place, label in enumerate(labels):
        if label is not None:
            row, column = divmod(place, COLUMNS)
            _label(page, words, label, _LEFT + column * _LABEL_WIDTH, _TOP + row * _LABEL_HEIGHT)


def _label(page: Sheet, words: Words, label: TagLabel, x: float, y: float) -> None:
    side = _qr(page, label.code, x + 2.5 * mm, y)
    left = x + 2.5 * mm + side + 1 * mm
    middle = y + _LABEL_HEIGHT / 2
    room = x + _LABEL_WIDTH - 3 * mm - left
    short_size = min(19.0, 19.0 * room / letters().width(label.short, 19.0, bold=True))
    page.text(left, middle + 2 * mm, label.short, short_size, bold=True)
    if label.slot:
        page.text(left, middle + 9 * mm, words("papers-tags-slot", slot=label.slot), 10, ink=FAINT)
    for number, line in enumerate(reversed(broken(label.name, room, 9)[:2])):
        page.text(left, middle - (6 + 4 * number) * mm, line, 9)


def _qr(page: Sheet, code: str, x: float, top: float) -> float:
    """The code (error correction Q: a quarter may be dirty), in the middle of the label's height.

    Gives its side in points with the quiet zone around it.
    """
    modules = qr_modules(code)
    side = (len(modules) + 2 * QUIET) * _MODULE
    return draw_modules(page, modules, x, top + (_LABEL_HEIGHT - side) / 2, _MODULE)


def qr_modules(code: str) -> list[list[bool]]:
    """The squares of the QR code of `code`, row by row; version 2, 25 by 25 for a tag."""
    return modules_of(code, "Q", 2)


def _cut_marks(page: Sheet) -> None:
    """Short lines outside the labels, at the edges of the paper."""
    for column in range(COLUMNS + 1):
        x = min(max(_LEFT + column * _LABEL_WIDTH, 0.3 * mm), WIDTH - 0.3 * mm)
        page.line(x, _TOP - 7 * mm, x, _TOP - 2 * mm)
        page.line(x, HEIGHT - _TOP + 2 * mm, x, HEIGHT - _TOP + 7 * mm)
    for row in range(ROWS + 1):
        y = _TOP + row * _LABEL_HEIGHT
        for column in range(1, COLUMNS):
            x = _LEFT + column * _LABEL_WIDTH
            page.line(x - 1.2 * mm, y, x + 1.2 * mm, y)
        page.line(0.5 * mm, y, 2.5 * mm, y)
        page.line(WIDTH - 2.5 * mm, y, WIDTH - 0.5 * mm, y)
