"""持出し・返却 with real keys on real services: scan, Enter, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import AgreementRow, LoanRow
from facility_app.domain.items import ItemState
from facility_app.ui.dialogs.correct import CorrectDialog
from facility_app.ui.dialogs.hand_back import HandBackDialog
from facility_app.ui.dialogs.hand_over import HandOverDialog
from facility_app.ui.dialogs.missing import MissingDialog
from facility_app.ui.dialogs.second_person import SecondPersonDialog
from facility_app.ui.pages.desk import DeskPage
from facility_app.ui.theme import Theme
from tests.conftest import FakeClock
from tests.desk_world import PASSWORD, DeskWorld, build, visit_row
from tests.numbers import individual_number
from tests.ui.desk_office import DeskWindow
from tests.ui.test_accessible import wait_until_clean

IN, OUT = ItemState.IN_SAFE, ItemState.OUT
ENTER = Qt.Key.Key_Return


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


@pytest.fixture
def window(qtbot: QtBot, desk: DeskWorld, theme: Theme) -> Iterator[DeskWindow]:
    opened = DeskWindow(desk, theme)
    qtbot.addWidget(opened.window)
    opened.window.resize(1366, 768)
    with qtbot.waitExposed(opened.window):
        opened.window.show()
    opened.window.activateWindow()
    yield opened
    opened.close()


@pytest.fixture
def page(qtbot: QtBot, window: DeskWindow) -> DeskPage:
    shown: DeskPage = window.page("desk")
    qtbot.waitUntil(lambda: shown.home is not None and window.lane.working == 0)
    return shown


def key(widget: QWidget | None, which: Qt.Key) -> None:
    """One key press of a person."""
    QTest.qWait(0)
    target = widget or QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, which)


def scan(code: str) -> None:
    """A burst of a scanner into whatever has the focus, with its Enter."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClicks(target, code)
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, ENTER)


def settled(qtbot: QtBot, window: DeskWindow) -> None:
    qtbot.waitUntil(lambda: window.lane.working == 0)


def dialog(window: DeskWindow, kind: type[Any]) -> Any:
    """The open dialog of a kind."""
    found = [d for d in window.window.host().findChildren(kind) if d.isVisible()]
    assert len(found) == 1
    return found[0]


def looked_up(qtbot: QtBot, window: DeskWindow, page: DeskPage, person: str) -> None:
    scan(window.world.codes[person])
    resident = window.world.residents[person]
    qtbot.waitUntil(lambda: page.seen is not None and page.seen.resident.id == resident)
    settled(qtbot, window)


def test_a_scan_and_enter_sign_out_what_the_visit_needs(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, desk: DeskWorld
) -> None:
    visit_row(desk)
    assert page.field.hasFocus()
    looked_up(qtbot, window, page, "hanako")
    assert page.button.hasFocus()
    assert page.button.text() == "3点を持ち出す"
    key(None, ENTER)
    qtbot.waitUntil(lambda: page.banner.isVisible())
    assert page.banner.text.text().startswith("記録しました 第1号 見本 花子さん、15:30まで")
    assert desk.states() == [OUT, OUT, OUT, IN]
    assert desk.one(LoanRow).destination == "みほん内科"
    assert page.field.hasFocus()
    assert desk.actions() == ["item.signed_out"]


def test_without_a_plan_the_first_reason_fits_and_enter_is_enough(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, desk: DeskWorld
) -> None:
    looked_up(qtbot, window, page, "hanako")
    key(None, ENTER)
    qtbot.waitUntil(lambda: desk.states() == [OUT, OUT, OUT, IN])
    settled(qtbot, window)


def test_a_second_scan_never_presses_the_button(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, desk: DeskWorld
) -> None:
    looked_up(qtbot, window, page, "hanako")
    assert page.button.hasFocus()
    scan(desk.codes["hanako"])
    settled(qtbot, window)
    assert desk.actions() == []
    assert page.out.form is not None
    looked_up(qtbot, window, page, "tadashi")
    assert desk.actions() == []
    assert page.out.form.resident.id == desk.residents["tadashi"]


def test_a_double_click_is_one_act(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, desk: DeskWorld
) -> None:
    looked_up(qtbot, window, page, "hanako")
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(page.button, Qt.MouseButton.LeftButton)
    page.press()
    settled(qtbot, window)
    assert desk.actions() == ["item.signed_out"]
    assert not page.problem.isVisible()


