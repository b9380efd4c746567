"""The check before leaving: what makes each line green, what passes it, and that it signs out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from facility_app.cards.check import Code, Level
from facility_app.cards.chip import CardKind, Pin
from facility_app.db.models import AgreementRow, ResidentRow
from facility_app.domain.access import NotPermitted, Role
from facility_app.domain.agreements import AgreementWithdrawn
from facility_app.domain.coverage import Coverage, IncomeClass
from facility_app.domain.items import ItemState
from facility_app.domain.review import Why, exception_of
from facility_app.services.custody import NothingChosen, SecondPersonNeeded
from facility_app.services.departure import (
    CheckCode,
    CheckState,
    CheckWhy,
    Depart,
    Departure,
    DepartureOpen,
    Proposed,
    WrongPouch,
    depart,
    departure,
)
from facility_app.services.fields import FieldMissing
from facility_app.services.visits import VisitClosed, cancel_visit
from tests.visits_desk import CARD, CARE, NOTICE, STARTS, TODAY, VisitWorld, build_visits

C = CheckCode


@pytest.fixture
def world(engine, work, clock) -> VisitWorld:
    return build_visits(engine, work, clock)


def seen(world: VisitWorld, visit: int, scanned: str | None = "hanako", **asked: Any) -> Departure:
    code = world.desk.codes.get(scanned or "", scanned)
    return world.desk.ask("custodian", departure, visit, code, Proposed(**asked))


def leave(world: VisitWorld, visit: int, who: str = "custodian", **changed: Any) -> int:
    values: dict[str, Any] = {
        "item_ids": world.taken(),
        "holder_id": world.desk.id_of("escort"),
        "due_at": STARTS + timedelta(hours=2),
        "scanned_pouch": world.desk.codes["hanako"],
    }
    return world.desk.do(who, depart, Depart(visit, **(values | changed)))


def test_everything_in_order_is_green_and_leaves_in_one_act(world: VisitWorld) -> None:
    desk, visit = world.desk, world.ready()
    found = seen(world, visit)
    assert found.green
    assert {line.state for line in found.lines} == {CheckState.OK}
    assert [line.code for line in found.lines] == list(CheckCode)
    assert set(found.usual) == set(world.taken())
    loan = leave(world, visit)
    assert desk.actions()[-2:] == ["item.signed_out", "visit.departed"]
    assert world.visit(visit).loan_id == loan
    assert desk.loan(loan).due_at == STARTS + timedelta(hours=2)
    assert desk.states()[CARD] is ItemState.OUT
    assert desk.states()[CARE] is ItemState.IN_SAFE
    plain, told = world.entries("visit.departed")[0]
    assert plain["loan"] == loan
    assert plain["overrides"] == []
    assert set(plain["checks"].values()) == {"ok"}
    assert told["ways"][0] == "face"


def only(found: Departure, code: CheckCode, why: CheckWhy) -> None:
    """Exactly one line is open, for this reason."""
    assert [(line.code, line.why) for line in found.lines if not line.green] == [(code, why)]


@pytest.mark.parametrize(
    ("scanned", "why"),
    [(None, CheckWhy.NOT_SCANNED), (" ", CheckWhy.NOT_SCANNED), ("みほん", CheckWhy.UNKNOWN_TAG)],
)
def test_the_pouch_is_scanned(world: VisitWorld, scanned: str | None, why: CheckWhy) -> None:
    only(seen(world, world.ready(), scanned), C.POUCH, why)


def test_the_short_form_of_the_tag_will_do(world: VisitWorld) -> None:
    code = world.desk.codes["hanako"]
    assert seen(world, world.ready(), f"{code[:3]}-{code[3:6]}".lower()).green


def test_another_residents_pouch_cannot_be_passed_over(world: VisitWorld) -> None:
    visit = world.ready()
    line = seen(world, visit, "tadashi").line(C.POUCH)
    assert (line.state, line.why, line.name) == (
        CheckState.BLOCKED,
        CheckWhy.OTHER_POUCH,
        "仮名 正",
    )
    with pytest.raises(WrongPouch):
        leave(
            world,
            visit,
            scanned_pouch=world.desk.codes["tadashi"],
            overrides={C.POUCH: "タグのはがれ"},
        )
    assert world.desk.open_items() == set()


def test_everything_that_usually_goes_along_is_taken(world: VisitWorld) -> None:
    visit = world.ready()
    found = seen(world, visit, item_ids=world.taken()[:2])
    only(found, C.PIECES, CheckWhy.PIECES_MISSING)
    assert found.line(C.PIECES).items == ("診察券",)
    world.item(number=NOTICE, state=ItemState.LOST)
    assert "資格情報のお知らせ" in seen(world, visit).line(C.PIECES).items


@pytest.mark.parametrize(
    ("check", "why"),
    [
        (None, CheckWhy.NOT_CHECKED),
        ({"level": Level.BLOCK, "findings": [{"code": "card_expired", "level": "block"}]},
         CheckWhy.CHECK_BLOCKS),
        ({"findings": [{"code": "attributes_differ", "level": "warn"}]}, CheckWhy.CHECK_BLOCKS),
        ({"visit_on": TODAY - timedelta(days=1)}, CheckWhy.FOR_ANOTHER_DAY),
    ],
)  # fmt: skip
def test_the_card_was_checked_today_for_the_day_without_a_block(
    world: VisitWorld, check: dict[str, Any] | None, why: CheckWhy
) -> None:
    visit = world.ready()
    world.desk.forward(days=1)
    visit = world.plan(
        starts_at=STARTS + timedelta(days=1), returns_at=STARTS + timedelta(days=1, hours=2)
    )
    if check is not None:
        world.checked(**({"visit_on": TODAY + timedelta(days=1)} | check))
    assert seen(world, visit).line(C.CARD_CHECK).why is why


def test_without_a_card_nothing_is_to_be_checked(world: VisitWorld) -> None:
    found = seen(world, world.ready(), item_ids=world.taken()[1:])
    assert found.line(C.CARD_CHECK).state is CheckState.NOT_NEEDED


def test_a_paper_that_ran_out_is_named(world: VisitWorld) -> None:
    visit = world.ready()
    world.item(number=NOTICE, paper_expires_on=TODAY - timedelta(days=1))
    found = seen(world, visit)
    only(found, C.PAPER, CheckWhy.EXPIRED)
    assert found.line(C.PAPER).items == ("資格情報のお知らせ",)


def test_where_nothing_will_do_at_the_desk_it_is_said(world: VisitWorld) -> None:
    visit = world.ready()
    world.item(card_expires_on=date(2026, 3, 5), certificate_expires_on=date(2026, 3, 5))
    world.checked(
        level=Level.BLOCK,
        certificate_until=date(2026, 3, 5),
        card_expires_on=date(2026, 3, 5),
        findings=[{"code": Code.CARD_EXPIRED.value, "level": "block"}],
    )
    assert seen(world, visit).line(C.PAPER).why is CheckWhy.NOTHING_VALID


def test_without_a_birth_date_nothing_is_promised(world: VisitWorld) -> None:
    visit = world.ready()
    desk = world.desk
    row = desk.one(ResidentRow, ResidentRow.id == desk.residents["hanako"])
    desk.add_change(row, birth_date=None)
    assert seen(world, visit).line(C.PAPER).why is CheckWhy.BIRTH_DATE_MISSING


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, CheckWhy.RATIO_MISSING),
        ({"ratio": 1, "ratio_source": "券面", "ratio_as_of": date(2026, 7, 31)},
         CheckWhy.RATIO_TO_CONFIRM),
        ({"ratio": 3, "ratio_source": "券面", "ratio_as_of": date(2026, 8, 1),
          "income": IncomeClass.GENERAL}, CheckWhy.RATIO_IMPOSSIBLE),
    ],
)  # fmt: skip
def test_a_ratio_is_known_with_its_source_and_day(
    world: VisitWorld, facts: dict[str, Any], why: CheckWhy
) -> None:
    world.insured(coverage=Coverage.KOUKI, **facts)
    assert seen(world, world.plan()).line(C.RATIO).why is why


def test_livelihood_protection_pays_all(world: VisitWorld) -> None:
    world.insured(coverage=Coverage.LIVELIHOOD)
    assert seen(world, world.plan()).line(C.RATIO).state is CheckState.NOT_NEEDED


def test_return_and_escort_are_as_planned_or_as_asked(world: VisitWorld) -> None:
    world.ready()
    visit = world.plan("tadashi", returns_at=None, escort_id=None)
    found = seen(world, visit, "tadashi")
    assert found.line(C.RETURN_TIME).why is CheckWhy.NO_RETURN_TIME
    assert found.line(C.ESCORT).why is CheckWhy.NO_ESCORT
    assert found.holder_id is None
    assert found.due_at == world.desk.clock() + timedelta(minutes=240)
    asked = seen(world, visit, "tadashi", holder_id=world.desk.id_of("escort"), due_at=STARTS)
    assert asked.line(C.ESCORT).name == "仮屋 健"
    assert asked.line(C.RETURN_TIME).at == STARTS


def test_an_open_line_keeps_everything_in_the_safe(world: VisitWorld) -> None:
    visit = world.ready()
    with pytest.raises(DepartureOpen) as refused:
        leave(world, visit, scanned_pouch=None)
    assert (refused.value.code, refused.value.count) == (C.POUCH, 1)
    assert world.desk.open_items() == set()
    assert world.desk.actions()[-1] == "act.refused"


def test_a_line_is_passed_with_a_reason_and_reviewed_afterwards(world: VisitWorld) -> None:
    visit = world.ready()
    reason = "タグがはがれている。名前で確認した"
    leave(world, visit, scanned_pouch=None, overrides={C.POUCH: reason, C.RATIO: "不要"})
    plain, told = world.entries("visit.departed")[0]
    assert plain["overrides"] == ["pouch"]
    assert told["reasons"] == {"pouch": reason}
    assert told["found"] == {"pouch": "not-scanned"}
    assert reason not in str(plain)
    assert exception_of("visit.departed", plain) is Why.OVERRIDE
    assert exception_of("visit.departed", {"overrides": []}) is None


def test_a_reason_has_words(world: VisitWorld) -> None:
    visit = world.ready()
    with pytest.raises(FieldMissing):
        leave(world, visit, scanned_pouch=None, overrides={C.POUCH: " "})


def test_the_screen_knows_who_may_pass_a_line(world: VisitWorld, actor_with) -> None:
    visit = world.ready()
    assert seen(world, visit).may_override
    world.desk.staff["officer"] = actor_with(Role.PIN_OFFICER)
    assert not world.desk.ask("officer", departure, visit).may_override


def test_the_rules_of_a_sign_out_hold(world: VisitWorld) -> None:
    desk, visit = world.desk, world.ready()
    with pytest.raises(NothingChosen):
        leave(world, visit, item_ids=(), overrides={C.PIECES: "手ぶら"})
    desk.settings(two_person=("sign-out",))
    with pytest.raises(SecondPersonNeeded):
        leave(world, visit)
    desk.settings(two_person=())
    row = desk.one(AgreementRow, AgreementRow.resident_id == desk.residents["hanako"])
    desk.add_change(row, withdrawn_on=TODAY)
    with pytest.raises(AgreementWithdrawn):
        leave(world, visit)


def test_a_visit_leaves_once(world: VisitWorld) -> None:
    visit = world.ready()
    leave(world, visit)
    with pytest.raises(VisitClosed):
        seen(world, visit)
    other = world.plan("tadashi")
    world.desk.do("custodian", cancel_visit, other)
    with pytest.raises(VisitClosed):
        seen(world, other, "tadashi")


def test_a_chip_that_is_no_card_of_theirs_closes_every_way_of_the_card(world: VisitWorld) -> None:
    visit = world.ready()
    world.checked(kind=CardKind.DRIVING_LICENCE, level=Level.BLOCK, tries={Pin.USER_AUTH.value: 0})
    found = seen(world, visit)
    assert found.line(C.CARD_CHECK).why is CheckWhy.CHECK_BLOCKS
    assert found.plan.plan is not None
    assert found.plan.plan.blocked is not None


def test_an_auditor_sends_nobody_off(world: VisitWorld) -> None:
    with pytest.raises(NotPermitted):
        leave(world, world.ready(), "auditor")
