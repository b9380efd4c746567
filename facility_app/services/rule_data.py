"""The rule data that the use cases work with, read once per process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from facility_app.rules import Rules

_chosen = [Rules()]


def rules() -> Rules:
    """The rule files of this installation.  Raises RuleFileDamaged when one is first asked for."""
    return _chosen[-1]


@contextmanager
def working_with(other: Rules) -> Iterator[None]:
    """Other rule files for this process while the block runs, on every thread.

    For a program that brings its own (the test that looks for PINs in memory brings a kind of 16
    characters); opened before anything is asked of `rules`.
    """
    _chosen.append(other)
    try:
        yield
    finally:
        _chosen.remove(other)
