"""Agreements (預かり同意書): who may consent, what proof is needed, and whether one covers an
item today.

Rules: domain §9 and §13.8; no custody and no sign-out without a valid agreement, an emergency
release excepted, and flagged.  A review date is itself still covered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import ClassVar

from facility_app.domain.people import ProofKind, ProxyKind
from facility_app.errors import Refused


class Capacity(Enum):
    """In what capacity somebody consented: 本人, or as one of the proxies (same values)."""

    SELF = "self"
    PARENT = "parent"
    MINOR_GUARDIAN = "minor-guardian"
    ADULT_GUARDIAN = "adult-guardian"
    CURATOR = "curator"
    ASSISTANT = "assistant"
    VOLUNTARY_GUARDIAN = "voluntary-guardian"
    MANDATARY = "mandatary"
    FAMILY = "family"
    GUARANTOR = "guarantor"


class Power(Enum):
    """How far a capacity reaches.

    OWN: the person.  BY_LAW: instead of the person.  IF_NAMED: only where the list of powers
    (代理行為目録, 任意後見契約, 委任状) names the cards.  WITH_PERSON: no power by law; only
    together with a record of how the person's own will was confirmed.  NONE: cannot consent.
    """

    OWN = "own"
    BY_LAW = "by-law"
    IF_NAMED = "if-named"
    WITH_PERSON = "with-person"
    NONE = "none"


POWERS: dict[Capacity, Power] = {
    Capacity.SELF: Power.OWN,
    Capacity.PARENT: Power.BY_LAW,
    Capacity.MINOR_GUARDIAN: Power.BY_LAW,
    Capacity.ADULT_GUARDIAN: Power.BY_LAW,
    Capacity.CURATOR: Power.IF_NAMED,
    Capacity.ASSISTANT: Power.IF_NAMED,
    Capacity.VOLUNTARY_GUARDIAN: Power.IF_NAMED,
    Capacity.MANDATARY: Power.IF_NAMED,
    Capacity.FAMILY: Power.WITH_PERSON,
    Capacity.GUARANTOR: Power.NONE,
}

PROOFS: dict[Capacity, frozenset[ProofKind]] = {
    Capacity.SELF: frozenset(),
    Capacity.PARENT: frozenset({ProofKind.FAMILY_REGISTER}),
    Capacity.MINOR_GUARDIAN: frozenset({ProofKind.FAMILY_REGISTER, ProofKind.COURT_DECISION}),
    Capacity.ADULT_GUARDIAN: frozenset({ProofKind.REGISTRATION_CERTIFICATE}),
    Capacity.CURATOR: frozenset({ProofKind.REGISTRATION_CERTIFICATE, ProofKind.POWERS_LIST}),
    Capacity.ASSISTANT: frozenset({ProofKind.REGISTRATION_CERTIFICATE, ProofKind.POWERS_LIST}),
    Capacity.VOLUNTARY_GUARDIAN: frozenset(
        {ProofKind.REGISTRATION_CERTIFICATE, ProofKind.POWERS_LIST}
    ),
    Capacity.MANDATARY: frozenset({ProofKind.MANDATE, ProofKind.PHOTO_ID}),
    Capacity.FAMILY: frozenset(),
    Capacity.GUARANTOR: frozenset(),
}
"""All of these must have been seen; for a minor's guardian one is enough (`ANY_PROOF`)."""

ANY_PROOF = frozenset({Capacity.MINOR_GUARDIAN})
MINORS_ONLY = frozenset({Capacity.PARENT, Capacity.MINOR_GUARDIAN})
ADULT_AGE = 18

KNOWS_PIN = frozenset(
    {Capacity.SELF, Capacity.PARENT, Capacity.MINOR_GUARDIAN, Capacity.ADULT_GUARDIAN}
)
"""Whom a PIN may be told by right: 本人 and 法定代理人 (curators and assistants only if named)."""


class WillConfirmed(Enum):
    """How the person's will was confirmed (domain §9: record it, with who was present)."""

    WRITTEN = "written"
    SPOKEN = "spoken"
    GESTURE = "gesture"
    SUPPORTED = "supported"
    NOT_POSSIBLE = "not-possible"


class Standing(Enum):
    """Whether an agreement carries custody of an item of some kind today, and if not, why not."""

    VALID = "valid"
    NONE = "none"
    NOT_YET = "not-yet"
    WITHDRAWN = "withdrawn"
    REVIEW_PASSED = "review-passed"
    KIND_NOT_COVERED = "kind-not-covered"
    POWER_MISSING = "power-missing"
    PROOF_MISSING = "proof-missing"


@dataclass(frozen=True)
class AgreementFacts:
    """What the rules need to know of one agreement; `kinds` None = every kind."""

    agreed_on: date
    capacity: Capacity
    will: WillConfirmed
    kinds: frozenset[str] | None
    proofs: frozenset[ProofKind] = frozenset()
    powers_name_card: bool = False
    pin_clause: bool = False
    emergency_clause: bool = False
    recognition_clause: bool = False
    review_on: date | None = None
    withdrawn_on: date | None = None


@dataclass(eq=False)
class AgreementMissing(Refused):
    """There is no agreement at all, or none yet in force.  `resident` is the name for people."""

    key: ClassVar[str] = "agreements.missing"
    resident: str


