"""The card check through a real smart-card service, against a bare script and against OpenSC.

Limits (issue #3): a full check at most 1.25 times a bare script that sends the same commands, as
many commands as the minimum of 12 (why: `cards.mynacard.read_chip`), and the command faster than
``pkcs15-tool`` for the certificate plus the counters.  Instant: the virtual reader as fast as it
is.  Contactless: at the pace of such a reader (60 ms a command and 30 ms for 256 bytes).  The two
sides take turns, each on a card that was just powered on.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from smartcard import scard

from facility_app.cards.mynacard import CARD_INFO, JPKI, RESIDENT_REGISTER
from facility_app.cards.pcsc import PcscDriver
from facility_app.cards.reading import read_card
from facility_app.cards.simulator import Pace
from facility_app.cards.simulator.faults import INSTANT
from facility_app.cards.simulator.profiles import good
from facility_app.domain.clock import local_date, utc_now
from tests.cards.pcscd import SOCKET, Pcscd

LIMIT = 1.25
ROUNDS = {"instant": 200, "contactless": 9}
PACES = {"instant": INSTANT, "contactless": Pace()}
BOTH = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
MINIMUM = [
    bytes.fromhex("00CA00F200"),
    b"\x00\xa4\x04\x0c\x0a" + JPKI,
    bytes.fromhex("00B0860020"),
    bytes.fromhex("00B0880003"),
    bytes.fromhex("00B08A0000"),
    bytes.fromhex("00200098"),
    bytes.fromhex("0020009B"),
    b"\x00\xa4\x04\x0c\x0a" + CARD_INFO,
    bytes.fromhex("00200091"),
    bytes.fromhex("00200095"),
    b"\x00\xa4\x04\x0c\x0a" + RESIDENT_REGISTER,
    bytes.fromhex("0020009C"),
]
"""What a check cannot do without, one line each."""


@contextmanager
def service() -> Iterator[Pcscd]:
    """A smart-card service of our own, to which this process talks."""
    with tempfile.TemporaryDirectory(prefix="facility-app-cards-") as folder:
        pcscd = Pcscd(Path(folder))
        os.environ[SOCKET] = pcscd.environment[SOCKET]
        pcscd.start()
        try:
            yield pcscd
        finally:
            pcscd.stop()


class Bare:
    """A script's connection, as short as pyscard can make one; its context is held, like ours."""

    def __init__(self, reader: str) -> None:
        self._reader = reader
        _result, self._context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)

    def check(self) -> None:
        """The same commands in a transaction, their answers only looked at for success."""
        result, handle, protocol = self._connect()
        assert result == scard.SCARD_S_SUCCESS
        scard.SCardBeginTransaction(handle)
        for command in MINIMUM:
            result, _answer = scard.SCardTransmit(handle, protocol, list(command))
            assert result == scard.SCARD_S_SUCCESS
        scard.SCardEndTransaction(handle, scard.SCARD_LEAVE_CARD)
        scard.SCardDisconnect(handle, scard.SCARD_LEAVE_CARD)

    def power_on(self) -> None:
        """Let the card forget what was selected."""
        _result, handle, _protocol = self._connect()
        scard.SCardDisconnect(handle, scard.SCARD_RESET_CARD)

    def _connect(self) -> tuple[int, object, int]:
        answer: tuple[int, object, int] = scard.SCardConnect(
            self._context, self._reader, scard.SCARD_SHARE_SHARED, BOTH
        )
        return answer


def took(work: Callable[[], object]) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def against_bare(pcscd: Pcscd, pace: str) -> bool:
    """A full check as the card thread makes it, against the bare script."""
    reader = pcscd.readers[0]
    apdus: set[int] = set()
    mine: list[float] = []
    theirs: list[float] = []

    driver, script = PcscDriver(), Bare(reader)

    def ours() -> None:
        apdus.add(read_card(driver, reader).apdus)

    with pcscd.card(good(local_date(utc_now())), pace=PACES[pace]):
        driver.wait(0)  # it has seen the card, as it has when a card is read
        for _ in range(ROUNDS[pace]):
            for work, times in ((ours, mine), (script.check, theirs)):
                script.power_on()
                times.append(took(work))
    driver.close()
    ratio = statistics.median(mine) / statistics.median(theirs)
    ok = ratio <= LIMIT and apdus == {len(MINIMUM)}
    print(
        f"{pace}: full check {statistics.median(mine):.2f} ms, bare script "
        f"{statistics.median(theirs):.2f} ms = {ratio:.2f} (limit {LIMIT}); "
        f"commands {sorted(apdus)} (minimum {len(MINIMUM)}) {'ok' if ok else 'OVER'}"
    )
    return ok


def run(pcscd: Pcscd, commands: Sequence[tuple[str, ...]]) -> None:
    """Whole processes one after the other, which must succeed."""
    for words in commands:
        quiet = subprocess.DEVNULL
        subprocess.run(words, env=pcscd.environment, check=True, stdout=quiet, timeout=120)


def against_opensc(pcscd: Pcscd, rounds: int = 5) -> bool:
    """Whole processes at the pace of a contactless reader."""
    sides: Sequence[tuple[str, list[tuple[str, ...]]]] = (
        ("card check", [(sys.executable, "-m", "facility_app", "card", "check", "--json")]),
        (
            "pkcs15-tool",
            [
                ("pkcs15-tool", "--reader", "0", "--read-certificate", "1"),
                ("pkcs15-tool", "--reader", "0", "--list-pins"),
            ],
        ),
    )
    times: dict[str, list[float]] = {name: [] for name, _ in sides}
    with pcscd.card(good(local_date(utc_now())), pace=PACES["contactless"]):
        script = Bare(pcscd.readers[0])
        for _ in range(rounds):
            for name, commands in sides:
                script.power_on()
                times[name].append(took(partial(run, pcscd, commands)))
    ours, theirs = (statistics.median(times[name]) for name, _ in sides)
    ok = ours < theirs
    print(
        f"contactless, whole processes: card check {ours:.0f} ms (five counters), pkcs15-tool "
        f"{theirs:.0f} ms (certificate, two counters) = {ours / theirs:.2f} (limit 1) "
        f"{'ok' if ok else 'OVER'}"
    )
    return ok


def main() -> bool:
    """Whether all limits hold."""
    with service() as pcscd:
        return all(
            [
                against_bare(pcscd, "instant"),
                against_bare(pcscd, "contactless"),
                against_opensc(pcscd),
            ]
        )


if __name__ == "__main__":
    sys.exit(not main())
