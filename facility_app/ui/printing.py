"""PDF to paper and to a file: nothing is written anywhere but where the person chose."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from facility_app.config import replace_file

DOTS_PER_INCH = 300


def print_pdf(parent: QWidget, pdf: bytes, title: str) -> bool:
    """Ask for a printer and print; False when the person changed their mind."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    draw_pdf(pdf, printer)
    return True


def draw_pdf(pdf: bytes, printer: QPrinter) -> int:
    """Draw every page of `pdf` on `printer`; gives how many.  The file lives in memory only."""
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    printer.setFullPage(True)
    painter = QPainter(printer)
    count = document.pageCount()
    for number in range(count):
        if number:
            printer.newPage()
        points = document.pagePointSize(number)
        scale = DOTS_PER_INCH / 72
        size = QSize(round(points.width() * scale), round(points.height() * scale))
        painter.drawImage(QRectF(painter.viewport()), document.render(number, size))
    painter.end()
    document.close()
    return count


def save_pdf(parent: QWidget, pdf: bytes, title: str, name: str) -> Path | None:
    """Ask for a place and save there, readable by its owner only; None when nothing was chosen.

    Raises OSError where the place cannot be written.
    """
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, name, "PDF (*.pdf)")
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower() != ".pdf":
        path = path.with_name(path.name + ".pdf")
    replace_file(path, pdf)
    return path
