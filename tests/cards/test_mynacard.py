"""What a check asks of a card and takes from it, on simulated cards in this process."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from facility_app.cards.apdu import select_application
from facility_app.cards.attributes import (
    Presentation,
    TriesUnknown,
    VerifyInterrupted,
    read_chip_attributes,
)
from facility_app.cards.chip import MOST_TRIES, CardKind, Certificate, Pin
from facility_app.cards.mynacard import (
    CARD_INFO,
    JPKI,
    CardIdentity,
    identify_card,
    is_felica,
)
from facility_app.cards.protocol import (
    CardRemoved,
    CardTooSlow,
    CardUnreadable,
    CardWasReset,
    NoReader,
    ReaderFault,
    ServiceStopped,
)
from facility_app.cards.reading import read_card
from facility_app.cards.simulator import CardProfile, Faults, FaultyCard, Pace, SimulatedReaders
from facility_app.cards.simulator.faults import endless_tries, garbage, too_long
from facility_app.cards.simulator.profiles import READY_MADE, good, other
from facility_app.cards.simulator.reader import NAME
from facility_app.secret import Secret
from tests.cards.codes import attributes_of

ON = date(2026, 11, 20)
MINIMUM = 12
GOOD = good(ON)


@pytest.fixture
def readers() -> SimulatedReaders:
    return SimulatedReaders()


def test_the_minimum_of_commands_and_not_one_with_data_in_a_verify(readers):
    card = readers.insert(GOOD)
    reading = read_card(readers, NAME)
    assert reading.apdus == len(card.sent) == MINIMUM
    assert all(len(each) == 4 for each in card.sent if each[1] == 0x20)
    assert reading.facts.certificate is Certificate.READ
    assert reading.facts.certificate_from == date(2026, 4, 20)
    assert reading.facts.certificate_until == date(2031, 4, 20)
    assert reading.facts.card_expires_on == date(2036, 4, 20)
    assert reading.facts.signature_certificate is True
    assert reading.facts.tries == MOST_TRIES
    assert reading.facts.mark is None


def test_what_is_never_asked_for(readers):
    """No number, no record with a serial, no signature certificate, no whole certificate."""
    card = readers.insert(GOOD)
    read_card(readers, NAME)
    read = {each[2] & 0x1F for each in card.sent if each[1] == 0xB0}
    assert read == {0x06, 0x08, 0x0A}
    assert not any(each[1] in (0xB2, 0x2A, 0x88) for each in card.sent)
    labels = [each for each in card.sent if each[:3] == b"\x00\xb0\x86"]
    assert [each[4] for each in labels] == [32], "the label alone: behind it stands a serial number"


def test_an_application_left_selected_by_another_program_costs_two_more(readers):
    card = readers.insert(GOOD)
    card.transmit(select_application(JPKI))
    card.sent.clear()
    reading = read_card(readers, NAME)
    assert reading.apdus == MINIMUM + 2
    assert reading.facts.card_expires_on == date(2036, 4, 20)


@pytest.mark.parametrize("kind", sorted(set(CardKind) - {CardKind.NONE}))
def test_every_kind_is_told(readers, kind):
    card = readers.insert(other(kind))
    facts = read_card(readers, NAME).facts
    assert facts.kind is kind
    if kind is CardKind.FELICA:
        assert card.sent == [], "nobody knows what a reader makes of a command to it"
    if kind is not CardKind.MY_NUMBER_CARD:
        assert facts.certificate is Certificate.NOT_ASKED
        assert not any(facts.tries.values())


@pytest.mark.parametrize("name", READY_MADE)
def test_the_ready_made_cards_are_what_they_say(readers, name):
    profile = READY_MADE[name](ON)
    readers.insert(profile)
    facts = read_card(readers, NAME).facts
    assert facts.certificate_until == profile.certificate_until
    assert facts.card_expires_on == profile.card_expires_on
    assert facts.signature_certificate is not profile.face
    assert facts.tries == profile.tries


def test_a_missing_certificate_and_a_damaged_one(readers):
    readers.insert(replace(GOOD, certificate_until=None))
    assert read_card(readers, NAME).facts.certificate is Certificate.MISSING
    readers.insert(replace(GOOD, damaged_certificate=True))
    facts = read_card(readers, NAME).facts
    assert facts.certificate is Certificate.UNREADABLE
    assert facts.certificate_until is None
    assert facts.tries == MOST_TRIES, "the rest is still said"


def test_without_the_first_application_it_is_still_a_my_number_card(readers):
    card = readers.insert(GOOD)
    card.applications = [each for each in card.applications if each.identifier != JPKI]
    facts = read_card(readers, NAME).facts
    assert (facts.kind, facts.certificate) == (CardKind.MY_NUMBER_CARD, Certificate.MISSING)
    assert facts.tries[Pin.CARD_INFO] == 3
    assert facts.tries[Pin.USER_AUTH] is None
    assert facts.card_expires_on == date(2036, 4, 20)


def test_without_the_others_their_counters_are_not_said(readers):
    card = readers.insert(GOOD)
    card.applications = [each for each in card.applications if each.identifier == JPKI]
    facts = read_card(readers, NAME).facts
    assert facts.tries[Pin.USER_AUTH] == 3
    assert facts.tries[Pin.CARD_INFO] is facts.tries[Pin.RESIDENT_REGISTER] is None


def test_the_mark_is_made_of_the_public_key_alone(readers):
    card = readers.insert(GOOD)
    seen: list[bytes] = []

    def marker(key: bytes) -> bytes:
        seen.append(key)
        return b"mark"

    reading = read_card(readers, NAME, marker=marker)
    assert reading.facts.mark == b"mark"
    whole = card.applications[0].files[0x0A].data
    known = x509.load_der_x509_certificate(whole[: int.from_bytes(whole[2:4], "big") + 4])
    spki = known.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert seen == [spki]
    assert reading.apdus == MINIMUM + 2, "two reads more, not the whole certificate"
    assert "mark" not in repr(reading)


def test_telling_a_card_from_another_takes_three_commands(readers):
    card = readers.insert(GOOD)
    with readers.session(NAME) as link:
        identity = identify_card(link)
    assert identity == CardIdentity(date(2036, 4, 20), date(2031, 4, 20))
    assert [command[1] for command in card.sent] == [0xCA, 0xA4, 0xB0]
    assert card.sent[2] == b"\x00\xb0\x8a\x00\x00", "the certificate's first part alone"


def test_a_mark_and_an_application_left_selected_cost_two_more_each(readers):
    card = readers.insert(GOOD)
    card.transmit(select_application(CARD_INFO))
    card.sent.clear()
    with readers.session(NAME) as link:
        identity = identify_card(link, lambda key: key[:4])
    assert identity == CardIdentity(date(2036, 4, 20), date(2031, 4, 20), b"0\x82\x01\x22")
    assert len(card.sent) == 3 + 2 + 2


@pytest.mark.parametrize("kind", sorted(set(CardKind) - {CardKind.MY_NUMBER_CARD, CardKind.NONE}))
def test_a_card_of_another_kind_has_no_identity_of_a_my_number_card(readers, kind):
    card = readers.insert(other(kind))
    with readers.session(NAME) as link:
        identity = identify_card(link)
    assert identity is None or identity.certificate_until is None
    assert kind is not CardKind.FELICA or card.sent == []


@pytest.mark.parametrize("command", range(1, MINIMUM + 1))
def test_pulled_at_every_command(readers, command):
    readers.insert(GOOD, Faults(pulled_at=command))
    with pytest.raises(CardRemoved):
        read_card(readers, NAME)


def when(count: int, happens):
    """An answer that first lets something happen, at the `count`-th command."""
    asked = iter(range(1, 1000))

    def says(_command, answer):
        if next(asked) == count:
            happens()
        return answer

    return Faults(says=says)


def test_unplugged_stopped_and_exchanged_in_the_middle(readers):
    for happens, error in (
        (readers.unplug, NoReader),
        (readers.stop_service, ServiceStopped),
        (lambda: readers.insert(GOOD), CardRemoved),
    ):
        readers.start_service()
        readers.plug()
        readers.insert(GOOD, when(4, happens))
        with pytest.raises(error):
            read_card(readers, NAME)


def test_a_reset_by_another_program_is_met_by_one_fresh_start(readers):
    card = readers.insert(GOOD, when(6, readers.reset_by_another))
    assert read_card(readers, NAME).apdus == MINIMUM
    assert len(card.sent) == 6 + MINIMUM


def test_a_second_reset_is_said(readers):
    def always(_command, answer):
        readers.reset_by_another()
        return answer

    readers.insert(GOOD, Faults(says=always))
    with pytest.raises(CardWasReset):
        read_card(readers, NAME)


def test_too_slow_is_said_and_the_card_given_free(readers):
    readers.insert(GOOD, Faults(answers_after_s=0.8))
    with pytest.raises(CardTooSlow):
        read_card(readers, NAME)


def test_drivers_and_cards_that_talk_nonsense(readers):
    readers.insert(GOOD, Faults(says=garbage))
    assert read_card(readers, NAME).facts.kind is CardKind.UNKNOWN
    readers.insert(GOOD, Faults(says=endless_tries))
    assert read_card(readers, NAME).facts.kind is CardKind.UNKNOWN
    readers.insert(GOOD, Faults(says=too_long))
    with pytest.raises(ReaderFault):
        read_card(readers, NAME)


def test_within_a_second_on_a_contactless_reader():
    """The promise of the panel, counted in the stand-in's own waiting time and not in ours."""
    card, pace = FaultyCard(GOOD), Pace()
    waited = 0.0
    answer = card.transmit

    class Counted:
        atr = card.atr

        def transmit(self, apdu: bytes) -> tuple[bytes, int]:
            nonlocal waited
            data, status = answer(apdu)
            waited += pace.of(data)
            return data, status

    from facility_app.cards.mynacard import read_chip

    read_chip(Counted())
    assert waited < 0.8


