"""The papers of a visit: right, recorded before they are drawn, and silent where they must be."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from typing import Any, cast

import pikepdf
import pypdfium2
import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.config import DataFolder
from facility_app.db.models import (
    AuditEntryRow,
    ClinicRow,
    FacilityRow,
    ItemKindRow,
    ItemRow,
    ProxyRow,
    ResidentInsuranceRow,
    ResidentRow,
)
from facility_app.domain.access import Actor, Identified, NotPermitted
from facility_app.domain.coverage import (
    Answer,
    Coverage,
    IncomeClass,
    PinKnownBy,
    PortalScreen,
    VisualMode,
)
from facility_app.domain.items import FaceAuthentication, ItemState
from facility_app.domain.people import ProxyKind, Sex
from facility_app.i18n import LANGUAGES, Words
from facility_app.keystore import DerivedKeys
from facility_app.reports.fonts import GlyphMissing
from facility_app.services.emergency import release_emergency
from facility_app.services.office import Office
from facility_app.services.visit_papers import (
    declaration_paper,
    emergency_sheet_paper,
    escort_card_paper,
    visit_sheet_paper,
)
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build, item_row, visit_row

JA = Words("ja")
CARD = "my-number-card"


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    world = build(engine, work, clock)
    facility = FacilityRow(
        id=1, name="みほんの里", address="見本県例市見本町9-9", phone="000-0000-0001"
    )
    clinic = ClinicRow(
        name="みほん内科",
        phone="000-0000-0002",
        visual_mode=VisualMode.WORKS,
        pmh=Answer.NO,
        livelihood_ready=Answer.UNKNOWN,
        phone_ready=Answer.UNKNOWN,
    )
    kind = ItemKindRow(
        code="severe-disability", name="重度障害者医療費受給者証", usual_for=["clinic"], sort=9
    )
    world.add(facility, clinic, kind)
    hanako = world.one(ResidentRow, ResidentRow.id == world.residents["hanako"])
    world.add_change(hanako, sex=Sex.FEMALE, address="見本県例市見本町一丁目2番3号")
    insure(world)
    card = world.one(ItemRow, ItemRow.id == world.items["hanako"][0])
    world.add_change(
        card,
        card_expires_on=date(2033, 3, 5),
        certificate_expires_on=date(2028, 3, 5),
        face_authentication=FaceAuthentication.NOT_NOTED,
    )
    return world


@pytest.fixture
def office(desk: DeskWorld, tmp_path: Path) -> Office:
    return Office(desk.work, DataFolder(tmp_path), cast(DerivedKeys, None))  # papers need no keys


def insure(desk: DeskWorld, **changed: Any) -> None:
    values: dict[str, Any] = {
        "coverage": Coverage.KOUKI,
        "insurer": "見本県後期高齢者医療広域連合",
        "registered": Answer.YES,
        "wishes_registration": Answer.UNKNOWN,
        "pin_known_by": PinKnownBy.NOBODY,
        "income": IncomeClass.GENERAL,
        "disability_certified": Answer.NO,
        "card_has_photo": Answer.YES,
        "phone_certificates": Answer.NO,
        "phone_needs_pin": Answer.UNKNOWN,
        "portal": PortalScreen.NONE,
        "consents_face": Answer.YES,
        "consents_visual": Answer.YES,
        "ratio": 1,
        "ratio_source": "保険者の電話",
        "ratio_as_of": date(2026, 9, 1),
    }
    person = desk.residents["hanako"]
    desk.add(ResidentInsuranceRow(resident_id=person, **(values | changed)))


def insured(desk: DeskWorld) -> ResidentInsuranceRow:
    return desk.one(ResidentInsuranceRow)


def visit(desk: DeskWorld, **more: Any) -> int:
    clinic = desk.one(ClinicRow)
    return visit_row(desk, clinic_id=clinic.id, first_visit=Answer.NO, **more).id


def text_of(pdf: bytes) -> str:
    found = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    return re.sub(r"\s+", "", "".join(found))


def sheet(desk: DeskWorld, office: Office, visit_id: int | None = None) -> str:
    number = visit(desk) if visit_id is None else visit_id
    return text_of(visit_sheet_paper(office, desk.staff["custodian"], JA, number))


def test_the_sheet_says_what_to_bring_what_to_say_and_whom_to_call(
    desk: DeskWorld, office: Office
) -> None:
    text = sheet(desk, office)
    for expected in (
        "見本花子",
        "みほんはなこ",
        "昭和20年3月5日生（81歳）",
        "11月20日(金)13:30",
        "15:30",
        "みほん内科",
        "マイナンバーカード",
        "電子証明書は令和10年3月5日まで",
        "目視確認をお願いします",
        "1割",
        "保険者の電話（令和8年9月1日に確認）",
        "000-0000-0001",
        "000-0000-0002",
        "A-12",
        "国の資料",
    ):
        assert expected in text, expected
    assert text.index("マイナ保険証と顔認証") < text.index("マイナ保険証と目視確認")
    assert "本人も法定代理人も、暗証番号を知りません" in text


def test_an_ordinary_sheet_is_one_page_and_the_same_bytes_again(
    desk: DeskWorld, office: Office
) -> None:
    notice = desk.one(ItemRow, ItemRow.kind_code == "eligibility-notice")
    desk.add_change(notice, state=ItemState.RETURNED)
    number = visit(desk)
    first = visit_sheet_paper(office, desk.staff["custodian"], JA, number)
    assert len(pypdfium2.PdfDocument(first)) == 1
    assert visit_sheet_paper(office, desk.staff["custodian"], JA, number) == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paper_is_there_in_every_language(
    desk: DeskWorld, office: Office, language: str
) -> None:
    words, who, number = Words(language), desk.staff["custodian"], visit(desk)
    loan = desk.do("custodian", release_emergency, desk.residents["hanako"]).loan_id
    for pdf in (
        visit_sheet_paper(office, who, words, number),
        escort_card_paper(office, who, words, [number]),
        declaration_paper(office, who, words, desk.residents["hanako"]),
        emergency_sheet_paper(office, who, words, loan),
    ):
        assert pdf.startswith(b"%PDF")
        assert "見本" in text_of(pdf) or "みほん" in text_of(pdf)


def test_characters_that_may_become_a_dot_are_told_with_the_reading(
    desk: DeskWorld, office: Office
) -> None:
    person = desk.one(ResidentRow, ResidentRow.id == desk.residents["hanako"])
    desk.add_change(person, name="髙橋 葛\U000e0100子", kana="たかはし かつらこ")
    text = sheet(desk, office)
    assert "医療機関の画面で●と表示されることがあります（髙、葛" in text
    assert "たかはしかつらこ" in text


def test_public_funds_go_along_on_paper_and_an_ended_one_is_told(
    desk: DeskWorld, office: Office
) -> None:
    person = desk.residents["hanako"]
    desk.add(item_row(person, "severe-disability", paper_expires_on=date(2026, 6, 30)))
    text = sheet(desk, office)
    assert "紙で持っていく、令和8年6月30日まで" in text
    assert "重度障害者医療費受給者証の期限は令和8年6月30日に切れました" in text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"ratio_as_of": date(2026, 7, 31), "income": IncomeClass.UNKNOWN},
            "8月1日の切り替えより前に確かめた割合です",
        ),
        ({"ratio": 3}, "ない割合です"),
        ({"ratio": None, "ratio_source": "", "ratio_as_of": None}, "台帳にありません"),
        ({"coverage": Coverage.LIVELIHOOD}, "負担はありません（医療扶助）"),
    ],
)
def test_a_ratio_is_questioned_and_never_decided(
    desk: DeskWorld, office: Office, changed: dict[str, Any], said: str
) -> None:
    desk.add_change(insured(desk), **changed)
    assert said in sheet(desk, office)


def test_without_anything_that_works_the_sheet_says_whom_to_ask(
    desk: DeskWorld, office: Office
) -> None:
    card = desk.one(ItemRow, ItemRow.id == desk.items["hanako"][0])
    desk.add_change(card, card_expires_on=date(2026, 3, 5))
    assert "使える書類がありません。保険者へ連絡してください" in sheet(desk, office)
    assert "受け付けてもらえる約束はありません" in sheet(desk, office)


def test_without_a_birth_date_nothing_is_put_in_order(desk: DeskWorld, office: Office) -> None:
    person = desk.one(ResidentRow, ResidentRow.id == desk.residents["hanako"])
    desk.add_change(person, birth_date=None)
    text = sheet(desk, office)
    assert "生年月日が台帳にないので" in text
    assert "目視確認をお願いします" not in text


def test_the_escort_card_names_nobody(desk: DeskWorld, office: Office) -> None:
    person = desk.residents["hanako"]
    desk.add(item_row(person, "severe-disability", paper_expires_on=date(2027, 6, 30)))
    text = text_of(escort_card_paper(office, desk.staff["custodian"], JA, [visit(desk)] * 5))
    assert text.count("11月20日(金)13:30") == 5
    assert "1枚（必ず出す）" in text
    assert "000-0000-0001" in text
    for secret in ("見本花子", "花子", "みほんはなこ", "203", "昭和20", "81歳", "重度障害"):
        assert secret not in text, secret


def test_the_declaration_is_filled_in_from_the_register(desk: DeskWorld, office: Office) -> None:
    desk.add(
        ItemKindRow(code="eligibility-certificate", name="資格確認書", has_ratio=True, sort=8),
    )
    desk.add(
        item_row(
            desk.residents["hanako"],
            "eligibility-certificate",
            issued_on=date(2026, 8, 1),
            paper_expires_on=date(2027, 7, 31),
        )
    )
    pdf = declaration_paper(office, desk.staff["custodian"], JA, desk.residents["hanako"])
    text = text_of(pdf)
    for expected in (
        "見本県後期高齢者医療広域連合",
        "ミホンハナコ",
        "見本花子",
        "昭和20年3月5日",
        "見本県例市見本町一丁目2番3号",
        "見本県例市見本町9-9みほんの里",
        "000-0000-0001",
    ):
        assert expected in text, expected
    assert ticks(pdf) == 5  # valid, kind, issued, ratio, sex


def test_nothing_is_ticked_that_nobody_knows(desk: DeskWorld, office: Office) -> None:
    who, person = desk.staff["custodian"], desk.residents["tadashi"]
    pdf = declaration_paper(office, who, JA, person)
    assert ticks(pdf) == 0
    desk.add_change(insured(desk), ratio=3)
    hanako = desk.residents["hanako"]
    assert ticks(declaration_paper(office, who, JA, hanako)) == 3  # an impossible ratio is not


def ticks(pdf: bytes) -> int:
    """How many boxes are ticked: a tick is drawn with a width of its own."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        content = b"".join(page.Contents.read_bytes() for page in opened.pages)
    return content.count(b"1.6 w")


