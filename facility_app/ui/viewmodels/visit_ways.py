"""受付方法 in words: the ways in their order, why each is first, left or closed.  Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from facility_app.domain.insurance import RatioState
from facility_app.domain.ladder import Openness, Step, Way, WindowPlan
from facility_app.i18n import Words
from facility_app.services import ladder_words as said
from facility_app.services.window_plan import RatioView, ResidentPlan, pays_nothing

ICONS: Mapping[Way, str] = {
    Way.FACE: "face",
    Way.PIN: "dialpad",
    Way.VISUAL: "visibility",
    Way.CERTIFICATE: "description",
    Way.PORTAL: "language",
    Way.NOTICE: "article",
    Way.PHONE: "mobile",
    Way.ORAL: "record_voice_over",
    Way.DECLARATION: "edit_note",
    Way.LIVELIHOOD: "receipt_long",
    Way.RECHECK: "home_health",
    Way.PHARMACY: "medication",
    Way.AMBULANCE: "ambulance",
}

_LEVELS = {Openness.OPEN: "ok", Openness.UNSURE: "warn", Openness.CLOSED: "block"}


@dataclass(frozen=True)
class WayText:
    """One way.  `number` empty where it is closed; `state` and `level`: its openness as a chip."""

    way: Way
    number: str
    icon: str
    name: str
    state: str
    level: str
    say: str
    bring: tuple[str, ...]
    reasons: tuple[str, ...]
    cannot: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class PlanText:
    """The whole panel.  `blocked`: why nobody should leave like this; `missing`: why there is no
    plan at all."""

    ways: tuple[WayText, ...]
    closed: tuple[WayText, ...]
    along: tuple[str, ...]
    warnings: tuple[str, ...]
    blocked: str = ""
    missing: str = ""


def plan_text(words: Words, plan: ResidentPlan) -> PlanText:
    """A resident's plan in words."""
    found = plan.plan
    if found is None:
        return PlanText((), (), (), (), missing=words("ways-no-birth-date"))
    kinds = _kind_names(words, plan)
    ways = [
        _way(words, step, str(number), kinds, first=number == 1)
        for number, step in enumerate(found.steps, 1)
    ]
    return PlanText(
        ways=tuple(ways),
        closed=tuple(_way(words, step, "", kinds) for step in found.explained),
        along=tuple(said.along_text(words, each, kinds) for each in found.always_bring),
        warnings=tuple(said.why_text(words, each, kinds) for each in found.warnings),
        blocked=said.block_text(words, found.blocked) if found.blocked else "",
    )


def _kind_names(words: Words, plan: ResidentPlan) -> dict[str, str]:
    english = words.language == "en"
    return {
        item.kind_code: item.kind_en if english and item.kind_en else item.kind
        for item in plan.items
    }


def _way(
    words: Words, step: Step, number: str, kinds: said.KindNames, *, first: bool = False
) -> WayText:
    reasons = [said.why_text(words, each, kinds) for each in step.why]
    if first:
        reasons.insert(0, said.first_text(words, step.way))
    closed = step.openness is Openness.CLOSED
    return WayText(
        way=step.way,
        number=number,
        icon=ICONS[step.way],
        name=said.way_text(words, step.way),
        state=words.term(step.openness),
        level=_LEVELS[step.openness],
        say="" if closed else said.say_text(words, step),
        bring=() if closed else tuple(said.bring_texts(words, step)),
        reasons=tuple(reasons),
        cannot=() if closed else tuple(said.cannot_texts(words, step)),
        source=said.source_text(words, step.source),
    )


def bring_all(words: Words, plan: WindowPlan) -> list[str]:
    """All that the ways that are left need."""
    return [said.bring_text(words, code) for code in plan.bring]


@dataclass(frozen=True)
class RatioText:
    """The burden ratio: what is noted, from where and when; the question where it cannot be."""

    value: str
    source: str
    question: str
    level: str


def ratio_text(words: Words, plan: ResidentPlan) -> RatioText:
    """What is noted of the ratio, and what is to be asked.  It decides nothing."""
    if pays_nothing(plan.insurance):
        return RatioText(words("ways-ratio-nothing"), "", "", "ok")
    ratio = plan.ratio
    if ratio.noted is None:
        return RatioText(words("ways-ratio-unknown"), "", _question(words, ratio), "warn")
    source = ratio.noted.source or words("ways-ratio-no-source")
    return RatioText(
        value=words("ways-ratio", tenths=str(ratio.noted.tenths)),
        source=words("ways-ratio-source", source=source, day=words.day(ratio.noted.as_of)),
        question=_question(words, ratio),
        level="ok" if ratio.state is RatioState.KNOWN else "warn",
    )


def _question(words: Words, ratio: RatioView) -> str:
    if ratio.state is RatioState.KNOWN:
        return ""
    possible = words("ways-ratio-or").join(
        words("ways-ratio", tenths=str(tenths)) for tenths in sorted(ratio.possible)
    )
    key = f"ways-ratio-{ratio.state.value}"
    return words(key, possible=possible or words("ways-ratio-unknown"))
