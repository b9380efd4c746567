"""持出し with a card on the reader: the findings stand among the warnings and hold nobody up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.cards.simulator import Faults, SimulatedReaders
from facility_app.cards.simulator.profiles import CardProfile, good, past_grace
from facility_app.cards.supervisor import ReaderState
from facility_app.db.models import CardCheckRow, ItemRow
from facility_app.domain.items import ItemState
from facility_app.ui.pages.desk import DeskPage
from facility_app.ui.theme import Theme
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build
from tests.ui.desk_office import DeskWindow
from tests.ui.test_accessible import wait_until_clean
from tests.ui.test_card_page import held, settled
from tests.ui.test_desk_page import ENTER, key, looked_up
from tests.ui.whole import TODAY

IN, OUT = ItemState.IN_SAFE, ItemState.OUT


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    """Hanako's card has the dates of the good card in the register."""
    world = build(engine, work, clock)
    card = good(TODAY)
    row = world.one(ItemRow, ItemRow.id == world.items["hanako"][0])
    world.add_change(
        row,
        card_expires_on=card.card_expires_on,
        certificate_expires_on=card.certificate_until,
    )
    return world


@pytest.fixture
def readers() -> SimulatedReaders:
    return SimulatedReaders()


@pytest.fixture
def window(
    qtbot: QtBot, desk: DeskWorld, readers: SimulatedReaders, theme: Theme
) -> Iterator[DeskWindow]:
    opened = DeskWindow(desk, theme, readers=readers)
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


def warnings(page: DeskPage) -> list[tuple[str, str]]:
    """Level and title of every warning shown."""
    return [(each.level.value, each.title.text()) for each in page.out.warnings._notices]


def test_a_card_that_lies_there_is_checked_for_whoever_is_scanned(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, readers: SimulatedReaders
) -> None:
    readers.insert(good(TODAY))
    looked_up(qtbot, window, page, "hanako")
    qtbot.waitUntil(lambda: page.out.card_line.isVisible())
    assert page.out.card_line.text() == "カード点検 第1号：きょうは期限内です"
    assert warnings(page) == []
    row = window.world.one(CardCheckRow)
    assert (row.resident_id, row.visit_on) == (window.world.residents["hanako"], TODAY)
    assert page.button.hasFocus()


def test_a_card_put_on_while_the_form_is_shown_warns_gravest_first(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, readers: SimulatedReaders
) -> None:
    looked_up(qtbot, window, page, "hanako")
    readers.insert(past_grace(TODAY))
    qtbot.waitUntil(lambda: len(warnings(page)) == 3)
    assert warnings(page)[0] == ("block", "電子証明書の猶予が切れています")
    assert ("warn", "カードの期限が台帳と違います") in warnings(page)
    assert page.button.isEnabled()
    key(None, ENTER)
    qtbot.waitUntil(lambda: window.world.states() == [OUT, OUT, OUT, IN])


@pytest.fixture
def slow() -> Faults:
    return Faults(answers_after_s=0.4)


def test_enter_does_not_wait_for_a_slow_card(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, readers: SimulatedReaders, slow: Faults
) -> None:
    readers.insert(good(TODAY), slow)
    looked_up(qtbot, window, page, "hanako")
    key(None, ENTER)
    qtbot.waitUntil(lambda: window.world.states() == [OUT, OUT, OUT, IN])
    cards = window.ctx.cards
    assert cards is not None
    assert cards.working == 1
    qtbot.waitUntil(lambda: cards.working == 0 and window.lane.working == 0)
    assert window.world.rows(CardCheckRow) == []


FORMER = ("warn", "見本 花子さんのカードがまだリーダーにあります")


def test_a_card_that_was_checked_for_one_person_is_not_checked_for_the_next_one(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, readers: SimulatedReaders
) -> None:
    readers.insert(good(TODAY))
    looked_up(qtbot, window, page, "hanako")
    qtbot.waitUntil(lambda: page.out.card_line.isVisible())
    page.read_again()
    qtbot.waitUntil(lambda: page.seen is not None and window.lane.working == 0)
    assert page.out.card_line.isVisible()
    looked_up(qtbot, window, page, "tadashi")
    assert FORMER in warnings(page)
    assert not page.out.card_line.isVisible()
    assert page.button.isEnabled()
    settled(qtbot, window)
    assert [row.resident_id for row in window.world.rows(CardCheckRow)] == [
        window.world.residents["hanako"]
    ]
    readers.remove()
    qtbot.waitUntil(lambda: FORMER not in warnings(page))
    readers.insert(good(TODAY, 2))
    qtbot.waitUntil(lambda: len(window.world.rows(CardCheckRow)) == 2)
    qtbot.waitUntil(lambda: ("warn", "この人のカードは預かっていません") in warnings(page))