def test_the_ambulance_sheet_has_telephones_in_order_and_no_diagnosis(
    desk: DeskWorld, office: Office
) -> None:
    person = desk.residents["hanako"]
    desk.add(
        ProxyRow(
            resident_id=person, kind=ProxyKind.FAMILY, name="例田 一郎", phone="000-1111-0001"
        ),
        ProxyRow(resident_id=person, kind=ProxyKind.ADULT_GUARDIAN, name="仮屋 守", phone=""),
        ProxyRow(resident_id=person, kind=ProxyKind.CURATOR, name="控 護", phone="000-1111-0002"),
        ProxyRow(
            resident_id=person,
            kind=ProxyKind.FAMILY,
            name="昔 太郎",
            phone="000-1111-0003",
            ended_on=date(2026, 1, 1),
        ),
    )
    desk.add_change(
        desk.one(ResidentRow, ResidentRow.id == person), notes="のうこうそくの既往がある"
    )
    released = desk.do("custodian", release_emergency, person)
    pdf = emergency_sheet_paper(office, desk.staff["custodian"], JA, released.loan_id)
    text = text_of(pdf)
    assert text.index("控護") < text.index("例田一郎") < text.index("仮屋守")
    assert "昔太郎" not in text
    assert "000-1111-0001" in text
    assert "電話番号なし" in text
    assert "救急隊にカードを見せる" in text
    assert "介護保険証" in text
    assert "既往" not in text
    assert len(pypdfium2.PdfDocument(pdf)) == 1


