"""The rules of the registers: what must be said, deadlines, repeats, and how long it is kept."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facility_app.config import resources
from facility_app.domain.registers import (
    FactMissing,
    FactNotUnderstood,
    MarkStillNeeded,
    check_facts,
    due_on,
    kept_until,
    next_due,
    refuse_unmarked,
)
from facility_app.rules import RuleFileDamaged, Rules

RULES = Rules().registers
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


def test_the_nine_registers_of_the_rule_file() -> None:
    assert list(RULES) == [
        "training",
        "appointment",
        "complaint",
        "disclosure",
        "provision",
        "contractor",
        "house-rules",
        "public-material",
        "app-setup",
    ]
    assert Rules().origin("registers").source


@pytest.mark.parametrize(
    ("register", "years"),
    [("provision", 3), ("complaint", 5), ("training", 5), ("public-material", 2)],
)
def test_how_long_an_entry_is_kept(register: str, years: int) -> None:
    assert kept_until(RULES[register], date(2026, 11, 20)) == date(2026 + years, 11, 20)


def test_what_ended_on_a_leap_day_is_kept_to_the_end_of_february() -> None:
    assert kept_until(RULES["provision"], date(2028, 2, 29)) == date(2031, 2, 28)


@pytest.mark.parametrize(
    ("register", "facts", "due"),
    [
        ("complaint", {}, date(2026, 12, 4)),
        ("disclosure", {}, date(2026, 12, 4)),
        ("training", {}, date(2026, 11, 20)),
        ("contractor", {}, date(2027, 11, 20)),
        ("public-material", {"until": "2026-03-31"}, date(2026, 3, 31)),
        ("appointment", {}, None),
        ("provision", {}, None),
    ],
)
def test_until_when_it_is_to_be_settled(
    register: str, facts: dict[str, str], due: date | None
) -> None:
    assert due_on(RULES[register], date(2026, 11, 20), facts) == due


@given(DAYS)
def test_a_contractor_is_looked_at_again_within_a_year(on: date) -> None:
    again = next_due(RULES["contractor"], on)
    assert 365 - 1 <= (again - on).days <= 366
    assert again.month == on.month


def test_family_as_such_may_not_ask_for_disclosure() -> None:
    facts = {"who": "self", "name": "見本 花子", "proof": "保険証", "what": "出し入れの記録"}
    check_facts(RULES["disclosure"], facts, "ja", settling=False)
    with pytest.raises(FactNotUnderstood) as refused:
        check_facts(RULES["disclosure"], facts | {"who": "family"}, "ja", settling=False)
    assert refused.value.field == "請求した人"


def test_what_must_be_said_at_the_end_need_not_be_said_at_the_beginning() -> None:
    facts = {"from": "例示 一郎", "what": "返却が遅い"}
    check_facts(RULES["complaint"], facts, "ja", settling=False)
    with pytest.raises(FactMissing) as refused:
        check_facts(RULES["complaint"], facts, "en", settling=True)
    assert refused.value.field == "Answer"


@pytest.mark.parametrize("day", ["2026-13-01", "令和8年", "20260101", "2026-02-30"])
def test_a_day_is_a_day(day: str) -> None:
    facts = {"title": "動画", "owner": "健保連", "permitted": "施設内", "until": day}
    with pytest.raises(FactNotUnderstood):
        check_facts(RULES["public-material"], facts, "ja", settling=False)


def test_a_field_that_there_is_not() -> None:
    with pytest.raises(ValueError, match="no such field"):
        check_facts(RULES["training"], {"title": "x", "number": "1"}, "ja", settling=False)


def test_a_checklist_ends_with_its_last_needed_step() -> None:
    rule = RULES["app-setup"]
    needed = [each.code for each in rule.marks if each.needed]
    assert "first-login" in needed
    with pytest.raises(MarkStillNeeded) as refused:
        refuse_unmarked(rule, needed[:-1], "ja")
    assert refused.value.step == rule.mark(needed[-1]).name.ja
    refuse_unmarked(rule, needed, "ja")


def test_every_text_stands_in_both_languages() -> None:
    for rule in RULES.values():
        said = [rule.name, *(fact.name for fact in rule.facts)]
        said += [mark.name for mark in rule.marks]
        said += [choice.name for fact in rule.facts for choice in fact.choices]
        assert all(each.ja and each.en for each in said), rule.code


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('writers = "desk"', 'writers = "family"', "writers"),
        ('due_fact = "until"', 'due_fact = "title"', "due_fact"),
        ("keep_years = 3", "keep_years = 0", "keep_years"),
        ('code = "complaint"', 'code = "training"', "code"),
        ('everyone = "read"', 'everyone = "heard"', "everyone"),
        ("needs_paper = true", "needs_papers = true", "needs_papers"),
    ],
)
def test_a_slip_in_the_file_names_its_place(tmp_path: Path, old: str, new: str, place: str) -> None:
    folder = Path(shutil.copytree(resources() / "rules", tmp_path / "rules"))
    file = folder / "registers.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleFileDamaged) as damaged:
        assert Rules(folder).registers
    assert damaged.value.place.endswith(place)
