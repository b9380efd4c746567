"""Who may consent is explained case by case, from the rules and from what was seen."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from facility_app.audit.work import Work
from facility_app.db.models import ProxyRow, ResidentRow
from facility_app.domain.access import NotPermitted
from facility_app.domain.agreements import Capacity
from facility_app.domain.people import ProofKind, ProxyKind
from facility_app.i18n import LANGUAGES, Words
from facility_app.services.consent_help import ConsentAdvice as Advice
from facility_app.services.consent_help import ConsentCase, consent_cases
from tests.conftest import FakeClock
from tests.desk_world import DeskWorld, build


@pytest.fixture
def desk(engine: Engine, work: Work, clock: FakeClock) -> DeskWorld:
    return build(engine, work, clock)


def case(desk: DeskWorld, kind: ProxyKind, *proofs: ProofKind, **more: object) -> ConsentCase:
    """What is said of a proxy of this kind, the only one."""
    values: dict[str, object] = {"proof_seen_on": date(2026, 11, 1) if proofs else None}
    row = ProxyRow(
        resident_id=desk.residents["hanako"],
        kind=kind,
        name="例示 守",
        proof=" ".join(proof.value for proof in proofs),
        **(values | more),
    )
    desk.add(row)
    own, *others = desk.ask("custodian", consent_cases, desk.residents["hanako"])
    assert (own.capacity, own.may, own.advice) == (Capacity.SELF, True, (Advice.ASK_THE_PERSON,))
    (found,) = others
    return found


CERTIFICATE, LIST = ProofKind.REGISTRATION_CERTIFICATE, ProofKind.POWERS_LIST


def test_an_adult_guardian_with_the_certificate(desk: DeskWorld) -> None:
    found = case(desk, ProxyKind.ADULT_GUARDIAN, CERTIFICATE)
    assert (found.may, found.missing, found.knows_pin, found.advice) == (True, (), True, ())


def test_without_the_certificate(desk: DeskWorld) -> None:
    found = case(desk, ProxyKind.ADULT_GUARDIAN)
    assert (found.may, found.missing) == (False, (CERTIFICATE,))
    assert found.advice == (Advice.PROOFS_MISSING,)


@pytest.mark.parametrize(("seen", "old"), [(date(2026, 8, 20), False), (date(2026, 8, 19), True)])
def test_a_certificate_is_fresh_for_three_months(desk: DeskWorld, seen: date, old: bool) -> None:
    found = case(desk, ProxyKind.ADULT_GUARDIAN, CERTIFICATE, proof_seen_on=seen)
    assert (Advice.CERTIFICATE_OLD in found.advice) is old
    assert found.may  # custody goes on; the city office is another matter


def test_a_curator_needs_the_list_that_names_the_card(desk: DeskWorld) -> None:
    found = case(desk, ProxyKind.CURATOR, CERTIFICATE)
    assert (found.may, found.missing) == (False, (LIST,))
    assert found.advice[0] is Advice.LIST_MUST_NAME_CARD


def test_family_only_with_the_person_and_the_law_is_open(desk: DeskWorld) -> None:
    found = case(desk, ProxyKind.FAMILY)
    assert found.may
    assert not found.knows_pin
    assert found.advice == (Advice.CONFIRM_WILL, Advice.LAW_OPEN, Advice.PIN_NOT_TOLD)


def test_with_a_guardian_the_law_is_not_open(desk: DeskWorld) -> None:
    case(desk, ProxyKind.FAMILY)
    desk.add(
        ProxyRow(
            resident_id=desk.residents["hanako"], kind=ProxyKind.ADULT_GUARDIAN, name="例示 守"
        )
    )
    _own, family, _guardian = desk.ask("custodian", consent_cases, desk.residents["hanako"])
    assert Advice.LAW_OPEN not in family.advice


def test_a_guarantor_cannot(desk: DeskWorld) -> None:
    found = case(desk, ProxyKind.GUARANTOR)
    assert not found.may
    assert found.advice[0] is Advice.NO_POWER


@pytest.mark.parametrize(("born", "may"), [(date(2008, 11, 21), True), (date(2008, 11, 20), False)])
def test_a_parent_until_the_person_comes_of_age(desk: DeskWorld, born: date, may: bool) -> None:
    row = desk.one(ResidentRow, ResidentRow.id == desk.residents["hanako"])
    desk.add_change(row, birth_date=born)
    found = case(desk, ProxyKind.PARENT, ProofKind.FAMILY_REGISTER)
    assert found.may is may
    assert (Advice.CAME_OF_AGE in found.advice) is not may


def test_a_minors_guardian_shows_one_paper(desk: DeskWorld) -> None:
    row = desk.one(ResidentRow, ResidentRow.id == desk.residents["hanako"])
    desk.add_change(row, birth_date=date(2015, 1, 1))
    found = case(desk, ProxyKind.MINOR_GUARDIAN)
    assert found.advice == (Advice.ONE_PROOF_ENOUGH,)
    assert not found.may


def test_a_power_that_ended(desk: DeskWorld) -> None:
    found = case(desk, ProxyKind.ADULT_GUARDIAN, CERTIFICATE, valid_until=date(2026, 11, 19))
    assert (found.may, found.knows_pin, found.advice[0]) == (False, False, Advice.POWER_OVER)


def test_every_advice_is_said_in_every_language() -> None:
    for language in LANGUAGES:
        assert all(Words(language).term(each) for each in Advice)


def test_who_may_ask(desk: DeskWorld) -> None:
    with pytest.raises(NotPermitted):
        desk.ask("escort", consent_cases, desk.residents["hanako"])
