"""A facility with a day of visits: five residents who are accepted in five ways, two clinics."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from facility_app.db.models import (
    ClinicRow,
    HouseCallRow,
    ItemKindRow,
    ItemRow,
    ProxyRow,
    ResidentInsuranceRow,
)
from facility_app.domain.coverage import (
    Answer,
    Coverage,
    HouseCallDevice,
    PinKnownBy,
    VisualMode,
)
from facility_app.domain.items import FaceAuthentication
from facility_app.domain.people import ProxyKind
from facility_app.rules import Rules
from facility_app.services.insurance_facts import NOTHING_KNOWN, InsuranceFacts
from tests.desk_world import DeskWorld, add_resident, item_row, visit_row

PEOPLE = (
    ("ichiro", ("髙﨑 一郎", "たかさき いちろう", "105"), ("B", 1)),
    ("yuki", ("渡邉 ゆき", "わたなべ ゆき", "208"), ("B", 2)),
    ("kiyo", ("試田 キヨ", "しだ きよ", "110"), ("B", 3)),
    ("ume", ("例示 ウメ", "れいじ うめ", "301"), ("B", 4)),
)
GOOD = {
    "card_expires_on": date(2031, 12, 8),
    "certificate_expires_on": date(2029, 12, 8),
    "face_authentication": FaceAuthentication.NOT_NOTED,
}
AUGUST = date(2026, 8, 1)


@dataclass
class VisitDay:
    """Ids by a short word."""

    desk: DeskWorld
    clinics: dict[str, int] = field(default_factory=dict)
    visits: dict[str, int] = field(default_factory=dict)

    def visit(self, word: str, person: str, at: datetime, clinic: str, **more: Any) -> int:
        """A visit of two hours to a clinic of the register."""
        row = visit_row(
            self.desk,
            person,
            starts_at=at,
            returns_at=at + timedelta(hours=2),
            clinic_id=self.clinics[clinic],
            destination=self.desk.one(ClinicRow, ClinicRow.id == self.clinics[clinic]).name,
            **more,
        )
        self.visits[word] = row.id
        return row.id

    def facts(self, person: str, **known: Any) -> None:
        """What is known of somebody's insurance."""
        values = {
            name: getattr(NOTHING_KNOWN, name) for name in InsuranceFacts.__dataclass_fields__
        }
        self.desk.add(
            ResidentInsuranceRow(resident_id=self.desk.residents[person], **(values | known))
        )

    def thing(self, person: str, kind: str, **more: Any) -> int:
        """Something in the pouch."""
        row = item_row(self.desk.residents[person], kind, **more)
        self.desk.add(row)
        self.desk.items.setdefault(person, []).append(row.id)
        return row.id


def furnish(desk: DeskWorld) -> VisitDay:
    """Add kinds, clinics, residents with papers, and what is known of them; no visits yet."""
    world = VisitDay(desk)
    known = {row.code for row in desk.rows(ItemKindRow)}
    desk.add(
        *(
            ItemKindRow(
                code=kind.code, name=kind.ja, name_en=kind.en, sort=n, is_card=kind.is_card,
                usual_for=sorted(kind.usual_for), dates=[role.value for role in kind.dates],
            )
            for n, kind in enumerate(Rules().item_kinds, 10)
            if kind.code not in known
        )
    )  # fmt: skip
    card = desk.one(ItemKindRow, ItemKindRow.code == "my-number-card")
    desk.add_change(card, usual_for=["clinic", "home-visit", "renewal"])
    for word, who, where in PEOPLE:
        add_resident(desk, word, who, where, ())
    world.clinics = {
        "inner": _clinic(world, "みほん内科", "03-0000-0101", VisualMode.WORKS),
        "eye": _clinic(world, "例示眼科クリニック", "03-0000-0102"),
        "comes": _clinic(world, "見本医院", "03-0000-0103", house_calls=True),
    }
    _papers(world)
    return world


