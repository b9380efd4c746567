"""The page 利用者 on a real store.

What is typed is found, changed, taken back, refused, imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from facility_app.db.models import AgreementRow, ItemRow, PouchTagRow, ResidentRow, SettingRow
from facility_app.domain.access import Permission
from facility_app.domain.agreements import WillConfirmed
from facility_app.domain.individual_number import check_digit
from facility_app.i18n import Words
from facility_app.services import residents as use_cases
from facility_app.services.fields import Field
from facility_app.services.imports import Target
from facility_app.services.search import KanaRow
from facility_app.ui.context import Face, Services, UiContext
from facility_app.ui.context import Session as UiSession
from facility_app.ui.lanes import Lane
from facility_app.ui.main_window import MainWindow
from facility_app.ui.page import PageSpec
from facility_app.ui.pages.residents import ResidentsPage
from facility_app.ui.widgets.dialog import Dialog
from tests.ui.residents_data import PEOPLE, Desk, fill
from tests.ui.test_accessible import wait_until_clean

ELEVEN = "11122233344"
NUMBER = ELEVEN + str(check_digit(ELEVEN))


@pytest.fixture
def residents(work, engine, manager):
    return fill(work, engine, manager)


@pytest.fixture
def window(qtbot: QtBot, theme, residents, work, manager, clock) -> Iterator[MainWindow]:
    problems: list[Exception] = []
    session = UiSession(clock)
    office = cast(Services, Desk(work))
    ctx = UiContext(Words("ja"), theme, Lane(problems.append), clock, office, session)
    spec = PageSpec("residents", "group", "nav-residents", Permission.VIEW_RESIDENTS, ResidentsPage)
    window = MainWindow(ctx, facility="みほん苑", pages=[spec])
    qtbot.addWidget(window)
    session.open(manager, Face(manager.name, "管理責任者", 0))
    window.resize(1366, 768)
    window.show()
    qtbot.waitUntil(lambda: ctx.lane.working == 0)
    yield window
    assert ctx.lane.close()
    qtbot.waitUntil(lambda: ctx.lane.working == 0)
    assert problems == []


@pytest.fixture
def page(window) -> ResidentsPage:
    found = window.pages["residents"]
    assert isinstance(found, ResidentsPage)
    return found


def settle(qtbot: QtBot, page: ResidentsPage) -> None:
    qtbot.waitUntil(lambda: page.ctx.lane.working == 0)


def names(page: ResidentsPage) -> list[str]:
    return [row.name for row in page.list.model.rows]


def type_in(qtbot: QtBot, page: ResidentsPage, text: str) -> None:
    page.list.scan.clear()
    qtbot.keyClicks(page.list.scan, text)
    settle(qtbot, page)


def opened(qtbot: QtBot, page: ResidentsPage, resident: int) -> None:
    page.ctx.navigate("residents", resident=resident)
    settle(qtbot, page)
    qtbot.waitUntil(lambda: page.detail.isVisible())


def dialog(qtbot: QtBot, page: ResidentsPage):
    def shown() -> list[Dialog]:
        return [each for each in page.ctx.host().findChildren(Dialog) if each.isVisible()]

    qtbot.waitUntil(lambda: len(shown()) == 1)
    return shown()[0]


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def row_of(engine, resident):
    with Session(engine) as session:
        return session.get_one(ResidentRow, resident)


def test_typing_narrows_the_list_and_enter_opens_the_one(qtbot, page):
    assert len(names(page)) == len(PEOPLE)
    type_in(qtbot, page, "watana")
    assert names(page) == ["渡邉󠄂 ゆき"]
    assert page.list.count.text() == "1人"
    qtbot.keyClick(page.list.scan, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.detail.isVisible())
    assert page.detail.head.who.name.text() == "渡邉󠄂 ゆきさん"
    assert page.detail.head.chip.text() == "保管中"
    assert page.detail.head.sign_out.isEnabled()


def test_the_kana_index_and_an_empty_answer(qtbot, page):
    press(qtbot, page.list.kana.buttons[KanaRow.KA])
    settle(qtbot, page)
    assert names(page) == ["仮名 正", "Nguyen Van An"]
    press(qtbot, page.list.kana.buttons[KanaRow.KA])
    settle(qtbot, page)
    assert len(names(page)) == len(PEOPLE)
    type_in(qtbot, page, "zzzz")
    assert page.list.nobody.isVisible()


def test_a_scanned_tag_opens_its_resident_from_anywhere_on_the_page(qtbot, page, engine, residents):
    opened(qtbot, page, residents[1])
    with Session(engine) as session:
        tag = session.scalars(select(PouchTagRow).order_by(PouchTagRow.id)).first()
    page.scan(tag.code)
    settle(qtbot, page)
    qtbot.waitUntil(lambda: page.resident == residents[0])
    qtbot.waitUntil(lambda: page.detail.isVisible())


def test_an_individual_number_in_the_search_is_refused_with_the_reason(qtbot, page):
    type_in(qtbot, page, NUMBER)
    qtbot.waitUntil(lambda: page.problem.isVisible())
    assert "番号法20条" in page.problem.todo.text()
    assert names(page) == []


def test_a_change_is_saved_and_can_be_taken_back(qtbot, page, engine, residents):
    opened(qtbot, page, residents[0])
    press(qtbot, page.detail.edit)
    form = dialog(qtbot, page)
    form.room.setText("301")
    form.birth.field.setText("S14.8.3")
    press(qtbot, form.main)
    qtbot.waitUntil(lambda: page.banner.isVisible())
    assert row_of(engine, residents[0]).room == "301"
    assert row_of(engine, residents[0]).birth_date.day == 3
    settle(qtbot, page)
    press(qtbot, page.banner.undo)
    qtbot.waitUntil(lambda: row_of(engine, residents[0]).room == "208")
    settle(qtbot, page)


def test_a_refusal_stands_under_its_field_and_nothing_is_saved(qtbot, page, engine, residents):
    opened(qtbot, page, residents[0])
    press(qtbot, page.detail.edit)
    form = dialog(qtbot, page)
    form.birth.field.setText("平成31年5月1日")
    press(qtbot, form.main)
    assert "令和元年5月1日" in form.labels[Field.BIRTH_DATE].problem
    form.birth.field.setText("S14.8.2")
    form.remarks.setPlainText(f"控え {NUMBER}")
    press(qtbot, form.main)
    qtbot.waitUntil(lambda: "番号法20条" in form.labels[Field.NOTES].problem)
    assert form.isVisible()
    assert row_of(engine, residents[0]).notes == ""
    form.dismiss()


def test_what_somebody_else_changed_meanwhile_is_refused(
    qtbot, page, engine, residents, work, manager
):
    opened(qtbot, page, residents[0])
    press(qtbot, page.detail.edit)
    form = dialog(qtbot, page)
    row = row_of(engine, residents[0])
    with work.begin(manager) as tx:
        other = use_cases.ResidentForm(row.name, row.kana, row.birth_date, row.sex, "999")
        use_cases.change_resident(tx, use_cases.ChangeResident(row.id, row.version, other))
    form.room.setText("111")
    press(qtbot, form.main)
    qtbot.waitUntil(lambda: form.problem.isVisible())
    assert manager.name in form.problem.what.text()
    assert row_of(engine, residents[0]).room == "999"
    form.dismiss()


def test_a_new_resident_gets_an_agreement_and_a_card(qtbot, page, engine):
    press(qtbot, page.list.register_button)
    form = dialog(qtbot, page)
    form.name.setText("新井 見本")
    form.kana.setText("あらい みほん")
    press(qtbot, form.main)
    qtbot.waitUntil(lambda: page.detail.isVisible())
    page.detail.items.agree_wanted.emit()
    agreement = dialog(qtbot, page)
    agreement.will.choose(WillConfirmed.WRITTEN)
    agreement.kinds["my-number-card"].click()
    agreement.emergency.click()
    press(qtbot, agreement.main)
    settle(qtbot, page)
    qtbot.waitUntil(lambda: len(page.detail.view.agreements) == 1)
    page.detail.items.receive_wanted.emit()
    item = dialog(qtbot, page)
    assert item.kind.value() == "my-number-card"
    press(qtbot, item.main)
    settle(qtbot, page)
    with Session(engine) as session:
        name = "新井 見本"
        person = session.scalars(select(ResidentRow).where(ResidentRow.name == name)).one()
        made = session.scalars(select(AgreementRow).where(AgreementRow.resident_id == person.id))
        assert made.one().emergency_clause
        kept = session.scalars(select(ItemRow).where(ItemRow.resident_id == person.id)).one()
        assert kept.kind_code == "my-number-card"


def test_no_consent_stands_in_the_form_before_somebody_enters_it(qtbot, page, engine, residents):
    opened(qtbot, page, residents[1])
    page.detail.items.agree_wanted.emit()
    form = dialog(qtbot, page)
    assert form.capacity.hasFocus()
    ticks = [form.powers, form.emergency, form.pin, *form.kinds.values()]
    assert not any(tick.isChecked() for tick in ticks)
    assert form.will.value() is None
    press(qtbot, form.main)
    assert form.will.hasFocus()  # it says what is missing there
    form.will.choose(WillConfirmed.WRITTEN)
    press(qtbot, form.main)
    qtbot.waitUntil(lambda: form.problem.isVisible())
    with Session(engine) as session:
        query = select(AgreementRow).where(AgreementRow.resident_id == residents[1])
        assert session.scalars(query).all() == []
    form.dismiss()


@pytest.mark.parametrize("recognises", [False, True])
def test_the_clause_of_recognition_stands_there_only_where_cards_are_recognised(
    qtbot, page, engine, residents, recognises
):
    if recognises:
        with Session(engine.execution_options(writes=True)) as session:
            session.add(SettingRow(name="card_recognition", value=True))
            session.commit()
    opened(qtbot, page, residents[1])
    page.detail.items.agree_wanted.emit()
    form = dialog(qtbot, page)
    settle(qtbot, page)
    assert form.recognition.isVisible() is recognises
    assert not form.recognition.isChecked()
    if recognises:
        form.recognition.click()
    form.will.choose(WillConfirmed.WRITTEN)
    form.kinds["my-number-card"].click()
    press(qtbot, form.main)
    settle(qtbot, page)
    with Session(engine) as session:
        query = select(AgreementRow).where(AgreementRow.resident_id == residents[1])
        assert session.scalars(query).one().recognition_clause is recognises


def test_without_an_agreement_nothing_is_taken_in(qtbot, page, engine, residents):
    opened(qtbot, page, residents[1])
    page.detail.items.receive_wanted.emit()
    item = dialog(qtbot, page)
    press(qtbot, item.main)
    qtbot.waitUntil(lambda: item.problem.isVisible())
    assert "同意書がありません" in item.problem.what.text()
    with Session(engine) as session:
        query = select(ItemRow).where(ItemRow.resident_id == residents[1])
        assert session.scalars(query).all() == []
    item.dismiss()


def test_another_page_may_ask_for_a_tab(qtbot, page, residents):
    page.ctx.navigate("residents", resident=residents[1], tab="agreements")
    settle(qtbot, page)
    assert page.detail.bar.currentIndex() == 1
    assert page.detail.agreements.isVisible()


def test_every_tab_is_built_for_everybody(qtbot, page, residents):
    for resident in residents:
        opened(qtbot, page, resident)
        for index in range(page.detail.bar.count()):
            page.detail.bar.setCurrentIndex(index)
            assert [part.isVisible() for part in page.detail.stack.parts].count(True) == 1


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_target_has_a_name_a_role_and_its_size(qtbot, window, page, residents, theme, zoom):
    theme.set_zoom(zoom)
    wait_until_clean(qtbot, window, zoom)
    opened(qtbot, page, residents[0])
    for index in range(page.detail.bar.count()):
        page.detail.bar.setCurrentIndex(index)
        wait_until_clean(qtbot, page, zoom)
    detail, papers = page.detail, page.detail.papers
    for ask in (
        detail.edit.click,
        detail.items.receive_wanted.emit,
        detail.items.agree_wanted.emit,
        detail.proxies.add_wanted.emit,
        detail.visits.add_wanted.emit,
        papers.discharge_wanted.emit,
        papers.replace_wanted.emit,
        page.list.import_wanted.emit,
    ):
        ask()
        shown = dialog(qtbot, page)
        wait_until_clean(qtbot, shown, zoom)
        shown.dismiss()
        settle(qtbot, page)
    theme.set_zoom(100)


def test_a_list_is_taken_in_and_one_with_an_error_is_not(qtbot, page, engine, tmp_path):
    path = tmp_path / "list.csv"
    press(qtbot, page.list.import_button)
    box = dialog(qtbot, page)
    path.write_text("氏名,ふりがな,うまれ\n新田 花,にった はな,20.1.1\n", encoding="utf-8")
    box.read(path)
    qtbot.waitUntil(lambda: box.shown is not None)
    assert not box.main.isEnabled()
    assert box.notice.title.text() == "誤りが1件あります。まだ取り込めません"
    path.write_text("氏名,ふりがな,うまれ\n新田 花,にった はな,S20.1.1\n", encoding="cp932")
    box.read(path)
    qtbot.waitUntil(lambda: len(box.combos) == 3 and box.shown is not None)
    box.combos[2].choose(Target.BIRTH_DATE)
    qtbot.waitUntil(lambda: box.main.isEnabled())
    press(qtbot, box.main)
    qtbot.waitUntil(lambda: page.banner.isVisible())
    settle(qtbot, page)
    assert "新田 花" in names(page)
    with Session(engine) as session:
        assert session.scalars(select(ResidentRow.name).where(ResidentRow.name == "新田 花")).one()


def test_a_file_with_individual_numbers_stops_in_the_dialog(qtbot, page, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(f"氏名,個人番号\n見本 花,{NUMBER}\n", encoding="utf-8")
    press(qtbot, page.list.import_button)
    box = dialog(qtbot, page)
    box.read(path)
    qtbot.waitUntil(lambda: box.problem.isVisible())
    assert "番号法20条" in box.problem.todo.text()
    assert NUMBER not in box.problem.accessibleName()
    assert not box.main.isEnabled()
    box.dismiss()
