"""What decides how residents are accepted at a desk, read for many at once: things in custody,
what is known of the insurance, and what today's card check said.

Five queries however many residents; none reads history.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.cards.check import Code, Level
from facility_app.cards.chip import CardKind, Certificate, Pin
from facility_app.db.models import (
    CardCheckRow,
    ItemKindRow,
    ItemRow,
    ResidentInsuranceRow,
    ResidentRow,
    table_of,
)
from facility_app.domain.clock import JST, local_date
from facility_app.domain.items import FaceAuthentication, ItemState
from facility_app.services.agreement_standing import IN_CUSTODY
from facility_app.services.card_judging import NOT_THEIRS
from facility_app.services.insurance_facts import NOTHING_KNOWN, InsuranceFacts

CHUNK = 500
"""Residents asked for in one statement."""

_I = table_of(ItemRow).c
_K = table_of(ItemKindRow).c
_C = table_of(CardCheckRow).c
_R = table_of(ResidentRow).c


class HeldItem(NamedTuple):
    """A thing in custody as plans and the departure check see it; dates as noted.

    A tuple: a day has a thousand of them, and a frozen dataclass takes eight times as long to make.
    """

    id: int
    resident_id: int
    kind_code: str
    kind: str
    kind_en: str
    is_card: bool
    dated: bool
    usual_for: frozenset[str]
    label: str
    state: ItemState
    pieces: int
    issued_on: date | None
    card_expires_on: date | None
    certificate_expires_on: date | None
    paper_expires_on: date | None
    face: FaceAuthentication
    ratio: int | None
    ratio_source: str
    ratio_as_of: date | None


@dataclass(frozen=True)
class CheckToday:
    """The newest card check of the day; `at` aware UTC, `on` the day its findings are for.

    `theirs`: nothing said that the card is another person's.  Dates None where the chip did not
    say; `pin_tries` 0 = locked or a 顔認証カード.
    """

    id: int
    at: datetime
    on: date
    level: Level
    codes: tuple[Code, ...]
    kind: CardKind
    certificate: Certificate
    certificate_until: date | None
    card_expires_on: date | None
    pin_tries: int | None

    @property
    def theirs(self) -> bool:
        """Whether nothing said that the card is another person's."""
        return not NOT_THEIRS & set(self.codes)

    @property
    def blocks(self) -> bool:
        """Whether the card will not do on the day that was asked for."""
        return self.level is Level.BLOCK


@dataclass
class Person:
    """One resident with everything that a plan is made from."""

    id: int
    name: str
    kana: str
    room: str
    birth_date: date | None
    insurance: InsuranceFacts = NOTHING_KNOWN
    items: list[HeldItem] = field(default_factory=list)
    check: CheckToday | None = None

    def held(self, *kinds: str) -> list[HeldItem]:
        """The things of these kinds that are in hand or can be fetched: not the lost ones."""
        return [
            item
            for item in self.items
            if item.kind_code in kinds and item.state is not ItemState.LOST
        ]

    @property
    def card(self) -> HeldItem | None:
        """The My Number card; one in hand before a lost one."""
        cards = [item for item in self.items if item.is_card]
        return min(cards, key=lambda item: (item.state is ItemState.LOST, -item.id), default=None)


def read_people(session: Session, resident_ids: Iterable[int], now: datetime) -> dict[int, Person]:
    """These residents with their facts, by id."""
    ids = sorted(set(resident_ids))
    people: dict[int, Person] = {}
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        people |= _persons(session, some)
        _add_items(session, some, people)
        _add_insurance(session, some, people)
        _add_checks(session, some, people, now)
    return people


def _persons(session: Session, ids: Sequence[int]) -> dict[int, Person]:
    query = select(_R.id, _R.name, _R.kana, _R.room, _R.birth_date).where(_R.id.in_(ids))
    return {row[0]: Person(*row) for row in session.connection().execute(query)}


def _add_items(session: Session, ids: Sequence[int], people: dict[int, Person]) -> None:
    kinds = _kinds(session)
    found: dict[int, list[tuple[int, HeldItem]]] = {}
    query = _ITEMS.where(_I.resident_id.in_(ids), _I.state.in_(IN_CUSTODY))
    for id_, resident_id, code, *rest in session.connection().execute(query).all():
        kind = kinds[code]
        item = HeldItem(id_, resident_id, code, *kind.words, kind.usual_for, *rest)
        found.setdefault(resident_id, []).append((kind.sort, item))
    for resident_id, items in found.items():
        items.sort(key=lambda each: (each[0], each[1].id))
        people[resident_id].items = [item for _, item in items]


@dataclass(frozen=True)
class _Kind:
    """A kind: (name, English name, whether it is a card, whether it has dates)."""

    words: tuple[str, str, bool, bool]
    usual_for: frozenset[str]
    sort: int


def _kinds(session: Session) -> dict[str, _Kind]:
    """All kinds; read once, since every item would bring its kind's lists along."""
    query = select(_K.code, _K.name, _K.name_en, _K.is_card, _K.dates, _K.usual_for, _K.sort)
    return {
        code: _Kind((name, name_en, is_card, bool(dates)), frozenset(usual_for), sort)
        for code, name, name_en, is_card, dates, usual_for, sort in session.connection().execute(
            query
        )
    }


def _add_insurance(session: Session, ids: Sequence[int], people: dict[int, Person]) -> None:
    query = _FACTS.where(table_of(ResidentInsuranceRow).c.resident_id.in_(ids))
    for resident_id, *facts in session.connection().execute(query).all():
        people[resident_id].insurance = InsuranceFacts(*facts)


def _add_checks(
    session: Session, ids: Sequence[int], people: dict[int, Person], now: datetime
) -> None:
    midnight = datetime.combine(local_date(now), time(), JST)
    query = _CHECKS.where(_C.resident_id.in_(ids), _C.at >= midnight, _C.at <= now)
    for row in session.connection().execute(query):
        people[row.resident_id].check = _check(row)


def _check(row: Any) -> CheckToday:
    return CheckToday(
        id=row.id,
        at=row.at,
        on=row.visit_on,
        level=row.level,
        codes=tuple(Code(each["code"]) for each in row.findings),
        kind=row.kind,
        certificate=row.certificate,
        certificate_until=row.certificate_until,
        card_expires_on=row.card_expires_on,
        pin_tries=row.tries.get(Pin.USER_AUTH.value),
    )


_ITEMS = select(
    _I.id,
    _I.resident_id,
    _I.kind_code,
    _I.label,
    _I.state,
    _I.pieces,
    _I.issued_on,
    _I.card_expires_on,
    _I.certificate_expires_on,
    _I.paper_expires_on,
    _I.face_authentication,
    _I.ratio,
    _I.ratio_source,
    _I.ratio_as_of,
)
_FACTS = select(
    table_of(ResidentInsuranceRow).c.resident_id,
    *(table_of(ResidentInsuranceRow).c[name] for name in InsuranceFacts.__dataclass_fields__),
)
_CHECKS = select(
    _C.id,
    _C.resident_id,
    _C.at,
    _C.visit_on,
    _C.level,
    _C.findings,
    _C.kind,
    _C.certificate,
    _C.certificate_until,
    _C.card_expires_on,
    _C.tries,
).order_by(_C.at, _C.id)
