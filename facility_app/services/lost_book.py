"""The rule data about a loss that holds for a store, looked at anew each time it is asked for."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from facility_app.rules.keeper import InForce, LostBookKeeper
from facility_app.rules.keeper import LostBook as LostBook
from facility_app.services.office import Office

_KEPT = "rules"
_keepers: dict[Path, LostBookKeeper] = {}
_lock = Lock()


def lost_book(office: Office) -> InForce:
    """The book in force, and what is wrong with the files now, if anything.

    Ask at every opening of the page: a changed file counts from then on.  Raises RuleFileDamaged
    where there never was a sound one.
    """
    with _lock:
        keeper = _keepers.get(office.data.path)
        if keeper is None:
            keeper = _keepers[office.data.path] = LostBookKeeper(kept=office.data.path / _KEPT)
    return keeper.now()
