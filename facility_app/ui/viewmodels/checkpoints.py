"""照合値を確かめる: what was scanned or typed, tidied up, and the verdict in words.  No Qt."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from facility_app.domain.tags import parse_code
from facility_app.i18n import Words
from facility_app.services.checkpoint_check import PrintedState, PrintedVerdict

_DASH = "\u2014 "
_KANA = re.compile(r"[\u3041-\u30fa]")
_NUMBER = re.compile(r"\d{1,19}")
_LEAST_LINES = 4
_SCANNED_BADLY = str.maketrans({"~": "+", "^": "="})
"""A scanner set to an American keyboard on a Japanese one: neither sign occurs in a checkpoint."""


class Something(Enum):
    """Kinds of other things that people scan here."""

    TAG = "tag"
    OTHER = "other"


@dataclass(frozen=True)
class VerdictWords:
    """What the page says; `level` is one of the warnings' levels."""

    level: str
    title: str
    text: str
    todo: str
    made: str = ""

    def spoken(self) -> str:
        """All of it in one breath."""
        return " ".join(part for part in (self.title, self.text, self.made, self.todo) if part)


_LEVELS = {
    PrintedState.CONSISTENT: "ok",
    PrintedState.NOT_CONSISTENT: "block",
    PrintedState.FUTURE: "block",
    PrintedState.NOT_SIGNED: "danger",
    PrintedState.OTHER_STORE: "warn",
    PrintedState.DAMAGED: "warn",
    PrintedState.UNKNOWN_WORDS: "warn",
    PrintedState.UNCLEAR_WORDS: "notice",
}


def verdict_words(words: Words, verdict: PrintedVerdict) -> VerdictWords:
    """The outcome of a comparison."""
    facts = verdict.facts()
    made = words("checkpoints-made-at", at=verdict.made_at) if verdict.made_at else ""
    return VerdictWords(
        _LEVELS[verdict.state],
        words(f"checkpoints-{verdict.state.value}"),
        words(verdict.key, **facts),
        words.attribute(verdict.key, "todo", **facts),
        made,
    )


def other_thing(text: str) -> Something | None:
    """`Something` where `text` is no checkpoint at all and no words either; None where it may be.

    A checkpoint with a mistake in it still has several lines with a number among them, and is not
    something else.
    """
    if _KANA.search(unicodedata.normalize("NFKC", text)):
        return None
    lines = _lines(text)
    if len(lines) >= _LEAST_LINES - 1 and any(_NUMBER.fullmatch(line) for line in lines):
        return None
    return Something.TAG if parse_code(text) is not None else Something.OTHER


def other_words(words: Words, thing: Something) -> VerdictWords:
    """What is said about something else."""
    key = f"checkpoints-else-{thing.value}"
    return VerdictWords(
        "warn", words("checkpoints-else"), words(key), words("checkpoints-else-todo")
    )


def finished(text: str) -> bool:
    """Whether what was typed so far can be a whole one: then Enter means "check"."""
    if _KANA.search(unicodedata.normalize("NFKC", text)):
        return True
    lines = _lines(text)
    return len(lines) >= _LEAST_LINES and len(lines[-1]) > len(lines[0])


def tidied(text: str) -> str:
    """The text as it stands on paper, where it is one; else unchanged.

    Scanners and hands bring full-width letters, no dash (it is on no keyboard), and an empty line
    too few or too many.
    """
    lines = _lines(text)
    if _KANA.search(unicodedata.normalize("NFKC", text)) or len(lines) < _LEAST_LINES:
        return text
    origin, size, root, *signatures = lines
    signed = [_DASH + _signature(line) for line in signatures]
    return "\n".join([origin, size, root.translate(_SCANNED_BADLY), "", *signed]) + "\n"


def _lines(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text)
    return [line.strip() for line in plain.splitlines() if line.strip()]


def _signature(line: str) -> str:
    """Name and signature without whatever stands for the dash before them."""
    name, _, blob = line.rpartition(" ")
    while name and not (name[0].isascii() and name[0].isalnum()):
        name = name[1:]
    return f"{name} {blob.translate(_SCANNED_BADLY)}"
