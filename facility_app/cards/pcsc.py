"""The system's smart-card service (PC/SC), through pyscard; its only importer.

The low-level calls are used: pyscard's classes power the card off when they let go, and its monitor
compares answers to reset, which are alike on all contactless cards (cards.md §8, ADR 0004).  The
reader is shared with the state's own programs: connected SHARED, one transaction, left as it was,
never reset.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from smartcard import scard

from facility_app.cards.protocol import (
    TRANSACTION_LASTS_S,
    CardLink,
    CardRemoved,
    CardSilent,
    CardTooSlow,
    CardWasReset,
    NoCard,
    NoReader,
    Place,
    ReaderBusy,
    ReaderFault,
    ReaderView,
    ServiceStopped,
)
from facility_app.errors import DeviceError

_PLUGGED = "\\\\?PnP?\\Notification"
"""The name under which PC/SC tells that readers were plugged in or out."""

_PROTOCOLS = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
_FORMS = {
    scard.SCARD_PROTOCOL_T0: scard.SCARD_PCI_T0,
    scard.SCARD_PROTOCOL_T1: scard.SCARD_PCI_T1,
}
_GONE_SERVICE = (
    scard.SCARD_E_NO_SERVICE,
    scard.SCARD_E_SERVICE_STOPPED,
    scard.SCARD_E_INVALID_HANDLE,
    scard.SCARD_F_COMM_ERROR,
    scard.SCARD_F_INTERNAL_ERROR,
)
"""After any of these the context is dead, also when the service is back (cards.md §8)."""

_NO_READERS = (scard.SCARD_E_NO_READERS_AVAILABLE, scard.SCARD_E_READER_UNAVAILABLE)
_CONNECTING: dict[int, type[DeviceError]] = {
    scard.SCARD_E_SHARING_VIOLATION: ReaderBusy,
    scard.SCARD_E_NO_SMARTCARD: NoCard,
    scard.SCARD_W_REMOVED_CARD: NoCard,
    scard.SCARD_W_UNRESPONSIVE_CARD: CardSilent,
    scard.SCARD_W_UNSUPPORTED_CARD: CardSilent,
    scard.SCARD_W_UNPOWERED_CARD: CardSilent,
    scard.SCARD_E_PROTO_MISMATCH: CardSilent,
    scard.SCARD_E_UNKNOWN_READER: NoReader,
    scard.SCARD_E_READER_UNAVAILABLE: NoReader,
    scard.SCARD_E_NO_READERS_AVAILABLE: NoReader,
    scard.SCARD_W_RESET_CARD: CardWasReset,
}
_TALKING: dict[int, type[DeviceError]] = {
    scard.SCARD_W_REMOVED_CARD: CardRemoved,
    scard.SCARD_E_NOT_TRANSACTED: CardRemoved,
    scard.SCARD_E_NO_SMARTCARD: CardRemoved,
    scard.SCARD_F_COMM_ERROR: CardRemoved,  # real readers say so; a service that ends does next
    scard.SCARD_E_COMM_DATA_LOST: CardRemoved,
    scard.SCARD_W_UNRESPONSIVE_CARD: CardRemoved,
    scard.SCARD_W_UNPOWERED_CARD: CardWasReset,
    scard.SCARD_W_RESET_CARD: CardWasReset,
    scard.SCARD_E_READER_UNAVAILABLE: NoReader,
    scard.SCARD_E_UNKNOWN_READER: NoReader,
}


class PcscDriver:
    """All readers that the service knows.  See `ReaderDriver`."""

    def __init__(self) -> None:
        self._context: Any = None
        self._contexts = 0
        self._seen: dict[str, int] = {}
        self._views: tuple[ReaderView, ...] | None = None
        self._told_of_plugging = True
        self._plugged = scard.SCARD_STATE_UNAWARE
        """Windows keeps the number of readers in it and answers at once while it differs."""

    def wait(self, timeout_s: float) -> tuple[ReaderView, ...]:
        until = time.monotonic() + timeout_s
        while True:
            left = until - time.monotonic()
            views, cancelled = self._look(0 if self._views is None else max(left, 0))
            if views != self._views or cancelled or time.monotonic() >= until:
                self._views = views
                return views

    def wake(self) -> None:
        context = self._context
        if context is not None:
            scard.SCardCancel(context)

    @contextmanager
    def session(self, reader: str) -> Iterator[CardLink]:
        context = self._open()
        result, handle, protocol = scard.SCardConnect(
            context, reader, scard.SCARD_SHARE_SHARED, _PROTOCOLS
        )
        self._refuse(result, _CONNECTING)
        try:
            self._refuse(scard.SCardBeginTransaction(handle), _CONNECTING)
            try:
                yield _Link(self, handle, protocol, self._told_atr(reader))
            finally:
                scard.SCardEndTransaction(handle, scard.SCARD_LEAVE_CARD)
        finally:
            scard.SCardDisconnect(handle, scard.SCARD_LEAVE_CARD)

    def close(self) -> None:
        context, self._context = self._context, None
        self._seen, self._views, self._plugged = {}, None, scard.SCARD_STATE_UNAWARE
        if context is not None:
            scard.SCardReleaseContext(context)

    def _open(self) -> Any:
        if self._context is None:
            result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
            if result != scard.SCARD_S_SUCCESS:
                self._refuse(result, {})
            self._context = context
            self._contexts += 1
        return self._context

    def _look(
        self, timeout_s: float, *, again: bool = False
    ) -> tuple[tuple[ReaderView, ...], bool]:
        """The readers after at most this time, and whether somebody woke the wait."""
        context = self._open()
        names = self._names(context)
        if set(names) != set(self._seen):
            timeout_s = 0  # one was plugged in or out: say so now
        asked = [(name, self._seen.get(name, scard.SCARD_STATE_UNAWARE)) for name in names]
        if self._told_of_plugging:
            asked.append((_PLUGGED, self._plugged))
        if not asked:
            time.sleep(timeout_s)
            return (), False
        result, states = scard.SCardGetStatusChange(context, round(timeout_s * 1000), asked)
        if result == scard.SCARD_E_UNKNOWN_READER:
            # Unplugged this very moment; or a system (macOS) that does not tell of plugging.
            if again:
                raise ReaderFault(_code(result))
            self._told_of_plugging &= self._names(context) != names
            return self._look(0, again=True)
        if result not in (scard.SCARD_E_TIMEOUT, scard.SCARD_E_CANCELLED):
            self._refuse(result, {})
        seen = {name: event & ~scard.SCARD_STATE_CHANGED for name, event, _ in states}
        self._plugged = seen.pop(_PLUGGED, scard.SCARD_STATE_UNAWARE)
        self._seen = seen
        found = [state for state in states if state[0] != _PLUGGED]
        views = tuple(self._view(name, event, bytes(atr)) for name, event, atr in found)
        return views, result == scard.SCARD_E_CANCELLED

    def _names(self, context: Any) -> list[str]:
        result, names = scard.SCardListReaders(context, [])
        if result in _NO_READERS:
            return []
        self._refuse(result, {})
        return list(names)

    def _told_atr(self, reader: str) -> bytes | None:
        """The answer to reset as the last look told it, which saves asking for it again."""
        told = (view.atr for view in self._views or () if view.name == reader and view.atr)
        return next(told, None)

    def _view(self, name: str, event: int, atr: bytes) -> ReaderView:
        """`event` carries a count of changes in its upper half; a new service counts from zero."""
        insertion = self._contexts << 16 | event >> 16 & 0xFFFF
        if not event & scard.SCARD_STATE_PRESENT:
            return ReaderView(name, Place.EMPTY, insertion=insertion)
        place = Place.CARD
        if event & scard.SCARD_STATE_MUTE:
            place = Place.SILENT
        elif event & scard.SCARD_STATE_EXCLUSIVE:
            place = Place.BUSY
        return ReaderView(name, place, atr, insertion)

    def _refuse(self, result: int, meanings: dict[int, type[DeviceError]]) -> None:
        """Raise what `result` means; nothing where it means success."""
        if result == scard.SCARD_S_SUCCESS:
            return
        if result in meanings:
            raise meanings[result]
        if result in _GONE_SERVICE:
            self.close()
            raise ServiceStopped
        raise ReaderFault(_code(result))


def _code(result: int) -> str:
    """As PC/SC's documents write it."""
    return f"{result & 0xFFFFFFFF:08X}"


class _Link:
    """A connected card inside a transaction."""

    def __init__(self, driver: PcscDriver, handle: Any, protocol: int, atr: bytes | None) -> None:
        self._driver, self._handle = driver, handle
        self._form = _FORMS.get(protocol, scard.SCARD_PCI_T1)
        self._until = time.monotonic() + TRANSACTION_LASTS_S
        self._longest_s = 0.0
        self._atr = atr

    @property
    def atr(self) -> bytes:
        if self._atr is None:
            result, _reader, _state, _protocol, atr = scard.SCardStatus(self._handle)
            self._driver._refuse(result, _TALKING)
            self._atr = bytes(atr)
        return self._atr

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        began = time.monotonic()
        if began + self._longest_s > self._until:  # so that the transaction ends in time
            raise CardTooSlow
        result, answer = scard.SCardTransmit(self._handle, self._form, list(apdu))
        self._longest_s = max(self._longest_s, time.monotonic() - began)
        if result != scard.SCARD_S_SUCCESS:
            self._driver._refuse(result, _TALKING)
        if len(answer) < 2:  # one of the shapes in which a pulled card shows (cards.md §8)
            raise CardRemoved
        return bytes(answer[:-2]), answer[-2] << 8 | answer[-1]
