"""What is kept how long; and an erasure, proven by searching the files for a planted name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, String, Text, text, update
from sqlalchemy.orm import Session

from facility_app.db.models import (
    AgreementRow,
    AttachmentRow,
    AuditEntryRow,
    Base,
    ErasureRow,
    HandBackRow,
    ItemRow,
    LoanRow,
    LostCaseRow,
    LostItemRow,
    ResidentKeyRow,
    ResidentRow,
)
from facility_app.domain.access import NotPermitted
from facility_app.domain.coverage import Coverage
from facility_app.domain.incidents import LostCaseState, LostOutcome, LostWhere, Stolen
from facility_app.domain.items import ItemState
from facility_app.domain.people import ProxyKind
from facility_app.i18n import Words
from facility_app.services import log_check
from facility_app.services.access import SamePerson
from facility_app.services.attachments import AttachPaper, Belongs, attach_paper
from facility_app.services.backup import backup_files, make_backup, verify_backup
from facility_app.services.custody import SecondPersonNeeded
from facility_app.services.erasing import DELETED, EMPTIED, rows_of
from facility_app.services.fields import FieldMissing
from facility_app.services.hand_back import HandBack, HandBackReason, hand_back
from facility_app.services.insurance_facts import (
    InsuranceFacts,
    NoteInsurance,
    note_insurance,
)
from facility_app.services.proxies import AddProxy, ProxyForm, add_proxy
from facility_app.services.record import entry_in_full
from facility_app.services.record_words import DetailWords
from facility_app.services.registers import OpenEntry, SettleEntry, open_entry, settle_entry
from facility_app.services.residents import (
    ChangeResident,
    Discharge,
    Readmit,
    ResidentForm,
    change_resident,
    discharge_resident,
    readmit_resident,
)
from facility_app.services.retention import (
    ErasedAlready,
    HeldAlready,
    NeededStill,
    NotDueYet,
    StillNeeded,
    erase_details,
    erasures,
    release_hold,
    retained,
    set_hold,
)
from facility_app.services.retention_files import (
    erase_resident,
    older_backups,
    renew_backups,
    wash,
)
from facility_app.services.search import ResidentQuery, find_residents
from facility_app.services.settings import SettingOutOfRange
from tests.desk_world import DeskWorld, build, visit_row
from tests.services.file_search import files_with
from tests.services.store_world import StoreWorld

PLANTED = "植込田 消之介"
LEFT = date(2026, 11, 20)
DUE = date(2031, 11, 21)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[StoreWorld]:
    world = StoreWorld(tmp_path / "data")
    yield world
    world.close()


@pytest.fixture
def desk(world: StoreWorld) -> DeskWorld:
    """The desk's people in a real store, which has seeded kinds and purposes of its own."""
    engine = world.office.work.engine
    with engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("DELETE FROM item_kind")
        connection.exec_driver_sql("DELETE FROM purpose")
    return build(engine, world.office.work, world.clock)


def forward(world: StoreWorld, days: int) -> None:
    world.clock.now += timedelta(days=days)


def leave(desk: DeskWorld) -> None:
    """Hanako leaves today and gets everything back."""
    hanako = desk.residents["hanako"]
    cmd = HandBack(
        resident_id=hanako,
        item_ids=tuple(desk.items["hanako"]),
        reason=HandBackReason.DISCHARGE,
        receiver=PLANTED,
        relation="本人",
        proof_seen="介護保険証",
        witness=desk.witness("second"),
    )
    desk.do("custodian", hand_back, cmd)
    row = desk.one(ResidentRow, ResidentRow.id == hanako)
    discharge = Discharge(resident_id=hanako, version=row.version, on=LEFT)
    desk.do("custodian", discharge_resident, discharge)


