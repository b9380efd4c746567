"""Every way of the forger is caught by the program and by the stand-alone verifier, every time."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from facility_app.audit.checkpoint import Signer
from facility_app.audit.checkpoints import make_checkpoint
from facility_app.audit.findings import Verdict
from facility_app.audit.keyed import head_key
from facility_app.audit.verify import Trust, verify
from facility_app.audit.work import Work
from facility_app.db.engine import open_engine
from facility_app.db.models import ResidentRow
from facility_app.domain.access import PROGRAM, Permission
from facility_app.domain.people import Sex
from facility_app.secret import Secret
from tests.audit.forger import MIDDLE, WAYS, Forgery, Way, held
from tests.audit.reference import load_verifier, put
from tests.conftest import (
    CHECKPOINT_SEED,
    HEAD_KEY,
    START,
    STORE_ID,
    FakeClock,
    create_schema,
)

ENTRIES, EVERY = 301, 50
SIGNER = Signer(STORE_ID, CHECKPOINT_SEED)
TRUST = Trust(HEAD_KEY, SIGNER.verifier)
OTHER_SEED = bytes(range(32, 64))
VERIFIER = load_verifier()
ONCE = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass(frozen=True, repr=False)
class World:
    """A store with 301 entries, the forger's copy of it, and a checkpoint that was printed."""

    engine: Engine
    held: Forgery
    paper: str
    folder: Path

    def forged(self, way: Way) -> Forgery:
        forgery = replace(copy.deepcopy(self.held), keys=way.keys)
        way.act(forgery)
        return forgery

    def verdict(self, forgery: Forgery, *, with_paper: bool = False) -> Verdict:
        """What the program says of the store as the forger leaves it; undone afterwards."""
        printed = SIGNER.verifier.read(self.paper) if with_paper else None
        with self.engine.execution_options(writes=True).connect() as connection:
            forgery.put(connection)
            verdict = verify(connection, TRUST, printed=printed)
            connection.rollback()
        return verdict

    def stands_alone(
        self, files: dict[str, bytes], place: Path, *, with_paper: bool = False
    ) -> int:
        """What the other program says of an export: its exit code."""
        put(place, files)
        paper = place.parent / "paper.txt"
        paper.write_text(self.paper, "utf-8")
        words = [str(place), "--vkey", SIGNER.verifier.vkey()]
        code = VERIFIER.main([*words, *(["--checkpoint", str(paper)] if with_paper else [])])
        assert isinstance(code, int)
        return code


def fill(engine: Engine, store_id: str, seed: bytes) -> tuple[Forgery, str]:
    """301 entries with checkpoints among them, and once a clock set back; with an old copy."""
    create_schema(engine)
    with Session(engine.execution_options(writes=True)) as session:
        session.add(ResidentRow(id=1, name="仮名 正", kana="", sex=Sex.MALE, created_at=START))
        session.commit()
    clock, signer = FakeClock(), Signer(store_id, seed)
    work = Work(engine, clock, head_key(seed), signer)
    papers: list[str] = []
    older: Forgery | None = None
    size = 0
    while size < ENTRIES:
        clock.forward(seconds=-3600 if size == 30 else 7)
        with work.begin(PROGRAM) as tx:
            tx.require(Permission.MAKE_CHECKPOINT)
            if size % EVERY == EVERY - 1 or size == ENTRIES - 1:
                papers.append(make_checkpoint(tx, "lock").text)
            else:
                tx.record("item.changed", f"item:{size}", resident=1, note=f"n{size}")
            size = tx.head.size
        if len(papers) == 4 and older is None:
            with engine.connect() as connection:
                older = held(connection, signer)
    with engine.connect() as connection:
        now = held(connection, signer)
    now.older = older
    return now, papers[-2]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("forger")
    engines = [
        open_engine(folder / f"{name}.db", Secret(bytearray(range(32)))) for name in ("a", "b")
    ]
    now, paper = fill(engines[0], STORE_ID, CHECKPOINT_SEED)
    now.other, _ = fill(engines[1], "other-store", OTHER_SEED)
    yield World(engines[0], now, paper, folder)
    for engine in engines:
        engine.dispose()


