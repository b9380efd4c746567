"""What is stored of a resident for the tolerant search, and what a query asks of it (domain/names).

One column holds both parts: all spellings of the names, a line break, all codes.  A name's pattern
must end before the line break; a code's pattern begins with a sign that no name holds.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from facility_app.db.models import PouchRow, PouchTagRow, ResidentRow, SlotRow
from facility_app.domain.names import Like, query_tokens, search_text
from facility_app.services.rule_data import rules


def stored_text(name: str, kana: str, room: str, slot: str, short: str) -> str:
    """The column's text for one resident."""
    text = search_text(name, kana, rules().variants, room=room, slot=slot, tag_short=short)
    return f"{text.names}\n{text.codes}"


def refresh_search_text(session: Session, resident_id: int) -> None:
    """Write the search text anew; call it after any change of name, room, slot or tag."""
    session.flush()
    query = (
        select(SlotRow.label, PouchTagRow.short)
        .select_from(PouchRow)
        .outerjoin(SlotRow, SlotRow.id == PouchRow.slot_id)
        .outerjoin(
            PouchTagRow, (PouchTagRow.pouch_id == PouchRow.id) & PouchTagRow.voided_at.is_(None)
        )
        .where(PouchRow.resident_id == resident_id)
        .order_by(PouchTagRow.id.desc())
    )
    slot, short = session.execute(query).first() or (None, None)
    row = session.get_one(ResidentRow, resident_id)
    write_search_text(session, row, slot or "", short or "")


def write_search_text(session: Session, row: ResidentRow, slot: str, short: str) -> None:
    """Write the text past the row's version: nobody's form is out of date because of it."""
    text = stored_text(row.name, row.kana, row.room, slot, short)
    session.execute(
        update(ResidentRow).where(ResidentRow.id == row.id).values(search_text=text),
        execution_options={"synchronize_session": False},
    )


def found_by(column: InstrumentedAttribute[str], query: str) -> ColumnElement[bool] | None:
    """The condition that `query` (as typed) puts on the column; None where it asks for nothing."""
    tokens = query_tokens(query, rules().variants)
    if not tokens:
        return None
    return and_(*[or_(*[column.like(_pattern(like)) for like in token]) for token in tokens])


def _pattern(like: Like) -> str:
    return f"{like.pattern}\n%" if like.column == "names" else like.pattern
