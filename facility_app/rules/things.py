"""Rule files about the desk: kinds in custody, reasons for leaving, variants of characters."""

from __future__ import annotations

from datetime import time

from facility_app.domain.custody import MAX_PURPOSES, DueKind, DueRule, Purpose
from facility_app.domain.items import Cycle, DateRole, ItemKind, RenewalCycle
from facility_app.domain.names import closed_variants
from facility_app.rules.table import Table, require_unique_codes


def purposes(root: Table) -> tuple[Purpose, ...]:
    """``purposes.toml``."""
    rows = root.tables("purpose")
    root.require(len(rows) <= MAX_PURPOSES, "purpose")
    require_unique_codes(rows)
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


def item_kinds(root: Table, purposes: set[str]) -> tuple[ItemKind, ...]:
    """``item_kinds.toml``; `purposes`: the codes that a kind may be usual for."""
    require_unique_codes(rows := root.tables("kind"))
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


def all_variants(root: Table) -> dict[str, str]:
    """``variants.toml``: for the search."""
    return closed_variants({**variants(root.table("same")), **variants(root.table("search"))})


def variants(table: Table) -> dict[str, str]:
    """One table of it."""
    found: dict[str, str] = {}
    for base in table.values:
        others = table.get(base, str)
        table.require(len(base) == 1 and base not in others, base)
        table.require(not found.keys() & set(others), base)
        found |= dict.fromkeys(others, base)
    return found