def test_a_block_turns_the_button_off_and_stands_on_it(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, desk: DeskWorld
) -> None:
    row = desk.one(AgreementRow, AgreementRow.resident_id == desk.residents["hanako"])
    desk.add_change(row, withdrawn_on=row.signed_on)
    looked_up(qtbot, window, page, "hanako")
    assert not page.button.isEnabled()
    assert page.button.accessibleDescription() == "預かり同意が撤回されています"
    key(page, ENTER)
    settled(qtbot, window)
    assert desk.actions() == []


def test_somebody_else_was_quicker(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, desk: DeskWorld
) -> None:
    looked_up(qtbot, window, page, "hanako")
    desk.signed_out()
    key(None, ENTER)
    qtbot.waitUntil(lambda: page.problem.isVisible())
    assert page.problem.undone.text() == "持出しは記録されていません。"
    settled(qtbot, window)
    assert page.views.currentWidget() is page.back
    assert page.problem.isVisible()


def test_typing_finds_and_enter_picks(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, desk: DeskWorld
) -> None:
    QTest.keyClicks(page.field, "101", delay=40)
    qtbot.waitUntil(lambda: page.views.currentWidget() is page.found)
    assert page.found.results.count() == 1
    key(page.field, ENTER)
    qtbot.waitUntil(lambda: page.seen is not None)
    assert page.seen is not None
    assert page.seen.resident.id == desk.residents["tadashi"]
    settled(qtbot, window)


def test_nobody_of_that_name(qtbot: QtBot, window: DeskWindow, page: DeskPage) -> None:
    page.field.setText("999")
    key(page.field, ENTER)
    qtbot.waitUntil(lambda: page.found.nobody.isVisible())
    assert "999" in page.found.nobody.title.text()


def test_everything_back_and_its_slot_scanned(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, desk: DeskWorld
) -> None:
    desk.signed_out()
    looked_up(qtbot, window, page, "hanako")
    assert page.back.all.hasFocus()
    key(None, Qt.Key.Key_Space)
    assert page.back.slot.hasFocus()
    scan("A-12")
    qtbot.waitUntil(lambda: desk.states() == [IN] * 4)
    settled(qtbot, window)
    assert "戻りました" in page.banner.text.text()
    assert page.field.hasFocus()


def test_a_wrong_slot_is_refused_and_the_right_one_shown(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, desk: DeskWorld
) -> None:
    desk.signed_out()
    looked_up(qtbot, window, page, "hanako")
    key(None, Qt.Key.Key_Space)
    scan("A-05")
    qtbot.waitUntil(lambda: page.back.wrong.isVisible())
    assert (page.back.right_slot.text(), page.back.right_slot.size_) == ("A-12", 45)
    assert desk.states() == [OUT] * 4
    assert desk.actions()[-1] == "act.refused"
    assert page.back.slot.hasFocus()
    scan("A-12")
    qtbot.waitUntil(lambda: desk.states() == [IN] * 4)
    settled(qtbot, window)


def test_something_missing_needs_a_word_of_its_own_and_stays_out(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, desk: DeskWorld
) -> None:
    desk.signed_out()
    looked_up(qtbot, window, page, "hanako")
    key(None, Qt.Key.Key_Space)
    card, *_ = desk.items["hanako"]
    page.back.rows[card].tick.click()
    page.back.slot.setFocus()
    scan("A-12")
    asked = dialog(window, MissingDialog)
    assert asked.again.hasFocus()
    key(None, ENTER)
    settled(qtbot, window)
    assert desk.states() == [OUT] * 4
    page.press()
    QTest.mouseClick(dialog(window, MissingDialog).go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.states() == [OUT, IN, IN, IN])
    settled(qtbot, window)
    assert "足りない 1点" in page.banner.text.text()


def test_pieces_are_counted(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, desk: DeskWorld
) -> None:
    desk.signed_out()
    looked_up(qtbot, window, page, "hanako")
    page.back.tick_all()
    patient = desk.items["hanako"][2]
    page.back.rows[patient].counted.emit(2)
    assert page.back.form is not None
    assert [row.missing for row in page.back.form.missing()] == [1]
    assert page.back.rows[patient].figure.text() == "2 / 3枚"


