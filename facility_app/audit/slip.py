"""A proof slip: one entry, its path to a root, and the checkpoint that signs that root.

The form is C2SP tlog-proof, with the entry's canonical bytes as its extra data.  What the entry
seals stays sealed.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence

_HEADER = "c2sp.org/tlog-proof@v1"


def slip_text(seq: int, entry: bytes, path: Sequence[bytes], checkpoint: str) -> str:
    """The text of the slip of entry `seq` (from 1), whose 32-byte `path` leads to `checkpoint`."""
    lines = [
        _HEADER,
        f"extra {base64.b64encode(entry).decode()}",
        f"index {seq - 1}",
        *(base64.b64encode(hash_).decode() for hash_ in path),
    ]
    return "\n".join(lines) + "\n\n" + checkpoint
