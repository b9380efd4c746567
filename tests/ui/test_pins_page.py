"""暗証番号 through the window: what is held for whom, and what is done with it but using it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.cards.simulator import SimulatedReaders
from facility_app.db.models import AgreementRow, AuditEntryRow, VaultEntryRow
from facility_app.domain.pins import Doubt, EntryState
from facility_app.ui.dialogs.choose_resident import ChooseResidentDialog
from facility_app.ui.dialogs.pin_acts import EraseDialog, MoreDialog
from facility_app.ui.dialogs.pin_deposit import DepositDialog
from facility_app.ui.dialogs.pin_passphrase import OwnPassphraseDialog
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.pin_deposit import Line
from facility_app.ui.viewmodels.pins import RowAct
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build
from tests.ui.desk_office import DeskWindow
from tests.ui.keys import press
from tests.ui.pin_office import PAGES, PIN, PinOffice, passphrase, people, rows
from tests.ui.pin_window import PATIENCE_MS, Vault, opened_vault
from tests.ui.test_accessible import wait_until_clean

ENTER = Qt.Key.Key_Return


@pytest.fixture
def world(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    world = build(engine, work, clock)
    people(world)
    return world


@pytest.fixture
def vault(qtbot: QtBot, world: DeskWorld, theme: Theme, tmp_path: Path) -> Iterator[Vault]:
    yield from opened_vault(qtbot, world, theme, tmp_path)


@pytest.fixture
def off(qtbot: QtBot, world: DeskWorld, theme: Theme, tmp_path: Path) -> Iterator[Vault]:
    yield from opened_vault(qtbot, world, theme, tmp_path, on=False)


# --- the list -------------------------------------------------------------------------------------


def test_a_row_says_for_whom_and_how_it_stands_and_never_the_pin(
    qtbot: QtBot, vault: Vault
) -> None:
    page = vault.page(qtbot)
    assert rows(page) == ["見本 花子"]
    (row,) = page.list.rows
    assert [chip.text for chip in row.row.chips] == ["同意あり", "カード 保管中"]
    assert row.row.kind == "利用者証明用（4桁）"
    assert row.use.isEnabled()
    shown = " ".join(label.text() for label in page.findChildren(QLabel))
    assert PIN.decode() not in shown


def test_a_pouch_tag_chooses_the_row_and_its_button(qtbot: QtBot, vault: Vault) -> None:
    page = vault.page(qtbot)
    vault.window.window.deliver_scan(vault.world.codes["hanako"])
    qtbot.waitUntil(lambda: page.list.rows[0].chosen, timeout=PATIENCE_MS)
    qtbot.waitUntil(page.list.rows[0].use.hasFocus)


def test_the_tag_of_somebody_without_a_pin_is_said(qtbot: QtBot, vault: Vault) -> None:
    page = vault.page(qtbot)
    vault.window.window.deliver_scan(vault.world.codes["tadashi"])
    qtbot.waitUntil(page.list.unmatched.isVisible, timeout=PATIENCE_MS)
    page.field.clear()
    page.field.searched.emit("")
    assert rows(page) == ["見本 花子"]


def test_a_doubted_pin_is_not_used(qtbot: QtBot, vault: Vault) -> None:
    row = vault.world.one(VaultEntryRow)
    vault.world.add_change(row, doubt=Doubt.WRONG)
    shown = vault.page(qtbot).list.rows[0]
    assert shown.row.chips[0].text == "カードと合いません"
    assert not shown.use.isEnabled()
    assert shown.use.accessibleDescription() == "入れ替えるまで使えません"


def test_a_withdrawn_agreement_is_said_and_nothing_is_used(qtbot: QtBot, vault: Vault) -> None:
    world = vault.world
    for row in world.rows(AgreementRow):
        world.add_change(row, pin_clause=False)
    shown = vault.page(qtbot).list.rows[0]
    assert "暗証番号の同意なし" in [chip.text for chip in shown.row.chips]
    assert not shown.use.isEnabled()


def test_a_vault_that_is_away_is_said_and_everything_else_works(qtbot: QtBot, vault: Vault) -> None:
    vault.office.vault.close()
    vault.office.place.rename(vault.office.place.with_name("away"))
    page = vault.page(qtbot)
    assert page.absent.isVisible()
    assert not page.list.rows[0].use.isEnabled()
    assert not page.deposit.isEnabled()
    assert page.list.place.text().startswith("保管庫がつながっていません")
    assert vault.window.ctx.navigate("today")


def test_off_by_default_says_why_and_offers_nothing_to_an_officer(qtbot: QtBot, off: Vault) -> None:
    page = off.window.page("pins")
    qtbot.waitUntil(page.list.off.isVisible, timeout=PATIENCE_MS)
    assert page.list.off.findChild(type(page.deposit)) is None
    assert not page.deposit.isVisible()
    assert not page.field.isVisible()


def test_off_by_default_leads_the_manager_to_the_walk(qtbot: QtBot, off: Vault) -> None:
    off.window.unlock("manager")
    page = off.window.page("pins")
    qtbot.waitUntil(page.list.off.isVisible, timeout=PATIENCE_MS)
    page.list.off.findChild(type(page.deposit)).click()
    assert off.window.window.current_key == "pin-vault"


# --- navigation -----------------------------------------------------------------------------------


def entries(window: DeskWindow, who: str) -> list[str]:
    """The keys that stand in the navigation."""
    window.unlock(who)
    return [key for key in PAGES if window.window.navigation.button(key) is not None]


def test_the_entry_comes_for_custodians_and_managers_with_the_vault(
    qtbot: QtBot, off: Vault
) -> None:
    window = off.window
    assert "pins" in entries(window, "officer")
    assert "pins" not in entries(window, "custodian")
    assert "pins" not in entries(window, "manager")
    off.office.switch_on()
    window.page("pins")
    qtbot.waitUntil(lambda: "pins" in entries(window, "custodian"), timeout=PATIENCE_MS)
    assert "pins" in entries(window, "manager")
    assert "pins" not in entries(window, "auditor")


# --- depositing -----------------------------------------------------------------------------------


def deposit(qtbot: QtBot, vault: Vault, who: str, kind: str = "user-auth") -> DepositDialog:
    """The dialog for somebody, found by their tag."""
    page = vault.page(qtbot)
    page.deposit.click()
    asked = vault.dialog(qtbot, ChooseResidentDialog)
    asked.field.scan(vault.world.codes[who])
    dialog: DepositDialog = vault.dialog(qtbot, DepositDialog)
    dialog.kinds.choose(kind)
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=PATIENCE_MS)
    return dialog


def reason(dialog: DepositDialog) -> str:
    """What the big button says instead of its word."""
    assert dialog.main is not None
    return dialog.main.accessibleDescription() if not dialog.main.isEnabled() else ""


def test_typed_twice_and_enter_it_is_held(qtbot: QtBot, vault: Vault) -> None:
    dialog = deposit(qtbot, vault, "yuki")
    qtbot.waitUntil(dialog.pin.hasFocus)
    press(dialog.pin, "7093")
    qtbot.keyClick(dialog.pin, ENTER)
    qtbot.waitUntil(dialog.again.hasFocus)
    assert reason(dialog) == "同じ番号を2回打ってください"
    press(dialog.again, "7093")
    qtbot.keyClick(dialog.again, ENTER)
    page = vault.window.built("pins")
    qtbot.waitUntil(lambda: rows(page) == ["見本 花子", "渡邉 ゆき"], timeout=PATIENCE_MS)
    assert vault.world.actions()[-2:] == ["vault.deposited", "vault.deposited"]
    assert not any(dialog.pin._held)


def test_two_that_differ_are_told_and_not_sent(qtbot: QtBot, vault: Vault) -> None:
    dialog = deposit(qtbot, vault, "yuki")
    press(dialog.pin, "7093")
    press(dialog.again, "7094")
    assert "よくない" in dialog.lines[Line.AGAIN].accessibleName()
    assert reason(dialog) == "同じ番号を2回打ってください"


def test_one_made_from_the_birth_date_is_held_only_knowingly(qtbot: QtBot, vault: Vault) -> None:
    dialog = deposit(qtbot, vault, "yuki")
    for field in (dialog.pin, dialog.again):
        press(field, "0307")
    assert dialog.lines[Line.GUESSABLE].text.text().startswith("生年月日")
    assert reason(dialog) == "推測されやすい番号です"
    dialog.knows.click()
    assert reason(dialog) == ""


def test_without_an_agreement_nothing_can_be_typed(qtbot: QtBot, vault: Vault) -> None:
    row = vault.world.one(AgreementRow, AgreementRow.resident_id == vault.world.residents["yuki"])
    vault.world.add_change(row, pin_clause=False)
    dialog = deposit(qtbot, vault, "yuki")
    qtbot.waitUntil(dialog.hindrance.isVisible)
    assert dialog.hindrance.title.text() == "預かれません（暗証番号の同意なし）"
    assert not dialog.pin.isEnabled()
    assert reason(dialog) == "預かれません"


def test_without_the_card_in_custody_neither(qtbot: QtBot, vault: Vault) -> None:
    dialog = deposit(qtbot, vault, "tadashi")
    qtbot.waitUntil(dialog.hindrance.isVisible)
    assert dialog.hindrance.title.text() == "カードを預かっていません"


def test_one_that_is_held_is_replaced_not_deposited(qtbot: QtBot, vault: Vault) -> None:
    dialog = deposit(qtbot, vault, "hanako")
    qtbot.waitUntil(dialog.hindrance.isVisible)
    assert "もう預かっています" in dialog.hindrance.title.text()


def test_signature_passwords_are_not_even_offered(qtbot: QtBot, vault: Vault) -> None:
    dialog = deposit(qtbot, vault, "yuki")
    assert dialog.kinds.button("signature") is None
    assert "実印" in dialog.never.text()


def test_pasting_is_refused_with_a_word(qtbot: QtBot, vault: Vault) -> None:
    dialog = deposit(qtbot, vault, "yuki")
    qtbot.keyClick(dialog.pin, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "貼り付け" in dialog.lines[Line.LENGTH].text.text()
    assert dialog.pin.is_empty()


def test_the_cover_closes_the_dialog_and_wipes_it(qtbot: QtBot, vault: Vault) -> None:
    dialog = deposit(qtbot, vault, "yuki")
    press(dialog.pin, "7093")
    vault.window.window.clear_secrets()
    assert not any(dialog.pin._held)
    assert not vault.dialogs()


# --- replacing, erasing ---------------------------------------------------------------------------


def more(qtbot: QtBot, vault: Vault, act: RowAct) -> None:
    """Press one of the other acts of the first row."""
    vault.page(qtbot).list.rows[0].more.click()
    dialog: MoreDialog = vault.dialog(qtbot, MoreDialog)
    dialog.buttons[act].click()


def test_a_replacement_takes_the_doubt_away(qtbot: QtBot, vault: Vault) -> None:
    vault.world.add_change(vault.world.one(VaultEntryRow), doubt=Doubt.WRONG)
    more(qtbot, vault, RowAct.REPLACE)
    dialog: DepositDialog = vault.dialog(qtbot, DepositDialog)
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=PATIENCE_MS)
    for field in (dialog.pin, dialog.again):
        press(field, "7093")
    qtbot.keyClick(dialog.again, ENTER)
    qtbot.waitUntil(lambda: not vault.dialogs(), timeout=PATIENCE_MS)
    vault.settled(qtbot)
    row = vault.world.one(VaultEntryRow)
    assert (row.doubt, row.version) == (None, 2)


def test_erasing_asks_for_a_reason_and_leaves_proof(qtbot: QtBot, vault: Vault) -> None:
    more(qtbot, vault, RowAct.ERASE)
    dialog: EraseDialog = vault.dialog(qtbot, EraseDialog)
    assert dialog.main is not None
    assert dialog.main.accessibleDescription() == "理由を入力してください"
    dialog.reason.setText("本人の申出")
    qtbot.keyClick(dialog.reason, ENTER)
    page = vault.window.built("pins")
    qtbot.waitUntil(lambda: not page.list.rows, timeout=PATIENCE_MS)
    qtbot.waitUntil(page.list.none.isVisible, timeout=PATIENCE_MS)
    row = vault.world.one(VaultEntryRow)
    assert row.state is EntryState.ERASED
    assert row.erased_seq is not None


def test_without_the_drive_it_is_marked_and_erased_later(qtbot: QtBot, vault: Vault) -> None:
    vault.office.vault.close()
    page = vault.page(qtbot)
    vault.office.place.rename(vault.office.place.with_name("away"))
    more(qtbot, vault, RowAct.ERASE)
    dialog: EraseDialog = vault.dialog(qtbot, EraseDialog)
    dialog.reason.setText("本人の申出")
    qtbot.keyClick(dialog.reason, ENTER)
    qtbot.waitUntil(dialog.problem.isVisible, timeout=PATIENCE_MS)
    dialog.dismiss()
    page.refresh()
    qtbot.waitUntil(
        lambda: page.list.rows[0].row.chips[0].text == "消去を待っています", timeout=PATIENCE_MS
    )
    vault.office.place.with_name("away").rename(vault.office.place)
    page.refresh()
    qtbot.waitUntil(lambda: not page.list.rows, timeout=PATIENCE_MS)
    assert vault.world.one(VaultEntryRow).state is EntryState.ERASED


# --- one's own passphrase -------------------------------------------------------------------------


def own(qtbot: QtBot, vault: Vault) -> OwnPassphraseDialog:
    page = vault.page(qtbot)
    page.own.click()
    dialog: OwnPassphraseDialog = vault.dialog(qtbot, OwnPassphraseDialog)
    return dialog


def fill(dialog: OwnPassphraseDialog, old: str, new: str) -> None:
    press(dialog.old, old)
    press(dialog.new.first, new)
    press(dialog.new.again, new)


def test_an_officer_changes_their_own_passphrase(qtbot: QtBot, vault: Vault) -> None:
    dialog = own(qtbot, vault)
    fill(dialog, passphrase("officer"), "another one, longer")
    qtbot.keyClick(dialog.new.again, ENTER)
    qtbot.waitUntil(lambda: not vault.dialogs(), timeout=PATIENCE_MS)
    vault.settled(qtbot)
    told = [
        json.loads(row.canonical)["plain"].get("result")
        for row in vault.world.rows(AuditEntryRow)
        if row.action == "vault.passphrase_changed"
    ]
    assert "done" in told


def test_a_wrong_old_one_changes_nothing_and_is_said(qtbot: QtBot, vault: Vault) -> None:
    dialog = own(qtbot, vault)
    fill(dialog, "somebody else's", "another one, longer")
    qtbot.keyClick(dialog.new.again, ENTER)
    qtbot.waitUntil(dialog.problem.isVisible, timeout=PATIENCE_MS)
    assert dialog.old.is_empty()
    assert dialog.new.first.is_empty()


def test_a_short_one_is_not_sent(qtbot: QtBot, vault: Vault) -> None:
    dialog = own(qtbot, vault)
    fill(dialog, passphrase("officer"), "too short")
    assert dialog.main is not None
    assert not dialog.main.isEnabled()
    assert "よくない" in dialog.new.long.accessibleName()


# --- everybody ------------------------------------------------------------------------------------


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_target_has_name_role_and_size(
    qtbot: QtBot, vault: Vault, theme: Theme, zoom: int
) -> None:
    theme.set_zoom(zoom)
    page = vault.page(qtbot)
    wait_until_clean(qtbot, page, zoom)
    page.list.rows[0].more.click()
    dialog = vault.dialog(qtbot, MoreDialog)
    wait_until_clean(qtbot, dialog, zoom)
    dialog.dismiss()
    page.acts._chosen(page.book.pins[0], RowAct.ERASE)
    erase = vault.dialog(qtbot, EraseDialog)
    wait_until_clean(qtbot, erase, zoom)
    erase.dismiss()
    passphrases = own(qtbot, vault)
    wait_until_clean(qtbot, passphrases, zoom)
    passphrases.dismiss()
    wait_until_clean(qtbot, deposit(qtbot, vault, "yuki"), zoom)


def test_nobody_without_the_right_sees_the_page(
    qtbot: QtBot, world: DeskWorld, theme: Theme, tmp_path: Path
) -> None:
    office = PinOffice(world, tmp_path, SimulatedReaders())
    window = DeskWindow(world, theme, who="auditor", pages=PAGES, office=office)
    qtbot.addWidget(window.window)
    assert not window.ctx.navigate("pins")
    window.close()
    office.close()
