"""Everything the rules can say has its word in every language."""

from __future__ import annotations

from datetime import date
from enum import Enum

import pytest

from facility_app.domain import (
    agreements,
    coverage,
    custody,
    dates,
    expiry,
    individual_number,
    insurance,
    items,
    passwords,
    people,
    visits,
)
from facility_app.errors import FacilityError
from facility_app.i18n import LANGUAGES, Words
from facility_app.rules import RuleFileDamaged

ENUMS: list[type[Enum]] = [
    agreements.Capacity,
    agreements.Power,
    agreements.Standing,
    agreements.WillConfirmed,
    coverage.Answer,
    coverage.Coverage,
    coverage.HouseCallDevice,
    coverage.IncomeClass,
    coverage.PinKnownBy,
    coverage.PortalScreen,
    coverage.VisualMode,
    custody.DueKind,
    custody.EmergencyStanding,
    custody.Escalation,
    expiry.ExpiryState,
    expiry.ResidenceStatus,
    insurance.EndReason,
    insurance.Insurance,
    insurance.RatioState,
    items.Condition,
    items.Cycle,
    items.DateRole,
    items.FaceAuthentication,
    items.ItemState,
    items.Move,
    people.ProofKind,
    people.ProxyKind,
    people.Sex,
    visits.ConflictKind,
    visits.Repeat,
    visits.Transport,
]
DAY = date(2019, 5, 1)
ERRORS: list[FacilityError] = [
    dates.DateNotUnderstood("きのう"),
    dates.DateIncomplete("昭和20年"),
    dates.EraMissing("20年3月5日"),
    dates.DateDoesNotExist("2026/2/29"),
    dates.DateOutOfRange("9999/1/1"),
    dates.EraDateNeverExisted("平成31年5月1日", DAY),
    dates.YearsDisagree("昭和20年(1946年)3月5日"),
    individual_number.IndividualNumberRefused("メモ"),
    people.NameMissing("氏名"),
    people.NameTooLong("氏名", 200),
    people.StaffNumberMalformed(8),
    people.BirthInFuture(DAY),
    people.DatesOutOfOrder(DAY, DAY),
    agreements.AgreementMissing("渡邉 ゆき"),
    agreements.AgreementWithdrawn("渡邉 ゆき"),
    agreements.AgreementReviewPassed("渡邉 ゆき"),
    agreements.KindNotCovered("渡邉 ゆき", "お薬手帳"),
    agreements.PowerMissing("渡邉 ゆき"),
    agreements.ProofMissing("渡邉 ゆき"),
    passwords.PasswordTooShort(13),
    passwords.PasswordTooLong(256),
    passwords.PasswordTooCommon(),
    passwords.PasswordFromFacility(),
    RuleFileDamaged("lifetimes.toml", "card.birthdays"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ENUMS)
def test_every_member_has_a_word_of_its_own(kind: type[Enum], language: str):
    words = [Words(language).term(member) for member in kind]
    assert len(set(words)) == len(words)
    assert all(words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_every_refusal_has_its_three_sentences(error: FacilityError, language: str):
    text = Words(language).error(error)
    assert text.what
    assert text.undone
    assert text.todo
    assert "{" not in f"{text.what}{text.undone}{text.todo}"


def test_the_right_date_is_offered_in_words():
    text = Words("ja").error(dates.EraDateNeverExisted("平成31年5月1日", DAY))
    assert "令和元年5月1日" in text.todo
    assert Words("ja")("dates-two-eras", day=DAY).startswith("令和元年5月1日")


def test_the_advice_how_to_write_a_number_is_not_refused_itself():
    todo = Words("ja").error(individual_number.IndividualNumberRefused("メモ")).todo
    assert not individual_number.contains_individual_number(todo)
    assert "番号法20条" in todo
