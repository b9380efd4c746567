"""Frames over real pipes: what goes in comes out, and what is out of form ends the channel."""

from __future__ import annotations

import io
import json
import os
import struct
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.cards.attributes import TriesTooFew
from facility_app.cards.protocol import ReaderFault
from facility_app.errors import FacilityError
from facility_app.keystore import PassphraseCost, PassphraseTooShort
from facility_app.secret import Secret
from facility_app.vault.channel import (
    LARGEST_BLOB,
    LARGEST_HEADER,
    MOST_BLOBS,
    AgentGone,
    Channel,
    ChannelBroken,
    Frame,
)
from facility_app.vault.errors import NotEnoughOfficers, VaultDamaged
from facility_app.vault.file import Summary
from facility_app.vault.messages import (
    cost_facts,
    cost_of,
    day_fact,
    day_of,
    summary_facts,
    summary_of,
)
from facility_app.vault.present import CounterNotFull
from facility_app.vault.refusals import error_facts, error_of


class Pipe:
    """One pipe with a channel at each end."""

    def __init__(self) -> None:
        source, sink = os.pipe()
        self.source, self.sink = io.FileIO(source, "rb"), io.FileIO(sink, "wb")
        self.receiver, self.sender = (
            Channel(self.source, self.sink),
            Channel(self.source, self.sink),
        )

    def raw(self, data: bytes) -> None:
        """Bytes as they come, and the end."""

        def write() -> None:
            left = memoryview(data)
            with suppress(OSError), self.sink:
                while left:
                    left = left[self.sink.write(left) or 0 :]

        threading.Thread(target=write, daemon=True).start()

    def sent(self, frame: Frame) -> Frame | None:
        """A frame through the pipe, however long."""
        thread = threading.Thread(target=self.sender.send, args=(frame,), daemon=True)
        thread.start()
        received = self.receiver.receive()
        thread.join()
        return received


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    made = Pipe()
    yield made
    made.source.close()
    made.sink.close()


def framed(head: object, blobs: bytes = b"") -> bytes:
    words = json.dumps(head).encode()
    return struct.pack(">I", len(words)) + words + blobs


SOUND = {"v": 1, "op": "x", "facts": {}, "blobs": []}


@given(
    st.text(max_size=20),
    st.dictionaries(
        st.text(max_size=8), st.one_of(st.none(), st.integers(), st.text()), max_size=5
    ),
    st.lists(st.binary(max_size=300), max_size=6),
)
def test_what_goes_in_comes_out(op, facts, blobs):
    pipe = Pipe()
    with pipe.source, pipe.sink:
        received = pipe.sent(Frame(op, facts, [Secret(each) for each in blobs]))
    assert received is not None
    assert (received.op, dict(received.facts)) == (op, facts)
    assert [each.copy_bytes() for each in received.blobs] == blobs
    received.wipe()
    assert all(each.wiped for each in received.blobs)


def test_more_than_a_pipe_holds(pipe):
    blob = os.urandom(3_000_000)
    received = pipe.sent(Frame("reveal", {}, [Secret(blob), Secret(b"")]))
    assert received is not None
    assert received.blobs[0].copy_bytes() == blob


def test_a_frame_shows_nothing_of_itself():
    assert "2580" not in repr(Frame("deposit", {}, [Secret(b"2580")]))


def test_the_end_between_two_frames_is_an_end_and_no_fault(pipe):
    pipe.raw(framed(SOUND))
    assert pipe.receiver.receive() is not None
    assert pipe.receiver.receive() is None


WHOLE = framed({**SOUND, "blobs": [4]}, b"2580")


@pytest.mark.parametrize("length", range(1, len(WHOLE)))
def test_an_end_within_a_frame_is_a_fault(length):
    pipe = Pipe()
    pipe.raw(WHOLE[:length])
    with pipe.source, pytest.raises(ChannelBroken):
        pipe.receiver.receive()


@pytest.mark.parametrize(
    "head",
    [
        [],
        "x",
        7,
        {},
        {**SOUND, "v": 2},
        {**SOUND, "v": "1"},
        {**SOUND, "more": 1},
        {**SOUND, "op": 1},
        {**SOUND, "facts": []},
        {**SOUND, "blobs": {}},
        {**SOUND, "blobs": [-1]},
        {**SOUND, "blobs": ["4"]},
        {**SOUND, "blobs": [True]},
        {**SOUND, "blobs": [LARGEST_BLOB + 1]},
        {**SOUND, "blobs": [LARGEST_BLOB, 1]},
        {**SOUND, "blobs": [0] * (MOST_BLOBS + 1)},
    ],
)
def test_a_header_out_of_form_ends_the_channel(pipe, head):
    pipe.raw(framed(head))
    with pytest.raises(ChannelBroken):
        pipe.receiver.receive()


