"""The stories at the desk: a refusal, sign-outs, a hand-over, returns that go wrong and right."""

from __future__ import annotations

from PySide6.QtCore import Qt

from facility_app.demo.desk_hands import DeskHands
from facility_app.demo.pouches import Pouch
from facility_app.demo.stage import Stage
from facility_app.ui.dialogs.hand_over import HandOverDialog
from facility_app.ui.dialogs.missing import MissingDialog
from facility_app.ui.dialogs.outcome import OutcomeDialog
from facility_app.ui.pages.desk_idle import IdleView


class DeskStories:
    """Each plays one story on `stage` and raises StoryFailed where its result cannot be seen."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.desk = stage, DeskHands(stage)
        self.hands, self.eyes = stage.hands, stage.eyes

    def refusal(self, pouch: Pouch) -> None:
        """No agreement: the button says so and Enter does nothing."""
        with self.stage.story("refusal"):
            self.desk.scan(pouch)
            button = self.desk.page_button()
            self.stage.wait(lambda: not button.isEnabled(), "the main button off")
            before = self.desk.last_record()
            self.hands.enter()
            self.stage.settle()
            self.stage.wait(lambda: self.desk.last_record() == before, "nothing recorded")
            self.stage.wait(
                lambda: self.eyes.says("desk-warn-agreement-withdrawn"), "the reason of the refusal"
            )
            self.stage.picture("refusal")
            self.cancel()

    def cancel(self) -> None:
        """Esc gives the desk back."""
        self.hands.answer(self.hands.escape, lambda: any(self.eyes.all(IdleView)), "the empty desk")

    def out_scanned(self, pouch: Pouch) -> None:
        """Scan, Enter: the day's visit fills in the rest."""
        with self.stage.story("out-scanned") as story:
            before = story.presses
            self.desk.scan(pouch)
            self.stage.picture("desk-sign-out")
            self.desk.enter(f"sign-out of {pouch.name}")
            story.mark("scan_to_signed_out", before)
            self.stage.picture("desk-signed-out")

    def out_typed(self, pouch: Pouch) -> None:
        """Room number, Enter, Enter."""
        with self.stage.story("out-typed"):
            self.desk.type_room(pouch)
            self.desk.enter(f"sign-out of {pouch.name}")

    def out_overdue(self, pouch: Pouch, purpose: str) -> None:
        """Another reason, due in two hours; nobody brings it back in time."""
        with self.stage.story("out-overdue"):
            self.desk.scan(pouch)
            view = self.desk.out_view()
            self.hands.click(self.desk.purpose(view, purpose))
            for state in view.form.rows() if view.form is not None else ():
                if state.pieces > 1 and not state.ticked:
                    self.hands.click(view.rows[state.id])
            button = self.desk.page_button()
            self.stage.wait(button.isEnabled, "the main button on")
            self.hands.answer(
                lambda: self.hands.click(button),
                lambda: self.desk.last_record() and self.desk.resting(),
                f"sign-out of {pouch.name}",
            )

    def hand_over(self, pouch: Pouch, to: str) -> None:
        """While it is out, another escort takes it."""
        with self.stage.story("hand-over"):
            self.desk.scan(pouch)
            self.hands.click(self.desk.back_view().hand_over)
            dialog = self.desk.dialog(HandOverDialog)
            self.desk.choose(dialog.to, to)
            self.stage.picture("hand-over")
            before = self.desk.last_record()
            self.hands.answer(
                self.hands.enter,
                lambda: self.desk.resting() and self.desk.last_record() not in ("", before),
                "the hand-over",
            )
            self.cancel()

    def wrong_slot(self, pouch: Pouch, wrong: str) -> None:
        """Put to a wrong place: refused, with the right one shown; then to the right one."""
        with self.stage.story("wrong-slot"):
            self.desk.scan(pouch)
            view = self.desk.back_view()
            self.stage.picture("desk-return")
            self.hands.answer(
                lambda: self.hands.key(Qt.Key.Key_F4), view.slot.hasFocus, "the slot field"
            )
            self.hands.answer(
                lambda: self.hands.scan(wrong),
                lambda: view.wrong.isVisible() and self.eyes.reads(pouch.slot),
                "the refusal with the right slot",
            )
            self.stage.settle()
            self.stage.picture("desk-wrong-slot")
            self.put_away(pouch)

    def put_away(self, pouch: Pouch) -> None:
        """Scan the right slot; the record is the answer."""
        before = self.desk.last_record()
        self.hands.answer(
            lambda: self.hands.scan(pouch.slot),
            lambda: self.desk.last_record() not in ("", before),
            f"return of {pouch.name}",
        )
        self.tell_outcome()

    def tell_outcome(self) -> None:
        """Where they were at a clinic, the window asks how it went: the first way, and Enter."""
        self.stage.settle()
        dialog = next(iter(self.eyes.all(OutcomeDialog)), None)
        if dialog is None:
            return
        self.stage.picture("outcome")
        dialog.minutes.setFocus()
        self.hands.type("5")
        dialog.way.choose(dialog.form.choices.ways[0].value)
        self.stage.picture("outcome-told")
        self.hands.answer(
            self.hands.enter, lambda: not any(self.eyes.all(OutcomeDialog)), "the outcome recorded"
        )
        self.stage.settle()

    def missing_piece(self, pouch: Pouch) -> None:
        """One of two pieces did not come back: asked for, confirmed, and still out."""
        with self.stage.story("missing-piece"):
            self.desk.scan(pouch)
            self.hands.key(Qt.Key.Key_F4)
            self.hands.click(self.desk.one_less())
            view = self.desk.back_view()
            self.hands.click(view.slot)
            self.hands.scan(pouch.slot)
            dialog = self.desk.dialog(MissingDialog)
            self.stage.picture("desk-missing-piece")
            before = self.desk.last_record()
            self.hands.answer(
                lambda: self.hands.click(dialog.go),
                lambda: self.desk.last_record() not in ("", before),
                "the return with a piece missing",
            )
            self.tell_outcome()

    def returns(self, *pouches: Pouch) -> None:
        """Everything else comes back: scan, F4, slot."""
        with self.stage.story("returns"):
            for pouch in pouches:
                self.desk.scan(pouch)
                view = self.desk.back_view()
                self.hands.key(Qt.Key.Key_F4)
                self.stage.wait(view.slot.hasFocus, "the slot field")
                self.put_away(pouch)
                self.stage.settle()

    def out_two_person(self, pouch: Pouch, second: str) -> None:
        """Scan, Enter, badge and password of a second person."""
        with self.stage.story("out-two-person"):
            self.desk.scan(pouch)
            self.hands.enter()
            self.desk.second_person(second)
