"""What the vault's process took from the system, seen from outside."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from facility_app.keystore import PassphraseCost
from facility_app.secret import Secret
from facility_app.vault.file import FILE_NAME, PREVIOUS_NAME
from facility_app.vault.hardening import Measure
from facility_app.vault.process import COMMAND
from tests.vault.agents import NOBODY, PIN, agent, create, place

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

IS_ROOT = os.geteuid() == 0
READ = "import sys; open(sys.argv[1], 'rb').read(1)"


def status(pid: int, name: str) -> str:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(line.split(":", 1)[1].strip() for line in lines if line.startswith(name + ":"))


def limit(pid: int, name: str) -> list[str]:
    lines = Path(f"/proc/{pid}/limits").read_text().splitlines()
    return next(line.removeprefix(name).split()[:2] for line in lines if line.startswith(name))


@pytest.fixture
def pid(tmp_path):
    with agent() as made:
        create(made, tmp_path)
        assert made.pid is not None
        yield made.pid


def test_no_core_file_whatever_happens(pid):
    assert limit(pid, "Max core file size") == ["0", "0"]


def test_a_session_of_its_own_and_no_folder_of_anybody_in_use(pid):
    assert os.getsid(pid) == pid
    assert os.getsid(0) != pid
    if os.access(f"/proc/{pid}/cwd", os.R_OK):
        assert os.readlink(f"/proc/{pid}/cwd") == "/"


def test_nothing_of_the_parent_but_the_pipe(pid):
    if not IS_ROOT:
        pytest.skip("only root sees what a process that is not dumpable has open")
    names = {os.readlink(each) for each in Path(f"/proc/{pid}/fd").iterdir()}
    assert {name.split(":")[0] for name in names} == {"/dev/null", "pipe"}


def test_its_files_are_for_its_own_person_alone(tmp_path):
    with agent() as made:
        create(made, tmp_path)
        made.deposit(place(), Secret(PIN))
    for name in (FILE_NAME, PREVIOUS_NAME):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_what_took_is_told_and_true(tmp_path):
    with agent() as made:
        create(made, tmp_path)
        assert made.pid is not None
        told = set(made.measures)
        assert {Measure.NO_CORE, Measure.NOT_DUMPABLE, Measure.OWN_SESSION} <= told
        assert (int(status(made.pid, "VmLck").split()[0]) > 10_000) is (Measure.LOCKED in told)


@pytest.fixture
def as_nobody() -> tuple[str, ...]:
    """Words before a command that is to run as somebody without rights."""
    if not IS_ROOT:
        return ()
    works = [*NOBODY, sys.executable, "-c", "import facility_app"]
    if shutil.which(NOBODY[0]) is None or subprocess.run(works, check=False).returncode:
        pytest.skip("nobody else may run the program from this folder")
    return NOBODY


def readable(as_nobody: tuple[str, ...], path: str) -> bool:
    words = [*as_nobody, sys.executable, "-c", READ, path]
    return subprocess.run(words, stderr=subprocess.DEVNULL, check=False).returncode == 0


@pytest.fixture
def world_folder() -> Iterator[Path]:
    """A folder in which anybody may write: those of pytest are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


def test_not_even_its_own_person_reads_its_memory(as_nobody, world_folder):
    open_one = subprocess.Popen([*as_nobody, sys.executable, "-c", "input()"], stdin=-1)
    try:
        with agent(*as_nobody, *COMMAND) as made:
            create(made, world_folder)
            assert readable(as_nobody, f"/proc/{open_one.pid}/environ"), "so it would be possible"
            for name in ("environ", "maps", "mem"):
                assert not readable(as_nobody, f"/proc/{made.pid}/{name}")
    finally:
        open_one.kill()
        open_one.wait()


def test_a_low_limit_of_locked_memory_hinders_nothing(as_nobody, world_folder):
    """Of 8 MiB nothing can be locked; the 256 MiB of an Argon2id are had all the same."""
    limited = ("prlimit", f"--memlock={8 << 20}:{8 << 20}", *as_nobody)
    with agent(*limited, *COMMAND) as made:
        create(made, world_folder, 1, 1, PassphraseCost(256 * 1024, 1, 4, 10, 64, 1))
        assert made.pid is not None
        assert Measure.LOCKED not in made.measures
        assert status(made.pid, "VmLck") == "0 kB"


def test_what_is_locked_is_let_go_where_it_leaves_no_room(tmp_path):
    """With 500 MiB of addresses, two Argon2id of 256 MiB no longer fit beside what is locked."""
    with agent("prlimit", f"--as={500 << 20}", *COMMAND) as made:
        create(made, tmp_path)
        assert made.pid is not None
        assert Measure.LOCKED not in made.measures
        assert status(made.pid, "VmLck") == "0 kB"


def test_nobody_starts_it_by_hand():
    import pty  # there is none on Windows

    main, other = pty.openpty()
    done = subprocess.run(list(COMMAND), stdin=other, capture_output=True, timeout=20, check=False)
    os.close(main)
    os.close(other)
    assert done.returncode == 1
    assert b"answers nobody else" in done.stderr
    assert done.stdout == b""
