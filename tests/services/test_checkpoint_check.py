"""A checkpoint from paper or over the telephone says whether the log still contains that past."""
# ruff: noqa: S608 - the statements are the attacker's, made of numbers in this file

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facility_app.audit.checkpoint import Signer
from facility_app.audit.checkpoints import Made
from facility_app.domain.access import PROGRAM
from facility_app.errors import Cancelled
from facility_app.i18n import LANGUAGES, Words
from facility_app.services.checkpoint_check import (
    PrintedState,
    PrintedVerdict,
    check_printed,
    compare_printed,
)
from facility_app.services.log_check import make_checkpoint
from tests.services.store_world import START, StoreWorld

S = PrintedState


@pytest.fixture
def world(tmp_path: Path) -> Iterator[StoreWorld]:
    made = StoreWorld(tmp_path / "data")
    for number in range(20):
        made.note(f"n{number}")
    yield made
    made.close()


@pytest.fixture
def made(world: StoreWorld) -> Made:
    checkpoint: Made = world.office.do(PROGRAM, make_checkpoint, "report")
    world.note("later")
    return checkpoint


def say(world: StoreWorld, text: str) -> PrintedVerdict:
    return world.office.ask(PROGRAM, check_printed, text)


def sign(world: StoreWorld, size: int, root: bytes) -> str:
    """A checkpoint that this store's own key signs."""
    signer = world.office.work.signer
    assert signer is not None
    return signer.sign(size, root)


def change(world: StoreWorld, statement: str) -> None:
    with world.office.work.engine.execution_options(writes=True).begin() as connection:
        for table in ("entry", "checkpoint"):
            for act in ("update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER audit_{table}_no_{act}")
        connection.exec_driver_sql(statement)


def test_a_checkpoint_is_consistent_with_the_log_that_made_it(
    world: StoreWorld, made: Made
) -> None:
    typed = "\n  " + made.text.replace("\n", "  \r\n")
    for text in (made.text, typed, " ".join(made.words), "".join(made.words)):
        verdict = say(world, text)
        assert (verdict.state, verdict.size) == (S.CONSISTENT, made.size)
        assert (verdict.made_at, verdict.entries) == (START, made.size + 2)


def test_a_genuine_checkpoint_that_the_log_forgot_is_still_compared(
    world: StoreWorld, made: Made
) -> None:
    change(world, "DELETE FROM audit_checkpoint")
    assert say(world, made.text).state is S.CONSISTENT
    assert say(world, made.text).made_at is None
    assert say(world, " ".join(made.words)).state is S.UNKNOWN_WORDS


def test_a_log_that_was_changed_is_not_consistent_whatever_else_agrees(
    world: StoreWorld, made: Made
) -> None:
    change(world, "UPDATE audit_entry SET canonical = replace(canonical, 'n7', 'n8')")
    for text in (made.text, " ".join(made.words)):
        assert say(world, text).state is S.NOT_CONSISTENT
    change_free = sign(world, made.size, bytes(32))
    assert say(world, change_free).state is S.NOT_CONSISTENT


def test_missing_entries_are_not_consistent(world: StoreWorld, made: Made) -> None:
    change(world, "DELETE FROM audit_entry WHERE seq = 9")
    assert say(world, made.text).state is S.NOT_CONSISTENT


def test_a_checkpoint_over_more_than_the_log_has_is_of_the_future(
    world: StoreWorld, made: Made
) -> None:
    change(world, f"DELETE FROM audit_entry WHERE seq > {made.size - 2}")
    verdict = say(world, made.text)
    assert (verdict.state, verdict.size, verdict.entries) == (S.FUTURE, made.size, made.size - 2)


def test_a_checkpoint_of_another_store_is_named(world: StoreWorld) -> None:
    verdict = say(world, Signer("elsewhere", bytes(32)).sign(3, bytes(32)))
    assert (verdict.state, verdict.origin) == (S.OTHER_STORE, "facility-app/elsewhere")


def test_a_wrong_letter_is_no_contradiction(world: StoreWorld, made: Made) -> None:
    lines = made.text.split("\n")
    wrong_root = made.text.replace(lines[2], lines[2].swapcase())
    assert say(world, wrong_root).state is S.NOT_SIGNED
    assert say(world, made.text.replace(lines[1], str(made.size - 1))).state is S.NOT_SIGNED
    for damaged in ("", "nonsense", "\n".join(lines[:4]), made.text[:-9], "https://example.com/"):
        assert say(world, damaged).state is S.DAMAGED


def test_words_that_are_not_clear_are_asked_for_again(world: StoreWorld, made: Made) -> None:
    words = list(made.words)
    verdict = say(world, " ".join([*words[:3], "ほげほげ", *words[4:]]))
    assert (verdict.state, verdict.unclear) == (S.UNCLEAR_WORDS, (4,))
    assert say(world, " ".join(words[:5])).unclear == (6,)
    assert say(world, " ".join(reversed(words))).state is S.UNKNOWN_WORDS


def test_words_of_every_checkpoint_are_known(world: StoreWorld) -> None:
    made = [world.office.do(PROGRAM, make_checkpoint, "lock") for _ in range(5)]
    assert [say(world, " ".join(each.words)).size for each in made] == [m.size for m in made]


def test_a_row_whose_signature_is_wrong_does_not_pass_by_its_words(
    world: StoreWorld, made: Made
) -> None:
    change(world, "UPDATE audit_checkpoint SET note = replace(note, '— ', '—  x')")
    assert say(world, " ".join(made.words)).state is S.NOT_SIGNED


def test_what_was_compared_is_recorded_and_what_could_not_be_read_is_not(
    world: StoreWorld, made: Made
) -> None:
    before = len(world.actions())
    assert compare_printed(world.office, PROGRAM, "nonsense").state is S.DAMAGED
    assert len(world.actions()) == before
    assert compare_printed(world.office, PROGRAM, made.text).state is S.CONSISTENT
    assert world.actions()[before:] == ["checkpoint.compared"]


def test_a_verdict_is_given_also_where_nothing_can_be_recorded_any_more(
    world: StoreWorld, made: Made
) -> None:
    change(world, f"DELETE FROM audit_entry WHERE seq > {made.size}")
    assert compare_printed(world.office, PROGRAM, made.text).state is S.CONSISTENT


def test_comparing_can_be_watched_and_cancelled(world: StoreWorld, made: Made) -> None:
    told: list[int] = []
    world.office.ask(PROGRAM, check_printed, made.text, lambda done, _of: told.append(done))
    assert told == [made.size]
    with pytest.raises(Cancelled):
        world.office.ask(PROGRAM, check_printed, made.text, cancelled=lambda: True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", S)
def test_every_verdict_says_what_it_means_and_what_to_do(state: S, language: str) -> None:
    words = Words(language)
    verdict = PrintedVerdict(state, 5, 9, "facility-app/other", START, (2, 4))
    for told in (
        words(verdict.key, **verdict.facts()),
        words.attribute(verdict.key, "todo", **verdict.facts()),
        words.term(state),
    ):
        assert told.strip()
        assert "{" not in told


@given(st.text(max_size=200))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_is_taken_for_a_checkpoint(world: StoreWorld, text: str) -> None:
    assert say(world, text).state in (S.DAMAGED, S.UNCLEAR_WORDS, S.UNKNOWN_WORDS)
