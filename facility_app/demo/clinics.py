"""Clinics of the sample facility, what is known of some residents' insurance, and visits ahead.

Five residents are accepted in five ways: an ordinary card, a card without PIN (顔認証), a
certificate in grace, a 資格確認書 alone, and 生活保護 with a 医療券.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import select

from facility_app.audit.work import Tx
from facility_app.db.models import ItemRow
from facility_app.domain.access import Actor, Permission, StaffId
from facility_app.domain.clock import JST
from facility_app.domain.coverage import (
    Answer,
    Coverage,
    HouseCallDevice,
    IncomeClass,
    PinKnownBy,
    VisualMode,
)
from facility_app.domain.ladder_facts import Way
from facility_app.domain.visits import LAST, Recurrence, Repeat, Transport
from facility_app.services.clinics import ClinicForm, add_clinic
from facility_app.services.house_calls import PlanRound, RoundForm, plan_round
from facility_app.services.insurance_facts import InsuranceFacts, NoteInsurance, note_insurance
from facility_app.services.items import ChangeItem, change_item, form_of
from facility_app.services.office import Office
from facility_app.services.outcomes import RecordOutcome
from facility_app.services.visit_series import PlanSeries, SeriesForm, plan_series

ORDINARY, FACE_CARD, IN_GRACE, PAPER_ONLY, LIVELIHOOD = 7, 1, 0, 2, 6
"""Places in demo/people of the five."""

_PHONE = "000-0000-"
CLINICS: tuple[ClinicForm, ...] = (
    ClinicForm("みほん内科", "みほんないか", f"{_PHONE}1001", VisualMode.WORKS),
    ClinicForm("例示眼科", "れいじがんか", f"{_PHONE}1002"),
    ClinicForm("例示整形外科", "れいじせいけいげか", f"{_PHONE}1003", VisualMode.WORKS),
    ClinicForm("みほん歯科", "みほんしか", f"{_PHONE}1004", VisualMode.REFUSED),
    ClinicForm("さくら見本病院", "さくらみほんびょういん", f"{_PHONE}1005", pmh=Answer.YES),
    ClinicForm("さくら見本眼科", "さくらみほんがんか", f"{_PHONE}1006", VisualMode.WORKS),
    ClinicForm("訪問見本診療所", "ほうもんみほんしんりょうじょ", f"{_PHONE}1007", house_calls=True),
)
HOUSE_CALLS = CLINICS[-1].name
TOLD_DAYS = 90
"""So many days before the sample day how visits went is told."""


def enter_clinics(tx: Tx) -> dict[str, int]:
    """The register of clinics; ids by name."""
    return {form.name: add_clinic(tx, form) for form in CLINICS}


@dataclass(frozen=True)
class Somebody:
    """A resident of the sample, and what a clinic's desk would make of them."""

    id: int
    birth_date: date
    has_card: bool


def facts_of(index: int, birth: date, has_card: bool, today: date) -> InsuranceFacts:
    """What is known of the insurance of the resident at this place in demo/people."""
    old = birth.year < today.year - 75
    if index == LIVELIHOOD:
        return InsuranceFacts(
            coverage=Coverage.LIVELIHOOD,
            registered=Answer.NO,
            pin_known_by=PinKnownBy.NOBODY,
            welfare_office="見本市福祉事務所",
            welfare_phone=f"{_PHONE}2001",
            welfare_told_on=today - timedelta(days=1),
        )
    return InsuranceFacts(
        coverage=Coverage.KOUKI if old else Coverage.KOKUHO,
        insurer="見本県後期高齢者医療広域連合" if old else "見本市",
        registered=Answer.YES if has_card else Answer.NO,
        pin_known_by=PinKnownBy.PERSON if index == ORDINARY else PinKnownBy.NOBODY,
        income=IncomeClass.GENERAL,
        consents_face=Answer.YES if has_card else Answer.UNKNOWN,
        consents_visual=Answer.YES if has_card else Answer.UNKNOWN,
        ratio=(1 if old else 2) if has_card else None,
        ratio_source="保険者の通知" if has_card else "",
        ratio_as_of=date(today.year, 8, 1) if has_card else None,
    )


def note_facts(office: Office, actor: Actor, people: Mapping[int, Somebody], today: date) -> None:
    """Enter what is known of these residents, by their place in demo/people."""
    for index, person in people.items():
        facts = facts_of(index, person.birth_date, person.has_card, today)
        office.do(actor, note_insurance, NoteInsurance(person.id, 0, facts))


def note_renewal(tx: Tx, resident_id: int, on: date) -> None:
    """The paper of this year, valid from `on`, says the same ratio as last year's."""
    tx.require(Permission.MANAGE_RESIDENTS)
    query = select(ItemRow).where(ItemRow.resident_id == resident_id, ItemRow.ratio.is_not(None))
    for row in tx.session.scalars(query).all():
        form = form_of(row)
        renewed = replace(form, issued_on=on, ratio_as_of=on, ratio_source="券面（8月の更新）")
        change_item(tx, ChangeItem(row.id, row.version, renewed))


def plan_ahead(
    office: Office,
    actor: Actor,
    clinics: Mapping[str, int],
    residents: tuple[int, ...],
    staff: tuple[StaffId, ...],
    today: date,
) -> None:
    """Visits after the sample day: a doctor who comes tomorrow, and two series."""
    starts = datetime.combine(today + timedelta(days=3), time(10, 0), JST)
    form = RoundForm(clinics[HOUSE_CALLS], starts, starts + timedelta(hours=2), HouseCallDevice.APP)
    seen = tuple(residents[index] for index in (9, 10, 12, 15))
    office.do(actor, plan_round, PlanRound(form, seen, staff[2]))
    for index, repeat, clinic in (
        (10, Recurrence(Repeat.WEEKLY, today + timedelta(days=1), weekday=2), "例示整形外科"),
        (
            9,
            Recurrence(Repeat.MONTHLY_WEEKDAY, today + timedelta(days=1), weekday=1, nth=LAST),
            "みほん内科",
        ),
    ):
        series = SeriesForm(
            repeat,
            "clinic",
            time(14, 0),
            90,
            clinic_id=clinics[clinic],
            escort_id=staff[9],
            transport=Transport.FACILITY_CAR,
        )
        office.do(actor, plan_series, PlanSeries(residents[index], series))


def how_it_went(visit_id: int, clinic: str, has_card: bool, random: Random) -> RecordOutcome:
    """An outcome as it may have been: what works differs from clinic to clinic."""
    way, troubles = Way.FACE if has_card else Way.CERTIFICATE, tuple[str, ...]()
    minutes = random.randint(2, 6)
    if has_card and clinic in ("例示整形外科", "さくら見本眼科"):
        way = Way.VISUAL
    elif has_card and clinic == "みほん歯科":
        way, troubles, minutes = Way.NOTICE, ("visual-refused",), minutes + 8
    elif has_card and random.random() < 0.2:
        way, troubles, minutes = Way.VISUAL, ("face-failed",), minutes + 6
    if random.random() < 0.12:
        trouble = random.choice(("unreadable-character", "device-fault", "address-differs"))
        troubles, minutes = (*troubles, trouble), minutes + 9
    return RecordOutcome(visit_id, way, minutes, troubles, papers=("receipt",))
