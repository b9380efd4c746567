"""The morning of the sample day: visits planned, one agreement withdrawn."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from facility_app.audit.work import Tx
from facility_app.db.models import AgreementRow
from facility_app.demo.clinics import (
    FACE_CARD,
    LIVELIHOOD,
    ORDINARY,
    PAPER_ONLY,
    note_facts,
    note_renewal,
    plan_ahead,
)
from facility_app.demo.sample import NO_AGREEMENT, Sample
from facility_app.domain.access import Permission
from facility_app.domain.clock import JST
from facility_app.services.agreements import WithdrawAgreement, withdraw_agreement
from facility_app.services.office import Office
from facility_app.services.visits import PlanVisit, VisitForm, plan_visit

_VISITS: tuple[tuple[int, str, str, int], ...] = (
    (0, "13:30", "みほん内科", 8),
    (3, "14:20", "みほん内科", 9),
    (2, "15:10", "例示整形外科", 10),
    (ORDINARY, "10:30", "さくら見本眼科", 11),
    (FACE_CARD, "16:00", "例示整形外科", 12),
    (LIVELIHOOD, "16:30", "みほん内科", 13),
)
"""Resident's index, time, clinic, index of the escort in demo/people.STAFF."""


def prepare(office: Office, sample: Sample, today: date) -> None:
    """Leave the store as the first custodian finds it in the morning of `today`."""
    manager, custodian = sample.actors["1001"], sample.actors["1002"]
    office.do(manager, _withdraw, sample.residents[NO_AGREEMENT], today - timedelta(days=1))
    for index, at, clinic, escort in _VISITS:
        starts = datetime.combine(today, time.fromisoformat(at), JST)
        form = VisitForm(
            purpose_code="clinic",
            starts_at=starts,
            returns_at=starts + timedelta(hours=2),
            clinic_id=sample.clinics[clinic],
            escort_id=sample.staff[escort],
            booked=True,
        )
        office.do(custodian, plan_visit, PlanVisit(sample.residents[index], form))
    known = sorted({index for index, *_ in _VISITS})
    people = {index: sample.somebody(index) for index in known}
    note_facts(office, custodian, people, today)
    office.do(custodian, note_renewal, sample.residents[PAPER_ONLY], date(today.year, 8, 1))
    plan_ahead(office, custodian, sample.clinics, sample.residents, sample.staff, today)


def _withdraw(tx: Tx, resident_id: int, on: date) -> None:
    tx.require(Permission.MANAGE_AGREEMENTS)
    query = select(AgreementRow.id).where(AgreementRow.resident_id == resident_id)
    agreement = tx.session.scalars(query).one()
    withdraw_agreement(tx, WithdrawAgreement(agreement, on, "本人の申出"))
