"""The settings page without Qt: sections, what may be seen, and numbers as they are typed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum

from facility_app.domain.access import Permission


class Section(Enum):
    """The parts of the page; the value is the key of its words."""

    OWN = "own"
    FACILITY = "facility"
    SAFETY = "safety"
    CARDS = "cards"
    PINS = "pins"
    BACKUP = "backup"
    CHECKPOINTS = "checkpoints"
    PURPOSES = "purposes"
    KINDS = "kinds"
    CABINETS = "cabinets"


_SET = Permission.MANAGE_SETTINGS
NEEDS: dict[Section, tuple[Permission, ...]] = {
    Section.OWN: (Permission.CHANGE_OWN_PASSWORD,),
    Section.FACILITY: (_SET,),
    Section.SAFETY: (_SET,),
    Section.CARDS: (_SET,),
    Section.PINS: (Permission.MANAGE_VAULT,),
    Section.BACKUP: (_SET, Permission.BACK_UP),
    Section.CHECKPOINTS: (_SET, Permission.MAKE_CHECKPOINT),
    Section.PURPOSES: (_SET, Permission.VIEW_DESK),
    Section.KINDS: (_SET, Permission.VIEW_RESIDENTS),
    Section.CABINETS: (Permission.MANAGE_CABINETS,),
}
"""What the sections ask for; the services ask again."""

ZOOMS = (80, 90, 100, 110, 125, 150, 175, 200)
MOST_PURPOSES = 6


def number(text: str) -> int | None:
    """A whole number as typed, also in full width; None where it is none."""
    digits = unicodedata.normalize("NFKC", text).strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else None


@dataclass
class Leaving:
    """Whether the page may be left: the first try with unsaved changes is answered with a word."""

    dirty: bool = False
    warned: bool = False

    def changed(self) -> None:
        """Something was typed."""
        self.dirty, self.warned = True, False

    def saved(self) -> None:
        """Nothing would be lost."""
        self.dirty = self.warned = False

    def may_leave(self) -> bool:
        """False once for unsaved changes; the second try drops them."""
        if not self.dirty or self.warned:
            self.saved()
            return True
        self.warned = True
        return False
