"""The papers of a visit with long names, rare characters and many papers: nothing lost, nothing
cut, nothing beyond the page."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pypdfium2
import pytest

from facility_app.i18n import LANGUAGES, Words
from facility_app.reports.eligibility_declaration import Declaration, eligibility_declaration
from facility_app.reports.emergency_sheet import EmergencySheet, Relative, emergency_sheet
from facility_app.reports.escort_card import MOST_WAYS, EscortCard, escort_cards
from facility_app.reports.fonts import GlyphMissing
from facility_app.reports.visit_sheet import SheetStep, VisitSheet, visit_sheet

JA = Words("ja")
NAME = "髙橋﨑葛\U000e0100 グエン・ヴァン・マウ・ホセフィーナ 花乃助左衛門 見本之介"
KANA = "たかはしざきかつら ぐえん ゔぁん まう ほせふぃーな はなのすけざえもん みほんのすけ"
CLINIC = "独立行政法人 みほん国立病院機構 とても長い名前の見本総合医療センター 眼科外来"
GLYPHS = f"医療機関の画面で●と表示されることがあります（髙、﨑）。読みは「{KANA}」です。"
THINGS = [(f"受給者証その{number}", f"紙で持っていく、{number}日まで") for number in range(1, 25)]
STEPS = [
    SheetStep(
        f"方法その{number}",
        "頼めます",
        number % 2 == 0,
        f"「方法{number}で、確認をお願いします。どうぞよろしくお願いします。」",
        [f"わけ{number}です。"] * 3,
        ["薬や健診の情報は伝わりません", "公費の受給者証は別に要ります"],
        f"出典{number}（国の資料、令和8年11月20日に確認）",
    )
    for number in range(1, 10)
]


def sheet(**changed: Any) -> VisitSheet:
    facts: dict[str, Any] = {
        "facility": "特別養護老人ホーム みほんの里",
        "day": "11月20日(金)",
        "name": NAME,
        "kana": KANA,
        "person": "203号室\n昭和21年3月5日生（80歳）",
        "pouch": "A-12　7K3-M9Q",
        "facts": [("受診日時", "11月20日(金) 10:00"), ("行先", CLINIC), ("付添い", NAME)],
        "glyphs": GLYPHS,
        "things": THINGS,
        "steps": STEPS,
        "first": "カードが使えます。",
        "blocked": "使える書類がありません。保険者へ連絡してください。",
        "closed": [f"使えない方法{number}（わけ）" for number in range(1, 6)],
        "warnings": [f"注意{number}です。" for number in range(1, 4)],
        "ratio": "1割",
        "ratio_note": "資格確認書（令和8年8月3日に確認）",
        "calls": [("施設", "000-0000-0001"), (CLINIC, "000-0000-0002")],
    }
    return VisitSheet(**(facts | changed))


def card(**changed: Any) -> EscortCard:
    facts: dict[str, Any] = {
        "tag": "7K3-M9Q",
        "when": "11月20日(金) 10:00",
        "clinic": CLINIC,
        "facts": [("帰る予定", "12:30"), ("負担割合", "1割")],
        "ways": [(step.name, step.say) for step in STEPS],
        "blocked": "",
        "call": ("施設（みほんの里）", "000-0000-0001"),
    }
    return EscortCard(**(facts | changed))


def declaration(**changed: Any) -> Declaration:
    facts: dict[str, Any] = dict.fromkeys(
        ("valid", "kind", "insurer", "employer", "issued", "tenths", "birth", "sex"), ""
    )
    facts |= {
        "facility": "みほんの里",
        "day": "11月20日(金)",
        "name": NAME,
        "kana": KANA,
        "address": "見本県例市見本町一丁目2番3号" * 3,
        "residence": "見本県例市見本町9-9 特別養護老人ホーム みほんの里",
        "phone": "000-0000-0001",
        "glyphs": "医療機関の画面で●と表示されることがあります（髙、﨑）。",
    }
    return Declaration(**(facts | changed))


def ambulance(**changed: Any) -> EmergencySheet:
    facts: dict[str, Any] = {
        "facility": "特別養護老人ホーム みほんの里",
        "address": "見本県例市見本町9-9",
        "phone": "000-0000-0001",
        "day": "11月20日(金)",
        "name": NAME,
        "kana": KANA,
        "person": "昭和21年3月5日生（80歳）",
        "sex": "女",
        "room": "203号室",
        "left_at": "11月20日(金) 02:14",
        "holder": NAME,
        "glyphs": GLYPHS,
        "things": [name for name, _ in THINGS],
        "ways": [step.name for step in STEPS],
        "ratio": "1割",
        "relatives": [Relative(NAME, "成年後見人", f"000-1111-000{n}") for n in range(6)],
    }
    return EmergencySheet(**(facts | changed))


PAPERS = ("visit", "escort", "declaration", "emergency")


@cache
def paper_of(name: str) -> bytes:
    """Each paper at its fullest."""
    return {
        "visit": lambda: visit_sheet(JA, sheet()),
        "escort": lambda: escort_cards(JA, "みほんの里", [card()] * 5),
        "declaration": lambda: eligibility_declaration(JA, declaration()),
        "emergency": lambda: emergency_sheet(JA, ambulance()),
    }[name]()


def pages(pdf: bytes) -> list[str]:
    found = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    return [re.sub(r"\s+", "", text) for text in found]


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_stands_beyond_the_page(paper: str) -> None:
    for page in pypdfium2.PdfDocument(paper_of(paper)):
        width, height = page.get_size()
        text = page.get_textpage()
        for number in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(number)
            assert left >= 10
            assert right <= width - 10
            assert 15 <= bottom <= top <= height - 10


def test_a_visit_s_sheet_loses_nothing() -> None:
    text = "".join(pages(paper_of("visit")))
    spoken = [each for step in STEPS for each in (step.name, step.say, step.source, *step.notes)]
    things = [each for thing in THINGS for each in thing]
    for each in (KANA, CLINIC, GLYPHS, *spoken, *things, "使えない方法5", "注意3", "000-0000-0002"):
        assert re.sub(r"\s+", "", each) in text, each


def test_what_the_desk_asks_for_stands_before_what_explains_it() -> None:
    first = pages(visit_sheet(JA, sheet(things=THINGS[:4], warnings=[], blocked="", glyphs="")))[0]
    for each in ("受給者証その4", "1割", "000-0000-0001", "方法その1", "方法その2"):
        assert each in first


def test_an_escort_card_keeps_to_its_quarter_and_shows_the_first_ways() -> None:
    first, second = pages(paper_of("escort"))
    assert first.count("7K3-M9Q") == 4
    assert second.count("7K3-M9Q") == 1
    assert "方法その1" in second
    assert f"方法その{MOST_WAYS + 1}" not in second
    assert second.index("方法その1") < second.index("方法その2")


def test_a_declaration_is_one_page_and_refuses_a_box_that_is_not_there() -> None:
    assert len(pages(paper_of("declaration"))) == 1
    with pytest.raises(ValueError, match="livelihood"):
        eligibility_declaration(JA, declaration(kind="livelihood"))


def test_telephones_stand_on_the_first_page_of_an_ambulance_s_sheet() -> None:
    first = pages(paper_of("emergency"))[0]
    assert all(f"000-1111-000{number}" in first for number in range(6))
    assert "000-0000-0001" in first


@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_facts_are_a_paper_too(language: str) -> None:
    words = Words(language)
    nothing: dict[str, Any] = {"kana": "", "person": "", "pouch": "", "glyphs": "", "blocked": ""}
    nothing |= {"facts": [], "things": [], "steps": [], "first": "", "closed": [], "warnings": []}
    assert pages(visit_sheet(words, sheet(**nothing, calls=[], ratio_note="")))
    assert pages(emergency_sheet(words, ambulance(relatives=[], things=[], ways=[], kana="")))


def test_a_name_that_no_font_has_stops_every_paper() -> None:
    for make in (
        lambda: visit_sheet(JA, sheet(name="見本\U0001f338")),
        lambda: eligibility_declaration(JA, declaration(name="見本\U0001f338")),
        lambda: emergency_sheet(JA, ambulance(name="見本\U0001f338")),
        lambda: escort_cards(JA, "", [card(clinic="\U0001f338")]),
    ):
        with pytest.raises(GlyphMissing):
            make()
