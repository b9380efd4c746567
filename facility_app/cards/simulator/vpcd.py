"""The simulated card behind a real smart-card service: a client of vsmartcard's virtual reader.

The reader listens; a connection is a card that was put on.  Messages carry their length in two
bytes; a message of one byte is a word of the reader, everything longer a command (cards.md §8a).
"""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

from facility_app.cards.simulator.faults import FaultyCard, Pulled

OFF, ON, RESET, ANSWER_TO_RESET = 0, 1, 2, 4
_NO_ANSWER = bytes(40)
"""Longer than an answer to reset can be; none at all would be an empty reader to the driver."""

_QUICK = getattr(socket, "TCP_QUICKACK", None)


class InsertedCard:
    """A card on a virtual reader, answering on a thread of its own.  Use as a context manager."""

    def __init__(self, card: FaultyCard, port: int, host: str = "127.0.0.1") -> None:
        """Raises OSError where no virtual reader listens."""
        self.card = card
        self._socket = socket.create_connection((host, port), timeout=10)
        self._socket.settimeout(None)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._thread = threading.Thread(target=self._answer, name="simulated-card", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Until the reader lets go of the card."""
        self._thread.join()

    def remove(self) -> None:
        """Take the card off; may be called twice."""
        self.card.interrupt()
        self._hang_up()
        self._thread.join(5)
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.remove()

    def _answer(self) -> None:
        try:
            while True:
                message = self._received(struct.unpack(">H", self._received(2))[0])
                if len(message) == 1:
                    self._control(message[0])
                elif message:
                    data, status = self.card.transmit(message)
                    self._send(data + struct.pack(">H", status))
        except (OSError, Pulled, EOFError):
            self._hang_up()

    def _control(self, word: int) -> None:
        if word in (OFF, ON, RESET):
            self.card.reset()
        elif word == ANSWER_TO_RESET:
            self._send(_NO_ANSWER if self.card.faults.mute else self.card.atr)

    def _received(self, length: int) -> bytes:
        data = b""
        while len(data) < length:
            if _QUICK is not None:  # else the system holds acknowledgements back for 40 ms
                self._socket.setsockopt(socket.IPPROTO_TCP, _QUICK, 1)
            more = self._socket.recv(length - len(data))
            if not more:
                raise EOFError
            data += more
        return data

    def _send(self, data: bytes) -> None:
        data = data[:0xFFFF]
        self._socket.sendall(struct.pack(">H", len(data)) + data)

    def _hang_up(self) -> None:
        with suppress(OSError):  # the reader was quicker
            self._socket.shutdown(socket.SHUT_RDWR)
