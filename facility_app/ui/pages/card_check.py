"""カード点検: what the card on the reader can say before anyone leaves the house.

A card is read as soon as it lies there, while this page is shown and somebody is unlocked; no PIN,
nothing is changed on it.  Every check that is shown is stored; a resident may be chosen afterwards.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton

from facility_app.cards.chip import Reading
from facility_app.cards.supervisor import ReaderNow
from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.services.card_checks import CheckView, StoreCheck
from facility_app.ui.card_checker import CardChecker
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.attribute_check import AttributeDialog
from facility_app.ui.page import Page
from facility_app.ui.pages.card_check_acts import CheckActs
from facility_app.ui.pages.card_check_picture import PictureView
from facility_app.ui.pages.card_check_result import ResultView
from facility_app.ui.pages.desk_parts import ViewStack
from facility_app.ui.viewmodels.card_check import NO_READER, CheckScreen, Offer
from facility_app.ui.viewmodels.card_findings import is_my_number_card
from facility_app.ui.viewmodels.card_result import Result, result_of
from facility_app.ui.widgets.dialog import Dialog

_ICONS = {
    (True, True): "arrow_forward",
    (True, False): "person_check-fill",
    (False, True): "refresh",
    (False, False): "refresh",
}
SLOW_AFTER_MS = 2000
"""From then on the page says that the card, or the reader, takes its time."""


class CardCheckPage(Page):
    """See the module."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.state = CheckScreen()
        self.checker = CardChecker(ctx, self)
        self.acts = CheckActs(self)
        self.picture, self.result = PictureView(ctx), ResultView(ctx, self)
        self.stack = ViewStack(self.picture, self.result)
        self.content.addWidget(self.stack, 1)
        self._slow = QTimer(self, interval=SLOW_AFTER_MS, singleShot=True)
        self._slow.timeout.connect(self._say_slow)
        self._connect()
        self.result.place_main()
        self.tell()

    def _connect(self) -> None:
        result = self.result
        self.picture.offered.connect(self._offered)
        result.band.again.clicked.connect(self.read_again)
        result.band.day.clicked.connect(self.acts.choose_day)
        result.main.clicked.connect(self.acts.go_on)
        result.who.other.clicked.connect(lambda: self.acts.choose())
        result.who.attributes.clicked.connect(self.acts.compare_attributes)
        result.acted.connect(self.acts.act)
        self.ctx.session.changed.connect(self._session_changed)
        if self.ctx.cards is not None:
            self.ctx.cards.state_changed.connect(self._reader_changed)

    # --- what the window asks --------------------------------------------------------------------

    def refresh(self) -> None:
        """A card that lies there is read, once it is known what may be read of it."""
        self.tell()
        self.checker.prepare(self.look)

    def focus_first(self) -> None:
        """The main button of what is shown."""
        button = self.main_button()
        (button if button is not None else self).setFocus()

    def scan(self, text: str) -> None:
        """A pouch tag: the card that lies there is that resident's, or theirs comes next."""
        self.acts.choose(text)

    def clear_secrets(self) -> None:
        """Covered or left: a half-typed code goes too."""
        for dialog in self.ctx.host().findChildren(AttributeDialog):
            dialog.forget()

    def main_button(self) -> QAbstractButton | None:
        """What Enter presses."""
        shown = self.result.main if self._shows_result() else self.picture.button
        return shown if shown.isVisible() and shown.isEnabled() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F5 reads again, also where a picture stands in place of a result."""
        if event.key() == Qt.Key.Key_F5 and not event.isAutoRepeat():
            self.read_again()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the main button stands in the bar."""
        super().resizeEvent(event)
        self.result.place_main()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page: what is still being read is not shown here any more."""
        super().hideEvent(event)
        self._slow.stop()

    # --- reading ---------------------------------------------------------------------------------

    def look(self) -> None:
        """Read what lies there, if nobody has."""
        if self.ctx.cards is not None:
            self._reader_changed(self.ctx.cards.now)

    def _reader_changed(self, now: ReaderNow) -> None:
        unread = self.state.reader_changed(now)
        here = self.isVisible() and self.ctx.session.unlocked
        if unread and here and self.checker.ready and not self._asking():
            self.read()
        else:
            self.tell()

    def read(self) -> None:
        """Read the card that lies there; not before it is known what may be read of it."""
        if not (self.checker.allowed and self.checker.ready):
            return
        self.clear_problem()
        if self.state.former is not None:
            self.acts.await_nobody()  # asked for: it is that card after all
        self.state.begin()
        self._slow.start()
        self.tell()
        self.checker.read(done=self._read, failed=self._not_read)

    def read_again(self) -> None:
        """F5: the same card once more, or whatever lies there now."""
        if not self.state.busy:
            self.read()

    def _say_slow(self) -> None:
        self.state.slow = self.state.busy
        self.tell()

    def _read(self, reading: Reading) -> None:
        self._slow.stop()
        if not self._wanted():
            return
        self.state.read(reading)
        day, resident_id = self.acts.wanted()
        self.store(StoreCheck(reading.facts, day, resident_id))
        self.tell()
        self.look()

    def _not_read(self, problem: Exception) -> None:
        self._slow.stop()
        if not self._wanted():
            return
        self.state.failed(problem)
        self.tell()
        self.look()

    def _wanted(self) -> bool:
        """Whether the answer is still awaited: nobody locked, left or began anew meanwhile."""
        return self.state.busy and self.ctx.session.unlocked

    # --- storing ---------------------------------------------------------------------------------

    def store(self, command: StoreCheck) -> None:
        """Have a check of the card on the screen stored."""
        reading = self.state.reading
        self.state.unrecorded = False
        self.checker.store(
            command,
            done=lambda view: self.show_view(reading, view),
            failed=lambda exc: self._not_stored(reading, exc),
        )

    def show_view(self, reading: Reading | None, view: CheckView) -> None:
        """The check stands in the log; dropped where another card is on the screen by now."""
        if reading is None or reading is not self.state.reading:
            return
        self.state.stored(view)
        self.acts.stored(view)
        self.tell()
        self.area.verticalScrollBar().setValue(0)
        if self.state.view is view:
            self.ctx.announce(self.result.spoken())

    def _not_stored(self, reading: Reading | None, exc: Exception) -> None:
        if reading is not None and reading is self.state.reading:
            self.state.unrecorded = True
            self.tell()
        self.ctx.show_error(exc, self)

    # --- showing ---------------------------------------------------------------------------------

    def today(self) -> date:
        """The present day in Japan."""
        return local_date(self.ctx.now())

    def tell(self) -> None:
        """Show what the state says now; the next key belongs to what has just appeared."""
        picture = self.state.picture(self.words)
        before, fresh = self.stack.currentWidget(), False
        if picture is not None:
            fresh = self.picture.show_picture(self.acts.awaited(picture))
            self.stack.setCurrentWidget(self.picture)
        elif (result := result_of(self.words, self.state, self.today())) is not None:
            self._show_result(result)
            self.stack.setCurrentWidget(self.result)
        self.result.place_main()
        fresh = fresh or self.stack.currentWidget() is not before
        if fresh and self.isVisible():
            self._appeared(picture is not None)

    def _appeared(self, picture: bool) -> None:
        self.area.verticalScrollBar().setValue(0)
        if picture:
            self.ctx.announce(self.picture.spoken())
        if not self._asking():
            self.focus_first()

    def _show_result(self, result: Result) -> None:
        shown, may = self.result, self.ctx.session.may
        shown.band.show_verdict(result.verdict, result.text, result.number)
        shown.band.day.set_text(result.day)
        if shown.facts_shown != (result.dates, result.tries):
            shown.facts_shown = (result.dates, result.tries)
            shown.chip.show_card(result.dates, result.tries)
        shown.chip.setVisible(result.is_card)
        if shown.findings_shown != result.findings:
            shown.findings_shown = result.findings
            shown.show_findings(result.findings)
        shown.main.set_text(result.main)
        shown.main.set_icon(_ICONS[result.is_card, result.chosen])
        shown.main.setEnabled(not result.chosen or may(Permission.SIGN_IN))
        shown.band.day.setVisible(result.is_card)
        compares = result.is_card and self.checker.compares
        shown.who.show_who(result.name, result.room, compares)

    def shows_my_number_card(self) -> bool:
        """Whether the result is that of such a card."""
        reading = self.state.reading
        return reading is not None and is_my_number_card(reading.facts)

    def _shows_result(self) -> bool:
        return self.stack.currentWidget() is self.result

    def _asking(self) -> bool:
        """Whether a dialog has the focus."""
        return any(each.isVisible() for each in self.ctx.host().findChildren(Dialog))

    def _offered(self, offer: Offer) -> None:
        if offer is Offer.TRY_READER:
            self.ctx.navigate("reader-test")
        elif offer is Offer.READ_AGAIN:
            self.read_again()

    def _session_changed(self) -> None:
        """Locked, or another person: the page begins anew."""
        self.state.leave()
        self.acts.forget()
        self.clear_problem()
        self.state.now = self.ctx.cards.now if self.ctx.cards is not None else NO_READER
        self.tell()
