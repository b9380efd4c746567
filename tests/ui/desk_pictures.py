"""Draws きょう, 持出し・返却 and their dialogs into PNG files, to be laid beside the mock screens.

``QT_QPA_PLATFORM=offscreen python -m tests.ui.desk_pictures OUT [WORD]`` (only pictures with WORD).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from facility_app.audit.work import Work
from facility_app.db.engine import open_engine
from facility_app.db.models import AgreementRow, BackupRow, ItemRow, PurposeRow, ResidentRow
from facility_app.domain.custody import DueKind, DueRule
from facility_app.domain.items import FaceAuthentication
from facility_app.secret import Secret
from facility_app.services.emergency import explain_emergency, release_emergency
from facility_app.services.purposes import due_values
from facility_app.ui.fonts import load_fonts
from facility_app.ui.theme import Theme
from facility_app.ui.tokens import Mode
from tests.conftest import HEAD_KEY, FakeClock, create_schema
from tests.desk_world import DeskWorld, add_resident, build, item_row, visit_row
from tests.ui.desk_office import DeskWindow

NOON = datetime(2026, 11, 20, 4, 42, tzinfo=UTC)
PEOPLE = (
    ("ichiro", ("髙﨑 一郎", "たかさき いちろう", "105"), ("B", 3)),
    ("yuki", ("渡邉 ゆき", "わたなべ ゆき", "208"), ("B", 7)),
    ("ume", ("例示 ウメ", "れいじ うめ", "301"), ("C", 5)),
    ("kiyo", ("試田 キヨ", "ためしだ きよ", "110"), ("B", 9)),
    (
        "latin",
        ("Maria Fernanda Dos Santos Albuquerque de Oliveira", "まりあ ふぇるなんだ", "112"),
        ("B", 11),
    ),
)  # fmt: skip


MORE = (
    ("hospital", "入院", "Hospital"),
    ("outing", "外出", "Outing"),
    ("other", "その他", "Other"),
)


def facility(folder: Path, clock: FakeClock) -> DeskWorld:
    """A day at 13:42: one overdue, two out, visits, things to do."""
    engine = open_engine(folder / "facility.db", Secret(bytearray(range(32))))
    create_schema(engine)
    world = build(engine, Work(engine, clock, HEAD_KEY), clock)
    for word, who, where in PEOPLE:
        kinds = ("my-number-card", "eligibility-notice", "patient-card", "medicine-book")
        add_resident(world, word, who, where, tuple((kind, 1) for kind in kinds))
    _dates(world)
    due = due_values(DueRule(DueKind.RELATIVE, minutes=120))
    for n, (code, name, english) in enumerate(MORE, 4):
        world.add(PurposeRow(code=code, name=name, name_en=english, due=due, sort=n))
    clock.now = NOON - timedelta(hours=2)
    world.signed_out("ichiro", destination="例示眼科", due_at=NOON - timedelta(minutes=42))
    world.signed_out("yuki", destination="みほん歯科", due_at=NOON + timedelta(minutes=78))
    visit_row(world, starts_at=NOON + timedelta(minutes=38), returns_at=NOON + timedelta(hours=2))
    visit_row(world, "kiyo", starts_at=NOON + timedelta(minutes=88), escort_id=None,
              destination="例示整形外科")  # fmt: skip
    world.add(BackupRow(made_at=NOON, size=1, root="", places=[]))
    world.do("second", release_emergency, world.residents["ume"])
    clock.now = NOON
    return world


def _dates(world: DeskWorld) -> None:
    row = world.one(ItemRow, ItemRow.id == world.items["hanako"][0])
    row.card_expires_on, row.certificate_expires_on = date(2030, 3, 5), date(2026, 10, 15)
    row.face_authentication = FaceAuthentication.NOTED
    soon = world.one(ItemRow, ItemRow.id == world.items["yuki"][0])
    soon.card_expires_on, soon.certificate_expires_on = date(2030, 3, 5), date(2026, 12, 8)
    agreement = world.one(AgreementRow, AgreementRow.resident_id == world.residents["kiyo"])
    agreement.withdrawn_on = date(2026, 11, 1)
    world.add(row, soon, agreement)
    kinds = ("care-insurance", "patient-card", "patient-card", "medicine-book")
    world.add(*[item_row(world.residents["latin"], kind, label=f"例示総合病院 {n}")
                for n, kind in enumerate(kinds)])  # fmt: skip
    latin = world.one(ResidentRow, ResidentRow.id == world.residents["latin"])
    world.add(latin)


def settle(window: DeskWindow, app: QApplication) -> None:
    """Let the lane end and the layouts come to rest."""
    for _ in range(3):
        if window.lane.working:
            loop = QEventLoop()
            window.lane.idle.connect(loop.quit)
            QTimer.singleShot(5000, loop.quit)
            loop.exec()
        for _again in range(5):
            app.processEvents()


class Studio:
    """Opens a window in one look and takes pictures."""

    def __init__(self, app: QApplication, out: Path, only: str) -> None:
        self.app, self.out, self.only = app, out, only

    def take(
        self,
        name: str,
        pose: Callable[[DeskWindow, Callable[[], None]], Any],
        *,
        mode: Mode = Mode.LIGHT,
        zoom: int = 100,
        size: tuple[int, int] = (1366, 768),
        who: str = "custodian",
        language: str = "ja",
    ) -> None:
        """One picture of the window after `pose`."""
        if self.only not in name:
            return
        with tempfile.TemporaryDirectory() as folder:
            world = facility(Path(folder), FakeClock())
            theme = Theme(mode, zoom, family=load_fonts())
            theme.apply()
            window = DeskWindow(world, theme, who=who, language=language)
            window.window.resize(*size)
            window.window.show()
            settle(window, self.app)
            pose(window, lambda: settle(window, self.app))
            settle(window, self.app)
            window.window.grab().save(str(self.out / f"{name}.png"))
            for problem in window.problems:
                print(name, repr(problem), file=sys.stderr)
            window.close()
            world.engine.dispose()
        print(name)


def today(window: DeskWindow, rest: Callable[[], None]) -> None:
    window.page("today")


def idle(window: DeskWindow, rest: Callable[[], None]) -> None:
    window.page("desk")


def scanned(person: str) -> Callable[[DeskWindow, Callable[[], None]], None]:
    """The desk after a scan of somebody's tag."""

    def pose(window: DeskWindow, rest: Callable[[], None]) -> None:
        page = window.page("desk")
        rest()
        page.scan(window.world.codes[person])
        rest()
        rest()

    return pose


