"""Is the store still whole: the file and the end of its log (``db check``)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from facility_app.audit import log
from facility_app.audit.checkpoints import Made, make_checkpoint
from facility_app.audit.work import Reading, Tx
from facility_app.db.check import FileCheck, check_file
from facility_app.domain.access import Actor, Permission
from facility_app.errors import IntegrityError
from facility_app.services.office import Office


@dataclass(frozen=True)
class StoreCheck:
    """What ``db check`` found.  root: of the log as it ends; empty where it was tampered with."""

    file: FileCheck
    size: int
    root: bytes

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.file.sound and bool(self.root)


def check_store(office: Office, actor: Actor) -> StoreCheck:
    """Check every page, the references, the guards of the log, and how the log ends.

    Reads the whole file. What is wrong is given, not raised; raises NotPermitted.
    """
    office.ask(actor, _may_verify)
    file = check_file(office.work.engine)
    size, root = 0, b""
    with suppress(IntegrityError):
        size, root = office.ask(actor, _log_end)
    return StoreCheck(file, size, root)


def checkpoint_on_request(tx: Tx) -> Made:
    """Sign the log as it stands, because somebody asked for it."""
    tx.require(Permission.MAKE_CHECKPOINT)
    return make_checkpoint(tx, "asked")


def _may_verify(reading: Reading) -> None:
    reading.require(Permission.VERIFY_LOG)


def _log_end(reading: Reading) -> tuple[int, bytes]:
    reading.require(Permission.VERIFY_LOG)
    connection = reading.connection
    head = log.trusted_head(connection, log.kept_head(connection), reading.trust.head_key)
    return head.size, head.root()
