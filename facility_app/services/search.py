"""Finding residents: by what people type, or by the scanned tag (design §8).

The tolerant comparison runs over an index in memory (services/search_index); what a row of the list
shows is read for the rows shown only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Reading
from facility_app.db.models import (
    ItemKindRow,
    LoanRow,
    PouchRow,
    PouchTagRow,
)
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.expiry import ExpiryState
from facility_app.domain.individual_number import refuse_individual_number
from facility_app.domain.items import ItemState
from facility_app.domain.tags import parse_code
from facility_app.errors import Refused
from facility_app.services.desk import expiry_of
from facility_app.services.fields import Field
from facility_app.services.rule_data import rules
from facility_app.services.search_index import Indexed, People, index_of

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
    index = index_of(session)
    people = index.fresh(session)
    code = parse_code(query.text)
    if code is None:
        found = _matching(people, query, today)
    else:
        owner = resident_of_tag(session, code)
        found = [] if owner is None else [people.by_id[owner]]
    shown = found[: query.limit]
    things = index.things(session, [each.id for each in shown])
    rows = _rows(session, shown, things, reading.now)
    return Findings(rows, len(found), code is not None and bool(found))


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


def _matching(people: People, query: ResidentQuery, today: date) -> Sequence[Indexed]:
    found: Sequence[Indexed] | None = people.matching(query.text)
    if found is None:
        if query.text.strip():
            return []  # only signs were typed: they name nobody, which is not everybody
        found = people.everybody
    if query.row is not None:
        found = [each for each in found if _begins(each.kana, query.row)]
    if not query.discharged:
        found = [each for each in found if each.shown(today)]
    return found


def _begins(kana: str, row: KanaRow) -> bool:
    first = ord(kana[0]) if kana else 0
    low, high = row.value
    if row is KanaRow.OTHER:
        return not KanaRow.A.value[0] <= first <= KanaRow.WA.value[1]
    return bool(low <= first <= high)


_KINDS = select(ItemKindRow.code, ItemKindRow.is_card, ItemKindRow.dates)
_DUE = select(LoanRow.resident_id, LoanRow.due_at).where(LoanRow.closed_at.is_(None))


def _rows(
    session: Session, shown: Sequence[Indexed], things: Mapping[int, Any], now: datetime
) -> tuple[FoundResident, ...]:
    """What the list shows of these residents, in their order."""
    if not shown:
        return ()
    kinds: Any = {row.code: row for row in session.execute(_KINDS)}
    due = _due(session)
    today, lifetimes = local_date(now), rules().lifetimes

    def expiry(row: Any) -> ExpiryState | None:
        return expiry_of(row, kinds[row.kind_code], today, lifetimes)[0]

    return tuple(
        FoundResident(
            id=each.id,
            name=each.name,
            kana=each.kana,
            room=each.room,
            slot=each.slot,
            birth_date=each.birth_date,
            discharged_on=each.left_on,
            presence=presence([row.state for row in things[each.id]]),
            due_at=due.get(each.id),
            late=each.id in due and due[each.id] <= now,
            items=len(things[each.id]),
            expiry=gravest([expiry(row) for row in things[each.id]]),
        )
        for each in shown
    )


def _due(session: Session) -> dict[int, datetime]:
    """The earliest due time of what is out, per resident; few, and found by their own index."""
    due: dict[int, datetime] = {}
    for resident_id, at in session.execute(_DUE):
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
