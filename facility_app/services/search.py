"""Finding residents: by what people type, or by the scanned tag (design §8).

The tolerant comparison runs over an index in memory (services/search_index); what a row of the list
shows is read for the rows shown only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading
from facility_app.db.models import (
    ItemKindRow,
    ItemRow,
    LoanRow,
    PouchRow,
    PouchTagRow,
    ResidentRow,
    SlotRow,
)
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.expiry import ExpiryState
from facility_app.domain.individual_number import refuse_individual_number
from facility_app.domain.items import ItemState
from facility_app.domain.tags import parse_code
from facility_app.errors import Refused
from facility_app.services.agreement_standing import IN_CUSTODY
from facility_app.services.desk import expiry_of
from facility_app.services.fields import Field
from facility_app.services.rule_data import rules
from facility_app.services.search_index import index_of

SHOWN = 60
"""Rows of a list unless told otherwise; more than anybody reads."""

_GRAVITY = {state: gravity for gravity, state in enumerate(ExpiryState)}


class KanaRow(Enum):
    """A row of the kana table, for the index beside the list; OTHER begins with no kana."""

    A = (0x3041, 0x304A)
    KA = (0x304B, 0x3054)
    SA = (0x3055, 0x305E)
    TA = (0x305F, 0x3069)
    NA = (0x306A, 0x306E)
    HA = (0x306F, 0x307D)
    MA = (0x307E, 0x3082)
    YA = (0x3083, 0x3088)
    RA = (0x3089, 0x308D)
    WA = (0x308E, 0x3096)
    OTHER = (0, 0)


class Presence(Enum):
    """Where a resident's things are, in one word."""

    IN_SAFE = "in-safe"
    OUT = "out"
    PARTLY_OUT = "partly-out"
    LOST = "lost"
    NOTHING = "nothing"


@dataclass(eq=False)
class TagVoided(Refused):
    """The scanned tag was made void; the pouch has another one."""

    key: ClassVar[str] = "search.tag_voided"


@dataclass(frozen=True)
class ResidentQuery:
    """What to look for.  `discharged`: also people who have left and have nothing in custody."""

    text: str = ""
    row: KanaRow | None = None
    limit: int = SHOWN
    discharged: bool = False


@dataclass(frozen=True)
class FoundResident:
    """One row of the list.

    `due_at` (aware UTC) while something is out; `expiry` is the gravest.
    """

    id: int
    name: str
    kana: str
    room: str
    slot: str
    birth_date: date | None
    discharged_on: date | None
    presence: Presence
    due_at: datetime | None
    late: bool
    items: int
    expiry: ExpiryState | None


@dataclass(frozen=True)
class Findings:
    """The rows to show and how many there are in all.  `exact`: a tag named this resident."""

    rows: tuple[FoundResident, ...]
    total: int
    exact: bool = False


def find_residents(reading: Reading, query: ResidentQuery) -> Findings:
    """The residents that `query` finds, by kana.

    Raises IndividualNumberRefused where the text may be somebody's individual number, TagVoided.
    """
    reading.require(Permission.VIEW_RESIDENTS)
    refuse_individual_number(Field.SEARCH, query.text)
    session, today = reading.session, local_date(reading.now)
    code = parse_code(query.text)
    if code is not None:
        owner = resident_of_tag(session, code)
        found = [] if owner is None else [owner]
        return Findings(_rows(session, found, today, reading.now), len(found), owner is not None)
    ids, total = _matching(session, query, today)
    return Findings(_rows(session, ids, today, reading.now), total)


def resident_of_tag(session: Session, code: str) -> int | None:
    """Whose pouch has the tag of this canonical code; None where there is none.

    Raises TagVoided.
    """
    row = session.execute(
        select(PouchRow.resident_id, PouchTagRow.voided_at)
        .join(PouchTagRow, PouchTagRow.pouch_id == PouchRow.id)
        .where(PouchTagRow.code == code)
    ).first()
    if row is None:
        return None
    if row.voided_at is not None:
        raise TagVoided
    return int(row.resident_id)


