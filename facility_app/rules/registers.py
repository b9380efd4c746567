"""The rule file of the registers (``registers.toml``)."""

from __future__ import annotations

from facility_app.domain.registers import (
    About,
    FactChoice,
    FactKind,
    FactRule,
    MarkRule,
    MarkScope,
    RegisterRule,
    Said,
    Writers,
)
from facility_app.rules.table import RuleDamage, Table, require_unique_codes


def registers(root: Table) -> dict[str, RegisterRule]:
    """All registers by their code, in the order of the screen."""
    tables = root.tables("register")
    require_unique_codes(tables)
    return {each.code: each for each in map(_register, tables)}


def _register(row: Table) -> RegisterRule:
    facts = tuple(_fact(each) for each in _some(row, "fact"))
    marks = tuple(_mark(each) for each in _some(row, "mark"))
    due_fact = row.get("due_fact", str, "")
    row.require(not due_fact or due_fact in _days(facts), "due_fact")
    everyone = row.get("everyone", str, "")
    row.require(not everyone or everyone in {each.code for each in marks}, "everyone")
    ways = [key for key in ("due_days", "due_months", "due_fact") if key in row.values]
    row.require(len(ways) <= 1, ways[-1] if ways else "code")
    return RegisterRule(
        code=row.get("code", str),
        name=_said(row, "name"),
        about=row.one("about", About, About.NOBODY.value),
        writers=row.one("writers", Writers),
        facts=facts,
        keep_years=row.count("keep_years", low=1, high=30),
        marks=marks,
        due_days=_count(row, "due_days"),
        due_months=_count(row, "due_months"),
        due_fact=due_fact,
        repeat_months=row.count("repeat_months", high=120, default=0),
        everyone=everyone,
        everyone_months=row.count("everyone_months", high=120, default=0),
        needs_paper=row.get("needs_paper", bool, False),
        template=_said(row, "template") if "template" in row.values else None,
        help=_said(row, "help") if "help" in row.values else None,
    )


def _fact(row: Table) -> FactRule:
    kind = row.one("kind", FactKind, FactKind.LINE.value)
    choices = _some(row, "choice")
    row.require((kind is FactKind.CHOICE) is bool(choices), "kind", RuleDamage.NOT_ALLOWED)
    return FactRule(
        code=row.get("code", str),
        kind=kind,
        name=_said(row, "name"),
        at_opening=row.get("at_opening", bool, False),
        at_settling=row.get("at_settling", bool, False),
        choices=tuple(FactChoice(each.get("code", str), _said(each, "name")) for each in choices),
        help=_said(row, "help") if "help" in row.values else None,
    )


def _mark(row: Table) -> MarkRule:
    return MarkRule(
        code=row.get("code", str),
        name=_said(row, "name"),
        scope=row.one("scope", MarkScope, MarkScope.EACH.value),
        own=row.get("own", bool, False),
        needed=row.get("needed", bool, False),
        help=_said(row, "help") if "help" in row.values else None,
    )


def _some(row: Table, key: str) -> list[Table]:
    """The array of tables `key`, which may be absent; their codes are unique."""
    if key not in row.values:
        return []
    tables = row.tables(key)
    require_unique_codes(tables)
    return tables


def _said(row: Table, key: str) -> Said:
    table = row.table(key)
    return Said(table.get("ja", str), table.get("en", str))


def _count(row: Table, key: str) -> int | None:
    return row.count(key, high=3660) if key in row.values else None


def _days(facts: tuple[FactRule, ...]) -> set[str]:
    return {each.code for each in facts if each.kind is FactKind.DAY}