def test_there_are_enough_ways(world: World) -> None:
    assert len(WAYS) >= 25
    assert len(world.held.rows) == ENTRIES
    assert '"sealed":"' in world.held.rows[MIDDLE]
    assert any('"action":"clock.set_back"' in each for each in world.held.entries)
    assert int(world.paper.split("\n")[1]) > 200 > MIDDLE


@pytest.mark.parametrize("with_paper", [False, True])
def test_the_untouched_log_passes_both(world: World, tmp_path: Path, with_paper: bool) -> None:
    untouched = copy.deepcopy(world.held)
    assert world.verdict(untouched, with_paper=with_paper).findings == ()
    files = untouched.export()
    assert world.stands_alone(files, tmp_path / "out", with_paper=with_paper) == 0


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_the_program_catches_every_way(world: World, way: Way) -> None:
    forgery = world.forged(way)
    assert not world.verdict(forgery, with_paper=way.paper).clean
    if way.paper:  # and the table says so only where nothing else could
        assert world.verdict(forgery).clean


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_the_stand_alone_verifier_catches_every_way(world: World, tmp_path: Path, way: Way) -> None:
    files = world.forged(way).export()
    assert world.stands_alone(files, tmp_path / "out", with_paper=way.paper) == 1
    if way.paper:
        assert world.stands_alone(files, tmp_path / "again") == 0


Act = Callable[[Forgery], object]
numbers = st.integers(1, ENTRIES - 1)
"""The last entry announces the checkpoint of the export and is not part of it."""


@st.composite
def acts(draw: st.DrawFn) -> Act:
    """Something done to rows without any key."""
    kind = draw(st.sampled_from(["drop", "swap", "copy", "insert", "edit"]))
    one, two = draw(numbers), draw(numbers)
    letter = draw(st.sampled_from("0aZ,é"))

    def act(f: Forgery) -> None:
        entries = f.entries
        at, other = min(one, len(entries)) - 1, min(two, len(entries)) - 1
        if kind == "drop":
            del entries[at]
        elif kind == "swap":
            entries[at], entries[other] = entries[other], entries[at]
        elif kind == "copy":
            entries[at] = entries[other]
        elif kind == "insert":
            entries.insert(at, entries[other])
        else:
            place = two % len(entries[at])
            entries[at] = entries[at][:place] + letter + entries[at][place + 1 :]
        f.renumber(entries)

    return act


def caught(world: World, forgery: Forgery) -> bool:
    """Whether it is found, or the database does not even take it: columns are computed from it."""
    try:
        return not world.verdict(forgery).clean
    except DBAPIError:
        return True


@given(done=st.lists(acts(), min_size=1, max_size=4))
@ONCE
def test_whatever_is_done_to_the_entries_both_catch_it(
    world: World, tmp_path_factory: pytest.TempPathFactory, done: list[Act]
) -> None:
    forgery = copy.deepcopy(world.held)
    for act in done:
        act(forgery)
    covered = ENTRIES - 1
    assume(forgery.entries[:covered] != world.held.entries[:covered])
    assert caught(world, forgery)
    place = tmp_path_factory.mktemp("forged") / "out"
    assert world.stands_alone(forgery.export(), place) == 1


@given(data=st.data())
@ONCE
def test_whatever_byte_of_an_export_is_changed_it_is_caught(
    world: World, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    files = world.held.export()
    name = data.draw(st.sampled_from(sorted(files)))
    content = bytearray(files[name])
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    files[name] = bytes(content)
    folder = tmp_path_factory.mktemp("changed") / "out"
    code = world.stands_alone(files, folder)
    assert code == 1 or (name == "checkpoint" and code == 2)  # 2: no text any more


@given(data=st.data())
@ONCE
def test_whatever_file_of_an_export_is_missing_or_added_it_is_caught(
    world: World, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    files = world.held.export()
    name = data.draw(st.sampled_from(sorted(files.keys() - {"checkpoint", "vkey"})))
    if data.draw(st.booleans()):
        del files[name]
    else:
        files[f"{name}.old"] = files[name]
    assert world.stands_alone(files, tmp_path_factory.mktemp("changed") / "out") == 1
