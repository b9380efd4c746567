"""The pages of a PDF as pictures: what is shown is what will be printed.  Worker threads only.

The one module that knows pypdfium2.  PDFium is not thread-safe, so one lock stands around all of
it: the preview and a print that is under way take turns.

Use::

    pages = PdfPages(pdf, password)
    pages.sizes()               # of every page, in points
    pages.picture(0, width=700) # a QImage; 10-60 ms
    pages.close()
"""

from __future__ import annotations

import threading
import weakref
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from facility_app.errors import Refused
from facility_app.secret import Secret

_PDFIUM = threading.Lock()
MOST_PIXELS = 12_000
"""Longest side of a picture; more than an A3 page at 600 dots per inch has."""
_SMALL = 1000


@dataclass(eq=False)
class PdfUnreadable(Refused):
    """The file is not a PDF, is damaged, or another password opens it."""

    key: ClassVar[str] = "printing.pdf_unreadable"


@dataclass(frozen=True)
class PageSize:
    """Width and height of a page in points (1/72 inch)."""

    width: float
    height: float

    def height_for(self, width: int) -> int:
        """Pixels of height that belong to `width` pixels."""
        return max(1, round(width * self.height / self.width))


class PdfPages:
    """One open PDF, in memory only.  Not to be used after `close`."""

    def __init__(self, pdf: bytes, password: Secret | None = None) -> None:
        self._pdf, self._password = pdf, password
        self._document: Any = None

    def sizes(self) -> tuple[PageSize, ...]:
        """Of every page, first to last.  Raises PdfUnreadable."""
        with _PDFIUM:
            document = self._open()
            return tuple(
                PageSize(*document.get_page_size(number)) for number in range(len(document))
            )

    def picture(self, number: int, width: int) -> QImage:
        """Page `number` (from 0), `width` pixels wide, on white.  Raises PdfUnreadable.

        A small one is drawn twice as large first: PDFium cuts the tops off small letters.
        """
        if width >= _SMALL:
            return self._drawn(number, width)
        return self._drawn(number, 2 * width).scaledToWidth(
            width, Qt.TransformationMode.SmoothTransformation
        )

    def _drawn(self, number: int, width: int) -> QImage:
        with _PDFIUM:
            page = self._open()[number]
            try:
                across, down = page.get_size()
                scale = min(width / across, MOST_PIXELS / max(across, down))
                # four bytes a pixel: the format that Qt paints without converting it
                bitmap = page.render(scale=scale, prefer_bgrx=True)
                seen = QImage(
                    bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride,
                    QImage.Format.Format_RGB32,
                )  # fmt: skip
                picture = seen.copy()  # the buffer is PDFium's
                bitmap.close()
            finally:
                page.close()
        return picture

    def text(self, number: int) -> str:
        """The words of page `number` (from 0), for who cannot see it.  Raises PdfUnreadable."""
        with _PDFIUM:
            page = self._open()[number]
            words = page.get_textpage()
            try:
                return str(words.get_text_bounded())
            finally:
                words.close()
                page.close()

    def close(self) -> None:
        """Give the memory back."""
        with _PDFIUM:
            if self._document is not None:
                self._document.close()
                self._document = None

    def _open(self) -> Any:
        if self._document is None:
            import pypdfium2  # late: loading the library takes 70 ms

            word = self._password
            try:
                self._document = pypdfium2.PdfDocument(
                    self._pdf, password=word.copy_bytes().decode() if word is not None else None
                )
            except pypdfium2.PdfiumError as exc:
                raise PdfUnreadable from exc
            _OPEN.add(self)
        return self._document


_OPEN: weakref.WeakSet[PdfPages] = weakref.WeakSet()


def close_all() -> None:
    """Before the program ends: what is still open is closed in order."""
    for pages in tuple(_OPEN):
        pages.close()
