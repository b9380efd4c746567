"""A case is opened: what is lost is frozen, its loan closed, its steps laid out and recorded."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import (
    AuditEntryRow,
    LoanLineRow,
    LoanRow,
    LostCaseRow,
    LostItemRow,
    LostStepRow,
    VaultEntryRow,
)
from facility_app.domain.access import NotPermitted, Permission
from facility_app.domain.incidents import LostCaseState, LostOutcome, LostWhere, Stolen
from facility_app.domain.individual_number import IndividualNumberRefused
from facility_app.domain.items import ItemState
from facility_app.domain.pins import EntryState
from facility_app.services.custody import NothingChosen, NotInSafe, sign_out
from facility_app.services.fields import FieldMissing
from facility_app.services.hand_back import HandBack, HandBackReason, hand_back
from facility_app.services.lost_cases import (
    ChangeCase,
    LostThing,
    NoticedInFuture,
    NotLosable,
    ThingUnknown,
    change_case,
)
from facility_app.services.pin_approval import PinCardLost, usable_pin
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build
from tests.lost_world import BOOK, card_of, case, opened, step, steps, things, waiting
from tests.numbers import individual_number

IN, OUT, LOST = ItemState.IN_SAFE, ItemState.OUT, ItemState.LOST


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


def entries(desk: DeskWorld, action: str) -> list[dict[str, Any]]:
    rows = sorted(desk.rows(AuditEntryRow, AuditEntryRow.action == action), key=lambda r: r.seq)
    return [json.loads(row.canonical) for row in rows]


def test_a_card_that_is_out_is_frozen_and_what_else_is_out_keeps_the_loan_open(desk: DeskWorld):
    loan = desk.signed_out(item_ids=tuple(desk.items["hanako"][:2]))
    case_id = opened(desk, card_of(desk))
    assert desk.states() == [LOST, OUT, IN, IN]
    assert desk.loan(loan).closed_at is None
    assert desk.open_items() == {desk.items["hanako"][1]}
    (thing,) = things(desk, case_id)
    line = desk.one(LoanLineRow, LoanLineRow.id == thing.loan_line_id)
    assert (line.item_id, line.returned_by, line.pieces_in) == (thing.item_id, None, None)
    assert (thing.thing, thing.outcome) == ("card", LostOutcome.MISSING)


def test_the_loan_closes_when_nothing_else_is_out(desk: DeskWorld):
    loan = desk.signed_out(item_ids=(desk.items["hanako"][0],))
    opened(desk, card_of(desk))
    assert desk.loan(loan).closed_at == desk.clock()
    assert desk.open_items() == set()


def test_what_lay_in_the_safe_is_lost_without_a_loan(desk: DeskWorld):
    case_id = opened(desk, card_of(desk), happened=LostWhere.INSIDE)
    assert desk.states() == [LOST, IN, IN, IN]
    assert desk.rows(LoanRow) == []
    assert "police-needed" in waiting(desk, case_id)


def test_what_is_lost_is_neither_signed_out_nor_handed_back_nor_lost_again(desk: DeskWorld):
    opened(desk, card_of(desk))
    item = desk.items["hanako"][0]
    with pytest.raises(NotInSafe):
        desk.do("custodian", sign_out, desk.out(item_ids=(item,)))
    receipt = HandBack(
        desk.residents["hanako"],
        (item,),
        HandBackReason.REQUEST,
        "見本 一郎",
        "長男",
        "運転免許証",
        witness=desk.witness("second"),
    )
    with pytest.raises(NotInSafe):
        desk.do("custodian", hand_back, receipt)
    with pytest.raises(NotLosable) as refused:
        opened(desk, card_of(desk))
    assert refused.value.count == 1
    assert len(desk.rows(LostCaseRow)) == 1


def test_a_pouch_of_several_residents_is_one_case_with_an_entry_for_each(desk: DeskWorld):
    lost = [LostThing(item_id=each) for each in desk.items["hanako"] + desk.items["tadashi"]]
    case_id = opened(desk, *lost, happened=LostWhere.INSIDE, stolen=Stolen.UNKNOWN)
    assert desk.states() == [LOST] * 4
    assert desk.states("tadashi") == [LOST]
    told = [row for row in steps(desk, case_id) if row.code == "tell-person"]
    assert [row.resident_id for row in told] == [
        desk.residents["hanako"],
        desk.residents["tadashi"],
    ]
    recorded = entries(desk, "lost.opened")
    assert [entry["resident"] for entry in recorded] == [row.resident_id for row in told]
    assert recorded[0]["items"] == desk.items["hanako"]
    assert recorded[1]["items"] == desk.items["tadashi"]


def test_what_could_name_somebody_is_sealed(desk: DeskWorld):
    opened(desk, card_of(desk))
    (row,) = desk.rows(AuditEntryRow, AuditEntryRow.action == "lost.opened")
    for word in ("仮屋", "みほん内科", "駐車場"):
        assert word not in row.canonical
    (entry,) = entries(desk, "lost.opened")
    assert entry["plain"] == {
        "case": 1,
        "things": ["card"],
        "happened": "outside",
        "stolen": "no",
    }
    assert entry["sealed"]


def test_a_key_belongs_to_nobody_and_the_record_holds_a_hash_of_what_is_said(desk: DeskWorld):
    case_id = opened(desk, LostThing(thing="cabinet-key", label="A保管庫の合鍵"))
    (row,) = desk.rows(AuditEntryRow, AuditEntryRow.action == "lost.opened")
    assert "合鍵" not in row.canonical
    (entry,) = entries(desk, "lost.opened")
    assert (entry["resident"], len(entry["plain"]["commitment"])) == (None, 64)
    assert waiting(desk, case_id)[:2] == ["guard-cabinet", "count-all"]
    assert desk.states() == [IN] * 4


def test_copies_of_papers_are_about_their_residents(desk: DeskWorld):
    case_id = opened(
        desk,
        *(LostThing(thing="copies", resident_id=each) for each in desk.residents.values()),
    )
    told = [row.resident_id for row in steps(desk, case_id) if row.code == "tell-person"]
    assert told == list(desk.residents.values())


def test_numbers_rise_and_the_title_is_kept_for_an_older_rule_file(desk: DeskWorld):
    first = opened(desk, card_of(desk))
    second = opened(desk, LostThing(thing="cabinet-key"))
    assert [case(desk, each).number for each in (first, second)] == [1, 2]
    assert case(desk, first).state is LostCaseState.OPEN
    assert step(desk, first, "card-stop").title == BOOK.lost.by_code["card-stop"].title.ja


def test_pins_of_a_lost_card_are_let_out_no_more(desk: DeskWorld):
    item = desk.items["hanako"][0]
    desk.add(
        VaultEntryRow(
            entry_id="0" * 32,
            resident_id=desk.residents["hanako"],
            item_id=item,
            kind="user-auth",
            state=EntryState.HELD,
            deposited_at=desk.clock(),
            deposited_by=desk.id_of("custodian"),
        )
    )
    opened(desk, card_of(desk))
    (entry,) = entries(desk, "lost.opened")
    assert entry["plain"]["pins_frozen"] == 1
    pin = desk.one(VaultEntryRow).id
    with pytest.raises(PinCardLost), desk.work.read(desk.staff["custodian"]) as reading:
        reading.require(Permission.VIEW_VAULT)
        usable_pin(reading, pin)


def test_refusals_change_nothing(desk: DeskWorld):
    refused: list[tuple[type[Exception], tuple[LostThing, ...], dict[str, Any]]] = [
        (NothingChosen, (), {}),
        (NoticedInFuture, (card_of(desk),), {"noticed_at": desk.clock() + timedelta(minutes=1)}),
        (FieldMissing, (card_of(desk),), {"noticed_by": "  "}),
        (NotLosable, (LostThing(item_id=99_999),), {}),
        (ThingUnknown, (LostThing(thing="card"),), {}),
        (ThingUnknown, (LostThing(thing="umbrella"),), {}),
        (IndividualNumberRefused, (card_of(desk),), {"place": individual_number()}),
    ]
    for error, lost, changed in refused:
        with pytest.raises(error):
            opened(desk, *lost, **changed)
    with pytest.raises(NotPermitted):
        opened(desk, card_of(desk), who="auditor")
    assert desk.states() == [IN] * 4
    assert desk.rows(LostItemRow) == desk.rows(LostStepRow) == []


def test_what_becomes_known_later_adds_what_it_asks_for(desk: DeskWorld):
    case_id = opened(desk, card_of(desk), happened=LostWhere.INSIDE, stolen=Stolen.NO)
    assert "police" not in waiting(desk, case_id)
    change = ChangeCase(case_id, stolen=Stolen.YES, place="事務室の机の上")
    desk.do("second", change_case, BOOK, change)
    assert "police" in waiting(desk, case_id)
    assert case(desk, case_id).place == "事務室の机の上"
    before = desk.actions()
    desk.do("second", change_case, BOOK, change)
    assert desk.actions() == before
    (entry,) = entries(desk, "lost.changed")
    assert entry["plain"] == {"case": 1, "stolen": "yes"}
