"""The one holder for passwords, PINs and keys: it never prints itself and can be wiped.

Wiping is best effort: CPython may have made copies before the value came here, and a library that
wants `bytes` gets one that only the garbage collector frees (see docs/security.md).
"""

from __future__ import annotations

import hmac
import secrets
from types import TracebackType
from typing import NoReturn, Self


class Secret:
    """Bytes that leave no trace in `str`, `repr`, pickles or exceptions; ``with`` wipes them.

    A `bytearray` handed in is copied and wiped, so the caller keeps nothing by accident.
    """

    __slots__ = ("_held", "_wiped")

    def __init__(self, value: bytes | bytearray) -> None:
        self._held = bytearray(value)
        self._wiped = False
        if isinstance(value, bytearray):
            _overwrite(value)

    @classmethod
    def from_text(cls, text: str) -> Secret:
        """The UTF-8 bytes of what a person typed."""
        return cls(bytearray(text.encode("utf-8")))

    @classmethod
    def random(cls, length: int) -> Secret:
        """`length` bytes from the operating system's generator."""
        return cls(bytearray(secrets.token_bytes(length)))

    def view(self) -> memoryview:
        """The bytes in place, read-only and without a copy; it shows zeros after `wipe`."""
        self._refuse_when_wiped()
        return memoryview(self._held).toreadonly()

    def copy_bytes(self) -> bytes:
        """A copy for a library that wants `bytes`; it cannot be wiped, so keep it short-lived."""
        self._refuse_when_wiped()
        return bytes(self._held)

    def copy(self) -> Secret:
        """A second holder of the same bytes, with its own life."""
        return Secret(self.copy_bytes())

    def wipe(self) -> None:
        """Overwrite with zeros; every later use raises `ValueError`."""
        _overwrite(self._held)
        self._wiped = True

    @property
    def wiped(self) -> bool:
        """True once the bytes are gone."""
        return self._wiped

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.wipe()

    def __len__(self) -> int:
        self._refuse_when_wiped()
        return len(self._held)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self.view(), other.view())

    __hash__ = None  # type: ignore[assignment]  # unhashable on purpose: a hash would leak equality

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled or copied by copy()")

    def _refuse_when_wiped(self) -> None:
        if self._wiped:
            raise ValueError("this secret was wiped")


def _overwrite(held: bytearray) -> None:
    held[:] = bytes(len(held))
