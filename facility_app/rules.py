"""The rule data of ``resources/rules``: read, checked and turned into the rules' values.

Every file says where its numbers come from (`source`), when that was checked (`checked_on`) and
from when they hold (`effective_from`).  A file that cannot be understood stops the program
(`RuleFileDamaged`): a custody program must not guess at lifetimes.
"""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from facility_app.config import resources
from facility_app.domain.custody import MAX_PURPOSES, DueKind, DueRule, Purpose
from facility_app.domain.expiry import AgeLine, Lifetimes
from facility_app.domain.insurance import BurdenRow, BurdenTable
from facility_app.domain.items import Cycle, DateRole, ItemKind, RenewalCycle
from facility_app.domain.names import closed_variants
from facility_app.errors import IntegrityError

T = TypeVar("T")


@dataclass(eq=False)
class RuleFileDamaged(IntegrityError):
    """A rule file is missing or cannot be understood; `place` is the entry that is wrong in it."""

    key: ClassVar[str] = "rules.damaged"
    file: str
    place: str


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
            raise RuleFileDamaged(self.file, self._at(key))
        return value

    def count(self, key: str, *, low: int = 0, high: int = 1000, default: int | None = None) -> int:
        """A whole number from `low` to `high`."""
        value = self.get(key, int, default)
        self.require(low <= value <= high, key)
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

    def require(self, holds: bool, key: str) -> None:
        """Raise `RuleFileDamaged` at `key` unless `holds`."""
        if not holds:
            raise RuleFileDamaged(self.file, self._at(key))

    def refuse_unasked(self) -> None:
        """Raise `RuleFileDamaged` at a key that nobody asked for: most likely a misspelt one."""
        for key in self.values:
            self.require(key in self.asked, key)
        for child in self.children:
            child.refuse_unasked()

    def _child(self, place: str, values: Mapping[str, Any]) -> Table:
        self.children.append(Table(self.file, place, values))
        return self.children[-1]

    def _at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key


