"""カード点検 on simulated readers and a real database: a card is laid on, the rest follows."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from statistics import quantiles

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.cards.chip import CardKind, Pin
from facility_app.cards.simulator import Faults, FaultyCard, SimulatedReaders
from facility_app.cards.simulator.profiles import (
    CardProfile,
    Holder,
    code_b,
    expiring,
    good,
    other,
)
from facility_app.cards.supervisor import ReaderState
from facility_app.db.models import (
    AuditEntryRow,
    CardCheckRow,
    ItemRow,
    ResidentRow,
    SettingRow,
)
from facility_app.domain.people import Sex
from facility_app.services.recognition import switch_recognition
from facility_app.ui.dialogs.attribute_check import AttributeDialog
from facility_app.ui.dialogs.check_day import CheckDayDialog
from facility_app.ui.dialogs.choose_resident import ChooseResidentDialog
from facility_app.ui.dialogs.plan_visit import PlanVisitDialog
from facility_app.ui.pages.card_check import CardCheckPage
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.card_findings import Act
from facility_app.ui.viewmodels.start import whole
from facility_app.ui.widgets.button import ActionButton
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build, visit_row
from tests.services.cards import agreed, noted
from tests.ui.desk_office import DeskWindow
from tests.ui.test_accessible import wait_until_clean
from tests.ui.test_desk_page import dialog
from tests.ui.whole import TODAY

ENTER = Qt.Key.Key_Return
PAGES = ("today", "desk", "residents", "cards", "reader-test")


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


@pytest.fixture
def readers() -> SimulatedReaders:
    return SimulatedReaders()


@pytest.fixture
def window(
    qtbot: QtBot, desk: DeskWorld, readers: SimulatedReaders, theme: Theme
) -> Iterator[DeskWindow]:
    opened = DeskWindow(desk, theme, pages=PAGES, readers=readers)
    qtbot.addWidget(opened.window)
    opened.window.resize(1366, 768)
    with qtbot.waitExposed(opened.window):
        opened.window.show()
    opened.window.activateWindow()
    yield opened
    opened.close()


@pytest.fixture
def page(qtbot: QtBot, window: DeskWindow) -> CardCheckPage:
    shown: CardCheckPage = window.page("cards")
    qtbot.waitUntil(lambda: shown.state.now.state is ReaderState.EMPTY)
    settled(qtbot, window)
    return shown


def settled(qtbot: QtBot, window: DeskWindow) -> None:
    cards = window.ctx.cards
    assert cards is not None
    qtbot.waitUntil(lambda: window.lane.working == 0 and cards.working == 0)


def checked(qtbot: QtBot, window: DeskWindow, page: CardCheckPage, number: int) -> None:
    """Until this many checks were stored and the last one is shown."""
    qtbot.waitUntil(lambda: len(window.world.rows(CardCheckRow)) == number)
    qtbot.waitUntil(lambda: page.state.view is not None)
    settled(qtbot, window)


@contextmanager
def held(window: DeskWindow) -> Iterator[None]:
    """The work lane has something else to do meanwhile."""
    free = threading.Event()
    window.lane.run(lambda: free.wait(20))
    try:
        yield
    finally:
        free.set()


def titles(page: CardCheckPage) -> list[str]:
    return [row.title.text() for row in page.result.rows]


def press(page: CardCheckPage, act: Act) -> None:
    row = next(row for row in page.result.rows if row.finding.act is act)
    assert row.button is not None
    row.button.click()


def codes_sent(card: FaultyCard) -> int:
    """How often the card was sent a code."""
    return sum(command[1] == 0x20 and len(command) > 5 for command in card.sent)


def picture(qtbot: QtBot, page: CardCheckPage, title: str) -> None:
    """Until the page shows this picture."""
    qtbot.waitUntil(lambda: page.picture.isVisible() and page.picture.what.text() == title)


# --- a card is laid on ----------------------------------------------------------------------------


def test_a_card_is_read_by_itself_and_the_check_is_stored_with_its_number(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    card = readers.insert(expiring(TODAY))
    checked(qtbot, window, page, 1)
    band = page.result.band
    assert (band.title.text(), band.chip.text()) == ("きょうは期限内です", "注意 2件")
    assert band.number.text() == "記録 第1号"
    assert titles(page)[0] == "電子証明書の期限が近いです"
    assert window.world.actions() == ["card.checked"]
    assert page.result.main.hasFocus()
    assert not page.result.who.isVisible()
    assert codes_sent(card) == 0


def test_the_resident_is_chosen_by_the_pouch_tag_and_the_big_button_goes_to_the_desk(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    readers.insert(good(TODAY))
    checked(qtbot, window, page, 1)
    qtbot.keyClick(page.result.main, ENTER)
    asked = dialog(window, ChooseResidentDialog)
    assert asked.field.hasFocus()
    qtbot.keyClicks(asked.field, window.world.codes["hanako"])
    qtbot.keyClick(asked.field, ENTER)
    qtbot.waitUntil(lambda: page.result.who.isVisible())
    assert page.result.who.name.text() == "見本 花子"
    assert page.result.band.number.text() == "記録 第2号"
    assert titles(page)[0] == "カードの期限が台帳と違います"
    assert window.world.one(CardCheckRow).resident_id == window.world.residents["hanako"]
    settled(qtbot, window)
    qtbot.keyClick(page.result.main, ENTER)
    qtbot.waitUntil(lambda: window.window.current_key == "desk")


def test_a_resident_may_be_typed_and_one_hit_is_enough(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    readers.insert(good(TODAY))
    checked(qtbot, window, page, 1)
    page.result.main.click()
    asked = dialog(window, ChooseResidentDialog)
    asked.field.setText("みほん")
    asked.field.searched.emit("みほん")
    qtbot.waitUntil(lambda: asked.found.results.count() == 1)
    qtbot.keyClick(asked.field, ENTER)
    qtbot.waitUntil(lambda: page.result.who.isVisible())


def test_nobody_of_that_name_is_said_and_nothing_is_assigned(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    readers.insert(good(TODAY))
    checked(qtbot, window, page, 1)
    page.result.main.click()
    asked = dialog(window, ChooseResidentDialog)
    asked.field.setText("ぬぬぬ")
    qtbot.keyClick(asked.field, ENTER)
    qtbot.waitUntil(lambda: "当てはまる利用者はいません" in asked.found.nobody.title.text())
    asked.dismiss()
    settled(qtbot, window)
    assert window.world.one(CardCheckRow).resident_id is None


def test_a_pouch_scanned_first_waits_for_its_card(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    page.scan(window.world.codes["hanako"])
    picture(qtbot, page, "見本 花子さんのカードを置いてください")
    readers.insert(good(TODAY))
    checked(qtbot, window, page, 1)
    assert page.result.who.name.text() == "見本 花子"
    readers.remove()
    readers.insert(good(TODAY, 2))
    checked(qtbot, window, page, 2)
    assert not page.result.who.isVisible()


# --- whose card it is, while cards come and go ----------------------------------------------------

LIES = "見本 花子さんのカードがまだリーダーにあります"
NEXT = "仮名 正さんのカードを置いてください"


def owners(window: DeskWindow) -> list[int | None]:
    """Whose every check is, in the order they were made."""
    rows = sorted(window.world.rows(CardCheckRow), key=lambda row: row.id)
    return [row.resident_id for row in rows]


def of_hanako(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    """Her card lies there and its check is hers."""
    readers.insert(good(TODAY))
    checked(qtbot, window, page, 1)
    page.scan(window.world.codes["hanako"])
    qtbot.waitUntil(lambda: page.result.who.isVisible())
    settled(qtbot, window)


def choose_day(qtbot: QtBot, window: DeskWindow, page: CardCheckPage) -> None:
    page.result.band.day.click()
    asked = dialog(window, CheckDayDialog)
    asked.day.field.setText("2026/12/20")
    qtbot.keyClick(asked.day.field, ENTER)
    qtbot.waitUntil(lambda: page.result.band.day.text() == "受診日 12月20日(日)")
    settled(qtbot, window)


def say_name(qtbot: QtBot, window: DeskWindow, person: str) -> None:
    """The dialog is open: the tag of this person."""
    asked = dialog(window, ChooseResidentDialog)
    qtbot.keyClicks(asked.field, window.world.codes[person])
    qtbot.keyClick(asked.field, ENTER)


def test_a_card_that_was_not_lifted_is_read_again_for_the_same_person_and_day(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    of_hanako(qtbot, window, page, readers)
    choose_day(qtbot, window, page)
    assert page.result.who.name.text() == "見本 花子"
    qtbot.keyClick(page, Qt.Key.Key_F5)
    checked(qtbot, window, page, 3)
    assert page.result.who.name.text() == "見本 花子"
    assert page.result.band.day.text() == "受診日 12月20日(日)"
    readers.remove()
    qtbot.waitUntil(lambda: page.state.lifted)
    readers.insert(good(TODAY, 2))
    checked(qtbot, window, page, 4)
    assert not page.result.who.isVisible()
    assert page.result.band.day.text() == "受診日 きょう"


def test_a_tag_scanned_after_the_card_was_lifted_is_that_of_the_next_card(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    readers.insert(good(TODAY))
    checked(qtbot, window, page, 1)
    readers.remove()
    qtbot.waitUntil(lambda: page.state.lifted)
    page.scan(window.world.codes["tadashi"])
    picture(qtbot, page, NEXT)
    readers.insert(expiring(TODAY))
    checked(qtbot, window, page, 2)
    assert owners(window) == [None, window.world.residents["tadashi"]]


def test_the_same_pouch_scanned_again_after_lifting_waits_for_its_card(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    of_hanako(qtbot, window, page, readers)
    readers.remove()
    qtbot.waitUntil(lambda: page.state.lifted)
    page.scan(window.world.codes["hanako"])
    picture(qtbot, page, "見本 花子さんのカードを置いてください")
    readers.insert(good(TODAY))
    checked(qtbot, window, page, 2)
    hanako = window.world.residents["hanako"]
    assert owners(window) == [hanako, hanako]


def test_the_next_tag_never_takes_the_card_of_the_person_before(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    of_hanako(qtbot, window, page, readers)
    page.scan(window.world.codes["tadashi"])
    picture(qtbot, page, LIES)
    assert page.picture.todo.text() == f"それを外してから、{NEXT}。"
    readers.hold_exclusively(True)
    qtbot.waitUntil(lambda: page.state.now.state is ReaderState.BUSY)
    readers.hold_exclusively(False)
    picture(qtbot, page, LIES)
    window.page("today")
    window.page("cards")
    settled(qtbot, window)
    hanako, tadashi = (window.world.residents[each] for each in ("hanako", "tadashi"))
    assert owners(window) == [hanako]
    readers.remove()
    picture(qtbot, page, NEXT)
    readers.insert(expiring(TODAY))
    checked(qtbot, window, page, 2)
    assert owners(window) == [hanako, tadashi]


def test_f5_on_the_card_of_the_person_before_is_about_that_person(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    of_hanako(qtbot, window, page, readers)
    page.scan(window.world.codes["tadashi"])
    picture(qtbot, page, LIES)
    qtbot.keyClick(page, Qt.Key.Key_F5)
    checked(qtbot, window, page, 2)
    readers.remove()
    qtbot.waitUntil(lambda: page.state.lifted)
    readers.insert(expiring(TODAY))
    checked(qtbot, window, page, 3)
    hanako = window.world.residents["hanako"]
    assert owners(window) == [hanako, hanako, None]


def test_whoever_was_chosen_by_mistake_is_chosen_anew_by_the_button(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    of_hanako(qtbot, window, page, readers)
    page.result.who.other.click()
    say_name(qtbot, window, "tadashi")
    qtbot.waitUntil(lambda: page.result.who.name.text() == "仮名 正")
    assert owners(window) == [window.world.residents[each] for each in ("hanako", "tadashi")]


def test_a_name_chosen_for_a_lifted_card_is_its_name(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    readers.insert(good(TODAY))
    checked(qtbot, window, page, 1)
    page.result.main.click()
    readers.remove()
    qtbot.waitUntil(lambda: page.state.lifted)
    say_name(qtbot, window, "hanako")
    qtbot.waitUntil(lambda: page.result.who.name.text() == "見本 花子")
    assert owners(window) == [window.world.residents["hanako"]]


def test_a_name_chosen_while_cards_were_exchanged_is_that_of_the_card_that_lies_there(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    readers.insert(good(TODAY))
    checked(qtbot, window, page, 1)
    page.result.main.click()
    readers.insert(expiring(TODAY))
    qtbot.waitUntil(lambda: page.state.exchanged)
    say_name(qtbot, window, "hanako")
    checked(qtbot, window, page, 2)
    assert page.result.who.name.text() == "見本 花子"
    assert owners(window) == [None, window.world.residents["hanako"]]


def test_a_tag_scanned_while_its_card_is_read_is_not_lost(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    readers.insert(good(TODAY), Faults(answers_after_s=0.02))
    qtbot.waitUntil(lambda: page.state.busy)
    page.scan(window.world.codes["hanako"])
    qtbot.waitUntil(lambda: page.result.who.isVisible())
    settled(qtbot, window)
    assert owners(window) == [window.world.residents["hanako"]]


def test_a_tag_scanned_while_the_check_is_stored_makes_no_second_one(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    with held(window):
        page.scan(window.world.codes["hanako"])
        readers.insert(good(TODAY))
        qtbot.waitUntil(lambda: page.state.storing)
    qtbot.waitUntil(lambda: page.result.who.isVisible())
    settled(qtbot, window)
    assert owners(window) == [window.world.residents["hanako"]]


def test_a_tag_that_is_answered_late_does_not_forget_what_is_read_meanwhile(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    of_hanako(qtbot, window, page, readers)
    readers.remove()
    qtbot.waitUntil(lambda: page.state.lifted)
    with held(window):
        page.scan(window.world.codes["tadashi"])
        readers.insert(expiring(TODAY), Faults(answers_after_s=0.05))
        qtbot.waitUntil(lambda: page.state.busy)
    checked(qtbot, window, page, 2)
    qtbot.waitUntil(lambda: page.result.who.name.text() == "仮名 正")
    assert owners(window) == [window.world.residents[each] for each in ("hanako", "tadashi")]


def test_another_tag_while_a_card_is_read_once_more_waits_for_its_own_card(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    of_hanako(qtbot, window, page, readers)
    with held(window):
        page.read_again()
        page.scan(window.world.codes["tadashi"])
        qtbot.waitUntil(lambda: page.state.storing)
    picture(qtbot, page, LIES)
    settled(qtbot, window)
    hanako = window.world.residents["hanako"]
    assert owners(window) == [hanako, hanako]


def test_a_tag_scanned_before_the_lock_is_nothing_to_the_next_person(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    with held(window):
        page.scan(window.world.codes["hanako"])
        window.ctx.session.close()
    settled(qtbot, window)
    window.unlock("second")
    window.page("cards")
    picture(qtbot, page, "カードをリーダーに置いてください")
    readers.insert(good(TODAY))
    checked(qtbot, window, page, 1)
    assert owners(window) == [None]


# --- the day, and what stays ----------------------------------------------------------------------


def test_the_day_of_the_visit_is_taken_from_the_plan_and_can_be_changed(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    visit_row(window.world, starts_at=window.world.clock() + timedelta(days=4))
    readers.insert(expiring(TODAY))
    checked(qtbot, window, page, 1)
    assert page.result.band.day.text() == "受診日 きょう"
    page.scan(window.world.codes["hanako"])
    qtbot.waitUntil(lambda: page.result.band.day.text() == "受診日 11月24日(火)")
    assert page.result.band.title.text() == "11月24日(火)は期限内です"
    page.result.band.day.click()
    asked = dialog(window, CheckDayDialog)
    asked.day.field.setText("2026/12/20")
    qtbot.keyClick(asked.day.field, ENTER)
    qtbot.waitUntil(lambda: page.result.band.title.text() == "12月20日(日)は猶予の期間です")
    assert page.result.who.name.text() == "見本 花子"
    assert len(window.world.rows(CardCheckRow)) == 2


def test_the_result_stays_when_the_card_goes_and_the_next_card_takes_its_place(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    readers.insert(good(TODAY))
    checked(qtbot, window, page, 1)
    readers.remove()
    qtbot.waitUntil(lambda: "外されています" in page.result.band.text.text())
    assert page.result.band.title.text() == "きょうは期限内です"
    readers.insert(other(CardKind.FELICA))
    checked(qtbot, window, page, 2)
    assert page.result.band.title.text() == "マイナンバーカードではありません"
    assert page.result.band.text.text() == "置かれたのは「職員証などのICカード」です。"
    assert not page.result.chip.isVisible()
    assert page.result.main.text() == "もう一度読み取る"


def test_the_same_card_is_read_again_on_f5_only(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    readers.insert(good(TODAY))
    checked(qtbot, window, page, 1)
    window.page("desk")
    window.page("cards")
    settled(qtbot, window)
    assert len(window.world.rows(CardCheckRow)) == 1
    qtbot.keyClick(page, Qt.Key.Key_F5)
    checked(qtbot, window, page, 2)


def test_a_card_is_not_read_while_another_page_is_shown_or_nobody_is_there(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    window.page("today")
    readers.insert(good(TODAY))
    qtbot.waitUntil(lambda: page.state.now.state is ReaderState.CARD)
    window.ctx.session.close()
    settled(qtbot, window)
    assert window.world.rows(CardCheckRow) == []
    window.unlock("second")
    window.page("cards")
    checked(qtbot, window, page, 1)


def test_locking_clears_the_page(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    readers.insert(good(TODAY))
    checked(qtbot, window, page, 1)
    page.scan(window.world.codes["hanako"])
    qtbot.waitUntil(lambda: page.result.who.isVisible())
    window.ctx.session.close()
    assert page.state.reading is None
    assert page.state.view is None
    assert page.stack.currentWidget() is page.picture


def test_without_the_right_nothing_is_read(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    window.ctx.session.close()
    window.unlock("auditor")
    readers.insert(good(TODAY))
    qtbot.waitUntil(lambda: page.state.now.state is ReaderState.CARD)
    assert not window.ctx.navigate("cards")
    page.read()
    settled(qtbot, window)
    assert window.world.rows(CardCheckRow) == []


# --- what a finding leads to ----------------------------------------------------------------------


def test_dates_that_differ_are_written_into_the_register(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    card = good(TODAY)
    readers.insert(card)
    checked(qtbot, window, page, 1)
    page.scan(window.world.codes["hanako"])
    qtbot.waitUntil(lambda: "カードの期限が台帳と違います" in titles(page))
    press(page, Act.CORRECT_DATES)
    qtbot.waitUntil(lambda: "カードの期限が台帳と違います" not in titles(page))
    row = window.world.one(ItemRow, ItemRow.id == window.world.items["hanako"][0])
    assert row.card_expires_on == card.card_expires_on
    assert row.certificate_expires_on == card.certificate_until


def test_a_renewal_is_planned_for_whoever_was_chosen(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    readers.insert(expiring(TODAY))
    checked(qtbot, window, page, 1)
    page.scan(window.world.codes["hanako"])
    qtbot.waitUntil(lambda: page.result.who.isVisible())
    press(page, Act.PLAN)
    qtbot.waitUntil(lambda: bool(window.window.host().findChildren(PlanVisitDialog)))
    planned = dialog(window, PlanVisitDialog)
    assert planned.resident_id == window.world.residents["hanako"]
    assert planned.purpose.value() == "renewal"
    planned.dismiss()


def test_a_check_that_is_too_old_is_refused_in_words_and_nothing_changes(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    readers.insert(good(TODAY))
    checked(qtbot, window, page, 1)
    window.world.forward(hours=1)
    page.scan(window.world.codes["hanako"])
    qtbot.waitUntil(lambda: page.problem.isVisible())
    assert page.problem.what.text().startswith("点検から30分以上")
    assert window.world.one(CardCheckRow).resident_id is None


# --- the reader -----------------------------------------------------------------------------------


def test_every_state_of_the_reader_is_a_picture_with_what_to_do(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    lamp = window.window.header.lamp
    picture(qtbot, page, "カードをリーダーに置いてください")
    assert lamp.text() == "準備完了"
    readers.insert(good(TODAY), Faults(mute=True))
    picture(qtbot, page, "置いたものが応答しません")
    assert lamp.text() == "読めないカード"
    readers.remove()
    readers.unplug()
    picture(qtbot, page, "カードリーダーがつながっていません")
    assert page.picture.undone.text() == "カードは調べていません。"
    assert lamp.text() == "リーダーなし"
    readers.plug()
    picture(qtbot, page, "カードをリーダーに置いてください")
    readers.stop_service()
    qtbot.waitUntil(lambda: lamp.text() == "サービス停止")
    assert "止まっています" in page.picture.what.text()
    readers.start_service()
    picture(qtbot, page, "カードをリーダーに置いてください")
    assert window.world.rows(CardCheckRow) == []


def test_a_card_held_by_another_program_is_read_when_it_is_free(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    readers.hold_exclusively(True)
    readers.insert(good(TODAY))
    picture(qtbot, page, "ほかのプログラムがカードを使っています")
    assert window.window.header.lamp.text() == "ほかのプログラムが使用中"
    readers.hold_exclusively(False)
    checked(qtbot, window, page, 1)


@pytest.mark.parametrize("command", [1, 2, 5, 9, 12])
def test_a_card_pulled_while_it_is_read_is_read_when_it_is_back(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders, command: int
) -> None:
    readers.insert(good(TODAY), Faults(pulled_at=command))
    picture(qtbot, page, "読み終わる前に、カードが離れました")
    assert window.world.rows(CardCheckRow) == []
    readers.insert(good(TODAY))
    checked(qtbot, window, page, 1)
    assert page.result.band.title.text() == "きょうは期限内です"


def test_a_reader_pulled_out_and_a_service_stopped_while_reading_are_told(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    slow = Faults(answers_after_s=0.05)
    readers.insert(good(TODAY), slow)
    qtbot.waitUntil(lambda: page.state.busy)
    readers.unplug()
    picture(qtbot, page, "カードリーダーがつながっていません")
    readers.plug()
    readers.insert(good(TODAY), slow)
    qtbot.waitUntil(lambda: page.state.busy)
    readers.stop_service()
    qtbot.waitUntil(lambda: "止まっています" in page.picture.what.text())
    readers.start_service()
    checked(qtbot, window, page, 1)


def test_a_slow_card_is_told_and_the_window_answers_meanwhile(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    gaps, last = list[float](), [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        gaps.append(now - last[0])
        last[0] = now

    pulse = QTimer(window.window, interval=5)
    pulse.timeout.connect(beat)
    settled(qtbot, window)
    readers.insert(good(TODAY), Faults(answers_after_s=2.5))
    qtbot.waitUntil(lambda: page.state.busy)
    last[0] = time.perf_counter()
    pulse.start()
    qtbot.waitUntil(lambda: page.picture.what.text() == "リーダーの返事を待っています")
    picture(qtbot, page, "カードの答えが遅すぎます")
    pulse.stop()
    assert sum(gaps) > 2
    assert quantiles(gaps, n=100)[-1] < 0.1
    assert max(gaps) < 1  # whatever else this machine does: nothing waited for the card
    assert page.main_button() is page.picture.button


def test_a_desk_without_any_reader_says_so(qtbot: QtBot, desk: DeskWorld, theme: Theme) -> None:
    window = DeskWindow(desk, theme, pages=PAGES)
    qtbot.addWidget(window.window)
    window.window.show()
    page: CardCheckPage = window.page("cards")
    picture(qtbot, page, "カードリーダーがつながっていません")
    page.read_again()
    assert not page.state.busy
    window.close()


# --- the number on the face -----------------------------------------------------------------------


@pytest.fixture
def compared(desk: DeskWorld) -> CardProfile:
    """The card of Hanako as the register has her; comparing is switched on."""
    desk.add(SettingRow(name="attribute_check", value=True))
    row = desk.one(ResidentRow, ResidentRow.id == desk.residents["hanako"])
    desk.add_change(row, sex=Sex.FEMALE, address="見本県例示市架空町一丁目２番３号")
    assert row.birth_date is not None
    who = Holder("見本　花子", row.address, row.birth_date, Sex.FEMALE)
    return replace(good(TODAY), holder=who)


def asked_for_code(
    qtbot: QtBot,
    window: DeskWindow,
    page: CardCheckPage,
    readers: SimulatedReaders,
    card: CardProfile,
) -> AttributeDialog:
    page.refresh()
    settled(qtbot, window)
    readers.insert(card)
    checked(qtbot, window, page, 1)
    page.scan(window.world.codes["hanako"])
    qtbot.waitUntil(lambda: page.result.who.attributes.isVisible())
    settled(qtbot, window)
    page.result.who.attributes.click()
    shown: AttributeDialog = dialog(window, AttributeDialog)
    return shown


def type_code(qtbot: QtBot, asked: AttributeDialog, code: str) -> None:
    qtbot.keyClicks(asked.code.field, code)
    qtbot.keyClick(asked.code.field, ENTER)


def test_the_code_on_the_face_compares_card_and_register_and_is_forgotten(
    qtbot: QtBot,
    window: DeskWindow,
    page: CardCheckPage,
    readers: SimulatedReaders,
    compared: CardProfile,
) -> None:
    asked = asked_for_code(qtbot, window, page, readers, compared)
    assert asked.tries.figures.text() == "10/10回"
    assert asked.main is not None
    assert not asked.main.isEnabled()
    readers.remove()  # the card is in the hand while its numbers are typed
    qtbot.keyClicks(asked.code.field, code_b(compared).decode())
    readers.insert(compared)
    qtbot.keyClick(asked.code.field, ENTER)
    assert asked.code.is_empty()
    assert not any(
        code_b(compared).decode() in line.text() for line in window.window.findChildren(QLineEdit)
    )
    qtbot.waitUntil(lambda: "台帳の人のカードです" in titles(page))
    settled(qtbot, window)
    assert len(window.world.rows(CardCheckRow)) == 1
    assert page.result.who.name.text() == "見本 花子"
    assert window.world.actions()[2:4] == ["card.code_presented", "card.code_presented"]


def test_whoever_leaves_while_a_code_is_compared_leaves_its_outcome_in_the_log(
    qtbot: QtBot,
    window: DeskWindow,
    page: CardCheckPage,
    readers: SimulatedReaders,
    compared: CardProfile,
) -> None:
    asked = asked_for_code(qtbot, window, page, readers, compared)
    readers.insert(compared, Faults(answers_after_s=0.05))
    type_code(qtbot, asked, code_b(compared).decode())
    asked.dismiss()
    window.ctx.session.close()
    settled(qtbot, window)
    qtbot.waitUntil(lambda: window.world.actions().count("card.code_presented") == 2)
    settled(qtbot, window)


def outcome_of_code(window: DeskWindow) -> tuple[str, bool]:
    """What the log says last of a code: the result, and whether the card was sent it."""
    told = [json.loads(row.canonical) for row in window.world.rows(AuditEntryRow)]
    plain = [each["plain"] for each in told if each["action"] == "card.code_presented"][-1]
    return plain["result"], plain["sent"]


@pytest.mark.parametrize("leaves", ["dialog", "lock"])
def test_a_code_whose_person_left_before_it_went_is_not_sent(
    qtbot: QtBot,
    window: DeskWindow,
    page: CardCheckPage,
    readers: SimulatedReaders,
    compared: CardProfile,
    leaves: str,
) -> None:
    """The lane was busy, the person pressed Esc, and a try was lost afterwards: seen once."""
    asked = asked_for_code(qtbot, window, page, readers, compared)
    card, held = readers.insert(compared), threading.Event()
    qtbot.waitUntil(lambda: page.state.lifted)
    window.lane.run(lambda: held.wait(20))
    type_code(qtbot, asked, "0" * 14)
    if leaves == "dialog":
        asked.dismiss()
    else:
        window.ctx.session.close()
    held.set()
    qtbot.waitUntil(lambda: window.world.actions().count("card.code_presented") == 2)
    settled(qtbot, window)
    assert codes_sent(card) == 0
    assert outcome_of_code(window) == ("failed", False)


def test_a_code_that_the_card_refused_was_sent(
    qtbot: QtBot,
    window: DeskWindow,
    page: CardCheckPage,
    readers: SimulatedReaders,
    compared: CardProfile,
) -> None:
    asked = asked_for_code(qtbot, window, page, readers, compared)
    card = readers.insert(compared)
    type_code(qtbot, asked, "9" * 14)
    qtbot.waitUntil(lambda: window.world.actions().count("card.code_presented") == 2)
    settled(qtbot, window)
    assert codes_sent(card) == 1
    assert outcome_of_code(window) == ("failed", True)


def test_a_half_typed_code_is_gone_when_the_screen_is_covered(
    qtbot: QtBot,
    window: DeskWindow,
    page: CardCheckPage,
    readers: SimulatedReaders,
    compared: CardProfile,
) -> None:
    asked = asked_for_code(qtbot, window, page, readers, compared)
    qtbot.keyClicks(asked.code.field, "2003052036")
    window.window.clear_secrets()
    assert asked.code.is_empty()


def test_another_persons_card_is_a_block_and_what_differs_is_named(
    qtbot: QtBot,
    window: DeskWindow,
    page: CardCheckPage,
    readers: SimulatedReaders,
    compared: CardProfile,
) -> None:
    stranger = replace(compared, holder=Holder())
    asked = asked_for_code(qtbot, window, page, readers, stranger)
    type_code(qtbot, asked, code_b(stranger).decode())
    qtbot.waitUntil(lambda: page.result.band.title.text() == "台帳の人と違うカードです")
    first = page.result.rows[0]
    assert "氏名、生年月日、性別" in first.text.text()


def test_what_was_compared_counts_for_another_day_and_another_reading(
    qtbot: QtBot,
    window: DeskWindow,
    page: CardCheckPage,
    readers: SimulatedReaders,
    compared: CardProfile,
) -> None:
    stranger = replace(compared, holder=Holder())
    asked = asked_for_code(qtbot, window, page, readers, stranger)
    type_code(qtbot, asked, code_b(stranger).decode())
    theirs = "台帳の人と違うカードです"
    qtbot.waitUntil(lambda: page.result.band.title.text() == theirs)
    settled(qtbot, window)
    choose_day(qtbot, window, page)
    assert page.result.band.title.text() == theirs
    qtbot.keyClick(page, Qt.Key.Key_F5)
    checked(qtbot, window, page, 3)
    assert page.result.band.title.text() == theirs
    assert "氏名、生年月日、性別" in page.result.rows[0].text.text()


def test_a_wrong_code_tells_the_tries_left_and_is_not_sent_again(
    qtbot: QtBot,
    window: DeskWindow,
    page: CardCheckPage,
    readers: SimulatedReaders,
    compared: CardProfile,
) -> None:
    asked = asked_for_code(qtbot, window, page, readers, compared)
    card = readers.insert(compared)
    type_code(qtbot, asked, "0" * 14)
    qtbot.waitUntil(lambda: asked.problem.isVisible())
    assert "残りは9回" in asked.problem.what.text()
    assert asked.tries.figures.text() == "9/10回"
    assert asked.code.is_empty()
    settled(qtbot, window)
    assert codes_sent(card) == 1
    asked.dismiss()
    checked(qtbot, window, page, 2)  # what the counters say now is read again
    assert page.result.who.name.text() == "見本 花子"
    assert any(row.figures.text() == "9/10回" for row in page.result.chip.tries)


def test_with_one_try_left_the_code_cannot_be_typed(
    qtbot: QtBot,
    window: DeskWindow,
    page: CardCheckPage,
    readers: SimulatedReaders,
    compared: CardProfile,
) -> None:
    last = replace(compared, tries={**compared.tries, Pin.CODE_B: 1})
    asked = asked_for_code(qtbot, window, page, readers, last)
    assert asked.main is not None
    assert not asked.code.isEnabled()
    assert not asked.main.isEnabled()
    assert asked.main.accessibleDescription() == "残りが少ないため使えません"


def test_another_card_on_the_reader_gets_no_code(
    qtbot: QtBot,
    window: DeskWindow,
    page: CardCheckPage,
    readers: SimulatedReaders,
    compared: CardProfile,
) -> None:
    asked = asked_for_code(qtbot, window, page, readers, compared)
    readers.remove()
    stranger = readers.insert(expiring(TODAY))
    type_code(qtbot, asked, code_b(compared).decode())
    qtbot.waitUntil(lambda: asked.problem.isVisible())
    assert "違います" in asked.problem.what.text()
    assert codes_sent(stranger) == 0


def test_without_the_setting_there_is_no_way_to_type_a_code(
    qtbot: QtBot, window: DeskWindow, page: CardCheckPage, readers: SimulatedReaders
) -> None:
    readers.insert(good(TODAY))
    checked(qtbot, window, page, 1)
    page.scan(window.world.codes["hanako"])
    qtbot.waitUntil(lambda: page.result.who.isVisible())
    assert not page.result.who.attributes.isVisible()


# --- cards that are recognised --------------------------------------------------------------------


@pytest.fixture
def recognised(desk: DeskWorld, window: DeskWindow) -> CardProfile:
    """The card of Hanako, whose agreement allows recognition; it is switched on."""
    switch_recognition(whole(window.ctx.office), desk.staff["manager"], True)
    agreed(desk)
    card = good(TODAY)
    noted(
        desk,
        card_expires_on=card.card_expires_on,
        certificate_expires_on=card.certificate_until,
    )
    return card


def test_a_card_that_is_remembered_says_whose_it_is_and_whose_it_is_not(
    qtbot: QtBot,
    window: DeskWindow,
    page: CardCheckPage,
    readers: SimulatedReaders,
    recognised: CardProfile,
) -> None:
    window.page("cards")  # shown again: the key is there now
    settled(qtbot, window)
    readers.insert(recognised)
    checked(qtbot, window, page, 1)
    page.scan(window.world.codes["hanako"])
    qtbot.waitUntil(lambda: "このカードは、まだ覚えていません" in titles(page))
    press(page, Act.REMEMBER)
    qtbot.waitUntil(lambda: "登録してあるカードです" in titles(page))
    readers.remove()
    qtbot.waitUntil(lambda: page.state.lifted)
    readers.insert(recognised)
    checked(qtbot, window, page, 2)
    assert page.result.who.name.text() == "見本 花子"
    window.page("desk")
    settled(qtbot, window)
    at_the_desk = window.built("desk")
    at_the_desk.scan(window.world.codes["tadashi"])
    qtbot.waitUntil(lambda: at_the_desk.out.checked.view is not None)
    gravest = at_the_desk.out.warnings.gravest
    assert gravest is not None
    assert (gravest.level.value, gravest.title) == ("block", "別の利用者のカードです")
    assert at_the_desk.button.isEnabled()


def test_a_card_laid_on_before_the_settings_are_known_is_recognised_too(
    qtbot: QtBot,
    window: DeskWindow,
    page: CardCheckPage,
    readers: SimulatedReaders,
    recognised: CardProfile,
) -> None:
    window.page("cards")
    settled(qtbot, window)
    readers.insert(recognised)
    checked(qtbot, window, page, 1)
    page.scan(window.world.codes["hanako"])
    qtbot.waitUntil(lambda: "このカードは、まだ覚えていません" in titles(page))
    press(page, Act.REMEMBER)
    qtbot.waitUntil(lambda: "登録してあるカードです" in titles(page))
    readers.remove()
    qtbot.waitUntil(lambda: page.state.lifted)
    window.page("today")
    window.ctx.session.close()
    window.unlock("second")
    settled(qtbot, window)
    with held(window):
        window.page("cards")
        readers.insert(recognised)
        qtbot.waitUntil(lambda: page.state.now.state is ReaderState.CARD)
        page.read_again()
        assert not page.state.busy
    checked(qtbot, window, page, 2)
    assert page.result.who.name.text() == "見本 花子"


def test_the_recognition_of_a_card_is_ended_at_its_resident(
    qtbot: QtBot,
    window: DeskWindow,
    page: CardCheckPage,
    readers: SimulatedReaders,
    recognised: CardProfile,
) -> None:
    window.page("cards")
    settled(qtbot, window)
    readers.insert(recognised)
    checked(qtbot, window, page, 1)
    page.scan(window.world.codes["hanako"])
    qtbot.waitUntil(lambda: "このカードは、まだ覚えていません" in titles(page))
    press(page, Act.REMEMBER)
    qtbot.waitUntil(lambda: "登録してあるカードです" in titles(page))
    settled(qtbot, window)

    def stop() -> list[ActionButton]:
        window.ctx.navigate("residents", resident=window.world.residents["hanako"])
        settled(qtbot, window)
        shown = window.built("residents").detail.items.findChildren(ActionButton)
        return [each for each in shown if each.isVisible() and each.text() == "認識をやめる"]

    (button,) = stop()
    button.click()
    settled(qtbot, window)
    qtbot.waitUntil(lambda: stop() == [])
    assert not any(row.recognition_mark for row in window.world.rows(ItemRow))
    assert window.world.actions()[-1] == "card.forgotten"


# --- names, roles, sizes --------------------------------------------------------------------------


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_target_of_page_and_dialogs_has_name_role_and_size(
    qtbot: QtBot,
    window: DeskWindow,
    page: CardCheckPage,
    readers: SimulatedReaders,
    theme: Theme,
    compared: CardProfile,
    zoom: int,
) -> None:
    theme.set_zoom(zoom)
    wait_until_clean(qtbot, page, zoom)
    asked: QWidget = asked_for_code(qtbot, window, page, readers, compared)
    wait_until_clean(qtbot, asked, zoom)
    for close, button, kind in (
        (asked, page.result.band.day, CheckDayDialog),
        (None, page.result.who.other, ChooseResidentDialog),
    ):
        if close is not None:
            close.dismiss()  # type: ignore[attr-defined]  # a dialog
        wait_until_clean(qtbot, page, zoom)
        button.click()
        shown = dialog(window, kind)
        wait_until_clean(qtbot, shown, zoom)
        shown.dismiss()
