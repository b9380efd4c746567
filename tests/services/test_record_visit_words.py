"""What the record says of visits, in words: no code and no name of a field is left."""

from __future__ import annotations

import re

import pytest

from facility_app.domain.coverage import Answer, Coverage, PinKnownBy
from facility_app.domain.ladder_facts import Way
from facility_app.i18n import LANGUAGES, Words
from facility_app.services.departure import CheckCode, Depart, depart
from facility_app.services.house_calls import PlanRound, RoundForm, plan_round
from facility_app.services.insurance_facts import InsuranceFacts, NoteInsurance, note_insurance
from facility_app.services.outcomes import RecordOutcome, record_outcome
from facility_app.services.record_words import DetailWords
from facility_app.services.visits import ChangeVisit, change_visit
from tests.visits_desk import STARTS, VisitWorld, build_visits

CODE = re.compile(r"[a-z]{2,}[_-][a-z]|\b(yes|no|face|kouki|app|nobody)\b")


@pytest.fixture
def world(engine, work, clock) -> VisitWorld:
    return build_visits(engine, work, clock)


def play(world: VisitWorld) -> None:
    """One entry of each act with many details."""
    desk, visit = world.desk, world.ready()
    desk.do("custodian", change_visit, ChangeVisit(visit, world.form(first_visit=Answer.NO)))
    facts = InsuranceFacts(Coverage.KOUKI, registered=Answer.YES, pin_known_by=PinKnownBy.NOBODY)
    tadashi = desk.residents["tadashi"]
    desk.do("custodian", note_insurance, NoteInsurance(tadashi, 0, facts))
    cmd = Depart(
        visit,
        world.taken(),
        desk.id_of("escort"),
        STARTS,
        overrides={CheckCode.POUCH: "タグのはがれ"},
    )
    desk.do("custodian", depart, cmd)
    clinic = world.clinic("訪問見本診療所", house_calls=True)
    form = RoundForm(clinic, STARTS, STARTS.replace(hour=6))
    desk.do("custodian", plan_round, PlanRound(form, (tadashi,)))
    desk.forward(hours=5)
    told = RecordOutcome(visit, Way.FACE, 3, ("face-failed",), 2, ("receipt",), "おわり")
    desk.do("custodian", record_outcome, told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_detail_is_told_in_words(world: VisitWorld, language: str) -> None:
    play(world)
    words = DetailWords(Words(language), {})
    for action in (
        "visit.departed",
        "visit.outcome_recorded",
        "visit.changed",
        "insurance.noted",
        "house_call.planned",
    ):
        ((plain, sealed),) = world.entries(action)
        told = words.details(plain | sealed)
        told += [(label, after) for label, _, after in words.changed(plain | sealed)]
        for label, value in told:
            if language == "ja":
                assert not CODE.search(f"{label} {value}"), (action, label, value)
            assert "_" not in f"{label} {value}"


def test_the_check_says_its_states_and_the_outcome_its_troubles(world: VisitWorld) -> None:
    play(world)
    words = DetailWords(Words("ja"), {})
    ((plain, sealed),) = world.entries("visit.departed")
    told = dict(words.details(plain | sealed))
    assert "袋 未確認" in told["出発前の確認"]
    assert told["理由を書いて通した確認"] == "袋の確認"
    ((plain, sealed),) = world.entries("visit.outcome_recorded")
    told = dict(words.details(plain | sealed))
    assert told["受付できた方法"] == "マイナ保険証と顔認証"
    assert told["困ったこと"] == "顔認証できなかった、負担割合が違った"
    assert told["受け取った書類"] == "領収書・明細書"
