"""Dates and key of a certificate from as few of its bytes as possible, whatever the bytes are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from facility_app.cards import der
from facility_app.domain.clock import local_date

KEY = ec.generate_private_key(ec.SECP256R1())
MOMENTS = st.datetimes(datetime(1960, 1, 1), datetime(2070, 1, 1)).map(
    lambda at: at.replace(microsecond=0, tzinfo=UTC)
)


def certificate(first: datetime, last: datetime, name: str = "test", serial: int = 1) -> bytes:
    who = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(KEY.public_key())
        .serial_number(serial)
        .not_valid_before(first)
        .not_valid_after(last)
        .sign(KEY, SHA256())
    )
    return made.public_bytes(Encoding.DER)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=9000)), st.text("ab", max_size=60))
def test_dates_are_those_that_a_well_kept_library_reads(first, lasting, name):
    whole = certificate(first, first + lasting, name or "x")
    known = x509.load_der_x509_certificate(whole)
    assert der.validity(whole) == der.Validity(
        local_date(known.not_valid_before_utc), local_date(known.not_valid_after_utc)
    )
    spki = KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert der.public_key(whole) == spki
    assert der.certificate_length(whole) == len(whole)


def test_a_day_ends_in_japan_and_not_in_greenwich():
    whole = certificate(
        datetime(2026, 4, 30, 15, 0, 0, tzinfo=UTC), datetime(2031, 5, 1, 14, 59, 59, tzinfo=UTC)
    )
    assert der.validity(whole) == der.Validity(date(2026, 5, 1), date(2031, 5, 1))


@given(st.integers(0, 600))
def test_a_cut_certificate_asks_for_more_and_never_gives_a_wrong_date(length):
    whole = certificate(datetime(2026, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC))
    cut = whole[:length]
    if len(cut) >= whole.index(b"310101000000Z") + 13:
        assert der.validity(cut) == der.validity(whole)
    else:
        with pytest.raises(der.MoreNeeded):
            der.validity(cut)


@given(st.binary(max_size=700))
def test_garbage_is_malformed_or_too_short(data):
    for read in (der.validity, der.public_key, der.certificate_length):
        try:
            read(data)
        except (der.Malformed, der.MoreNeeded):
            continue


@given(st.integers(0, 599), st.integers(1, 255))
def test_one_changed_byte_is_never_an_unforeseen_error(at, change):
    whole = bytearray(
        certificate(datetime(2026, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC))
    )
    whole[at % len(whole)] ^= change
    for read in (der.validity, der.public_key):
        try:
            read(bytes(whole))
        except (der.Malformed, der.MoreNeeded):
            continue


@pytest.mark.parametrize(
    "head",
    [
        b"\x30\x80",  # indefinite
        b"\x30\x81\x10",  # long form where the short one does
        b"\x30\x82\x00\x90",  # a leading zero
        b"\x30\x85\x01\x00\x00\x00\x00",  # five bytes of length
        b"\x30\x84\x7f\xff\xff\xff",  # absurdly long
        b"\x3f\x81\x05",  # a tag of several bytes
        b"\x04\x02\x00\x00",  # not a sequence
    ],
)
def test_lengths_that_der_does_not_allow_are_refused(head):
    with pytest.raises(der.Malformed):
        der.certificate_length(head + bytes(8))
