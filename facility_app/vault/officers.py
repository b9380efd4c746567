"""Officers and recovery shares: who can put the root secret together (SLIP-39).

Any one group is enough: `threshold` of the officers (for a threshold of 1 every officer is a group
of their own), or two of the three printed recovery shares. An officer's share is sealed to the
officer's own key pair; its seed lies under passphrase and pepper. So the root secret is split anew
without the passphrases of those who stay. The only module that imports shamir_mnemonic.
"""

from __future__ import annotations

import hashlib
import os
import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share
from shamir_mnemonic.wordlist import WORDLIST

from facility_app.keystore import PassphraseCost, PassphraseTooShort
from facility_app.secret import Secret
from facility_app.vault.errors import (
    NotEnoughOfficers,
    ShareInvalid,
    ShareOfAnother,
    SharesTooFew,
    VaultDamaged,
    WrongVaultPassphrase,
)
from facility_app.vault.header import ID_BYTES, SHARE_BYTES, Cost, Header, OfficerSlot
from facility_app.vault.keys import SEED_BYTES, USE, KeyPair, derive, seal

RECOVERY_NEEDED = 2
_RECOVERY_GROUP = (RECOVERY_NEEDED, 3)
_WORDS = 33
_BY_BEGINNING = {word[:4]: word for word in WORDLIST}
"""Four letters tell every word of the list."""
_KEY_USE = b"officer key"


@dataclass(frozen=True)
class OfficerKey:
    """An officer's key pair: the public key, and the private seed under passphrase and pepper."""

    staff_id: int
    public_key: bytes
    cost: Cost
    salt: bytes
    sealed_key: bytes

    @classmethod
    def of(cls, slot: OfficerSlot) -> OfficerKey:
        """The key of an officer who stays."""
        return cls(slot.staff_id, slot.public_key, slot.cost, slot.salt, slot.sealed_key)

    def slot(self, sealed_share: bytes) -> OfficerSlot:
        """The slot with this key and a share."""
        return OfficerSlot(
            self.staff_id, self.public_key, self.cost, self.salt, self.sealed_key, sealed_share
        )


def make_officer(
    vault_id: bytes, staff_id: int, passphrase: Secret, pepper: Secret, cost: PassphraseCost
) -> OfficerKey:
    """A new key pair for an officer.  Takes as long as one guess.

    Raises PassphraseTooShort; ValueError for a cost under its floor (a programming error).
    """
    with Secret.random(SEED_BYTES) as seed:
        return lock_officer(vault_id, staff_id, seed, passphrase, pepper, cost)


def lock_officer(
    vault_id: bytes,
    staff_id: int,
    seed: Secret,
    passphrase: Secret,
    pepper: Secret,
    cost: PassphraseCost,
) -> OfficerKey:
    """An officer's seed under a passphrase (a new one, or the same at a higher cost).

    Raises PassphraseTooShort; ValueError for a cost under its floor (a programming error).
    """
    if len(passphrase.copy_bytes().decode("utf-8")) < cost.minimum:
        raise PassphraseTooShort(cost.minimum)
    if cost.below_floor():
        raise ValueError("the cost of a guess is under the floor")
    used = Cost(cost.memory_kib, cost.iterations, cost.lanes)
    public_key, salt, nonce = KeyPair(seed).public_key, os.urandom(ID_BYTES), os.urandom(12)
    bound = _bound(vault_id, staff_id, public_key, used, salt)
    with _stretched(passphrase, pepper, used, salt) as key:
        sealed = nonce + AESGCM(key.view()).encrypt(nonce, seed.view(), bound)
    return OfficerKey(staff_id, public_key, used, salt, sealed)


def open_officer(vault_id: bytes, slot: OfficerSlot, passphrase: Secret, pepper: Secret) -> Secret:
    """The officer's seed.  Takes as long as one guess.  Raises WrongVaultPassphrase."""
    bound = _bound(vault_id, slot.staff_id, slot.public_key, slot.cost, slot.salt)
    nonce, box = slot.sealed_key[:12], slot.sealed_key[12:]
    with _stretched(passphrase, pepper, slot.cost, slot.salt) as key:
        try:
            return Secret(bytearray(AESGCM(key.view()).decrypt(nonce, box, bound)))
        except InvalidTag as exc:
            raise WrongVaultPassphrase from exc


def needs_raising(slot: OfficerSlot, cost: PassphraseCost) -> bool:
    """Whether the officer's lock costs less than today's; it is raised when it is next opened."""
    return slot.cost.memory_kib < cost.memory_kib or slot.cost.iterations < cost.iterations


@dataclass(frozen=True)
class Split:
    """A root secret in parts: a slot for every officer by rising number, three printed shares."""

    slots: tuple[OfficerSlot, ...]
    recovery: tuple[Secret, Secret, Secret]
    recovery_digests: tuple[bytes, ...]


