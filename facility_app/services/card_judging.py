"""A stored check is judged against the register of now, recorded, and shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from facility_app.audit.work import Tx
from facility_app.cards.check import (
    Code,
    Custody,
    Finding,
    Recognition,
    check,
    differing_dates,
    worst,
)
from facility_app.cards.chip import NO_TRIES, CardKind, Certificate
from facility_app.db.models import CardCheckRow, ResidentRow
from facility_app.domain.access import Permission
from facility_app.domain.attributes import Comparison
from facility_app.services.card_register import Known, known_card, may_remember
from facility_app.services.card_views import (
    CheckView,
    checked_resident,
    facts_of,
    findings_of,
    next_visit,
    stored_findings,
)
from facility_app.services.lookalikes import lookalikes
from facility_app.services.rule_data import rules

NOT_THEIRS = frozenset({Code.CARD_OF_ANOTHER_RESIDENT, Code.ATTRIBUTES_DIFFER})
"""Findings that say: this is another person's card."""

_RECOGNITION = {
    Code.CARD_RECOGNISED: Recognition.SAME,
    Code.CARD_NOT_RECOGNISED: Recognition.UNKNOWN_CARD,
    Code.CARD_OF_ANOTHER_RESIDENT: Recognition.ANOTHER_RESIDENT,
}
_COMPARED = {
    Code.ATTRIBUTES_MATCH: Comparison.MATCH,
    Code.ATTRIBUTES_UNCLEAR: Comparison.REVIEW,
    Code.ATTRIBUTES_DIFFER: Comparison.DIFFERENT,
}


def known_by_mark(
    tx: Tx, row: CardCheckRow, mark: bytes | None, attributes: Comparison | None
) -> Known | None:
    """What the register knows of the resident's card; a comparison made before still counts."""
    if row.resident_id is None:
        return None
    return known_card(tx, row.resident_id, mark, attributes or compared_then(row))


def known_as_before(tx: Tx, row: CardCheckRow) -> Known | None:
    """As `known_by_mark` where nobody holds the mark any more: what it said then still counts."""
    known = known_by_mark(tx, row, None, None)
    if known is None:
        return None
    return replace(known, custody=replace(known.custody, recognition=recognition_then(row)))


def recognition_then(row: CardCheckRow) -> Recognition:
    """What the chip's mark said when the check was judged last."""
    said = (_RECOGNITION[f.code] for f in findings_of(row) if f.code in _RECOGNITION)
    return next(said, Recognition.OFF)


def compared_then(row: CardCheckRow) -> Comparison | None:
    """How the attributes compared when they were compared last."""
    said = (_COMPARED[f.code] for f in findings_of(row) if f.code in _COMPARED)
    return next(said, None)


def compared_lately(tx: Tx, row: CardCheckRow, since: datetime) -> Comparison | None:
    """That the same card, read for this resident since then, was not clearly theirs.

    A doubt outlives another day of visit and another reading; a match does not: a card with the
    same dates need not be the same card.
    """
    if row.resident_id is None:
        return None
    earlier = tx.session.scalars(
        select(CardCheckRow)
        .where(CardCheckRow.resident_id == row.resident_id, CardCheckRow.at >= since)
        .order_by(CardCheckRow.at.desc(), CardCheckRow.id.desc())
    )
    now = replace(facts_of(row), tries=NO_TRIES)
    for each in earlier:
        compared = compared_then(each)
        if compared is not None and replace(facts_of(each), tries=NO_TRIES) == now:
            return None if compared is Comparison.MATCH else compared
    return None


def judge(row: CardCheckRow, known: Known | None) -> tuple[Finding, ...]:
    """Findings against the register, written into the row; gives them with the names in them."""
    item, custody = (None, None) if known is None else (known.item, known.custody)
    findings = check(facts_of(row), row.visit_on, rules().lifetimes, custody)
    row.item_id = item.id if item else None
    row.noted_card_expires_on = item.card_expires_on if item else None
    row.noted_certificate_expires_on = item.certificate_expires_on if item else None
    row.findings = stored_findings(findings)
    row.level = worst(findings)
    return findings


def record_check(tx: Tx, action: str, row: CardCheckRow, **plain: Any) -> int:
    """Append the entry of a check; gives its number.

    Kind, level and codes identify nobody; dates and counters are sealed under the resident's key,
    and without a resident they stay in the row alone.
    """
    sealed = {} if row.resident_id is None else _sealed(row)
    return tx.record(
        action,
        f"card_check:{row.id}",
        resident=row.resident_id,
        items=[] if row.item_id is None else [row.item_id],
        plain={
            "card_kind": row.kind.value,
            "level": row.level.value,
            "findings": [each["code"] for each in row.findings],
            **plain,
        },
        **sealed,
    )


def _sealed(row: CardCheckRow) -> dict[str, Any]:
    days = {
        "visit_on": row.visit_on,
        "certificate_from": row.certificate_from,
        "certificate_until": row.certificate_until,
        "card_expires_on": row.card_expires_on,
    }
    said = {name: day.isoformat() for name, day in days.items() if day is not None}
    tries = {pin: left for pin, left in row.tries.items() if left is not None}
    return said | ({"tries": tries} if tries else {})


def view_of(
    tx: Tx,
    row: CardCheckRow,
    known: Known | None,
    findings: tuple[Finding, ...],
    *,
    mark_known: bool,
) -> CheckView:
    """One check in full, as the register stands now."""
    resident = None if row.resident_id is None else tx.session.get_one(ResidentRow, row.resident_id)
    item, custody = (None, Custody(None)) if known is None else (known.item, known.custody)
    facts = facts_of(row)
    differing = differing_dates(facts, custody)
    theirs = not NOT_THEIRS & {each.code for each in findings}
    manages = tx.may(Permission.MANAGE_RESIDENTS)
    is_ours = theirs and row.kind is CardKind.MY_NUMBER_CARD and item is not None
    return CheckView(
        id=row.id,
        seq=row.seq,
        at=row.at,
        facts=facts,
        on=row.visit_on,
        resident=None if resident is None else checked_resident(resident),
        item_id=row.item_id,
        findings=findings,
        level=row.level,
        noted=_noted(row),
        differing=differing,
        recognised=custody.recognition is Recognition.SAME,
        may_remember=mark_known
        and manages
        and is_ours
        and row.certificate is Certificate.READ
        and may_remember(tx, item, custody.recognition),
        may_correct=manages
        and is_ours
        and bool(differing)
        and item is not None
        and item.state.in_custody,
        visit=None if resident is None else next_visit(tx, resident.id),
        lookalikes=() if resident is None else lookalikes(tx.session, resident),
    )


def _noted(row: CardCheckRow) -> dict[str, Any]:
    if row.item_id is None:
        return {}
    return {
        "card_expires_on": row.noted_card_expires_on,
        "certificate_expires_on": row.noted_certificate_expires_on,
    }