def stayed(desk: DeskWorld) -> None:
    """A stay that leaves traces everywhere, all of them with the planted name."""
    hanako = desk.residents["hanako"]
    desk.do("custodian", add_proxy, AddProxy(hanako, ProxyForm(ProxyKind.FAMILY, PLANTED)))
    visit_row(desk, note=PLANTED)
    facts = {"from": PLANTED, "what": PLANTED}
    entry = desk.do("custodian", open_entry, OpenEntry("complaint", LEFT, facts, hanako))
    desk.do("custodian", settle_entry, SettleEntry(entry, LEFT, {"answer": PLANTED}))
    agreement = desk.one(AgreementRow, AgreementRow.resident_id == hanako).id
    scan = b"%PDF-1.7 " + PLANTED.encode() * 50
    paper = AttachPaper(Belongs.AGREEMENT, agreement, f"{PLANTED}.pdf", scan, looked_through=True)
    desk.do("custodian", attach_paper, paper)
    insured = InsuranceFacts(coverage=Coverage.KOUKI, insurer=PLANTED, note=PLANTED)
    desk.do("custodian", note_insurance, NoteInsurance(hanako, 0, insured))
    desk.add(
        LoanRow(
            resident_id=hanako,
            holder_id=desk.id_of("escort"),
            out_at=desk.clock(),
            out_by=desk.id_of("custodian"),
            due_at=desk.clock(),
            closed_at=desk.clock(),
            destination=PLANTED,
        ),
    )
    case = LostCaseRow(
        number=1,
        opened_at=desk.clock(),
        opened_by=desk.id_of("custodian"),
        noticed_at=desk.clock(),
        noticed_by=PLANTED,
        last_seen=PLANTED,
        happened=LostWhere.OUTSIDE,
        place=PLANTED,
        stolen=Stolen.NO,
        state=LostCaseState.CLOSED,
        salt=bytes(16),
    )
    desk.add(case)
    desk.add(
        LostItemRow(case_id=case.id, thing="card", resident_id=hanako, outcome=LostOutcome.MISSING)
    )
    desk.do("manager", set_hold, hanako, PLANTED)
    desk.do("manager", release_hold, hanako, PLANTED)


def plant(desk: DeskWorld) -> set[str]:
    """Write the name into every text of every row of Hanako's; gives the tables that have rows."""
    found = set()
    hanako = desk.residents["hanako"]
    with Session(desk.engine.execution_options(writes=True)) as session:
        for name, columns in EMPTIED.items():
            table = Base.metadata.tables[name]
            values: dict[str, Any] = {}
            for column in columns:
                if table.c[column].unique:
                    continue
                if isinstance(table.c[column].type, String | Text):
                    values[column] = PLANTED
                elif isinstance(table.c[column].type, JSON):
                    values[column] = {"said": PLANTED}
            if values:
                result: Any = session.execute(
                    update(table).where(rows_of(table, hanako)).values(values)
                )
                found |= {name} if result.rowcount else set()
        session.commit()
    return found


def erase(desk: DeskWorld, world: StoreWorld, who: str = "manager", second: str = "second") -> Any:
    hanako = desk.residents["hanako"]
    return erase_resident(world.office, desk.staff[who], hanako, desk.witness(second))


def places_with(world: StoreWorld, wanted: str = PLANTED) -> set[str]:
    return files_with(world.data.path, world.office.keys.database, wanted)


def test_after_an_erasure_the_name_stands_in_no_file(world: StoreWorld, desk: DeskWorld) -> None:
    stayed(desk)
    leave(desk)
    tables = plant(desk)
    assert tables >= {"resident", "agreement", "proxy", "visit", "loan", "hand_back", "item"}
    assert tables >= {"register_entry", "legal_hold", "lost_item"}
    assert wash(world.office)
    forward(world, 2000)
    make_backup(world.office, desk.staff["manager"])
    desk.add_change(desk.one(ResidentRow, ResidentRow.name == PLANTED), notes=f"{PLANTED} さん")
    before = places_with(world)
    assert {"facility.db", "facility.db-wal"} <= before
    assert any(name.endswith(".backup") for name in before)

    done = erase(desk, world)

    assert done.washed
    assert {path.name for path in done.backups} == places_with(world)
    world.clock.now += timedelta(hours=1)
    renewed = renew_backups(world.office, desk.staff["manager"])
    assert renewed.deleted == done.backups
    assert renewed.left == ()
    assert places_with(world) == set()
    assert "facility.db" in places_with(world, "例田 みつ子")  # the search can find what is there


def test_the_key_is_gone_and_the_record_verifies(world: StoreWorld, desk: DeskWorld) -> None:
    stayed(desk)
    leave(desk)
    forward(world, 2000)
    hanako = desk.residents["hanako"]
    sealed = [
        row.seq
        for row in desk.rows(AuditEntryRow)
        if row.resident == hanako and json.loads(row.canonical)["sealed"]
    ]
    done = erase(desk, world)
    assert desk.rows(ResidentKeyRow, ResidentKeyRow.resident_id == hanako) == []
    assert sealed
    for seq in sealed:
        assert desk.ask("manager", entry_in_full, seq).erased
    verdict = log_check.check_log(world.office, desk.staff["manager"])
    assert verdict.clean
    assert desk.rows(AttachmentRow) == []
    row = desk.one(ResidentRow, ResidentRow.id == hanako)
    assert (row.name, row.kana, row.birth_date, row.room, row.search_text) == ("", "", None, "", "")
    made = make_backup(world.office, desk.staff["manager"])
    assert verify_backup(world.office, desk.staff["manager"], made.files[0]).size
    assert done.seq


