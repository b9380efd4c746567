"""What most tests stand on: a real encrypted database file, a clock that is set by hand, people."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from facility_app.audit.checkpoint import Signer
from facility_app.audit.keyed import head_key
from facility_app.audit.work import Work
from facility_app.db import triggers
from facility_app.db.engine import open_engine
from facility_app.db.models import Base, GrantRow, ResidentRow, StaffRow
from facility_app.domain.access import Actor, Grant, Identified, Role, Shift, StaffId
from facility_app.domain.people import Sex
from facility_app.secret import Secret

if TYPE_CHECKING:
    from tests.cards.pcscd import Pcscd

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""Friday 2026-11-20, 10:00 in Japan."""

STORE_ID = "test-store"
CHECKPOINT_SEED = b"checkpoint seed of the tests 32b"
HEAD_KEY = head_key(CHECKPOINT_SEED)


class FakeClock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> datetime:
        """Move on by the named units of `timedelta`; negative moves back."""
        self.now += timedelta(**by)
        return self.now


def create_schema(engine: Engine) -> None:
    """All tables and the triggers of the log, as the migrations make them."""
    with engine.execution_options(writes=True).begin() as connection:
        Base.metadata.create_all(connection)
        for statement in triggers.statements(engine.dialect.name):
            connection.exec_driver_sql(statement)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty store of the newest schema in a SQLCipher file."""
    opened = open_engine(tmp_path / "facility.db", Secret(bytearray(range(32))))
    create_schema(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def signer() -> Signer:
    return Signer(STORE_ID, CHECKPOINT_SEED)


@pytest.fixture
def work(engine: Engine, clock: FakeClock, signer: Signer) -> Work:
    return Work(engine, clock, HEAD_KEY, signer)


ActorWith = Callable[..., Actor]


@pytest.fixture
def actor_with(engine: Engine) -> ActorWith:
    """Makes a member of staff with these roles, as real rows: ``actor_with(Role.CUSTODIAN)``.

    Keywords: name, number, shift, identified, active_until.  The rows are written directly, so the
    log says nothing about them.
    """
    numbers = count(101)

    def make(
        *roles: Role,
        name: str = "",
        number: str = "",
        shift: Shift = Shift.ALWAYS,
        identified: Identified = Identified.PASSWORD,
        active_until: date | None = None,
    ) -> Actor:
        since = date(2026, 1, 1)
        number = number or str(next(numbers))
        row = StaffRow(
            number=number,
            name=name or f"職員 {number}",
            active_from=since,
            active_until=active_until,
        )
        row.grants = [
            GrantRow(role=role, shift=shift, valid_from=since, granted_at=START) for role in roles
        ]
        with Session(engine.execution_options(writes=True), expire_on_commit=False) as session:
            session.add(row)
            session.commit()
        grants = tuple(Grant(role, since, None, shift) for role in roles)
        return Actor(StaffId(row.id), row.name, identified, grants)

    return make


@pytest.fixture
def manager(actor_with: ActorWith) -> Actor:
    return actor_with(Role.MANAGER, name="見本 恵")


@pytest.fixture
def custodian(actor_with: ActorWith) -> Actor:
    return actor_with(Role.CUSTODIAN, name="例田 みつ子")


@pytest.fixture
def resident_with(engine: Engine) -> Callable[..., int]:
    """Makes a resident as a real row; gives the id: ``resident_with("仮名 正")``."""

    def make(name: str = "仮名 正", kana: str = "かめい ただし", room: str = "101") -> int:
        row = ResidentRow(
            name=name,
            kana=kana,
            room=room,
            sex=Sex.NOT_APPLICABLE,
            search_text=f"{name} {kana} {room}",
            created_at=START,
        )
        with Session(engine.execution_options(writes=True), expire_on_commit=False) as session:
            session.add(row)
            session.commit()
        return row.id

    return make


@pytest.fixture(scope="session")
def _pcscd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pcscd]:
    """One smart-card service for a worker; this process talks to it and to no other.

    The library that talks to it looks for the socket's name once, at its first use.
    """
    from tests.cards.pcscd import SOCKET, Pcscd

    service = Pcscd(tmp_path_factory.mktemp("pcscd"))
    before = os.environ.get(SOCKET)
    os.environ[SOCKET] = service.environment[SOCKET]
    if service.private:
        service.start()
    yield service
    service.stop()
    if before is None:
        del os.environ[SOCKET]
    else:
        os.environ[SOCKET] = before


@pytest.fixture
def pcscd(_pcscd: Pcscd) -> Iterator[Pcscd]:
    """The service, running, with both readers empty."""
    if not _pcscd.private:  # other workers wait for their turn
        _pcscd.start()
    yield _pcscd
    if not _pcscd.private:
        _pcscd.stop()
