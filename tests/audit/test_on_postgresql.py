"""Finding and verifying on PostgreSQL: the same answers as on the encrypted file."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, text

from facility_app.audit import query
from facility_app.audit.checkpoint import Signer
from facility_app.audit.checkpoints import make_checkpoint
from facility_app.audit.findings import FindingKind
from facility_app.audit.keyed import head_key
from facility_app.audit.query import LogFilter
from facility_app.audit.verify import Trust, verify
from facility_app.audit.work import Work
from facility_app.domain.access import PROGRAM, Permission
from tests.conftest import FakeClock
from tests.db.test_postgresql import SEED, engine, pytestmark, server

__all__ = ["engine", "pytestmark", "server"]

TRUST = Trust(head_key(SEED), Signer("test", SEED).verifier)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    clock = FakeClock()
    work = Work(engine, clock, head_key(SEED), Signer("test", SEED))
    for number in range(20):
        clock.forward(hours=5)
        with work.begin(PROGRAM) as tx:
            tx.require(Permission.MAKE_CHECKPOINT)
            if number == 9:
                make_checkpoint(tx, "lock")
            else:
                action = ("item.signed_out", "item.signed_in")[number % 2]
                tx.record(action, "loan:1", resident=7 + number % 3, items=[number])
    return engine


def test_filters_answer_as_on_the_file(filled: Engine) -> None:
    with filled.connect() as connection:

        def found(wanted: LogFilter) -> list[int]:
            entries = query.page(connection, wanted).entries
            assert query.count(connection, wanted).number == len(entries)
            return [entry.seq for entry in entries]

        assert found(LogFilter()) == list(range(20, 0, -1))
        assert found(LogFilter(action="checkpoint.made")) == [10]
        assert found(LogFilter(resident=7)) == [19, 16, 13, 7, 4, 1]
        assert found(LogFilter(resident=7, action="item.signed_in")) == [16, 4]
        assert found(LogFilter(resident=7, actor=1)) == []
        assert found(LogFilter(date(2026, 11, 21), date(2026, 11, 21))) == [7, 6, 5, 4, 3]


def test_a_sound_log_verifies_and_a_changed_one_names_its_entry(filled: Engine) -> None:
    with filled.connect() as connection:
        assert verify(connection, TRUST).clean
    with filled.begin() as connection:
        connection.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
        connection.execute(
            text("UPDATE audit_entry SET canonical = canonical || ' ' WHERE seq = 5")
        )
    with filled.connect() as connection:
        verdict = verify(connection, TRUST)
    kinds = {(each.kind, each.first, each.name) for each in verdict.findings}
    assert kinds == {
        (FindingKind.ENTRY_CHANGED, 5, ""),
        (FindingKind.GUARD_MISSING, 0, "audit_entry_no_update"),
        (FindingKind.GUARD_MISSING, 0, "audit_entry_no_delete"),
    }
