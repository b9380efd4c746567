"""記録と報告: the filter, the rows of the list, and the verdict.  Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from facility_app.domain.clock import local_date
from facility_app.i18n import Words
from facility_app.services.log_check import Finding, FindingKind, LogState, Verdict
from facility_app.services.record import Listed, LogFilter, LogLine
from facility_app.services.record_words import action_word as action_word

FINDINGS_SHOWN = 40


class Period(StrEnum):
    """期間: the days that the list is narrowed to."""

    ALL = "all"
    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    LAST_MONTH = "last-month"
    YEAR = "year"
    DAYS = "days"


def days_of(period: Period, today: date) -> tuple[date | None, date | None]:
    """First and last day of a period, both included; None = open."""
    month = today.replace(day=1)
    match period:
        case Period.TODAY:
            return today, today
        case Period.WEEK:
            return today - timedelta(days=6), today
        case Period.MONTH:
            return month, today
        case Period.LAST_MONTH:
            last = month - timedelta(days=1)
            return last.replace(day=1), last
        case Period.YEAR:
            return today - timedelta(days=365), today
        case _:
            return None, None


@dataclass
class FilterForm:
    """What the person narrowed the list to.  `first`, `last` count only for Period.DAYS."""

    period: Period = Period.MONTH
    first: date | None = None
    last: date | None = None
    action: str | None = None
    resident: int | None = None
    item: int | None = None
    actor: int | None = None

    def wanted(self, today: date) -> LogFilter:
        """The filter as the services take it."""
        own = self.period is Period.DAYS
        first, last = (self.first, self.last) if own else days_of(self.period, today)
        return LogFilter(first, last, self.actor, self.resident, self.item, self.action)

    def choose_resident(self, resident: int | None) -> None:
        """Another resident has other things."""
        if resident != self.resident:
            self.resident, self.item = resident, None

    @property
    def narrowed(self) -> bool:
        """Whether anything but the period is chosen."""
        return (self.action, self.resident, self.item, self.actor) != (None,) * 4

    def clear(self) -> None:
        """Show everything."""
        self.period, self.first, self.last = Period.ALL, None, None
        self.action = self.resident = self.item = self.actor = None


_LOOKS = (
    ("item.signed_out", "output", "primary"),
    ("item.signed_in", "input", "ok"),
    ("loan.handed_over", "swap_horiz", "primary"),
    ("loan.corrected", "edit-fill", "warn"),
    ("emergency.", "emergency_home-fill", "danger"),
    ("item.handed_back", "assignment_return", "primary"),
    ("item.", "inventory_2-fill", "text2"),
    ("lost.", "search_off-fill", "danger"),
    ("training.", "timer", "text2"),
    ("unlock.refused", "lock_person-fill", "danger"),
    ("act.refused", "block-fill", "danger"),
    ("clock.set_back", "warning-fill", "warn"),
    ("unlock.", "lock_open-fill", "text2"),
    ("lock.", "lock-fill", "text2"),
    ("password.", "key-fill", "text2"),
    ("checkpoint.", "signature-fill", "text2"),
    ("log.", "fact_check-fill", "text2"),
    ("agreement.", "contract-fill", "text2"),
    ("card.", "id_card-fill", "text2"),
    ("resident.", "person-fill", "text2"),
    ("proxy.", "family_restroom-fill", "text2"),
    ("staff.", "badge-fill", "text2"),
    ("grant.", "manage_accounts-fill", "text2"),
    ("backup.", "backup-fill", "text2"),
    ("visit.", "event-fill", "text2"),
    ("tag", "qr_code-fill", "text2"),
    ("stocktake.", "shelves", "text2"),
    ("review.", "rule", "text2"),
    ("", "history", "text2"),
)


def action_look(action: str) -> tuple[str, str]:
    """Icon and colour token of an act."""
    return next((icon, tone) for start, icon, tone in _LOOKS if action.startswith(start))


@dataclass(frozen=True)
class LogRow:
    """One row as it is painted; `day` is empty where the row above has the same."""

    seq: int
    number: str
    day: str
    time: str
    act: str
    icon: str
    tone: str
    resident: str
    thing: str
    actor: str

    @property
    def moment(self) -> str:
        """Day and time in one column."""
        return f"{self.day} {self.time}".strip()


def rows_of(words: Words, lines: Sequence[LogLine], above: date | None = None) -> list[LogRow]:
    """Rows for the list; `above` is the day of the row before the first."""
    rows = []
    for line in lines:
        day = local_date(line.at)
        icon, tone = action_look(line.action)
        rows.append(
            LogRow(
                seq=line.seq,
                number=f"{line.seq:,}",
                day="" if day == above else day_text(words, day),
                time=words.clock(line.at),
                act=action_word(words, line.action),
                icon=icon,
                tone=tone,
                resident=line.resident,
                thing=_thing(words, line),
                actor=line.actor or words("log-program"),
            )
        )
        above = day
    return rows


def day_text(words: Words, day: date) -> str:
    """A day without its weekday, as the narrow column has room for."""
    return words("log-day", month=str(day.month), day=str(day.day))


def _thing(words: Words, line: LogLine) -> str:
    if line.corrects is not None:
        return words("log-corrects", seq=f"{line.corrects:,}")
    if line.items == 1 and line.item:
        return line.item
    return words("log-items", count=line.items) if line.items else ""


def count_text(words: Words, page: Listed) -> str:
    """How many match."""
    key = "log-count-more" if page.count.more else "log-count"
    return words(key, count=page.count.number)


@dataclass(frozen=True)
class VerdictText:
    """What the panel above the list says; `level` is one of the warnings' levels."""

    level: str
    title: str
    text: str = ""


