"""棚卸 in words: what each cabinet wants of whom, what a count says, and what a result says."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.domain.access import RIGHTS, Role
from facility_app.domain.stocktake import Found, StopReason
from facility_app.i18n import Words
from facility_app.services.stocktake import GiveUp, give_up_stocktake
from facility_app.services.stocktake_own import opened_pouch
from facility_app.services.stocktake_result import approve_stocktake, finish_count
from facility_app.services.stocktake_views import stocktake_home
from facility_app.ui.viewmodels import stocktake as screen
from facility_app.ui.viewmodels import stocktake_count as counts
from facility_app.ui.viewmodels.stocktake import CabinetText, Step
from facility_app.ui.viewmodels.stocktake_count import Counting
from tests.conftest import FakeClock
from tests.desk_world import build
from tests.stocktake_world import EMPTY, Cabinet

ROLES = {
    "custodian": RIGHTS[Role.CUSTODIAN],
    "second": RIGHTS[Role.CUSTODIAN],
    "manager": RIGHTS[Role.MANAGER],
    "auditor": RIGHTS[Role.AUDITOR],
}


@pytest.fixture
def words() -> Words:
    return Words("ja")


@pytest.fixture
def cabinet(engine: Engine, work: Work, clock: FakeClock) -> Cabinet:
    return Cabinet(build(engine, work, clock))


def line(words: Words, cabinet: Cabinet, who: str) -> CabinetText:
    home = cabinet.desk.ask(who, stocktake_home)
    (found,) = screen.cabinet_texts(words, home, cabinet.desk.id_of(who), ROLES[who])
    return found


def steps(words: Words, cabinet: Cabinet) -> dict[str, Step]:
    return {who: line(words, cabinet, who).step for who in ROLES}


def test_each_person_is_told_their_own_next_step(words: Words, cabinet: Cabinet) -> None:
    none, start, result = Step.NONE, Step.START, Step.RESULT
    wanted = {"custodian": start, "second": start, "manager": start, "auditor": none}
    assert steps(words, cabinet) == wanted
    cabinet.start()
    assert steps(words, cabinet) == wanted
    cabinet.begin("custodian")
    first = steps(words, cabinet)
    assert (first["custodian"], first["second"], first["auditor"]) == (
        Step.CONTINUE,
        Step.SECOND,
        none,
    )
    cabinet.count("custodian")
    assert line(words, cabinet, "custodian").next == "別の人が2回目を数えます。"
    cabinet.begin("second")
    assert steps(words, cabinet)["manager"] is none
    assert line(words, cabinet, "manager").next == "ほかの職員が数えています。"
    del cabinet.lies["hanako"]
    cabinet.count("second")
    seen = line(words, cabinet, "custodian")
    assert (seen.step, seen.chip, seen.level) == (Step.EXPLAIN, "違い 1件", "warn")
    assert steps(words, cabinet)["auditor"] is result
    cabinet.explain()
    assert set(steps(words, cabinet).values()) == {result}
    assert line(words, cabinet, "manager").chip == "承認待ち"
    cabinet.desk.do("manager", approve_stocktake, cabinet.id)
    assert line(words, cabinet, "manager").next == "11月20日(金)に架空 誠さんが承認"


def test_counts_say_how_far_they_are(words: Words, cabinet: Cabinet) -> None:
    cabinet.start()
    view = cabinet.begin("custodian")
    cabinet.look("custodian", view.id, "A-05")
    assert line(words, cabinet, "second").counts == ("1回目　例田 みつ子さん　1 / 3か所",)
    cabinet.count("custodian")
    assert line(words, cabinet, "second").counts == ("1回目　例田 みつ子さん　数え終わり",)


def test_what_may_be_given_up(words: Words, cabinet: Cabinet) -> None:
    assert screen.stoppable(words, cabinet.desk.ask("manager", stocktake_home)) == []
    cabinet.start()
    count = cabinet.begin("custodian").id
    assert screen.stoppable(words, cabinet.desk.ask("manager", stocktake_home)) == [
        (f"s{cabinet.id}", "保管庫 A の棚卸の全体"),
        (f"c{count}", "保管庫 A の1回目（例田 みつ子さん）"),
    ]


def test_a_result_says_what_differs_and_whether_both_saw_it(words: Words, cabinet: Cabinet) -> None:
    cabinet.lies["tadashi"] = EMPTY
    cabinet.start()
    cabinet.count("custodian")
    cabinet.short["hanako", "patient-card"] = 2
    view = cabinet.begin("second")
    cabinet.look("second", view.id, "A-05", found=Found.UNKNOWN)
    cabinet.look("second", view.id, "A-12")
    cabinet.look("second", view.id, EMPTY, found=Found.NOTHING)
    cabinet.desk.do("second", finish_count, view.id)
    told = screen.difference_texts(words, cabinet.result())
    assert [each.title for each in told] == [
        "A-05　仮名 正さんの袋がありません",
        "A-20　仮名 正さんの袋があります（A-05 の袋）",
        "A-05　だれのか分からない袋があります",
        "A-12　見本 花子さんの診察券",
    ]
    assert [each.text for each in told] == [
        "1回目 あり　2回目 なし",
        "1回目 あり　2回目 なし",
        "1回目 なし　2回目 あり",
        "1回目 3点（台帳 3点）　2回目 1点（台帳 3点）",
    ]
    assert {each.agreed for each in told} == {"2人の数えが違います"}
    assert [each.level for each in told] == ["danger", "warn", "warn", "warn"]


def test_approval_says_why_it_is_not_possible(words: Words, cabinet: Cabinet) -> None:
    del cabinet.lies["tadashi"]
    cabinet.start()
    cabinet.count("custodian")
    cabinet.count("manager")

    def reason(who: str) -> str:
        return screen.approve_reason(
            words, cabinet.result(), cabinet.desk.id_of(who), RIGHTS[Role.MANAGER]
        )

    assert reason("manager") == "数えた人は承認できません"
    assert reason("second") == "説明のない違い 1件"
    cabinet.explain()
    assert reason("second") == ""
    no_right = screen.approve_reason(words, cabinet.result(), None, RIGHTS[Role.CUSTODIAN])
    assert no_right == "管理責任者が承認します"
    labels = dict(screen.result_lines(words, cabinet.result()))
    assert labels["1回目"] == "例田 みつ子"
    assert labels["見た場所"] == "3"


def test_what_was_closed_is_told_with_who_did_it(
    words: Words, cabinet: Cabinet, clock: FakeClock
) -> None:
    desk = cabinet.desk
    cabinet.start()
    desk.do("manager", give_up_stocktake, GiveUp(cabinet.id, StopReason.BY_MISTAKE))
    del cabinet.lies["tadashi"]
    cabinet.counted()
    cabinet.explain()
    desk.do("manager", approve_stocktake, cabinet.id)
    clock.forward(days=30)
    home = desk.ask("custodian", stocktake_home)
    assert sorted(screen.earlier_text(words, row) for row in home.earlier) == [
        ("令和8年11月　保管庫 A", "11月20日(金)に架空 誠さんが取りやめ"),
        ("令和8年11月　保管庫 A", "11月20日(金)に架空 誠さんが承認・違い 1件"),
    ]


def test_a_count_walks_from_place_to_place(words: Words, cabinet: Cabinet) -> None:
    cabinet.start()
    view = cabinet.begin("custodian")
    counting = Counting(view)
    labels = [place.label for place in view.places]
    assert counting.place is not None
    assert counting.place.label == labels[0] == "A-05"
    counting.go(view.places[2].slot_id)
    assert counting.next_open() == view.places[0].slot_id
    named = counting.labelled("a12")
    assert named is not None
    assert named.label == "A-12"
    assert counting.labelled("203") is None
    assert not counting.complete
    assert counts.progress_text(words, counting) == "0 / 3か所"


def test_pieces_are_counted_one_by_one_and_never_below_nothing(cabinet: Cabinet) -> None:
    cabinet.start()
    counting = Counting(cabinet.begin("custodian"))
    desk = cabinet.desk
    pouch = desk.ask("custodian", opened_pouch, desk.residents["hanako"])
    counting.take_up(pouch)
    for by in (1, 1, -1, -1, -1):
        counting.change("patient-card", by)
    assert counting.total == 0
    counting.change("patient-card", 1)
    counting.take_up(pouch)
    assert counting.total == 1, "the same pouch scanned twice keeps what was counted"
    command = counting.command(Found.POUCH)
    assert (command.resident_id, command.pieces) == (pouch.resident_id, (("patient-card", 1),))
    assert command.opened == pouch.position
    assert counting.command(Found.NOTHING).pieces == ()
    counting.put_down()
    assert (counting.pouch, counting.total) == (None, 0)


def test_after_a_place_comes_the_next_one_that_is_open(words: Words, cabinet: Cabinet) -> None:
    cabinet.start()
    view = cabinet.begin("custodian")
    counting = Counting(view)
    cabinet.look("custodian", view.id, "A-05")
    counting.show(cabinet.view("custodian", view.id), stay=True)
    assert (counting.place and counting.place.label, counting.beside) == ("A-05", True)
    counting.show(cabinet.view("custodian", view.id))
    assert (counting.place and counting.place.label, counting.beside) == ("A-12", False)
    for label in ("A-12", EMPTY):
        cabinet.look("custodian", view.id, label)
    counting.show(cabinet.view("custodian", view.id))
    assert counting.complete
    rows = [counts.place_row(words, place) for place in counting.view.places]
    assert rows == [
        ("A-05", "仮名 正さん 1点", "済"),
        ("A-12", "見本 花子さん 6点", "済"),
        (EMPTY, "空", "済"),
    ]
