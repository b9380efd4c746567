"""The logs that benchmarks build are what the program itself would have written."""

from __future__ import annotations

from sqlalchemy import Engine

from benchmarks.log import build_log
from facility_app.audit.checkpoint import Signer
from facility_app.audit.verify import Trust, verify
from facility_app.audit.work import Work
from facility_app.domain.access import PROGRAM, Permission
from tests.conftest import HEAD_KEY


def test_a_built_log_verifies_and_the_program_goes_on_with_it(
    engine: Engine, work: Work, signer: Signer
) -> None:
    def act() -> None:
        with work.begin(PROGRAM) as tx:
            tx.require(Permission.MAKE_CHECKPOINT)
            tx.record("settings.changed", "settings")

    act()
    build_log(engine, 300, HEAD_KEY, until=work.clock())
    build_log(engine, 7, HEAD_KEY, until=work.clock())
    act()
    with engine.connect() as connection:
        verdict = verify(connection, Trust(HEAD_KEY, signer.verifier))
    assert verdict.clean
    assert verdict.size == 309
