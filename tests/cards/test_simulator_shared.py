"""Simulated readers lent to another process: the same cards, the same faults."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import pytest

from facility_app.cards.protocol import (
    CardRemoved,
    CardTooSlow,
    NoCard,
    NoReader,
    Place,
    ServiceStopped,
)
from facility_app.cards.reading import read_card
from facility_app.cards.simulator import Faults, SimulatedReaders
from facility_app.cards.simulator.profiles import good
from facility_app.cards.simulator.reader import NAME
from facility_app.cards.simulator.shared import FarReaders, SharedReaders
from facility_app.demo import vault_agent
from facility_app.secret import Secret
from facility_app.vault.client import CardPin, ExpectedCard, PinOutcome
from tests.vault.agents import PIN, agent, approve, create, place
from tests.vault.test_present import codes_sent

GOOD = good(date(2026, 11, 20))


@pytest.fixture
def readers() -> SimulatedReaders:
    return SimulatedReaders()


@pytest.fixture
def shared(readers) -> Iterator[SharedReaders]:
    with SharedReaders(readers) as lent:
        yield lent


@pytest.fixture
def far(shared) -> FarReaders:
    return FarReaders(shared.port)


def test_a_check_from_afar_is_a_check(readers, far):
    readers.insert(GOOD)
    near = read_card(readers, NAME)
    readers.reset_by_another()
    again = read_card(far, NAME)
    assert (again.facts, again.apdus) == (near.facts, near.apdus)


def test_looking_from_afar_takes_no_change_from_the_one_who_waits(readers, far):
    readers.wait(0)
    readers.insert(GOOD)
    assert [view.place for view in far.wait(0)] == [Place.CARD]
    assert [view.place for view in readers.wait(5)] == [Place.CARD]
    assert far.wait(0)[0].atr == GOOD.atr


def test_faults_come_over(readers, far):
    with pytest.raises(NoCard):
        read_card(far, NAME)
    with pytest.raises(NoReader):
        read_card(far, "No Such Reader")
    readers.insert(GOOD, Faults(pulled_at=3))
    with pytest.raises(CardRemoved):
        read_card(far, NAME)
    readers.insert(GOOD, Faults(answers_after_s=1.1))
    with pytest.raises(CardTooSlow):
        read_card(far, NAME)
    readers.stop_service()
    with pytest.raises(ServiceStopped):
        far.wait(0)


def test_readers_that_are_lent_no_more(far, shared):
    shared.close()
    shared.close()
    with pytest.raises(ServiceStopped):
        far.wait(0)


def test_the_vault_process_of_the_demo_takes_the_card_that_lies_there(readers, shared, tmp_path):
    card = readers.insert(GOOD)
    expected = ExpectedCard(GOOD.card_expires_on, GOOD.certificate_until)
    with agent(*vault_agent.command(shared.port)) as made:
        create(made, tmp_path)
        made.deposit(place(), Secret(PIN))
        for _ in range(2):
            approve(made, 1, 2)
            entry, kind = place().entry_id, CardPin.USER_AUTH
            told = made.present("release", entry, expected, pin=kind, check_only_full=True)
            assert told.outcome is PinOutcome.ACCEPTED
    assert codes_sent(card) == 2


def test_the_demo_needs_to_be_told_where_the_readers_are():
    words = [sys.executable, "-m", "facility_app.demo.vault_agent"]
    done = subprocess.run(words, capture_output=True, timeout=20, check=False)
    assert done.returncode == 2
