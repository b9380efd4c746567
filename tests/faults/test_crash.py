"""What is acknowledged is on disk: kill -9 at random points, two processes, a disk that fills up.

Real processes on a real encrypted file; what a process acknowledged is what it wrote to its pipe
after the
use case returned.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy import Engine

from facility_app.audit.checkpoint import Signer, Trust
from facility_app.audit.verify import verify
from facility_app.audit.work import Work
from facility_app.db.engine import DiskFull, open_engine
from facility_app.db.models import AuditEntryRow, ItemRow, LoanLineRow, LoanRow
from facility_app.domain.items import Condition, ItemState
from facility_app.secret import Secret
from facility_app.services.custody import LoanId, NotInSafe, sign_out
from facility_app.services.returns import Returned, SignIn, sign_in
from tests.conftest import CHECKPOINT_SEED, HEAD_KEY, STORE_ID, FakeClock, create_schema
from tests.desk_world import DeskWorld, build

SIGN_OUTS = 300
FORK = multiprocessing.get_context("fork")
PIECES = {"hanako": (1, 1, 3, 1), "tadashi": (1,)}
SLOTS = {"hanako": "A-12", "tadashi": "A-05"}


def _open(path: Path) -> tuple[Engine, Work]:
    engine = open_engine(path, Secret(bytearray(range(32))))
    return engine, Work(engine, FakeClock(), HEAD_KEY, Signer(STORE_ID, CHECKPOINT_SEED))


def _world(path: Path) -> DeskWorld:
    """The small facility in a new file; the file is closed again before anybody forks."""
    engine, work = _open(path)
    create_schema(engine)
    world = build(engine, work, FakeClock())
    engine.dispose()
    return world


def _reopened(world: DeskWorld, path: Path) -> DeskWorld:
    world.engine, world.work = _open(path)
    return world


def _take_back(world: DeskWorld, loan_id: LoanId, person: str) -> None:
    """Bring everything of a loan back, if it is still out."""
    back = tuple(
        Returned(item, pieces, Condition.GOOD)
        for item, pieces in zip(world.items[person], PIECES[person], strict=True)
    )
    world.do("custodian", sign_in, SignIn(loan_id, back, SLOTS[person]))


def _day_of_work(world: DeskWorld, path: Path, said: Connection) -> None:
    """Sign out and in until killed; each sign-out is acknowledged through the pipe."""
    _reopened(world, path)
    for loan in world.rows(LoanRow, LoanRow.closed_at.is_(None)):
        person = next(p for p, id_ in world.residents.items() if id_ == loan.resident_id)
        _take_back(world, LoanId(loan.id), person)
    while True:
        for person in ("hanako", "tadashi"):
            loan_id = world.signed_out(person)
            said.send((loan_id, person))
            _take_back(world, loan_id, person)


def _drain(heard: Connection) -> list[tuple[int, str]]:
    """Everything the killed process had acknowledged; a message cut in two is none."""
    acknowledged = []
    try:
        while heard.poll(0):
            acknowledged.append(heard.recv())
    except EOFError:
        pass
    return acknowledged


def test_kill_9_loses_no_acknowledged_sign_out_and_leaves_no_half_one(tmp_path: Path) -> None:
    path, chance = tmp_path / "facility.db", random.Random(20261120)
    world = _world(path)
    acknowledged: list[tuple[int, str]] = []
    kills = 0
    while len(acknowledged) < SIGN_OUTS:
        heard, said = FORK.Pipe(duplex=False)
        process = FORK.Process(target=_day_of_work, args=(world, path, said), daemon=True)
        process.start()
        said.close()
        assert heard.poll(30), "the process did not come to its first sign-out"
        time.sleep(chance.uniform(0, 0.08))  # the moment of the kill is the test
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        assert process.exitcode == -signal.SIGKILL
        kills += 1
        acknowledged += _drain(heard)
    assert kills > 5
    _reopened(world, path)
    loans = {loan.id: loan for loan in world.rows(LoanRow)}
    lines = world.rows(LoanLineRow)
    for loan_id, person in acknowledged:
        assert loans[loan_id].resident_id == world.residents[person]
    recorded = [
        e.canonical for e in world.rows(AuditEntryRow, AuditEntryRow.action == "item.signed_out")
    ]
    assert len(recorded) == len(loans)
    for loan in loans.values():
        person = next(p for p, id_ in world.residents.items() if id_ == loan.resident_id)
        assert sum(line.loan_id == loan.id for line in lines) == len(PIECES[person])
    out = {row.id for row in world.rows(ItemRow, ItemRow.state == ItemState.OUT)}
    assert out == world.open_items()
    _assert_sound(world)


def _assert_sound(world: DeskWorld) -> None:
    with world.engine.connect() as connection:
        trust = Trust(HEAD_KEY, Signer(STORE_ID, CHECKPOINT_SEED).verifier)
        verdict = verify(connection, trust)
    assert verdict.findings == ()


def _race(world: DeskWorld, path: Path, go: Connection, said: Connection) -> None:
    """Take everything as soon as the starting gun is fired; say whether it worked."""
    _reopened(world, path)
    said.send("ready")
    go.recv()
    try:
        said.send(int(world.do("custodian", sign_out, world.out())))
    except NotInSafe:
        said.send(None)


def test_of_two_processes_one_signs_out_and_the_other_is_told(tmp_path: Path) -> None:
    path = tmp_path / "facility.db"
    world = _world(path)
    for _ in range(10):
        pipes = [(FORK.Pipe(duplex=False), FORK.Pipe(duplex=False)) for _ in range(2)]
        racers = [
            FORK.Process(target=_race, args=(world, path, go[0], said[1])) for go, said in pipes
        ]
        for racer in racers:
            racer.start()
        assert [said[0].recv() for _, said in pipes] == ["ready", "ready"]
        for go, _ in pipes:
            go[1].send("go")
        results = [said[0].recv() for _, said in pipes]
        for racer in racers:
            racer.join()
        assert results.count(None) == 1
        _reopened(world, path)
        (won,) = [loan for loan in results if loan is not None]
        assert len(world.open_items()) == len(PIECES["hanako"])
        _take_back(world, won, "hanako")
        world.engine.dispose()
    _reopened(world, path)
    assert world.actions().count("item.signed_out") == 10
    assert world.actions().count("act.refused") == 10
    _assert_sound(world)


@contextmanager
def _small_disk(folder: Path, kib: int) -> Iterator[Path]:
    """A file system of its own that fills up; needs the right to mount one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:  # fixed words
        pytest.skip("mounting a tmpfs is not allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)  # fixed words


def test_a_full_disk_refuses_the_sign_out_and_keeps_all_that_was_acknowledged(
    tmp_path: Path,
) -> None:
    with _small_disk(tmp_path / "disk", 2048) as disk:
        path = disk / "facility.db"
        world = _reopened(_world(path), path)
        done = 0
        with pytest.raises(DiskFull):
            while True:
                loan_id = world.signed_out("hanako")
                done += 1
                _take_back(world, loan_id, "hanako")
        world.engine.dispose()
        _reopened(world, path)
        assert done > 0
        assert len(world.rows(LoanRow)) == done
        assert {row.id for row in world.rows(ItemRow, ItemRow.state == ItemState.OUT)} == (
            world.open_items()
        )
        _assert_sound(world)
        world.engine.dispose()
