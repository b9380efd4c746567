"""The letters of printed papers: embedded fonts, variation sequences, and what cannot be printed.

BIZ UDPGothic is part of the program; what it lacks is taken from IPAmj Mincho where that is
installed. A character that neither has is never dropped silently: the paper is refused and the
name with it is named (design §12). ReportLab knows no variation selectors, so each sequence gets a
code of its own from the private-use plane, which is told apart again in the PDF's text layer.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, ClassVar

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from facility_app.config import resources
from facility_app.errors import Refused

REGULAR, BOLD, FALLBACK = "BIZUDPGothic", "BIZUDPGothic-Bold", "IPAmjMincho"
_FALLBACK_FILES = (
    "/usr/share/fonts/truetype/ipamj/ipamjm.ttf",
    "/Library/Fonts/ipamjm.ttf",
    "C:/Windows/Fonts/ipamjm.ttf",
)
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_FIRST_PRIVATE = 0xF0000
_LONG_CODE = re.compile(r"<([0-9A-F]{5,6})>")
_UNSEEN = {0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF}


@dataclass(eq=False)
class GlyphMissing(Refused):
    """No installed font has `characters`, which occur in `name`; nothing was printed."""

    key: ClassVar[str] = "papers.glyph_missing"
    name: str
    characters: str


class _Font(TTFont):  # type: ignore[misc]  # reportlab carries no types
    """ReportLab's font with a right text layer: it writes no character over U+FFFF correctly."""

    meant: dict[int, str]

    def addObjects(self, doc: Any) -> None:
        super().addObjects(doc)
        for name, stream in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:") and self.face.name.decode() in name:
                stream.content = _LONG_CODE.sub(self._utf_16, stream.content)

    def _utf_16(self, code: re.Match[str]) -> str:
        number = int(code[1], 16)
        return f"<{self.meant.get(number, chr(number)).encode('utf-16-be').hex()}>"


class Face:
    """One embedded font, with its variation sequences."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        font = _Font(name, str(path))
        font.meant = {}
        pdfmetrics.registerFont(font)
        self._glyphs: dict[int, int] = font.face.charToGlyph
        self._widths: dict[int, float] = font.face.charWidths
        self._default: set[tuple[int, int]] = set()
        self._private: dict[tuple[int, int], str] = {}
        by_glyph = {glyph: code for code, glyph in self._glyphs.items()}
        for number, (pair, glyph) in enumerate(_variations(path.read_bytes()).items()):
            if glyph is None:
                self._default.add(pair)
            elif glyph in by_glyph:
                self._private[pair] = chr(by_glyph[glyph])
            else:
                code = _FIRST_PRIVATE + number
                self._glyphs[code] = glyph
                self._widths[code] = self._widths.get(pair[0], font.face.defaultWidth)
                self._private[pair] = chr(code)
                font.meant[code] = chr(pair[0]) + chr(pair[1])

    def drawn(self, cluster: str) -> str | None:
        """What to hand to ReportLab for one character with its selector; None where it lacks it."""
        base = ord(cluster[0])
        if len(cluster) > 1:
            pair = (base, ord(cluster[1]))
            if pair in self._private:
                return self._private[pair]
            if pair not in self._default:
                return None
        return cluster[0] if base in self._glyphs else None


class Letters:
    """Lays text out in runs of one font each."""

    def __init__(self) -> None:
        folder = resources() / "fonts"
        self._regular = Face(REGULAR, folder / "BIZUDPGothic-Regular.ttf")
        self._bold = Face(BOLD, folder / "BIZUDPGothic-Bold.ttf")

    @cached_property
    def _fallback(self) -> Face | None:
        """Loaded when it is first needed: it has 60 000 glyphs."""
        found = next((Path(each) for each in _FALLBACK_FILES if Path(each).is_file()), None)
        return Face(FALLBACK, found) if found else None

    def runs(self, text: str, *, bold: bool = False) -> list[tuple[str, str]]:
        """(font name, text to draw) one after the other.  Raises GlyphMissing with `text`."""
        runs: list[tuple[str, str]] = []
        missing = []
        for cluster in clusters(text):
            found = self._found(cluster, self._bold if bold else self._regular)
            if found is None:
                missing.append(cluster)
            elif runs and runs[-1][0] == found[0]:
                runs[-1] = (found[0], runs[-1][1] + found[1])
            else:
                runs.append(found)
        if missing:
            raise GlyphMissing(text, "".join(missing))
        return runs

    def _found(self, cluster: str, face: Face) -> tuple[str, str] | None:
        drawn = face.drawn(cluster)
        if drawn is not None:
            return face.name, drawn
        other = self._fallback
        drawn = other.drawn(cluster) if other is not None else None
        return (FALLBACK, drawn) if drawn is not None else None

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width of `text` in points at `size` points.  Raises GlyphMissing."""
        runs = self.runs(text, bold=bold)
        return float(sum(pdfmetrics.stringWidth(drawn, font, size) for font, drawn in runs))

    def check(self, *texts: str) -> None:
        """Raise GlyphMissing for the first text that cannot be printed whole."""
        for text in texts:
            for line in text.splitlines():
                self.runs(line)
                self.runs(line, bold=True)


