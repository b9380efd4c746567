"""Other officers, or another number of approvals: who, their passphrases, then the approvals.

Approving comes last, because approvals lapse after five minutes.  What comes out are new printed
shares; the former ones open nothing that is saved later.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from facility_app.domain.access import StaffId
from facility_app.domain.pins import Act, Way
from facility_app.errors import VaultError
from facility_app.services import pin_officers
from facility_app.services.pin_views import ApproverView, BeginRelease, OfficerView, VaultState
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.dialogs.pin_approving import Approving
from facility_app.ui.dialogs.pin_seats import Seats
from facility_app.ui.pages.pins_walk_steps import OfficersStep, PassphrasesStep
from facility_app.ui.vault_lane import on_vault
from facility_app.ui.viewmodels.pin_release import ReleaseForm
from facility_app.ui.viewmodels.pin_setup import SetUp
from facility_app.ui.widgets.levels import Level

WHO, PASSPHRASES, APPROVALS = range(3)


class OfficersDialog(ActDialog):
    """`changed` carries the new shares; the dialog is gone by then."""

    changed = Signal(object)

    def __init__(
        self,
        ctx: UiContext,
        state: VaultState,
        candidates: Sequence[OfficerView],
        people: Sequence[ApproverView],
    ) -> None:
        words = ctx.words
        super().__init__(ctx, title=words("pin-release-title-officers"), icon="group-fill")
        present = [each.staff_id for each in state.officers]
        able = {each.staff_id for each in candidates if each.may_approve}
        self.staying = set(present) & able
        self.form = SetUp(chosen=[each for each in present if each in able])
        self.form.threshold = state.threshold
        self.who = OfficersStep(ctx, self.form)
        self.who.show_candidates(candidates)
        self.passphrases = PassphrasesStep(ctx, self.form)
        self.passphrases.show_names(candidates)
        self.release = self._release_form(people, state.threshold)
        self.seats = Seats(ctx, self.release)
        self.approving = Approving(ctx, self.seats, lambda: BeginRelease(Act.OFFICERS), self)
        self.parts: tuple[QWidget, ...] = (self.who, self.passphrases, self.seats)
        self.part = 0
        for place, part in enumerate(self.parts):
            self.body.addWidget(part)
            part.setVisible(not place)
        self.add_note("print", words("pin-officers-new-paper"))
        self.add_note("block", words("pin-officers-former"))
        self.set_main(words("wizard-next"), "arrow_forward")
        self._connect()
        self._look()

    def _release_form(self, people: Sequence[ApproverView], threshold: int) -> ReleaseForm:
        actor, face = self.ctx.session.require(), self.ctx.session.face
        mine = actor.staff_id if actor.staff_id is not None else StaffId(0)
        colour = face.colour if face is not None else 0
        me = next((each for each in people if each.staff_id == mine), None)
        return ReleaseForm(
            me=me or ApproverView(mine, actor.name, "", colour, Way.OFFICER, True),
            officers=[each for each in people if each.way is Way.OFFICER],
            managers=[],
            threshold=threshold,
            since=self.ctx.now(),
            act=Act.OFFICERS,
        )

    def _connect(self) -> None:
        self.who.changed.connect(self._look)
        self.passphrases.changed.connect(self._passphrase_kept)
        self.seats.changed.connect(self._look)
        self.seats.submitted.connect(self._submitted)
        self.approving.approved.connect(self._approved)
        self.approving.wrong.connect(self._wrong)
        self.approving.failed.connect(self._failed)
        self.closed.connect(self.approving.withdraw)
        self.closed.connect(self.passphrases.clear_secrets)
        self.ctx.session.changed.connect(self.dismiss)

    def start(self) -> None:
        """Show it, with the focus on the first officer."""
        self.open(self.who.first_field())

    # --- the three parts -------------------------------------------------------------------------

    def _look(self) -> None:
        if self.main is None or self.sending:
            return
        self.main.set_text(
            self.words("pin-officers-go" if self.part == APPROVALS else "wizard-next")
        )
        why = ""
        if self.part == WHO and len(self.form.chosen) < self.form.threshold:
            why = "pin-walk-choose-officers"
        elif self.part == PASSPHRASES and self.form.next_officer is not None:
            why = "pin-walk-type-passphrases"
        elif self.part == APPROVALS:
            why = self.release.missing(self.seats.typed())
        self.main.block(self.words(why) if why else "")

    def _passphrase_kept(self) -> None:
        self._look()
        if self.part == PASSPHRASES and self.form.next_officer is None:
            self._to(APPROVALS)

    def _show_part(self, part: int) -> None:
        self.part = part
        for place, widget in enumerate(self.parts):
            widget.setVisible(place == part)

    def _to(self, part: int) -> None:
        if part == PASSPHRASES:
            self.form.given = self.staying & set(self.form.chosen)
            if self.form.next_officer is None:
                part = APPROVALS
            self.passphrases.enter()
        self._show_part(part)
        self._look()
        target = self.passphrases.first_field() if part == PASSPHRASES else self.seats.next_field()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self) -> None:
        """On to the next part; at the end, the change."""
        if self.part == WHO:
            self._to(PASSPHRASES)
        elif self.part == PASSPHRASES:
            self._to(APPROVALS)
        else:
            self.set_sending(True)
            open_seats = [at for at, seat in enumerate(self.release.seats) if not seat.confirmed]
            self.approving.ask(open_seats, then_act=True)

    def _submitted(self, at: int) -> None:
        typed = {at, *self.seats.typed()}
        others = [
            n for n, seat in enumerate(self.release.seats) if n not in typed and not seat.confirmed
        ]
        if self.sending or self.seats.panels[at].is_empty():
            return
        if others:
            self.set_sending(True)
            self.approving.ask([at], then_act=False)
        elif self.main is not None and self.main.isEnabled():
            self.press()

    def _approved(self, then_act: bool) -> None:
        if not then_act:
            self._rest()
            target = self.seats.next_field() or self.main
            if target is not None:
                target.setFocus()
            return
        stay = sorted(self.staying & set(self.form.chosen))
        new = self.passphrases.take()
        on_vault(
            self.ctx, pin_officers.change_officers, self.approving.use(), stay, new,
            self.form.threshold, done=self._changed, failed=self._failed,
            what=self.words("pin-release-busy"),
        )  # fmt: skip

    def _changed(self, shares: Any) -> None:
        self.sending = False
        self.dismiss()
        self.changed.emit(shares)

    def _wrong(self, at: int) -> None:
        self._rest()
        self.seats.panels[at].first_field().setFocus()

    def _rest(self) -> None:
        self.set_sending(False)
        self.seats.show_form()
        self._look()

    def _failed(self, exc: Exception) -> None:
        self.approving.give_up(exc)
        self._rest()
        if isinstance(exc, VaultError):
            self.show_problem(self.words.error(exc), Level.BLOCK)
        else:
            self.ctx.show_error(exc, self)

    def set_sending(self, sending: bool) -> None:
        """Nothing is typed while it is on its way."""
        super().set_sending(sending)
        for part in self.parts:
            part.setEnabled(not sending)

    def clear_secrets(self) -> None:
        """Cover and lock."""
        self.seats.clear()
        self.passphrases.clear_secrets()
        self.dismiss()
