"""Cards put on and taken off a thousand times, the service restarted a hundred times (issue #3).

Nothing may be missed, nothing may hang, and nothing may be left behind: threads, open files and
memory are the same at the end as after the first rounds.  About nine minutes, because the virtual
reader's driver looks only every 0.4 s; ``CYCLES`` and ``RESTARTS`` in the environment shorten it.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from queue import Empty, Queue

from benchmarks.cards import service
from facility_app.cards.pcsc import PcscDriver
from facility_app.cards.protocol import ReaderDriver
from facility_app.cards.reading import read_card
from facility_app.cards.simulator.faults import FaultyCard
from facility_app.cards.simulator.profiles import good
from facility_app.cards.simulator.vpcd import InsertedCard
from facility_app.cards.supervisor import ReaderNow, ReaderState, Supervisor
from facility_app.domain.clock import local_date, utc_now
from tests.cards.pcscd import Pcscd

CYCLES = int(os.environ.get("CYCLES", "1000"))
RESTARTS = int(os.environ.get("RESTARTS", "100"))
WARM_UP = 20
PATIENCE_S = 10.0
GROWTH_KB = 4096
"""Memory may grow by so much over all rounds: the allocator's own, not ours."""


class Watch:
    """A running supervisor, and what it has said."""

    def __init__(self) -> None:
        self.said: Queue[ReaderNow] = Queue()
        self.bugs: list[Exception] = []
        self.supervisor = Supervisor(PcscDriver, self.said.put, self.bugs.append)

    def until(self, state: ReaderState) -> ReaderNow:
        """The next thing said with this state.  Raises Empty after ten seconds: a miss."""
        end = time.monotonic() + PATIENCE_S
        while (now := self.said.get(timeout=max(end - time.monotonic(), 0.01))).state is not state:
            pass
        return now

    def read(self) -> int:
        """Read the card that lies there; the number of commands."""
        answers: Queue[object] = Queue()

        def job(driver: ReaderDriver, now: ReaderNow) -> int:
            return read_card(driver, now.reader).apdus

        self.supervisor.submit(job, answers.put, answers.put)
        answer = answers.get(timeout=PATIENCE_S)
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, int)
        return answer


def left_behind() -> tuple[int, int, int]:
    """Threads, open files, resident memory in KB."""
    status = Path("/proc/self/status").read_text()
    memory = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return threading.active_count(), len(os.listdir("/proc/self/fd")), int(memory.split()[1])


def cycles(pcscd: Pcscd, watch: Watch, count: int) -> None:
    """Put a card on, read it, take it off; on both readers in turn."""
    profile = good(local_date(utc_now()))
    for number in range(count):
        slot = number % len(pcscd.ports)
        with ExitStack() as stack:
            stack.enter_context(InsertedCard(FaultyCard(profile), pcscd.ports[slot]))
            now = watch.until(ReaderState.CARD)
            assert now.reader == pcscd.readers[slot]
            assert watch.read() == 12
        watch.until(ReaderState.EMPTY)


def restarts(pcscd: Pcscd, watch: Watch, count: int) -> None:
    """End the service under the supervisor and start it again."""
    for _ in range(count):
        pcscd.stop()
        watch.until(ReaderState.SERVICE_STOPPED)
        pcscd.start()
        watch.until(ReaderState.EMPTY)


def main() -> bool:
    """Whether nothing was missed, hung or left behind."""
    with service() as pcscd:
        watch = Watch()
        watch.supervisor.start()
        try:
            watch.until(ReaderState.EMPTY)
            cycles(pcscd, watch, WARM_UP)
            restarts(pcscd, watch, 2)
            before, begun = left_behind(), time.monotonic()
            cycles(pcscd, watch, CYCLES)
            restarts(pcscd, watch, RESTARTS)
            cycles(pcscd, watch, 1)
            after, lasted = left_behind(), time.monotonic() - begun
        except Empty:
            print("a card or a change of the service was missed: OVER")
            return False
        finally:
            ended = watch.supervisor.stop()
    grown = after[2] - before[2]
    ok = ended and not watch.bugs and after[:2] <= before[:2] and grown <= GROWTH_KB
    print(
        f"{CYCLES} cards and {RESTARTS} restarts in {lasted:.0f} s, none missed; threads "
        f"{before[0]} -> {after[0]}, open files {before[1]} -> {after[1]}, memory +{grown} KB "
        f"(limit {GROWTH_KB}) {'ok' if ok else 'OVER'}"
    )
    return ok


if __name__ == "__main__":
    sys.exit(not main())
