"""The desk's small facility with clinics, insurance facts and planned visits on top."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from facility_app.audit.entry import parse, unseal
from facility_app.audit.work import Work
from facility_app.cards.check import Code, Finding, Level
from facility_app.cards.chip import CardKind, Certificate, Pin
from facility_app.db.models import (
    AuditEntryRow,
    CardCheckRow,
    ClinicRow,
    ItemKindRow,
    ItemRow,
    ResidentInsuranceRow,
    ResidentKeyRow,
    VisitRow,
)
from facility_app.domain.coverage import Answer, Coverage, PinKnownBy, VisualMode
from facility_app.domain.items import FaceAuthentication
from facility_app.services.card_views import stored_findings
from facility_app.services.insurance_facts import NOTHING_KNOWN, InsuranceFacts
from facility_app.services.visits import PlanVisit, VisitForm, plan_visit
from tests.desk_world import DeskWorld, add_resident, build, item_row

TODAY = date(2026, 11, 20)
STARTS = datetime(2026, 11, 20, 4, 30, tzinfo=UTC)
"""13:30 in Japan; the clock of the tests stands at 10:00."""

CARD, NOTICE, PATIENT_CARD, CARE = 0, 1, 2, 3
"""What lies in Hanako's pouch, by its place in `items["hanako"]`."""


@dataclass
class VisitWorld:
    """Hanako (80) has a card, her notice and three patient cards; Tadashi (80) a medicine book."""

    desk: DeskWorld
    clinic_id: int = 0

    def plan(self, person: str = "hanako", who: str = "custodian", **form: Any) -> int:
        """A planned visit to the clinic at 13:30, back at 15:30, with the escort."""
        return self.desk.do(
            who, plan_visit, PlanVisit(self.desk.residents[person], self.form(**form))
        )

    def form(self, **changed: Any) -> VisitForm:
        """The form of that visit."""
        values: dict[str, Any] = {
            "purpose_code": "clinic",
            "starts_at": STARTS,
            "returns_at": STARTS + timedelta(hours=2),
            "clinic_id": self.clinic_id,
            "escort_id": self.desk.id_of("escort"),
        }
        return VisitForm(**(values | changed))

    def clinic(self, name: str = "例示整形外科", **changed: Any) -> int:
        """Another clinic."""
        row = clinic_row(name, **changed)
        self.desk.add(row)
        return row.id

    def insured(self, person: str = "hanako", **facts: Any) -> None:
        """What is known of somebody's insurance."""
        values = {
            name: getattr(NOTHING_KNOWN, name) for name in InsuranceFacts.__dataclass_fields__
        }
        self.desk.add(
            ResidentInsuranceRow(resident_id=self.desk.residents[person], **(values | facts))
        )

    def item(self, person: str = "hanako", number: int = CARD, **values: Any) -> int:
        """Change what is noted about a thing; gives its id."""
        item_id = self.desk.items[person][number]
        row = self.desk.one(ItemRow, ItemRow.id == item_id)
        self.desk.add_change(row, **values)
        return item_id

    def receive(self, person: str, kind: str, **values: Any) -> int:
        """A thing in the safe; its kind is made where it is missing."""
        if not self.desk.rows(ItemKindRow, ItemKindRow.code == kind):
            self.desk.add(
                ItemKindRow(code=kind, name=kind, usual_for=["clinic"], dates=["paper-expires"])
            )
        row = item_row(self.desk.residents[person], kind, **values)
        self.desk.add(row)
        self.desk.items[person].append(row.id)
        return row.id

    def checked(
        self, person: str = "hanako", level: Level = Level.OK, *codes: Code, **changed: Any
    ) -> None:
        """A card check of a moment ago."""
        findings = [Finding(code, level) for code in codes]
        values: dict[str, Any] = {
            "at": self.desk.clock(),
            "by": self.desk.id_of("custodian"),
            "resident_id": self.desk.residents[person],
            "visit_on": TODAY,
            "kind": CardKind.MY_NUMBER_CARD,
            "certificate": Certificate.READ,
            "certificate_until": date(2028, 3, 5),
            "card_expires_on": date(2033, 3, 5),
            "tries": {Pin.USER_AUTH.value: 3},
            "findings": stored_findings(findings),
            "level": level,
        }
        self.desk.add(CardCheckRow(**(values | changed)))

    def ready(self) -> int:
        """Hanako with everything in order, and a visit; gives its id."""
        self.item(
            card_expires_on=date(2033, 3, 5),
            certificate_expires_on=date(2028, 3, 5),
            face_authentication=FaceAuthentication.NOT_NOTED,
        )
        self.insured(
            coverage=Coverage.KOUKI,
            registered=Answer.YES,
            pin_known_by=PinKnownBy.NOBODY,
            consents_face=Answer.YES,
            consents_visual=Answer.YES,
            ratio=1,
            ratio_source="保険者",
            ratio_as_of=date(2026, 8, 3),
        )
        self.checked()
        return self.plan()

    def taken(self) -> tuple[int, ...]:
        """What Hanako usually takes to a clinic."""
        items = self.desk.items["hanako"]
        return (items[CARD], items[NOTICE], items[PATIENT_CARD])

    def entries(self, action: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """(open, unsealed) details of the entries of an action, oldest first."""
        found = []
        rows = self.desk.rows(AuditEntryRow, AuditEntryRow.action == action)
        with Session(self.desk.engine) as session:
            for row in sorted(rows, key=lambda each: each.seq):
                entry = parse(row.canonical)
                key = session.get(ResidentKeyRow, entry.resident) if entry.resident else None
                found.append((dict(entry.plain), unseal(entry, key.key) if key else {}))
        return found

    def visit(self, visit_id: int) -> VisitRow:
        """A visit as it lies there."""
        return self.desk.one(VisitRow, VisitRow.id == visit_id)


def clinic_row(name: str, **changed: Any) -> ClinicRow:
    """A clinic about which nothing is known."""
    values: dict[str, Any] = {
        "phone": "000-0000-0000",
        "visual_mode": VisualMode.UNKNOWN,
        "pmh": Answer.UNKNOWN,
        "livelihood_ready": Answer.UNKNOWN,
        "phone_ready": Answer.UNKNOWN,
    }
    return ClinicRow(name=name, **(values | changed))


def build_visits(engine: Engine, work: Work, clock: Callable[[], datetime]) -> VisitWorld:
    """The desk's world, with Umeko (302) who has a card and nothing more, and one clinic."""
    desk = build(engine, work, clock)
    things = (("my-number-card", 1),)
    add_resident(desk, "umeko", ("例示 梅子", "れいじ うめこ", "302"), ("B", 3), things)
    for row in desk.rows(ItemKindRow, ItemKindRow.code.in_(["my-number-card", "medicine-book"])):
        desk.add_change(row, usual_for=[*row.usual_for, "home-visit", "clinic"])
    world = VisitWorld(desk)
    world.clinic_id = world.clinic("みほん内科")
    return world
