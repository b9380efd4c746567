"""PDF to paper and to a file: nothing is written anywhere but where the person chose.

Use in a page that tells how far it is and can be stopped::

    printer = paper.choose_printer(self, title, count, closes=ctx.session.changed)
    lane.run_long(lambda progress: draw_pdf(pages, printer, progress), done=..., failed=...)
    place = paper.choose_file(self, title, name, kinds, closes=ctx.session.changed)
    lane.run(lambda: write_file(place, content), done=..., failed=...)

For a sheet or two: `print_pdf` and `save_pdf` ask and do it.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol, TypeVar

from PySide6.QtCore import QEventLoop, QRectF, QTimer, SignalInstance
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from facility_app.config import replace_file
from facility_app.errors import DeviceError, FacilityError, Refused
from facility_app.ui.lanes import Progress
from facility_app.ui.pdf_pages import PageSize, PdfPages

DOTS_PER_INCH = 300
PDF_KIND = "PDF (*.pdf)"
T = TypeVar("T")


@dataclass(eq=False)
class NoPrinter(DeviceError):
    """The system knows no printer; nothing was printed."""

    key: ClassVar[str] = "printing.no_printer"


@dataclass(eq=False)
class PrintFailed(DeviceError):
    """The system took the pages and gave up: no paper queue, printer switched off, no room."""

    key: ClassVar[str] = "printing.failed"


@dataclass(eq=False)
class PlaceUnusable(Refused):
    """A file cannot be written where the person chose; nothing is left there."""

    key: ClassVar[str] = "printing.place_unusable"
    place: str


@dataclass(eq=False)
class PlaceFull(Refused):
    """There is no room for the file where the person chose; nothing is left there."""

    key: ClassVar[str] = "printing.place_full"
    place: str


class Paper(Protocol):
    """What asks the person for a printer and for a place; a test answers by itself."""

    def printers(self) -> list[str]:
        """Names of what can print.  May wait for a print server: worker thread."""

    def choose_printer(
        self, parent: QWidget, title: str, count: int, closes: SignalInstance | None = None
    ) -> QPrinter | None:
        """The printer for `count` pages; None when the person changed their mind."""

    def choose_file(
        self,
        parent: QWidget,
        title: str,
        name: str,
        kind: str,
        closes: SignalInstance | None = None,
    ) -> Path | None:
        """Where to save, with the ending of `kind`; None when the person changed their mind."""


class UsualPaper(Paper, Protocol):
    """Paper that needs no question where the system has a printer that is always taken."""

    def usual_printer(self, title: str) -> QPrinter | None:
        """The system's own printer; None where none was chosen there."""


class SystemPaper:
    """The dialogs of the system.  `closes`: a signal that takes an open dialog away."""

    def printers(self) -> list[str]:
        return list(QPrinterInfo.availablePrinterNames())

    def usual_printer(self, title: str) -> QPrinter | None:
        usual = QPrinterInfo.defaultPrinter()
        if usual.isNull():
            return None
        printer = QPrinter(usual, QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        return printer

    def choose_printer(
        self, parent: QWidget, title: str, count: int, closes: SignalInstance | None = None
    ) -> QPrinter | None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle(title)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, count > 1)
        dialog.setMinMax(1, count)
        return printer if _accepted(dialog, closes) else None

    def choose_file(
        self,
        parent: QWidget,
        title: str,
        name: str,
        kind: str,
        closes: SignalInstance | None = None,
    ) -> Path | None:
        dialog = QFileDialog(parent, title, "", kind)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind.rpartition("*.")[2].rstrip(")"))
        dialog.selectFile(name)
        if not _accepted(dialog, closes) or not dialog.selectedFiles():
            return None
        return Path(dialog.selectedFiles()[0])


