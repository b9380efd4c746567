"""Certificates of a test authority, in the shape and size of the real ones (cards.md §4.1).

Nobody is named by them: the subject's common name is a code, as on the real authentication
certificate.  Only the authority has a key pair, made once per process.  A simulated card never
signs, so its public key is a number made from its own number: the same in every process, another
for every card, and nobody has the private half.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from hashlib import shake_256

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
    RSAPublicNumbers,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from facility_app.domain.clock import JST

_POLICY = {"user authentication": "1.2.392.200149.8.5.1.3.30"}
_POLICY["digital signature"] = "1.2.392.200149.8.5.1.1.10"
_BITS, _EXPONENT = 2048, 65537


def certificate(use: str, first: date, last: date, number: int) -> bytes:
    """DER of an end certificate for `use`, valid from the morning of `first` to the end of `last`
    in Japan.  `number` makes one differ from the next, key included."""
    key = _public_key(use, number)
    builder = _begun(use, first, last).subject_name(_subject(number)).public_key(key)
    builder = builder.serial_number(7_000_000 + number)
    for extension, critical in _extensions(use):
        builder = builder.add_extension(extension, critical)
    return builder.sign(_authority_key(), SHA256()).public_bytes(Encoding.DER)


@cache
def authority(use: str) -> bytes:
    """DER of the test authority's own certificate for `use`."""
    builder = _begun(use, date(2015, 9, 1), date(2055, 8, 31)).subject_name(_issuer(use))
    builder = builder.public_key(_authority_key().public_key()).serial_number(1)
    builder = builder.add_extension(x509.BasicConstraints(True, None), True)
    return builder.sign(_authority_key(), SHA256()).public_bytes(Encoding.DER)


@cache
def _authority_key() -> RSAPrivateKey:
    return generate_private_key(_EXPONENT, _BITS)


def _public_key(use: str, number: int) -> RSAPublicKey:
    """Of full length and odd, as a product of two primes would be."""
    noise = shake_256(f"{use} {number}".encode()).digest(_BITS // 8)
    return RSAPublicNumbers(
        _EXPONENT, int.from_bytes(noise, "big") | 1 << _BITS - 1 | 1
    ).public_key()


def _begun(use: str, first: date, last: date) -> x509.CertificateBuilder:
    begin = datetime.combine(first, time(), JST).astimezone(UTC)
    end = datetime.combine(last + timedelta(days=1), time(), JST) - timedelta(seconds=1)
    builder = x509.CertificateBuilder().issuer_name(_issuer(use))
    return builder.not_valid_before(begin).not_valid_after(end.astimezone(UTC))


def _issuer(use: str) -> x509.Name:
    return _name(
        (NameOID.COUNTRY_NAME, "JP"),
        (NameOID.ORGANIZATION_NAME, "JPKI"),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, f"JPKI for {use}"),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, "Test Authority of a Simulated Card, not a Real One"),
    )


def _subject(number: int) -> x509.Name:
    code = f"{number:08d}SIMULATED{number:06d}"[:23]
    return _name((NameOID.COUNTRY_NAME, "JP"), (NameOID.COMMON_NAME, code))


def _name(*parts: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    """Each part in a set of its own, as printable text."""
    return x509.Name([x509.NameAttribute(kind, text, _PRINTABLE) for kind, text in parts])


_PRINTABLE = x509.name._ASN1Type.PrintableString


def _extensions(use: str) -> list[tuple[x509.ExtensionType, bool]]:
    """As on the real ones: in kind, order of size, and that they name places in directories."""
    point = x509.DirectoryName(_issuer(use))
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=use == "digital signature",
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    policy = x509.PolicyInformation(
        x509.ObjectIdentifier(_POLICY[use]), ["http://simulated.invalid/policy/" + "p" * 63]
    )
    ocsp = x509.AccessDescription(
        AuthorityInformationAccessOID.OCSP,
        x509.UniformResourceIdentifier("http://simulated.invalid/ocsp"),
    )
    return [
        (usage, True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), False),
        (x509.CertificatePolicies([policy]), True),
        (x509.IssuerAlternativeName([point]), False),
        (x509.CRLDistributionPoints([x509.DistributionPoint([point], None, None, None)]), False),
        (x509.AuthorityInformationAccess([ocsp]), False),
        (x509.AuthorityKeyIdentifier(bytes(20), [point], 1), False),
        (x509.SubjectKeyIdentifier(bytes(20)), False),
    ]
