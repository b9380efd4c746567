"""預かり同意書・預かり証 and the receipt of a hand-back, as PDF in two copies (domain §1.3).

What is printed is recorded before it is drawn.  Without an agreement the paper is the form that is
signed; with one it says what was agreed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Tx
from facility_app.db.models import (
    AgreementRow,
    GrantRow,
    HandBackItemRow,
    HandBackRow,
    ItemKindRow,
    ItemRow,
    PouchRow,
    ProxyRow,
    ResidentRow,
    SlotRow,
    StaffRow,
)
from facility_app.domain.access import Actor, Permission, Role
from facility_app.domain.agreements import Capacity, WillConfirmed
from facility_app.domain.clock import local_date
from facility_app.domain.people import ProofKind
from facility_app.errors import Refused
from facility_app.i18n import Words
from facility_app.services.agreement_standing import IN_CUSTODY
from facility_app.services.hand_back import HandBackReason
from facility_app.services.items import ItemForm, form_of
from facility_app.services.office import Office
from facility_app.services.paper_acts import PaperMade, drawn
from facility_app.services.proxies import proofs_of
from facility_app.services.settings import Facility, load_facility


@dataclass(eq=False)
class NothingToAgreeOn(Refused):
    """The resident has nothing in custody that the paper could name."""

    key: ClassVar[str] = "agreements.nothing_to_name"


@dataclass(eq=False)
class NotTheirAgreement(Refused):
    """The agreement is somebody else's, or there is none with this number."""

    key: ClassVar[str] = "agreements.not_theirs"


@dataclass(frozen=True)
class PaperThing:
    """A thing as the papers name it: its kind in both languages and what the register says."""

    kind: str
    kind_en: str
    is_card: bool
    form: ItemForm
    received_on: date


@dataclass(frozen=True)
class Person:
    """The resident on a paper; slot: where the pouch lies, empty = not placed."""

    name: str
    kana: str
    birth_date: date | None
    room: str
    slot: str


@dataclass(frozen=True)
class Consent:
    """What was agreed; `proxy` is the name of the proxy, empty for the resident."""

    id: int
    signed_on: date
    consented_by: str
    capacity: Capacity
    will: WillConfirmed
    will_note: str
    proofs: frozenset[ProofKind]
    powers_name_card: bool
    proxy: str
    witness: str
    pin_clause: bool
    emergency_clause: bool
    recognition_clause: bool
    review_on: date | None
    withdrawn_on: date | None


@dataclass(frozen=True)
class AgreementFacts:
    """All that stands on an agreement paper.  consent: None = the form to be signed."""

    facility: Facility
    today: date
    person: Person
    things: tuple[PaperThing, ...]
    managers: tuple[str, ...]
    custodians: tuple[str, ...]
    consent: Consent | None


@dataclass(frozen=True)
class ReceiptFacts:
    """All that stands on the receipt of a hand-back; `by`, `witness`: names of staff."""

    facility: Facility
    id: int
    at: datetime
    person: Person
    things: tuple[PaperThing, ...]
    reason: HandBackReason
    receiver: str
    relation: str
    proof_seen: str
    note: str
    by: str
    witness: str


def agreement_paper(
    office: Office, actor: Actor, words: Words, resident_id: int, agreement_id: int | None = None
) -> PaperMade:
    """The agreement in two copies; without `agreement_id` the form to be signed.

    It names what is in custody now, of the kinds that were agreed on.  Needs MANAGE_AGREEMENTS.
    Raises NothingToAgreeOn, NotTheirAgreement, GlyphMissing.
    """
    facts, intent = office.do(actor, _announce_agreement, resident_id, agreement_id)

    def draw() -> bytes:
        from facility_app.reports.deed import deed_pdf
        from facility_app.services.agreement_paper_words import agreement_deed

        return deed_pdf(words, agreement_deed(words, facts))

    name = f"agreement-{agreement_id or 'form'}-{resident_id}.pdf"
    return drawn(office, actor, Permission.MANAGE_AGREEMENTS, intent, name, draw)


def receipt_paper(office: Office, actor: Actor, words: Words, hand_back_id: int) -> PaperMade:
    """The receipt of a hand-back in two copies.  Needs HAND_BACK.  Raises GlyphMissing."""
    facts, intent = office.do(actor, _announce_receipt, hand_back_id)

    def draw() -> bytes:
        from facility_app.reports.deed import deed_pdf
        from facility_app.services.agreement_paper_words import receipt_deed

        return deed_pdf(words, receipt_deed(words, facts))

    return drawn(office, actor, Permission.HAND_BACK, intent, f"receipt-{hand_back_id}.pdf", draw)


