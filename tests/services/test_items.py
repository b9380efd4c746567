"""Things in custody: received, changed, and their kinds as master data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from facility_app.db.models import ItemRow
from facility_app.domain.access import PROGRAM, NotPermitted
from facility_app.domain.individual_number import IndividualNumberRefused, check_digit
from facility_app.domain.items import DateRole, FaceAuthentication, ItemState
from facility_app.rules import Rules
from facility_app.services import item_kinds, items, residents
from facility_app.services.fields import (
    ChangedMeanwhile,
    DateInFuture,
    DatesInWrongOrder,
    FieldMissing,
    NumberOutOfRange,
)
from tests.services.registry import (
    BOOK,
    CARD,
    PAPER,
    TODAY,
    agree,
    entries,
    kind_codes,
    receive,
    register,
    seed,
)

NUMBER = "11122233344" + str(check_digit("11122233344"))


@pytest.fixture(autouse=True)
def _seeded(work, engine):
    seed(work, engine)


@pytest.fixture
def resident(work, custodian):
    resident = register(work, custodian)
    agree(work, custodian, resident)
    return resident


def row_of(engine, item):
    with Session(engine) as session:
        return session.get_one(ItemRow, item)


def test_a_card_is_received_with_its_dates_and_stands_in_the_safe(
    work, engine, custodian, resident
):
    item = receive(
        work,
        custodian,
        resident,
        CARD,
        card_expires_on=date(2031, 12, 8),
        certificate_expires_on=date(2026, 12, 8),
        paper_expires_on=date(2027, 7, 31),
        ratio=2,
        face_authentication=FaceAuthentication.NOTED,
    )
    row = row_of(engine, item)
    assert row.state is ItemState.IN_SAFE
    assert row.received_on == TODAY
    assert row.certificate_expires_on == date(2026, 12, 8)
    assert (row.paper_expires_on, row.ratio) == (None, None), "a card has neither"
    (entry,) = entries(engine, "item.received")
    assert entry["items"] == (item,)
    assert entry["plain"] == {"kind": CARD}
    assert entry["told"]["certificate_expires_on"] == "2026-12-08"


def test_a_ratio_needs_its_source_and_its_day(work, custodian, resident):
    ratio = {"ratio": 2, "ratio_source": "負担割合証", "ratio_as_of": date(2026, 8, 1)}
    assert receive(work, custodian, resident, PAPER, **ratio) > 0
    for broken, refusal in (
        ({"ratio_as_of": None}, FieldMissing),
        ({"ratio_source": " "}, FieldMissing),
        ({"ratio": 4}, NumberOutOfRange),
        ({"ratio_as_of": date(2026, 11, 21)}, DateInFuture),
    ):
        with pytest.raises(refusal):
            receive(work, custodian, resident, PAPER, **(ratio | broken))


@pytest.mark.parametrize(
    ("form", "refusal"),
    [
        ({"pieces": 0}, NumberOutOfRange),
        ({"label": NUMBER}, IndividualNumberRefused),
        ({"note": f"うら {NUMBER}"}, IndividualNumberRefused),
        ({"colour": NUMBER}, IndividualNumberRefused),
        (
            {"issued_on": date(2026, 8, 1), "paper_expires_on": date(2026, 7, 31)},
            DatesInWrongOrder,
        ),
    ],
)
def test_a_refused_field_keeps_the_thing_out(work, engine, custodian, resident, form, refusal):
    with pytest.raises(refusal):
        receive(work, custodian, resident, PAPER, **form)
    assert entries(engine, "item.received") == []


def test_nothing_is_taken_in_for_who_has_left(work, custodian, resident):
    with work.begin(custodian) as tx:
        residents.discharge_resident(tx, residents.Discharge(resident, 1, date(2026, 11, 19)))
    with pytest.raises(items.ResidentLeft):
        receive(work, custodian, resident)


def change(work, actor, engine, item, version=None, **fields):
    row = row_of(engine, item)
    form = replace(items.form_of(row), **fields)
    with work.begin(actor) as tx:
        return items.change_item(tx, items.ChangeItem(item, version or row.version, form))


def test_dates_are_changed_and_the_entry_shows_both(work, engine, custodian, resident):
    item = receive(work, custodian, resident, CARD, card_expires_on=date(2031, 12, 8))
    assert change(work, custodian, engine, item, card_expires_on=date(2036, 12, 8)) == 2
    (entry,) = entries(engine, "item.changed")
    assert entry["told"] == {
        "before": {"card_expires_on": "2031-12-08"},
        "after": {"card_expires_on": "2036-12-08"},
    }
    with pytest.raises(ChangedMeanwhile):
        change(work, custodian, engine, item, version=1, note="おそい")
    assert change(work, custodian, engine, item) == 2
    assert len(entries(engine, "item.changed")) == 1


def test_what_was_handed_back_is_not_changed_any_more(work, engine, custodian, resident):
    item = receive(work, custodian, resident)
    with Session(engine.execution_options(writes=True)) as session:
        session.get_one(ItemRow, item).state = ItemState.RETURNED
        session.commit()
    with pytest.raises(items.OutOfCustody):
        change(work, custodian, engine, item, note="x")


def test_kinds_are_seeded_once_added_changed_and_taken_off_the_list(
    work, engine, manager, custodian, resident
):
    with work.begin(PROGRAM) as tx:
        assert item_kinds.seed_kinds(tx, Rules().item_kinds) == 0
    form = item_kinds.KindForm(
        "温泉手帳", "Bath book", dates=(DateRole.PAPER_EXPIRES, DateRole.CARD_EXPIRES)
    )
    with work.begin(manager) as tx:
        code = item_kinds.add_kind(tx, form)
        other = item_kinds.add_kind(tx, item_kinds.KindForm("鍵"))
    assert code == "bath-book"
    assert {code, other} <= kind_codes(engine)
    with work.read(manager) as reading:
        last = item_kinds.item_kinds(reading)[-2:]
    assert [kind.form.name for kind in last] == ["温泉手帳", "鍵"]
    assert last[0].form.dates == (DateRole.PAPER_EXPIRES,), "the two card dates are a card's"
    with work.begin(manager) as tx:
        item_kinds.change_kind(tx, BOOK, replace(form, name="お薬手帳", active=False))
    with pytest.raises(items.KindNotInUse):
        receive(work, custodian, resident, BOOK)
    with pytest.raises(item_kinds.KindExists), work.begin(manager) as tx:
        item_kinds.add_kind(tx, replace(form, name="鍵"))
    with pytest.raises(item_kinds.KindExists), work.begin(manager) as tx:
        item_kinds.change_kind(tx, code, replace(form, name="鍵"))
    assert entries(engine, "kind.changed")[0]["plain"]["before"]["active"] is True


def test_only_who_manages_may(work, resident, actor_with, custodian):
    with pytest.raises(NotPermitted):
        receive(work, actor_with(), resident)
    with pytest.raises(NotPermitted), work.begin(custodian) as tx:
        item_kinds.add_kind(tx, item_kinds.KindForm("鍵"))
