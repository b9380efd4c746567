"""Building the sample facility through the real use cases.

Staff, cabinets, residents, and what is kept for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sqlalchemy import select

from facility_app.audit.work import Reading, Tx
from facility_app.db.models import StaffRow
from facility_app.demo.clinics import FACE_CARD, LIVELIHOOD, Somebody, enter_clinics
from facility_app.demo.people import (
    ADDRESS,
    FACILITY,
    PASSWORD,
    PHONE,
    STAFF,
    SampleResident,
    residents,
)
from facility_app.domain.access import PROGRAM, Actor, Identified, Permission, Role, StaffId
from facility_app.domain.agreements import Capacity, WillConfirmed
from facility_app.domain.clock import local_date
from facility_app.domain.dates import end_of_month
from facility_app.domain.items import FaceAuthentication
from facility_app.domain.people import Sex
from facility_app.services.access import actor_of
from facility_app.services.agreements import MakeAgreement, make_agreement
from facility_app.services.cabinets import AddSlots, add_slots
from facility_app.services.grants import NewGrant, grant_role
from facility_app.services.items import ItemForm, ReceiveItem, receive_item
from facility_app.services.office import Office
from facility_app.services.residents import RegisterResident, ResidentForm, register_resident
from facility_app.services.settings import Facility, Settings, change_settings, name_facility
from facility_app.services.staff import NewStaff, add_staff

CABINETS = {"A": 20, "B": 20, "C": 15, "E": 3, "D": 4}
"""Places in each; the last ones are so small that two people count them within a minute."""

SMALL_CABINET = "D"
EMPTIED_CABINET = "E"
"""Its three pouches are not there when it is counted."""
SETUP_DONE = 9


@dataclass(frozen=True)
class Sample:
    """Ids of what was made, in the order of demo/people."""

    staff: tuple[StaffId, ...]
    actors: dict[str, Actor]
    residents: tuple[int, ...]
    people: tuple[SampleResident, ...]
    clinics: dict[str, int]

    def somebody(self, index: int) -> Somebody:
        """The resident at this place in demo/people."""
        birth = self.people[index].birth_date
        return Somebody(self.residents[index], birth, has_card=index % 3 != 2)


def build(office: Office, today: date, random: Random) -> Sample:
    """Fill an empty store with the facility as it stood on the clock's present day.

    `today` is the day the sample is shown on: dates of cards are laid around it, so that every
    expiry state occurs.
    """
    office.do(PROGRAM, name_facility, Facility(FACILITY, ADDRESS, PHONE, SETUP_DONE))
    staff = office.do(PROGRAM, _staff_with_manager, office)
    manager = office.unlock(STAFF[0].number, PASSWORD)
    office.do(manager, _grants, staff)
    office.do(manager, change_settings, Settings(two_person=("hand-back",)))
    slots: list[int] = []
    for cabinet, count in CABINETS.items():
        slots += office.do(manager, add_slots, AddSlots(cabinet=cabinet, first=1, count=count))
    people = residents(random)
    made = office.do(manager, _residents, people, slots)
    office.do(manager, _custody, people, made, today, random)
    clinics = office.do(manager, enter_clinics)
    return Sample(staff, office.ask(PROGRAM, _actors), made, tuple(people), clinics)


def _actors(reading: Reading) -> dict[str, Actor]:
    """Everybody with an account, by number, as if unlocked."""
    reading.require(Permission.IDENTIFY)
    rows = reading.session.scalars(select(StaffRow).where(StaffRow.password_hash.is_not(None)))
    return {row.number: actor_of(reading.session, row, Identified.PASSWORD) for row in rows}


def _staff_with_manager(tx: Tx, office: Office) -> tuple[StaffId, ...]:
    """The first manager is made by the set-up; without one nobody could add the others."""
    ids = tuple(
        add_staff(
            tx,
            NewStaff(each.number, each.name, each.kana, password=PASSWORD if each.roles else None),
            office.cost,
        )
        for each in STAFF
    )
    grant_role(tx, NewGrant(ids[0], Role.MANAGER, local_date(tx.now)))
    return ids


def _grants(tx: Tx, staff: tuple[StaffId, ...]) -> None:
    for each, id_ in list(zip(STAFF, staff, strict=True))[1:]:
        for role in each.roles:
            grant_role(tx, NewGrant(id_, role, local_date(tx.now), shift=each.shift))


def _residents(tx: Tx, people: list[SampleResident], slots: list[int]) -> tuple[int, ...]:
    tx.require(Permission.MANAGE_RESIDENTS)
    admitted = local_date(tx.now)
    made = []
    for person, slot in zip(people, slots, strict=False):
        form = ResidentForm(
            name=person.name,
            kana=person.kana,
            birth_date=person.birth_date,
            sex=Sex.FEMALE if person.female else Sex.MALE,
            room=person.room,
            address=person.address,
            admitted_on=admitted,
        )
        made.append(int(register_resident(tx, RegisterResident(form, slot))))
    return tuple(made)


PIN_HELD = 7
"""Index of the resident (見本 太郎) who agreed that the facility holds a PIN."""

NO_AGREEMENT = 4
"""Index of the resident (試田 キヨ) whose agreement is missing, so that a refusal can be shown."""


def _custody(
    tx: Tx, people: list[SampleResident], made: tuple[int, ...], today: date, random: Random
) -> None:
    for index, (person, resident_id) in enumerate(zip(people, made, strict=True)):
        make_agreement(tx, _agreement(index, person, resident_id, local_date(tx.now), today))
        for form in _belongings(index, person, today, random):
            receive_item(tx, ReceiveItem(resident_id, form, received_from=person.name))


def _agreement(
    index: int, person: SampleResident, resident_id: int, signed_on: date, today: date
) -> MakeAgreement:
    return MakeAgreement(
        resident_id=resident_id,
        signed_on=signed_on,
        consented_by=person.name,
        capacity=Capacity.SELF,
        kinds=None,
        will=WillConfirmed.WRITTEN,
        witness=STAFF[0].name,
        pin_clause=index == PIN_HELD,
        emergency_clause=True,
        review_on=today + timedelta(days=20 + 5 * (resident_id % 60)),
    )


def _belongings(index: int, person: SampleResident, today: date, random: Random) -> list[ItemForm]:
    """What one resident keeps here.

    The first eight show every expiry state; the rest are mixed.
    """
    certificate = today + timedelta(days=_CERTIFICATE_DAYS.get(index, random.randint(100, 1500)))
    card = ItemForm(
        "my-number-card",
        card_expires_on=certificate + timedelta(days=1826),
        certificate_expires_on=certificate,
        face_authentication=(
            FaceAuthentication.NOTED if index == FACE_CARD else FaceAuthentication.NOT_NOTED
        ),
    )
    ratio = 1 if person.birth_date.year < 1951 else 2 if person.birth_date.year < 1957 else 3
    paper = ItemForm(
        "eligibility-certificate",
        paper_expires_on=date(today.year + 1, 7, 31),
        ratio=ratio,
        ratio_source="券面",
        ratio_as_of=date(today.year - 2, 8, 1),
        colour="だいだい色",
    )
    notice = ItemForm("eligibility-notice")
    care = ItemForm("care-insurance", paper_expires_on=date(today.year + 1, 3, 31))
    small = [
        ItemForm("patient-card", label="みほん内科", pieces=2 if index % 4 == 1 else 1),
        ItemForm("medicine-book"),
    ]
    if index % 3 == 2:
        return [paper, care, *small]
    handbook = [ItemForm("physical-disability")] if index % 5 == 0 else []
    ticket = [_ticket(today)] if index == LIVELIHOOD else []
    return [card, notice, care, *small, *handbook, *ticket]


def _ticket(today: date) -> ItemForm:
    """A 医療券 of the month."""
    first = today.replace(day=1)
    return ItemForm("public-assistance", issued_on=first, paper_expires_on=end_of_month(first))


_CERTIFICATE_DAYS = {0: -36, 1: 400, 3: 18, 4: 60, 6: -200, 7: 700}
"""Days from the sample day to the certificate's end: in grace, valid, soon, renewable, unusable."""
