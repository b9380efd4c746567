"""The vault's process, a real smart-card service and a card: from approval to the card's answer."""

from __future__ import annotations

from datetime import date

import pytest

from facility_app.cards.attributes import VerifyInterrupted
from facility_app.cards.protocol import NoCard, NoReader
from facility_app.cards.simulator import Faults
from facility_app.cards.simulator.profiles import good
from facility_app.secret import Secret
from facility_app.vault.client import CardPin, ExpectedCard, PinOutcome, Presented
from facility_app.vault.present import OtherCardLies
from tests.vault.agents import PIN, agent, approve, create, place
from tests.vault.test_present import codes_sent

GOOD = good(date(2026, 11, 20))
CARD = ExpectedCard(GOOD.card_expires_on, GOOD.certificate_until)
COMMANDS = 5
"""The last of them is the PIN."""


@pytest.fixture
def vault(tmp_path):
    with agent() as made:
        create(made, tmp_path)
        made.deposit(place(), Secret(PIN))
        yield made


def present(made, card=CARD, reader=""):
    approve(made, 1, 2)
    kind = CardPin.USER_AUTH
    entry = place().entry_id
    return made.present("release", entry, card, pin=kind, check_only_full=False, reader=reader)


def test_each_act_sends_one_pin_and_another_card_gets_none(vault, pcscd):
    with pcscd.card(GOOD) as inserted:
        with pytest.raises(OtherCardLies):
            present(vault, ExpectedCard(date(2035, 1, 1), GOOD.certificate_until))
        assert codes_sent(inserted.card) == 0
        assert present(vault) == Presented(PinOutcome.ACCEPTED, None)
        assert present(vault, reader=pcscd.readers[0]).outcome is PinOutcome.ACCEPTED
        assert codes_sent(inserted.card) == 2
        vault.deposit(place(version=2), Secret(b"0000"))
        assert present(vault) == Presented(PinOutcome.WRONG, 2)
        assert codes_sent(inserted.card) == 3


def test_what_is_wrong_with_the_reader_is_told_and_a_restarted_service_does_not_matter(
    vault, pcscd
):
    with pytest.raises(NoCard):
        present(vault)
    with pytest.raises(NoReader):
        present(vault, reader="No Such Reader 00 00")
    pcscd.restart()
    with pcscd.card(GOOD) as inserted:
        assert present(vault).outcome is PinOutcome.ACCEPTED
        assert codes_sent(inserted.card) == 1


def test_pulled_while_it_compared_is_not_known(vault, pcscd):
    with pcscd.card(GOOD, Faults(lost_at=COMMANDS)) as inserted:
        with pytest.raises(VerifyInterrupted):
            present(vault)
        assert codes_sent(inserted.card) == 1
