"""受診結果: the form about how acceptance at the desk went.  Knows no Qt."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from facility_app.domain.ladder_facts import Way
from facility_app.i18n import Words
from facility_app.services.ladder_words import way_text
from facility_app.services.outcomes import OutcomeChoices, OutcomeRecorded, RecordOutcome

WAYS_SHOWN = 5
"""Ways that are buttons; the rest stands in a list."""

NO_WAY = "none"
OTHER_WAY = "other"
NOT_SEEN = 0


@dataclass
class OutcomeForm:
    """What the person says.  `way` a value of `Way`, NO_WAY, or empty while nothing was said."""

    choices: OutcomeChoices
    way: str = ""
    minutes: str = ""
    troubles: tuple[str, ...] = ()
    ratio: int = NOT_SEEN
    papers: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        """Begin with what was written before, or with the way that the plan put first."""
        before = self.choices.outcome
        if before is None:
            return
        self.way = before.way.value if before.way else NO_WAY
        self.minutes = "" if before.minutes is None else str(before.minutes)
        self.troubles, self.papers = before.troubles, before.papers
        self.ratio, self.note = before.ratio_seen or NOT_SEEN, before.note

    @property
    def corrects(self) -> bool:
        """Whether something was written down before."""
        return self.choices.outcome is not None

    def minutes_or_none(self) -> int | None:
        """The minutes, or None where nothing or no number was typed."""
        plain = unicodedata.normalize("NFKC", self.minutes).strip()
        return int(plain) if plain.isascii() and plain.isdigit() else None

    def wrong_minutes(self) -> bool:
        """Whether something was typed that is no number."""
        return bool(self.minutes.strip()) and self.minutes_or_none() is None

    def ready(self) -> bool:
        """Whether it was said which way worked."""
        return self.way not in ("", OTHER_WAY) and not self.wrong_minutes()

    def differs(self) -> bool:
        """Whether the clinic's reader showed another ratio than ours."""
        noted = self.choices.ratio
        return bool(self.ratio) and noted is not None and noted.tenths != self.ratio

    def command(self) -> RecordOutcome:
        """The act."""
        return RecordOutcome(
            visit_id=int(self.choices.visit.id),
            way=None if self.way in ("", NO_WAY) else Way(self.way),
            minutes=self.minutes_or_none(),
            troubles=self.troubles,
            ratio_seen=self.ratio or None,
            papers=self.papers,
            note=self.note,
        )


def way_choices(words: Words, choices: OutcomeChoices) -> list[tuple[str, str]]:
    """The ways of the plan as buttons, then none of them, then another one."""
    shown = [(way.value, way_text(words, way)) for way in choices.ways[:WAYS_SHOWN]]
    before = choices.outcome.way if choices.outcome is not None else None
    if before is not None and before not in choices.ways[:WAYS_SHOWN]:
        shown[-1] = (before.value, way_text(words, before))
    return [
        *shown,
        (NO_WAY, words("outcome-no-way")),
        (OTHER_WAY, words("outcome-other-way")),
    ]


def other_ways(words: Words, choices: OutcomeChoices) -> list[tuple[str, str]]:
    """The ways that are no buttons."""
    return [(way.value, way_text(words, way)) for way in choices.ways[WAYS_SHOWN:]]


def trouble_choices(words: Words, choices: OutcomeChoices) -> list[tuple[str, str]]:
    """(code, name) of the troubles."""
    return [(each.code, each.name(words.language)) for each in choices.troubles]


def paper_choices(words: Words, choices: OutcomeChoices) -> list[tuple[str, str]]:
    """(code, name) of the papers."""
    return [(each.code, each.name(words.language)) for each in choices.papers]


def ours_text(words: Words, choices: OutcomeChoices) -> str:
    """The ratio that is noted here, to compare."""
    noted = choices.ratio
    if noted is None:
        return words("outcome-ratio-ours-none")
    return words(
        "outcome-ratio-ours",
        ratio=words("ways-ratio", tenths=str(noted.tenths)),
        source=noted.source or words("ways-ratio-no-source"),
        day=words.day(noted.as_of),
    )


def done_text(words: Words, number: str, done: OutcomeRecorded) -> str:
    """What is said afterwards."""
    key = "outcome-done-question" if done.question else "outcome-done"
    return words(key, number=number)