def draw_pdf(pages: PdfPages, printer: QPrinter, progress: Progress | None = None) -> int:
    """Draw the pages that the printer was asked for; gives how many.  Worker threads too.

    Each in its own size, made smaller where the sheet is.  Raises PrintFailed, PdfUnreadable,
    Cancelled: what the printer has not begun with is taken back.
    """
    sizes = pages.sizes()
    first, last = printer.fromPage() or 1, printer.toPage() or len(sizes)
    wanted = range(max(1, first) - 1, min(last, len(sizes)))
    printer.setFullPage(True)
    _turn(printer, sizes[wanted[0]] if wanted else sizes[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise PrintFailed
    try:
        for done, number in enumerate(wanted):
            if progress is not None:
                progress.report(done / len(wanted))
            if done:
                _turn(printer, sizes[number])
                if not printer.newPage():
                    raise PrintFailed
            _draw(painter, printer, pages, number, sizes[number])
    except FacilityError:
        printer.abort()
        raise
    finally:
        painter.end()
    if printer.printerState() is QPrinter.PrinterState.Error:
        raise PrintFailed
    return len(wanted)


def write_file(
    place: Path, content: bytes, write: Callable[[Path, bytes], object] = replace_file
) -> Path:
    """Write all of `content`, readable by its owner only, or nothing; gives the place.

    Raises PlaceFull, PlaceUnusable.  Waits for the disk: worker threads only.
    """
    try:
        write(place, content)
    except OSError as exc:
        full = exc.errno in (errno.ENOSPC, errno.EDQUOT)
        raise (PlaceFull if full else PlaceUnusable)(str(place)) from exc
    return place


def print_pdf(parent: QWidget, pdf: bytes, title: str, paper: Paper | None = None) -> bool:
    """Ask for a printer and print; False when the person changed their mind.

    Raises NoPrinter, PrintFailed.
    """
    paper = paper or SystemPaper()
    if not elsewhere(paper.printers):
        raise NoPrinter
    pages = PdfPages(pdf)
    try:
        printer = paper.choose_printer(parent, title, len(elsewhere(pages.sizes)))
        if printer is not None:
            elsewhere(lambda: draw_pdf(pages, printer))
    finally:
        elsewhere(pages.close)
    return printer is not None


def print_straight(
    parent: QWidget, pdf: bytes, title: str, paper: UsualPaper | None = None
) -> bool:
    """Print without a question on the system's own printer; ask where it has none.

    False when the person changed their mind.  Raises NoPrinter, PrintFailed.
    """
    paper = paper or SystemPaper()
    printer = paper.usual_printer(title)
    if printer is None:
        return print_pdf(parent, pdf, title, paper)
    pages = PdfPages(pdf)
    try:
        elsewhere(lambda: draw_pdf(pages, printer))
    finally:
        elsewhere(pages.close)
    return True


def save_pdf(
    parent: QWidget, pdf: bytes, title: str, name: str, paper: Paper | None = None
) -> Path | None:
    """Ask for a place and save there, readable by its owner only; None when nothing was chosen.

    Raises PlaceFull, PlaceUnusable.
    """
    place = (paper or SystemPaper()).choose_file(parent, title, name, PDF_KIND)
    return None if place is None else elsewhere(lambda: write_file(place, pdf))


def elsewhere(job: Callable[[], T]) -> T:
    """Wait for `job` on another thread while the window goes on being painted.

    What is typed and clicked meanwhile comes afterwards, so that nothing is pressed twice.
    """
    loop, watch = QEventLoop(), QTimer(interval=10)
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(job)
        watch.timeout.connect(lambda: loop.quit() if future.done() else None)
        watch.start()
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        watch.stop()
    return future.result()


def _accepted(dialog: QDialog, closes: SignalInstance | None) -> bool:
    """Ask; `closes` means no.  A dialog of the system must not stand over a locked window."""
    if closes is not None:
        closes.connect(dialog.reject)
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()


def _turn(printer: QPrinter, size: PageSize) -> None:
    """The sheet as the page lies: upright or across."""
    across = size.width > size.height
    way = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    if printer.pageLayout().orientation() is not way:
        printer.setPageOrientation(way)


def _draw(
    painter: QPainter, printer: QPrinter, pages: PdfPages, number: int, size: PageSize
) -> None:
    picture = pages.picture(number, round(size.width * DOTS_PER_INCH / 72))
    sheet = QRectF(painter.viewport())
    dots = printer.resolution() / 72
    fits = min(1.0, sheet.width() / (size.width * dots), sheet.height() / (size.height * dots))
    wide, high = size.width * dots * fits, size.height * dots * fits
    left, top = (sheet.width() - wide) / 2, (sheet.height() - high) / 2
    painter.drawImage(QRectF(left, top, wide, high), picture)
