"""What the program and the vault's process say to each other: values, and their way into frames.

Both sides use this module, so that no field is written one way and read another.  Nothing here is
secret but what is held in a `Secret`.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from facility_app.keystore import PassphraseCost
from facility_app.secret import Secret
from facility_app.vault.channel import AgentGone
from facility_app.vault.file import Summary

_ID = 16
_ENTRY = struct.Struct(f">{_ID}sI")
"""An entry's id and version."""


class CardPin(StrEnum):
    """A PIN on a card that the vault may present; there is no value for 署名用.

    The values are those of `cards.chip.Pin`.
    """

    USER_AUTH = "user_auth"
    CARD_INFO = "card_info"
    RESIDENT_REGISTER = "resident_register"


class PinOutcome(StrEnum):
    """What the card made of a PIN."""

    ACCEPTED = "accepted"
    WRONG = "wrong"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Deposit:
    """Where a PIN is put: `entry_id` in hex; `version` 1, or the newest and one for another PIN."""

    entry_id: str
    resident: int
    kind: str
    version: int


@dataclass(frozen=True)
class ExpectedCard:
    """Which card a PIN is for, as the register knows it.

    Both days, or a mark with its key (32 bytes); what is given must all be equal.
    """

    card_expires_on: date | None
    certificate_expires_on: date | None
    mark: bytes | None = None
    mark_key: Secret | None = None


@dataclass(frozen=True)
class Presented:
    """The card's answer; `tries_left` 0-15, None = it did not say."""

    outcome: PinOutcome
    tries_left: int | None


@dataclass(frozen=True)
class Approved:
    """Approvals so far and how many it takes; `strengthened_generation` where the officer's slot
    was raised to today's cost, which made a new generation of the file."""

    have: int
    need: int
    strengthened_generation: int | None = None


@dataclass(frozen=True)
class Made:
    """A vault or a new set of officers; `shares` are the printed ones, words in UTF-8."""

    summary: Summary
    shares: tuple[Secret, ...]


@dataclass(frozen=True, repr=False)
class PinPicture:
    """A PIN as a picture: 8-bit grey, rows from the top without gaps."""

    width: int
    height: int
    grey: bytes


def cost_facts(cost: PassphraseCost) -> list[int]:
    """The numbers of a cost, in the order of its fields."""
    return [
        cost.memory_kib,
        cost.iterations,
        cost.lanes,
        cost.minimum,
        cost.floor_kib,
        cost.floor_iterations,
    ]


def cost_of(facts: Sequence[int]) -> PassphraseCost:
    """The cost again."""
    return PassphraseCost(*facts)


def summary_facts(summary: Summary) -> tuple[dict[str, Any], Secret]:
    """A summary as facts, and ids and versions of its entries as one blob: there may be very
    many."""
    facts = {
        "vault_id": summary.vault_id,
        "key_id": summary.key_id,
        "generation": summary.generation,
        "previous_generation": summary.previous_generation,
        "threshold": summary.threshold,
        "officers": list(summary.officers),
        "recovery_shares": summary.recovery_shares,
    }
    told = zip(summary.entries, summary.versions, strict=True)
    packed = b"".join(_ENTRY.pack(bytes.fromhex(each), version) for each, version in told)
    return facts, Secret(packed)


def summary_of(facts: Mapping[str, Any], entries: Secret) -> Summary:
    """The summary again.  Raises AgentGone."""
    try:
        told = list(_ENTRY.iter_unpack(entries.view()))
        return Summary(
            vault_id=facts["vault_id"],
            key_id=facts["key_id"],
            generation=facts["generation"],
            previous_generation=facts["previous_generation"],
            threshold=facts["threshold"],
            officers=tuple(facts["officers"]),
            entries=tuple(entry_id.hex() for entry_id, _ in told),
            versions=tuple(version for _, version in told),
            recovery_shares=facts["recovery_shares"],
        )
    except (KeyError, TypeError, ValueError, struct.error) as exc:
        raise AgentGone from exc


def joined_ids(ids: Sequence[str]) -> Secret:
    """Ids in hex, 16 bytes each, one after the other.  Raises ValueError for another length."""
    if any(len(each) != 2 * _ID for each in ids):
        raise ValueError("ids have 16 bytes")
    return Secret(bytes.fromhex("".join(ids)))


def parted_ids(blob: Secret) -> tuple[str, ...]:
    """The ids again.  Raises ValueError for a half one."""
    if len(blob) % _ID:
        raise ValueError("ids have 16 bytes")
    text = blob.view().hex()
    return tuple(text[at : at + 2 * _ID] for at in range(0, len(text), 2 * _ID))


def day_fact(day: date | None) -> str | None:
    """A day, or that there is none."""
    return None if day is None else day.isoformat()


def day_of(fact: str | None) -> date | None:
    """The day again."""
    return None if fact is None else date.fromisoformat(fact)