@cache
def letters() -> Letters:
    """The fonts, loaded once (60 ms)."""
    return Letters()


def _is_selector(code: int) -> bool:
    return any(code in each for each in _SELECTORS)


def clusters(text: str) -> Iterator[str]:
    """Characters with the variation selector that follows them; what is never seen is left out."""
    index = 0
    while index < len(text):
        end = index + 1
        if end < len(text) and _is_selector(ord(text[end])):
            end += 1
        if ord(text[index]) not in _UNSEEN:
            yield text[index:end]
        index = end


def _variations(font: bytes) -> dict[tuple[int, int], int | None]:
    """The font's variation sequences (cmap format 14): glyph, or None for the usual glyph."""
    found: dict[tuple[int, int], int | None] = {}
    at = _format_14(font)
    if at is None:
        return found
    (count,) = struct.unpack_from(">I", font, at + 6)
    for index in range(count):
        record = at + 10 + 11 * index
        selector = int.from_bytes(font[record : record + 3], "big")
        usual, own = struct.unpack_from(">II", font, record + 3)
        if usual:
            (ranges,) = struct.unpack_from(">I", font, at + usual)
            for start, more in _ranges(font, at + usual + 4, ranges):
                found.update({(code, selector): None for code in range(start, start + more + 1)})
        if own:
            (mappings,) = struct.unpack_from(">I", font, at + own)
            for code, glyph in _mappings(font, at + own + 4, mappings):
                found[code, selector] = glyph
    return found


def _ranges(font: bytes, at: int, count: int) -> Iterator[tuple[int, int]]:
    for index in range(count):
        entry = at + 4 * index
        yield int.from_bytes(font[entry : entry + 3], "big"), font[entry + 3]


def _mappings(font: bytes, at: int, count: int) -> Iterator[tuple[int, int]]:
    for index in range(count):
        entry = at + 5 * index
        code = int.from_bytes(font[entry : entry + 3], "big")
        yield code, int.from_bytes(font[entry + 3 : entry + 5], "big")


def _format_14(font: bytes) -> int | None:
    """Where the variation subtable of `cmap` begins, or None."""
    (tables,) = struct.unpack_from(">H", font, 4)
    for index in range(tables):
        tag, _sum, start, _length = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if tag != b"cmap":
            continue
        (subtables,) = struct.unpack_from(">H", font, start + 2)
        for number in range(subtables):
            _platform, _encoding, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * number)
            subtable = int(start + offset)
            if struct.unpack_from(">H", font, subtable) == (14,):
                return subtable
    return None
