"""Where a report is written: all of it or nothing, and never over something else."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, ClassVar

from facility_app.config import DataFolder, replacing
from facility_app.errors import Refused
from facility_app.services.export_place import refuse_data_folder


@dataclass(eq=False)
class ReportPlaceTaken(Refused):
    """There is a file of this name already; it was not touched."""

    key: ClassVar[str] = "reports.place_taken"
    place: str


@dataclass(eq=False)
class ReportPlaceUnusable(Refused):
    """The file cannot be written there: no such folder, write protected, or it broke off."""

    key: ClassVar[str] = "reports.place_unusable"
    place: str


@dataclass(eq=False)
class ReportPlaceFull(Refused):
    """There is no room for the report there; nothing is left of it."""

    key: ClassVar[str] = "reports.place_full"
    place: str


def refuse_place(data: DataFolder, place: Path) -> None:
    """Raise ExportPlaceInside, ReportPlaceTaken or ReportPlaceUnusable, before anything is made."""
    refuse_data_folder(data, place)
    if place.exists() or place.is_symlink():
        raise ReportPlaceTaken(str(place))
    if not place.parent.is_dir():
        raise ReportPlaceUnusable(str(place))


@contextmanager
def written(place: Path) -> Iterator[BinaryIO]:
    """A file that appears at `place` when the block ends, and is gone when it raises.

    Raises ReportPlaceFull, ReportPlaceUnusable.
    """
    try:
        with replacing(place) as file:
            yield file
    except OSError as exc:
        full = exc.errno in (errno.ENOSPC, errno.EDQUOT)
        raise (ReportPlaceFull if full else ReportPlaceUnusable)(str(place)) from exc
