"""Draws the pages of visits into PNG files, to be laid beside the mock screens.

``QT_QPA_PLATFORM=offscreen python -m tests.ui.visit_pictures OUT [WORD]`` (only pictures with
WORD).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from facility_app.audit.checkpoint import Signer
from facility_app.audit.work import Work
from facility_app.db.engine import open_engine
from facility_app.db.models import LoanLineRow
from facility_app.domain.items import Condition
from facility_app.domain.ladder_facts import Way
from facility_app.secret import Secret
from facility_app.services.custody import LoanId
from facility_app.services.outcomes import RecordOutcome, record_outcome
from facility_app.services.returns import Returned, SignIn, sign_in
from facility_app.ui.emergency_dialog import EmergencyDialog
from facility_app.ui.fonts import load_fonts
from facility_app.ui.theme import Theme
from facility_app.ui.tokens import Mode
from facility_app.ui.viewmodels.visits import Span
from tests.conftest import CHECKPOINT_SEED, HEAD_KEY, STORE_ID, FakeClock, create_schema
from tests.desk_world import build
from tests.ui.desk_doubles import EmergencyDouble
from tests.ui.desk_office import DeskWindow
from tests.ui.desk_pictures import settle
from tests.ui.visit_day import VisitDay, day_of_visits, furnish

KEYS = (
    *("today", "desk", "residents", "visits", "departure", "house-call", "clinics"),
    *("visit-results", "cards", "stocktake", "log", "reports"),
)
Pose = Callable[[DeskWindow, VisitDay, Callable[[], None]], Any]


def facility(folder: Path, clock: FakeClock) -> VisitDay:
    engine = open_engine(folder / "facility.db", Secret(bytearray(range(32))))
    create_schema(engine)
    desk = build(engine, Work(engine, clock, HEAD_KEY, Signer(STORE_ID, CHECKPOINT_SEED)), clock)
    return furnish(desk)


class Studio:
    """Opens a window in one look and takes pictures."""

    def __init__(self, app: QApplication, out: Path, only: str) -> None:
        self.app, self.out, self.only = app, out, only

    def take(
        self,
        name: str,
        pose: Pose,
        before: Callable[[VisitDay], Any] = day_of_visits,
        *,
        mode: Mode = Mode.LIGHT,
        zoom: int = 100,
        who: str = "custodian",
        language: str = "ja",
        size: tuple[int, int] = (1366, 768),
    ) -> None:
        """One picture of the window after `before` and `pose`."""
        if self.only not in name:
            return
        with tempfile.TemporaryDirectory() as folder:
            world = facility(Path(folder), FakeClock())
            before(world)
            theme = Theme(mode, zoom, family=load_fonts())
            theme.apply()
            window = DeskWindow(world.desk, theme, who=who, language=language, pages=KEYS)
            window.window.resize(*size)
            window.window.show()

            def rest() -> None:
                settle(window, self.app)

            rest()
            pose(window, world, rest)
            rest()
            window.window.grab().save(str(self.out / f"{name}.png"))
            for problem in window.problems:
                print(name, repr(problem), file=sys.stderr)
            window.close()
            world.desk.engine.dispose()
        print(name)

    def looks(self, name: str, pose: Pose, before: Callable[[VisitDay], Any] = day_of_visits,
              **more: Any) -> None:  # fmt: skip
        """Light, dark and at 200 %."""
        self.take(name, pose, before, **more)
        self.take(f"{name}-dark", pose, before, mode=Mode.DARK, **more)
        self.take(f"{name}-200", pose, before, zoom=200, **more)


def page(key: str, **args: object) -> Pose:
    def pose(window: DeskWindow, world: VisitDay, rest: Callable[[], None]) -> Any:
        window.ctx.navigate(key, **args)
        rest()
        rest()
        return window.window.pages[key]

    return pose


def week(window: DeskWindow, world: VisitDay, rest: Callable[[], None]) -> None:
    shown = page("visits")(window, world, rest)
    shown.spans.choose(Span.WEEK.value)
    rest()


def leaving(word: str, *, scan: bool = True, opened: int = 0) -> Pose:
    def pose(window: DeskWindow, world: VisitDay, rest: Callable[[], None]) -> Any:
        window.ctx.navigate("departure", visit=world.visits[word])
        rest()
        shown = window.window.pages["departure"]
        if scan:
            person = word if word in world.desk.codes else "hanako"
            shown.scan(world.desk.codes[person])
            rest()
        return shown

    return pose


def wrong_pouch(window: DeskWindow, world: VisitDay, rest: Callable[[], None]) -> None:
    leaving("hanako", scan=False)(window, world, rest).scan(world.desk.codes["kiyo"])


def reasons(window: DeskWindow, world: VisitDay, rest: Callable[[], None]) -> None:
    leaving("hanako")(window, world, rest).go.pass_on.click()


def closed_ways(window: DeskWindow, world: VisitDay, rest: Callable[[], None]) -> None:
    shown = leaving("hanako")(window, world, rest)
    shown.ways.parts[0].button.click()
    shown.ways.closed.click()


def plan(window: DeskWindow, world: VisitDay, rest: Callable[[], None]) -> Any:
    shown = page("visits")(window, world, rest)
    shown.plan.click()
    rest()
    from facility_app.ui.dialogs.plan_visit import PlanVisitDialog

    (dialog,) = window.window.host().findChildren(PlanVisitDialog)
    return dialog


def conflict(window: DeskWindow, world: VisitDay, rest: Callable[[], None]) -> None:
    dialog = plan(window, world, rest)
    dialog.search.scan(world.desk.codes["yuki"])
    rest()
    dialog.place.setEditText("例示眼科クリニック")
    dialog.starts.setText("14:00")
    dialog.escort.choose(world.desk.id_of("escort"))
    dialog.again.setCurrentIndex(1)
    for _ in range(20):
        rest()
        QApplication.instance().thread().msleep(15)


def change(window: DeskWindow, world: VisitDay, rest: Callable[[], None]) -> None:
    shown = page("visits")(window, world, rest)
    shown.today_pane.rows.findChildren(type(shown.plan))[0].click()


def plan_round(window: DeskWindow, world: VisitDay, rest: Callable[[], None]) -> None:
    page("visits")(window, world, rest).rounds.click()


def house_call(window: DeskWindow, world: VisitDay, rest: Callable[[], None]) -> Any:
    return page("house-call", round=world.visits["round"])(window, world, rest)


def house_call_out(window: DeskWindow, world: VisitDay, rest: Callable[[], None]) -> None:
    shown = house_call(window, world, rest)
    shown.button.click()
    rest()
    rest()


def departed(world: VisitDay) -> None:
    """Hanako came back with another ratio; Ume is out; two months of outcomes before."""
    history(world)
    day_of_visits(world)
    desk = world.desk
    loan = desk.signed_out("hanako", visit_id=world.visits["hanako"])
    back(world, loan, "A-12")
    desk.signed_out("ume", visit_id=world.visits["ume"])


def back(world: VisitDay, loan: LoanId, slot: str) -> None:
    lines = world.desk.rows(LoanLineRow, LoanLineRow.loan_id == loan)
    items = tuple(Returned(line.item_id, line.pieces_out, Condition.GOOD) for line in lines)
    world.desk.do("custodian", sign_in, SignIn(loan, items, slot))


HISTORY = (
    ("inner", Way.FACE, 4, (), None), ("inner", Way.VISUAL, 18, ("face-failed",), None),
    ("inner", Way.FACE, 5, (), None), ("eye", Way.ORAL, 35, ("device-fault",), None),
    ("eye", Way.CERTIFICATE, 6, (), 2), ("eye", None, 40, ("shown-invalid", "name-differs"), None),
    ("inner", Way.VISUAL, 12, (), None), ("comes", Way.RECHECK, 2, (), None),
)  # fmt: skip


def history(world: VisitDay) -> None:
    """Visits of the last weeks, with what was told of them."""
    for number, (clinic, way, minutes, troubles, ratio) in enumerate(HISTORY):
        at = world.desk.clock() - timedelta(days=7 * number + 3)
        visit = world.visit(f"past-{number}", "hanako", at, clinic)
        world.desk.do(
            "custodian", record_outcome,
            RecordOutcome(visit, way, minutes, troubles, ratio_seen=ratio),
        )  # fmt: skip


def outcome(window: DeskWindow, world: VisitDay, rest: Callable[[], None]) -> None:
    shown = page("visits")(window, world, rest)
    shown.acts.outcome(shown.days[0].visits[0])
    rest()
    from facility_app.ui.dialogs.outcome import OutcomeDialog

    (dialog,) = window.window.host().findChildren(OutcomeDialog)
    dialog.way.choose("visual")
    dialog.ratio.choose("2")
    dialog.had_trouble.click()


def clinic_dialog(window: DeskWindow, world: VisitDay, rest: Callable[[], None]) -> None:
    shown = page("clinics")(window, world, rest)
    next(iter(shown.buttons.values())).click()


def insurance(window: DeskWindow, world: VisitDay, rest: Callable[[], None]) -> Any:
    resident = world.desk.residents["hanako"]
    return page("residents", resident=resident, tab="insurance")(window, world, rest)


def insurance_dialog(window: DeskWindow, world: VisitDay, rest: Callable[[], None]) -> None:
    insurance(window, world, rest).detail.insurance.edit.click()


def after_release(window: DeskWindow, world: VisitDay, rest: Callable[[], None]) -> None:
    """The pouch is out: the sheet, and whom to call."""
    dialog = EmergencyDialog(window.ctx, EmergencyDouble())
    dialog.start()
    dialog._identify("2031", move_on=True)
    rest()
    dialog._find("301")
    rest()
    dialog.button.click()
    rest()


def main(out: Path, only: str = "") -> None:
    """All pictures."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    out.mkdir(parents=True, exist_ok=True)
    studio = Studio(app, out, only)
    studio.looks("day", page("visits"))
    studio.take("day-back", page("visits"), departed)
    studio.take("day-none", page("visits"), lambda world: None)
    studio.take("today", page("today"), departed)
    studio.looks("week", week)
    studio.looks("leave", leaving("hanako"))
    studio.take("leave-closed", closed_ways)
    studio.take("leave-tomorrow", leaving("tomorrow"))
    studio.take("leave-wrong", wrong_pouch)
    studio.take("leave-kiyo", leaving("kiyo"))
    studio.take("leave-ume", leaving("ume"))
    studio.take("leave-reasons", reasons)
    studio.take("leave-low", leaving("hanako"), size=(1366, 690))
    studio.looks("plan", plan)
    studio.looks("plan-conflict", conflict)
    studio.take("plan-change", change)
    studio.looks("round-plan", plan_round)
    studio.looks("round", house_call)
    studio.take("round-out", house_call_out)
    studio.looks("outcome", outcome, departed)
    studio.looks("clinics", page("clinics"))
    studio.looks("clinic-dialog", clinic_dialog)
    studio.looks("results", page("visit-results"), departed, who="manager")
    studio.looks("emergency-after", after_release)
    studio.looks("insurance", insurance)
    studio.looks("insurance-dialog", insurance_dialog)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
