"""A second reader of vault files, written from docs/vault-format.md alone.

It shares no code with the program: HKDF, HPKE and SLIP-39 are written out here over the bare
primitives. It opens; it does not write. Whatever is not as the page says raises `NotAVault`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from functools import reduce

import shamir_mnemonic
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

V = b"facility-app/vault/1/"
WORDS = shamir_mnemonic.wordlist.WORDLIST
"""SLIP-0039's list: data, not code."""


class NotAVault(Exception):
    """The file, or what was typed, is not as the page says."""


def check(holds: bool, what: str) -> None:
    if not holds:
        raise NotAVault(what)


def hkdf(ikm: bytes, info: bytes, salt: bytes = b"") -> bytes:
    """RFC 5869 for one block of output."""
    extracted = hmac.digest(salt or bytes(32), ikm, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def file_key(device: bytes) -> bytes:
    return hkdf(device, V + b"file")


def number(value: int, bits: int) -> bytes:
    return value.to_bytes(bits // 8, "big")


# --- the file


@dataclass
class Entry:
    entry_id: bytes
    resident: int
    version: int
    kind: str
    sealed: bytes


@dataclass
class File:
    generation: int
    header: dict
    entries: list[Entry]

    def binary(self, name: str) -> bytes:
        return base64.b64decode(self.header[name], validate=True)

    def slot(self, staff_id: int) -> dict:
        return next(each for each in self.header["slots"] if each["staff_id"] == staff_id)


def read(data: bytes, device: bytes, store_id: str) -> File:
    """The file, where its code and its structure are right."""
    code = hmac.digest(file_key(device), data[:-32], "sha256")
    check(hmac.compare_digest(code, data[-32:]), "code")
    check(data[:8] == b"PINVAULT" and data[8:10] == b"\0\1", "magic or version")
    length, count = int.from_bytes(data[10:14], "big"), int.from_bytes(data[14:18], "big")
    check(length <= 1 << 20 and len(data) == 26 + length + count * 1260 + 32, "length")
    header = json.loads(data[26 : 26 + length])
    check(canonical(header) == data[26 : 26 + length], "canonical form")
    check(header["suite"] == [25722, 1, 2] and header["store_id"] == store_id, "suite or store")
    starts = range(26 + length, len(data) - 32, 1260)
    entries = [entry(data[at : at + 1260]) for at in starts]
    ids = [each.entry_id for each in entries]
    check(ids == sorted(set(ids)), "order of entries")
    return File(int.from_bytes(data[18:26], "big"), header, entries)


def entry(record: bytes) -> Entry:
    kind = record[28:60].rstrip(b"\0")
    check(bool(kind) and all(0x21 <= byte <= 0x7E for byte in kind), "kind")
    return Entry(
        record[:16],
        int.from_bytes(record[16:24], "big"),
        int.from_bytes(record[24:28], "big"),
        kind.decode(),
        record[60:],
    )


def canonical(value: object) -> bytes:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


# --- key pairs and HPKE


SUITE_ID = b"HPKE\x64\x7a\x00\x01\x00\x02"


class Pair:
    def __init__(self, seed: bytes) -> None:
        expanded = hashlib.shake_256(seed).digest(96)
        self.lattice = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
        self.curve = X25519PrivateKey.from_private_bytes(expanded[64:])
        self.curve_public = self.curve.public_key().public_bytes_raw()
        self.public = self.lattice.public_key().public_bytes_raw() + self.curve_public

    def open(self, sealed: bytes, info: bytes) -> bytes:
        lattice_part, ephemeral, box = sealed[:1088], sealed[1088:1120], sealed[1120:]
        shared = hashlib.sha3_256(
            self.lattice.decapsulate(lattice_part)
            + self.curve.exchange(X25519PublicKey.from_public_bytes(ephemeral))
            + ephemeral
            + self.curve_public
            + bytes.fromhex("5c2e2f2f5e5c")
        ).digest()
        context = b"\0" + extracted(b"", b"psk_id_hash", b"") + extracted(b"", b"info_hash", info)
        secret = extracted(shared, b"secret", b"")
        key = expanded_label(secret, b"key", context, 32)
        nonce = expanded_label(secret, b"base_nonce", context, 12)
        try:
            return AESGCM(key).decrypt(nonce, box, b"")
        except InvalidTag:
            raise NotAVault("sealed for another place or key") from None


def extracted(salt: bytes, label: bytes, ikm: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + SUITE_ID + label + ikm, "sha256")


def expanded_label(key: bytes, label: bytes, info: bytes, length: int) -> bytes:
    text = number(length, 16) + b"HPKE-v1" + SUITE_ID + label + info
    return hmac.digest(key, text + b"\x01", "sha256")[:length]


# --- officers


def officer_share(file: File, staff_id: int, passphrase: str, device: bytes) -> str:
    """The officer's SLIP-39 words, opened with passphrase and pepper."""
    slot = file.slot(staff_id)
    memory, passes, lanes = slot["cost"]
    salt, public = (base64.b64decode(slot[name]) for name in ("salt", "public_key"))
    argon = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory)
    slow = argon.derive(passphrase.encode())
    key = hkdf(slow, V + b"officer key", salt=hkdf(device, V + b"officer pepper"))
    numbers = number(staff_id, 64) + number(memory, 32) + number(passes, 32) + number(lanes, 32)
    bound = V + b"officer key\0" + file.binary("vault_id") + numbers + salt + public
    box = base64.b64decode(slot["sealed_key"])
    check(len(box) == 60, "length of a lock")
    try:
        seed = AESGCM(key).decrypt(box[:12], box[12:], bound)
    except InvalidTag:
        raise NotAVault("passphrase or pepper") from None
    pair = Pair(seed)
    check(pair.public == public, "the officer's public key")
    place = file.binary("vault_id") + file.binary("key_id") + number(staff_id, 64)
    return (
        pair.open(base64.b64decode(slot["sealed_share"]), V + b"share\0" + place).decode().rstrip()
    )


def share_number(file: File, mnemonic: str) -> int:
    """1, 2 or 3: which printed share of this vault it is."""
    bound = V + b"recovery share\0" + file.binary("vault_id") + file.binary("key_id")
    digest = base64.b64encode(hashlib.sha256(bound + mnemonic.encode()).digest()).decode()
    check(digest in file.header["recovery"], "share of another vault")
    return file.header["recovery"].index(digest) + 1


# --- entries


def vault_pair(file: File, root: bytes) -> Pair:
    """The vault's key pair, after the root code was checked."""
    covered = {name: value for name, value in file.header.items() if name != "root_code"}
    left_out = {"cost", "salt", "sealed_key"}
    covered["slots"] = [
        {name: value for name, value in slot.items() if name not in left_out}
        for slot in file.header["slots"]
    ]
    key = hkdf(root, V + b"header")
    code = hmac.digest(key, V + b"header\0" + canonical(covered), "sha256")
    check(hmac.compare_digest(code, file.binary("root_code")), "root code")
    pair = Pair(hkdf(root, V + b"hpke seed"))
    check(pair.public == file.binary("public_key"), "public key")
    return pair


def pin(file: File, pair: Pair, item: Entry) -> str:
    """The PIN of one entry."""
    ids = file.binary("vault_id") + file.binary("key_id") + item.entry_id
    numbers = number(item.resident, 64) + number(item.version, 32)
    plain = pair.open(item.sealed, V + b"entry\0" + ids + numbers + item.kind.encode())
    length = plain[0]
    check(len(plain) == 64 and 1 <= length <= 63 and not any(plain[1 + length :]), "padding")
    return plain[1 : 1 + length].decode()


# --- SLIP-0039 for one group


def root_secret(mnemonics: list[str]) -> bytes:
    """The root secret from exactly as many shares of one group as it asks for."""
    shares = [_share(mnemonic.split()) for mnemonic in mnemonics]
    common = {share["common"] for share in shares}
    check(len(common) == 1 and len({share["index"] for share in shares}) == len(shares), "shares")
    needed = shares[0]["needed"]
    check(len(shares) == needed, "number of shares")
    points = {share["index"]: share["value"] for share in shares}
    if needed == 1:
        return _decrypted(shares[0]["value"])
    secret, digest = _at(points, 255), _at(points, 254)
    check(digest[:4] == hmac.digest(digest[4:], secret, "sha256")[:4], "digest")
    return _decrypted(secret)


def _share(words: list[str]) -> dict:
    indices = [WORDS.index(word) for word in words]
    check(len(indices) == 33 and _remainder(indices) == 1, "checksum of a share")
    bits = int("".join(f"{index:010b}" for index in indices[:-3]), 2)
    value_bits = 10 * 26
    value, front = bits & ((1 << value_bits) - 1), bits >> value_bits
    fields = [front >> shift & 15 for shift in (16, 12, 8, 4, 0)]
    group, group_threshold, _groups, member, threshold = fields
    check(front >> 24 & 1 == 1 and front >> 20 & 15 == 0, "extendable, exponent 0")
    check(group_threshold == 0 and value >> 256 == 0, "any one group, padding")
    return {
        "common": (front >> 20, group, threshold),
        "index": member,
        "needed": threshold + 1,
        "value": value.to_bytes(32, "big"),
    }


def _remainder(indices: list[int]) -> int:
    """RS1024 over "shamir_extendable" and the words; 1 for a sound share."""
    generator = [
        *(0xE0E040, 0x1C1C080, 0x3838100, 0x7070200, 0xE0E0009),
        *(0x1C0C2412, 0x38086C24, 0x3090FC48, 0x21B1F890, 0x3F3F120),
    ]
    checked = 1
    for value in [*b"shamir_extendable", *indices]:
        top, checked = checked >> 20, (checked & 0xFFFFF) << 10 ^ value
        for bit in range(10):
            checked ^= generator[bit] if top >> bit & 1 else 0
    return checked


def _times(left: int, right: int) -> int:
    """In GF(256) with x^8 + x^4 + x^3 + x + 1."""
    product = 0
    while right:
        product ^= left if right & 1 else 0
        left = left << 1 ^ (0x11B if left & 0x80 else 0)
        right >>= 1
    return product


def _inverse(value: int) -> int:
    return reduce(_times, [value] * 254)


def _at(points: dict[int, bytes], x: int) -> bytes:
    """The polynomials through `points` at `x` (Lagrange)."""
    result = bytearray(32)
    for index, value in points.items():
        others = [other for other in points if other != index]
        weight = reduce(_times, [_times(x ^ o, _inverse(index ^ o)) for o in others], 1)
        for place, byte in enumerate(value):
            result[place] ^= _times(weight, byte)
    return bytes(result)


def _decrypted(value: bytes) -> bytes:
    """The Feistel cipher of SLIP-0039, empty passphrase, extendable, exponent 0."""
    left, right = value[:16], value[16:]
    for step in (3, 2, 1, 0):
        mask = hashlib.pbkdf2_hmac("sha256", bytes([step]), right, 2500, 16)
        left, right = right, bytes(a ^ b for a, b in zip(left, mask, strict=True))
    return right + left
