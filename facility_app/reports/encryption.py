"""A PDF that only a password opens: AES-256 as PDF 2.0 has it (ISO 32000-2, revision 6).

The one module that knows pikepdf (qpdf).  ReportLab's own encryption stops at revision 5, which
ISO 32000-2 withdrew: it checks a password with a single SHA-256 (ADR 0017).
"""

from __future__ import annotations

import io
from typing import BinaryIO

from facility_app.secret import Secret


def encrypt(plain: bytes, out: BinaryIO, password: Secret) -> None:
    """Write the PDF `plain` to `out` so that `password` opens it; strings and metadata too.

    The plain file is held in memory only: nothing of it ever reaches the disk.
    """
    import pikepdf  # late: loading it takes 70 ms

    word = password.copy_bytes().decode()
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner=word, user=word, R=6, aes=True))