def test_a_card_left_from_the_person_before_is_read_again_for_that_person(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, readers: SimulatedReaders
) -> None:
    readers.insert(good(TODAY))
    looked_up(qtbot, window, page, "hanako")
    qtbot.waitUntil(lambda: page.out.card_line.isVisible())
    looked_up(qtbot, window, page, "tadashi")
    assert FORMER in warnings(page)
    readers.hold_exclusively(True)
    cards = window.ctx.cards
    assert cards is not None
    qtbot.waitUntil(lambda: cards.now.state is ReaderState.BUSY)
    readers.hold_exclusively(False)
    qtbot.waitUntil(lambda: cards.now.state is ReaderState.CARD)
    assert FORMER in warnings(page)
    looked_up(qtbot, window, page, "hanako")
    qtbot.waitUntil(lambda: len(window.world.rows(CardCheckRow)) == 2)
    settled(qtbot, window)
    hanako = window.world.residents["hanako"]
    assert {row.resident_id for row in window.world.rows(CardCheckRow)} == {hanako}


def test_a_card_is_not_read_before_it_is_known_what_may_be_read_of_it(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, readers: SimulatedReaders
) -> None:
    looked_up(qtbot, window, page, "hanako")
    cards = window.ctx.cards
    assert cards is not None
    with held(window):
        page.refresh()
        readers.insert(good(TODAY))
        qtbot.waitUntil(lambda: cards.now.state is ReaderState.CARD)
        assert cards.working == 0
    qtbot.waitUntil(lambda: page.out.card_line.isVisible())
    assert len(window.world.rows(CardCheckRow)) == 1


@pytest.fixture
def odd() -> CardProfile:
    return replace(good(TODAY), damaged_certificate=True)


def test_a_card_that_cannot_be_read_is_a_notice_and_the_chip_warns_of_what_it_lacks(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, readers: SimulatedReaders, odd: CardProfile
) -> None:
    readers.insert(good(TODAY), Faults(pulled_at=3))
    looked_up(qtbot, window, page, "hanako")
    qtbot.waitUntil(lambda: ("notice", "リーダーの上のカードは調べていません") in warnings(page))
    assert page.button.isEnabled()
    readers.insert(odd)
    qtbot.waitUntil(lambda: ("block", "電子証明書を読み取れません") in warnings(page))


def test_the_register_is_silent_about_dates_that_the_card_itself_tells(
    qtbot: QtBot, window: DeskWindow, page: DeskPage, readers: SimulatedReaders
) -> None:
    card = past_grace(TODAY)
    row = window.world.one(ItemRow, ItemRow.id == window.world.items["hanako"][0])
    window.world.add_change(
        row, card_expires_on=card.card_expires_on, certificate_expires_on=card.certificate_until
    )
    looked_up(qtbot, window, page, "hanako")
    assert [title for _, title in warnings(page)] == ["マイナンバーカードは期限切れです"]
    readers.insert(card)
    qtbot.waitUntil(lambda: page.out.card_line.isVisible())
    assert [title for _, title in warnings(page)] == [
        "電子証明書の猶予が切れています",
        "利用者証明用の暗証番号の残りは2回です",
    ]


@pytest.mark.parametrize("zoom", [100, 200])
def test_the_form_with_a_card_keeps_names_and_sizes(
    qtbot: QtBot,
    window: DeskWindow,
    page: DeskPage,
    readers: SimulatedReaders,
    theme: Theme,
    zoom: int,
) -> None:
    theme.set_zoom(zoom)
    readers.insert(past_grace(TODAY))
    looked_up(qtbot, window, page, "hanako")
    qtbot.waitUntil(lambda: page.out.card_line.isVisible())
    wait_until_clean(qtbot, page, zoom)
