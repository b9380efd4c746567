"""200 PINs typed, sent, shown and locked away: none is found anywhere afterwards (issue #4).

The window is a process of its own, and so is this one, which knows the PINs and searches the other
one's memory through /proc.
"""

from __future__ import annotations

import os
import re
import secrets
import string
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from facility_app.cards.chip import Pin
from tests.cards.pcscd import Pcscd
from tests.e2e.pin_window import CARD, LENGTH, room

COUNT, PAINTED = 200, 20
GONE_WITHIN_S = 1.0
"""From the key to the end, through a window on a busy machine; the 200 ms of the process itself are
held by the tests of the vault."""

LEAST_MEMORY = 50 << 20
"""A process that shows less of its memory was not really searched."""

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="memory is read through /proc"),
    pytest.mark.timeout(400),
]


def planted(number: int) -> str:
    """Every other one digits alone, so that two in a byte can be looked for."""
    letters = string.digits if number % 2 else string.ascii_uppercase + string.digits
    return "".join(secrets.choice(letters) for _ in range(LENGTH))


def traces(pin: str) -> set[bytes]:
    """How it might stand in memory: whole, or a good part of it, in any of these writings."""
    parts = (pin, pin[:10], pin[-10:])
    found = {part.encode(code) for part in parts for code in ("utf-8", "utf-16-le", "utf-16-be")}
    return found | ({bytes.fromhex(pin)} if pin.isdigit() else set())


class Search:
    """Looks for many byte strings at once, with grep: it reads a memory faster than Python."""

    def __init__(self, folder: Path, pins: Iterable[str]) -> None:
        self._patterns = folder / "patterns"
        wanted = {trace for pin in pins for trace in traces(pin)}
        self._patterns.write_bytes(b"\n".join(sorted(wanted)) + b"\n")

    def in_pieces(self, pieces: Iterable[bytes]) -> int:
        """How often any of them occurs in the pieces, one after the other."""
        grep = subprocess.Popen(
            ["grep", "-o", "-a", "-F", "-f", str(self._patterns)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "LC_ALL": "C"},
        )
        assert grep.stdin is not None
        assert grep.stdout is not None
        for piece in pieces:
            grep.stdin.write(piece + b"\n")
        grep.stdin.close()
        found = grep.stdout.read().count(b"\n")
        assert grep.wait() in (0, 1)
        return found

    def in_files(self, folder: Path) -> int:
        """In every file below the folder."""
        return self.in_pieces(each.read_bytes() for each in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    return (each for each in folder.rglob("*") if each.is_file())


def memory_of(pid: int) -> Iterator[bytes]:
    """Everything of a process that may be read, a mapping each."""
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            first, last, rights = re.match(r"(\w+)-(\w+) (\S+)", line).groups()
            if "r" not in rights or line.endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
                continue
            memory.seek(int(first, 16))
            with suppress(OSError):  # a device's mapping is not memory of the process
                yield memory.read(int(last, 16) - int(first, 16))


class Window:
    """The other process, told what to do line by line."""

    def __init__(self, folder: Path, pcscd: Pcscd) -> None:
        self._said = (folder / "errors.txt").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.pin_window", str(folder), str(COUNT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            bufsize=0,
            env={
                **pcscd.environment,
                "QT_QPA_PLATFORM": "offscreen",
                "TMPDIR": str(folder / "tmp"),
                "PYTHONPATH": os.getcwd(),
            },
        )
        self.errors = folder / "errors.txt"

    def tell(self, line: str, *keys: str) -> None:
        """A command, then what is typed, a line for every field."""
        assert self.process.stdin is not None
        self.process.stdin.write("".join(f"{each}\n" for each in (line, *keys)).encode())

    def hears(self, word: str = "") -> str:
        """Its next answer."""
        assert self.process.stdout is not None
        answer = self.process.stdout.readline().decode().strip()
        assert answer, self.errors.read_text()[-3000:]
        assert answer == (word or answer)
        return answer

    def close(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.communicate()
        self._said.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What the window's process writes into, temporary files too."""
    (tmp_path / "window" / "tmp").mkdir(parents=True)
    return tmp_path / "window"


@pytest.fixture
def window(folder: Path, pcscd: Pcscd) -> Iterator[Window]:
    opened = Window(folder, pcscd)
    yield opened
    opened.close()


def test_no_pin_is_found_in_memory_files_or_papers(
    window: Window, folder: Path, pcscd: Pcscd, tmp_path: Path
) -> None:
    pins = [planted(number) for number in range(COUNT)]
    search, pid = Search(tmp_path, pins), window.process.pid
    window.hears("unlocked")
    for number, pin in enumerate(pins):
        if number in (PAINTED, COUNT - PAINTED):  # painting all of them takes minutes
            window.tell("paint off" if number == PAINTED else "paint on")
            window.hears("paint")
        window.tell(f"deposit {room(number)}", pin, pin)
        window.hears("deposit")
    assert search.in_pieces(memory_of(pid)) == 0

    card = replace(CARD, codes={Pin.USER_AUTH: pins[0].encode()})
    with pcscd.card(card) as lying:
        window.tell(f"present {room(0)}")
        window.hears("present")
        sent = [each for each in lying.card.sent if each[1] == 0x20 and len(each) > 5]
        assert [each[5:] for each in sent] == [pins[0].encode()]
        assert [each[:4] for each in sent] == [bytes.fromhex("00200098")]
    window.tell(f"reveal {room(1)}")
    window.hears("reveal")
    assert search.in_pieces(memory_of(pid)) == 0  # a picture of one stands on the screen

    window.tell("lock")
    window.hears("lock")
    read = list(memory_of(pid))
    assert sum(map(len, read)) > LEAST_MEMORY
    assert search.in_pieces(read) == 0
    window.tell("end")
    window.hears("ended")
    window.tell("")
    window.hears("papers")
    assert window.process.wait(20) == 0
    assert search.in_files(folder) == 0
    assert search.in_pieces(pages_of(folder / "papers" / "month.pdf")) == 0
    assert not [each for each in _files(folder) if each.name.startswith("core")]


def test_the_search_finds_what_an_ordinary_field_keeps(window: Window, tmp_path: Path) -> None:
    pin = planted(0)
    window.hears("unlocked")
    window.tell("type", pin)
    window.hears("type")
    assert Search(tmp_path, [pin]).in_pieces(memory_of(window.process.pid)) > 0


def test_the_vaults_process_is_gone_with_the_lock(window: Window) -> None:
    window.hears("unlocked")
    pin = planted(0)
    window.tell(f"deposit {room(0)}", pin, pin)
    window.hears("deposit")
    window.tell("agent")
    agent = Path("/proc") / window.hears()
    window.hears("agent")
    assert is_running(agent)
    began = time.perf_counter()
    window.tell("lock")
    while is_running(agent):
        time.sleep(0.001)
        assert time.perf_counter() - began < 5
    took = time.perf_counter() - began
    window.hears("lock")
    assert took <= GONE_WITHIN_S


def is_running(process: Path) -> bool:
    """Whether it still has memory: what only waits to be counted (Z) has none."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def pages_of(paper: Path) -> Iterator[bytes]:
    document = pypdfium2.PdfDocument(paper)
    return (page.get_textpage().get_text_bounded().encode() for page in document)
