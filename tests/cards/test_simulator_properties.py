"""Whatever a simulated card is sent: nothing is given away, and no counter rises by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.cards.apdu import count_tries, read_file, read_on, select_application, verify
from facility_app.cards.mynacard import CARD_INFO, POWER_ON, RESIDENT_REGISTER
from facility_app.cards.simulator import SimulatedCard
from facility_app.cards.simulator.files import COMMON, Key
from facility_app.secret import Secret
from tests.cards.test_simulator import KEYS, PROFILE

NAMES = (*KEYS, RESIDENT_REGISTER, COMMON, POWER_ON)
RIGHT = [code for keys in KEYS.values() for code in keys.values()]
WRONG = [b"0000", *(code[:-1] + b"?" for code in RIGHT), *(code + b"0" for code in RIGHT)]

COMMANDS = st.one_of(
    st.sampled_from(NAMES).map(select_application),
    st.builds(read_file, st.integers(1, 6) | st.integers(1, 30), st.integers(1, 256)),
    st.builds(read_on, st.integers(0, 1700), st.integers(1, 256)),
    st.builds(count_tries, st.integers(1, 30)),
    st.builds(
        lambda short_id, code: verify(short_id, Secret(code)),
        st.integers(0x11, 0x1C),
        st.sampled_from(RIGHT + WRONG),
    ),
    st.binary(min_size=1, max_size=24),
)


@st.composite
def visits(draw) -> list[bytes]:
    """An application, a few guesses at one of its keys, and a file."""
    name, key = draw(st.sampled_from([(name, key) for name in KEYS for key in KEYS[name]]))
    right = KEYS[name][key]
    guesses = draw(st.lists(st.sampled_from([right, b"0000", right + b"0"]), max_size=5))
    file = draw(st.integers(1, 5))
    chosen = [verify(key, Secret(guess)) for guess in guesses]
    return [select_application(name), *chosen, read_file(file, 64)]


# flatmap, because a union of unions would make a visit one of seven
PARTS = st.booleans().flatmap(lambda visit: visits() if visit else st.lists(COMMANDS, max_size=4))
DAYS = st.lists(PARTS, max_size=30).map(lambda parts: [each for part in parts for each in part])


class Witness:
    """What was rightly presented to a card since an application was last selected."""

    def __init__(self, card: SimulatedCard) -> None:
        self.card, self.presented = card, set[bytes]()
        self.free = [
            file.data
            for app in card.applications
            for file in app.files.values()
            if not file.opened_by
        ]
        self.locked = [
            (file.data, {app.keys[key].value for key in file.opened_by})
            for app in card.applications
            for file in app.files.values()
            if file.opened_by
        ]

    def keys(self) -> list[Key]:
        return [key for app in self.card.applications for key in app.keys.values()]

    def send(self, command: bytes) -> None:
        before = [key.tries for key in self.keys()]
        data, status = self.card.transmit(command)
        assert 0 <= status <= 0xFFFF
        if command[:3] == b"\x00\xa4\x04" and status == 0x9000:
            self.presented.clear()
        guessed = command[:3] == b"\x00\x20\x00" and len(command) > 5
        right, wrong = guessed and status == 0x9000, guessed and status & 0xFFF0 == 0x63C0
        if right:
            assert command[5:] in {key.value for key in self.keys()}
            self.presented.add(command[5:])
        changes = 0
        for key, tries in zip(self.keys(), before, strict=True):
            if key.tries > tries:
                assert right
                assert command[5:] == key.value
                assert tries > 0, "blocked stays blocked"
            if key.tries < tries:
                assert wrong
                assert key.tries == tries - 1
            changes += key.tries != tries
        assert changes == 1 if wrong else changes <= right
        self.may_have_given(data)

    def may_have_given(self, data: bytes) -> None:
        if len(data) < 16 or any(data in file for file in self.free):
            return  # too little to tell where it is from, or free for everybody
        opening = [values for file, values in self.locked if data in file]
        assert not opening or any(values & self.presented for values in opening)


@given(DAYS)
def test_counters_only_rise_by_the_right_code_and_files_open_only_by_theirs(commands):
    witness = Witness(SimulatedCard(PROFILE))
    for command in commands:
        witness.send(command)


def test_the_witness_would_see_a_file_that_was_given_away():
    card = SimulatedCard(PROFILE)
    info = next(app for app in card.applications if app.identifier == CARD_INFO)
    info.files[2] = replace(info.files[2], opened_by=frozenset({0x15}))
    witness = Witness(card)
    witness.send(select_application(CARD_INFO))
    info.files[2] = replace(info.files[2], opened_by=frozenset())
    with pytest.raises(AssertionError):
        witness.send(read_file(2, 64))
