"""``ladder.toml``: what it says arrives; what cannot be understood is refused with its place."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from facility_app.config import resources
from facility_app.domain.ladder import Certainty, Way, Why
from facility_app.rules import RuleFileDamaged, Rules


def test_the_values_arrive():
    rules = Rules().ladder
    assert rules.limits.prescription_days == 4
    assert rules.limits.no_photo_since == date(2024, 12, 2)
    assert rules.orders["clinic"][:4] == (Way.FACE, Way.PIN, Way.VISUAL, Way.CERTIFICATE)
    assert rules.orders["livelihood"][0] is Way.LIVELIHOOD
    assert rules.ways[Way.CERTIFICATE].bring == ("certificate",)
    assert rules.ways[Way.FACE].cannot_in_grace == ("medical-information",)
    assert rules.ways[Way.DECLARATION].source.certainty is Certainty.UNVERIFIED
    assert (rules.areas["saitama"].age, rules.areas["registered-none"].age) == (85, None)
    assert rules.areas["saitama"].name("en").startswith("Saitama")


def test_every_rule_has_a_source_a_day_and_a_certainty():
    rules = Rules().ladder
    assert rules.ways.keys() == set(Way)
    assert rules.grounds.keys() == set(Why)
    areas = [area.source for area in rules.areas.values()]
    sources = [rule.source for rule in rules.ways.values()]
    for source in [*areas, *sources, *rules.grounds.values()]:
        assert source.source.strip()
        assert source.checked_on >= date(2026, 11, 1)


DAMAGE = [
    ('clinic = ["face", "pin"', 'clinic = ["pin"', "order.clinic"),
    ('clinic = ["face", "pin"', 'clinic = ["face", "face"', "order.clinic"),
    ('clinic = ["face"', 'clinic = ["faces"', "order.clinic"),
    ("emergency = [", "emergencies = [", "order.emergency"),
    ('code = "face"', 'code = "pin"', "way[2].code"),
    ('code = "recheck"', 'code = "recheck-2"', "way[11].code"),
    ('certainty = "unverified"', 'certainty = "sure"', "way[9].certainty"),
    ("cannot_in_grace =", "can_not_in_grace =", "way[1].can_not_in_grace"),
    ('why = ["no-card", ', "why = [", "ground"),
    ('why = ["no-card", ', 'why = ["no-card", "no-card", ', "ground[1].why"),
    ('why = ["no-photo", ', 'why = ["no-photo", "no-card", ', "ground[7].why"),
    ("prescription_days = 4", "prescription_days = 0", "limits.prescription_days"),
    ("no_photo_since = 2024-12-02", "no_photo_since = 2024-02-29", "limits.no_photo_since"),
    ("until = 2026-07-31", 'until = "2026-07-31"', "everyone.until"),
    ("age = 85", "age = 850", "area[2].age"),
    ('code = "saitama"', 'code = "registered-none"', "area[2].code"),
    ('source = "後期高齢者医療の案内 (UONUMA, FUKUSHIMA-K)"', 'source = " "', "area[1].source"),
]


@pytest.mark.parametrize(("good", "bad", "place"), DAMAGE)
def test_a_damaged_file_names_its_place(tmp_path: Path, good: str, bad: str, place: str):
    folder = Path(shutil.copytree(resources() / "rules", tmp_path / "rules"))
    file = folder / "ladder.toml"
    text = file.read_text("utf-8")
    assert good in text
    file.write_text(text.replace(good, bad, 1), "utf-8")
    with pytest.raises(RuleFileDamaged) as damaged:
        _ = Rules(folder).ladder
    assert (damaged.value.file, damaged.value.place) == ("ladder.toml", place)
