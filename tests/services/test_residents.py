"""Residents.

Registered with key, pouch and tag; changed with care for others' changes; discharged.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.db.models import PouchRow, PouchTagRow, ResidentKeyRow, ResidentRow
from facility_app.domain.access import NotPermitted, Role
from facility_app.domain.individual_number import IndividualNumberRefused, check_digit
from facility_app.domain.people import BirthInFuture, DatesOutOfOrder, NameMissing, NameTooLong
from facility_app.services import cabinets, residents
from facility_app.services.fields import ChangedMeanwhile, TextTooLong
from tests.services.registry import agree, entries, receive, register, seed

BORN = date(1939, 8, 2)


@pytest.fixture(autouse=True)
def _seeded(work, engine):
    seed(work, engine)


def row_of(engine, resident):
    with Session(engine) as session:
        return session.get_one(ResidentRow, resident)


def change(work, actor, engine, resident, version=None, **fields):
    row = row_of(engine, resident)
    form = replace(residents.form_of(row), **fields)
    cmd = residents.ChangeResident(resident, version or row.version, form)
    with work.begin(actor) as tx:
        return residents.change_resident(tx, cmd)


def test_a_new_resident_has_a_key_a_pouch_a_tag_and_one_sealed_entry(work, engine, custodian):
    resident = register(work, custodian, "渡邉󠄂 ゆき", "ワタナベ ユキ", birth_date=BORN, room="208")
    with Session(engine) as session:
        row = session.get_one(ResidentRow, resident)
        pouch = session.scalars(select(PouchRow)).one()
        tag = session.scalars(select(PouchTagRow)).one()
        assert row.name == "渡邉󠄂 ゆき"
        assert row.kana == "わたなべ ゆき"
        assert len(session.get_one(ResidentKeyRow, resident).key) == 32
        assert pouch.resident_id == resident
        assert tag.pouch_id == pouch.id
        assert len(tag.code) == 26
    (entry,) = entries(engine, "resident.registered")
    assert entry["resident"] == resident
    assert entry["told"]["name"] == "渡邉󠄂 ゆき"
    assert "name" not in entry["plain"]


def test_an_address_of_two_latin_lines_and_a_name_of_200_characters_stay_as_typed(
    work, engine, custodian
):
    address = "Apt. 2-B, Sakura Heights\n1-2-3 Rei-cho"
    name = "あ" * 200
    resident = register(work, custodian, name, "あ", address=address)
    row = row_of(engine, resident)
    assert (row.name, row.address) == (name, address)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"name": "  "}, NameMissing),
        ({"name": "あ" * 201}, NameTooLong),
        ({"kana": ""}, NameMissing),
        ({"room": "1" * 33}, TextTooLong),
        ({"birth_date": date(2026, 11, 21)}, BirthInFuture),
        ({"birth_date": BORN, "admitted_on": date(1939, 8, 1)}, DatesOutOfOrder),
        (
            {"notes": "番号 " + "12345678901" + str(check_digit("12345678901"))},
            IndividualNumberRefused,
        ),
        ({"address": "1234-5678-901" + str(check_digit("12345678901"))}, IndividualNumberRefused),
    ],
)
def test_a_refused_field_leaves_nothing_behind(work, engine, custodian, fields, refusal):
    form = {"name": "仮名 正", "kana": "かめい ただし"} | fields
    with pytest.raises(refusal):
        register(work, custodian, form.pop("name"), form.pop("kana"), **form)
    with Session(engine) as session:
        assert session.scalars(select(ResidentRow)).all() == []
    assert entries(engine, "resident.registered") == []


def test_the_same_person_twice_is_asked_about_once(work, custodian):
    register(work, custodian, birth_date=BORN)
    with pytest.raises(residents.PossibleTwin):
        register(work, custodian, birth_date=BORN)
    form = residents.ResidentForm("仮名 正", "かめい ただし", BORN)
    cmd = residents.RegisterResident(form, same_name_confirmed=True)
    with work.begin(custodian) as tx:
        assert residents.register_resident(tx, cmd) > 0


def test_a_change_records_what_was_and_what_is(work, engine, custodian):
    resident = register(work, custodian, room="101")
    assert change(work, custodian, engine, resident, room="102", notes="転室") == 2
    (entry,) = entries(engine, "resident.changed")
    assert entry["told"]["before"]["room"] == "101"
    assert entry["told"]["after"]["room"] == "102"
    assert entry["plain"]["fields"] == ["notes", "room"]


def test_a_change_of_nothing_records_nothing(work, engine, custodian):
    resident = register(work, custodian)
    assert change(work, custodian, engine, resident) == 1
    assert entries(engine, "resident.changed") == []


def test_a_change_of_what_somebody_else_changed_says_who(work, engine, custodian, actor_with):
    resident = register(work, custodian)
    other = actor_with(Role.CUSTODIAN, name="見本 次郎")
    change(work, other, engine, resident, room="105")
    with pytest.raises(ChangedMeanwhile) as refused:
        change(work, custodian, engine, resident, version=1, room="106")
    assert refused.value.by == "見本 次郎"
    assert row_of(engine, resident).room == "105"


def test_leaving_names_what_is_still_to_be_handed_back_and_can_be_taken_back(
    work, engine, custodian
):
    resident = register(work, custodian, admitted_on=date(2026, 1, 5))
    agree(work, custodian, resident)
    item = receive(work, custodian, resident)
    cmd = residents.Discharge(resident, 1, date(2026, 11, 20), deceased=True)
    with work.begin(custodian) as tx:
        assert residents.discharge_resident(tx, cmd) == [item]
    row = row_of(engine, resident)
    assert row.deceased_on == date(2026, 11, 20)
    with pytest.raises(residents.AlreadyDischarged), work.begin(custodian) as tx:
        residents.discharge_resident(tx, replace(cmd, version=row.version))
    with work.begin(custodian) as tx:
        residents.readmit_resident(tx, residents.Readmit(resident, row.version))
    assert row_of(engine, resident).discharged_on is None
    assert [entry["items"] for entry in entries(engine, "resident.discharged")] == [(item,)]


def test_who_may_not_manage_residents_is_refused(work, engine, actor_with):
    for role in (Role.AUDITOR, Role.PIN_OFFICER, Role.SYSTEM_ADMIN):
        with pytest.raises(NotPermitted):
            register(work, actor_with(role))
    with Session(engine) as session:
        assert session.scalars(select(ResidentRow)).all() == []


def test_slots_hold_one_pouch_and_a_wrong_move_leaves_it_where_it_was(work, engine, manager):
    with work.begin(manager) as tx:
        first, second = cabinets.add_slots(tx, cabinets.AddSlots("A", 1, 2))
    one = register(work, manager, "見本 一", "みほん はじめ", slot_id=first)
    two = register(work, manager, "見本 二", "みほん ふたり", slot_id=second)
    with pytest.raises(cabinets.SlotTaken), work.begin(manager) as tx:
        cabinets.place_pouch(tx, cabinets.PlacePouch(two, first))
    with work.begin(manager) as tx:
        cabinets.place_pouch(tx, cabinets.PlacePouch(one, None))
        cabinets.place_pouch(tx, cabinets.PlacePouch(two, first))
    with work.read(manager) as reading:
        assert [(s.label, s.resident_id) for s in cabinets.slots(reading)] == [
            ("A-01", two),
            ("A-02", None),
        ]
    assert [e["plain"] for e in entries(engine, "pouch.placed")] == [
        {"from": "A-01", "to": ""},
        {"from": "A-02", "to": "A-01"},
    ]


def test_a_cabinet_is_not_numbered_twice(work, manager):
    with work.begin(manager) as tx:
        cabinets.add_slots(tx, cabinets.AddSlots("A", 1, 3))
    with pytest.raises(cabinets.SlotExists), work.begin(manager) as tx:
        cabinets.add_slots(tx, cabinets.AddSlots("A", 3, 3))
    with work.read(manager) as reading:
        assert cabinets.cabinets(reading) == {"A": 3}


def test_a_new_tag_makes_the_old_one_void(work, engine, custodian):
    resident = register(work, custodian)
    with work.begin(custodian) as tx:
        cabinets.replace_tag(tx, cabinets.ReplaceTag(resident, "はがれた"))
    with Session(engine) as session:
        old, new = session.scalars(select(PouchTagRow).order_by(PouchTagRow.id))
        assert old.voided_at is not None
        assert new.voided_at is None
        (owner,) = cabinets.tag_owners(session, [resident])
        assert owner.code == new.code
    assert len(entries(engine, "tag.voided")) == len(entries(engine, "tag.issued")) == 1
    with work.begin(custodian) as tx:
        cabinets.void_tag(tx, cabinets.VoidTag(resident, "紛失"))
    with pytest.raises(cabinets.NoTag), work.begin(custodian) as tx:
        cabinets.void_tag(tx, cabinets.VoidTag(resident, "紛失"))
