"""The vault's file held against the register: opens no PIN and starts no process."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from facility_app.audit.work import Reading
from facility_app.db.models import VaultEntryRow
from facility_app.domain.access import PROGRAM, Actor, Permission
from facility_app.domain.pins import Doubt, EntryState
from facility_app.services.office import Office
from facility_app.services.pin_opening import Known, VaultOff, known_vault, lacks
from facility_app.vault.errors import VaultForeign, VaultOutdated
from facility_app.vault.file import Summary, inspect
from facility_app.vault.keys import file_key


@dataclass(frozen=True)
class VaultCheck:
    """What the file says, and what it and the register do not agree about; all empty while off.

    unknown: entries of the file that no row names; missing: ids of rows whose PIN the file does not
    hold, or holds in another version; due: entries still to be erased.  Never a resident.
    """

    on: bool = False
    folder: str = ""
    known_generation: int = 0
    file: Summary | None = None
    unknown: tuple[str, ...] = ()
    missing: tuple[int, ...] = ()
    due: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing has to be looked at.  What is due is erased at the next opening."""
        return not self.unknown and not self.missing


def check_vault(office: Office, actor: Actor) -> VaultCheck:
    """Needs VERIFY_LOG.  Raises VaultMissing, VaultDamaged, VaultForeign, VaultVersionUnknown,
    VaultOutdated."""
    rows = office.ask(actor, _rows)
    try:
        known = office.ask(PROGRAM, known_vault)
    except VaultOff:
        return VaultCheck()
    key = file_key(office.keys.device)
    return _compared(known, inspect(known.folder, key, office.keys.store_id), rows)


@dataclass(frozen=True)
class _Row:
    id: int
    entry: str
    version: int
    state: EntryState
    doubt: Doubt | None


def _rows(reading: Reading) -> list[_Row]:
    reading.require(Permission.VERIFY_LOG)
    query = select(VaultEntryRow).order_by(VaultEntryRow.id)
    return [
        _Row(row.id, row.entry_id, row.version, row.state, row.doubt)
        for row in reading.session.scalars(query)
    ]


def _compared(known: Known, summary: Summary, rows: list[_Row]) -> VaultCheck:
    if summary.vault_id != known.vault_id:
        raise VaultForeign
    if summary.generation < known.generation:
        raise VaultOutdated(summary.generation, known.generation)
    there = summary.version_of
    wanted = {row.entry for row in rows if row.state is not EntryState.ERASED}
    return VaultCheck(
        on=True,
        folder=str(known.folder),
        known_generation=known.generation,
        file=summary,
        unknown=tuple(sorted(there.keys() - wanted)),
        missing=tuple(
            row.id
            for row in rows
            if row.state is EntryState.HELD and lacks(there, row.entry, row.version, row.doubt)
        ),
        due=sum(row.state not in (EntryState.HELD, EntryState.ERASED) for row in rows),
    )