def test_two_persons_sign_out_together(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, desk: DeskWorld
) -> None:
    desk.settings(two_person=("sign-out",))
    page.refresh()
    settled(qtbot, window)
    looked_up(qtbot, window, page, "hanako")
    key(None, ENTER)
    asked = dialog(window, SecondPersonDialog)
    asked.number.setText("1003")
    asked.password.field.setText("not the password at all")
    asked.password.edited.emit()
    asked.press()
    qtbot.waitUntil(lambda: asked.problem.isVisible())
    assert asked.password.is_empty()
    assert desk.states() == [IN] * 4
    desk.forward(minutes=1)
    asked.password.field.setText(PASSWORD)
    asked.password.edited.emit()
    asked.press()
    qtbot.waitUntil(lambda: OUT in desk.states())
    settled(qtbot, window)
    assert desk.one(LoanRow).witness_id == desk.id_of("second")


def test_a_hand_over_from_the_return_page(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, desk: DeskWorld
) -> None:
    loan_id = desk.signed_out()
    looked_up(qtbot, window, page, "hanako")
    page.back.hand_over.click()
    asked = dialog(window, HandOverDialog)
    asked.to.choose(desk.id_of("second"))
    key(asked.to, ENTER)
    qtbot.waitUntil(lambda: desk.loan(loan_id).holder_id == desk.id_of("second"))
    settled(qtbot, window)
    assert "控 直子さんが持っています" in page.banner.text.text()


def test_a_correction_stands_beside_the_record(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, desk: DeskWorld
) -> None:
    loan_id = desk.signed_out()
    looked_up(qtbot, window, page, "hanako")
    page.back.correct.click()
    asked = dialog(window, CorrectDialog)
    assert not asked.main.isEnabled()
    asked.destination.setText("例示眼科")
    asked.reason.setText("聞き違えました")
    key(asked.reason, ENTER)
    qtbot.waitUntil(lambda: desk.loan(loan_id).destination == "例示眼科")
    settled(qtbot, window)
    assert desk.actions() == ["item.signed_out", "loan.corrected"]


def test_a_hand_back_asks_for_the_receipt_and_a_second_person(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, desk: DeskWorld
) -> None:
    looked_up(qtbot, window, page, "tadashi")
    page.out.hand_back.click()
    asked = dialog(window, HandBackDialog)
    asked.rows[desk.items["tadashi"][0]].click()
    asked.press()
    settled(qtbot, window)
    assert asked.problem.isVisible()
    for name, text in (("receiver", "仮名 一"), ("relation", "長男"), ("proof_seen", "免許証")):
        asked.fields[name].setText(text)
    asked.press()
    second = dialog(window, SecondPersonDialog)
    second.number.setText("1003")
    second.password.field.setText(PASSWORD)
    second.press()
    qtbot.waitUntil(lambda: desk.states("tadashi") == [ItemState.RETURNED])
    settled(qtbot, window)


def test_an_individual_number_never_reaches_the_search(
    qtbot: QtBot, window: DeskWindow, page: DeskPage
) -> None:
    page.field.setText(individual_number())
    key(page.field, ENTER)
    qtbot.waitUntil(lambda: page.problem.isVisible())
    assert "個人番号" in page.problem.what.text()


def test_every_target_has_a_name_a_role_and_48_pixels(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, desk: DeskWorld
) -> None:
    wait_until_clean(qtbot, page)
    desk.signed_out(item_ids=tuple(desk.items["hanako"][2:]))
    looked_up(qtbot, window, page, "hanako")
    wait_until_clean(qtbot, page)
    for button, kind in ((page.back.hand_over, HandOverDialog), (page.back.correct, CorrectDialog)):
        button.click()
        opened = dialog(window, kind)
        wait_until_clean(qtbot, opened)
        opened.dismiss()
    looked_up(qtbot, window, page, "tadashi")
    wait_until_clean(qtbot, page)
    page.out.hand_back.click()
    wait_until_clean(qtbot, dialog(window, HandBackDialog))


def test_another_person_goes_on_with_the_form(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, desk: DeskWorld
) -> None:
    looked_up(qtbot, window, page, "hanako")
    page.out.rows[desk.items["hanako"][3]].click()
    window.ctx.session.close()
    window.unlock("second")
    settled(qtbot, window)
    assert page.views.currentWidget() is page.out
    assert page.button.text() == "4点を持ち出す"
    page.press()
    qtbot.waitUntil(lambda: desk.states() == [OUT] * 4)
    settled(qtbot, window)
    loan = desk.one(LoanRow)
    assert (loan.out_by, loan.holder_id) == (desk.id_of("second"), desk.id_of("second"))
