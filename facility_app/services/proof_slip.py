"""A proof slip (証明票): one entry with its path to a signed checkpoint, as a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Connection

from facility_app.audit import checkpoints, log
from facility_app.audit.checkpoints import Made, make_checkpoint
from facility_app.audit.slip import slip_text
from facility_app.audit.tree import leaf_hash, root_from_inclusion
from facility_app.audit.work import Reading, Tx
from facility_app.config import replace_file
from facility_app.domain.access import Actor, Permission
from facility_app.errors import FacilityError
from facility_app.services.export_place import faults, refuse_data_folder
from facility_app.services.log_export import RowsContradictHead
from facility_app.services.office import Office
from facility_app.services.record import EntryNotFound

PROVED = "entry.proved"


@dataclass(frozen=True)
class Slip:
    """A proof slip as it was written; `vkey` is the key that its reader needs, from another way."""

    file: Path
    seq: int
    checkpoint: Made
    vkey: str


def write_slip(office: Office, actor: Actor, seq: int, file: Path) -> Slip:
    """Write the proof slip of entry `seq` to `file`, in place of what is there.

    The newest checkpoint that covers the entry stands on it; where there is none, one is made.
    Recorded before and after (ADR 0007).  Raises NotPermitted, EntryNotFound, ExportPlaceInside,
    ExportPlaceUnusable, DiskFull, RowsContradictHead, LogTampered; `file` is as it was then.
    """
    vkey = office.ask(actor, _asked, seq)
    refuse_data_folder(office.data, file)
    intent, made = office.do(actor, _announce, seq)
    try:
        text = office.ask(actor, _text, seq, made)
        with faults(file):
            replace_file(file, text.encode())
    except FacilityError:
        office.do(actor, _conclude, intent, "failed")
        raise
    office.do(actor, _conclude, intent, "done")
    return Slip(file, seq, made, vkey)


def _asked(reading: Reading, seq: int) -> str:
    """Whether there is such an entry at all; gives the key of the checkpoints."""
    reading.require(Permission.VERIFY_LOG)
    if log.canonical_text(reading.connection, seq) is None:
        raise EntryNotFound(seq)
    return reading.trust.verifier.vkey()


def _announce(tx: Tx, seq: int) -> tuple[int, Made]:
    tx.require(Permission.VERIFY_LOG)
    newest = checkpoints.newest(tx.connection)
    covering = next((made for made in newest if made.size >= seq), None)
    intent = tx.intend(PROVED, f"entry:{seq}")
    return intent, covering or make_checkpoint(tx, "proof")


def _conclude(tx: Tx, intent: int, result: str) -> int:
    tx.require(Permission.VERIFY_LOG)
    return tx.conclude(intent, result)


def _text(reading: Reading, seq: int, made: Made) -> str:
    """The slip; tried before it is handed out, so that no slip fails at its reader."""
    reading.require(Permission.VERIFY_LOG)
    checkpoint = checkpoints.read(reading.trust.verifier, made.text)
    entry = (log.canonical_text(reading.connection, seq) or "").encode()
    path = _path(reading.connection, seq, made.size)
    proved = root_from_inclusion(leaf_hash(entry), seq - 1, made.size, path)
    if checkpoint is None or proved != checkpoint.root or checkpoint.size != made.size:
        raise RowsContradictHead(made.size)
    return slip_text(seq, entry, path, made.text)


def _path(connection: Connection, seq: int, size: int) -> list[bytes]:
    try:
        return log.inclusion(connection, seq, size)
    except log.MissingNode as exc:
        raise RowsContradictHead(size) from exc
