"""Vault processes for the tests: the real one, and one whose readers do what a test wants."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from facility_app.secret import Secret
from facility_app.vault.client import Deposit, Made, VaultAgent
from facility_app.vault.process import COMMAND
from tests.vault.world import CHEAP, DEVICE, STORE_ID, entry_id, passphrase

PATIENCE_S = 20.0
PIN = b"2580"
NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
"""Runs a program as somebody who may do nothing; for tests that root runs."""


def until(holds: Callable[[], bool], within_s: float = PATIENCE_S) -> float:
    """Wait until it holds; gives the seconds it took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < within_s, "it never came"
        time.sleep(0.001)
    return time.monotonic() - began


def is_there(pid: int) -> bool:
    """Whether the process exists, a zombie included."""
    return Path(f"/proc/{pid}").exists()


def resident_kib(pid: int) -> int:
    """Memory that the process has in use."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


@contextmanager
def agent(*command: str) -> Iterator[VaultAgent]:
    """A client side; its process is gone at the end."""
    made = VaultAgent(command or COMMAND)
    try:
        yield made
    finally:
        made.kill()


def script(body: str) -> tuple[str, ...]:
    """A process that runs these lines; `serve` is there, and `Path`."""
    head = "from pathlib import Path\nfrom facility_app.vault.agent import serve\n"
    return (sys.executable, "-c", head + body)


def create(made: VaultAgent, folder: Path, staff: int = 2, threshold: int = 2, cost=CHEAP) -> Made:
    """A vault of officers 1 to `staff`."""
    return made.create(folder, STORE_ID, DEVICE.copy(), cost, passphrases(staff), threshold)


def open_vault(made: VaultAgent, folder: Path, cost=CHEAP):
    return made.open(folder, STORE_ID, DEVICE.copy(), cost)


def passphrases(*staff: int) -> Mapping[int, Secret]:
    """Of officers 1 to n, or of those named."""
    named = range(1, staff[0] + 1) if len(staff) == 1 else staff
    return {each: passphrase(each) for each in named}


def place(number: int = 1, version: int = 1) -> Deposit:
    return Deposit(entry_id(number).hex(), 100 + number, "user_auth", version)


def approve(made: VaultAgent, *staff: int, release: str = "release") -> None:
    """Begin a release and let these officers approve it."""
    made.begin(release)
    for each in staff:
        made.approve(each, passphrase(each))


def ended(process: subprocess.Popen[bytes], within_s: float = PATIENCE_S) -> int:
    """The exit code of a process that ends by itself."""
    return process.wait(within_s)
