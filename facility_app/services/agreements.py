"""預かり同意書: made, looked at again, withdrawn (domain §9, §13.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, NewType

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Tx
from facility_app.db.models import (
    AgreementKindRow,
    AgreementRow,
    ItemKindRow,
    ProxyRow,
    ResidentRow,
)
from facility_app.domain.access import Permission
from facility_app.domain.agreements import (
    Capacity,
    PowerMissing,
    ProofMissing,
    WillConfirmed,
    capacity_of,
    may_consent,
    missing_proofs,
)
from facility_app.domain.clock import local_date
from facility_app.domain.people import ProofKind, person_name
from facility_app.errors import Refused
from facility_app.services.agreement_standing import missing_agreement as missing_agreement
from facility_app.services.agreement_standing import (
    refuse_without_agreement as refuse_without_agreement,
)
from facility_app.services.agreement_standing import rule_age, uncovered_items
from facility_app.services.agreement_standing import standing as standing
from facility_app.services.agreement_standing import uncovered_residents as uncovered_residents
from facility_app.services.fields import Field, FieldMissing, in_order, line, lines, not_after
from facility_app.services.marks import forget_uncovered_marks
from facility_app.services.pin_due import forget_uncovered_pins
from facility_app.services.proxies import proofs_of

AgreementId = NewType("AgreementId", int)


@dataclass(eq=False)
class NoKindNamed(Refused):
    """An agreement names the kinds of things it is about."""

    key: ClassVar[str] = "agreements.no_kind_named"


@dataclass(eq=False)
class ProxyDoesNotFit(Refused):
    """The proxy belongs to somebody else, has another capacity, or has no power any more."""

    key: ClassVar[str] = "agreements.proxy_does_not_fit"


@dataclass(eq=False)
class AlreadyWithdrawn(Refused):
    """The agreement has been withdrawn; a new one is needed."""

    key: ClassVar[str] = "agreements.already_withdrawn"


@dataclass(frozen=True)
class MakeAgreement:
    """Who consented, in what capacity, how the will was confirmed, to what.

    `kinds` are codes, None = every kind; `powers_name_card`: the list of powers (代理行為目録,
    委任状) was read and names the cards; `proxy_id` is needed for everybody but the resident.
    """

    resident_id: int
    signed_on: date
    consented_by: str
    capacity: Capacity
    kinds: frozenset[str] | None
    will: WillConfirmed
    will_note: str = ""
    proxy_id: int | None = None
    powers_name_card: bool = False
    witness: str = ""
    pin_clause: bool = False
    emergency_clause: bool = False
    recognition_clause: bool = False
    review_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class ReviewAgreement:
    """The agreement was gone through again and stands; `review_on` is the next time."""

    agreement_id: int
    review_on: date
    note: str = ""


@dataclass(frozen=True)
class WithdrawAgreement:
    """Withdrawn on a day, with what was said."""

    agreement_id: int
    on: date
    reason: str


def make_agreement(tx: Tx, cmd: MakeAgreement) -> AgreementId:
    """Record an agreement.

    Raises PowerMissing or ProofMissing where the capacity does not carry it, ProxyDoesNotFit,
    NoKindNamed.
    """
    tx.require(Permission.MANAGE_AGREEMENTS)
    return agree(tx, cmd)


def agree(tx: Tx, cmd: MakeAgreement) -> AgreementId:
    """As `make_agreement`, for a use case that has asked for its own permission (the import)."""
    resident = tx.session.get_one(ResidentRow, cmd.resident_id)
    today = local_date(tx.now)
    proofs = _check_power(tx.session, cmd, resident)
    not_after(Field.SIGNED_ON, cmd.signed_on, today)
    in_order(Field.SIGNED_ON, cmd.signed_on, Field.REVIEW_ON, cmd.review_on)
    row = AgreementRow(
        resident_id=resident.id,
        signed_on=cmd.signed_on,
        consented_by=person_name(Field.CONSENTED_BY, cmd.consented_by),
        capacity=cmd.capacity,
        proxy_id=cmd.proxy_id,
        will=cmd.will,
        will_note=lines(Field.WILL_CONFIRMED, cmd.will_note),
        proofs=[proof.value for proof in ProofKind if proof in proofs],
        powers_name_card=cmd.powers_name_card,
        all_kinds=cmd.kinds is None,
        witness=line(Field.WITNESS, cmd.witness),
        pin_clause=cmd.pin_clause,
        emergency_clause=cmd.emergency_clause,
        recognition_clause=cmd.recognition_clause,
        review_on=cmd.review_on,
        note=lines(Field.NOTES, cmd.note),
        kinds=[AgreementKindRow(kind_code=kind) for kind in _known(tx.session, cmd.kinds)],
    )
    tx.session.add(row)
    tx.session.flush()
    tx.record(
        "agreement.made",
        f"agreement:{row.id}",
        resident=resident.id,
        plain={"kinds": sorted(cmd.kinds or ["*"]), "capacity": cmd.capacity.value},
        **_told(row),
    )
    return AgreementId(row.id)


def review_agreement(tx: Tx, cmd: ReviewAgreement) -> None:
    """Note that the agreement stands, and when it is looked at next.  Raises AlreadyWithdrawn."""
    tx.require(Permission.MANAGE_AGREEMENTS)
    row = _standing_row(tx.session, cmd.agreement_id)
    in_order(Field.SIGNED_ON, local_date(tx.now), Field.REVIEW_ON, cmd.review_on)
    before, row.review_on = row.review_on, cmd.review_on
    tx.record(
        "agreement.reviewed",
        f"agreement:{row.id}",
        resident=row.resident_id,
        before=before.isoformat() if before else "",
        review_on=cmd.review_on.isoformat(),
        note=lines(Field.NOTES, cmd.note),
    )


def withdraw_agreement(tx: Tx, cmd: WithdrawAgreement) -> list[int]:
    """Withdraw an agreement; what it alone allowed goes: marks of chip recognition, PINs.

    Gives the ids of the resident's things in custody that lose their cover.
    """
    tx.require(Permission.MANAGE_AGREEMENTS)
    row = _standing_row(tx.session, cmd.agreement_id)
    not_after(Field.WITHDRAWN_ON, cmd.on, local_date(tx.now))
    in_order(Field.SIGNED_ON, row.signed_on, Field.WITHDRAWN_ON, cmd.on)
    row.withdrawn_on = cmd.on
    row.withdrawn_reason = lines(Field.REASON, cmd.reason, required=True)
    items = uncovered_items(tx.session, row.resident_id, local_date(tx.now))
    tx.record(
        "agreement.withdrawn",
        f"agreement:{row.id}",
        resident=row.resident_id,
        items=items,
        on=cmd.on.isoformat(),
        reason=row.withdrawn_reason,
    )
    forget_uncovered_marks(tx, row.resident_id)
    forget_uncovered_pins(tx, row.resident_id)
    return items


def _check_power(
    session: Session, cmd: MakeAgreement, resident: ResidentRow
) -> frozenset[ProofKind]:
    """The proofs that carry the consent.

    Raises where the capacity or the proofs do not suffice.
    """
    if not may_consent(
        cmd.capacity,
        age=rule_age(resident.birth_date, cmd.signed_on),
        powers_name_card=cmd.powers_name_card,
        will=cmd.will,
    ):
        raise PowerMissing(resident.name)
    proofs: frozenset[ProofKind] = frozenset()
    if cmd.capacity is not Capacity.SELF:
        if cmd.proxy_id is None:
            raise ProxyDoesNotFit
        proofs = _proofs(session.get_one(ProxyRow, cmd.proxy_id), cmd)
    if missing_proofs(cmd.capacity, proofs):
        raise ProofMissing(resident.name)
    return proofs


def _proofs(proxy: ProxyRow, cmd: MakeAgreement) -> frozenset[ProofKind]:
    over = [day for day in (proxy.ended_on, proxy.valid_until) if day is not None]
    if (
        proxy.resident_id != cmd.resident_id
        or capacity_of(proxy.kind) is not cmd.capacity
        or any(day < cmd.signed_on for day in over)
    ):
        raise ProxyDoesNotFit
    return proofs_of(proxy.proof.split())


def _known(session: Session, kinds: frozenset[str] | None) -> Sequence[str]:
    if kinds is None:
        return ()
    if not kinds:
        raise NoKindNamed
    known = session.scalars(select(ItemKindRow.code).where(ItemKindRow.code.in_(kinds))).all()
    if len(known) != len(kinds):
        raise FieldMissing(Field.KIND)
    return sorted(known)


def _standing_row(session: Session, agreement_id: int) -> AgreementRow:
    row = session.get_one(AgreementRow, agreement_id)
    if row.withdrawn_on is not None:
        raise AlreadyWithdrawn
    return row


def _told(row: AgreementRow) -> dict[str, Any]:
    return {
        "signed_on": row.signed_on.isoformat(),
        "consented_by": row.consented_by,
        "will": row.will.value,
        "will_note": row.will_note,
        "proofs": row.proofs,
        "witness": row.witness,
        "proxy": row.proxy_id,
        "powers_name_card": row.powers_name_card,
        "pin_clause": row.pin_clause,
        "emergency_clause": row.emergency_clause,
        "recognition_clause": row.recognition_clause,
        "review_on": row.review_on.isoformat() if row.review_on else "",
        "note": row.note,
    }
