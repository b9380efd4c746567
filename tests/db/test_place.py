"""Where a store may lie, and that only one program opens it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from facility_app.db import place
from facility_app.db.engine import DatabaseReadOnly
from facility_app.db.place import (
    AlreadyRunning,
    InstanceLock,
    NetworkShareRefused,
    mounted_as,
    refuse_network_share,
)

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
tmpfs /run tmpfs rw 0 0
nas:/data /mnt/nas nfs4 rw 0 0
/dev/sdb1 /mnt/nas/local xfs rw 0 0
//srv/share /mnt/My\\040Share cifs rw 0 0
me@host: /home/me/remote fuse.sshfs rw 0 0
overlay
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/me/data", "ext4"),
        ("/mnt/nas", "nfs4"),
        ("/mnt/nas/data", "nfs4"),
        ("/mnt/nas/local/data", "xfs"),
        ("/mnt/nasty", "ext4"),
        ("/mnt/My Share/data", "cifs"),
        ("/home/me/remote/x", "fuse.sshfs"),
    ],
)
def test_the_deepest_mount_counts(folder: str, kind: str) -> None:
    assert mounted_as(Path(folder), MOUNTS) == kind


def test_of_two_mounts_at_one_point_the_later_counts() -> None:
    assert mounted_as(Path("/a/b"), "x /a ext4 rw\ny /a nfs rw\n") == "nfs"


def test_this_disk_is_accepted_even_for_a_folder_not_yet_made(tmp_path: Path) -> None:
    refuse_network_share(tmp_path / "not" / "yet")


def test_a_share_is_refused_and_named(tmp_path: Path, monkeypatch) -> None:
    kind = place.file_system(tmp_path)
    monkeypatch.setattr(place, "NETWORK_TYPES", frozenset({kind}))
    with pytest.raises(NetworkShareRefused) as refused:
        refuse_network_share(tmp_path)
    assert refused.value.kind == kind
    assert refused.value.folder == str(tmp_path)


HOLD = """
import sys
from pathlib import Path
from facility_app.db.place import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_process_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(AlreadyRunning):
        InstanceLock(path).acquire()
    holder.kill()
    holder.communicate()
    lock = InstanceLock(path)
    lock.acquire()
    lock.release()
    lock.release()


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseReadOnly):
        InstanceLock(tmp_path / "file" / "lock").acquire()
