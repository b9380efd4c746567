"""出発前の確認: the lines in words, what the person has said, and why the button is off.  No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum

from facility_app.domain.access import StaffId
from facility_app.domain.clock import JST, local_date, local_time
from facility_app.domain.items import ItemState
from facility_app.i18n import Words
from facility_app.services.access import Witness
from facility_app.services.departure import (
    CheckCode,
    CheckLine,
    CheckState,
    CheckWhy,
    Depart,
    Departure,
    Proposed,
)
from facility_app.services.window_facts import HeldItem
from facility_app.ui.viewmodels.visit_ways import ratio_text


class Mend(Enum):
    """What the button of an open line leads to."""

    NONE = "none"
    PIECES = "pieces"
    CARD = "card"
    RATIO = "ratio"
    RETURN_TIME = "return-time"
    ESCORT = "escort"


_MENDS = {
    CheckCode.PIECES: Mend.PIECES,
    CheckCode.CARD_CHECK: Mend.CARD,
    CheckCode.RATIO: Mend.RATIO,
    CheckCode.RETURN_TIME: Mend.RETURN_TIME,
    CheckCode.ESCORT: Mend.ESCORT,
}

_LEVELS = {
    CheckState.OK: "ok",
    CheckState.NOT_NEEDED: "ok",
    CheckState.OPEN: "warn",
    CheckState.BLOCKED: "block",
}


@dataclass(frozen=True)
class LineText:
    """One line of the check: `side` stands beside the title, `text` below."""

    code: CheckCode
    level: str
    title: str
    side: str
    text: str
    mend: Mend


@dataclass
class LeaveForm:
    """What the person has said so far; `found` is the check as it was read last."""

    found: Departure
    scanned: str | None = None
    items: tuple[int, ...] | None = None
    holder_id: StaffId | None = None
    due_at: datetime | None = None
    reasons: dict[CheckCode, str] = field(default_factory=dict)

    @property
    def visit_id(self) -> int:
        """Which visit."""
        return int(self.found.visit.id)

    def proposed(self) -> Proposed:
        """What the check is asked about."""
        return Proposed(self.items, self.holder_id, self.due_at)

    def taken(self) -> tuple[int, ...]:
        """The items that go along."""
        return self.found.usual if self.items is None else self.items

    def pieces(self) -> list[HeldItem]:
        """The same as things."""
        taken = set(self.taken())
        return [item for item in self.found.plan.items if item.id in taken]

    def in_safe(self) -> list[HeldItem]:
        """What could go along."""
        return [item for item in self.found.plan.items if item.state is ItemState.IN_SAFE]

    def set_due(self, day: date | None, at: time | None) -> None:
        """When they are back; what is no time counts as none."""
        if day is not None and at is not None:
            self.due_at = datetime.combine(day, at, JST)

    def due(self) -> tuple[date, time]:
        """The planned return as day and time in Japan."""
        local = local_time(self.due_at or self.found.due_at)
        return local.date(), local.time().replace(second=0, microsecond=0)

    def open_lines(self) -> list[CheckLine]:
        """What is not green and was not passed with a reason."""
        return [
            line
            for line in self.found.lines
            if not line.green and not self.reasons.get(line.code, "").strip()
        ]

    @property
    def blocked(self) -> bool:
        """Whether something cannot be passed at all."""
        return any(line.state is CheckState.BLOCKED for line in self.found.lines)

    @property
    def passable(self) -> list[CheckLine]:
        """The open lines that a reason may pass, reason or not."""
        return [line for line in self.found.lines if line.state is CheckState.OPEN]

    def today(self, now: datetime) -> bool:
        """Whether it is the day of the visit."""
        return local_date(self.found.visit.starts_at) == local_date(now)

    def command(self, witness: Witness | None = None) -> Depart:
        """The act."""
        still = {line.code for line in self.passable}
        return Depart(
            visit_id=self.visit_id,
            item_ids=self.taken(),
            holder_id=self.holder_id,
            due_at=self.due_at,
            scanned_pouch=self.scanned,
            overrides={code: text for code, text in self.reasons.items() if code in still},
            witness=witness,
        )


def line_texts(words: Words, form: LeaveForm) -> list[LineText]:
    """The check, line by line."""
    return [_line(words, line, form) for line in form.found.lines]


def _line(words: Words, line: CheckLine, form: LeaveForm) -> LineText:
    code, title = line.code, words(f"leave-{line.code.value}")
    reason = form.reasons.get(code, "").strip()
    if line.state is CheckState.OPEN and reason:
        return LineText(code, "notice", title, "", words("leave-passed", reason=reason), Mend.NONE)
    mend = Mend.NONE if line.green else _MENDS.get(code, Mend.NONE)
    side, text = _said(words, line, form)
    return LineText(code, _LEVELS[line.state], title, side, text, mend)


def _said(words: Words, line: CheckLine, form: LeaveForm) -> tuple[str, str]:
    """What stands beside the title, and below it."""
    if line.code is CheckCode.RATIO:
        ratio = ratio_text(words, form.found.plan)
        return ratio.value, "\n".join(part for part in (ratio.source, ratio.question) if part)
    if line.code is CheckCode.PIECES and line.green:
        names = [item_name(words, item) for item in form.pieces()]
        return words("leave-pieces-ok", count=str(len(names))), words("leave-items", items=names)
    facts = {
        "items": list(line.items),
        "name": line.name,
        "time": words.clock(line.at) if line.at else "",
        "kana": form.found.visit.name,
    }
    if line.why is CheckWhy.NOTHING:
        return words(f"leave-{line.code.value}-ok", **facts), ""
    said = words(f"leave-why-{line.why.value}", **facts)
    return (said, "") if line.green else ("", said)


def item_name(words: Words, item: HeldItem) -> str:
    """A thing as it is called on the screen."""
    kind = item.kind_en if words.language == "en" and item.kind_en else item.kind
    name = f"{kind} {item.label}".strip()
    return name if item.pieces < 2 else words("desk-item-pieces", item=name, count=str(item.pieces))


def verdict(words: Words, form: LeaveForm, now: datetime) -> tuple[str, str, str]:
    """(level, title, text) over the lines."""
    still = form.open_lines()
    if form.blocked:
        return "block", words("leave-verdict-blocked"), words("leave-verdict-blocked-text")
    if not form.today(now):
        day = words.short_day(local_date(form.found.visit.starts_at))
        return "notice", words("leave-verdict-day", day=day), words("leave-verdict-day-text")
    if still:
        title = words("leave-verdict-open", count=str(len(still)))
        return "warn", title, words("leave-verdict-open-text")
    if form.passable:
        return "notice", words("leave-verdict-passed"), words("leave-verdict-passed-text")
    return "ok", words("leave-verdict-green"), words("leave-verdict-green-text")


def off_reason(words: Words, form: LeaveForm, now: datetime, *, may: bool) -> str:
    """Why the big button is off; empty where it may be pressed."""
    if not may:
        return words("leave-off-right")
    if form.blocked:
        return words("leave-off-pouch")
    if not form.today(now):
        return words("leave-off-day")
    still = form.open_lines()
    if still:
        return words("leave-off-open", count=str(len(still)))
    return "" if form.taken() else words("leave-off-nothing")


def consequence(words: Words, form: LeaveForm, now: datetime, papers: int) -> str:
    """What pressing the button leads to; `papers`: how many are printed."""
    due = form.due_at or form.found.due_at
    until = words.clock(due)
    if local_date(due) != local_date(now):
        until = words("desk-day-time", day=words.short_day(local_date(due)), time=until)
    key = "leave-then-print" if papers else "leave-then"
    return words(key, time=until, count=str(papers))


def visit_facts(words: Words, found: Departure) -> list[tuple[str, str]]:
    """(icon, words) of when, where and how to reach them."""
    visit = found.visit
    lines = [
        (
            "schedule-fill",
            words("leave-when", day=words.short_day(local_date(visit.starts_at)),
                  time=words.clock(visit.starts_at)),
        ),
        ("location_on-fill", f"{visit.destination}  {visit.clinic_phone}".strip()),
        ("edit_note", visit.note),
    ]  # fmt: skip
    return [(icon, text) for icon, text in lines if text]


def passed_now(form: LeaveForm, reasons: Mapping[CheckCode, str]) -> None:
    """Keep the reasons that were written."""
    form.reasons = {code: text for code, text in reasons.items() if text.strip()}
