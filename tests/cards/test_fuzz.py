"""Whatever a card answers: no error but a DeviceError, no endless loop, bounded memory."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facility_app.cards.attributes import (
    AttributesUnreadable,
    parse_attributes,
    read_chip_attributes,
)
from facility_app.cards.check import check
from facility_app.cards.chip import Pin
from facility_app.cards.mynacard import read_chip
from facility_app.domain.people import Sex
from facility_app.errors import DeviceError
from facility_app.rules import Rules
from facility_app.secret import Secret
from tests.cards.test_check import ON

MOST_COMMANDS = 60
CODE = b"51" + b"0" * 12

STATUS = st.one_of(
    st.sampled_from(
        [0x9000, 0x6282, 0x6A82, 0x6A86, 0x6B00, 0x6982, 0x6983, 0x6984, 0x6300, 0x63C0, 0x6F00]
    ),
    st.integers(0x63C0, 0x63CF),
    st.integers(0x6100, 0x61FF),
    st.integers(0x6C00, 0x6CFF),
    st.integers(0, 0xFFFF),
)
HEADS = st.sampled_from(
    [
        b"",
        b"0\x82\x06\x27",
        b"0\x84\x7f\xff\xff\xff",
        b"0\x80",
        b"0\x81\xff",
        b"\xff" * 8,
        b"JPKIAPICCTOKEN2" + b" " * 17,
        b"\x8f\x8f\x00",
        b"20360501",
        b"\xff\x20\x82\x00\x65",
    ]
)
DATA = st.builds(bytes.__add__, HEADS, st.binary(max_size=300))


class Noise:
    """A card that answers what it is given to answer, for as long as it is asked."""

    atr = b""

    def __init__(self, answers: list[tuple[bytes, int]]) -> None:
        self.answers = answers
        self.sent: list[bytes] = []

    def transmit(self, command: bytes) -> tuple[bytes, int]:
        self.sent.append(command)
        assert len(self.sent) < MOST_COMMANDS, "an endless loop"
        return self.answers[len(self.sent) % len(self.answers)]


ANSWERS = st.lists(st.tuples(DATA, STATUS), min_size=1, max_size=30)


@settings(max_examples=300)
@given(ANSWERS, st.booleans())
def test_any_card_gives_facts_or_a_device_error(answers, marked):
    link = Noise(answers)
    try:
        facts = read_chip(link, (lambda key: key[:32]) if marked else None)
    except DeviceError:
        return
    finally:
        sent = [command for command in link.sent if command[1] == 0x20]
        assert all(len(command) == 4 for command in sent), "a check never presents anything"
    assert all(tries is None or 0 <= tries <= 15 for tries in facts.tries.values())
    assert set(facts.tries) == set(Pin)
    check(facts, ON, Rules().lifetimes)


@settings(max_examples=300)
@given(ANSWERS)
def test_at_most_one_code_is_ever_presented(answers):
    link = Noise(answers)
    with suppress(DeviceError):
        read_chip_attributes(link, Secret(CODE))
    presented = [command for command in link.sent if command[1] == 0x20 and len(command) > 4]
    assert len(presented) <= 1
    if presented:
        asked = link.answers[(link.sent.index(presented[0])) % len(link.answers)][1]
        assert asked & 0xFFF0 == 0x63C0
        assert asked & 0x0F >= 2, "the last try is kept"


@given(DATA)
def test_garbage_is_never_a_name(data):
    try:
        found = parse_attributes(data)
    except AttributesUnreadable:
        return
    assert found.name.strip()


def tlv(tag: int, value: bytes, form: int) -> bytes:
    length = {
        0: bytes((len(value),)) if len(value) < 0x80 else b"",
        1: b"\x81" + bytes((len(value),)) if len(value) < 0x100 else b"",
        2: b"\x82" + len(value).to_bytes(2, "big"),
    }[form]
    return tag.to_bytes(2, "big") + (length or b"\x82" + len(value).to_bytes(2, "big")) + value


FORMS = st.integers(0, 2)
TEXT = st.text(min_size=1, max_size=120).filter(lambda text: text.strip("\x00").strip())


@given(TEXT, TEXT, st.dates(), st.sampled_from("129"), FORMS, FORMS)
def test_attributes_are_read_in_every_form_of_length(name, address, birth, sex, outer, inner):
    body = b"".join(
        tlv(tag, value, inner)
        for tag, value in (
            (0xDF21, bytes(8)),
            (0xDF22, name.encode()),
            (0xDF23, address.encode()),
            (0xDF24, birth.strftime("%Y").zfill(4).encode() + birth.strftime("%m%d").encode()),
            (0xDF25, sex.encode()),
        )
    )
    found = parse_attributes(tlv(0xFF20, body, outer) + b"\xff" * 40)
    assert (found.name, found.address) == (name.strip("\x00"), address.strip("\x00"))
    assert found.birth == birth
    assert found.sex is {"1": Sex.MALE, "2": Sex.FEMALE, "9": Sex.NOT_APPLICABLE}[sex]
    assert repr(found) == "CardAttributes(…)"


@pytest.mark.parametrize("cut", range(1, 60))
def test_a_file_cut_anywhere_is_an_error_and_never_a_shortened_name(cut):
    body = tlv(0xDF22, "例田　太郎".encode(), 0) + tlv(0xDF23, "見本県".encode(), 0)
    whole = tlv(0xFF20, body + tlv(0xDF24, b"19460203", 0) + tlv(0xDF25, b"1", 0), 0)
    with pytest.raises(AttributesUnreadable):
        parse_attributes(whole[: max(len(whole) - cut, 0)])
