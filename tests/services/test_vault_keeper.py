"""The vault's process is there when it is asked for, and not after a lock."""

from __future__ import annotations

import pytest

from facility_app.services.vault_keeper import VAULT_COST, VaultKeeper
from facility_app.vault.client import AgentGone, VaultAgent


class Made:
    """Makes agents that are never started, and remembers them."""

    def __init__(self) -> None:
        self.agents: list[VaultAgent] = []

    def __call__(self) -> VaultAgent:
        self.agents.append(VaultAgent())
        return self.agents[-1]


def test_nothing_is_made_before_it_is_asked_for() -> None:
    made = Made()
    keeper = VaultKeeper(made)
    keeper.kill()
    keeper.allow()
    keeper.close()
    assert (made.agents, keeper.running) == ([], False)


def test_the_same_agent_serves_until_it_is_ended() -> None:
    made = Made()
    keeper = VaultKeeper(made)
    first = keeper.agent()
    assert keeper.agent() is first
    keeper.close()
    assert keeper.agent() is not first
    assert len(made.agents) == 2


def test_after_a_lock_there_is_none_until_somebody_unlocks() -> None:
    keeper = VaultKeeper(Made())
    agent = keeper.agent()
    keeper.kill()
    with pytest.raises(AgentGone):
        keeper.agent()
    with pytest.raises(AgentGone):
        keeper.still(agent)
    keeper.allow()
    assert keeper.agent() is not agent
    with pytest.raises(AgentGone):
        keeper.still(agent)  # one of before the lock does not come back


def test_a_release_is_spent_once_and_stays_so() -> None:
    keeper = VaultKeeper(Made())
    assert not keeper.is_spent("one")
    keeper.spend("one")
    keeper.kill()
    keeper.allow()
    assert keeper.is_spent("one")
    assert not keeper.is_spent("another")


def test_what_protects_a_vault_is_not_cheap() -> None:
    assert not VAULT_COST.below_floor()
    assert (VAULT_COST.memory_kib, VAULT_COST.iterations, VAULT_COST.lanes) == (262_144, 3, 4)
    assert VAULT_COST.minimum == 10
