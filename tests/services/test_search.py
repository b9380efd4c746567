"""Search: tolerant where people are, exact where codes are, and silent about individual numbers."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.db.models import ItemRow, PouchTagRow
from facility_app.domain.access import NotPermitted, Permission, Role
from facility_app.domain.expiry import ExpiryState
from facility_app.domain.individual_number import IndividualNumberRefused, check_digit
from facility_app.domain.items import ItemState
from facility_app.services import cabinets, residents
from facility_app.services.search import KanaRow, Presence, ResidentQuery, TagVoided, find_residents
from tests.services.registry import CARD, PAPER, agree, receive, register, seed

NUMBER = "11122233344" + str(check_digit("11122233344"))


@pytest.fixture(autouse=True)
def _seeded(work, engine):
    seed(work, engine)


@pytest.fixture
def people(work, manager):
    with work.begin(manager) as tx:
        slots = cabinets.add_slots(tx, cabinets.AddSlots("B", 1, 5))
    return {
        name: register(work, manager, name, kana, room=room, slot_id=slot)
        for (name, kana, room), slot in zip(
            [
                ("渡邉󠄂 ゆき", "わたなべ ゆき", "208-2"),
                ("髙﨑 一郎", "たかさき いちろう", "1208"),
                ("がくだ 重", "がくだ しげる", "東館 301"),
                ("Nguyen Van An", "ぐえん ゔぁん あん", "105"),
                ("Abc 見本", "えーびーしー みほん", ""),
            ],
            slots,
            strict=True,
        )
    }


def found(work, actor, text="", **more):
    with work.read(actor) as reading:
        return find_residents(reading, ResidentQuery(text, **more))


def names(work, actor, text="", **more):
    return [row.name for row in found(work, actor, text, **more).rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("渡辺", "渡邉󠄂 ゆき"),
        ("ﾜﾀﾅﾍﾞ", "渡邉󠄂 ゆき"),
        ("わたなへ", "渡邉󠄂 ゆき"),
        ("２０８", "渡邉󠄂 ゆき"),
        ("たかさき いちろう", "髙﨑 一郎"),
        ("高崎", "髙﨑 一郎"),
        ("1208号室", "髙﨑 一郎"),
        ("かくた", "がくだ 重"),
        ("301", "がくだ 重"),
        ("nguyen", "Nguyen Van An"),
        ("b-03", "がくだ 重"),
        ("見本 abc", "Abc 見本"),
    ],
)
def test_people_are_found_however_they_are_typed(work, manager, people, text, expected):
    assert names(work, manager, text) == [expected]


def test_without_a_word_everybody_is_there_by_kana_and_signs_alone_name_nobody(
    work, manager, people
):
    result = found(work, manager)
    assert result.total == 5
    assert [row.kana for row in result.rows] == sorted(row.kana for row in result.rows)
    assert found(work, manager, "、。").total == 0
    assert found(work, manager, "だれもいない").rows == ()


def test_a_short_list_says_how_many_there_are(work, manager, people):
    result = found(work, manager, limit=2)
    assert (len(result.rows), result.total) == (2, 5)


def test_the_kana_index_takes_voiced_kana_too(work, manager, people):
    assert names(work, manager, row=KanaRow.KA) == ["がくだ 重", "Nguyen Van An"]
    assert names(work, manager, row=KanaRow.WA) == ["渡邉󠄂 ゆき"]
    assert names(work, manager, row=KanaRow.OTHER) == []


def test_a_scanned_tag_is_exact_and_a_void_one_is_refused(work, engine, manager, people):
    with Session(engine) as session:
        tag = session.scalars(select(PouchTagRow).order_by(PouchTagRow.id)).first()
    result = found(work, manager, tag.code.lower())
    assert (result.exact, [row.name for row in result.rows]) == (True, ["渡邉󠄂 ゆき"])
    assert names(work, manager, tag.short) == ["渡邉󠄂 ゆき"]
    assert found(work, manager, tag.short[:6]).total == 0
    with work.begin(manager) as tx:
        cabinets.replace_tag(tx, cabinets.ReplaceTag(people["渡邉󠄂 ゆき"], "破れ"))
    assert found(work, manager, tag.short).total == 0
    with pytest.raises(TagVoided):
        found(work, manager, tag.code)
    assert not found(work, manager, "0" * 26).exact


def test_moving_a_pouch_and_a_room_moves_what_is_found(work, engine, manager, people):
    resident = people["がくだ 重"]
    with work.begin(manager) as tx:
        cabinets.place_pouch(tx, cabinets.PlacePouch(resident, None))
    assert names(work, manager, "b-03") == []
    form = residents.ResidentForm("岳田 重", "がくだ しげる", room="999")
    with work.begin(manager) as tx:
        residents.change_resident(tx, residents.ChangeResident(resident, 1, form))
    assert names(work, manager, "999") == ["岳田 重"]
    assert names(work, manager, "301") == []


def test_a_row_says_where_the_things_are_and_the_gravest_date(work, engine, manager, people):
    resident = people["渡邉󠄂 ゆき"]
    agree(work, manager, resident)
    first = receive(work, manager, resident, CARD, certificate_expires_on=date(2026, 11, 1),
                    card_expires_on=date(2031, 11, 1))  # fmt: skip
    receive(work, manager, resident, PAPER, paper_expires_on=date(2026, 12, 1))
    (row,) = found(work, manager, "渡辺").rows
    assert (row.presence, row.items, row.expiry, row.slot) == (
        Presence.IN_SAFE,
        2,
        ExpiryState.GRACE,
        "B-01",
    )
    with work.begin(manager) as tx:
        tx.require(Permission.SIGN_OUT)
        tx.session.get_one(ItemRow, first).state = ItemState.OUT
        tx.record("item.signed_out", "loan:1", resident=resident, items=[first])
    assert found(work, manager, "渡辺").rows[0].presence is Presence.PARTLY_OUT
    assert found(work, manager, "髙﨑").rows[0].presence is Presence.NOTHING


def test_who_has_left_is_listed_while_something_is_still_kept(work, engine, manager, people):
    resident = people["髙﨑 一郎"]
    agree(work, manager, resident)
    item = receive(work, manager, resident)
    with work.begin(manager) as tx:
        residents.discharge_resident(tx, residents.Discharge(resident, 1, date(2026, 11, 1)))
    assert names(work, manager, "高崎") == ["髙﨑 一郎"]
    with work.begin(manager) as tx:
        tx.require(Permission.HAND_BACK)
        tx.session.get_one(ItemRow, item).state = ItemState.RETURNED
        tx.record("item.handed_back", f"item:{item}", resident=resident, items=[item])
    assert names(work, manager, "高崎") == []
    assert names(work, manager, "高崎", discharged=True) == ["髙﨑 一郎"]


@pytest.mark.parametrize("text", [NUMBER, " ".join([NUMBER[:4], NUMBER[4:8], NUMBER[8:]])])
def test_an_individual_number_is_refused_in_the_search_too(work, manager, text):
    with pytest.raises(IndividualNumberRefused):
        found(work, manager, text)


def test_a_system_administrator_finds_nobody(work, people, actor_with):
    with pytest.raises(NotPermitted):
        found(work, actor_with(Role.SYSTEM_ADMIN))
