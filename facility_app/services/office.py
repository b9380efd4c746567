"""`Office`: what the window and the command line hold to call use cases; built in app.py only."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Concatenate, ParamSpec, TypeVar

from facility_app.audit.work import Reading, Tx, Work
from facility_app.config import DataFolder
from facility_app.domain.access import PROGRAM, Actor
from facility_app.errors import VaultError
from facility_app.keystore import DerivedKeys, RootKeys
from facility_app.services import access
from facility_app.services.access import Witness
from facility_app.services.passwords import PasswordCost
from facility_app.services.pin_due import became_due
from facility_app.services.vault_keeper import VaultKeeper

P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class Office:
    """One open store.  Every method may block on the disk: call it on the work lane.

    `root_keys`: the keyring of this computer, for keys that are not derived from the root secret.
    `vault`: the process that opens the PIN vault; nothing runs until it is used.
    """

    work: Work
    data: DataFolder
    keys: DerivedKeys
    cost: PasswordCost = field(default_factory=PasswordCost)
    on_close: Callable[[], object] = lambda: None
    root_keys: RootKeys | None = None
    vault: VaultKeeper = field(default_factory=VaultKeeper)

    def close(self) -> None:
        """Close the database, wipe the keys, free the instance lock; nothing works afterwards."""
        self.vault.kill()
        self.on_close()

    def do(
        self,
        actor: Actor,
        use_case: Callable[Concatenate[Tx, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a use case in a unit of work of its own; on return it is on disk.

        PINs whose time it ended are erased then; where the vault is not at hand they stay marked.
        """
        with self.work.begin(actor) as tx:
            result = use_case(tx, *args, **kwargs)
        if became_due(tx):
            self._erase_due()
        return result

    def ask(
        self,
        actor: Actor,
        query: Callable[Concatenate[Reading, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a query in one consistent read."""
        with self.work.read(actor) as reading:
            return query(reading, *args, **kwargs)

    def unlock(self, number: str, password: str) -> Actor:
        """See `services.access.unlock`."""
        actor = access.unlock(self.work, number, password, self.cost)
        self.vault.allow()
        return actor

    def lock(self, actor: Actor, reason: str) -> None:
        """See `services.access.lock_program`; the vault's process ends first."""
        self.vault.kill()
        access.lock_program(self.work, actor, reason)

    def confirm_second(self, first: Actor, number: str, password: str) -> Witness:
        """See `services.access.confirm_second`."""
        return access.confirm_second(self.work, first, number, password, self.cost)

    def identify_by_number(self, number: str) -> Actor:
        """See `services.access.identify_by_number`."""
        return self.ask(PROGRAM, access.identify_by_number, number)

    def _erase_due(self) -> None:
        from facility_app.services.pin_opening import erase_due  # it needs an office itself

        with suppress(VaultError):  # absent drive, locked meanwhile: erased at the next opening
            erase_due(self)
