"""棚卸: two blind counts, a register that goes on meanwhile, explanations, and an approval."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import (
    AuditEntryRow,
    ItemRow,
    PouchRow,
    StocktakeCountRow,
    StocktakeDifferenceRow,
    StocktakeMarkRow,
    StocktakeRow,
)
from facility_app.domain.access import NotPermitted
from facility_app.domain.items import Condition
from facility_app.domain.periods import month_of
from facility_app.domain.stocktake import DifferenceKind, Figures, Found, StocktakeState, StopReason
from facility_app.services.cabinets import PlacePouch, place_pouch
from facility_app.services.fields import FieldMissing, NumberOutOfRange
from facility_app.services.record import entry_in_full
from facility_app.services.returns import Returned, SignIn, sign_in
from facility_app.services.stocktake import (
    CountsTaken,
    GiveUp,
    NoSuchCabinet,
    SameCounter,
    StocktakeClosed,
    StocktakeExists,
    begin_count,
    discard_count,
    give_up_stocktake,
    start_stocktake,
)
from facility_app.services.stocktake_count import (
    CountedElsewhere,
    CountFinished,
    MovedMeanwhile,
    NotYourCount,
    PlaceCounted,
    PlaceElsewhere,
    count_place,
    rest_empty,
)
from facility_app.services.stocktake_own import count_view, opened_pouch, pouch_of_tag
from facility_app.services.stocktake_report import stocktakes
from facility_app.services.stocktake_result import (
    CountTampered,
    Explain,
    NotCompared,
    OwnCount,
    PlacesChanged,
    PlacesLeft,
    Unexplained,
    approve_stocktake,
    explain_difference,
    finish_count,
)
from facility_app.services.stocktake_views import stocktake_home, stocktake_result
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, add_resident, build, item_row
from tests.stocktake_world import EMPTY, Cabinet

CARD = "my-number-card"


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


@pytest.fixture
def cabinet(desk: DeskWorld) -> Cabinet:
    return Cabinet(desk)


def signed_in(desk: DeskWorld, loan: int, person: str, slot: str) -> None:
    rows = desk.rows(ItemRow, ItemRow.id.in_(desk.items[person]))
    back = tuple(Returned(row.id, row.pieces, Condition.GOOD) for row in rows)
    desk.do("custodian", sign_in, SignIn(loan, back, slot))  # type: ignore[arg-type]  # a loan's id


def kinds(cabinet: Cabinet) -> list[DifferenceKind]:
    return [each.difference.kind for each in cabinet.result().summary.differences]


def test_what_fits_is_approved_and_every_step_is_an_entry(cabinet: Cabinet) -> None:
    result = cabinet.counted()
    assert result.summary.differences == ()
    assert (result.summary.state, result.summary.places) == (StocktakeState.COMPARED, 3)
    cabinet.desk.do("manager", approve_stocktake, cabinet.id)
    row = cabinet.desk.one(StocktakeRow)
    assert (row.state, row.closed_by) == (StocktakeState.APPROVED, cabinet.desk.id_of("manager"))
    count = ["stocktake.count_begun", *["stocktake.counted"] * 3, "stocktake.count_done"]
    wanted = ["stocktake.started", *count, *count, "stocktake.compared", "stocktake.approved"]
    assert cabinet.desk.actions() == wanted


def test_a_missing_pouch_a_missing_piece_and_a_strange_pouch_are_found(cabinet: Cabinet) -> None:
    del cabinet.lies["tadashi"]
    cabinet.short["hanako", "patient-card"] = 2
    cabinet.start()
    for who in ("custodian", "second"):
        view = cabinet.begin(who)
        cabinet.look(who, view.id, "A-05")
        cabinet.look(who, view.id, "A-12")
        cabinet.look(who, view.id, EMPTY, found=Found.UNKNOWN)
        cabinet.desk.do(who, finish_count, view.id)
    missing, unknown, pieces = cabinet.result().summary.differences
    assert (missing.difference.kind, missing.name) == (DifferenceKind.MISSING, "仮名 正")
    assert missing.difference.slot == "A-05"
    assert (unknown.difference.kind, unknown.difference.slot) == (
        DifferenceKind.UNKNOWN_POUCH,
        EMPTY,
    )
    assert (pieces.name, pieces.item) == ("見本 花子", "診察券")
    assert pieces.difference.first == pieces.difference.second == Figures(3, 1)
    assert all(each.difference.agreed for each in (missing, unknown, pieces))


def test_a_pouch_in_the_wrong_place_is_said_with_both_places(cabinet: Cabinet) -> None:
    cabinet.lies["tadashi"] = EMPTY
    (found,) = cabinet.counted().summary.differences
    assert found.difference.kind is DifferenceKind.WRONG_PLACE
    assert (found.difference.slot, found.difference.home) == (EMPTY, "A-05")


def test_two_counters_who_saw_different_things_are_told_apart(cabinet: Cabinet) -> None:
    cabinet.start()
    cabinet.count("custodian")
    cabinet.short["hanako", CARD] = 1
    cabinet.count("second")
    (found,) = cabinet.result().summary.differences
    assert (found.difference.first, found.difference.second) == (Figures(1, 1), Figures(1, 0))
    assert not found.difference.agreed


def test_moves_at_the_desk_go_on_and_make_no_difference(cabinet: Cabinet) -> None:
    desk = cabinet.desk
    out_before = desk.signed_out("hanako")
    cabinet.start()
    first = cabinet.begin("custodian")
    del cabinet.lies["hanako"]
    cabinet.look("custodian", first.id, "A-12")
    cabinet.look("custodian", first.id, "A-05")
    signed_in(desk, out_before, "hanako", "A-12")
    cabinet.lies["hanako"] = "A-12"
    desk.signed_out("tadashi")
    del cabinet.lies["tadashi"]
    cabinet.look("custodian", first.id, EMPTY)
    desk.do("custodian", finish_count, first.id)
    cabinet.count("second")
    assert cabinet.result().summary.differences == ()


def test_pieces_that_came_back_before_the_rest_are_expected(cabinet: Cabinet) -> None:
    desk = cabinet.desk
    loan = desk.signed_out("hanako")
    card, notice, patient, care = desk.items["hanako"]
    some = tuple(Returned(item, 1, Condition.GOOD) for item in (card, notice, patient, care))
    desk.do("custodian", sign_in, SignIn(loan, some, "A-12", accept_missing=True))
    cabinet.start()
    for who in ("custodian", "second"):
        view = cabinet.begin(who)
        there = tuple((kind, 1) for kind in (CARD, "eligibility-notice", "patient-card"))
        cabinet.look(who, view.id, "A-12", pieces=(*there, ("care-insurance", 1)))
        cabinet.look(who, view.id, "A-05")
        cabinet.look(who, view.id, EMPTY)
        desk.do(who, finish_count, view.id)
    assert cabinet.result().summary.differences == ()


def test_a_move_between_looking_and_keeping_makes_the_counter_look_again(cabinet: Cabinet) -> None:
    desk = cabinet.desk
    cabinet.start()
    view = cabinet.begin("custodian")
    opened = desk.ask("custodian", opened_pouch, desk.residents["hanako"]).position
    desk.signed_out("hanako")
    with pytest.raises(MovedMeanwhile) as moved:
        cabinet.look("custodian", view.id, "A-12", opened=opened)
    assert moved.value.place == "A-12"
    with pytest.raises(MovedMeanwhile):
        cabinet.look("custodian", view.id, "A-12", opened=opened, found=Found.NOTHING)
    cabinet.look("custodian", view.id, "A-05", opened=opened)  # nobody moved anything of this one
    assert len(desk.rows(StocktakeMarkRow)) == 1


def test_a_place_that_got_another_pouch_is_counted_again(cabinet: Cabinet) -> None:
    desk = cabinet.desk
    cabinet.start()
    view = cabinet.begin("custodian")
    for label in ("A-05", EMPTY):
        cabinet.look("custodian", view.id, label)
    move = PlacePouch(desk.residents["hanako"], cabinet.slot(EMPTY))
    desk.do("custodian", place_pouch, move)
    cabinet.look("custodian", view.id, "A-12", found=Found.NOTHING)
    assert [p.label for p in cabinet.view("custodian", view.id).places if p.again] == [EMPTY]
    with pytest.raises(PlacesChanged) as changed:
        desk.do("custodian", finish_count, view.id)
    assert changed.value.places == (EMPTY,)
    cabinet.lies["hanako"] = EMPTY
    cabinet.look("custodian", view.id, EMPTY)
    desk.do("custodian", finish_count, view.id)


def test_a_count_is_on_disk_place_by_place_and_is_gone_on_with(cabinet: Cabinet) -> None:
    cabinet.start()
    view = cabinet.begin("custodian")
    cabinet.look("custodian", view.id, "A-12")
    again = cabinet.begin("custodian")
    assert again.id == view.id
    done = {place.label: place.done for place in again.places}
    assert done == {"A-05": False, "A-12": True, EMPTY: False}
    (mark,) = again.places[1].marks
    assert (mark.name, mark.total) == ("見本 花子", 6)
    with pytest.raises(PlacesLeft) as left:
        cabinet.desk.do("custodian", finish_count, view.id)
    assert (left.value.count, left.value.place) == (2, "A-05")
    assert cabinet.desk.do("custodian", rest_empty, view.id, again.position) == 2
    cabinet.desk.do("custodian", finish_count, view.id)


def test_a_place_counted_anew_replaces_what_it_had_unless_it_lies_beside(cabinet: Cabinet) -> None:
    cabinet.start()
    view = cabinet.begin("custodian")
    cabinet.look("custodian", view.id, "A-12", found=Found.NOTHING)
    cabinet.look("custodian", view.id, "A-12")
    cabinet.look("custodian", view.id, "A-12", found=Found.UNKNOWN, beside=True)
    (_, place, _) = cabinet.view("custodian", view.id).places
    assert [mark.found for mark in place.marks] == [Found.POUCH, Found.UNKNOWN]
    cabinet.look("custodian", view.id, "A-12", beside=True)
    (_, place, _) = cabinet.view("custodian", view.id).places
    assert [mark.found for mark in place.marks] == [Found.UNKNOWN, Found.POUCH]
    cabinet.look("custodian", view.id, "A-12")
    (_, place, _) = cabinet.view("custodian", view.id).places
    assert [mark.found for mark in place.marks] == [Found.POUCH]


def test_the_same_pouch_in_two_places_is_asked_about(cabinet: Cabinet) -> None:
    cabinet.start()
    view = cabinet.begin("custodian")
    cabinet.look("custodian", view.id, "A-12")
    cabinet.lies["hanako"] = EMPTY
    with pytest.raises(CountedElsewhere) as twice:
        cabinet.look("custodian", view.id, EMPTY)
    assert twice.value.place == "A-12"
    cabinet.look("custodian", view.id, EMPTY, twice=True)


def test_counts_are_blind(cabinet: Cabinet) -> None:
    """Neither the view, nor the record, nor the other's count tells anything before the end."""
    desk = cabinet.desk
    cabinet.short["hanako", CARD] = 1
    cabinet.start()
    cabinet.count("custodian")
    second = cabinet.begin("second")
    assert all(place.marks == () for place in second.places)
    first_id = desk.one(StocktakeCountRow, StocktakeCountRow.number == 1).id
    with pytest.raises(NotYourCount):
        desk.ask("second", count_view, first_id)
    assert desk.ask("second", stocktake_result, cabinet.id) is None
    for row in desk.rows(AuditEntryRow, AuditEntryRow.action == "stocktake.counted"):
        entry = desk.ask("second", entry_in_full, row.seq)
        assert set(entry.plain) == {"cabinet", "count", "slot", "commitment"}
        assert entry.sealed == {}
        assert entry.line.resident_id is None
    codes = [code for code, *_ in second.kinds]
    assert "medicine-book" in codes  # every kind, whoever has it
    assert {code for code, *_ in cabinet.begin("second").kinds} == set(codes)


