"""What the buttons of 暗証番号 do: their dialogs, and what is said afterwards."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from facility_app.domain.access import Permission
from facility_app.domain.pins import Act
from facility_app.i18n import ErrorText
from facility_app.services.pin_approval import approvers
from facility_app.services.pin_views import ApproverView, PinView
from facility_app.services.resident_data import ResidentView
from facility_app.services.resident_view import view_resident
from facility_app.ui.dialogs.choose_resident import ChooseResidentDialog
from facility_app.ui.dialogs.pin_acts import EraseDialog, MoreDialog
from facility_app.ui.dialogs.pin_deposit import DepositDialog, DepositFor
from facility_app.ui.dialogs.pin_release import ReleaseDialog
from facility_app.ui.dialogs.pin_reveal import RevealDialog
from facility_app.ui.viewmodels.pins import CardAnswer, RowAct, answer_text, release_for, row_acts
from facility_app.ui.widgets.levels import Level

if TYPE_CHECKING:
    from facility_app.ui.pages.pins import PinsPage

_Subject = tuple[tuple[ApproverView, ...], ResidentView]


class PinActs(QObject):
    """One for the page."""

    def __init__(self, page: PinsPage) -> None:
        super().__init__(page)
        self.page, self.ctx, self.words = page, page.ctx, page.words

    # --- using -----------------------------------------------------------------------------------

    def use(self, pin: PinView, act: Act = Act.PRESENT) -> None:
        """Two people and the card."""
        if act is Act.PRESENT and not self.ctx.session.may(Permission.PRESENT_PIN):
            act = Act.REVEAL
        self.page.clear_problem()
        office, actor = self.ctx.office, self.ctx.session.require()

        def read() -> _Subject:
            people = office.ask(actor, approvers, Act.REVEAL, pin.id)
            return people, office.ask(actor, view_resident, pin.resident_id)

        self.ctx.lane.run(read, done=partial(self._open_release, pin, act), failed=self.page.failed)

    def _open_release(self, pin: PinView, act: Act, found: _Subject) -> None:
        people, resident = found
        threshold = self.page.book.state.threshold
        subject = release_for(self.words, pin, people, threshold, resident, self.ctx.now())
        dialog = ReleaseDialog(self.ctx, subject, act)
        dialog.presented.connect(lambda answer: self._presented(pin, answer))
        dialog.revealed.connect(lambda picture: self._revealed(pin, picture))
        dialog.closed.connect(self.page.refresh_when_unlocked)
        dialog.start()

    def _presented(self, pin: PinView, answer: CardAnswer) -> None:
        """Not after a lock that came before the answer: it stands in the record."""
        if not self.ctx.session.unlocked:
            return
        said = answer_text(self.words, pin, answer)
        if isinstance(said, ErrorText):
            self.page.show_problem(said, Level.BLOCK)
            self.ctx.announce(str(said))
            self.page.refresh()
        else:
            self.page.done(said)

    def _revealed(self, pin: PinView, picture: Any) -> None:
        dialog = RevealDialog(self.ctx, pin)
        dialog.start(picture)

    # --- what else is done -----------------------------------------------------------------------

    def more(self, pin: PinView) -> None:
        """The list of acts."""
        acts = row_acts(self.words, pin, self.page.book.state, self.ctx.session.may)
        dialog = MoreDialog(self.ctx, pin, acts)
        dialog.chosen.connect(lambda act: self._chosen(pin, act))
        dialog.start()

    def _chosen(self, pin: PinView, act: RowAct) -> None:
        if act is RowAct.CHECK:
            self.use(pin, Act.CHECK)
        elif act is RowAct.REPLACE:
            self._deposit_for(pin.resident_id, pin)
        else:
            dialog = EraseDialog(self.ctx, pin)
            dialog.erased.connect(lambda: self.page.done(self.words("pin-erased", name=pin.name)))
            dialog.start()

    def deposit(self) -> None:
        """Whose PIN?  Then the PIN."""
        dialog = ChooseResidentDialog(self.ctx, title=self.words("pin-deposit-whose"))
        dialog.chosen.connect(lambda row: self._deposit_for(int(row.id), None))
        dialog.start()

    def _deposit_for(self, resident_id: int, instead: PinView | None) -> None:
        self.ctx.ask(
            view_resident,
            resident_id,
            done=lambda resident: self._open_deposit(resident, instead),
            failed=self.page.failed,
        )

    def _open_deposit(self, resident: ResidentView, instead: PinView | None) -> None:
        form = resident.form
        dialog = DepositDialog(
            self.ctx, DepositFor(resident.id, form.name, form.birth_date, instead)
        )
        key = "pin-deposited" if instead is None else "pin-replaced"
        dialog.deposited.connect(lambda view: self.page.done(self.words(key, name=view.name)))
        dialog.start()

    # --- the vault itself ------------------------------------------------------------------------

    def manage(self) -> None:
        """The page of who answers for the vault."""
        self.ctx.navigate("pin-vault")

    def own_passphrase(self) -> None:
        """An officer's own passphrase."""
        from facility_app.ui.dialogs.pin_passphrase import OwnPassphraseDialog

        dialog = OwnPassphraseDialog(self.ctx)
        dialog.changed.connect(lambda: self.page.done(self.words("pin-own-changed")))
        dialog.start()
