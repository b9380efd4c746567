"""Words of the rule data with the facts of a case filled in: what to say, and what about."""

from __future__ import annotations

from facility_app.domain.incidents import Per, Phase
from facility_app.i18n import Words
from facility_app.services.lost_views import LostCaseView, LostItemView, StepView
from facility_app.services.settings import Facility


def spoken(words: Words, facility: Facility, case: LostCaseView, step: StepView) -> str:
    """What to say on the telephone; ``**…**`` is stressed.  Empty where nothing is to be said."""
    if step.rule is None:
        return ""
    person = step.resident
    born = person.birth_date if person is not None else None
    facts = {
        "resident": person.name if person is not None else words("lost-somebody"),
        "birth": words("lost-birth-unknown") if born is None else words.day(born),
        "item": things_of(words, _told_of(case, step)),
        "facility": facility.name,
        "phone": facility.phone,
    }
    text = step.rule.say.of(words.language)
    for name, value in facts.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _told_of(case: LostCaseView, step: StepView) -> tuple[LostItemView, ...]:
    """What a waiting step for one person names: what is still missing, or what was found."""
    things, rule = case.items_of(step), step.rule
    if rule is None or rule.per is not Per.RESIDENT or not step.waits:
        return things
    missing = rule.phase is Phase.LOST
    return tuple(each for each in things if each.may_be_found is missing) or things


def unstressed(text: str) -> str:
    """A text to read aloud without its marks, for paper."""
    return text.replace("**", "")


def things_of(words: Words, items: tuple[LostItemView, ...]) -> str:
    """What is lost, each kind once."""
    names = dict.fromkeys(name_of(words, item) for item in items)
    return words("list-separator").join(names)


def name_of(words: Words, item: LostItemView) -> str:
    """A lost thing by name; things outside the register in the language of the program."""
    if item.item_id is None and item.thing is not None:
        return f"{item.thing.name.of(words.language)} {item.label}".strip()
    return item.called
