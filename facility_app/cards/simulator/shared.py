"""Simulated readers for another process: the demo's vault agent uses the card that lies there.

Lines of JSON over a socket of this computer.  For invented cards only: commands pass in clear.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Any, Self

from facility_app.cards import protocol
from facility_app.cards.protocol import CardLink, Place, ReaderView, ServiceStopped
from facility_app.cards.simulator.reader import SimulatedReaders
from facility_app.errors import DeviceError

HOST = "127.0.0.1"
_ERRORS: Mapping[str, type[DeviceError]] = {
    each.key: each
    for each in vars(protocol).values()
    if isinstance(each, type) and issubclass(each, DeviceError) and each is not DeviceError
}


class SharedReaders:
    """Lets other processes use `readers`, on threads of its own.  Use as a context manager."""

    def __init__(self, readers: SimulatedReaders) -> None:
        self._readers = readers
        self._listening = socket.create_server((HOST, 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._welcome, name="shared-readers", daemon=True).start()

    def close(self) -> None:
        """No more of it; may be called twice."""
        with suppress(OSError):  # wakes the thread that waits
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _welcome(self) -> None:
        while True:
            try:
                caller, _address = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(_Line(caller),), daemon=True).start()

    def _serve(self, line: _Line) -> None:
        with line, suppress(EOFError, OSError):
            while True:
                asked = line.receive()
                if asked["ask"] == "views":
                    self._answer(line, lambda: {"views": _told(self._readers.look())})
                else:
                    self._answer(line, partial(self._session, line, asked["reader"]))

    def _session(self, line: _Line, reader: str) -> dict[str, Any]:
        with self._readers.session(reader) as link:
            line.send({"atr": link.atr.hex()})
            while (asked := line.receive())["ask"] == "command":
                self._answer(line, partial(_transmitted, link, asked["apdu"]))
        return {}

    def _answer(self, line: _Line, answer: Callable[[], dict[str, Any]]) -> None:
        try:
            told = answer()
        except DeviceError as exc:
            told = {"error": exc.key, "facts": exc.facts()}
        line.send(told)


class FarReaders:
    """The shared readers, seen from another process.  A `ReaderDriver`."""

    def __init__(self, port: int) -> None:
        self._port = port

    def wait(self, timeout_s: float) -> tuple[ReaderView, ...]:
        """Answers at once: nobody watches readers from afar."""
        with self._line() as line:
            return tuple(
                ReaderView(name, Place(place), bytes.fromhex(atr), insertion)
                for name, place, atr, insertion in line.ask({"ask": "views"})["views"]
            )

    def wake(self) -> None:
        """Nothing waits."""

    @contextmanager
    def session(self, reader: str) -> Iterator[CardLink]:
        with self._line() as line:
            begun = line.ask({"ask": "session", "reader": reader})
            yield _FarLink(line, bytes.fromhex(begun["atr"]))
            line.ask({"ask": "leave"})

    def close(self) -> None:
        """Nothing is held."""

    def _line(self) -> _Line:
        try:
            return _Line(socket.create_connection((HOST, self._port), timeout=10))
        except OSError as exc:
            raise ServiceStopped from exc


@dataclass
class _FarLink:
    line: _Line
    atr: bytes

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        """See `CardLink`."""
        told = self.line.ask({"ask": "command", "apdu": apdu.hex()})
        return bytes.fromhex(told["data"]), told["status"]


class _Line:
    """One connection, a line each way in turn."""

    def __init__(self, connected: socket.socket) -> None:
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket, self._file = connected, connected.makefile("rb")

    def send(self, what: Mapping[str, Any]) -> None:
        self._socket.sendall(json.dumps(what).encode() + b"\n")

    def receive(self) -> dict[str, Any]:
        """Raises EOFError."""
        line = self._file.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        told: dict[str, Any] = json.loads(line)
        return told

    def ask(self, what: Mapping[str, Any]) -> dict[str, Any]:
        """Raises the device error that came back; ServiceStopped where the other side is gone."""
        try:
            self.send(what)
            told = self.receive()
        except (OSError, EOFError) as exc:
            raise ServiceStopped from exc
        if "error" in told:
            raise _ERRORS[told["error"]](**told["facts"])
        return told

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        self._socket.close()


def _told(views: tuple[ReaderView, ...]) -> list[tuple[str, str, str, int]]:
    return [(view.name, view.place.value, view.atr.hex(), view.insertion) for view in views]


def _transmitted(link: CardLink, apdu: str) -> dict[str, Any]:
    data, status = link.transmit(bytes.fromhex(apdu))
    return {"data": data.hex(), "status": status}