def test_two_different_people_count(cabinet: Cabinet) -> None:
    desk = cabinet.desk
    cabinet.start()
    cabinet.count("custodian")
    with pytest.raises(SameCounter):
        desk.do("custodian", begin_count, cabinet.id)
    assert desk.actions()[-1] == "act.refused"
    cabinet.begin("second")
    with pytest.raises(CountsTaken):
        desk.do("manager", begin_count, cabinet.id)


def test_nobody_adds_to_the_count_of_another_or_to_a_finished_one(cabinet: Cabinet) -> None:
    cabinet.start()
    view = cabinet.begin("custodian")
    for act in (finish_count, lambda tx, id_: rest_empty(tx, id_, 99)):
        with pytest.raises(NotYourCount):
            cabinet.desk.do("second", act, view.id)
    with pytest.raises(NotYourCount):
        cabinet.desk.do("second", count_place, PlaceCounted(view.id, 1, Found.NOTHING, 99))
    cabinet.count("custodian")
    with pytest.raises(CountFinished):
        cabinet.desk.do("custodian", finish_count, view.id)
    with pytest.raises(CountFinished):
        cabinet.desk.do("custodian", count_place, PlaceCounted(view.id, 1, Found.NOTHING, 99))


def test_a_place_of_another_cabinet_and_a_slip_of_the_finger_are_refused(cabinet: Cabinet) -> None:
    desk = cabinet.desk
    add_resident(desk, "kiyo", ("試田 キヨ", "しだ きよ", "110"), ("B", 1), ((CARD, 1),))
    cabinet.start()
    view = cabinet.begin("custodian")
    with pytest.raises(PlaceElsewhere):
        cabinet.look("custodian", view.id, "B-01")
    with pytest.raises(NumberOutOfRange):
        cabinet.look("custodian", view.id, "A-12", pieces=((CARD, 100),))


