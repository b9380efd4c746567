"""From the command line to the window, without loading what the unlock page does not need.

SQLAlchemy, Alembic and all services are imported on the work lane, while the person types (design
§14); this module imports none of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from facility_app.config import DataFolder, data_folder
from facility_app.domain.clock import Clock, utc_now
from facility_app.secret import Secret

if TYPE_CHECKING:
    from facility_app.cards.protocol import ReaderDriver
    from facility_app.keystore import PassphraseCost, RootKeys
    from facility_app.services.office import Office
    from facility_app.services.passwords import PasswordCost
    from facility_app.services.store_setup import KeyPlace
    from facility_app.ui.viewmodels.start import Launch

MEASURE = "--measure-start"
"""Hidden: print a line when the unlock page accepts input, another when the store is open; end."""


@dataclass(frozen=True)
class _Store:
    """The calls of a `Launch`; each loads what it needs when it is made."""

    data: DataFolder
    root_keys: RootKeys | None
    clock: Clock
    cost: PasswordCost | None
    passphrase_cost: PassphraseCost | None

    def place(self, passphrase: Secret | None) -> KeyPlace:
        """Where the root secret lies, or is to lie."""
        from facility_app.keystore import PassphraseCost, SystemKeyring
        from facility_app.services.store_setup import KeyPlace

        keys = self.root_keys or SystemKeyring()
        return KeyPlace(keys, passphrase, self.passphrase_cost or PassphraseCost())

    def open(self, passphrase: Secret | None) -> Office:
        """See `app.open_office`."""
        from facility_app.app import open_office

        keys = self.root_keys
        return open_office(self.data, keys, passphrase, clock=self.clock, cost=self.cost)

    def create(self, passphrase: Secret | None) -> tuple[Office, Secret]:
        """See `app.new_office`."""
        from facility_app.app import new_office

        return new_office(self.data, self.place(passphrase), clock=self.clock, cost=self.cost)

    def recover(self, words: Sequence[str], passphrase: Secret | None) -> object:
        """See `services.store_setup.recover_store`."""
        from facility_app.services.store_setup import recover_store

        return recover_store(self.data, self.place(passphrase), words)

    def words(self, passphrase: Secret | None) -> tuple[str, ...]:
        """See `services.store_setup.recovery_words`."""
        from facility_app.services.store_setup import recovery_words

        return recovery_words(self.data, self.place(passphrase))

    def restore(self, backup: Path, passphrase: Secret | None) -> object:
        """See `app.restore_office`."""
        from facility_app.app import restore_office

        return restore_office(self.data, backup, self.root_keys, passphrase, clock=self.clock)


def launch_for(
    data: DataFolder,
    root_keys: RootKeys | None = None,
    *,
    clock: Clock = utc_now,
    cost: PasswordCost | None = None,
    passphrase_cost: PassphraseCost | None = None,
    reader: Callable[[], ReaderDriver] | None = None,
) -> Launch:
    """What the window is given for the store in `data`; tests pass their own keys and costs.

    `reader` makes the readers, on the card thread; without it there are none.
    """
    from facility_app.ui.viewmodels.start import Launch

    store = _Store(data, root_keys, clock, cost, passphrase_cost)
    return Launch(
        data,
        store.open,
        store.create,
        store.recover,
        store.words,
        store.restore,
        clock,
        reader,
    )


def system_readers() -> ReaderDriver:
    """The readers of this computer.  For the card thread: it loads the reader library."""
    from facility_app.cards.pcsc import PcscDriver

    return PcscDriver()


def open_window(folder: Path | None = None, *, measure: bool = False) -> int:
    """Open the program's window on the store in `folder`; gives the exit code when it ends."""
    os.umask(0o077)
    data = data_folder(folder)
    from facility_app.ui.start import run

    return run(launch_for(data, reader=system_readers), measure=measure)


def window_arguments(arguments: Sequence[str]) -> tuple[Path | None, bool] | None:
    """Folder and whether to measure, where `arguments` only open the window; None for commands."""
    folder: Path | None = None
    measure = False
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word == MEASURE:
            measure = True
        elif word == "--data" and rest:
            folder = Path(rest.pop(0))
        elif word.startswith("--data="):
            folder = Path(word.removeprefix("--data="))
        else:
            return None
    return folder, measure
