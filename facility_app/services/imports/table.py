"""Reading a list into rows of text: CSV (UTF-8, UTF-8 with BOM, cp932, UTF-16) and .xlsx.

Memory is bounded by MOST_BYTES; nothing of a file that holds individual numbers leaves this module.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from facility_app.errors import Refused
from facility_app.services.imports.columns import column_data, header_key
from facility_app.services.imports.decode import decode
from facility_app.services.imports.numbers import refuse_numbers
from facility_app.services.imports.row import Row
from facility_app.services.imports.workbook import NotASpreadsheet, workbook_rows

MOST_BYTES = 20 * 1024 * 1024
"""Size of a file; the list of a facility has a hundredth of it."""

MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_CELL = 20_000
"""Characters of one cell; more is a file that is no list."""

_HEADER_WITHIN = 10
_DELIMITERS = ",\t;"


@dataclass(eq=False)
class FileUnreadable(Refused):
    """The file cannot be opened: gone, locked by another program, or no permission."""

    key: ClassVar[str] = "imports.file_unreadable"
    name: str


@dataclass(eq=False)
class FileTooLarge(Refused):
    """The file is larger than `limit_mb` megabytes."""

    key: ClassVar[str] = "imports.file_too_large"
    limit_mb: int


@dataclass(eq=False)
class TooManyRows(Refused):
    """The list has more than `limit` rows or columns."""

    key: ClassVar[str] = "imports.too_many_rows"
    limit: int


@dataclass(eq=False)
class EmptyFile(Refused):
    """The file has no row below a header."""

    key: ClassVar[str] = "imports.empty_file"


@dataclass(eq=False)
class CellUnreadable(Refused):
    """A quotation mark that is never closed, or a cell that is far too long.

    `line` counts from 1.
    """

    key: ClassVar[str] = "imports.cell_unreadable"
    line: int


@dataclass(frozen=True)
class Table:
    """A list: headers, then rows of as many cells or more.

    `digest` is the file's SHA-256 in hex.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    digest: str


def read_table(path: Path, known: Container[str] | None = None) -> Table:
    """The list in a file, blank rows left out, cells without blanks around them.

    `known`: headers (as `header_key` gives them) that the header row is told by; those of a list of
    residents unless given.

    Raises FileUnreadable, FileTooLarge, EmptyFile, NotText, MixedEncoding, CellUnreadable,
    TooManyRows, NotASpreadsheet; NumberColumn or NumberCell where it holds individual numbers
    (番号法20条).
    """
    data = _bytes(path)
    if not data.strip():
        raise EmptyFile
    if data.startswith(b"PK\x03\x04"):
        rows = workbook_rows(data, MOST_ROWS, MOST_COLUMNS)
    elif (
        path.suffix.lower() in (".xlsx", ".xls", ".xlsm", ".ods") or data[:4] == b"\xd0\xcf\x11\xe0"
    ):
        raise NotASpreadsheet(path.name)
    else:
        rows = _csv_rows(decode(data))
    filled = [row for row in _limited(rows) if any(row.cells)]
    at = _header_at(filled, column_data().columns if known is None else known)
    if len(filled) <= at + 1:
        raise EmptyFile
    headers = filled[at].cells
    while headers and not headers[-1]:
        headers = headers[:-1]
    refuse_numbers(headers, filled[: at + 1], filled[at + 1 :])
    return Table(path.name, headers, tuple(filled[at + 1 :]), hashlib.sha256(data).hexdigest())


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as exc:
        raise FileUnreadable(path.name) from exc
    if len(data) > MOST_BYTES:
        raise FileTooLarge(MOST_BYTES // (1024 * 1024))
    return data


def _limited(rows: Iterable[Row]) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if count > MOST_ROWS:
            raise TooManyRows(MOST_ROWS)
        if len(row.cells) > MOST_COLUMNS:
            raise TooManyRows(MOST_COLUMNS)
        yield row


def _csv_rows(text: str) -> Iterator[Row]:
    first = "\n".join(text[: 10 * MOST_CELL].splitlines()[:_HEADER_WITHIN])
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    csv.field_size_limit(MOST_CELL)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as exc:
            raise CellUnreadable(begins) from exc
        yield Row(begins, tuple(cell.strip() for cell in cells))


def _header_at(rows: list[Row], known: Container[str]) -> int:
    """Which of the first rows is the header.

    The one with most known headers; else the first with two cells (a title stands alone); else the
    first.
    """
    first = rows[:_HEADER_WITHIN]
    scores = [sum(header_key(cell) in known for cell in row.cells) for row in first]
    if any(scores):
        return scores.index(max(scores))
    return next((at for at, row in enumerate(first) if sum(map(bool, row.cells)) > 1), 0)
