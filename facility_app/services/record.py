"""Reading the record (記録): the list with its filter, and one entry in full with its proof."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit import log, query
from facility_app.audit.entry import Entry, is_vouched, moment, parse, unseal
from facility_app.audit.query import Count
from facility_app.audit.query import LogFilter as LogFilter
from facility_app.audit.tree import leaf_hash, root_from_inclusion
from facility_app.audit.work import Reading
from facility_app.db.models import (
    AuditEntryRow,
    ItemKindRow,
    ItemRow,
    ResidentKeyRow,
    ResidentRow,
    StaffRow,
)
from facility_app.domain.access import Identified, Permission
from facility_app.errors import IntegrityError, Refused

PAGE = 50


@dataclass(eq=False)
class EntryNotFound(Refused):
    """The log has no entry of this number."""

    key: ClassVar[str] = "audit.entry_not_found"
    seq: int


@dataclass(eq=False)
class EntryUnreadable(IntegrityError):
    """The row of this number is not an entry any more; verification says what was done."""

    key: ClassVar[str] = "audit.entry_unreadable"
    seq: int


@dataclass(frozen=True)
class LogLine:
    """One entry in the list.  `at` aware UTC; `actor` is empty for the program itself.

    items: how many it is about; item: the kind's name where it is one; corrects: the number of the
    entry that this one corrects; phase: ``intent``, ``outcome`` or empty.
    """

    seq: int
    at: datetime
    action: str
    actor: str
    identified: Identified
    resident_id: int | None = None
    resident: str = ""
    items: int = 0
    item: str = ""
    corrects: int | None = None
    phase: str = ""


@dataclass(frozen=True)
class Listed:
    """Some of the matching entries, newest first; `count` is of all that match."""

    lines: tuple[LogLine, ...]
    more: bool
    count: Count


@dataclass(frozen=True)
class Proof:
    """That an entry is in the log: the hashes from its leaf up to the root of `size` entries.

    holds: the path leads to the root this program vouched for, and the entry is one it wrote.
    """

    leaf: bytes
    path: tuple[bytes, ...]
    size: int
    root: bytes
    holds: bool


@dataclass(frozen=True)
class FullEntry:
    """One entry in full.

    plain: details that identify nobody; sealed: those opened with the resident's key; erased: there
    were some and the key was destroyed; names: of staff and items named by id in the details;
    corrected: the entry it corrects; corrections: numbers of the entries that correct it.
    """

    line: LogLine
    subject: str
    plain: dict[str, Any]
    sealed: dict[str, Any]
    erased: bool
    items: tuple[str, ...]
    proof: Proof
    corrected: FullEntry | None = None
    corrections: tuple[int, ...] = ()


def list_entries(reading: Reading, wanted: LogFilter, before: int | None = None) -> Listed:
    """The newest 50 matching entries with a number under `before`.  Needs VIEW_LOG.

    Within 100 ms in a log of a million entries (issue #2).
    """
    reading.require(Permission.VIEW_LOG)
    connection = reading.session.connection()
    found = query.page(connection, wanted, before, PAGE)
    lines = described(reading.session, found.entries)
    return Listed(lines, found.more, query.count(connection, wanted))


def entry_in_full(reading: Reading, seq: int) -> FullEntry:
    """Entry `seq` with its details opened and its proof.  Needs VIEW_LOG.

    Raises EntryNotFound, EntryUnreadable.
    """
    reading.require(Permission.VIEW_LOG)
    return _full(reading, seq, with_corrected=True)


def described(session: Session, entries: Iterable[Entry]) -> tuple[LogLine, ...]:
    """Entries as lines, with the names that the register has today."""
    entries = tuple(entries)
    staff = _names(session, StaffRow, {e.actor for e in entries})
    residents = _names(session, ResidentRow, {e.resident for e in entries})
    single = {entry.items[0] for entry in entries if len(entry.items) == 1}
    items = _item_names(session, single)
    return tuple(_line(entry, staff, residents, items) for entry in entries)


def _line(
    entry: Entry, staff: dict[int, str], residents: dict[int, str], items: dict[int, str]
) -> LogLine:
    corrects = entry.plain.get("corrects")
    return LogLine(
        seq=entry.seq,
        at=moment(entry.at),
        action=entry.action,
        actor=staff.get(entry.actor or 0, ""),
        identified=Identified(entry.identified),
        resident_id=entry.resident,
        resident=residents.get(entry.resident or 0, ""),
        items=len(entry.items),
        item=items.get(entry.items[0], "") if len(entry.items) == 1 else "",
        corrects=corrects if isinstance(corrects, int) else None,
        phase=str(entry.plain.get("phase", "")),
    )


def _full(reading: Reading, seq: int, *, with_corrected: bool) -> FullEntry:
    session = reading.session
    canonical = log.canonical_text(session.connection(), seq)
    if canonical is None:
        raise EntryNotFound(seq)
    try:
        entry = parse(canonical)
        (line,) = described(session, [entry])
    except ValueError as exc:
        raise EntryUnreadable(seq) from exc
    sealed, erased = _opened(session, entry)
    corrected = None
    if with_corrected and line.corrects is not None:
        corrected = _full(reading, line.corrects, with_corrected=False)
    names = _item_names(session, set(entry.items))
    return FullEntry(
        line=line,
        subject=entry.subject,
        plain=dict(entry.plain),
        sealed=sealed,
        erased=erased,
        items=tuple(names.get(item, "") for item in entry.items),
        proof=_proof(reading, seq, canonical),
        corrected=corrected,
        corrections=_corrections(session, entry),
    )


def _opened(session: Session, entry: Entry) -> tuple[dict[str, Any], bool]:
    """The sealed details, and whether there are some that nobody can open any more."""
    if not entry.sealed or entry.resident is None:
        return {}, False
    key = session.scalar(
        select(ResidentKeyRow.key).where(ResidentKeyRow.resident_id == entry.resident)
    )
    try:
        return (unseal(entry, key), False) if key else ({}, True)
    except ValueError:  # sealed under an older key that was destroyed
        return {}, True


def _proof(reading: Reading, seq: int, canonical: str) -> Proof:
    connection = reading.session.connection()
    leaf = leaf_hash(canonical.encode())
    kept = log.kept_head(connection)
    if kept is None or kept.size < seq:
        return Proof(leaf, (), 0, b"", False)
    try:
        path = log.inclusion(connection, seq, kept.size)
    except log.MissingNode:
        return Proof(leaf, (), kept.size, kept.root, False)
    key = reading.trust.head_key
    holds = (
        root_from_inclusion(leaf, seq - 1, kept.size, path) == kept.root
        and kept.genuine(key)
        and is_vouched(canonical, key)
    )
    return Proof(leaf, tuple(path), kept.size, kept.root, holds)


def _corrections(session: Session, entry: Entry) -> tuple[int, ...]:
    """Numbers of later entries that correct this one; they are about the same resident."""
    later = (
        select(AuditEntryRow.canonical)
        .where(AuditEntryRow.action.like("%.corrected"), AuditEntryRow.seq > entry.seq)
        .where(AuditEntryRow.resident == entry.resident)
        .order_by(AuditEntryRow.seq)
    )
    found = (parse(text) for text in session.scalars(later))
    return tuple(each.seq for each in found if each.plain.get("corrects") == entry.seq)


def _names(
    session: Session, table: type[StaffRow] | type[ResidentRow], ids: set[int | None]
) -> dict[int, str]:
    rows = session.execute(select(table.id, table.name).where(table.id.in_(ids - {None})))
    return {id_: name for id_, name in rows}


def _item_names(session: Session, ids: set[int]) -> dict[int, str]:
    rows = session.execute(
        select(ItemRow.id, ItemKindRow.name)
        .join(ItemKindRow, ItemKindRow.code == ItemRow.kind_code)
        .where(ItemRow.id.in_(ids))
    )
    return {id_: name for id_, name in rows}
