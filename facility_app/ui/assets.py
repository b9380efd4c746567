"""Where the files beside the code are: fonts, icons, theme.

Use: ``asset("icons", "lock-fill.svg")``.
"""

from __future__ import annotations

from pathlib import Path

from facility_app.config import resources


def asset(*parts: str) -> Path:
    """Path of a file under ``resources/``; it need not exist."""
    return resources().joinpath(*parts)
