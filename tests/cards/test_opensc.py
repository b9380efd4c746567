"""OpenSC's tools, which we did not write, take the simulated card for what it stands for."""

from __future__ import annotations

import subprocess
from datetime import date

from cryptography import x509

from facility_app.cards.simulator.profiles import good
from tests.cards.pcscd import Pcscd

PROFILE = good(date(2026, 11, 20))


def run(pcscd: Pcscd, *words: str) -> str:
    """What a tool says on its standard output; it must not fail."""
    done = subprocess.run(
        [*words, "--reader", "0"],
        env={**pcscd.environment, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_opensc_recognises_the_card_and_reads_its_authentication_certificate(pcscd):
    with pcscd.card(PROFILE) as inserted:
        assert "jpki" in run(pcscd, "opensc-tool", "--name").lower()
        listed = run(pcscd, "pkcs15-tool", "--list-certificates")
        assert "User Authentication Certificate" in listed
        text = run(pcscd, "pkcs15-tool", "--read-certificate", "1")
        read = x509.load_pem_x509_certificate(text.encode())
        data = inserted.card.applications[0].files[0x0A].data
        mine = x509.load_der_x509_certificate(data[: int.from_bytes(data[2:4], "big") + 4])
        assert read == mine
        pins = run(pcscd, "pkcs15-tool", "--list-pins")
        assert "User Authentication PIN" in pins
