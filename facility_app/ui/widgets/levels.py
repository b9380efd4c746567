"""How grave something is: one table from level to icon, colours, bar and outline.

Weight falls in outline, bar, tint and icon shape at once, so that the order also shows in grey.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Gravest first; the values are those of findings and warnings elsewhere."""

    BLOCK = "block"
    DANGER = "danger"
    LATE = "late"
    WARN = "warn"
    NOTICE = "notice"
    OK = "ok"


@dataclass(frozen=True)
class LevelStyle:
    """Colour tokens and shape of one level; `bar` and `outline` in design pixels."""

    icon: str
    color: str
    text: str
    tint: str
    bar: int
    outline: int


STYLES: dict[Level, LevelStyle] = {
    Level.BLOCK: LevelStyle("block-fill", "danger", "danger_text", "danger_tint", 8, 2),
    Level.DANGER: LevelStyle("emergency_home-fill", "danger", "danger_text", "danger_tint", 8, 2),
    Level.LATE: LevelStyle("alarm-fill", "late", "late_text", "late_tint", 8, 0),
    Level.WARN: LevelStyle("warning-fill", "warn", "warn_text", "warn_tint", 8, 0),
    Level.NOTICE: LevelStyle("info-fill", "primary", "primary", "surface", 0, 1),
    Level.OK: LevelStyle("check_circle-fill", "ok", "ok_text", "ok_tint", 8, 0),
}

ORDER = tuple(Level)
"""Gravest first."""
