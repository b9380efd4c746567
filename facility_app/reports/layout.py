"""Sheets that are filled from top to bottom: what does not fit goes on the next one.

For papers of a few pages that are held in memory: letters and checklists.  Reports with many rows
are streamed instead (`flow`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from facility_app.i18n import Words
from facility_app.reports.fonts import letters
from facility_app.reports.page import (
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

Part = Callable[[Sheet], object]
"""What is drawn on a sheet."""

TOP = 26 * mm
BOTTOM = HEIGHT - 20 * mm
ROOM: float = WIDTH - 2 * MARGIN
_LEADING = 1.5


class Layout:
    """Collects what is drawn; positions in points from the top left corner of a sheet."""

    def __init__(self) -> None:
        self._pages: list[list[Part]] = [[]]
        self.y: float = TOP

    def need(self, height: float) -> None:
        """Go to the next sheet where fewer than `height` points are left on this one."""
        if self.y + height > BOTTOM and self.y > TOP:
            self._pages.append([])
            self.y = TOP

    def gap(self, height: float) -> None:
        """Leave room."""
        self.y += height

    def draw(self, what: Part) -> None:
        """Draw something on this sheet, wherever it likes."""
        self._pages[-1].append(what)

    def text(
        self,
        text: str,
        size: float = 10.5,
        *,
        bold: bool = False,
        ink: HexColor = INK,
        left: float = 0,
        width: float | None = None,
        anchor: str = "left",
    ) -> None:
        """A paragraph, broken to `width`, `left` points from the margin.

        anchor: ``left``, ``middle`` or ``right`` of the room that it has.
        """
        room = ROOM - left if width is None else width
        x = MARGIN + left + {"left": 0.0, "middle": room / 2, "right": room}[anchor]
        for line in broken(text, room, size, bold=bold):
            self.need(size * _LEADING)
            self.y += size * _LEADING
            self.draw(
                partial(
                    Sheet.text,
                    x=x,
                    y=self.y - size * 0.35,
                    text=line,
                    size=size,
                    bold=bold,
                    ink=ink,
                    anchor=anchor,
                )
            )

    def height(self, text: str, size: float, left: float = 0, *, bold: bool = False) -> float:
        """How high a paragraph will be."""
        return float(len(broken(text, ROOM - left, size, bold=bold)) * size * _LEADING)

    def field(self, label: str, value: str = "", *, left: float = 0, label_width: float) -> None:
        """A label and a ruled line for a value; long values take several lines."""
        size, x = 10.5, MARGIN + left + label_width
        lines = broken(value, WIDTH - MARGIN - x, size) if value else [""]
        for number, line in enumerate(lines):
            self.need(9 * mm)
            self.y += 9 * mm
            if number == 0:
                self.draw(partial(Sheet.text, x=MARGIN + left, y=self.y, text=label, size=9.5))
            if line:
                self.draw(partial(Sheet.text, x=x, y=self.y, text=line, size=size))
            self.draw(
                partial(
                    Sheet.line,
                    x1=x,
                    y1=self.y + 1.6 * mm,
                    x2=WIDTH - MARGIN,
                    y2=self.y + 1.6 * mm,
                )
            )

    def tick(self, text: str, *, ticked: bool = False, left: float = 0, size: float = 10.5) -> None:
        """A box to tick, with the text beside it."""
        box = 3.6 * mm
        self.need(size * _LEADING)
        top = self.y + size * _LEADING - size * 0.35 - box + 0.6 * mm
        self.draw(partial(Sheet.box, x=MARGIN + left, y=top, width=box, height=box, line=INK))
        if ticked:
            self.draw(partial(_cross, x=MARGIN + left, y=top, box=box))
        self.text(text, size, left=left + box + 2 * mm)

    def rule(self) -> None:
        """A thin line over the whole width."""
        self.draw(partial(Sheet.line, x1=MARGIN, y1=self.y, x2=WIDTH - MARGIN, y2=self.y))

    def pages(self) -> list[Draw]:
        """Each sheet as one drawing."""
        return [partial(_drawn, parts=parts) for parts in self._pages]

    def pdf(self, words: Words, heading: Heading) -> bytes:
        """The sheets as a PDF.  Raises GlyphMissing."""
        return render(words, heading, self.pages())


def _drawn(sheet: Sheet, parts: Sequence[Part]) -> None:
    for part in parts:
        part(sheet)


def _cross(sheet: Sheet, x: float, y: float, box: float) -> None:
    sheet.line(x + 1, y + 1, x + box - 1, y + box - 1, INK)
    sheet.line(x + box - 1, y + 1, x + 1, y + box - 1, INK)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is, in points."""
    return float(letters().width(text, size, bold=bold))
