"""A real store in a folder, opened with cheap costs, for the tests of backups and set-up."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from facility_app.app import new_office, open_office
from facility_app.audit.work import Tx
from facility_app.config import DataFolder
from facility_app.domain.access import PROGRAM, Permission
from facility_app.keystore import MemoryKeys, PassphraseCost
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
    """One store; `office` is open until `close`."""

    def __init__(self, folder: Path) -> None:
        self.data = DataFolder(folder)
        self.keys = MemoryKeys()
        self.clock = StandingClock()
        self.office, root = new_office(
            self.data, KeyPlace(self.keys), clock=self.clock, cost=CHEAP_PASSWORD
        )
        self.root = root

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


def _noted(tx: Tx, text: str) -> int:
    tx.require(Permission.SET_UP)
    return tx.record("test.noted", "test", plain={"text": text})
