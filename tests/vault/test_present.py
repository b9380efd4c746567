"""A PIN to its card: at most one VERIFY reaches a card, and none reaches another card than the one
that is meant; counted by the simulated card itself."""

from __future__ import annotations

import hmac
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facility_app.cards.apdu import select_application
from facility_app.cards.attributes import TriesTooFew, TriesUnknown, VerifyInterrupted
from facility_app.cards.chip import MOST_TRIES, CardKind, Pin
from facility_app.cards.mynacard import CARD_INFO, PIN_PLACES
from facility_app.cards.protocol import (
    CardRemoved,
    CardSilent,
    CardTooSlow,
    CardWasReset,
    NoCard,
    NoReader,
    ReaderBusy,
    ReaderFault,
    ServiceStopped,
)
from facility_app.cards.reading import read_card
from facility_app.cards.simulator import CardProfile, Faults, FaultyCard, SimulatedReaders
from facility_app.cards.simulator.faults import endless_tries, garbage, too_long
from facility_app.cards.simulator.profiles import good, other
from facility_app.cards.simulator.reader import NAME
from facility_app.errors import DeviceError
from facility_app.secret import Secret
from facility_app.vault.messages import CardPin, ExpectedCard, PinOutcome, Presented
from facility_app.vault.present import (
    CardNotKnown,
    CounterNotFull,
    OtherCardLies,
    PinUnfit,
    present,
)
from tests.cards.test_fuzz import DATA, STATUS

ON = date(2026, 11, 20)
GOOD = good(ON)
EXPIRES, UNTIL = date(2036, 4, 20), date(2031, 4, 20)
"""The days of the good card."""
COMMANDS = 5
"""Expiry, application, certificate, counter, PIN."""
UNCOUNTED = range(1, COMMANDS)
KEY = b"k" * 32
FULL = MOST_TRIES[Pin.USER_AUTH]


class Sealed:
    """A PIN that remembers whether it was taken out, and shows whether it was wiped."""

    def __init__(self, value: bytes) -> None:
        self._value, self.taken = value, list[Secret]()

    def __call__(self) -> Secret:
        self.taken.append(Secret(self._value))
        return self.taken[-1]

    @property
    def wiped(self) -> bool:
        return all(each.wiped for each in self.taken)


def expected(profile: CardProfile = GOOD) -> ExpectedCard:
    return ExpectedCard(profile.card_expires_on, profile.certificate_until)


def codes_sent(card: FaultyCard) -> int:
    """How often the card was sent something to compare."""
    return sum(command[1] == 0x20 and len(command) > 5 for command in card.sent)


def tries(card: FaultyCard, pin: CardPin = CardPin.USER_AUTH) -> int:
    application, short_id = PIN_PLACES[Pin(pin)]
    found = next(each for each in card.applications if each.identifier == application)
    return found.keys[short_id].tries


def at(number: int, happens) -> Faults:
    """Before the answer to the `number`-th command, something happens."""
    counting = iter(range(1, 1000))

    def says(_command, answer):
        if next(counting) == number:
            happens()
        return answer

    return Faults(says=says)


@pytest.fixture
def readers() -> SimulatedReaders:
    return SimulatedReaders()


def ask(
    readers: SimulatedReaders,
    pin: Sealed,
    card: ExpectedCard | None = None,
    kind: CardPin = CardPin.USER_AUTH,
    *,
    full: bool = False,
    reader: str = "",
) -> Presented:
    try:
        return present(readers, reader, card or expected(), kind, pin, check_only_full=full)
    finally:
        assert pin.wiped


# --- the card that is meant -----------------------------------------------------------------------


def test_the_right_pin_costs_five_commands_and_one_verify(readers):
    card, pin = readers.insert(GOOD), Sealed(b"2580")
    assert ask(readers, pin) == Presented(PinOutcome.ACCEPTED, None)
    assert [command[1] for command in card.sent] == [0xCA, 0xA4, 0xB0, 0x20, 0x20]
    assert [len(command) for command in card.sent if command[1] == 0x20] == [4, 9]
    assert codes_sent(card) == len(pin.taken) == 1


def test_a_wrong_pin_costs_one_try_and_says_how_many_are_left(readers):
    card = readers.insert(GOOD)
    assert ask(readers, Sealed(b"0000")) == Presented(PinOutcome.WRONG, 2)
    assert (codes_sent(card), tries(card)) == (1, 2)
    assert ask(readers, Sealed(b"0000")) == Presented(PinOutcome.WRONG, 1)
    with pytest.raises(TriesTooFew):
        ask(readers, Sealed(b"2580"))
    assert (codes_sent(card), tries(card)) == (2, 1), "the last try is kept"


