"""Commands as cards.md gives them, byte by byte, and the one way in which they are sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.cards import apdu
from facility_app.cards.protocol import ReaderFault
from facility_app.secret import Secret


class Script:
    """A card that answers from a list and keeps what it was sent."""

    atr = b""

    def __init__(self, *answers: tuple[bytes, int]) -> None:
        self.answers = list(answers)
        self.sent: list[bytes] = []

    def transmit(self, command: bytes) -> tuple[bytes, int]:
        self.sent.append(command)
        return self.answers.pop(0)


def test_the_bytes_of_every_command():
    assert apdu.select_application(bytes(10)).hex() == "00a404" + "0c0a" + "00" * 10
    assert apdu.read_file(0x06, 32).hex() == "00b0860020"
    assert apdu.read_file(0x0A, 256).hex() == "00b08a0000"
    assert apdu.read_on(0x0123, 16).hex() == "00b0012310"
    assert apdu.get_data(0x00F2).hex() == "00ca00f200"
    assert apdu.verify(0x15, Secret(b"1" * 14)).hex() == "00200095" + "0e" + "31" * 14


def test_asking_for_tries_is_exactly_four_bytes():
    for short_id in range(1, 31):
        assert len(apdu.count_tries(short_id)) == 4


def test_one_more_round_for_61xx_and_6cxx_and_not_a_second():
    link = Script((b"", 0x6C05), (b"hello", 0x9000))
    assert apdu.send(link, apdu.read_file(1, 256)) == apdu.Answer(b"hello", 0x9000)
    assert link.sent[1].hex() == "00b0810005"
    link = Script((b"ab", 0x6103), (b"cde", 0x9000))
    assert apdu.send(link, apdu.read_file(1, 256)).data == b"abcde"
    assert link.sent[1].hex() == "00c0000003"
    link = Script((b"", 0x6C05), (b"", 0x6C05))
    assert apdu.send(link, apdu.read_file(1, 256)).status == 0x6C05
    assert len(link.sent) == 2


@given(st.integers(0, 0xFFFF))
def test_a_verify_is_never_sent_twice_whatever_the_answer(status):
    for command in (apdu.count_tries(0x18), apdu.verify(0x15, Secret(b"1" * 14))):
        link = Script((b"", status))
        apdu.send(link, command)
        assert link.sent == [command]


@given(st.integers(0, 0xFFFF))
def test_tries_are_a_number_only_where_the_card_gives_one(status):
    left = apdu.tries_left(status)
    if status & 0xFFF0 == 0x63C0:
        assert left == status & 0x0F
    elif status in (0x6983, 0x6984):
        assert left == 0
    else:
        assert left is None, "6300 is no limit, 9000 is verified: neither is a number"


def test_an_endless_answer_is_a_fault_of_the_reader():
    with pytest.raises(ReaderFault):
        apdu.send(Script((bytes(70_000), 0x9000)), apdu.read_file(1, 256))
