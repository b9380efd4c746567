"""A PDF that is written while it is drawn, so that memory does not grow with its pages.

ReportLab keeps every page until the end and then holds the whole file twice.  Here a page goes to
the file as soon as it is complete and only its place is remembered.  The same content gives the
same bytes: no clock, no chance.

"Page n of m" needs m on the first page, when nobody knows it: each page shows one shared form
(form XObject, ISO 32000-1 8.10) that is drawn last.  Laying everything out twice would read and
break every row twice.
"""

from __future__ import annotations

from typing import Any, BinaryIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from facility_app.reports.fonts import REGULAR, letters

COUNT = "count"
"""The form that every page shows; drawn when the number of pages is known."""


class _Document(pdfdoc.PDFDocument):  # type: ignore[misc]  # reportlab carries no types
    """Writes each page when it is complete, and all else at the end."""

    def __init__(self, out: BinaryIO, language: str) -> None:
        super().__init__(compression=1, invariant=1, lang=language)
        self._out = out
        self._at = 0
        self._write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
        self._reserve(pdfdoc.xObjectName(COUNT))

    def _reserve(self, name: str) -> None:
        """Give a number to what will be drawn last, so that pages can name it now."""
        self.objectcounter += 1
        self.idToObjectNumberAndVersion[name] = (self.objectcounter, 0)
        self.numberToId[self.objectcounter] = name

    def addForm(self, name: str, form: Any) -> None:
        inner = pdfdoc.xObjectName(name)
        setattr(form, pdfdoc.__InternalName__, inner)
        self.idToObject[inner] = form
        self.inObject = None

    def addPage(self, page: Any) -> None:
        name = self.thisPageName()
        page.Contents = _compressed(page.stream)
        super().addPage(page)
        self._object(name)
        self._object(getattr(page.Contents, pdfdoc.__InternalName__))
        self.Pages.pages[-1] = pdfdoc.PDFObjectReference(name)

    def SaveToFile(self, filename: object, canvas: Canvas) -> None:
        self.GetPDFData(canvas)

    def format(self) -> bytes:
        """Write what is not written yet: fonts, the form, the page tree, the table of places."""
        number = 1  # objects may be added while others are written
        while number in self.numberToId:
            name = self.numberToId[number]
            if name not in self.idToOffset:
                self._object(name)
            number += 1
        names = [self.numberToId[each] for each in range(1, number)]
        table = pdfdoc.PDFCrossReferenceTable()
        table.addsection(0, names)
        place = self._write(table.format(self))
        trailer = pdfdoc.PDFTrailer(
            startxref=place,
            Size=number,
            Root=self.Reference(self.Catalog),
            Info=self.Reference(self.info),
            ID=self.ID(),
        )
        self._write(trailer.format(self))
        return b""

    def _object(self, name: str) -> None:
        content = pdfdoc.PDFIndirectObject(name, self.idToObject[name]).format(self)
        self.idToOffset[name] = self._write(content)
        self.idToObject[name] = None

    def _write(self, content: bytes) -> int:
        place = self._at
        self._out.write(content)
        self._at += len(content)
        return place


def _compressed(content: str) -> Any:
    """A stream of a page, compressed; not made printable on top (base 85), which costs time."""
    return pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])


class StreamCanvas(Canvas):  # type: ignore[misc]  # reportlab carries no types
    """A canvas of A4 pages that go to `out` one by one; `save` writes the rest."""

    def __init__(self, out: BinaryIO, title: str, author: str, language: str = "ja") -> None:
        letters()  # the first font, so that no font of the viewer is named in the file
        super().__init__(out, pagesize=A4, pageCompression=1, invariant=1, initialFontName=REGULAR)
        self._doc = _Document(out, language)
        self.setTitle(title)
        self.setAuthor(author)
        self.setCreator("facility-app")

    @property
    def document(self) -> Any:
        """What fonts belong to."""
        return self._doc

    def forget(self) -> None:
        """Give the fonts back after a paper that was not finished; harmless after `save`."""
        for font in self._doc.delayedFonts:
            font.state.pop(self._doc, None)
