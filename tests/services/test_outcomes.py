"""How visits went: written down once, corrected, compared, counted, and learned from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from facility_app.db.models import ClinicRow, VisitOutcomeRow
from facility_app.domain.access import NotPermitted, Permission
from facility_app.domain.coverage import VisualMode
from facility_app.domain.individual_number import IndividualNumberRefused, check_digit
from facility_app.domain.items import Condition
from facility_app.domain.ladder_facts import Way
from facility_app.services.custody import LoanId
from facility_app.services.departure import Depart, depart
from facility_app.services.fields import FieldMissing, NumberOutOfRange
from facility_app.services.outcome_statistics import clinic_statistics
from facility_app.services.outcomes import (
    ChoiceNotKnown,
    NoQuestion,
    OutcomeMissing,
    OutcomeThere,
    RecordOutcome,
    VisitNotBegun,
    correct_outcome,
    outcome_choices,
    outcome_of,
    ratio_questions,
    record_outcome,
    settle_question,
)
from facility_app.services.returns import PiecesMissing, Returned, SignIn, WrongSlot
from facility_app.services.visit_return import ReturnVisit, return_visit, returning
from facility_app.services.visit_views import VisitState, visit_of
from tests.visits_desk import STARTS, TODAY, VisitWorld, build_visits

_VIEW = Permission.VIEW_DESK


@pytest.fixture
def world(engine, work, clock) -> VisitWorld:
    return build_visits(engine, work, clock)


def left(world: VisitWorld) -> tuple[int, int]:
    """(visit, loan) of Hanako, on the way, everything in order."""
    visit = world.ready()
    cmd = Depart(
        visit,
        world.taken(),
        world.desk.id_of("escort"),
        STARTS + timedelta(hours=2),
        world.desk.codes["hanako"],
    )
    loan = world.desk.do("custodian", depart, cmd)
    world.desk.forward(hours=5)
    return visit, loan


def told(world: VisitWorld, visit: int, **changed: Any):
    values: dict[str, Any] = {"way": Way.FACE, "minutes": 4, "ratio_seen": 1}
    return world.desk.do("custodian", record_outcome, RecordOutcome(visit, **(values | changed)))


def state(world: VisitWorld, visit: int) -> VisitState:
    with world.desk.work.read(world.desk.staff["custodian"]) as reading:
        reading.require(_VIEW)
        return visit_of(reading.session, visit).state


def whole(world: VisitWorld, loan: int, slot: str = "A-12", **changed: Any) -> SignIn:
    items = zip(world.taken(), (1, 1, 3), strict=True)
    back = tuple(Returned(item, pieces, Condition.GOOD) for item, pieces in items)
    return SignIn(LoanId(loan), changed.pop("returned", back), slot, **changed)


def test_the_pouch_comes_back_and_the_outcome_with_it_in_one_act(world: VisitWorld) -> None:
    desk = world.desk
    visit, loan = left(world)
    assert state(world, visit) is VisitState.OUT
    shown = desk.ask("custodian", returning, desk.residents["hanako"])
    assert (shown.visit.id, shown.loan.id) == (visit, loan)
    assert len(shown.lines) == 3
    assert shown.choices.ways[0] is Way.FACE
    assert set(shown.choices.ways) == set(Way)
    assert shown.choices.ratio.tenths == 1
    outcome = RecordOutcome(
        visit, Way.VISUAL, 12, ("face-failed",), 1, ("receipt",), "時間がかかった"
    )
    done = desk.do("custodian", return_visit, ReturnVisit(whole(world, loan), outcome))
    assert done.signed_in.closed
    assert not done.outcome.question
    assert desk.actions()[-3:] == ["item.signed_in", "visit.outcome_recorded", "clinic.changed"]
    assert state(world, visit) is VisitState.DONE
    assert desk.ask("custodian", returning, desk.residents["hanako"]) is None
    (_, sealed) = world.entries("visit.outcome_recorded")[0]
    assert (sealed["accepted"], sealed["minutes"], sealed["papers"]) == ("visual", 12, ["receipt"])


def test_a_return_without_an_outcome_waits_for_it(world: VisitWorld) -> None:
    visit, loan = left(world)
    world.desk.do("custodian", return_visit, ReturnVisit(whole(world, loan)))
    assert state(world, visit) is VisitState.BACK
    told(world, visit)
    assert state(world, visit) is VisitState.DONE


def test_what_is_refused_at_the_return_keeps_the_outcome_out_too(world: VisitWorld) -> None:
    visit, loan = left(world)
    outcome = RecordOutcome(visit, Way.FACE)
    with pytest.raises(WrongSlot):
        world.desk.do("custodian", return_visit, ReturnVisit(whole(world, loan, "A-05"), outcome))
    some = (Returned(world.taken()[0], 1, Condition.GOOD),)
    with pytest.raises(PiecesMissing):
        world.desk.do(
            "custodian", return_visit, ReturnVisit(whole(world, loan, returned=some), outcome)
        )
    assert world.desk.rows(VisitOutcomeRow) == []


def test_the_outcome_of_another_visit_is_a_bug(world: VisitWorld) -> None:
    _, loan = left(world)
    other = RecordOutcome(visit_id=999, way=Way.FACE)
    with pytest.raises(ValueError, match="another visit"):
        world.desk.do("custodian", return_visit, ReturnVisit(whole(world, loan), other))


def test_a_ratio_that_differs_becomes_a_question_to_the_insurer(world: VisitWorld) -> None:
    desk = world.desk
    visit, _ = left(world)
    assert told(world, visit, ratio_seen=2).question
    (question,) = desk.ask("custodian", ratio_questions)
    assert (question.visit_id, question.seen, question.noted) == (visit, 2, 1)
    with desk.work.read(desk.staff["custodian"]) as reading:
        reading.require(_VIEW)
        assert outcome_of(reading.session, visit).troubles == ("ratio-differs",)
    with pytest.raises(FieldMissing):
        desk.do("custodian", settle_question, visit, " ")
    desk.do("custodian", settle_question, visit, "保険者: 8月から2割")
    assert desk.ask("custodian", ratio_questions) == []
    assert world.entries("visit.question_settled")[0][1]["answer"] == "保険者: 8月から2割"
    with pytest.raises(NoQuestion):
        desk.do("custodian", settle_question, visit, "もう一度")


def test_where_none_is_noted_nothing_differs(world: VisitWorld) -> None:
    visit = world.plan()
    world.desk.forward(hours=4)
    assert not told(world, visit, ratio_seen=2).question


@pytest.mark.parametrize(
    ("outcome", "learned"),
    [
        ({"way": Way.VISUAL}, VisualMode.WORKS),
        ({"way": Way.CERTIFICATE, "troubles": ("visual-refused",)}, VisualMode.REFUSED),
        ({"way": Way.FACE}, VisualMode.UNKNOWN),
    ],
)
def test_the_register_of_clinics_learns_what_worked(
    world: VisitWorld, outcome: dict[str, Any], learned: VisualMode
) -> None:
    visit, _ = left(world)
    told(world, visit, **outcome)
    row = world.desk.one(ClinicRow, ClinicRow.id == world.clinic_id)
    assert row.visual_mode is learned
    changed = world.entries("clinic.changed")
    assert [plain["learned_from"] for plain, _ in changed] == [visit] * len(changed)


def test_an_outcome_is_written_once_and_corrected_with_both_in_the_log(world: VisitWorld) -> None:
    desk = world.desk
    visit, _ = left(world)
    told(world, visit, ratio_seen=2)
    with pytest.raises(OutcomeThere):
        told(world, visit)
    desk.do("manager", correct_outcome, RecordOutcome(visit, Way.ORAL, 30, ratio_seen=1))
    assert desk.ask("custodian", ratio_questions) == []
    with desk.work.read(desk.staff["custodian"]) as reading:
        reading.require(_VIEW)
        view = outcome_of(reading.session, visit)
    assert (view.way, view.minutes, view.question) == (Way.ORAL, 30, False)
    assert desk.actions().count("visit.outcome_recorded") == 1
    assert world.entries("visit.outcome_corrected")[0][1]["accepted"] == "oral"


def test_nothing_is_told_of_a_visit_that_lies_ahead(world: VisitWorld) -> None:
    visit = world.plan()
    with pytest.raises(VisitNotBegun):
        told(world, visit)
    with pytest.raises(OutcomeMissing):
        world.desk.do("manager", correct_outcome, RecordOutcome(visit))


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"troubles": ("nothing-we-know",)}, ChoiceNotKnown),
        ({"papers": ("nothing-we-know",)}, ChoiceNotKnown),
        ({"ratio_seen": 4}, NumberOutOfRange),
        ({"minutes": -1}, NumberOutOfRange),
        ({"note": "11122233344" + str(check_digit("11122233344"))}, IndividualNumberRefused),
    ],
)
def test_a_refused_field_keeps_no_outcome(
    world: VisitWorld, changed: dict[str, Any], refusal: type[Exception]
) -> None:
    visit, _ = left(world)
    with pytest.raises(refusal):
        told(world, visit, **changed)
    assert world.desk.rows(VisitOutcomeRow) == []


def test_the_form_offers_what_the_plan_says_first(world: VisitWorld) -> None:
    visit = world.ready()
    offered = world.desk.ask("custodian", outcome_choices, visit)
    assert offered.ways[:2] == (Way.FACE, Way.VISUAL)
    assert {choice.code for choice in offered.troubles} >= {"unreadable-character", "ratio-differs"}
    assert offered.outcome is None


def test_an_auditor_tells_nothing(world: VisitWorld) -> None:
    visit, _ = left(world)
    with pytest.raises(NotPermitted):
        world.desk.do("auditor", record_outcome, RecordOutcome(visit))


# --- what works where -----------------------------------------------------------------------------


def test_visits_are_counted_by_clinic_way_trouble_and_month(world: VisitWorld) -> None:
    desk = world.desk
    visit, _ = left(world)
    told(world, visit, ratio_seen=2, minutes=20)
    other = world.clinic("例示整形外科")
    desk.forward(days=20)
    outcomes: list[dict[str, Any]] = [
        {"way": Way.FACE, "minutes": 3},
        {"way": None, "minutes": 45, "troubles": ("no-data",)},
    ]
    for number, outcome in enumerate(outcomes):
        starts = desk.clock() + timedelta(hours=1 + 3 * number)
        made = world.plan("umeko", clinic_id=other, starts_at=starts, returns_at=None)
        desk.forward(hours=4)
        told(world, made, ratio_seen=None, **outcome)
    world.plan("tadashi", starts_at=desk.clock() + timedelta(hours=3), returns_at=None)

    found = desk.ask("auditor", clinic_statistics, date(2026, 11, 1), date(2026, 12, 31))
    assert (found.total.visits, found.total.told, found.total.with_trouble) == (3, 3, 2)
    assert (found.total.minutes, found.total.minutes_lost, found.total.median) == (68, 65, 20)
    assert found.total.ways == {Way.FACE: 2, None: 1}
    assert found.total.troubles == {"ratio-differs": 1, "no-data": 1}
    assert [each.name for each in found.clinics] == ["例示整形外科", "みほん内科"]
    assert found.clinics[0].minutes_lost == 45
    assert [(each.month.month, each.visits) for each in found.months] == [(11, 1), (12, 2)]
    assert (found.questions, found.open_questions) == (1, 1)


def test_a_stretch_without_visits_counts_nothing(world: VisitWorld) -> None:
    found = world.desk.ask("auditor", clinic_statistics, TODAY, TODAY)
    assert (found.total.visits, found.total.median, found.clinics) == (0, None, ())


def test_who_makes_no_reports_sees_no_statistics(world: VisitWorld) -> None:
    with pytest.raises(NotPermitted):
        world.desk.ask("custodian", clinic_statistics, TODAY, TODAY)
