"""Agreements and proxies: who may consent, and whether a thing may be kept today."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from facility_app.domain.access import NotPermitted, Role
from facility_app.domain.agreements import (
    AgreementMissing,
    AgreementWithdrawn,
    Capacity,
    KindNotCovered,
    PowerMissing,
    ProofMissing,
    Standing,
    WillConfirmed,
)
from facility_app.domain.individual_number import IndividualNumberRefused, check_digit
from facility_app.domain.people import ProofKind, ProxyKind
from facility_app.services import agreements, proxies
from facility_app.services.fields import DateInFuture, DatesInWrongOrder, FieldMissing
from tests.services.registry import (
    BOOK,
    CARD,
    PAPER,
    TODAY,
    agree,
    entries,
    receive,
    register,
    seed,
)

NUMBER = "98765432101"


@pytest.fixture(autouse=True)
def _seeded(work, engine):
    seed(work, engine)


@pytest.fixture
def resident(work, custodian):
    return register(work, custodian, birth_date=date(1940, 1, 1))


def add_proxy(work, actor, resident, kind=ProxyKind.ADULT_GUARDIAN, proofs=frozenset(), **more):
    form = proxies.ProxyForm(kind, "後見 太郎", proofs=frozenset(proofs), **more)
    with work.begin(actor) as tx:
        return proxies.add_proxy(tx, proxies.AddProxy(resident, form))


def standing(engine, resident, *kinds, today=TODAY):
    with Session(engine) as session:
        found = agreements.standing(session, resident, kinds, today)
        uncovered = [id_ for id_, _, _ in agreements.uncovered_residents(session, today)]
    return [found[kind] for kind in kinds], uncovered


def test_an_agreement_carries_the_kinds_it_names_from_its_day_to_its_review(
    work, engine, custodian, resident
):
    agree(work, custodian, resident, {CARD}, review_on=date(2027, 3, 31))
    assert standing(engine, resident, CARD, BOOK)[0] == [
        Standing.VALID,
        Standing.KIND_NOT_COVERED,
    ]
    receive(work, custodian, resident, CARD)
    for day, expected in (
        (date(2026, 3, 31), Standing.NOT_YET),
        (date(2027, 3, 31), Standing.VALID),
        (date(2027, 4, 1), Standing.REVIEW_PASSED),
    ):
        stands, uncovered = standing(engine, resident, CARD, today=day)
        assert stands == [expected]
        assert uncovered == ([] if expected is Standing.VALID else [resident])
    (entry,) = entries(engine, "agreement.made")
    assert entry["plain"] == {"capacity": "self", "kinds": [CARD]}
    assert entry["told"]["consented_by"] == "本人"


def test_a_review_keeps_it_valid_and_a_withdrawal_ends_it(work, engine, custodian, resident):
    agreement = agree(work, custodian, resident, review_on=TODAY)
    item = receive(work, custodian, resident)
    with work.begin(custodian) as tx:
        agreements.review_agreement(
            tx, agreements.ReviewAgreement(agreement, date(2027, 11, 19), "本人に確認")
        )
    assert standing(engine, resident, CARD, today=date(2027, 11, 19)) == ([Standing.VALID], [])
    with work.begin(custodian) as tx:
        withdrawal = agreements.WithdrawAgreement(agreement, TODAY, "家族が持つ")
        assert agreements.withdraw_agreement(tx, withdrawal) == [item]
    assert standing(engine, resident, CARD) == ([Standing.WITHDRAWN], [resident])
    with pytest.raises(AgreementWithdrawn):
        receive(work, custodian, resident, PAPER)
    with pytest.raises(agreements.AlreadyWithdrawn), work.begin(custodian) as tx:
        agreements.withdraw_agreement(tx, withdrawal)


def test_no_custody_without_an_agreement_for_the_kind(work, custodian, resident):
    with pytest.raises(AgreementMissing):
        receive(work, custodian, resident)
    agree(work, custodian, resident, {BOOK})
    with pytest.raises(KindNotCovered):
        receive(work, custodian, resident)


def test_an_emergency_is_flagged_unless_an_agreement_foresees_it(work, engine, custodian, resident):
    def flagged():
        with Session(engine) as session:
            return agreements.missing_agreement(session, resident, {CARD, BOOK}, TODAY)

    assert flagged()
    agree(work, custodian, resident, {CARD, BOOK})
    assert flagged()
    agree(work, custodian, resident, {CARD}, emergency_clause=True)
    assert flagged()
    agree(work, custodian, resident, kinds={CARD, BOOK}, emergency_clause=True)
    assert not flagged()


def test_a_guardian_consents_with_the_certificate_seen(work, engine, custodian, resident):
    guardian = add_proxy(work, custodian, resident)
    by_guardian = {"capacity": Capacity.ADULT_GUARDIAN, "proxy_id": guardian}
    with pytest.raises(ProofMissing):
        agree(work, custodian, resident, **by_guardian)
    form = proxies.ProxyForm(
        ProxyKind.ADULT_GUARDIAN,
        "後見 太郎",
        proofs=frozenset({ProofKind.REGISTRATION_CERTIFICATE}),
        proof_seen_on=TODAY,
    )
    with work.begin(custodian) as tx:
        proxies.change_proxy(tx, proxies.ChangeProxy(guardian, form))
    agree(work, custodian, resident, will=WillConfirmed.NOT_POSSIBLE, **by_guardian)
    assert standing(engine, resident, CARD)[0] == [Standing.VALID]
    (entry,) = entries(engine, "proxy.changed")
    assert entry["told"]["after"]["proof"] == "registration-certificate"


@pytest.mark.parametrize(
    ("capacity", "will", "refusal"),
    [
        (Capacity.GUARANTOR, WillConfirmed.WRITTEN, PowerMissing),
        (Capacity.FAMILY, WillConfirmed.NOT_POSSIBLE, PowerMissing),
        (Capacity.PARENT, WillConfirmed.WRITTEN, PowerMissing),
        (Capacity.CURATOR, WillConfirmed.WRITTEN, PowerMissing),
        (Capacity.FAMILY, WillConfirmed.WRITTEN, agreements.ProxyDoesNotFit),
        (Capacity.SELF, WillConfirmed.NOT_POSSIBLE, PowerMissing),
    ],
)
def test_who_has_no_power_cannot_consent(
    work, engine, custodian, resident, capacity, will, refusal
):
    with pytest.raises(refusal):
        agree(work, custodian, resident, capacity=capacity, will=will)
    assert entries(engine, "agreement.made") == []


def test_a_proxy_of_somebody_else_or_of_the_past_does_not_fit(work, custodian, resident):
    other = register(work, custodian, "別人 花", "べつじん はな")
    foreign = add_proxy(work, custodian, other, ProxyKind.FAMILY)
    past = add_proxy(work, custodian, resident, ProxyKind.FAMILY, valid_until=date(2026, 3, 31))
    for proxy in (foreign, past):
        with pytest.raises(agreements.ProxyDoesNotFit):
            agree(work, custodian, resident, proxy_id=proxy, capacity=Capacity.FAMILY)


def test_an_ended_proxy_stays_as_it_is(work, engine, custodian, resident):
    proxy = add_proxy(work, custodian, resident, ProxyKind.FAMILY)
    with work.begin(custodian) as tx:
        proxies.end_proxy(tx, proxies.EndProxy(proxy, TODAY))
    with pytest.raises(proxies.ProxyEnded), work.begin(custodian) as tx:
        proxies.end_proxy(tx, proxies.EndProxy(proxy, TODAY))
    form = proxies.ProxyForm(ProxyKind.FAMILY, "別 の人")
    with pytest.raises(proxies.ProxyEnded), work.begin(custodian) as tx:
        proxies.change_proxy(tx, proxies.ChangeProxy(proxy, form))
    assert len(entries(engine, "proxy.ended")) == 1


def test_proxy_fields_are_checked(work, custodian, resident):
    with pytest.raises(FieldMissing):
        add_proxy(work, custodian, resident, proofs={ProofKind.MANDATE})
    with pytest.raises(DateInFuture):
        add_proxy(work, custodian, resident, proof_seen_on=date(2026, 11, 21))
    with pytest.raises(IndividualNumberRefused):
        add_proxy(work, custodian, resident, note=NUMBER + str(check_digit(NUMBER)))


def test_agreement_fields_are_checked(work, custodian, resident):
    with pytest.raises(agreements.NoKindNamed):
        agree(work, custodian, resident, ())
    with pytest.raises(FieldMissing):
        agree(work, custodian, resident, {"no-such-kind"})
    with pytest.raises(DateInFuture):
        agree(work, custodian, resident, signed_on=date(2026, 11, 21))
    with pytest.raises(DatesInWrongOrder):
        agree(work, custodian, resident, review_on=date(2026, 3, 31))
    with pytest.raises(IndividualNumberRefused):
        agree(work, custodian, resident, will_note=NUMBER + str(check_digit(NUMBER)))


def test_only_who_manages_agreements_may(work, resident, actor_with):
    with pytest.raises(NotPermitted):
        agree(work, actor_with(Role.PIN_OFFICER), resident)
