"""The nine items of a leak report as a draft, from what the case knows (個人情報保護法施行規則8条).

A draft is read and changed by people: what nobody knows stays a question, never a guess.
"""

from __future__ import annotations

from facility_app.domain.incident_rules import Said
from facility_app.domain.incidents import Evidence
from facility_app.i18n import Words
from facility_app.rules.keeper import LostBook
from facility_app.services.lost_views import LostCaseView, LostStepState, StepView
from facility_app.services.lost_words import things_of


def leak_draft(words: Words, book: LostBook, case: LostCaseView) -> dict[str, str]:
    """Texts by the code of the item: what people wrote, else what the case knows."""
    written = case.leak.draft if case.leak is not None else {}
    known = {
        "overview": _overview(words, case),
        "data": _listed(words, book.leak.data_of(_things(case))),
        "persons": words("lost-draft-persons", count=len(case.residents)),
        "cause": case.cause or words("lost-draft-cause"),
        "damage": words("lost-draft-damage"),
        "response": _response(words, case),
        "publication": words("lost-draft-publication"),
        "prevention": case.measures or words("lost-draft-prevention"),
        "other": _other(words, book, case),
    }
    return {
        item.code: written.get(item.code) or known.get(item.code, "") for item in book.leak.items
    }


def protection_texts(words: Words, book: LostBook, case: LostCaseView) -> tuple[str, ...]:
    """What the program knows about how the data on the lost things are protected."""
    said = book.leak.protections_of(_things(case))
    return tuple(each.of(words.language) for each in said)


def receipts(words: Words, case: LostCaseView) -> tuple[str, ...]:
    """Receipt numbers that offices gave, with the step each belongs to."""
    return tuple(
        words("lost-draft-receipt", step=step.title(words.language), number=str(number))
        for step in case.steps
        if (number := step.evidence.get(Evidence.RECEIPT))
    )


def _things(case: LostCaseView) -> frozenset[str]:
    return frozenset(item.code for item in case.items)


def _listed(words: Words, texts: tuple[Said, ...]) -> str:
    return "\n".join(each.of(words.language) for each in texts)


def _overview(words: Words, case: LostCaseView) -> str:
    return words(
        "lost-draft-overview",
        at=case.noticed_at,
        items=things_of(words, case.items),
        count=len(case.residents),
        where=words.term(case.happened),
        place=case.place or words("lost-draft-unknown"),
        last_seen=case.last_seen or words("lost-draft-unknown"),
        stolen=words.term(case.stolen),
    )


def _response(words: Words, case: LostCaseView) -> str:
    """Whom was told when, from the steps for each resident."""
    lines = [
        words("lost-draft-told", name=step.resident.name, step=step.title(words.language), at=at)
        for step in case.steps
        if step.resident is not None and step.state is LostStepState.DONE
        if (at := _when(step)) is not None and not step.item
    ]
    return "\n".join(lines) or words("lost-draft-response")


def _when(step: StepView) -> object:
    return step.evidence.get(Evidence.AT) or step.evidence.get(Evidence.ON)


def _other(words: Words, book: LostBook, case: LostCaseView) -> str:
    return "\n".join((*protection_texts(words, book, case), *receipts(words, case)))
