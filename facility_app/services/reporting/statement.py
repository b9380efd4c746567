"""開示用: every line that the record has about one resident, opened, for the person who asks.

Sealed details are opened with the resident's own key; what was erased after the retention period is
said to be erased.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import func, select

from facility_app.audit.entry import moment, parse
from facility_app.audit.work import Reading
from facility_app.db.models import (
    AgreementRow,
    AuditEntryRow,
    ItemKindRow,
    ItemRow,
    ResidentKeyRow,
    ResidentRow,
    table_of,
)
from facility_app.domain.chart import Word
from facility_app.domain.clock import local_date
from facility_app.domain.periods import Period
from facility_app.errors import Refused
from facility_app.i18n import Words
from facility_app.reports.paper import (
    Column,
    Facts,
    Named,
    Note,
    Paper,
    Row,
    Section,
    Table,
    Text,
    Value,
)
from facility_app.services.record_words import DetailWords
from facility_app.services.reporting.common import (
    Occasion,
    about_days,
    checkpoint_section,
    paper,
)
from facility_app.services.reporting.log_entries import entries_where, told_details
from facility_app.services.reporting.register import read_register

_E = table_of(AuditEntryRow).c
_ITEMS = (
    Column("item", 56, bold=True),
    Column("label"),
    Column("item-state", 26),
    Column("received-on", 26),
    Column("received-from", 40),
    Column("pieces", 26, right=True),
)
_AGREEMENTS = (
    Column("signed-on", 28, bold=True),
    Column("consented-by", 50),
    Column("capacity", 40),
    Column("review-on", 28),
    Column("withdrawn-on", 28),
)
_LINES = (
    Column("entry", 14, right=True),
    Column("at", 27),
    Column("act", 27, bold=True),
    Column("person", 22),
    Column("items", 30),
    Column("details", 54),
)


@dataclass(eq=False)
class ResidentUnknown(Refused):
    """The register has no resident of this number."""

    key: ClassVar[str] = "reports.resident_unknown"
    resident_id: int


def statement(
    reading: Reading, occasion: Occasion, words: Words, resident_id: int, period: Period | None
) -> Paper:
    """The statement about a resident; of all time where no period is named.

    Raises ResidentUnknown.
    """
    refuse_unknown(reading, resident_id)
    resident = reading.session.get_one(ResidentRow, resident_id)
    days = (
        Text("reports-about-all") if period is None else about_days(period, local_date(reading.now))
    )
    sections = (
        Section("person", (Note(Text("reports-note-statement")), _person(resident)), titled=False),
        Section("items", (Table("items", _ITEMS, lambda: _items(reading, resident_id)),)),
        Section(
            "agreements-of",
            (Table("agreements", _AGREEMENTS, lambda: _agreements(reading, resident_id)),),
        ),
        Section(
            "lines",
            (Table("lines", _LINES, lambda: _lines(reading, words, resident_id, period)),),
        ),
        checkpoint_section(occasion),
    )
    return paper(
        reading,
        occasion,
        "statement",
        Text("reports-about-person", {"name": resident.name, "days": days}),
        sections,
        seals=("manager",),
        rows=_count(reading, resident_id, period),
    )


def _person(resident: ResidentRow) -> Facts:
    return Facts(
        (
            ("kana", resident.kana),
            ("birth-date", resident.birth_date),
            ("room", resident.room),
            ("admitted-on", resident.admitted_on),
            ("discharged-on", resident.discharged_on),
        )
    )


def refuse_unknown(reading: Reading, resident_id: int) -> None:
    """Raise ResidentUnknown where the register has nobody of this number."""
    if reading.session.get(ResidentRow, resident_id) is None:
        raise ResidentUnknown(resident_id)


def _count(reading: Reading, resident_id: int, period: Period | None) -> int:
    where = entries_where(reading.connection, period)
    if where is None:
        return 0
    query = select(func.count()).select_from(table_of(AuditEntryRow))
    return reading.connection.scalar(query.where(_E.resident == resident_id, where)) or 0


def _lines(
    reading: Reading, words: Words, resident_id: int, period: Period | None
) -> Iterator[Row]:
    where = entries_where(reading.connection, period)
    if where is None:
        return
    register = read_register(reading.session)
    key = reading.session.scalar(
        select(ResidentKeyRow.key).where(ResidentKeyRow.resident_id == resident_id)
    )
    names = _item_names(reading, resident_id)
    told = DetailWords(words, register.staff, register.purposes, register.kinds, names)
    query = select(_E.canonical).where(_E.resident == resident_id, where).order_by(_E.seq)
    for canonical in reading.connection.scalars(query, execution_options={"yield_per": 200}):
        entry = parse(canonical)
        person: Value = register.person(entry.actor) or Word("log-program")
        yield (
            entry.seq,
            moment(entry.at),
            Named("action", entry.action),
            person,
            tuple(names.get(item, "") for item in entry.items),
            told_details(told, words, entry, key),
        )


def _item_names(reading: Reading, resident_id: int) -> dict[int, str]:
    query = (
        select(ItemRow.id, ItemKindRow.name)
        .join(ItemKindRow, ItemKindRow.code == ItemRow.kind_code)
        .where(ItemRow.resident_id == resident_id)
    )
    return {id_: name for id_, name in reading.session.execute(query)}


def _items(reading: Reading, resident_id: int) -> Iterator[Row]:
    query = (
        select(ItemRow, ItemKindRow.name)
        .join(ItemKindRow, ItemKindRow.code == ItemRow.kind_code)
        .where(ItemRow.resident_id == resident_id)
        .order_by(ItemRow.received_on, ItemRow.id)
    )
    for item, kind in reading.session.execute(query):
        yield (
            kind,
            item.label,
            item.state,
            item.received_on,
            item.received_from,
            item.pieces,
        )


def _agreements(reading: Reading, resident_id: int) -> Iterator[Row]:
    query = (
        select(AgreementRow)
        .where(AgreementRow.resident_id == resident_id)
        .order_by(AgreementRow.signed_on, AgreementRow.id)
    )
    for each in reading.session.scalars(query):
        yield (
            each.signed_on,
            each.consented_by,
            each.capacity,
            each.review_on,
            each.withdrawn_on,
        )
