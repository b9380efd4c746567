"""What is known of an insurance: entered by people, guessed from nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from facility_app.domain.access import NotPermitted
from facility_app.domain.coverage import Answer, Coverage, PinKnownBy
from facility_app.domain.individual_number import IndividualNumberRefused, check_digit
from facility_app.services.fields import ChangedMeanwhile, DateInFuture, FieldMissing
from facility_app.services.insurance_facts import (
    NOTHING_KNOWN,
    InsuranceFacts,
    NoteInsurance,
    insurance_of,
    note_insurance,
)
from tests.visits_desk import VisitWorld, build_visits

FACTS = InsuranceFacts(
    coverage=Coverage.KOUKI,
    insurer="見本県後期高齢者医療広域連合",
    registered=Answer.YES,
    pin_known_by=PinKnownBy.NOBODY,
    ratio=1,
    ratio_source="電話で確認",
    ratio_as_of=date(2026, 11, 2),
)


@pytest.fixture
def world(engine, work, clock) -> VisitWorld:
    return build_visits(engine, work, clock)


def note(world: VisitWorld, facts: InsuranceFacts, version: int = 0, who: str = "custodian") -> int:
    resident = world.desk.residents["hanako"]
    return world.desk.do(who, note_insurance, NoteInsurance(resident, version, facts))


def test_nothing_is_known_until_somebody_says_it(world: VisitWorld) -> None:
    seen = world.desk.ask("custodian", insurance_of, world.desk.residents["hanako"])
    assert (seen.version, seen.facts) == (0, NOTHING_KNOWN)


def test_facts_are_entered_and_changed_and_sealed_in_the_log(world: VisitWorld) -> None:
    version = note(world, FACTS)
    seen = world.desk.ask("auditor", insurance_of, world.desk.residents["hanako"])
    assert (seen.version, seen.facts) == (version, FACTS)
    assert note(world, replace(FACTS, consents_face=Answer.NO), version) == version + 1
    first, second = world.entries("insurance.noted")
    assert "insurer" in first[0]["fields"]
    assert FACTS.insurer not in str(first[0])
    assert first[1]["after"]["insurer"] == FACTS.insurer
    assert second[1]["after"] == {"consents_face": "no"}


def test_even_that_nothing_is_known_can_be_written_down(world: VisitWorld) -> None:
    assert note(world, NOTHING_KNOWN) == 1
    assert len(world.entries("insurance.noted")) == 1


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"ratio_as_of": None}, FieldMissing),
        ({"ratio_source": " "}, FieldMissing),
        ({"ratio_as_of": date(2026, 11, 21)}, DateInFuture),
        ({"welfare_told_on": date(2026, 11, 21)}, DateInFuture),
        ({"note": "11122233344" + str(check_digit("11122233344"))}, IndividualNumberRefused),
    ],
)
def test_a_refused_field_keeps_nothing(
    world: VisitWorld, change: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        note(world, replace(FACTS, **change))
    assert world.entries("insurance.noted") == []


def test_an_old_version_is_refused(world: VisitWorld) -> None:
    note(world, FACTS)
    with pytest.raises(ChangedMeanwhile):
        note(world, NOTHING_KNOWN, 0)


def test_an_auditor_notes_nothing(world: VisitWorld) -> None:
    with pytest.raises(NotPermitted):
        note(world, FACTS, who="auditor")
