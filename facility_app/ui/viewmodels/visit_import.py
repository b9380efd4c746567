"""A list of visits as the import dialog shows it.  Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, ClassVar

from facility_app.domain.clock import local_date
from facility_app.i18n import Words
from facility_app.services.imports import Table
from facility_app.services.imports.visit_rows import VisitTarget
from facility_app.services.visit_import import (
    VisitPreview,
    VisitPreviewRow,
    VisitsImported,
    guess_visit_mapping,
    preview_visits,
    read_visit_table,
    run_visit_import,
)
from facility_app.ui.viewmodels.imports import ImportKind
from facility_app.ui.viewmodels.visit_plan import conflict_texts


class VisitImport(ImportKind):
    """Visits: who, when, where; what stands in the way is said and may be passed."""

    title: ClassVar[str] = "visit-import-title"
    what: ClassVar[str] = "visit-import-what"
    heads: ClassVar[Sequence[str]] = ("row", "name", "when", "place", "change")
    widths: ClassVar[Sequence[int]] = (80, 200, 200, 184)
    targets: ClassVar[Sequence[Enum]] = tuple(VisitTarget)

    def read(self, path: Path) -> Table:
        """The list in a file."""
        return read_visit_table(path)

    def guess(self, headers: Sequence[str]) -> dict[Any, int]:
        """What the headers mean."""
        return dict(guess_visit_mapping(headers))

    def preview(self, reading: Any, table: Table, mapping: Mapping[Any, int]) -> VisitPreview:
        """What taking it in would do."""
        return preview_visits(reading, table, mapping)

    def run(self, tx: Any, shown: Any, step: Callable[[int, int], None]) -> VisitsImported:
        """Take it in; the person has seen what stands in the way."""
        return run_visit_import(tx, shown, despite_conflicts=bool(shown.in_conflict))

    def verdict(self, words: Words, shown: Any) -> tuple[str, str, str]:
        """(level, sentence, counts)."""
        counts = words(
            "visit-import-counts",
            new=str(shown.counts.new),
            changed=str(shown.counts.changed),
            unchanged=str(shown.counts.unchanged),
        )
        if shown.error_count:
            return "block", words("import-verdict-errors", count=str(shown.error_count)), ""
        if shown.in_conflict:
            said = words("visit-import-conflicts", count=str(shown.in_conflict))
            return "warn", said, counts
        if not self.changes(shown):
            return "notice", words("import-verdict-nothing"), counts
        return "ok", words("import-verdict-ready", count=str(len(shown.rows))), counts

    def rows(self, words: Words, shown: Any) -> Sequence[Sequence[str]]:
        """The rows, those with something in the way first."""
        ordered = sorted(shown.rows, key=lambda row: (not row.conflicts, row.row))
        return [_row(words, row) for row in ordered]

    def changes(self, shown: Any) -> bool:
        """Whether there is anything to take in."""
        return bool(shown.counts.new or shown.counts.changed)

    def main_text(self, words: Words, shown: Any | None) -> str:
        """The words of the big button."""
        crossed = shown is not None and bool(shown.in_conflict)
        return words("visit-import-despite" if crossed else "import-run")

    def done_text(self, words: Words, result: Any) -> str:
        """What is said afterwards."""
        counts = result.counts
        return words("visit-import-done", count=str(counts.new + counts.changed))


def _row(words: Words, row: VisitPreviewRow) -> tuple[str, str, str, str, str]:
    at = ""
    if row.starts_at is not None:
        day = words.short_day(local_date(row.starts_at))
        at = words("desk-day-time", day=day, time=words.clock(row.starts_at))
    change = words.term(row.change) if row.change else words("import-row-error")
    told = conflict_texts(words, row.conflicts)
    return str(row.row), row.name, at, row.destination, told[0] if told else change
