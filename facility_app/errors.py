"""The error taxonomy: an error is a class with facts and a key; never a sentence, never a secret.

The sentence for a person stands in the catalogues under ``resources/i18n`` (design §9).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar


@dataclass(eq=False)
class FacilityError(Exception):
    """Root of every error that a person may see.  Not frozen: a context manager sets the traceback.

    ``key`` names the message (``area.what_happened``); ``exit_code`` is that of the command line.
    """

    key: ClassVar[str] = "general.failed"
    exit_code: ClassVar[int] = 1

    def facts(self) -> dict[str, object]:
        """The variables of the message, by field name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __str__(self) -> str:
        """The key alone: facts may name a resident and do not belong in a traceback."""
        return self.key


@dataclass(eq=False)
class Refused(FacilityError):
    """The rules say no; nothing was changed.

    Where `evidence` is set, the attempt itself is worth an entry in the log (design §6).
    """

    key: ClassVar[str] = "general.refused"
    exit_code: ClassVar[int] = 3
    evidence: ClassVar[bool] = False


@dataclass(eq=False)
class DeviceError(FacilityError):
    """The reader or the card did not do what was asked."""

    key: ClassVar[str] = "general.device"
    exit_code: ClassVar[int] = 4


@dataclass(eq=False)
class VaultError(FacilityError):
    """The PIN vault is locked, damaged, or was given a wrong passphrase."""

    key: ClassVar[str] = "general.vault"
    exit_code: ClassVar[int] = 5


@dataclass(eq=False)
class IntegrityError(FacilityError):
    """Tampering or corruption: writing stops and the manager is called."""

    key: ClassVar[str] = "general.integrity"
    exit_code: ClassVar[int] = 6


@dataclass(eq=False)
class Cancelled(FacilityError):
    """The person changed their mind; nothing was changed and nothing needs saying."""

    key: ClassVar[str] = "general.cancelled"
    exit_code: ClassVar[int] = 0
