"""Password hashes (Argon2id, PHC strings).

The cost is a parameter; there is no switch that lowers it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

_SALT_BYTES = 16
_HASH_BYTES = 32


@dataclass(frozen=True)
class PasswordCost:
    """Argon2id cost: memory in KiB, passes, lanes.

    The default is RFC 9106's second recommendation.
    """

    memory_kib: int = 65_536
    passes: int = 3
    lanes: int = 4


def hash_password(password: str, cost: PasswordCost) -> str:
    """The PHC string to store; salt 16 random bytes, hash 32 bytes."""
    return Argon2id(
        salt=os.urandom(_SALT_BYTES),
        length=_HASH_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    ).derive_phc_encoded(password.encode())


def password_fits(password: str, stored: str) -> bool:
    """Whether `password` is the one behind the PHC string; takes as long as its cost says."""
    try:
        Argon2id.verify_phc_encoded(password.encode(), stored)
    except InvalidKey:
        return False
    return True
