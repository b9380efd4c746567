"""The sample facility's printer: what is printed lies in the day's output as PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, SignalInstance
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

DOTS_PER_INCH = 150


class KeptPaper:
    """Prints into `folder`; `name` is the name of the next paper, without its ending."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.name = folder, "paper"

    def place(self, name: str) -> Path:
        """Where a paper of this name lies."""
        return self.folder / f"{name}.pdf"

    def made(self, name: str) -> bool:
        """Whether it was printed to its end."""
        place = self.place(name)
        return place.exists() and b"%%EOF" in place.read_bytes()[-32:]

    def printers(self) -> list[str]:
        return ["PDF"]

    def usual_printer(self, title: str) -> QPrinter | None:
        """A printer that needs neither paper nor a question."""
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setResolution(DOTS_PER_INCH)
        printer.setDocName(title)
        page = QPageSize(QPageSize.PageSizeId.A4)
        printer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
        printer.setOutputFileName(str(self.place(self.name)))
        return printer

    def choose_printer(
        self, parent: QWidget, title: str, count: int, closes: SignalInstance | None = None
    ) -> QPrinter | None:
        """Nobody is asked."""
        return self.usual_printer(title)

    def choose_file(
        self,
        parent: QWidget,
        title: str,
        name: str,
        kind: str,
        closes: SignalInstance | None = None,
    ) -> Path | None:
        """Beside what is printed."""
        return self.folder / name
