"""What stands in the papers: everything that was done, once, and plainly where there is nothing."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, delete

from facility_app.audit.work import Tx, Work
from facility_app.cards.check import Code, Level
from facility_app.cards.chip import CardKind, Certificate
from facility_app.db.models import (
    AgreementRow,
    BackupRow,
    CardCheckRow,
    GrantRow,
    ItemRow,
    ResidentKeyRow,
    StaffRow,
)
from facility_app.domain.access import NotPermitted, Permission, Role
from facility_app.domain.chart import ChartKind, Month, Unit, Word, Year
from facility_app.domain.items import ItemState
from facility_app.domain.periods import Period, month_of
from facility_app.domain.stocktake import StocktakeState
from facility_app.i18n import LANGUAGES, Words, message_id
from facility_app.services.custody import NotInSafe, sign_out
from facility_app.services.emergency import release_emergency
from facility_app.services.hand_back import LoanCorrection, correct_loan
from facility_app.services.log_check import check_log
from facility_app.services.reporting import Document, Format, charts
from facility_app.services.returns import HandOver, hand_over
from tests.conftest import FakeClock
from tests.services.reporting_world import NOVEMBER, ReportWorld, report_world
from tests.stocktake_world import Cabinet
from tests.test_catalogues import error_classes


@pytest.fixture
def world(engine: Engine, work: Work, clock: FakeClock, tmp_path: Path) -> ReportWorld:
    return report_world(engine, work, clock, tmp_path)


def sections(world: ReportWorld, document: Document, **more: Any) -> dict[str, Any]:
    """The report as programs get it."""
    content = world.make(document, format=Format.JSON, **more).content
    found: dict[str, Any] = json.loads(content or b"")["sections"]
    return found


def rows(world: ReportWorld, section: str, table: str = "", **more: Any) -> list[dict[str, Any]]:
    """One table of the monthly report."""
    found = sections(world, Document.MONTHLY, **more)[section]["tables"]
    lines: list[dict[str, Any]] = found[table or section]
    return lines


def test_the_ledger_says_who_took_what_where_and_when_it_came_back(world: ReportWorld) -> None:
    out_at = world.clock().astimezone().isoformat()
    loan = world.desk.signed_out("hanako", witness=world.desk.witness("second"))
    world.clock.forward(hours=2, minutes=45)
    world.returned(loan)
    (line,) = sections(world, Document.LEDGER)["sign-outs"]["tables"]["sign-outs"]
    assert datetime.fromisoformat(line.pop("out-at")) == datetime.fromisoformat(out_at)
    assert line == {
        "entry": 1,
        "due-at": "2026-11-20T12:00:00+09:00",
        "resident": "見本 花子",
        "room": "203",
        "items": ["マイナンバーカード", "資格情報のお知らせ", "診察券×3", "介護保険証"],
        "purpose": "受診",
        "destination": "みほん内科",
        "holder": "仮屋 健",
        "released-by": "例田 みつ子",
        "witness": "控 直子",
        "back-at": "2026-11-20T12:45:00+09:00",
        "received-by": ["例田 みつ子"],
        "remarks": [],
        "late": 45,
    }


def test_the_ledger_has_every_sign_out_of_its_days_and_no_other(world: ReportWorld) -> None:
    for _day in range(5):
        world.returned(world.desk.signed_out("hanako"))
        world.clock.forward(days=1)
    period = Period(date(2026, 11, 21), date(2026, 11, 23))
    lines = sections(world, Document.LEDGER, period=period)["sign-outs"]["tables"]["sign-outs"]
    assert [line["out-at"][:10] for line in lines] == ["2026-11-21", "2026-11-22", "2026-11-23"]


def test_remarks_tell_what_was_not_usual(world: ReportWorld) -> None:
    loan = world.desk.signed_out("hanako")
    correction = LoanCorrection(loan, "行先の書き間違い", destination="さくら見本病院")
    world.desk.do("custodian", correct_loan, correction)
    world.desk.add_change(
        world.desk.one(AgreementRow, AgreementRow.resident_id == world.desk.residents["tadashi"]),
        withdrawn_on=date(2026, 11, 1),
    )
    world.desk.do("custodian", release_emergency, world.desk.residents["tadashi"])
    hanako, tadashi = rows(world, "sign-outs")
    assert hanako["destination"] == "さくら見本病院"
    assert hanako["remarks"] == ["reports-remark-out", "reports-remark-corrected"]
    assert tadashi["remarks"] == [
        "reports-remark-emergency",
        "reports-remark-no-agreement",
        "reports-remark-out",
    ]
    assert tadashi["purpose"] == ""


def test_the_first_page_counts_what_an_auditor_asks_for(world: ReportWorld) -> None:
    world.some_acts()
    with pytest.raises(NotInSafe):
        world.desk.do("custodian", sign_out, world.desk.out("hanako"))
    facts = sections(world, Document.MONTHLY)["cover"]["facts"]
    assert facts["sign-outs"] == 3
    assert facts["back"] == 1
    assert facts["overdue"] == facts["still-out"] == 1
    assert facts["emergencies"] == 1
    assert facts["emergencies-open"] == 0
    assert facts["refusals"] == 1


def test_totals_stand_by_purpose_and_weekday(world: ReportWorld) -> None:
    world.some_acts()
    found = sections(world, Document.MONTHLY)["totals"]["tables"]
    clinic, emergency, total = found["by-purpose"]
    assert (clinic["purpose"], clinic["out"], clinic["back"], clinic["late-count"]) == (
        "受診", 2, 1, 1,
    )  # fmt: skip
    assert clinic["mean-time"] == 60
    assert (emergency["purpose"], emergency["emergency-count"]) == ("reports-remark-emergency", 1)
    assert total["out"] == 3
    friday = found["by-weekday"][4]
    assert friday == {"weekday": "date-weekday-5", "out": 3, "late-count": 1}
    assert sum(line["out"] for line in found["by-weekday"]) == 3


def test_what_is_late_is_listed_with_how_late(world: ReportWorld) -> None:
    world.some_acts()
    (line,) = rows(world, "overdue")
    assert line["resident"] == "見本 花子"
    assert line["holder"] == "仮屋 健"
    assert line["back-at"] == "reports-remark-out"
    assert line["late"] == 60


def test_what_fell_due_last_month_is_not_of_this_month(world: ReportWorld) -> None:
    world.clock.now = datetime(2026, 10, 31, 1, 0, tzinfo=UTC)
    loan = world.desk.signed_out("hanako")
    world.clock.now = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    world.returned(loan)
    assert rows(world, "overdue") == []
    assert rows(world, "sign-outs") == []
    (line,) = rows(world, "overdue", period=month_of(date(2026, 10, 1)))
    assert line["late"] > 19 * 24 * 60


def test_emergencies_tell_reason_and_review_but_not_why(world: ReportWorld) -> None:
    world.some_acts()
    world.clock.forward(days=1)
    (line,) = rows(world, "emergencies")
    assert (line["resident"], line["reason-by"], line["reviewed-by"]) == (
        "仮名 正", "例田 みつ子", "架空 誠",
    )  # fmt: skip
    assert line["remarks"] == []
    assert "救急搬送" not in world.text(Document.MONTHLY)


def test_an_emergency_without_reason_or_review_is_named(world: ReportWorld) -> None:
    world.desk.do("custodian", release_emergency, world.desk.residents["hanako"])
    world.clock.forward(hours=25)
    (line,) = rows(world, "emergencies")
    assert line["remarks"] == [
        "reports-remark-no-reason",
        "reports-remark-reason-late",
        "reports-remark-not-reviewed",
    ]
    assert sections(world, Document.MONTHLY)["cover"]["facts"]["emergencies-open"] == 1


def test_hand_overs_tell_from_whom_to_whom(world: ReportWorld) -> None:
    loan = world.desk.signed_out("hanako")
    world.desk.do("custodian", hand_over, HandOver(loan, world.desk.id_of("second")))
    (line,) = rows(world, "handovers")
    assert (line["handed-from"], line["handed-to"]) == ("仮屋 健", "控 直子")
    assert line["recorded-by"] == "例田 みつ子"


def test_refusals_tell_who_and_which_rule(world: ReportWorld) -> None:
    world.desk.signed_out("hanako")
    with pytest.raises(NotInSafe):
        world.desk.do("custodian", sign_out, world.desk.out("hanako"))
    with pytest.raises(NotPermitted):
        world.desk.do("auditor", sign_out, world.desk.out("hanako"))
    by_rule, by_right = rows(world, "refusals")
    assert (by_rule["person"], by_rule["why"]) == ("例田 みつ子", "custody.not_in_safe")
    assert (by_right["person"], by_right["why"]) == ("監査 薫", "sign-out")
    text = world.text(Document.MONTHLY)
    assert "保管中でない品" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_that_is_evidence_has_its_few_words(language: str) -> None:
    words = Words(language)
    evidence = [each for each in error_classes() if getattr(each, "evidence", False)]
    assert len(evidence) > 8
    for each in evidence:
        if each is not NotPermitted:  # its right is named instead
            assert f"reports-refusal-{message_id(each.key)}" in words, each.key


def test_pin_acts_are_counted_by_person_where_there_are_any(world: ReportWorld) -> None:
    assert rows(world, "pin-acts") == []

    def act(tx: Tx) -> None:
        tx.require(Permission.SIGN_OUT)
        intent = tx.intend("vault.revealed", "vault")
        tx.conclude(intent, "done")

    world.desk.do("custodian", act)
    world.desk.do("custodian", act)
    (line,) = rows(world, "pin-acts")
    assert line == {"person": "例田 みつ子", "act": "vault.revealed", "count": 2}


def card_check(world: ReportWorld, *found: tuple[Code, Level], **more: Any) -> None:
    worst = max((level for _, level in found), key=lambda level: level.weight, default=Level.OK)
    values: dict[str, Any] = {
        "at": world.clock(),
        "by": world.desk.id_of("custodian"),
        "resident_id": world.desk.residents["hanako"],
        "visit_on": date(2026, 11, 20),
        "kind": CardKind.MY_NUMBER_CARD,
        "certificate": Certificate.READ,
        "findings": [{"code": code.value, "level": level.value} for code, level in found],
        "level": worst,
    }
    world.desk.add(CardCheckRow(**(values | more)))


def test_findings_are_counted_and_grave_checks_named(world: ReportWorld) -> None:
    expired, low = (Code.CARD_EXPIRED, Level.BLOCK), (Code.TRIES_LOW, Level.NOTICE)
    fine = (Code.CARD_VALID, Level.OK)
    card_check(world, expired, low)
    card_check(world, low, fine)
    card_check(world, fine, at=datetime(2026, 10, 1, tzinfo=UTC))
    found = sections(world, Document.MONTHLY)["card-checks"]["tables"]
    assert found["findings"] == [
        {"finding": "term-code-card-expired", "level": "block", "count": 1},
        {"finding": "term-code-tries-low", "level": "notice", "count": 2},
    ]
    (grave,) = found["checks"]
    assert (grave["resident"], grave["findings"]) == ("見本 花子", ["card_expired"])


def test_what_expires_within_90_days_stands_soonest_first(world: ReportWorld) -> None:
    today = date(2026, 11, 20)
    card, notice, _patient, care = (
        world.desk.one(ItemRow, ItemRow.id == each) for each in world.desk.items["hanako"]
    )
    world.desk.add_change(card, card_expires_on=today + timedelta(days=91))
    world.desk.add_change(notice, paper_expires_on=today - timedelta(days=1))
    world.desk.add_change(care, paper_expires_on=today + timedelta(days=90))
    assert [(line["item"], line["days-left"]) for line in rows(world, "expiring")] == [
        ("資格情報のお知らせ", -1),
        ("介護保険証", 90),
    ]
    found = sections(world, Document.EXPIRY)["expiring"]["tables"]["expiring"]
    assert [line["days-left"] for line in found] == [-1, 90, 91]
    world.desk.add_change(notice, state=ItemState.RETURNED)
    assert [line["days-left"] for line in rows(world, "expiring")] == [90]


def test_who_has_no_agreement_is_named(world: ReportWorld) -> None:
    assert rows(world, "agreements", "no-agreement") == []
    with world.desk.engine.execution_options(writes=True).begin() as connection:
        connection.execute(delete(AgreementRow))
    names = {line["resident"] for line in rows(world, "agreements", "no-agreement")}
    assert names == {"見本 花子", "仮名 正"}


def test_stocktakes_differences_and_what_was_not_counted(world: ReportWorld) -> None:
    world.desk.signed_out("tadashi")
    assert [line["cabinet"] for line in rows(world, "stocktakes", "stocktakes-not-done")] == ["A"]
    cabinet = Cabinet(world.desk)
    cabinet.short["hanako", "patient-card"] = 1
    cabinet.counted()
    cabinet.explain("診察券1枚は受診先にある")
    found = sections(world, Document.MONTHLY)["stocktakes"]["tables"]
    (line,) = found["stocktakes"]
    assert (line["month"], line["stocktake-state"]) == ("2026-11", StocktakeState.COMPARED.value)
    assert (line["counters"], line["differences-count"]) == (["例田 みつ子", "控 直子"], 1)
    (difference,) = found["differences"]
    assert (difference["resident"], difference["item"]) == ("見本 花子", "診察券")
    assert (difference["first-count"], difference["second-count"]) == ("2 / 3", "2 / 3")
    assert difference["explanation"] == "診察券1枚は受診先にある"
    assert [line["cabinet"] for line in found["stocktakes-not-done"]] == ["A"]  # nobody approved it


def test_rights_of_the_month_stand_with_their_times(world: ReportWorld) -> None:
    escort = world.desk.id_of("escort")
    at = datetime(2026, 11, 10, 3, 0, tzinfo=UTC)
    gone = datetime(2026, 10, 1, tzinfo=UTC)
    since = date(2026, 9, 1)
    for role, ended in ((Role.CUSTODIAN, at), (Role.AUDITOR, gone)):
        grant = GrantRow(staff_id=escort, role=role, valid_from=since, granted_at=gone)
        grant.revoked_at = ended
        world.desk.add(grant)
    world.desk.add(
        GrantRow(staff_id=escort, role=Role.MANAGER, valid_from=date(2026, 12, 1), granted_at=at)
    )
    mine = [line for line in rows(world, "rights") if line["person"] == "仮屋 健"]
    assert [(line["role"], line["revoked-at"] is not None) for line in mine] == [
        ("escort", False),
        ("custodian", True),
    ]


def test_backups_and_drills_are_those_of_the_record(world: ReportWorld) -> None:
    facts = sections(world, Document.MONTHLY)["backups"]["facts"]
    assert (facts["backups"], facts["newest-backup"]) == (0, "reports-none-short")
    assert facts["days-without-backup"] == 20
    world.desk.add(BackupRow(made_at=world.clock(), size=1, root="00", places=[]))

    def drill(tx: Tx) -> None:
        tx.require(Permission.BACK_UP)
        tx.record("backup.verified", "backup", plain={"size": 7})

    world.desk.do("custodian", drill)
    found = sections(world, Document.MONTHLY)["backups"]
    assert found["facts"]["backups"] == 1
    assert found["facts"]["days-without-backup"] == 19
    (line,) = found["tables"]["drills"]
    assert (line["act"], line["person"], line["entries-held"]) == (
        "backup.verified", "例田 みつ子", 7,
    )  # fmt: skip


def test_verifications_of_the_record_stand_with_their_outcome(world: ReportWorld) -> None:
    world.some_acts()
    check_log(world.office, world.desk.staff["auditor"])
    (line,) = rows(world, "record", "verifications")
    assert (line["person"], line["outcome"]) == ("監査 薫", "reports-outcome-clean")


def test_what_was_not_reviewed_is_said_up_to_the_last_entry(world: ReportWorld) -> None:
    world.some_acts()
    found = sections(world, Document.MONTHLY)["reviews"]["tables"]
    emergencies = [line for line in found["reviews"] if line["why"] == "emergency"]
    assert [(line["to-review"], line["unreviewed"]) for line in emergencies] == [(1, 0)]
    with pytest.raises(NotInSafe):
        world.desk.do("custodian", sign_out, world.desk.out("hanako"))
    waiting = rows(world, "reviews", "waiting")
    assert "refusal" in {line["why"] for line in waiting}


def test_the_statement_opens_every_line_about_the_person(world: ReportWorld) -> None:
    world.some_acts()
    lines = sections(world, Document.STATEMENT)["lines"]["tables"]["lines"]
    assert [line["act"] for line in lines] == [
        "item.signed_out",
        "item.signed_in",
        "item.signed_out",
        "report.made",
    ]
    assert "みほん内科" in lines[0]["details"]
    assert "受診" in lines[0]["details"]
    assert "マイナンバーカード ×1 異常なし" in lines[1]["details"]
    assert "さくら見本歯科" in lines[2]["details"]
    assert "仮名 正" not in world.text(Document.STATEMENT)


def test_the_statement_says_what_was_erased(world: ReportWorld) -> None:
    world.some_acts()
    with world.desk.engine.execution_options(writes=True).begin() as connection:
        connection.execute(delete(ResidentKeyRow))
    first = sections(world, Document.STATEMENT)["lines"]["tables"]["lines"][0]
    assert "みほん内科" not in first["details"]
    assert "消去されました" in first["details"]


def test_the_statement_of_some_days_has_those_only(world: ReportWorld) -> None:
    world.some_acts()
    world.clock.forward(days=2)
    period = Period(date(2026, 11, 21), date(2026, 11, 22))
    found = sections(world, Document.STATEMENT, period=period)["lines"]["tables"]["lines"]
    assert [line["act"] for line in found] == ["report.made"]


def test_the_blackout_sheet_tells_what_is_out_and_what_lies_where(world: ReportWorld) -> None:
    world.desk.signed_out("hanako")
    found = sections(world, Document.BLACKOUT)
    (out,) = found["out-now"]["tables"]["out-now"]
    assert (out["resident"], out["holder"], out["pieces"]) == ("見本 花子", "仮屋 健", 6)
    tadashi, hanako = found["held"]["tables"]["held"]
    assert (tadashi["slot"], tadashi["in-safe"], tadashi["out-now"]) == ("A-05", ["お薬手帳"], [])
    assert hanako["in-safe"] == []
    assert "診察券×3" in hanako["out-now"]


def test_the_rights_sheet_has_everybody_who_works_here_once(world: ReportWorld) -> None:
    left = StaffRow(
        number="9", name="前の 人", active_from=date(2026, 1, 1), active_until=date(2026, 2, 1)
    )
    world.desk.add(left)
    found = sections(world, Document.RIGHTS)
    granted = [line["person"] for line in found["confirm"]["tables"]["rights"]]
    without = [line["person"] for line in found["without-rights"]["tables"]["without-rights"]]
    assert {"架空 誠", "例田 みつ子", "控 直子", "監査 薫"} <= set(granted)
    assert without == ["仮屋 健"]
    assert "前の 人" not in granted + without
    pages = world.text(Document.RIGHTS)
    assert "報告書を作る" in pages  # what a role may do is said in words


class TestCharts:
    """The same counts for the page and for paper."""

    def of(self, world: ReportWorld, period: Period = NOVEMBER) -> dict[str, Any]:
        return {each.title.key: each for each in world.desk.ask("auditor", charts, period)}

    def test_four_charts_in_their_order(self, world: ReportWorld) -> None:
        assert list(self.of(world)) == [
            "reports-chart-out",
            "reports-chart-time-out",
            "reports-chart-overdue",
            "reports-chart-findings",
        ]

    def test_out_per_day_up_to_today(self, world: ReportWorld) -> None:
        world.some_acts()
        chart = self.of(world)["reports-chart-out"]
        assert chart.categories[0] == date(2026, 11, 1)
        assert chart.categories[-1] == date(2026, 11, 20)
        assert chart.series[0].values == (0.0,) * 19 + (3.0,)

    def test_hours_by_purpose(self, world: ReportWorld) -> None:
        world.some_acts()
        chart = self.of(world)["reports-chart-time-out"]
        assert (chart.kind, chart.unit) == (ChartKind.BAR, Unit.HOURS)
        assert chart.categories == ("受診", Word("reports-remark-emergency"))
        assert chart.series[0].values == (1.0, 0.0)

    def test_overdue_by_the_day_it_was_due(self, world: ReportWorld) -> None:
        world.some_acts()
        assert self.of(world)["reports-chart-overdue"].series[0].total == 1

    def test_findings_stacked_by_level(self, world: ReportWorld) -> None:
        card_check(world, (Code.CARD_EXPIRED, Level.BLOCK), (Code.TRIES_LOW, Level.WARN))
        chart = self.of(world)["reports-chart-findings"]
        assert chart.kind is ChartKind.STACKED
        assert chart.categories == (Word("term-code-card-expired"), Word("term-code-tries-low"))
        assert [each.values for each in chart.series] == [(0, 0), (0, 1), (1, 0)]

    @pytest.mark.parametrize(
        ("first", "sort", "count"),
        [
            (date(2026, 9, 20), date, 62),
            (date(2026, 9, 19), Month, 3),
            (date(2022, 1, 1), Month, 59),
            (date(2017, 1, 1), Year, 10),
        ],
    )
    def test_long_periods_are_charted_by_months_or_years(
        self, world: ReportWorld, first: date, sort: type, count: int
    ) -> None:
        world.some_acts()
        chart = self.of(world, Period(first, date(2026, 11, 20)))["reports-chart-out"]
        assert {type(each) for each in chart.categories} == {sort}
        assert len(chart.categories) == count
        assert chart.series[0].total == 3

    def test_nothing_is_nothing(self, world: ReportWorld) -> None:
        assert all(each.empty for each in self.of(world, month_of(date(2026, 3, 1))).values())
