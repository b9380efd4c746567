"""The real path: the system's smart-card service, a virtual reader, a simulated card."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from queue import Queue
from typing import Any

import pytest
from smartcard import scard

from facility_app.cards.attributes import TriesTooFew, VerifyInterrupted, WrongCode
from facility_app.cards.chip import MOST_TRIES, CardKind, Pin
from facility_app.cards.pcsc import _TALKING, PcscDriver
from facility_app.cards.protocol import (
    CardRemoved,
    CardSilent,
    CardTooSlow,
    NoCard,
    NoReader,
    Place,
    ReaderBusy,
    ReaderFault,
    ServiceStopped,
)
from facility_app.cards.reading import read_card, read_when_back
from facility_app.cards.simulator import Faults
from facility_app.cards.simulator.faults import garbage
from facility_app.cards.simulator.profiles import good, other
from facility_app.cards.supervisor import ReaderNow, ReaderState, Supervisor
from facility_app.secret import Secret
from tests.cards.codes import attributes_of
from tests.cards.pcscd import Pcscd

ON = date(2026, 11, 20)
MINIMUM = 12


@pytest.fixture
def driver(pcscd):
    driver = PcscDriver()
    yield driver
    driver.close()


def test_a_check_through_the_service_takes_the_minimum_of_commands(pcscd, driver):
    with pcscd.card(good(ON)):
        reading = read_card(driver, pcscd.readers[0])
        assert reading.facts.kind is CardKind.MY_NUMBER_CARD
        assert reading.facts.certificate_until == date(2031, 4, 20)
        assert reading.facts.card_expires_on == date(2036, 4, 20)
        assert reading.facts.tries == MOST_TRIES
        assert reading.apdus == MINIMUM
        again = read_card(driver, pcscd.readers[0])
        assert again.facts == reading.facts
        assert again.apdus == MINIMUM + 2, "something was selected: the expiry is asked for again"


@pytest.mark.parametrize("kind", [CardKind.JUKI_CARD, CardKind.FELICA, CardKind.UNKNOWN])
def test_other_cards_are_told_apart(pcscd, driver, kind):
    with pcscd.card(other(kind)) as inserted:
        assert read_card(driver, pcscd.readers[0]).facts.kind is kind
        if kind is CardKind.FELICA:
            assert inserted.card.sent == [], "it is sent nothing"


@pytest.mark.parametrize("command", [1, 5, MINIMUM])
def test_a_card_pulled_at_any_command_is_said_to_be_removed(pcscd, driver, command):
    with pcscd.card(good(ON), Faults(pulled_at=command)), pytest.raises(CardRemoved):
        read_card(driver, pcscd.readers[0])


def test_a_card_that_comes_back_is_read_from_the_beginning(pcscd, driver):
    with pcscd.card(good(ON), Faults(pulled_at=5)), pytest.raises(CardRemoved):
        read_when_back(driver, pcscd.readers[0], patience_s=0.1)
    with pcscd.card(good(ON)):
        assert read_when_back(driver, pcscd.readers[0]).apdus == MINIMUM


def test_a_card_that_takes_too_long_is_given_free_within_two_seconds(pcscd, driver):
    with pcscd.card(good(ON), Faults(answers_after_s=0.9)), pytest.raises(CardTooSlow):
        read_card(driver, pcscd.readers[0])


def test_nonsense_from_a_card_is_an_unknown_card(pcscd, driver):
    with pcscd.card(good(ON), Faults(says=garbage)):
        assert read_card(driver, pcscd.readers[0]).facts.kind is CardKind.UNKNOWN


def test_a_card_without_an_answer_to_reset_is_silent(pcscd, driver):
    with pcscd.card(good(ON), Faults(mute=True)), pytest.raises(CardSilent):
        read_card(driver, pcscd.readers[0])


def test_no_card_and_no_such_reader(pcscd, driver):
    with pytest.raises(NoCard):
        read_card(driver, pcscd.readers[0])
    with pytest.raises(NoReader):
        read_card(driver, "another reader")


def test_what_another_program_holds_for_itself_is_busy_and_comes_back_unharmed(pcscd, driver):
    with pcscd.card(good(ON)):
        result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        both = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        result, handle, _ = scard.SCardConnect(
            context, pcscd.readers[0], scard.SCARD_SHARE_EXCLUSIVE, both
        )
        assert result == scard.SCARD_S_SUCCESS
        assert driver.wait(2)[0].place is Place.BUSY
        with pytest.raises(ReaderBusy):
            read_card(driver, pcscd.readers[0])
        scard.SCardDisconnect(handle, scard.SCARD_RESET_CARD)
        scard.SCardReleaseContext(context)
        assert read_card(driver, pcscd.readers[0]).apdus == MINIMUM


def test_nobody_else_loses_the_card_by_our_check(pcscd, driver):
    """A program of the state that is connected all the while notices nothing (cards.md §8)."""
    with pcscd.card(good(ON)):
        _result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        both = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        _result, handle, protocol = scard.SCardConnect(
            context, pcscd.readers[0], scard.SCARD_SHARE_SHARED, both
        )
        read_card(driver, pcscd.readers[0])
        result, _answer = scard.SCardTransmit(handle, protocol, [0x00, 0x84, 0x00, 0x00, 0x08])
        assert result == scard.SCARD_S_SUCCESS, "neither reset nor powered off"
        scard.SCardDisconnect(handle, scard.SCARD_LEAVE_CARD)
        scard.SCardReleaseContext(context)


def test_another_programs_reset_in_between_costs_one_fresh_start(pcscd, driver):
    """Connected before the reset, in a transaction after it: the reading begins anew by itself."""
    with pcscd.card(good(ON)):
        with driver.session(pcscd.readers[0]):
            pass
        _result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        both = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        _result, handle, _ = scard.SCardConnect(
            context, pcscd.readers[0], scard.SCARD_SHARE_SHARED, both
        )
        scard.SCardDisconnect(handle, scard.SCARD_RESET_CARD)
        scard.SCardReleaseContext(context)
        assert read_card(driver, pcscd.readers[0]).facts.kind is CardKind.MY_NUMBER_CARD


def test_attributes_cost_one_verify_and_a_wrong_code_one_try(pcscd, driver):
    profile = good(ON)
    with pcscd.card(profile) as inserted:
        found = attributes_of(driver, pcscd.readers[0], Secret(profile.code(Pin.CODE_B)))
        assert (found.name, found.birth) == (profile.holder.name, profile.holder.birth)
        assert sum(len(each) > 4 and each[1] == 0x20 for each in inserted.card.sent) == 1
        with pytest.raises(WrongCode) as wrong:
            attributes_of(driver, pcscd.readers[0], Secret(b"0" * 14))
        assert wrong.value.tries_left == MOST_TRIES[Pin.CODE_B] - 1


def test_the_last_try_is_kept(pcscd, driver):
    profile = good(ON)
    profile = replace(profile, tries={**profile.tries, Pin.CODE_B: 1})
    with pcscd.card(profile) as inserted:
        with pytest.raises(TriesTooFew):
            attributes_of(driver, pcscd.readers[0], Secret(profile.code(Pin.CODE_B)))
        assert not any(len(each) > 4 and each[1] == 0x20 for each in inserted.card.sent)


def test_a_card_pulled_while_it_compares_leaves_the_try_unknown(pcscd, driver):
    with pcscd.card(good(ON), Faults(pulled_at=3)), pytest.raises(VerifyInterrupted):
        attributes_of(driver, pcscd.readers[0], Secret(b"0" * 14))


def test_a_stopped_service_is_said_and_survived(pcscd: Pcscd):
    said: Queue[ReaderNow] = Queue()
    bugs: list[Exception] = []
    supervisor = Supervisor(PcscDriver, said.put, bugs.append)
    supervisor.start()
    try:
        until(said, ReaderState.EMPTY)
        pcscd.stop()
        until(said, ReaderState.SERVICE_STOPPED)
        failed: Queue[Exception] = Queue()
        supervisor.submit(lambda driver, now: driver.wait(0), print, failed.put)
        assert isinstance(failed.get(timeout=5), ServiceStopped)
        pcscd.start()
        until(said, ReaderState.EMPTY)
        with pcscd.card(good(ON)):
            now = until(said, ReaderState.CARD)
            readings: Queue[Any] = Queue()
            supervisor.submit(
                lambda driver, now: read_card(driver, now.reader), readings.put, readings.put
            )
            assert readings.get(timeout=5).apdus == MINIMUM
            assert now.reader == pcscd.readers[0]
        until(said, ReaderState.EMPTY)
    finally:
        assert supervisor.stop()
        assert not bugs


def until(said: Queue[ReaderNow], state: ReaderState) -> ReaderNow:
    """The first thing said with this state; what came before passes by."""
    while (now := said.get(timeout=10)).state is not state:
        pass
    return now


def test_a_driver_that_answers_with_an_unknown_code_is_a_fault(pcscd, driver):
    with pytest.raises(ReaderFault) as fault:
        driver._refuse(scard.SCARD_E_UNEXPECTED, {})
    assert fault.value.code == "8010001F"


@pytest.mark.parametrize(
    "code",
    [scard.SCARD_F_COMM_ERROR, scard.SCARD_E_COMM_DATA_LOST, scard.SCARD_W_UNRESPONSIVE_CARD],
)
def test_a_line_that_breaks_while_talking_is_the_card_and_not_the_service(pcscd, driver, code):
    """Real readers say so when a card is pulled (cards.md §8); the context must live on."""
    before = driver.wait(0)
    with pytest.raises(CardRemoved):
        driver._refuse(code, _TALKING)
    assert driver.wait(0) == before, "the same insertions: nothing looks like a new card"
