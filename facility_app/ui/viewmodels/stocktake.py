"""棚卸: the cabinets of this month and a result, in words.  Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from facility_app.domain.access import Permission, StaffId
from facility_app.domain.clock import local_date
from facility_app.domain.stocktake import DifferenceKind, Figures, StocktakeState
from facility_app.i18n import Words
from facility_app.services.stocktake import COUNTS
from facility_app.services.stocktake_report import DifferenceView, StocktakeSummary
from facility_app.services.stocktake_views import (
    CabinetLine,
    CountLine,
    ResultView,
    StocktakeHome,
)
from facility_app.ui.viewmodels.months import month_text

Rights = frozenset[Permission]


class Step(Enum):
    """What a cabinet's button does."""

    START = "start"
    CONTINUE = "continue"
    SECOND = "second"
    EXPLAIN = "explain"
    RESULT = "result"
    NONE = "none"


@dataclass(frozen=True)
class CabinetText:
    """One cabinet: its state as a chip of `level`, what comes next, and the two counts."""

    line: CabinetLine
    name: str
    chip: str
    level: str
    next: str
    counts: tuple[str, ...]
    step: Step


def cabinet_texts(
    words: Words, home: StocktakeHome, me: StaffId | None, rights: Rights
) -> list[CabinetText]:
    """The cabinets in their order."""
    return [_cabinet(words, line, me, rights) for line in home.cabinets]


def _cabinet(words: Words, line: CabinetLine, me: StaffId | None, rights: Rights) -> CabinetText:
    step = _step(line, me, rights)
    chip, level = _chip(words, line)
    return CabinetText(
        line=line,
        name=words("stocktake-home-cabinet", cabinet=line.cabinet),
        chip=chip,
        level=level,
        next=_next(words, line, step, me),
        counts=tuple(_count(words, count, line.places) for count in line.counts),
        step=step,
    )


def _step(line: CabinetLine, me: StaffId | None, rights: Rights) -> Step:
    may = Permission.COUNT_STOCKTAKE in rights
    if line.state is None:
        return Step.START if may else Step.NONE
    if line.state is not StocktakeState.COUNTING:
        return Step.EXPLAIN if may and line.unexplained else Step.RESULT
    if not may:
        return Step.NONE
    own = next((count for count in line.counts if count.counter_id == me), None)
    if own is not None:
        return Step.NONE if own.finished else Step.CONTINUE
    if not line.counts:
        return Step.START
    return Step.SECOND if len(line.counts) < len(COUNTS) else Step.NONE


_CHIPS = {
    None: ("stocktake-home-open", "notice"),
    StocktakeState.COUNTING: ("stocktake-home-counting", "notice"),
    StocktakeState.APPROVED: ("stocktake-home-approved", "ok"),
}


def _chip(words: Words, line: CabinetLine) -> tuple[str, str]:
    if line.state in _CHIPS:
        key, level = _CHIPS[line.state]
        return words(key), level
    if line.unexplained:
        return words("stocktake-home-differences", count=str(line.differences)), "warn"
    return words("stocktake-home-waiting"), "notice"


def _next(words: Words, line: CabinetLine, step: Step, me: StaffId | None) -> str:
    """One sentence: what has to happen, or why this person has nothing to do."""
    if line.state is None:
        return words("stocktake-home-places", count=str(line.places))
    if line.state is StocktakeState.APPROVED:
        at = words.short_day(local_date(line.closed_at)) if line.closed_at else ""
        return words("stocktake-home-by", name=line.closed_by, day=at)
    if line.state is StocktakeState.COMPARED:
        key = "unexplained" if line.unexplained else "to-approve"
        return words(f"stocktake-home-{key}", count=str(line.unexplained))
    if step in (Step.CONTINUE, Step.SECOND):
        return words(f"stocktake-home-now-{step.value}")
    own = any(count.counter_id == me for count in line.counts)
    if own and len(line.counts) < len(COUNTS):
        return words("stocktake-home-second-wanted")
    return words("stocktake-home-under-way")


def _count(words: Words, count: CountLine, places: int) -> str:
    key = "stocktake-home-count-done" if count.finished else "stocktake-home-count"
    return words(
        key,
        number=str(count.number),
        name=count.counter,
        done=str(count.done),
        places=str(max(places, count.done)),
    )


