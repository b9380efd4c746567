"""`VaultKeeper`: the vault's process, as the office holds it: started when it is needed, ended at
once when the program locks (design §4, ADR 0018)."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from facility_app.keystore import PassphraseCost

if TYPE_CHECKING:
    from facility_app.vault.client import VaultAgent

VAULT_COST = PassphraseCost(minimum=10)
"""What a guess at an officer's passphrase (合言葉) costs, and how short it may be."""


def _program() -> VaultAgent:
    from facility_app.vault.client import VaultAgent  # nothing of it is loaded until it is used

    return VaultAgent()


class VaultKeeper:
    """Holds at most one vault process.  Everything but `kill` belongs on the work lane.

    agent: makes the client side (tests and the demo give one with simulated readers); nothing is
    started by that.  cost: what `agent` is told to derive with.
    """

    def __init__(
        self, agent: Callable[[], VaultAgent] = _program, cost: PassphraseCost = VAULT_COST
    ) -> None:
        self.cost = cost
        self._make = agent
        self._lock = Lock()
        self._agent: VaultAgent | None = None
        self._shut = False
        self._spent: set[str] = set()

    @property
    def running(self) -> bool:
        """Whether the process runs now."""
        agent = self._agent
        return agent is not None and agent.running

    def agent(self) -> VaultAgent:
        """The client side.  Raises AgentGone after `kill` until `allow`."""
        from facility_app.vault.channel import AgentGone

        with self._lock:
            if self._shut:
                raise AgentGone
            if self._agent is None:
                self._agent = self._make()
            return self._agent

    def still(self, agent: VaultAgent) -> None:
        """End `agent` and raise AgentGone where a `kill` came while it was started."""
        from facility_app.vault.channel import AgentGone

        if self.ended(agent):
            raise AgentGone

    def ended(self, agent: VaultAgent) -> bool:
        """Whether a `kill` came while `agent` was started; its process is gone then."""
        gone = self._shut or self._agent is not agent
        if gone:
            agent.kill()
        return gone

    def kill(self) -> None:
        """End the process at once and start none until `allow`.  From any thread; never waits."""
        self._shut = True
        agent, self._agent = self._agent, None
        if agent is not None:
            agent.kill()

    def allow(self) -> None:
        """Somebody unlocked: the vault may be opened again."""
        with self._lock:
            self._shut = False

    def close(self) -> None:
        """End the process in good order: nothing that was derived is left.  It may start again."""
        with self._lock:
            agent, self._agent = self._agent, None
        if agent is not None:
            agent.close()

    def spend(self, release: str) -> None:
        """Remember that this release was used."""
        self._spent.add(release)

    def is_spent(self, release: str) -> bool:
        """Whether it was used already."""
        return release in self._spent
