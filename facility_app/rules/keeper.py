"""What is in force when something is lost: the newest sound rule files, even while one is broken.

A corrected telephone number must count at the next opening of the page, and a slip while typing it
must not take the page away at the worst moment.  So the files are looked at each time, a changed
set is read anew, a broken one is refused with its line, and the last sound one stays in force.  A
copy of it is kept with the data, for a start with a broken file.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock

from facility_app.config import replacing, resources
from facility_app.domain.incident_rules import LostRules
from facility_app.domain.incident_steps import Calendar
from facility_app.domain.leak import LeakRules
from facility_app.domain.working_days import OpenDays
from facility_app.rules import Origin, RuleFileDamaged, Rules

FILES = ("contacts", "lost_steps", "leak", "holidays", "item_kinds", "purposes")
"""The files that the book is made of, without ``.toml``."""


@dataclass(frozen=True)
class LostBook:
    """All rule data about a loss, of one and the same reading.  `origins` by name of the file."""

    lost: LostRules
    leak: LeakRules
    days: OpenDays
    origins: dict[str, Origin]

    @property
    def calendar(self) -> Calendar:
        """What deadlines are reckoned with."""
        return Calendar(self.days, self.leak.clock)


@dataclass(frozen=True)
class InForce:
    """The book that holds, and what is wrong with the files as they lie there now, if anything."""

    book: LostBook
    problem: RuleFileDamaged | None = None


def read_book(folder: Path | None = None) -> LostBook:
    """The rule files of a folder.  Raises RuleFileDamaged."""
    rules = Rules(folder)
    origins = {name: rules.origin(name) for name in FILES[:4]}
    return LostBook(rules.lost, rules.leak, rules.open_days, origins)


class LostBookKeeper:
    """Gives the book in force; one for each store, callable from any thread.

    folder: the rule files, None = those of the program; kept: where a sound copy is put, None =
    nowhere.
    """

    def __init__(self, folder: Path | None = None, kept: Path | None = None) -> None:
        self._folder = folder or resources() / "rules"
        self._kept = kept
        self._lock = Lock()
        self._seen = b""
        self._now: InForce | None = None

    def now(self) -> InForce:
        """The book in force.  Raises RuleFileDamaged where there never was a sound one."""
        with self._lock:
            seen = self._fingerprint()
            if self._now is None or seen != self._seen:
                self._now, self._seen = self._read(), seen
            return self._now

    def _fingerprint(self) -> bytes:
        digest = sha256()
        for name in FILES:
            with suppress(OSError):
                content = (self._folder / f"{name}.toml").read_bytes()
                digest.update(name.encode() + len(content).to_bytes(8, "big") + content)
        return digest.digest()

    def _read(self) -> InForce:
        try:
            book = read_book(self._folder)
        except RuleFileDamaged as damaged:
            return InForce(self._last_sound(damaged), damaged)
        self._keep()
        return InForce(book)

    def _last_sound(self, damaged: RuleFileDamaged) -> LostBook:
        if self._now is not None:
            return self._now.book
        if self._kept is None:
            raise damaged
        try:
            return read_book(self._kept)
        except RuleFileDamaged:
            raise damaged from None

    def _keep(self) -> None:
        """Put a copy aside.  Where that fails nothing is lost but the copy."""
        if self._kept is None:
            return
        with suppress(OSError):
            self._kept.mkdir(parents=True, exist_ok=True, mode=0o700)
            for name in FILES:
                source, copy = (each / f"{name}.toml" for each in (self._folder, self._kept))
                if not copy.exists() or copy.read_bytes() != source.read_bytes():
                    with source.open("rb") as file, replacing(copy) as out:
                        shutil.copyfileobj(file, out)
