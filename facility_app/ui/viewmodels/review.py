"""見直し: the queue in words, and how far the quarter has come.  Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from facility_app.domain.clock import local_date
from facility_app.domain.review import Why
from facility_app.i18n import Words
from facility_app.services.record_words import action_word
from facility_app.services.review import COUNT_TO, ReviewLine, ReviewQueue
from facility_app.services.review_report import QuarterTarget
from facility_app.ui.viewmodels.log import day_text

_LOOKS = {
    Why.EMERGENCY: ("emergency_home-fill", "danger"),
    Why.REVEAL: ("visibility", "danger"),
    Why.CLOCK: ("warning-fill", "warn"),
    Why.UNKNOWN_OUTCOME: ("help-fill", "warn"),
    Why.SECOND_PERSON: ("group-fill", "warn"),
    Why.OVERRIDE: ("warning-fill", "warn"),
    Why.HAND_BACK: ("assignment_return", "primary"),
    Why.OVERDUE: ("alarm-fill", "late"),
    Why.CORRECTION: ("edit-fill", "warn"),
    Why.REFUSAL: ("block-fill", "danger"),
    Why.SAMPLE: ("rule", "text2"),
}
"""Icon and colour of each reason."""


def why_look(why: Why) -> tuple[str, str]:
    """Icon and colour token of a reason."""
    return _LOOKS[why]


def row_of(words: Words, line: ReviewLine) -> tuple[str, ...]:
    """Why, when, what and who, as the list shows it."""
    entry = line.line
    at = f"{day_text(words, local_date(entry.at))} {words.clock(entry.at)}"
    resident = f"{entry.resident}{words('widgets-honorific')}" if entry.resident else ""
    what = " ".join(part for part in (action_word(words, entry.action), resident) if part)
    return words.term(line.why), at, what, entry.actor or words("log-program")


def count_text(words: Words, queue: ReviewQueue) -> str:
    """How many wait."""
    key = "review-page-count-more" if queue.waiting >= COUNT_TO else "review-page-count"
    return words(key, count=str(queue.waiting))


def own_text(words: Words, queue: ReviewQueue) -> str:
    """How many wait for somebody else; empty for none."""
    return words("review-page-own", count=str(queue.own)) if queue.own else ""


@dataclass(frozen=True)
class TargetText:
    """How far the quarter has come, in words, and as two numbers."""

    text: str
    done: int
    target: int


def target_text(words: Words, target: QuarterTarget) -> TargetText:
    """The quarter's target."""
    quarter = target.quarter
    told = words(
        "review-page-target",
        first=str(quarter.first.month),
        last=str(quarter.last.month),
        done=str(target.done),
        target=str(target.target),
    )
    return TargetText(told, target.done, target.target)


def next_seq(lines: Sequence[ReviewLine], seq: int | None, place: int) -> int | None:
    """What to show after the list was read again: the same entry, else what stands at its place."""
    numbers = [line.line.seq for line in lines]
    if seq in numbers:
        return seq
    if not numbers:
        return None
    return numbers[min(max(place, 0), len(numbers) - 1)]
