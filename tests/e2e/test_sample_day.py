"""The sample day as a real process: real store, real window, real keys; see facility_app/demo."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

STORIES = [
    "first-start",
    "new-computer",
    "unlock",
    "visit-plan",
    "visit-ordinary",
    "visit-livelihood",
    "house-call-out",
    "visit-back",
    "house-call-back",
    "refusal",
    "out-overdue",
    "out-typed",
    "hand-over",
    "stocktake-first",
    "card-good",
    "card-expiring",
    "card-wrong",
    "wrong-slot",
    "overdue",
    "missing-piece",
    "out-scanned",
    "lock",
    "emergency",
    "change-person",
    "explain",
    "stocktake-second",
    "review",
    "stocktake-approve",
    "two-person-setting",
    "verify",
    "report",
    "vault-on",
    "pin-held",
    "pin-presented",
    "pin-revealed",
    "lost-found",
    "lost-card",
    "lost-leak-asked",
    "out-two-person",
    "returns",
    "lost-reissued",
]
"""A quick day plays these; a whole one the other three who go to a clinic, the other losses and
the drill as well."""

PAGES = (
    "unlock",
    "today",
    "desk-sign-out",
    "residents",
    "log",
    "staff",
    "settings-safety",
    "cover",
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that one played day left, with a month of history behind it."""
    folder = tmp_path_factory.mktemp("sample-day")
    command = [sys.executable, "-m", "facility_app", "demo", "--offscreen", "--quick"]
    played = subprocess.run(
        [*command, "--history-days", "30", "--out", str(folder)],
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert played.returncode == 0, played.stdout + played.stderr
    return folder


@pytest.fixture(scope="module")
def day(out: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((out / "day.json").read_text(encoding="utf-8"))
    return told


pytestmark = pytest.mark.timeout(540)  # one process plays a whole day; a minute of work on its own


def test_every_story_of_the_day_was_played_and_its_answers_timed(day: dict[str, Any]) -> None:
    stories = {story["story"]: story for story in day["stories"]}
    assert list(stories) == STORIES
    timed = [story for story in stories.values() if story["answers"]]
    assert len(timed) >= len(STORIES) - 1  # the overdue notice comes by itself
    for story in timed:
        assert 0 < story["p50_ms"] <= story["p95_ms"], story


def test_presses_stay_within_the_limits_of_the_issue(day: dict[str, Any]) -> None:
    stories = {story["story"]: story for story in day["stories"]}
    assert stories["out-scanned"]["scan_to_signed_out"] <= 3
    assert stories["out-scanned"]["scans"] == 1
    assert stories["emergency"]["locked_to_out"] <= 4
    to_the_clinic = stories["visit-ordinary"]
    assert to_the_clinic["card_to_sheet"] + to_the_clinic["scans"] + 1 <= 3  # the card is laid on


def test_the_log_of_the_day_verifies_and_holds_every_act(day: dict[str, Any]) -> None:
    acts = day["log"]["acts"]
    assert day["log"]["verified"] is True
    assert day["log"]["entries"] > sum(acts.values())
    assert acts["item.signed_out"] == 8  # four at the desk, two visits, two of a house call
    assert acts["emergency.released"] == 1
    assert acts["act.refused"] >= 1  # the wrong slot is evidence
    assert acts["unlock.done"] == acts["lock.done"]


def test_every_page_left_a_picture_that_is_not_blank(out: Path, day: dict[str, Any]) -> None:
    names = day["pictures"]
    assert {f"{page}.png" for page in PAGES} <= set(names)
    assert not [name for name in names if name.startswith("failed-")]
    for name in names:
        image = QImage(str(out / name))
        assert (image.width(), image.height()) == (1366, 768), name
        small = image.scaled(64, 36)
        colours = {small.pixel(x, y) for x in range(64) for y in range(36)}
        assert len(colours) > 20, f"{name} is blank"


def test_two_losses_are_played_on_every_day_to_where_they_lead(day: dict[str, Any]) -> None:
    """One is found again and back in its pouch, one is issued again and its case closed."""
    acts = day["log"]["acts"]
    for act in (
        "lost.found",
        "lost.put_back",
        "lost.leak_assessed",
        "lost.reissued",
        "lost.closed",
    ):
        assert acts[act] == 1, act
    assert acts["lost.opened"] == 2
    stories = {story["story"]: story for story in day["stories"]}
    assert stories["lost-card"]["noticed_to_first_call"] <= 20


@pytest.mark.parametrize(
    "name",
    [
        "tags.pdf",
        "recovery-sheet.pdf",
        "visit-sheet-ordinary.pdf",
        "visit-sheet-livelihood.pdf",
        "lost-checklist-2.pdf",
        "lost-authority-2.pdf",
        "lost-report-2.pdf",
    ],
)
def test_the_papers_are_pdfs(out: Path, name: str) -> None:
    content = (out / name).read_bytes()
    assert content.startswith(b"%PDF-")
    assert b"%%EOF" in content[-32:]
