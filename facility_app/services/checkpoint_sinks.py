"""The second place of the checkpoints: files in folders outside, a stick or a share.

A checkpoint binds even the holder of the keys, as long as a copy lies where they cannot reach.  The
newest 100 are in each folder, older ones stay; each covers everything before it.  Files are added,
and written anew where they were cut off::

    <folder>/checkpoints-<store>/<year>-<month>/<entries>-<root>.txt

One folder a month, because a stick (FAT) holds few files in one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import ClassVar

from sqlalchemy.engine import Connection

from facility_app.audit import checkpoints, log
from facility_app.audit.checkpoint import Verifier
from facility_app.audit.checkpoints import Made
from facility_app.audit.tree import EMPTY_ROOT, Head, consistent
from facility_app.audit.work import Reading
from facility_app.config import replace_file
from facility_app.domain.access import PROGRAM, Permission
from facility_app.domain.clock import local_time
from facility_app.errors import IntegrityError
from facility_app.services.log_check import never
from facility_app.services.office import Office
from facility_app.services.settings import load_settings

NEWEST = 100
"""So many checkpoints must be in every folder; some days of a busy desk."""

_NAME = re.compile(r"(\d{12,19})-([0-9a-f]{64})\.txt")
_MOST_BYTES = 16_384

_Named = tuple[int, bytes]
"""Size and root, as a file's name says them."""


class SinkProblem(Enum):
    """What is wrong with a folder; of several, the first in this order is told."""

    CONTRADICTS = "contradicts"
    AHEAD = "ahead"
    FOLDER_MISSING = "folder-missing"
    UNUSABLE = "unusable"
    DAMAGED = "damaged"
    MISSING = "missing"


GRAVE = frozenset({SinkProblem.CONTRADICTS, SinkProblem.AHEAD})
"""The log is not the one that was signed: its past was changed, or its end cut off."""


@dataclass(eq=False)
class CheckpointContradicted(IntegrityError):
    """A checkpoint outside says otherwise than the log: `entries` is what it covers."""

    key: ClassVar[str] = "audit.checkpoint_contradicted"
    folder: str
    entries: int


@dataclass(frozen=True)
class SinkState:
    """One folder, compared with the log.

    present: how many of the newest checkpoints are there as they should be; missing: how many are
    not; entries: what the checkpoint that contradicts or is damaged covers; file: its path.
    """

    folder: Path
    present: int = 0
    missing: int = 0
    problem: SinkProblem | None = None
    entries: int = 0
    file: str = ""

    @property
    def key(self) -> str:
        """The message that says how it stands; its attribute ``todo`` says what to do now."""
        return f"sink-{self.problem.value if self.problem else 'kept'}"

    def facts(self) -> dict[str, object]:
        """The variables of the message."""
        return {"folder": str(self.folder), "entries": self.entries, "missing": self.missing}

    @property
    def error(self) -> CheckpointContradicted | None:
        """A grave finding as the error that the window blocks with."""
        if self.problem not in GRAVE:
            return None
        return CheckpointContradicted(str(self.folder), self.entries)


def copy_checkpoints(
    office: Office, cancelled: Callable[[], bool] = never
) -> tuple[SinkState, ...]:
    """Put the newest checkpoints where they are missing, newest first, and tell how it stands.

    By the program itself, after a checkpoint was made; a folder that was away catches up.  Blocks
    on slow drives: on the work lane only.  Nothing is written to a folder that contradicts the log.
    Raises LogTampered.
    """
    facts = office.ask(PROGRAM, _facts)
    return tuple(_filled(state, facts, cancelled) for state in _states(office, facts))


def fill_folder(office: Office, folder: Path) -> SinkState:
    """Put the newest checkpoints into `folder`, whether or not it is one of the settings.

    Raises LogTampered.
    """
    facts = office.ask(PROGRAM, _facts)
    return _filled(_compared(office, folder, facts), facts, never)


def sink_state(office: Office) -> tuple[SinkState, ...]:
    """Every folder of the settings, compared with the log as it stands; nothing is written.

    By the program itself, at the start and at every unlock.  That the older checkpoints in the
    store are those of the log is for a full verification to say.  Raises LogTampered.
    """
    return _states(office, office.ask(PROGRAM, _facts))


def own_folder(folder: Path, verifier: Verifier) -> Path:
    """Where the checkpoints of one store lie in a folder that others may use as well."""
    return folder / f"checkpoints-{verifier.origin.rpartition('/')[2]}"


