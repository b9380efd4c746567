"""Frames between the program and the vault's process, over two pipes.

A frame: length of the header (4 bytes, big endian), the header (JSON), then the blobs it announces,
one after the other.  Secrets travel as blobs only and go from holder to pipe and back without a
copy that cannot be wiped.  The bytes of the other side are not trusted: what is out of form or too
long ends the channel.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import FileIO
from typing import Any, ClassVar

from facility_app.errors import VaultError
from facility_app.secret import Secret

PROTOCOL = 1
"""Both sides say it in every frame; they come from the same installation and must be equal."""

LARGEST_HEADER = 64 * 1024
LARGEST_BLOB = 16 * 1024 * 1024
"""A picture of a PIN is the largest thing that is sent, and far below."""
MOST_BLOBS = 64

_LENGTH = struct.Struct(">I")


@dataclass(eq=False)
class AgentGone(VaultError):
    """The vault's process ended, by a lock or by itself; what it was doing has no known outcome."""

    key: ClassVar[str] = "vault.agent_gone"


class ChannelBroken(Exception):
    """What came through the pipe was no frame of this protocol, or broke off.

    Both sides end then; nobody is told of it but as AgentGone.
    """


@dataclass(frozen=True, repr=False)
class Frame:
    """One message.  `facts` hold nothing secret; whoever receives the blobs wipes them."""

    op: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    blobs: Sequence[Secret] = ()

    def wipe(self) -> None:
        """Overwrite the blobs."""
        for blob in self.blobs:
            blob.wipe()


class Channel:
    """One side of the pipes.  One thread may send while another receives."""

    def __init__(self, source: FileIO, sink: FileIO) -> None:
        self._source, self._sink = source, sink

    def send(self, frame: Frame) -> None:
        """Send a frame; its blobs stay the caller's.  Raises ChannelBroken."""
        lengths = [len(blob) for blob in frame.blobs]
        head = {"v": PROTOCOL, "op": frame.op, "facts": dict(frame.facts), "blobs": lengths}
        words = json.dumps(head, ensure_ascii=True, separators=(",", ":")).encode("ascii")
        if not _fits(len(words), lengths):
            raise ValueError("a frame longer than the other side takes")
        self._write(memoryview(_LENGTH.pack(len(words)) + words))
        for blob in frame.blobs:
            self._write(blob.view())

    def receive(self) -> Frame | None:
        """The next frame, waiting for it; None where the other side has closed its end.

        Raises ChannelBroken.
        """
        begun = self._read(_LENGTH.size, may_end=True)
        if begun is None:
            return None
        length = _LENGTH.unpack(begun)[0]
        if length > LARGEST_HEADER:
            raise ChannelBroken
        op, facts, lengths = _understood(bytes(self._read(length) or b""))
        blobs: list[Secret] = []
        try:
            for each in lengths:
                blobs.append(Secret(self._read(each) or bytearray()))
        except ChannelBroken:
            Frame(op, facts, blobs).wipe()
            raise
        return Frame(op, facts, blobs)

    def _write(self, data: memoryview) -> None:
        try:
            while data:
                data = data[self._sink.write(data) or 0 :]
        except (OSError, ValueError) as exc:  # ValueError: closed on this side
            raise ChannelBroken from exc

    def _read(self, length: int, *, may_end: bool = False) -> bytearray | None:
        data = bytearray(length)
        view, read = memoryview(data), 0
        while read < length:
            try:
                more = self._source.readinto(view[read:])
            except (OSError, ValueError) as exc:
                raise ChannelBroken from exc
            if not more:
                view[:] = bytes(length)
                if may_end and read == 0:
                    return None
                raise ChannelBroken
            read += more
        view.release()
        return data


def _understood(words: bytes) -> tuple[str, dict[str, Any], list[int]]:
    """Operation, facts and lengths of the blobs from a header.  Raises ChannelBroken."""
    try:
        head = json.loads(words.decode("ascii"))
    except (ValueError, RecursionError) as exc:
        raise ChannelBroken from exc
    if not isinstance(head, dict) or head.keys() != {"v", "op", "facts", "blobs"}:
        raise ChannelBroken
    op, facts, lengths = head["op"], head["facts"], head["blobs"]
    sound = isinstance(op, str) and isinstance(facts, dict) and isinstance(lengths, list)
    if head["v"] != PROTOCOL or not sound or not _fits(len(words), lengths):
        raise ChannelBroken
    return op, facts, lengths


def _fits(header: int, lengths: Sequence[object]) -> bool:
    """Whether the other side may be made to read this much."""
    sizes = [each for each in lengths if type(each) is int and each >= 0]
    whole = len(sizes) == len(lengths) <= MOST_BLOBS
    return whole and header <= LARGEST_HEADER and sum(sizes) <= LARGEST_BLOB
