"""The ladder at the clinic's desk, held against cases written from the facts before the code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from facility_app.domain.coverage import Answer, Coverage, HouseCallDevice, PinKnownBy, VisualMode
from facility_app.domain.items import FaceAuthentication
from facility_app.domain.ladder import (
    Block,
    Card,
    Documents,
    Openness,
    Paper,
    Place,
    Portal,
    PublicFunds,
    Situation,
    Step,
    Way,
    Why,
    WindowPlan,
    window_plan,
)
from facility_app.rules import Rules

RULES = Rules().ladder
DATA = tomllib.loads((Path(__file__).parent / "data" / "ladder_cases.toml").read_text("utf-8"))

_ENUMS: Mapping[str, Any] = {
    "coverage": Coverage,
    "registered": Answer,
    "pin_known_by": PinKnownBy,
    "consents_face": Answer,
    "consents_visual": Answer,
    "portal": Portal,
    "phone": Answer,
    "phone_needs_pin": Answer,
    "place": Place,
    "first_visit": Answer,
    "visual_mode": VisualMode,
    "pmh": Answer,
    "livelihood_ready": Answer,
    "phone_ready": Answer,
    "device": HouseCallDevice,
    "face": FaceAuthentication,
    "photo": Answer,
}


def _values(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: None if value == "none" else _ENUMS[key](value) if key in _ENUMS else value
        for key, value in table.items()
    }


def documents(person: Mapping[str, Any], changed: Mapping[str, Any], card: Any) -> Documents:
    """A person of the table with what differs in a case."""
    values = _values({**person, **changed})
    described = {**person["card"], **(card or {})} if card != "none" and "card" in person else None
    values["card"] = Card(**_values(described)) if described else None
    for name in ("certificate", "notice", "ticket"):
        if values.get(name) is not None:
            values[name] = Paper(**values[name])
    values["public_funds"] = tuple(PublicFunds(**each) for each in values.get("public_funds", ()))
    return Documents(**values)


def plan_of(case: Mapping[str, Any]) -> WindowPlan:
    who = documents(DATA["person"][case["person"]], case.get("with", {}), case.get("card"))
    situation = Situation(**_values({**DATA["defaults"], **case.get("at", {})}))
    return window_plan(who, situation, RULES)


def _named(step: Step) -> str:
    return ("" if step.openness is Openness.OPEN else "?") + step.way.value


def _whys(step: Step) -> set[str]:
    return {reason.why.value for reason in step.why}


@pytest.mark.parametrize("case", DATA["case"], ids=lambda case: str(case["id"]))
def test_the_ladder_is_the_one_written_from_the_facts(case: dict[str, Any]):
    plan = plan_of(case)
    assert [_named(step) for step in plan.steps] == case["steps"], [
        (step.way.value, _whys(step)) for step in (*plan.steps, *plan.closed)
    ]
    for name, why in case.get("closed", {}).items():
        step = plan.step(Way(name))
        assert step.openness is Openness.CLOSED
        assert why in _whys(step), (name, _whys(step))
    for name, why in case.get("why", {}).items():
        step = plan.step(Way(name))
        assert step in plan.steps
        assert why in _whys(step), (name, _whys(step))
    assert {each.why.value for each in plan.warnings} == set(case.get("warnings", []))
    assert [each.kind or each.code for each in plan.always_bring] == case.get("along", [])
    assert plan.blocked == (Block(case["blocked"]) if "blocked" in case else None)


def test_there_are_at_least_sixty_cases_and_every_way_is_first_in_one():
    firsts = {plan.first.way for plan in map(plan_of, DATA["case"]) if plan.first is not None}
    assert len(DATA["case"]) >= 60
    assert firsts >= set(Way) - {Way.PHONE}


def test_every_reason_is_given_in_some_case():
    given = {
        reason.why
        for plan in map(plan_of, DATA["case"])
        for step in (*plan.steps, *plan.closed)
        for reason in step.why
    }
    given |= {reason.why for plan in map(plan_of, DATA["case"]) for reason in plan.warnings}
    assert set(Why) - given == set()
