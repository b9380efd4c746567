"""Setting many short texts quickly: the characters' codes are looked up once, not at every cell.

A table of 10 000 rows has 100 000 cells.  ReportLab's own way measures, splits and escapes each of
them anew; this keeps code and width of every character that occurred (issue #5, the figure).
"""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.pdfbase import pdfmetrics

from facility_app.reports.fonts import letters
from facility_app.reports.page import broken
from facility_app.reports.stream import StreamCanvas

_MOST_BROKEN = 4096


@dataclass(frozen=True, slots=True)
class _Code:
    """One character: its font's name in the file, its code there in hexadecimal, its width."""

    font: str
    hexadecimal: str
    width: float


class Typesetter:
    """Sets texts on one canvas.  `show` gives PDF operators that draw where the matrix stands."""

    def __init__(self, canvas: StreamCanvas) -> None:
        self._canvas = canvas
        self._codes: tuple[dict[str, tuple[_Code, ...]], dict[str, tuple[_Code, ...]]] = ({}, {})
        self._broken: dict[tuple[str, float, float, bool], list[str]] = {}

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """In points.  Raises GlyphMissing."""
        return sum(code.width for code in self._coded(text, bold)) * size

    def show(self, text: str, size: float, bold: bool = False) -> str:
        """The operators for `text`.  Raises GlyphMissing with `text`."""
        runs: list[str] = []
        font, codes = "", ""
        for code in self._coded(text, bold):
            if code.font != font:
                if codes:
                    runs.append(f"{font} {size:g} Tf <{codes}> Tj")
                font, codes = code.font, ""
            codes += code.hexadecimal
        if codes:
            runs.append(f"{font} {size:g} Tf <{codes}> Tj")
        return " ".join(runs)

    def lines(self, text: str, width: float, size: float, bold: bool = False) -> list[str]:
        """`text` in lines of at most `width` points; none for an empty text."""
        if not text:
            return []
        if "\n" not in text and self.width(text, size, bold) <= width:
            return [text]
        key = (text, width, size, bold)
        found = self._broken.get(key)
        if found is None:
            if len(self._broken) >= _MOST_BROKEN:
                self._broken.clear()
            found = self._broken[key] = broken(text, width, size, bold=bold)
        return found

    def _coded(self, text: str, bold: bool) -> list[_Code]:
        known = self._codes[bold]
        try:
            return [code for letter in text for code in known[letter]]
        except KeyError:
            return self._learned(text, bold)

    def _learned(self, text: str, bold: bool) -> list[_Code]:
        """The codes of a text with a character that is new, or with a variation selector."""
        runs = letters().runs(text, bold=bold)  # refuses what no font has, and names the text
        if all(len(letter.encode("utf-16-le")) == 2 and not _joins(letter) for letter in text):
            for letter in text:
                if letter not in self._codes[bold]:
                    runs_of = letters().runs(letter, bold=bold)
                    self._codes[bold][letter] = tuple(self._of_runs(runs_of))
            return self._coded(text, bold)
        return self._of_runs(runs)

    def _of_runs(self, runs: list[tuple[str, str]]) -> list[_Code]:
        found = []
        for name, drawn in runs:
            font = pdfmetrics.getFont(name)
            for letter in drawn:
                ((subset, code),) = font.splitString(letter, self._canvas.document)
                inner = font.getSubsetInternalName(subset, self._canvas.document)
                width = pdfmetrics.stringWidth(letter, name, 1)
                found.append(_Code(inner, code.hex(), width))
        return found


def _joins(letter: str) -> bool:
    """Whether it changes the character before it (a variation selector in the first plane)."""
    return "\ufe00" <= letter <= "\ufe0f"
