"""The ladder (受付方法) in words: the same on the screen, on paper and at the command line."""

from __future__ import annotations

from collections.abc import Mapping

from facility_app.domain.ladder import Block, Bring, Reason, RuleSource, Step, Way
from facility_app.i18n import Words

KindNames = Mapping[str, str]
"""Code of a kind of item → its name in the language of the words."""


def way_text(words: Words, way: Way) -> str:
    """The name of a way."""
    return words(f"ladder-way-{way.value}")


def say_text(words: Words, step: Step) -> str:
    """The sentence to say at the desk."""
    return words(f"ladder-say-{step.say}")


def first_text(words: Words, way: Way) -> str:
    """Why this way comes first, where it does."""
    return words(f"ladder-first-{way.value}")


def why_text(words: Words, reason: Reason, kinds: KindNames) -> str:
    """A reason as a sentence; a kind that `kinds` lacks stands with its code."""
    kind = kinds.get(reason.kind, reason.kind)
    return words(f"ladder-why-{reason.why.value}", until=reason.day, kind=kind)


def bring_texts(words: Words, step: Step) -> list[str]:
    """What this way needs."""
    return [bring_text(words, code) for code in step.bring]


def bring_text(words: Words, code: str) -> str:
    """One thing that a way needs."""
    return words(f"ladder-bring-{code}")


def along_text(words: Words, bring: Bring, kinds: KindNames) -> str:
    """What goes along whatever the way."""
    return words(f"ladder-along-{bring.code}", kind=kinds.get(bring.kind, bring.kind))


def cannot_texts(words: Words, step: Step) -> list[str]:
    """What this way cannot do."""
    return [words(f"ladder-cannot-{code}") for code in step.cannot]


def block_text(words: Words, block: Block) -> str:
    """Why nobody should leave like this, and whom to ask."""
    return words(f"ladder-block-{block.value}")


def source_text(words: Words, source: RuleSource) -> str:
    """Where a rule comes from, how sure it is and when it was checked."""
    return words(
        "ladder-source",
        source=source.source,
        certainty=source.certainty,
        checked=source.checked_on,
    )
