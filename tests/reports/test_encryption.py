"""A PDF under a password: two other programs open it with the password, and without it never."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from facility_app.reports.encryption import encrypt
from facility_app.secret import Secret
from tests.reports.papers import every_block, pages, pdf

PASSWORD = "k7m3-9q2x-さくら"


@pytest.fixture(scope="module")
def locked() -> bytes:
    out = io.BytesIO()
    encrypt(pdf(every_block()), out, Secret.from_text(PASSWORD))
    return out.getvalue()


def test_the_password_opens_it(locked: bytes) -> None:
    assert pages(locked, PASSWORD) == pages(pdf(every_block()))


@pytest.mark.parametrize("wrong", [None, "", "k7m3-9q2x", PASSWORD + " "])
def test_nothing_else_does(locked: bytes, wrong: str | None) -> None:
    with pytest.raises(pypdfium2.PdfiumError):
        pages(locked, wrong)


def test_poppler_opens_it_and_names_the_method(locked: bytes, tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("needs poppler")
    file = tmp_path / "locked.pdf"
    file.write_bytes(locked)
    told = subprocess.run(
        ["pdfinfo", "-upw", PASSWORD, file], check=True, capture_output=True, text=True
    )
    assert "AES-256" in told.stdout
    text = subprocess.run(
        ["pdftotext", "-upw", PASSWORD, file, "-"], check=True, capture_output=True, text=True
    )
    assert "見本" in text.stdout
    refused = subprocess.run(
        ["pdftotext", "-upw", "wrong", file, "-"], check=False, capture_output=True
    )
    assert refused.returncode != 0


def test_it_is_the_revision_of_the_standard(locked: bytes) -> None:
    """Revision 6 of ISO 32000-2, not the withdrawn 5."""
    assert b"/R 6" in locked
    assert b"/AESV3" in locked


def test_nothing_readable_is_left_outside(locked: bytes) -> None:
    for text in ("見本苑", "出し入れ管理簿"):
        assert text.encode() not in locked
        assert text.encode("utf-16-be") not in locked
