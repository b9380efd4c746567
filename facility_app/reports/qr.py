"""QR codes as squares, sharp at every size."""

from __future__ import annotations

from functools import lru_cache

from reportlab.graphics.barcode.qr import QrCodeWidget

from facility_app.reports.page import Sheet

QUIET = 4
"""Modules of white around a code (ISO/IEC 18004)."""


@lru_cache(maxsize=64)
def modules_of(text: str, level: str = "M", version: int | None = None) -> list[list[bool]]:
    """The squares of the code of `text`, row by row, without the quiet zone.

    level: ``L``, ``M``, ``Q`` or ``H``, how much may be dirty; version: 1-40, or the smallest that
    holds the text.
    """
    widget = QrCodeWidget(text, barLevel=level, qrVersion=version)
    widget.qr.make()
    return [[bool(dark) for dark in row] for row in widget.qr.modules]


def draw_modules(
    page: Sheet, modules: list[list[bool]], x: float, y: float, module: float
) -> float:
    """Draw a code whose quiet zone begins at (x, y); gives its side with that zone, in points."""
    for row, line in enumerate(modules):
        start = 0
        while start < len(line):
            end = start
            while end < len(line) and line[end]:
                end += 1
            if end > start:
                left = x + (QUIET + start) * module
                page.fill(left, y + (QUIET + row) * module, (end - start) * module, module)
            start = end + 1
    return (len(modules) + 2 * QUIET) * module