def test_the_locked_screen_may_print_for_the_ambulance_and_nothing_else(
    desk: DeskWorld, office: Office
) -> None:
    known = desk.staff["custodian"]
    by_number = Actor(known.staff_id, known.name, Identified.NUMBER, known.grants)
    loan = desk.do("custodian", release_emergency, desk.residents["hanako"]).loan_id
    assert emergency_sheet_paper(office, by_number, JA, loan).startswith(b"%PDF")
    with pytest.raises(NotPermitted):
        visit_sheet_paper(office, by_number, JA, visit(desk))


def test_a_paper_is_announced_and_concluded_in_the_record(desk: DeskWorld, office: Office) -> None:
    number = visit(desk)
    visit_sheet_paper(office, desk.staff["custodian"], JA, number)
    assert desk.actions() == ["sheet.printed"] * 2
    person = desk.one(ResidentRow, ResidentRow.id == desk.residents["hanako"])
    desk.add_change(person, name="見本 \U0001f338")
    with pytest.raises(GlyphMissing):
        visit_sheet_paper(office, desk.staff["custodian"], JA, number)
    assert desk.actions() == ["sheet.printed"] * 4
    last = max(desk.rows(AuditEntryRow), key=lambda row: row.seq)
    assert "failed" in str(last.canonical)


def test_whoever_may_not_see_the_desk_prints_nothing(desk: DeskWorld, office: Office) -> None:
    number = visit(desk)
    stranger = Actor(desk.id_of("escort"), "仮屋 健", Identified.PASSWORD, ())
    with pytest.raises(NotPermitted):
        visit_sheet_paper(office, stranger, JA, number)
    with pytest.raises(NotPermitted):
        declaration_paper(office, stranger, JA, desk.residents["hanako"])
    with pytest.raises(ValueError, match="no visits"):
        escort_card_paper(office, stranger, JA, [])