def state_text(words: Words, state: LogState) -> VerdictText:
    """The record at a glance, before anybody presses 照合する."""
    last = state.verified
    if not state.sound:
        return VerdictText("block", words("log-tampered"), words("log-unsound"))
    if last is None:
        return VerdictText("notice", words("log-never-verified"), words("log-never-verified-text"))
    at = words.moment(last.at)
    if not last.clean:
        return VerdictText("block", words("log-tampered"), words("log-tampered-before", at=at))
    text = words("log-clean-text", first="1", last=f"{last.size:,}", at=at)
    newer = state.size - last.size - 1  # the verification itself is an entry
    if newer > 0:
        text = f"{text}\n{words('log-older', count=newer)}"
    return VerdictText("ok", words("log-clean"), text)


def verdict_text(words: Words, verdict: Verdict, at: str) -> VerdictText:
    """The outcome of a verification made at `at` (words)."""
    if not verdict.clean:
        return VerdictText("block", words("log-tampered"), words("log-tampered-text"))
    first, last = f"{verdict.first:,}", f"{verdict.size:,}"
    return VerdictText(
        "ok", words("log-clean"), words("log-clean-text", first=first, last=last, at=at)
    )


def finding_lines(words: Words, findings: Sequence[Finding]) -> list[tuple[str, str]]:
    """(which entries, what is wrong) of each finding; at most 40, then how many more."""
    lines = [(_where(words, each), _what(words, each)) for each in findings[:FINDINGS_SHOWN]]
    more = len(findings) - len(lines)
    return [*lines, ("", words("log-findings-rest", count=more))] if more else lines


def _where(words: Words, finding: Finding) -> str:
    if finding.first == 0 and finding.last == 0:
        return words("log-finding-whole")
    if finding.first == finding.last:
        return words("log-finding-entry", seq=f"{finding.first:,}")
    return words("log-finding-entries", first=f"{finding.first:,}", last=f"{finding.last:,}")


def _what(words: Words, finding: Finding) -> str:
    told = words.term(finding.kind)
    if finding.kind is FindingKind.ENTRY_MOVED:
        more = words("log-finding-moved", number=f"{finding.number:,}")
    elif finding.kind.value.startswith("checkpoint") and finding.number:
        more = words("log-finding-checkpoint", number=finding.number)
    else:
        more = finding.name
    return words("log-finding-more", what=told, more=more) if more else told


def bar_texts(words: Words, state: LogState) -> tuple[str, str, str]:
    """For the bottom bar: the last act, the state of the log, and its level."""
    act = ""
    if state.last is not None:
        line = state.last
        named = f"{line.resident}{words('widgets-honorific')}" if line.resident else line.actor
        act = words(
            "log-last-act",
            seq=f"{line.seq:,}",
            time=words.clock(line.at),
            act=action_word(words, line.action),
            name=named,
        )
    if not state.sound or (state.verified is not None and not state.verified.clean):
        return act, words("log-state-bad"), "block"
    if state.verified is None:
        return act, words("log-state-open"), "notice"
    return act, words("log-state-clean"), "ok"
