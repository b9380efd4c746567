"""Rebuilding the tree in batches gives what appending one by one gave, from every start."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, text

from facility_app.audit import log
from facility_app.audit.tree import Head
from facility_app.audit.walk import Walk
from facility_app.audit.work import Work
from facility_app.domain.access import PROGRAM, Permission

ENTRIES = 21
CHANGE = text('UPDATE audit_node SET hash = zeroblob(32) WHERE level = :level AND "index" = :index')


@pytest.fixture
def filled(work: Work) -> Engine:
    with work.begin(PROGRAM) as tx:
        tx.require(Permission.MAKE_CHECKPOINT)
        for number in range(ENTRIES):
            tx.record("settings.changed", f"setting:{number}")
    return work.engine


@pytest.mark.parametrize("level", [0, 1, 3, 14])
def test_every_root_and_head_is_found_again(filled: Engine, level: int) -> None:
    with filled.connect() as connection:
        heads = [log.stored_head(connection, size) for size in range(ENTRIES + 1)]
        for start in heads:
            walk = Walk(connection, start, level)
            walk.run(ENTRIES, range(ENTRIES + 1))
            assert walk.head == heads[ENTRIES]
            assert not walk.broken
            assert not walk.wrong_nodes
            later = {head.size: head.root() for head in heads if head.size >= start.size}
            assert walk.roots == later


@pytest.mark.parametrize("level", [2, 14])
@pytest.mark.parametrize("start", [0, 3, 8])
def test_every_wrong_node_is_found_whatever_the_batch(
    filled: Engine, level: int, start: int
) -> None:
    with filled.connect() as connection:
        for name in ("audit_node_no_update", "audit_node_no_delete"):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        head = log.stored_head(connection, start) if start else Head()
        places: list[Any] = list(connection.execute(text('SELECT level, "index" FROM audit_node')))
        for place in places:
            if (place[1] + 1) << place[0] <= start:
                continue
            where = {"level": place[0], "index": place[1]}
            savepoint = connection.begin_nested()
            connection.execute(CHANGE, where)
            walk = Walk(connection, head, level)
            walk.run(ENTRIES)
            savepoint.rollback()
            assert walk.wrong_nodes == [place]


@pytest.mark.parametrize("level", [2, 14])
def test_it_stops_where_a_row_is_missing(filled: Engine, level: int) -> None:
    with filled.connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_entry_no_delete")
        connection.exec_driver_sql("DELETE FROM audit_entry WHERE seq = 14")
        walk = Walk(connection, Head(), level)
        told: list[tuple[int, int]] = []
        walk.run(ENTRIES, progress=lambda done, whole: told.append((done, whole)))
        assert walk.broken
        assert walk.head.size == (12 if level == 2 else 0)
        assert told[-1] == (walk.head.size, ENTRIES)
