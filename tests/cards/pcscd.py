"""A smart-card service of the tests' own, beside whatever the machine runs.

`pcscd` has its socket fixed at /run/pcscd.  Ours gets a private folder there, in a mount namespace
of its own, and its readers listen on ports that were free; clients find it by
PCSCLITE_CSOCK_NAME.  Only what was started here is ended here.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from facility_app.cards.pcsc import PcscDriver
from facility_app.cards.protocol import Place, ServiceStopped
from facility_app.cards.simulator import CardProfile, Faults, FaultyCard, Pace
from facility_app.cards.simulator.faults import INSTANT
from facility_app.cards.simulator.vpcd import InsertedCard

SOCKET = "PCSCLITE_CSOCK_NAME"
SLOTS = 2
"""The driver gives two readers, and listens on two ports in a row."""

PATIENCE_S = 10.0
READER = """\
FRIENDLYNAME "Virtual PCD"
DEVICENAME /dev/null:0x{port:04X}
LIBPATH {library}
CHANNELID 0x{port:04X}
"""
_DIE_WITH_PARENT, _SIGTERM = 1, int(signal.SIGTERM)


class Pcscd:
    """One service with two virtual readers; not running until `start`."""

    def __init__(self, folder: Path) -> None:
        self._run, self._config = folder / "run", folder / "config"
        self.log = folder / "pcscd.log"
        for each in (self._run, self._config):
            each.mkdir(parents=True)
        self.ports = free_ports(SLOTS)
        self.readers = tuple(f"Virtual PCD 00 {slot:02d}" for slot in range(SLOTS))
        self.environment = {**os.environ, SOCKET: str(self._run / "pcscd.comm")}
        text = READER.format(port=self.ports[0], library=_driver_library())
        (self._config / "vpcd").write_text(text)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Until it answers.  Raises RuntimeError with its own words where it does not."""
        # exec in the end, so that the process that is ended is the service itself
        script = 'mkdir -p /run/pcscd && mount --bind "$1" /run/pcscd && shift && exec "$@"'
        alone = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "-r", "--mount"]
        service = [_found("pcscd"), "--foreground", "--config", str(self._config)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*alone, "sh", "-c", script, "sh", str(self._run), *service],
                stdout=log,
                stderr=log,
                preexec_fn=_die_with_parent,  # so that a killed run leaves nothing
            )
        self._until(self._answers, "the service to answer")

    def stop(self) -> None:
        """End it; nothing happens where it does not run."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for left in self._run.iterdir():
            left.unlink(missing_ok=True)

    def restart(self) -> None:
        """As an administrator does."""
        self.stop()
        self.start()

    @contextmanager
    def card(
        self,
        profile: CardProfile,
        faults: Faults | None = None,
        *,
        slot: int = 0,
        pace: Pace = INSTANT,
    ) -> Iterator[InsertedCard]:
        """A card on one of the readers, which has seen it; taken off at the end."""
        place = Place.SILENT if faults is not None and faults.mute else Place.CARD
        with InsertedCard(FaultyCard(profile, faults, pace), self.ports[slot]) as inserted:
            self.until_reader_says(place, slot)
            yield inserted
        self.until_reader_says(Place.EMPTY, slot)

    def until_reader_says(self, place: Place, slot: int = 0) -> None:
        """Wait until the reader sees this."""
        driver = PcscDriver()
        try:
            self._until(
                lambda: any(
                    view.name == self.readers[slot] and view.place is place
                    for view in driver.wait(1)
                ),
                f"{place.value} on {self.readers[slot]}",
            )
        finally:
            driver.close()

    def _answers(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            raise RuntimeError(f"pcscd ended:\n{self.log.read_text(errors='replace')}")
        driver = PcscDriver()
        try:
            return len(driver.wait(0)) == SLOTS
        except ServiceStopped:
            return False
        finally:
            driver.close()

    def _until(self, seen: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE_S
        while not seen():
            if time.monotonic() > end:
                raise RuntimeError(f"waited for {what}:\n{self.log.read_text(errors='replace')}")
            time.sleep(0.01)


def free_ports(count: int) -> tuple[int, ...]:
    """Ports in a row that are free, under 32 768 so that no outgoing connection takes one."""
    for first in range(20_000 + os.getpid() % 5_000 * 2, 32_000, count):
        held = [socket.socket() for _ in range(count)]
        try:
            for number, each in enumerate(held):
                each.bind(("", first + number))
        except OSError:
            continue
        finally:
            for each in held:
                each.close()
        return tuple(range(first, first + count))
    raise RuntimeError("no free ports")


def _found(program: str) -> str:
    path = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if path is None:
        raise RuntimeError(f"{program} is not installed; scripts/setup.sh dev installs it")
    return path


def _driver_library() -> Path:
    found = sorted(Path("/usr/lib/pcsc/drivers").rglob("libifdvpcd.so"))
    if not found:
        raise RuntimeError("vsmartcard-vpcd is not installed; scripts/setup.sh dev installs it")
    return found[0]


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, _SIGTERM)
