"""Settings: defaults, ranges, what is recorded; and the facility itself."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import time
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from facility_app.audit.work import Work
from facility_app.db.models import SettingRow
from facility_app.domain.access import PROGRAM, Actor, NotPermitted, Permission, Role
from facility_app.domain.individual_number import IndividualNumberRefused
from facility_app.services.settings import (
    Facility,
    SettingOutOfRange,
    Settings,
    change_settings,
    load_facility,
    load_settings,
    name_facility,
)
from tests.conftest import ActorWith
from tests.services.test_access import actions

BAD = [
    {"lock_after_s": 59},
    {"lock_after_s": 601},
    {"cover_after_s": 14},
    {"minimum_password": 7},
    {"minimum_password": 65},
    {"emergency_reason_hours": 0},
    {"emergency_reason_hours": 25},
    {"night_begins": "24:00"},
    {"night_ends": "soon"},
    {"two_person": ("sign-out", "unlock")},
    {"backup_folders": ("/a", "/b", "/c")},
    {"checkpoint_folders": ("/a", "/b", "/c")},
]


def stored(engine: Engine) -> dict[str, object]:
    with Session(engine) as session:
        return {row.name: row.value for row in session.scalars(select(SettingRow))}


def test_an_empty_store_has_the_defaults(engine: Engine) -> None:
    with Session(engine) as session:
        settings = load_settings(session)
    assert settings == Settings()
    assert (settings.minimum_password, settings.night().begins) == (13, time(21))
    settings.check()


def test_only_what_differs_is_stored_and_recorded(
    work: Work, engine: Engine, manager: Actor
) -> None:
    wanted = replace(Settings(), lock_after_s=300, two_person=("sign-out", "hand-back"))
    with work.begin(manager) as tx:
        change_settings(tx, wanted)
    assert stored(engine) == {"lock_after_s": 300, "two_person": ["sign-out", "hand-back"]}
    with Session(engine) as session:
        assert load_settings(session) == wanted
    action, plain = actions(work)[-1]
    assert (action, plain["changed"]) == (
        "settings.changed",
        {"lock_after_s": [180, 300], "two_person": [["hand-back"], ["sign-out", "hand-back"]]},
    )


def test_the_same_settings_again_are_no_entry(work: Work, manager: Actor) -> None:
    for _ in range(2):
        with work.begin(manager) as tx:
            change_settings(tx, replace(Settings(), lock_after_s=300))
    assert [action for action, _ in actions(work)] == ["settings.changed"]


@pytest.mark.parametrize("bad", BAD, ids=str)
def test_what_is_out_of_range_changes_nothing(
    work: Work, engine: Engine, manager: Actor, bad: dict[str, object]
) -> None:
    wanted = Settings(**{**asdict(Settings()), "alarm_sound": False, **bad})
    with pytest.raises(SettingOutOfRange), work.begin(manager) as tx:
        change_settings(tx, wanted)
    assert stored(engine) == {}
    assert actions(work) == []


def test_a_setting_of_a_later_version_is_left_alone(
    work: Work, engine: Engine, manager: Actor
) -> None:
    with Session(engine.execution_options(writes=True)) as session:
        session.add(SettingRow(name="of_next_year", value=[1]))
        session.commit()
    with work.begin(manager) as tx:
        tx.require(Permission.MANAGE_SETTINGS)
        change_settings(tx, replace(load_settings(tx.session), alarm_sound=False))
    assert stored(engine) == {"of_next_year": [1], "alarm_sound": False}


@pytest.mark.parametrize("role", [Role.CUSTODIAN, Role.PIN_OFFICER, Role.AUDITOR, Role.ESCORT])
def test_who_may_not_manage_settings_changes_nothing(
    work: Work, engine: Engine, actor_with: ActorWith, role: Role
) -> None:
    actor = actor_with(role)
    with pytest.raises(NotPermitted), work.begin(actor) as tx:
        change_settings(tx, replace(Settings(), alarm_sound=False))
    with pytest.raises(NotPermitted), work.begin(actor) as tx:
        name_facility(tx, Facility("別の施設"))
    assert stored(engine) == {}


def test_the_facility_is_named_and_its_step_kept(work: Work, engine: Engine) -> None:
    with work.begin(PROGRAM) as tx:
        name_facility(tx, Facility("みほんの里", "みほん市1-2", "000-000-0000", 3))
    with Session(engine) as session:
        assert load_facility(session) == Facility("みほんの里", "みほん市1-2", "000-000-0000", 3)
    assert actions(work)[-1] == ("facility.changed", {"name": "みほんの里", "step": 3})


@pytest.mark.parametrize("field", ["name", "address"])
def test_an_individual_number_is_no_name_or_address(work: Work, manager: Actor, field: str) -> None:
    typed: dict[str, Any] = {field: "1234 5678 9018"}
    facility = replace(Facility("みほんの里"), **typed)
    with pytest.raises(IndividualNumberRefused), work.begin(manager) as tx:
        name_facility(tx, facility)


def test_before_the_set_up_the_facility_has_no_name(work: Work, manager: Actor) -> None:
    with work.read(manager) as reading:
        reading.require(Permission.VIEW_DESK)
        assert load_facility(reading.session) == Facility("")
