"""Rule files about visits: what is ticked when somebody comes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from facility_app.rules.table import Table, require_unique_codes


@dataclass(frozen=True)
class Choice:
    """Something to tick."""

    code: str
    ja: str
    en: str

    def name(self, language: str) -> str:
        """Its name in a language of the program."""
        return self.en if language == "en" else self.ja


@dataclass(frozen=True)
class VisitChoices:
    """Trouble at the desk, and papers received, each in the order of the screen."""

    troubles: tuple[Choice, ...]
    papers: tuple[Choice, ...]


def visit_choices(root: Table) -> VisitChoices:
    """``visit_choices.toml``."""
    return VisitChoices(_choices(root.tables("trouble")), _choices(root.tables("paper")))


def _choices(rows: Iterable[Table]) -> tuple[Choice, ...]:
    tables = list(rows)
    require_unique_codes(tables)
    return tuple(Choice(*(row.get(key, str) for key in ("code", "ja", "en"))) for row in tables)
