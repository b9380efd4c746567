"""The import as the dialog shows it: columns with their fields, counts, errors in words.

Knows no Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, ClassVar

from facility_app.i18n import Words
from facility_app.services.imports import (
    CellError,
    Counts,
    ImportResult,
    Preview,
    Table,
    Target,
    guess_mapping,
    preview,
    read_table,
    run_import,
)

SAMPLE = 30
"""Characters of a cell that stand beside a column's header."""


@dataclass(frozen=True)
class ColumnRow:
    """A column of the file: its header, a cell as an example, and the field it fills."""

    index: int
    header: str
    sample: str
    target: Enum | None


Shown = Any
"""What a preview of one kind of list gives."""


class ImportKind:
    """One kind of list that the dialog takes in; this one is about residents and their things.

    heads: of the columns of the preview, after ``import-head-``; widths: theirs in design pixels.
    """

    title: ClassVar[str] = "import-title"
    what: ClassVar[str] = "import-what"
    heads: ClassVar[Sequence[str]] = ("row", "name", "resident", "item")
    widths: ClassVar[Sequence[int]] = (80, 248, 160)
    targets: ClassVar[Sequence[Enum]] = tuple(Target)

    def read(self, path: Path) -> Table:
        """The list in a file, on the lane."""
        return read_table(path)

    def guess(self, headers: Sequence[str]) -> dict[Any, int]:
        """What the headers mean."""
        return dict(guess_mapping(tuple(headers)))

    def preview(self, reading: Any, table: Table, mapping: Mapping[Any, int]) -> Shown:
        """What taking it in would do."""
        return preview(reading, table, dict(mapping))

    def run(self, tx: Any, shown: Shown, step: Callable[[int, int], None]) -> Any:
        """Take it in."""
        return run_import(tx, shown, step)

    def verdict(self, words: Words, shown: Shown) -> tuple[str, str, str]:
        """(level, sentence, counts)."""
        level, sentence = verdict(words, shown)
        counts = "" if shown.error_count else counts_text(words, shown.residents, shown.items)
        return level, sentence, counts

    def rows(self, words: Words, shown: Shown) -> Sequence[Sequence[str]]:
        """The rows of the preview."""
        return preview_rows(words, shown)

    def changes(self, shown: Shown) -> bool:
        """Whether there is anything to take in."""
        return bool(shown.new or shown.changed)

    def main_text(self, words: Words, shown: Shown | None) -> str:
        """The words of the big button."""
        return words("import-run")

    def done_text(self, words: Words, result: ImportResult) -> str:
        """What is said afterwards."""
        return words(
            "import-done",
            residents=str(result.residents.new + result.residents.changed),
            items=str(result.items.new + result.items.changed),
        )


@dataclass
class ImportModel:
    """A file and what its columns mean; one field is filled by one column."""

    table: Table
    mapping: dict[Any, int] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Table, kind: ImportKind | None = None) -> ImportModel:
        """A file with the mapping guessed from its headers."""
        return cls(table, (kind or ImportKind()).guess(table.headers))

    def columns(self) -> list[ColumnRow]:
        """Every column of the file, in its order."""
        targets = {index: target for target, index in self.mapping.items()}
        return [
            ColumnRow(index, header, self._sample(index), targets.get(index))
            for index, header in enumerate(self.table.headers)
        ]

    def assign(self, index: int, target: Enum | None) -> None:
        """Let a column fill a field; the column that filled it before fills nothing any more."""
        self.mapping = {
            each: at for each, at in self.mapping.items() if at != index and each is not target
        }
        if target is not None:
            self.mapping[target] = index

    def _sample(self, index: int) -> str:
        cells = (row.cells[index] for row in self.table.rows if index < len(row.cells))
        sample = " ".join(next((cell for cell in cells if cell), "").split())
        return sample if len(sample) <= SAMPLE else f"{sample[:SAMPLE]}…"


def counts_text(words: Words, people: Counts, things: Counts) -> str:
    """How many residents and things would be entered, changed, left alone."""
    lines = [
        words(
            f"import-counts-{name}",
            new=str(counts.new), changed=str(counts.changed), unchanged=str(counts.unchanged),
        )
        for name, counts in (("residents", people), ("items", things))
        if name == "residents" or counts != Counts()
    ]  # fmt: skip
    return "\n".join(lines)


def error_rows(words: Words, errors: tuple[CellError, ...]) -> list[tuple[str, str]]:
    """Where (row and column), and what is wrong with what to do."""
    rows = []
    for error in errors:
        text = words.error(error.refusal)
        key = "import-place-column" if error.column else "import-place"
        facts = {"column": error.column} if error.column else {}
        rows.append((words(key, row=str(error.row), **facts), f"{text.what}{text.todo}"))
    return rows


def preview_rows(words: Words, shown: Preview) -> list[tuple[str, str, str, str]]:
    """Row, name, what happens to the resident, what happens to the thing."""
    rows = []
    for row in shown.rows:
        person = words.term(row.resident) if row.resident else words("import-row-error")
        thing = ""
        if row.kind:
            thing = words(
                "import-row-item", kind=row.kind, change=words.term(row.item) if row.item else "-"
            )
        rows.append((str(row.row), row.name, person, thing))
    return rows


def verdict(words: Words, shown: Preview) -> tuple[str, str]:
    """(level, sentence): whether the list may be taken in."""
    if shown.error_count:
        return "block", words("import-verdict-errors", count=str(shown.error_count))
    if shown.new or shown.changed:
        return "ok", words("import-verdict-ready", count=str(len(shown.rows)))
    return "notice", words("import-verdict-nothing")