def _matching(session: Session, query: ResidentQuery, today: date) -> tuple[list[int], int]:
    people = index_of(session).fresh(session)
    found = people.matching(query.text)
    if found is None:
        if query.text.strip():
            return [], 0  # only signs were typed: they name nobody, which is not everybody
        found = list(people.everybody)
    if query.row is not None:
        found = [each for each in found if _begins(each.kana, query.row)]
    if not query.discharged:
        found = [each for each in found if each.shown(today)]
    return [each.id for each in found[: query.limit]], len(found)


def _begins(kana: str, row: KanaRow) -> bool:
    first = ord(kana[0]) if kana else 0
    low, high = row.value
    if row is KanaRow.OTHER:
        return not KanaRow.A.value[0] <= first <= KanaRow.WA.value[1]
    return bool(low <= first <= high)


def _rows(
    session: Session, ids: Sequence[int], today: date, now: datetime
) -> tuple[FoundResident, ...]:
    """What the list shows of these residents, in their order."""
    if not ids:
        return ()
    query = (
        select(
            ResidentRow.id,
            ResidentRow.name,
            ResidentRow.kana,
            ResidentRow.room,
            ResidentRow.birth_date,
            ResidentRow.discharged_on,
            SlotRow.label,
        )
        .outerjoin(PouchRow, PouchRow.resident_id == ResidentRow.id)
        .outerjoin(SlotRow, SlotRow.id == PouchRow.slot_id)
        .where(ResidentRow.id.in_(ids))
    )
    people = {row.id: row for row in session.execute(query)}
    held = _held(session, ids, today)
    due = _due(session, ids)
    return tuple(
        FoundResident(
            id=id_,
            name=people[id_].name,
            kana=people[id_].kana,
            room=people[id_].room,
            slot=people[id_].label or "",
            birth_date=people[id_].birth_date,
            discharged_on=people[id_].discharged_on,
            presence=presence([state for state, _ in held.get(id_, [])]),
            due_at=due.get(id_),
            late=id_ in due and due[id_] <= now,
            items=len(held.get(id_, [])),
            expiry=gravest([expiry for _, expiry in held.get(id_, [])]),
        )
        for id_ in ids
    )


_KINDS = select(ItemKindRow.code, ItemKindRow.is_card, ItemKindRow.dates)
_DATES = select(
    ItemRow.resident_id,
    ItemRow.kind_code,
    ItemRow.state,
    ItemRow.card_expires_on,
    ItemRow.certificate_expires_on,
    ItemRow.paper_expires_on,
).where(ItemRow.state.in_(IN_CUSTODY))
"""Plain rows with the columns that `expiry_of` looks at: half the cost of mapped ones."""

_States = dict[int, list[tuple[ItemState, ExpiryState | None]]]


def _held(session: Session, ids: Sequence[int], today: date) -> _States:
    kinds: Any = {row.code: row for row in session.execute(_KINDS)}
    found: _States = {}
    rows: Any = session.execute(_DATES.where(ItemRow.resident_id.in_(ids)))
    for row in rows:
        expiry, _ = expiry_of(row, kinds[row.kind_code], today, rules().lifetimes)
        found.setdefault(row.resident_id, []).append((row.state, expiry))
    return found


def _due(session: Session, ids: Sequence[int]) -> dict[int, datetime]:
    """The earliest due time of what is out, per resident."""
    query = select(LoanRow.resident_id, LoanRow.due_at).where(
        LoanRow.resident_id.in_(ids), LoanRow.closed_at.is_(None)
    )
    due: dict[int, datetime] = {}
    for resident_id, at in session.execute(query):
        due[resident_id] = min(at, due.get(resident_id, at))
    return due


def presence(states: Sequence[ItemState]) -> Presence:
    """Where things in these states are, in one word; the loss of one is the whole word."""
    there = set(states)
    if not there:
        return Presence.NOTHING
    if ItemState.LOST in there:
        return Presence.LOST
    if ItemState.OUT in there:
        return Presence.OUT if there == {ItemState.OUT} else Presence.PARTLY_OUT
    return Presence.IN_SAFE


def gravest(states: Sequence[ExpiryState | None]) -> ExpiryState | None:
    """The worst of several states; None where nothing is known."""
    known = [state for state in states if state is not None]
    return max(known, key=_GRAVITY.__getitem__) if known else None
