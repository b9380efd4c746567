"""The same models, migrations and units of work on a real PostgreSQL server, for many PCs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from facility_app.app import open_office, restore_office
from facility_app.audit.checkpoint import Signer
from facility_app.audit.keyed import head_key
from facility_app.audit.work import Work
from facility_app.config import DataFolder, KeySource, StoreSettings, write_settings
from facility_app.db.check import check_file
from facility_app.db.engine import open_server
from facility_app.db.migrate import downgrade, migrate, require_head
from facility_app.domain.access import PROGRAM
from facility_app.domain.clock import utc_now
from facility_app.keystore import DerivedKeys, MemoryKeys
from facility_app.rules import Rules
from facility_app.secret import Secret
from facility_app.services.backup import BackupOnServer, make_backup
from facility_app.services.checks import check_store
from facility_app.services.log_check import check_log
from facility_app.services.store_setup import begin_records

psycopg = pytest.importorskip("psycopg")
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not BINARIES, reason="needs a PostgreSQL server"
)
SEED = bytes(range(32))


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    """The socket folder of a server that lives for these tests only."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    control = [*as_user, str(BINARIES[-1] / "pg_ctl"), "-D", str(folder / "data"), "-s", "-w"]
    initdb = [*as_user, str(BINARIES[-1] / "initdb"), "-D", str(folder / "data"), "-A", "trust"]
    subprocess.run([*initdb, "-U", "app", "-E", "UTF8"], check=True, capture_output=True, cwd="/")
    options = f"-c listen_addresses='' -k {folder} -c fsync=off"
    start = [*control, "-l", str(folder / "log"), "-o", options, "start"]
    subprocess.run(start, check=True, cwd="/", stdout=subprocess.DEVNULL)
    yield folder
    subprocess.run([*control, "-m", "immediate", "stop"], check=True, cwd="/")
    shutil.rmtree(folder)


@pytest.fixture
def engine(server: Path) -> Iterator[Engine]:
    engine = open_server(f"postgresql://app@/postgres?host={server}", None)
    migrate(engine)
    yield engine
    downgrade(engine, "base")
    engine.dispose()


def test_the_migrations_run_and_the_guards_hold(engine: Engine) -> None:
    require_head(engine)
    assert not migrate(engine)
    assert check_file(engine).sound
    work = Work(engine, utc_now, head_key(SEED), Signer("test", SEED))
    with work.begin(PROGRAM) as tx:
        begin_records(tx, Rules())
    with engine.connect() as connection:
        actions = connection.execute(text("SELECT action FROM audit_entry ORDER BY seq")).scalars()
        assert actions.first() == "store.created"
    for statement in (
        "UPDATE audit_entry SET canonical = canonical",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_head",
    ):
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(statement))
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entry_no_delete ON audit_entry"))
    assert check_file(engine).triggers == ("audit_entry_no_delete",)


def test_a_store_on_the_server_opens_by_its_settings(
    engine: Engine, server: Path, tmp_path: Path
) -> None:
    data, keys, root = DataFolder(tmp_path), MemoryKeys(), Secret(SEED)
    store_id = DerivedKeys(root).store_id
    keys.keep(store_id, root)
    url = f"postgresql://app@/postgres?host={server}"
    write_settings(data, StoreSettings(store_id, KeySource.KEYRING, url=url))
    office = open_office(data, keys)
    office.do(PROGRAM, begin_records, Rules())
    with pytest.raises(BackupOnServer):
        make_backup(office, PROGRAM)
    office.close()
    office = open_office(data, keys)
    assert check_store(office, PROGRAM).sound
    assert check_log(office, PROGRAM).findings == ()
    office.close()
    with pytest.raises(BackupOnServer):
        restore_office(data, tmp_path / "x", keys)


def test_the_password_stands_in_no_text_of_the_engine(server: Path) -> None:
    engine = open_server(f"postgresql://app@/postgres?host={server}", Secret(b"canary-4711"))
    assert "canary" not in f"{engine!r} {engine.url}"
    with pytest.raises(DBAPIError) as failed, engine.connect() as connection:
        connection.execute(text("SELECT * FROM nowhere WHERE a = :a"), {"a": "佐藤"})
    assert "canary" not in str(failed.value)
    assert "佐藤" not in str(failed.value)
    engine.dispose()
