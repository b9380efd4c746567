"""The index in memory answers as the stored texts do, whatever was changed, and by whom."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.audit.work import Work
from facility_app.db.models import ResidentRow
from facility_app.services import cabinets, residents
from facility_app.services.search import ResidentQuery, find_residents
from facility_app.services.search_index import Haystack, Indexed, People, index_of
from facility_app.services.search_text import found_by, stored_text
from tests.services.registry import register, seed

NAMES = ("渡邉󠄂 ゆき", "髙﨑 一郎", "がくだ 重", "Nguyen Van An", "見本 花")
KANA = ("わたなべ ゆき", "たかさき いちろう", "がくだ しげる", "ぐえん", "みほん はな")
TYPED = (
    "わた",
    "渡辺",
    "高",
    "かく",
    "nguyen",
    "208",
    "ほん",
    "は",
    "A-02",
    "2 ",
    "ゆき わた",
    "ー",
)


@pytest.fixture(autouse=True)
def _seeded(work, engine):
    seed(work, engine)


def stored(engine, query):
    """What the stored column itself answers."""
    with Session(engine) as session:
        asked = found_by(ResidentRow.search_text, query)
        if asked is None:
            return set()
        return set(session.scalars(select(ResidentRow.id).where(asked)))


def answered(work, actor, query):
    with work.read(actor) as reading:
        return {row.id for row in find_residents(reading, ResidentQuery(query)).rows}


ACT = st.tuples(
    st.sampled_from(["register", "rename", "move", "tag"]),
    st.integers(0, 4),
    st.sampled_from(["208", "2081", "", "東館 301"]),
)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ACT, max_size=6))
def test_after_any_changes_the_index_answers_as_the_stored_texts(work, engine, manager, acts):
    with work.begin(manager) as tx:
        there = cabinets.cabinets(tx)
        cabinet = f"A{len(there)}"
        places = cabinets.add_slots(tx, cabinets.AddSlots(cabinet, 1, 3))
    made: list[int] = []
    for what, number, room in acts:
        if what == "register" or not made:
            more = {"room": room, "same_name_confirmed": True}
            made.append(register(work, manager, NAMES[number], KANA[number], **more))
            continue
        resident = made[number % len(made)]
        _act(work, manager, engine, what, resident, NAMES[number], room, places[number % 3])
        for typed in TYPED:
            assert answered(work, manager, typed) == stored(engine, typed), typed
    for typed in TYPED:
        assert answered(work, manager, typed) == stored(engine, typed), typed


def _act(work, manager, engine, what, resident, name, room, slot):
    with Session(engine) as session:
        row = session.get_one(ResidentRow, resident)
    with work.begin(manager) as tx:
        if what == "rename":
            form = replace(residents.form_of(row), name=name, room=room)
            change = residents.ChangeResident(resident, row.version, form)
            residents.change_resident(tx, change)
        elif what == "tag":
            cabinets.replace_tag(tx, cabinets.ReplaceTag(resident, "はがれた"))
        else:
            try:
                cabinets.place_pouch(tx, cabinets.PlacePouch(resident, slot))
            except cabinets.SlotTaken:
                cabinets.place_pouch(tx, cabinets.PlacePouch(resident, None))


def test_what_another_program_wrote_is_seen_at_the_next_search(
    work, engine, manager, clock, signer
):
    from tests.conftest import HEAD_KEY

    register(work, manager, NAMES[0], KANA[0])
    assert len(answered(work, manager, "わた")) == 1
    other = Work(engine, clock, HEAD_KEY, signer)
    register(other, manager, "渡瀬 見本", "わたせ みほん")
    assert len(answered(work, manager, "わた")) == 2


def test_a_change_that_the_index_does_not_look_at_keeps_it_as_it_is(work, engine, manager):
    resident = register(work, manager, NAMES[0], KANA[0])
    with Session(engine) as session:
        index = index_of(session)
        before = index.fresh(session)
    with work.begin(manager) as tx:
        form = residents.ResidentForm(NAMES[0], KANA[0], notes="備考だけ")
        residents.change_resident(tx, residents.ChangeResident(resident, 1, form))
    with Session(engine) as session:
        assert index.fresh(session) is before
    register(work, manager, NAMES[1], KANA[1])
    with Session(engine) as session:
        assert index.fresh(session) is not before


@given(st.lists(st.text("ab|", max_size=6), max_size=8), st.text("ab|", min_size=1, max_size=3))
def test_a_haystack_finds_the_lines_that_hold_a_part(lines, part):
    assert list(Haystack.of(lines).rows(part)) == [
        number for number, line in enumerate(lines) if part in line
    ]


def test_signs_ask_for_nothing_and_nobody_is_found_in_an_empty_house():
    empty = People.of([])
    assert empty.matching("、。") is None
    assert empty.matching("わた") == []


def test_people_stand_in_kana_order():
    from facility_app.domain.names import SearchText

    def person(number, kana):
        text = SearchText(*stored_text("見本", kana, "", "", "").split("\n"))
        return Indexed(kana, number, "見本", "", "", None, text, None, True)

    people = People.of(person(n, kana) for n, kana in enumerate(["わた", "あい", "かき"]))
    assert [each.kana for each in people.everybody] == ["あい", "かき", "わた"]
    assert people.by_id[0].kana == "わた"
