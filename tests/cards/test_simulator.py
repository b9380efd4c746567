"""The simulated card is not kinder than a real one (cards.md §3, §5, §8b)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.cards.apdu import (
    count_tries,
    get_data,
    read_file,
    read_on,
    select_application,
    verify,
)
from facility_app.cards.chip import Pin
from facility_app.cards.mynacard import CARD_INFO, JPKI, POWER_ON, RESIDENT_REGISTER
from facility_app.cards.simulator import SimulatedCard
from facility_app.cards.simulator.files import COMMON, VISUAL
from facility_app.cards.simulator.profiles import NO_NUMBER, good
from facility_app.domain.individual_number import check_digit
from facility_app.secret import Secret

PROFILE = good(date(2026, 11, 20))
NAMES = (JPKI, CARD_INFO, RESIDENT_REGISTER, COMMON, VISUAL, POWER_ON)
CODES = [PROFILE.code(pin) for pin in Pin] + [b"0000", b"9" * 14]


def card_at(name: bytes) -> SimulatedCard:
    card = SimulatedCard(PROFILE)
    card.transmit(select_application(name))
    return card


def test_a_wrong_code_costs_one_try_and_a_right_one_gives_all_back():
    card = card_at(CARD_INFO)
    assert card.transmit(verify(0x11, Secret(b"0000"))) == (b"", 0x63C2)
    assert card.transmit(count_tries(0x11)) == (b"", 0x63C2)
    assert card.transmit(verify(0x11, Secret(PROFILE.code(Pin.CARD_INFO)))) == (b"", 0x9000)
    assert card.transmit(count_tries(0x11)) == (b"", 0x63C3)


def test_a_blocked_key_never_opens_again():
    card = card_at(CARD_INFO)
    statuses = [card.transmit(verify(0x11, Secret(b"0000")))[1] for _ in range(4)]
    assert statuses == [0x63C2, 0x63C1, 0x63C0, 0x6984]
    assert card.transmit(verify(0x11, Secret(PROFILE.code(Pin.CARD_INFO))))[1] == 0x6984
    assert card.transmit(count_tries(0x11))[1] == 0x63C0


def test_what_was_verified_is_forgotten_with_the_next_application_and_at_power_on():
    for forget in (
        lambda card: card.transmit(select_application(CARD_INFO)),
        lambda card: (card.reset(), card.transmit(select_application(CARD_INFO))),
    ):
        card = card_at(CARD_INFO)
        assert card.transmit(read_file(2, 256))[1] == 0x6982
        card.transmit(verify(0x15, Secret(PROFILE.code(Pin.CODE_B))))
        assert card.transmit(read_file(2, 256))[1] == 0x9000
        assert card.transmit(read_file(1, 256))[1] == 0x6982, "code B opens the attributes alone"
        forget(card)
        assert card.transmit(read_file(2, 256))[1] == 0x6982


def test_the_five_byte_form_of_the_question_is_refused():
    card = card_at(JPKI)
    assert card.transmit(count_tries(0x18) + b"\x00") == (b"", 0x6700)
    assert card.transmit(count_tries(0x18)) == (b"", 0x63C3)


def test_files_are_longer_than_what_is_in_them_and_end_hard():
    card = card_at(JPKI)
    first = card.transmit(read_file(0x0A, 256))[0]
    length = int.from_bytes(first[2:4], "big") + 4
    assert card.transmit(read_on(length, 16))[0] == b"\xff" * 16
    assert card.transmit(read_on(0x7000, 16)) == (b"", 0x6B00)


def test_the_main_file_says_yes_and_stays_where_it_is():
    card = SimulatedCard(PROFILE)
    main = b"\x00\xa4\x00\x00"
    assert card.transmit(main)[1] == 0x6A86
    card.transmit(select_application(JPKI))
    assert card.transmit(main)[1] == 0x9000
    assert card.transmit(count_tries(0x18))[1] == 0x63C3, "still in the application"


def test_the_power_on_level_is_reached_by_its_name_alone():
    card = card_at(JPKI)
    assert card.transmit(get_data(0x00F2))[1] == 0x6A88
    card.transmit(select_application(POWER_ON))
    assert card.transmit(get_data(0x00F2)) == (b"20360420", 0x9000)


def test_lengths_classes_and_instructions_that_it_does_not_know():
    card = SimulatedCard(PROFILE)
    assert card.transmit(b"\x00\xb0")[1] == 0x6700
    assert card.transmit(b"\x80\x20\x00\x80")[1] == 0x6E00
    assert card.transmit(b"\x00\x77\x00\x00")[1] == 0x6D00
    assert card.transmit(b"\x00\x20\x00\x80")[1] == 0x6986


def test_two_applications_have_counters_of_their_own_for_one_register_pin():
    card = card_at(RESIDENT_REGISTER)
    card.transmit(verify(0x1C, Secret(b"0000")))
    card.transmit(select_application(COMMON))
    assert card.transmit(count_tries(0x1C))[1] == 0x63C3


def test_nobodys_number_is_on_it():
    assert check_digit(NO_NUMBER[:11]) != int(NO_NUMBER[11])


COMMANDS = st.one_of(
    st.sampled_from(NAMES).map(select_application),
    st.builds(read_file, st.integers(1, 30), st.integers(1, 256)),
    st.builds(count_tries, st.integers(1, 30)),
    st.builds(
        lambda short_id, code: verify(short_id, Secret(code)),
        st.sampled_from([0x11, 0x12, 0x14, 0x15, 0x18, 0x1B, 0x1C, 0x13]),
        st.sampled_from(CODES),
    ),
    st.binary(min_size=1, max_size=24),
)


@given(st.lists(COMMANDS, max_size=40))
def test_counters_only_rise_by_the_right_code_and_files_open_only_by_theirs(commands):
    card = SimulatedCard(PROFILE)
    secret = card.applications[1].files[0x01].data[:15]
    for command in commands:
        before = {id(key): key.tries for app in card.applications for key in app.keys.values()}
        data, status = card.transmit(command)
        assert 0 <= status <= 0xFFFF
        for app in card.applications:
            for key in app.keys.values():
                if key.tries > before[id(key)]:
                    assert command[1] == 0x20
                    assert command[5:] == key.value
                    assert status == 0x9000
                    assert before[id(key)] > 0, "blocked stays blocked"
        if secret in data:
            sent = card.sent[: card.sent.index(command)] if command in card.sent else []
            assert any(each[1:2] == b"\x20" and len(each) > 4 for each in sent)


@pytest.mark.parametrize("what", ["holder", "codes"])
def test_a_profile_shows_nobody_and_no_code(what):
    assert what not in repr(PROFILE)
    assert PROFILE.holder.name not in repr(PROFILE)
