"""紛失対応: the cases, and one case with its clock and steps, in words.  Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from facility_app.domain.clock import local_date
from facility_app.domain.incident_steps import Due
from facility_app.domain.incidents import LostCaseState
from facility_app.i18n import Words
from facility_app.services.lost_close import LostReview
from facility_app.services.lost_read import LostCaseLine
from facility_app.services.lost_views import LostCaseView, LostStepState, StepView
from facility_app.services.lost_words import name_of

HOUR, DAY = 60, 24 * 60


@dataclass(frozen=True)
class CaseRow:
    """One row of the list.  `level`: how grave; `next`: what its button does."""

    case_id: int
    head: str
    side: str
    who: str
    things: str
    left: str
    level: str


@dataclass(frozen=True)
class Band:
    """The red band: minutes, who (with reading where it is one person), what.

    `finds`: whether anything may still be said to be found.
    """

    label: str
    since: str
    name: str
    kana: str
    things: str
    finds: bool
    quiet: bool


@dataclass(frozen=True)
class StepLine:
    """A step in the list at the right.  `look`: open, present, late, done, waived, dropped."""

    step_id: int
    number: str
    title: str
    beside: str
    side: str
    look: str
    state: str


def elapsed_text(words: Words, minutes: int) -> str:
    """How long ago it was noticed: 47分, 3時間5分, 2日."""
    if minutes < HOUR:
        return words("loss-minutes", n=str(minutes))
    if minutes < DAY:
        return words("loss-hours", h=str(minutes // HOUR), n=str(minutes % HOUR))
    return words("loss-days", n=str(minutes // DAY))


def since_noticed(case: LostCaseView, now: datetime) -> int:
    """Whole minutes since it was noticed, at `now` (aware); the clock stops with the case."""
    end = case.closed_at or now
    return max(0, int((end - case.noticed_at).total_seconds() // 60))


def band(words: Words, case: LostCaseView, now: datetime) -> Band:
    """What stands in the red band."""
    people, items = case.residents, case.items
    names = dict.fromkeys(name_of(words, item) for item in items)
    first = next(iter(names), "")
    more = len(items) - 1
    things = words("loss-things-more", item=first, count=str(more)) if more else first
    others = words("loss-people-more", count=str(len(people) - 1)) if len(people) > 1 else ""
    closed = case.state is LostCaseState.CLOSED
    return Band(
        label=words("loss-took" if closed else "loss-since"),
        since=elapsed_text(words, since_noticed(case, now)),
        name=people[0].name if people else "",
        kana=people[0].kana if people else "",
        things=f"{others}{things}",
        finds=any(item.may_be_found for item in items),
        quiet=closed or not case.left,
    )


def case_row(words: Words, line: LostCaseLine, now: datetime) -> CaseRow:
    """One case of the list."""
    minutes = max(0, int((now - line.noticed_at).total_seconds() // 60))
    open_ = line.state is LostCaseState.OPEN
    if not open_:
        left = words("loss-list-closed")
    elif not line.left:
        left = words("loss-list-to-close")
    else:
        left = words("loss-list-left", count=str(line.left))
        if line.due is not None:
            left += words("loss-list-due", due=due_text(words, line.due, now))
    honorific = words("widgets-honorific")
    separator = words("list-separator")
    return CaseRow(
        case_id=int(line.id),
        head=elapsed_text(words, minutes)
        if open_
        else words.short_day(local_date(line.noticed_at)),
        side=words("loss-list-since") if open_ else words("loss-list-noticed"),
        who=separator.join(f"{name}{honorific}" for name in line.residents)
        or words("loss-number", number=str(line.number)),
        things=separator.join(dict.fromkeys(line.things)),
        left=left,
        level="late" if line.late else "notice" if open_ else "ok",
    )


def step_lines(
    words: Words, case: LostCaseView, chosen: int | None, now: datetime
) -> list[StepLine]:
    """The steps in the order in which they are due; those that finding made needless come last."""
    kept = [step for step in case.steps if step.state is not LostStepState.DROPPED]
    dropped = [step for step in case.steps if step.state is LostStepState.DROPPED]
    return [
        _line(words, case, step, str(number), chosen, now)
        for number, step in enumerate([*kept, *dropped], 1)
    ]


def _line(
    words: Words, case: LostCaseView, step: StepView, number: str, chosen: int | None, now: datetime
) -> StepLine:
    look = step.state.value if step.state is not LostStepState.WAITING else "open"
    return StepLine(
        step_id=int(step.id),
        number=number,
        title=step.title(words.language),
        beside=case.beside(step),
        side=side_text(words, case, step, now),
        look=look,
        state=words.term(step.state),
    )


def side_text(words: Words, case: LostCaseView, step: StepView, now: datetime) -> str:
    """At the right of a step: until when, or when it was done and by whom."""
    match step.state:
        case LostStepState.DONE:
            at = step.done_at or now
            return f"{when_text(words, at, now)} {step.done_by}".strip()
        case LostStepState.WAIVED:
            return f"{words('loss-step-waived')} {step.waived_by}".strip()
        case LostStepState.DROPPED:
            return words("loss-step-dropped")
    first = case.next_step
    if first is not None and step.id == first.id and step.due.at is not None:
        return words("loss-due-now")
    return due_text(words, step.due, now)


def when_text(words: Words, at: datetime, now: datetime) -> str:
    """A moment as short as it is clear: the time today, else the day."""
    same = local_date(at) == local_date(now)
    return words.clock(at) if same else words.short_day(local_date(at))


def due_text(words: Words, due: Due, now: datetime) -> str:
    """Until when: a time today, today, tomorrow, a date; or by how much it is over."""
    today = local_date(now)
    if due.is_past(now):
        days = (today - due.day).days
        return words("loss-due-late", n=str(days)) if days else words("loss-due-over")
    if due.at is not None and due.day == today:
        return words("loss-due-at", time=words.clock(due.at))
    return day_text(words, due.day, today)


def day_text(words: Words, on: date, today: date) -> str:
    """Today, tomorrow, or the date with its day of the week."""
    if on == today:
        return words("desk-today")
    if on == today + timedelta(days=1):
        return words("desk-tomorrow")
    return words.short_day(on)


def left_text(words: Words, case: LostCaseView) -> str:
    """How many steps are left."""
    return words("loss-left", count=str(len(case.left)))


def due_review(case: LostCaseView, now: datetime) -> LostReview | None:
    """The review that is due, if any."""
    today = local_date(now)
    for which, on, done in (
        (LostReview.FIRST, case.first_review_on, case.first_reviewed_at),
        (LostReview.SECOND, case.second_review_on, case.second_reviewed_at),
    ):
        if on is not None and done is None:
            return which if on <= today else None
    return None


def case_facts(words: Words, case: LostCaseView) -> list[tuple[str, str]]:
    """What is known about the case: label and value."""
    facts = [
        (words("loss-fact-number"), words("loss-number", number=str(case.number))),
        (words("loss-fact-noticed"), words.moment(case.noticed_at)),
        (words("term-field-noticed-by"), case.noticed_by),
        (words("term-field-last-seen"), case.last_seen),
        (words("loss-fact-where"), words.term(case.happened)),
        (words("term-field-lost-place"), case.place),
        (words("loss-fact-stolen"), words.term(case.stolen)),
    ]
    return [(label, value) for label, value in facts if value]


def review_facts(words: Words, case: LostCaseView) -> list[tuple[str, str]]:
    """Closing and reviews: label and value."""
    facts: list[tuple[str, str]] = []
    if case.closed_at is not None:
        closed = words.moment(case.closed_at)
        facts.append((words("loss-fact-closed"), f"{closed} {case.closed_by}".strip()))
    for which, on, at, told in (
        (LostReview.FIRST, case.first_review_on, case.first_reviewed_at, case.first_review),
        (LostReview.SECOND, case.second_review_on, case.second_reviewed_at, case.second_review),
    ):
        if on is not None:
            value = told if at is not None else words("loss-review-on", day=on)
            facts.append((words.term(which), value))
    return facts
