"""After the played day: does the log verify, is every act in it, and what did the day cost?"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from facility_app.audit.query import LogFilter, page
from facility_app.audit.work import Reading
from facility_app.demo.hands import Story
from facility_app.demo.store import OPENS_AT
from facility_app.demo.window import WINDOW
from facility_app.domain.access import PROGRAM, Permission
from facility_app.errors import IntegrityError
from facility_app.services.log_check import check_log
from facility_app.services.office import Office

_ENTRIES = 1_000

EXPECTED = {
    "item.signed_out": 4,
    "item.signed_in": 4,
    "loan.handed_over": 1,
    "emergency.released": 1,
    "emergency.explained": 1,
    "emergency.reviewed": 1,
    "card.checked": 4,
    "vault.created": 2,
    "vault.deposited": 2,
    "vault.presented": 2,
    "vault.revealed": 2,
    "card.check_assigned": 3,
    "visit.planned": 2,
    "visit.departed": 2,
    "visit.outcome_recorded": 5,
    "house_call.planned": 2,
    "house_call.departed": 1,
    "house_call.returned": 1,
    "sheet.printed": 2,
    "stocktake.count_done": 2,
    "stocktake.explained": 1,
    "stocktake.approved": 1,
    "lost.opened": 2,
    "lost.step_done": 15,
    "lost.found": 1,
    "lost.put_back": 1,
    "lost.leak_assessed": 1,
    "lost.reissued": 1,
    "lost.closed": 1,
    "report.made": 1,
    "witness.confirmed": 1,
    "settings.changed": 1,
    "unlock.refused": 1,
}
"""Acts of the played day and the week after it, at least this many of each."""

ON_A_WHOLE_DAY = {
    "visit.departed": 5,
    "visit.outcome_recorded": 8,
    "lost.opened": 5,
    "lost.leak_assessed": 2,
    "training.drill_held": 1,
}
"""Acts that a quick day leaves out; a case is opened once for each of its residents."""


@dataclass(eq=False)
class DayIncomplete(IntegrityError):
    """The log does not verify, or an act that was shown as recorded is not in it."""

    key: ClassVar[str] = "demo.day_incomplete"
    exit_code: ClassVar[int] = 1
    missing: str


def check_day(office: Office, *, quick: bool) -> dict[str, Any]:
    """Facts of the verified log.  Raises DayIncomplete."""
    verdict = check_log(office, PROGRAM)
    if not verdict.clean:
        kinds = sorted({finding.kind.value for finding in verdict.findings})
        raise DayIncomplete(", ".join(kinds))
    acts = Counter(office.ask(PROGRAM, _acts_of_the_day))
    expected = EXPECTED if quick else EXPECTED | ON_A_WHOLE_DAY
    missing = [f"{act} ({acts[act]}/{n})" for act, n in expected.items() if acts[act] < n]
    if acts["unlock.done"] == 0 or acts["unlock.done"] != acts["lock.done"]:
        missing.append(f"lock.done ({acts['lock.done']}/{acts['unlock.done']})")
    if missing:
        raise DayIncomplete(", ".join(missing))
    return {"verified": True, "entries": verdict.size, "acts": dict(sorted(acts.items()))}


def _acts_of_the_day(reading: Reading) -> list[str]:
    reading.require(Permission.MAKE_CHECKPOINT)
    connection = reading.connection
    since = LogFilter(first_day=OPENS_AT.date())
    return [entry.action for entry in page(connection, since, limit=_ENTRIES).entries]


def write_day(out: Path, stories: list[Story], log: dict[str, Any], pictures: list[str]) -> None:
    """Leave ``day.json``: per story presses, scans and percentiles of the answers in ms."""
    told = {
        "day": OPENS_AT.date().isoformat(),
        "window": "x".join(map(str, WINDOW)),
        "counting": (
            "keys and clicks of a person; a scan and its Enter count none and are listed apart; "
            "an input method counts one per character and one for the conversion"
        ),
        "stories": [_told(story) for story in stories],
        "all_answers": _percentiles(
            Story("", answers_ms=[a for s in stories for a in s.answers_ms])
        ),
        "log": log,
        "pictures": pictures,
    }
    text = json.dumps(told, ensure_ascii=False, indent=2)
    (out / "day.json").write_text(text + "\n", encoding="utf-8")


def _told(story: Story) -> dict[str, Any]:
    return {
        "story": story.name,
        "keys": story.keys,
        "clicks": story.clicks,
        "presses": story.presses,
        "scans": story.scans,
        "scan_characters": story.scan_characters,
        **story.marks,
        **_percentiles(story),
    }


def _percentiles(story: Story) -> dict[str, Any]:
    return {
        "answers": len(story.answers_ms),
        "p50_ms": story.percentile(0.50),
        "p95_ms": story.percentile(0.95),
    }
