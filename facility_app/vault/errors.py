"""What can be wrong with the PIN vault: facts and a key, never a secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from facility_app.errors import VaultError


@dataclass(eq=False)
class VaultMissing(VaultError):
    """The folder or the vault in it cannot be read: a drive is not plugged in, for example."""

    key: ClassVar[str] = "vault.missing"
    folder: str


@dataclass(eq=False)
class VaultDamaged(VaultError):
    """The file, or what it holds, is not what was written.

    `previous`: a sound previous generation lies beside it and may be put in its place.
    """

    key: ClassVar[str] = "vault.damaged"
    previous: bool = False


@dataclass(eq=False)
class VaultForeign(VaultError):
    """The vault was made by another store: this computer's keyring cannot open it."""

    key: ClassVar[str] = "vault.foreign"


@dataclass(eq=False)
class VaultVersionUnknown(VaultError):
    """The file is authentic and was written by a newer program, in format `version`."""

    key: ClassVar[str] = "vault.version_unknown"
    version: int


@dataclass(eq=False)
class WrongVaultPassphrase(VaultError):
    """The passphrase does not open the officer's key, or the key was made with another pepper."""

    key: ClassVar[str] = "vault.wrong_passphrase"


@dataclass(eq=False)
class OfficerUnknown(VaultError):
    """This member of staff is no officer of the vault."""

    key: ClassVar[str] = "vault.officer_unknown"


@dataclass(eq=False)
class NotEnoughOfficers(VaultError):
    """`have` officers are there, `need` are asked for."""

    key: ClassVar[str] = "vault.not_enough_officers"
    have: int
    need: int


@dataclass(eq=False)
class EntryUnknown(VaultError):
    """The vault holds no such entry."""

    key: ClassVar[str] = "vault.entry_unknown"


@dataclass(eq=False)
class ShareInvalid(VaultError):
    """What was typed is no recovery share.

    `word`: position (from 1) of the first word that is not in the list; 0 where every word is known
    but number or checksum are wrong.
    """

    key: ClassVar[str] = "vault.share_invalid"
    word: int = 0


@dataclass(eq=False)
class ShareOfAnother(VaultError):
    """A sound recovery share, but of another vault or of officers that were since replaced."""

    key: ClassVar[str] = "vault.share_of_another"


@dataclass(eq=False)
class SharesTooFew(VaultError):
    """`have` different recovery shares were given, `need` open the vault."""

    key: ClassVar[str] = "vault.shares_too_few"
    have: int
    need: int


@dataclass(eq=False)
class VaultNotWritable(VaultError):
    """The vault's folder does not take the file: full, read-only or gone."""

    key: ClassVar[str] = "vault.not_writable"


@dataclass(eq=False)
class VaultExists(VaultError):
    """Another vault lies in this folder; it is not written over."""

    key: ClassVar[str] = "vault.exists"


@dataclass(eq=False)
class FormerVaultLeft(VaultError):
    """The vault was moved, but its former files in `folder` could not be deleted."""

    key: ClassVar[str] = "vault.former_left"
    folder: str


@dataclass(eq=False)
class VaultOutdated(VaultError):
    """The vault at hand is of `generation` where `expected` or a later one must be."""

    key: ClassVar[str] = "vault.outdated"
    generation: int
    expected: int