def _clinic(
    world: VisitDay,
    name: str,
    phone: str,
    visual: VisualMode = VisualMode.UNKNOWN,
    *,
    house_calls: bool = False,
) -> int:
    row = ClinicRow(
        name=name, kana="", phone=phone, visual_mode=visual, pmh=Answer.UNKNOWN,
        livelihood_ready=Answer.UNKNOWN, phone_ready=Answer.UNKNOWN, house_calls=house_calls,
        notes="",
    )  # fmt: skip
    world.desk.add(row)
    return row.id


def _papers(world: VisitDay) -> None:
    """Hanako ordinary, Ichiro 顔認証カード, Yuki in grace, Kiyo 資格確認書 only, Ume 生活保護."""
    desk = world.desk
    card = desk.one(
        ItemRow,
        ItemRow.resident_id == desk.residents["hanako"],
        ItemRow.kind_code == "my-number-card",
    )
    desk.add_change(card, **GOOD)
    ratio = {"ratio": 1, "ratio_source": "資格確認書", "ratio_as_of": AUGUST}
    world.thing(
        "ichiro", "my-number-card", **(GOOD | {"face_authentication": FaceAuthentication.NOTED})
    )
    world.thing("ichiro", "eligibility-notice", paper_expires_on=date(2027, 7, 31))
    grace = {"certificate_expires_on": date(2026, 10, 15)}
    world.thing("yuki", "my-number-card", **(GOOD | grace))
    world.thing("kiyo", "eligibility-certificate", issued_on=AUGUST,
                paper_expires_on=date(2027, 7, 31), **ratio)  # fmt: skip
    world.thing("ume", "public-assistance", issued_on=date(2026, 11, 1),
                paper_expires_on=date(2026, 11, 30))  # fmt: skip
    wanted = {
        "registered": Answer.YES, "consents_face": Answer.YES, "consents_visual": Answer.YES,
    }  # fmt: skip
    for person in ("hanako", "ichiro", "yuki"):
        world.facts(
            person, coverage=Coverage.KOUKI, pin_known_by=PinKnownBy.NOBODY, **wanted, **ratio
        )
    world.facts("kiyo", coverage=Coverage.KOUKI)
    world.facts("ume", coverage=Coverage.LIVELIHOOD, welfare_office="見本市福祉事務所",
                welfare_phone="03-0000-0199", welfare_told_on=date(2026, 11, 18))  # fmt: skip
    desk.add(
        ProxyRow(
            resident_id=desk.residents["hanako"], kind=ProxyKind.FAMILY, name="見本 太郎",
            phone="03-0000-0111",
        )
    )  # fmt: skip


def day_of_visits(world: VisitDay) -> None:
    """Friday 20 November from 13:00 Japanese time: ready, without escort, a round of three."""
    noon = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
    world.visit("hanako", "hanako", noon + timedelta(minutes=30), "inner",
                first_visit=Answer.NO)  # fmt: skip
    world.visit("kiyo", "kiyo", noon + timedelta(minutes=70), "eye", escort_id=None)
    world.visit("ume", "ume", noon + timedelta(minutes=105), "inner")
    round_row = HouseCallRow(
        clinic_id=world.clinics["comes"],
        starts_at=noon + timedelta(hours=3),
        ends_at=noon + timedelta(hours=4),
        device=HouseCallDevice.APP,
        note="",
    )
    world.desk.add(round_row)
    world.visits["round"] = round_row.id
    for person, first in (("ichiro", Answer.YES), ("yuki", Answer.NO), ("tadashi", Answer.UNKNOWN)):
        world.visit(
            f"round-{person}", person, noon + timedelta(hours=3), "comes",
            purpose_code="home-visit", round_id=round_row.id, first_visit=first,
        )  # fmt: skip
    world.visit("tomorrow", "hanako", noon + timedelta(days=1, hours=-2), "eye")
