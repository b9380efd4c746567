"""A smart-card service of the tests' own, beside whatever the machine runs.

`pcscd` has its socket fixed at /run/pcscd.  Ours gets a private folder there, in a mount namespace
of its own, and its readers listen on ports that were free; clients find it by
PCSCLITE_CSOCK_NAME.  There it sees no drivers of real readers either: no test ever touches a card
that lies on somebody's desk.  Only what was started here is ended here.

Where no mount namespace may be made (some containers), the folder of the machine is used under a
lock, one test at a time; if a service runs there already, that is an error and says so.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
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
MACHINE = Path("/run/pcscd/pcscd.comm")
TURN = Path(tempfile.gettempdir()) / "facility-app-tests-pcscd.lock"
DRIVERS = Path("/usr/lib/pcsc/drivers")
READER = """\
FRIENDLYNAME "Virtual PCD"
DEVICENAME /dev/null:0x{port:04X}
LIBPATH {library}
CHANNELID 0x{port:04X}
"""
_DIE_WITH_PARENT, _SIGTERM = 1, int(signal.SIGTERM)

# exec in the end, so that the process that is ended is the service itself
_ALONE = 'mount --bind "$1" /run && mount --bind "$2" "$3" && shift 3 && exec "$@"'


class Pcscd:
    """One service with two virtual readers; not running until `start`."""

    def __init__(self, folder: Path) -> None:
        self._run, self._config, self._bare = folder / "run", folder / "config", folder / "drivers"
        self.log = folder / "pcscd.log"
        for each in (self._run / "pcscd", self._config, self._bare):
            each.mkdir(parents=True)
        self.private = bool(namespace())
        """Whether it may run beside other services all the time."""
        self.ports = free_ports(SLOTS)
        self.readers = tuple(f"Virtual PCD 00 {slot:02d}" for slot in range(SLOTS))
        self._socket = self._run / "pcscd" / "pcscd.comm" if self.private else MACHINE
        self.environment = {**os.environ, SOCKET: str(self._socket)}
        library = shutil.copy(_driver_library(), self._config.parent)
        (self._config / "vpcd").write_text(READER.format(port=self.ports[0], library=library))
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = ExitStack()

    def start(self) -> None:
        """Until it answers.  Raises RuntimeError with its own words where it does not."""
        words = [_found("pcscd"), "--foreground", "--config", str(self._config)]
        if self.private:
            places = [str(self._run), str(self._bare), str(DRIVERS)]
            words = [*namespace(), "sh", "-c", _ALONE, "sh", *places, *words]
        else:
            self._turn.enter_context(_turn_on_this_machine())
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                words,
                stdout=log,
                stderr=log,
                preexec_fn=_die_with_parent,  # so that a killed run leaves nothing
            )
        try:
            self._until(self._answers, "the service to answer")
        except RuntimeError:
            self.stop()
            raise

    def stop(self) -> None:
        """End it; nothing happens where it does not run."""
        process, self._process = self._process, None
        if process is None:
            return
        with self._turn:
            process.terminate()
            try:
                process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            self._socket.unlink(missing_ok=True)
            self._socket.with_name("pcscd.pid").unlink(missing_ok=True)

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


@cache
def namespace() -> tuple[str, ...]:
    """The words that run a program in a mount namespace of its own; none where nobody may.

    As root; or as a user, which is also what is left to root in many containers.
    """
    for words in (("unshare", "--mount"), ("unshare", "--map-root-user", "--mount")):
        try:
            made = subprocess.run(
                [*words, "mount", "--bind", "/run", "/run"], capture_output=True, check=False
            )
        except FileNotFoundError:
            return ()
        if made.returncode == 0:
            return words
    return ()


@contextmanager
def _turn_on_this_machine() -> Iterator[None]:
    """Alone at the machine's own socket; waits for other tests.  Raises RuntimeError where a
    service that is not ours runs there."""
    with TURN.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(str(MACHINE)) == 0:
                raise RuntimeError(
                    "A smart-card service runs on this computer, and a second one beside it needs a"
                    " mount namespace, which is not allowed here. Stop the service for the tests"
                    " (systemctl stop pcscd.socket pcscd), or allow `unshare --mount`."
                )
        yield


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
    found = sorted(DRIVERS.rglob("libifdvpcd.so"))
    if not found:
        raise RuntimeError("vsmartcard-vpcd is not installed; scripts/setup.sh dev installs it")
    return found[0]


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, _SIGTERM)
