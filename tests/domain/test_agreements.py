"""Who may consent, and what an agreement covers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain import agreements
from facility_app.domain.agreements import (
    PROOFS,
    AgreementFacts,
    Capacity,
    Standing,
    WillConfirmed,
    agreement_standing,
    best_standing,
    capacity_of,
    emergency_is_flagged,
    may_consent,
    may_know_pin,
    missing_proofs,
    refuse_unless_valid,
)
from facility_app.domain.people import ProofKind, ProxyKind
from facility_app.errors import Refused

TODAY = date(2026, 11, 20)
CARD, BOOK = "my-number-card", "medicine-book"
OWN = AgreementFacts(date(2026, 1, 1), Capacity.SELF, WillConfirmed.WRITTEN, frozenset({CARD}))
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
FACTS = st.builds(
    AgreementFacts,
    agreed_on=DAYS,
    capacity=st.sampled_from(Capacity),
    will=st.sampled_from(WillConfirmed),
    kinds=st.none() | st.frozensets(st.sampled_from([CARD, BOOK])),
    proofs=st.frozensets(st.sampled_from(ProofKind)),
    powers_name_card=st.booleans(),
    emergency_clause=st.booleans(),
    review_on=st.none() | DAYS,
    withdrawn_on=st.none() | DAYS,
)


def standing(facts: AgreementFacts | None, kind: str = CARD, age: int = 80) -> Standing:
    return agreement_standing(facts, TODAY, kind, age=age)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (None, Standing.NONE),
        (OWN, Standing.VALID),
        (replace(OWN, kinds=None), Standing.VALID),
        (replace(OWN, kinds=frozenset({BOOK})), Standing.KIND_NOT_COVERED),
        (replace(OWN, kinds=frozenset()), Standing.KIND_NOT_COVERED),
        (replace(OWN, agreed_on=TODAY), Standing.VALID),
        (replace(OWN, agreed_on=TODAY + timedelta(days=1)), Standing.NOT_YET),
        (replace(OWN, review_on=TODAY), Standing.VALID),
        (replace(OWN, review_on=TODAY - timedelta(days=1)), Standing.REVIEW_PASSED),
        (replace(OWN, withdrawn_on=TODAY), Standing.WITHDRAWN),
        (replace(OWN, withdrawn_on=TODAY + timedelta(days=1)), Standing.VALID),
        (replace(OWN, will=WillConfirmed.NOT_POSSIBLE), Standing.POWER_MISSING),
        (replace(OWN, capacity=Capacity.GUARANTOR), Standing.POWER_MISSING),
        (replace(OWN, capacity=Capacity.FAMILY), Standing.VALID),
        (
            replace(OWN, capacity=Capacity.FAMILY, will=WillConfirmed.NOT_POSSIBLE),
            Standing.POWER_MISSING,
        ),
        (replace(OWN, capacity=Capacity.ADULT_GUARDIAN), Standing.PROOF_MISSING),
        (
            replace(
                OWN,
                capacity=Capacity.ADULT_GUARDIAN,
                will=WillConfirmed.NOT_POSSIBLE,
                proofs=frozenset({ProofKind.REGISTRATION_CERTIFICATE}),
            ),
            Standing.VALID,
        ),
        (replace(OWN, capacity=Capacity.CURATOR), Standing.POWER_MISSING),
        (
            replace(OWN, capacity=Capacity.CURATOR, powers_name_card=True),
            Standing.PROOF_MISSING,
        ),
        (
            replace(
                OWN,
                capacity=Capacity.CURATOR,
                powers_name_card=True,
                proofs=PROOFS[Capacity.CURATOR],
            ),
            Standing.VALID,
        ),
        (replace(OWN, capacity=Capacity.PARENT), Standing.POWER_MISSING),
    ],
)
def test_what_an_agreement_is_worth_today(facts: AgreementFacts | None, expected: Standing):
    assert standing(facts) is expected


def test_parents_act_for_minors_only():
    parent = replace(OWN, capacity=Capacity.PARENT, proofs=frozenset({ProofKind.FAMILY_REGISTER}))
    assert standing(parent, age=17) is Standing.VALID
    assert standing(parent, age=18) is Standing.POWER_MISSING


@pytest.mark.parametrize("seen", [ProofKind.FAMILY_REGISTER, ProofKind.COURT_DECISION])
def test_one_proof_is_enough_for_the_guardian_of_a_minor(seen: ProofKind):
    assert not missing_proofs(Capacity.MINOR_GUARDIAN, frozenset({seen}))
    assert missing_proofs(Capacity.MINOR_GUARDIAN, frozenset({ProofKind.PHOTO_ID}))


@pytest.mark.parametrize(("capacity", "will"), list(product(Capacity, WillConfirmed)))
def test_every_capacity_is_decided_and_named_powers_never_harm(
    capacity: Capacity, will: WillConfirmed
):
    for age in (10, 80):
        without = may_consent(capacity, age=age, powers_name_card=False, will=will)
        named = may_consent(capacity, age=age, powers_name_card=True, will=will)
        assert named or not without
        assert capacity is not Capacity.GUARANTOR or not named


def test_family_and_guarantors_never_know_a_pin():
    knows = {each for each in Capacity if may_know_pin(each, powers_name_card=True)}
    assert knows == {
        Capacity.SELF,
        Capacity.PARENT,
        Capacity.MINOR_GUARDIAN,
        Capacity.ADULT_GUARDIAN,
        Capacity.CURATOR,
        Capacity.ASSISTANT,
    }
    assert not may_know_pin(Capacity.CURATOR)


@pytest.mark.parametrize("proxy", ProxyKind)
def test_every_proxy_has_a_capacity(proxy: ProxyKind):
    assert capacity_of(proxy).name == proxy.name


def test_tables_are_complete():
    assert agreements.POWERS.keys() == PROOFS.keys() == set(Capacity)
    assert set(agreements._NEAREST) == set(Standing)


@given(st.lists(FACTS, max_size=4), DAYS, st.integers(0, 100))
def test_one_valid_agreement_is_enough(facts: list[AgreementFacts], today: date, age: int):
    found = [agreement_standing(each, today, CARD, age=age) for each in facts]
    best = best_standing(facts, today, CARD, age=age)
    assert (best is Standing.VALID) == (Standing.VALID in found)
    assert best in found or (best is Standing.NONE and not facts)


@given(FACTS, DAYS, st.integers(0, 100))
def test_a_withdrawn_agreement_never_comes_back(facts: AgreementFacts, today: date, age: int):
    withdrawn = replace(facts, withdrawn_on=today)
    for days in (0, 1, 1000):
        day = today + timedelta(days=days)
        assert agreement_standing(withdrawn, day, CARD, age=age) is Standing.WITHDRAWN


REFUSALS: dict[Standing, type[Refused]] = {
    Standing.NONE: agreements.AgreementMissing,
    Standing.NOT_YET: agreements.AgreementMissing,
    Standing.WITHDRAWN: agreements.AgreementWithdrawn,
    Standing.REVIEW_PASSED: agreements.AgreementReviewPassed,
    Standing.KIND_NOT_COVERED: agreements.KindNotCovered,
    Standing.POWER_MISSING: agreements.PowerMissing,
    Standing.PROOF_MISSING: agreements.ProofMissing,
}


@pytest.mark.parametrize("stands", Standing)
def test_each_standing_has_its_refusal(stands: Standing):
    if stands is Standing.VALID:
        refuse_unless_valid(stands, "渡邉 ゆき", "お薬手帳")
        return
    with pytest.raises(REFUSALS[stands]) as refused:
        refuse_unless_valid(stands, "渡邉 ゆき", "お薬手帳")
    assert refused.value.facts()["resident"] == "渡邉 ゆき"


def test_an_emergency_is_flagged_without_a_clause_or_without_an_agreement():
    assert emergency_is_flagged(None, Standing.NONE)
    assert emergency_is_flagged(OWN, Standing.VALID)
    with_clause = replace(OWN, emergency_clause=True)
    assert not emergency_is_flagged(with_clause, Standing.VALID)
    assert emergency_is_flagged(with_clause, Standing.REVIEW_PASSED)
