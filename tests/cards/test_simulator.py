"""The simulated card is not kinder than a real one (cards.md §3, §5, §8b)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

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
from facility_app.cards.simulator.certificates import certificate
from facility_app.cards.simulator.files import (
    COMMON,
    FILLER,
    USER_AUTHENTICATION,
    VISUAL,
)
from facility_app.cards.simulator.profiles import NO_NUMBER, good
from facility_app.domain.individual_number import check_digit
from facility_app.secret import Secret

PROFILE = good(date(2026, 11, 20))
NAMES = (JPKI, CARD_INFO, RESIDENT_REGISTER, COMMON, VISUAL, POWER_ON)
A, B = NO_NUMBER.encode(), PROFILE.code(Pin.CODE_B)
KEYS = {
    CARD_INFO: {0x11: PROFILE.code(Pin.CARD_INFO), 0x14: A, 0x15: B},
    VISUAL: {0x11: B[:6], 0x12: B, 0x13: A},
    JPKI: {0x18: PROFILE.code(Pin.USER_AUTH), 0x1B: PROFILE.code(Pin.SIGNATURE)},
}
OPENS = {
    (CARD_INFO, 0x01): {0x11, 0x14},
    (CARD_INFO, 0x02): {0x11, 0x15},
    (CARD_INFO, 0x03): {0x11, 0x14, 0x15},
    (VISUAL, 0x01): {0x11},
    (VISUAL, 0x02): {0x12, 0x13},
    (VISUAL, 0x05): {0x13},
    (JPKI, 0x01): {0x1B},
}
"""Which key opens which file: cards.md §4, not what the simulated card believes."""


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


@pytest.mark.parametrize(("name", "file"), OPENS)
def test_a_file_opens_by_its_own_keys_and_by_no_other(name, file):
    assert card_at(name).transmit(read_file(file, 16)) == (b"", 0x6982)
    for key, code in KEYS[name].items():
        card = card_at(name)
        assert card.transmit(verify(key, Secret(code))) == (b"", 0x9000)
        expected = 0x9000 if key in OPENS[name, file] else 0x6982
        assert card.transmit(read_file(file, 16))[1] == expected


@pytest.mark.parametrize("change", [lambda code: code[:-1] + b"?", lambda code: code + b"0"])
def test_nearly_right_is_wrong(change):
    for name, keys in KEYS.items():
        for key, code in keys.items():
            card = card_at(name)
            most = card.transmit(count_tries(key))[1]
            assert card.transmit(verify(key, Secret(change(code))))[1] == most - 1


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


def test_short_ids_with_reserved_bits_are_refused():
    card = card_at(JPKI)
    assert card.transmit(b"\x00\x20\x00\xf8") == (b"", 0x6A86)
    assert card.transmit(b"\x00\xb0\xea\x00\x10") == (b"", 0x6A86)


def test_keys_and_records_are_not_read_like_files():
    card = card_at(JPKI)
    assert card.transmit(read_file(0x18, 16)) == (b"", 0x6981)
    card = card_at(COMMON)
    current, by_short_id = b"\x00\xb2\x01\x04\x00", b"\x00\xb2\x01\x0c\x00"
    assert card.transmit(current) == (b"", 0x6986)
    assert card.transmit(read_file(1, 16)) == (b"", 0x6981)
    record, status = card.transmit(by_short_id)
    assert (record[:2], status) == (b"\x01\x1c", 0x9000)
    assert record[-8:] == b"20360420"
    assert card.transmit(current) == (record, 0x9000)


def test_it_signs_nothing():
    card = card_at(JPKI)
    sign = b"\x80\x2a\x00\x97\x04\x01\x02\x03\x04\x00"
    assert card.transmit(sign) == (b"", 0x6982)
    card.transmit(verify(0x18, Secret(PROFILE.code(Pin.USER_AUTH))))
    assert card.transmit(sign)[0] == b""


def test_the_codes_of_the_visual_application_stand_the_other_way_round():
    card = card_at(VISUAL)
    assert card.transmit(read_file(3, 256))[1] == 0x9000
    assert card.transmit(verify(0x12, Secret(PROFILE.code(Pin.CODE_B))))[1] == 0x9000
    whole = b"".join(
        card.transmit(read_file(2, 256) if at == 0 else read_on(at, 256))[0]
        for at in range(0, 8192, 256)
    )
    assert b"\xdf\x29\x0820360420" in whole
    assert card.transmit(read_file(5, 16))[1] == 0x6982, "the number opens by code A alone"
    assert card.transmit(verify(0x13, Secret(NO_NUMBER.encode())))[1] == 0x9000
    assert card.transmit(read_file(5, 16))[1] == 0x9000


def test_an_extended_length_gives_a_file_whole_with_its_filler():
    card = card_at(JPKI)
    data, status = card.transmit(b"\x00\xb0\x8a\x00\x00\x00\x00")
    assert status == 0x9000
    assert len(data) == int.from_bytes(data[2:4], "big") + 4 + len(FILLER)


def test_an_application_answers_to_the_beginning_of_its_name_and_tells_the_whole():
    card = SimulatedCard(PROFILE)
    told, status = card.transmit(b"\x00\xa4\x04\x00\x06" + JPKI[:6] + b"\x00")
    assert status == 0x9000
    assert told == b"\x6f\x0c\x84\x0a" + JPKI


def test_the_certificate_has_the_shape_of_a_real_one_and_names_nobody():
    card = card_at(JPKI)
    data = card.transmit(b"\x00\xb0\x8a\x00\x00\x00\x00")[0][: -len(FILLER)]
    read = x509.load_der_x509_certificate(data)
    assert 1500 <= len(data) <= 1600
    assert "Test Authority" in read.issuer.rfc4514_string()
    assert read.not_valid_after_utc == datetime(2031, 4, 20, 14, 59, 59, tzinfo=UTC)
    assert PROFILE.holder.name.encode() not in data
    key = read.public_key()
    assert isinstance(key, RSAPublicKey)
    assert key.key_size == 2048


def test_every_card_has_a_key_of_its_own_and_keeps_it():
    def key(number: int) -> bytes:
        data = certificate(USER_AUTHENTICATION, date(2026, 5, 1), date(2031, 5, 1), number)
        found = x509.load_der_x509_certificate(data).public_key()
        return found.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    assert len({key(number) for number in range(1, 60)}) == 59
    assert key(7) == key(7)


def test_nobodys_number_is_on_it():
    assert check_digit(NO_NUMBER[:11]) != int(NO_NUMBER[11])


@pytest.mark.parametrize("what", ["holder", "codes"])
def test_a_profile_shows_nobody_and_no_code(what):
    assert what not in repr(PROFILE)
    assert PROFILE.holder.name not in repr(PROFILE)