def test_one_per_month_and_cabinet(cabinet: Cabinet, clock: FakeClock) -> None:
    desk = cabinet.desk
    with pytest.raises(NoSuchCabinet):
        desk.do("custodian", start_stocktake, "Z")
    cabinet.counted()
    for _ in range(2):
        with pytest.raises(StocktakeExists):
            desk.do("custodian", start_stocktake, "A")
        clock.forward(days=30)  # the next month, and the one before is still open
    clock.forward(days=-60)
    desk.do("manager", approve_stocktake, cabinet.id)
    with pytest.raises(StocktakeExists):
        desk.do("custodian", start_stocktake, "A")
    clock.forward(days=30)
    desk.do("custodian", start_stocktake, "A")


def test_differences_are_explained_and_approved_by_somebody_who_did_not_count(
    cabinet: Cabinet,
) -> None:
    desk = cabinet.desk
    del cabinet.lies["tadashi"]
    cabinet.start()
    cabinet.count("custodian")
    with pytest.raises(NotCompared):
        desk.do("manager", approve_stocktake, cabinet.id)
    cabinet.count("manager")
    with pytest.raises(OwnCount):
        desk.do("manager", approve_stocktake, cabinet.id)
    with pytest.raises(NotPermitted):
        desk.do("second", approve_stocktake, cabinet.id)
    discard = GiveUp(
        desk.one(StocktakeCountRow, StocktakeCountRow.number == 2).id, StopReason.COUNT_AGAIN
    )
    with pytest.raises(NotPermitted):
        desk.do("custodian", discard_count, discard)
    desk.do("manager", discard_count, discard)
    assert desk.rows(StocktakeDifferenceRow) == []
    cabinet.count("second")
    with pytest.raises(Unexplained) as open_:
        desk.do("manager", approve_stocktake, cabinet.id)
    assert open_.value.count == 1
    (found,) = cabinet.result().summary.differences
    with pytest.raises(FieldMissing):
        desk.do("custodian", explain_difference, Explain(found.id, "  "))
    cabinet.explain("事務室の机で見つけ、A-05 に戻した")
    (found,) = cabinet.result().summary.differences
    assert (found.explanation, found.explained_by) == (
        "事務室の机で見つけ、A-05 に戻した",
        "例田 みつ子",
    )
    desk.do("manager", approve_stocktake, cabinet.id)
    with pytest.raises(StocktakeClosed):
        desk.do("custodian", explain_difference, Explain(found.id, "あとから"))
    with pytest.raises(StocktakeClosed):
        desk.do("manager", approve_stocktake, cabinet.id)


