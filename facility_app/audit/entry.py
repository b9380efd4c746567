"""One entry of the record and the canonical bytes that are hashed.

Canonical form, version 1: a JSON object with sorted keys, no blanks, UTF-8 without escapes.  What
could identify a resident stands in `sealed`, encrypted under that resident's own key; the tree
covers the ciphertext (ADR 0002).
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from facility_app.audit.keyed import entry_code, same
from facility_app.errors import Refused

VERSION = 1
LONGEST_BYTES = 0xFFFF
"""An exported entry is preceded by its length in 16 bits (C2SP tlog-tiles)."""
_NONCE_BYTES = 12

Details = Mapping[str, Any]
"""Named facts of an entry; JSON values only."""


@dataclass(eq=False)
class EntryTooLong(Refused):
    """The act has more details than an entry can hold; nothing was changed.  In bytes."""

    key: ClassVar[str] = "audit.entry_too_long"
    length: int
    longest: int = LONGEST_BYTES


def moment_text(at: datetime) -> str:
    """`at` (aware) as it stands in an entry.

    UTC with microseconds, ``2026-11-20T04:05:06.000000Z``.
    """
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def moment(text: str) -> datetime:
    """The aware UTC moment of an entry's `at`.  Raises ValueError on anything else."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One entry as it is hashed.

    seq counts from 1; monotonic_ns is the machine's monotonic clock; actor is a staff id or None
    for the program; items are item ids; plain holds only what identifies no resident; sealed is
    base64 or empty; vouched is the keyed code, empty before `vouch`.
    """

    seq: int
    at: str
    monotonic_ns: int
    actor: int | None
    identified: str
    action: str
    subject: str
    resident: int | None = None
    items: tuple[int, ...] = ()
    plain: Details = field(default_factory=dict)
    sealed: str = ""
    vouched: str = ""

    def body(self) -> str:
        """The canonical text without the keyed code.  Raises ValueError for what JSON lacks."""
        return json.dumps(
            {
                "v": VERSION,
                "seq": self.seq,
                "at": self.at,
                "mono": self.monotonic_ns,
                "actor": self.actor,
                "as": self.identified,
                "action": self.action,
                "subject": self.subject,
                "resident": self.resident,
                "items": list(self.items),
                "plain": dict(self.plain),
                "sealed": self.sealed,
            },
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
            allow_nan=False,
        )

    def canonical(self) -> str:
        """The text whose UTF-8 bytes are hashed."""
        return _with_code(self.body(), self.vouched)


def _with_code(body: str, code: str) -> str:
    return f'{body[:-1]},"vouched":"{code}"}}'


def vouch(entry: Entry, key: bytes) -> tuple[Entry, str]:
    """`entry` with its keyed code, and its canonical text.  Raises EntryTooLong."""
    body = entry.body()
    code = entry_code(key, body)
    canonical = _with_code(body, code)
    if 4 * len(canonical) > LONGEST_BYTES and len(canonical.encode()) > LONGEST_BYTES:
        raise EntryTooLong(len(canonical.encode()))
    return replace(entry, vouched=code), canonical


def is_vouched(canonical: str, key: bytes) -> bool:
    """Whether the text of a row is exactly what somebody with `key` wrote."""
    body, mark, rest = canonical.rpartition(',"vouched":"')
    return bool(mark) and same(rest, entry_code(key, body + "}") + '"}')


def parse(canonical: str) -> Entry:
    """The entry in a row's canonical text.  Raises ValueError where it is not one of version 1."""
    try:
        values = json.loads(canonical)
        if values["v"] != VERSION:
            raise ValueError("unknown version")
        return Entry(
            seq=values["seq"],
            at=values["at"],
            monotonic_ns=values["mono"],
            actor=values["actor"],
            identified=values["as"],
            action=values["action"],
            subject=values["subject"],
            resident=values["resident"],
            items=tuple(values["items"]),
            plain=values["plain"],
            sealed=values["sealed"],
            vouched=values["vouched"],
        )
    except (KeyError, TypeError) as exc:
        raise ValueError("not an audit entry") from exc


def _bound_to(seq: int, resident: int) -> bytes:
    return f"audit-entry:{seq}:{resident}".encode()


def seal(details: Details, key: bytes, seq: int, resident: int) -> str:
    """`details` encrypted under the resident's 32-byte key, bound to the entry's number; base64."""
    nonce = os.urandom(_NONCE_BYTES)
    text = json.dumps(dict(details), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    sealed = AESGCM(key).encrypt(nonce, text.encode(), _bound_to(seq, resident))
    return base64.b64encode(nonce + sealed).decode("ascii")


def unseal(entry: Entry, key: bytes) -> dict[str, Any]:
    """The sealed details of `entry`; empty where nothing was sealed.

    Raises ValueError when the bytes do not belong to this entry and key.
    """
    if not entry.sealed or entry.resident is None:
        return {}
    try:
        blob = base64.b64decode(entry.sealed, validate=True)
        text = AESGCM(key).decrypt(
            blob[:_NONCE_BYTES], blob[_NONCE_BYTES:], _bound_to(entry.seq, entry.resident)
        )
    except (InvalidTag, binascii.Error) as exc:
        raise ValueError("sealed details do not belong to this entry") from exc
    details: dict[str, Any] = json.loads(text)
    return details


def item_ids(items: Sequence[int]) -> tuple[int, ...]:
    """Item ids as an entry keeps them: sorted, each once."""
    return tuple(sorted(set(items)))
