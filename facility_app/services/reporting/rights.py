"""The sheet for confirming rights: who may what today, and whether that shall stay so.

Somebody who answers for the facility ticks every line, signs, and keeps it (domain §8).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select

from facility_app.audit.entry import moment
from facility_app.audit.work import Reading
from facility_app.db.models import AuditEntryRow, GrantRow, StaffRow, table_of
from facility_app.domain.access import RIGHTS, Permission, Role
from facility_app.domain.chart import Word
from facility_app.domain.clock import local_date
from facility_app.domain.periods import Period
from facility_app.reports.paper import Column, Note, Paper, Row, Section, Table, Text, Value
from facility_app.services.reporting.common import Occasion, checkpoint_section, paper
from facility_app.services.reporting.control_sections import grants_between
from facility_app.services.reporting.register import read_register

_E = table_of(AuditEntryRow).c
_COLUMNS = (
    Column("person", 32, bold=True),
    Column("staff-number"),
    Column("role", 36),
    Column("shift"),
    Column("from", 22),
    Column("until"),
    Column("deputy-for", 24),
    Column("granted-by"),
    Column("last-unlock", 26),
    Column("confirm", 34, hand=True),
)
_WITHOUT = (
    Column("person", 70, bold=True),
    Column("staff-number", 50),
    Column("confirm", 54, hand=True),
)
_ROLES = (Column("role", 44, bold=True), Column("may", 130))


def rights(reading: Reading, occasion: Occasion) -> Paper:
    """The sheet as of today."""
    today = local_date(reading.now)
    return paper(
        reading,
        occasion,
        "rights",
        Text("reports-about-day", {"day": today}),
        (
            Section(
                "confirm",
                (
                    Note(Text("reports-note-confirm")),
                    Table("rights", _COLUMNS, lambda: _granted(reading)),
                ),
            ),
            Section(
                "without-rights", (Table("without-rights", _WITHOUT, lambda: _without(reading)),)
            ),
            Section("roles", (Table("roles", _ROLES, _roles),)),
            checkpoint_section(occasion),
        ),
        seals=("head", "manager"),
    )


def _granted(reading: Reading) -> Iterator[Row]:
    register = read_register(reading.session)
    unlocked = _last_unlocks(reading)
    for grant, number in _in_force(reading):
        last: Value = unlocked.get(grant.staff_id) or Word("reports-never")
        yield (
            register.person(grant.staff_id),
            number,
            grant.role,
            grant.shift,
            grant.valid_from,
            grant.valid_until,
            register.person(grant.deputy_for),
            register.person(grant.granted_by),
            last,
            None,
        )


def _in_force(reading: Reading) -> Iterator[tuple[GrantRow, str]]:
    today = local_date(reading.now)
    found = grants_between(reading, Period(today, today))
    return ((grant, number) for grant, number in found if grant.revoked_at is None)


def _last_unlocks(reading: Reading) -> dict[int, datetime]:
    query = select(_E.actor, func.max(_E.seq)).where(_E.action == "unlock.done").group_by(_E.actor)
    newest = {seq: actor for actor, seq in reading.connection.execute(query)}
    found = reading.connection.execute(select(_E.seq, _E.at).where(_E.seq.in_(list(newest))))
    return {newest[seq]: moment(at) for seq, at in found}


def _without(reading: Reading) -> Iterator[Row]:
    """Who works here today and has no right at all: escorts, and people whose roles have ended."""
    today = local_date(reading.now)
    granted = {grant.staff_id for grant, _ in _in_force(reading) if RIGHTS[grant.role]}
    query = (
        select(StaffRow.id, StaffRow.name, StaffRow.number)
        .where(StaffRow.active_from <= today)
        .where(StaffRow.active_until.is_(None) | (StaffRow.active_until >= today))
        .order_by(StaffRow.number)
    )
    for staff_id, name, number in reading.session.execute(query):
        if staff_id not in granted:
            yield (name, number, None)


def _roles() -> Iterator[Row]:
    """What each role may do, so that nobody confirms a word they do not know."""
    for role in Role:
        yield (role, tuple(right for right in Permission if right in RIGHTS[role]))
