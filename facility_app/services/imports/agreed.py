"""What a row of a list tells about an agreement, and whether the register has it already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from facility_app.domain.agreements import AgreementFacts, Capacity
from facility_app.errors import Refused
from facility_app.services.agreements import MakeAgreement
from facility_app.services.fields import Field, FieldMissing
from facility_app.services.imports.parse import ParsedRow


@dataclass(eq=False)
class AgreementByProxy(Refused):
    """Somebody else consented: that needs the proxy and the proof, which a list cannot bring."""

    key: ClassVar[str] = "imports.agreement_by_proxy"


def told_agreement(
    line: ParsedRow, resident_id: int, name: str, kinds: Iterable[str]
) -> MakeAgreement:
    """The agreement that a row tells of, about `kinds`.  Raises FieldMissing, AgreementByProxy."""
    said = line.agreement
    if "signed_on" not in said:
        raise FieldMissing(Field.SIGNED_ON)
    if "will" not in said:
        raise FieldMissing(Field.WILL_CONFIRMED)
    by = said.get("consented_by", "") or name
    if said.get("capacity", Capacity.SELF if by == name else None) is not Capacity.SELF:
        raise AgreementByProxy
    return MakeAgreement(
        resident_id=resident_id,
        signed_on=said["signed_on"],
        consented_by=by,
        capacity=Capacity.SELF,
        kinds=frozenset(kinds) or None,
        will=said["will"],
        emergency_clause=said.get("emergency_clause", False),
        review_on=said.get("review_on"),
    )


def facts_told(made: MakeAgreement) -> AgreementFacts:
    return AgreementFacts(
        agreed_on=made.signed_on,
        capacity=made.capacity,
        will=made.will,
        kinds=made.kinds,
        emergency_clause=made.emergency_clause,
        review_on=made.review_on,
    )


def same_agreement(facts: AgreementFacts, made: MakeAgreement) -> bool:
    """Whether the register has this agreement already (a withdrawn one is not made again)."""
    covered = facts.kinds is None or (made.kinds is not None and made.kinds <= facts.kinds)
    return (facts.agreed_on, facts.capacity) == (made.signed_on, made.capacity) and covered
