"""The rule files about a loss: read, refused with line and reason, and the last sound one kept."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from facility_app.config import resources
from facility_app.domain.incident_rules import Said
from facility_app.domain.incidents import Cost, Evidence, LostPaper, Opens, Phase
from facility_app.i18n import LANGUAGES, Words
from facility_app.rules import RuleDamage, RuleFileDamaged, Rules
from facility_app.rules.keeper import LostBookKeeper, read_book
from facility_app.rules.places import line_of

BOOK = read_book()
LOST = BOOK.lost


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(resources() / "rules", tmp_path / "rules"))


def change(folder: Path, name: str, good: str, bad: str) -> None:
    path = folder / f"{name}.toml"
    text = path.read_text("utf-8")
    assert good in text
    path.write_text(text.replace(good, bad, 1), "utf-8")


def test_the_first_call_is_the_stop_of_the_card():
    first = next(step for step in LOST.steps if "card" in step.things)
    phone = LOST.contacts[first.contact]
    assert (first.code, phone.number, phone.keys) == ("card-stop", "0120-95-0178", "2")
    assert phone.cost is Cost.FREE
    others = [LOST.contacts[code] for code in phone.also]
    assert {"0570-783-578", "050-3818-1250", "0120-601-785"} <= {each.number for each in others}
    assert [each.number for each in others if each.is_fax] == ["0120-601-785"]
    assert first.evidence == (Evidence.AT, Evidence.SPOKE_TO, Evidence.RECEIPT)


def test_every_number_fee_and_step_says_where_it_comes_from_and_when_it_was_checked():
    origins = [row.origin for row in LOST.steps]
    origins += [row.origin for row in LOST.contacts.values()]
    origins += [row.origin for row in LOST.fees.values()]
    for each in origins:
        assert each.source
        assert each.checked_on >= date(2026, 11, 1)
    for origin in BOOK.origins.values():
        assert origin.source
    assert LOST.fees["card-express"].yen == 2000
    assert LOST.fees["card-reissue"].yen == 1000


def test_everything_that_can_be_lost_has_steps_of_its_own_in_both_languages():
    for code in LOST.things:
        mine = [step for step in LOST.steps if code in step.things and step.phase is Phase.LOST]
        assert {"search", "manager", "cause"} <= {step.code for step in mine}, code
        assert len(mine) >= 5, code
    for step in LOST.steps:
        for text in (step.title, step.say, step.note, *step.bring):
            assert bool(text.ja) == bool(text.en), step.code


def test_every_act_and_paper_is_asked_for_by_a_step():
    assert {step.opens for step in LOST.steps} - {None} == set(Opens)
    papers = {step.paper for step in LOST.steps} - {None}
    assert papers == set(LostPaper) - {LostPaper.CHECKLIST}


def test_a_kind_of_the_register_is_one_thing():
    assert LOST.thing_of("my-number-card").code == "card"
    assert LOST.thing_of("patient-card").code == "certificate"
    assert LOST.thing_of("kind-of-the-facility").code == "certificate"
    assert not LOST.things["cabinet-key"].registered


def test_a_text_without_the_other_language_is_said_in_japanese():
    assert (Said("鍵", "key").of("en"), Said("鍵").of("en"), Said("鍵", "key").of("ja")) == (
        "key",
        "鍵",
        "鍵",
    )


DAMAGE = [
    ("contacts", 'number = "0120-95-0178"', 'number = "0120 95 0178"', "contact[1].number", "x"),
    ("contacts", 'number = "0120-95-0178"', "number = 120950178", "contact[1].number", "type"),
    ("contacts", 'keys = "2"', 'keys = "two"', "contact[1].keys", "x"),
    ("contacts", 'cost = "free"', 'cost = "gratis"', "contact[1].cost", "x"),
    ("contacts", '"card-ip-phone", "card-fax"', '"card-ip", "card-fax"', "contact[1].also", "x"),
    ("contacts", 'kind = "fax"', 'kind = "telex"', "contact[4].kind", "x"),
    ("contacts", 'find = { ja = "施設の連絡先の表', 'fund = { ja = "施', "contact[6].number", "x"),
    ("lost_steps", "first_days = 30", "first_days = 0", "review.first_days", "range"),
    ("lost_steps", "second_days = 90", "second_days = 20", "review.second_days", "range"),
    ("lost_steps", "yen = 1000", 'yen = "1,000"', "fee[1].yen", "type"),
    ("lost_steps", "yen = 1000", "yen = -1", "fee[1].yen", "range"),
    ("lost_steps", 'kinds = ["my-number-card"]', 'kinds = ["card"]', "thing[1].kinds", "x"),
    ("lost_steps", "\nrest = true", "\nrest = false", "thing", "x"),
    ("lost_steps", 'things = ["card"]', 'things = ["cart"]', "step[1].things", "x"),
    ("lost_steps", 'per = "item"', 'per = "thing"', "step[1].per", "x"),
    ("lost_steps", 'kind = "now", n = 30', 'kind = "soon", n = 30', "step[1].due.kind", "x"),
    ("lost_steps", 'kind = "now", n = 30', 'kind = "now"', "step[1].due.n", "missing"),
    ("lost_steps", 'kind = "now", n = 30', 'kind = "now", n = 3000', "step[1].due.n", "range"),
    ("lost_steps", 'contact = "card-stop"', 'contact = "stop"', "step[1].contact", "x"),
    ("lost_steps", "本人は{resident}、", "本人は{name}、", "step[1].say.ja", "x"),
    ("lost_steps", "本人は{resident}、", "本人は{resident、", "step[1].say.ja", "x"),
    ("lost_steps", "“A My Number Card is lost.", "“A **card is lost.", "step[1].say.en", "x"),
    ("lost_steps", '"spoke-to", "receipt"]', '"spoke-to", "recipe"]', "step[1].evidence", "x"),
    (
        "lost_steps",
        "drop_on_found = true",
        "drop_when_found = true",
        "step[1].drop_when_found",
        "key",
    ),
    ("lost_steps", 'code = "guard-cabinet"', 'code = "card-stop"', "step[2].code", "x"),
    ("lost_steps", 'opens = "search"', 'opens = "find"', "step[7].opens", "x"),
    ("lost_steps", 'when = [{ where = ["outside"', 'when = [{ where = ["abroad"', None, "x"),
    ("lost_steps", 'after = ["card-stop"]', 'after = ["stop"]', None, "x"),
    ("lost_steps", 'fees = ["paper-reissue"]', 'fees = ["paper"]', None, "x"),
    ("lost_steps", 'paper = "authority"', 'paper = "letter"', None, "x"),
    ("leak", "final_days = 30", "final_days = 3", "clock.final_days", "range"),
    ("leak", "knowing_is_day_one = true", "knowing_is_day_one = 1", None, "type"),
    ("leak", 'contact = "ppc"', 'contact = "kojin"', "ask[1].contact", "x"),
    ("leak", 'things = ["vault-drive"]', 'things = ["drive"]', "protection[1].things", "x"),
    ("leak", 'code = "property"', 'code = "sensitive"', "class[2].code", "x"),
    ("holidays", "\nnth = 2", "\nnth = 5", "monday[1].nth", "range"),
    ("holidays", "base = 20.8431", "base = 208.4", "equinox[1].base", "x"),
    ("holidays", "added = []", 'added = ["2027-07-22"]', "added", "x"),
    ("holidays", "month = 12, day = 29", "month = 2, day = 29", "closed.from.day", "x"),
]
REASONS = {
    "x": RuleDamage.NOT_ALLOWED,
    "type": RuleDamage.WRONG_TYPE,
    "range": RuleDamage.OUT_OF_RANGE,
    "missing": RuleDamage.MISSING,
    "key": RuleDamage.UNKNOWN_KEY,
}


@pytest.mark.parametrize(("name", "good", "bad", "place", "reason"), DAMAGE)
def test_a_broken_file_is_refused_with_line_and_reason(
    folder: Path, name: str, good: str, bad: str, place: str | None, reason: str
):
    change(folder, name, good, bad)
    with pytest.raises(RuleFileDamaged) as refused:
        read_book(folder)
    damaged = refused.value
    assert (damaged.file, damaged.reason) == (f"{name}.toml", REASONS[reason])
    assert place is None or damaged.place == place
    line = (folder / f"{name}.toml").read_text("utf-8").split("\n")[damaged.line - 1]
    bad = bad.strip()
    assert bad.split(",")[0] in line or damaged.place.endswith(("number", "thing"))
    for language in LANGUAGES:
        words = Words(language).error(damaged)
        assert str(damaged.line) in words.what
        assert f"{name}.toml" in words.what


def test_what_is_not_toml_names_its_line(folder: Path):
    change(folder, "leak", "first_safe_days = 3 ", "first_safe_days = ")
    with pytest.raises(RuleFileDamaged) as refused:
        read_book(folder)
    line = (folder / "leak.toml").read_text("utf-8").split("\n")[refused.value.line - 1]
    assert line.startswith("first_safe_days")
    assert refused.value.reason is RuleDamage.SYNTAX


def test_a_changed_file_counts_at_once_and_a_broken_one_leaves_the_last_in_force(folder: Path):
    keeper = LostBookKeeper(folder)
    first = keeper.now()
    assert keeper.now() is first
    change(folder, "contacts", "0120-95-0178", "0120-00-0000")
    changed = keeper.now()
    assert changed.problem is None
    assert changed.book.lost.contacts["card-stop"].number == "0120-00-0000"
    change(folder, "contacts", 'number = "0120-00-0000"', "number = 0120-00-0000")
    broken = keeper.now()
    assert broken.book is changed.book
    assert broken.problem is not None
    assert (broken.problem.file, broken.problem.reason) == ("contacts.toml", RuleDamage.SYNTAX)
    change(folder, "contacts", "number = 0120-00-0000", 'number = "0120-00-0001"')
    mended = keeper.now()
    assert mended.problem is None
    assert mended.book.lost.contacts["card-stop"].number == "0120-00-0001"


def test_a_start_with_a_broken_file_uses_the_copy_that_was_kept(folder: Path, tmp_path: Path):
    kept = tmp_path / "data" / "rules"
    sound = LostBookKeeper(folder, kept).now()
    change(folder, "lost_steps", "[[fee]]", "[[fee]")
    with pytest.raises(RuleFileDamaged):
        LostBookKeeper(folder).now()
    started = LostBookKeeper(folder, kept).now()
    assert started.book == sound.book
    assert started.problem is not None
    assert started.problem.line > 0
    (kept / "leak.toml").write_text("", "utf-8")
    with pytest.raises(RuleFileDamaged):
        LostBookKeeper(folder, kept).now()


def test_a_line_is_found_in_tables_arrays_and_inline_tables():
    text = (
        "a = 1\n[b]\nc = 2\n[[d]]\ne = 3\n[[d]]\ne = 4\nf = { g = 5 }\n[[d.h]]\ni = 6\n[k]\nl = 7\n"
    )
    places = ("a", "b", "b.c", "d[1].e", "d[2].e", "d[2].f.g", "d[2].h[1].i", "k.l", "d[2].z", "z")
    assert [line_of(text, place) for place in places] == [1, 2, 3, 5, 7, 8, 10, 12, 6, 1]
    assert line_of(text, "") == 0


def test_no_telephone_number_stands_in_the_program():
    """Numbers, fees and lengths of time are data: none is written into the code or a catalogue."""
    numbers = {each.number for each in LOST.contacts.values() if each.number}
    package = resources().parent / "facility_app"
    files = [*package.rglob("*.py"), *(resources() / "i18n").rglob("*.ftl")]
    for path in files:
        text = path.read_text("utf-8")
        assert not [number for number in numbers if number in text], path
        assert not re.search(r"0120-\d\d-?\d{4}", text), path


def test_the_keeper_reads_what_rules_reads():
    assert Rules().lost == BOOK.lost
