"""Texts and figures that stand in a row while the record holds only their hash.

For what must not be read in the record yet (a blind count) or must not stand there in the clear at
all (a remark that could name somebody, where no resident's key would seal it; ADR 0002).  The salt
stays in the row: without it the hash tells nothing, with it anybody can hold the row against the
record.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from typing import Any

SALT_BYTES = 16


def new_salt() -> bytes:
    """16 random bytes."""
    return os.urandom(SALT_BYTES)


def commitment(salt: bytes, facts: Mapping[str, Any]) -> str:
    """SHA-256 over the salt and the canonical JSON of `facts`, in hexadecimal figures."""
    text = json.dumps(dict(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(salt + text.encode()).hexdigest()


def holds(recorded: object, salt: bytes, facts: Mapping[str, Any]) -> bool:
    """Whether the record's hash is that of these facts."""
    return isinstance(recorded, str) and hmac.compare_digest(recorded, commitment(salt, facts))