def split(
    root: Secret, vault_id: bytes, key_id: bytes, officers: Sequence[OfficerKey], threshold: int
) -> Split:
    """Split the root secret anew; shares of an earlier split do not fit to these.

    Raises NotEnoughOfficers where there are fewer than `threshold`, VaultDamaged where an officer's
    public key is none.
    """
    if not 1 <= threshold <= len(officers):
        raise NotEnoughOfficers(len(officers), max(threshold, 1))
    alone = threshold == 1
    groups = [(1, 1)] * len(officers) if alone else [(threshold, len(officers))]
    parts = generate_mnemonics(
        1, [*groups, _RECOVERY_GROUP], root.copy_bytes(), extendable=True, iteration_exponent=0
    )
    shares = [group[0] for group in parts[:-1]] if alone else parts[0]
    ordered = sorted(officers, key=lambda officer: officer.staff_id)
    slots = tuple(
        officer.slot(_sealed_share(vault_id, key_id, officer, share))
        for officer, share in zip(ordered, shares, strict=True)
    )
    first, second, third = (Secret.from_text(share) for share in parts[-1])
    digests = tuple(_digest(vault_id, key_id, share) for share in parts[-1])
    return Split(slots, (first, second, third), digests)


def open_share(header: Header, slot: OfficerSlot, seed: Secret) -> Secret:
    """The officer's share of this vault, as words.  Raises VaultDamaged."""
    pair = KeyPair(seed)
    with pair.open(
        slot.sealed_share, _share_info(header.vault_id, header.key_id, slot.staff_id)
    ) as (padded):
        return Secret(bytearray(padded.copy_bytes().rstrip(b" ")))


def combine(shares: Sequence[Secret], header: Header) -> Secret:
    """The root secret from the officers' shares; more than the threshold are no fault.

    Raises NotEnoughOfficers; VaultDamaged where the shares are not of one split.
    """
    if len(shares) < header.threshold:
        raise NotEnoughOfficers(len(shares), header.threshold)
    return _combined([share.copy_bytes().decode() for share in shares[: header.threshold]])


def recover(shares: Sequence[Secret], header: Header) -> Secret:
    """The root secret from printed shares as a person types them; the same one twice counts once.

    Raises ShareInvalid, ShareOfAnother, SharesTooFew.
    """
    found = {check_share(share, header): share for share in shares}
    if len(found) < RECOVERY_NEEDED:
        raise SharesTooFew(len(found), RECOVERY_NEEDED)
    chosen = [found[number] for number in sorted(found)[:RECOVERY_NEEDED]]
    return _combined([_words(share) for share in chosen])


def check_share(share: Secret, header: Header) -> int:
    """Which of this vault's printed shares was typed: 1, 2 or 3.  Opens nothing.

    Blanks, capitals and full-width letters do not matter; four letters of a word are enough.
    Raises ShareInvalid, ShareOfAnother.
    """
    digest = _digest(header.vault_id, header.key_id, _words(share))
    if digest not in header.recovery_digests:
        raise ShareOfAnother
    return header.recovery_digests.index(digest) + 1


def _words(share: Secret) -> str:
    """The words of a share as they were printed.  Raises ShareInvalid."""
    text = unicodedata.normalize("NFKC", share.copy_bytes().decode("utf-8", "replace")).lower()
    found = []
    for position, typed in enumerate(text.split(), start=1):
        word = _BY_BEGINNING.get(typed[:4], "")
        if not word.startswith(typed) or len(typed) < min(4, len(word)):
            raise ShareInvalid(position)
        found.append(word)
    mnemonic = " ".join(found)
    try:
        if len(found) == _WORDS and Share.from_mnemonic(mnemonic):
            return mnemonic
    except MnemonicError:
        raise ShareInvalid from None  # its text repeats words of the share
    raise ShareInvalid


def _combined(mnemonics: list[str]) -> Secret:
    try:
        return Secret(bytearray(combine_mnemonics(mnemonics)))
    except MnemonicError:
        raise VaultDamaged from None  # its text repeats words of a share


def _sealed_share(vault_id: bytes, key_id: bytes, officer: OfficerKey, share: str) -> bytes:
    with Secret(bytearray(share.encode("ascii").ljust(SHARE_BYTES))) as padded:
        info = _share_info(vault_id, key_id, officer.staff_id)
        return seal(officer.public_key, padded, info)


def _share_info(vault_id: bytes, key_id: bytes, staff_id: int) -> bytes:
    return USE + b"share\0" + vault_id + key_id + struct.pack(">Q", staff_id)


def _digest(vault_id: bytes, key_id: bytes, mnemonic: str) -> bytes:
    """Tells a printed share of this vault; a share has 256 bits of chance, so it tells no more."""
    bound = USE + b"recovery share\0" + vault_id + key_id
    return hashlib.sha256(bound + mnemonic.encode("ascii")).digest()


def _bound(vault_id: bytes, staff_id: int, public_key: bytes, cost: Cost, salt: bytes) -> bytes:
    numbers = struct.pack(">QIII", staff_id, *cost)
    return USE + _KEY_USE + b"\0" + vault_id + numbers + salt + public_key


def _stretched(passphrase: Secret, pepper: Secret, cost: Cost, salt: bytes) -> Secret:
    """The key over an officer's seed: Argon2id of the passphrase, then HKDF with the pepper."""
    kdf = Argon2id(
        salt=salt,
        length=32,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    with Secret(bytearray(kdf.derive(passphrase.copy_bytes()))) as slow:
        return derive(slow, _KEY_USE, salt=pepper)
