"""What all papers have: the facility, who makes it, the days it is about, and its checkpoints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from facility_app.audit.checkpoints import Made
from facility_app.audit.work import Reading
from facility_app.domain.chart import Month
from facility_app.domain.periods import Period, month_of
from facility_app.reports.paper import Block, Note, Paper, Section, Signed, Text
from facility_app.services.settings import load_facility


@dataclass(frozen=True)
class Occasion:
    """For which checkpoint a paper is made, and the one before it of the same kind."""

    made: Made
    previous: Made | None


def paper(
    reading: Reading,
    occasion: Occasion,
    kind: str,
    about: Text,
    sections: Sequence[Section],
    *,
    seals: tuple[str, ...] = (),
    rows: int = 0,
    years: bool = True,
) -> Paper:
    """A paper of this facility, made by who reads, at the moment of its checkpoint."""
    return Paper(
        kind=kind,
        facility=load_facility(reading.session).name,
        about=about,
        made_by=reading.actor.name,
        made_at=occasion.made.made_at,
        sections=tuple(sections),
        seals=seals,
        rows=rows,
        years=years,
    )


def checkpoint_blocks(occasion: Occasion) -> tuple[Block, ...]:
    """The paper's checkpoint, the one of the paper before, and what they are good for."""
    blocks: list[Block] = [_signed("reports-signed-this", "this", occasion.made)]
    if occasion.previous is not None:
        blocks.append(_signed("reports-signed-previous", "previous", occasion.previous))
    else:
        blocks.append(Note(Text("reports-signed-first")))
    blocks.append(Note(Text("reports-signed-use")))
    return tuple(blocks)


def checkpoint_section(occasion: Occasion) -> Section:
    """The same as a section at the end of a paper."""
    return Section("checkpoint", checkpoint_blocks(occasion))


def about_days(period: Period, today: date) -> Text:
    """The days in words: a month where it is one; whether some of them are still to come."""
    if period == month_of(period.first):
        month = Month(period.first)
        if period.last < today:
            return Text("reports-about-month", {"month": month})
        return Text("reports-about-month-so-far", {"month": month, "day": str(today.day)})
    return Text("reports-about-days", {"first": period.first, "last": min(period.last, today)})


def one_year(period: Period) -> bool:
    """Whether moments of the period need no year beside them."""
    return period.first.year == period.last.year


def _signed(title: str, key: str, made: Made) -> Signed:
    return Signed(title, key, made.text, made.size, made.made_at, made.words)
