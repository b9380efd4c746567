"""Letters of appointment, certificates, house rules and letters of authority."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.config import DataFolder
from facility_app.db.models import IntentRow, ResidentRow
from facility_app.domain.access import NotPermitted
from facility_app.i18n import LANGUAGES, Words
from facility_app.keystore import DerivedKeys
from facility_app.reports.fonts import GlyphMissing
from facility_app.secret import Secret
from facility_app.services.office import Office
from facility_app.services.paper_acts import PaperMade
from facility_app.services.register_papers import (
    NoSuchPaper,
    appointment_paper,
    certificate_paper,
    rules_paper,
)
from facility_app.services.registers import MarkEntry, OpenEntry, mark_entry, open_entry
from facility_app.services.renewal_papers import (
    NothingToAuthorise,
    RenewalAct,
    renewal_authority,
)
from facility_app.services.rule_data import rules
from facility_app.services.settings import Facility, name_facility
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build

JA = Words("ja")
TODAY = date(2026, 11, 20)


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    desk = build(engine, work, clock)
    facility = Facility("みほん苑", "見本県見本市1-2-3", "000-0000-0000", 9)
    desk.do("manager", name_facility, facility)
    return desk


@pytest.fixture
def office(work: Work, tmp_path: Path) -> Office:
    return Office(work, DataFolder(tmp_path / "data"), DerivedKeys(Secret(bytes(32))))


def text(paper: PaperMade) -> str:
    pdf = pypdfium2.PdfDocument(paper.content)
    return "".join(re.sub(r"\s+", "", page.get_textpage().get_text_bounded()) for page in pdf)


def flat(words: str) -> str:
    return re.sub(r"\s+", "", words)


def appointed(desk: DeskWorld, **more: str) -> int:
    facts = {"role": "custodian", "scope": "1階・2階", **more}
    cmd = OpenEntry("appointment", TODAY, facts, staff_id=desk.id_of("second"))
    return desk.do("manager", open_entry, cmd)


def trained(desk: DeskWorld, *marks: str) -> int:
    facts = {"title": "カードの扱いと個人情報", "teacher": "架空 誠", "contents": "預かりの流れ"}
    made = desk.do("manager", open_entry, OpenEntry("training", TODAY, facts))
    for mark in marks:
        desk.do("manager", mark_entry, MarkEntry(made, mark, desk.id_of("second")))
    return made


def ruled(desk: DeskWorld) -> int:
    template = rules().registers["house-rules"].template
    assert template is not None
    facts = {"title": "カード等管理規程", "version": "1", "text": template.ja}
    return desk.do("manager", open_entry, OpenEntry("house-rules", TODAY, facts))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_of_appointment(office: Office, desk: DeskWorld, language: str) -> None:
    words = Words(language)
    made = appointed(desk, until="2028-03-31")
    found = text(appointment_paper(office, desk.staff["manager"], words, made))
    for said in (
        "控直子",
        "架空誠",
        "みほん苑",
        "1階・2階",
        flat(words.day(date(2028, 3, 31))),
        flat(words("register-paper-secrecy")),
    ):
        assert said in found, said
    assert desk.actions()[-2:] == ["register.printed", "register.printed"]
    assert desk.rows(IntentRow) == []


def test_an_appointment_without_an_end(office: Office, desk: DeskWorld) -> None:
    found = text(appointment_paper(office, desk.staff["manager"], JA, appointed(desk)))
    assert "別に定める日まで" in found


@pytest.mark.parametrize(
    ("marks", "sentence"),
    [
        (("attended",), "register-paper-attended"),
        (("attended", "passed"), "register-paper-passed"),
    ],
)
def test_a_certificate_says_what_was_done_and_no_more(
    office: Office, desk: DeskWorld, marks: tuple[str, ...], sentence: str
) -> None:
    made = trained(desk, *marks)
    manager = desk.staff["manager"]
    paper = certificate_paper(office, manager, JA, made, desk.id_of("second"))
    found = text(paper)
    assert len(pypdfium2.PdfDocument(paper.content)) == 1
    assert flat(JA(sentence)) in found
    assert "控直子殿" in found
    assert "カードの扱いと個人情報" in found


def test_no_certificate_for_who_was_not_there(office: Office, desk: DeskWorld) -> None:
    made = trained(desk, "attended")
    with pytest.raises(NoSuchPaper):
        certificate_paper(office, desk.staff["manager"], JA, made, desk.id_of("custodian"))
    with pytest.raises(NoSuchPaper):
        appointment_paper(office, desk.staff["manager"], JA, made)


def test_the_rules_with_who_read_them(office: Office, desk: DeskWorld) -> None:
    made = ruled(desk)
    desk.do("custodian", mark_entry, MarkEntry(made, "read"))
    found = text(rules_paper(office, desk.staff["manager"], JA, made))
    assert "第15条（守秘）" in found
    assert flat("例田みつ子 令和8年11月20日 10:00") in found
    assert flat("まだ確認していない職員: 架空 誠、控 直子、仮屋 健、監査 薫") in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_of_authority_names_what_may_be_done_and_no_pin(
    office: Office, desk: DeskWorld, language: str
) -> None:
    words = Words(language)
    hanako = desk.residents["hanako"]
    acts = {RenewalAct.CERTIFICATE, RenewalAct.RECEIVE}
    paper = renewal_authority(office, desk.staff["custodian"], words, hanako, acts)
    found = text(paper)
    for act in RenewalAct:
        assert flat(words.term(act)) in found
    assert "見本花子" in found
    assert flat(words("lost-authority-no-pin")) in found
    assert len(pypdfium2.PdfDocument(paper.content)) == 1
    every = renewal_authority(office, desk.staff["custodian"], words, hanako, RenewalAct)
    assert every.content != paper.content
    with pytest.raises(NothingToAuthorise):
        renewal_authority(office, desk.staff["custodian"], words, hanako, ())


def test_who_prints_them(office: Office, desk: DeskWorld) -> None:
    made = appointed(desk)
    for who in ("custodian", "auditor"):
        with pytest.raises(NotPermitted):
            appointment_paper(office, desk.staff[who], JA, made)
    hanako = desk.residents["hanako"]
    with pytest.raises(NotPermitted):
        renewal_authority(office, desk.staff["auditor"], JA, hanako, RenewalAct)


def test_a_name_that_cannot_be_printed_is_told_and_the_act_is_concluded(
    office: Office, desk: DeskWorld
) -> None:
    row = desk.one(ResidentRow, ResidentRow.id == desk.residents["hanako"])
    desk.add_change(row, name="見本\U000e0fff")
    with pytest.raises(GlyphMissing):
        renewal_authority(office, desk.staff["custodian"], JA, row.id, RenewalAct)
    assert desk.rows(IntentRow) == []
