"""A year of the sample facility, unlocked day by day.

Every task appears once, on its day, for the right resident, stays until it is done, and is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.db.models import ItemRow, ResidentRow
from facility_app.demo.people import PASSWORD
from facility_app.demo.sample import Sample, build
from facility_app.domain.access import Actor
from facility_app.domain.agreements import Capacity, WillConfirmed
from facility_app.domain.coverage import Answer, Coverage
from facility_app.domain.dates import add_months, age_on, nth_birthday
from facility_app.domain.duties import DutyKind
from facility_app.domain.insurance import period_end
from facility_app.domain.items import FaceAuthentication, ItemState
from facility_app.domain.life_events import LifeEventKind
from facility_app.services.agreements import MakeAgreement, make_agreement
from facility_app.services.duties import DutyView, duties
from facility_app.services.duty_acts import dismiss_duty, finish_duty
from facility_app.services.hand_back import HandBack, HandBackReason, hand_back
from facility_app.services.insurance_facts import (
    NoteInsurance,
    insurance_of,
    note_insurance,
)
from facility_app.services.items import (
    ChangeItem,
    ItemForm,
    ReceiveItem,
    change_item,
    form_of,
    receive_item,
)
from facility_app.services.life_events import NoteEvent, end_event, events_of, note_event
from facility_app.services.residents import (
    ChangeResident,
    Discharge,
    change_resident,
    discharge_resident,
)
from facility_app.services.residents import (
    form_of as resident_form,
)
from facility_app.services.rule_data import rules
from tests.services.store_world import StoreWorld

pytestmark = pytest.mark.timeout(900)  # some 2 000 durable acts, on a disk that others use too

FIRST = date(2026, 11, 20)
DAYS = 365
MANAGER, SECOND = "1001", "1002"
CERTIFICATE, CARE = "eligibility-certificate", "care-insurance"


@dataclass
class Year:
    """The store, the people, and what was seen: the day of each task's first and last showing."""

    world: StoreWorld
    sample: Sample
    day: date = FIRST
    actor: Actor | None = None
    first_seen: dict[str, date] = field(default_factory=dict)
    last_seen: dict[str, date] = field(default_factory=dict)
    views: dict[str, DutyView] = field(default_factory=dict)
    closed: dict[str, date] = field(default_factory=dict)
    touched: dict[int, date] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def do(self, use_case: Callable[..., Any], *args: Any) -> Any:
        assert self.actor is not None
        return self.world.office.do(self.actor, use_case, *args)

    def ask(self, query: Callable[..., Any], *args: Any) -> Any:
        assert self.actor is not None
        return self.world.office.ask(self.actor, query, *args)

    def row(self, model: Any, key: int) -> Any:
        with Session(self.world.office.work.engine) as session:
            return session.get_one(model, key)

    def rows(self, model: Any, *where: Any) -> list[Any]:
        with Session(self.world.office.work.engine) as session:
            return list(session.query(model).where(*where).order_by(model.id))

    # --- what the staff does about each kind of task -------------------------------------------

    def july(self) -> date:
        """The end of the yearly period that the day lies in."""
        return period_end(self.day, rules().lifetimes)

    def change(self, view: DutyView, **values: Any) -> None:
        item = self.row(ItemRow, view.duty.item_id or 0)
        self.do(change_item, ChangeItem(item.id, item.version, replace(form_of(item), **values)))

    def insured(self, resident_id: int, **facts: Any) -> None:
        view = self.ask(insurance_of, resident_id)
        cmd = NoteInsurance(resident_id, view.version, replace(view.facts, **facts))
        self.do(note_insurance, cmd)

    def note(self, resident_id: int, kind: LifeEventKind, **more: Any) -> Any:
        return self.do(note_event, NoteEvent(resident_id, kind, self.day, **more))

    def receive(self, resident_id: int, kind: str, **values: Any) -> None:
        self.do(receive_item, ReceiveItem(resident_id, ItemForm(kind, **values)))

    def give_back(self, resident_id: int, reason: HandBackReason, *items: int) -> None:
        assert self.actor is not None
        second = self.world.office.confirm_second(self.actor, SECOND, PASSWORD)
        cmd = HandBack(resident_id, items, reason, "見本 一", "長男", "運転免許証", witness=second)
        self.do(hand_back, cmd)

    def held(self, resident_id: int) -> list[ItemRow]:
        return self.rows(
            ItemRow, ItemRow.resident_id == resident_id, ItemRow.state == ItemState.IN_SAFE
        )

    def act(self, view: DutyView) -> None:
        """Do what the task asks for, as the register wants it."""
        duty, resident = view.duty, view.duty.resident_id
        match duty.kind:
            case DutyKind.RENEW_CERTIFICATE | DutyKind.RENEW_CARD:
                ends = add_months(max(self.day, duty.due or self.day), 60)
                card = self.row(ItemRow, duty.item_id or 0).card_expires_on or ends
                whole = add_months(ends, 60) if duty.kind is DutyKind.RENEW_CARD else card
                self.change(view, certificate_expires_on=min(ends, whole), card_expires_on=whole)
            case DutyKind.RESIDENCE_PERIOD:
                row = self.row(ResidentRow, resident)
                until = add_months(duty.due or self.day, 12)
                form = replace(resident_form(row), residence_expires_on=until)
                self.do(change_resident, ChangeResident(resident, row.version, form))
                self.change(view, card_expires_on=until, certificate_expires_on=until)
            case DutyKind.NOTE_DATES:
                self.change(
                    view,
                    card_expires_on=date(2034, 5, 5),
                    certificate_expires_on=date(2029, 5, 5),
                )
            case DutyKind.RENEW_PAPER if view.item and view.item.ja == "医療券・診療依頼書":
                self.change(view, paper_expires_on=add_months(duty.due or self.day, 12))
            case DutyKind.RENEW_PAPER | DutyKind.NEW_PAPER:
                old = self.row(ItemRow, duty.item_id or 0)
                ends = old.paper_expires_on.replace(year=old.paper_expires_on.year + 1)
                begins = old.paper_expires_on + timedelta(days=1)
                self.receive(resident, old.kind_code, issued_on=begins, paper_expires_on=ends)
            case DutyKind.AREA_CERTIFICATE | DutyKind.FOLLOW_CERTIFICATE | DutyKind.CANCEL_EFFECT:
                self.receive(
                    resident, CERTIFICATE, issued_on=self.day, paper_expires_on=self.july()
                )
            case DutyKind.COLLECT_OLD:
                self.give_back(resident, HandBackReason.REPLACED, duty.item_id or 0)
            case DutyKind.RATIO_CHECK:
                self.change(view, ratio_as_of=self.day)
            case DutyKind.NOTICE_MISSING | DutyKind.NOTICE_AT_FAMILY:
                self.note(resident, LifeEventKind.NOTICE_CAME, item_id=duty.item_id)
            case DutyKind.ASK_RESIDENCE if resident % 3:
                self.note(resident, LifeEventKind.ELSEWHERE)
            case DutyKind.ASK_RESIDENCE:
                self.note(resident, LifeEventKind.MOVED_IN)
            case DutyKind.MOVE_IN_NOTICE:
                (moved,) = (
                    each
                    for each in self.ask(events_of, resident)
                    if each.kind is LifeEventKind.MOVED_IN
                )
                self.do(end_event, moved.id, self.day)
            case DutyKind.ASK_CERTIFICATE if resident % 2:
                self.note(resident, LifeEventKind.CERTIFICATE_ASKED)
            case DutyKind.ASK_CERTIFICATE:
                self.do(dismiss_duty, view.key, "本人が要らないと言った")
            case DutyKind.FOLLOW_CANCEL:
                self.note(resident, LifeEventKind.CANCEL_ENTERED)
            case DutyKind.TURNS_70 if any(
                each.kind_code == CERTIFICATE for each in self.held(resident)
            ):
                begins = view.duty.due + timedelta(days=1) if view.duty.due else self.day
                self.receive(
                    resident, CERTIFICATE, issued_on=begins, paper_expires_on=date(2028, 7, 31)
                )
            case DutyKind.TURNS_75 | DutyKind.LIVELIHOOD_ENDS:
                self.insured(resident, coverage=Coverage.KOUKI)
            case DutyKind.LIVELIHOOD_BEGINS:
                self.insured(resident, coverage=Coverage.LIVELIHOOD)
            case DutyKind.FACE_CARD:
                self.change(view, face_authentication=FaceAuthentication.NOTED)
            case DutyKind.HAND_BACK | DutyKind.HAND_BACK_DEATH:
                dead = duty.kind is DutyKind.HAND_BACK_DEATH
                reason = HandBackReason.DEATH if dead else HandBackReason.DISCHARGE
                self.give_back(resident, reason, *(each.id for each in self.held(resident)))
            case _:
                self.do(finish_duty, view.key, "窓口で済ませた")
        self.touched[resident] = self.day
        self.closed[view.key] = self.day

    # --- a day ---------------------------------------------------------------------------------

    def play(self, life: dict[date, Callable[[Year], int]]) -> None:
        self.world.clock.now = datetime(self.day.year, self.day.month, self.day.day, 1, tzinfo=UTC)
        self.actor = self.world.office.unlock(MANAGER, PASSWORD)
        shown = self.ask(duties)
        self.look(shown)
        for view in shown:
            if self.day >= self.acting_day(view):
                self.act(view)
        if self.day in life:
            self.touched[life[self.day](self)] = self.day
        self.world.office.lock(self.actor, "test")

    def acting_day(self, view: DutyView) -> date:
        """Between one day and a week after it was first seen; post in July takes until the 20th."""
        wait = sum(map(ord, view.key)) % 7 + 1
        if view.kind in (DutyKind.NEW_PAPER, DutyKind.AREA_CERTIFICATE):
            wait = max(wait, 19)
        return self.first_seen[view.key] + timedelta(days=wait)

    def look(self, shown: list[DutyView]) -> None:
        keys = [view.key for view in shown]
        yesterday = self.day - timedelta(days=1)
        if len(keys) != len(set(keys)):
            self.problems.append(f"{self.day}: something stands twice")
        with Session(self.world.office.work.engine) as session:
            names = {row.id: row.name for row in session.scalars(select(ResidentRow))}
            owners = {row.id: row.resident_id for row in session.scalars(select(ItemRow))}
        for view in shown:
            duty, person = view.duty, view.duty.resident_id
            if view.key in self.closed:
                self.problems.append(f"{self.day}: {view.key} came back")
            if view.name != names[person]:
                self.problems.append(f"{self.day}: {view.key} has the name of another")
            if duty.item_id and owners[duty.item_id] != person:
                self.problems.append(f"{self.day}: {view.key} has the thing of another")
            if view.key not in self.first_seen:
                self.first_seen[view.key] = self.day
                late = duty.first != self.day and self.touched.get(person) != yesterday
                if late and self.day != FIRST:
                    self.problems.append(f"{self.day}: {view.key} should be there on {duty.first}")
            self.last_seen[view.key], self.views[view.key] = self.day, view
        for key, view in self.views.items():
            gone = key not in keys and self.last_seen[key] == yesterday
            excused = (
                key in self.closed
                or self.touched.get(view.duty.resident_id) == yesterday
                or (view.duty.last is not None and view.duty.last < self.day)
            )
            if gone and not excused:
                self.problems.append(f"{self.day}: {key} vanished")

    def of(self, kind: DutyKind) -> list[str]:
        return [key for key, view in self.views.items() if view.kind is kind]


