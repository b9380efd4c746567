"""The vault's process as the program sees it: started, asked one thing at a time, ended."""

from __future__ import annotations

import io
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from facility_app.secret import Secret
from facility_app.vault.channel import AgentGone, Channel, ChannelBroken, Frame
from facility_app.vault.refusals import error_of

COMMAND = (sys.executable, "-P", "-m", "facility_app.vault")
"""Without the current folder among the places where modules are looked for (-P)."""

_ENDS_WITHIN_S = 1.0


class AgentFailed(RuntimeError):
    """A bug in the vault's process.  The text names the kind of error and where, nothing more."""


@dataclass(frozen=True)
class _Running:
    process: subprocess.Popen[bytes]
    channel: Channel
    measures: tuple[str, ...]

    def bury(self) -> None:
        """Close its pipes and wait for its end, which follows from that."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            self.process.wait(_ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class AgentProcess:
    """One process at a time.  `kill` and the properties may be used from any thread."""

    def __init__(self, command: Sequence[str] | None = None) -> None:
        """`command`: another entry that serves the same protocol, with simulated readers."""
        self._command = tuple(command or COMMAND)
        self._turn = threading.Lock()
        """One question at a time."""
        self._changing = threading.Lock()
        self._running: _Running | None = None
        self._kills = 0

    @property
    def pid(self) -> int | None:
        """Its number, None where it does not run."""
        with self._changing:
            here = self._running
        if here is None or here.process.poll() is not None:
            return None
        return here.process.pid

    @property
    def measures(self) -> tuple[str, ...]:
        """What `hardening` could take on this system, once the process runs."""
        with self._changing:
            return () if self._running is None else self._running.measures

    def close(self) -> None:
        """Let the process end by itself, which it does at once; may be called twice."""
        with self._turn:
            here = self._taken_out()
            if here is not None:
                here.bury()

    def kill(self) -> None:
        """End the process this instant, from any thread; what it holds goes with it.

        A call that waits for it raises AgentGone.
        """
        here = self._taken_out()
        if here is not None:
            here.process.kill()
            threading.Thread(target=self._bury, args=(here,), daemon=True).start()

    def _bury(self, killed: _Running) -> None:
        """A zombie would still be there; its pipes are closed when nobody reads from them."""
        killed.process.wait()
        with self._turn:
            killed.bury()

    def _taken_out(self) -> _Running | None:
        with self._changing:
            here, self._running = self._running, None
            self._kills += 1
        return here

    def _started(self) -> Channel:
        """The channel of the running process, which is started where there is none."""
        with self._changing:
            here, kills = self._running, self._kills
        if here is not None:
            if here.process.poll() is None:
                return here.channel
            self._drop(here)
        made = _start(self._command)
        with self._changing:
            if self._kills == kills:
                self._running = made
                return made.channel
        made.process.kill()  # locked while it started
        made.process.wait()
        raise AgentGone

    def _drop(self, gone: _Running) -> None:
        """Forget a process that ended by itself; the next one starts anew."""
        with self._changing:
            if self._running is gone:
                self._running = None
        gone.process.kill()
        gone.bury()

    def ask(
        self,
        op: str,
        facts: Mapping[str, Any],
        blobs: Sequence[Secret] = (),
        *,
        start: bool = False,
    ) -> Frame:
        """Ask one thing and wait for the answer; `start`: start the process where there is none.

        Raises AgentGone, AgentFailed and what the process raised.
        """
        with self._turn:
            channel = self._started() if start else None
            with self._changing:
                here = self._running
            if here is None or (channel is not None and here.channel is not channel):
                raise AgentGone
            try:
                here.channel.send(Frame(op, facts, blobs))
                answer = here.channel.receive()
            except ChannelBroken as exc:
                self._drop(here)
                raise AgentGone from exc
            if answer is None:
                self._drop(here)
                raise AgentGone
        if answer.op == "done":
            return answer
        answer.wipe()
        if answer.op == "refused":
            raise error_of(answer.facts)
        raise AgentFailed(str(answer.facts.get("where", "")))


def _start(command: Sequence[str]) -> _Running:
    """Start the process and wait until it says that it is there.  Raises AgentGone."""
    process = subprocess.Popen(  # noqa: S603 - our own interpreter with our own module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    assert process.stdin is not None  # noqa: S101 - for the type checker: both were asked for
    assert process.stdout is not None  # noqa: S101
    source = io.FileIO(process.stdout.fileno(), "rb", closefd=False)
    sink = io.FileIO(process.stdin.fileno(), "wb", closefd=False)
    channel = Channel(source, sink)
    try:
        hello = channel.receive()
    except ChannelBroken:
        hello = None
    if hello is None or hello.op != "hello":
        process.kill()
        process.wait()
        raise AgentGone
    return _Running(process, channel, tuple(hello.facts.get("measures", ())))
