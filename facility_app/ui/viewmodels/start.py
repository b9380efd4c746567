"""The start as the window sees it: what a failed opening asks of the person.  No Qt.

The program opens the store on the work lane while the unlock page is already shown; what goes wrong
there leads to one of these pages.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from facility_app.config import DataFolder, replace_file
from facility_app.domain.access import Actor
from facility_app.domain.clock import Clock, utc_now
from facility_app.errors import Cancelled, FacilityError, IntegrityError
from facility_app.i18n import LANGUAGES
from facility_app.secret import Secret

if TYPE_CHECKING:
    from facility_app.cards.protocol import ReaderDriver
    from facility_app.services.office import Office


WINDOW_FILE = "window.json"
"""What the window must know before the store is open."""


class Stage(Enum):
    """What the window shows instead of the unlock page."""

    SET_UP = "set-up"
    PASSPHRASE = "passphrase"  # noqa: S105  # the name of a page
    WORDS = "words"
    RESTORE = "restore"
    TROUBLE = "trouble"


_STAGES = {
    "store.none": Stage.SET_UP,
    "store.passphrase_needed": Stage.PASSPHRASE,
    "store.wrong_passphrase": Stage.PASSPHRASE,
    "store.root_secret_missing": Stage.WORDS,
    "store.keyring_missing": Stage.WORDS,
    "store.passphrase_too_short": Stage.WORDS,
    "store.wrong_key": Stage.WORDS,
    "recovery.word_count": Stage.WORDS,
    "recovery.word_unknown": Stage.WORDS,
    "recovery.words_wrong": Stage.WORDS,
}
"""By the key of the error: the modules that define them are loaded after the window is shown."""


def stage_of(problem: BaseException) -> Stage:
    """The page that helps with `problem`; what nobody can mend here is TROUBLE."""
    if not isinstance(problem, FacilityError):
        return Stage.TROUBLE
    other = Stage.RESTORE if isinstance(problem, IntegrityError) else Stage.TROUBLE
    return _STAGES.get(problem.key, other)


@dataclass(frozen=True)
class Launch:
    """What the window is given by the composition root.  Every call blocks: work lane only.

    open: the store of `data`, with the passphrase where one was typed.  create: a new store, and
    its root secret.  recover: puts the root secret of 24 words into the keyring, or under the
    passphrase.  words: the 24 words of the store, to print its sheet again.  restore: puts a backup
    in the place of the damaged database.  reader: makes the readers, on the card thread; None = a
    program without any.
    """

    data: DataFolder
    open: Callable[[Secret | None], Any]
    create: Callable[[Secret | None], tuple[Any, Secret]]
    recover: Callable[[Sequence[str], Secret | None], object]
    words: Callable[[Secret | None], tuple[str, ...]]
    restore: Callable[[Path, Secret | None], object]
    clock: Clock = utc_now
    reader: Callable[[], ReaderDriver] | None = None


def found_backups(folder: Path) -> list[tuple[datetime, Path]]:
    """Backups lying in the data folder, newest first, each with when it was made (aware UTC)."""
    from facility_app.services.backup import backup_files  # late: it loads the database

    return list(backup_files(folder).items())


class OfficeSlot:
    """Stands for the office from the first moment on; filled when the store is open.

    Calls are queued behind the opening on the one work lane.  Where the opening failed they end in
    `Cancelled`, because its own page says why.
    """

    def __init__(self) -> None:
        self.office: Any = None

    def do(self, actor: Actor, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self._open().do(actor, use_case, *args, **kwargs)

    def ask(self, actor: Actor, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self._open().ask(actor, query, *args, **kwargs)

    def unlock(self, number: str, password: str) -> Actor:
        actor: Actor = self._open().unlock(number, password)
        return actor

    def lock(self, actor: Actor, reason: str) -> None:
        self._open().lock(actor, reason)

    def confirm_second(self, first: Actor, number: str, password: str) -> Any:
        return self._open().confirm_second(first, number, password)

    def identify_by_number(self, number: str) -> Actor:
        actor: Actor = self._open().identify_by_number(number)
        return actor

    def __getattr__(self, name: str) -> Any:
        """What else an office has (its folder, its keys): for use cases that take a whole one."""
        return getattr(self._open(), name)

    def _open(self) -> Any:
        if self.office is None:
            raise Cancelled
        return self.office


def whole(office: object) -> Office:
    """The office itself, for use cases that take more than one unit of work: backups, papers."""
    return cast("Office", office)


def kept_language(data: DataFolder) -> str:
    """The language of the window, known before the store is open; Japanese where none is kept."""
    try:
        kept = json.loads((data.path / WINDOW_FILE).read_text(encoding="utf-8"))
        language = str(kept["language"])
    except (OSError, ValueError, KeyError, TypeError):
        return LANGUAGES[0]
    return language if language in LANGUAGES else LANGUAGES[0]


def keep_language(data: DataFolder, language: str) -> None:
    """Remember the language for the next start; it says nothing about anybody."""
    if language != kept_language(data):
        text = json.dumps({"language": language})
        replace_file(data.path / WINDOW_FILE, text.encode())
