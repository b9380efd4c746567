"""暗証番号を使う, through the window: real services, a real vault process, a simulated card."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import delete
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.cards.simulator import FaultyCard
from facility_app.cards.simulator.profiles import good
from facility_app.db.models import AgreementRow, AuditEntryRow, ItemRow, VaultEntryRow
from facility_app.domain.pins import Act, Doubt
from facility_app.secret import Secret
from facility_app.services.recognition import switch_recognition
from facility_app.ui.dialogs.pin_release import ReleaseDialog
from facility_app.ui.dialogs.pin_reveal import RevealDialog
from facility_app.ui.theme import Theme
from facility_app.ui.vault_lane import on_vault
from facility_app.ui.viewmodels.pins import RowAct
from facility_app.ui.widgets.button import ActionButton
from facility_app.vault.client import PinOutcome, Presented
from tests.conftest import FakeClock
from tests.desk_world import PASSWORD, DeskWorld, build
from tests.ui.keys import press
from tests.ui.pin_office import TODAY, passphrase, people
from tests.ui.pin_window import PATIENCE_MS, Vault, opened_vault
from tests.ui.test_accessible import wait_until_clean
from tests.vault.world import STORE_ID

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
def one_is_enough(qtbot: QtBot, world: DeskWorld, theme: Theme, tmp_path: Path) -> Iterator[Vault]:
    yield from opened_vault(qtbot, world, theme, tmp_path, threshold=1)


@pytest.fixture
def custodian(qtbot: QtBot, world: DeskWorld, theme: Theme, tmp_path: Path) -> Iterator[Vault]:
    yield from opened_vault(qtbot, world, theme, tmp_path, who="custodian")


def main(dialog: ReleaseDialog) -> ActionButton:
    """The big button."""
    assert dialog.main is not None
    return dialog.main


def pins_sent(card: FaultyCard) -> int:
    """How often the card was sent something to compare."""
    return sum(command[1] == 0x20 and len(command) > 5 for command in card.sent)


def outcomes(world: DeskWorld, action: str) -> list[str]:
    """What became of these acts, in order."""
    rows = [row for row in world.rows(AuditEntryRow) if row.action == action]
    told = [json.loads(row.canonical)["plain"] for row in sorted(rows, key=lambda row: row.seq)]
    return [each["result"] for each in told if each.get("phase") == "outcome"]


# --- sending --------------------------------------------------------------------------------------


def test_two_people_type_press_enter_and_the_card_takes_it(qtbot: QtBot, vault: Vault) -> None:
    dialog = vault.opened(qtbot)
    card = vault.laid(qtbot, dialog)
    assert dialog.band.card.text() == "期限が登録と同じです"
    assert dialog.band.figures.text() == "3/3回"
    first, second = dialog.seats.panels
    qtbot.waitUntil(first.field.hasFocus)
    press(first.field, passphrase("officer"))
    qtbot.keyClick(first.field, ENTER)
    qtbot.waitUntil(second.field.hasFocus, timeout=PATIENCE_MS)
    assert first.done.isVisible()
    assert first.field.is_empty()
    assert not main(dialog).isEnabled()
    qtbot.keyClick(dialog.face, Qt.Key.Key_Space)
    press(second.field, passphrase("officer2"))
    assert main(dialog).isEnabled()
    qtbot.keyClick(second.field, ENTER)
    page = vault.window.built("pins")
    qtbot.waitUntil(lambda: not vault.dialogs(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: page.banner.isVisible(), timeout=PATIENCE_MS)
    assert pins_sent(card) == 1
    assert outcomes(vault.world, "vault.presented") == ["done"]


def test_the_card_says_no_and_the_pin_is_not_sent_again(qtbot: QtBot, vault: Vault) -> None:
    vault.office.hold_another("hanako", b"9031")
    dialog = vault.opened(qtbot)
    card = vault.laid(qtbot, dialog)
    dialog.face.click()
    both_type(dialog)
    main(dialog).click()
    page = vault.window.built("pins")
    qtbot.waitUntil(lambda: page.problem.isVisible(), timeout=PATIENCE_MS)
    assert "残りは2回" in page.problem.what.text()
    vault.settled(qtbot)
    assert vault.world.one(VaultEntryRow).doubt is Doubt.WRONG
    qtbot.waitUntil(lambda: not page.list.rows[0].use.isEnabled(), timeout=PATIENCE_MS)
    assert pins_sent(card) == 1


def both_type(dialog: ReleaseDialog) -> None:
    for panel, who in zip(dialog.seats.panels, ("officer", "officer2"), strict=True):
        press(panel.field, passphrase(who))


def test_another_card_is_told_and_nothing_can_be_sent(qtbot: QtBot, vault: Vault) -> None:
    dialog = vault.opened(qtbot)
    vault.readers.insert(good(TODAY.replace(year=2024), 9))
    qtbot.waitUntil(lambda: dialog.watch.facts is not None, timeout=PATIENCE_MS)
    dialog.face.click()
    both_type(dialog)
    assert dialog.band.card.text() == "期限が登録と違います"
    assert main(dialog).accessibleDescription() == "期限が登録と違います"
    assert not main(dialog).isEnabled()


def test_a_wrong_passphrase_is_said_in_its_panel_and_typed_again(
    qtbot: QtBot, vault: Vault
) -> None:
    dialog = vault.opened(qtbot)
    first = dialog.seats.panels[0]
    press(first.field, "somebody else's words")
    qtbot.keyClick(first.field, ENTER)
    qtbot.waitUntil(lambda: first.problem.isVisible(), timeout=PATIENCE_MS)
    assert first.field.is_empty()
    assert first.field.accessibleDescription() == first.problem.text()
    qtbot.waitUntil(first.field.hasFocus)
    press(first.field, "o")
    assert not first.problem.isVisible()


def test_without_a_card_the_officers_may_approve_but_nothing_is_sent(
    qtbot: QtBot, vault: Vault
) -> None:
    dialog = vault.opened(qtbot)
    dialog.face.click()
    both_type(dialog)
    assert main(dialog).accessibleDescription() == "カードを置いてください"
    qtbot.keyClick(dialog.seats.panels[1].field, ENTER)
    qtbot.waitUntil(lambda: dialog.seats.panels[1].done.isVisible(), timeout=PATIENCE_MS)
    assert outcomes(vault.world, "vault.presented") == []


def test_the_name_on_the_face_is_asked_for(qtbot: QtBot, vault: Vault) -> None:
    dialog = vault.opened(qtbot)
    vault.laid(qtbot, dialog)
    both_type(dialog)
    assert main(dialog).accessibleDescription() == "券面の氏名を確かめてください"


def test_a_name_that_was_looked_at_is_that_of_one_card(qtbot: QtBot, vault: Vault) -> None:
    dialog = vault.opened(qtbot)
    dialog.face.click()
    vault.laid(qtbot, dialog)
    both_type(dialog)
    assert main(dialog).isEnabled(), "looked at in the hand, then laid"
    vault.readers.remove()
    qtbot.waitUntil(lambda: not dialog.watch.insertion, timeout=PATIENCE_MS)
    vault.laid(qtbot, dialog)
    assert not dialog.face.isChecked()
    assert main(dialog).accessibleDescription() == "券面の氏名を確かめてください"
    dialog.face.click()
    assert main(dialog).isEnabled()


def test_where_this_computer_cannot_recognise_the_card_the_face_is_asked_for(
    qtbot: QtBot, vault: Vault
) -> None:
    """The register has a mark, made at another computer: dates alone tell no two cards apart, so
    nothing is sent before somebody says that they have looked."""
    world, office = vault.world, vault.office
    switch_recognition(office.whole, world.staff["manager"], True)
    office.root_keys.forget(f"{STORE_ID}:recognition")
    for row in world.rows(AgreementRow):
        world.add_change(row, recognition_clause=True)
    world.add_change(
        world.one(ItemRow, ItemRow.id == world.items["hanako"][0]), recognition_mark=bytes(32)
    )
    dialog = vault.opened(qtbot)
    card = vault.laid(qtbot, dialog)
    assert not dialog.face.isVisible()
    both_type(dialog)
    main(dialog).click()
    qtbot.waitUntil(dialog.face.isVisible, timeout=PATIENCE_MS)
    assert pins_sent(card) == 0
    qtbot.waitUntil(lambda: not dialog.sending, timeout=PATIENCE_MS)
    both_type(dialog)
    assert main(dialog).accessibleDescription() == "券面の氏名を確かめてください"
    dialog.face.click()
    main(dialog).click()
    qtbot.waitUntil(lambda: not vault.dialogs(), timeout=PATIENCE_MS)
    vault.settled(qtbot)
    assert pins_sent(card) == 1
    assert outcomes(world, "vault.presented") == ["done"]


def test_whether_it_still_fits_is_tried_only_with_all_tries(qtbot: QtBot, vault: Vault) -> None:
    page = vault.page(qtbot)
    page.acts._chosen(page.book.pins[0], RowAct.CHECK)
    dialog = vault.dialog(qtbot, ReleaseDialog)
    assert dialog.form.act is Act.CHECK
    assert not dialog.turn.isVisible()
    card = vault.laid(qtbot, dialog)
    dialog.face.click()
    both_type(dialog)
    main(dialog).click()
    qtbot.waitUntil(lambda: not vault.dialogs(), timeout=PATIENCE_MS)
    assert pins_sent(card) == 1


def test_a_custodian_asks_and_two_officers_approve(qtbot: QtBot, custodian: Vault) -> None:
    dialog = custodian.opened(qtbot)
    mine, *officers = dialog.seats.panels
    assert mine.done.isVisible()
    assert not mine.field.isVisible()
    assert len(officers) == 2
    officers[0].chooser.setCurrentIndex(1)
    assert officers[1].chooser.count() == 2, "nobody sits twice"
    assert not dialog.turn.isVisible(), "who has cards in hand shows no PIN"


# --- showing --------------------------------------------------------------------------------------


def test_a_reveal_needs_a_reason_and_shows_a_picture_for_seconds(
    qtbot: QtBot, vault: Vault
) -> None:
    dialog = vault.opened(qtbot)
    dialog.turn.click()
    assert dialog.title.text() == "暗証番号を画面に開示する"
    both_type(dialog)
    assert main(dialog).accessibleDescription() == "理由を選んでください"
    dialog.reasons.choose("reader-broken")
    main(dialog).click()
    shown: RevealDialog = vault.dialog(qtbot, RevealDialog)
    sheet = shown.picture.sheet
    assert any(sheet._pixels)
    assert QApplication.clipboard().text() == ""
    pixels = sheet._pixels
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not vault.dialogs(), timeout=PATIENCE_MS)
    assert not any(pixels)
    assert outcomes(vault.world, "vault.revealed") == ["done"]


def test_who_approved_sending_has_not_approved_showing(qtbot: QtBot, vault: Vault) -> None:
    dialog = vault.opened(qtbot)
    first = dialog.seats.panels[0]
    press(first.field, passphrase("officer"))
    qtbot.keyClick(first.field, ENTER)
    qtbot.waitUntil(lambda: first.done.isVisible(), timeout=PATIENCE_MS)
    dialog.turn.click()
    assert not dialog.seats.panels[0].done.isVisible()
    vault.settled(qtbot)
    assert "vault.given_up" in vault.world.actions()


def test_where_one_officer_is_enough_a_manager_is_the_second_to_show_it(
    qtbot: QtBot, one_is_enough: Vault
) -> None:
    dialog = one_is_enough.opened(qtbot)
    dialog.turn.click()
    dialog.reasons.choose("card-renewal")
    first, second = dialog.seats.panels
    press(first.field, passphrase("officer"))
    names = [second.chooser.itemText(n) for n in range(second.chooser.count())]
    manager = next(n for n, name in enumerate(names) if "管理責任者" in name and "番号" not in name)
    second.chooser.setCurrentIndex(manager)
    assert isinstance(second.first_field(), QLineEdit)
    qtbot.keyClicks(second.password.field, PASSWORD)
    qtbot.keyClick(second.password.field, ENTER)
    one_is_enough.dialog(qtbot, RevealDialog)
    assert outcomes(one_is_enough.world, "vault.revealed") == ["done"]


def test_who_has_the_card_out_does_not_sit_down(qtbot: QtBot, vault: Vault) -> None:
    world = vault.world
    world.signed_out("hanako", holder_id=world.id_of("officer2"))
    dialog = vault.opened(qtbot)
    assert dialog.seats.panels[1].chooser.count() == 1, "only the line that asks to choose"
    vault.laid(qtbot, dialog)
    assert main(dialog).accessibleDescription() == "確かめる人が足りません"


# --- lock and cover -------------------------------------------------------------------------------


def test_the_cover_closes_the_dialog_wipes_and_ends_the_process(qtbot: QtBot, vault: Vault) -> None:
    from facility_app.ui.vault_lane import end_vault

    dialog = vault.opened(qtbot)
    first = dialog.seats.panels[0]
    press(first.field, passphrase("officer"))
    qtbot.keyClick(first.field, ENTER)
    qtbot.waitUntil(lambda: first.done.isVisible(), timeout=PATIENCE_MS)
    field = dialog.seats.panels[1].field
    press(field, passphrase("officer2"))
    assert vault.office.vault.running
    end_vault(vault.window.ctx)
    vault.window.window.clear_secrets()
    assert not vault.office.vault.running
    assert not vault.dialogs()
    assert not any(field._held)


def test_the_process_is_ended_at_once_also_while_the_lane_is_busy(
    qtbot: QtBot, vault: Vault
) -> None:
    from facility_app.ui.vault_lane import end_vault

    dialog = vault.opened(qtbot)
    first = dialog.seats.panels[0]
    press(first.field, passphrase("officer"))
    qtbot.keyClick(first.field, ENTER)
    qtbot.waitUntil(lambda: first.done.isVisible(), timeout=PATIENCE_MS)
    agent = vault.office.vault.agent()
    pid = agent.pid
    assert pid is not None
    free = threading.Event()
    vault.window.lane.run(lambda: free.wait(20))
    began = time.perf_counter()
    end_vault(vault.window.ctx)
    took = time.perf_counter() - began
    qtbot.waitUntil(lambda: not Path(f"/proc/{pid}").exists(), timeout=PATIENCE_MS)
    free.set()
    assert took < 0.2


def test_an_answer_that_comes_after_a_lock_shows_nothing(qtbot: QtBot, vault: Vault) -> None:
    """The card had answered; the lock came before the window heard of it."""
    page = vault.page(qtbot)
    dialog = vault.opened(qtbot)
    answer = Presented(PinOutcome.ACCEPTED, None)
    vault.window.ctx.session.close()
    dialog.presented.emit(answer)
    vault.settled(qtbot)
    assert not page.banner.isVisibleTo(page)


class Gone(QObject):
    def take(self, _answer: object) -> None:
        raise AssertionError("nobody is there any more")


def test_secrets_of_an_answer_that_nobody_takes_are_wiped(qtbot: QtBot, vault: Vault) -> None:
    """The recovery shares of officers who were changed while the dialog went."""
    shares, gone = (Secret(b"one"), Secret(b"two")), Gone()
    free = threading.Event()
    vault.window.lane.run(lambda: free.wait(20))
    on_vault(vault.window.ctx, lambda *_who: shares, done=gone.take, failed=gone.take)
    delete(gone)
    free.set()
    vault.settled(qtbot)
    assert [share.wiped for share in shares] == [True, True]


def test_another_person_closes_the_dialog(qtbot: QtBot, vault: Vault) -> None:
    vault.opened(qtbot)
    vault.window.ctx.session.close()
    assert not vault.dialogs()


def test_leaving_gives_the_release_up_in_the_record(qtbot: QtBot, vault: Vault) -> None:
    dialog = vault.opened(qtbot)
    first = dialog.seats.panels[0]
    press(first.field, passphrase("officer"))
    qtbot.keyClick(first.field, ENTER)
    qtbot.waitUntil(lambda: first.done.isVisible(), timeout=PATIENCE_MS)
    qtbot.keyClick(dialog.seats.panels[1].field, Qt.Key.Key_Escape)
    vault.settled(qtbot)
    assert vault.world.actions()[-1] == "vault.given_up"
    assert not vault.office.vault.running


# --- everybody ------------------------------------------------------------------------------------


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_target_has_name_role_and_size(
    qtbot: QtBot, vault: Vault, theme: Theme, zoom: int
) -> None:
    theme.set_zoom(zoom)
    dialog = vault.opened(qtbot)
    wait_until_clean(qtbot, dialog, zoom)
    dialog.turn.click()
    wait_until_clean(qtbot, dialog, zoom)


def test_the_keyboard_reaches_every_field_in_order(qtbot: QtBot, vault: Vault) -> None:
    dialog = vault.opened(qtbot)
    vault.laid(qtbot, dialog)
    first, second = dialog.seats.panels
    qtbot.waitUntil(first.field.hasFocus)
    for wanted in (second.chooser, second.field, dialog.face):
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        qtbot.waitUntil(wanted.hasFocus)
