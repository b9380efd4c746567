"""Where a copy of the record is written: a new or empty folder, filled as a whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from facility_app.config import DataFolder, sync_folder
from facility_app.db.engine import DiskFull
from facility_app.errors import Refused

_DRAFT = ".facility-export-"


@dataclass(eq=False)
class ExportPlaceTaken(Refused):
    """There is something at the place already; nothing of it is touched."""

    key: ClassVar[str] = "audit.export_place_taken"
    place: str


@dataclass(eq=False)
class ExportPlaceInside(Refused):
    """The place lies in the program's own data folder."""

    key: ClassVar[str] = "audit.export_place_inside"
    place: str


@dataclass(eq=False)
class ExportPlaceUnusable(Refused):
    """The place cannot be written: not there, protected, or it broke off."""

    key: ClassVar[str] = "audit.export_place_unusable"
    place: str


def refuse_data_folder(data: DataFolder, place: Path) -> None:
    """Raise ExportPlaceInside where `place` is the data folder or lies in it."""
    if place.resolve().is_relative_to(data.path.resolve()):
        raise ExportPlaceInside(str(place))


def refuse_place(data: DataFolder, place: Path) -> None:
    """Raise ExportPlaceInside, ExportPlaceTaken or ExportPlaceUnusable for a folder to be made."""
    refuse_data_folder(data, place)
    with faults(place):
        if place.is_dir():
            if any(place.iterdir()):
                raise ExportPlaceTaken(str(place))
        elif place.exists() or place.is_symlink():
            raise ExportPlaceTaken(str(place))
        elif not place.parent.is_dir():
            raise ExportPlaceUnusable(str(place))


@contextmanager
def faults(place: Path) -> Iterator[None]:
    """Turn the system's errors into DiskFull or ExportPlaceUnusable."""
    try:
        yield
    except OSError as exc:
        if exc.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull from exc
        raise ExportPlaceUnusable(str(place)) from exc


class Draft:
    """Files in the making, in a hidden folder of the same file system."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: set[Path] = {folder}

    def put(self, name: str, content: bytes) -> None:
        """Write one file, on disk when this returns; `name` with ``/`` under the export."""
        path = self._folder / name
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def drafted(place: Path, last: str) -> Iterator[Draft]:
    """A draft that becomes the folder `place` when the block ends, and is gone when it raises.

    A new folder appears at once.  In one that was there, empty, a stick for example, the file
    `last` appears after all others: without it there is no export.  Raises DiskFull,
    ExportPlaceUnusable.
    """
    with faults(place):
        inside = place.is_dir()
        folder = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=place if inside else place.parent))
        try:
            yield Draft(folder)
            if inside:
                _empty_into(folder, place, last)
            else:
                os.rename(folder, place)
                sync_folder(place.parent)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


def _empty_into(folder: Path, place: Path, last: str) -> None:
    names = sorted((each.name for each in folder.iterdir()), key=lambda name: (name == last, name))
    moved: list[Path] = []
    try:
        for name in names:
            os.rename(folder / name, place / name)
            moved.append(place / name)
        folder.rmdir()
        sync_folder(place)
    except BaseException:
        for path in moved:
            with suppress(OSError):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise
