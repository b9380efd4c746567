"""A simulated card at the level of commands.  Not kinder than a real one: counters go down and stay
down, what is verified is forgotten on every SELECT, a blocked key never opens (cards.md §3, §8b).
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable

from facility_app.cards.chip import CardKind
from facility_app.cards.mynacard import POWER_ON
from facility_app.cards.simulator.files import (
    RECORD_FILE,
    Application,
    File,
    Key,
    applications,
    power_on_objects,
)
from facility_app.cards.simulator.profiles import CardProfile

Reply = tuple[bytes, int]
DONE: Reply = b"", 0x9000
_WITHOUT_POWER_ON_LEVEL = (CardKind.UNKNOWN, CardKind.FELICA)
_SHORT, _EXTENDED = 256, 65_536


class SimulatedCard:
    """One card with its state.  Counters live as long as the object, all else until `reset`."""

    def __init__(self, profile: CardProfile) -> None:
        self.profile = profile
        self.applications = applications(profile)
        self.sent: list[bytes] = []
        """What it was sent, for tests: with the codes in it, so never to be printed."""
        self.reset()

    @property
    def atr(self) -> bytes:
        """The answer to reset."""
        return self.profile.atr

    def reset(self) -> None:
        """Power on: nothing selected, nothing verified."""
        self._forget()

    def _forget(self) -> None:
        self._selected: Application | None = None
        self._file: File | None = None
        self._key: int | None = None
        self._verified: set[int] = set()

    def transmit(self, command: bytes) -> Reply:
        """Answer one command; never raises, whatever the bytes."""
        self.sent.append(command)
        if len(command) < 4:
            return b"", 0x6700
        known: dict[bytes, Callable[[bytes], Reply]] = {
            b"\x00\xa4": self._select,
            b"\x00\xb0": self._read,
            b"\x00\xb2": self._read_record,
            b"\x00\xca": self._get_data,
            b"\x00\x20": self._verify,
            b"\x00\x84": self._challenge,
            b"\x80\x2a": self._sign,
        }
        answer = known.get(command[:2])
        if answer is None:
            return b"", 0x6D00 if command[0] == 0x00 else 0x6E00
        return answer(command)

    # --- SELECT ----------------------------------------------------------------------------------

    def _select(self, command: bytes) -> Reply:
        how, what = command[2:4], command[5:]
        if len(command) >= 5 and command[4] > len(what):
            return b"", 0x6700
        name = what[: command[4]] if len(command) >= 5 else b""
        if how in (b"\x04\x0c", b"\x04\x00"):
            return self._select_application(name, tells=how[1] == 0x00)
        if how in (b"\x02\x0c", b"\x02\x00"):
            return self._select_file(name)
        if how[0] == 0x00 and name == b"\x3f\x00":
            return b"", 0x6A82
        if how == b"\x00\x00" and self._selected is not None:
            return DONE  # says yes and stays where it is (cards.md §2)
        return b"", 0x6A86

    def _select_application(self, name: bytes, *, tells: bool) -> Reply:
        if name and POWER_ON.startswith(name) and self.profile.kind not in _WITHOUT_POWER_ON_LEVEL:
            self._forget()
            return DONE
        found = (each for each in self.applications if name and each.identifier.startswith(name))
        chosen = next(found, None)
        if chosen is None:
            return b"", 0x6A82
        self._forget()
        self._selected = chosen
        return (_control_information(chosen), 0x9000) if tells else DONE

    def _select_file(self, name: bytes) -> Reply:
        here = self._selected
        if here is None or len(name) != 2 or name[0] != 0:
            return b"", 0x6A82
        if name[1] in here.files:
            self._file, self._key = here.files[name[1]], None
            return DONE
        if name[1] in here.keys or (here.record and name[1] == RECORD_FILE):
            self._file, self._key = None, name[1]
            return DONE
        return b"", 0x6A82

    # --- reading ---------------------------------------------------------------------------------

    def _read(self, command: bytes) -> Reply:
        wanted = _expected(command)
        if wanted is None:
            return b"", 0x6700
        offset = command[2] << 8 | command[3]
        if command[2] & 0x80:
            if command[2] & 0x60:
                return b"", 0x6A86
            offset = command[3]
            status = self._select_file(bytes((0, command[2] & 0x1F)))[1]
            if status != 0x9000:
                return b"", status
        if self._file is None:
            return b"", 0x6986 if self._key is None else 0x6981
        if self._file.opened_by and not self._file.opened_by & self._verified:
            return b"", 0x6982
        if offset >= len(self._file.data):
            return b"", 0x6B00
        return self._file.data[offset : offset + wanted], 0x9000

    def _read_record(self, command: bytes) -> Reply:
        if self._selected is None or not self._selected.record:
            return b"", 0x6A82 if self._selected else 0x6986
        if command[2] != 1:
            return b"", 0x6A83
        if command[3] == RECORD_FILE << 3 | 0x04:
            self._select_file(bytes((0, RECORD_FILE)))
        elif command[3] != 0x04:
            return b"", 0x6A86
        if self._file is not None or self._key != RECORD_FILE:
            return b"", 0x6986
        return self._selected.record, 0x9000

    def _get_data(self, command: bytes) -> Reply:
        if len(command) < 5:
            return b"", 0x6700
        known = power_on_objects(self.profile) if self._selected is None else {}
        value = known.get(int.from_bytes(command[2:4], "big"))
        return (value, 0x9000) if value is not None else (b"", 0x6A88)

    # --- keys ------------------------------------------------------------------------------------

    def _verify(self, command: bytes) -> Reply:
        if command[2] != 0x00 or command[3] & 0xE0 != 0x80:
            return b"", 0x6A86
        short_id = command[3] & 0x1F or self._key
        key = self._selected.keys.get(short_id or 0) if self._selected else None
        if short_id is None or key is None:
            return b"", 0x6A82 if short_id else 0x6986
        if len(command) == 4:
            return b"", 0x63C0 | key.tries
        if len(command) != 5 + command[4] or not command[4]:
            return b"", 0x6700  # also the five-byte form, of which nobody knows what a card does
        return self._compare(short_id, key, command[5:])

    def _compare(self, short_id: int, key: Key, given: bytes) -> Reply:
        self._verified.discard(short_id)
        if key.tries == 0:
            return b"", 0x6984
        if key.value is not None and hmac.compare_digest(key.value, given):
            key.tries = key.most
            self._verified.add(short_id)
            return DONE
        key.tries -= 1
        return b"", 0x63C0 | key.tries

    def _challenge(self, command: bytes) -> Reply:
        wanted = _expected(command)
        return (os.urandom(wanted), 0x9000) if wanted and wanted <= _SHORT else (b"", 0x6700)

    def _sign(self, _command: bytes) -> Reply:
        """No simulated card signs anything; without its PIN a real one would not either."""
        return b"", 0x6985 if self._verified else 0x6982


def _expected(command: bytes) -> int | None:
    """How much a command wants back: short or extended Le; None where the length is wrong."""
    if len(command) == 5:
        return command[4] or _SHORT
    if len(command) == 7 and command[4] == 0:
        return int.from_bytes(command[5:7], "big") or _EXTENDED
    return None


def _control_information(application: Application) -> bytes:
    name = bytes((0x84, len(application.identifier))) + application.identifier
    return bytes((0x6F, len(name))) + name
