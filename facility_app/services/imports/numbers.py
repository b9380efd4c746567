"""No list with individual numbers is taken in.

Not the column, not the cell (番号法20条; design §5).

No number goes into an error: only where it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from facility_app.domain.individual_number import LENGTH, contains_individual_number
from facility_app.errors import Refused
from facility_app.services.imports.columns import column_data, header_key
from facility_app.services.imports.row import Row

_ENOUGH_DIGITS = re.compile(rf"(?:\d\D*){{{LENGTH}}}")


@dataclass(eq=False)
class NumberColumn(Refused):
    """A column holds individual numbers (`count` cells, or its header says so).

    Nothing was taken in.
    """

    key: ClassVar[str] = "imports.number_column"
    column: str
    count: int


@dataclass(eq=False)
class NumberCell(Refused):
    """One cell may hold an individual number.  Nothing was taken in."""

    key: ClassVar[str] = "imports.number_cell"
    row: int
    column: str


def refuse_numbers(headers: Sequence[str], above: Sequence[Row], below: Sequence[Row]) -> None:
    """Raise NumberColumn or NumberCell where any cell of the file, mapped or not, may be a number.

    `above` are the rows down to the header, `below` the others.
    """
    found: Counter[int] = Counter()
    first: dict[int, int] = {}
    for row in (*above, *below):
        for column, cell in enumerate(row.cells):
            if may_be_number(cell):
                found[column] += 1
                first.setdefault(column, row.number)
    _refuse_header(headers, below)
    for column, count in found.most_common(1):
        name = headers[column] if column < len(headers) else ""
        name = _letter(column) if not name or may_be_number(name) else name
        raise NumberColumn(name, count) if count > 1 else NumberCell(first[column], name)


def may_be_number(cell: str) -> bool:
    """As `contains_individual_number`, with a quick look first: most cells are far too short."""
    return (
        len(cell) >= LENGTH
        and _ENOUGH_DIGITS.search(cell) is not None
        and contains_individual_number(cell)
    )


def _refuse_header(headers: Sequence[str], below: Sequence[Row]) -> None:
    """A column that is called 個人番号 is refused whatever its figures say, unless it is empty."""
    forbidden = column_data().forbidden
    for column, header in enumerate(headers):
        if header_key(header) not in forbidden:
            continue
        filled = sum(len(row.cells) > column and bool(row.cells[column]) for row in below)
        if filled:
            raise NumberColumn(header, filled)


def _letter(column: int) -> str:
    """The name of a column without a header, as spreadsheets call it: A, B, … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
