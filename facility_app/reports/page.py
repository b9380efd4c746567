"""Sheets of paper: A4, header, footer with "page n of m", text that is checked before it is drawn.

The same content gives the same bytes: no clock, no random id goes into the file.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from facility_app.i18n import Words
from facility_app.reports.fonts import REGULAR, clusters, letters

WIDTH, HEIGHT = A4
MARGIN = 18 * mm
INK = HexColor("#1a1a1a")
FAINT = HexColor("#626264")
LINE = HexColor("#b3b3b3")
WARNING = HexColor("#ce0000")
_SMALLEST = 5.0
_NO_LINE_START = "、。，．・：；？）」』】〕〉》ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々)]},.:;"


@dataclass(frozen=True)
class Heading:
    """What stands on every sheet: the paper's name, the facility, the day (as it is shown)."""

    title: str
    facility: str
    day: str


class Sheet:
    """One page; positions in points from its top left corner."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 10.5,
        *,
        bold: bool = False,
        ink: HexColor = INK,
        anchor: str = "left",
    ) -> float:
        """Draw one line with its baseline at `y`; gives its width.  Raises GlyphMissing.

        anchor: ``left``, ``middle`` or ``right``.
        """
        width = letters().width(text, size, bold=bold)
        left = x - {"left": 0.0, "middle": width / 2, "right": width}[anchor]
        drawn = self.canvas.beginText(left, HEIGHT - y)
        drawn.setFillColor(ink)
        for font, run in letters().runs(text, bold=bold):
            drawn.setFont(font, size)
            drawn.textOut(run)
        self.canvas.drawText(drawn)
        return width

    def paragraph(
        self, x: float, y: float, text: str, width: float, size: float = 10.5, *, bold: bool = False
    ) -> float:
        """Draw `text` broken to `width`, its first baseline at `y`; gives the next baseline."""
        for line in broken(text, width, size, bold=bold):
            self.text(x, y, line, size, bold=bold)
            y += size * 1.6
        return y

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        line: HexColor = LINE,
        thick: float = 0.6,
        radius: float = 0,
        dash: Sequence[float] = (),
    ) -> None:
        """A frame whose top left corner is at (x, y)."""
        self.canvas.setStrokeColor(line)
        self.canvas.setLineWidth(thick)
        self.canvas.setDash(list(dash))
        self.canvas.roundRect(x, HEIGHT - y - height, width, height, radius, stroke=1, fill=0)
        self.canvas.setDash([])

    def line(self, x1: float, y1: float, x2: float, y2: float, ink: HexColor = LINE) -> None:
        """A thin straight line."""
        self.canvas.setStrokeColor(ink)
        self.canvas.setLineWidth(0.4)
        self.canvas.line(x1, HEIGHT - y1, x2, HEIGHT - y2)

    def fill(self, x: float, y: float, width: float, height: float, ink: HexColor = INK) -> None:
        """A filled rectangle whose top left corner is at (x, y)."""
        self.canvas.setFillColor(ink)
        self.canvas.rect(x, HEIGHT - y - height, width, height, stroke=0, fill=1)


Draw = Callable[[Sheet], None]


def broken(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """`text` in lines of at most `width` points.

    Latin words stay whole where they fit, and no line begins with a closing mark (行頭禁則).
    Raises GlyphMissing with the line of `text` that cannot be printed.
    """
    for line in text.split("\n"):
        letters().runs(line, bold=bold)
    return broken_by(text, width, lambda piece: letters().width(piece, size, bold=bold))


def broken_by(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """`broken` with another way to measure; widths are added up, there is no kerning."""
    lines: list[str] = []
    for part in text.split("\n"):
        line, used = "", 0.0
        for piece in _fitting(_pieces(part), width, measure):
            if line and used + measure(piece.rstrip()) > width:
                lines.append(line.rstrip())
                line, used = "", 0.0
            line += piece
            used += measure(piece)
        lines.append(line.rstrip())
    return lines


def _fitting(pieces: list[str], width: float, measure: Callable[[str], float]) -> Iterator[str]:
    """The pieces; one that is wider than a line in single characters."""
    for piece in pieces:
        if len(piece) > 1 and measure(piece.rstrip()) > width:
            yield from clusters(piece)
        else:
            yield piece


def _pieces(text: str) -> list[str]:
    """What stays together: Latin words with the blank after them, a character with its marks."""
    pieces: list[str] = []
    for char in text:
        last = pieces[-1] if pieces else ""
        latin = char.isascii() and not char.isspace()
        joins = (latin and last and last[-1].isascii() and not last[-1].isspace()) or (
            last and (char in _NO_LINE_START or char == " " or "\ufe00" <= char <= "\ufe0f")
        )
        if last and (joins or ord(char) >= 0xE0100):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def render(words: Words, heading: Heading, pages: Sequence[Draw], *, framed: bool = True) -> bytes:
    """The PDF of `pages`; `framed` puts heading and page number on each.

    Raises GlyphMissing, with the text that cannot be printed, before anything is given out.
    """
    buffer = io.BytesIO()
    letters()  # before the canvas: it would name a font of the viewer as its first
    canvas = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=1, initialFontName=REGULAR)
    canvas.setTitle(heading.title)
    canvas.setAuthor(heading.facility)
    canvas.setCreator("facility-app")
    for number, draw in enumerate(pages, start=1):
        sheet = Sheet(canvas)
        if framed:
            frame(sheet, words, heading, number, len(pages))
        draw(sheet)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def frame(sheet: Sheet, words: Words, heading: Heading, number: int, count: int) -> None:
    """Heading and page number, as on every sheet."""
    right = WIDTH - MARGIN
    used = sheet.text(right, 16 * mm, heading.day, 9, ink=FAINT, anchor="right")
    size, room = 9.0, right - MARGIN - used - 4 * mm
    while size > _SMALLEST and letters().width(heading.facility, size) > room:
        size -= 0.5
    sheet.text(MARGIN, 16 * mm, heading.facility, size, ink=FAINT)
    sheet.line(MARGIN, 18.5 * mm, right, 18.5 * mm)
    foot = HEIGHT - 11 * mm
    sheet.line(MARGIN, foot - 4 * mm, right, foot - 4 * mm)
    sheet.text(MARGIN, foot, heading.title, 9, ink=FAINT)
    page = words("papers-page", number=str(number), count=str(count))
    sheet.text(right, foot, page, 9, ink=FAINT, anchor="right")
