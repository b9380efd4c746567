"""Who approved the release that is going on: opened shares, held for a few minutes at most."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from facility_app.secret import Secret
from facility_app.vault import officers
from facility_app.vault.format import Header
from facility_app.vault.keys import VaultKeys

APPROVALS_LAST_S = 300.0


@dataclass(frozen=True)
class _Approval:
    share: Secret
    key_id: bytes
    until: float


class Approvals:
    """The officers' shares for one release; they are gone after one act, or when they lapse."""

    def __init__(
        self, lasts_s: float = APPROVALS_LAST_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._lasts_s, self._clock = lasts_s, clock
        self._given: dict[int, _Approval] = {}
        self._release: str | None = None

    def __len__(self) -> int:
        self.lapse()
        return len(self._given)

    @property
    def begun(self) -> bool:
        """Whether there is a release that may be approved."""
        return self._release is not None

    def begin(self, release_id: str) -> None:
        """Another release: what was given for the one before is wiped."""
        self.forget()
        self._release = release_id

    def forget(self) -> None:
        """Wipe everything; the release is over."""
        for approval in self._given.values():
            approval.share.wipe()
        self._given.clear()
        self._release = None

    def give(self, staff_id: int, share: Secret, key_id: bytes) -> None:
        """An officer's approval, which counts once however often it is given; `share` is kept."""
        former = self._given.pop(staff_id, None)
        if former is not None:
            former.share.wipe()
        self._given[staff_id] = _Approval(share, key_id, self._clock() + self._lasts_s)

    def lapse(self) -> float | None:
        """Wipe what lapsed; gives the seconds until the next one does, None = there is none."""
        now = self._clock()
        for staff_id, approval in list(self._given.items()):
            if approval.until <= now:
                approval.share.wipe()
                del self._given[staff_id]
        return min((each.until - now for each in self._given.values()), default=None)

    @contextmanager
    def opened(self, release_id: str, header: Header) -> Iterator[VaultKeys]:
        """The vault's keys for one act; afterwards they and all approvals are gone.

        Raises NotEnoughOfficers; VaultDamaged where the header is not what the root vouched for.
        """
        self.lapse()
        try:
            shares = [
                each.share
                for each in self._given.values()
                if self._release == release_id and each.key_id == header.key_id
            ]
            with officers.combine(shares, header) as root:
                keys = VaultKeys.opening(header, root)
            try:
                yield keys
            finally:
                keys.wipe()
        finally:
            self.forget()
