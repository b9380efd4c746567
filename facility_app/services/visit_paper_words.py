"""受診準備シート and 付添カード: the facts of a visit in the words of these papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from facility_app.domain.clock import local_date
from facility_app.domain.insurance import RatioState
from facility_app.domain.items import FaceAuthentication, ItemState
from facility_app.domain.ladder import Openness, Step, Why, WindowPlan
from facility_app.i18n import Words
from facility_app.reports.escort_card import EscortCard
from facility_app.reports.visit_sheet import SheetStep, Thing, VisitSheet
from facility_app.services import ladder_words
from facility_app.services.visit_paper_facts import Resident, VisitFacts
from facility_app.services.visit_paper_parts import (
    born_text,
    glyphs_text,
    item_name,
    kind_name,
    ratio_from,
    ratio_text,
    way_text,
)
from facility_app.services.window_facts import HeldItem
from facility_app.services.window_plan import ResidentPlan, pays_nothing

_NOT_HELD = frozenset(
    {
        Why.NO_CARD,
        Why.NO_CERTIFICATE,
        Why.NO_NOTICE,
        Why.NO_PHONE,
        Why.NO_SCREEN,
        Why.NO_TICKET,
        Why.FIRST_VISIT,
    }
)
"""A way that is closed only by these explains itself and need not stand on paper."""

_PUBLIC_FUNDS = "public-funds"
_NOT_THINGS = ("card", "certificate", "notice", "ticket", "card-first-time")
"""What to bring that stands among the things in the pouch already."""


def visit_sheet_words(words: Words, facts: VisitFacts) -> VisitSheet:
    """受診準備シート."""
    plan, found = facts.plan.plan, facts.plan
    kinds = _kinds(words, found.items)
    return VisitSheet(
        facility=facts.facility.name,
        day=words.short_day(found.on),
        name=found.name,
        kana=found.kana,
        person=_person(words, found),
        pouch=_pouch(words, facts.resident),
        facts=tuple(_facts(words, facts)),
        glyphs=glyphs_text(words, found),
        things=tuple(_things(words, facts, kinds)),
        steps=tuple(_step(words, step, plan, kinds) for step in plan.steps) if plan else (),
        first=ladder_words.first_text(words, plan.first.way) if plan and plan.first else "",
        blocked=_blocked(words, plan),
        closed=tuple(_closed(words, plan, kinds)) if plan else (),
        warnings=tuple(ladder_words.why_text(words, each, kinds) for each in plan.warnings)
        if plan
        else (),
        ratio=ratio_text(words, found),
        ratio_note=_ratio_note(words, found),
        calls=tuple(_calls(words, facts)),
    )


def escort_card_words(words: Words, facts: VisitFacts) -> EscortCard:
    """付添カード: nothing in it names the resident."""
    plan, visit = facts.plan.plan, facts.visit
    pairs = [(words("papers-escort-back"), _back(words, facts))]
    pairs.append((words("papers-escort-ratio"), ratio_text(words, facts.plan)))
    papers = len(plan.always_bring) if plan else 0
    if papers:
        pairs.append((words("papers-escort-papers"), words("papers-escort-count", count=papers)))
    facility = facts.facility
    return EscortCard(
        tag="" if facts.resident.pouch is None else facts.resident.pouch.short,
        when=_when(words, facts),
        clinic=visit.destination,
        facts=pairs,
        ways=tuple((way_text(words, step), _say(words, step)) for step in plan.steps)
        if plan
        else (),
        blocked=_blocked(words, plan),
        call=(words("papers-visit-call-facility", name=facility.name), facility.phone),
    )


# --- the person and the visit ---------------------------------------------------------------------


def _person(words: Words, found: ResidentPlan) -> str:
    room = words("papers-visit-room", room=found.room) if found.room else ""
    return "\n".join(text for text in (room, born_text(words, found)) if text)


def _pouch(words: Words, resident: Resident) -> str:
    pouch = resident.pouch
    if pouch is None:
        return ""
    return words("papers-visit-pouch", slot=pouch.slot, tag=pouch.short).strip()


def _facts(words: Words, facts: VisitFacts) -> Iterator[tuple[str, str]]:
    visit, unset = facts.visit, words("papers-visit-not-set")
    yield words("papers-visit-when"), _when(words, facts)
    yield words("papers-visit-back"), _back(words, facts)
    yield words("papers-visit-clinic"), visit.destination
    yield words("papers-visit-escort"), visit.escort or unset
    yield words("papers-visit-transport"), words.term(visit.transport)
    first = unset
    if visit.first_visit.yes:
        first = words("papers-visit-is-first")
    elif visit.first_visit.no:
        first = words("papers-visit-is-known")
    yield words("papers-visit-first-visit"), first
    if visit.note:
        yield words("papers-visit-note"), visit.note


def _when(words: Words, facts: VisitFacts) -> str:
    at = facts.visit.starts_at
    day = words.short_day(local_date(at))
    return words("papers-visit-at", day=day, time=words.clock(at))


def _back(words: Words, facts: VisitFacts) -> str:
    back = facts.visit.returns_at
    if back is None:
        return words("papers-visit-not-set")
    day = local_date(back)
    if day == local_date(facts.visit.starts_at):
        return words.clock(back)
    return words("papers-visit-at", day=words.short_day(day), time=words.clock(back))


# --- things ---------------------------------------------------------------------------------------


def _kinds(words: Words, items: Sequence[HeldItem]) -> Mapping[str, str]:
    return {item.kind_code: kind_name(words, item) for item in items}


def _things(words: Words, facts: VisitFacts, kinds: Mapping[str, str]) -> Iterator[Thing]:
    """What lies in the pouch for such a visit, 公費 among it, and what else the ways need."""
    plan, visit = facts.plan.plan, facts.visit
    along = {each.kind for each in plan.always_bring} if plan else set()
    for item in facts.plan.items:
        if visit.purpose_code in item.usual_for or item.kind_code in along:
            yield item_name(words, item), _noted(words, facts, item, item.kind_code in along)
    for code in plan.bring if plan else ():
        if code not in _NOT_THINGS:
            yield ladder_words.bring_text(words, code), ""


def _noted(words: Words, facts: VisitFacts, item: HeldItem, along: bool) -> str:
    notes = [words("papers-visit-on-paper")] if along else []
    if item.is_card and item.certificate_expires_on is not None:
        notes.append(words("papers-visit-certificate-until", until=item.certificate_expires_on))
    elif item.paper_expires_on is not None:
        notes.append(words("papers-visit-until", until=item.paper_expires_on))
    if item.is_card and item.face is FaceAuthentication.NOTED:
        notes.append(words("papers-visit-face"))
    if item.state is not ItemState.IN_SAFE and facts.visit.loan_id is None:
        notes.append(words("papers-visit-not-in-safe"))
    return words("list-separator").join(notes)


# --- the ways -------------------------------------------------------------------------------------


def _step(words: Words, step: Step, plan: WindowPlan, kinds: Mapping[str, str]) -> SheetStep:
    return SheetStep(
        name=ladder_words.way_text(words, step.way),
        state=words.term(step.openness),
        sure=step.openness is Openness.OPEN,
        say=_say(words, step),
        notes=tuple(ladder_words.why_text(words, each, kinds) for each in step.why),
        cannot=tuple(
            words(f"ladder-cannot-{code}")
            for code in step.cannot
            if code != _PUBLIC_FUNDS or plan.always_bring
        ),
        source=ladder_words.source_text(words, step.source),
    )


def _say(words: Words, step: Step) -> str:
    return ladder_words.say_text(words, step)


def _blocked(words: Words, plan: WindowPlan | None) -> str:
    if plan is None:
        return words("papers-visit-no-birth")
    return "" if plan.blocked is None else ladder_words.block_text(words, plan.blocked)


def _closed(words: Words, plan: WindowPlan, kinds: Mapping[str, str]) -> Iterator[str]:
    for step in plan.explained:
        if all(reason.why in _NOT_HELD for reason in step.why):
            continue
        why = "".join(ladder_words.why_text(words, each, kinds) for each in step.why)
        name = ladder_words.way_text(words, step.way)
        yield words("papers-visit-closed-line", way=name, why=why)


# --- money and telephones -------------------------------------------------------------------------


def _ratio_note(words: Words, found: ResidentPlan) -> str:
    """Where it comes from, what is to be thought of it, and what to do when the desk differs."""
    if pays_nothing(found.insurance):
        return ""
    possible = [
        words("papers-visit-ratio-is", tenths=str(each)) for each in sorted(found.ratio.possible)
    ]
    doubt = {
        RatioState.TO_CONFIRM: words("papers-visit-ratio-to-confirm"),
        RatioState.IMPOSSIBLE: words("papers-visit-ratio-impossible", possible=possible),
    }.get(found.ratio.state, "")
    texts = (ratio_from(words, found), doubt, words("papers-visit-ratio-ask"))
    return "\n".join(text for text in texts if text)


def _calls(words: Words, facts: VisitFacts) -> Iterator[tuple[str, str]]:
    facility, visit, insurance = facts.facility, facts.visit, facts.plan.insurance
    if facility.phone:
        yield words("papers-visit-call-facility", name=facility.name), facility.phone
    if visit.clinic_phone:
        yield words("papers-visit-call-clinic", name=visit.destination), visit.clinic_phone
    if pays_nothing(insurance) and insurance.welfare_phone:
        name = insurance.welfare_office
        yield words("papers-visit-call-welfare", name=name), insurance.welfare_phone
