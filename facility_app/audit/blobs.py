"""Bytes sealed under a resident's own key, beside the record: what goes when the key goes.

Format: 12 bytes of nonce, then AES-256-GCM; bound to the resident and to what the bytes belong to.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select

from facility_app.audit.unit import Reading, Tx, resident_key
from facility_app.db.models import ResidentKeyRow

_NONCE_BYTES = 12


def seal_for(tx: Tx, resident: int, content: bytes, belongs_to: str) -> bytes:
    """`content` under the resident's key, which is made where there is none."""
    key = resident_key(tx.connection, resident)
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, _bound(resident, belongs_to))


def unseal_for(reading: Reading, resident: int, sealed: bytes, belongs_to: str) -> bytes:
    """What was sealed.

    Raises ValueError where the key was destroyed, or the bytes belong to somebody or something
    else.
    """
    key = reading.connection.scalar(
        select(ResidentKeyRow.key).where(ResidentKeyRow.resident_id == resident)
    )
    if key is None:
        raise ValueError("the key was destroyed")
    try:
        return AESGCM(key).decrypt(
            sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _bound(resident, belongs_to)
        )
    except InvalidTag as exc:
        raise ValueError("sealed bytes do not belong here") from exc


def _bound(resident: int, belongs_to: str) -> bytes:
    return f"attachment:{resident}:{belongs_to}".encode()