@pytest.mark.parametrize("kind", CardPin)
def test_every_pin_goes_to_its_own_place(readers, kind):
    value = {CardPin.USER_AUTH: b"2580", CardPin.CARD_INFO: b"1470"}.get(kind, b"3690")
    card = readers.insert(GOOD)
    card_before = {each: tries(card, each) for each in CardPin}
    assert ask(readers, Sealed(b"0000"), kind=kind).outcome is PinOutcome.WRONG
    assert {each for each in CardPin if tries(card, each) != card_before[each]} == {kind}
    assert ask(readers, Sealed(value), kind=kind).outcome is PinOutcome.ACCEPTED
    assert codes_sent(card) == 2


def test_there_is_no_way_to_the_signature():
    assert {each.value for each in CardPin} == {each.value for each in PIN_PLACES}
    assert Pin.SIGNATURE not in PIN_PLACES
    with pytest.raises(ValueError, match="signature"):
        CardPin("signature")


def test_an_application_left_selected_by_another_program_does_not_matter(readers):
    card = readers.insert(GOOD)
    card.transmit(select_application(CARD_INFO))
    card.sent.clear()
    assert ask(readers, Sealed(b"2580")).outcome is PinOutcome.ACCEPTED
    assert (len(card.sent), codes_sent(card)) == (COMMANDS + 2, 1)


@pytest.mark.parametrize("length", [0, 17])
def test_what_no_card_takes_is_not_sent(readers, length):
    card, pin = readers.insert(GOOD), Sealed(b"7" * length)
    with pytest.raises(PinUnfit):
        ask(readers, pin)
    assert codes_sent(card) == 0
    assert pin.taken


# --- how many tries -------------------------------------------------------------------------------


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("left", range(FULL + 1))
def test_the_counter_decides_before_the_pin_is_taken_out(readers, left, full):
    card = readers.insert(replace(GOOD, tries={**MOST_TRIES, Pin.USER_AUTH: left}))
    pin = Sealed(b"2580")
    if left >= 2 and (left == FULL or not full):
        assert ask(readers, pin, full=full).outcome is PinOutcome.ACCEPTED
        assert codes_sent(card) == 1
        return
    with pytest.raises(CounterNotFull if left >= 2 else TriesTooFew) as refused:
        ask(readers, pin, full=full)
    assert refused.value.facts() == {"tries_left": left}
    assert codes_sent(card) == 0
    assert pin.taken == []


@pytest.mark.parametrize("status", [0x9000, 0x6300, 0x6A82, 0x6985, 0x6F00])
def test_a_counter_that_is_not_told_sends_nothing(readers, status):
    def says(command, answer):
        return (b"", status) if command[1] == 0x20 else answer

    card, pin = readers.insert(GOOD, Faults(says=says)), Sealed(b"2580")
    with pytest.raises(TriesUnknown):
        ask(readers, pin)
    assert (codes_sent(card), pin.taken) == (0, [])


def test_without_the_application_of_the_pin_nothing_is_sent(readers):
    card, pin = readers.insert(GOOD), Sealed(b"1470")
    card.applications = [each for each in card.applications if each.identifier != CARD_INFO]
    with pytest.raises(TriesUnknown):
        ask(readers, pin, kind=CardPin.CARD_INFO)
    assert (codes_sent(card), pin.taken) == (0, [])


# --- another card ---------------------------------------------------------------------------------


DAY = timedelta(days=1)
STRANGERS = {
    "another expiry": replace(GOOD, card_expires_on=EXPIRES + DAY),
    "another certificate": replace(GOOD, certificate_until=UNTIL - DAY),
    "no certificate": replace(GOOD, certificate_until=None),
    "a damaged certificate": replace(GOOD, damaged_certificate=True),
    **{
        kind.value: other(kind) for kind in CardKind if kind.value not in ("my_number_card", "none")
    },
}


@pytest.mark.parametrize("name", STRANGERS)
def test_another_card_is_sent_nothing(readers, name):
    card, pin = readers.insert(STRANGERS[name]), Sealed(b"2580")
    with pytest.raises(OtherCardLies):
        ask(readers, pin)
    assert (codes_sent(card), pin.taken) == (0, [])


