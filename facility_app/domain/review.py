"""Which acts somebody else looks at afterwards: every exception, and 5 % of the rest by lot.

The lot is drawn with a checkpoint: an act is in the sample when SHA-256 over the root of the
*first checkpoint that covers it* and its own leaf hash falls under the share.  The root depends on
every entry up to the checkpoint, so nobody knows at the time of an act whether it will be drawn;
and anybody who has the entries can draw again and must come to the same sample (ADR 0015).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import Enum
from fractions import Fraction
from typing import Any

SHARE = Fraction(1, 20)
"""How much of the rest is drawn."""

LONG_OVERDUE = timedelta(days=1)
"""Later than this is an exception."""

_PURPOSE = b"facility-app/review-sample/1\n"
_BITS = 64


class Why(Enum):
    """Why an act is in the queue, gravest first."""

    EMERGENCY = "emergency"
    REVEAL = "reveal"
    CLOCK = "clock"
    UNKNOWN_OUTCOME = "unknown-outcome"
    SECOND_PERSON = "second-person"
    OVERRIDE = "override"
    HAND_BACK = "hand-back"
    OVERDUE = "overdue"
    CORRECTION = "correction"
    REFUSAL = "refusal"
    SAMPLE = "sample"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Why).index(self)


class Verdict(Enum):
    """What the reviewer found; NOT_IN_ORDER says in words what."""

    IN_ORDER = "in-order"
    NOT_IN_ORDER = "not-in-order"


_ALWAYS = {
    "emergency.released": Why.EMERGENCY,
    "clock.set_back": Why.CLOCK,
    "act.refused": Why.REFUSAL,
    "item.handed_back": Why.HAND_BACK,
    "vault.revealed": Why.REVEAL,
}

_NEVER = (
    "unlock.",
    "lock.",
    "checkpoint.",
    "log.",
    "backup.",
    "store.",
    "look.",
    "witness.",
    "review.",
    "stocktake.",
    "emergency.reviewed",
)
"""Beginnings of acts that are no business with things or people, or are reviews themselves."""


def exception_of(action: str, plain: Mapping[str, Any]) -> Why | None:
    """Why an act is always looked at; None where it is not an exception.

    plain: the entry's open details.  A hand-back without a second person, and a setting that takes
    the second person away, are skips of the second person; tries while one has to wait are more
    than a slip, and an older file of the vault was put there by somebody.
    """
    if plain.get("phase") == "outcome":  # the act itself is the entry of the intent
        return Why.UNKNOWN_OUTCOME if plain.get("result") == "unknown" else None
    if action.endswith(".corrected"):
        return Why.CORRECTION
    if action in ("unlock.refused", "vault.refused"):
        return Why.REFUSAL if plain.get("waiting") else None
    if action == "vault.generation_found":
        return Why.REFUSAL if _put_back(plain) else None
    if action == "item.signed_in" and plain.get("missing"):
        return Why.OVERRIDE
    if action == "visit.departed" and plain.get("overrides"):
        return Why.OVERRIDE
    if action == "item.handed_back" and plain.get("witness") is None:
        return Why.SECOND_PERSON
    if action == "settings.changed" and _fewer_second_persons(plain.get("changed")):
        return Why.SECOND_PERSON
    return _ALWAYS.get(action)


def _put_back(plain: Mapping[str, Any]) -> bool:
    """Whether the vault's file was older than the last one known."""
    found, expected = plain.get("generation"), plain.get("known_generation")
    return isinstance(found, int) and isinstance(expected, int) and found < expected


def _fewer_second_persons(changed: Any) -> bool:
    pair = changed.get("two_person") if isinstance(changed, Mapping) else None
    return isinstance(pair, list) and bool(set(pair[0]) - set(pair[1]))


def in_the_lot(action: str, plain: Mapping[str, Any], actor: int | None) -> bool:
    """Whether an act that is no exception may be drawn: done by a person, once."""
    if actor is None or plain.get("phase") == "outcome":
        return False
    return not action.startswith(_NEVER)


def drawn(leaf: bytes, root: bytes) -> bool:
    """Whether the act with this leaf hash is in the sample of the checkpoint with this root.

    Both 32 bytes.
    """
    number = int.from_bytes(hashlib.sha256(_PURPOSE + root + leaf).digest()[: _BITS // 8], "big")
    return number < SHARE * (1 << _BITS)


def long_overdue(due_at: datetime, until: datetime) -> bool:
    """Whether something due at `due_at` was out for more than a day beyond it (aware both)."""
    return until - due_at > LONG_OVERDUE


def may_sign_off(reviewer: int, people: Iterable[int | None]) -> bool:
    """Whether `reviewer` (a staff id) had no part in the act: neither did it, nor carried the
    things, nor witnessed it."""
    return reviewer not in people
