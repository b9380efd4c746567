"""One row of a list, as every reader gives it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One row; `number` as the program that made the file counts it (1 = the first line)."""

    number: int
    cells: tuple[str, ...]
