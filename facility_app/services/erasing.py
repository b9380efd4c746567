"""What an erasure empties: every text and date that could tell who somebody was.

Rows stay, with their numbers, kinds and times, so that no number is given a second time and the
counts of past months stay what they were; what the record sealed goes with the resident's key.  A
test holds these tables against the schema: a new column must be decided on here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import JSON, ColumnElement, Table, delete, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from facility_app.db.models import (
    Base,
    ErasureRow,
    LeakAssessmentRow,
    LostCaseRow,
    LostItemRow,
    table_of,
)
from facility_app.errors import Refused


@dataclass(eq=False)
class ErasedAlready(Refused):
    """The details were erased before."""

    key: ClassVar[str] = "retention.erased_already"


OWNER = "resident_id"
"""The column that says whose a row is, where nothing else is said."""

ROWS_OF: Mapping[str, tuple[str, ...]] = {
    "resident": ("id",),
    "stocktake_mark": ("owner_id", "pouch_of"),
}
"""Other columns that say so."""

THROUGH: Mapping[str, tuple[str, str]] = {
    "agreement_kind": ("agreement_id", "agreement"),
    "emergency_release": ("loan_id", "loan"),
    "hand_back_item": ("hand_back_id", "hand_back"),
    "handover": ("loan_id", "loan"),
    "loan_line": ("loan_id", "loan"),
    "pouch_tag": ("pouch_id", "pouch"),
    "register_mark": ("entry_id", "register_entry"),
    "review": ("loan_id", "loan"),
    "visit_outcome": ("visit_id", "visit"),
}
"""Rows that belong to somebody through the row of another table: column and table."""

DELETED = ("attachment", "pouch_tag", "resident_insurance", "resident_key")
"""Tables whose rows go altogether: nothing in the record counts on their numbers."""

EMPTIED: Mapping[str, tuple[str, ...]] = {
    "agreement": (
        "consented_by",
        "will_note",
        "proofs",
        "witness",
        "withdrawn_reason",
        "note",
        "review_on",
    ),
    "agreement_kind": (),
    "card_check": (
        "certificate_from",
        "certificate_until",
        "card_expires_on",
        "noted_card_expires_on",
        "noted_certificate_expires_on",
    ),
    "duty": ("proof",),
    "emergency_release": ("reason", "review_note"),
    "erasure": (),
    "hand_back": ("receiver", "relation", "proof_seen", "note"),
    "hand_back_item": (),
    "handover": (),
    "item": (
        "label",
        "issued_on",
        "valid_from",
        "card_expires_on",
        "certificate_expires_on",
        "paper_expires_on",
        "ratio",
        "ratio_source",
        "ratio_as_of",
        "colour",
        "note",
        "received_from",
        "import_key",
        "recognition_mark",
    ),
    "legal_hold": ("reason",),
    "life_event": ("note",),
    "loan": ("destination",),
    "loan_line": (),
    "lost_item": ("label", "found_by", "found_where"),
    "lost_step": ("evidence", "waived_reason"),
    "pouch": (),
    "proxy": ("name", "phone", "proof", "note", "proof_seen_on", "valid_until"),
    "register_entry": ("facts",),
    "register_mark": ("note",),
    "resident": (
        "name",
        "kana",
        "birth_date",
        "room",
        "address",
        "admitted_on",
        "deceased_on",
        "residence_expires_on",
        "notes",
        "import_key",
        "search_text",
    ),
    "review": ("note",),
    "stocktake_difference": ("explanation",),
    "stocktake_mark": (),
    "vault_entry": (),
    "visit": ("destination", "note"),
    "visit_outcome": ("note", "settled_note"),
    "visit_series": ("destination", "note"),
}
"""Columns that become empty, by table.  A missing text is empty, a missing date is none."""

STAYING: Mapping[str, tuple[str, ...]] = {
    "agreement": ("signed_on", "withdrawn_on"),
    "card_check": ("tries", "findings", "visit_on"),
    "duty": ("key", "kind", "due_on", "put_off_until"),
    "erasure": ("ended_on", "counts"),
    "hand_back": ("reason",),
    "item": ("received_on",),
    "life_event": ("happened_on", "ended_on"),
    "lost_item": ("thing",),
    "lost_step": ("code", "title", "due_on"),
    "proxy": ("ended_on",),
    "register_entry": ("register", "on", "due_on", "done_on", "salt"),
    "register_mark": ("code",),
    "resident": ("discharged_on",),
    "review": ("salt",),
    "stocktake_difference": ("slot", "home", "salt"),
    "stocktake_mark": ("counted", "home", "pouch_pieces", "owner_pieces", "salt"),
    "vault_entry": ("entry_id", "kind"),
    "visit": ("series_on",),
    "visit_outcome": ("way", "troubles", "papers"),
    "visit_series": ("first", "planned_through", "until"),
}
"""Texts and dates that stay: codes of rules, places in the cabinet, days of acts."""

_CASE_TEXTS = (
    "noticed_by",
    "last_seen",
    "place",
    "cause",
    "measures",
    "first_review",
    "second_review",
)
_LEAK_TEXTS = {"consulted": "", "decided_by": "", "draft": {}}


def refuse_erased(session: Session, resident_id: int) -> None:
    """Raise ErasedAlready for somebody whose details were erased: the row stays empty."""
    if session.get(ErasureRow, resident_id) is not None:
        raise ErasedAlready


def empty_rows(session: Session, resident_id: int) -> dict[str, int]:
    """Empty or delete everything of a resident; gives how many rows of each table.

    For a use case that has asked for its own permission and records it.
    """
    counts = {"lost_case": _empty_cases(session, resident_id)}
    for name in sorted(EMPTIED, key=lambda each: each == "resident"):
        table = Base.metadata.tables[name]
        columns = EMPTIED[name]
        if columns:
            values = {column: _empty(table, column) for column in columns}
            statement = update(table).where(rows_of(table, resident_id)).values(values)
            counts[name] = _affected(session.execute(statement))
    for name in DELETED:
        table = Base.metadata.tables[name]
        counts[name] = _affected(session.execute(delete(table).where(rows_of(table, resident_id))))
    return {name: count for name, count in counts.items() if count}


def rows_of(table: Table, resident_id: int) -> ColumnElement[bool]:
    """The condition that a row of `table` belongs to a resident."""
    if table.name in THROUGH:
        column, other = THROUGH[table.name]
        owner = Base.metadata.tables[other]
        (key,) = owner.primary_key.columns
        return table.c[column].in_(select(key).where(rows_of(owner, resident_id)))
    columns = ROWS_OF.get(table.name, (OWNER,))
    condition = table.c[columns[0]] == resident_id
    for column in columns[1:]:
        condition = condition | (table.c[column] == resident_id)
    return condition


def _empty(table: Table, column: str) -> Any:
    found = table.c[column]
    if found.nullable:
        return None
    if isinstance(found.type, JSON):
        return [] if column == "proofs" else {}
    return ""


def _empty_cases(session: Session, resident_id: int) -> int:
    """Empty the words of losses that are about nobody else who is still known; gives how many."""
    items = table_of(LostItemRow).c
    mine = set(session.scalars(select(items.case_id).where(items.resident_id == resident_id)).all())
    shared = set(
        session.scalars(
            select(items.case_id).where(
                items.case_id.in_(mine),
                items.resident_id.is_not(None),
                items.resident_id != resident_id,
                items.resident_id.not_in(select(table_of(ErasureRow).c.resident_id)),
            )
        ).all()
    )
    alone = mine - shared
    case, leak = table_of(LostCaseRow), table_of(LeakAssessmentRow)
    session.execute(update(case).where(case.c.id.in_(alone)).values(dict.fromkeys(_CASE_TEXTS, "")))
    session.execute(update(leak).where(leak.c.case_id.in_(alone)).values(_LEAK_TEXTS))
    return len(alone)


def _affected(result: Any) -> int:
    done: CursorResult[Any] = result
    return done.rowcount