@pytest.mark.parametrize(
    "card",
    [
        ExpectedCard(None, None),
        ExpectedCard(GOOD.card_expires_on, None),
        ExpectedCard(None, GOOD.certificate_until),
        replace(expected(), mark=b"m" * 32),
        replace(expected(), mark_key=Secret(KEY)),
    ],
)
def test_a_card_of_which_too_little_is_known_is_not_even_looked_at(readers, card):
    lying, pin = readers.insert(GOOD), Sealed(b"2580")
    with pytest.raises(CardNotKnown):
        ask(readers, pin, card)
    assert (lying.sent, pin.taken) == ([], [])


def mark_of(readers: SimulatedReaders) -> bytes:
    def made(key: bytes) -> bytes:
        return hmac.digest(KEY, key, "sha256")

    mark = read_card(readers, NAME, marker=made).facts.mark
    assert mark is not None
    return mark


def test_a_mark_tells_two_cards_of_the_same_dates_apart(readers):
    readers.insert(GOOD)
    marked = replace(expected(), mark=mark_of(readers), mark_key=Secret(KEY))
    card = readers.insert(replace(GOOD, number=7))
    with pytest.raises(OtherCardLies):
        ask(readers, Sealed(b"2580"), marked)
    assert codes_sent(card) == 0
    card = readers.insert(GOOD)
    assert ask(readers, Sealed(b"2580"), marked).outcome is PinOutcome.ACCEPTED
    assert (len(card.sent), codes_sent(card)) == (COMMANDS + 2, 1)


def test_a_mark_alone_is_enough_and_a_mark_does_not_outweigh_a_day(readers):
    readers.insert(GOOD)
    mark = mark_of(readers)
    alone = ExpectedCard(None, None, mark, Secret(KEY))
    assert ask(readers, Sealed(b"2580"), alone).outcome is PinOutcome.ACCEPTED
    later = ExpectedCard(EXPIRES + DAY, UNTIL, mark, Secret(KEY))
    with pytest.raises(OtherCardLies):
        ask(readers, Sealed(b"2580"), later)


# --- faults at every command ----------------------------------------------------------------------


@pytest.mark.parametrize("command", UNCOUNTED)
@pytest.mark.parametrize("answered", [False, True])
def test_pulled_before_the_pin_was_sent(readers, answered, command):
    faults = Faults(lost_at=command) if answered else Faults(pulled_at=command)
    card, pin = readers.insert(GOOD, faults), Sealed(b"2580")
    with pytest.raises(CardRemoved):
        ask(readers, pin)
    assert (codes_sent(card), pin.taken) == (0, [])


@pytest.mark.parametrize("value", [b"2580", b"0000"])
@pytest.mark.parametrize("reached", [False, True])
def test_pulled_while_it_compared_is_not_known_and_not_repeated(readers, reached, value):
    faults = Faults(lost_at=COMMANDS) if reached else Faults(pulled_at=COMMANDS)
    card, pin = readers.insert(GOOD, faults), Sealed(value)
    with pytest.raises(VerifyInterrupted):
        ask(readers, pin)
    assert codes_sent(card) == reached
    assert len(pin.taken) == 1


HAPPENINGS = {
    "unplugged": (lambda readers, _other: readers.unplug(), NoReader),
    "service stopped": (lambda readers, _other: readers.stop_service(), ServiceStopped),
    "exchanged": (lambda readers, other: readers.insert(other), CardRemoved),
    "taken off": (lambda readers, _other: readers.remove(), CardRemoved),
    "reset by another": (lambda readers, _other: readers.reset_by_another(), CardWasReset),
}


@pytest.mark.parametrize("name", HAPPENINGS)
@pytest.mark.parametrize("command", range(1, COMMANDS + 1))
def test_whatever_happens_at_whichever_command(readers, name, command):
    happens, error = HAPPENINGS[name]
    stranger = FaultyCard(GOOD)
    card = readers.insert(GOOD, at(command, lambda: happens(readers, stranger)))
    pin = Sealed(b"2580")
    with pytest.raises(error if command < COMMANDS else VerifyInterrupted):
        ask(readers, pin)
    assert codes_sent(card) == len(pin.taken) == (command == COMMANDS)
    assert stranger.sent == [], "a card that was put on in between is not spoken to"


def test_a_card_that_is_too_slow_is_given_free_before_the_pin(readers):
    card, pin = readers.insert(GOOD, Faults(answers_after_s=0.55)), Sealed(b"2580")
    with pytest.raises(CardTooSlow):
        ask(readers, pin)
    assert codes_sent(card) == 0


