"""The register of clinics."""

from __future__ import annotations

from dataclasses import replace

import pytest

from facility_app.domain.access import NotPermitted
from facility_app.domain.coverage import Answer, VisualMode
from facility_app.services.clinics import (
    ChangeClinic,
    ClinicForm,
    ClinicThere,
    add_clinic,
    change_clinic,
    clinic,
    list_clinics,
)
from facility_app.services.fields import ChangedMeanwhile, FieldMissing
from tests.visits_desk import VisitWorld, build_visits

FORM = ClinicForm("さくら見本眼科", "さくらみほんがんか", "000-1111-2222", house_calls=True)


@pytest.fixture
def world(engine, work, clock) -> VisitWorld:
    return build_visits(engine, work, clock)


def test_a_clinic_is_entered_changed_and_rests(world: VisitWorld) -> None:
    desk = world.desk
    made = desk.do("custodian", add_clinic, FORM)
    seen = desk.ask("custodian", clinic, made)
    assert seen.form == FORM
    wanted = replace(FORM, visual_mode=VisualMode.WORKS, pmh=Answer.YES, active=False)
    assert desk.do("manager", change_clinic, ChangeClinic(made, seen.version, wanted)) == 2
    assert [each.form.name for each in desk.ask("custodian", list_clinics)] == ["みほん内科"]
    with desk.work.read(desk.staff["custodian"]) as reading:
        assert len(list_clinics(reading, all_of_them=True)) == 2
    (told, _) = world.entries("clinic.changed")[0]
    assert told["after"] == {"visual_mode": "works", "pmh": "yes", "active": False}
    assert world.entries("clinic.added")[0][0]["phone"] == "000-1111-2222"


@pytest.mark.parametrize("name", ["みほん内科", "ミホン内科", " みほん　内科 "])
def test_a_clinic_is_in_the_register_once(world: VisitWorld, name: str) -> None:
    with pytest.raises(ClinicThere):
        world.desk.do("custodian", add_clinic, ClinicForm(name))


def test_a_clinic_does_not_take_another_ones_name(world: VisitWorld) -> None:
    other = world.clinic("例示歯科")
    with pytest.raises(ClinicThere):
        world.desk.do("custodian", change_clinic, ChangeClinic(other, 1, ClinicForm("みほん内科")))


def test_a_change_of_an_old_version_names_who_was_faster(world: VisitWorld) -> None:
    desk, form = world.desk, ClinicForm("みほん内科", phone="000-3333-4444")
    desk.do("manager", change_clinic, ChangeClinic(world.clinic_id, 1, form))
    with pytest.raises(ChangedMeanwhile) as refused:
        desk.do("custodian", change_clinic, ChangeClinic(world.clinic_id, 1, FORM))
    assert refused.value.by == "架空 誠"


def test_a_clinic_has_a_name(world: VisitWorld) -> None:
    with pytest.raises(FieldMissing):
        world.desk.do("custodian", add_clinic, ClinicForm(" "))


def test_an_auditor_keeps_no_register(world: VisitWorld) -> None:
    with pytest.raises(NotPermitted):
        world.desk.do("auditor", add_clinic, FORM)
