"""The simulated card put on a virtual reader by hand, as the README tells."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from facility_app.cards.chip import CardKind
from facility_app.cards.pcsc import PcscDriver
from facility_app.cards.protocol import Place
from facility_app.cards.reading import read_card
from facility_app.cards.simulator import Pace
from facility_app.cards.simulator.profiles import good
from tests.cards.pcscd import Pcscd, free_ports

COMMAND = [sys.executable, "-m", "facility_app.cards.simulator"]


@contextmanager
def by_hand(pcscd: Pcscd, *words: str, slot: int = 0) -> Iterator[subprocess.Popen[bytes]]:
    """The command; it is ended as a person would, and ends in order."""
    process = subprocess.Popen([*COMMAND, "--port", str(pcscd.ports[slot]), *words])
    try:
        yield process
        process.terminate()
        assert process.wait(10) == 0
    finally:
        process.kill()


@pytest.mark.parametrize(
    ("name", "kind"),
    [("expiring", CardKind.MY_NUMBER_CARD), ("driving_licence", CardKind.DRIVING_LICENCE)],
)
def test_a_card_by_name_lies_there_until_the_command_is_ended(pcscd, name, kind):
    driver = PcscDriver()
    with by_hand(pcscd, "--card", name, slot=1):
        pcscd.until_reader_says(Place.CARD, 1)
        assert read_card(driver, pcscd.readers[1]).facts.kind is kind
    pcscd.until_reader_says(Place.EMPTY, 1)
    driver.close()


def test_a_mute_card_is_silent(pcscd):
    with by_hand(pcscd, "--mute"):
        pcscd.until_reader_says(Place.SILENT)
    pcscd.until_reader_says(Place.EMPTY)


def test_the_command_ends_with_the_service(pcscd):
    with by_hand(pcscd) as process:
        pcscd.until_reader_says(Place.CARD)
        pcscd.restart()
        assert process.wait(10) == 0


def test_without_a_virtual_reader_it_says_so():
    port = str(free_ports(1)[0])
    done = subprocess.run(
        [*COMMAND, "--port", port], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (1, f"no virtual reader listens on port {port}\n")


def test_a_contactless_card_keeps_its_pace(pcscd):
    """A card that answers at once would make every figure look better than it is."""
    driver = PcscDriver()
    with pcscd.card(good(date(2026, 11, 20)), pace=Pace(0.02, 0.0)):
        reading = read_card(driver, pcscd.readers[0])
    driver.close()
    assert reading.milliseconds >= reading.apdus * 20
