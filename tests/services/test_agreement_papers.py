"""The agreement and the receipt: two copies, each thing named, what was chosen, and recorded."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.config import DataFolder
from facility_app.db.models import IntentRow, ItemRow
from facility_app.domain.access import NotPermitted
from facility_app.domain.agreements import Capacity, WillConfirmed
from facility_app.domain.items import FaceAuthentication, ItemState
from facility_app.domain.people import ProofKind, ProxyKind
from facility_app.i18n import LANGUAGES, Words
from facility_app.keystore import DerivedKeys
from facility_app.reports.fonts import GlyphMissing
from facility_app.secret import Secret
from facility_app.services.agreement_papers import (
    NothingToAgreeOn,
    NotTheirAgreement,
    agreement_paper,
    receipt_paper,
)
from facility_app.services.agreements import MakeAgreement, make_agreement
from facility_app.services.hand_back import HandBack, HandBackReason, hand_back
from facility_app.services.office import Office
from facility_app.services.paper_acts import PaperMade
from facility_app.services.proxies import AddProxy, ProxyForm, add_proxy
from facility_app.services.settings import Facility, name_facility
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build, item_row

JA = Words("ja")


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    desk = build(engine, work, clock)
    facility = Facility("みほん苑", "見本県見本市1-2-3", "000-0000-0000", 9)
    desk.do("manager", name_facility, facility)
    card = desk.one(ItemRow, ItemRow.id == desk.items["hanako"][0])
    desk.add_change(
        card,
        card_expires_on=date(2031, 3, 5),
        certificate_expires_on=date(2027, 3, 5),
        face_authentication=FaceAuthentication.NOTED,
    )
    return desk


@pytest.fixture
def office(work: Work, tmp_path: Path) -> Office:
    return Office(work, DataFolder(tmp_path / "data"), DerivedKeys(Secret(bytes(32))))


def pages(paper: PaperMade) -> list[str]:
    pdf = pypdfium2.PdfDocument(paper.content)
    return [re.sub(r"\s+", "", page.get_textpage().get_text_bounded()) for page in pdf]


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def made(
    office: Office, desk: DeskWorld, agreement_id: int | None = None, words: Words = JA
) -> PaperMade:
    hanako = desk.residents["hanako"]
    return agreement_paper(office, desk.staff["custodian"], words, hanako, agreement_id)


def agreed_by_guardian(desk: DeskWorld, **more: object) -> int:
    form = ProxyForm(
        ProxyKind.ADULT_GUARDIAN,
        "例示 守",
        proofs=frozenset({ProofKind.REGISTRATION_CERTIFICATE}),
        proof_seen_on=date(2026, 11, 1),
    )
    proxy = desk.do("custodian", add_proxy, AddProxy(desk.residents["hanako"], form))
    values: dict[str, object] = {
        "resident_id": desk.residents["hanako"],
        "signed_on": date(2026, 11, 20),
        "consented_by": "例示 守",
        "capacity": Capacity.ADULT_GUARDIAN,
        "kinds": frozenset({"my-number-card", "patient-card"}),
        "will": WillConfirmed.SUPPORTED,
        "proxy_id": proxy,
        "witness": "見届 立子",
    }
    cmd = MakeAgreement(**(values | more))  # type: ignore[arg-type]  # fields by name
    return desk.do("custodian", make_agreement, cmd)


def test_two_copies_say_the_same_and_whose_they_are(office: Office, desk: DeskWorld) -> None:
    texts = pages(made(office, desk))
    half = len(texts) // 2
    assert len(texts) == 2 * half
    for mine, theirs in zip(texts[:half], texts[half:], strict=True):
        assert mine != theirs
        assert mine.count("利用者用") == theirs.count("施設控") >= 2
        assert mine.replace("利用者用", "施設控") == theirs.replace("利用者用", "施設控")
    assert f"1/{half}" in texts[0]
    assert f"1/{half}" in texts[half]


def test_each_thing_is_named_so_that_it_cannot_be_taken_for_another(
    office: Office, desk: DeskWorld
) -> None:
    text = "".join(pages(made(office, desk)))
    for kind in ("マイナンバーカード", "資格情報のお知らせ", "診察券", "介護保険証"):
        assert kind in text
    for fact in (
        flat("カードの有効期限 令和13年3月5日"),
        flat("電子証明書の有効期限 令和9年3月5日"),
        flat("「顔認証」の記載あり"),
        "3点",
        "預かる物（4件）",
        "A-12",
        "203",
        flat("昭和20年3月5日"),
    ):
        assert fact in text, fact
    assert "仮名" not in text


def test_it_names_who_answers_for_it_and_where_to_complain(office: Office, desk: DeskWorld) -> None:
    text = "".join(pages(made(office, desk)))
    assert flat("管理責任者は 架空 誠") in text
    assert flat("例田 みつ子、控 直子（発行日の時点で 2 人）") in text
    assert "000-0000-0000" in text
    assert flat("監査 薫") not in text


def test_an_agreement_lists_only_the_kinds_it_covers(office: Office, desk: DeskWorld) -> None:
    text = "".join(pages(made(office, desk, agreed_by_guardian(desk))))
    assert "預かる物（2件）" in text
    assert "介護保険証" not in text
    assert flat("成年後見人 例示 守 確認した書類: 登記事項証明書") in text
    assert flat("見届 立子") in text
    assert flat("支援を受けて確認") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_chosen_is_ticked_and_the_form_leaves_it_open(
    office: Office, desk: DeskWorld, language: str
) -> None:
    """A cross is two lines in a box: the drawings differ by these only."""
    words = Words(language)
    neither = agreed_by_guardian(desk)
    both = agreed_by_guardian(desk, pin_clause=True, emergency_clause=True)
    papers = [made(office, desk, which, words).content for which in (neither, both)]
    assert papers[0] != papers[1]
    form = made(office, desk, None, words)
    assert words("deed-number", number="1")[:4] not in pages(form)[0][:40]


@pytest.mark.parametrize("things", range(1, 16))
def test_a_question_stands_on_the_sheet_of_its_answers(
    office: Office, desk: DeskWorld, things: int
) -> None:
    label = "とても長い説明のついた受給者証（見本県見本市 生活介護・施設入所支援 区分6）"
    tadashi = desk.residents["tadashi"]
    desk.add(*[item_row(tadashi, "care-insurance", label=label) for _ in range(things)])
    paper = agreement_paper(office, desk.staff["custodian"], JA, tadashi)
    texts = pages(paper)
    (question,) = (n for n, text in enumerate(texts[: len(texts) // 2]) if "第5条" in text)
    assert flat(JA("deed-emergency-no")) in texts[question].split("第5条")[1]
    (signed,) = (
        n
        for n, text in enumerate(texts[: len(texts) // 2])
        if flat(JA("deed-agreement-closing")) in text
    )
    assert "施設の責任者（署名）" in texts[signed]


def test_a_long_name_of_the_facility_leaves_room_for_the_number(
    office: Office, desk: DeskWorld
) -> None:
    name = "社会福祉法人見本会 特別養護老人ホーム みほんの里 併設型短期入所生活介護事業所 第二"
    desk.do("manager", name_facility, Facility(name, "", "", 9))
    paper = made(office, desk, agreed_by_guardian(desk))
    page = pypdfium2.PdfDocument(paper.content)[0]
    found = page.get_textpage()
    heads = [found.get_rect(n) for n in range(found.count_rects())]
    top = [rect for rect in heads if rect[1] > page.get_height() - 20 * 72 / 25.4]
    assert len(top) >= 2
    ends = sorted((left, right) for left, _bottom, right, _top in top)
    assert all(one[1] < two[0] for one, two in pairwise(ends))


def test_nothing_in_custody_is_nothing_to_agree_on(office: Office, desk: DeskWorld) -> None:
    for row in desk.rows(ItemRow):
        desk.add_change(row, state=ItemState.RETURNED)
    with pytest.raises(NothingToAgreeOn):
        made(office, desk)
    assert desk.actions()[1:] == []


def test_nobody_elses_agreement(office: Office, desk: DeskWorld) -> None:
    agreement = agreed_by_guardian(desk)
    tadashi = desk.residents["tadashi"]
    with pytest.raises(NotTheirAgreement):
        agreement_paper(office, desk.staff["custodian"], JA, tadashi, agreement)
    with pytest.raises(NotTheirAgreement):
        agreement_paper(office, desk.staff["custodian"], JA, tadashi, 999)


def test_it_is_recorded_before_it_is_drawn_and_how_it_ended(
    office: Office, desk: DeskWorld
) -> None:
    paper = made(office, desk)
    assert desk.actions()[-2:] == ["agreement.printed", "agreement.printed"]
    assert desk.rows(IntentRow) == []
    assert paper.entry == len(desk.actions())
    desk.do("manager", name_facility, Facility("みほん苑\U000e0fff", "", "", 9))
    with pytest.raises(GlyphMissing):
        made(office, desk)
    assert desk.rows(IntentRow) == []


def test_an_auditor_prints_neither(office: Office, desk: DeskWorld) -> None:
    with pytest.raises(NotPermitted):
        agreement_paper(office, desk.staff["auditor"], JA, desk.residents["hanako"])
    with pytest.raises(NotPermitted):
        receipt_paper(office, desk.staff["auditor"], JA, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_receipt_says_who_received_what_and_how_they_were_known(
    office: Office, desk: DeskWorld, language: str
) -> None:
    words = Words(language)
    cmd = HandBack(
        resident_id=desk.residents["hanako"],
        item_ids=tuple(desk.items["hanako"][:2]),
        reason=HandBackReason.DEATH,
        receiver="見本 一郎",
        relation="長男",
        proof_seen="運転免許証",
        note="封筒に入れて渡した",
        witness=desk.witness("second"),
    )
    number = desk.do("custodian", hand_back, cmd)
    texts = pages(receipt_paper(office, desk.staff["custodian"], words, number))
    assert len(texts) == 2
    for text, copy in zip(texts, ("deed-copy-resident", "deed-copy-facility"), strict=True):
        assert flat(words(copy)) in text
        for fact in (
            "見本一郎",
            "長男",
            "運転免許証",
            "封筒に入れて渡した",
            "例田みつ子",
            "控直子",
        ):
            assert fact in text
        assert flat(words.term(HandBackReason.DEATH)) in text
        assert "診察券" not in text
    assert desk.actions()[-2:] == ["receipt.printed", "receipt.printed"]
