"""受診: the day and the week by time, each visit with its state and its next step.  Knows no Qt."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from facility_app.domain.access import Permission
from facility_app.domain.clock import local_date
from facility_app.domain.visits import Booking, Clash, ConflictKind, Transport, all_clashes
from facility_app.i18n import Words
from facility_app.services.visit_views import CalendarDay, VisitState, VisitView
from facility_app.ui.viewmodels.desk import room_text

Rights = frozenset[Permission]
WEEK = 7


class Span(Enum):
    """How much of the calendar is shown."""

    DAY = "day"
    WEEK = "week"


class VisitStep(Enum):
    """What the button of a visit does."""

    PREPARE = "prepare"
    TAKE = "take"
    RETURN = "return"
    OUTCOME = "outcome"
    NONE = "none"


_RIGHTS = {
    VisitStep.PREPARE: Permission.PLAN_VISITS,
    VisitStep.TAKE: Permission.SIGN_OUT,
    VisitStep.RETURN: Permission.SIGN_IN,
    VisitStep.OUTCOME: Permission.PLAN_VISITS,
}


@dataclass(frozen=True)
class VisitLine:
    """One row of the day: a visit, or a house call with all its `visits`.

    `chip` and `level`: its state as a chip; `lines`: (icon, words) of place, escort, transport.
    """

    visits: tuple[VisitView, ...]
    time: str
    chip: str
    level: str
    title: str
    room: str
    place: str
    who: str
    step: VisitStep
    round_id: int | None = None

    @property
    def visit(self) -> VisitView:
        """The visit, or the first one of the house call."""
        return self.visits[0]

    @property
    def about(self) -> str:
        """Whose it is, for the name of its button."""
        return f"{self.time} {self.title} {self.place}".strip()


@dataclass(frozen=True)
class Filter:
    """What the calendar is narrowed to; empty = everything."""

    clinic_id: int | None = None
    text: str = ""

    def holds(self, visit: VisitView) -> bool:
        """Whether the visit is shown."""
        if self.clinic_id is not None and visit.clinic_id != self.clinic_id:
            return False
        wanted = folded(self.text)
        if not wanted:
            return True
        return any(wanted in folded(each) for each in (visit.name, visit.kana)) or (
            visit.room.startswith(self.text.strip())
        )


def folded(text: str) -> str:
    """A name or reading without width, case, blanks, and the difference between the two kana."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        chr(ord(char) - 0x60) if 0x30A1 <= ord(char) <= 0x30F6 else char
        for char in plain
        if not char.isspace()
    )


def monday_of(day: date) -> date:
    """The first day of the week that `day` lies in."""
    return day - timedelta(days=day.weekday())


def shown_days(span: Span, day: date) -> tuple[date, date]:
    """The first and the last day that the calendar reads."""
    if span is Span.DAY:
        return day, day
    first = monday_of(day)
    return first, first + timedelta(days=WEEK - 1)


def stepped(span: Span, day: date, by: int) -> date:
    """`by` days or weeks on."""
    return day + timedelta(days=by * (1 if span is Span.DAY else WEEK))


def title_text(words: Words, span: Span, day: date) -> str:
    """The day, or the first and the last one of the week."""
    if span is Span.DAY:
        return words.short_day(day)
    first, last = shown_days(span, day)
    return words("calendar-week-of", first=words.short_day(first), last=words.short_day(last))


def day_lines(
    words: Words, day: CalendarDay, rights: Rights, now: datetime, wanted: Filter = Filter()
) -> list[VisitLine]:
    """The rows of a day by time; a house call is one row."""
    lines: list[VisitLine] = []
    done: set[int] = set()
    for visit in day.visits:
        if not wanted.holds(visit):
            continue
        if visit.round_id is None:
            lines.append(visit_line(words, visit, rights, now))
        elif visit.round_id not in done:
            done.add(visit.round_id)
            together = [each for each in day.visits if each.round_id == visit.round_id]
            lines.append(round_line(words, together, rights, now))
    return lines


def visit_line(words: Words, visit: VisitView, rights: Rights, now: datetime) -> VisitLine:
    """A single visit."""
    chip, level = state_chip(words, visit, now)
    return VisitLine(
        visits=(visit,),
        time=words.clock(visit.starts_at),
        chip=chip,
        level=level,
        title=visit.name,
        room=room_text(words, visit.room),
        place=visit.destination or visit.purpose,
        who=who_text(words, visit),
        step=_allowed(_step(visit, now), rights),
    )


