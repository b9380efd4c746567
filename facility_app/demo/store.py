"""The sample facility in a real store: encrypted file, migrations, checkpoints, one backup.

The same seeds give the same facility, the same acts at the same sample times and so the same log,
but for keys, nonces, pouch tags and the machine's own monotonic clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from facility_app.app import new_office, open_office
from facility_app.audit.log import moment_of, stored_size
from facility_app.audit.work import Reading
from facility_app.cards.protocol import ReaderDriver
from facility_app.config import DataFolder
from facility_app.demo.clock import DemoClock
from facility_app.demo.morning import prepare
from facility_app.demo.past import write_past
from facility_app.demo.people import PASSWORD
from facility_app.demo.sample import Sample, build
from facility_app.domain.access import PROGRAM, Permission
from facility_app.domain.clock import JST
from facility_app.keystore import MemoryKeys, RootKeys
from facility_app.launch import launch_for
from facility_app.secret import Secret
from facility_app.services.backup import make_backup
from facility_app.services.closing import sign_log
from facility_app.services.office import Office
from facility_app.services.store_setup import KeyPlace, move_key
from facility_app.services.vault_keeper import VaultKeeper
from facility_app.ui.viewmodels.start import Launch

OPENS_AT = datetime(2026, 11, 20, 8, 30, tzinfo=JST)
"""The morning of the sample day: 令和8年11月20日(金) 08:30."""

HISTORY_DAYS = 2 * 365
_FACILITY_SEED, _HISTORY_SEED = 7, 8

Say = Callable[[str, str], object]
"""Called with what is done next (a message id of the catalogue) and a count or an empty text."""


def silent(key: str, count: str = "") -> None:
    """Says nothing."""


@dataclass(frozen=True)
class SampleStore:
    """A store of the sample facility, closed; `launch` opens it in a window.

    Its root secret lies in `keys`, in memory only, or is `sealed` under the sample password.
    """

    data: DataFolder
    keys: RootKeys
    clock: DemoClock
    sealed: bool = False
    vault: Callable[[], VaultKeeper] = VaultKeeper
    """The way to the vault's process; the played day has one with simulated readers."""

    def launch(self, reader: Callable[[], ReaderDriver]) -> Launch:
        """What the window is given; the sample password opens a sealed store by itself."""
        plain = launch_for(self.data, self.keys, clock=self.clock, reader=reader)
        return replace(plain, open=lambda _typed: self.open())

    def open(self) -> Office:
        """The office of the store, on the sample clock."""
        secret = Secret.from_text(PASSWORD) if self.sealed else None
        vault = self.vault()
        return open_office(self.data, self.keys, secret, clock=self.clock, vault=vault)


def make_sample_store(
    folder: Path,
    *,
    history_days: int = HISTORY_DAYS,
    keep: bool = False,
    say: Say = silent,
) -> SampleStore:
    """Build the sample facility in the empty folder `folder` and close it.

    `history_days` of acts lie before the sample day (0-730); `keep` seals the root secret under the
    sample password, so that the store can be opened again. Raises what `create_store` raises;
    then the folder may hold an unfinished store.
    """
    data, keys = DataFolder(folder), MemoryKeys()
    today = OPENS_AT.date()
    first = today - timedelta(days=history_days)
    clock = DemoClock(_morning_of(first - timedelta(days=1)))
    say("demo-making-store", "")
    office, root = new_office(data, KeyPlace(keys), clock=clock)
    root.wipe()
    try:
        _fill(office, clock, first, say)
    finally:
        office.close()
    if keep:
        secret = Secret.from_text(PASSWORD)
        move_key(data, KeyPlace(keys), KeyPlace(keys, secret))
    clock.set(OPENS_AT)
    return SampleStore(data, keys, clock, keep)


def kept_sample_store(folder: Path) -> SampleStore | None:
    """The sample store that an earlier `make_sample_store(keep=True)` left in `folder`, if any.

    Its clock goes on where its log ends, so that it never seems to be set back.
    """
    data = DataFolder(folder)
    if not data.settings_file.exists():
        return None
    clock = DemoClock(OPENS_AT)
    store = SampleStore(data, MemoryKeys(), clock, sealed=True)
    office = store.open()
    try:
        clock.set(max(OPENS_AT, office.ask(PROGRAM, _newest_entry)))
    finally:
        office.close()
    return store


def _fill(office: Office, clock: DemoClock, first: date, say: Say) -> None:
    today = OPENS_AT.date()
    say("demo-making-people", "")
    sample = build(office, today, Random(_FACILITY_SEED))  # noqa: S311  # invented people
    say("demo-making-history", "")
    acts = _history(office, clock, sample, first)
    say("demo-made-history", str(acts))
    clock.set(OPENS_AT - timedelta(minutes=40))
    prepare(office, sample, today)
    office.do(PROGRAM, sign_log, "lock")
    make_backup(office, PROGRAM)
    say("demo-made-backup", "")


def _history(office: Office, clock: DemoClock, sample: Sample, first: date) -> int:
    last = OPENS_AT.date() - timedelta(days=1)
    random = Random(_HISTORY_SEED)  # noqa: S311  # invented acts
    return write_past(office, clock, sample, first, last, random)


def _newest_entry(reading: Reading) -> datetime:
    reading.require(Permission.MAKE_CHECKPOINT)
    text = moment_of(reading.connection, stored_size(reading.connection))
    return datetime.fromisoformat(text)


def _morning_of(day: date) -> datetime:
    return datetime.combine(day, OPENS_AT.timetz().replace(hour=8, minute=0))
