"""A count that is killed at any moment goes on from the last place that was acknowledged."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path

from facility_app.audit.checkpoint import Signer, Trust
from facility_app.audit.verify import verify
from facility_app.audit.work import Work
from facility_app.db.engine import open_engine
from facility_app.db.models import StocktakeMarkRow
from facility_app.secret import Secret
from facility_app.services.stocktake_result import approve_stocktake, finish_count
from tests.conftest import CHECKPOINT_SEED, HEAD_KEY, STORE_ID, FakeClock, create_schema
from tests.desk_world import build
from tests.stocktake_world import Cabinet

FORK = multiprocessing.get_context("fork")
KILLS = 6


def _open(cabinet: Cabinet, path: Path) -> None:
    desk = cabinet.desk
    desk.engine = open_engine(path, Secret(bytearray(range(32))))
    desk.work = Work(desk.engine, FakeClock(), HEAD_KEY, Signer(STORE_ID, CHECKPOINT_SEED))


def _made(path: Path) -> Cabinet:
    """A cabinet whose first count has begun; the file is closed before anybody forks."""
    engine = open_engine(path, Secret(bytearray(range(32))))
    create_schema(engine)
    work = Work(engine, FakeClock(), HEAD_KEY, Signer(STORE_ID, CHECKPOINT_SEED))
    cabinet = Cabinet(build(engine, work, FakeClock()))
    cabinet.start()
    cabinet.begin("custodian")
    engine.dispose()
    return cabinet


def _count(cabinet: Cabinet, path: Path, said: Connection) -> None:
    """Look into the places, over and over, until killed; each look is acknowledged."""
    _open(cabinet, path)
    view = cabinet.begin("custodian")
    while True:
        for place in view.places:
            said.send(cabinet.look("custodian", view.id, place.label))


def test_kill_9_loses_no_counted_place_and_the_count_goes_on(tmp_path: Path) -> None:
    path, chance = tmp_path / "facility.db", random.Random(20261120)
    cabinet = _made(path)
    acknowledged: list[int] = []
    for _ in range(KILLS):
        heard, said = FORK.Pipe(duplex=False)
        process = FORK.Process(target=_count, args=(cabinet, path, said), daemon=True)
        process.start()
        said.close()
        assert heard.poll(30), "the process did not come to its first place"
        time.sleep(chance.uniform(0, 0.05))  # the moment of the kill is the test
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        try:
            while heard.poll(0):
                acknowledged.append(heard.recv())
        except EOFError:
            pass
    _open(cabinet, path)
    desk = cabinet.desk
    kept = {row.seq for row in desk.rows(StocktakeMarkRow)}
    assert acknowledged
    assert set(acknowledged) <= kept
    view = cabinet.begin("custodian")
    for place in view.places:
        if not place.done:
            cabinet.look("custodian", view.id, place.label)
    desk.do("custodian", finish_count, view.id)
    cabinet.count("second")
    assert cabinet.result().summary.differences == ()
    desk.do("manager", approve_stocktake, cabinet.id)
    with desk.engine.connect() as connection:
        trust = Trust(HEAD_KEY, Signer(STORE_ID, CHECKPOINT_SEED).verifier)
        assert verify(connection, trust).clean
    desk.engine.dispose()
