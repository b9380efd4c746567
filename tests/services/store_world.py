"""A real store in a folder, opened with cheap costs, for the tests of backups and set-up."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from facility_app.app import new_office, open_office
from facility_app.audit.work import Tx
from facility_app.config import DataFolder, read_settings
from facility_app.domain.access import PROGRAM, Permission
from facility_app.keystore import MemoryKeys, PassphraseCost
from facility_app.secret import Secret
from facility_app.services.office import Office
from facility_app.services.passwords import PasswordCost
from facility_app.services.store_setup import KeyPlace

CHEAP = PassphraseCost(memory_kib=64, iterations=1, lanes=1, floor_kib=64, floor_iterations=1)
CHEAP_PASSWORD = PasswordCost(memory_kib=64, passes=1, lanes=1)
START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


class StandingClock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


class StoreWorld:
    """One store; `office` is open until `close`.

    All are copies of one that was made by the real set-up, but for those asked for as `fresh`.
    """

    def __init__(self, folder: Path, *, fresh: bool = False) -> None:
        self.data = DataFolder(folder)
        self.keys = MemoryKeys()
        self.clock = StandingClock()
        if fresh:
            place = KeyPlace(self.keys)
            self.office, self.root = new_office(self.data, place, clock=self.clock)
            return
        made, root = _made_once()
        shutil.copytree(made, folder)
        folder.chmod(0o700)
        self.root = Secret(root)
        self.keys.keep(read_settings(self.data).store_id, self.root)
        self.reopen()

    def close(self) -> None:
        self.office.close()

    def reopen(self) -> Office:
        self.office = open_office(self.data, self.keys, clock=self.clock, cost=CHEAP_PASSWORD)
        return self.office

    def note(self, text: str) -> int:
        """Write one entry."""
        return self.office.do(PROGRAM, _noted, text)

    def actions(self) -> list[str]:
        """The actions in the log, in order."""
        from sqlalchemy import text

        with self.office.work.engine.connect() as connection:
            query = text("SELECT action FROM audit_entry ORDER BY seq")
            return list(connection.execute(query).scalars())


@cache
def _made_once() -> tuple[Path, bytes]:
    """A closed store and its root secret; the folder goes when Python ends."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    data = DataFolder(Path(folder) / "data")
    place = KeyPlace(MemoryKeys())
    office, root = new_office(data, place, clock=StandingClock(), cost=CHEAP_PASSWORD)
    office.close()
    return data.path, root.copy_bytes()


def _noted(tx: Tx, text: str) -> int:
    tx.require(Permission.SET_UP)
    return tx.record("test.noted", "test", plain={"text": text})
