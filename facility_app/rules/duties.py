"""Rule file about duties: places, papers, days, and when papers can be applied for."""

from __future__ import annotations

from datetime import date

from facility_app.domain.duties import (
    DutyKind,
    DutyNumbers,
    DutyPlace,
    DutyRule,
    DutyRules,
    Lead,
)
from facility_app.domain.ladder_rules import Certainty, RuleSource
from facility_app.rules.table import RuleDamage, Table


def duty_rules(root: Table, kinds: set[str]) -> DutyRules:
    """``duties.toml``; kinds: the codes of ``item_kinds.toml``."""
    rows = {row.one("kind", DutyKind): _duty(row) for row in root.tables("duty")}
    root.require(set(rows) == set(DutyKind), "duty", RuleDamage.MISSING)
    certificate, health = root.get("certificate", str), frozenset(root.each("health", str))
    root.require(certificate in kinds, "certificate")
    root.require(health <= kinds, "health")
    leads = {}
    for row in root.tables("lead"):
        row.require(row.get("kind", str) in kinds, "kind")
        days = row.count("days", high=366, default=0)
        leads[row.get("kind", str)] = Lead(row.count("months", high=24, default=0), days)
    return DutyRules(rows, _numbers(root.table("days")), leads, certificate, health)


def _duty(row: Table) -> DutyRule:
    return DutyRule(
        place=row.one("place", DutyPlace),
        bring=tuple(row.each("bring", str)),
        proxy=row.get("proxy", bool),
        soon_days=row.count("soon_days", high=366),
        source=RuleSource(
            row.get("source", str), row.get("checked_on", date), row.one("certainty", Certainty)
        ),
    )


def _numbers(days: Table) -> DutyNumbers:
    return DutyNumbers(
        notice_months=days.count("notice_months", high=24),
        notice_counts_months=days.count("notice_counts_months", high=24),
        move_in_days=days.count("move_in", low=1, high=366),
        move_out_days=days.count("move_out", low=1, high=366),
        continued_use_days=days.count("continued_use", low=1, high=366),
        livelihood_days=days.count("livelihood", low=1, high=366),
        hand_back_days=days.count("hand_back", low=1, high=366),
        follow_days=days.count("follow", low=1, high=366),
        follow_due_days=days.count("follow_due", low=1, high=366),
        collect_days=days.count("collect", low=1, high=366),
        ratio_days=days.count("ratio", low=1, high=366),
        lapse_months=days.count("lapse_months", low=1, high=24),
    )
