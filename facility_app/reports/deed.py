"""Papers that two sides sign: the agreement to custody (預かり同意書・預かり証) and the receipt.

Each copy (利用者用, 施設控) says on every sheet whose it is; its pages are counted by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from reportlab.lib.units import mm

from facility_app.i18n import Words
from facility_app.reports.fonts import letters
from facility_app.reports.layout import ROOM, Layout
from facility_app.reports.letter import Tick
from facility_app.reports.page import FAINT, INK, MARGIN, WIDTH, Draw, Heading, Sheet, frame, render

_NUMBER = 8 * mm
_LABEL = 36 * mm
_BOX = 15 * mm
_SIZE = 10


@dataclass(frozen=True)
class Thing:
    """One thing, named so that it cannot be taken for another.

    name: in bold; facts: under it; ticks: what is compared by eye when it changes hands.
    """

    name: str
    facts: str
    ticks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clause:
    """One article: title, sentences, choices."""

    title: str
    text: str = ""
    ticks: tuple[Tick, ...] = ()


@dataclass(frozen=True)
class SignBox:
    """A field to be signed: who, what is known of it, and what is written by hand."""

    label: str
    value: str = ""


@dataclass(frozen=True)
class Deed:
    """The paper.

    copies: one word for each copy; facts: labels and values above the things; closing: a sentence
    over the signatures; small: in small type under them.
    """

    title: str
    facility: str
    number: str
    day: str
    copies: tuple[str, ...]
    opening: str
    facts: tuple[tuple[str, str], ...]
    things_title: str
    things: tuple[Thing, ...]
    clauses: tuple[Clause, ...]
    closing: str
    signatures: tuple[SignBox, ...]
    small: tuple[str, ...] = ()


def deed_pdf(words: Words, deed: Deed) -> bytes:
    """All copies one after the other, as an A4 PDF.  Raises GlyphMissing."""
    letters().check(deed.facility, *(value for _label, value in deed.facts))
    pages: list[Draw] = []
    for copy in deed.copies:
        heading = Heading(f"{deed.title}  {copy}", deed.facility, deed.number)
        sheets = _copy(deed, copy)
        pages += [
            partial(_framed, words=words, heading=heading, number=n, count=len(sheets), inner=inner)
            for n, inner in enumerate(sheets, 1)
        ]
    return render(words, Heading(deed.title, deed.facility, deed.day), pages, framed=False)


def _framed(
    sheet: Sheet, words: Words, heading: Heading, number: int, count: int, inner: Draw
) -> None:
    frame(sheet, words, heading, number, count)
    inner(sheet)


def _copy(deed: Deed, copy: str) -> list[Draw]:
    layout = Layout()
    _head(layout, deed, copy)
    layout.text(deed.opening, _SIZE)
    layout.gap(2 * mm)
    for label, value in deed.facts:
        _row(layout, label, value)
    _section(layout, deed.things_title)
    for number, thing in enumerate(deed.things, 1):
        _thing(layout, number, thing)
    layout.rule()
    for clause in deed.clauses:
        _clause(layout, clause)
    _signatures(layout, deed)
    for line in deed.small:
        layout.text(line, 8.5, ink=FAINT)
    return layout.pages()


def _head(layout: Layout, deed: Deed, copy: str) -> None:
    """The title, whose copy it is in a box beside it, and the day."""
    width = letters().width(copy, 11, bold=True) + 6 * mm
    layout.draw(partial(_mark, text=copy, width=width, y=layout.y))
    layout.text(deed.title, 17, bold=True, width=ROOM - width - 4 * mm)
    layout.gap(1 * mm)
    layout.text(deed.day, _SIZE, anchor="right")
    layout.gap(1 * mm)


def _mark(sheet: Sheet, text: str, width: float, y: float) -> None:
    left = WIDTH - MARGIN - width
    sheet.box(left, y, width, 8 * mm, line=INK, thick=1)
    sheet.text(left + width / 2, y + 5.5 * mm, text, 11, bold=True, anchor="middle")


def _row(layout: Layout, label: str, value: str) -> None:
    layout.need(9 * mm)
    top = layout.y
    layout.draw(
        partial(Sheet.text, x=MARGIN, y=top + _SIZE * 1.15, text=label, size=9.5, ink=FAINT)
    )
    layout.text(value or " ", _SIZE, left=_LABEL)
    layout.gap(0.8 * mm)
    layout.rule()
    layout.gap(0.8 * mm)


def _section(layout: Layout, title: str) -> None:
    layout.need(18 * mm)
    layout.gap(3 * mm)
    layout.text(title, 11, bold=True)
    layout.gap(1 * mm)


def _thing(layout: Layout, number: int, thing: Thing) -> None:
    left = _NUMBER
    height = layout.height(thing.name, _SIZE, left, bold=True)
    height += layout.height(thing.facts, 9, left) + (8 * mm if thing.ticks else 2 * mm)
    layout.need(height)
    layout.rule()
    layout.gap(1 * mm)
    base = layout.y + _SIZE * 1.15
    layout.draw(partial(Sheet.text, x=MARGIN + 1 * mm, y=base, text=str(number), size=_SIZE))
    layout.text(thing.name, _SIZE, left=left, bold=True)
    if thing.facts:
        layout.text(thing.facts, 9, left=left)
    if thing.ticks:
        _beside(layout, thing.ticks, left)
    layout.gap(1 * mm)


def _beside(layout: Layout, ticks: Sequence[str], left: float) -> None:
    """Boxes to tick, one beside the other; the next line where they do not fit."""
    x, box = left, 3.4 * mm
    layout.gap(4.8 * mm)
    for text in ticks:
        wide = letters().width(text, 9) + box + 7 * mm
        if x > left and x + wide > ROOM:
            x = left
            layout.gap(4.8 * mm)
        at, base = MARGIN + x, layout.y
        layout.draw(partial(Sheet.box, x=at, y=base - box, width=box, height=box, line=INK))
        layout.draw(
            partial(Sheet.text, x=at + box + 1.2 * mm, y=base - 0.4 * mm, text=text, size=9)
        )
        x += wide


def _clause(layout: Layout, clause: Clause) -> None:
    layout.need(_clause_height(layout, clause))
    layout.gap(2 * mm)
    layout.text(clause.title, _SIZE, bold=True)
    if clause.text:
        layout.text(clause.text, 9.5, left=4 * mm)
    for tick in clause.ticks:
        layout.gap(0.6 * mm)
        layout.tick(tick.text, ticked=tick.ticked, left=4 * mm, size=9.5)


def _clause_height(layout: Layout, clause: Clause) -> float:
    """How high a clause is; a question never stands on another sheet than its answers."""
    height: float = 2 * mm + layout.height(clause.title, _SIZE, bold=True)
    height += layout.height(clause.text, 9.5, 4 * mm) if clause.text else 0.0
    for tick in clause.ticks:
        height += 0.6 * mm + layout.height(tick.text, 9.5, 10 * mm)
    return height


def _signatures(layout: Layout, deed: Deed) -> None:
    """The sentence and the fields to be signed, all on one sheet."""
    layout.need(
        10 * mm + layout.height(deed.closing, _SIZE) + len(deed.signatures) * (_BOX + 1 * mm)
    )
    layout.gap(4 * mm)
    layout.text(deed.closing, _SIZE)
    layout.gap(2 * mm)
    for box in deed.signatures:
        layout.draw(partial(_sign_box, y=layout.y, box=box))
        layout.gap(_BOX)
    layout.gap(2 * mm)


def _sign_box(sheet: Sheet, y: float, box: SignBox) -> None:
    sheet.box(MARGIN, y, ROOM, _BOX, line=INK)
    sheet.line(MARGIN + 46 * mm, y, MARGIN + 46 * mm, y + _BOX, INK)
    size = 9.5
    while letters().width(box.label, size) > 42 * mm and size > 6:
        size -= 0.5
    sheet.text(MARGIN + 2 * mm, y + 9 * mm, box.label, size)
    sheet.text(MARGIN + 48 * mm, y + 4.6 * mm, box.value, 8.5, ink=FAINT)
