"""What the search compares with, kept in memory and in step with the register.

Scanning the stored texts of 10 000 residents in the encrypted file takes about 100 ms, in memory
about 2 ms (benchmarks/search.py).  The log is the change feed: every change of a resident, pouch,
tag or thing is an entry that names the resident, so after a look at the head only those residents
are read again.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date
from itertools import accumulate
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from facility_app.db.models import (
    AuditEntryRow,
    AuditHeadRow,
    ItemRow,
    PouchRow,
    ResidentRow,
    SlotRow,
)
from facility_app.domain.names import Like, SearchText, query_tokens
from facility_app.services.agreement_standing import IN_CUSTODY
from facility_app.services.rule_data import rules

MOST_CHANGES = 500
"""Residents changed since the last look beyond which everything is read anew."""

_SIZE = select(AuditHeadRow.size)
_HELD = exists().where(ItemRow.resident_id == ResidentRow.id, ItemRow.state.in_(IN_CUSTODY))
_ENTRIES = (
    select(
        ResidentRow.id,
        ResidentRow.kana,
        ResidentRow.name,
        ResidentRow.room,
        SlotRow.label,
        ResidentRow.birth_date,
        ResidentRow.search_text,
        ResidentRow.discharged_on,
        or_(ResidentRow.discharged_on.is_(None), _HELD).label("kept"),
    )
    .outerjoin(PouchRow, PouchRow.resident_id == ResidentRow.id)
    .outerjoin(SlotRow, SlotRow.id == PouchRow.slot_id)
)
_THINGS = select(
    ItemRow.resident_id,
    ItemRow.kind_code,
    ItemRow.state,
    ItemRow.card_expires_on,
    ItemRow.certificate_expires_on,
    ItemRow.paper_expires_on,
).where(ItemRow.state.in_(IN_CUSTODY))


@dataclass(frozen=True, order=True)
class Indexed:
    """One resident; ordered by kana.  `left_on` with nothing in custody any more hides them."""

    kana: str
    id: int
    name: str = field(compare=False)
    room: str = field(compare=False)
    slot: str = field(compare=False)
    birth_date: date | None = field(compare=False)
    text: SearchText = field(compare=False)
    left_on: date | None = field(compare=False)
    kept: bool = field(compare=False)

    def same(self, other: Indexed) -> bool:
        """Whether nothing that the index looks at differs (a sign-out changes nothing here)."""
        return astuple(self) == astuple(other)

    def shown(self, today: date) -> bool:
        """Whether they live here on `today`, or something of theirs is still kept."""
        return self.kept or self.left_on is None or self.left_on >= today


@dataclass(frozen=True)
class Haystack:
    """One column of everybody, in one string: a line each, searched at the speed of C."""

    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, lines: Iterable[str]) -> Haystack:
        """The lines joined; none of them holds a line break."""
        joined = list(lines)
        starts = accumulate((len(line) + 1 for line in joined), initial=0)
        return cls("\n".join(joined), tuple(starts))

    def rows(self, part: str) -> Iterator[int]:
        """The numbers of the lines that hold `part`, in order."""
        at = self.text.find(part)
        while at >= 0:
            row = bisect_right(self.starts, at) - 1
            yield row
            at = self.text.find(part, self.starts[row + 1])


@dataclass(frozen=True)
class People:
    """Everybody at one state of the register, in kana order."""

    everybody: tuple[Indexed, ...] = ()
    by_id: Mapping[int, Indexed] = field(default_factory=dict)
    names: Haystack = Haystack("", (0,))
    codes: Haystack = Haystack("", (0,))

    @classmethod
    def of(cls, people: Iterable[Indexed]) -> People:
        """`people` sorted and joined."""
        order = tuple(sorted(people))
        return cls(
            order,
            {each.id: each for each in order},
            Haystack.of(each.text.names for each in order),
            Haystack.of(each.text.codes for each in order),
        )

    def matching(self, query: str) -> list[Indexed] | None:
        """Those whom `query` (as typed) finds; None where it asks for nothing."""
        tokens = query_tokens(query, rules().variants)
        if not tokens:
            return None
        found: set[int] | None = None
        for token in tokens:
            rows = {row for like in token for row in self._column(like).rows(_inside(like))}
            found = rows if found is None else found & rows
        return [self.everybody[row] for row in sorted(found or ())]

    def _column(self, like: Like) -> Haystack:
        return self.names if like.column == "names" else self.codes


class SearchIndex:
    """All residents of one store.  One per connection pool; safe from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._size = -1
        self._by_id: dict[int, Indexed] = {}
        self._people = People()
        self._things: dict[int, tuple[Any, ...]] = {}

    def fresh(self, session: Session) -> People:
        """Everybody as the register stands in this session."""
        with self._lock:
            size = session.scalar(_SIZE) or 0
            if size != self._size:
                self._refresh(session, size)
                self._size = size
            return self._people

    def _refresh(self, session: Session, size: int) -> None:
        changed = self._changed(session, size)
        query = _ENTRIES
        if changed is None:
            self._by_id.clear()
            self._things.clear()
        else:
            if not changed:
                return
            query = query.where(ResidentRow.id.in_(changed))
            for id_ in changed:
                self._things.pop(id_, None)
        before = dict(self._by_id)
        for row in session.execute(query):
            self._by_id[row.id] = _indexed(row)
        if changed is None or any(
            before.get(each) is None or not before[each].same(self._by_id[each]) for each in changed
        ):
            self._people = People.of(self._by_id.values())

    def things(self, session: Session, ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
        """What is kept for these residents: rows with kind, state and dates, read once each.

        Call it after `fresh` in the same session.
        """
        with self._lock:
            missing = [id_ for id_ in ids if id_ not in self._things]
            if missing:
                read: dict[int, list[Any]] = {id_: [] for id_ in missing}
                for row in session.execute(_THINGS.where(ItemRow.resident_id.in_(missing))):
                    read[row.resident_id].append(row)
                self._things |= {id_: tuple(rows) for id_, rows in read.items()}
            return {id_: self._things[id_] for id_ in ids}

    def _changed(self, session: Session, size: int) -> Sequence[int] | None:
        """Residents that entries since the last look name; None where everything must be read."""
        if self._size < 0 or size < self._size:
            return None
        named = (
            select(AuditEntryRow.resident)
            .where(AuditEntryRow.seq > self._size, AuditEntryRow.resident.is_not(None))
            .distinct()
            .limit(MOST_CHANGES + 1)
        )
        ids = [id_ for id_ in session.scalars(named) if id_ is not None]
        return None if len(ids) > MOST_CHANGES else ids


def index_of(session: Session) -> SearchIndex:
    """The index of the store that a session works on."""
    pool = session.connection().engine.pool
    with _LOCK:
        return _INDEXES.setdefault(pool, SearchIndex())


_LOCK = threading.Lock()
_INDEXES: WeakKeyDictionary[Any, SearchIndex] = WeakKeyDictionary()


def _inside(like: Like) -> str:
    return like.pattern[1:-1]


def _indexed(row: Any) -> Indexed:
    names, _, codes = row.search_text.partition("\n")
    return Indexed(
        kana=row.kana,
        id=row.id,
        name=row.name,
        room=row.room,
        slot=row.label or "",
        birth_date=row.birth_date,
        text=SearchText(names, codes),
        left_on=row.discharged_on,
        kept=bool(row.kept),
    )
