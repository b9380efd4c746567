"""The page 紛失対応 on a real store: the issue's cases played through the window, by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.cards.check import Level
from facility_app.cards.chip import CardKind, Certificate
from facility_app.config import resources
from facility_app.db.models import (
    AuditEntryRow,
    CardCheckRow,
    ItemKindRow,
    ItemRow,
    LeakAssessmentRow,
    LostCaseRow,
    LostItemRow,
    LostStepRow,
)
from facility_app.domain.incidents import Evidence, LostCaseState, LostWhere, Opens, Stolen
from facility_app.domain.items import ItemState
from facility_app.domain.leak import LeakAnswer, LeakDecision
from facility_app.rules.keeper import LostBookKeeper
from facility_app.services import lost_book
from facility_app.services.lost_cases import LostThing
from facility_app.services.lost_close import close_case
from facility_app.services.lost_views import LostCaseView
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.dialogs.choose_resident import ChooseResidentDialog
from facility_app.ui.dialogs.lost_draft import DraftDialog
from facility_app.ui.dialogs.lost_leak import LeakDialog
from facility_app.ui.dialogs.lost_papers import BlankDialog, PapersDialog
from facility_app.ui.dialogs.lost_report import ReportDialog
from facility_app.ui.pages.lost import LostPage
from facility_app.ui.pages.lost_drill import DrillPage
from facility_app.ui.theme import Theme
from facility_app.ui.widgets.dialog import Dialog
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, add_resident, build, item_row
from tests.lost_world import BOOK, card_of, do, opened, steps, waiting, waive_all
from tests.stocktake_world import Cabinet
from tests.ui.desk_office import DeskWindow
from tests.ui.keys import press
from tests.ui.lost_office import Answers, LostOffice, furnish
from tests.ui.test_accessible import wait_until_clean

PAGES = ("today", "desk", "residents", "cards", "lost", "lost-drill", "stocktake")
ENTER = Qt.Key.Key_Return
WAIT_MS = 10_000
OWN = (Opens.LEAK, Opens.REISSUE, Opens.PUT_BACK, Opens.MEASURES)


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return furnish(build(engine, work, clock))


@pytest.fixture
def window(qtbot: QtBot, desk: DeskWorld, theme: Theme, tmp_path: Path) -> Iterator[DeskWindow]:
    office = LostOffice(desk, tmp_path)
    made = DeskWindow(desk, theme, who="manager", pages=PAGES, office=office)
    made.window.resize(1366, 768)
    qtbot.addWidget(made.window)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.close()
    assert made.problems == []


class Hands:
    """Somebody at the keyboard."""

    def __init__(self, qtbot: QtBot, window: DeskWindow) -> None:
        self.qtbot, self.window = qtbot, window

    def idle(self) -> None:
        self.qtbot.waitUntil(lambda: self.window.lane.working == 0, timeout=WAIT_MS)

    def page(self, **args: object) -> LostPage:
        assert self.window.ctx.navigate("lost", **args)
        self.idle()
        page = self.window.window.pages["lost"]
        assert isinstance(page, LostPage)
        return page

    def key(self, key: Qt.Key, widget: QWidget | None = None) -> None:
        target = widget or self.window.window.focusWidget()
        assert target is not None
        self.qtbot.keyClick(target, key)
        self.idle()

    def write_text(self, text: str) -> None:
        widget: Any = self.window.window.focusWidget()
        widget.clear()
        press(widget, text)

    def dialog(self, kind: type[Dialog]) -> Any:
        def shown() -> list[Dialog]:
            host = self.window.window.host()
            return [each for each in host.findChildren(kind) if each.isVisible()]

        self.qtbot.waitUntil(lambda: len(shown()) == 1, timeout=WAIT_MS)
        return shown()[0]

    def gone(self, dialog: Dialog) -> None:
        self.idle()
        if isValid(dialog):
            problem = getattr(dialog, "problem", dialog).accessibleName()
            assert not dialog.isVisible(), problem

    def step(self, page: LostPage) -> str:
        step = page.step()
        return "" if step is None else step.code

    def write(self, page: LostPage) -> None:
        """Fill in everything that the step asks for, as somebody would."""
        said = {
            Evidence.SPOKE_TO: "窓口 見本", Evidence.RECEIPT: "第508号", Evidence.COUNT: "2",
            Evidence.OFFICE: "みほん警察署", Evidence.NOTE: "つぎの受診は申立書で受けられる",
        }  # fmt: skip
        pane = page.case.step
        for fields in (pane.fields, pane.more):
            for field, widget in ({} if fields is None else fields.fields).items():
                if field in said and (pane.text is None or field in pane.text.asked):
                    edit: Any = widget
                    edit.setText(said[field])
                elif field is Evidence.PLACES:
                    ticks: Any = widget
                    ticks.tick(("pouch", "car"))
                elif field is Evidence.WAY:
                    ways: Any = widget
                    ways.choose("express")

    def do(self, page: LostPage, code: str) -> None:
        """Choose a step, fill it in, press Enter."""
        step = next(each for each in page.shown.case.steps if each.code == code and each.waits)
        page.case.buttons[int(step.id)].click()
        self.write(page)
        self.key(ENTER, page.case.step.main)
        assert page.banner.isVisible(), code

    def own(self, page: LostPage, code: str, kind: type[Dialog] = ActDialog) -> Any:
        """Choose a step that has a dialog of its own, and press Enter."""
        step = next(each for each in page.shown.case.steps if each.code == code and each.waits)
        page.case.buttons[int(step.id)].click()
        self.key(ENTER, page.case.step.main)
        return self.dialog(kind)


@pytest.fixture
def hands(qtbot: QtBot, window: DeskWindow) -> Hands:
    return Hands(qtbot, window)


def item(desk: DeskWorld, item_id: int) -> ItemRow:
    return desk.one(ItemRow, ItemRow.id == item_id)


def settle_leak(hands: Hands, page: LostPage, decision: LeakDecision) -> None:
    leak = hands.own(page, "leak", LeakDialog)
    leak.decision.choose(decision.value)
    leak.consulted.setPlainText("相談ダイヤル 11時 答え: 事情による")
    leak.decided.setText("架空 誠")
    hands.key(ENTER, leak.main)
    hands.gone(leak)


def shown_case(page: LostPage) -> LostCaseView:
    assert page.shown is not None
    assert page.shown.case is not None
    return page.shown.case


def explain(hands: Hands, page: LostPage) -> None:
    measures = hands.own(page, "cause")
    measures.cause.setPlainText("受け取りを声に出して数えなかった")
    measures.measures.setPlainText("受付で点数を読み上げる")
    hands.key(ENTER, measures.main)
    hands.gone(measures)


def test_a_card_lost_outside_from_the_first_key_to_the_last_review(
    hands: Hands, window: DeskWindow, desk: DeskWorld, qtbot: QtBot
) -> None:
    card = desk.items["hanako"][0]
    desk.signed_out(item_ids=(card,))
    hands.page()
    hands.key(Qt.Key.Key_F7)
    choose = hands.dialog(ChooseResidentDialog)
    qtbot.keyClicks(choose.field, "203")
    hands.key(ENTER, choose.field)
    report = hands.dialog(ReportDialog)
    qtbot.waitUntil(lambda: len(report.rows) == 4)
    first = report.rows[card]
    qtbot.waitUntil(first.hasFocus)
    assert "持出し" in first.note
    assert not report.main.isEnabled(), "nothing is ticked"
    hands.key(Qt.Key.Key_Space)
    report.where.choose("outside")
    report.stolen.choose("no")
    assert "持出し" in report.seen.toPlainText(), "last seen comes from the log"
    hands.key(ENTER, report.main)
    hands.gone(report)
    page: Any = window.window.pages["lost"]
    qtbot.waitUntil(lambda: page.shown.case is not None)
    case = desk.one(LostCaseRow)
    assert (case.happened, case.stolen) == (LostWhere.OUTSIDE, Stolen.NO)
    assert item(desk, card).state is ItemState.LOST
    phone = page.case.step.text.phone
    assert (phone.number, phone.keys) == ("0120-95-0178", "2")
    assert "見本 花子" in page.case.step.text.say
    qtbot.waitUntil(page.case.step.fields.fields[Evidence.SPOKE_TO].hasFocus)
    hands.write_text("窓口 見本")
    hands.key(Qt.Key.Key_Tab)
    hands.write_text("なし")
    hands.key(ENTER)
    assert hands.step(page) == "search"
    desk.forward(minutes=9)
    page._tick()
    assert page.case.band.clock.text() == "9分"
    for code in ("search", "manager", "police", "tell-person", "insurer", "clinic-meanwhile",
                 "authority-report"):  # fmt: skip
        hands.do(page, code)
    settle_leak(hands, page, LeakDecision.NO_REPORT)
    hands.do(page, "card-cancel")
    hands.do(page, "card-reissue")
    assert item(desk, card).state is ItemState.DISPOSED
    desk.forward(days=7)
    hands.page()
    new = hands.own(page, "receive-new")
    assert new.kind.value() == "my-number-card"
    hands.key(ENTER, new.main)
    hands.gone(new)
    explain(hands, page)
    assert page.case.big.current is page.case.end
    close = page.case.end.main
    qtbot.waitUntil(close.hasFocus)
    hands.key(ENTER)
    ending = hands.dialog(ActDialog)
    hands.key(ENTER, ending.main)
    hands.gone(ending)
    assert desk.one(LostCaseRow).state is LostCaseState.CLOSED
    desk.forward(days=30)
    page = hands.page(case=case.id)
    assert "1回目" in page.case.end.main.text()
    hands.key(ENTER, page.case.end.main)
    review = hands.dialog(ActDialog)
    review.told.setPlainText("守られている")
    hands.key(ENTER, review.main)
    hands.gone(review)
    assert desk.actions()[-1] == "lost.reviewed"


def test_found_after_the_stop_and_back_only_with_a_check(
    hands: Hands, window: DeskWindow, desk: DeskWorld
) -> None:
    case_id = opened(desk, card_of(desk))
    page = hands.page()
    hands.do(page, "card-stop")
    hands.key(Qt.Key.Key_F9)
    found = hands.dialog(ActDialog)
    assert not found.main.isEnabled()
    found.by.setText("仮屋 健")
    found.where.setText("送迎車の座席の下")
    found.hand.choose(LeakAnswer.NO.value)
    assert "点検" in found.follows.title.text()
    hands.key(ENTER, found.main)
    hands.gone(found)
    assert not page.case.band.found.isVisible()
    assert {"put-back", "card-resume"} <= set(waiting(desk, case_id))
    back = hands.own(page, "put-back")
    hands.key(ENTER, back.main)
    assert "点検されていません" in back.problem.accessibleName()
    card = desk.items["hanako"][0]
    assert item(desk, card).state is ItemState.LOST
    desk.forward(minutes=2)
    desk.add(
        CardCheckRow(
            at=desk.clock(), by=desk.id_of("manager"), resident_id=desk.residents["hanako"],
            item_id=card, visit_on=date(2026, 11, 20), kind=CardKind.MY_NUMBER_CARD,
            certificate=Certificate.READ, level=Level.OK, findings=[], seq=1,
        )
    )  # fmt: skip
    hands.key(ENTER, back.main)
    hands.gone(back)
    assert item(desk, card).state is ItemState.IN_SAFE


def test_a_lost_eligibility_certificate_asks_the_insurer(hands: Hands, desk: DeskWorld) -> None:
    row = item_row(desk.residents["hanako"], "eligibility-certificate")
    desk.add(
        ItemKindRow(code="eligibility-certificate", name="資格確認書", dates=["paper-expires"])
    )
    desk.add(row)
    opened(desk, LostThing(item_id=row.id), happened=LostWhere.INSIDE)
    page = hands.page()
    codes = [step.code for step in page.shown.case.steps]
    assert "card-stop" not in codes
    insurer = next(step for step in page.shown.case.steps if step.code == "insurer")
    page.choose_step(int(insurer.id))
    text = page.case.step.text
    assert text is not None
    assert text.phone is not None
    assert text.phone.number == ""
    assert text.phone.find
    assert any("手数料" in line and "出典" in line for line in text.details)
    hands.do(page, "insurer")
    hands.do(page, "clinic-meanwhile")


def test_three_pouches_missing_at_the_stocktake(
    hands: Hands, window: DeskWindow, desk: DeskWorld, qtbot: QtBot
) -> None:
    add_resident(
        desk, "ichiro", ("架空 一郎", "かくう いちろう", "305"), ("A", 7),
        (("my-number-card", 1),),
    )  # fmt: skip
    cabinet = Cabinet(desk)
    cabinet.lies.clear()
    cabinet.counted()
    stocktake: Any = window.page("stocktake")
    hands.idle()
    stocktake.home.buttons["A"].click()
    qtbot.waitUntil(lambda: stocktake.outcome.lost.isVisible(), timeout=WAIT_MS)
    hands.key(ENTER, stocktake.outcome.lost)
    report = hands.dialog(ReportDialog)
    assert len(report.ticked()) == 6, "all that neither count saw"
    assert {each.resident.name for each in report.things} == {"見本 花子", "仮名 正", "架空 一郎"}
    report.where.choose("inside")
    hands.key(ENTER, report.main)
    hands.gone(report)
    case = desk.one(LostCaseRow)
    assert len(desk.rows(LostItemRow)) == 6
    assert waiting(desk, case.id).count("tell-person") == 3
    page: Any = window.window.pages["lost"]
    qtbot.waitUntil(lambda: page.shown.case is not None)
    assert "ほか 2人" in page.case.band.what.text()
    beside = [line.beside for line in page.case.buttons.values()]
    assert any("架空 一郎" in each for each in beside)
    hands.key(Qt.Key.Key_F9)
    found = hands.dialog(ActDialog)
    assert found.which.button(next(iter(found.items))).hasFocus()


def test_a_theft_leads_to_a_report_of_the_leak(
    hands: Hands, window: DeskWindow, desk: DeskWorld
) -> None:
    case_id = opened(desk, card_of(desk), stolen=Stolen.YES)
    page = hands.page()
    leak = hands.own(page, "leak", LeakDialog)
    assert "要確認" in leak.verdict.title.text()
    assert "03-6457-9849" in leak.verdict.text.text()
    for code in ("sensitive", "property", "many"):
        leak.answers[code].choose(LeakAnswer.NO.value)
    leak.answers["wrongful"].choose(LeakAnswer.YES.value)
    assert "要確認" in leak.verdict.title.text(), "never a verdict"
    leak.decision.choose(LeakDecision.REPORT.value)
    hands.key(ENTER, leak.main)
    assert "だれに問い合わせ" in leak.problem.accessibleName()
    assert desk.rows(LeakAssessmentRow) == []
    leak.consulted.setPlainText("相談ダイヤル 15時")
    leak.decided.setText("架空 誠")
    hands.key(ENTER, leak.main)
    hands.gone(leak)
    assert {"leak-first-report", "leak-tell", "leak-final-report"} <= set(waiting(desk, case_id))
    final = next(step for step in page.shown.case.steps if step.code == "leak-final-report")
    line = page.case.buttons[int(final.id)]
    assert "1月18日" in line.side, "sixty days, and the open day before"
    hands.do(page, "leak-first-report")


def test_nothing_is_skipped_silently(hands: Hands, window: DeskWindow, desk: DeskWorld) -> None:
    opened(desk, card_of(desk))
    page = hands.page()
    pane = page.case.step
    hands.key(ENTER, pane.main)
    assert pane.lacking.isVisible()
    assert pane.fields.labels[Evidence.SPOKE_TO].problem
    assert pane.fields.fields[Evidence.SPOKE_TO].hasFocus()
    assert desk.actions().count("lost.step_done") == 0
    window.unlock("custodian")
    page = hands.page()
    assert not pane.waive.isVisible(), "only the manager waives"
    window.unlock("manager")
    page = hands.page()
    hands.key(ENTER, pane.waive)
    waive = hands.dialog(ActDialog)
    assert not waive.main.isEnabled()
    waive.reason.setPlainText("本人が持っていたと連絡があった")
    hands.key(ENTER, waive.main)
    hands.gone(waive)
    assert desk.actions()[-1] == "lost.step_waived"
    assert hands.step(page) == "search"


def test_a_slip_is_corrected_and_the_facts_are_made_exact(hands: Hands, desk: DeskWorld) -> None:
    case_id = opened(desk, card_of(desk), happened=LostWhere.INSIDE)
    page = hands.page()
    hands.do(page, "card-stop")
    done = next(step for step in page.shown.case.steps if step.code == "card-stop")
    page.case.buttons[int(done.id)].click()
    assert "第508号" in [
        label.text() for label in page.case.step.findChildren(type(page.case.left))
    ]
    hands.key(ENTER, page.case.step.main)
    receipt: Any = page.case.step.fields.fields[Evidence.RECEIPT]
    assert receipt.text() == "第508号"
    receipt.setText("第580号")
    hands.key(ENTER, page.case.step.main)
    assert desk.actions()[-1] == "lost.step_corrected"
    assert "police" not in [row.code for row in steps(desk, case_id)]
    page.case.change.click()
    change = hands.dialog(ActDialog)
    change.where.choose("outside")
    hands.key(ENTER, change.main)
    hands.gone(change)
    assert "police" in [row.code for row in steps(desk, case_id)]


def test_a_case_waits_on_the_page_of_the_day_until_it_is_closed(
    hands: Hands, window: DeskWindow, desk: DeskWorld, qtbot: QtBot
) -> None:
    case_id = opened(desk, card_of(desk))
    today: Any = window.page("today")
    hands.idle()
    (button,) = [each for each in today.todo.buttons() if "紛失" in each.accessibleName()]
    hands.key(ENTER, button)
    assert window.window.current_key == "lost"
    waive_all(desk, case_id)
    desk.do("manager", close_case, BOOK, case_id)
    today = window.page("today")
    hands.idle()
    qtbot.waitUntil(
        lambda: not any("紛失" in each.accessibleName() for each in today.todo.buttons())
    )
    desk.forward(days=31)
    today.refresh()
    hands.idle()
    assert any("見直し" in each.accessibleName() for each in today.todo.buttons())


def test_an_overdue_pouch_and_a_resident_lead_to_the_report(
    hands: Hands, window: DeskWindow, desk: DeskWorld, qtbot: QtBot
) -> None:
    desk.signed_out()
    desk.forward(hours=5)
    today: Any = window.page("today")
    hands.idle()
    qtbot.waitUntil(lambda: bool(today.out.buttons()))
    hands.key(ENTER, today.out.buttons()[0])
    locate = hands.dialog(ActDialog)
    next(b for b in locate.findChildren(type(locate.main)) if "紛失" in b.text()).click()
    report = hands.dialog(ReportDialog)
    assert len(report.ticked()) == 4, "what is out"
    report.dismiss()
    residents: Any = window.window
    assert residents.navigate("residents", resident=desk.residents["tadashi"])
    hands.idle()
    page = residents.pages["residents"]
    button = next(
        b for b in page.detail.items.findChildren(type(locate.main)) if "紛失" in b.text()
    )
    button.click()
    again = hands.dialog(ReportDialog)
    assert again.ticked() == []
    assert len(again.rows) == 1
    again.dismiss()
    opened(desk, card_of(desk, "tadashi"))
    residents.navigate("residents", resident=desk.residents["tadashi"])
    hands.idle()
    look = next(
        b for b in page.detail.items.findChildren(type(locate.main)) if b.text() == "紛失の対応"
    )
    look.click()
    hands.idle()
    lost: Any = residents.pages["lost"]
    qtbot.waitUntil(lambda: lost.shown is not None and lost.shown.case is not None)


def test_the_texts_of_the_leak_report_are_changed_by_people(hands: Hands, desk: DeskWorld) -> None:
    opened(desk, card_of(desk), stolen=Stolen.YES)
    page = hands.page()
    page.case.papers.click()
    papers = hands.dialog(PapersDialog)
    assert not papers.draft.isVisible()
    papers.which.choose("leak-report")
    papers.draft.click()
    draft = hands.dialog(DraftDialog)
    assert len(draft.areas) == 9
    assert "みほん内科の駐車場" in draft.areas["overview"].toPlainText()
    draft.areas["damage"].setPlainText("いまのところない")
    hands.key(ENTER, draft.main)
    hands.gone(draft)
    assert desk.one(LeakAssessmentRow).draft == {"damage": "いまのところない"}


def test_an_auditor_looks_and_does_nothing(
    hands: Hands, window: DeskWindow, desk: DeskWorld
) -> None:
    opened(desk, card_of(desk))
    window.unlock("auditor")
    page = hands.page()
    pane = page.case.step
    assert not pane.main.isEnabled()
    assert "権限" in pane.main.accessibleDescription()
    for part in (page.case.band.found, page.case.papers, page.case.change, pane.waive):
        assert not part.isVisible()
    page.show_list()
    hands.idle()
    assert not page.home.report.isEnabled()


def test_papers_are_saved_and_a_printer_that_is_not_there_is_told(
    hands: Hands, window: DeskWindow, desk: DeskWorld, tmp_path: Path
) -> None:
    opened(desk, card_of(desk), stolen=Stolen.YES)
    page = hands.page()
    answers: Any = Answers(tmp_path)
    page.acts.paper = answers
    for paper in ("checklist", "report", "leak-report", "notice", "authority"):
        page.case.papers.click()
        dialog = hands.dialog(PapersDialog)
        dialog.which.choose(paper)
        dialog.save.click()
        hands.gone(dialog)
    assert all(each.read_bytes().startswith(b"%PDF") for each in answers.saved)
    assert len(answers.saved) == 5
    page.case.papers.click()
    dialog = hands.dialog(PapersDialog)
    hands.key(ENTER, dialog.main)
    assert "プリンター" in dialog.problem.accessibleName()
    dialog.dismiss()
    page.show_list()
    hands.idle()
    page.home.checklist.click()
    blank = hands.dialog(BlankDialog)
    blank.save.click()
    hands.gone(blank)
    assert answers.saved[-1].name == "checklist-card.pdf"


def test_a_changed_rule_file_counts_at_once_and_a_broken_one_is_told(
    hands: Hands, desk: DeskWorld, tmp_path: Path
) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(resources() / "rules", folder)
    lost_book._keepers[tmp_path] = LostBookKeeper(folder)
    contacts = folder / "contacts.toml"
    sound = contacts.read_text(encoding="utf-8")
    opened(desk, card_of(desk))
    page = hands.page()
    assert not page.damaged.isVisible()
    contacts.write_text(sound.replace("0120-95-0178", "0120-00-0000"), encoding="utf-8")
    page.refresh()
    hands.idle()
    assert page.case.step.text.phone.number == "0120-00-0000"
    contacts.write_text(sound.replace('keys = "2"', "keys = 2"), encoding="utf-8")
    page.refresh()
    hands.idle()
    assert page.damaged.isVisible()
    assert "contacts.toml" in page.damaged.title.text() + page.damaged.text.text()
    assert page.case.step.text.phone.number == "0120-00-0000", "the last sound one holds"


def test_a_drill_leaves_one_entry_and_nothing_else(
    hands: Hands, window: DeskWindow, desk: DeskWorld, qtbot: QtBot
) -> None:
    before = len(desk.rows(AuditEntryRow))
    page = hands.page()
    page.home.drill.click()
    drill = window.window.pages["lost-drill"]
    assert isinstance(drill, DrillPage)
    qtbot.waitUntil(drill.go.hasFocus)
    hands.key(ENTER)
    qtbot.waitUntil(lambda: drill.inner is not None, timeout=WAIT_MS)
    inner: Any = drill.inner
    qtbot.waitUntil(lambda: inner.shown is not None and inner.shown.case is not None)
    hands.idle()
    assert "訓練" in inner.case.band.name.text()
    assert drill.frame.isVisible()
    hands.do(inner, "card-stop")
    inner.scan("anything")
    assert drill.banner.isVisible(), "a drill leads to no other page"
    inner.case.band.found.click()
    found = hands.dialog(ActDialog)
    assert drill.frame.inside.isAncestorOf(found)
    found.dismiss()
    desk.forward(minutes=12)
    drill._tick()
    assert drill.frame.clock.text() == "12:00"
    assert len(desk.rows(AuditEntryRow)) == before
    drill.frame.end.click()
    hands.idle()
    assert desk.actions()[before:] == ["training.drill_held"]
    assert "12分" in drill.banner.text.text()
    assert desk.rows(LostStepRow) == []
    hands.key(ENTER, drill.go)
    qtbot.waitUntil(lambda: drill.drill is not None, timeout=WAIT_MS)
    folder = Path(drill.drill.folder.name)
    window.ctx.session.close()
    hands.idle()
    assert drill.drill is None
    assert not folder.exists(), "a lock leaves nothing behind"
    window.unlock("manager")
    hands.idle()
    assert desk.actions()[before:] == ["training.drill_held"]


def test_the_list_teaches_and_leads_back(hands: Hands, desk: DeskWorld, qtbot: QtBot) -> None:
    page = hands.page()
    assert page.home.isVisible()
    qtbot.waitUntil(page.home.report.hasFocus)
    opened(desk, card_of(desk))
    page = hands.page()
    assert page.case.isVisible(), "the only case is shown at once"
    hands.key(Qt.Key.Key_Escape)
    assert page.home.isVisible()
    qtbot.waitUntil(page.home.buttons[0].hasFocus)
    hands.key(ENTER)
    assert page.case.isVisible()


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_pane_and_dialog_is_named_and_large_enough(
    hands: Hands, window: DeskWindow, desk: DeskWorld, theme: Theme, qtbot: QtBot, zoom: int
) -> None:
    theme.set_zoom(zoom)
    page = hands.page()
    wait_until_clean(qtbot, page, zoom)
    case_id = opened(desk, card_of(desk), LostThing(item_id=desk.items["tadashi"][0]))
    page = hands.page()
    wait_until_clean(qtbot, page, zoom)
    for step in page.shown.case.steps:
        page.choose_step(int(step.id))
        wait_until_clean(qtbot, page, zoom)
    for open_dialog in (
        page.acts.found, page.acts.waive, page.acts.change, page.acts.papers, page.acts.close,
        page.acts.blank_checklist,
        lambda: page.acts.report([desk.residents["hanako"]]),
        lambda: page.acts._run(DraftDialog(page.ctx, page.book(), shown_case(page))),
    ):  # fmt: skip
        open_dialog()
        hands.idle()
        dialog = hands.dialog(Dialog)
        wait_until_clean(qtbot, dialog, zoom)
        dialog.dismiss()
        qtbot.waitUntil(lambda: not window.window.host().findChildren(Dialog))
    for code in ("leak", "cause", "receive-new"):
        dialog = hands.own(page, code)
        wait_until_clean(qtbot, dialog, zoom)
        dialog.dismiss()
        qtbot.waitUntil(lambda: not window.window.host().findChildren(Dialog))
    do(desk, case_id, "card-stop")
    done = next(step for step in hands.page().shown.case.steps if step.code == "card-stop")
    page.choose_step(int(done.id))
    wait_until_clean(qtbot, page, zoom)
    waive_all(desk, case_id)
    hands.page()
    wait_until_clean(qtbot, page, zoom)
    drill = window.page("lost-drill")
    wait_until_clean(qtbot, drill, zoom)
    drill.begin()
    qtbot.waitUntil(lambda: drill.inner is not None, timeout=WAIT_MS)
    hands.idle()
    wait_until_clean(qtbot, drill, zoom)
    drill.end()
    hands.idle()
