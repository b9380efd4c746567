"""Reading the first sheet of an .xlsx workbook.

Dates as ISO days, figures as they are read aloud.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar

from facility_app.errors import Refused
from facility_app.services.imports.row import Row

MOST_UNPACKED = 200 * 1024 * 1024
"""Bytes a workbook may unpack to; a small file that grows beyond is an attack, not a list."""


@dataclass(eq=False)
class NotASpreadsheet(Refused):
    """The file is no .xlsx workbook: an old .xls, protected by a password, or damaged."""

    key: ClassVar[str] = "imports.not_a_spreadsheet"
    name: str


def workbook_rows(data: bytes, most_rows: int, most_columns: int) -> Iterator[Row]:
    """The rows of the first sheet that is shown.  Raises NotASpreadsheet.

    Reads at most `most_rows` + 2 rows, streaming; a date cell becomes ``2026-11-20``.
    """
    from openpyxl import load_workbook  # 80 ms that a start must not pay (design §14)

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise NotASpreadsheet("")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = next(s for s in book.worksheets if s.sheet_state == "visible")
        rows = sheet.iter_rows(max_row=most_rows + 2, max_col=most_columns + 1, values_only=True)
        for number, values in enumerate(rows, 1):
            cells = [cell_text(value) for value in values]
            while cells and not cells[-1]:
                cells.pop()
            yield Row(number, tuple(cells))
    except (zipfile.BadZipFile, KeyError, ValueError, StopIteration, OSError, SyntaxError) as exc:
        raise NotASpreadsheet("") from exc


def cell_text(value: object) -> str:
    """A cell's value as text.

    A day in ISO 8601, a whole number without a point, nothing as empty.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (
            value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        )
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
