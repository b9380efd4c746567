"""Draws 棚卸 and the review queue into PNG files, to be laid beside the mock screens.

``QT_QPA_PLATFORM=offscreen python -m tests.ui.stocktake_pictures OUT [WORD]`` (only pictures with
WORD).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from facility_app.audit.checkpoint import Signer
from facility_app.audit.work import Work
from facility_app.db.engine import open_engine
from facility_app.db.models import ItemKindRow, PouchRow, ReviewRow, SlotRow
from facility_app.domain.access import PROGRAM
from facility_app.domain.items import Condition
from facility_app.domain.review import Verdict, Why
from facility_app.domain.stocktake import Found
from facility_app.rules import Rules
from facility_app.secret import Secret
from facility_app.services.emergency import explain_emergency, release_emergency
from facility_app.services.hand_back import (
    HandBack,
    HandBackReason,
    LoanCorrection,
    correct_loan,
    hand_back,
)
from facility_app.services.returns import Returned, SignIn, WrongSlot, sign_in
from facility_app.services.review import SignOff, sign_off
from facility_app.services.review_collect import collect_reviews
from facility_app.services.stocktake import begin_count, start_stocktake
from facility_app.services.stocktake_result import approve_stocktake, finish_count
from facility_app.ui.fonts import load_fonts
from facility_app.ui.theme import Theme
from facility_app.ui.tokens import Mode
from tests.conftest import CHECKPOINT_SEED, HEAD_KEY, STORE_ID, FakeClock, create_schema
from tests.desk_world import add_resident, build
from tests.stocktake_world import Cabinet
from tests.ui.desk_office import DeskWindow
from tests.ui.desk_pictures import settle

KEYS = ("today", "desk", "stocktake", "log", "review")
PEOPLE = (
    ("ichiro", ("髙﨑 一郎", "たかさき いちろう", "105"), ("A", 3)),
    ("yuki", ("渡邉 ゆき", "わたなべ ゆき", "208"), ("A", 7)),
    ("ume", ("例示 ウメ", "れいじ うめ", "301"), ("A", 9)),
    ("kiyo", ("試田 キヨ", "しだ きよ", "110"), ("B", 1)),
    ("latin", ("Maria Example dos Santos", "マリア エグザンプル ドス サントス", "112"), ("B", 2)),
)
THINGS = (
    ("my-number-card", 1),
    ("eligibility-notice", 1),
    ("patient-card", 3),
    ("medicine-book", 1),
)
Pose = Callable[[DeskWindow, Callable[[], None]], Any]


def facility(folder: Path, clock: FakeClock) -> Cabinet:
    """Two cabinets; every kind of the rule data; cabinet A has empty places too."""
    engine = open_engine(folder / "facility.db", Secret(bytearray(range(32))))
    create_schema(engine)
    world = build(engine, Work(engine, clock, HEAD_KEY, Signer(STORE_ID, CHECKPOINT_SEED)), clock)
    known = {row.code for row in world.rows(ItemKindRow)}
    world.add(
        *(
            ItemKindRow(code=kind.code, name=kind.ja, name_en=kind.en, sort=n)
            for n, kind in enumerate(Rules().item_kinds, 10)
            if kind.code not in known
        )
    )
    for word, who, where in PEOPLE:
        add_resident(world, word, who, where, THINGS)
    for number in (1, 2, 4, 6, 8, 10, 11):
        world.add(SlotRow(cabinet="A", number=number, label=f"A-{number:02}"))
    cabinet = Cabinet(world)
    cabinet.lies.update({"ichiro": "A-03", "yuki": "A-07", "ume": "A-09"})
    return cabinet


def started(cabinet: Cabinet, *, places: int = 0, who: str = "custodian") -> int:
    """A stocktake with a count of which some places are done."""
    cabinet.start()
    view = cabinet.begin(who)
    for place in view.places[:places]:
        cabinet.look(who, view.id, place.label)
    return view.id


def compared(cabinet: Cabinet) -> None:
    """Both counts, with a missing pouch, a strange one, a wrong place and a missing piece."""
    del cabinet.lies["ume"]
    cabinet.lies["yuki"] = "A-08"
    cabinet.short["hanako", "patient-card"] = 1
    cabinet.start()
    for who in ("custodian", "second"):
        view = cabinet.begin(who)
        for place in view.places:
            found = {"found": Found.UNKNOWN} if place.label == "A-11" else {}
            cabinet.look(who, view.id, place.label, **found)
            if who == "custodian" and place.label == "A-12":
                cabinet.short["hanako", "patient-card"] = 2
        cabinet.desk.do(who, finish_count, view.id)


class Studio:
    """Opens a window in one look and takes pictures."""

    def __init__(self, app: QApplication, out: Path, only: str) -> None:
        self.app, self.out, self.only = app, out, only

    def take(
        self,
        name: str,
        before: Callable[[Cabinet], Any],
        pose: Pose,
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
            cabinet = facility(Path(folder), FakeClock())
            before(cabinet)
            theme = Theme(mode, zoom, family=load_fonts())
            theme.apply()
            window = DeskWindow(cabinet.desk, theme, who=who, language=language, pages=KEYS)
            window.window.resize(*size)
            window.window.show()
            settle(window, self.app)
            pose(window, lambda: settle(window, self.app))
            settle(window, self.app)
            window.window.grab().save(str(self.out / f"{name}.png"))
            for problem in window.problems:
                print(name, repr(problem), file=sys.stderr)
            window.close()
            cabinet.desk.engine.dispose()
        print(name)

    def looks(self, name: str, before: Callable[[Cabinet], Any], pose: Pose, **more: Any) -> None:
        """Light, dark, high contrast, 200 %, English, and a low window."""
        self.take(name, before, pose, **more)
        self.take(f"{name}-dark", before, pose, mode=Mode.DARK, **more)
        self.take(f"{name}-hc", before, pose, mode=Mode.HIGH_CONTRAST, **more)
        self.take(f"{name}-200", before, pose, zoom=200, **more)
        self.take(f"{name}-en", before, pose, language="en", **more)
        self.take(f"{name}-small", before, pose, size=(1366, 688), **more)


def nothing(cabinet: Cabinet) -> None:
    """The month has just begun."""


def several(cabinet: Cabinet) -> None:
    """One cabinet half counted, the other done."""
    desk = cabinet.desk
    b = desk.do("custodian", start_stocktake, "B")
    for who in ("custodian", "second"):
        count = desk.do(who, begin_count, b)
        for label in ("B-01", "B-02"):
            person = {"B-01": "kiyo", "B-02": "latin"}[label]
            cabinet.lies[person] = label
            cabinet.look(who, count, label)
        desk.do(who, finish_count, count)
    desk.do("manager", approve_stocktake, b)
    started(cabinet, places=5, who="second")


def homeless(cabinet: Cabinet) -> None:
    desk = cabinet.desk
    pouch = desk.one(PouchRow, PouchRow.resident_id == desk.residents["kiyo"])
    desk.add_change(pouch, slot_id=None)


def home(window: DeskWindow, rest: Callable[[], None]) -> None:
    window.page("stocktake")


def counting(window: DeskWindow, rest: Callable[[], None]) -> Any:
    page = window.page("stocktake")
    rest()
    page.home.buttons["A"].click()
    rest()
    rest()
    return page


def scanned(person: str, pieces: int = 0) -> Pose:
    def pose(window: DeskWindow, rest: Callable[[], None]) -> Any:
        page = counting(window, rest)
        page.scan(window.world.codes[person])
        rest()
        for button in list(page.count.pieces.buttons.values())[:pieces]:
            button.click()
        rest()
        return page

    return pose


def typed(text: str) -> Pose:
    def pose(window: DeskWindow, rest: Callable[[], None]) -> None:
        page = counting(window, rest)
        page.field.setText(text)
        page.field.searched.emit(text)
        rest()

    return pose


def second_scan(window: DeskWindow, rest: Callable[[], None]) -> None:
    page = scanned("ichiro")(window, rest)
    page.scan(window.world.codes["yuki"])
    rest()


def rest_dialog(window: DeskWindow, rest: Callable[[], None]) -> None:
    counting(window, rest).count.rest.click()


def throw_dialog(window: DeskWindow, rest: Callable[[], None]) -> None:
    counting(window, rest).count.throw.click()


def result(window: DeskWindow, rest: Callable[[], None]) -> Any:
    page = window.page("stocktake")
    rest()
    page.home.buttons["A"].click()
    rest()
    return page


def explain(window: DeskWindow, rest: Callable[[], None]) -> None:
    result(window, rest).outcome.buttons[0].click()


def approve(window: DeskWindow, rest: Callable[[], None]) -> None:
    result(window, rest).button.click()


def stop(window: DeskWindow, rest: Callable[[], None]) -> None:
    page = window.page("stocktake")
    rest()
    page.home.stop.click()


def sheet(window: DeskWindow, rest: Callable[[], None]) -> None:
    page = window.page("stocktake")
    rest()
    page.home.sheet.click()


def explained(cabinet: Cabinet) -> None:
    compared(cabinet)
    cabinet.explain("事務室の机で見つけ、元の場所に戻した")


def acts(cabinet: Cabinet) -> None:
    """A week with an emergency, corrections, a wrong slot, something overdue, and a hand-back."""
    desk = cabinet.desk
    loan = desk.signed_out("hanako")
    items = tuple(Returned(item, 1, Condition.GOOD) for item in desk.items["hanako"])
    with suppress(WrongSlot):
        desk.do("custodian", sign_in, SignIn(loan, items, "A-05"))
    correction = LoanCorrection(loan, "行先を書き間違えた", destination="みほん眼科")
    desk.do("custodian", correct_loan, correction)
    desk.do("manager", correct_loan, LoanCorrection(loan, "時間の変更", destination="みほん歯科"))
    released = desk.do("custodian", release_emergency, desk.residents["ume"])
    desk.do("custodian", explain_emergency, released.loan_id, "発熱で搬送", "みほん病院")
    desk.forward(days=2)
    desk.do("second", sign_in, SignIn(loan, items, "A-12", accept_missing=True))
    back = HandBack(
        desk.residents["yuki"], tuple(desk.items["yuki"]), HandBackReason.REQUEST, "渡邉 一",
        "長男", "運転免許証", witness=desk.witness("second"),
    )  # fmt: skip
    desk.do("custodian", hand_back, back)
    for number in range(40):
        desk.settings(cover_after_s=30 + number)
    with desk.work.begin(PROGRAM) as tx:
        collect_reviews(tx)
    rows = desk.rows(ReviewRow)
    for row in [row for row in rows if row.why is Why.REFUSAL]:
        desk.do("auditor", sign_off, SignOff(row.seq, Verdict.IN_ORDER))


def reviewing(row: int = 0) -> Pose:
    def pose(window: DeskWindow, rest: Callable[[], None]) -> Any:
        page = window.page("review")
        rest()
        rest()
        page.table.selectRow(row)
        rest()
        return page

    return pose


def note(window: DeskWindow, rest: Callable[[], None]) -> None:
    reviewing(1)(window, rest).bad.click()


def target(window: DeskWindow, rest: Callable[[], None]) -> None:
    reviewing()(window, rest).change.click()


def main(out: Path, only: str = "") -> None:
    """All pictures."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    out.mkdir(parents=True, exist_ok=True)
    studio = Studio(app, out, only)
    half = lambda cabinet: started(cabinet, places=5)  # noqa: E731  # one of many
    whole = lambda cabinet: started(cabinet, places=99)  # noqa: E731  # one of many
    studio.looks("home", several, home)
    studio.take("home-new", nothing, home)
    studio.take("home-homeless", homeless, home)
    studio.take("home-manager", several, home, who="manager")
    studio.take("home-auditor", several, home, who="auditor")
    studio.looks("count", half, counting)
    studio.looks("count-pouch", half, scanned("yuki", 4))
    studio.take("count-latin", half, scanned("latin", 1))
    studio.take("count-typed", half, typed("み"))
    studio.take("count-nobody", half, typed("ぬぬ"))
    studio.take("count-hint", half, second_scan)
    studio.take("count-all", whole, counting)
    studio.take("count-all-200", whole, counting, zoom=200)
    studio.looks("result", compared, result)
    studio.take("result-manager", explained, result, who="manager")
    studio.looks("review", acts, reviewing(1), who="manager")
    studio.take("review-emergency", acts, reviewing(), who="manager")
    studio.take("review-auditor", acts, reviewing(), who="auditor")
    studio.take("review-none", nothing, reviewing(), who="manager")
    studio.take("review-log", acts, lambda window, rest: window.page("log"), who="manager")
    for name, before, pose, who in (
        ("note", acts, note, "manager"), ("target", acts, target, "manager"),
        ("rest", half, rest_dialog, "custodian"), ("throw", half, throw_dialog, "custodian"),
        ("explain", compared, explain, "custodian"), ("approve", explained, approve, "manager"),
        ("stop", several, stop, "manager"), ("sheet", nothing, sheet, "custodian"),
    ):  # fmt: skip
        studio.take(f"dialog-{name}", before, pose, who=who)
        studio.take(f"dialog-{name}-200", before, pose, who=who, zoom=200)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
