"""What a verification of the log says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class FindingKind(Enum):
    """What is wrong.  Each has a sentence in the catalogue."""

    ENTRY_MISSING = "entry-missing"
    ENTRY_CHANGED = "entry-changed"
    ENTRY_MOVED = "entry-moved"
    ENTRY_ADDED = "entry-added"
    CUT_OFF = "cut-off"
    HEAD_MISSING = "head-missing"
    HEAD_CHANGED = "head-changed"
    NODE_CHANGED = "node-changed"
    PAST_CHANGED = "past-changed"
    CHECKPOINT_FORGED = "checkpoint-forged"
    CHECKPOINT_CHANGED = "checkpoint-changed"
    CHECKPOINT_UNANNOUNCED = "checkpoint-unannounced"
    CHECKPOINT_MISSING = "checkpoint-missing"
    CHECKPOINT_CONTRADICTS = "checkpoint-contradicts"
    PAPER_FORGED = "paper-forged"
    PAPER_CONTRADICTS = "paper-contradicts"
    GUARD_MISSING = "guard-missing"
    GUARD_ADDED = "guard-added"
    COLUMN_CHANGED = "column-changed"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, at entries `first` to `last` (both included; 0 = no entry).

    name: a guard or a column; number: where a moved entry belongs, or a checkpoint's id.
    """

    first: int
    last: int
    kind: FindingKind
    number: int = 0
    name: str = ""


@dataclass(frozen=True)
class Verdict:
    """The outcome of a verification of entries `first` to `size`.

    root: of the tree of `size` entries as the rows make it, empty where rows are missing;
    checkpoints: how many were checked; findings: in order of the entries, empty when clean.
    """

    first: int
    size: int
    root: bytes
    checkpoints: int
    findings: tuple[Finding, ...]

    @property
    def clean(self) -> bool:
        """Nothing was found."""
        return not self.findings


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By the entries they are about."""
    return tuple(sorted(findings, key=lambda f: (f.first, f.last, f.kind.value, f.number, f.name)))


def spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers as ranges of neighbours, both ends included."""
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def over(kind: FindingKind, numbers: Iterable[int]) -> list[Finding]:
    """One finding per range of neighbouring entries."""
    return [Finding(first, last, kind) for first, last in spans(numbers)]
