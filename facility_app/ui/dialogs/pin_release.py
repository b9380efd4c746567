"""暗証番号を使う: two people, then the PIN goes to the card, or is shown for seconds.

Who is unlocked sits first; everybody types what only they know.  Who approved one act has not
approved the other: turning from one to the other begins anew.  What was begun and not used is
withdrawn when the dialog goes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal

from facility_app.domain.access import Permission
from facility_app.domain.pins import Act
from facility_app.errors import VaultError
from facility_app.services import pin_release
from facility_app.services.pin_views import BeginRelease
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.dialogs.pin_approving import Approving
from facility_app.ui.dialogs.pin_card_watch import CardWatch
from facility_app.ui.dialogs.pin_seats import PersonPanel, Seats
from facility_app.ui.dialogs.pin_who import Consequence, WhoBand
from facility_app.ui.vault_lane import on_vault
from facility_app.ui.viewmodels.pin_card import CardQuestion, card_said
from facility_app.ui.viewmodels.pin_release import ReleaseForm
from facility_app.ui.viewmodels.pins import ReleaseFor, kind_text
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.fields import LabeledField
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.tick_row import TickRow

_RIGHT = Qt.AlignmentFlag.AlignRight
REASONS = ("reader-broken", "other-place", "card-renewal", "resident-asked")
"""Why a PIN is shown; each is a message ``pin-reveal-reason-<key>``."""
PICTURE_HIGH = 112
_RECORDED = ("notifications_active-fill", "pin-release-recorded")
_SENDING = (
    ("looks_one-fill", "pin-release-once"),
    ("visibility_off-fill", "pin-release-unseen"),
    _RECORDED,
)
_SHOWING = (("timer", "pin-release-seconds"), ("group-fill", "pin-release-seen"), _RECORDED)


class ReleaseDialog(ActDialog):
    """`presented` carries the card's answer, `revealed` the picture; the dialog is gone by then."""

    presented = Signal(object)
    revealed = Signal(object)

    def __init__(self, ctx: UiContext, subject: ReleaseFor, act: Act = Act.PRESENT) -> None:
        super().__init__(ctx, title=ctx.words(f"pin-release-title-{act.value}"), icon="password")
        self.subject, self.pin = subject, subject.pin
        self._said = ""
        self._by_face = self.pin.needs_face
        """Whether a person has to look; without this computer's key also at a card with a mark."""
        self._faced = 0
        self.form = self._make_form(act)
        kind = kind_text(self.words, self.pin.kind, self.pin.code)
        self.band = WhoBand(ctx, self.pin.name, self.pin.kana, kind, subject.what_for)
        self.seats = Seats(ctx, self.form)
        self.face = TickRow(self.theme, self.words("pin-release-face", name=self.pin.name))
        self.reasons = ReasonButtons(self.theme, self.words("pin-release-reason"), columns=4)
        self.reasons.set_choices((key, self.words(f"pin-reveal-reason-{key}")) for key in REASONS)
        self.why = LabeledField(self.theme, self.words("pin-release-reason"), self.reasons)
        for part in (self.band, self.seats, self.face, self.why):
            self.body.addWidget(part)
        self._build_foot_of_acts()
        self.watch = CardWatch(ctx, self)
        self.approving = Approving(ctx, self.seats, self._command, self)
        self._connect()
        self.watch.read()
        self.tell()

    def _connect(self) -> None:
        self.face.toggled.connect(self._face_ticked)
        self.reasons.chosen.connect(self._reason_chosen)
        self.seats.changed.connect(self.tell)
        self.seats.submitted.connect(self._submitted)
        self.watch.changed.connect(self._card_changed)
        self.watch.failed.connect(self._failed)
        self.approving.approved.connect(self._approved)
        self.approving.wrong.connect(self._wrong)
        self.approving.failed.connect(self._failed)
        self.closed.connect(self.approving.withdraw)
        self.ctx.session.changed.connect(self.dismiss)

    def _make_form(self, act: Act) -> ReleaseForm:
        face = self.ctx.session.face
        actor = self.ctx.session.require()
        return self.subject.form(actor, face.colour if face is not None else 0, self.ctx.now(), act)

    def _build_foot_of_acts(self) -> None:
        self.consequences = [Consequence(self.theme) for _ in range(3)]
        for line in self.consequences:
            self.notes.addWidget(line)
        self.set_main(self.words("pin-release-present"), "contactless-fill")
        self.turn = ActionButton(
            self.theme, self.words("pin-release-reveal"), kind=Kind.GREY, icon="visibility"
        )
        self.turn.clicked.connect(self._turn)
        self.theme.changed.connect(self._place_turn)
        self._place_turn()

    def _place_turn(self) -> None:
        """Below the big button; on the enlarged screen at the end of what scrolls."""
        place = self.body if self.theme.compact else self.acts
        place.addWidget(self.turn, 0, _RIGHT)

    # --- what is shown ---------------------------------------------------------------------------

    def tell(self) -> None:
        """Words, ticks and buttons as they stand."""
        form, words = self.form, self.words
        said = card_said(words, self.watch.now, self.watch.facts, self._question())
        self.band.show_card(said)
        if self.isVisible() and said.text != self._said:
            self.ctx.announce(said.text)
        self._said = said.text
        sends = form.act in (Act.PRESENT, Act.CHECK)
        self.face.setVisible(sends and self._by_face)
        self.why.setVisible(form.act is Act.REVEAL)
        may = self.ctx.session.may(Permission.REVEAL_PIN)
        self.turn.setVisible(form.act is not Act.CHECK and (may or form.act is Act.REVEAL))
        self.turn.set_text(
            words("pin-release-back" if form.act is Act.REVEAL else "pin-release-reveal")
        )
        told = _SENDING if sends else _SHOWING
        for line, (icon, key) in zip(self.consequences, told, strict=True):
            line.show_words(icon, words(key))
        if self.main is None:
            return
        self.main.set_text(words(f"pin-release-{form.act.value}"))
        self.main.set_icon("contactless-fill" if sends else "visibility-fill")
        why = said.blocks if sends else ""
        if sends and not self.pin.for_card:
            why = "pin-release-not-for-card"
        why = why or form.missing(self.seats.typed())
        self.main.block(words(why) if why else "")

    def _question(self) -> CardQuestion:
        kind = self.pin.kind
        pin = None if kind is None else kind.card_pin
        return CardQuestion(pin, self.subject.dates, self.pin.marked, self.form.act)

    def _face_ticked(self, ticked: bool) -> None:
        self.form.face_confirmed = ticked
        self._faced = self.watch.insertion if ticked else 0
        self.tell()

    def _card_changed(self) -> None:
        """Whose name is on another card nobody has said yet.  The first that is laid is the one
        that they had in their hand."""
        there = self.watch.insertion
        if there and self._faced and there != self._faced:
            self.face.setChecked(False)
        elif there and self.face.isChecked():
            self._faced = there
        self.tell()

    def _reason_chosen(self, key: str) -> None:
        self.form.reason = key
        self.tell()

    def _turn(self) -> None:
        """From sending to showing, or back; nobody has approved that yet."""
        self.approving.withdraw()
        self.form.turn(Act.PRESENT if self.form.act is Act.REVEAL else Act.REVEAL)
        self.title.set(self.words(f"pin-release-title-{self.form.act.value}"))
        self.seats.clear()
        self.seats.show_form()
        self.tell()
        self._focus_next()

    # --- approving -------------------------------------------------------------------------------

    def start(self) -> None:
        """Show it, with the focus where the next key belongs."""
        self.open()
        self._focus_next()

    def panel(self, at: int) -> PersonPanel:
        """The panel of a seat."""
        return self.seats.panels[at]

    def _focus_next(self) -> None:
        target = self.seats.next_field() or self.main
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submitted(self, at: int) -> None:
        """Enter in a field: the last one does the act, the others let their person approve."""
        typed = {at, *self.seats.typed()}
        others = [
            n for n, seat in enumerate(self.form.seats) if n not in typed and not seat.confirmed
        ]
        if self.sending or self.panel(at).is_empty() or self.form.seats[at].person is None:
            return
        if others or (self.main is not None and not self.main.isEnabled()):
            self.problem.hide()
            self._approve([at], then_act=False)
        else:
            self.press()

    def act(self) -> None:
        """Let everybody approve who has typed, then do it."""
        open_seats = [at for at, seat in enumerate(self.form.seats) if not seat.confirmed]
        self._approve(open_seats, then_act=True)

    def _approve(self, seats: Sequence[int], *, then_act: bool) -> None:
        if self.form.act is Act.REVEAL and not self.form.reason:
            self.tell()
            return
        self.set_sending(True)
        self.approving.ask(seats, then_act=then_act)

    def _command(self) -> BeginRelease:
        reveals = self.form.act is Act.REVEAL
        reason = self.words(f"pin-reveal-reason-{self.form.reason}") if reveals else ""
        return BeginRelease(self.form.act, self.pin.id, reason, self.subject.visit_id)

    def _approved(self, then_act: bool) -> None:
        if then_act:
            self._do_act()
            return
        self._rest()
        self._focus_next()

    def _wrong(self, at: int) -> None:
        self._rest()
        self.panel(at).first_field().setFocus()

    def _rest(self) -> None:
        self.set_sending(False)
        self.seats.show_form()
        self.tell()

    # --- the act ---------------------------------------------------------------------------------

    def _do_act(self) -> None:
        release = self.approving.use()
        if self.form.act is Act.REVEAL:
            ink, paper = (self.theme.qcolor(tone).lightness() for tone in ("text", "surface"))
            high = self.theme.px(PICTURE_HIGH)
            use_case: Any = partial(pin_release.reveal, height_px=high, ink=ink, paper=paper)
            done: Callable[[Any], object] = self._revealed
        else:
            sure, reader = self._by_face and self.form.face_confirmed, self.watch.reader
            use_case = partial(pin_release.present, face_confirmed=sure, reader=reader)
            done = self._presented
        on_vault(
            self.ctx, use_case, release,
            done=done, failed=self._failed, what=self.words("pin-release-busy"),
        )  # fmt: skip

    def _presented(self, answer: Any) -> None:
        self.sending = False
        self.dismiss()
        self.presented.emit(answer)

    def _revealed(self, picture: Any) -> None:
        self.sending = False
        visible = self.isVisible()
        self.dismiss()
        if visible:
            self.revealed.emit(picture)

    def _failed(self, exc: Exception) -> None:
        """Say it here; nothing is tried again by itself."""
        self.approving.give_up(exc)
        if isinstance(exc, pin_release.FaceNotConfirmed):
            self._by_face, self.form.face_confirmed = True, False
        self._rest()
        if isinstance(exc, VaultError):
            self.show_problem(self.words.error(exc), Level.BLOCK)
        else:
            self.ctx.show_error(exc, self)

    def clear_secrets(self) -> None:
        """Cover and lock."""
        self.seats.clear()
        self.dismiss()

    def set_sending(self, sending: bool) -> None:
        """Nothing is typed while it is on its way."""
        super().set_sending(sending)
        self.seats.setEnabled(not sending)
        self.turn.setEnabled(not sending)
