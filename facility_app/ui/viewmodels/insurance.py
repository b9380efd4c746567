"""What is known of a resident's insurance, line by line.  Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from facility_app.domain.coverage import Coverage
from facility_app.i18n import Words
from facility_app.services.insurance_facts import InsuranceView
from facility_app.services.window_plan import ResidentPlan
from facility_app.ui.viewmodels.visit_ways import ratio_text

ALWAYS = ("registered", "pin_known_by", "consents_face", "consents_visual")
"""Facts that are shown also while nobody has said them: the ways turn on them."""

SAID = (
    "wishes_registration",
    "income",
    "disability_certified",
    "card_has_photo",
    "portal",
    "phone_certificates",
    "phone_needs_pin",
)
"""Facts that are shown once they are known."""

Line = tuple[str, str, bool]


def fact_lines(
    words: Words, view: InsuranceView, plan: ResidentPlan | None
) -> tuple[Sequence[Line], str]:
    """(label, value, known) of each fact, and the question about the ratio, if there is one."""
    facts = view.facts
    insurer = f"{words.term(facts.coverage)} {facts.insurer}".strip()
    lines: list[Line] = [
        (words("insurance-coverage"), insurer, facts.coverage is not Coverage.UNKNOWN)
    ]
    question = ""
    if plan is not None:
        ratio = ratio_text(words, plan)
        value = words("calendar-between").join(part for part in (ratio.value, ratio.source) if part)
        lines.append((words("insurance-ratio"), value, ratio.level == "ok"))
        question = ratio.question
    lines += [_line(words, name, getattr(facts, name)) for name in ALWAYS]
    lines += [
        _line(words, name, getattr(facts, name))
        for name in SAID
        if getattr(facts, name).value != "unknown"
    ]
    if facts.coverage is Coverage.LIVELIHOOD:
        office = f"{facts.welfare_office} {facts.welfare_phone}".strip()
        unknown = words("insurance-not-noted")
        lines.append((words("insurance-welfare"), office or unknown, bool(office)))
        told = words.day(facts.welfare_told_on) if facts.welfare_told_on else unknown
        lines.append((words("insurance-told-on"), told, facts.welfare_told_on is not None))
    if facts.note.strip():
        lines.append((words("insurance-note-label"), " ".join(facts.note.split()), True))
    return lines, question


def _line(words: Words, name: str, value: Enum) -> Line:
    label = words(f"insurance-{name.replace('_', '-')}")
    return label, words.term(value), value.value != "unknown"
