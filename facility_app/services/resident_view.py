"""One resident as the page 利用者 shows them: the head and all tabs, in one consistent read."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading
from facility_app.db.models import (
    AgreementRow,
    ItemKindRow,
    ItemRow,
    LoanLineRow,
    LoanRow,
    PouchRow,
    ProxyRow,
    PurposeRow,
    ResidentRow,
    SlotRow,
    StaffRow,
)
from facility_app.domain.access import Permission
from facility_app.domain.agreements import Standing, agreement_standing
from facility_app.domain.clock import local_date
from facility_app.domain.expiry import (
    Stage,
    card_body_stages,
    certificate_stages,
    paper_stages,
    stage_on,
)
from facility_app.domain.items import DateRole
from facility_app.services import items, proxies, residents
from facility_app.services.agreement_standing import (
    IN_CUSTODY,
    facts_of_agreement,
    rule_age,
    standing,
)
from facility_app.services.cabinets import pouch_of, valid_tag
from facility_app.services.desk import expiry_of
from facility_app.services.resident_data import (
    AgreementView,
    DateLine,
    ItemView,
    LoanHistory,
    ProxyView,
    ResidentView,
    TagView,
)
from facility_app.services.rule_data import rules
from facility_app.services.search import gravest, presence
from facility_app.services.visits import visits_of

HISTORY = 100
"""Loans of the history tab; older ones stand in the log."""


def view_resident(reading: Reading, resident_id: int) -> ResidentView:
    """One resident with all tabs.  Needs VIEW_RESIDENTS."""
    reading.require(Permission.VIEW_RESIDENTS)
    session, today = reading.session, local_date(reading.now)
    row = session.get_one(ResidentRow, resident_id)
    pouch = pouch_of(session, resident_id)
    slot = session.get(SlotRow, pouch.slot_id) if pouch.slot_id else None
    things = _items(session, resident_id, today)
    held = tuple(each for each in things if each.state in IN_CUSTODY)
    loans = _loans(session, resident_id)
    return ResidentView(
        id=row.id,
        version=row.version,
        form=residents.form_of(row),
        discharged_on=row.discharged_on,
        deceased_on=row.deceased_on,
        today=today,
        slot_id=pouch.slot_id,
        slot=slot.label if slot else "",
        presence=presence([each.state for each in held]),
        due_at=_due(session, resident_id),
        expiry=gravest([each.expiry for each in held]),
        items=held,
        past_items=tuple(each for each in things if each.state not in IN_CUSTODY),
        agreements=_agreements(session, row, today),
        proxies=_proxies(session, resident_id, today),
        visits=tuple(visits_of(reading, resident_id)),
        loans=loans,
        tag=_tag(session, pouch),
    )


def _items(session: Session, resident_id: int, today: date) -> list[ItemView]:
    query = (
        select(ItemRow, ItemKindRow)
        .join(ItemKindRow, ItemKindRow.code == ItemRow.kind_code)
        .where(ItemRow.resident_id == resident_id)
        .order_by(ItemKindRow.sort, ItemRow.id)
    )
    rows = session.execute(query).all()
    agreed = standing(session, resident_id, {kind.code for _, kind in rows}, today)
    return [_item(row, kind, today, agreed[kind.code]) for row, kind in rows]


def _item(row: ItemRow, kind: ItemKindRow, today: date, agreed: Standing) -> ItemView:
    expiry, _ = expiry_of(row, kind, today, rules().lifetimes)
    return ItemView(
        id=row.id,
        version=row.version,
        kind=kind.name,
        kind_en=kind.name_en,
        is_card=kind.is_card,
        has_dates=bool(set(kind.dates) - {DateRole.VALID_FROM.value}),
        state=row.state,
        form=items.form_of(row),
        received_on=row.received_on,
        received_from=row.received_from,
        expiry=expiry,
        lines=tuple(
            DateLine(role, stages, stage_on(stages, today)) for role, stages in _stages(row)
        ),
        agreed=agreed,
        remembered=row.recognition_mark is not None,
    )


def _stages(row: ItemRow) -> list[tuple[DateRole, tuple[Stage, ...]]]:
    """The timelines of an item: certificate before card, as they end."""
    lifetimes = rules().lifetimes
    found: list[tuple[DateRole, tuple[Stage, ...]]] = []
    if row.certificate_expires_on is not None:
        stages = certificate_stages(row.certificate_expires_on, row.card_expires_on, lifetimes)
        found.append((DateRole.CERTIFICATE_EXPIRES, stages))
    if row.card_expires_on is not None:
        found.append((DateRole.CARD_EXPIRES, card_body_stages(row.card_expires_on, lifetimes)))
    if row.paper_expires_on is not None:
        found.append((DateRole.PAPER_EXPIRES, paper_stages(row.paper_expires_on, lifetimes)))
    return found


def _agreements(session: Session, row: ResidentRow, today: date) -> tuple[AgreementView, ...]:
    names = {kind.code: kind.name for kind in session.scalars(select(ItemKindRow))}
    age = rule_age(row.birth_date, today)
    query = (
        select(AgreementRow)
        .where(AgreementRow.resident_id == row.id)
        .order_by(AgreementRow.signed_on.desc(), AgreementRow.id.desc())
    )
    return tuple(_agreement(each, names, age, today) for each in session.scalars(query))


def _agreement(row: AgreementRow, names: dict[str, str], age: int, today: date) -> AgreementView:
    codes = sorted(kind.kind_code for kind in row.kinds)
    facts = facts_of_agreement(row, codes)
    any_kind = codes[0] if codes else ""
    return AgreementView(
        id=row.id,
        signed_on=row.signed_on,
        consented_by=row.consented_by,
        capacity=row.capacity,
        will=row.will,
        will_note=row.will_note,
        witness=row.witness,
        kinds=() if row.all_kinds else tuple(names.get(code, code) for code in codes),
        pin_clause=row.pin_clause,
        emergency_clause=row.emergency_clause,
        review_on=row.review_on,
        withdrawn_on=row.withdrawn_on,
        withdrawn_reason=row.withdrawn_reason,
        stands=agreement_standing(facts, today, any_kind, age=age),
        recognition_clause=row.recognition_clause,
    )


def _proxies(session: Session, resident_id: int, today: date) -> tuple[ProxyView, ...]:
    rows = session.scalars(
        select(ProxyRow).where(ProxyRow.resident_id == resident_id).order_by(ProxyRow.id)
    )
    views = [
        ProxyView(
            row.id,
            proxies.form_of(row),
            row.ended_on,
            row.ended_on is not None or (row.valid_until is not None and row.valid_until < today),
        )
        for row in rows
    ]
    return tuple(sorted(views, key=lambda view: view.over))


def _loans(session: Session, resident_id: int) -> tuple[LoanHistory, ...]:
    pieces = (
        select(func.coalesce(func.sum(LoanLineRow.pieces_out), 0))
        .where(LoanLineRow.loan_id == LoanRow.id)
        .scalar_subquery()
    )
    query = (
        select(LoanRow, PurposeRow.name, StaffRow.name, pieces)
        .join(StaffRow, StaffRow.id == LoanRow.holder_id)
        .outerjoin(PurposeRow, PurposeRow.code == LoanRow.purpose_code)
        .where(LoanRow.resident_id == resident_id)
        .order_by(LoanRow.out_at.desc())
        .limit(HISTORY)
    )
    return tuple(
        LoanHistory(
            loan.id,
            loan.out_at,
            loan.closed_at,
            purpose or "",
            loan.destination,
            holder,
            count,
            loan.emergency,
        )
        for loan, purpose, holder, count in session.execute(query)
    )


def _due(session: Session, resident_id: int) -> datetime | None:
    open_loans = select(LoanRow.due_at).where(
        LoanRow.resident_id == resident_id, LoanRow.closed_at.is_(None)
    )
    return min(session.scalars(open_loans), default=None)


def _tag(session: Session, pouch: PouchRow) -> TagView | None:
    tag = valid_tag(session, pouch.id)
    return TagView(tag.short, tag.issued_at) if tag else None
