"""Whether an agreement carries a thing today: for the desk, the register and emergencies.

Rules: domain §13.8 and domain/agreements.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.orm import Session

from facility_app.db.models import (
    AgreementKindRow,
    AgreementRow,
    ItemKindRow,
    ItemRow,
    ResidentRow,
)
from facility_app.domain.agreements import (
    ADULT_AGE,
    MINORS_ONLY,
    AgreementFacts,
    Standing,
    best_standing,
    emergency_is_flagged,
    refuse_unless_valid,
)
from facility_app.domain.dates import add_months, age_on
from facility_app.domain.items import ItemState
from facility_app.services.proxies import proofs_of

IN_CUSTODY = tuple(state for state in ItemState if state.in_custody)

_ALL_FACTS = (
    select(
        AgreementRow.id,
        AgreementRow.resident_id,
        AgreementRow.signed_on,
        AgreementRow.capacity,
        AgreementRow.will,
        AgreementRow.proofs,
        AgreementRow.powers_name_card,
        AgreementRow.all_kinds,
        AgreementRow.pin_clause,
        AgreementRow.emergency_clause,
        AgreementRow.recognition_clause,
        AgreementRow.review_on,
        AgreementRow.withdrawn_on,
        AgreementKindRow.kind_code,
        ResidentRow.birth_date,
    )
    .join(ResidentRow, ResidentRow.id == AgreementRow.resident_id)
    .outerjoin(AgreementKindRow, AgreementKindRow.agreement_id == AgreementRow.id)
)
_FACTS = _ALL_FACTS.where(AgreementRow.resident_id == bindparam("resident"))


@dataclass
class _Gathered:
    """One agreement's rows put together."""

    row: Any
    kinds: set[str] = field(default_factory=set)


def agreement_facts(session: Session, resident_id: int) -> tuple[list[AgreementFacts], date | None]:
    """All agreements of a resident as the rules see them, and the birth date; one indexed query."""
    found: dict[int, _Gathered] = {}
    birth: date | None = None
    for row in session.connection().execute(_FACTS, {"resident": resident_id}):
        birth = row.birth_date
        gathered = found.setdefault(row.id, _Gathered(row))
        if row.kind_code is not None:
            gathered.kinds.add(row.kind_code)
    return [facts_of_agreement(each.row, each.kinds) for each in found.values()], birth


def standing(
    session: Session, resident_id: int, kinds: Iterable[str], today: date
) -> dict[str, Standing]:
    """For each kind (code) whether an agreement carries it today, and if not, why not."""
    facts, birth = agreement_facts(session, resident_id)
    age = rule_age(birth, today)
    return {kind: best_standing(facts, today, kind, age=age) for kind in kinds}


def refuse_without_agreement(
    session: Session, resident_id: int, kinds: Iterable[str], today: date
) -> None:
    """Raise the refusal that fits where any kind is not carried by a valid agreement today."""
    for kind, stands in standing(session, resident_id, kinds, today).items():
        if stands is not Standing.VALID:
            resident = session.get_one(ResidentRow, resident_id)
            kind_row = session.get_one(ItemKindRow, kind)
            refuse_unless_valid(stands, resident.name, kind_row.name)


def missing_agreement(
    session: Session, resident_id: int, kinds: Iterable[str], today: date
) -> bool:
    """Whether an emergency release is flagged.

    Some kind lacks a valid agreement with an emergency clause.
    """
    facts, birth = agreement_facts(session, resident_id)
    age = rule_age(birth, today)
    for kind in kinds:
        carried = (each for each in facts if _carries(each, today, kind, age))
        if not any(not emergency_is_flagged(each, Standing.VALID) for each in carried):
            return True
    return False


def uncovered_residents(session: Session, today: date) -> list[tuple[int, str, str]]:
    """(id, name, room) of residents with a thing in custody that no agreement carries today.

    One query for the whole register.  Power and proof were checked when an agreement was made and
    do not change; only coming of age ends a parent's.
    """
    came_of_age = ResidentRow.birth_date <= add_months(today, -12 * ADULT_AGE)
    covers_kind = exists().where(
        AgreementKindRow.agreement_id == AgreementRow.id,
        AgreementKindRow.kind_code == ItemRow.kind_code,
    )
    carried = exists().where(
        AgreementRow.resident_id == ItemRow.resident_id,
        AgreementRow.signed_on <= today,
        or_(AgreementRow.withdrawn_on.is_(None), AgreementRow.withdrawn_on > today),
        or_(AgreementRow.review_on.is_(None), AgreementRow.review_on >= today),
        or_(AgreementRow.all_kinds, covers_kind),
        or_(AgreementRow.capacity.not_in(MINORS_ONLY), ~came_of_age),
    )
    query = (
        select(ResidentRow.id, ResidentRow.name, ResidentRow.room)
        .join(ItemRow, ItemRow.resident_id == ResidentRow.id)
        .where(ItemRow.state.in_(IN_CUSTODY), ~carried)
        .distinct()
        .order_by(ResidentRow.id)
    )
    return [(id_, name, room) for id_, name, room in session.execute(query)]


def uncovered_items(session: Session, resident_id: int, today: date) -> list[int]:
    """Ids of things in custody that no agreement carries today."""
    held = session.execute(
        select(ItemRow.id, ItemRow.kind_code).where(
            ItemRow.resident_id == resident_id, ItemRow.state.in_(IN_CUSTODY)
        )
    ).all()
    stands = standing(session, resident_id, {row.kind_code for row in held}, today)
    return [row.id for row in held if stands[row.kind_code] is not Standing.VALID]


def facts_of_agreement(row: Any, kinds: Iterable[str]) -> AgreementFacts:
    """A row of the agreement table, or of the query above, as the rules see it."""
    return AgreementFacts(
        agreed_on=row.signed_on,
        capacity=row.capacity,
        will=row.will,
        kinds=None if row.all_kinds else frozenset(kinds),
        proofs=proofs_of(row.proofs),
        powers_name_card=row.powers_name_card,
        pin_clause=row.pin_clause,
        emergency_clause=row.emergency_clause,
        recognition_clause=row.recognition_clause,
        review_on=row.review_on,
        withdrawn_on=row.withdrawn_on,
    )


def recognition_agreed(session: Session, resident_id: int, kind: str, today: date) -> bool:
    """Whether an agreement that carries the kind (code) today allows chip recognition."""
    facts, birth = agreement_facts(session, resident_id)
    age = rule_age(birth, today)
    return any(each.recognition_clause and _carries(each, today, kind, age) for each in facts)


def pin_agreed(session: Session, resident_id: int, kind: str, today: date) -> bool:
    """Whether an agreement that carries the kind (code) today has the PIN clause."""
    clause, stands = pin_standing(session, resident_id, kind, today)
    return clause and stands is Standing.VALID


def pin_standing(
    session: Session, resident_id: int, kind: str, today: date
) -> tuple[bool, Standing]:
    """Whether any agreement has the PIN clause, and how the nearest of those stands today.

    Of all agreements where none has it.
    """
    facts, birth = agreement_facts(session, resident_id)
    named = [each for each in facts if each.pin_clause]
    age = rule_age(birth, today)
    return bool(named), best_standing(named or facts, today, kind, age=age)


def _carries(facts: AgreementFacts, today: date, kind: str, age: int) -> bool:
    return best_standing([facts], today, kind, age=age) is Standing.VALID


def rule_age(birth: date | None, today: date) -> int:
    """The age for the rules; without a birth date an adult, which asks for more."""
    return ADULT_AGE if birth is None else age_on(birth, today)