def test_what_is_explained_stands_sealed_in_the_record_or_only_as_a_hash(cabinet: Cabinet) -> None:
    desk = cabinet.desk
    del cabinet.lies["tadashi"]
    cabinet.start()
    for who in ("custodian", "second"):
        view = cabinet.begin(who)
        cabinet.look(who, view.id, "A-05", found=Found.UNKNOWN)
        cabinet.look(who, view.id, "A-12")
        cabinet.look(who, view.id, EMPTY)
        desk.do(who, finish_count, view.id)
    cabinet.explain("仮名さんの袋のタグがはがれていた")
    texts = [row.canonical for row in desk.rows(AuditEntryRow)]
    assert not any("仮名さん" in text for text in texts)
    explained = [json.loads(text) for text in texts if "stocktake.explained" in text]
    assert [(entry["resident"], "commitment" in entry["plain"]) for entry in explained] == [
        (desk.residents["tadashi"], False),
        (None, True),
    ]


def test_a_count_changed_behind_the_program_is_not_approved(cabinet: Cabinet) -> None:
    desk = cabinet.desk
    cabinet.counted()
    (mark, *_) = desk.rows(StocktakeMarkRow, StocktakeMarkRow.found == Found.POUCH)
    desk.add_change(mark, counted={**mark.counted, CARD: 7})
    with pytest.raises(CountTampered):
        desk.do("manager", approve_stocktake, cabinet.id)
    assert desk.one(StocktakeRow).state is StocktakeState.COMPARED


