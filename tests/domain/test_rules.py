"""The rule files are read, checked, and refused with the place that is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest

from facility_app.config import resources
from facility_app.domain.custody import DueKind
from facility_app.domain.items import Cycle, DateRole
from facility_app.rules import RuleFileDamaged, Rules

READ: dict[str, Callable[[Rules], object]] = {
    "lifetimes": lambda rules: rules.lifetimes,
    "item_kinds": lambda rules: rules.item_kinds,
    "purposes": lambda rules: rules.purposes,
    "burden": lambda rules: rules.burden,
    "variants": lambda rules: rules.variants,
    "visit_choices": lambda rules: rules.visit_choices,
    "registers": lambda rules: rules.registers,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(resources() / "rules", tmp_path / "rules"))


@pytest.mark.parametrize("name", READ)
def test_every_file_says_where_its_data_comes_from(name: str):
    origin = Rules().origin(name)
    assert origin.source
    assert origin.checked_on >= date(2026, 11, 1)
    assert READ[name](Rules())


def test_the_values_arrive():
    rules = Rules()
    assert rules.lifetimes.card_birthdays == 10
    assert [line.under for line in rules.lifetimes.minor_lines] == [20, 18]
    kinds = {kind.code: kind for kind in rules.item_kinds}
    card = kinds["my-number-card"]
    assert card.is_card
    assert card.dates == (DateRole.CARD_EXPIRES, DateRole.CERTIFICATE_EXPIRES)
    assert kinds["eligibility-certificate"].cycle.cycle is Cycle.YEARLY
    assert kinds["mental-disability"].cycle.years == 2
    assert (card.name("ja"), card.name("en")) == ("マイナンバーカード", "My Number Card")
    outing = {purpose.code: purpose for purpose in rules.purposes}["outing"]
    assert (outing.due.kind, outing.due.at) == (DueKind.ABSOLUTE, time(18, 0))


def test_looks_alike_for_the_search_is_not_the_same_character():
    rules = Rules()
    assert rules.variants["髙"] == rules.true_variants["髙"] == "高"
    assert rules.variants["齊"] == rules.variants["斉"] == rules.variants["齋"] == "斎"
    assert rules.true_variants["齊"] == "斉"
    assert "斉" not in rules.true_variants
    assert not set(rules.variants) & set(rules.variants.values())


DAMAGE = [
    ("lifetimes", "birthdays = 10", "birthdays = 0", "card.birthdays"),
    ("lifetimes", "birthdays = 10", "birthdays = true", "card.birthdays"),
    ("lifetimes", "birthdays = 10", 'birthdays = "10"', "card.birthdays"),
    ("lifetimes", "months = 3  ", "", "renewal.months"),
    ("lifetimes", "[grace]", "[grass]", "grace"),
    ("lifetimes", "under = 18", "under = 81", "card.minor[2].under"),
    ("lifetimes", "[[card.minor]]", "[[card.major]]", "card.minor"),
    ("lifetimes", "end_day = 31", "end_day = 32", "period.end_day"),
    ("lifetimes", "source =", "sauce =", "source"),
    ("lifetimes", "checked_on = 2026-11-20", "checked_on = 2026", "checked_on"),
    ("lifetimes", "[card]", "[card", ""),
    ("item_kinds", '"paper-expires"]', '"paper-expired"]', "kind[2].dates"),
    ("item_kinds", "is_card = true", "is_card = 1", "kind[1].is_card"),
    ("item_kinds", 'usual_for = ["clinic"', 'usual_for = ["clinics"', "kind[1].usual_for"),
    ("item_kinds", 'kind = "yearly"', 'kind = "weekly"', "kind[2].cycle.kind"),
    ("item_kinds", "month = 7", "month = 13", "kind[2].cycle.month"),
    ("item_kinds", "years = 1", "years = 0", "kind[8].cycle.years"),
    ("item_kinds", '"my-number-card"', '"eligibility-certificate"', "kind[2].code"),
    ("item_kinds", '"my-number-card"', '"my number card"', "kind[1].code"),
    ("purposes", "minutes = 240", "minutes = 0", "purpose[1].due.minutes"),
    ("purposes", "at = 17:00:00", 'at = "17:00"', "purpose[3].due.at"),
    ("purposes", 'kind = "absolute"', 'kind = "never"', "purpose[3].due.kind"),
    ("purposes", "\n[[purpose]]", "\n[[porpoise]]", "porpoise"),
    ("purposes", "in_house", "inhouse", "purpose[2].inhouse"),
    ("purposes", "at = 18:00:00, days = 0", "at = 18:00:00, day = 0", "purpose[5].due.day"),
    ("item_kinds", "is_card", "card", "kind[1].card"),
    ("lifetimes", "soon_days = 30", "soon_days = 30\nsoon_day = 3", "renewal.soon_day"),
    ("burden", "ratios = [2]", "ratios = [4]", "row[1].ratios"),
    ("burden", "ratios = [2]", "ratios = []", "row[1].ratios"),
    ("burden", "age_to = 69", "age_to = 5", "row[2].age_to"),
    ("burden", 'income = ["general", "above"]', 'income = ["unknown"]', "row[3].income"),
    ("burden", 'income = ["general", "above"]', 'income = ["rich"]', "row[3].income"),
    ("visit_choices", 'code = "old-surname"', 'code = "name-differs"', "trouble[3].code"),
    ("visit_choices", "[[paper]]", "[[papers]]", "papers"),
    ("variants", '"高" = "髙"', '"高" = "高髙"', "same.高"),
    ("variants", '"高" = "髙"', '"高い" = "髙"', "same.高い"),
    ("variants", '"高" = "髙"', '"高" = "﨑"', "same.崎"),
    ("variants", "\n[search]", "\n[find]", "search"),
    ("variants", "\n[same]", '\n[other]\n"あ" = "い"\n[same]', "other"),
]


@pytest.mark.parametrize(("name", "good", "bad", "place"), DAMAGE)
def test_a_damaged_file_names_its_place(folder: Path, name: str, good: str, bad: str, place: str):
    path = folder / f"{name}.toml"
    text = path.read_text("utf-8")
    assert good in text
    count = -1 if bad == "[[card.major]]" else 1
    path.write_text(text.replace(good, bad, count), "utf-8")
    with pytest.raises(RuleFileDamaged) as damaged:
        READ[name](Rules(folder))
    assert (damaged.value.file, damaged.value.place) == (f"{name}.toml", place)
    assert damaged.value.line > 0 or not place


def test_a_missing_file_and_no_text_are_damage(folder: Path):
    (folder / "lifetimes.toml").unlink()
    (folder / "burden.toml").write_bytes(b"\xff\xfe\x00")
    for name in ("lifetimes", "burden"):
        with pytest.raises(RuleFileDamaged):
            READ[name](Rules(folder))


def test_a_seventh_purpose_has_no_button(folder: Path):
    path = folder / "purposes.toml"
    text = path.read_text("utf-8")
    one = 'code = "seventh"\nja = "七"\nen = "Seven"\ndue = { kind = "relative", minutes = 1 }'
    path.write_text(f"{text}\n[[purpose]]\n{one}\n", "utf-8")
    with pytest.raises(RuleFileDamaged) as damaged:
        _ = Rules(folder).purposes
    assert damaged.value.place == "purpose"


def test_variants_in_a_circle_end(folder: Path):
    path = folder / "variants.toml"
    path.write_text(path.read_text("utf-8") + '"髙" = "高"\n', "utf-8")
    assert set(Rules(folder).variants) >= {"髙", "高"}
