"""Letters: the notice to a person (本人への通知), and a letter of authority (委任状)."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.units import mm

from facility_app.i18n import Words
from facility_app.reports.layout import Layout
from facility_app.reports.page import FAINT, WARNING, Heading


@dataclass(frozen=True)
class Tick:
    """Something to choose, chosen already or not."""

    text: str
    ticked: bool = False


@dataclass(frozen=True)
class Fields:
    """Labels with ruled lines; empty values are written by hand.  title: above them."""

    title: str
    pairs: tuple[tuple[str, str], ...]


Part = str | Tick | Fields
"""A paragraph, a choice, or a block of fields."""


@dataclass(frozen=True)
class Letter:
    """One letter.

    title: in large type; day: as it is shown, empty = to be filled in by hand; to, sender: lines;
    parts: in their order; draft: a sentence that says that it is one, in red above everything;
    small: what stands under it in small type.
    """

    title: str
    facility: str
    day: str
    to: tuple[str, ...] = ()
    sender: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    draft: str = ""
    small: tuple[str, ...] = ()


_LABEL = 44 * mm


def letter_pdf(words: Words, letter: Letter) -> bytes:
    """The letter as an A4 PDF.  Raises GlyphMissing."""
    layout = Layout()
    if letter.draft:
        layout.text(letter.draft, 10.5, bold=True, ink=WARNING)
        layout.gap(3 * mm)
    if letter.day:
        layout.text(letter.day, anchor="right")
    for line in letter.to:
        layout.text(line, 12, bold=True)
    layout.gap(3 * mm)
    for line in letter.sender:
        layout.text(line, anchor="right")
    layout.gap(6 * mm)
    layout.text(letter.title, 18, bold=True, anchor="middle")
    layout.gap(7 * mm)
    for part in letter.parts:
        _draw(layout, part)
    layout.gap(5 * mm)
    for line in letter.small:
        layout.text(line, 8.5, ink=FAINT)
    return layout.pdf(words, Heading(letter.title, letter.facility, letter.day))


def _draw(layout: Layout, part: Part) -> None:
    match part:
        case Tick(text, ticked):
            layout.tick(text, ticked=ticked, left=4 * mm)
            layout.gap(1.5 * mm)
        case Fields(title, pairs):
            layout.need(22 * mm)
            layout.gap(3 * mm)
            layout.text(title, 11, bold=True)
            for label, value in pairs:
                layout.field(label, value, left=4 * mm, label_width=_LABEL)
            layout.gap(4 * mm)
        case str():
            layout.text(part)
            layout.gap(3 * mm)
