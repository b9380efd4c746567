"""OpenSC's tools, which we did not write, take the simulated card for what it stands for."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import date

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from facility_app.cards.chip import MOST_TRIES, CardKind, Pin
from facility_app.cards.simulator import FaultyCard
from facility_app.cards.simulator.files import FILLER
from facility_app.cards.simulator.profiles import expiring, good, other
from tests.cards.pcscd import Pcscd

ON = date(2026, 11, 20)
AUTHENTICATION, SIGNATURE, AUTHENTICATION_CA, SIGNATURE_CA = "1", "2", "3", "4"
"""The ids under which OpenSC lists the certificates, and their files."""
FILES = {AUTHENTICATION: 0x0A, AUTHENTICATION_CA: 0x0B, SIGNATURE_CA: 0x02}


def run(pcscd: Pcscd, *words: str) -> subprocess.CompletedProcess[str]:
    """A tool of OpenSC with the card on the first reader."""
    return subprocess.run(
        [*words, "--reader", "0"],
        env={**pcscd.environment, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def said(pcscd: Pcscd, *words: str) -> str:
    done = run(pcscd, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def presented(card: FaultyCard) -> int:
    """How often a PIN or a code was sent to it."""
    return sum(len(each) > 4 and each[1] == 0x20 for each in card.sent)


def test_it_is_the_jpki_card_and_its_authentication_certificate_is_read(pcscd):
    with pcscd.card(good(ON)) as inserted:
        assert said(pcscd, "opensc-tool", "--name").strip() == "jpki"
        listed = said(pcscd, "pkcs15-tool", "--list-certificates")
        assert "[User Authentication Certificate]" in listed
        assert "PKCS#15 Card [JPKI]" in said(pcscd, "pkcs15-tool", "--dump")
        files = inserted.card.applications[0].files
        for number, file in FILES.items():
            text = said(pcscd, "pkcs15-tool", "--read-certificate", number)
            read = x509.load_pem_x509_certificate(text.encode()).public_bytes(Encoding.DER)
            assert read + FILLER == files[file].data
        assert presented(inserted.card) == 0


@pytest.mark.parametrize("blocked", [False, True])
def test_the_counters_are_those_of_the_card(pcscd, blocked):
    profile = expiring(ON)
    if blocked:
        profile = replace(profile, tries=dict.fromkeys(MOST_TRIES, 0))
    with pcscd.card(profile):
        pins = said(pcscd, "pkcs15-tool", "--list-pins")
    found = re.findall(r"PIN \[(.*)\][\s\S]*?Tries left +: (\d+)", pins)
    assert found == [
        ("User Authentication PIN", str(profile.tries[Pin.USER_AUTH])),
        ("Digital Signature PIN", str(profile.tries[Pin.SIGNATURE])),
    ]


def test_the_signature_certificate_stays_behind_its_password(pcscd):
    with pcscd.card(good(ON)):
        done = run(pcscd, "pkcs15-tool", "--read-certificate", SIGNATURE)
    assert done.returncode != 0
    assert "BEGIN CERTIFICATE" not in done.stdout


def test_the_older_resident_card_is_no_pkcs15_card_to_it(pcscd):
    """As with real ones: it recognises the application and then cannot use it (cards.md §6)."""
    with pcscd.card(other(CardKind.JUKI_CARD)):
        assert said(pcscd, "opensc-tool", "--name").strip() == "jpki"
        assert run(pcscd, "pkcs15-tool", "--list-certificates").returncode != 0
