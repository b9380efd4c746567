"""The rule data that the use cases work with, read once per process."""

from __future__ import annotations

from functools import cache

from facility_app.rules import Rules


@cache
def rules() -> Rules:
    """The rule files of this installation.  Raises RuleFileDamaged when one is first asked for."""
    return Rules()
