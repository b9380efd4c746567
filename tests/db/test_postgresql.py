"""The same models, rules and log on PostgreSQL: a real server of its own, where Debian's is installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from facility_app.audit.checkpoint import Signer, Trust
from facility_app.audit.verify import verify
from facility_app.audit.work import Work
from facility_app.db.engine import open_server
from facility_app.domain.items import Condition, ItemState
from facility_app.services.custody import NotInSafe, sign_out
from facility_app.services.loans import open_loans
from facility_app.services.returns import Returned, SignIn, sign_in
from tests.conftest import CHECKPOINT_SEED, HEAD_KEY, STORE_ID, FakeClock, create_schema
from tests.desk_world import DeskWorld, build

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
pytestmark = pytest.mark.skipif(not BINARIES, reason="PostgreSQL is not installed here")


def _as_server(*command: str) -> None:
    """Run one of the server's own programs; it refuses to be root."""
    words = ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)
    subprocess.run(words, check=True, capture_output=True, cwd="/")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on a free port, with a folder of its own; ended with the tests."""
    folder = tmp_path_factory.mktemp("postgresql")
    for place in (folder, *folder.parents[:2]):
        place.chmod(0o755)
    data = folder / "data"
    data.mkdir()
    if os.geteuid() == 0:
        shutil.chown(data, "postgres", "postgres")
    binaries = BINARIES[-1].parent
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    _as_server(
        str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-U", "facility", "-E", "UTF8"
    )
    options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = [str(binaries / "pg_ctl"), "-D", str(data), "-w"]
    _as_server(*control, "-l", str(data / "log"), "-o", options, "start")
    yield f"postgresql://facility@127.0.0.1:{port}/postgres"
    _as_server(*control, "-m", "immediate", "stop")


@pytest.fixture
def desk(server: str) -> Iterator[DeskWorld]:
    engine = open_server(server, None)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    create_schema(engine)
    clock = FakeClock()
    work = Work(engine, clock, HEAD_KEY, Signer(STORE_ID, CHECKPOINT_SEED))
    yield build(engine, work, clock)
    engine.dispose()


def _findings(engine: Engine) -> object:
    with engine.connect() as connection:
        trust = Trust(HEAD_KEY, Signer(STORE_ID, CHECKPOINT_SEED).verifier)
        return verify(connection, trust).findings


def test_a_day_at_the_desk_and_its_log(desk: DeskWorld) -> None:
    loan_id = desk.signed_out()
    assert [loan.pieces for loan in desk.ask("custodian", open_loans)] == [6]
    with pytest.raises(NotInSafe):
        desk.do("custodian", sign_out, desk.out())
    pieces = (1, 1, 3, 1)
    back = tuple(
        Returned(item, count, Condition.GOOD)
        for item, count in zip(desk.items["hanako"], pieces, strict=True)
    )
    assert desk.do("custodian", sign_in, SignIn(loan_id, back, "A-12")).closed
    assert desk.states() == [ItemState.IN_SAFE] * 4
    assert desk.actions() == ["item.signed_out", "act.refused", "item.signed_in"]
    assert _findings(desk.engine) == ()


def test_the_log_is_append_only_and_a_change_behind_its_back_is_found(desk: DeskWorld) -> None:
    desk.signed_out()
    change = text("UPDATE audit_entry SET canonical = replace(canonical, 'clinic', 'outing')")
    with pytest.raises(DatabaseError, match="append-only"), desk.engine.begin() as connection:
        connection.execute(change)
    with desk.engine.begin() as connection:
        connection.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
        connection.execute(text("UPDATE audit_entry SET canonical = canonical || ' '"))
    assert _findings(desk.engine) != ()
