"""The form of a report: what each paper asks for, and what is refused before anything is made."""

from __future__ import annotations

from datetime import date

import pytest

from facility_app.domain.access import Permission
from facility_app.domain.periods import Period
from facility_app.i18n import Words
from facility_app.services.reporting import Document, Format, ReportRequest
from facility_app.ui.viewmodels.reports import (
    FIELDS,
    Asked,
    ReportForm,
    about_text,
    documents,
    password_problem,
)

TODAY = date(2026, 11, 20)
WORDS = Words("ja")


def begun(document: Document = Document.MONTHLY) -> ReportForm:
    form = ReportForm(document)
    form.begin(WORDS, TODAY)
    return form


def test_it_begins_with_the_month_before():
    form = begun()
    assert form.month == "令和8年10月"
    assert form.problems(WORDS, TODAY) == {}
    assert form.request() == ReportRequest(
        Document.MONTHLY, Period(date(2026, 10, 1), date(2026, 10, 31))
    )


def test_the_months_are_stepped_through_also_from_something_unread():
    form = begun()
    form.step_month(WORDS, 1, TODAY)
    assert form.month == "令和8年11月"
    form.step_month(WORDS, -12, TODAY)
    assert form.month == "令和7年11月"
    form.month = "?"
    form.step_month(WORDS, -1, TODAY)
    assert form.month == "令和8年9月"


@pytest.mark.parametrize("typed", ["", "  ", "十一月ごろ"])
def test_an_empty_month_is_asked_for(typed):
    form = begun()
    form.month = typed
    assert "令和8年11月" in form.problems(WORDS, TODAY)[Asked.MONTH]


def test_a_month_that_has_not_begun_is_refused():
    form = begun()
    form.month = "R8.12"
    assert "まだ来ていません" in form.problems(WORDS, TODAY)[Asked.MONTH]
    form.month = "R8.11"
    assert form.problems(WORDS, TODAY) == {}


def test_more_than_ten_years_are_refused():
    form = begun(Document.LEDGER)
    form.first, form.last = date(2016, 1, 1), TODAY
    assert "10年" in form.problems(WORDS, TODAY)[Asked.FIRST]
    form.first = date(2016, 11, 20)
    assert form.problems(WORDS, TODAY) == {}


def test_days_must_be_there_and_in_their_order():
    form = begun(Document.LEDGER)
    form.first, form.last = None, None
    assert form.problems(WORDS, TODAY).keys() == {Asked.FIRST, Asked.LAST}
    form.first, form.last = date(2026, 11, 2), date(2026, 11, 1)
    assert form.problems(WORDS, TODAY).keys() == {Asked.LAST}


def test_a_statement_asks_for_somebody_and_is_about_all_days_at_first():
    form = begun(Document.STATEMENT)
    assert form.problems(WORDS, TODAY).keys() == {Asked.RESIDENT}
    form.resident, form.name = 7, "仮名 正"
    assert form.request() == ReportRequest(Document.STATEMENT, None, 7)
    form.whole, form.first, form.last = False, None, TODAY
    assert form.problems(WORDS, TODAY).keys() == {Asked.FIRST}
    form.first = date(2026, 4, 1)
    assert form.request().period == Period(date(2026, 4, 1), TODAY)


def test_the_other_papers_ask_for_nothing_and_keep_nobody_s_name():
    for document in Document:
        if not FIELDS[document]:
            form = begun(document)
            form.resident = 7
            assert form.problems(WORDS, TODAY) == {}
            assert form.request(Format.CSV) == ReportRequest(document, format=Format.CSV)


def test_only_papers_that_may_be_made_are_offered():
    assert documents(lambda _permission: True) == list(Document)
    assert documents(lambda permission: permission is Permission.VIEW_LOG) == [Document.LEDGER]


def test_a_short_password_is_refused_and_none_is_made_by_the_program():
    assert password_problem(WORDS, "") == ""
    assert "12文字以上" in password_problem(WORDS, "a" * 11)
    assert password_problem(WORDS, "a" * 12) == ""


def test_what_a_report_is_about_stands_in_words():
    assert about_text(WORDS, begun().request()) == "令和8年10月"
    statement = ReportRequest(Document.STATEMENT, None, 7)
    assert about_text(WORDS, statement, "仮名 正") == "仮名 正さん・はじめから今日まで"
    ledger = ReportRequest(Document.LEDGER, Period(date(2026, 10, 1), TODAY))
    assert about_text(WORDS, ledger) == "令和8年10月1日から令和8年11月20日まで"
    assert about_text(WORDS, ReportRequest(Document.BLACKOUT)) == "いまの状態"
