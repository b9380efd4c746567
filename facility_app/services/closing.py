"""What follows a lock: the log's news verified, signed and queued for review, and the backup due.

The lock itself never waits for it: the page is gone first.  The timer's half-hourly work is here
too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from facility_app.audit.checkpoints import make_checkpoint
from facility_app.audit.work import Reading, Tx
from facility_app.domain.access import PROGRAM, Permission
from facility_app.errors import Cancelled, FacilityError, IntegrityError
from facility_app.services.backup import Backup, automatic_backup, newest_backup
from facility_app.services.checkpoint_sinks import SinkState, copy_checkpoints
from facility_app.services.first_start import is_new
from facility_app.services.log_check import check_new, never
from facility_app.services.office import Office
from facility_app.services.review_collect import collect_reviews
from facility_app.services.settings import Facility, Settings, load_facility, load_settings
from facility_app.services.shift_change import sign_shift
from facility_app.services.visit_series import extend_series


@dataclass(frozen=True)
class Closed:
    """After a lock: the backup that was made (None: the last is young enough), or why it failed.

    sinks: how the folders outside stand, where a checkpoint was made.
    """

    backup: Backup | None = None
    problem: FacilityError | None = None
    sinks: tuple[SinkState, ...] = ()


@dataclass(frozen=True)
class Opened:
    """What the window needs to know of a store that was just opened."""

    facility: Facility
    settings: Settings
    fresh: bool = False
    """Nobody has an account yet: the set-up was left between making the key and the manager."""
    backup_at: datetime | None = None
    """When the newest backup that counts was made, aware UTC."""


def close_up(office: Office, cancelled: Callable[[], bool] = never) -> Closed:
    """After a lock: verify what is new in the log, sign it, draw the sample that is reviewed, and
    make the backup that is due.

    A log that does not verify is not signed; the verdict is recorded and shown at the next unlock.
    `cancelled` ends a backup under way when somebody is waiting to get in; the next lock makes it.
    A backup that fails is told and undoes nothing.  Raises IntegrityError where the log does not
    end as this program left it.
    """
    sinks: tuple[SinkState, ...] = ()
    if check_new(office, PROGRAM).clean:
        office.do(PROGRAM, sign_log, "lock")
        office.do(PROGRAM, collect_reviews)
        sinks = copy_checkpoints(office, cancelled)
    return replace(back_up(office, cancelled), sinks=sinks)


def keep_up(office: Office, cancelled: Callable[[], bool] = never) -> Closed:
    """Every half hour: series of visits written on, the checkpoint of a change of shift and the
    backup, where they are due.

    Errors as in `close_up`.
    """
    office.do(PROGRAM, extend_series)
    sinks = copy_checkpoints(office, cancelled) if sign_shift(office) else ()
    return replace(back_up(office, cancelled), sinks=sinks)


def back_up(office: Office, cancelled: Callable[[], bool] = never) -> Closed:
    """The automatic backup, where the newest is 30 minutes old."""
    try:
        return Closed(automatic_backup(office, cancelled))
    except Cancelled:
        return Closed()
    except IntegrityError:
        raise
    except FacilityError as problem:
        return Closed(None, problem)


def sign_log(tx: Tx, reason: str) -> int:
    """Make a checkpoint of the log (reasons as in `make_checkpoint`); gives the size it covers."""
    tx.require(Permission.MAKE_CHECKPOINT)
    return make_checkpoint(tx, reason).size


def read_opened(reading: Reading) -> Opened:
    """Name of the facility and the settings, for the window before anybody is unlocked."""
    reading.require(Permission.IDENTIFY)
    session = reading.session
    facility, settings = load_facility(session), load_settings(session)
    return Opened(facility, settings, is_new(reading), newest_backup(reading))