@pytest.mark.parametrize("status", [0x6104, 0x6C04, 0x6700, 0x6F00, 0x6985, 0x6982, 0x0000])
def test_an_answer_that_says_neither_yes_nor_no_is_not_known_and_not_repeated(readers, status):
    def says(command, answer):
        return (b"", status) if command[1] == 0x20 and len(command) > 4 else answer

    card = readers.insert(GOOD, Faults(says=says))
    with pytest.raises(VerifyInterrupted):
        ask(readers, Sealed(b"2580"))
    assert codes_sent(card) == 1


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (0x63C0, Presented(PinOutcome.BLOCKED, 0)),
        (0x6983, Presented(PinOutcome.BLOCKED, 0)),
        (0x6984, Presented(PinOutcome.BLOCKED, 0)),
        (0x6300, Presented(PinOutcome.WRONG, None)),
        (0x63C9, Presented(PinOutcome.WRONG, 9)),
    ],
)
def test_the_ways_of_saying_no(readers, status, told):
    def says(command, answer):
        return (b"", status) if command[1] == 0x20 and len(command) > 4 else answer

    card = readers.insert(GOOD, Faults(says=says))
    assert ask(readers, Sealed(b"2580")) == told
    assert codes_sent(card) == 1


@pytest.mark.parametrize(
    ("says", "error"),
    [(garbage, OtherCardLies), (endless_tries, OtherCardLies), (too_long, ReaderFault)],
)
def test_drivers_that_talk_nonsense(readers, says, error):
    card, pin = readers.insert(GOOD, Faults(says=says)), Sealed(b"2580")
    with pytest.raises(error):
        ask(readers, pin)
    assert (codes_sent(card), pin.taken) == (0, [])


# --- which reader ---------------------------------------------------------------------------------


def test_the_reader_on_which_a_card_lies_is_found():
    readers = SimulatedReaders("First 00", "Second 00")
    card = readers.insert(GOOD, reader="Second 00")
    assert ask(readers, Sealed(b"2580")).outcome is PinOutcome.ACCEPTED
    with pytest.raises(NoCard):
        ask(readers, Sealed(b"2580"), reader="First 00")
    assert codes_sent(card) == 1


def test_without_a_card_that_answers_it_says_what_is_wrong(readers):
    pin = Sealed(b"2580")
    with pytest.raises(NoCard):
        ask(readers, pin)
    readers.insert(GOOD, Faults(mute=True))
    with pytest.raises(CardSilent):
        ask(readers, pin)
    card = readers.insert(GOOD)
    readers.hold_exclusively(True)
    with pytest.raises(ReaderBusy):
        ask(readers, pin)
    readers.unplug()
    with pytest.raises(NoReader):
        ask(readers, pin)
    readers.stop_service()
    with pytest.raises(ServiceStopped):
        ask(readers, pin)
    assert (card.sent, pin.taken) == ([], [])


class BreaksOnLeaving(SimulatedReaders):
    """A service that ends while the card is given back."""

    def session(self, reader):
        from contextlib import contextmanager

        whole = super().session

        @contextmanager
        def broken():
            with whole(reader) as link:
                yield link
            raise ServiceStopped

        return broken()


def test_a_service_that_ends_after_the_answer_is_not_told_as_nothing_sent():
    readers = BreaksOnLeaving()
    card = readers.insert(GOOD)
    with pytest.raises(VerifyInterrupted):
        ask(readers, Sealed(b"2580"))
    assert codes_sent(card) == 1


# --- any card at all ------------------------------------------------------------------------------


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.none(), st.tuples(DATA, STATUS)), min_size=1, max_size=12),
    st.sampled_from(CardPin),
    st.booleans(),
    st.booleans(),
)
def test_whatever_a_card_answers_it_gets_at_most_one_pin(answers, kind, full, is_other):
    """None = the true answer.  Where the card is another and says so, it gets none."""
    counting = iter(range(100_000))

    def says(_command, answer):
        told = answers[next(counting) % len(answers)]
        return answer if told is None else told

    readers = SimulatedReaders()
    profile = STRANGERS["another certificate"] if is_other else GOOD
    card, pin = readers.insert(profile, Faults(says=says)), Sealed(b"2580")
    with suppress(DeviceError):
        ask(readers, pin, kind=kind, full=full)
    assert codes_sent(card) == len(pin.taken) <= (0 if is_other else 1)
    assert len(card.sent) < 60
