"""Stocktake and review on PostgreSQL: the same answers as on the encrypted file."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from facility_app.audit.checkpoint import Signer
from facility_app.audit.work import Work
from facility_app.domain.access import PROGRAM
from facility_app.domain.periods import month_of
from facility_app.domain.review import Verdict, Why
from facility_app.domain.stocktake import DifferenceKind
from facility_app.services.closing import sign_log
from facility_app.services.hand_back import LoanCorrection, correct_loan
from facility_app.services.review import SignOff, review_queue, sign_off
from facility_app.services.review_collect import collect_reviews
from facility_app.services.review_report import unreviewed
from facility_app.services.stocktake import StocktakeExists, start_stocktake
from facility_app.services.stocktake_report import stocktakes
from facility_app.services.stocktake_result import approve_stocktake
from facility_app.services.stocktake_views import stocktake_home
from facility_app.services.today import today
from tests.conftest import CHECKPOINT_SEED, HEAD_KEY, STORE_ID, FakeClock
from tests.db.test_postgresql import engine, pytestmark, server
from tests.desk_world import DeskWorld, build
from tests.stocktake_world import Cabinet

__all__ = ["engine", "pytestmark", "server"]


@pytest.fixture
def desk(engine: Engine) -> DeskWorld:
    clock = FakeClock()
    return build(engine, Work(engine, clock, HEAD_KEY, Signer(STORE_ID, CHECKPOINT_SEED)), clock)


def test_a_cabinet_is_counted_and_approved(desk: DeskWorld) -> None:
    cabinet = Cabinet(desk)
    del cabinet.lies["tadashi"]
    (found,) = cabinet.counted().summary.differences
    assert found.difference.kind is DifferenceKind.MISSING
    cabinet.explain()
    desk.do("manager", approve_stocktake, cabinet.id)
    with pytest.raises(StocktakeExists):
        desk.do("custodian", start_stocktake, "A")
    assert desk.ask("auditor", stocktake_home).cabinets[0].closed_by == "架空 誠"
    report = desk.ask("auditor", stocktakes, month_of(desk.clock().date()))
    assert [row.id for row in report.rows] == [cabinet.id]
    assert report.not_done == ()


def test_acts_are_queued_drawn_signed_off_and_counted(desk: DeskWorld) -> None:
    loan = desk.signed_out()
    seq = desk.do("custodian", correct_loan, LoanCorrection(loan, "間違い", destination="別の医院"))
    for number in range(120):
        desk.settings(cover_after_s=30 + number)
    for act in (lambda tx: sign_log(tx, "lock"), collect_reviews):
        with desk.work.begin(PROGRAM) as tx:
            act(tx)
    lines = desk.ask("auditor", review_queue).lines
    assert lines[0].line.seq == seq
    assert {line.why for line in lines[1:]} <= {Why.SAMPLE}
    assert [todo.count for todo in desk.ask("manager", today).todos if todo.count] == [
        desk.ask("manager", review_queue).waiting
    ]
    desk.do("auditor", sign_off, SignOff(seq, Verdict.IN_ORDER))
    told = desk.ask("auditor", unreviewed, month_of(desk.clock().date()))
    assert told.counts[0].why is Why.CORRECTION
    assert told.open == told.due - 1
