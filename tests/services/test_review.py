"""The review queue: filled from the record alone, signed off by somebody else, counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from facility_app.audit.entry import parse
from facility_app.audit.tree import leaf_hash
from facility_app.audit.work import Work
from facility_app.db.models import (
    AuditEntryRow,
    CheckpointRow,
    LoanRow,
    ReviewMarkRow,
    ReviewRow,
)
from facility_app.domain.access import PROGRAM, NotPermitted
from facility_app.domain.items import Condition
from facility_app.domain.periods import month_of, quarter_of
from facility_app.domain.review import Verdict, Why, drawn, exception_of, in_the_lot
from facility_app.services.access import MustWait, WrongPassword, unlock
from facility_app.services.closing import sign_log
from facility_app.services.custody import LoanId, NotInSafe
from facility_app.services.emergency import (
    explain_emergency,
    release_emergency,
    review_emergency,
)
from facility_app.services.hand_back import LoanCorrection, correct_loan
from facility_app.services.returns import Returned, SignIn, WrongSlot, sign_in
from facility_app.services.review import (
    EmergencyApart,
    NotDue,
    NoteMissing,
    OwnAct,
    ReviewQueue,
    SignedOffAlready,
    SignOff,
    review_queue,
    sign_off,
    waiting_reviews,
)
from facility_app.services.review_collect import MOST, Collected, collect_reviews
from facility_app.services.review_report import QuarterTarget, quarter_target, unreviewed
from facility_app.services.settings import Settings, change_settings
from tests.conftest import FakeClock
from tests.desk_world import CHEAP, DeskWorld, build


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


def collect(desk: DeskWorld, most: int = MOST) -> Collected:
    """Without a checkpoint no lot is drawn, so only exceptions come."""
    with desk.work.begin(PROGRAM) as tx:
        return collect_reviews(tx, most)


def queue(desk: DeskWorld, who: str = "manager") -> ReviewQueue:
    return desk.ask(who, review_queue)


def whys(desk: DeskWorld, who: str = "manager") -> list[Why]:
    return [each.why for each in queue(desk, who).lines]


def back(desk: DeskWorld, loan: LoanId, slot: str = "A-12") -> None:
    returned = tuple(
        Returned(item, pieces, Condition.GOOD)
        for item, pieces in zip(desk.items["hanako"], (1, 1, 3, 1), strict=True)
    )
    desk.do("custodian", sign_in, SignIn(loan, returned, slot))


def corrected(desk: DeskWorld, who: str = "custodian") -> int:
    loan = desk.signed_out()
    return desk.do(who, correct_loan, LoanCorrection(loan, "行先の間違い", destination="別の医院"))


def test_exceptions_come_into_the_queue_gravest_first(desk: DeskWorld, clock: FakeClock) -> None:
    loan = desk.signed_out()
    with pytest.raises(WrongSlot):
        back(desk, loan, "A-05")
    desk.do("custodian", correct_loan, LoanCorrection(loan, "間違い", destination="別の医院"))
    desk.do("custodian", release_emergency, desk.residents["tadashi"])
    clock.forward(hours=-1)
    with pytest.raises(NotInSafe):
        desk.signed_out()
    found = collect(desk)
    assert found.exceptions == 5
    wanted = [Why.EMERGENCY, Why.CLOCK, Why.CORRECTION, Why.REFUSAL, Why.REFUSAL]
    assert whys(desk) == wanted
    assert queue(desk).lines[0].line.resident == "仮名 正"


def test_what_was_collected_is_not_read_again_and_nothing_new_writes_nothing(
    desk: DeskWorld,
) -> None:
    corrected(desk)
    first = collect(desk)
    assert (first.exceptions, first.seen, first.drawn) == (1, 2, 0)
    size = len(desk.actions())
    with desk.work.begin(PROGRAM) as tx:
        assert collect_reviews(tx) == Collected(0, 0, first.seen, first.drawn)
    assert len(desk.actions()) == size
    assert desk.one(ReviewMarkRow).seen == first.seen
    assert desk.actions()[-1] == "review.collected"


def test_the_sample_is_what_an_auditor_draws_again_from_the_record(desk: DeskWorld) -> None:
    """From entries and checkpoints alone, whenever the program collected."""
    for number in range(12):
        for _ in range(25):
            desk.settings(cover_after_s=30 + len(desk.actions()) % 7)
        with desk.work.begin(PROGRAM) as tx:
            sign_log(tx, "lock")
        if number % 3 == 0:
            collect(desk)
    desk.settings(cover_after_s=99)  # covered by no checkpoint yet
    collect(desk)
    checkpoints = sorted(desk.rows(CheckpointRow), key=lambda row: row.size)
    expected = set()
    for row in desk.rows(AuditEntryRow):
        covering = next((each for each in checkpoints if each.size >= row.seq), None)
        entry = parse(row.canonical)
        if covering is None or exception_of(entry.action, entry.plain) is not None:
            continue
        lot = in_the_lot(entry.action, entry.plain, entry.actor)
        if lot and drawn(leaf_hash(row.canonical.encode()), covering.root):
            expected.add(row.seq)
    found = {row.seq for row in desk.rows(ReviewRow, ReviewRow.why == Why.SAMPLE)}
    assert found == expected
    assert found


def test_overdue_for_more_than_a_day_is_seen_while_it_is_out_and_when_it_returns(
    desk: DeskWorld, clock: FakeClock
) -> None:
    loan = desk.signed_out()
    clock.forward(hours=20)
    collect(desk)
    assert whys(desk) == []
    clock.forward(hours=7)
    collect(desk)
    (line,) = queue(desk).lines
    assert (line.why, line.line.action) == (Why.OVERDUE, "item.signed_out")
    back(desk, loan)
    later = desk.signed_out()
    clock.forward(days=3)
    back(desk, later)
    collect(desk)
    assert whys(desk) == [Why.OVERDUE, Why.OVERDUE]


def test_a_clock_set_back_before_a_sign_out_does_not_hide_the_loan(
    desk: DeskWorld, clock: FakeClock
) -> None:
    desk.settings(cover_after_s=30)
    clock.forward(minutes=-5)
    desk.signed_out()
    clock.forward(days=2)
    collect(desk)
    assert whys(desk) == [Why.CLOCK, Why.OVERDUE]


def test_an_emergency_leaves_the_queue_with_its_own_review(desk: DeskWorld) -> None:
    released = desk.do("custodian", release_emergency, desk.residents["tadashi"])
    collect(desk)
    (line,) = queue(desk).lines
    assert line.loan_id == released.loan_id
    with pytest.raises(EmergencyApart):
        desk.do("manager", sign_off, SignOff(line.line.seq, Verdict.IN_ORDER))
    desk.do("custodian", explain_emergency, released.loan_id, "発熱", "みほん病院")
    desk.do("manager", review_emergency, released.loan_id, "")
    collect(desk)
    assert whys(desk) == []
    row = desk.one(ReviewRow, ReviewRow.why == Why.EMERGENCY)
    assert (row.reviewed_by, row.verdict) == (desk.id_of("manager"), Verdict.IN_ORDER)


def test_a_sign_off_is_an_entry_and_leaves_the_queue(desk: DeskWorld, clock: FakeClock) -> None:
    seq = corrected(desk)
    collect(desk)
    clock.forward(hours=1)
    number = desk.do("auditor", sign_off, SignOff(seq, Verdict.IN_ORDER))
    assert whys(desk) == []
    entry = parse(desk.one(AuditEntryRow, AuditEntryRow.seq == number).canonical)
    assert (entry.action, entry.resident) == ("review.signed_off", desk.residents["hanako"])
    assert entry.plain == {"of": seq, "why": "correction", "verdict": "in-order"}
    row = desk.one(ReviewRow, ReviewRow.seq == seq)
    assert (row.reviewed_by, row.reviewed_at) == (desk.id_of("auditor"), clock.now)
    with pytest.raises(SignedOffAlready):
        desk.do("manager", sign_off, SignOff(seq, Verdict.IN_ORDER))


def test_what_is_not_in_order_is_said_in_words_that_name_nobody_in_the_clear(
    desk: DeskWorld,
) -> None:
    seq = corrected(desk)
    with pytest.raises(NotInSafe):
        desk.signed_out()
    collect(desk)
    with pytest.raises(NoteMissing):
        desk.do("manager", sign_off, SignOff(seq, Verdict.NOT_IN_ORDER, "  "))
    words = "見本さんの行先を聞き直した"
    desk.do("manager", sign_off, SignOff(seq, Verdict.NOT_IN_ORDER, words))
    (refusal,) = queue(desk).lines
    desk.do("manager", sign_off, SignOff(refusal.line.seq, Verdict.NOT_IN_ORDER, words))
    texts = [row.canonical for row in desk.rows(AuditEntryRow)]
    assert not any(words in text for text in texts)
    assert "commitment" in texts[-1]
    assert [row.note for row in desk.rows(ReviewRow)] == [words, words]


@pytest.mark.parametrize("who", ["custodian", "second"])
def test_only_managers_and_auditors_review(desk: DeskWorld, who: str) -> None:
    seq = corrected(desk)
    collect(desk)
    with pytest.raises(NotPermitted):
        desk.ask(who, review_queue)
    with pytest.raises(NotPermitted):
        desk.do(who, sign_off, SignOff(seq, Verdict.IN_ORDER))


def test_nobody_reviews_what_they_did_carried_or_witnessed(desk: DeskWorld) -> None:
    mine = corrected(desk, "manager")
    collect(desk)
    assert whys(desk) == []
    assert (queue(desk).waiting, queue(desk).own) == (0, 1)
    assert queue(desk, "auditor").waiting == 1
    with pytest.raises(OwnAct):
        desk.do("manager", sign_off, SignOff(mine, Verdict.IN_ORDER))
    assert desk.actions()[-1] == "act.refused"
    with pytest.raises(NotDue):
        desk.do("manager", sign_off, SignOff(1, Verdict.IN_ORDER))


def test_who_carried_the_things_does_not_review_that_they_were_overdue(
    desk: DeskWorld, clock: FakeClock
) -> None:
    desk.signed_out(holder_id=desk.id_of("manager"))
    clock.forward(days=2)
    collect(desk)
    assert queue(desk).own == 1
    assert whys(desk, "auditor") == [Why.OVERDUE]


def test_who_tried_passwords_while_waiting_does_not_review_it(
    desk: DeskWorld, clock: FakeClock
) -> None:
    for _ in range(6):
        with pytest.raises((WrongPassword, MustWait)):
            unlock(desk.work, "1001", "not this one", CHEAP)
    collect(desk)
    assert whys(desk) == []
    assert queue(desk).own > 0
    assert set(whys(desk, "auditor")) == {Why.REFUSAL}


def test_an_act_that_was_drawn_and_signed_off_comes_back_when_it_turns_into_an_exception(
    desk: DeskWorld, clock: FakeClock
) -> None:
    loan = desk.signed_out()
    seq = desk.loan(loan).out_seq
    collect(desk)
    row = ReviewRow(seq=seq, why=Why.SAMPLE, rank=Why.SAMPLE.rank, at=clock.now, actor_id=2)
    desk.add(row)
    desk.do("manager", sign_off, SignOff(seq, Verdict.IN_ORDER))
    clock.forward(days=2)
    collect(desk)
    assert whys(desk) == [Why.OVERDUE]


def test_the_report_counts_what_was_and_what_was_not_reviewed(
    desk: DeskWorld, clock: FakeClock
) -> None:
    first, second = corrected(desk), 0
    desk.do("manager", change_settings, Settings(two_person=()))
    second = len(desk.actions())
    collect(desk)
    desk.do("auditor", sign_off, SignOff(first, Verdict.NOT_IN_ORDER, "行先が二つある"))
    month = month_of(clock().date())
    told = desk.ask("auditor", unreviewed, month)
    assert [(c.why, c.due, c.reviewed, c.not_in_order) for c in told.counts] == [
        (Why.SECOND_PERSON, 1, 0, 0),
        (Why.CORRECTION, 1, 1, 1),
    ]
    assert (told.due, told.open) == (2, 1)
    assert told.entries == ((second, clock.now, Why.SECOND_PERSON),)
    assert (told.seen, told.drawn) == (3, 0)
    assert desk.ask("auditor", unreviewed, month_of(clock().date() - timedelta(days=40))).due == 0


def test_the_quarter_has_a_target_and_counts_what_was_done_in_it(
    desk: DeskWorld, clock: FakeClock
) -> None:
    seq = corrected(desk)
    collect(desk)
    quarter = quarter_of(clock().date())
    assert desk.ask("auditor", quarter_target) == QuarterTarget(quarter, 30, 0)
    desk.do("manager", sign_off, SignOff(seq, Verdict.IN_ORDER))
    desk.settings(review_target=12)
    assert desk.ask("auditor", quarter_target) == QuarterTarget(quarter, 12, 1)
    clock.forward(days=60)
    assert desk.ask("auditor", quarter_target).done == 0


def test_today_knows_how_many_wait_for_whom(desk: DeskWorld) -> None:
    corrected(desk, "manager")
    collect(desk)
    with desk.work.read(desk.staff["auditor"]) as reading:
        reading.require(next(iter(reading.actor.rights(reading.now))))
        assert waiting_reviews(reading.session, desk.id_of("auditor")) == 1
        assert waiting_reviews(reading.session, desk.id_of("manager")) == 0


def test_an_entry_that_is_not_there_is_not_due(desk: DeskWorld) -> None:
    with pytest.raises(NotDue):
        desk.do("manager", sign_off, SignOff(4711, Verdict.IN_ORDER))


def test_a_log_that_is_longer_than_one_reading_is_worked_off_in_turns(desk: DeskWorld) -> None:
    for _ in range(4):
        corrected(desk)
        for loan in desk.rows(LoanRow, LoanRow.closed_at.is_(None)):
            back(desk, LoanId(loan.id))
    with desk.work.begin(PROGRAM) as tx:
        sign_log(tx, "lock")
    while (found := collect(desk, 5)).seen < len(desk.actions()) - 1:
        assert found.drawn <= found.seen
    corrections = [row for row in desk.rows(ReviewRow) if row.why is Why.CORRECTION]
    assert len(corrections) == 4
