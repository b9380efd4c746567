"""Who may consent for a resident, and what is missing, told case by case (domain §9).

One case for the person and one for each proxy on record.  What the law leaves open is said as
such; the program decides nothing about it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sqlalchemy import select

from facility_app.audit.work import Reading
from facility_app.db.models import ProxyRow, ResidentRow
from facility_app.domain.access import Permission
from facility_app.domain.agreements import (
    ADULT_AGE,
    ANY_PROOF,
    MINORS_ONLY,
    POWERS,
    PROOFS,
    Capacity,
    Power,
    WillConfirmed,
    capacity_of,
    may_consent,
    may_know_pin,
    missing_proofs,
)
from facility_app.domain.clock import local_date
from facility_app.domain.dates import add_months
from facility_app.domain.people import ProofKind
from facility_app.services.agreement_standing import rule_age
from facility_app.services.proxies import proofs_of

FRESH_MONTHS = 3
"""City offices take a 登記事項証明書 of at most this age (domain §9)."""


class ConsentAdvice(Enum):
    """What to mind in a case."""

    ASK_THE_PERSON = "ask-the-person"
    CONFIRM_WILL = "confirm-will"
    LIST_MUST_NAME_CARD = "list-must-name-card"
    PROOFS_MISSING = "proofs-missing"
    ONE_PROOF_ENOUGH = "one-proof-enough"
    CERTIFICATE_OLD = "certificate-old"
    CAME_OF_AGE = "came-of-age"
    POWER_OVER = "power-over"
    NO_POWER = "no-power"
    LAW_OPEN = "law-open"
    PIN_NOT_TOLD = "pin-not-told"


@dataclass(frozen=True)
class ConsentCase:
    """One person who could consent.

    may: with everything that is asked for; missing: proofs still to be seen; advice in the order in
    which it is read; knows_pin: a PIN may be told to them.
    """

    capacity: Capacity
    name: str
    proxy_id: int | None
    power: Power
    may: bool
    missing: tuple[ProofKind, ...]
    knows_pin: bool
    advice: tuple[ConsentAdvice, ...]


def consent_cases(reading: Reading, resident_id: int) -> tuple[ConsentCase, ...]:
    """The person first, then the proxies as they were registered.  Needs VIEW_RESIDENTS."""
    reading.require(Permission.VIEW_RESIDENTS)
    session, today = reading.session, local_date(reading.now)
    row = session.get_one(ResidentRow, resident_id)
    age = rule_age(row.birth_date, today)
    proxies = session.scalars(
        select(ProxyRow).where(ProxyRow.resident_id == resident_id).order_by(ProxyRow.id)
    ).all()
    powers = {POWERS[capacity_of(each.kind)] for each in proxies if not _over(each, today)}
    by_law = bool(powers & {Power.BY_LAW, Power.IF_NAMED})
    own = ConsentCase(
        capacity=Capacity.SELF,
        name=row.name,
        proxy_id=None,
        power=Power.OWN,
        may=True,
        missing=(),
        knows_pin=True,
        advice=(ConsentAdvice.ASK_THE_PERSON,),
    )
    return own, *(_case(each, age, today, by_law=by_law) for each in proxies)


def _case(row: ProxyRow, age: int, today: date, *, by_law: bool) -> ConsentCase:
    capacity = capacity_of(row.kind)
    seen = proofs_of(row.proof.split())
    missing = missing_proofs(capacity, seen)
    over = _over(row, today)
    may = may_consent(capacity, age=age, powers_name_card=True, will=WillConfirmed.SPOKEN)
    return ConsentCase(
        capacity=capacity,
        name=row.name,
        proxy_id=row.id,
        power=POWERS[capacity],
        may=may and not missing and not over,
        missing=tuple(proof for proof in ProofKind if proof in missing),
        knows_pin=may_know_pin(capacity) and not over,
        advice=tuple(_advice(row, capacity, age, today, missing, by_law=by_law)),
    )


def _advice(
    row: ProxyRow,
    capacity: Capacity,
    age: int,
    today: date,
    missing: Iterable[ProofKind],
    *,
    by_law: bool,
) -> Iterable[ConsentAdvice]:
    power = POWERS[capacity]
    if _over(row, today):
        yield ConsentAdvice.POWER_OVER
    if power is Power.NONE:
        yield ConsentAdvice.NO_POWER
    if capacity in MINORS_ONLY and age >= ADULT_AGE:
        yield ConsentAdvice.CAME_OF_AGE
    if power is Power.IF_NAMED:
        yield ConsentAdvice.LIST_MUST_NAME_CARD
    if missing:
        enough = capacity in ANY_PROOF
        yield ConsentAdvice.ONE_PROOF_ENOUGH if enough else ConsentAdvice.PROOFS_MISSING
    elif _old_certificate(row, capacity, today):
        yield ConsentAdvice.CERTIFICATE_OLD
    if power is Power.WITH_PERSON:
        yield ConsentAdvice.CONFIRM_WILL
        if not by_law:
            yield ConsentAdvice.LAW_OPEN
    if not may_know_pin(capacity):
        yield ConsentAdvice.PIN_NOT_TOLD


def _over(row: ProxyRow, today: date) -> bool:
    """Whether the power has ended."""
    return any(day is not None and day < today for day in (row.ended_on, row.valid_until))


def _old_certificate(row: ProxyRow, capacity: Capacity, today: date) -> bool:
    """Whether the city office would not take the certificate that was seen any more."""
    if ProofKind.REGISTRATION_CERTIFICATE not in PROOFS[capacity] or row.proof_seen_on is None:
        return False
    return add_months(row.proof_seen_on, FRESH_MONTHS) < today