class Rules:
    """All rule data of a folder, each file read when first asked for.  Raises `RuleFileDamaged`."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or resources() / "rules"

    def origin(self, name: str) -> Origin:
        """Where the data of the rule file `name` (without ``.toml``) comes from."""
        return _origin(self._read(name))

    @cached_property
    def lifetimes(self) -> Lifetimes:
        """Lifetimes of cards and certificates, and the months of the date rules."""
        return self._whole("lifetimes", _lifetimes)

    @cached_property
    def item_kinds(self) -> tuple[ItemKind, ...]:
        """The first values of the kinds in custody, in the order of the screen."""
        codes = {purpose.code for purpose in self.purposes}
        return self._whole("item_kinds", lambda root: _kinds(root, codes))

    @cached_property
    def purposes(self) -> tuple[Purpose, ...]:
        """The first values of the reasons for leaving, at most six."""
        return self._whole("purposes", _purposes)

    @cached_property
    def burden(self) -> BurdenTable:
        """Which burden ratios an age allows."""
        return self._whole("burden", _burden)

    @cached_property
    def variants(self) -> dict[str, str]:
        """Variant → the character the search looks for: true variants and look-alikes."""
        return self._whole("variants", _all_variants)

    @cached_property
    def true_variants(self) -> dict[str, str]:
        """Variant → base for comparing two names: only forms of one and the same character."""
        return closed_variants(_variants(self._read("variants").table("same")))

    def _whole(self, name: str, make: Callable[[Table], T]) -> T:
        root = self._read(name)
        value = make(root)
        root.refuse_unasked()
        return value

    def _read(self, name: str) -> Table:
        file = f"{name}.toml"
        try:
            values = tomllib.loads((self.folder / file).read_text(encoding="utf-8"))
        except (OSError, ValueError) as exc:
            raise RuleFileDamaged(file, "") from exc
        table = Table(file, "", values)
        _origin(table)
        return table


def _origin(table: Table) -> Origin:
    return Origin(
        table.get("source", str), table.get("checked_on", date), table.get("effective_from", date)
    )


def _lifetimes(root: Table) -> Lifetimes:
    card, grace, renewal = root.table("card"), root.table("grace"), root.table("renewal")
    lines = [
        AgeLine(row.get("applied_from", date), row.count("under", high=30))
        for row in card.tables("minor")
    ]
    period = root.table("period")
    return Lifetimes(
        card_birthdays=card.count("birthdays", low=1, high=50),
        card_birthdays_minor=card.count("birthdays_minor", low=1, high=50),
        minor_lines=tuple(sorted(lines, key=lambda line: line.applied_from)),
        certificate_birthdays=root.table("certificate").count("birthdays", low=1, high=50),
        renewal_months=renewal.count("months", low=1, high=24),
        soon_days=renewal.count("soon_days", low=1, high=365),
        grace_months=grace.count("months", high=24),
        kyokai_kenpo_months=grace.count("kyokai_kenpo_months", high=24),
        residence_extension_months=root.table("residence").count("extension_months", high=24),
        period_end_month=period.count("end_month", low=1, high=12),
        period_end_day=period.count("end_day", low=1, high=_month_days(period)),
    )


def _month_days(period: Table) -> int:
    """Days of the month in a common year: the period must end on a day that every year has."""
    return calendar.monthrange(2023, period.count("end_month", low=1, high=12))[1]


def _burden(root: Table) -> BurdenTable:
    rows = []
    for row in root.tables("row"):
        ratios = frozenset(row.each("ratios", int))
        row.require(bool(ratios) and ratios <= {1, 2, 3}, "ratios")
        low = row.count("age_from", high=150)
        high = row.count("age_to", low=low, high=150) if "age_to" in row.values else None
        rows.append(BurdenRow(low, high, ratios, row.get("effective_from", date, date.min)))
    return BurdenTable(
        tuple(rows), root.count("kouki_age", high=150), root.count("kouki_age_disabled", high=150)
    )


def _purposes(root: Table) -> tuple[Purpose, ...]:
    rows = root.tables("purpose")
    root.require(len(rows) <= MAX_PURPOSES, "purpose")
    _require_unique_codes(rows)
    return tuple(
        Purpose(
            *_names(row),
            due=_due(row.table("due")),
            in_house=row.get("in_house", bool, False),
        )
        for row in rows
    )


def _names(row: Table) -> tuple[str, str, str]:
    return row.get("code", str), row.get("ja", str), row.get("en", str)


def _due(row: Table) -> DueRule:
    kind = row.one("kind", DueKind)
    relative = kind is DueKind.RELATIVE
    return DueRule(
        kind=kind,
        minutes=row.count("minutes", low=1, high=100_000) if relative else 0,
        at=DueRule.at if relative else row.get("at", time),
        days=row.count("days", high=366, default=0),
        after_visit_minutes=row.count("after_visit_minutes", high=1440, default=0),
    )


def _kinds(root: Table, purposes: set[str]) -> tuple[ItemKind, ...]:
    _require_unique_codes(rows := root.tables("kind"))
    return tuple(_kind(row, purposes) for row in rows)


def _kind(row: Table, purposes: set[str]) -> ItemKind:
    usual_for = frozenset(row.each("usual_for", str))
    row.require(usual_for <= purposes, "usual_for")
    return ItemKind(
        *_names(row),
        is_card=row.get("is_card", bool, False),
        dates=tuple(row.each("dates", DateRole)),
        has_ratio=row.get("has_ratio", bool, False),
        many=row.get("many", bool, False),
        usual_for=usual_for,
        cycle=_cycle(row.table("cycle", optional=True)),
    )


def _cycle(row: Table) -> RenewalCycle:
    kind = row.one("kind", Cycle, "none")
    yearly, years = kind is Cycle.YEARLY, kind is Cycle.YEARS
    return RenewalCycle(
        cycle=kind,
        month=row.count("month", low=1, high=12) if yearly else 0,
        day=row.count("day", low=1, high=31) if yearly else 0,
        years=row.count("years", low=1, high=50) if years else 0,
        apply_months=row.count("apply_months", high=24, default=0),
    )


def _all_variants(root: Table) -> dict[str, str]:
    return closed_variants({**_variants(root.table("same")), **_variants(root.table("search"))})


def _variants(table: Table) -> dict[str, str]:
    found: dict[str, str] = {}
    for base in table.values:
        others = table.get(base, str)
        table.require(len(base) == 1 and base not in others, base)
        table.require(not found.keys() & set(others), base)
        found |= dict.fromkeys(others, base)
    return found


def _require_unique_codes(rows: list[Table]) -> None:
    seen: set[str] = set()
    for row in rows:
        code = row.get("code", str)
        row.require(code not in seen and code.replace("-", "").isalnum() and code.isascii(), "code")
        seen.add(code)