@dataclass(eq=False)
class AgreementWithdrawn(Refused):
    """The agreement was withdrawn."""

    key: ClassVar[str] = "agreements.withdrawn"
    resident: str


@dataclass(eq=False)
class AgreementReviewPassed(Refused):
    """The day on which the agreement was to be looked at again has passed."""

    key: ClassVar[str] = "agreements.review_passed"
    resident: str


@dataclass(eq=False)
class KindNotCovered(Refused):
    """The agreement does not name this kind of item.  `kind` is the kind's name for people."""

    key: ClassVar[str] = "agreements.kind_not_covered"
    resident: str
    kind: str


@dataclass(eq=False)
class PowerMissing(Refused):
    """Who consented had no power to do so, or the person's will was not confirmed."""

    key: ClassVar[str] = "agreements.power_missing"
    resident: str


@dataclass(eq=False)
class ProofMissing(Refused):
    """The paper that shows the proxy's power was not seen."""

    key: ClassVar[str] = "agreements.proof_missing"
    resident: str


def capacity_of(proxy: ProxyKind) -> Capacity:
    """The capacity in which a proxy of this kind consents."""
    return Capacity(proxy.value)


def may_consent(
    capacity: Capacity, *, age: int, powers_name_card: bool, will: WillConfirmed
) -> bool:
    """Whether somebody in `capacity` may consent for a resident of `age` years."""
    if capacity in MINORS_ONLY and age >= ADULT_AGE:
        return False
    match POWERS[capacity]:
        case Power.IF_NAMED:
            return powers_name_card
        case Power.OWN | Power.WITH_PERSON:
            return will is not WillConfirmed.NOT_POSSIBLE
        case Power.BY_LAW:
            return True
        case Power.NONE:
            return False


def may_know_pin(capacity: Capacity, *, powers_name_card: bool = False) -> bool:
    """Whether a PIN may be told to somebody in `capacity`: 本人 and 法定代理人; never family as
    such."""
    limited = capacity in (Capacity.CURATOR, Capacity.ASSISTANT) and powers_name_card
    return capacity in KNOWS_PIN or limited


def missing_proofs(capacity: Capacity, seen: frozenset[ProofKind]) -> frozenset[ProofKind]:
    """The papers still to be seen for `capacity`; empty = enough."""
    needed = PROOFS[capacity]
    if capacity in ANY_PROOF and needed & seen:
        return frozenset()
    return needed - seen


def agreement_standing(
    agreement: AgreementFacts | None, today: date, kind: str, *, age: int
) -> Standing:
    """Whether `agreement` carries an item of `kind` (code) of a resident of `age` on `today`.

    Checked from the gravest: withdrawn, not yet in force, no power, no proof, review passed, kind.
    """
    if agreement is None:
        return Standing.NONE
    if agreement.withdrawn_on is not None and agreement.withdrawn_on <= today:
        return Standing.WITHDRAWN
    if agreement.agreed_on > today:
        return Standing.NOT_YET
    if not _has_power(agreement, age):
        return Standing.POWER_MISSING
    if missing_proofs(agreement.capacity, agreement.proofs):
        return Standing.PROOF_MISSING
    if agreement.review_on is not None and agreement.review_on < today:
        return Standing.REVIEW_PASSED
    covered = agreement.kinds is None or kind in agreement.kinds
    return Standing.VALID if covered else Standing.KIND_NOT_COVERED


_NEAREST = (
    Standing.VALID,
    Standing.KIND_NOT_COVERED,
    Standing.REVIEW_PASSED,
    Standing.PROOF_MISSING,
    Standing.POWER_MISSING,
    Standing.NOT_YET,
    Standing.WITHDRAWN,
    Standing.NONE,
)


def best_standing(
    agreements: Iterable[AgreementFacts], today: date, kind: str, *, age: int
) -> Standing:
    """The standing of the agreement that comes nearest to carrying the item; NONE without any."""
    found = {agreement_standing(each, today, kind, age=age) for each in agreements}
    return min(found | {Standing.NONE}, key=_NEAREST.index)


def refuse_unless_valid(standing: Standing, resident: str, kind: str) -> None:
    """Raise the refusal that belongs to `standing`; `resident` and `kind` are names for people."""
    match standing:
        case Standing.VALID:
            return
        case Standing.NONE | Standing.NOT_YET:
            raise AgreementMissing(resident)
        case Standing.WITHDRAWN:
            raise AgreementWithdrawn(resident)
        case Standing.REVIEW_PASSED:
            raise AgreementReviewPassed(resident)
        case Standing.KIND_NOT_COVERED:
            raise KindNotCovered(resident, kind)
        case Standing.POWER_MISSING:
            raise PowerMissing(resident)
        case Standing.PROOF_MISSING:
            raise ProofMissing(resident)


def emergency_is_flagged(agreement: AgreementFacts | None, standing: Standing) -> bool:
    """An emergency release is never refused; True = no valid agreement with an emergency clause,
    so it is flagged in the record and for the reviewer."""
    return standing is not Standing.VALID or agreement is None or not agreement.emergency_clause


def _has_power(agreement: AgreementFacts, age: int) -> bool:
    return may_consent(
        agreement.capacity,
        age=age,
        powers_name_card=agreement.powers_name_card,
        will=agreement.will,
    )
