"""The vault turned on, looked after and turned off, through the window, with a real process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import VaultOfficerRow, VaultRow
from facility_app.secret import Secret
from facility_app.services.pin_views import WithoutPin
from facility_app.ui.dialogs.pin_officers import APPROVALS, OfficersDialog
from facility_app.ui.dialogs.pin_recovery import CheckShareDialog, RecoverDialog
from facility_app.ui.dialogs.pin_shares import SharesDialog
from facility_app.ui.dialogs.pin_vault import (
    GiveUpDialog,
    MoveDialog,
    PreviousDialog,
    SwitchOffDialog,
)
from facility_app.ui.pages.pins_manage import VaultAct
from facility_app.ui.pages.pins_vault import VaultPage
from facility_app.ui.pages.pins_walk_steps import DOES, DOES_NOT
from facility_app.ui.theme import Theme
from facility_app.ui.viewmodels.pin_setup import SetUp, SharesCheck, Stage
from facility_app.ui.widgets.words_edit import WordsEdit
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build
from tests.ui.keys import press
from tests.ui.pin_office import OFFICERS, passphrase, people
from tests.ui.pin_window import PATIENCE_MS, Vault, opened_vault
from tests.ui.test_accessible import wait_until_clean

ENTER = Qt.Key.Key_Return


@pytest.fixture
def world(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    world = build(engine, work, clock)
    people(world)
    return world


@pytest.fixture
def off(qtbot: QtBot, world: DeskWorld, theme: Theme, tmp_path: Path) -> Iterator[Vault]:
    yield from opened_vault(qtbot, world, theme, tmp_path, who="manager", on=False)


@pytest.fixture
def on(qtbot: QtBot, world: DeskWorld, theme: Theme, tmp_path: Path) -> Iterator[Vault]:
    yield from opened_vault(qtbot, world, theme, tmp_path, who="manager")


@pytest.fixture
def empty(qtbot: QtBot, world: DeskWorld, theme: Theme, tmp_path: Path) -> Iterator[Vault]:
    yield from opened_vault(qtbot, world, theme, tmp_path, who="manager", holds=False)


def page_of(qtbot: QtBot, vault: Vault) -> VaultPage:
    """The page, read."""
    page: VaultPage = vault.window.page("pin-vault")
    vault.settled(qtbot)
    return page


def answer(page: VaultPage, does: str = DOES_NOT) -> None:
    for question in page.walk.ways.questions.values():
        question.choose(does)


def why(page: VaultPage) -> str:
    """What the big button says instead of its word."""
    return page.next.accessibleDescription() if not page.next.isEnabled() else ""


def walk_to(qtbot: QtBot, vault: Vault, stage: Stage) -> VaultPage:
    """As far as this step, with the keyboard."""
    page = page_of(qtbot, vault)
    answer(page)
    if stage is Stage.WAYS:
        return page
    qtbot.keyClick(page.next, ENTER)
    page.walk.place.folder.edit.setText(str(vault.office.place))
    page.walk.place.folder.edit.textEdited.emit(str(vault.office.place))
    if stage is Stage.PLACE:
        return page
    qtbot.keyClick(page.next, ENTER)
    for tick in list(page.walk.officers.ticks.values()):
        tick.click()  # two quick keys would be a scanner's burst
    if stage is Stage.PASSPHRASES:
        qtbot.keyClick(page.next, ENTER)
    return page


def type_passphrases(qtbot: QtBot, page: VaultPage) -> None:
    step = page.walk.passphrases
    for who in OFFICERS:
        press(step.new.first, passphrase(who))
        press(step.new.again, passphrase(who))
        qtbot.keyClick(step.new.again, ENTER)


# --- turning it on --------------------------------------------------------------------------------


def test_the_walk_ends_where_a_way_without_a_pin_will_do(qtbot: QtBot, off: Vault) -> None:
    page = page_of(qtbot, off)
    assert why(page) == "三つの方法に答えてください"
    answer(page)
    assert why(page) == ""
    page.walk.ways.questions[WithoutPin.CERTIFICATE].choose(DOES)
    assert why(page) == "足りる方法があります"
    assert page.walk.ways.not_needed.isVisible()
    page.give_up.click()
    assert off.window.window.current_key == "pins"
    assert off.world.rows(VaultRow) == []


def test_each_way_is_told_with_its_papers(qtbot: QtBot, off: Vault) -> None:
    page = page_of(qtbot, off)
    said = " ".join(label.text() for label in page.walk.ways.findChildren(type(page.walk.title)))
    for wanted in ("顔認証マイナンバーカード", "委任状", "目視", "資格確認書", "申請書"):
        assert wanted in said


def test_from_the_first_question_to_the_printed_shares(qtbot: QtBot, off: Vault) -> None:
    page = walk_to(qtbot, off, Stage.PASSPHRASES)
    assert why(page) == "全員の合言葉が要ります"
    type_passphrases(qtbot, page)
    assert why(page) == ""
    qtbot.keyClick(page.next, ENTER)
    dialog: SharesDialog = off.dialog(qtbot, SharesDialog)
    assert len(off.world.rows(VaultOfficerRow)) == 2
    assert off.world.one(VaultRow).threshold == 2
    dialog.paper_made()
    for field, share, at in zip(
        dialog.fields, dialog.check.words, dialog.check.positions, strict=True
    ):
        qtbot.keyClicks(field, share[at - 1][:4])
    qtbot.keyClick(dialog.fields[-1], ENTER)
    qtbot.waitUntil(lambda: not off.dialogs(), timeout=PATIENCE_MS)
    qtbot.waitUntil(page.manage.isVisible, timeout=PATIENCE_MS)
    assert dialog.check.words == ()
    assert off.window.window.navigation.button("pins") is not None


def test_a_place_beside_the_register_is_refused_and_nothing_is_made(
    qtbot: QtBot, off: Vault
) -> None:
    page = walk_to(qtbot, off, Stage.PASSPHRASES)
    page.walk.form.folder = str(off.office.data.path)
    type_passphrases(qtbot, page)
    page.next.click()
    qtbot.waitUntil(page.problem.isVisible, timeout=PATIENCE_MS)
    assert off.world.rows(VaultRow) == []
    assert why(page) == "全員の合言葉が要ります"


def test_the_cover_wipes_the_passphrases_that_wait(qtbot: QtBot, off: Vault) -> None:
    page = walk_to(qtbot, off, Stage.PASSPHRASES)
    type_passphrases(qtbot, page)
    held = list(page.walk.passphrases.secrets.values())
    assert len(held) == 2
    off.window.window.clear_secrets()
    assert all(secret.wiped for secret in held)
    assert why(page) == "全員の合言葉が要ります"
    assert page.walk.form.chosen, "what was chosen stays"


def test_one_approval_alone_is_possible_and_advised_against(qtbot: QtBot, off: Vault) -> None:
    page = walk_to(qtbot, off, Stage.OFFICERS)
    assert not page.walk.officers.alone.isVisible()
    page.walk.officers.threshold.choose("1")
    assert page.walk.officers.alone.isVisible()
    assert why(page) == ""


# --- the shares -----------------------------------------------------------------------------------


def shares(*texts: str) -> list[Secret]:
    return [Secret.from_text(text) for text in texts]


def test_a_word_that_is_not_on_the_paper_is_told(qtbot: QtBot, on: Vault) -> None:
    page_of(qtbot, on)
    made = shares(*on.shares)
    dialog = SharesDialog(on.window.ctx, made)
    dialog.start()
    assert dialog.main is not None
    assert dialog.main.accessibleDescription() == "先に印刷してください"
    dialog.paper_made()
    for field in dialog.fields:
        field.setText("zzzz")
    dialog.main.click()
    assert [label.problem for label in dialog.labels] == ["紙と違います"] * 3
    dialog.dismiss()
    assert all(share.wiped for share in made)


def test_they_outlast_the_cover_and_not_the_lock(qtbot: QtBot, on: Vault) -> None:
    page_of(qtbot, on)
    made = shares(*on.shares)
    dialog = SharesDialog(on.window.ctx, made)
    dialog.start()
    on.window.window.clear_secrets()
    assert dialog.isVisible()
    dialog.dismiss()
    assert all(share.wiped for share in made)


def test_the_words_asked_for_are_never_those_that_all_papers_share() -> None:
    words = [tuple(f"word{n}" for n in range(33))] * 3
    for _ in range(50):
        assert min(SharesCheck.of(words).positions) >= 4


# --- looking after it -----------------------------------------------------------------------------


def begin(qtbot: QtBot, vault: Vault, act: VaultAct, kind: type[Any]) -> Any:
    page = page_of(qtbot, vault)
    qtbot.waitUntil(page.manage.isVisible, timeout=PATIENCE_MS)
    page.manage.buttons[act].click()
    return vault.dialog(qtbot, kind)


def test_a_share_is_tried_without_opening_anything(qtbot: QtBot, on: Vault) -> None:
    page = page_of(qtbot, on)
    assert page.manage.checked.text() == "まだ確かめていません"
    dialog: CheckShareDialog = begin(qtbot, on, VaultAct.CHECK_SHARE, CheckShareDialog)
    press(dialog.field, on.shares[1])
    assert dialog.field.count.text() == "33語のうち33語"
    qtbot.keyClick(dialog.field, ENTER)
    qtbot.waitUntil(lambda: page.banner.isVisible(), timeout=PATIENCE_MS)
    qtbot.waitUntil(
        lambda: page.manage.checked.text() != "まだ確かめていません", timeout=PATIENCE_MS
    )
    assert not any(dialog.field._held)


def test_a_share_with_a_misread_word_is_told(qtbot: QtBot, on: Vault) -> None:
    dialog: CheckShareDialog = begin(qtbot, on, VaultAct.CHECK_SHARE, CheckShareDialog)
    words = on.shares[0].split()
    words[10] = "zzzzz"
    press(dialog.field, " ".join(words))
    qtbot.keyClick(dialog.field, ENTER)
    qtbot.waitUntil(dialog.problem.isVisible, timeout=PATIENCE_MS)
    assert "11番目" in dialog.problem.what.text()


def test_officers_are_changed_by_those_who_are_there(qtbot: QtBot, on: Vault) -> None:
    dialog: OfficersDialog = begin(qtbot, on, VaultAct.OFFICERS, OfficersDialog)
    key = on.world.one(VaultRow).key_id
    dialog.who.threshold.choose("1")
    assert dialog.main is not None
    dialog.main.click()
    assert dialog.part == APPROVALS, "nobody is new"
    panels = dialog.seats.panels
    assert panels[0].done.isVisible(), "who asks is seen by their login"
    for panel, at in zip(panels[1:], (1, 1), strict=True):
        panel.chooser.setCurrentIndex(at)
    for panel in panels[1:]:
        who = next(
            word for word in OFFICERS
            if on.world.staff[word].staff_id == panel.seat.person.staff_id
        )  # fmt: skip
        press(panel.field, passphrase(who))
    dialog.main.click()
    on.dialog(qtbot, SharesDialog)
    row = on.world.one(VaultRow)
    assert row.threshold == 1
    assert row.key_id != key, "an old share opens nothing new"


def test_two_shares_make_new_officers(qtbot: QtBot, on: Vault) -> None:
    dialog: RecoverDialog = begin(qtbot, on, VaultAct.RECOVER, RecoverDialog)
    for field, share in zip(dialog.fields, on.shares[:2], strict=True):
        press(field, share)
    assert dialog.main is not None
    dialog.main.click()
    assert all(field.is_empty() for field in dialog.fields)
    for tick in dialog.who.ticks.values():
        tick.click()
    dialog.main.click()
    for who in OFFICERS:
        for edit in (dialog.passphrases.new.first, dialog.passphrases.new.again):
            press(edit, f"{passphrase(who)} again")
        dialog.passphrases.keep()
    dialog.main.click()
    on.dialog(qtbot, SharesDialog)
    assert "vault.recovered" in on.world.actions()


def test_the_same_share_twice_is_refused(qtbot: QtBot, on: Vault) -> None:
    dialog: RecoverDialog = begin(qtbot, on, VaultAct.RECOVER, RecoverDialog)
    for field in dialog.fields:
        press(field, on.shares[0])
    assert dialog.main is not None
    dialog.main.click()
    for tick in dialog.who.ticks.values():
        tick.click()
    dialog.main.click()
    for who in OFFICERS:
        for edit in (dialog.passphrases.new.first, dialog.passphrases.new.again):
            press(edit, f"{passphrase(who)} again")
        dialog.passphrases.keep()
    dialog.main.click()
    qtbot.waitUntil(dialog.problem.isVisible, timeout=PATIENCE_MS)
    assert dialog.fields[0].isVisible()


def test_the_vault_is_moved(qtbot: QtBot, on: Vault, tmp_path: Path) -> None:
    other = tmp_path / "other drive"
    other.mkdir()
    dialog: MoveDialog = begin(qtbot, on, VaultAct.MOVE, MoveDialog)
    dialog.folder.edit.setText(str(other))
    dialog.folder.changed.emit()
    qtbot.keyClick(dialog.folder.edit, ENTER)
    qtbot.waitUntil(lambda: not on.dialogs(), timeout=PATIENCE_MS)
    on.settled(qtbot)
    assert on.world.one(VaultRow).folder == str(other)


def test_it_stays_on_while_anything_is_held(qtbot: QtBot, on: Vault) -> None:
    page = page_of(qtbot, on)
    button = page.manage.buttons[VaultAct.SWITCH_OFF]
    assert not button.isEnabled()
    assert button.accessibleDescription() == "預かりがあるうちはやめられません"


def test_an_empty_one_is_switched_off_and_the_walk_is_back(qtbot: QtBot, empty: Vault) -> None:
    dialog: SwitchOffDialog = begin(qtbot, empty, VaultAct.SWITCH_OFF, SwitchOffDialog)
    assert dialog.main is not None
    dialog.main.click()
    page = empty.window.built("pin-vault")
    qtbot.waitUntil(page.walk.isVisible, timeout=PATIENCE_MS)
    assert empty.world.rows(VaultRow) == []
    assert not list(empty.office.place.iterdir())


def test_a_damaged_file_is_set_back_by_one(qtbot: QtBot, on: Vault) -> None:
    on.office.vault.close()
    file = next(each for each in on.office.place.iterdir() if each.suffix == ".vault")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    dialog: PreviousDialog = begin(qtbot, on, VaultAct.USE_PREVIOUS, PreviousDialog)
    assert dialog.main is not None
    dialog.main.click()
    qtbot.waitUntil(lambda: not on.dialogs(), timeout=PATIENCE_MS)
    on.settled(qtbot)
    assert "vault.previous_used" in on.world.actions()


def test_a_lost_vault_is_given_up_and_one_at_hand_is_not(qtbot: QtBot, on: Vault) -> None:
    dialog: GiveUpDialog = begin(qtbot, on, VaultAct.GIVE_UP, GiveUpDialog)
    assert dialog.main is not None
    assert not dialog.main.isEnabled()
    qtbot.keyClicks(dialog.reason, "bag was stolen")
    dialog.main.click()
    qtbot.waitUntil(dialog.problem.isVisible, timeout=PATIENCE_MS)
    assert len(on.world.rows(VaultRow)) == 1
    dialog.dismiss()
    on.settled(qtbot)

    on.office.vault.close()
    for each in on.office.place.iterdir():
        each.unlink()
    dialog = begin(qtbot, on, VaultAct.GIVE_UP, GiveUpDialog)
    qtbot.keyClicks(dialog.reason, "bag was stolen")
    assert dialog.main is not None
    dialog.main.click()
    page = on.window.built("pin-vault")
    qtbot.waitUntil(page.walk.isVisible, timeout=PATIENCE_MS)
    assert on.world.rows(VaultRow) == []
    assert on.world.actions()[-1] == "vault.lost"


def test_the_months_and_the_ways_out_are_shown(qtbot: QtBot, on: Vault) -> None:
    page = page_of(qtbot, on)
    qtbot.waitUntil(page.months.isVisible, timeout=PATIENCE_MS)
    said = " ".join(label.text() for label in page.months.findChildren(type(page.walk.title)))
    assert "令和8年11月" in said
    assert "見本 花子" in said
    assert "目視モード" in said


def test_the_settings_lead_there(qtbot: QtBot, on: Vault) -> None:
    on.window.ctx.navigate("settings", section="pins")
    settings = on.window.built("settings")
    on.settled(qtbot)
    part = settings.part(settings.section)
    assert part.state.text() == "預かり 1件"
    part.vault.click()
    assert on.window.window.current_key == "pin-vault"


# --- the field for words --------------------------------------------------------------------------


def test_words_are_shown_from_the_buffer_and_counted(qtbot: QtBot, theme: Theme) -> None:
    edit = WordsEdit(theme, name="words")
    qtbot.addWidget(edit)
    edit.resize(480, edit.sizeHint().height())
    edit.show()
    empty = edit.grab().toImage()
    press(edit, "loan evil  away")
    assert edit.words() == 3
    assert edit.grab().toImage() != empty
    edit.clear()
    assert edit.words() == 0
    assert not any(edit._held)


def test_a_word_is_not_broken_at_the_end_of_a_line(qtbot: QtBot, theme: Theme) -> None:
    edit = WordsEdit(theme, name="words")
    qtbot.addWidget(edit)
    edit.resize(300, edit.sizeHint().height())
    edit.show()
    press(edit, "academic academic academic academic")
    from PySide6.QtGui import QFontMetricsF

    places = edit._places(edit._widths(QFontMetricsF(theme.font(20))), 268)
    for start in range(0, 36, 9):
        assert len({line for line, _x in places[start : start + 8]}) == 1


# --- the form, without a window -------------------------------------------------------------------


def test_fewer_officers_need_no_more_approvals_than_there_are() -> None:
    form = SetUp()
    for number in (1, 2, 3):
        form.choose(number, True)  # type: ignore[arg-type]  # a plain number is as good here
    form.threshold = 3
    form.choose(2, False)  # type: ignore[arg-type]  # as above
    assert form.threshold == 2
    form.choose(3, False)  # type: ignore[arg-type]  # as above
    assert form.threshold == 2, "one alone is never what the program chooses"


# --- everybody ------------------------------------------------------------------------------------


@pytest.mark.parametrize("zoom", [100, 200])
@pytest.mark.parametrize("stage", list(Stage))
def test_every_step_has_names_roles_and_sizes(
    qtbot: QtBot, off: Vault, theme: Theme, zoom: int, stage: Stage
) -> None:
    theme.set_zoom(zoom)
    page = walk_to(qtbot, off, stage)
    wait_until_clean(qtbot, page, zoom)


@pytest.mark.parametrize("zoom", [100, 200])
def test_what_is_looked_after_has_names_roles_and_sizes(
    qtbot: QtBot, on: Vault, theme: Theme, zoom: int
) -> None:
    theme.set_zoom(zoom)
    page = page_of(qtbot, on)
    qtbot.waitUntil(page.manage.isVisible, timeout=PATIENCE_MS)
    wait_until_clean(qtbot, page, zoom)
    for act, kind in (
        (VaultAct.OFFICERS, OfficersDialog),
        (VaultAct.CHECK_SHARE, CheckShareDialog),
        (VaultAct.RECOVER, RecoverDialog),
        (VaultAct.MOVE, MoveDialog),
        (VaultAct.USE_PREVIOUS, PreviousDialog),
    ):
        dialog = begin(qtbot, on, act, kind)
        wait_until_clean(qtbot, dialog, zoom)
        dialog.dismiss()
    shown = SharesDialog(on.window.ctx, shares(*on.shares))
    shown.start()
    wait_until_clean(qtbot, shown, zoom)