def who_text(words: Words, visit: VisitView) -> str:
    """The escort and how they are got there."""
    parts = [words("today-holder", name=visit.escort) if visit.escort else ""]
    if visit.transport is not Transport.UNKNOWN:
        parts.append(words.term(visit.transport))
    return words("calendar-between").join(part for part in parts if part)


def state_chip(words: Words, visit: VisitView, now: datetime) -> tuple[str, str]:
    """(words, level) of how far a visit has come."""
    if visit.state is VisitState.OUT:
        return words("today-visit-out"), "notice"
    if visit.state is VisitState.BACK:
        return words("today-visit-back"), "ok"
    if visit.state is VisitState.DONE:
        return words("calendar-done"), "ok"
    if visit.escort_id is None and not visit.in_house:
        return words("today-visit-no-escort"), "warn"
    if visit.starts_at <= now and local_date(visit.starts_at) < local_date(now):
        return words("calendar-missed"), "warn"
    return words("today-visit-ready"), "ok"


def _step(visit: VisitView, now: datetime) -> VisitStep:
    if visit.state is VisitState.OUT:
        return VisitStep.RETURN
    if visit.state is VisitState.BACK:
        return VisitStep.OUTCOME
    if visit.state is not VisitState.PLANNED:
        return VisitStep.NONE
    today = local_date(visit.starts_at) == local_date(now)
    ready = visit.escort_id is not None or visit.in_house
    return VisitStep.TAKE if today and ready else VisitStep.PREPARE


def _allowed(step: VisitStep, rights: Rights) -> VisitStep:
    needed = _RIGHTS.get(step)
    return step if needed is None or needed in rights else VisitStep.NONE


def round_line(
    words: Words, visits: Sequence[VisitView], rights: Rights, now: datetime
) -> VisitLine:
    """A house call: how many of its visits are prepared, out, or done."""
    first, count = visits[0], len(visits)
    chip, level, step = _round_state(words, visits)
    return VisitLine(
        visits=tuple(visits),
        time=words.clock(first.starts_at),
        chip=chip,
        level=level,
        title=words("rounds-name"),
        room=words("rounds-people", count=str(count)),
        place=words("rounds-place", clinic=first.destination),
        who="",
        step=_allowed(step, rights),
        round_id=first.round_id,
    )


def _round_state(words: Words, visits: Sequence[VisitView]) -> tuple[str, str, VisitStep]:
    count = len(visits)
    states = [visit.state for visit in visits]
    out = states.count(VisitState.OUT)
    if out:
        chip = words("rounds-out", done=str(out), count=str(count))
        return chip, "notice", VisitStep.RETURN
    back = states.count(VisitState.BACK)
    if back:
        return words("today-visit-back"), "ok", VisitStep.OUTCOME
    if states.count(VisitState.DONE) == count:
        return words("calendar-done"), "ok", VisitStep.NONE
    ready = sum(visit.escort_id is not None for visit in visits)
    if ready == count:
        return words("today-visit-ready"), "ok", VisitStep.TAKE
    chip = words("rounds-ready", done=str(ready), count=str(count))
    return chip, "notice", VisitStep.PREPARE


# --- what cannot both happen ----------------------------------------------------------------------


def clash_texts(words: Words, visits: Iterable[VisitView]) -> list[str]:
    """Every pair of the shown visits that excludes each other, in words."""
    known = {int(visit.id): visit for visit in visits if visit.state is VisitState.PLANNED}
    found = all_clashes([_booking(visit) for visit in known.values()])
    return list(dict.fromkeys(_clash_text(words, clash, known) for clash in found))


def _booking(visit: VisitView) -> Booking:
    return Booking(
        int(visit.id),
        visit.resident_id,
        visit.escort_id,
        visit.starts_at,
        visit.returns_at,
        visit.destination,
        visit.round_id,
    )


def _clash_text(words: Words, clash: Clash, known: dict[int, VisitView]) -> str:
    one, other = known[clash.one.id], known[clash.other.id]
    key = "escort" if clash.kind is ConflictKind.ESCORT else "resident"
    return words(
        f"calendar-clash-{key}",
        name=one.escort if clash.kind is ConflictKind.ESCORT else one.name,
        first=words.clock(one.starts_at),
        second=words.clock(other.starts_at),
        one=_whose(words, one),
        other=_whose(words, other),
    )


def _whose(words: Words, visit: VisitView) -> str:
    """Whose visit it is; a house call is one thing, however many are seen."""
    if visit.round_id is not None:
        return words("rounds-name")
    return f"{visit.name}{words('widgets-honorific')}"
