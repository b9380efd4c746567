"""出し入れ管理簿: what went out and came back, and what came into custody and left it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from facility_app.audit.work import Reading
from facility_app.db.models import (
    HandBackItemRow,
    HandBackRow,
    ItemKindRow,
    ItemRow,
    StaffRow,
)
from facility_app.domain.clock import local_date
from facility_app.domain.periods import Period
from facility_app.reports.paper import Column, Paper, Row, Section, Table
from facility_app.services.reporting.common import (
    Occasion,
    about_days,
    checkpoint_section,
    one_year,
    paper,
)
from facility_app.services.reporting.register import Register, read_register
from facility_app.services.reporting.sign_outs import count_sign_outs, sign_out_table
from facility_app.services.reporting.tally import so_far

_RECEIVED = (
    Column("received-on", 30, bold=True),
    Column("resident", 44, bold=True),
    Column("room"),
    Column("item", 56),
    Column("label"),
    Column("received-from", 44),
)
_HANDED_BACK = (
    Column("at", 30, bold=True),
    Column("resident", 40, bold=True),
    Column("room"),
    Column("item", 44),
    Column("receiver", 34),
    Column("relation"),
    Column("recorded-by", 26),
)


def ledger(reading: Reading, occasion: Occasion, period: Period) -> Paper:
    """The ledger of a period."""
    register = read_register(reading.session)
    today = local_date(reading.now)
    about, period = about_days(period, today), so_far(period, today)
    return paper(
        reading,
        occasion,
        "ledger",
        about,
        (
            Section("sign-outs", (sign_out_table(reading, period, register, "sign-outs"),)),
            Section(
                "received",
                (Table("received", _RECEIVED, lambda: _received(reading, period, register)),),
            ),
            Section(
                "handed-back",
                (Table("handed-back", _HANDED_BACK, lambda: _back(reading, period, register)),),
            ),
            checkpoint_section(occasion),
        ),
        seals=("manager", "custodian"),
        rows=count_sign_outs(reading.connection, period),
        years=not one_year(period),
    )


def _received(reading: Reading, period: Period, register: Register) -> Iterator[Row]:
    query = (
        select(ItemRow, ItemKindRow.name)
        .join(ItemKindRow, ItemKindRow.code == ItemRow.kind_code)
        .where(ItemRow.received_on.between(period.first, period.last))
        .order_by(ItemRow.received_on, ItemRow.id)
    )
    for item, kind in reading.session.execute(query, execution_options={"yield_per": 500}):
        yield (
            item.received_on,
            *register.resident(item.resident_id),
            kind,
            item.label,
            item.received_from,
        )


def _back(reading: Reading, period: Period, register: Register) -> Iterator[Row]:
    query = (
        select(HandBackRow, ItemKindRow.name, StaffRow.name)
        .join(HandBackItemRow, HandBackItemRow.hand_back_id == HandBackRow.id)
        .join(ItemRow, ItemRow.id == HandBackItemRow.item_id)
        .join(ItemKindRow, ItemKindRow.code == ItemRow.kind_code)
        .join(StaffRow, StaffRow.id == HandBackRow.by)
        .where(HandBackRow.at >= period.begins_at, HandBackRow.at < period.ends_before)
        .order_by(HandBackRow.at, HandBackRow.id, ItemRow.id)
    )
    for row, kind, by in reading.session.execute(query):
        yield (
            row.at,
            *register.resident(row.resident_id),
            kind,
            row.receiver,
            row.relation,
            by,
        )
