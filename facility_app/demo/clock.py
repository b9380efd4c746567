"""The clock of the sample facility: set to a moment of the sample day, then running or standing."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class DemoClock:
    """A clock that starts at `start` (aware) and stands still until `run` lets it go on."""

    def __init__(self, start: datetime) -> None:
        self._base = start.astimezone(UTC)
        self._since: float | None = None

    def __call__(self) -> datetime:
        """The sample moment, aware UTC."""
        if self._since is None:
            return self._base
        return self._base + timedelta(seconds=time.monotonic() - self._since)

    def set(self, at: datetime) -> None:
        """Jump to `at` (aware), forwards or back."""
        self._base = at.astimezone(UTC)
        if self._since is not None:
            self._since = time.monotonic()

    def forward(self, by: timedelta) -> None:
        """Go on by `by`."""
        self.set(self() + by)

    def run(self) -> None:
        """Let the time pass as the machine's does."""
        self.set(self())
        self._since = time.monotonic()
