"""The unlock page without Qt: who is chosen, how long to wait, what the tiles say.

`UnlockCalls` are the services it needs; `OfficeUnlock` asks the office for them.  The database is
imported inside the calls: they run on the work lane, and the page is shown before that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from facility_app.domain.access import PROGRAM, Actor, Role


@dataclass(frozen=True)
class Tile:
    """One person on the page.  `roles` in force now; `colour` any integer."""

    number: str
    name: str
    roles: tuple[Role, ...] = ()
    night_only: bool = False
    colour: int = 0


@dataclass(frozen=True)
class OutCount:
    """What the locked screen may say: how many pouches are out, how many late."""

    out: int = 0
    late: int = 0


class UnlockCalls(Protocol):
    """Every call may block: on the work lane only."""

    def tiles(self) -> Sequence[Tile]: ...
    def out_count(self) -> OutCount: ...
    def unlock(self, number: str, password: str) -> Actor: ...


class _Office(Protocol):
    def ask(self, actor: Actor, query: Callable[..., Any], *args: Any) -> Any: ...
    def unlock(self, number: str, password: str) -> Actor: ...


class OfficeUnlock:
    """`UnlockCalls` by the office."""

    def __init__(self, office: _Office) -> None:
        self._office = office

    def tiles(self) -> Sequence[Tile]:
        """Everybody with an account who works here today."""
        from facility_app.services.access import unlock_tiles

        return [
            Tile(row.number, row.name, row.roles, row.night_only, row.colour)
            for row in self._office.ask(PROGRAM, unlock_tiles)
        ]

    def out_count(self) -> OutCount:
        """Counts without names."""
        from facility_app.services.loans import count_out

        counts = self._office.ask(PROGRAM, count_out)
        return OutCount(counts.out, counts.late)

    def unlock(self, number: str, password: str) -> Actor:
        """Raises MustWait, WrongPassword or NoRightsNow."""
        return self._office.unlock(number, password)


@dataclass
class UnlockForm:
    """State of the page.  `clock_s`: seconds of a clock that never goes back."""

    clock_s: Callable[[], float]
    tiles: tuple[Tile, ...] = ()
    number: str = ""
    working: bool = False
    _wait: dict[str, float] = field(default_factory=dict)

    def person(self) -> Tile | None:
        """Whose number it is; None while it is nobody's."""
        return next((tile for tile in self.tiles if tile.number == self.number), None)

    def choose(self, number: str) -> None:
        """A tile was chosen, or a number typed or scanned."""
        self.number = number.strip()

    def seconds_left(self) -> int:
        """Until the chosen person may try again."""
        left = self._wait.get(self.number, 0.0) - self.clock_s()
        return max(0, int(left + 0.999))

    def can_try(self, password_typed: bool) -> bool:
        """Whether the button works now."""
        typed = bool(self.number) and password_typed
        return typed and not self.working and not self.seconds_left()

    def failed(self, exc: BaseException) -> None:
        """Take over the delay that the service gave."""
        self.working = False
        wait = getattr(exc, "wait_s", 0)
        if wait:
            self._wait[self.number] = self.clock_s() + wait

    def unlocked(self) -> None:
        """Nothing of the attempt stays."""
        self.working = False
        self._wait.pop(self.number, None)
        self.number = ""
