"""Where a store may lie: on a disk of this computer, opened by one program at a time.

Imports nothing heavy: the window asks here before SQLAlchemy is loaded.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, ClassVar

from facility_app.errors import Refused

NETWORK_TYPES = frozenset(
    re.findall(
        r"\S+",
        "9p afpfs afs beegfs ceph cifs coda davfs ftp fuse.davfs2 fuse.glusterfs fuse.rclone"
        " fuse.s3fs fuse.sshfs fuse.vmhgfs-fuse glusterfs gpfs lustre ncpfs nfs nfs3 nfs4 ocfs2"
        " prl_fs smb smb2 smb3 smbfs vboxsf virtiofs webdav",
    )
)
"""File systems whose locks and write order SQLite cannot rely on (sqlite.org/useovernet.html)."""

_DRIVE_REMOTE = 4  # GetDriveTypeW
_MAC_TYPE_OFFSET, _MAC_STATFS_BYTES = 72, 2168  # struct statfs with 64-bit inodes: f_fstypename[16]


@dataclass(eq=False)
class NetworkShareRefused(Refused):
    """The data folder lies on a network share, where the database could be silently damaged."""

    key: ClassVar[str] = "store.network_share"
    folder: str
    kind: str


@dataclass(eq=False)
class AlreadyRunning(Refused):
    """Another program of this kind has the store open."""

    key: ClassVar[str] = "store.already_running"


def refuse_network_share(folder: Path) -> None:
    """Raise NetworkShareRefused where `folder`, or the nearest parent that exists, is remote."""
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    kind = file_system(place.resolve())
    if kind in NETWORK_TYPES:
        raise NetworkShareRefused(str(folder), kind)


def file_system(place: Path) -> str:
    """The kind of file system at `place`; empty where the system does not say."""
    if sys.platform == "win32":
        root = place.anchor or "."
        remote = root.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(root) == (
            _DRIVE_REMOTE
        )
        return "smb" if remote else ""
    if sys.platform == "darwin":
        buffer = ctypes.create_string_buffer(_MAC_STATFS_BYTES)
        if ctypes.CDLL(None).statfs(os.fsencode(place), buffer) != 0:
            return ""
        name = buffer.raw[_MAC_TYPE_OFFSET : _MAC_TYPE_OFFSET + 16]
        return name.split(b"\0")[0].decode("ascii", "replace")
    return mounted_as(
        place, Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    )


def mounted_as(place: Path, mounts: str) -> str:
    """The file system of the deepest mount above `place`, by the lines of ``/proc/self/mounts``."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), fields[1]))
        depth = len(point.parts)
        if depth >= best and (place == point or point in place.parents):
            best, kind = depth, fields[2]  # of two mounts at one point, the later one is on top
    return kind


class InstanceLock:
    """The lock of a store: held as long as the file is open, freed by the system after a crash."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def acquire(self) -> None:
        """Take the lock, or raise at once: AlreadyRunning, DatabaseReadOnly."""
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as exc:
            from facility_app.db.engine import DatabaseReadOnly

            raise DatabaseReadOnly from exc
        file = os.fdopen(handle, "r+b")
        try:
            _lock(file)
        except OSError as exc:
            file.close()
            raise AlreadyRunning from exc
        self._file = file

    def release(self) -> None:
        """Free the lock; the file stays, so that nobody locks a deleted one."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
