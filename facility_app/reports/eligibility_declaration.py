"""被保険者資格申立書: prefilled from the register, for a desk that can read nothing.

The fields are those of the form of 2023 (domain facts §4.3).  Nothing is ticked that nobody knows:
an empty box is left to the person who signs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportlab.lib.units import mm

from facility_app.i18n import Words
from facility_app.reports.fonts import letters
from facility_app.reports.page import (
    FAINT,
    HEIGHT,
    INK,
    MARGIN,
    WIDTH,
    Heading,
    Sheet,
    broken,
    render,
)
from facility_app.reports.stack import Brick, sheets_of

_TOP = 20 * mm
_BOTTOM = HEIGHT - 16 * mm
_RIGHT = WIDTH - MARGIN
_LABEL = 46 * mm
_ROOM = _RIGHT - MARGIN - _LABEL - 6 * mm
_BOX = 4 * mm
_SIZE = 13.0

VALID = ("yes", "no")
KINDS = ("shaho", "kokuho", "kouki", "other", "unknown")
ISSUED = ("within-month", "before", "unknown")
TENTHS = ("3", "2", "1", "unknown")
SEXES = ("male", "female")
"""What can be ticked in each field, in the form's order."""


@dataclass(frozen=True)
class Declaration:
    """What is known.  valid, kind, issued, tenths, sex: which of the boxes above is ticked, empty =
    none; texts may be empty and are then filled in by hand.  glyphs: the warning about ●."""

    facility: str
    day: str
    valid: str
    kind: str
    insurer: str
    employer: str
    issued: str
    tenths: str
    name: str
    kana: str
    birth: str
    sex: str
    address: str
    residence: str
    phone: str
    glyphs: str


def eligibility_declaration(words: Words, facts: Declaration) -> bytes:
    """The form as an A4 PDF.  Raises GlyphMissing; ValueError for a box that is not on the form."""
    for ticked, boxes in (
        (facts.valid, VALID),
        (facts.kind, KINDS),
        (facts.issued, ISSUED),
        (facts.tenths, TENTHS),
        (facts.sex, SEXES),
    ):
        if ticked and ticked not in boxes:
            raise ValueError(ticked)
    letters().check(facts.name, facts.kana, facts.address, facts.residence, facts.insurer)
    heading = Heading(words("papers-declaration-title"), facts.facility, facts.day)
    return render(words, heading, sheets_of(_bricks(words, facts), _TOP, _BOTTOM))


def _bricks(words: Words, facts: Declaration) -> Iterator[Brick]:
    yield _title(words("papers-declaration-title"))
    yield _sentence(words("papers-declaration-what"), 10)
    yield _sentence(words("papers-declaration-note"), 9)
    yield _choice(words, "valid", VALID, facts.valid)
    yield _choice(words, "kind", KINDS, facts.kind)
    yield _text(words, "insurer", facts.insurer)
    yield _text(words, "employer", facts.employer)
    yield _choice(words, "issued", ISSUED, facts.issued)
    yield _choice(words, "tenths", TENTHS, facts.tenths)
    yield _text(words, "kana", facts.kana)
    yield _text(words, "name", facts.name, size=18)
    yield _text(words, "birth", facts.birth)
    yield _choice(words, "sex", SEXES, facts.sex)
    yield _text(words, "address", facts.address, least=2)
    yield _text(words, "residence", facts.residence, least=2)
    yield _sentence(words("papers-declaration-truth"), 11)
    for key in ("on", "signed", "relation"):
        yield _text(words, key, "", size=16)
    yield _text(words, "phone", facts.phone, size=15)
    if facts.glyphs:
        yield _sentence(facts.glyphs, 9.5, bold=True)


def _title(text: str) -> Brick:
    def lay(sheet: Sheet, y: float) -> None:
        sheet.text(WIDTH / 2, y + 9 * mm, text, 20, bold=True, anchor="middle")

    return Brick(13 * mm, lay)


def _sentence(text: str, size: float, bold: bool = False) -> Brick:
    lines = broken(text, _RIGHT - MARGIN, size, bold=bold)

    def lay(sheet: Sheet, y: float) -> None:
        for number, line in enumerate(lines):
            sheet.text(MARGIN, y + size * (1.5 + 1.5 * number), line, size, bold=bold)

    return Brick(len(lines) * size * 1.5 + 2 * mm, lay)


def _choice(words: Words, field: str, boxes: Sequence[str], ticked: str) -> Brick:
    """Boxes on as many lines as they need."""
    placed: list[tuple[int, float, str, bool]] = []
    row, x = 0, 0.0
    for box in boxes:
        text = words(f"papers-declaration-{field}-{box}")
        wide = _BOX + 2 * mm + letters().width(text, _SIZE) + 6 * mm
        if x and x + wide > _ROOM + 6 * mm:
            row, x = row + 1, 0.0
        placed.append((row, x, text, box == ticked))
        x += wide
    height = (row + 1) * 7.6 * mm + 2.6 * mm
    left = MARGIN + _LABEL + 3 * mm

    def lay(sheet: Sheet, y: float) -> None:
        _frame(sheet, words, field, y, height)
        for line, across, text, is_ticked in placed:
            base = y + 6.6 * mm + line * 7.6 * mm
            sheet.box(left + across, base - 3.6 * mm, _BOX, _BOX, line=INK, thick=0.9)
            if is_ticked:
                _tick(sheet, left + across, base - 3.6 * mm)
            sheet.text(left + across + _BOX + 2 * mm, base, text, _SIZE, bold=is_ticked)

    return Brick(height, lay)


def _tick(sheet: Sheet, x: float, y: float) -> None:
    """A tick that is seen from afar."""
    canvas = sheet.canvas
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1.6)
    points = ((0.6, 2.0), (1.7, 3.3), (4.4, -0.5))
    for (x1, y1), (x2, y2) in pairwise(points):
        canvas.line(x + x1 * mm, HEIGHT - y - y1 * mm, x + x2 * mm, HEIGHT - y - y2 * mm)


def _text(words: Words, field: str, value: str, *, size: float = _SIZE, least: int = 1) -> Brick:
    """A value, or an empty row of the same height for writing by hand."""
    lines = broken(value, _ROOM, size, bold=True) if value else []
    height = max(len(lines), least) * size * 1.45 + 3.6 * mm

    def lay(sheet: Sheet, y: float) -> None:
        _frame(sheet, words, field, y, height)
        for number, line in enumerate(lines):
            base = y + 1.4 * mm + size * (1.2 + 1.45 * number)
            sheet.text(MARGIN + _LABEL + 3 * mm, base, line, size, bold=True)

    return Brick(height, lay)


def _frame(sheet: Sheet, words: Words, field: str, y: float, height: float) -> None:
    label = words(f"papers-declaration-{field}")
    sheet.box(MARGIN, y, _RIGHT - MARGIN, height, line=INK, thick=0.5)
    sheet.line(MARGIN + _LABEL, y, MARGIN + _LABEL, y + height, INK)
    for number, line in enumerate(broken(label, _LABEL - 4 * mm, 10.5)):
        sheet.text(MARGIN + 2 * mm, y + (5.8 + 4.6 * number) * mm, line, 10.5, ink=FAINT)
