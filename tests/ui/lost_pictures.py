"""Draws the page of losses, its dialogs and the drill into PNG files, to be laid beside mock 05.

``QT_QPA_PLATFORM=offscreen python -m tests.ui.lost_pictures OUT [WORD]`` (only pictures with WORD).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from facility_app.audit.checkpoint import Signer
from facility_app.audit.work import Work
from facility_app.db.engine import open_engine
from facility_app.db.models import LostCaseRow, LostItemRow
from facility_app.domain.incidents import LostWhere, Stolen
from facility_app.domain.leak import LeakAnswer, LeakDecision
from facility_app.secret import Secret
from facility_app.services.lost_cases import LostThing
from facility_app.services.lost_close import Explain, close_case, explain_case
from facility_app.services.lost_found import ReportFound, report_found
from facility_app.services.lost_leak import AssessLeak, assess_leak
from facility_app.ui.fonts import load_fonts
from facility_app.ui.theme import Theme
from facility_app.ui.tokens import Mode
from tests.conftest import CHECKPOINT_SEED, HEAD_KEY, STORE_ID, FakeClock, create_schema
from tests.desk_world import DeskWorld, add_resident, build
from tests.lost_world import BOOK, card_of, do, opened, waive_all
from tests.ui.desk_office import DeskWindow
from tests.ui.desk_pictures import settle
from tests.ui.lost_office import LostOffice, furnish

KEYS = ("today", "desk", "residents", "visits", "cards", "lost", "lost-drill", "stocktake", "log")
Pose = Callable[[DeskWindow, DeskWorld, Callable[[], None]], Any]


def facility(folder: Path, clock: FakeClock) -> DeskWorld:
    engine = open_engine(folder / "facility.db", Secret(bytearray(range(32))))
    create_schema(engine)
    work = Work(engine, clock, HEAD_KEY, Signer(STORE_ID, CHECKPOINT_SEED))
    desk = furnish(build(engine, work, clock))
    things = (("my-number-card", 1), ("care-insurance", 1))
    add_resident(desk, "ichiro", ("髙﨑 一郎", "たかさき いちろう", "105"), ("A", 7), things)
    return desk


class Studio:
    """Opens a window in one look and takes pictures."""

    def __init__(self, app: QApplication, out: Path, only: str) -> None:
        self.app, self.out, self.only = app, out, only

    def take(
        self,
        name: str,
        pose: Pose,
        before: Callable[[DeskWorld], Any] = lambda _desk: None,
        *,
        mode: Mode = Mode.LIGHT,
        zoom: int = 100,
        who: str = "manager",
        language: str = "ja",
        size: tuple[int, int] = (1366, 768),
    ) -> None:
        """One picture of the window after `before` and `pose`."""
        if self.only not in name:
            return
        with tempfile.TemporaryDirectory() as folder:
            desk = facility(Path(folder), FakeClock())
            before(desk)
            theme = Theme(mode, zoom, family=load_fonts())
            theme.apply()
            office = LostOffice(desk, Path(folder))
            window = DeskWindow(desk, theme, who=who, language=language, pages=KEYS, office=office)
            window.window.resize(*size)
            window.window.show()

            def rest() -> None:
                settle(window, self.app)

            rest()
            pose(window, desk, rest)
            rest()
            rest()
            window.window.grab().save(str(self.out / f"{name}.png"))
            for problem in window.problems:
                print(name, repr(problem), file=sys.stderr)
            window.close()
            desk.engine.dispose()
        print(name)

    def looks(self, name: str, pose: Pose, before: Callable[[DeskWorld], Any] = lambda _desk: None,
              **more: Any) -> None:  # fmt: skip
        """Light, dark and at 200 %."""
        self.take(name, pose, before, **more)
        self.take(f"{name}-dark", pose, before, mode=Mode.DARK, **more)
        self.take(f"{name}-200", pose, before, zoom=200, **more)


def page(window: DeskWindow, rest: Callable[[], None], **args: object) -> Any:
    window.ctx.navigate("lost", **args)
    rest()
    rest()
    return window.window.pages["lost"]


def plain(window: DeskWindow, _desk: DeskWorld, rest: Callable[[], None]) -> Any:
    return page(window, rest)


def at_step(code: str) -> Pose:
    def pose(window: DeskWindow, _desk: DeskWorld, rest: Callable[[], None]) -> Any:
        shown = page(window, rest)
        step = next(s for s in shown.shown.case.steps if s.code == code)
        shown.choose_step(int(step.id))
        rest()
        return shown

    return pose


def acted(code: str) -> Pose:
    def pose(window: DeskWindow, desk: DeskWorld, rest: Callable[[], None]) -> None:
        shown = at_step(code)(window, desk, rest)
        shown._act()
        rest()

    return pose


def press(name: str) -> Pose:
    def pose(window: DeskWindow, _desk: DeskWorld, rest: Callable[[], None]) -> None:
        shown = page(window, rest)
        getattr(shown.acts, name)()
        rest()

    return pose


def card_lost(desk: DeskWorld) -> int:
    """Ichiro's card, noticed 47 minutes ago; the manager was told."""
    desk.signed_out("ichiro")
    case_id = opened(desk, card_of(desk, "ichiro"))
    desk.forward(minutes=10)
    do(desk, case_id, "manager")
    desk.forward(minutes=32)
    return case_id


