"""Rows of the registers: what a fact may be, whom one is about, how the record tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facility_app.audit.work import Tx
from facility_app.db.models import AttachmentRow, RegisterEntryRow, ResidentRow, StaffRow
from facility_app.domain.individual_number import refuse_individual_number
from facility_app.domain.registers import About, FactKind, RegisterRule
from facility_app.errors import Refused
from facility_app.services.commitments import commitment
from facility_app.services.fields import Field, lines
from facility_app.services.rule_data import rules
from facility_app.services.settings import load_settings

LONGEST_TEXT = 20_000
"""Characters of the text of a rule book."""


@dataclass(eq=False)
class WrongAbout(Refused):
    """The entry must name a resident or a member of staff, or must not."""

    key: ClassVar[str] = "registers.wrong_about"


def check_about(
    session: Session, rule: RegisterRule, resident_id: int | None, staff_id: int | None
) -> None:
    """Raise WrongAbout where an entry names whom its register is not about."""
    resident, staff = resident_id is not None, staff_id is not None
    fits = {
        About.NOBODY: not resident and not staff,
        About.RESIDENT: resident and not staff,
        About.MAY_RESIDENT: not staff,
        About.STAFF: staff and not resident,
    }[rule.about]
    if not fits:
        raise WrongAbout
    if resident_id is not None:
        session.get_one(ResidentRow, resident_id)
    if staff_id is not None:
        session.get_one(StaffRow, staff_id)


def clean_facts(tx: Tx, rule: RegisterRule, facts: Mapping[str, str]) -> dict[str, str]:
    """Facts as they are stored: NFC, trimmed, no individual number.

    A template is longer than a note.
    """
    names = {each.code: each for each in rule.facts}
    clean: dict[str, str] = {}
    for code, value in facts.items():
        each = names[code]
        refuse_individual_number(each.name.of(language_of(tx)), value)
        limit = LONGEST_TEXT if each.kind is FactKind.TEXT else 200
        text = lines(Field.NOTES, value, limit=limit)
        clean[code] = " ".join(text.split()) if each.kind is FactKind.LINE else text
    return clean


def next_number(session: Session, register: str) -> int:
    """The number of the next entry; each register counts from 1."""
    query = select(func.max(RegisterEntryRow.number)).where(RegisterEntryRow.register == register)
    return (session.scalar(query) or 0) + 1


def papers_of(session: Session, entry_id: int) -> int:
    """How many scanned papers are attached to an entry."""
    query = select(func.count()).where(AttachmentRow.subject == f"register:{entry_id}")
    return session.scalar(query) or 0


def language_of(tx: Tx) -> str:
    """The language of the facility, in which a refusal names a field."""
    return load_settings(tx.session).language


def record_entry(
    tx: Tx,
    action: str,
    row: RegisterEntryRow,
    told: Mapping[str, Any],
    plain: Mapping[str, Any],
) -> None:
    """Append an entry of the record.  plain: what names nobody.

    told: what may name somebody, by the code of the field; `before` and `after` for a change.  It
    is sealed with the names of the fields as the facility reads them today.
    """
    said: dict[str, Any] = {"register": row.register, "number": row.number, **plain}
    subject = f"register:{row.id}"
    if row.resident_id is not None:
        named = _named(rules().registers[row.register], language_of(tx), told)
        if "before" not in named:
            named = {"told": named} if named else {}
        tx.record(action, subject, resident=row.resident_id, plain=said, **named)
        return
    if told:
        said["commitment"] = commitment(row.salt, told)
    if row.staff_id is not None:
        said["staff"] = said.get("staff", row.staff_id)
    tx.record(action, subject, plain=said)


def _named(rule: RegisterRule, language: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """Names of fields and answers instead of their codes."""
    facts = {each.code: each for each in rule.facts}
    named: dict[str, Any] = {}
    for code, value in told.items():
        if isinstance(value, Mapping):
            named[code] = _named(rule, language, value)
        elif code in facts:
            answers = {each.code: each.name.of(language) for each in facts[code].choices}
            named[facts[code].name.of(language)] = answers.get(value, value)
        else:
            named[code] = value
    return named
