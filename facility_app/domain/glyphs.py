"""Characters of names (外字) that a clinic's screen may show as ●.

Clinics have reported ● for old forms and rare characters (domain facts §14a).  What their systems
are sure to have is JIS X 0208; everything else, and every variation selector, is at risk.
"""

from __future__ import annotations

from collections.abc import Iterator

_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def at_risk(name: str) -> tuple[str, ...]:
    """The characters of `name` that may be shown as ●, with their selectors, each once, in
    order."""
    return tuple(dict.fromkeys(each for each in _characters(name) if not _is_common(each)))


def _characters(text: str) -> Iterator[str]:
    index = 0
    while index < len(text):
        end = index + 1
        while end < len(text) and any(ord(text[end]) in each for each in _SELECTORS):
            end += 1
        yield text[index:end]
        index = end


def _is_common(character: str) -> bool:
    try:
        character.encode("shift_jis")  # ASCII, half-width kana and JIS X 0208, no vendor's own
    except UnicodeEncodeError:
        return False
    return True