def wrong_slot(window: DeskWindow, rest: Callable[[], None]) -> None:
    scanned("yuki")(window, rest)
    page = window.page("desk")
    page.back.tick_all()
    page.back.slot.scan("B-08")
    rest()


def missing(window: DeskWindow, rest: Callable[[], None]) -> None:
    scanned("yuki")(window, rest)
    page = window.page("desk")
    page.back.tick_all()
    first = next(iter(page.back.rows.values()))
    first.tick.click()
    page.back.slot.scan("B-07")
    rest()


def dialog(button: str, person: str) -> Callable[[DeskWindow, Callable[[], None]], None]:
    """The dialog behind a button of the return or sign-out form."""

    def pose(window: DeskWindow, rest: Callable[[], None]) -> None:
        scanned(person)(window, rest)
        page = window.page("desk")
        view = page.back if hasattr(page.back, button) and person == "yuki" else page.out
        getattr(view, button).click()
        rest()

    return pose


def typed(text: str) -> Callable[[DeskWindow, Callable[[], None]], None]:
    """The desk while typing."""

    def pose(window: DeskWindow, rest: Callable[[], None]) -> None:
        page = window.page("desk")
        rest()
        page.field.setText(text)
        page.field.searched.emit(text)
        rest()

    return pose


def first_todo(window: DeskWindow, rest: Callable[[], None]) -> None:
    page = window.page("today")
    rest()
    page.todo.buttons()[0].click()
    rest()


def review(window: DeskWindow, rest: Callable[[], None]) -> None:
    loan = window.world.do  # the release is the third loan
    loan("custodian", explain_emergency, 3, "胸の痛みで救急搬送", "みほん病院")
    first_todo(window, rest)


def locate(window: DeskWindow, rest: Callable[[], None]) -> None:
    page = window.page("today")
    rest()
    page.out.buttons()[0].click()
    rest()


def prepare(window: DeskWindow, rest: Callable[[], None]) -> None:
    page = window.page("today")
    rest()
    page.visits.buttons()[1].click()
    rest()


def plan(window: DeskWindow, rest: Callable[[], None]) -> None:
    page = window.page("today")
    rest()
    page.visits.plan.click()
    rest()


def second(window: DeskWindow, rest: Callable[[], None]) -> None:
    window.world.settings(two_person=("sign-out",))
    scanned("hanako")(window, rest)
    window.page("desk").button.click()
    rest()


def done(window: DeskWindow, rest: Callable[[], None]) -> None:
    scanned("hanako")(window, rest)
    window.page("desk").button.click()
    rest()


def main(out: Path, only: str = "") -> None:
    """All pictures."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    out.mkdir(parents=True, exist_ok=True)
    studio = Studio(app, out, only)
    poses: dict[str, Any] = {
        "today": today, "idle": idle, "out": scanned("hanako"), "back": scanned("yuki"),
    }  # fmt: skip
    for name, pose in poses.items():
        studio.take(name, pose)
        studio.take(f"{name}-dark", pose, mode=Mode.DARK)
        studio.take(f"{name}-hc", pose, mode=Mode.HIGH_CONTRAST)
        studio.take(f"{name}-200", pose, zoom=200)
        studio.take(f"{name}-small", pose, size=(1366, 688))
        studio.take(f"{name}-en", pose, language="en")
    studio.take("out-latin", scanned("latin"))
    studio.take("out-block", scanned("kiyo"))
    studio.take("typed", typed("み"))
    studio.take("typed-nobody", typed("ぬぬ"))
    studio.take("wrong-slot", wrong_slot)
    studio.take("wrong-slot-200", wrong_slot, zoom=200)
    studio.take("done", done)
    dialogs: dict[str, Any] = {
        "missing": missing, "handover": dialog("hand_over", "yuki"),
        "correct": dialog("correct", "yuki"), "handback": dialog("hand_back", "hanako"),
        "explain": first_todo, "locate": locate, "prepare": prepare, "plan": plan,
        "second": second,
    }  # fmt: skip
    for name, pose in dialogs.items():
        studio.take(f"dialog-{name}", pose)
        studio.take(f"dialog-{name}-200", pose, zoom=200)
    studio.take("dialog-review", review, who="manager")
    studio.take("dialog-explain-dark", first_todo, mode=Mode.DARK)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
