"""What the desk says in words: who, warnings, the last acts, the main button.  Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from facility_app.domain.clock import local_date
from facility_app.domain.custody import Escalation
from facility_app.i18n import Words
from facility_app.services.acts import DeskAct, RecentAct
from facility_app.services.desk import DeskWarning
from facility_app.services.loans import LoanView
from facility_app.services.purposes import PurposeView
from facility_app.services.search import FoundResident, Presence
from facility_app.ui.viewmodels.sign_in import BackForm
from facility_app.ui.viewmodels.sign_out import OutForm, Problem


@dataclass(frozen=True)
class WarningText:
    """A warning in words; `level` is the name of its level."""

    level: str
    title: str
    text: str


def warning_text(words: Words, warning: DeskWarning) -> WarningText:
    """The title says what is, the text until when or what to do."""
    facts = {
        "item": warning.item,
        "other": warning.other,
        "until": words.day(warning.until) if warning.until else "",
    }
    key = f"desk-warn-{warning.kind.value}"
    return WarningText(
        warning.level.name.lower(), words(key, **facts), words(f"{key}-text", **facts)
    )


def number_text(words: Words, seq: int) -> str:
    """The number of an entry as people say it."""
    return words("desk-entry-number", number=f"{seq:,}")


def room_text(words: Words, room: str) -> str:
    """The room with its word, or nothing."""
    return words("desk-room", room=room) if room else ""


def born_text(words: Words, birth: date | None) -> str:
    """The birth date, or nothing."""
    return words("desk-born", day=words.day(birth)) if birth else ""


def act_text(words: Words, act: DeskAct, name: str, seq: int, at: datetime) -> str:
    """One act as the bottom line of the window says it."""
    return words(
        "desk-act-line",
        number=number_text(words, seq),
        time=words.clock(at),
        act=words.term(act),
        name=name,
    )


def recent_text(words: Words, act: RecentAct) -> str:
    """An act as the window's bottom line says it."""
    return act_text(words, act.act, act.name, act.seq, act.at)


def purpose_name(words: Words, purpose: PurposeView) -> str:
    """The reason's name in the language of the screen."""
    return purpose.name_en if words.language == "en" and purpose.name_en else purpose.name


def purpose_choices(words: Words, purposes: Iterable[PurposeView]) -> list[tuple[str, str]]:
    """(code, name) of the reasons."""
    return [(purpose.code, purpose_name(words, purpose)) for purpose in purposes]


def due_text(words: Words, due: datetime, now: datetime) -> str:
    """Until when: the time, with the day where it is not today."""
    if local_date(due) == local_date(now):
        return words.clock(due)
    return words("desk-day-time", day=words.short_day(local_date(due)), time=words.clock(due))


def head_text(words: Words, due: datetime, now: datetime) -> str:
    """The head of a loan's row: the time today, else the word or date of the day."""
    day, today = local_date(due), local_date(now)
    if day == today:
        return words.clock(due)
    if day == today + timedelta(days=1):
        return words("desk-tomorrow")
    return words.short_day(day)


def late_text(words: Words, loan: LoanView) -> str:
    """How late: in minutes below an hour and a half, then in hours, then in days."""
    minutes = loan.minutes_late
    if minutes < 90:
        return words("desk-late-minutes", count=str(minutes))
    if minutes < 48 * 60:
        return words("desk-late-hours", count=str(minutes // 60))
    return words("desk-late-days", count=str(minutes // (24 * 60)))


def is_late(loan: LoanView) -> bool:
    """Whether the due time has come."""
    return loan.escalation is not Escalation.NONE


def out_button(words: Words, form: OutForm) -> str:
    """The words of the big button of a sign-out."""
    return words("desk-take-out", count=str(form.count()))


def out_reason(words: Words, form: OutForm) -> str:
    """Why the big button is off; empty when it is on."""
    problem = form.problem()
    if problem is None:
        return ""
    if problem is Problem.AGREEMENT and form.resident.warnings:
        return warning_text(words, form.resident.warnings[0]).title
    return words(f"desk-cannot-{problem.value}")


def out_consequence(words: Words, form: OutForm) -> str:
    """What pressing the button leads to."""
    due = form.due_at()
    if due is None or form.problem() is not None:
        return ""
    return words("desk-out-until", until=due_text(words, due, form.now()))


def back_button(words: Words, form: BackForm) -> str:
    """The words of the big button of a return."""
    return words("desk-bring-back", count=str(form.count()))


def back_reason(words: Words, form: BackForm) -> str:
    """Why the big button is off; empty when it is on."""
    problem = form.problem()
    return words(f"desk-back-cannot-{problem.value}") if problem is not None else ""


def out_summary(words: Words, form: OutForm) -> list[str]:
    """Where, with whom and until when, for the bar of the enlarged screen."""
    due = form.due_at()
    holder = dict(form.choices.holders).get(form.holder_id or form.me, "")
    where = form.destination or (purpose_name(words, form.purpose) if form.purpose else "")
    lines = [
        where,
        words("today-holder", name=holder) if holder else "",
        words("desk-back-due", until=due_text(words, due, form.now())) if due else "",
    ]
    return [line for line in lines if line]


def back_summary(words: Words, form: BackForm) -> list[str]:
    """Whose pouch, where it belongs, and how much of it is back."""
    count = f"{form.count()} {words('desk-back-of', count=str(len(form.rows)))}"
    return [line for line in (form.loan.name, form.loan.slot, count) if line]


def found_detail(words: Words, found: FoundResident) -> str:
    """The small words of a hit: reading, birth date, and what is out."""
    parts = [found.kana]
    if found.birth_date is not None:
        parts.append(born_text(words, found.birth_date))
    if found.presence is not Presence.IN_SAFE:
        parts.append(words.term(found.presence))
    return "  ".join(part for part in parts if part)


def found_side(words: Words, found: FoundResident) -> str:
    """The right end of a hit: room and slot."""
    return "  ".join(part for part in (room_text(words, found.room), found.slot) if part)
