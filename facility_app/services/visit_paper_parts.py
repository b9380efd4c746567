"""Words that several papers of a visit share."""

from __future__ import annotations

from facility_app.domain.dates import age_on
from facility_app.domain.glyphs import at_risk
from facility_app.domain.ladder import Openness, Step
from facility_app.i18n import Words
from facility_app.services import ladder_words
from facility_app.services.window_facts import HeldItem
from facility_app.services.window_plan import ResidentPlan, pays_nothing


def born_text(words: Words, found: ResidentPlan) -> str:
    """Birth date and age on the day of the plan; empty where none is noted."""
    birth = found.birth_date
    if birth is None:
        return ""
    return words("papers-visit-person", birth=birth, age=age_on(birth, found.on))


def glyphs_text(words: Words, found: ResidentPlan) -> str:
    """The warning about ● with the reading; empty where no character is at risk."""
    risky = at_risk(found.name)
    if not risky:
        return ""
    return words("papers-visit-glyphs", characters=list(risky), kana=found.kana)


def kind_name(words: Words, item: HeldItem) -> str:
    """The kind in the language of the words."""
    return item.kind_en if words.language == "en" and item.kind_en else item.kind


def item_name(words: Words, item: HeldItem) -> str:
    """A thing by its kind and its label."""
    kind = kind_name(words, item)
    return f"{kind} {item.label}" if item.label else kind


def way_text(words: Words, step: Step) -> str:
    """A way, and whether it is still to be checked."""
    name = ladder_words.way_text(words, step.way)
    if step.openness is Openness.OPEN:
        return name
    return words("papers-escort-unsure", way=name)


def ratio_text(words: Words, found: ResidentPlan) -> str:
    """The burden ratio as it is noted."""
    if pays_nothing(found.insurance):
        return words("papers-visit-ratio-nothing")
    if found.ratio.noted is None:
        return words("papers-visit-ratio-missing")
    return words("papers-visit-ratio-is", tenths=str(found.ratio.noted.tenths))


def ratio_from(words: Words, found: ResidentPlan) -> str:
    """Where the ratio comes from and of which day; empty where none is noted."""
    noted = found.ratio.noted
    if noted is None or pays_nothing(found.insurance):
        return ""
    return words("papers-visit-ratio-from", source=noted.source, as_of=noted.as_of)
