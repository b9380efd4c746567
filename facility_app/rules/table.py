"""One table of a rule file: every reading of it is checked and names its place when it fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, ClassVar, TypeVar

from facility_app.errors import IntegrityError

T = TypeVar("T")


class RuleDamage(Enum):
    """What is wrong with a rule file."""

    UNREADABLE = "unreadable"
    SYNTAX = "syntax"
    MISSING = "missing"
    WRONG_TYPE = "wrong-type"
    OUT_OF_RANGE = "out-of-range"
    NOT_ALLOWED = "not-allowed"
    UNKNOWN_KEY = "unknown-key"


@dataclass(eq=False)
class RuleFileDamaged(IntegrityError):
    """A rule file is missing or cannot be understood.

    `place` is the entry that is wrong in it, `line` where that stands (from 1; 0 = not known).
    """

    key: ClassVar[str] = "rules.damaged"
    file: str
    place: str
    reason: RuleDamage = RuleDamage.NOT_ALLOWED
    line: int = 0


@dataclass(frozen=True)
class Origin:
    """Where the data of a rule file comes from, as shown beside what it says."""

    source: str
    checked_on: date
    effective_from: date


@dataclass(frozen=True)
class Table:
    """One TOML table of a rule file; every reading names its place when it fails."""

    file: str
    place: str
    values: Mapping[str, Any]
    asked: set[str] = field(default_factory=set)
    children: list[Table] = field(default_factory=list)

    def get(self, key: str, kind: type[T], default: T | None = None) -> T:
        """The value `key`, which must be a `kind` (no bool for an int); `default` when absent."""
        self.asked.add(key)
        value = self.values.get(key, default)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            missing = key not in self.values
            reason = RuleDamage.MISSING if missing else RuleDamage.WRONG_TYPE
            raise RuleFileDamaged(self.file, self._at(key), reason)
        return value

    def count(self, key: str, *, low: int = 0, high: int = 1000, default: int | None = None) -> int:
        """A whole number from `low` to `high`."""
        value = self.get(key, int, default)
        self.require(low <= value <= high, key, RuleDamage.OUT_OF_RANGE)
        return value

    def table(self, key: str, *, optional: bool = False) -> Table:
        """The table `key`; an empty one where it is `optional` and absent."""
        return self._child(self._at(key), self.get(key, dict, {} if optional else None))

    def tables(self, key: str) -> list[Table]:
        """The array of tables `key`: at least one."""
        found = self.get(key, list)
        self.require(bool(found) and all(isinstance(each, dict) for each in found), key)
        return [self._child(f"{self._at(key)}[{n}]", each) for n, each in enumerate(found, 1)]

    def each(self, key: str, make: Callable[[Any], T]) -> list[T]:
        """The list `key` (absent = empty), every entry turned into a value by `make`."""
        try:
            return [make(entry) for entry in self.get(key, list, [])]
        except (TypeError, ValueError) as exc:
            raise RuleFileDamaged(self.file, self._at(key)) from exc

    def one(self, key: str, make: Callable[[str], T], default: str | None = None) -> T:
        """The text `key` turned into a value (an enum member) by `make`."""
        try:
            return make(self.get(key, str, default))
        except ValueError as exc:
            raise RuleFileDamaged(self.file, self._at(key)) from exc

    def require(self, holds: bool, key: str, reason: RuleDamage = RuleDamage.NOT_ALLOWED) -> None:
        """Raise `RuleFileDamaged` at `key` unless `holds`."""
        if not holds:
            raise RuleFileDamaged(self.file, self._at(key), reason)

    def refuse_unasked(self) -> None:
        """Raise `RuleFileDamaged` at a key that nobody asked for: most likely a misspelt one."""
        for key in self.values:
            self.require(key in self.asked, key, RuleDamage.UNKNOWN_KEY)
        for child in self.children:
            child.refuse_unasked()

    def _child(self, place: str, values: Mapping[str, Any]) -> Table:
        self.children.append(Table(self.file, place, values))
        return self.children[-1]

    def _at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key


def origin_of(table: Table) -> Origin:
    """Source, day of the last check, and first day, which every rule file says."""
    return Origin(
        table.get("source", str), table.get("checked_on", date), table.get("effective_from", date)
    )


def require_unique_codes(rows: list[Table]) -> None:
    """Raise `RuleFileDamaged` where a `code` is missing, malformed or there twice."""
    seen: set[str] = set()
    for row in rows:
        code = row.get("code", str)
        row.require(code not in seen and code.replace("-", "").isalnum() and code.isascii(), "code")
        seen.add(code)