def test_a_stocktake_may_be_given_up_and_begun_anew(cabinet: Cabinet) -> None:
    desk = cabinet.desk
    cabinet.start()
    cabinet.begin("custodian")
    with pytest.raises(NotPermitted):
        desk.do("custodian", give_up_stocktake, GiveUp(cabinet.id, StopReason.BY_MISTAKE))
    desk.do("manager", give_up_stocktake, GiveUp(cabinet.id, StopReason.CANNOT_GO_ON))
    with pytest.raises(StocktakeClosed):
        desk.do("manager", give_up_stocktake, GiveUp(cabinet.id, StopReason.BY_MISTAKE))
    with pytest.raises(StocktakeClosed):
        desk.do("second", begin_count, cabinet.id)
    assert cabinet.start() == 2


def test_ones_own_count_may_be_thrown_away_before_the_comparison(cabinet: Cabinet) -> None:
    desk = cabinet.desk
    cabinet.start()
    view = cabinet.begin("custodian")
    with pytest.raises(NotPermitted):
        desk.do("second", discard_count, GiveUp(view.id, StopReason.BY_MISTAKE))
    desk.do("custodian", discard_count, GiveUp(view.id, StopReason.BY_MISTAKE))
    with pytest.raises(StocktakeClosed):
        desk.do("custodian", discard_count, GiveUp(view.id, StopReason.BY_MISTAKE))
    assert cabinet.begin("second").number == 1


def test_a_tag_names_the_pouch_and_not_its_place(cabinet: Cabinet) -> None:
    desk = cabinet.desk
    pouch = desk.ask("custodian", pouch_of_tag, desk.codes["hanako"])
    assert pouch is not None
    assert (pouch.name, pouch.room) == ("見本 花子", "203")
    assert "A-12" not in repr(pouch)
    assert desk.ask("custodian", pouch_of_tag, "Z" * 26) is None


def lines(cabinet: Cabinet) -> list[Any]:
    return list(cabinet.desk.ask("auditor", stocktake_home).cabinets)


def test_the_home_tells_how_far_each_cabinet_is(cabinet: Cabinet, clock: FakeClock) -> None:
    desk = cabinet.desk
    (line,) = lines(cabinet)
    assert (line.cabinet, line.places, line.stocktake_id) == ("A", 3, None)
    cabinet.start()
    view = cabinet.begin("custodian")
    cabinet.look("custodian", view.id, "A-05")
    (line,) = lines(cabinet)
    (count,) = line.counts
    assert (count.counter, count.done, count.finished) == ("例田 みつ子", 1, False)
    cabinet.count("custodian")
    del cabinet.lies["hanako"]
    cabinet.count("second")
    (line,) = lines(cabinet)
    assert (line.state, line.differences, line.unexplained) == (StocktakeState.COMPARED, 1, 1)
    cabinet.explain()
    desk.do("manager", approve_stocktake, cabinet.id)
    (line,) = lines(cabinet)
    assert (line.state, line.closed_by) == (StocktakeState.APPROVED, "架空 誠")
    clock.forward(days=30)
    home = desk.ask("custodian", stocktake_home)
    assert home.cabinets[0].stocktake_id is None
    assert [each.id for each in home.earlier] == [cabinet.id]


def test_pouches_without_a_place_are_told(cabinet: Cabinet) -> None:
    desk = cabinet.desk
    pouch = desk.one(PouchRow, PouchRow.resident_id == desk.residents["tadashi"])
    desk.add_change(pouch, slot_id=None)
    assert desk.ask("custodian", stocktake_home).homeless == 1
    desk.add(item_row(desk.residents["hanako"], "medicine-book"))
    assert desk.ask("custodian", stocktake_home).homeless == 1


def test_a_report_has_what_was_done_and_what_was_not(cabinet: Cabinet, clock: FakeClock) -> None:
    desk = cabinet.desk
    add_resident(desk, "kiyo", ("試田 キヨ", "しだ きよ", "110"), ("B", 1), ((CARD, 1),))
    del cabinet.lies["tadashi"]
    cabinet.counted()
    cabinet.explain()
    desk.do("manager", approve_stocktake, cabinet.id)
    clock.forward(days=20)
    november, year = month_of(clock().date().replace(month=11)), month_of(clock().date())
    report = desk.ask("auditor", stocktakes, november)
    (row,) = report.rows
    assert row.counters == ("例田 みつ子", "控 直子")
    assert [each.explanation for each in row.differences] == ["調べて分かった"]
    assert report.not_done == ((november.first, "B"),)
    later = desk.ask("auditor", stocktakes, year)
    assert later.rows == ()
    assert later.not_done == ((year.first, "A"), (year.first, "B"))
