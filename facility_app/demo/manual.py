"""The manual's pictures: some of the played day, under the names that the manual uses."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

README_PICTURE = "desk"
"""The one picture that the README shows; it lies one folder above the manual's."""

PICTURES: dict[str, str] = {
    "unlock": "unlock",
    "cover": "cover",
    "today": "today-overdue-strip",
    "desk-empty": "desk-empty",
    "sign-out": "desk-sign-out",
    "signed-out": "desk-signed-out",
    "refusal": "refusal",
    "two-person": "second-person",
    "return": "desk-return",
    "wrong-slot": "desk-wrong-slot",
    "missing-piece": "desk-missing-piece",
    "locate": "dialog-locate",
    "correct": "dialog-correct",
    "plan-visit": "dialog-plan-visit",
    "visits": "visits",
    "departure": "departure-ordinary",
    "departure-open": "departure-livelihood-open",
    "visit-outcome": "visit-outcome-ordinary",
    "house-call": "house-call",
    "house-call-back": "house-call-back",
    "visit-results": "visit-results",
    "register": "dialog-register",
    "agreement-form": "dialog-agreement",
    "hand-over": "hand-over",
    "card-check": "card-good",
    "pins": "pins",
    "pin-walk": "pin-walk",
    "pin-deposit": "pin-deposit",
    "pin-release": "pin-release",
    "pin-reveal": "pin-reveal",
    "pin-vault": "pin-vault",
    "lost": "lost-first-call",
    "lost-report": "lost-report",
    "lost-found": "lost-found",
    "lost-stocktake": "lost-stocktake",
    "lost-leak": "lost-leak",
    "lost-papers": "lost-papers",
    "lost-closed": "lost-closed",
    "lost-list": "lost-list",
    "lost-drill": "lost-drill",
    "card-check-expiring": "card-expiring",
    "reader-test": "reader-test",
    "reports": "reports",
    "report-made": "report-made",
    "charts": "charts",
    "checkpoint": "checkpoint",
    "stocktake": "stocktake",
    "stocktake-count": "stocktake-count",
    "stocktake-difference": "stocktake-difference",
    "review": "review",
    "emergency": "emergency",
    "emergency-done": "emergency-done",
    "emergency-reason": "emergency-reason",
    "emergency-review": "emergency-review",
    "residents": "residents",
    "resident": "resident-items",
    "agreement": "resident-tab-2",
    "staff": "staff-person",
    "log": "log-entry",
    "log-verified": "log-verified",
    "backup": "settings-backup",
    "safety": "settings-safety",
    "first-start": "wizard-1-facility",
    "recovery-sheet": "wizard-3-sheet",
    "restore": "restore",
    "help": "help",
    "enlarged": "desk-sign-out-zoom200",
}
"""Name in the manual: name in the output of the played day."""


def take_pictures(out: Path, images: Path) -> None:
    """Copy the manual's pictures from `out` to `images`, and the README's beside the manual.

    Raises FileNotFoundError where the day did not take one of them.
    """
    images.mkdir(parents=True, exist_ok=True)
    for old in images.glob("*.png"):
        if old.stem not in PICTURES:
            old.unlink()
    for name, source in PICTURES.items():
        _keep(out / f"{source}.png", images / f"{name}.png")
    readme = images.parent.parent / "images"
    readme.mkdir(parents=True, exist_ok=True)
    _keep(out / "desk-sign-out.png", readme / f"{README_PICTURE}.png")


def _keep(source: Path, target: Path) -> None:
    """With its 256 commonest colours: the repository keeps every picture forever.

    A screen has hardly more, but for the edges of letters.
    """
    whole = QImage(str(source)).convertToFormat(QImage.Format.Format_RGB32)
    if whole.isNull():
        raise FileNotFoundError(source)
    pixels = Counter(memoryview(whole.constBits()).cast("I"))
    table = [colour for colour, _count in pixels.most_common(256)]
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    small = whole.convertToFormat(QImage.Format.Format_Indexed8, table, flags)
    small.save(str(target))
