"""The four basic attributes (基本4情報) of a card against the register: tolerant of writing, strict
about persons (domain §3.2 "Comparison of the four attributes", §14a).
"""

from __future__ import annotations

from enum import Enum


class Comparison(Enum):
    """What comparing a card's four attributes with a resident's gives."""

    MATCH = "match"
    REVIEW = "review"
    """A person has to look: similar characters, another address, a sign that cannot be shown."""
    DIFFERENT = "different"
