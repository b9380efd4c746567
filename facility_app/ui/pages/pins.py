"""暗証番号: what is held for whom, never the PIN; using, depositing, replacing, erasing.

A pouch tag chooses the rows of a resident, what is typed filters them.  What touches the vault is
asked of the services on the work lane; a vault that is not at hand keeps nobody from anything else.
"""

from __future__ import annotations

from typing import Any

from facility_app.domain.access import Permission
from facility_app.errors import Refused
from facility_app.services.pin_acts import erase_waiting
from facility_app.services.pin_register import held_pins, pin_month_counts, vault_state
from facility_app.services.pin_views import PinMonth, PinView, VaultState
from facility_app.services.search import Findings, ResidentQuery, find_residents
from facility_app.ui.context import UiContext
from facility_app.ui.page import Page
from facility_app.ui.pages.pins_acts import PinActs
from facility_app.ui.pages.pins_list import PinList
from facility_app.ui.viewmodels.pins import PinBook, is_officer
from facility_app.ui.viewmodels.start import whole
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.card import Notice
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.scan_field import ScanField

MOST_FOUND = 50

Read = tuple[VaultState, list[PinView], list[PinMonth]]


class PinsPage(Page):
    """See the module."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.book = PinBook()
        self.acts = PinActs(self)
        self._asked = 0
        self._build_head()
        words = self.words
        self.absent = Notice(
            self.theme, Level.WARN, words("pin-absent-title"), words("pin-absent-text")
        )
        self.absent.hide()
        self.content.addWidget(self.absent)
        self.list = PinList(ctx)
        self.content.addWidget(self.list, 1)
        self.list.use_wanted.connect(self.acts.use)
        self.list.more_wanted.connect(self.acts.more)
        self.list.deposit_wanted.connect(self.acts.deposit)
        self.list.set_up_wanted.connect(self.acts.manage)
        ctx.session.changed.connect(self._session_changed)

    def _build_head(self) -> None:
        words = self.words
        self.field = ScanField(self.theme, words("pin-list-find"))
        self.field.scanned.connect(lambda text: self._search(text, pick=True))
        self.field.searched.connect(lambda text: self._search(text, pick=False))
        self.head.addWidget(self.field, 1)
        self.own = ActionButton(
            self.theme, words("pin-own"), kind=Kind.GREY, icon="key", height=56, size=18
        )
        self.own.clicked.connect(self.acts.own_passphrase)
        self.manage = ActionButton(
            self.theme, words("pin-manage"), kind=Kind.GREY, icon="settings", height=56, size=18
        )
        self.manage.clicked.connect(self.acts.manage)
        self.deposit = ActionButton(
            self.theme, words("pin-deposit"), icon="add", height=56, size=18
        )
        self.deposit.clicked.connect(self.acts.deposit)
        for button in (self.own, self.manage, self.deposit):
            self.head.addWidget(button)

    # --- what the window asks --------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything again."""
        office, actor = self.ctx.office, self.ctx.session.require()

        def read() -> Read:
            state: VaultState = office.ask(actor, vault_state)
            if state.erase_due and state.reachable and erase_waiting(whole(office), actor):
                state = office.ask(actor, vault_state)
            pins = office.ask(actor, held_pins) if state.on else []
            return state, pins, office.ask(actor, pin_month_counts)

        self.ctx.lane.run(
            read, done=self._show, failed=self.failed, what=self.words("desk-busy-reading")
        )

    def focus_first(self) -> None:
        self.field.setFocus()

    def scan(self, text: str) -> None:
        self.field.scan(text)

    def _session_changed(self) -> None:
        """Another person sees other buttons."""
        self.field.clear()
        self.book.wanted = None

    # --- what is shown ---------------------------------------------------------------------------

    def _show(self, read: Read) -> None:
        if not self.ctx.session.unlocked:
            return
        state, pins, months = read
        self.book.state, self.book.pins = state, tuple(pins)
        if self.ctx.shell is not None:
            self.ctx.shell.switch_on("pins", state.on)
        self._show_rows()
        this_month = months[-1] if months else None
        if this_month is not None:
            self.list.show_used(this_month.presented, this_month.revealed)
        self.absent.setVisible(state.on and not state.reachable)
        may = self.ctx.session.may
        self.field.setVisible(state.on)
        self.deposit.setVisible(state.on and may(Permission.DEPOSIT_PIN))
        self.deposit.setEnabled(state.reachable)
        self.own.setVisible(state.on and is_officer(state, self.ctx.session.actor))
        self.own.setEnabled(state.reachable)
        self.manage.setVisible(state.on and may(Permission.MANAGE_VAULT))
        self._head_box.setVisible(state.on)

    def _show_rows(self) -> None:
        self.list.show_book(self.book, self.ctx.session.may)

    def _search(self, text: str, *, pick: bool) -> None:
        self._asked += 1
        asked = self._asked
        if not text:
            self.book.wanted = None
            self._show_rows()
            return
        if not self.ctx.session.unlocked:
            return
        self.ctx.ask(
            find_residents,
            ResidentQuery(text, limit=MOST_FOUND),
            done=lambda found: self._show_found(asked, found, pick),
            failed=lambda exc: self._not_found(asked, exc, loud=pick),
        )

    def _show_found(self, asked: int, found: Findings, pick: bool) -> None:
        """A tag chooses among all rows; what was typed leaves only those that match."""
        if asked != self._asked:
            return
        self.clear_problem()
        matching = frozenset(int(row.id) for row in found.rows)
        held = any(pin.resident_id in matching for pin in self.book.pins)
        self.book.wanted = None if found.exact and held else matching
        self._show_rows()
        if pick and found.rows and (found.exact or found.total == 1):
            self._choose(int(found.rows[0].id), clear=found.exact)

    def _choose(self, resident_id: int, *, clear: bool) -> None:
        row = self.list.choose(resident_id)
        if clear:
            self.field.clear()
        if row is not None:
            row.use.setFocus()

    def _not_found(self, asked: int, exc: Exception, *, loud: bool) -> None:
        if asked == self._asked and (loud or not isinstance(exc, Refused)):
            self.field.selectAll()
            self.ctx.show_error(exc, self)

    def refresh_when_unlocked(self) -> None:
        """After a dialog, which a lock may have closed."""
        if self.ctx.session.unlocked:
            self.refresh()

    def failed(self, exc: Exception) -> None:
        """An error of an act, on this page."""
        self.ctx.show_error(exc, self)

    def done(self, words: str, _answer: Any = None) -> None:
        """An act was done: say it, and read again; not after a lock."""
        if not self.ctx.session.unlocked:
            return
        self.banner.show_done(words)
        self.ctx.announce(words)
        self.refresh()