def three_pouches(desk: DeskWorld) -> int:
    people = ("hanako", "tadashi", "ichiro")
    lost = [LostThing(item_id=each) for person in people for each in desk.items[person]]
    return opened(
        desk, *lost, happened=LostWhere.INSIDE, stolen=Stolen.UNKNOWN, last_seen="10月の棚卸"
    )


def found_again(desk: DeskWorld) -> int:
    case_id = card_lost(desk)
    do(desk, case_id, "card-stop")
    (row,) = desk.rows(LostItemRow, LostItemRow.case_id == case_id)
    desk.do(
        "custodian", report_found, BOOK,
        ReportFound(row.id, "仮屋 健", "送迎車の座席の下", LeakAnswer.NO),
    )  # fmt: skip
    return case_id


def settled(desk: DeskWorld) -> int:
    case_id = card_lost(desk)
    answers = {each.code: LeakAnswer.NO for each in BOOK.leak.classes}
    decided = AssessLeak(
        case_id, answers, desk.clock().date(), LeakDecision.NO_REPORT, "相談ダイヤル", "架空 誠"
    )
    desk.do("manager", assess_leak, BOOK, decided)
    told = Explain(case_id, "受け取りを声に出して数えなかった", "受付で点数を読み上げる")
    desk.do("manager", explain_case, BOOK, told)
    waive_all(desk, case_id)
    return case_id


def closed(desk: DeskWorld) -> int:
    case_id = settled(desk)
    desk.do("manager", close_case, BOOK, case_id)
    desk.forward(days=31)
    return case_id


def several(desk: DeskWorld) -> None:
    closed(desk)
    opened(desk, LostThing(thing="cabinet-key", label="2本目"), happened=LostWhere.INSIDE)
    desk.forward(hours=3)
    opened(desk, card_of(desk, "hanako"))


def report(window: DeskWindow, desk: DeskWorld, rest: Callable[[], None]) -> None:
    shown = page(window, rest, report=True, residents=[desk.residents["hanako"]])
    rest()
    from facility_app.ui.dialogs.lost_report import ReportDialog

    (dialog,) = window.window.host().findChildren(ReportDialog)
    next(iter(dialog.rows.values())).setChecked(True)
    assert shown is not None


def report_key(window: DeskWindow, desk: DeskWorld, rest: Callable[[], None]) -> None:
    report(window, desk, rest)
    from facility_app.ui.dialogs.lost_report import ReportDialog

    (dialog,) = window.window.host().findChildren(ReportDialog)
    dialog.others.buttons["cabinet-key"].setChecked(True)
    rest()
    dialog.area.verticalScrollBar().setValue(400)


def closed_case(window: DeskWindow, desk: DeskWorld, rest: Callable[[], None]) -> None:
    (row,) = desk.rows(LostCaseRow)
    page(window, rest, case=row.id)


def found_dialog(window: DeskWindow, desk: DeskWorld, rest: Callable[[], None]) -> None:
    page(window, rest).acts.found()
    rest()
    from facility_app.ui.dialogs.lost_found import FoundDialog

    (dialog,) = window.window.host().findChildren(FoundDialog)
    dialog.by.setText("仮屋 健")
    dialog.where.setText("送迎車の座席の下")


