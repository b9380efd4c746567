"""The record for somebody outside (C2SP tlog-tiles): a folder that a program of its own verifies.

What is exported is what was hashed.  It names no resident: details about residents stay sealed, and
their keys stay here.  It does name acts, times, numbers, and members of staff.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from facility_app.audit.checkpoints import Made, make_checkpoint
from facility_app.audit.tiles import Tiles
from facility_app.audit.walk import Progress, raw_rows, rows_as_bytes
from facility_app.audit.work import Reading, Tx
from facility_app.config import resources
from facility_app.db.models import AuditEntryRow
from facility_app.domain.access import Actor, Permission
from facility_app.errors import Cancelled, FacilityError, IntegrityError
from facility_app.services.export_place import Draft, drafted, refuse_place
from facility_app.services.log_check import never, no_progress
from facility_app.services.office import Office

EXPORTED = "log.exported"
CHECKPOINT, VKEY, VERIFIER = "checkpoint", "vkey", "verify_log.py"
_BATCH = 1 << 13
_SEQ = AuditEntryRow.__table__.c.seq


@dataclass(eq=False)
class RowsContradictHead(IntegrityError):
    """The entries are not those that the log's end vouches for; nothing was handed out."""

    key: ClassVar[str] = "audit.rows_contradict_head"
    entries: int


@dataclass(frozen=True)
class Exported:
    """What was written: the checkpoint in it, its key as text, and the entry that says so."""

    folder: Path
    checkpoint: Made
    vkey: str
    entry: int


def export_log(
    office: Office,
    actor: Actor,
    folder: Path,
    progress: Progress = no_progress,
    cancelled: Callable[[], bool] = never,
) -> Exported:
    """Write the whole log, signed as it stands now, to `folder`, which is new or empty.

    About 11 s per million entries; memory does not grow with them.  Recorded before and after (ADR
    0007).  Raises NotPermitted, ExportPlaceInside, ExportPlaceTaken, ExportPlaceUnusable, DiskFull,
    RowsContradictHead, LogTampered, EntryTooLong, Cancelled; nothing is left in `folder` then.
    """
    vkey = office.ask(actor, _vkey)
    refuse_place(office.data, folder)
    intent, made = office.do(actor, _announce)
    try:
        with drafted(folder, last=CHECKPOINT) as draft:
            _write(office, actor, made, draft, progress, cancelled)
            draft.put(VKEY, f"{vkey}\n".encode())
            draft.put(VERIFIER, verifier_file().read_bytes())
            draft.put(CHECKPOINT, made.text.encode())
    except FacilityError:
        office.do(actor, _conclude, intent, "failed")
        raise
    return Exported(folder, made, vkey, office.do(actor, _conclude, intent, "done"))


def verifier_file() -> Path:
    """The stand-alone verifier, as it is shipped with the program."""
    return resources() / "verifier" / VERIFIER


def _vkey(reading: Reading) -> str:
    reading.require(Permission.VERIFY_LOG)
    return reading.trust.verifier.vkey()


def _announce(tx: Tx) -> tuple[int, Made]:
    """The intent, and a checkpoint that covers it."""
    tx.require(Permission.VERIFY_LOG)
    intent = tx.intend(EXPORTED, "log")
    return intent, make_checkpoint(tx, "export")


def _conclude(tx: Tx, intent: int, result: str) -> int:
    tx.require(Permission.VERIFY_LOG)
    return tx.conclude(intent, result)


def _write(
    office: Office,
    actor: Actor,
    made: Made,
    draft: Draft,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> None:
    """The tiles of the entries that `made` covers; what was read is what was signed, or nothing."""
    tiles = Tiles(draft.put)
    while tiles.size < made.size:
        if cancelled():
            raise Cancelled
        end = min(tiles.size + _BATCH, made.size)
        rows = office.ask(actor, _rows, tiles.size, end)
        if len(rows) != end - tiles.size:
            raise RowsContradictHead(made.size)
        tiles.add(row for (row,) in rows)
        progress(tiles.size, made.size)
    tiles.finish()
    if tiles.root() != made.root:
        raise RowsContradictHead(made.size)


def _rows(reading: Reading, after: int, upto: int) -> list[Any]:
    """Entries `after` + 1 to `upto`; a unit each, so that no long one keeps the log from growing
    into its file."""
    reading.require(Permission.VERIFY_LOG)
    query = rows_as_bytes(reading.connection).where(_SEQ.between(after + 1, upto))
    return raw_rows(reading.connection, query)
