"""Keyed codes over entries and heads, made with a key that is not the database's (ADR 0010).

The tree alone proves that nothing changed since a root that somebody still knows.  Whoever has the
database key could rewrite rows and hashes together; without this key they can neither vouch for an
entry nor for a head, so every rewritten row is named and a cut-off end is seen.
"""

from __future__ import annotations

import base64
import hmac

KEY_BYTES = 32
_ENTRY = b"facility-app audit entry v1\n"
_HEAD = b"facility-app audit head v1\n"
_DERIVE = b"facility-app/1/log-head"
_CODE_BYTES = 16


def head_key(checkpoint_seed: bytes) -> bytes:
    """The 32-byte key of `Work`, derived from the store's checkpoint seed by HMAC-SHA256."""
    return hmac.digest(checkpoint_seed, _DERIVE, "sha256")


def entry_code(key: bytes, body: str) -> str:
    """128 bits of HMAC-SHA256 over an entry's text without its code; base64."""
    code = hmac.digest(key, _ENTRY + body.encode(), "sha256")[:_CODE_BYTES]
    return base64.b64encode(code).decode("ascii")


def head_code(key: bytes, size: int, root: bytes) -> bytes:
    """HMAC-SHA256 over a head: 32 bytes."""
    return hmac.digest(key, _HEAD + size.to_bytes(8, "big") + root, "sha256")


def same(first: str | bytes, second: str | bytes) -> bool:
    """Whether two codes are equal, in constant time."""
    left, right = (x.encode() if isinstance(x, str) else x for x in (first, second))
    return hmac.compare_digest(left, right)
