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
from facility_app.domain.pins import Act, ApprovalLapsed
from facility_app.errors import VaultError
from facility_app.services import pin_approval, pin_release
from facility_app.services.pin_views import BeginRelease, Release
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.base import ActDialog
from facility_app.ui.dialogs.pin_card_watch import CardWatch
from facility_app.ui.dialogs.pin_seats import PersonPanel, Seats
from facility_app.ui.dialogs.pin_who import WhoBand
from facility_app.ui.vault_lane import on_vault
from facility_app.ui.viewmodels.pin_card import CardQuestion, card_said
from facility_app.ui.viewmodels.pin_release import ReleaseForm
from facility_app.ui.viewmodels.pins import ReleaseFor, kind_text
from facility_app.ui.widgets.button import ActionButton, Kind
from facility_app.ui.widgets.choices import ReasonButtons
from facility_app.ui.widgets.levels import Level
from facility_app.ui.widgets.tick_row import TickRow

_RIGHT = Qt.AlignmentFlag.AlignRight
REASONS = ("reader-broken", "other-place", "card-renewal", "resident-asked")
"""Why a PIN is shown; each is a message ``pin-reveal-reason-<key>``."""
PICTURE_HIGH = 112


class ReleaseDialog(ActDialog):
    """`presented` carries the card's answer, `revealed` the picture; the dialog is gone by then."""

    presented = Signal(object)
    revealed = Signal(object)

    def __init__(self, ctx: UiContext, subject: ReleaseFor, act: Act = Act.PRESENT) -> None:
        super().__init__(ctx, title=ctx.words(f"pin-release-title-{act.value}"), icon="password")
        self.subject, self.pin = subject, subject.pin
        self.release: Release | None = None
        self.used = False
        self.form = self._make_form(act)
        kind = kind_text(self.words, self.pin.kind, self.pin.code)
        self.band = WhoBand(ctx, self.pin.name, self.pin.kana, kind, subject.what_for)
        self.seats = Seats(ctx, self.form)
        self.face = TickRow(self.theme, self.words("pin-release-face", name=self.pin.name))
        self.reasons = ReasonButtons(self.theme, self.words("pin-release-reason"), columns=4)
        self.reasons.set_choices((key, self.words(f"pin-reveal-reason-{key}")) for key in REASONS)
        for part in (self.band, self.seats, self.face, self.reasons):
            self.body.addWidget(part)
        self._build_foot_of_acts()
        self.watch = CardWatch(ctx, self)
        self._connect()
        self.watch.read()
        self.tell()

    def _connect(self) -> None:
        self.face.toggled.connect(self._face_ticked)
        self.reasons.chosen.connect(self._reason_chosen)
        self.seats.changed.connect(self.tell)
        self.seats.submitted.connect(self._submitted)
        self.watch.changed.connect(self.tell)
        self.watch.failed.connect(self._failed)
        self.closed.connect(self._withdraw)
        self.ctx.session.changed.connect(self.dismiss)

    def _make_form(self, act: Act) -> ReleaseForm:
        face = self.ctx.session.face
        actor = self.ctx.session.require()
        return self.subject.form(actor, face.colour if face is not None else 0, self.ctx.now(), act)

    def _build_foot_of_acts(self) -> None:
        words = self.words
        self.notes_said = [
            self.add_note(icon, words(key))
            for icon, key in (
                ("looks_one-fill", "pin-release-once"),
                ("visibility_off-fill", "pin-release-unseen"),
                ("notifications_active-fill", "pin-release-recorded"),
            )
        ]
        main = self.set_main(words("pin-release-present"), "contactless-fill")
        main.setMinimumHeight(main.sizeHint().height())
        self.turn = ActionButton(
            self.theme, words("pin-release-reveal"), kind=Kind.GREY, icon="visibility"
        )
        self.turn.clicked.connect(self._turn)
        self.acts.addWidget(self.turn, 0, _RIGHT)

    # --- what is shown ---------------------------------------------------------------------------

    def tell(self) -> None:
        """Words, ticks and buttons as they stand."""
        form, words = self.form, self.words
        said = card_said(words, self.watch.now, self.watch.facts, self._question())
        self.band.show_card(said)
        sends = form.act in (Act.PRESENT, Act.CHECK)
        self.face.setVisible(sends and self.pin.needs_face)
        self.reasons.setVisible(form.act is Act.REVEAL)
        may = self.ctx.session.may(Permission.REVEAL_PIN)
        self.turn.setVisible(form.act is not Act.CHECK and (may or form.act is Act.REVEAL))
        self.turn.set_text(
            words("pin-release-back" if form.act is Act.REVEAL else "pin-release-reveal")
        )
        once, unseen, _recorded = self.notes_said
        once.set(words("pin-release-once" if sends else "pin-release-seconds"))
        unseen.set(words("pin-release-unseen" if sends else "pin-release-seen"))
        if self.main is None:
            return
        self.main.set_text(words(f"pin-release-{form.act.value}"))
        self.main.set_icon("contactless-fill" if sends else "visibility-fill")
        why = form.missing(self.seats.typed())
        if sends and not why:
            why = said.blocks if self.pin.for_card else "pin-release-not-for-card"
        self.main.block(words(why) if why else "")

    def _question(self) -> CardQuestion:
        kind = self.pin.kind
        pin = None if kind is None else kind.card_pin
        return CardQuestion(pin, self.subject.dates, self.pin.marked, self.form.act)

    def _face_ticked(self, ticked: bool) -> None:
        self.form.face_confirmed = ticked
        self.tell()

    def _reason_chosen(self, key: str) -> None:
        self.form.reason = key
        self.tell()

    def _turn(self) -> None:
        """From sending to showing, or back; nobody has approved that yet."""
        self._withdraw()
        self.used = False
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
        others = [n for n, seat in enumerate(self.form.seats) if n != at and not seat.confirmed]
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
            self.reasons.setFocus()
            self.tell()
            return
        self.set_sending(True)
        if self.release is None:
            entry = BeginRelease(self.form.act, self.pin.id, self._reason(), self.subject.visit_id)
            on_vault(
                self.ctx, pin_release.begin_release, entry,
                done=lambda release: self._begun(release, seats, then_act),
                failed=self._failed, what=self.words("pin-release-busy"),
            )  # fmt: skip
        else:
            self._approve_next(list(seats), then_act)

    def _reason(self) -> str:
        if self.form.act is not Act.REVEAL:
            return ""
        return self.words(f"pin-reveal-reason-{self.form.reason}")

    def _begun(self, release: Release, seats: Sequence[int], then_act: bool) -> None:
        self.release = release
        if not self.isVisible():
            self._withdraw()
            return
        self._approve_next(list(seats), then_act)

    def _approve_next(self, seats: list[int], then_act: bool) -> None:
        """One after the other: each derives a key, which takes most of a second."""
        if not seats:
            if then_act:
                self._do_act()
            else:
                self.set_sending(False)
                self.seats.show_form()
                self.tell()
                self._focus_next()
            return
        at, *rest = seats
        panel, person = self.panel(at), self.form.seats[at].person
        if person is None or panel.is_empty():
            self.set_sending(False)
            self.tell()
            return
        use_case: Callable[..., Any] = pin_approval.approve
        by: tuple[Any, ...]
        if panel.by_password:
            use_case = pin_approval.approve_as_manager
            by = (person.number, panel.take_password())
        else:
            by = (person.staff_id, panel.take())
        on_vault(
            self.ctx, use_case, self.release, *by,
            done=lambda release: self._approved(release, at, rest, then_act),
            failed=lambda exc: self._not_approved(exc, at),
            what=self.words("pin-release-busy"),
        )  # fmt: skip

    def _approved(self, release: Release, at: int, rest: list[int], then_act: bool) -> None:
        self.release = release
        self.form.approved(at, self.ctx.now())
        self.seats.show_form()
        self._approve_next(rest, then_act)

    def _not_approved(self, exc: Exception, at: int) -> None:
        if isinstance(exc, pin_approval.WrongOfficerPassphrase):
            self.set_sending(False)
            text = self.words.error(exc)
            self.panel(at).show_problem(f"{text.what}{text.todo}")
            self.ctx.announce(text.what)
            self.tell()
            self.panel(at).first_field().setFocus()
        else:
            self._failed(exc)

    # --- the act ---------------------------------------------------------------------------------

    def _do_act(self) -> None:
        self.used = True
        if self.form.act is Act.REVEAL:
            ink, paper = (self.theme.qcolor(tone).lightness() for tone in ("text", "surface"))
            high = self.theme.px(PICTURE_HIGH)
            use_case: Any = partial(pin_release.reveal, height_px=high, ink=ink, paper=paper)
            done: Callable[[Any], object] = self._revealed
        else:
            sure, reader = self.form.face_confirmed, self.watch.reader
            use_case = partial(pin_release.present, face_confirmed=sure, reader=reader)
            done = self._presented
        on_vault(
            self.ctx, use_case, self.release,
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
        """Say it here; what was approved for a used or lapsed release is approved no more."""
        self.set_sending(False)
        if self.used or isinstance(exc, ApprovalLapsed):
            self._withdraw()
            self.form.lapse()
        self.used = False
        self.seats.show_form()
        self.tell()
        if isinstance(exc, VaultError):
            self.show_problem(self.words.error(exc), Level.BLOCK)
        else:
            self.ctx.show_error(exc, self)

    def _withdraw(self) -> None:
        """What was begun and not used; by the time of a lock, the vault's process is gone."""
        release, self.release = self.release, None
        if release is not None and not self.used and self.ctx.session.unlocked:
            on_vault(
                self.ctx, pin_release.withdraw, release,
                done=lambda _none: None, failed=lambda _exc: None,
            )  # fmt: skip

    def clear_secrets(self) -> None:
        """Cover and lock."""
        self.seats.clear()
        self.dismiss()

    def set_sending(self, sending: bool) -> None:
        """Nothing is typed while it is on its way."""
        super().set_sending(sending)
        self.seats.setEnabled(not sending)
        self.turn.setEnabled(not sending)
