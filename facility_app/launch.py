"""From the command line to the window, without loading what the unlock page does not need.

SQLAlchemy, Alembic and all services are imported on the work lane, while the person types (design
§14); this module imports none of them.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from facility_app.config import DataFolder, data_folder
from facility_app.domain.clock import Clock, utc_now
from facility_app.secret import Secret

if TYPE_CHECKING:
    from facility_app.keystore import PassphraseCost, RootKeys
    from facility_app.services.office import Office
    from facility_app.services.passwords import PasswordCost
    from facility_app.services.store_setup import KeyPlace
    from facility_app.ui.viewmodels.start import Launch

MEASURE = "--measure-start"
"""Hidden: print a line when the unlock page accepts input, another when the store is open; end."""


def launch_for(
    data: DataFolder,
    root_keys: RootKeys | None = None,
    *,
    clock: Clock = utc_now,
    cost: PasswordCost | None = None,
    passphrase_cost: PassphraseCost | None = None,
) -> Launch:
    """What the window is given for the store in `data`; tests pass their own keys and costs."""
    from facility_app.ui.viewmodels.start import Launch

    def place(passphrase: Secret | None) -> KeyPlace:
        from facility_app.keystore import PassphraseCost, SystemKeyring
        from facility_app.services.store_setup import KeyPlace

        keys = root_keys or SystemKeyring()
        return KeyPlace(keys, passphrase, passphrase_cost or PassphraseCost())

    def opened(passphrase: Secret | None) -> Office:
        from facility_app.app import open_office

        return open_office(data, root_keys, passphrase, clock=clock, cost=cost)

    def created(passphrase: Secret | None) -> tuple[Office, Secret]:
        from facility_app.app import new_office

        return new_office(data, place(passphrase), clock=clock, cost=cost)

    def recovered(words: Sequence[str], passphrase: Secret | None) -> object:
        from facility_app.services.store_setup import recover_store

        return recover_store(data, place(passphrase), words)

    def words(passphrase: Secret | None) -> tuple[str, ...]:
        from facility_app.services.store_setup import recovery_words

        return recovery_words(data, place(passphrase))

    def restored(backup: Path, passphrase: Secret | None) -> object:
        from facility_app.app import restore_office

        return restore_office(data, backup, root_keys, passphrase, clock=clock)

    return Launch(data, opened, created, recovered, words, restored, clock)


def open_window(folder: Path | None = None, *, measure: bool = False) -> int:
    """Open the program's window on the store in `folder`; gives the exit code when it ends."""
    os.umask(0o077)
    data = data_folder(folder)
    from facility_app.ui.start import run

    return run(launch_for(data), measure=measure)


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