def test_the_proof_says_when_by_whom_and_how_much_and_names_nobody(
    world: StoreWorld, desk: DeskWorld
) -> None:
    stayed(desk)
    leave(desk)
    forward(world, 2000)
    done = erase(desk, world)
    (proof,) = desk.ask("manager", erasures)
    assert (proof.seq, proof.by, proof.witness) == (done.seq, "架空 誠", "控 直子")
    assert (proof.ended_on, proof.counts["item"], proof.counts["resident_key"]) == (LEFT, 4, 1)
    entry = desk.ask("manager", entry_in_full, done.seq)
    assert entry.plain["counts"] == proof.counts
    assert entry.sealed == {}
    assert not entry.erased
    told = DetailWords(Words("ja"), {})
    for key in (*entry.plain, *proof.counts):
        assert told.label(key) != key, key
    assert desk.ask("manager", retained) == ()


def test_nobody_else_loses_anything(world: StoreWorld, desk: DeskWorld) -> None:
    def others() -> list[Any]:
        with desk.engine.connect() as connection:
            found = []
            for name in (*EMPTIED, *DELETED):
                table = Base.metadata.tables[name]
                mine = rows_of(table, desk.residents["tadashi"])
                found += [tuple(row) for row in connection.execute(table.select().where(mine))]
            return found

    desk.do(
        "custodian",
        add_proxy,
        AddProxy(desk.residents["tadashi"], ProxyForm(ProxyKind.FAMILY, "仮名 次郎")),
    )
    stayed(desk)
    leave(desk)
    forward(world, 2000)
    before = others()
    assert len(before) >= 5
    erase(desk, world)
    assert others() == before


def test_a_loss_that_was_about_two_keeps_its_words_until_both_are_erased(
    world: StoreWorld, desk: DeskWorld
) -> None:
    stayed(desk)
    leave(desk)
    case, tadashi = desk.one(LostCaseRow), desk.residents["tadashi"]
    desk.add(
        LostItemRow(case_id=case.id, thing="book", resident_id=tadashi, outcome=LostOutcome.MISSING)
    )
    forward(world, 2000)
    erase(desk, world)
    assert desk.one(LostCaseRow).place == PLANTED
    row = desk.one(ResidentRow, ResidentRow.id == tadashi)
    desk.add_change(row, discharged_on=LEFT)
    (thing,) = desk.rows(ItemRow, ItemRow.resident_id == tadashi)
    desk.add_change(thing, state=ItemState.RETURNED)
    erase_resident(world.office, desk.staff["manager"], tadashi, desk.witness("second"))
    assert desk.one(LostCaseRow).place == ""


def test_an_empty_row_is_not_filled_again(world: StoreWorld, desk: DeskWorld) -> None:
    leave(desk)
    forward(world, 2000)
    erase(desk, world)
    row = desk.one(ResidentRow, ResidentRow.id == desk.residents["hanako"])
    with pytest.raises(ErasedAlready):
        desk.do("custodian", readmit_resident, Readmit(row.id, row.version))
    form = ResidentForm("見本 花子", "みほん はなこ")
    with pytest.raises(ErasedAlready):
        desk.do("custodian", change_resident, ChangeResident(row.id, row.version, form))


def test_the_search_finds_nobody_any_more(world: StoreWorld, desk: DeskWorld) -> None:
    leave(desk)
    forward(world, 2000)
    hanako = desk.residents["hanako"]
    erase(desk, world)
    for wanted in ("みほん", "花子", "203"):
        found = desk.ask("custodian", find_residents, ResidentQuery(wanted, discharged=True))
        assert hanako not in {each.id for each in found.rows}
    found = desk.ask("custodian", find_residents, ResidentQuery())
    assert hanako not in {each.id for each in found.rows}


def test_two_persons_always(world: StoreWorld, desk: DeskWorld) -> None:
    leave(desk)
    forward(world, 2000)
    hanako, manager = desk.residents["hanako"], desk.staff["manager"]
    with pytest.raises(SecondPersonNeeded):
        erase_resident(world.office, manager, hanako, None)
    with pytest.raises(SamePerson):
        erase_resident(world.office, manager, hanako, desk.witness("manager"))
    old = desk.witness("second")
    world.clock.now += timedelta(hours=1)
    with pytest.raises(SecondPersonNeeded):
        erase_resident(world.office, manager, hanako, old)
    assert desk.rows(ErasureRow) == []


