"""The vault's process: it alone opens PINs, and it ends when nobody needs it (design §4, ADR 0018).

Two threads: one waits at the pipe and ends the process where the other end is closed, also in the
middle of an act; the other does what is asked.
"""

from __future__ import annotations

import os
import queue
import threading
import time
import traceback
from collections.abc import Callable
from io import FileIO

from facility_app.cards.protocol import ReaderDriver
from facility_app.errors import FacilityError
from facility_app.vault.acts import Acts
from facility_app.vault.answers import answer
from facility_app.vault.approvals import APPROVALS_LAST_S
from facility_app.vault.channel import Channel, ChannelBroken, Frame
from facility_app.vault.hardening import harden
from facility_app.vault.refusals import error_facts

IDLE_S = 300.0
HELLO, REFUSED, FAILED = "hello", "refused", "failed"


def serve(
    readers: Callable[[], ReaderDriver],
    *,
    idle_s: float = IDLE_S,
    approvals_last_s: float = APPROVALS_LAST_S,
) -> int:
    """Answer what comes on standard input until it ends; the exit code.

    Returns where nothing was asked for `idle_s`; at the end of the input it does not return, the
    process ends at once.  `readers` makes the readers, once for every PIN that is presented.
    """
    channel = _own_pipes()
    channel.send(Frame(HELLO, {"measures": [measure.value for measure in harden()]}))
    asked: queue.SimpleQueue[Frame] = queue.SimpleQueue()
    listening = threading.Thread(target=_listen, args=(channel, asked), daemon=True)
    listening.start()
    acts = Acts(readers, approvals_last_s=approvals_last_s)
    idle_until = time.monotonic() + idle_s
    while True:
        lapses = acts.approvals.lapse()
        left = idle_until - time.monotonic()
        if left <= 0:
            acts.approvals.forget()
            return 0
        try:
            frame = asked.get(timeout=left if lapses is None else min(left, lapses))
        except queue.Empty:
            continue
        _reply(channel, acts, frame)
        idle_until = time.monotonic() + idle_s


def _reply(channel: Channel, acts: Acts, frame: Frame) -> None:
    """One act; its secrets are wiped before anybody hears of its end."""
    try:
        told = answer(acts, frame)
    except FacilityError as exc:
        told = Frame(REFUSED, error_facts(exc))
    except Exception as exc:  # the door of this process: the program hears where, and of what kind
        acts.approvals.forget()
        told = Frame(FAILED, {"where": _where(exc)})
    finally:
        frame.wipe()
    try:
        channel.send(told)
    except ChannelBroken:
        os._exit(0)
    finally:
        told.wipe()


def _where(error: Exception) -> str:
    """Kind and place of a bug; never its text, which may hold what it was about."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {os.path.basename(last.filename)}:{last.lineno}"


def _listen(channel: Channel, asked: queue.SimpleQueue[Frame]) -> None:
    """Until the pipe ends or breaks, and the process with it: what it holds needs no farewell."""
    try:
        while (frame := channel.receive()) is not None:
            asked.put(frame)
    finally:
        os._exit(0)


def _own_pipes() -> Channel:
    """Standard input and output for frames alone: whatever else prints, prints into nothing."""
    source, sink = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    return Channel(FileIO(source, "rb"), FileIO(sink, "wb"))
