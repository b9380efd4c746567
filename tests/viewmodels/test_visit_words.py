"""Visits in words: the rows of a day, forms of a plan and a series, ways, ratios, rounds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.domain.access import RIGHTS, Role
from facility_app.domain.clock import JST
from facility_app.domain.coverage import Answer
from facility_app.domain.visits import Repeat, Transport
from facility_app.i18n import LANGUAGES, Words
from facility_app.services.departure import CheckWhy, departure
from facility_app.services.visit_views import CalendarDay, VisitState, calendar
from facility_app.services.window_plan import plan_of_visit
from facility_app.ui.viewmodels import departure as leaving
from facility_app.ui.viewmodels.visit_plan import Again, PlanForm, again_choices, again_of
from facility_app.ui.viewmodels.visit_ways import plan_text, ratio_text
from facility_app.ui.viewmodels.visits import (
    Filter,
    Span,
    VisitStep,
    day_lines,
    folded,
    shown_days,
    stepped,
    title_text,
)
from tests.conftest import FakeClock
from tests.desk_world import build
from tests.ui.visit_day import VisitDay, day_of_visits, furnish
from tests.ui.whole import TODAY

CUSTODIAN = RIGHTS[Role.CUSTODIAN]
NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@pytest.fixture
def day(engine: Engine, work: Work, clock: FakeClock) -> VisitDay:
    world = furnish(build(engine, work, clock))
    day_of_visits(world)
    return world


@pytest.fixture
def words() -> Words:
    return Words("ja")


def read(day: VisitDay) -> CalendarDay:
    (found,) = day.desk.ask("custodian", calendar, TODAY, TODAY)
    return found


def test_a_house_call_is_one_row_and_says_how_many_are_ready(day: VisitDay, words: Words) -> None:
    found = read(day)
    lines = day_lines(words, found, CUSTODIAN, NOW)
    assert [line.title for line in lines] == ["見本 花子", "試田 キヨ", "例示 ウメ", "訪問診療"]
    assert (lines[3].room, lines[3].place) == ("3人", "館内・見本医院")
    one = replace(found.visits[-1], escort_id=None)
    some = CalendarDay(found.day, (*found.visits[:-1], one))
    (line,) = [each for each in day_lines(words, some, CUSTODIAN, NOW) if each.round_id]
    assert (line.chip, line.step) == ("準備 2 / 3", VisitStep.PREPARE)


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (VisitState.OUT, VisitStep.RETURN),
        (VisitState.BACK, VisitStep.OUTCOME),
        (VisitState.DONE, VisitStep.NONE),
    ],
)
def test_every_state_has_its_step_for_who_may(
    day: VisitDay, words: Words, state: VisitState, step: VisitStep
) -> None:
    found = read(day)
    visit = replace(found.visits[0], state=state, transport=Transport.CARE_TAXI)
    (line,) = day_lines(words, CalendarDay(found.day, (visit,)), CUSTODIAN, NOW)
    assert line.step is step
    assert line.who == "付添 仮屋 健さん・介護タクシー"
    (line,) = day_lines(words, CalendarDay(found.day, (visit,)), frozenset(), NOW)
    assert line.step is VisitStep.NONE


def test_a_visit_that_nobody_left_for_is_said_so_on_the_day_after(
    day: VisitDay, words: Words
) -> None:
    found = read(day)
    lines = day_lines(words, found, CUSTODIAN, NOW + timedelta(days=1))
    assert lines[0].chip == "出かけていません"
    assert lines[0].step is VisitStep.PREPARE


def test_weeks_begin_on_monday_and_step_by_seven_days(words: Words) -> None:
    assert shown_days(Span.WEEK, TODAY) == (date(2026, 11, 16), date(2026, 11, 22))
    assert stepped(Span.WEEK, TODAY, -1) == date(2026, 11, 13)
    assert title_text(words, Span.DAY, TODAY) == "11月20日(金)"


@given(st.text(alphabet="ァアイヴー ａＡ１ｱ", max_size=8))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded(text) == folded(text.replace(" ", ""))


def test_the_filter_takes_a_room_from_its_beginning(day: VisitDay) -> None:
    visit = read(day).visits[0]
    assert Filter(text="203").holds(visit)
    assert not Filter(text="03").holds(visit)
    assert Filter(text="ミホン").holds(visit)
    assert not Filter(clinic_id=day.clinics["eye"]).holds(visit)


# --- plans and series -----------------------------------------------------------------------------


def test_a_visit_needs_a_place_and_a_time() -> None:
    plan = PlanForm(TODAY, "clinic")
    assert not plan.ready()
    assert plan.wanted(1) is None
    with pytest.raises(ValueError, match="time"):
        plan.form()
    plan.destination, plan.starts = " みほん内科 ", time(13, 30)
    assert plan.ready()
    form = plan.form()
    assert (form.destination, form.returns_at) == (
        "みほん内科",
        datetime(2026, 11, 20, 15, 30, tzinfo=JST),
    )
    plan.returns = time(13, 0)
    assert plan.wanted(1) is None, (
        "no conflict is looked for while the times are in the wrong order"
    )


@pytest.mark.parametrize(
    ("again", "repeat", "every"),
    [
        (Again.WEEKLY, Repeat.WEEKLY, 1),
        (Again.FORTNIGHTLY, Repeat.WEEKLY, 2),
        (Again.FOUR_WEEKLY, Repeat.WEEKLY, 4),
        (Again.MONTHLY_WEEKDAY, Repeat.MONTHLY_WEEKDAY, 1),
        (Again.MONTHLY_LAST, Repeat.MONTHLY_WEEKDAY, 1),
        (Again.MONTHLY_DAY, Repeat.MONTHLY_DAY, 1),
    ],
)
def test_every_way_to_repeat_begins_on_its_first_day_and_is_known_again(
    again: Again, repeat: Repeat, every: int
) -> None:
    last_friday = date(2026, 11, 27)
    plan = PlanForm(last_friday, "clinic", "みほん内科", starts=time(10), again=again)
    form = plan.series()
    assert (form.recurrence.repeat, form.recurrence.every) == (repeat, every)
    assert form.recurrence.days(last_friday, last_friday) == [last_friday]
    assert again_of(form.recurrence) is again
    assert form.length_minutes == 120
    plan.again = Again.NEVER
    with pytest.raises(ValueError, match="again"):
        plan.series()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_weekday_is_offered_only_where_it_is_one(language: str) -> None:
    words = Words(language)
    offered = dict(again_choices(words, TODAY))
    assert Again.MONTHLY_LAST not in offered
    assert Again.MONTHLY_LAST in dict(again_choices(words, date(2026, 11, 27)))
    assert "3" in offered[Again.MONTHLY_WEEKDAY]


# --- the check and the ways -----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", ["hanako", "kiyo", "ume", "tomorrow"])
def test_every_line_and_every_way_can_be_said(day: VisitDay, language: str, word: str) -> None:
    words = Words(language)
    found = day.desk.ask("custodian", departure, day.visits[word], None)
    form = leaving.LeaveForm(found)
    lines = leaving.line_texts(words, form)
    assert len(lines) == 7
    assert all(line.title and (line.side or line.text) for line in lines)
    assert all(part for part in leaving.verdict(words, form, NOW)[1:])
    assert leaving.off_reason(words, form, NOW, may=True)
    plan = plan_text(words, found.plan)
    assert plan.ways
    for way in (*plan.ways, *plan.closed):
        assert way.name
        assert way.source
        assert way.reasons or way.number
    assert all(way.reasons for way in plan.closed), "a closed way always says why"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", [w for w in CheckWhy if not w.value.startswith("ratio")])
def test_every_finding_has_its_sentence(language: str, why: CheckWhy) -> None:
    if why is not CheckWhy.NOTHING:
        facts = {"items": ["a"], "name": "b", "time": "c", "kana": "d"}
        assert Words(language)(f"leave-why-{why.value}", **facts)


def test_a_reason_passes_a_line_and_goes_with_the_act_only_while_it_is_open(
    day: VisitDay, words: Words
) -> None:
    found = day.desk.ask("custodian", departure, day.visits["ume"], None)
    form = leaving.LeaveForm(found)
    (line,) = form.open_lines()
    leaving.passed_now(form, {line.code: " 袋タグが破れた "})
    assert form.open_lines() == []
    assert leaving.off_reason(words, form, NOW, may=True) == ""
    assert list(form.command().overrides) == [line.code]
    form.found = day.desk.ask("custodian", departure, day.visits["ume"], day.desk.codes["ume"])
    assert form.command().overrides == {}


def test_a_ratio_is_shown_with_its_source_and_questioned_where_it_cannot_be(
    day: VisitDay, words: Words
) -> None:
    plan = day.desk.ask("custodian", plan_of_visit, day.visits["hanako"])
    told = ratio_text(words, plan)
    assert (told.value, told.source) == ("1割", "資格確認書、令和8年8月1日")
    assert told.question == ""
    assert ratio_text(words, day.desk.ask("custodian", plan_of_visit, day.visits["ume"])).value == (
        "自己負担なし（医療扶助）"
    )


def test_first_visits_change_the_plan(day: VisitDay, words: Words) -> None:
    plan = day.desk.ask("custodian", plan_of_visit, day.visits["hanako"])
    names = [way.name for way in plan_text(words, plan).ways]
    assert names[0] == "マイナ保険証と顔認証"
    assert "口頭での確認（再診）" in names
    assert Answer.NO is day.desk.ask("custodian", departure, day.visits["hanako"]).visit.first_visit