def missing(window: DeskWindow, desk: DeskWorld, rest: Callable[[], None]) -> None:
    page(window, rest).case.main.click()
    rest()


def drill_choice(window: DeskWindow, _desk: DeskWorld, rest: Callable[[], None]) -> Any:
    window.ctx.navigate("lost-drill")
    rest()
    return window.window.pages["lost-drill"]


def drill(window: DeskWindow, desk: DeskWorld, rest: Callable[[], None]) -> Any:
    shown = drill_choice(window, desk, rest)
    shown.begin()
    for _ in range(4):
        rest()
    desk.forward(minutes=4, seconds=12)
    shown._tick()
    shown.inner._tick()
    return shown


def drill_found(window: DeskWindow, desk: DeskWorld, rest: Callable[[], None]) -> None:
    drill(window, desk, rest).inner.acts.found()
    rest()


def today(window: DeskWindow, _desk: DeskWorld, rest: Callable[[], None]) -> None:
    window.ctx.navigate("today")
    rest()


def main(out: Path, only: str = "") -> None:
    """All pictures."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    out.mkdir(parents=True, exist_ok=True)
    studio = Studio(app, out, only)
    studio.looks("case", plain, card_lost)
    studio.take("case-custodian", plain, card_lost, who="custodian")
    studio.take("case-english", plain, card_lost, language="en")
    studio.take("case-low", plain, card_lost, size=(1366, 690))
    studio.take("case-contrast", plain, card_lost, mode=Mode.HIGH_CONTRAST)
    studio.take("missing", missing, card_lost)
    for code in ("search", "police", "insurer", "clinic-meanwhile", "card-cancel", "card-reissue"):
        studio.take(f"step-{code}", at_step(code), card_lost)
    studio.looks("step-done", at_step("manager"), card_lost)
    studio.looks("step-leak", at_step("leak"), card_lost)
    studio.looks("three", plain, three_pouches)
    studio.looks("found-again", plain, found_again)
    studio.looks("end", plain, settled)
    studio.take("closed", closed_case, closed)
    studio.looks("list", plain, several)
    studio.looks("list-none", plain)
    studio.looks("dialog-report", report)
    studio.take("dialog-report-key", report_key)
    studio.looks("dialog-found", found_dialog, card_lost)
    studio.take("dialog-found-three", press("found"), three_pouches)
    studio.looks("dialog-leak", acted("leak"), card_lost)
    studio.take("dialog-leak-custodian", acted("leak"), card_lost, who="custodian")
    studio.looks("dialog-measures", acted("cause"), card_lost)
    studio.looks("dialog-reissue", acted("receive-new"), card_lost)
    studio.looks("dialog-put-back", acted("put-back"), found_again)
    studio.take("dialog-waive", press("waive"), card_lost)
    studio.take("dialog-change", press("change"), card_lost)
    studio.looks("dialog-papers", press("papers"), three_pouches)
    studio.looks("dialog-draft", draft, card_lost)
    studio.take("dialog-papers-leak", papers_leak, card_lost)
    studio.take("dialog-blank", press("blank_checklist"), several)
    studio.take("dialog-close", press("close"), settled)
    studio.take("dialog-review", review, closed)
    studio.looks("drill-choice", drill_choice)
    studio.looks("drill", drill)
    studio.take("drill-found", drill_found)
    studio.take("today", today, several)


def papers_leak(window: DeskWindow, desk: DeskWorld, rest: Callable[[], None]) -> Any:
    press("papers")(window, desk, rest)
    from facility_app.ui.dialogs.lost_papers import PapersDialog

    (dialog,) = window.window.host().findChildren(PapersDialog)
    dialog.which.choose("leak-report")
    return dialog


def draft(window: DeskWindow, desk: DeskWorld, rest: Callable[[], None]) -> None:
    papers_leak(window, desk, rest).draft.click()
    rest()


def review(window: DeskWindow, desk: DeskWorld, rest: Callable[[], None]) -> None:
    closed_case(window, desk, rest)
    shown: Any = window.window.pages["lost"]
    shown.acts.review()
    rest()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
