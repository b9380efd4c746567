"""What the page 利用者 says: timelines as on the mock screen, states, counts; without Qt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.domain.agreements import Capacity, Standing, WillConfirmed
from facility_app.domain.expiry import (
    card_body_stages,
    certificate_stages,
    paper_stages,
    stage_on,
)
from facility_app.domain.items import DateRole
from facility_app.i18n import Words
from facility_app.rules import Rules
from facility_app.services.resident_data import AgreementView, DateLine
from facility_app.services.search import Findings, FoundResident, Presence
from facility_app.ui.viewmodels.residents import agreement_lines, count_text, list_rows
from facility_app.ui.viewmodels.timeline import timeline

TODAY = date(2026, 11, 20)
LIFETIMES = Rules().lifetimes
WORDS = Words("ja")
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


def line(role, stages, today=TODAY):
    return DateLine(role, stages, stage_on(stages, today))


def test_the_certificate_of_the_mock_screen():
    stages = certificate_stages(date(2026, 12, 8), date(2031, 12, 8), LIFETIMES)
    model = timeline(WORDS, line(DateRole.CERTIFICATE_EXPIRES, stages), TODAY)
    assert [stage.span for stage in model.stages] == [1, 1, 1, 1, 1]
    assert model.stages[model.present].words == "あと18日"
    assert [(b.after, b.words, b.strong) for b in model.borders] == [
        (1, "9月9日から", False),
        (2, "11月8日から", False),
        (3, "12月8日まで", True),
        (4, "令和9年3月31日まで", False),
    ]
    assert model.spoken == "電子証明書の有効期限：あと18日。令和8年12月8日まで。"


def test_a_card_has_no_grace_and_a_paper_no_renewal_so_neighbours_span_the_gap():
    card = card_body_stages(date(2031, 12, 8), LIFETIMES)
    paper = paper_stages(date(2027, 7, 31), LIFETIMES)
    spans = [
        [stage.span for stage in timeline(WORDS, line(DateRole.CARD_EXPIRES, each), TODAY).stages]
        for each in (card, paper)
    ]
    assert spans == [[1, 1, 2, 1], [2, 2, 1]]


@given(DAYS, DAYS)
def test_a_timeline_fills_five_columns_and_today_lies_in_the_present_stage(expires, today):
    for stages in (
        certificate_stages(expires, None, LIFETIMES),
        card_body_stages(expires, LIFETIMES),
        paper_stages(expires, LIFETIMES),
    ):
        model = timeline(WORDS, line(DateRole.PAPER_EXPIRES, stages, today), today)
        assert sum(stage.span for stage in model.stages) == 5
        assert 0 <= model.at <= 1
        assert sum(border.strong for border in model.borders) <= 1
        assert all(0 < border.after < 5 for border in model.borders)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_row_says_how_many_and_where(language):
    words = Words(language)
    person = FoundResident(
        1,
        "見本 花",
        "みほん はな",
        "101",
        "A-01",
        None,
        None,
        Presence.NOTHING,
        None,
        False,
        0,
        None,
    )
    found = Findings((person,), 1200)
    (row,) = list_rows(words, found)
    assert row.presence.words == words.term(Presence.NOTHING)
    assert row.expiry is None
    assert "1,200" in count_text(words, found)
    assert "1" in count_text(words, Findings((person,), 1))


def test_an_agreement_tells_of_recognition_only_where_it_was_agreed():
    view = AgreementView(
        id=1,
        signed_on=TODAY,
        consented_by="見本 花子",
        capacity=Capacity.SELF,
        will=WillConfirmed.WRITTEN,
        will_note="",
        witness="",
        kinds=(),
        pin_clause=False,
        emergency_clause=True,
        review_on=None,
        withdrawn_on=None,
        withdrawn_reason="",
        stands=Standing.VALID,
    )
    assert "カード認識" not in "".join(agreement_lines(WORDS, view))
    agreed = replace(view, recognition_clause=True)
    assert "カード認識に同意" in "".join(agreement_lines(WORDS, agreed))
