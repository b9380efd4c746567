"""受診準備シート: one resident, one visit, on A4 in large type; for the escort to hold at the desk.

What to bring, the ways in order with the sentence to say, the burden ratio and where it comes from,
and whom to call.  It promises nothing and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    Heading,
    Sheet,
    broken,
    render,
)
from facility_app.reports.stack import Brick, sheets_of

_TOP = 20.5 * mm
_BOTTOM = HEIGHT - 16.5 * mm
_RIGHT = WIDTH - MARGIN
_ROOM = _RIGHT - MARGIN
_BOX = 4.2 * mm
_INDENT = 12 * mm
_CHIP = 25 * mm
_COLUMN = _ROOM / 2
_NAME, _NAME_SMALLEST = 26.0, 17.0
_NAME_ROOM = 112 * mm
_HONORIFIC = 13 * mm
"""Beside the name, and inside its room: what stands at the right begins behind it."""
_LARGE = 3
"""So many ways stand in large type."""


Thing = tuple[str, str]
"""Something to bring, and what is to be known about it (may be empty)."""


@dataclass(frozen=True)
class SheetStep:
    """One way.  state: whether it is left for sure, and `sure` the same for the eye; notes: what is
    to be minded; cannot: what it cannot do; source: where the rule comes from."""

    name: str
    state: str
    sure: bool
    say: str
    notes: Sequence[str]
    cannot: Sequence[str]
    source: str


@dataclass(frozen=True)
class VisitSheet:
    """What stands on the sheet, in words.  facts: label and value, two beside each other; glyphs:
    the warning about ●; first: why the first way comes first; empty texts are left out."""

    facility: str
    day: str
    name: str
    kana: str
    person: str
    pouch: str
    facts: Sequence[tuple[str, str]]
    glyphs: str
    things: Sequence[Thing]
    steps: Sequence[SheetStep]
    first: str
    blocked: str
    closed: Sequence[str]
    warnings: Sequence[str]
    ratio: str
    ratio_note: str
    calls: Sequence[tuple[str, str]]


def visit_sheet(words: Words, facts: VisitSheet) -> bytes:
    """The sheet as an A4 PDF.  Raises GlyphMissing for what no font can print."""
    letters().check(facts.facility, facts.name, facts.kana, facts.person)
    heading = Heading(words("papers-visit-title"), facts.facility, facts.day)
    return render(words, heading, sheets_of(_bricks(words, facts), _TOP, _BOTTOM))


def _bricks(words: Words, facts: VisitSheet) -> Iterator[Brick]:
    """What the desk asks for stands on the first page; what explains it may follow."""
    yield _person(words, facts)
    if facts.glyphs:
        yield _framed([facts.glyphs], 12)
    yield from _grid(facts.facts)
    if facts.blocked:
        yield _framed([facts.blocked], 16)
    if facts.warnings:
        yield _framed(facts.warnings, 11)
    yield _head(words("papers-visit-things"))
    yield from _ticks(facts.things)
    yield _money_and_calls(words, facts)
    yield from _ways(words, facts)
    if facts.closed:
        yield _line(words("papers-visit-closed", ways=list(facts.closed)), 8.5)
    yield _line(words("papers-visit-no-promise"), 9)
    if facts.steps:
        listed = [f"{number} {step.source}" for number, step in enumerate(facts.steps, 1)]
        yield _line(words("papers-visit-sources", sources=listed), 6.5)


# --- the person and the visit ---------------------------------------------------------------------


def _person(words: Words, facts: VisitSheet) -> Brick:
    """The name as large as it fits on one line; a very long one in several lines."""
    whole = letters().width(facts.name, 1.0, bold=True)
    room = _NAME_ROOM - _HONORIFIC
    size = max(_NAME_SMALLEST, min(_NAME, room / max(whole, 1e-6)))
    names = broken(facts.name, room, size, bold=True)
    kana = broken(facts.kana, _NAME_ROOM, 12) if facts.kana else []
    top = 9 * mm + len(kana) * 5.4 * mm
    height = top + len(names) * size * 1.25 + 3 * mm

    def lay(sheet: Sheet, y: float) -> None:
        sheet.text(MARGIN, y + 6 * mm, words("papers-visit-title"), 15, bold=True)
        sheet.text(_RIGHT, y + 6 * mm, facts.pouch, 15, bold=True, anchor="right")
        for number, line in enumerate(kana):
            sheet.text(MARGIN, y + (14 + 5.4 * number) * mm, line, 12)
        wide = 0.0
        for number, line in enumerate(names):
            wide = sheet.text(
                MARGIN, y + top + size * (1.05 + 1.25 * number), line, size, bold=True
            )
        last = y + top + size * (1.05 + 1.25 * (len(names) - 1))
        sheet.text(MARGIN + wide + 2 * mm, last, words("papers-visit-san"), 14)
        for number, line in enumerate(broken(facts.person, _RIGHT - MARGIN - _NAME_ROOM, 11)):
            sheet.text(_RIGHT, y + (14 + 5.6 * number) * mm, line, 11, anchor="right")

    return Brick(max(height, 26 * mm), lay)


def _grid(pairs: Sequence[tuple[str, str]]) -> Iterator[Brick]:
    """Two facts beside each other; a long one takes lines of its own column."""
    for start in range(0, len(pairs), 2):
        row = [(label, broken(value, _COLUMN - 6 * mm, 15)) for label, value in pairs[start:][:2]]
        height = 5.2 * mm + max(len(lines) for _, lines in row) * 6.4 * mm

        def lay(sheet: Sheet, y: float, row: Sequence[tuple[str, list[str]]] = row) -> None:
            sheet.line(MARGIN, y, _RIGHT, y)
            for column, (label, lines) in enumerate(row):
                left = MARGIN + column * _COLUMN
                sheet.text(left, y + 4 * mm, label, 9, ink=FAINT)
                for number, line in enumerate(lines):
                    sheet.text(left, y + (9.8 + 6.4 * number) * mm, line, 15, bold=True)

        yield Brick(height, lay)


def _framed(texts: Sequence[str], size: float) -> Brick:
    """Sentences in a strong frame with a mark, so that they are seen in black and white too."""
    room = _ROOM - 14 * mm
    lines = [
        (number == 0, line)
        for text in texts
        for number, line in enumerate(broken(text, room, size, bold=True))
    ]
    step = size * 1.5
    height = len(lines) * step + 4 * mm

    def lay(sheet: Sheet, y: float) -> None:
        sheet.box(MARGIN, y + 1.5 * mm, _ROOM, height, line=INK, thick=1.4, radius=1.5 * mm)
        base = y + 3.5 * mm + size
        for number, (begins, line) in enumerate(lines):
            if begins:
                sheet.text(MARGIN + 3.5 * mm, base + number * step, "▲", size, bold=True)
            sheet.text(MARGIN + 10 * mm, base + number * step, line, size, bold=True)

    return Brick(height + 4 * mm, lay)


# --- what to bring --------------------------------------------------------------------------------


def _head(text: str) -> Brick:
    def lay(sheet: Sheet, y: float) -> None:
        sheet.fill(MARGIN, y + 2 * mm, 2 * mm, 5.5 * mm)
        sheet.text(MARGIN + 4 * mm, y + 6.3 * mm, text, 13, bold=True)

    return Brick(9.2 * mm, lay, joined=True)


def _ticks(things: Sequence[Thing]) -> Iterator[Brick]:
    """Boxes to tick by hand, two beside each other; a note stands under its thing."""
    room = _COLUMN - 10 * mm
    for start in range(0, len(things), 2):
        row = [
            (broken(name, room, 12.5, bold=True), _at(note, room, 9))
            for name, note in things[start : start + 2]
        ]
        height = max(len(names) * 6 * mm + len(notes) * 4.2 * mm for names, notes in row) + 1.4 * mm
        yield Brick(height, partial(_tick_row, row=row))


def _tick_row(sheet: Sheet, y: float, row: Sequence[tuple[list[str], list[str]]]) -> None:
    for column, (names, notes) in enumerate(row):
        left = MARGIN + column * _COLUMN
        sheet.box(left, y + 0.8 * mm, _BOX, _BOX, line=INK, thick=0.9)
        base = y + 4.6 * mm
        for line in names:
            sheet.text(left + 7 * mm, base, line, 12.5, bold=True)
            base += 6 * mm
        base -= 1.6 * mm
        for line in notes:
            sheet.text(left + 7 * mm, base, line, 9)
            base += 4.2 * mm


# --- what is paid, and whom to call ---------------------------------------------------------------


def _money_and_calls(words: Words, facts: VisitSheet) -> Brick:
    """Two boxes beside each other: the burden ratio with its day, and telephones."""
    wide = _COLUMN - 3 * mm
    notes = _at(facts.ratio_note, wide - 6 * mm, 9.5)
    ratio = broken(facts.ratio, wide - 6 * mm, 18, bold=True)
    left_height = 9 * mm + len(ratio) * 8 * mm + len(notes) * 4.6 * mm
    calls = [(broken(label, wide - 6 * mm, 9.5), number) for label, number in facts.calls]
    right_height = 8 * mm + sum(len(labels) * 4.2 * mm + 7 * mm for labels, _ in calls)
    height = max(left_height, right_height) + 1 * mm

    def lay(sheet: Sheet, y: float) -> None:
        for column, title in enumerate(("papers-visit-ratio", "papers-visit-calls")):
            left = MARGIN + column * (_COLUMN + 1.5 * mm)
            sheet.box(left, y + 2 * mm, wide + 1.5 * mm, height, line=INK, thick=0.8, radius=4)
            sheet.text(left + 3 * mm, y + 7.4 * mm, words(title), 11, bold=True)
        base = y + 15.5 * mm
        for line in ratio:
            sheet.text(MARGIN + 3 * mm, base, line, 18, bold=True)
            base += 8 * mm
        base -= 2 * mm
        for line in notes:
            sheet.text(MARGIN + 3 * mm, base, line, 9.5)
            base += 4.6 * mm
        _calls(sheet, MARGIN + _COLUMN + 4.5 * mm, y + 12.4 * mm, calls)

    return Brick(height + 4 * mm, lay)


def _calls(sheet: Sheet, x: float, base: float, calls: Sequence[tuple[list[str], str]]) -> None:
    for labels, number in calls:
        for line in labels:
            sheet.text(x, base, line, 9.5)
            base += 4.2 * mm
        sheet.text(x, base + 1.4 * mm, number, 15, bold=True)
        base += 7 * mm


# --- the ways -------------------------------------------------------------------------------------


def _ways(words: Words, facts: VisitSheet) -> Iterator[Brick]:
    yield _head(words("papers-visit-ways"))
    if facts.first:
        yield Brick(*_text_brick(words("papers-visit-first", why=facts.first), 11), joined=True)
    for number, step in enumerate(facts.steps, 1):
        yield _way(words, number, step)


def _way(words: Words, number: int, step: SheetStep) -> Brick:
    """Number, name, state; the sentence to say; what to mind; what it cannot do.

    The ways that are tried first are the largest.
    """
    far = number > _LARGE
    name, say, note = (13.0, 11.5, 9.5) if far else (15.0, 14.0, 11.0)
    room = _ROOM - _INDENT - 2 * mm
    parts = [(line, say, False) for line in _at(step.say, room, say)]
    parts += [(line, note, True) for text in step.notes for line in _at(text, room, note)]
    if step.cannot:
        listed = words("papers-visit-cannot", what=list(step.cannot))
        parts += [(line, 9.0, False) for line in _at(listed, room, 9.0)]
    head = 7.4 * mm if far else 8.4 * mm
    height = head + sum(size * 1.38 for _, size, _ in parts) + 2.4 * mm

    def lay(sheet: Sheet, y: float) -> None:
        thick = 1.6 if number == 1 else 0.5
        sheet.box(MARGIN, y + 0.8 * mm, _ROOM, height - 1.2 * mm, line=INK, thick=thick, radius=4)
        base = y + head - 1.4 * mm
        sheet.text(MARGIN + 6 * mm, base, str(number), name + 2, bold=True, anchor="middle")
        sheet.text(MARGIN + _INDENT, base, step.name, name, bold=True)
        _chip(sheet, y + (0 if far else 0.7 * mm), step)
        base = y + head
        for text, size, bold in parts:
            base += size * 1.38
            sheet.text(MARGIN + _INDENT, base, text, size, bold=bold)

    return Brick(height, lay)


def _chip(sheet: Sheet, y: float, step: SheetStep) -> None:
    """A round mark for a way that is left for sure, a dashed frame for one to be checked."""
    text = f"{'○' if step.sure else '？'} {step.state}"
    wide = max(_CHIP, letters().width(text, 10.5, bold=True) + 6 * mm)
    left, top = _RIGHT - wide - 2.5 * mm, y + 1.9 * mm
    dash = () if step.sure else (2.0, 2.0)
    sheet.box(left, top, wide, 5.8 * mm, line=INK, thick=1.1, radius=2.8 * mm, dash=dash)
    sheet.text(left + wide / 2, top + 4.3 * mm, text, 10.5, bold=True, anchor="middle")


# --- small things ---------------------------------------------------------------------------------


def _at(text: str, room: float, size: float) -> list[str]:
    return broken(text, room, size) if text else []


def _text_brick(text: str, size: float, bold: bool = False) -> tuple[float, partial[None]]:
    lines = broken(text, _ROOM, size, bold=bold)
    height = len(lines) * size * 1.5 + 1.5
    return height, partial(_lines, lines=lines, size=size, bold=bold)


def _line(text: str, size: float, bold: bool = False) -> Brick:
    return Brick(*_text_brick(text, size, bold))


def _lines(sheet: Sheet, y: float, lines: Sequence[str], size: float, bold: bool) -> None:
    for number, line in enumerate(lines):
        sheet.text(MARGIN, y + size * (1.2 + 1.5 * number), line, size, bold=bold)