@pytest.mark.parametrize("long_length", [False, True])
def test_attributes_come_in_both_forms_and_however_long(readers, long_length):
    holder = replace(GOOD.holder, address="見本県例示市" + "架空町" * 60)
    profile = replace(GOOD, holder=holder, long_length=long_length)
    readers.insert(profile)
    found = attributes_of(readers, NAME, Secret(profile.code(Pin.CODE_B)))
    assert (found.name, found.address, found.birth, found.sex) == (
        holder.name,
        holder.address,
        holder.birth,
        holder.sex,
    )


def test_between_the_code_and_the_read_nothing_else_is_sent(readers):
    card = readers.insert(GOOD)
    attributes_of(readers, NAME, Secret(GOOD.code(Pin.CODE_B)))
    kinds = [each[1] for each in card.sent]
    assert kinds == [0xA4, 0x20, 0x20, 0xB0]
    assert card.sent[0] == select_application(CARD_INFO)


@pytest.mark.parametrize("kind", sorted(CardKind))
def test_only_what_the_reader_calls_felica_is_left_alone(kind):
    assert is_felica(CardProfile(kind=kind).atr) is (kind is CardKind.FELICA)


class Broken:
    """A sound card on a line that breaks in one way at the one VERIFY."""

    def __init__(self, card: FaultyCard, error: Exception) -> None:
        self.atr, self._card, self._error = card.atr, card, error

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        if apdu[1] == 0x20 and len(apdu) > 4:
            raise self._error
        return self._card.transmit(apdu)


