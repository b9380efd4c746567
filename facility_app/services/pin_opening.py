"""The vault opened for work: is it the file that the record knows, and is something to be erased?

Opening shows no PIN.  The generation stands in the database and in the record: a file that is older
than the last known one was put back by somebody, and is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, TypeVar

from sqlalchemy import select, update

from facility_app.audit.work import Reading, Tx
from facility_app.cards.attributes import VerifyInterrupted
from facility_app.db.models import VaultEntryRow, VaultOfficerRow, VaultRow
from facility_app.domain.access import PROGRAM, Actor, Permission
from facility_app.domain.pins import Doubt, EntryState, EraseReason
from facility_app.errors import FacilityError, Refused
from facility_app.secret import Secret
from facility_app.services.office import Office
from facility_app.vault.channel import AgentGone
from facility_app.vault.client import AgentFailed, VaultAgent
from facility_app.vault.errors import VaultForeign, VaultOutdated
from facility_app.vault.file import Summary

T = TypeVar("T")
VAULT = 1
"""The id of the one row."""

TO_ERASE = (EntryState.ERASE_DUE, EntryState.DEPOSITING)
_UNKNOWN = (VerifyInterrupted, AgentGone)
"""Errors after which nobody knows what was done."""


@dataclass(eq=False)
class VaultOff(Refused):
    """The vault is not switched on in this facility."""

    key: ClassVar[str] = "pins.off"


@dataclass(frozen=True)
class Known:
    """What the database knows of the vault's file."""

    folder: Path
    vault_id: str
    key_id: str
    generation: int
    threshold: int


def known_vault(reading: Reading) -> Known:
    """The row, for the program itself.  Raises VaultOff."""
    reading.require(Permission.IDENTIFY)
    row = reading.session.get(VaultRow, VAULT)
    if row is None:
        raise VaultOff
    return Known(Path(row.folder), row.vault_id, row.key_id, row.generation, row.threshold)


def opened(office: Office) -> VaultAgent:
    """The vault's process with the file open; started where it does not run.

    At an opening the generation is compared (`VaultOutdated`), and what is due is erased.  Raises
    VaultOff, AgentGone while the program is locked, and what `VaultAgent.open` raises.
    """
    known = office.ask(PROGRAM, known_vault)
    agent = office.vault.agent()
    if agent.running:
        return agent
    try:
        summary = agent.open(
            known.folder, office.keys.store_id, device_key(office), office.vault.cost
        )
        office.vault.still(agent)
        _accept(office, agent, known, summary)
    except FacilityError:
        office.vault.close()
        raise
    _erase(office, agent, summary)
    return agent


def erase_due(office: Office) -> int:
    """Erase what is marked for it; gives how many entries.  Starts nothing where nothing is due.

    Raises what `opened` raises; what is due stays so and is erased at the next opening.
    """
    due = office.ask(PROGRAM, _count_due)
    if due:
        _erase(office, opened(office))
    return due


def announced(
    office: Office,
    who: Actor,
    announce: Callable[[Tx], int],
    act: Callable[[], T],
    conclude: Callable[[Tx, int, T], object],
) -> T:
    """Intent, act, outcome (ADR 0007): the outcome is the program's entry, whatever happened to the
    person's rights meanwhile.

    `announce` asks for the right of `who`.  An error is recorded as ``failed``, or as ``unknown``
    where nobody knows what was done.
    """
    intent = office.do(who, announce)
    try:
        result = act()
    except _UNKNOWN as exc:
        office.do(PROGRAM, _concluded, intent, "unknown", exc.key)
        raise
    except FacilityError as exc:
        office.do(PROGRAM, _concluded, intent, "failed", exc.key)
        raise
    except AgentFailed:
        office.do(PROGRAM, _concluded, intent, "unknown", "general.bug")
        raise
    office.do(PROGRAM, _conclude, intent, result, conclude)
    return result


def keep_generation(tx: Tx, generation: int) -> None:
    """Note the generation that the file has now; for a use case that records it itself.

    Another computer may have saved and noted a later one meanwhile: that one stays.
    """
    tx.session.execute(
        update(VaultRow)
        .where(VaultRow.id == VAULT, VaultRow.generation < generation)
        .values(generation=generation)
    )


def keep_summary(tx: Tx, summary: Summary) -> None:
    """Note keys, officers and generation as the file has them, for a use case that records it."""
    session = tx.session
    session.execute(
        update(VaultRow)
        .where(VaultRow.id == VAULT)
        .values(key_id=summary.key_id, threshold=summary.threshold)
    )
    keep_generation(tx, summary.generation)
    known = set(session.scalars(select(VaultOfficerRow.staff_id)))
    for gone in known - set(summary.officers):
        session.delete(session.get_one(VaultOfficerRow, gone))
    for new in sorted(set(summary.officers) - known):
        session.add(VaultOfficerRow(staff_id=new, since=tx.now))
    session.flush()


def device_key(office: Office) -> Secret:
    """A copy of this computer's key, which the vault's process wipes."""
    return office.keys.device.copy()


def _conclude(tx: Tx, intent: int, result: T, conclude: Callable[[Tx, int, T], object]) -> None:
    tx.require(Permission.IDENTIFY)
    conclude(tx, intent, result)


def _concluded(tx: Tx, intent: int, result: str, why: str) -> None:
    tx.require(Permission.IDENTIFY)
    tx.conclude(intent, result, why=why)


