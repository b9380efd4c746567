"""What the vault holds for whom, as the register has it; no PIN is opened for any of this."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from facility_app.audit.entry import moment
from facility_app.audit.work import Reading
from facility_app.db.models import (
    ItemKindRow,
    ItemRow,
    LoanLineRow,
    LoanRow,
    ResidentRow,
    StaffRow,
    VaultEntryRow,
    VaultOfficerRow,
    VaultRow,
)
from facility_app.domain.access import Identified, Permission, StaffId
from facility_app.domain.clock import local_date
from facility_app.domain.dates import add_months
from facility_app.domain.items import FaceAuthentication, ItemState
from facility_app.domain.periods import Period
from facility_app.domain.pins import EntryState, PinKind, PinKindUnknown
from facility_app.services.access import actor_of, is_active
from facility_app.services.agreement_standing import IN_CUSTODY, pin_standing
from facility_app.services.card_register import agreed as recognition_agreed
from facility_app.services.card_register import card_item, recognition_on
from facility_app.services.pin_opening import VAULT
from facility_app.services.pin_views import (
    Agreed,
    Holdable,
    OfficerView,
    PinMonth,
    PinView,
    ResidentWays,
    VaultState,
    WayWithoutPin,
    WithoutPin,
)
from facility_app.services.reporting.log_entries import entries
from facility_app.services.rule_data import rules

SHOWN = (EntryState.HELD, EntryState.ERASE_DUE)
MONTHS = 12
_CERTIFICATE = "eligibility-certificate"
_USED = ("vault.presented", "vault.revealed")


def vault_state(reading: Reading) -> VaultState:
    """Whether the vault is on, where it is and who its officers are.  Needs VIEW_VAULT."""
    reading.require(Permission.VIEW_VAULT)
    row = reading.session.get(VaultRow, VAULT)
    if row is None:
        return VaultState()
    counted: Counter[EntryState] = Counter()
    query = select(VaultEntryRow.state, func.count()).group_by(VaultEntryRow.state)
    for state, count in reading.session.execute(query):
        counted[state] = count
    return VaultState(
        on=True,
        folder=row.folder,
        reachable=Path(row.folder).is_dir(),
        threshold=row.threshold,
        officers=vault_officers(reading),
        generation=row.generation,
        made_at=row.made_at,
        recovery_checked_at=row.recovery_checked_at,
        held=counted[EntryState.HELD],
        erase_due=counted[EntryState.ERASE_DUE] + counted[EntryState.DEPOSITING],
    )


def officer_candidates(reading: Reading) -> tuple[OfficerView, ...]:
    """Who may be given a slot in the vault: everybody whose role approves, and who has one
    already.  Needs MANAGE_VAULT."""
    reading.require(Permission.MANAGE_VAULT)
    everybody = _officers(reading, StaffRow.password_hash.is_not(None), Permission.APPROVE_PIN)
    return tuple(each for each in everybody if each.may_approve or each.since is not None)


def held_pins(reading: Reading) -> list[PinView]:
    """Every PIN that is held or still to be erased, by kana.  Needs VIEW_VAULT."""
    reading.require(Permission.VIEW_VAULT)
    return _views(reading, VaultEntryRow.state.in_(SHOWN))


def held_pin(reading: Reading, entry: int) -> PinView | None:
    """One of them by its id; None where it is not held any more.  Needs VIEW_VAULT."""
    reading.require(Permission.VIEW_VAULT)
    return view_of(reading, entry)


def view_of(reading: Reading, entry: int) -> PinView | None:
    """As `held_pin`, for a use case that has asked for its own permission."""
    found = _views(reading, and_(VaultEntryRow.id == entry, VaultEntryRow.state.in_(SHOWN)))
    return found[0] if found else None


def may_hold(reading: Reading, resident_id: int, kind: str) -> Holdable:
    """Whether a PIN of this kind (code) may be deposited for a resident, and if not, why not.

    Needs DEPOSIT_PIN.  Raises PinKindUnknown.
    """
    reading.require(Permission.DEPOSIT_PIN)
    return holdable(reading, resident_id, kind_of(kind))


def holdable(reading: Reading, resident_id: int, kind: PinKind) -> Holdable:
    """As `may_hold`, for a use case that has asked for its own permission."""
    session = reading.session
    card = card_item(session, resident_id)
    held = session.scalar(
        select(VaultEntryRow.id).where(
            VaultEntryRow.resident_id == resident_id,
            VaultEntryRow.kind == kind.code,
            VaultEntryRow.state == EntryState.HELD,
        )
    )
    there = card is not None and card.state in IN_CUSTODY
    code = _card_kind(session) if card is None else card.kind_code
    return Holdable(kind, _agreed(reading, resident_id, code), there, held)


def pin_kinds(*, storable: bool = True) -> tuple[PinKind, ...]:
    """The kinds in the order of the screen; with `storable` only those that may be held."""
    return tuple(kind for kind in rules().pin_kinds if kind.storable or not storable)


def kind_of(code: str) -> PinKind:
    """The kind with this code.  Raises PinKindUnknown."""
    for kind in rules().pin_kinds:
        if kind.code == code:
            return kind
    raise PinKindUnknown


def pin_month_counts(reading: Reading) -> list[PinMonth]:
    """How often PINs went to cards and were shown, this month and the eleven before, oldest first.

    Counted from the record: what was done or is unknown, not what failed.  Needs VIEW_VAULT.
    """
    reading.require(Permission.VIEW_VAULT)
    today = local_date(reading.now)
    period = Period(add_months(today.replace(day=1), 1 - MONTHS), today)
    counted: Counter[tuple[date, str]] = Counter()
    for entry in entries(reading.connection, period, *_USED):
        outcome = entry.plain.get("phase") == "outcome"
        if outcome and entry.plain.get("result") != "failed":
            counted[local_date(moment(entry.at)).replace(day=1), entry.action] += 1
    presented, revealed = _USED
    return [
        PinMonth(month, counted[month, presented], counted[month, revealed])
        for month in period.months()
    ]


def ways_without_pin(
    reading: Reading, resident_ids: Iterable[int] | None = None
) -> list[ResidentWays]:
    """For each resident how they can be accepted without a PIN; of those whose PIN is held where
    nobody is named.  Needs VIEW_VAULT."""
    reading.require(Permission.VIEW_VAULT)
    session = reading.session
    if resident_ids is None:
        held = select(VaultEntryRow.resident_id).where(VaultEntryRow.state == EntryState.HELD)
        chosen = ResidentRow.id.in_(held)
    else:
        chosen = ResidentRow.id.in_(list(resident_ids))
    people = session.execute(
        select(ResidentRow.id, ResidentRow.name).where(chosen).order_by(ResidentRow.kana)
    )
    return [_ways(session, resident, name) for resident, name in people]


def vault_officers(reading: Reading) -> tuple[OfficerView, ...]:
    """Who has a slot in the vault, for a use case that has asked for its own permission."""
    return _officers(reading, VaultOfficerRow.staff_id.is_not(None), Permission.APPROVE_PIN)


def managers(reading: Reading) -> tuple[OfficerView, ...]:
    """Who may stand in as the second person of a reveal, for a use case that has asked."""
    found = _officers(reading, StaffRow.password_hash.is_not(None), Permission.MANAGE_VAULT)
    return tuple(each for each in found if each.may_approve)


def holder_of(session: Session, item_id: int) -> tuple[StaffId, str] | None:
    """Who has a thing out now, by id and name."""
    found = session.execute(
        select(StaffRow.id, StaffRow.name)
        .join(LoanRow, LoanRow.holder_id == StaffRow.id)
        .join(LoanLineRow, LoanLineRow.loan_id == LoanRow.id)
        .where(LoanLineRow.item_id == item_id, LoanLineRow.returned_at.is_(None))
    ).first()
    return None if found is None else (StaffId(found.id), str(found.name))


def _ways(session: Session, resident: int, name: str) -> ResidentWays:
    card = card_item(session, resident)
    face = FaceAuthentication.UNKNOWN if card is None else card.face_authentication
    has_face = None if face is FaceAuthentication.UNKNOWN else face is FaceAuthentication.NOTED
    certificate = session.scalar(
        select(ItemRow.id)
        .where(ItemRow.resident_id == resident, ItemRow.kind_code == _CERTIFICATE)
        .where(ItemRow.state.in_(IN_CUSTODY))
        .limit(1)
    )
    return ResidentWays(
        resident,
        name,
        face,
        (
            WayWithoutPin(WithoutPin.FACE_CARD, has_face),
            WayWithoutPin(WithoutPin.VISUAL, card is not None and card.state in IN_CUSTODY),
            WayWithoutPin(WithoutPin.CERTIFICATE, certificate is not None),
        ),
    )


def _card_kind(session: Session) -> str:
    """The first kind that is a card: what an agreement has to name."""
    query = select(ItemKindRow.code).where(ItemKindRow.is_card).order_by(ItemKindRow.sort)
    return session.scalar(query.limit(1)) or ""


def _agreed(reading: Reading, resident_id: int, kind_code: str) -> Agreed:
    today = local_date(reading.now)
    clause, stands = pin_standing(reading.session, resident_id, kind_code, today)
    return Agreed(clause, stands)


def _views(reading: Reading, where: ColumnElement[bool]) -> list[PinView]:
    rows = reading.session.execute(
        select(VaultEntryRow, ResidentRow, ItemRow, ItemKindRow.name)
        .join(ResidentRow, ResidentRow.id == VaultEntryRow.resident_id)
        .join(ItemRow, ItemRow.id == VaultEntryRow.item_id)
        .join(ItemKindRow, ItemKindRow.code == ItemRow.kind_code)
        .where(where)
        .order_by(ResidentRow.kana, VaultEntryRow.kind, VaultEntryRow.id)
    ).all()
    kinds = {kind.code: kind for kind in rules().pin_kinds}
    return [
        replace(_view(reading, row, person, item, kinds.get(row.kind)), card_kind=card)
        for row, person, item, card in rows
    ]


def _view(
    reading: Reading,
    row: VaultEntryRow,
    person: ResidentRow,
    item: ItemRow,
    kind: PinKind | None,
) -> PinView:
    holder = holder_of(reading.session, item.id) if item.state is ItemState.OUT else None
    return PinView(
        id=row.id,
        entry_id=row.entry_id,
        resident_id=person.id,
        name=person.name,
        kana=person.kana,
        room=person.room,
        code=row.kind,
        kind=kind,
        agreed=_agreed(reading, person.id, item.kind_code),
        item_id=item.id,
        card=item.state,
        holder_id=holder[0] if holder else None,
        holder=holder[1] if holder else "",
        state=row.state,
        version=row.version,
        deposited_at=row.deposited_at,
        doubt=row.doubt,
        doubt_at=row.doubt_at,
        dated=item.card_expires_on is not None and item.certificate_expires_on is not None,
        marked=item.recognition_mark is not None
        and recognition_on(reading.session)
        and recognition_agreed(reading, item),
    )


def _officers(
    reading: Reading, where: ColumnElement[bool], right: Permission
) -> tuple[OfficerView, ...]:
    session, today = reading.session, local_date(reading.now)
    rows = session.execute(
        select(StaffRow, VaultOfficerRow.since)
        .outerjoin(VaultOfficerRow, VaultOfficerRow.staff_id == StaffRow.id)
        .where(where)
        .order_by(StaffRow.number)
    )
    return tuple(
        OfficerView(
            StaffId(row.id),
            row.name,
            row.number,
            row.colour,
            may_approve=is_active(row, today)
            and actor_of(session, row, Identified.PASSWORD).may(right, reading.now),
            since=since,
        )
        for row, since in rows
    )