@pytest.mark.parametrize(
    "error", [CardRemoved(), CardWasReset(), NoReader(), ServiceStopped(), ReaderFault("8010002F")]
)
def test_whatever_stops_the_code_on_its_way_leaves_the_try_unknown(error):
    """Never "no try was used": the card may have counted before the line broke (ADR 0008)."""
    presented = Presentation()
    with pytest.raises(VerifyInterrupted):
        read_chip_attributes(Broken(FaultyCard(GOOD), error), Secret(b"0" * 14), presented)
    assert presented.sent


def test_a_transaction_that_is_over_by_then_keeps_the_code_from_being_sent():
    presented = Presentation()
    with pytest.raises(CardTooSlow):
        read_chip_attributes(Broken(FaultyCard(GOOD), CardTooSlow()), Secret(b"0" * 14), presented)
    assert not presented.sent


def test_a_card_pulled_after_it_compared_has_counted_and_nobody_says_otherwise(readers):
    card = readers.insert(GOOD, Faults(lost_at=3))
    with pytest.raises(VerifyInterrupted):
        attributes_of(readers, NAME, Secret(b"0" * 14))
    left = {key: each.tries for app in card.applications for key, each in app.keys.items()}
    assert left[0x15] == MOST_TRIES[Pin.CODE_B] - 1


def test_a_counter_that_is_not_said_is_not_zero(readers):
    def no_limit(command: bytes, answer: tuple[bytes, int]) -> tuple[bytes, int]:
        return (b"", 0x6300) if command == b"\x00\x20\x00\x95" else answer

    card = readers.insert(GOOD, Faults(says=no_limit))
    with pytest.raises(TriesUnknown):
        attributes_of(readers, NAME, Secret(GOOD.code(Pin.CODE_B)))
    assert not any(len(each) > 4 and each[1] == 0x20 for each in card.sent)


def test_a_label_that_cannot_be_read_does_not_make_another_card_of_it(readers):
    def no_label(command: bytes, answer: tuple[bytes, int]) -> tuple[bytes, int]:
        return (b"", 0x6F00) if command[:3] == b"\x00\xb0\x86" else answer

    readers.insert(GOOD, Faults(says=no_label))
    with pytest.raises(CardUnreadable):
        read_card(readers, NAME)
