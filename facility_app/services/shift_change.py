"""A checkpoint at every change of shift, made by whatever timer runs next."""

from __future__ import annotations

from facility_app.audit import checkpoints
from facility_app.audit.checkpoints import Made, make_checkpoint
from facility_app.audit.work import Reading, Tx
from facility_app.domain.access import PROGRAM, Permission
from facility_app.domain.shifts import last_change
from facility_app.services.log_check import check_new
from facility_app.services.office import Office
from facility_app.services.settings import load_settings


def shift_change_due(reading: Reading) -> bool:
    """Whether no checkpoint was made since the last change of shift.  Needs MAKE_CHECKPOINT.

    A few reads, whatever the length of the log.
    """
    reading.require(Permission.MAKE_CHECKPOINT)
    changed = last_change(load_settings(reading.session).night(), reading.now)
    newest = checkpoints.newest(reading.connection)
    return not newest or newest[0].made_at < changed


def checkpoint_at_shift_change(tx: Tx) -> Made | None:
    """The checkpoint of the change of shift, where it is due; None otherwise."""
    tx.require(Permission.MAKE_CHECKPOINT)
    return make_checkpoint(tx, "shift") if shift_change_due(tx) else None


def sign_shift(office: Office) -> Made | None:
    """`checkpoint_at_shift_change` by the program, over a log that verifies.

    What is new in the log is verified first, as at a lock; a log that does not verify is not
    signed, and the verdict is recorded.  Nothing is written where nothing is due.
    """
    if not office.ask(PROGRAM, shift_change_due) or not check_new(office, PROGRAM).clean:
        return None
    return office.do(PROGRAM, checkpoint_at_shift_change)