def test_only_a_manager_erases_and_holds(desk: DeskWorld) -> None:
    hanako = desk.residents["hanako"]
    for who in ("custodian", "auditor"):
        for act, argument in (
            (erase_details, desk.witness("second")),
            (set_hold, "x"),
            (release_hold, "x"),
        ):
            with pytest.raises(NotPermitted):
                desk.do(who, act, hanako, argument)
        for query in (retained, erasures):
            with pytest.raises(NotPermitted):
                desk.ask(who, query)


def test_it_is_due_on_the_day_after_the_last_of_its_years(
    world: StoreWorld, desk: DeskWorld
) -> None:
    leave(desk)
    (found,) = desk.ask("manager", retained)
    assert (found.ended_on, found.due_on, found.needed) == (LEFT, DUE, ())
    assert not found.due(DUE - timedelta(days=1))
    assert found.due(DUE)
    forward(world, (DUE - LEFT).days - 1)
    with pytest.raises(NotDueYet) as refused:
        erase(desk, world)
    assert refused.value.due_on == DUE
    forward(world, 1)
    erase(desk, world)
    with pytest.raises(ErasedAlready):
        erase(desk, world)


def test_the_facility_sets_the_years(world: StoreWorld, desk: DeskWorld) -> None:
    leave(desk)
    desk.settings(retention_years=2)
    (found,) = desk.ask("manager", retained)
    assert found.due_on == date(2028, 11, 21)
    for years in (1, 31):
        with pytest.raises(SettingOutOfRange):
            desk.settings(retention_years=years)


def test_it_counts_from_the_last_hand_back(world: StoreWorld, desk: DeskWorld) -> None:
    leave(desk)
    forward(world, 40)
    (row,) = desk.rows(HandBackRow)
    desk.add_change(row, at=desk.clock())
    (found,) = desk.ask("manager", retained)
    assert found.ended_on == date(2026, 12, 30)


def test_who_lives_here_is_never_due(world: StoreWorld, desk: DeskWorld) -> None:
    forward(world, 3000)
    assert desk.ask("manager", retained) == ()
    with pytest.raises(NotDueYet) as refused:
        erase(desk, world)
    assert refused.value.due_on is None


def test_what_is_open_keeps_it(world: StoreWorld, desk: DeskWorld) -> None:
    leave(desk)
    forward(world, 2000)
    item = desk.rows(ItemRow)[0]
    hanako = desk.residents["hanako"]
    facts = {"from": "例", "what": "例"}
    desk.do("custodian", open_entry, OpenEntry("complaint", LEFT, facts, hanako))
    with pytest.raises(NeededStill) as refused:
        erase(desk, world)
    assert refused.value.why is StillNeeded.REGISTER_OPEN
    with Session(desk.engine.execution_options(writes=True)) as session:
        session.execute(text("UPDATE item SET state = 'lost' WHERE id = :id"), {"id": item.id})
        session.commit()
    with pytest.raises(NeededStill) as refused:
        erase(desk, world)
    assert refused.value.why is StillNeeded.IN_CUSTODY


def test_a_legal_hold_stops_everything_until_it_is_released(
    world: StoreWorld, desk: DeskWorld
) -> None:
    leave(desk)
    forward(world, 2000)
    hanako = desk.residents["hanako"]
    with pytest.raises(HeldAlready):
        desk.do("manager", release_hold, hanako, "なし")
    with pytest.raises(FieldMissing):
        desk.do("manager", set_hold, hanako, " ")
    desk.do("manager", set_hold, hanako, "調停中")
    with pytest.raises(HeldAlready):
        desk.do("manager", set_hold, hanako, "もう一度")
    (found,) = desk.ask("manager", retained)
    assert (found.needed, found.hold) == ((StillNeeded.HOLD,), "調停中")
    with pytest.raises(NeededStill) as refused:
        erase(desk, world)
    assert refused.value.why is StillNeeded.HOLD
    desk.do("manager", release_hold, hanako, "調停が終わった")
    erase(desk, world)


def test_old_backups_stay_where_no_new_one_can_be_made(
    world: StoreWorld, desk: DeskWorld, tmp_path: Path
) -> None:
    away = tmp_path / "drive"
    desk.settings(backup_folders=(str(away), str(world.data.backups)))
    make_backup(world.office, desk.staff["manager"])
    assert len(older_backups(world.office, desk.staff["manager"])) == 2
    hidden = away.rename(tmp_path / "taken-out")
    away.write_text("no folder any more")
    world.clock.now += timedelta(hours=1)
    renewed = renew_backups(world.office, desk.staff["manager"])
    assert len(renewed.made) == 1
    assert len(renewed.deleted) == 1
    assert len(backup_files(hidden)) == 1
