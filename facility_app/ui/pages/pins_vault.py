"""暗証番号保管庫: the walk that turns it on; once it is on, who answers for it looks after it here.

The manager comes from 設定.  The shares that a change gives are printed at once.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QAbstractButton

from facility_app.domain.pins import Act
from facility_app.errors import VaultError
from facility_app.secret import Secret
from facility_app.services import pin_setup
from facility_app.services.pin_acts import erase_waiting
from facility_app.services.pin_approval import approvers
from facility_app.services.pin_register import (
    officer_candidates,
    pin_month_counts,
    vault_state,
    ways_without_pin,
)
from facility_app.services.pin_views import (
    ApproverView,
    OfficerView,
    PinMonth,
    ResidentWays,
    VaultState,
)
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.pin_officers import OfficersDialog
from facility_app.ui.dialogs.pin_recovery import CheckShareDialog, RecoverDialog
from facility_app.ui.dialogs.pin_shares import SharesDialog
from facility_app.ui.dialogs.pin_vault import (
    GiveUpDialog,
    MoveDialog,
    PreviousDialog,
    SwitchOffDialog,
)
from facility_app.ui.layouts import Columns
from facility_app.ui.page import Page
from facility_app.ui.pages.pins_manage import ManageView, VaultAct
from facility_app.ui.pages.pins_months import MonthsCard
from facility_app.ui.pages.pins_walk import VaultWalk
from facility_app.ui.vault_lane import on_vault
from facility_app.ui.viewmodels.pin_setup import Stage
from facility_app.ui.viewmodels.start import whole
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.levels import Level

_People = tuple[tuple[OfficerView, ...], tuple[ApproverView, ...]]
_Read = tuple[VaultState, _People, list[PinMonth], list[ResidentWays]]


class VaultPage(Page):
    """See the module."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.state = VaultState()
        self.candidates: tuple[OfficerView, ...] = ()
        self.people: tuple[ApproverView, ...] = ()
        self.making = False
        self.walk, self.manage, self.months = VaultWalk(ctx), ManageView(ctx), MonthsCard(ctx)
        self.both = Columns(self.theme, (7, 5))
        self.both.add(self.manage)
        self.both.add(self.months)
        self.both.hide()
        self.content.addWidget(self.walk)
        self.content.addWidget(self.both)
        self.content.addStretch(1)
        self._build_acts()
        self.walk.changed.connect(self._look)
        self.manage.wanted.connect(self._wanted)
        self._look()

    def _build_acts(self) -> None:
        theme, words = self.theme, self.words
        self.back = ActionButton(
            theme, words("wizard-back"), kind=Kind.GREY, icon="arrow_back", height=64
        )
        self.give_up = ActionButton(
            theme, words("pin-walk-give-up"), kind=Kind.GREY, icon="close", height=64
        )
        self.next = ActionButton(
            theme, words("wizard-next"), kind=Kind.FILLED, icon="arrow_forward", key="Enter",
            height=64,
        )  # fmt: skip
        self.back.clicked.connect(self._back)
        self.give_up.clicked.connect(lambda: self.ctx.navigate("pins"))
        self.next.clicked.connect(self._next)
        for button in (self.back, self.give_up):
            self.act_row.addWidget(button)
        self.act_row.addStretch(1)
        self.act_row.addWidget(self.next)

    # --- what the window asks --------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything again."""
        office, actor = self.ctx.office, self.ctx.session.require()

        def read() -> _Read:
            state: VaultState = office.ask(actor, vault_state)
            if state.erase_due and state.reachable and erase_waiting(whole(office), actor):
                state = office.ask(actor, vault_state)
            people = (
                office.ask(actor, officer_candidates),
                office.ask(actor, approvers, Act.OFFICERS),
            )
            if not state.on:
                return state, people, [], []
            months = office.ask(actor, pin_month_counts)
            return state, people, months, office.ask(actor, ways_without_pin)

        self.ctx.lane.run(
            read, done=self._show, failed=self.failed, what=self.words("desk-busy-reading")
        )

    def focus_first(self) -> None:
        target = self.walk.step().first_field() if not self.state.on else None
        if target is not None:
            target.setFocus()
        else:
            super().focus_first()

    def main_button(self) -> QAbstractButton | None:
        return self.next if self.bar.isVisible() else None

    def clear_secrets(self) -> None:
        self.walk.clear_secrets()

    # --- what is shown ---------------------------------------------------------------------------

    def _show(self, read: _Read) -> None:
        if not self.ctx.session.unlocked:
            return
        self.state, (self.candidates, self.people), months, ways = read
        if self.ctx.shell is not None:
            self.ctx.shell.switch_on("pins", self.state.on)
        self.walk.setVisible(not self.state.on)
        self.both.setVisible(self.state.on)
        if self.state.on:
            self.manage.show_state(self.state)
            self.months.show_months(months)
            self.months.show_ways(ways)
        else:
            self.walk.show_candidates(self.candidates)
        self._look()

    def _look(self) -> None:
        form = self.walk.form
        self.bar.setVisible(not self.state.on)
        first = form.stage is Stage.WAYS
        self.back.setVisible(not first)
        self.give_up.setVisible(first)
        last = form.stage is Stage.PASSPHRASES
        self.next.set_text(self.words("pin-walk-make" if last else "wizard-next"))
        self.next.set_icon("lock-fill" if last else "arrow_forward")
        why = "pin-walk-making" if self.making else form.missing()
        self.next.block(self.words(why) if why else "")

    def failed(self, exc: Exception) -> None:
        """An error, on this page; one of the vault too."""
        self.making = False
        self._look()
        if isinstance(exc, VaultError):
            self.show_problem(self.words.error(exc), Level.BLOCK)
        else:
            self.ctx.show_error(exc, self)

    def _done(self, key: str, **facts: str) -> None:
        if not self.ctx.session.unlocked:
            return
        said = self.words(key, **facts)
        self.clear_problem()
        self.banner.show_done(said)
        self.ctx.announce(said)
        self.refresh()

    # --- the walk --------------------------------------------------------------------------------

    def _back(self) -> None:
        self.clear_problem()
        self.walk.clear_secrets()
        self.walk.form.back()
        self._to_step()

    def _next(self) -> None:
        self.clear_problem()
        if self.walk.form.missing() or self.making:
            return
        if self.walk.form.stage is Stage.PASSPHRASES:
            self._make()
            return
        self.walk.form.forward()
        self._to_step()

    def _to_step(self) -> None:
        self.walk.show_step()
        self.area.verticalScrollBar().setValue(0)
        self.focus_first()

    def _make(self) -> None:
        form = self.walk.form
        self.making = True
        self._look()
        on_vault(
            self.ctx, pin_setup.switch_on, Path(form.folder.strip()), self.walk.passphrases.take(),
            form.threshold, done=self._made, failed=self._not_made,
            what=self.words("pin-walk-making"),
        )  # fmt: skip

    def _made(self, shares: tuple[Secret, ...]) -> None:
        self.making = False
        self.walk.begin_anew()
        self._print(shares)
        if self.ctx.session.unlocked:
            self.refresh()

    def _not_made(self, exc: Exception) -> None:
        """The passphrases are gone; everything else that was chosen stays."""
        self.walk.show_step()
        self.failed(exc)

    # --- once it is on ---------------------------------------------------------------------------

    def _print(self, shares: tuple[Secret, ...]) -> None:
        """The shares exist once: on to the paper."""
        if not self.ctx.session.unlocked:
            for share in shares:
                share.wipe()
            return
        dialog = SharesDialog(self.ctx, shares)
        dialog.kept.connect(lambda: self._done("pin-shares-kept"))
        dialog.left.connect(self._not_printed)
        dialog.start()

    def _not_printed(self) -> None:
        if self.ctx.session.unlocked:
            said = self.words("pin-shares-left")
            self.banner.show_done(said)
            self.ctx.announce(said)
            self.refresh()

    def _wanted(self, act: VaultAct) -> None:
        self.clear_problem()
        open_ones = {
            VaultAct.MOVE: self._move,
            VaultAct.USE_PREVIOUS: self._use_previous,
            VaultAct.SWITCH_OFF: self._switch_off,
            VaultAct.GIVE_UP: self._give_up,
            VaultAct.OFFICERS: self._change_officers,
            VaultAct.CHECK_SHARE: self._check_share,
            VaultAct.RECOVER: self._recover,
        }
        open_ones[act]()

    def _move(self) -> None:
        dialog = MoveDialog(self.ctx)
        dialog.done.connect(lambda: self._done("pin-vault-moved"))
        dialog.start()

    def _use_previous(self) -> None:
        dialog = PreviousDialog(self.ctx)
        dialog.done.connect(lambda: self._done("pin-vault-previous-done"))
        dialog.start()

    def _switch_off(self) -> None:
        dialog = SwitchOffDialog(self.ctx)
        dialog.done.connect(lambda: self._done("pin-vault-off-done"))
        dialog.start()

    def _give_up(self) -> None:
        dialog = GiveUpDialog(self.ctx)
        dialog.done.connect(lambda: self._done("pin-vault-give-up-done"))
        dialog.start()

    def _change_officers(self) -> None:
        dialog = OfficersDialog(self.ctx, self.state, self.candidates, self.people)
        dialog.changed.connect(self._print)
        dialog.start()

    def _check_share(self) -> None:
        dialog = CheckShareDialog(self.ctx)
        dialog.checked.connect(lambda number: self._done("pin-share-fits", number=str(number)))
        dialog.start()

    def _recover(self) -> None:
        dialog = RecoverDialog(self.ctx, self.candidates)
        dialog.recovered.connect(self._print)
        dialog.start()
