"""Begins a release and lets the people in the seats approve it, one after the other.

It belongs to a dialog; when that goes, what was begun and not used is withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from facility_app.domain.pins import ApprovalLapsed
from facility_app.services import pin_approval, pin_release
from facility_app.services.pin_views import BeginRelease, Release
from facility_app.ui.context import UiContext
from facility_app.ui.dialogs.pin_seats import Seats
from facility_app.ui.vault_lane import on_vault


class Approving(QObject):
    """`approved` when everybody asked has approved (True: then the act), `failed` carries an error,
    `wrong` when a passphrase was not the right one: its panel says so."""

    approved = Signal(bool)
    failed = Signal(object)
    wrong = Signal(int)

    def __init__(
        self, ctx: UiContext, seats: Seats, command: Callable[[], BeginRelease], parent: QObject
    ) -> None:
        """`command`: what is asked for, as it stands when the first person approves."""
        super().__init__(parent)
        self.ctx, self.seats, self._command = ctx, seats, command
        self.release: Release | None = None
        self._used = False
        self._queue: list[int] = []
        self._then_act = False

    def ask(self, seats: Sequence[int], *, then_act: bool) -> None:
        """Let these seats approve with what was typed in them."""
        self._queue, self._then_act = list(seats), then_act
        if self.release is not None:
            self._next()
            return
        on_vault(
            self.ctx, pin_release.begin_release, self._command(),
            done=self._begun, failed=self._failed, what=self.ctx.words("pin-release-busy"),
        )  # fmt: skip

    def _begun(self, release: Release) -> None:
        self.release, self._used = release, False
        if self.seats.isVisible():
            self._next()
        else:
            self.withdraw()

    def _next(self) -> None:
        """Each derives a key, which takes most of a second."""
        if not self._queue:
            self.approved.emit(self._then_act)
            return
        at = self._queue[0]
        panel, person = self.seats.panels[at], self.seats.form.seats[at].person
        if person is None or panel.is_empty():
            self.approved.emit(False)
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
            done=self._approved, failed=self._not_approved,
            what=self.ctx.words("pin-release-busy"),
        )  # fmt: skip

    def _approved(self, release: Release) -> None:
        self.release = release
        self.seats.form.approved(self._queue.pop(0), self.ctx.now())
        self.seats.show_form()
        self._next()

    def _not_approved(self, exc: Exception) -> None:
        at = self._queue[0]
        if not isinstance(exc, pin_approval.WrongOfficerPassphrase):
            self._failed(exc)
            return
        text = self.ctx.words.error(exc)
        self.seats.panels[at].show_problem(f"{text.what}{text.todo}")
        self.ctx.announce(f"{text.what}{text.todo}")
        self.wrong.emit(at)

    def _failed(self, exc: Exception) -> None:
        self.give_up(exc)
        self.failed.emit(exc)

    def use(self) -> Release | None:
        """The release, for the one act that it carries."""
        self._used = True
        return self.release

    def give_up(self, exc: Exception) -> None:
        """After an error: what was approved for a used or lapsed release is approved no more."""
        if self._used or isinstance(exc, ApprovalLapsed):
            self.withdraw()
            self.seats.form.lapse()
            self.seats.show_form()

    def withdraw(self) -> None:
        """What was begun and not used; after a lock the vault's process is gone anyway."""
        release, self.release = self.release, None
        used, self._used = self._used, False
        if release is not None and not used and self.ctx.session.unlocked:
            on_vault(
                self.ctx, pin_release.withdraw, release,
                done=lambda _none: None, failed=lambda _exc: None,
            )  # fmt: skip