@pytest.mark.parametrize("words", [b"{", b"\xff\xfe", b"[" * 60_000, b"null"])
def test_bytes_that_are_no_header_end_the_channel(pipe, words):
    pipe.raw(struct.pack(">I", len(words)) + words)
    with pytest.raises(ChannelBroken):
        pipe.receiver.receive()


def test_a_long_header_is_not_even_read(pipe):
    pipe.raw(struct.pack(">I", LARGEST_HEADER + 1))
    with pytest.raises(ChannelBroken):
        pipe.receiver.receive()


@given(st.binary(max_size=200))
def test_garbage_is_a_fault_or_an_end(data):
    pipe = Pipe()
    pipe.raw(data)
    with pipe.source:
        try:
            frame = pipe.receiver.receive()
        except ChannelBroken:
            return
        assert frame is None
        assert data == b""


def test_what_the_other_side_would_not_take_is_not_sent(pipe):
    with pytest.raises(ValueError, match="longer"):
        pipe.sender.send(Frame("x", {"text": "x" * LARGEST_HEADER}))
    with pytest.raises(ValueError, match="longer"):
        pipe.sender.send(Frame("x", {}, [Secret(b"")] * (MOST_BLOBS + 1)))


def test_nobody_at_the_other_end(pipe):
    pipe.source.close()
    with pytest.raises(ChannelBroken):
        pipe.sender.send(Frame("x"))
    with pytest.raises(ChannelBroken):
        pipe.receiver.receive()


# --- values and errors ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error",
    [
        NotEnoughOfficers(1, 2),
        VaultDamaged(previous=True),
        TriesTooFew(1),
        CounterNotFull(2),
        ReaderFault("8010002F"),
        PassphraseTooShort(10),
        AgentGone(),
    ],
)
def test_an_error_is_the_same_class_with_the_same_facts_on_the_other_side(error):
    again = error_of(json.loads(json.dumps(error_facts(error))))
    assert type(again) is type(error)
    assert again.facts() == error.facts()


def test_an_error_that_this_side_does_not_know_is_told_as_the_end_of_the_process():
    for facts in (
        {"key": "vault.from_the_future", "facts": {}},
        {"key": "vault.not_enough_officers", "facts": {"other": 1}},
        {"key": "vault.not_enough_officers"},
        {},
    ):
        assert isinstance(error_of(facts), AgentGone)


def test_no_two_errors_share_a_key():
    """Else one would be raised as the other."""
    from facility_app.vault import refusals

    keys = [
        each.key
        for module in refusals._MODULES
        for each in vars(module).values()
        if isinstance(each, type)
        and issubclass(each, FacilityError)
        and each.__module__ == module.__name__
    ]
    assert len(keys) == len(set(keys))


_ENTRIES = st.lists(
    st.tuples(st.binary(min_size=16, max_size=16).map(bytes.hex), st.integers(1, 2**32 - 1)),
    max_size=9,
)


@given(
    _ENTRIES,
    st.builds(
        Summary,
        vault_id=st.just("a" * 32),
        key_id=st.just("b" * 32),
        generation=st.integers(1),
        previous_generation=st.one_of(st.none(), st.integers(1)),
        threshold=st.integers(1, 15),
        officers=st.lists(st.integers(1), max_size=4).map(tuple),
        entries=st.just(()),
        versions=st.just(()),
        recovery_shares=st.just(3),
    ),
)
def test_a_summary_comes_back(entries, summary):
    summary = replace(
        summary,
        entries=tuple(entry for entry, _ in entries),
        versions=tuple(version for _, version in entries),
    )
    facts, told = summary_facts(summary)
    assert summary_of(json.loads(json.dumps(facts)), told) == summary


def test_an_answer_without_a_summary_is_none():
    with pytest.raises(AgentGone):
        summary_of({}, Secret(b""))


def test_costs_and_days_come_back():
    cost = PassphraseCost(8, 1, 2, 3, 4, 5)
    assert cost_of(cost_facts(cost)) == cost
    for day in (None, date(2036, 4, 20)):
        assert day_of(day_fact(day)) == day
