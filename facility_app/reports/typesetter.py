"""Setting many short texts quickly: the characters' codes are looked up once, not at every cell.

A table of 10 000 rows has 150 000 cells.  ReportLab's own way measures, splits and escapes each of
them anew; this keeps code and width of every character that occurred, and the texts that come
again and again (issue #5, the figure).
"""

from __future__ import annotations

from reportlab.pdfbase import pdfmetrics

from facility_app.reports.fonts import letters
from facility_app.reports.page import broken_by
from facility_app.reports.stream import StreamCanvas

_Code = tuple[str, str, float]
"""One character: the name of its font in the file, its code there (hexadecimal), its width."""

_Set = tuple[str, float]
"""Operators that draw a text where the matrix stands, and its width in points."""

_Key = tuple[str, float, bool]

MOST = 8192
"""Texts that are kept; memory must not grow with rows."""


class Typesetter:
    """Sets texts on one canvas."""

    def __init__(self, canvas: StreamCanvas) -> None:
        self._canvas = canvas
        self._codes: tuple[dict[str, tuple[_Code, ...]], dict[str, tuple[_Code, ...]]] = ({}, {})
        self._known: dict[_Key, _Set] = {}
        self._broken: dict[tuple[str, float, float, bool], list[str]] = {}

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """In points.  Raises GlyphMissing with `text`."""
        return self._set(text, size, bold)[1]

    def show(self, text: str, size: float, bold: bool = False) -> str:
        """Operators that draw `text` where the matrix stands.  Raises GlyphMissing with `text`."""
        return self._set(text, size, bold)[0]

    def lines(self, text: str, width: float, size: float, bold: bool = False) -> list[str]:
        """`text` in lines of at most `width` points; none for an empty text."""
        if not text:
            return []
        if "\n" not in text and self._set(text, size, bold)[1] <= width:
            return [text]
        key = (text, width, size, bold)
        found = self._broken.get(key)
        if found is None:
            if len(self._broken) >= MOST:
                self._broken.clear()
            for line in text.split("\n"):
                self._coded(line, bold)  # what cannot be printed is refused whole, not in pieces
            found = broken_by(text, width, lambda piece: self._width(piece, bold) * size)
            self._broken[key] = found
        return found

    def _set(self, text: str, size: float, bold: bool) -> _Set:
        key = (text, size, bold)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= MOST:
                self._known.clear()
            found = self._known[key] = self._composed(text, size, bold)
        return found

    def _composed(self, text: str, size: float, bold: bool) -> _Set:
        coded = self._coded(text, bold)
        runs: list[str] = []
        font, codes = "", ""
        width = 0.0
        for code in coded:
            if code[0] != font:
                if codes:
                    runs.append(f"{font} {size:g} Tf <{codes}> Tj")
                font, codes = code[0], ""
            codes += code[1]
            width += code[2]
        if codes:
            runs.append(f"{font} {size:g} Tf <{codes}> Tj")
        return " ".join(runs), width * size

    def _width(self, text: str, bold: bool) -> float:
        return sum([code[2] for code in self._coded(text, bold)])

    def _coded(self, text: str, bold: bool) -> list[_Code]:
        known = self._codes[bold]
        try:
            return [code for letter in text for code in known[letter]]
        except KeyError:
            return self._learned(text, bold)

    def _learned(self, text: str, bold: bool) -> list[_Code]:
        """The codes of a text with a character that is new, or with a variation selector."""
        runs = letters().runs(text, bold=bold)  # refuses what no font has, and names the text
        if any(map(_selects, text)):
            return self._of_runs(runs)
        known = self._codes[bold]
        for letter in text:
            if letter not in known:
                known[letter] = tuple(self._of_runs(letters().runs(letter, bold=bold)))
        return self._coded(text, bold)

    def _of_runs(self, runs: list[tuple[str, str]]) -> list[_Code]:
        found = []
        for name, drawn in runs:
            font = pdfmetrics.getFont(name)
            for letter in drawn:
                ((subset, code),) = font.splitString(letter, self._canvas.document)
                inner = font.getSubsetInternalName(subset, self._canvas.document)
                found.append((inner, code.hex(), pdfmetrics.stringWidth(letter, name, 1)))
        return found


def _selects(letter: str) -> bool:
    """Whether it changes the character before it: a variation selector is never kept alone."""
    return "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"