def _announce_agreement(
    tx: Tx, resident_id: int, agreement_id: int | None
) -> tuple[AgreementFacts, int]:
    tx.require(Permission.MANAGE_AGREEMENTS)
    session, today = tx.session, local_date(tx.now)
    row = _agreement(session, resident_id, agreement_id)
    things = _in_custody(session, resident_id, row)
    if not things:
        raise NothingToAgreeOn
    facts = AgreementFacts(
        facility=load_facility(session),
        today=today,
        person=_person(session, resident_id),
        things=things,
        managers=role_holders(session, Role.MANAGER, today),
        custodians=role_holders(session, Role.CUSTODIAN, today),
        consent=None if row is None else _consent(session, row),
    )
    intent = tx.intend(
        "agreement.printed",
        f"agreement:{agreement_id}" if agreement_id else "agreement:form",
        resident=resident_id,
        plain={"count": len(things)},
    )
    return facts, intent


def _announce_receipt(tx: Tx, hand_back_id: int) -> tuple[ReceiptFacts, int]:
    tx.require(Permission.HAND_BACK)
    session = tx.session
    row = session.get_one(HandBackRow, hand_back_id)
    ids = select(HandBackItemRow.item_id).where(HandBackItemRow.hand_back_id == row.id)
    witness = session.get(StaffRow, row.witness_id) if row.witness_id else None
    facts = ReceiptFacts(
        facility=load_facility(session),
        id=row.id,
        at=row.at,
        person=_person(session, row.resident_id),
        things=_things(session, ItemRow.id.in_(ids)),
        reason=HandBackReason(row.reason),
        receiver=row.receiver,
        relation=row.relation,
        proof_seen=row.proof_seen,
        note=row.note,
        by=session.get_one(StaffRow, row.by).name,
        witness=witness.name if witness else "",
    )
    intent = tx.intend("receipt.printed", f"hand_back:{row.id}", resident=row.resident_id)
    return facts, intent


def _agreement(session: Session, resident_id: int, agreement_id: int | None) -> AgreementRow | None:
    if agreement_id is None:
        return None
    row = session.get(AgreementRow, agreement_id)
    if row is None or row.resident_id != resident_id:
        raise NotTheirAgreement
    return row


def _in_custody(
    session: Session, resident_id: int, agreed: AgreementRow | None
) -> tuple[PaperThing, ...]:
    """What the facility holds, of the kinds that an agreement names."""
    where = [ItemRow.resident_id == resident_id, ItemRow.state.in_(IN_CUSTODY)]
    if agreed is not None and not agreed.all_kinds:
        where.append(ItemRow.kind_code.in_([kind.kind_code for kind in agreed.kinds]))
    return _things(session, *where)


def _things(session: Session, *where: object) -> tuple[PaperThing, ...]:
    query = (
        select(ItemRow, ItemKindRow)
        .join(ItemKindRow, ItemKindRow.code == ItemRow.kind_code)
        .where(*where)  # type: ignore[arg-type]  # conditions of this module
        .order_by(ItemKindRow.sort, ItemRow.id)
    )
    return tuple(
        PaperThing(kind.name, kind.name_en, kind.is_card, form_of(row), row.received_on)
        for row, kind in session.execute(query)
    )


def _person(session: Session, resident_id: int) -> Person:
    row = session.get_one(ResidentRow, resident_id)
    slot = session.scalar(
        select(SlotRow.label)
        .join(PouchRow, PouchRow.slot_id == SlotRow.id)
        .where(PouchRow.resident_id == resident_id)
    )
    return Person(row.name, row.kana, row.birth_date, row.room, slot or "")


def _consent(session: Session, row: AgreementRow) -> Consent:
    proxy = session.get(ProxyRow, row.proxy_id) if row.proxy_id else None
    return Consent(
        id=row.id,
        signed_on=row.signed_on,
        consented_by=row.consented_by,
        capacity=row.capacity,
        will=row.will,
        will_note=row.will_note,
        proofs=proofs_of(row.proofs),
        powers_name_card=row.powers_name_card,
        proxy=proxy.name if proxy else "",
        witness=row.witness,
        pin_clause=row.pin_clause,
        emergency_clause=row.emergency_clause,
        recognition_clause=row.recognition_clause,
        review_on=row.review_on,
        withdrawn_on=row.withdrawn_on,
    )


def role_holders(session: Session, role: Role, today: date) -> tuple[str, ...]:
    """Names of the staff who hold a role on `today`, by staff number; deputies included."""
    query = (
        select(StaffRow.name)
        .join(GrantRow, GrantRow.staff_id == StaffRow.id)
        .where(GrantRow.role == role, GrantRow.revoked_at.is_(None), GrantRow.valid_from <= today)
        .where(GrantRow.valid_until.is_(None) | (GrantRow.valid_until >= today))
        .where(StaffRow.active_until.is_(None) | (StaffRow.active_until >= today))
        .order_by(StaffRow.number)
    )
    return tuple(dict.fromkeys(session.scalars(query)))
