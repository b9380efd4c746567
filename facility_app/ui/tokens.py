"""The colour table and the contrast arithmetic.  Knows no Qt, so the contrast test needs no
display.
"""

from __future__ import annotations

import tomllib
from enum import StrEnum
from pathlib import Path

from facility_app.ui.assets import asset

Palette = dict[str, str]
"""Token name to ``#rrggbb``."""


class Mode(StrEnum):
    """The three themes; the values are the table names in ``tokens.toml``."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


def load_tokens(path: Path | None = None) -> dict[Mode, Palette]:
    """The whole table.  `path` defaults to ``resources/theme/tokens.toml``.

    Raises ``KeyError`` when a theme is missing: a program without colours is a broken installation.
    """
    table = tomllib.loads((path or asset("theme", "tokens.toml")).read_text(encoding="utf-8"))
    return {mode: dict(table[mode.value]) for mode in Mode}


def luminance(colour: str) -> float:
    """Relative luminance 0.0-1.0 of ``#rrggbb`` (WCAG 2.2, definition of relative luminance)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio 1.0-21.0 between two ``#rrggbb`` (WCAG 2.2, 1.4.3)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