def life(sample: Sample) -> dict[date, Callable[[Year], int]]:
    """What happens to people in this year."""
    people = sample.residents

    def discharged(index: int, *, deceased: bool = False) -> Callable[[Year], int]:
        def happen(year: Year) -> int:
            row = year.row(ResidentRow, people[index])
            year.do(discharge_resident, Discharge(row.id, row.version, year.day, deceased))
            return int(row.id)

        return happen

    def event(index: int, kind: LifeEventKind) -> Callable[[Year], int]:
        def happen(year: Year) -> int:
            year.note(people[index], kind)
            return people[index]

        return happen

    def livelihood_ends(year: Year) -> int:
        (noted,) = (
            each
            for each in year.ask(events_of, people[21])
            if each.kind is LifeEventKind.LIVELIHOOD
        )
        year.do(end_event, noted.id, year.day)
        return people[21]

    return {
        date(2027, 2, 10): discharged(20),
        date(2027, 3, 3): discharged(23, deceased=True),
        date(2027, 4, 5): event(21, LifeEventKind.LIVELIHOOD),
        date(2027, 5, 6): event(25, LifeEventKind.CANCEL_ASKED),
        date(2027, 6, 7): event(27, LifeEventKind.FACE_CARD_WISHED),
        date(2027, 9, 30): livelihood_ends,
    }