def earlier_text(words: Words, row: StocktakeSummary) -> tuple[str, str]:
    """(title, second line) of a stocktake that was closed."""
    title = words(
        "stocktake-home-earlier-row", month=month_text(words, row.month), cabinet=row.cabinet
    )
    day = words.short_day(local_date(row.closed_at)) if row.closed_at else ""
    if row.state is StocktakeState.GIVEN_UP:
        text = words("stocktake-home-given-up", name=row.closed_by, day=day)
    else:
        text = words(
            "stocktake-home-closed",
            name=row.closed_by,
            day=day,
            count=str(len(row.differences)),
        )
    return title, text


def stoppable(words: Words, home: StocktakeHome) -> list[tuple[str, str]]:
    """What may be thrown away: whole stocktakes (``s7``) and single counts (``c3``), in words."""
    found = []
    for line in home.cabinets:
        if line.state is None or not line.state.open:
            continue
        cabinet = words("stocktake-home-cabinet", cabinet=line.cabinet)
        found.append((f"s{line.stocktake_id}", words("stocktake-stop-whole", cabinet=cabinet)))
        found += [(f"c{count.id}", stop_text(words, cabinet, count)) for count in line.counts]
    return found


def stop_text(words: Words, cabinet: str, count: CountLine) -> str:
    """One count, as what may be thrown away."""
    return own_count_text(words, cabinet, count.number, count.counter)


def own_count_text(words: Words, cabinet: str, number: int, name: str) -> str:
    """The same of a count by its number and the counter's name."""
    return words("stocktake-stop-count", cabinet=cabinet, number=str(number), name=name)


@dataclass(frozen=True)
class DifferenceText:
    """One difference: what is wrong, what each count says, and whether they agree; `level`."""

    view: DifferenceView
    level: str
    title: str
    text: str
    agreed: str


_LEVELS = {
    DifferenceKind.MISSING: "danger",
    DifferenceKind.WRONG_PLACE: "warn",
    DifferenceKind.UNKNOWN_POUCH: "warn",
    DifferenceKind.PIECES: "warn",
}


def difference_texts(words: Words, result: ResultView) -> list[DifferenceText]:
    """The differences in their order."""
    return [_difference(words, view) for view in result.summary.differences]


def missing_things(result: ResultView) -> list[tuple[int, str]]:
    """Resident and kind of what neither place has; an empty kind is the whole pouch."""
    return [
        (int(view.difference.resident), view.item)
        for view in result.summary.differences
        if view.difference.kind is DifferenceKind.MISSING and view.difference.resident
    ]


def _difference(words: Words, view: DifferenceView) -> DifferenceText:
    found = view.difference
    key = f"stocktake-result-{found.kind.value}"
    home = found.home or words("stocktake-result-nowhere")
    facts = {"name": view.name, "item": view.item, "place": found.slot, "home": home}
    title = words(key, **facts)
    sides = [_side(words, found.kind, side) for side in (found.first, found.second)]
    return DifferenceText(
        view=view,
        level="ok" if view.explanation else _LEVELS[found.kind],
        title=title,
        text=words("stocktake-result-sides", first=sides[0], second=sides[1]),
        agreed="" if found.agreed else words("stocktake-result-not-agreed"),
    )


def _side(words: Words, kind: DifferenceKind, side: Figures | None) -> str:
    if side is None:
        return words("stocktake-result-not-seen")
    if kind is DifferenceKind.PIECES:
        return words(
            "stocktake-result-pieces-side",
            counted=str(side.counted),
            expected=str(side.expected),
        )
    return words("stocktake-result-there" if side.counted else "stocktake-result-gone")


def approve_reason(words: Words, result: ResultView, me: StaffId | None, rights: Rights) -> str:
    """Why this person cannot approve now; empty where nothing stands against it."""
    if Permission.APPROVE_STOCKTAKE not in rights:
        return words("stocktake-result-managers")
    if any(count.counter_id == me for count in result.counts):
        return words("stocktake-result-counted")
    open_ = sum(not view.explanation for view in result.summary.differences)
    return words("stocktake-result-open", count=str(open_)) if open_ else ""


def result_lines(words: Words, result: ResultView) -> list[tuple[str, str]]:
    """(label, value) beside the differences."""
    summary = result.summary
    lines = [
        (words("stocktake-result-month"), month_text(words, summary.month)),
        (words("stocktake-result-places"), str(summary.places)),
        *(
            (words("stocktake-result-round", number=str(count.number)), count.counter)
            for count in result.counts
        ),
    ]
    if summary.state is StocktakeState.APPROVED and summary.closed_at is not None:
        day: date = local_date(summary.closed_at)
        told = words("stocktake-result-by", name=summary.closed_by, day=words.short_day(day))
        lines.append((words("stocktake-result-approved"), told))
    return lines