@dataclass(frozen=True)
class _Facts:
    folders: tuple[Path, ...]
    verifier: Verifier
    newest: tuple[Made, ...]

    def place(self, folder: Path, made: Made) -> Path:
        """Where a checkpoint lies in a folder."""
        month = local_time(made.made_at).strftime("%Y-%m")
        return self.own(folder) / month / f"{made.size:012d}-{made.root.hex()}.txt"

    def own(self, folder: Path) -> Path:
        """The folder of this store; others may use the same stick."""
        return own_folder(folder, self.verifier)


def _facts(reading: Reading) -> _Facts:
    reading.require(Permission.MAKE_CHECKPOINT)
    folders = load_settings(reading.session).checkpoint_folders
    newest = checkpoints.newest(reading.connection, NEWEST)
    return _Facts(tuple(map(Path, folders)), reading.trust.verifier, tuple(newest))


def _states(office: Office, facts: _Facts) -> tuple[SinkState, ...]:
    return tuple(_compared(office, folder, facts) for folder in facts.folders)


def _compared(office: Office, folder: Path, facts: _Facts) -> SinkState:
    if not folder.is_dir():
        return SinkState(folder, 0, len(facts.newest), SinkProblem.FOLDER_MISSING)
    try:
        files = _files(facts.own(folder))
        problems = office.ask(PROGRAM, _problems, frozenset(files))
        for (size, root), problem in problems.items():
            if _genuine(files[size, root], facts.verifier, size, root):
                return SinkState(folder, 0, 0, problem, size, str(files[size, root]))
        return _complete(folder, facts)
    except OSError:
        return SinkState(folder, 0, len(facts.newest), SinkProblem.UNUSABLE)


def _complete(folder: Path, facts: _Facts) -> SinkState:
    """Whether the newest are there, each as it was made."""
    present, damaged = 0, SinkState(folder)
    for made in facts.newest:
        path = facts.place(folder, made)
        if not path.is_file():
            continue
        if _content(path) == made.text:
            present += 1
        else:
            damaged = SinkState(folder, 0, 0, SinkProblem.DAMAGED, made.size, str(path))
    missing = len(facts.newest) - present
    problem = damaged.problem or (SinkProblem.MISSING if missing else None)
    return SinkState(folder, present, missing, problem, damaged.entries, damaged.file)


def _filled(state: SinkState, facts: _Facts, cancelled: Callable[[], bool]) -> SinkState:
    """The folder with what was missing or damaged in it written anew."""
    if state.problem not in (SinkProblem.MISSING, SinkProblem.DAMAGED):
        return state
    folder = state.folder
    try:
        for made in facts.newest:
            path = facts.place(folder, made)
            if cancelled():
                break
            if not path.is_file() or _content(path) != made.text:
                path.parent.mkdir(parents=True, exist_ok=True)
                replace_file(path, made.text.encode())
        return _complete(folder, facts)
    except OSError:
        return SinkState(folder, 0, len(facts.newest), SinkProblem.UNUSABLE)


def _files(own: Path) -> dict[_Named, Path]:
    """The checkpoints in a folder by the size and root in their names."""
    found = ((_NAME.fullmatch(path.name), path) for path in own.glob("*/*.txt"))
    return {(int(name[1]), bytes.fromhex(name[2])): path for name, path in found if name}


def _problems(reading: Reading, files: frozenset[_Named]) -> dict[_Named, SinkProblem]:
    """What speaks against the log: of the newest stored, and of those that are not stored.

    Raises LogTampered where the log itself does not end as it should.
    """
    reading.require(Permission.MAKE_CHECKPOINT)
    connection = reading.connection
    head = log.trusted_head(connection, log.kept_head(connection), reading.trust.head_key)
    stored = checkpoints.all_named(connection)
    known, recent = frozenset(stored), frozenset(stored[-NEWEST:])
    judged = ((each, _judged(connection, head, *each)) for each in files - known | files & recent)
    found = {each: problem for each, problem in judged if problem is not None}
    return dict(sorted(found.items(), key=lambda item: list(SinkProblem).index(item[1])))


def _judged(connection: Connection, head: Head, size: int, root: bytes) -> SinkProblem | None:
    """None where the log that ends with `head` contains that past: proved, not looked up."""
    if size > head.size:
        return SinkProblem.AHEAD
    if size == 0:
        return None if root == EMPTY_ROOT else SinkProblem.CONTRADICTS
    try:
        proof = log.consistency(connection, size, head.size)
    except log.MissingNode:
        return SinkProblem.CONTRADICTS
    holds = consistent(size, root, head.size, head.root(), proof)
    return None if holds else SinkProblem.CONTRADICTS


def _genuine(path: Path, verifier: Verifier, size: int, root: bytes) -> bool:
    """Whether a file is a checkpoint that this store signed, over what its name says."""
    read = checkpoints.read(verifier, _content(path))
    return read is not None and (read.size, read.root) == (size, root)


def _content(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_MOST_BYTES).decode("utf-8", "replace")
