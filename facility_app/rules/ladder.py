"""``ladder.toml``: how somebody is accepted at the clinic's desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import TypeVar

from facility_app.domain.expiry import Lifetimes
from facility_app.domain.ladder import (
    Area,
    Certainty,
    LadderRules,
    Limits,
    Place,
    RuleSource,
    Way,
    WayRule,
    Why,
)
from facility_app.rules.table import Table, require_unique_codes

E = TypeVar("E", bound=Enum)

_ORDERS = ("livelihood", *(place.value for place in Place))


def ladder(root: Table, lifetimes: Lifetimes) -> LadderRules:
    """``ladder.toml``; the date rules come from ``lifetimes.toml``."""
    everyone = root.table("everyone")
    return LadderRules(
        limits=_limits(root.table("limits"), lifetimes),
        orders=_orders(root.table("order")),
        ways=_ways(root),
        grounds=_grounds(root),
        areas={area.code: area for area in _areas(root)},
        everyone_age=everyone.count("age", high=150),
        everyone_until=everyone.get("until", date),
    )


def _limits(row: Table, lifetimes: Lifetimes) -> Limits:
    since = row.get("no_photo_since", date)
    row.require((since.month, since.day) != (2, 29), "no_photo_since")
    return Limits(
        lifetimes,
        no_photo_since=since,
        no_photo_under=row.count("no_photo_under", low=1, high=20),
        told_days=row.count("told_days", high=366),
        prescription_days=row.count("prescription_days", low=1, high=90),
    )


def _orders(table: Table) -> Mapping[str, tuple[Way, ...]]:
    """Each order names every way once."""
    orders = {name: tuple(table.each(name, Way)) for name in _ORDERS}
    for name, order in orders.items():
        table.require(len(order) == len(Way) and set(order) == set(Way), name)
    return orders


def _ways(root: Table) -> Mapping[Way, WayRule]:
    rows = root.tables("way")
    require_unique_codes(rows)
    found = {row.one("code", Way): _way(row) for row in rows}
    root.require(found.keys() == set(Way), "way")
    return found


def _way(row: Table) -> WayRule:
    return WayRule(
        bring=tuple(row.each("bring", str)),
        say=row.get("say", str),
        cannot=tuple(row.each("cannot", str)),
        cannot_in_grace=tuple(row.each("cannot_in_grace", str)),
        source=_source(row),
    )


def _grounds(root: Table) -> Mapping[Why, RuleSource]:
    found: dict[Why, RuleSource] = {}
    for row in root.tables("ground"):
        whys = row.each("why", Why)
        row.require(len(set(whys)) == len(whys) and not found.keys() & set(whys), "why")
        found |= dict.fromkeys(whys, _source(row))
    root.require(found.keys() == set(Why), "ground")
    return found


def _areas(root: Table) -> list[Area]:
    rows = root.tables("area")
    require_unique_codes(rows)
    return [_area(row) for row in rows]


def _area(row: Table) -> Area:
    return Area(
        code=row.get("code", str),
        ja=row.get("ja", str),
        en=row.get("en", str),
        age=row.count("age", high=150) or None,
        month=row.count("month", low=1, high=12),
        day=row.count("day", low=1, high=28),
        effective_from=row.get("effective_from", date),
        source=_source(row),
    )


def _source(row: Table) -> RuleSource:
    source = row.get("source", str)
    row.require(bool(source.strip()), "source")
    return RuleSource(source, row.get("checked_on", date), row.one("certainty", Certainty))
