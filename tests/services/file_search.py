"""Searching the files of a store for a text: every page of the encrypted files, used or free.

SQLCipher 4 with a raw key: pages of 4 096 bytes, each AES-256-CBC with its own IV, which stands
with the page's code in the last 80 bytes; the first 16 bytes of the file are its salt.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from facility_app.secret import Secret

PAGE = 4096
RESERVED = 80
SALT = 16
WAL_HEADER, FRAME_HEADER = 32, 24


def files_with(folder: Path, key: Secret, wanted: str) -> set[str]:
    """The names of the files under `folder` in which `wanted` stands, plain or decrypted."""
    needle = wanted.encode()
    return {
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(needle in part for part in _parts(path, key))
    }


def _parts(path: Path, key: Secret) -> Iterator[bytes]:
    content = path.read_bytes()
    yield content
    if path.name.endswith("-wal"):
        for at in range(WAL_HEADER, len(content) - PAGE, FRAME_HEADER + PAGE):
            page = content[at + FRAME_HEADER : at + FRAME_HEADER + PAGE]
            first = content[at : at + 4] == (1).to_bytes(4, "big")
            yield _decrypted(page, key, SALT if first else 0)
    elif path.name.endswith((".db", ".backup")):
        assert len(content) % PAGE == 0, path
        for at in range(0, len(content), PAGE):
            yield _decrypted(content[at : at + PAGE], key, 0 if at else SALT)


def _decrypted(page: bytes, key: Secret, skipped: int) -> bytes:
    end = PAGE - RESERVED
    decryptor = Cipher(AES(key.copy_bytes()), CBC(page[end : end + 16])).decryptor()
    return decryptor.update(page[skipped:end]) + decryptor.finalize()