def agreement(resident_id: int) -> MakeAgreement:
    """One that need not be reviewed within the year."""
    return MakeAgreement(
        resident_id=resident_id,
        signed_on=FIRST,
        consented_by="本人",
        capacity=Capacity.SELF,
        kinds=None,
        will=WillConfirmed.WRITTEN,
    )


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The year as it was played; the tests look at what was seen."""
    world = StoreWorld(Path(tmp_path_factory.mktemp("year")) / "store")
    sample = build(world.office, FIRST, Random(7))
    played = Year(world, sample)
    played.actor = world.office.unlock(MANAGER, PASSWORD)
    for resident_id in sample.residents:
        played.do(make_agreement, agreement(resident_id))
        birth = played.row(ResidentRow, resident_id).birth_date
        card = any(each.kind_code == "my-number-card" for each in played.held(resident_id))
        played.insured(
            resident_id,
            coverage=Coverage.KOUKI if age_on(birth, FIRST) >= 75 else Coverage.KOKUHO,
            registered=Answer.YES if card else Answer.NO,
        )
    happenings = life(sample)
    for number in range(DAYS):
        played.day = FIRST + timedelta(days=number)
        played.play(happenings)
    yield played
    world.close()


def test_it_was_unlocked_every_day(year: Year):
    unlocks = year.world.actions().count("unlock.done")
    assert unlocks >= DAYS


def test_every_task_appeared_once_on_its_day_for_the_right_resident_and_went(year: Year):
    assert year.problems == []
    assert len(year.closed) > 200


def test_nothing_waits_longer_than_its_hands_need(year: Year):
    last = FIRST + timedelta(days=DAYS - 1)
    waiting = [key for key in year.views if key not in year.closed and year.last_seen[key] == last]
    assert all(year.first_seen[key] > last - timedelta(days=8) for key in waiting)


def test_the_days_are_those_worked_by_hand(year: Year):
    """介護保険証 to 3/31: 60 days before; yearly papers: 1 July; 75th birthday: month before."""
    care = [key for key in year.of(DutyKind.RENEW_PAPER) if key.endswith("/2027-03-31")]
    assert {year.first_seen[key] for key in care} == {date(2027, 1, 30)}
    assert len(care) == len(year.sample.residents)
    papers = [key for key in year.of(DutyKind.NEW_PAPER) if key.endswith("/2027-07-31")]
    assert {year.first_seen[key] for key in papers} == {date(2027, 7, 1)}
    assert len(papers) > 15
    for number, person in zip(year.sample.residents, year.sample.people, strict=True):
        birthday = nth_birthday(person.birth_date, 75)
        first = add_months(birthday.replace(day=1), -2 if birthday.day == 1 else -1)
        if FIRST < first < FIRST + timedelta(days=DAYS):
            key = f"turns-75/{number}/0/75"
            assert year.first_seen[key] == first


def test_the_events_of_the_year_made_their_tasks(year: Year):
    people = year.sample.residents
    for index, kind in (
        (20, DutyKind.HAND_BACK),
        (23, DutyKind.HAND_BACK_DEATH),
        (21, DutyKind.LIVELIHOOD_BEGINS),
        (21, DutyKind.LIVELIHOOD_ENDS),
        (25, DutyKind.FOLLOW_CANCEL),
        (27, DutyKind.FACE_CARD),
    ):
        (key,) = (key for key in year.of(kind) if key.split("/")[1] == str(people[index]))
        assert year.closed[key] >= year.first_seen[key]