def _accept(office: Office, agent: VaultAgent, known: Known, summary: Summary) -> None:
    """Raise where the file is not the known one; note one that is newer, and what it lacks.

    A newer one is saved once more as both generations: the crash may have come between the two, and
    what was to go (a PIN, an officer, a passphrase) would still lie in the one before.
    """
    if summary.vault_id != known.vault_id:
        raise VaultForeign
    if summary.generation < known.generation:
        office.do(PROGRAM, _noted, known.generation, summary.generation)
        raise VaultOutdated(summary.generation, known.generation)
    if summary.generation > known.generation:
        office.do(PROGRAM, _adopted, known, summary, agent.erase(()))
    if office.ask(PROGRAM, _lacking, summary):
        office.do(PROGRAM, _doubted, known.generation, summary)


def _noted(tx: Tx, expected: int, found: int, lacking: int = 0) -> None:
    tx.require(Permission.IDENTIFY)
    plain = {"known_generation": expected, "generation": found}
    if lacking:
        plain["lacking"] = lacking
    tx.record("vault.generation_found", "vault", plain=plain)


def _adopted(tx: Tx, known: Known, summary: Summary, generation: int) -> None:
    """A crash came between the file and the database: what the file says is what was done.

    Nobody has the printed shares of keys that were made so.
    """
    tx.require(Permission.IDENTIFY)
    keep_summary(tx, summary)
    keep_generation(tx, generation)
    if summary.key_id != known.key_id:
        tx.session.execute(
            update(VaultRow).where(VaultRow.id == VAULT).values(recovery_checked_at=None)
        )
    _noted(tx, known.generation, summary.generation)


def _lacking(reading: Reading, summary: Summary) -> list[int]:
    """Rows that say that a PIN is held which the file does not have, or has in another version."""
    reading.require(Permission.IDENTIFY)
    query = select(
        VaultEntryRow.id, VaultEntryRow.entry_id, VaultEntryRow.version, VaultEntryRow.doubt
    ).where(
        VaultEntryRow.state == EntryState.HELD,
        VaultEntryRow.doubt.is_distinct_from(Doubt.MISSING),
    )
    there = summary.version_of
    return [
        row.id
        for row in reading.session.execute(query)
        if lacks(there, row.entry_id, row.version, row.doubt)
    ]


def lacks(there: Mapping[str, int], entry: str, version: int, doubt: Doubt | None) -> bool:
    """Whether the file lacks a PIN that is held.  Of one that was being replaced nobody knows the
    version."""
    found = there.get(entry)
    return found is None or (found != version and doubt is not Doubt.REPLACING)


def _doubted(tx: Tx, expected: int, summary: Summary) -> None:
    lacking = _lacking(tx, summary)
    tx.session.execute(
        update(VaultEntryRow)
        .where(VaultEntryRow.id.in_(lacking))
        .values(doubt=Doubt.MISSING, doubt_at=tx.now)
    )
    _noted(tx, expected, summary.generation, lacking=len(lacking))


def _count_due(reading: Reading) -> int:
    reading.require(Permission.IDENTIFY)
    query = select(VaultEntryRow.id).where(VaultEntryRow.state.in_(TO_ERASE))
    return len(reading.session.scalars(query).all())


def _erase(office: Office, agent: VaultAgent, found: Summary | None = None) -> None:
    """Erase what is due, and what was erased before and is in the file again."""
    due = office.ask(PROGRAM, _due, () if found is None else found.entries)
    if not due:
        return
    intents = office.do(PROGRAM, _announce_erasing, due)
    try:
        generation = agent.erase([entry for _, entry in due])
    except (FacilityError, AgentFailed) as exc:
        known = isinstance(exc, FacilityError) and not isinstance(exc, AgentGone)
        why = exc.key if isinstance(exc, FacilityError) else "general.bug"
        for intent in intents:
            office.do(PROGRAM, _concluded, intent, "failed" if known else "unknown", why)
        raise
    office.do(PROGRAM, _conclude_erasing, due, intents, generation)


def _due(reading: Reading, there: Sequence[str]) -> list[tuple[int, str]]:
    reading.require(Permission.IDENTIFY)
    query = select(VaultEntryRow.id, VaultEntryRow.entry_id, VaultEntryRow.state).order_by(
        VaultEntryRow.id
    )
    if not there:
        query = query.where(VaultEntryRow.state.in_(TO_ERASE))
    held = set(there)
    return [
        (row, entry)
        for row, entry, state in reading.session.execute(query)
        if state in TO_ERASE or (state is EntryState.ERASED and entry in held)
    ]


def _announce_erasing(tx: Tx, due: Sequence[tuple[int, str]]) -> list[int]:
    """An intent for each, so that the proof of each stands under its resident."""
    tx.require(Permission.IDENTIFY)
    intents = []
    for row_id, _ in due:
        row = tx.session.get_one(VaultEntryRow, row_id)
        if row.erase_reason is None:
            row.state, row.erase_reason = EntryState.ERASE_DUE, EraseReason.UNFINISHED
        plain = {"kind": row.kind, "reason": row.erase_reason.value}
        intents.append(
            tx.intend(
                "vault.erased",
                f"vault_entry:{row.id}",
                resident=row.resident_id,
                items=[row.item_id],
                plain=plain,
            )
        )
    return intents


def _conclude_erasing(
    tx: Tx, due: Sequence[tuple[int, str]], intents: Sequence[int], generation: int
) -> None:
    tx.require(Permission.IDENTIFY)
    keep_generation(tx, generation)
    for (row_id, _), intent in zip(due, intents, strict=True):
        row = tx.session.get_one(VaultEntryRow, row_id)
        row.state, row.erased_at = EntryState.ERASED, tx.now
        row.erased_seq = tx.conclude(intent, "done", generation=generation)
