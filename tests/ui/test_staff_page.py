"""The staff page: who is shown, what is offered, and refusals in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from facility_app.domain.access import Role
from facility_app.keystore import MemoryKeys
from facility_app.services.access import NoRightsNow, WrongPassword
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.dialogs.staff import (
    AddStaffDialog,
    ChangeStaffDialog,
    EndGrantDialog,
    GrantDialog,
    PasswordDialog,
)
from facility_app.ui.pages.staff import StaffPage
from facility_app.ui.start import Program
from facility_app.ui.viewmodels.staff import may_give, needs_account
from facility_app.ui.widgets.button import ActionButton
from tests.services.accounts import PASSWORD
from tests.ui.whole import Begin, beginner, launch_of, make_store, open_store, settle, unlock

OTHER = "aoi-tsukue-to-roku-pen"
WAIT_MS = 15_000


@pytest.fixture
def begin(qtbot: QtBot) -> Iterator[Begin]:
    yield from beginner(qtbot)


@pytest.fixture
def program(qtbot: QtBot, begin: Begin, tmp_path: Path) -> Program:
    keys = MemoryKeys()
    make_store(tmp_path, keys)
    program = begin(launch_of(tmp_path, keys))
    open_store(qtbot, program)
    return program


def staff_page(qtbot: QtBot, program: Program, number: str = "1") -> StaffPage:
    unlock(qtbot, program, number)
    program.window.navigate("staff")
    settle(qtbot, program)
    page = program.window.current_page()
    assert isinstance(page, StaffPage)
    return page


def dialog_of(program: Program) -> ActDialog:
    (dialog,) = program.window.host().findChildren(ActDialog)
    return dialog


def press(qtbot: QtBot, program: Program, dialog: ActDialog) -> None:
    assert dialog.main is not None
    dialog.main.click()
    settle(qtbot, program)


def test_a_manager_sees_everybody_and_cannot_change_the_own_roles(
    qtbot: QtBot, program: Program
) -> None:
    page = staff_page(qtbot, program)
    assert len(page.tiles) == 3
    assert page.book.chosen == page.book.me
    assert page.own_note.isVisible()
    assert not page.grant_button.isVisible()
    assert page.change_button.isVisible()


def test_an_auditor_looks_and_changes_nothing(qtbot: QtBot, program: Program) -> None:
    page = staff_page(qtbot, program, "3")
    page.choose(2)
    assert not page.add_button.isVisible()
    assert not page.grant_button.isVisible()
    assert not page.change_button.isVisible()
    assert not page.password_button.isVisible()


def test_somebody_is_added_with_an_account(qtbot: QtBot, program: Program) -> None:
    page = staff_page(qtbot, program)
    page.add_button.click()
    dialog = dialog_of(program)
    assert isinstance(dialog, AddStaffDialog)
    assert dialog.main is not None
    assert not dialog.main.isEnabled()
    dialog.person.number.setText("4")
    dialog.person.name.setText("別 人")
    qtbot.keyClicks(dialog.person.password.field, OTHER)
    qtbot.keyClicks(dialog.person.again.field, OTHER)
    press(qtbot, program, dialog)
    assert len(page.tiles) == 4
    with pytest.raises(NoRightsNow):  # the account is there, a role is not yet
        program.slot.unlock("4", OTHER)


def test_an_escort_needs_no_password_and_gets_no_other_role(qtbot: QtBot, program: Program) -> None:
    page = staff_page(qtbot, program)
    page.add_button.click()
    dialog = dialog_of(program)
    assert isinstance(dialog, AddStaffDialog)
    dialog.person.number.setText("4")
    dialog.person.name.setText("付添 健")
    dialog.account.setChecked(False)
    press(qtbot, program, dialog)
    page.choose(4)
    page.grant_button.click()
    grant = dialog_of(program)
    assert isinstance(grant, GrantDialog)
    assert [grant.role.itemData(i) for i in range(grant.role.count())] == [Role.ESCORT]
    press(qtbot, program, grant)
    person = page.book.person()
    assert person is not None
    assert [view.role for view in person.grants] == [Role.ESCORT]


def test_a_number_that_is_taken_is_explained_in_the_dialog(qtbot: QtBot, program: Program) -> None:
    page = staff_page(qtbot, program)
    page.add_button.click()
    dialog = dialog_of(program)
    assert isinstance(dialog, AddStaffDialog)
    dialog.person.number.setText("2")
    dialog.person.name.setText("別 人")
    dialog.account.setChecked(False)
    press(qtbot, program, dialog)
    assert dialog.isVisible()
    assert "2" in dialog.problem.what.text()
    assert len(page.tiles) == 3


def test_a_deputy_without_an_end_is_refused_and_with_one_stands_in_the_list(
    qtbot: QtBot, program: Program
) -> None:
    page = staff_page(qtbot, program)
    page.choose(2)
    page.grant_button.click()
    dialog = dialog_of(program)
    assert isinstance(dialog, GrantDialog)
    dialog.role.choose(Role.MANAGER)
    dialog.deputy.choose(1)
    press(qtbot, program, dialog)
    assert dialog.problem.isVisible()
    dialog.last.set_date(date(2026, 12, 31))
    press(qtbot, program, dialog)
    person = page.book.person()
    assert person is not None
    assert [view.deputy_for for view in person.grants] == [None, "見本 恵"]


def test_the_end_of_a_role_is_asked_about_first(qtbot: QtBot, program: Program) -> None:
    page = staff_page(qtbot, program)
    page.choose(2)
    ends = [b for b in page.card.findChildren(ActionButton) if b.icon_name == "person_off"]
    (end,) = [button for button in ends if not button.isHidden()]
    end.click()
    dialog = dialog_of(program)
    assert isinstance(dialog, EndGrantDialog)
    press(qtbot, program, dialog)
    person = page.book.person()
    assert person is not None
    assert person.grants == ()


def test_the_last_manager_does_not_leave(qtbot: QtBot, program: Program) -> None:
    page = staff_page(qtbot, program)
    page.choose(1)
    page.change_button.click()
    dialog = dialog_of(program)
    assert isinstance(dialog, ChangeStaffDialog)
    assert not dialog.until.isEnabled()
    dialog.dismiss()


def test_a_last_day_takes_somebody_off_the_list_the_day_after(
    qtbot: QtBot, program: Program
) -> None:
    page = staff_page(qtbot, program)
    page.choose(2)
    page.change_button.click()
    dialog = dialog_of(program)
    assert isinstance(dialog, ChangeStaffDialog)
    dialog.until.set_date(date(2026, 11, 20))
    press(qtbot, program, dialog)
    person = page.book.person()
    assert person is not None
    assert person.active_until == date(2026, 11, 20)
    assert person.active


def test_the_own_password_needs_the_old_one(qtbot: QtBot, program: Program) -> None:
    page = staff_page(qtbot, program)
    page.password_button.click()
    dialog = dialog_of(program)
    assert isinstance(dialog, PasswordDialog)
    for old in ("not this one", PASSWORD):
        qtbot.keyClicks(dialog.old.field, old)
        qtbot.keyClicks(dialog.new.password.field, OTHER)
        qtbot.keyClicks(dialog.new.again.field, OTHER)
        press(qtbot, program, dialog)
        if old != PASSWORD:
            assert dialog.problem.what.text() == program.words("staff-old-password-wrong")
    assert program.slot.unlock("1", OTHER).name == "見本 恵"
    with pytest.raises(WrongPassword):
        program.slot.unlock("1", PASSWORD)


def test_a_first_password_is_changed_at_the_first_unlock(qtbot: QtBot, program: Program) -> None:
    page = staff_page(qtbot, program)
    page.choose(2)
    page.password_button.click()
    dialog = dialog_of(program)
    assert isinstance(dialog, PasswordDialog)
    assert not dialog.own
    qtbot.keyClicks(dialog.new.password.field, OTHER)
    qtbot.keyClicks(dialog.new.again.field, OTHER)
    press(qtbot, program, dialog)
    program.window.header.lock.click()
    qtbot.waitUntil(lambda: not program.session.unlocked)
    unlock(qtbot, program, "2", OTHER)
    asked = dialog_of(program)
    assert isinstance(asked, PasswordDialog)
    assert asked.own
    asked.dismiss()
    qtbot.waitUntil(lambda: not program.session.unlocked)  # a password of somebody else is no key
    unlock(qtbot, program, "2", OTHER)
    asked = dialog_of(program)
    assert isinstance(asked, PasswordDialog)
    qtbot.keyClicks(asked.old.field, OTHER)
    qtbot.keyClicks(asked.new.password.field, OTHER + " own")
    qtbot.keyClicks(asked.new.again.field, OTHER + " own")
    press(qtbot, program, asked)
    settle(qtbot, program)
    assert program.session.unlocked


def test_only_a_manager_is_offered_to_make_one() -> None:
    assert not may_give(Role.MANAGER, [Role.SYSTEM_ADMIN])
    assert may_give(Role.MANAGER, [Role.MANAGER])
    assert may_give(Role.CUSTODIAN, [Role.SYSTEM_ADMIN])
    assert [role for role in Role if not needs_account(role)] == [Role.ESCORT]
