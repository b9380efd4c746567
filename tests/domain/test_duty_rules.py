"""The rule file of duties is refused where it is wrong, and everything in it has its words."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from facility_app.config import resources
from facility_app.domain.duties import DutyKind, DutyPlace, Urgency
from facility_app.domain.life_events import DutyState, LifeEventKind
from facility_app.i18n import LANGUAGES, Words
from facility_app.rules import RuleFileDamaged, Rules


def test_the_file_says_where_its_data_comes_from() -> None:
    rules = Rules()
    assert rules.origin("duties").checked_on >= date(2026, 11, 1)
    assert set(rules.duties.kinds) == set(DutyKind)
    assert all(rule.source.source for rule in rules.duties.kinds.values())
    assert rules.duties.numbers.move_in_days == 14


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_its_words(language: str) -> None:
    words = Words(language)
    keys = [f"duty-{kind.value}{end}" for kind in DutyKind for end in ("", "-text")]
    keys += [f"duty-place-{each.value}" for each in DutyPlace]
    keys += [f"duty-urgency-{each.value}" for each in Urgency]
    keys += [f"duty-state-{each.value}" for each in DutyState]
    keys += [f"life-event-{each.value}" for each in LifeEventKind]
    keys += [f"duty-bring-{code}" for rule in Rules().duties.kinds.values() for code in rule.bring]
    assert [key for key in keys if key not in words] == []


@pytest.mark.parametrize(
    ("good", "bad", "place"),
    [
        ('place = "city"', 'place = "moon"', "duty[1].place"),
        ('kind = "renew-card"', 'kind = "renew-cart"', "duty[2].kind"),
        ('kind = "renew-card"', 'kind = "renew-certificate"', "duty"),
        ("move_in = 14", "move_in = 0", "days.move_in"),
        ("move_in = 14", "", "days.move_in"),
        ("lapse_months = 3", "lapse_months = 3\nlapse_month = 3", "days.lapse_month"),
        ('kind = "care-limit"', 'kind = "care-limits"', "lead[2].kind"),
        ('certificate = "eligibility-certificate"', 'certificate = "paper"', "certificate"),
        ('health = ["eligibility', 'health = ["paper", "eligibility', "health"),
        ("soon_days = 30", "soon_days = 400", "duty[1].soon_days"),
        ('certainty = "published"', 'certainty = "surely"', "duty[1].certainty"),
    ],
)
def test_a_damaged_file_names_its_place(tmp_path: Path, good: str, bad: str, place: str) -> None:
    folder = Path(shutil.copytree(resources() / "rules", tmp_path / "rules"))
    path = folder / "duties.toml"
    text = path.read_text(encoding="utf-8")
    assert good in text
    path.write_text(text.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(RuleFileDamaged) as refused:
        _ = Rules(folder).duties
    assert (refused.value.file, refused.value.place) == ("duties.toml", place)
