"""The words of the record's page, without a screen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.audit.query import Count
from facility_app.domain.access import Identified
from facility_app.i18n import LANGUAGES, Words
from facility_app.services.log_check import Finding, FindingKind, LogState, Verdict, Verified
from facility_app.services.marks import Forgotten
from facility_app.services.record import FullEntry, Listed, LogFilter, LogLine, Proof
from facility_app.ui.viewmodels import log as screen
from facility_app.ui.viewmodels.log import FilterForm, Period, days_of
from facility_app.ui.viewmodels.log_entry import EntryWords

NOW = datetime(2026, 11, 20, 5, 5, tzinfo=UTC)
TODAY = date(2026, 11, 20)
WORDS = Words("ja")


def line(seq: int = 1204, **changes: object) -> LogLine:
    facts: dict[str, object] = {
        "seq": seq,
        "at": NOW,
        "action": "item.signed_out",
        "actor": "例田 みつ子",
        "identified": Identified.PASSWORD,
        "resident_id": 1,
        "resident": "仮名 正",
        "items": 4,
    }
    return LogLine(**{**facts, **changes})  # type: ignore[arg-type]  # checked by the dataclass


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.TODAY, TODAY, TODAY),
        (Period.WEEK, date(2026, 11, 14), TODAY),
        (Period.MONTH, date(2026, 11, 1), TODAY),
        (Period.LAST_MONTH, date(2026, 10, 1), date(2026, 10, 31)),
        (Period.YEAR, date(2025, 11, 20), TODAY),
        (Period.ALL, None, None),
        (Period.DAYS, None, None),
    ],
)
def test_periods_are_days(period, first, last):
    assert days_of(period, TODAY) == (first, last)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_month_before_ends_the_day_before_this_month(today):
    first, last = days_of(Period.LAST_MONTH, today)
    assert first is not None
    assert last is not None
    assert last + timedelta(days=1) == today.replace(day=1)
    assert (first.day, first.month) == (1, last.month)


def test_the_form_becomes_a_filter_and_forgets_the_thing_of_another_resident():
    form = FilterForm(Period.DAYS, first=TODAY, action="lock.done", actor=3)
    form.choose_resident(7)
    form.item = 70
    assert form.wanted(TODAY) == LogFilter(TODAY, None, 3, 7, 70, "lock.done")
    form.choose_resident(7)
    assert form.item == 70
    form.choose_resident(8)
    assert form.item is None
    assert form.narrowed
    form.clear()
    assert form.wanted(TODAY) == LogFilter()
    assert not form.narrowed


def test_rows_say_what_was_done_about_what():
    yesterday = NOW - timedelta(days=1)
    lines = [
        line(),
        line(1203, items=1, item="お薬手帳"),
        line(1202, at=yesterday, corrects=1200, action="loan.corrected"),
        line(1201, at=yesterday, items=0, resident="", actor="", action="a.new_act"),
    ]
    rows = screen.rows_of(WORDS, lines)
    assert [row.thing for row in rows] == ["4点", "お薬手帳", "第1,200号", ""]
    assert [row.day for row in rows] == ["11月20日", "", "11月19日", ""]
    assert rows[0].moment == "11月20日 14:05"
    assert rows[1].moment == "14:05"
    assert [row.act for row in rows] == ["持出し", "持出し", "訂正", "a.new_act"]
    assert (rows[3].actor, rows[0].icon, rows[2].tone) == ("プログラム", "output", "warn")
    assert screen.rows_of(WORDS, lines[1:2], above=TODAY)[0].day == ""


def test_the_count_says_when_there_are_more():
    assert screen.count_text(WORDS, Listed((), False, Count(431, False))) == "記録 431件"
    more = screen.count_text(WORDS, Listed((), False, Count(10_000, True)))
    assert more == "記録 10,000件より多い"


def state(size: int = 10, clean: bool | None = True, sound: bool = True) -> LogState:
    verified = None if clean is None else Verified(1, 8, b"", NOW, clean)
    return LogState(size, line(size), verified, sound)


def test_the_panel_says_what_is_known():
    assert screen.state_text(WORDS, state(9)).level == "ok"
    assert "第8号まで照合" in screen.state_text(WORDS, state(9)).text
    assert "増えました" not in screen.state_text(WORDS, state(9)).text
    assert "3件の記録が増えました" in screen.state_text(WORDS, state(12)).text
    assert screen.state_text(WORDS, state(clean=None)).level == "notice"
    for bad in (state(clean=False), state(sound=False), state(clean=None, sound=False)):
        assert screen.state_text(WORDS, bad).level == "block"
        assert screen.bar_texts(WORDS, bad)[1:] == ("記録に異常", "block")


def test_the_bottom_bar_names_the_last_act():
    act, told, level = screen.bar_texts(WORDS, state(1204))
    assert act == "第1,204号 14:05 持出し 仮名 正さん"
    assert (told, level) == ("記録は照合済", "ok")
    assert screen.bar_texts(WORDS, LogState(0, None, None, True)) == ("", "記録は未照合", "notice")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_words(language):
    words = Words(language)
    for kind in FindingKind:
        ((where, what),) = screen.finding_lines(words, [Finding(3, 5, kind, 4, "x")])
        assert where
        assert what
    verdict = Verdict(1, 9, b"", 0, (Finding(3, 3, FindingKind.ENTRY_CHANGED),))
    assert screen.verdict_text(words, verdict, "").level == "block"


def test_findings_say_where_and_do_not_fill_the_screen_without_end():
    def told(finding: Finding) -> tuple[str, str]:
        return screen.finding_lines(WORDS, [finding])[0]

    assert told(Finding(7, 7, FindingKind.ENTRY_MOVED, 5)) == (
        "第7号",
        "別の番号に移されている・本当は第5号",
    )
    assert told(Finding(3, 1204, FindingKind.ENTRY_MISSING))[0] == "第3号から第1,204号"
    assert told(Finding(0, 0, FindingKind.GUARD_MISSING, name="x")) == (
        "記録の全体",
        "書換えを防ぐしくみが外されている・x",
    )
    assert told(Finding(2, 2, FindingKind.CHECKPOINT_FORGED, 3))[1].endswith("照合値 3")
    many = [Finding(n, n, FindingKind.ENTRY_CHANGED) for n in range(1, 101)]
    lines = screen.finding_lines(WORDS, many)
    assert (len(lines), lines[-1]) == (41, ("", "ほか 60件"))


def full(**changes: object) -> FullEntry:
    facts: dict[str, object] = {
        "line": line(),
        "subject": "loan:1",
        "plain": {},
        "sealed": {},
        "erased": False,
        "items": ("マイナンバーカード", ""),
        "proof": Proof(bytes(32), (b"",) * 11, 1204, bytes(32), True),
    }
    return FullEntry(**{**facts, **changes})  # type: ignore[arg-type]  # as above


def test_details_are_told_in_words():
    tell = EntryWords(WORDS, {3: "添田 道"}, {"clinic": "通院"}, {"card": "カード"})
    cases = [
        (("holder", 3), "添田 道"),
        (("holder", 99), "99"),
        (("due", "2026-11-20T06:30:00+00:00"), "令和8年11月20日 15:30"),
        (("on", "2026-11-20"), "令和8年11月20日"),
        (("on", "2026-99-99"), "2026-99-99"),
        (("purpose", "clinic"), "通院"),
        (("purpose_code", "trip"), "trip"),
        (("kinds", ["card", "*"]), "カード、*"),
        (("late", True), "はい"),
        (("late", False), "いいえ"),
        (("witness", None), "なし"),
        (("missing", []), "なし"),
        (("codes", ["a", "b"]), "a、b"),
        (("phase", "intent"), "これから行う"),
        (("role", "custodian"), "カード管理担当者"),
        (("permission", "sign-out"), WORDS("term-permission-sign-out")),
        (("for", "unlock.done"), "ログイン"),
        (("found", ["entry-changed"]), "書き換えられている"),
        (("root", "0f" * 32), "0f0f 0f0f 0f0f 0f0f 0f0f 0f0f 0f0f 0f0f"),
        (("due", "2026-11-20T06:30:00"), "2026-11-20T06:30:00"),
        (("own", {"late": True}), "期限後 はい"),
    ]
    for (key, value), words in cases:
        assert tell.value(key, value) == words, key
    assert tell.label("destination") == "行先"
    assert tell.label("a_new_fact") == "a_new_fact"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_check_is_told_in_words(language):
    plain = {
        "card_kind": "my_number_card",
        "level": "warn",
        "findings": ["certificate_in_grace", "tries_low"],
        "of": 1203,
        "recognised": True,
    }
    sealed = {
        "visit_on": "2026-11-24",
        "certificate_from": "2021-11-01",
        "certificate_until": "2026-10-31",
        "card_expires_on": "2031-10-31",
        "tries": {"user_auth": 2, "code_b": 10},
    }
    entry = full(line=line(action="card.checked"), plain=plain, sealed=sealed)
    told = EntryWords(Words(language), {}).text(entry)
    told_whole = "\n".join(f"{label} {value}" for label, value in told.lines)
    for own_name in (*plain, *sealed, *sealed["tries"], "my_number_card", "in_grace", "2026-"):
        if own_name not in ("of", "level", "findings", "recognised", "tries"):
            assert own_name not in told_whole
    if language == "ja":
        assert told.title == "カード点検"
        assert ("所見", "電子証明書の猶予中、残り回数が少ない") in told.lines
        assert ("程度", "注意") in told.lines
        assert ("電子証明書の期限", "令和8年10月31日") in told.lines
        assert ("残りの回数", "利用者証明用の暗証番号 2\n照合番号B 10") in told.lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_a_card_was_forgotten_is_told_in_words(language):
    tell = EntryWords(Words(language), {})
    for why in Forgotten:
        assert tell.value("reason", why.value) != why.value
    changed = {"changed": {"card_recognition": [False, True], "attribute_check": [False, True]}}
    text = full(line=line(action="settings.changed"), plain=changed)
    assert "_" not in "\n".join(value for _, value in tell.text(text).lines)


def test_an_entry_in_full_puts_a_correction_beside_what_it_corrects():
    changed = {"before": {"destination": "甲"}, "after": {"destination": "乙", "due": None}}
    entry = full(
        line=line(corrects=2),
        plain={"corrects": 2},
        sealed={**changed, "reason": "書きまちがい"},
        corrected=full(),
        erased=True,
    )
    told = EntryWords(WORDS, {}).text(entry)
    assert told.changes == [("行先", "甲", "乙"), ("返却の予定", "なし", "なし")]
    assert told.lines[-1] == ("理由", "書きまちがい")
    assert ("預かり品", "マイナンバーカード\n#2") in told.lines
    assert ("だれが", "例田 みつ子（パスワード）") in told.lines
    assert told.corrected is not None
    assert told.proof == "書き換えられていません"
    assert "1,204件" in told.proof_text


def test_an_entry_of_the_program_without_proof_says_so():
    proof = Proof(bytes(32), (), 0, b"", False)
    told = EntryWords(WORDS, {}).text(full(line=line(actor="", resident=""), items=(), proof=proof))
    assert ("だれが", "プログラム") in told.lines
    assert not told.proved
    assert "照合できませんでした" in told.proof_text
    assert [label for label, _ in told.lines] == ["日時", "だれが"]
